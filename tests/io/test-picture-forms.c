/* SPDX-License-Identifier: MIT
 *
 * How pictures look that are more than 8-bit RGB: TIFFs of every depth, turned, inverted and
 * premultiplied ones, numbers as grey, CMYK.
 */
#include "io/picture.h"

#include <math.h>

#include "io/error.h"
#include "tiff-file.h"

static MsPicture *
decode(GBytes *bytes)
{
  g_autoptr(GError) error = NULL;
  MsPicture *picture = ms_picture_decode(bytes, "photo", NULL, &error);

  g_assert_no_error(error);
  return picture;
}

static MsPicture *
decode_tiff(TestTiff form, const void *samples)
{
  g_autoptr(GBytes) bytes = test_tiff_file("w", &form, samples, NULL);

  return decode(bytes);
}

static void
assert_words(const MsPicture *picture, const guint16 *expected, gsize n)
{
  g_assert_cmpint(picture->channels, ==, 1);
  g_assert_cmpint(picture->bytes, ==, 2);
  g_assert_cmpmem(picture->pixels, picture->stride * (gsize)picture->height, expected, 2 * n);
}

/* --- TIFF ------------------------------------------------------------------------------------- */

static void
test_depths(void)
{
  static const guint16 words[] = {0, 300, 65535};
  static const guint8 bytes[] = {1, 2, 3};
  g_autoptr(MsPicture) bits = decode_tiff(
      (TestTiff){.width = 2, .height = 1, .bits = 1, .photometric = PHOTOMETRIC_MINISBLACK},
      "\0\1");
  g_autoptr(MsPicture) grey = decode_tiff(
      (TestTiff){.width = 3, .height = 1, .photometric = PHOTOMETRIC_MINISBLACK}, bytes);
  g_autoptr(MsPicture) deep = decode_tiff(
      (TestTiff){.width = 3, .height = 1, .bits = 16, .photometric = PHOTOMETRIC_MINISBLACK},
      words);
  g_autoptr(MsPicture) rgb = decode_tiff(
      (TestTiff){
          .width = 1, .height = 1, .bits = 16, .channels = 3, .photometric = PHOTOMETRIC_RGB},
      words);

  g_assert_cmpmem(bits->pixels, 2, "\0\xff", 2);
  g_assert_cmpint(grey->channels, ==, 1);
  g_assert_cmpmem(grey->pixels, 3, bytes, 3);
  assert_words(deep, words, 3);
  g_assert_cmpint(rgb->channels, ==, 3);
  g_assert_cmpmem(rgb->pixels, 6, words, 6);
}

/* The smallest is black, the largest white; neither NaN nor infinity takes part in that. */
static void
test_numbers_of_wide_types(void)
{
  const float floats[] = {-0.5f, NAN, 1.5f, 0.5f, INFINITY, -INFINITY};
  static const gint32 integers[] = {-1000, 1000, 0, 500};
  static const double huge[] = {-1.7e308, 1.7e308, 0};
  static const float alike[] = {7.5f, 7.5f};
  TestTiff form = {.width = 6,
                   .height = 1,
                   .bits = 32,
                   .format = SAMPLEFORMAT_IEEEFP,
                   .photometric = PHOTOMETRIC_MINISBLACK};
  g_autoptr(MsPicture) a = decode_tiff(form, floats);
  g_autoptr(MsPicture) b = NULL, c = NULL, d = NULL;

  form.width = 2;
  b = decode_tiff(form, alike);
  form.width = 4;
  form.format = SAMPLEFORMAT_INT;
  c = decode_tiff(form, integers);
  form.width = 3;
  form.format = SAMPLEFORMAT_IEEEFP;
  form.bits = 64;
  d = decode_tiff(form, huge);
  assert_words(a, (guint16[]){0, 0, 65535, 32768, 65535, 0}, 6);
  assert_words(b, (guint16[]){0, 0}, 2);
  assert_words(c, (guint16[]){0, 65535, 32768, 49151}, 4);
  assert_words(d, (guint16[]){0, 65535, 32768}, 3);
}

