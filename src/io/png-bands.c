/* SPDX-License-Identifier: MIT
 *
 * The writer of pictures, which is made for overlays on photographs. Rows are filtered here, all
 * with Paeth; libpng writes the chunks around them. libdeflate compresses such rows about twice as
 * fast as zlib, and smaller, but only in one piece: larger pictures go through zlib as they come,
 * with runs as its only matches, since others hardly pay after this filter. As in the reader,
 * everything that libpng's jumps must not lose sits in BandWriter.
 */
#include "io/png.h"

#include <libdeflate.h>
#include <png.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "io/error.h"
#include "io/png-text.h"

#define CHANNELS   3
#define BAND_BYTES (4 << 20) /* of pixels that are asked for at once */
#define WHOLE_MAX_BYTES                                                                            \
  ((guint64)64 << 20) /* of filtered rows that are compressed in one piece                         \
                       */
#define DEFLATE_LEVEL    1
#define STREAM_OUT_BYTES (256 << 10)

enum { FILTER_SUB = 1, FILTER_PAETH = 4 };

typedef struct {
  MsFileWriter *file;
  int width;
  int height;
  const GArray *text; /* of png_text */
  MsPngBand fill;
  gpointer user;
  gsize filtered_bytes; /* a row, with the byte that names its filter */

  int band_rows;
  guint8 *pixels;   /* of a band */
  guint8 *samples;  /* two rows: above, here */
  guint8 *filtered; /* of a band, or of the picture */
  guint8 *packed;
  z_stream zlib;
  gboolean streams;

  png_structp png;
  png_infop info;
  char message[128]; /* libpng's */
  GError *error;     /* another's */
} BandWriter;

/* ---- libpng ---- */

static void G_GNUC_NORETURN
on_error(png_structp png, png_const_charp message)
{
  BandWriter *self = png_get_error_ptr(png);

  g_strlcpy(self->message, message, sizeof self->message);
  png_longjmp(png, 1);
}

static void
on_warning(png_structp png, png_const_charp message)
{
}

static void
on_write(png_structp png, png_bytep data, size_t size)
{
  BandWriter *self = png_get_io_ptr(png);

  if (!ms_file_writer_write(self->file, data, size, &self->error))
    png_error(png, "the file cannot be written");
}

static void
on_flush(png_structp png)
{
}

/* ---- rows ---- */

static void
unpack_row(const guint8 *pixels, int width, guint8 *samples)
{
  const guint32 *row = (const guint32 *)(const void *)pixels;

  for (int x = 0; x < width; x++) {
    samples[CHANNELS * x] = (guint8)(row[x] >> 16);
    samples[CHANNELS * x + 1] = (guint8)(row[x] >> 8);
    samples[CHANNELS * x + 2] = (guint8)row[x];
  }
}

static inline guint8
paeth(guint8 left, guint8 above, guint8 corner)
{
  gint16 by_left = (gint16)(above - corner), by_above = (gint16)(left - corner);
  gint16 by_corner = (gint16)(by_left + by_above);
  gint16 to_left = by_left < 0 ? -by_left : by_left;
  gint16 to_above = by_above < 0 ? -by_above : by_above;
  gint16 to_corner = by_corner < 0 ? -by_corner : by_corner;
  guint8 nearer = to_above <= to_corner ? above : corner;

  return to_left <= to_above && to_left <= to_corner ? left : nearer;
}

static void
filter_paeth(const guint8 *restrict row, const guint8 *restrict above, gsize n,
             guint8 *restrict out)
{
  for (gsize i = 0; i < CHANNELS; i++)
    out[i] = (guint8)(row[i] - above[i]);
  for (gsize i = CHANNELS; i < n; i++)
    out[i] = (guint8)(row[i] - paeth(row[i - CHANNELS], above[i], above[i - CHANNELS]));
}

static void
filter_sub(const guint8 *restrict row, gsize n, guint8 *restrict out)
{
  memcpy(out, row, CHANNELS);
  for (gsize i = CHANNELS; i < n; i++)
    out[i] = (guint8)(row[i] - row[i - CHANNELS]);
}

static void
filter_row(BandWriter *self, int y, const guint8 *pixels, guint8 *out)
{
  gsize n = self->filtered_bytes - 1;
  guint8 *row = self->samples + (y % 2) * n, *above = self->samples + ((y + 1) % 2) * n;

  unpack_row(pixels, self->width, row);
  out[0] = y == 0 ? FILTER_SUB : FILTER_PAETH;
  if (y == 0)
    filter_sub(row, n, out + 1);
  else
    filter_paeth(row, above, n, out + 1);
}

/* Asks for a band and filters it to `out`. */
static gboolean
make_band(BandWriter *self, int first_row, int n_rows, guint8 *out)
{
  gsize stride = 4 * (gsize)self->width;

  if (!self->fill(self->user, first_row, n_rows, self->pixels, stride, &self->error))
    return FALSE;
  for (int i = 0; i < n_rows; i++)
    filter_row(self, first_row + i, self->pixels + i * stride, out + i * self->filtered_bytes);
  return TRUE;
}

/* ---- compression ---- */

static gboolean
fail(BandWriter *self, const char *message)
{
  g_strlcpy(self->message, message, sizeof self->message);
  return FALSE;
}

