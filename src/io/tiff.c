/* SPDX-License-Identifier: MIT
 *
 * The TIFF reader's front: a page is found, judged, read, and made samples of. tiff-walk.c finds
 * it, tiff-file.c holds libtiff's input and messages, tiff-form.c the judging, tiff-rows.c the
 * pixels.
 */
#include "io/tiff.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/file-start.h"
#include "io/file.h"
#include "io/magic.h"
#include "io/tiff-form.h"
#include "io/tiff-rows.h"
#include "io/tiff-walk.h"
#include "io/wide-samples.h"

#define SIGNATURE_BYTES 4

gboolean
ms_tiff_sniff(GBytes *bytes)
{
  static const char signatures[][SIGNATURE_BYTES] = {
      {'I', 'I', 42, 0}, {'M', 'M', 0, 42}, {'I', 'I', 43, 0}, {'M', 'M', 0, 43}};
  gsize size;
  const guint8 *data = g_bytes_get_data(bytes, &size);

  for (gsize i = 0; i < G_N_ELEMENTS(signatures); i++)
    if (size >= SIGNATURE_BYTES && memcmp(data, signatures[i], SIGNATURE_BYTES) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
check_signature(GBytes *bytes, const char *name, GError **error)
{
  g_autofree char *found = NULL;

  if (ms_tiff_sniff(bytes))
    return TRUE;
  if (g_bytes_get_size(bytes) == 0) {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_EMPTY, "%s: empty (0 bytes)", name);
    return FALSE;
  }
  found = ms_magic_describe(bytes);
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_FORMAT, "%s: not a TIFF file (begins with %s)", name,
              found);
  return FALSE;
}

/* --- pages ------------------------------------------------------------------------------------ */

struct MsTiffPages {
  GBytes *bytes;
  MsTiffWalk walk;
};

MsTiffPages *
ms_tiff_pages_new(GBytes *bytes, const char *name, GError **error)
{
  MsTiffPages *pages;

  if (!check_signature(bytes, name, error))
    return NULL;
  pages = g_new0(MsTiffPages, 1);
  pages->bytes = g_bytes_ref(bytes);
  ms_tiff_walk_bytes(&pages->walk, bytes, name);
  return pages;
}

void
ms_tiff_pages_free(MsTiffPages *pages)
{
  if (!pages)
    return;
  ms_tiff_walk_clear(&pages->walk);
  g_bytes_unref(pages->bytes);
  g_free(pages);
}

static gboolean
count_in_file(int fd, const char *name, guint *n_pages, GError **error)
{
  g_auto(MsTiffWalk) walk = {0};
  guint8 buffer[SIGNATURE_BYTES];
  g_autoptr(GBytes) start = NULL;
  gssize n = pread(fd, buffer, sizeof buffer, 0);
  struct stat info;

  start = g_bytes_new(buffer, (gsize)MAX(n, 0));
  if (!check_signature(start, name, error))
    return FALSE;
  if (fstat(fd, &info) != 0)
    info.st_size = 0; /* then nothing is found in it */
  ms_tiff_walk_file(&walk, fd, (guint64)info.st_size, name);
  *n_pages = walk.offsets->len;
  if (!walk.broken)
    return TRUE;
  g_propagate_error(error, g_steal_pointer(&walk.broken));
  return FALSE;
}

gboolean
ms_tiff_count_pages(const char *path, guint *n_pages, GError **error)
{
  g_autofree char *name = ms_path_display(path);
  int fd = ms_file_open_regular(path, error);
  gboolean fine;

  if (fd < 0)
    return FALSE;
  fine = count_in_file(fd, name, n_pages, error);
  close(fd);
  return fine;
}

/* --- samples ---------------------------------------------------------------------------------- */

/* Some writers fill only the lower byte of a colour's 16 bits; libtiff's own viewer looks for that
 * too. */
static void
read_palette(TIFF *tiff, int bits, MsSamples *samples)
{
  guint16 *colors[3] = {NULL, NULL, NULL};
  guint16 all = 0;

  if (!TIFFGetField(tiff, TIFFTAG_COLORMAP, &colors[0], &colors[1], &colors[2]))
    return;
  samples->n_palette = 1 << bits;
  for (int i = 0; i < samples->n_palette; i++)
    all |= colors[0][i] | colors[1][i] | colors[2][i];
  for (int i = 0; i < samples->n_palette; i++) {
    for (int c = 0; c < 3; c++)
      samples->palette[i][c] = (guint8)(all > 255 ? colors[c][i] >> 8 : colors[c][i]);
    samples->palette[i][3] = 255;
  }
}

