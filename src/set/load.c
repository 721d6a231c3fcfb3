/* SPDX-License-Identifier: MIT
 *
 * The bytes decide which decoder is asked, never the file's ending.
 */
#include "set/load.h"

#include <string.h>

#include "io/array-samples.h"
#include "io/error.h"
#include "io/file.h"
#include "io/nifti.h"
#include "io/png.h"
#include "set/listing.h"

/* One file, and which part of it is meant. */
typedef struct {
  const MsLoader *loader;
  MsPlace place;
  MsContent *file;
  GCancellable *cancellable;
} Content;

static void
content_clear(Content *content)
{
  g_clear_pointer(&content->file, ms_content_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Content, content_clear)

/* A part of a file brings its neighbours' reading with it; a whole file is read once. */
static gboolean
read_content(Content *content, GError **error)
{
  const char *path = content->place.path;

  if (content->place.part >= 0 && content->loader->files)
    content->file = ms_shared_files_read(content->loader->files, path, content->cancellable, error);
  else
    content->file =
        ms_content_read_using(path, content->loader->scratch, content->cancellable, error);
  return content->file != NULL;
}

/* --- files of several masks ------------------------------------------------------------------- */

static MsSamples *
refuse_count(const Content *content, gsize n, const char *things, GError **error)
{
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_UNSUPPORTED,
              "%s: holds %" G_GSIZE_FORMAT " %s, where one mask is wanted", content->file->name, n,
              things);
  return NULL;
}

static MsSamples *
decode_slice(const Content *content, GError **error)
{
  MsNiftiHeader header;
  guint axis = content->loader->slice_axis;

  if (!ms_nifti_read_header(content->file->bytes, FALSE, content->file->name, &header, error))
    return NULL;
  if (content->place.part < 0 && header.size[axis] > 1)
    return refuse_count(content, header.size[axis], "slices", error);
  return ms_nifti_decode_slice(content->file->bytes, axis, (gsize)MAX(content->place.part, 0),
                               content->file->name, error);
}

static MsSamples *
decode_array(GBytes *bytes, const char *name, GError **error)
{
  g_autoptr(MsNpy) npy = ms_npy_parse(bytes, name, error);

  return npy ? ms_npy_to_samples(npy, name, error) : NULL;
}

static MsSamples *
decode_archive(const Content *content, GError **error)
{
  MsNpzArchive *archive = content->file->archive;
  guint index = (guint)MAX(content->place.part, 0);
  g_autoptr(GBytes) array = NULL;
  g_autofree char *name = NULL;

  if (!archive) {
    if (error)
      *error = g_error_copy(content->file->broken);
    return NULL;
  }
  if (content->place.part < 0 && ms_npz_archive_n_arrays(archive) != 1)
    return refuse_count(content, ms_npz_archive_n_arrays(archive), "arrays", error);
  array = ms_npz_archive_extract(archive, index, MS_SHARED_FILES_MAX_BYTES, content->file->name,
                                 content->cancellable, error);
  if (!array)
    return NULL;
  name = g_strdup_printf("%s, array %s", content->file->name, ms_npz_archive_array(archive, index));
  return decode_array(array, name, error);
}

static gboolean
is_npy(GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data(bytes, &size);

  return size >= 6 && memcmp(data, "\x93NUMPY", 6) == 0;
}

static MsSamples *
decode(const Content *content, GError **error)
{
  const MsContent *file = content->file;

  if (ms_png_sniff(file->bytes))
    return ms_png_decode_using(file->bytes, file->name, content->loader->scratch,
                               content->cancellable, error);
  if (file->pages)
    return ms_tiff_pages_decode(file->pages, (guint)MAX(content->place.part, 0), file->name,
                                content->cancellable, error);
  if (is_npy(file->bytes))
    return decode_array(file->bytes, file->name, error);
  if (ms_npz_sniff(file->bytes))
    return decode_archive(content, error);
  if (ms_nifti_sniff(file->bytes))
    return decode_slice(content, error);
  return ms_picture_decode_samples(file->bytes, file->name, content->cancellable, error);
}

/* --- folders that are one mask ---------------------------------------------------------------- */

static gboolean
unite(MsSamples *into, const MsSamples *other, const char *name, GError **error)
{
  gsize n_bytes = into->stride * (gsize)into->height;

  if (into->width != other->width || into->height != other->height || other->channels != 1 ||
      into->channels != 1 || into->bytes != 1 || other->bytes != 1) {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_UNSUPPORTED,
                "%s: cannot be united with the other masks of its folder: all must have one size, "
                "one channel and 8 bits",
                name);
    return FALSE;
  }
  for (gsize i = 0; i < n_bytes; i++)
    into->pixels[i] = MAX(into->pixels[i], other->pixels[i]);
  return TRUE;
}

static MsSamples *
load_united(const MsLoader *loader, const char *folder, GCancellable *cancellable, GError **error)
{
  MsSearch search = {.cancellable = cancellable};
  g_autoptr(MsFolder) listed = ms_folder_list(folder, NULL, &search, error);
  g_autoptr(MsSamples) united = NULL;

  if (!listed)
    return NULL;
  for (guint i = 0; i < listed->pictures->len; i++) {
    g_autofree char *path = g_build_filename(folder, g_ptr_array_index(listed->pictures, i), NULL);
    g_autofree char *name = ms_path_display(path);
    g_autoptr(MsSamples) one =
        ms_load_samples(loader, (MsPlace){path, MS_PART_WHOLE}, cancellable, error);

    if (!one || (united && !unite(united, one, name, error)))
      return NULL;
    if (!united)
      united = g_steal_pointer(&one);
  }
  if (!united) {
    g_autofree char *shown = ms_path_display(folder);

    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_EMPTY, "%s: holds no masks to unite", shown);
  }
  return g_steal_pointer(&united);
}

MsSamples *
ms_load_samples(const MsLoader *loader, MsPlace place, GCancellable *cancellable, GError **error)
{
  g_auto(Content) content = {.loader = loader, .place = place, .cancellable = cancellable};

  if (place.part == MS_PART_UNITED)
    return load_united(loader, place.path, cancellable, error);
  return read_content(&content, error) ? decode(&content, error) : NULL;
}

/* --- images ----------------------------------------------------------------------------------- */

static gboolean
is_picture(const MsContent *file)
{
  return !is_npy(file->bytes) && !ms_npz_sniff(file->bytes) && !ms_nifti_sniff(file->bytes);
}

MsPicture *
ms_load_picture(const MsLoader *loader, MsPlace place, GCancellable *cancellable, GError **error)
{
  g_auto(Content) content = {.loader = loader, .place = place, .cancellable = cancellable};
  g_autoptr(MsSamples) samples = NULL;

  if (!read_content(&content, error))
    return NULL;
  if (content.file->pages && place.part > 0)
    return ms_picture_decode_page(content.file->pages, (guint)place.part, content.file->name,
                                  cancellable, error);
  if (is_picture(content.file))
    return ms_picture_decode(content.file->bytes, content.file->name, cancellable, error);
  samples = decode(&content, error);
  return samples ? ms_picture_from_samples(samples, content.file->name, error) : NULL;
}