static gboolean
pack_whole(BandWriter *self, gsize *size)
{
  struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(DEFLATE_LEVEL);
  gsize n = self->filtered_bytes * (gsize)self->height, bound;

  if (!compressor)
    return fail(self, "no memory");
  bound = libdeflate_zlib_compress_bound(compressor, n);
  self->packed = g_try_malloc(bound);
  *size = self->packed
              ? libdeflate_zlib_compress(compressor, self->filtered, n, self->packed, bound)
              : 0;
  libdeflate_free_compressor(compressor);
  return *size > 0 ? TRUE : fail(self, "no memory");
}

static gboolean
write_whole(BandWriter *self)
{
  gsize size;

  for (int y = 0; y < self->height; y += self->band_rows) {
    int n_rows = MIN(self->band_rows, self->height - y);

    if (!make_band(self, y, n_rows, self->filtered + (gsize)y * self->filtered_bytes))
      return FALSE;
  }
  if (!pack_whole(self, &size))
    return FALSE;
  png_write_chunk(self->png, (png_const_bytep) "IDAT", self->packed, size);
  return TRUE;
}

/* Everything that zlib gives for its input, or, when finishing, all that is left. */
static void
drain(BandWriter *self, int flush)
{
  z_stream *zlib = &self->zlib;
  int status;

  do {
    status = deflate(zlib, flush);
    if (zlib->avail_out == 0 || status == Z_STREAM_END) {
      png_write_chunk(self->png, (png_const_bytep) "IDAT", self->packed,
                      STREAM_OUT_BYTES - zlib->avail_out);
      zlib->next_out = self->packed;
      zlib->avail_out = STREAM_OUT_BYTES;
    }
  } while (zlib->avail_in > 0 || (flush == Z_FINISH && status != Z_STREAM_END));
}

static gboolean
write_stream(BandWriter *self)
{
  self->zlib.next_out = self->packed;
  self->zlib.avail_out = STREAM_OUT_BYTES;
  for (int y = 0; y < self->height; y += self->band_rows) {
    int n_rows = MIN(self->band_rows, self->height - y);

    if (!make_band(self, y, n_rows, self->filtered))
      return FALSE;
    self->zlib.next_in = self->filtered;
    self->zlib.avail_in = (uInt)(self->filtered_bytes * (gsize)n_rows);
    drain(self, Z_NO_FLUSH);
  }
  drain(self, Z_FINISH);
  return TRUE;
}

/* ---- the file ---- */

/* The only function here that libpng jumps back to. */
static gboolean
write_chunks(BandWriter *self)
{
  png_structp png = self->png;

  if (setjmp(png_jmpbuf(png)) != 0)
    return FALSE;

  png_set_write_fn(png, self, on_write, on_flush);
  png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
  png_set_IHDR(png, self->info, self->width, self->height, 8, PNG_COLOR_TYPE_RGB,
               PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  if (self->text->len > 0)
    png_set_text(png, self->info, (png_const_textp)(const void *)self->text->data, self->text->len);
  png_write_info(png, self->info);
  if (!(self->streams ? write_stream(self) : write_whole(self)))
    return FALSE;
  png_write_chunk(png, (png_const_bytep) "IEND", NULL, 0);
  return TRUE;
}

static gboolean
allocate(BandWriter *self)
{
  gsize row = self->filtered_bytes, pixels = 4 * (gsize)self->width;
  int kept_rows;

  self->streams = (guint64)row * (guint64)self->height > WHOLE_MAX_BYTES;
  self->band_rows = (int)CLAMP(BAND_BYTES / pixels, 1, (gsize)self->height);
  kept_rows = self->streams ? self->band_rows : self->height;
  self->pixels = g_try_malloc_n((gsize)self->band_rows, pixels);
  self->samples = g_try_malloc_n(2, row);
  self->filtered = g_try_malloc_n((gsize)kept_rows, row);
  if (!self->pixels || !self->samples || !self->filtered)
    return FALSE;
  if (!self->streams)
    return TRUE;
  self->packed = g_try_malloc(STREAM_OUT_BYTES);
  return self->packed && deflateInit2(&self->zlib, DEFLATE_LEVEL, Z_DEFLATED, MAX_WBITS,
                                      MAX_MEM_LEVEL, Z_RLE) == Z_OK;
}

static gboolean
write_png(BandWriter *self)
{
  if (!allocate(self))
    return fail(self, "no memory");
  self->png = png_create_write_struct(PNG_LIBPNG_VER_STRING, self, on_error, on_warning);
  if (self->png)
    self->info = png_create_info_struct(self->png);
  return self->info ? write_chunks(self) : fail(self, "no memory");
}

static void
clear(BandWriter *self)
{
  png_destroy_write_struct(&self->png, &self->info);
  if (self->streams)
    deflateEnd(&self->zlib);
  g_free(self->pixels);
  g_free(self->samples);
  g_free(self->filtered);
  g_free(self->packed);
}

gboolean
ms_png_write_rgb24(MsFileWriter *file, int width, int height, const char *const *text,
                   MsPngBand fill, gpointer user, GError **error)
{
  g_autoptr(GArray) items = ms_png_collect_text(text);
  BandWriter self = {
      .file = file,
      .width = width,
      .height = height,
      .text = items,
      .fill = fill,
      .user = user,
      .filtered_bytes = 1 + CHANNELS * (gsize)width,
  };
  gboolean written = write_png(&self);

  clear(&self);
  if (written)
    return TRUE;
  if (self.error)
    g_propagate_error(error, self.error);
  else
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_WRITE,
                "a PNG of %d x %d pixels could not be made: %s", width, height, self.message);
  return FALSE;
}