static MsSamples *
read_samples(MsTiffFile *file, const MsTiffForm *form, GCancellable *cancellable, GError **error)
{
  g_autoptr(MsSamples) samples =
      ms_samples_new(form->width, form->height, form->color, form->bits, file->name, error);
  MsTiffTarget target;

  if (samples == NULL)
    return NULL;
  target = (MsTiffTarget){.pixels = samples->pixels,
                          .sample_bytes = (gsize)samples->bytes,
                          .pixel_bytes = (gsize)(samples->bytes * samples->channels),
                          .stride = samples->stride};
  if (form->color == MS_COLOR_PALETTE)
    read_palette(file->tiff, form->bits, samples);
  if (!ms_tiff_read_rows(file, form, &target, cancellable, error))
    return NULL;
  samples->lossy = form->compression == COMPRESSION_JPEG;
  return g_steal_pointer(&samples);
}

/* As if the file held a NumPy array of rows and columns. */
static MsNpy *
values_new(const MsTiffForm *form, const MsTiffTarget *target)
{
  MsNpy *values = g_new0(MsNpy, 1);

  values->n_dimensions = 2;
  values->shape[0] = (gsize)form->height;
  values->shape[1] = (gsize)form->width;
  values->strides[0] = target->stride;
  values->strides[1] = target->pixel_bytes;
  values->type = form->sample_format == SAMPLEFORMAT_IEEEFP ? MS_NPY_FLOAT
                 : form->sample_format == SAMPLEFORMAT_INT  ? MS_NPY_INT
                                                            : MS_NPY_UINT;
  values->item_size = (guint)target->sample_bytes;
  values->n_items = values->shape[0] * values->shape[1];
  values->data = target->pixels;
  values->bytes = g_bytes_new_take(target->pixels, values->shape[0] * values->strides[0]);
  return values;
}

static MsNpy *
read_values(MsTiffFile *file, const MsTiffForm *form, GCancellable *cancellable, GError **error)
{
  gsize bytes = (gsize)form->bits / 8;
  g_autofree guint8 *pixels = ms_pixels_new(form->width, form->height, bytes, file->name, error);
  MsTiffTarget target = {pixels, bytes, bytes, (gsize)form->width * bytes};

  if (pixels == NULL || !ms_tiff_read_rows(file, form, &target, cancellable, error))
    return NULL;
  g_steal_pointer(&pixels);
  return values_new(form, &target);
}

void
ms_tiff_page_clear(MsTiffPage *page)
{
  g_clear_pointer(&page->samples, ms_samples_free);
  g_clear_pointer(&page->values, ms_npy_free);
}

static gboolean
find_page(const MsTiffPages *pages, guint number, const char *name, guint64 *offset, GError **error)
{
  guint n = pages->walk.offsets->len;

  if (number < n) {
    *offset = g_array_index(pages->walk.offsets, guint64, number);
    return TRUE;
  }
  if (pages->walk.broken && error)
    *error = g_error_copy(pages->walk.broken);
  else
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_UNSUPPORTED,
                "%s: page %u is wanted; the TIFF has %u", name, number + 1, n);
  return FALSE;
}

gboolean
ms_tiff_pages_read(const MsTiffPages *pages, guint number, const char *name, MsTiffPage *page,
                   GCancellable *cancellable, GError **error)
{
  g_auto(MsTiffFile) file = {0};
  MsTiffForm form;
  guint64 offset;

  *page = (MsTiffPage){0};
  if (g_cancellable_set_error_if_cancelled(cancellable, error) ||
      !find_page(pages, number, name, &offset, error) ||
      !ms_tiff_file_open_bytes(&file, pages->bytes, name, error) ||
      !ms_tiff_file_go_to_page(&file, number, offset, error) ||
      !ms_tiff_form_describe(&file, &form, error))
    return FALSE;
  if (form.wide)
    page->values = read_values(&file, &form, cancellable, error);
  else
    page->samples = read_samples(&file, &form, cancellable, error);
  if (page->values == NULL && page->samples == NULL)
    return FALSE;
  page->orientation = form.orientation;
  page->white_is_zero = form.white_is_zero;
  page->premultiplied = form.premultiplied;
  return TRUE;
}

MsSamples *
ms_tiff_pages_decode(const MsTiffPages *pages, guint page, const char *name,
                     GCancellable *cancellable, GError **error)
{
  g_auto(MsTiffPage) found = {0};
  g_autoptr(MsSamples) samples = NULL;

  if (!ms_tiff_pages_read(pages, page, name, &found, cancellable, error))
    return NULL;
  samples = found.values != NULL ? ms_wide_samples_new(found.values, NULL, name, error)
                                 : g_steal_pointer(&found.samples);
  if (samples != NULL && found.white_is_zero)
    samples->note =
        g_strdup("white is zero in this TIFF: its samples are taken as they are stored");
  return g_steal_pointer(&samples);
}

MsSamples *
ms_tiff_decode(GBytes *bytes, guint page, const char *name, GCancellable *cancellable,
               GError **error)
{
  g_autoptr(MsTiffPages) pages = ms_tiff_pages_new(bytes, name, error);

  return pages ? ms_tiff_pages_decode(pages, page, name, cancellable, error) : NULL;
}