static void
test_tiff_colours(void)
{
  guint16 palette[3][256] = {{0, 65535}, {0, 32896}, {0, 257}};
  TestTiff form = {.width = 2, .height = 1, .photometric = PHOTOMETRIC_PALETTE};
  g_autoptr(GBytes) bytes = test_tiff_file("w", &form, "\1\0", palette);
  g_autoptr(MsPicture) indexed = decode(bytes), inverted = NULL, alpha = NULL, multiplied = NULL;

  form.photometric = PHOTOMETRIC_MINISWHITE;
  inverted = decode_tiff(form, "\1\xff");
  form.photometric = PHOTOMETRIC_RGB;
  form.width = 1;
  form.channels = 4;
  form.alpha = EXTRASAMPLE_UNASSALPHA;
  alpha = decode_tiff(form, "\x64\x32\x19\x80");
  form.alpha = EXTRASAMPLE_ASSOCALPHA;
  multiplied = decode_tiff(form, "\x32\x19\x0c\x80");
  g_assert_cmpmem(indexed->pixels, 6, "\xff\x80\1\0\0\0", 6);
  g_assert_cmpmem(inverted->pixels, 2, "\xfe\0", 2);
  g_assert_cmpmem(alpha->pixels, 3, ((guint8[]){177, 152, 140}), 3);
  g_assert_cmpmem(multiplied->pixels, 3, ((guint8[]){177, 152, 139}), 3);
}

/* Rows and columns as the standard names the corners: 6 puts the stored top row on the right. */
static void
test_tiff_orientation(void)
{
  static const guint8 stored[] = {1, 2, 3, 4, 5, 6};
  static const guint8 seen[9][6] = {{0},
                                    {1, 2, 3, 4, 5, 6},
                                    {3, 2, 1, 6, 5, 4},
                                    {6, 5, 4, 3, 2, 1},
                                    {4, 5, 6, 1, 2, 3},
                                    {1, 4, 2, 5, 3, 6},
                                    {4, 1, 5, 2, 6, 3},
                                    {6, 3, 5, 2, 4, 1},
                                    {3, 6, 2, 5, 1, 4}};

  for (guint16 orientation = 1; orientation <= 8; orientation++) {
    TestTiff form = {
        .width = 3, .height = 2, .photometric = PHOTOMETRIC_MINISBLACK, .orientation = orientation};
    g_autoptr(MsPicture) picture = decode_tiff(form, stored);
    g_autoptr(GBytes) bytes = test_tiff_file("w", &form, stored, NULL);
    g_autoptr(MsSamples) mask = ms_picture_decode_samples(bytes, "mask.tif", NULL, NULL);

    g_assert_cmpint(picture->width, ==, orientation >= 5 ? 2 : 3);
    g_assert_cmpmem(picture->pixels, 6, seen[orientation], 6);
    g_assert_cmpmem(mask->pixels, 6, stored, 6);
  }
}

/* Rarer colours go through gdk-pixbuf; as a mask they stay an error. */
static void
test_tiff_cmyk(void)
{
  TestTiff form = {.width = 1, .height = 1, .channels = 4, .photometric = PHOTOMETRIC_SEPARATED};
  g_autoptr(GBytes) bytes = test_tiff_file("w", &form, "\xff\0\xff\0", NULL);
  g_autoptr(MsPicture) picture = decode(bytes);
  g_autoptr(GError) error = NULL;

  g_assert_cmpint(picture->channels, ==, 3);
  g_assert_cmpmem(picture->pixels, 3, "\0\xff\0", 3);
  g_assert_null(ms_picture_decode_samples(bytes, "mask.tif", NULL, &error));
  g_assert_error(error, MS_IO_ERROR, MS_IO_ERROR_UNSUPPORTED);
}

static void
test_broken_tiff(void)
{
  TestTiff form = {.width = 4, .height = 4, .photometric = PHOTOMETRIC_MINISBLACK};
  g_autoptr(GBytes) bytes = test_tiff_file("w", &form, "0123456789abcdef", NULL);
  g_autoptr(GBytes) part = g_bytes_new_from_bytes(bytes, 0, 20);
  g_autoptr(GError) error = NULL;

  g_assert_null(ms_picture_decode(part, "images/a.tif", NULL, &error));
  g_assert_error(error, MS_IO_ERROR, MS_IO_ERROR_CORRUPT);
  g_assert_true(g_str_has_prefix(error->message, "images/a.tif: damaged TIFF ("));
}

/* --- CMYK JPEG -------------------------------------------------------------------------------- */

/* 8 x 8 pixels of one colour: 200, 100, 50 and 255 as Adobe stores inks, inverted. Each component
 * is one coefficient; the two codes for its length are 0 (5 bits) and 10 (7 bits). */
