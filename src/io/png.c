/* SPDX-License-Identifier: MIT
 *
 * The reader: what the fast one (io/png-fast.h) does not take, libpng reads. Everything that lives
 * while libpng works sits in PngReader, which belongs to the caller of the one function that libpng
 * jumps back to: nothing is lost or stale after a jump. Ancillary chunks other than tRNS are
 * skipped, their checksums are not.
 */
#include "io/png.h"

#include <string.h>

#include <png.h>

#include "io/error.h"
#include "io/png-fast.h"
#include "io/png-header.h"
#include "metric/raster.h"

#define READ_AT_ONCE           8192
#define READ_AT_ONCE_TO_LOCATE 8

typedef struct {
  const guint8 *data;
  gsize size;
  gsize offset;
  gboolean ran_out;   /* libpng asked for more bytes than there are */
  gsize read_at_once; /* compressed bytes */

  png_structp png;
  png_infop info;
  char message[128]; /* libpng's, when it gave up */

  MsSamples *samples;
  GCancellable *cancellable;
  gboolean in_rows; /* the image data have been reached */
  int n_passes;     /* 1, or 7 when interlaced */
  int pass;
  int row; /* rows of this pass that are complete */
} PngReader;

static void G_GNUC_NORETURN
on_error(png_structp png, png_const_charp message)
{
  PngReader *reader = png_get_error_ptr(png);

  g_strlcpy(reader->message, message, sizeof reader->message);
  png_longjmp(png, 1);
}

/* What libpng forgives in the image data (a wrong zlib checksum, surplus rows) would be scored, so
 * it is an error here. Bytes behind the end of a complete stream change nothing. */
static void
on_warning(png_structp png, png_const_charp message)
{
  if (g_str_has_prefix(message, "IDAT:") && !strstr(message, "Extra compressed data"))
    png_error(png, message);
}

static void
on_read(png_structp png, png_bytep buffer, size_t size)
{
  PngReader *reader = png_get_io_ptr(png);

  if (size > reader->size - reader->offset) {
    reader->ran_out = TRUE;
    png_error(png, "no more bytes");
  }
  memcpy(buffer, reader->data + reader->offset, size);
  reader->offset += size;
}

static void
configure(PngReader *reader)
{
  png_structp png = reader->png;

  png_set_read_fn(png, reader, on_read);
  png_set_user_limits(png, MS_RASTER_MAX_SIDE, MS_RASTER_MAX_SIDE);
  png_set_crc_action(png, PNG_CRC_ERROR_QUIT, PNG_CRC_ERROR_QUIT);
  png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
  png_set_check_for_invalid_index(png, 0);
  png_set_compression_buffer_size(png, reader->read_at_once);
  /* Some writers understate the window in the zlib header; other readers do not mind. */
  png_set_option(png, PNG_MAXIMUM_INFLATE_WINDOW, PNG_OPTION_ON);
}

static void
read_palette(PngReader *reader)
{
  MsSamples *samples = reader->samples;
  png_colorp colors = NULL;
  png_bytep alphas = NULL;
  int n_colors = 0, n_alphas = 0;

  png_get_PLTE(reader->png, reader->info, &colors, &n_colors);
  png_get_tRNS(reader->png, reader->info, &alphas, &n_alphas, NULL);
  samples->n_palette = n_colors;
  for (int i = 0; i < n_colors; i++) {
    samples->palette[i][0] = colors[i].red;
    samples->palette[i][1] = colors[i].green;
    samples->palette[i][2] = colors[i].blue;
    samples->palette[i][3] = i < n_alphas ? alphas[i] : 255;
  }
}

static void
read_rows(PngReader *reader)
{
  MsSamples *samples = reader->samples;

  reader->in_rows = TRUE;
  for (reader->pass = 0; reader->pass < reader->n_passes; reader->pass++) {
    for (reader->row = 0; reader->row < samples->height; reader->row++) {
      if (g_cancellable_is_cancelled(reader->cancellable))
        return;
      png_read_row(reader->png, samples->pixels + reader->row * samples->stride, NULL);
    }
  }
}

