/* SPDX-License-Identifier: MIT
 *
 * Judges a directory before memory is taken: first whether its form is read, then whether its size
 * is believable. Forms that are not read are named.
 */
#include "io/tiff-form.h"

#include <string.h>

#include "metric/raster.h"
#include "metric/size.h"

#define MAX_DECODED_BYTES (G_GUINT64_CONSTANT(1) << 31)

/* Strips may share bytes, but not so that a small file takes hours. */
#define MAX_OVERLAP 16

/* The forms of compression that are read, and what one byte of each can become at most. */
static const struct {
  guint16 number;
  guint ratio; /* 0: no bound, but a bit a row */
} compressions[] = {
    {COMPRESSION_NONE, 1},       {COMPRESSION_PACKBITS, 64},
    {COMPRESSION_LZW, 2731}, /* codes of 12 bits for up to 4,096 bytes */
    {COMPRESSION_DEFLATE, 1032}, {COMPRESSION_ADOBE_DEFLATE, 1032},
    {COMPRESSION_ZSTD, 32768}, /* 128 KiB of one byte take 4 */
    {COMPRESSION_JPEG, 2048},    {COMPRESSION_CCITTRLE, 0},
    {COMPRESSION_CCITTRLEW, 0},  {COMPRESSION_CCITTFAX3, 0},
    {COMPRESSION_CCITTFAX4, 0},
};

static const struct {
  guint16 number;
  const char *name;
} photometrics[] = {
    {PHOTOMETRIC_MASK, "a transparency mask"},
    {PHOTOMETRIC_SEPARATED, "CMYK colours"},
    {PHOTOMETRIC_YCBCR, "YCbCr colours that are not JPEG's"},
    {PHOTOMETRIC_CIELAB, "Lab colours"},
    {PHOTOMETRIC_ICCLAB, "Lab colours"},
    {PHOTOMETRIC_ITULAB, "Lab colours"},
    {PHOTOMETRIC_CFA, "the raw samples of a camera"},
    {PHOTOMETRIC_LOGL, "logarithmic luminance"},
    {PHOTOMETRIC_LOGLUV, "logarithmic colours"},
};

static gboolean
fail_form(const MsTiffFile *file, const char *what, GError **error)
{
  return ms_tiff_file_fail(file, MS_IO_ERROR_UNSUPPORTED, error,
                           "a TIFF with %s; grey, palette and RGB are read", what);
}

/* --- form ------------------------------------------------------------------------------------- */

/* What the first channel beyond the colours is: EXTRASAMPLE_. */
static guint16
extra_channel(TIFF *tiff)
{
  guint16 n = 0, *extra = NULL;

  TIFFGetFieldDefaulted(tiff, TIFFTAG_EXTRASAMPLES, &n, &extra);
  return n > 0 ? extra[0] : EXTRASAMPLE_UNSPECIFIED;
}

static gboolean
describe_grey(const MsTiffFile *file, MsTiffForm *form, int n_samples, gboolean white_is_zero,
              GError **error)
{
  gboolean alpha = extra_channel(file->tiff) != EXTRASAMPLE_UNSPECIFIED;
  g_autofree char *what = NULL;

  if (n_samples == 1 || (n_samples == 2 && alpha && !white_is_zero)) {
    form->color = n_samples == 1 ? MS_COLOR_GREY : MS_COLOR_GREY_ALPHA;
    form->white_is_zero = white_is_zero;
    return TRUE;
  }
  what = n_samples == 2 && alpha ? g_strdup("white as zero and alpha")
                                 : g_strdup_printf("%d grey channels a pixel", n_samples);
  return fail_form(file, what, error);
}

static gboolean
describe_rgb(const MsTiffFile *file, MsTiffForm *form, int n_samples, GError **error)
{
  g_autofree char *what = NULL;

  if (n_samples == 3 || n_samples == 4) {
    form->color = n_samples == 3 ? MS_COLOR_RGB : MS_COLOR_RGBA;
    return TRUE;
  }
  what = g_strdup_printf("%d samples a pixel", n_samples);
  return fail_form(file, what, error);
}

