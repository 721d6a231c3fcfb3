/* SPDX-License-Identifier: MIT
 *
 * TIFFs that hold what is not read, or promise more than they can hold: each ends in an error that
 * says so, before memory is taken for it.
 */
#include "io/error.h"
#include "tiff-file.h"

/* A tag of one LONG, or of SHORTs and LONGs that are elsewhere (count > 1: value is an offset). */
typedef struct {
  guint16 tag;
  guint32 value;
  guint32 count; /* 0: 1 */
} Tag;

/* A little-endian file of one directory, of `size` bytes; behind the directory everything is 0. */
static GBytes *
file_of_tags(const Tag *tags, guint n_tags, gsize size)
{
  GByteArray *file = g_byte_array_new();
  guint16 n = (guint16)n_tags;

  g_byte_array_append(file, (const guint8 *)"II*\0\10\0\0\0", 8);
  g_byte_array_append(file, (const guint8[]){(guint8)n, 0}, 2);
  for (guint i = 0; i < n_tags; i++) {
    guint32 parts[3] = {GUINT32_TO_LE(tags[i].tag | 4u << 16), GUINT32_TO_LE(MAX(tags[i].count, 1)),
                        GUINT32_TO_LE(tags[i].value)};

    g_byte_array_append(file, (const guint8 *)parts, 12);
  }
  n = (guint16)file->len;
  g_assert_cmpuint(size, >=, n + 4u);
  g_byte_array_set_size(file, (guint)size);
  memset(file->data + n, 0, size - n);
  return g_byte_array_free_to_bytes(file);
}

/* --- what is not read ------------------------------------------------------------------------- */

typedef struct {
  guint32 width, height, bits, compression, photometric, channels, format;
} Promise;

/* A file of 400 bytes with one strip at its middle. */
static void
assert_promise_fails(Promise p, MsIoError code, const char *message)
{
  Tag tags[] = {{TIFFTAG_IMAGEWIDTH, p.width, 0},         {TIFFTAG_IMAGELENGTH, p.height, 0},
                {TIFFTAG_BITSPERSAMPLE, p.bits, 0},       {TIFFTAG_COMPRESSION, p.compression, 0},
                {TIFFTAG_PHOTOMETRIC, p.photometric, 0},  {TIFFTAG_STRIPOFFSETS, 200, 0},
                {TIFFTAG_SAMPLESPERPIXEL, p.channels, 0}, {TIFFTAG_ROWSPERSTRIP, p.height, 0},
                {TIFFTAG_STRIPBYTECOUNTS, 200, 0},        {TIFFTAG_SAMPLEFORMAT, p.format, 0}};
  g_autoptr(GBytes) bytes = file_of_tags(tags, G_N_ELEMENTS(tags), 400);

  test_tiff_fails(bytes, 0, code, message);
}