/* The only function of the reader that libpng jumps back to. */
static gboolean
read_image(PngReader *reader)
{
  if (setjmp(png_jmpbuf(reader->png)) != 0)
    return FALSE;

  configure(reader);
  png_read_info(reader->png, reader->info);
  if (reader->samples->depth < 8)
    png_set_packing(reader->png);
  if (reader->samples->depth == 16 && G_BYTE_ORDER == G_LITTLE_ENDIAN)
    png_set_swap(reader->png);
  reader->n_passes = png_set_interlace_handling(reader->png);
  png_read_update_info(reader->png, reader->info);
  if (png_get_rowbytes(reader->png, reader->info) != reader->samples->stride)
    png_error(reader->png, "unexpected length of a row");
  if (reader->samples->color == MS_COLOR_PALETTE)
    read_palette(reader);
  read_rows(reader);
  if (!g_cancellable_is_cancelled(reader->cancellable))
    png_read_end(reader->png, NULL);
  return TRUE;
}

static char *
describe_place(const PngReader *reader)
{
  if (!reader->in_rows)
    return g_strdup("before the image data");
  if (reader->pass == reader->n_passes)
    return g_strdup("after the last row");
  if (reader->n_passes > 1)
    return g_strdup_printf("in pass %d of the %d interlaced ones", reader->pass + 1,
                           reader->n_passes);
  return g_strdup_printf("after row %d of %d", reader->row, reader->samples->height);
}

static void
set_read_error(const PngReader *reader, const char *name, GError **error)
{
  g_autofree char *place = describe_place(reader);
  const char *colon = strchr(reader->message, ':');
  MsIoError code = MS_IO_ERROR_CORRUPT;
  g_autofree char *cause = NULL;

  if (reader->ran_out) {
    cause = g_strdup_printf("truncated PNG (ends %s)", place);
  } else if (colon != NULL && g_str_has_suffix(reader->message, "CRC error")) {
    cause = g_strdup_printf("damaged PNG (the checksum of chunk %.*s is wrong)",
                            (int)(colon - reader->message), reader->message);
  } else if (g_str_equal(reader->message, "Not enough image data")) {
    cause = g_strdup_printf("damaged PNG (its image data end %s)", place);
  } else if (strstr(reader->message, "memory") != NULL) {
    code = MS_IO_ERROR_TOO_LARGE;
    cause = g_strdup("not enough memory to decode it");
  } else {
    cause = g_strdup_printf("damaged PNG (%s, %s)", reader->message, place);
  }
  g_set_error(error, MS_IO_ERROR, code, "%s: %s", name, cause);
}

/* Fills reader->samples. */
static gboolean
attempt(PngReader *reader, gsize read_at_once)
{
  gboolean complete = FALSE;

  reader->offset = 0;
  reader->read_at_once = read_at_once;
  reader->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, reader, on_error, on_warning);
  if (reader->png != NULL)
    reader->info = png_create_info_struct(reader->png);
  if (reader->info != NULL)
    complete = read_image(reader);
  else
    g_strlcpy(reader->message, "no memory", sizeof reader->message);
  png_destroy_read_struct(&reader->png, &reader->info, NULL);
  return complete;
}

/* --- both readers ----------------------------------------------------------------------------- */