static gboolean
describe_palette(const MsTiffFile *file, MsTiffForm *form, int n_samples, GError **error)
{
  form->color = MS_COLOR_PALETTE;
  if (n_samples != 1)
    return fail_form(file, "a palette and further channels", error);
  if (form->bits > 8 || form->sample_format != SAMPLEFORMAT_UINT)
    return fail_form(file, "a palette of more than 256 colours", error);
  return TRUE;
}

static gboolean
fail_photometric(const MsTiffFile *file, guint16 photometric, GError **error)
{
  g_autofree char *what = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS(photometrics); i++)
    if (photometrics[i].number == photometric)
      return fail_form(file, photometrics[i].name, error);
  what = g_strdup_printf("photometric interpretation %u", photometric);
  return fail_form(file, what, error);
}

static gboolean
describe_color(const MsTiffFile *file, MsTiffForm *form, GError **error)
{
  guint16 n_samples = 1, photometric;

  TIFFGetFieldDefaulted(file->tiff, TIFFTAG_SAMPLESPERPIXEL, &n_samples);
  if (!TIFFGetField(file->tiff, TIFFTAG_PHOTOMETRIC, &photometric))
    photometric = n_samples < 3 ? PHOTOMETRIC_MINISBLACK : PHOTOMETRIC_RGB;
  switch (photometric) {
  case PHOTOMETRIC_MINISWHITE:
  case PHOTOMETRIC_MINISBLACK:
    return describe_grey(file, form, n_samples, photometric == PHOTOMETRIC_MINISWHITE, error);
  case PHOTOMETRIC_RGB:
    return describe_rgb(file, form, n_samples, error);
  case PHOTOMETRIC_PALETTE:
    return describe_palette(file, form, n_samples, error);
  case PHOTOMETRIC_YCBCR:
    if (form->compression == COMPRESSION_JPEG && n_samples == 3 && !form->planar) {
      TIFFSetField(file->tiff, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
      return describe_rgb(file, form, n_samples, error);
    }
    return fail_photometric(file, photometric, error);
  default:
    return fail_photometric(file, photometric, error);
  }
}

/* Of several channels 8 and 16 bits alone are read, as PNG has them. */
static gboolean
describe_type(const MsTiffFile *file, MsTiffForm *form, GError **error)
{
  static const char *const names[] = {[SAMPLEFORMAT_UINT] = "unsigned",
                                      [SAMPLEFORMAT_INT] = "signed",
                                      [SAMPLEFORMAT_IEEEFP] = "floating-point",
                                      [SAMPLEFORMAT_VOID] = "untyped",
                                      [SAMPLEFORMAT_COMPLEXINT] = "complex integer",
                                      [SAMPLEFORMAT_COMPLEXIEEEFP] = "complex"};
  guint16 format = form->sample_format;
  int bits = form->bits;
  gboolean is_byte_or_word = bits == 8 || bits == 16, is_wide = bits == 32 || bits == 64;

  form->wide = format != SAMPLEFORMAT_UINT || bits > 16;
  if (form->channels == 1) {
    if ((format == SAMPLEFORMAT_UINT &&
         (bits == 1 || bits == 2 || bits == 4 || is_byte_or_word || is_wide)) ||
        (format == SAMPLEFORMAT_INT && (is_byte_or_word || is_wide)) ||
        (format == SAMPLEFORMAT_IEEEFP && (bits == 16 || is_wide)))
      return TRUE;
  } else if (format == SAMPLEFORMAT_UINT && is_byte_or_word) {
    return TRUE;
  }
  return ms_tiff_file_fail(file, MS_IO_ERROR_UNSUPPORTED, error,
                           "a TIFF with %s samples of %d bits, %d a pixel, is not read",
                           format < G_N_ELEMENTS(names) && names[format] ? names[format]
                                                                         : "unknown",
                           bits, form->channels);
}

static gboolean
describe_form(const MsTiffFile *file, MsTiffForm *form, GError **error)
{
  guint16 bits = 1, planar = PLANARCONFIG_CONTIG, orientation = ORIENTATION_TOPLEFT;

  TIFFGetFieldDefaulted(file->tiff, TIFFTAG_COMPRESSION, &form->compression);
  TIFFGetFieldDefaulted(file->tiff, TIFFTAG_BITSPERSAMPLE, &bits);
  TIFFGetFieldDefaulted(file->tiff, TIFFTAG_SAMPLEFORMAT, &form->sample_format);
  TIFFGetFieldDefaulted(file->tiff, TIFFTAG_PLANARCONFIG, &planar);
  TIFFGetFieldDefaulted(file->tiff, TIFFTAG_ORIENTATION, &orientation);
  if (form->sample_format == SAMPLEFORMAT_VOID)
    form->sample_format = SAMPLEFORMAT_UINT;
  form->bits = bits;
  form->planar = planar == PLANARCONFIG_SEPARATE;
  form->orientation = orientation >= 1 && orientation <= 8 ? orientation : 1;
  if (!describe_color(file, form, error))
    return FALSE;
  form->channels = ms_color_channels(form->color);
  form->premultiplied = (form->color == MS_COLOR_GREY_ALPHA || form->color == MS_COLOR_RGBA) &&
                        extra_channel(file->tiff) == EXTRASAMPLE_ASSOCALPHA;
  form->planar = form->planar && form->channels > 1;
  form->row_channels = form->planar ? 1 : form->channels;
  return describe_type(file, form, error);
}

/* --- size ------------------------------------------------------------------------------------- */

static gboolean
describe_pieces(const MsTiffFile *file, MsTiffForm *form, GError **error)
{
  guint32 width = (guint32)form->width, height = 0;

  form->tiled = TIFFIsTiled(file->tiff) != 0;
  if (form->tiled) {
    TIFFGetField(file->tiff, TIFFTAG_TILEWIDTH, &width);
    TIFFGetField(file->tiff, TIFFTAG_TILELENGTH, &height);
  } else {
    TIFFGetFieldDefaulted(file->tiff, TIFFTAG_ROWSPERSTRIP, &height);
    height = MIN(height, (guint32)form->height);
  }
  if (width < 1 || width > MS_RASTER_MAX_SIDE || height < 1 || height > MS_RASTER_MAX_SIDE)
    return ms_tiff_file_fail(file, MS_IO_ERROR_CORRUPT, error,
                             "damaged TIFF (%s of %u x %u pixels)",
                             form->tiled ? "tiles" : "strips", width, height);
  form->piece_width = (int)width;
  form->piece_height = (int)height;
  return TRUE;
}

static gboolean
describe_size(const MsTiffFile *file, MsTiffForm *form, GError **error)
{
  guint32 width = 0, height = 0;

  TIFFGetField(file->tiff, TIFFTAG_IMAGEWIDTH, &width);
  TIFFGetField(file->tiff, TIFFTAG_IMAGELENGTH, &height);
  if (width == 0 || height == 0)
    return ms_tiff_file_fail(file, MS_IO_ERROR_CORRUPT, error, "damaged TIFF (%u x %u pixels)",
                             width, height);
  if (MAX(width, height) > MS_RASTER_MAX_SIDE)
    return ms_tiff_file_fail(file, MS_IO_ERROR_TOO_LARGE, error,
                             "%u x %u pixels; sides up to %d are read", width, height,
                             MS_RASTER_MAX_SIDE);
  form->width = (int)width;
  form->height = (int)height;
  return describe_pieces(file, form, error);
}

/* Rows of pieces that the file holds: those of all planes, and those that fill up the last tiles.
 */
static guint64
count_rows(const MsTiffForm *form)
{
  guint64 planes = form->planar ? (guint64)form->channels : 1;
  guint64 width = (guint64)form->piece_width, height = (guint64)form->piece_height;

  if (!form->tiled)
    return planes * (guint64)form->height;
  return planes * (((guint64)form->width + width - 1) / width) *
         (((guint64)form->height + height - 1) / height) * height;
}

/* Sides are at most 10^6 here and a row 32 MB, so the bytes are kept in double. */
static gboolean
check_limits(const MsTiffFile *file, const MsTiffForm *form, guint ratio, GError **error)
{
  guint64 rows = count_rows(form);
  double stored = (double)rows * (double)form->row_bytes;
  double sample_bytes = form->wide ? 4 : form->bits == 16 ? 2 : 1;
  double decoded = (double)form->width * form->height * form->channels * sample_bytes;
  double most = ratio == 0 ? stored : (double)file->size * ratio;

  if (MAX(decoded, stored) > (double)MAX_DECODED_BYTES)
    return ms_tiff_file_fail(file, MS_IO_ERROR_TOO_LARGE, error,
                             "%d x %d pixels need %.0f bytes; up to %" G_GUINT64_FORMAT " are read",
                             form->width, form->height, MAX(decoded, stored), MAX_DECODED_BYTES);
  if (stored > most || rows > (guint64)file->size * 8)
    return ms_tiff_file_fail(file, MS_IO_ERROR_CORRUPT, error,
                             "damaged TIFF (promises %d x %d pixels, more than the file's "
                             "%" G_GSIZE_FORMAT " bytes can hold)",
                             form->width, form->height, file->size);
  return TRUE;
}

/* Strips that all lead to the same bytes would be unpacked again and again; and where the table of
 * strips cannot be read, libtiff would take the head of the file for pixels. */
static gboolean
check_strips(const MsTiffFile *file, GError **error)
{
  guint32 n =
      TIFFIsTiled(file->tiff) ? TIFFNumberOfTiles(file->tiff) : TIFFNumberOfStrips(file->tiff);
  guint64 most = (guint64)file->size * MAX_OVERLAP, sum = 0;

  for (guint32 i = 0; i < n; i++) {
    int count_failed = 0, offset_failed = 0;
    guint64 bytes = TIFFGetStrileByteCountWithErr(file->tiff, i, &count_failed);

    TIFFGetStrileOffsetWithErr(file->tiff, i, &offset_failed);
    if (count_failed || offset_failed)
      return ms_tiff_file_fail_damaged(file, -1, error);
    if (bytes > most - sum)
      return ms_tiff_file_fail(file, MS_IO_ERROR_CORRUPT, error,
                               "damaged TIFF (its strips are more than %d times the file)",
                               MAX_OVERLAP);
    sum += bytes;
  }
  return TRUE;
}

static gboolean
find_ratio(const MsTiffFile *file, const MsTiffForm *form, guint *ratio, GError **error)
{
  const TIFFCodec *codec = TIFFFindCODEC(form->compression);

  for (gsize i = 0; i < G_N_ELEMENTS(compressions); i++) {
    *ratio = compressions[i].ratio;
    if (compressions[i].number == form->compression && TIFFIsCODECConfigured(form->compression))
      return TRUE;
  }
  return ms_tiff_file_fail(file, MS_IO_ERROR_UNSUPPORTED, error,
                           "a TIFF compressed by %s (%u) is not read; save it with deflate or LZW",
                           codec != NULL ? codec->name : "an unknown method", form->compression);
}

gboolean
ms_tiff_form_describe(MsTiffFile *file, MsTiffForm *form, GError **error)
{
  guint ratio;
  gsize expected;

  *form = (MsTiffForm){.compression = COMPRESSION_NONE, .sample_format = SAMPLEFORMAT_UINT};
  if (!describe_form(file, form, error) || !find_ratio(file, form, &ratio, error) ||
      !describe_size(file, form, error))
    return FALSE;
  form->row_bytes =
      ((gsize)form->piece_width * (gsize)form->row_channels * (gsize)form->bits + 7) / 8;
  expected = (gsize)(form->tiled ? TIFFTileRowSize64(file->tiff) : TIFFScanlineSize64(file->tiff));
  if (!check_limits(file, form, ratio, error) || !check_strips(file, error))
    return FALSE;
  if (expected != form->row_bytes)
    return ms_tiff_file_fail(file, MS_IO_ERROR_CORRUPT, error,
                             "damaged TIFF (rows of unexpected length)");
  return TRUE;
}