static void
test_forms_that_are_not_read(void)
{
  static const struct {
    Promise promise;
    const char *message;
  } cases[] = {
      {{4, 4, 8, 1, 5, 4, 1},
       "masks/a.tif: a TIFF with CMYK colours; grey, palette and RGB are read"},
      {{4, 4, 8, 1, 6, 3, 1},
       "masks/a.tif: a TIFF with YCbCr colours that are not JPEG's; grey, "
       "palette and RGB are read"},
      {{4, 4, 8, 1, 8, 3, 1},
       "masks/a.tif: a TIFF with Lab colours; grey, palette and RGB are read"},
      {{4, 4, 8, 1, 777, 1, 1},
       "masks/a.tif: a TIFF with photometric interpretation 777; grey, "
       "palette and RGB are read"},
      {{4, 4, 8, 1, 2, 5, 1},
       "masks/a.tif: a TIFF with 5 samples a pixel; grey, palette and RGB are read"},
      {{4, 4, 8, 1, 1, 3, 1},
       "masks/a.tif: a TIFF with 3 grey channels a pixel; grey, palette and RGB are read"},
      {{4, 4, 64, 1, 1, 1, 6},
       "masks/a.tif: a TIFF with complex samples of 64 bits, 1 a pixel, is not read"},
      {{4, 4, 12, 1, 1, 1, 1},
       "masks/a.tif: a TIFF with unsigned samples of 12 bits, 1 a pixel, is not read"},
      {{4, 4, 4, 1, 1, 1, 2},
       "masks/a.tif: a TIFF with signed samples of 4 bits, 1 a pixel, is not read"},
      {{4, 4, 32, 1, 2, 3, 3},
       "masks/a.tif: a TIFF with floating-point samples of 32 bits, 3 a pixel, is not read"},
      {{4, 4, 4, 1, 2, 3, 1},
       "masks/a.tif: a TIFF with unsigned samples of 4 bits, 3 a pixel, is not read"},
      {{4, 4, 8, 4711, 1, 1, 1},
       "masks/a.tif: a TIFF compressed by an unknown method (4711) is "
       "not read; save it with deflate or LZW"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
    assert_promise_fails(cases[i].promise, MS_IO_ERROR_UNSUPPORTED, cases[i].message);
}

/* --- sizes ------------------------------------------------------------------------------------ */

/* What 400 bytes of each compression could become at most, and then one row more. */
static void
test_promised_sizes(void)
{
  static const struct {
    guint16 compression;
    guint32 ratio;
  } cases[] = {
      {COMPRESSION_NONE, 1},       {COMPRESSION_PACKBITS, 64},        {COMPRESSION_LZW, 2731},
      {COMPRESSION_DEFLATE, 1032}, {COMPRESSION_ADOBE_DEFLATE, 1032}, {COMPRESSION_ZSTD, 32768}};
  const guint32 gray = PHOTOMETRIC_MINISBLACK;

  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    guint32 width = cases[i].ratio * 2;
    g_autofree char *message =
        g_strdup_printf("masks/a.tif: damaged TIFF (promises %u x 201 pixels, more than the file's "
                        "400 bytes can hold)",
                        width);

    if (TIFFIsCODECConfigured(cases[i].compression))
      assert_promise_fails((Promise){width, 201, 8, cases[i].compression, gray, 1, 1},
                           MS_IO_ERROR_CORRUPT, message);
  }
  assert_promise_fails((Promise){8, 3201, 1, COMPRESSION_CCITTFAX4, gray, 1, 1},
                       MS_IO_ERROR_CORRUPT,
                       "masks/a.tif: damaged TIFF (promises 8 x 3201 pixels, more than the file's "
                       "400 bytes can hold)");
  assert_promise_fails((Promise){1000001, 1, 8, 1, gray, 1, 1}, MS_IO_ERROR_TOO_LARGE,
                       "masks/a.tif: 1000001 x 1 pixels; sides up to 1000000 are read");
  assert_promise_fails((Promise){46341, 46342, 8, 1, gray, 1, 1}, MS_IO_ERROR_TOO_LARGE,
                       "masks/a.tif: 46341 x 46342 pixels need 2147534622 bytes; up to 2147483648 "
                       "are read");
  assert_promise_fails((Promise){1000000, 600, 32, 1, gray, 1, 3}, MS_IO_ERROR_TOO_LARGE,
                       "masks/a.tif: 1000000 x 600 pixels need 2400000000 bytes; up to 2147483648 "
                       "are read");
}

static void
test_tiles(void)
{
  Tag tags[] = {{TIFFTAG_IMAGEWIDTH, 4, 0},      {TIFFTAG_IMAGELENGTH, 4, 0},
                {TIFFTAG_BITSPERSAMPLE, 8, 0},   {TIFFTAG_COMPRESSION, COMPRESSION_PACKBITS, 0},
                {TIFFTAG_PHOTOMETRIC, 1, 0},     {TIFFTAG_TILEWIDTH, 65536, 0},
                {TIFFTAG_TILELENGTH, 65536, 0},  {TIFFTAG_TILEOFFSETS, 200, 0},
                {TIFFTAG_TILEBYTECOUNTS, 100, 0}};
  g_autoptr(GBytes) huge = file_of_tags(tags, G_N_ELEMENTS(tags), 400), large = NULL;

  test_tiff_fails(huge, 0, MS_IO_ERROR_TOO_LARGE,
                  "masks/a.tif: 4 x 4 pixels need 4294967296 bytes; up to 2147483648 are read");
  tags[5].value = tags[6].value = 256;
  large = file_of_tags(tags, G_N_ELEMENTS(tags), 400);
  test_tiff_fails(
      large, 0, MS_IO_ERROR_CORRUPT,
      "masks/a.tif: damaged TIFF (promises 4 x 4 pixels, more than the file's 400 bytes "
      "can hold)");
}

/* 100 strips that all are the whole file. */
static void
test_overlapping_strips(void)
{
  enum { size = 1200, offsets = 200, counts = 600 };
  const Tag tags[] = {{TIFFTAG_IMAGEWIDTH, 4, 0},
                      {TIFFTAG_IMAGELENGTH, 100, 0},
                      {TIFFTAG_BITSPERSAMPLE, 8, 0},
                      {TIFFTAG_COMPRESSION, COMPRESSION_PACKBITS, 0},
                      {TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK, 0},
                      {TIFFTAG_STRIPOFFSETS, offsets, 100},
                      {TIFFTAG_ROWSPERSTRIP, 1, 0},
                      {TIFFTAG_STRIPBYTECOUNTS, counts, 100}};
  g_autoptr(GBytes) template = file_of_tags(tags, G_N_ELEMENTS(tags), size);
  guint8 *data = g_memdup2(g_bytes_get_data(template, NULL), size);
  g_autoptr(GBytes) bytes = g_bytes_new_take(data, size);

  for (int i = 0; i < 100; i++) {
    data[counts + 4 * i] = size & 255;
    data[counts + 4 * i + 1] = size >> 8;
  }
  test_tiff_fails(bytes, 0, MS_IO_ERROR_CORRUPT,
                  "masks/a.tif: damaged TIFF (its strips are more than 16 times the file)");
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  test_tiff_forbid_printing();
  g_test_add_func("/tiff/limits/forms", test_forms_that_are_not_read);
  g_test_add_func("/tiff/limits/sizes", test_promised_sizes);
  g_test_add_func("/tiff/limits/tiles", test_tiles);
  g_test_add_func("/tiff/limits/overlap", test_overlapping_strips);
  return g_test_run();
}