static MsSamples *
decode_with_libpng(GBytes *bytes, const MsPngHeader *header, const char *name,
                   GCancellable *cancellable, GError **error)
{
  PngReader reader = {.cancellable = cancellable};
  g_autoptr(MsSamples) samples = NULL;
  gboolean complete;

  reader.data = g_bytes_get_data(bytes, &reader.size);
  samples =
      ms_samples_new(header->width, header->height, header->color, header->depth, name, error);
  if (samples == NULL)
    return NULL;
  reader.samples = samples;
  complete = attempt(&reader, READ_AT_ONCE);
  /* libpng waits for a whole buffer; with a small one it shows at which row the file breaks off. */
  if (reader.ran_out && reader.in_rows)
    complete = attempt(&reader, READ_AT_ONCE_TO_LOCATE);
  if (g_cancellable_set_error_if_cancelled(cancellable, error))
    return NULL;
  if (!complete) {
    set_read_error(&reader, name, error);
    return NULL;
  }
  return g_steal_pointer(&samples);
}

/* Rows at a time that are spread into the scratch and copied from there. */
#define SPREAD_ROWS 16

/* The samples of a common PNG; NULL: libpng must see to it. Those of 8 bits are inflated, and
 * their filters undone, in the very memory that they keep. */
static MsSamples *
decode_common(GBytes *bytes, const MsPngHeader *header, MsScratch *scratch)
{
  gsize row_bytes = (gsize)header->width * (gsize)ms_color_channels(header->color);
  gsize size = MAX(ms_png_rows_size(header), ms_png_color_rows_size(header));
  g_autofree guint8 *pixels = NULL;
  guint8 *room;
  MsSamples *samples;
  MsPngRows rows;

  if (size == 0)
    return NULL;
  pixels = ms_pixels_take(header->depth == 8 ? size : row_bytes * (gsize)header->height);
  room = header->depth == 8 ? pixels : ms_scratch_take(scratch, MS_SCRATCH_INFLATED, size);
  if (!pixels || !room || !ms_png_rows_open(&rows, header, bytes, room, scratch, 0))
    return NULL;
  for (int y = 0; y < header->height; y += SPREAD_ROWS) {
    int n_rows = MIN(header->height - y, SPREAD_ROWS);
    const guint8 *row = ms_png_rows_next(&rows, n_rows);

    if (!row)
      return NULL;
    if (header->depth < 8)
      memcpy(pixels + (gsize)y * row_bytes, row, (gsize)n_rows * row_bytes);
  }
  samples = ms_samples_new_of(header->width, header->height, header->color, header->depth,
                              g_steal_pointer(&pixels));
  samples->n_palette = rows.n_palette;
  memcpy(samples->palette, rows.palette, sizeof rows.palette);
  return samples;
}

static gboolean
read_header(GBytes *bytes, const char *name, MsPngHeader *header, GCancellable *cancellable,
            GError **error)
{
  return !g_cancellable_set_error_if_cancelled(cancellable, error) &&
         ms_png_header_parse(bytes, name, header, error) &&
         ms_png_header_check_limits(header, g_bytes_get_size(bytes), name, error);
}

MsSamples *
ms_png_decode_using(GBytes *bytes, const char *name, MsScratch *scratch, GCancellable *cancellable,
                    GError **error)
{
  g_autoptr(MsScratch) own = scratch ? NULL : ms_scratch_new();
  g_autoptr(MsSamples) samples = NULL;
  MsPngHeader header;

  if (!read_header(bytes, name, &header, cancellable, error))
    return NULL;
  samples = decode_common(bytes, &header, scratch ? scratch : own);
  if (g_cancellable_set_error_if_cancelled(cancellable, error))
    return NULL;
  if (samples)
    return g_steal_pointer(&samples);
  return decode_with_libpng(bytes, &header, name, cancellable, error);
}

MsSamples *
ms_png_decode(GBytes *bytes, const char *name, GCancellable *cancellable, GError **error)
{
  return ms_png_decode_using(bytes, name, NULL, cancellable, error);
}

MsSamples *
ms_png_decode_reference(GBytes *bytes, const char *name, GCancellable *cancellable, GError **error)
{
  MsPngHeader header;

  if (!read_header(bytes, name, &header, cancellable, error))
    return NULL;
  return decode_with_libpng(bytes, &header, name, cancellable, error);
}