static const guint8 jpeg_frame[] = {
    0xff, 0xee, 0,    14,   'A',  'd',  'o', 'b',  'e', 0, 100,  0, 0, 0, 0,  0, /* Adobe */
    0xff, 0xc0, 0,    20,   8,    0,    8,   0,    8,   4,                       /* 8 x 8 x 4 */
    1,    0x11, 0,    2,    0x11, 0,    3,   0x11, 0,   4, 0x11, 0,              /* */
    0xff, 0xc4, 0,    21,   0,    1,    1,   0,    0,   0, 0,    0, 0, 0, 0,  0,
    0,    0,    0,    0,    0,    5,    7, /* lengths */
    0xff, 0xc4, 0,    20,   0x10, 1,    0,   0,    0,   0, 0,    0, 0, 0, 0,  0,
    0,    0,    0,    0,    0,    0,                                             /* no others */
    0xff, 0xda, 0,    14,   4,    1,    0,   2,    0,   3, 0,    4, 0, 0, 63, 0, /* scan */
    0xa4, 0x03, 0x4c, 0x57, 0xf7, 0xff, 0xd9};

static void
test_cmyk_jpeg(void)
{
  GByteArray *file = g_byte_array_new();
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(MsPicture) picture = NULL;
  guint8 quantization[69] = {0xff, 0xdb, 0, 67, 0};

  memset(quantization + 5, 8, 64);
  g_byte_array_append(file, (const guint8 *)"\xff\xd8", 2);
  g_byte_array_append(file, quantization, sizeof quantization);
  g_byte_array_append(file, jpeg_frame, sizeof jpeg_frame);
  bytes = g_byte_array_free_to_bytes(file);
  picture = decode(bytes);
  g_assert_cmpint(picture->width, ==, 8);
  g_assert_cmpint(picture->height, ==, 8);
  g_assert_cmpint(picture->channels, ==, 3);
  for (int i = 0; i < 64; i++)
    g_assert_cmpmem(picture->pixels + 3 * i, 3, ((guint8[]){200, 100, 50}), 3);
}

/* --- samples ---------------------------------------------------------------------------------- */

static void
test_numbers(void)
{
  static const guint32 values[] = {G_MAXUINT32, 1, 0, 3}; /* the first is -1 */
  g_autoptr(MsSamples) samples = ms_samples_new_numbers(4, 1, "x", NULL);
  g_autoptr(MsPicture) wide = NULL, narrow = NULL;

  memcpy(samples->pixels, values, sizeof values);
  wide = ms_picture_from_samples(samples, "x", NULL);
  assert_words(wide, (guint16[]){0, 32768, 16384, 65535}, 4);
  ((guint32 *)(void *)samples->pixels)[0] = 5;
  g_assert_true(ms_samples_settle(samples, "x", NULL));
  g_assert_cmpint(samples->bytes, ==, 1);
  narrow = ms_picture_from_samples(samples, "x", NULL);
  assert_words(narrow, (guint16[]){65535, 13107, 0, 39321}, 4);
}

static void
test_floats(void)
{
  static const float values[] = {0.25f, 0.5f, 1.25f};
  g_autoptr(MsSamples) samples = ms_samples_new_floats(3, 1, "x", NULL);
  g_autoptr(MsPicture) picture = NULL;

  memcpy(samples->pixels, values, sizeof values);
  picture = ms_picture_from_samples(samples, "x", NULL);
  assert_words(picture, (guint16[]){0, 16384, 65535}, 3);
}

static void
test_samples_stay_as_they_are(void)
{
  static const guint8 rgba[] = {10, 20, 30, 0, 40, 50, 60, 255};
  g_autoptr(MsSamples) samples = ms_samples_new(2, 1, MS_COLOR_RGBA, 8, "x", NULL);
  g_autoptr(MsPicture) picture = NULL;

  memcpy(samples->pixels, rgba, sizeof rgba);
  picture = ms_picture_from_samples(samples, "x", NULL);
  g_assert_cmpint(picture->channels, ==, 3);
  g_assert_cmpmem(picture->pixels, 6, ((guint8[]){255, 255, 255, 40, 50, 60}), 6);
  g_assert_cmpmem(samples->pixels, 8, rgba, 8);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  test_tiff_forbid_printing();
  g_test_add_func("/picture/tiff-depths", test_depths);
  g_test_add_func("/picture/tiff-wide", test_numbers_of_wide_types);
  g_test_add_func("/picture/tiff-colours", test_tiff_colours);
  g_test_add_func("/picture/tiff-orientation", test_tiff_orientation);
  g_test_add_func("/picture/tiff-cmyk", test_tiff_cmyk);
  g_test_add_func("/picture/tiff-broken", test_broken_tiff);
  g_test_add_func("/picture/cmyk-jpeg", test_cmyk_jpeg);
  g_test_add_func("/picture/numbers", test_numbers);
  g_test_add_func("/picture/floats", test_floats);
  g_test_add_func("/picture/samples", test_samples_stay_as_they_are);
  return g_test_run();
}
