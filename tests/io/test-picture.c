/* SPDX-License-Identifier: MIT
 *
 * Pictures: turning by EXIF, alpha over white, what gdk-pixbuf brings, and the display range.
 */
#include "io/picture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "io/error.h"
#include "io/exif.h"
#include "io/picture-size.h"
#include "reference-png.h"
#include "support/files.h"

static MsPicture *
decode(GBytes *bytes)
{
  g_autoptr(GError) error = NULL;
  MsPicture *picture = ms_picture_decode(bytes, "photo", NULL, &error);

  g_assert_no_error(error);
  return picture;
}

static void
assert_fails(GBytes *bytes, MsIoError code, const char *cause)
{
  g_autoptr(GError) error = NULL;

  g_assert_null(ms_picture_decode(bytes, "images/a.jpg", NULL, &error));
  g_assert_error(error, MS_IO_ERROR, (int)code);
  g_assert_true(g_str_has_prefix(error->message, "images/a.jpg: "));
  if (strstr(error->message, cause) == NULL)
    g_error("\"%s\" does not say \"%s\"", error->message, cause);
}

/* An EXIF block with nothing but an orientation. */
static GBytes *
exif_block(int orientation, gboolean big_endian)
{
  guint8 big[26] = {'M', 'M', 0, '*', 0, 0, 0, 8, 0, 1, 1, 0x12, 0,
                    3,   0,   0, 0,   1, 0, 0, 0, 0, 0, 0, 0,    0};
  guint8 little[26] = {'I', 'I', '*', 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3,
                       0,   1,   0,   0, 0, 0, 0, 0, 0, 0, 0,    0, 0};

  big[19] = (guint8)orientation;
  little[18] = (guint8)orientation;
  return g_bytes_new(big_endian ? big : little, 26);
}

/* A JPEG of smooth random content; with an APP1 segment when orientation is not 0. */
static GBytes *
make_jpeg(int width, int height, int orientation)
{
  g_autoptr(GdkPixbuf) pixbuf = gdk_pixbuf_new(GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  g_autoptr(GBytes) exif = exif_block(orientation, orientation % 2);
  static const guint8 app1[10] = {0xff, 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0, 0};
  g_autoptr(GError) error = NULL;
  GByteArray *bytes = g_byte_array_new();
  g_autofree char *jpeg = NULL;
  gsize size;

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++) {
      guint8 *p = gdk_pixbuf_get_pixels(pixbuf) + y * gdk_pixbuf_get_rowstride(pixbuf) + 3 * x;

      p[0] = (guint8)(x * 5);
      p[1] = (guint8)(y * 7);
      p[2] = (guint8)(x + y);
    }
  gdk_pixbuf_save_to_buffer(pixbuf, &jpeg, &size, "jpeg", &error, NULL);
  g_assert_no_error(error);
  g_byte_array_append(bytes, (guint8 *)jpeg, 2);
  if (orientation != 0) {
    g_byte_array_append(bytes, app1, sizeof app1);
    g_byte_array_append(bytes, g_bytes_get_data(exif, NULL), 26);
  }
  g_byte_array_append(bytes, (guint8 *)jpeg + 2, (guint)size - 2);
  return g_byte_array_free_to_bytes(bytes);
}

/* gdk-pixbuf's own turning is the reference, pixel by pixel. */
static void
test_jpeg_orientations(void)
{
  for (int orientation = 0; orientation <= 8; orientation++) {
    g_autoptr(GBytes) bytes = make_jpeg(37, 21, orientation);
    g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_bytes(bytes);
    g_autoptr(GdkPixbuf) stored = gdk_pixbuf_new_from_stream(stream, NULL, NULL);
    g_autoptr(GdkPixbuf) expected = gdk_pixbuf_apply_embedded_orientation(stored);
    g_autoptr(MsPicture) picture = decode(bytes);

    g_assert_cmpint(picture->width, ==, orientation >= 5 ? 21 : 37);
    g_assert_cmpint(picture->width, ==, gdk_pixbuf_get_width(expected));
    g_assert_cmpint(picture->height, ==, gdk_pixbuf_get_height(expected));
    g_assert_cmpint(picture->channels, ==, 3);
    g_assert_cmpint(picture->bytes, ==, 1);
    for (int y = 0; y < picture->height; y++)
      g_assert_cmpmem(picture->pixels + (gsize)y * picture->stride, picture->stride,
                      gdk_pixbuf_read_pixels(expected) +
                          y * (gsize)gdk_pixbuf_get_rowstride(expected),
                      picture->stride);
  }
}

static void
assert_size(GBytes *bytes, int width, int height)
{
  g_auto(TestFolder) folder = test_folder_new();
  gsize size;
  const void *data = g_bytes_get_data(bytes, &size);
  g_autofree char *path = test_file(&folder, "picture", data, size);
  int read_width = 0, read_height = 0;

  g_assert_true(ms_picture_read_size(path, &read_width, &read_height, NULL));
  g_assert_cmpint(read_width, ==, width);
  g_assert_cmpint(read_height, ==, height);
}

/* The header alone says the size that decoding gives; a file cut behind it does too. */
static void
test_sizes(void)
{
  for (int orientation = 0; orientation <= 8; orientation++) {
    g_autoptr(GBytes) jpeg = make_jpeg(37, 21, orientation);
    g_autoptr(MsSamples) stored = ms_samples_new(37, 21, MS_COLOR_GREY, 8, "x", NULL);
    g_autoptr(GBytes) exif = exif_block(orientation, orientation % 2);
    g_autoptr(GBytes) png = test_png_write(stored, FALSE, orientation ? exif : NULL);
    g_autoptr(GBytes) cut = g_bytes_new_from_bytes(jpeg, 0, g_bytes_get_size(jpeg) - 40);
    int width = orientation >= 5 ? 21 : 37, height = orientation >= 5 ? 37 : 21;

    assert_size(jpeg, width, height);
    assert_size(cut, width, height);
    assert_size(png, width, height);
  }
}

static void
test_sizes_unknown(void)
{
  static const char *const contents[] = {"",
                                         "BM",
                                         "\xff\xd8",
                                         "\xff\xd8\xff",
                                         "\xff\xd8\xff\xe0\x7f\xff too long a segment",
                                         "\xff\xd8\xff\xc0",
                                         "\x89PNG\r\n\x1a\n",
                                         "\xff\xd8 no marker"};

  for (gsize i = 0; i < G_N_ELEMENTS(contents); i++) {
    g_auto(TestFolder) folder = test_folder_new();
    g_autofree char *path = test_file(&folder, "picture", contents[i], strlen(contents[i]));
    int width, height;

    g_assert_false(ms_picture_read_size(path, &width, &height, NULL));
  }
}

/* By the words of the EXIF standard: the side on which the stored row 0 and column 0 are seen. */
static void
test_png_orientations(void)
{
  static const struct {
    char row_0, column_0;
  } sides[9] = {{0},        {'t', 'l'}, {'t', 'r'}, {'b', 'r'}, {'b', 'l'},
                {'l', 't'}, {'r', 't'}, {'r', 'b'}, {'l', 'b'}};
  enum { width = 3, height = 2 };

  for (int orientation = 1; orientation <= 8; orientation++) {
    g_autoptr(MsSamples) stored = ms_samples_new(width, height, MS_COLOR_GREY, 16, "x", NULL);
    g_autoptr(GBytes) exif = exif_block(orientation, orientation % 2);
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(MsPicture) picture = NULL;
    guint16 *to = (guint16 *)(void *)stored->pixels;
    const guint16 *seen;

    for (int i = 0; i < width * height; i++)
      to[i] = (guint16)(1000 * i);
    bytes = test_png_write(stored, FALSE, exif);
    picture = decode(bytes);
    seen = (const guint16 *)(const void *)picture->pixels;
    g_assert_cmpint(picture->width, ==, orientation >= 5 ? height : width);
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        char a = sides[orientation].row_0, b = sides[orientation].column_0;
        int x = a == 'l'   ? row
                : a == 'r' ? height - 1 - row
                : b == 'l' ? column
                           : width - 1 - column;
        int y = a == 't'   ? row
                : a == 'b' ? height - 1 - row
                : b == 't' ? column
                           : width - 1 - column;

        g_assert_cmpuint(seen[y * picture->width + x], ==, 1000u * (guint)(row * width + column));
      }
    }
  }
}

static void
test_broken_exif_is_left_aside(void)
{
  static const guint8 far_directory[] = {'M', 'M', 0, '*', 0xff, 0xff, 0xff, 0xf0};
  static const guint8 many_entries[] = {'I', 'I', '*', 0, 8, 0, 0, 0, 0xff, 0xff, 0x12};
  static const guint8 wrong_value[] = {'M',  'M', 0, '*', 0, 0, 0, 8, 0, 1, 1,
                                       0x12, 0,   3, 0,   0, 0, 1, 0, 9, 0, 0};
  static const struct {
    const guint8 *data;
    gsize size;
  } blocks[] = {{far_directory, sizeof far_directory},
                {many_entries, sizeof many_entries},
                {wrong_value, sizeof wrong_value}};

  for (gsize i = 0; i < G_N_ELEMENTS(blocks); i++) {
    /* A copy of the very size, so that a sanitizer sees a read beyond it. */
    g_autofree guint8 *copy = g_memdup2(blocks[i].data, blocks[i].size);
    g_autoptr(MsSamples) stored = ms_samples_new(3, 2, MS_COLOR_GREY, 8, "x", NULL);
    g_autoptr(GBytes) exif = g_bytes_new_static(blocks[i].data, blocks[i].size);
    g_autoptr(GBytes) bytes = test_png_write(stored, FALSE, exif);
    g_autoptr(MsPicture) picture = decode(bytes);

    g_assert_cmpint(ms_exif_orientation(copy, blocks[i].size), ==, 1);
    g_assert_cmpint(picture->width, ==, 3);
  }
}

static void
test_samples_are_not_turned(void)
{
  g_autoptr(GBytes) bytes = make_jpeg(37, 21, 6);
  g_autoptr(GError) error = NULL;
  g_autoptr(MsSamples) samples = ms_picture_decode_samples(bytes, "mask.jpg", NULL, &error);

  g_assert_no_error(error);
  g_assert_cmpint(samples->width, ==, 37);
  g_assert_cmpint(samples->height, ==, 21);
  g_assert_cmpint(samples->color, ==, MS_COLOR_RGB);
  g_assert_cmpint(samples->depth, ==, 8);
  g_assert_true(samples->lossy);
}

static void
test_png_samples_stay_raw(void)
{
  TestRandom random = {3};
  g_autoptr(MsSamples) palette =
      test_samples_random(&random, (TestPngForm){MS_COLOR_PALETTE, 4}, 9, 9);
  g_autoptr(GBytes) bytes = test_png_write(palette, TRUE, NULL);
  g_autoptr(MsSamples) read = ms_picture_decode_samples(bytes, "mask.png", NULL, NULL);

  g_assert_true(test_samples_equal(palette, read));
}

static void
test_masks_that_would_lose_values(void)
{
  static const char pnm[] = "P5 2 1 65535\n\x01\x02\x03\x04";
  g_autoptr(GBytes) pnm_bytes = g_bytes_new_static(pnm, sizeof pnm - 1);
  g_autoptr(GError) error = NULL;

  g_assert_null(ms_picture_decode_samples(pnm_bytes, "mask.pgm", NULL, &error));
  g_assert_error(error, MS_IO_ERROR, MS_IO_ERROR_UNSUPPORTED);
  g_assert_cmpstr(error->message, ==,
                  "mask.pgm: a mask in this form (pnm) could lose values; save it as PNG");
}

static void
test_broken_pictures(void)
{
  g_autoptr(GBytes) jpeg = make_jpeg(37, 21, 0);
  gsize size = g_bytes_get_size(jpeg);
  g_autoptr(GBytes) empty = g_bytes_new(NULL, 0);
  g_autoptr(GBytes) junk = g_bytes_new_static("no picture at all", 17);

  assert_fails(empty, MS_IO_ERROR_EMPTY, "empty (0 bytes)");
  assert_fails(junk, MS_IO_ERROR_FORMAT, "begins with the bytes 6e 6f 20 70");
  for (gsize length = 3; length < size; length++) {
    g_autoptr(GBytes) part = g_bytes_new_from_bytes(jpeg, 0, length);
    assert_fails(part, MS_IO_ERROR_CORRUPT, "truncated JPEG");
  }
}

static void
test_truncated_bmp(void)
{
  g_autoptr(GdkPixbuf) pixbuf = gdk_pixbuf_new(GDK_COLORSPACE_RGB, FALSE, 8, 5, 4);
  g_autoptr(GBytes) whole = NULL, part = NULL;
  g_autoptr(MsPicture) picture = NULL;
  g_autoptr(GError) error = NULL;
  char *bmp;
  gsize size;

  gdk_pixbuf_fill(pixbuf, 0x336699ff);
  gdk_pixbuf_save_to_buffer(pixbuf, &bmp, &size, "bmp", &error, NULL);
  g_assert_no_error(error);
  whole = g_bytes_new_take(bmp, size);
  part = g_bytes_new_from_bytes(whole, 0, size - 20); /* a row is 16 bytes */
  picture = decode(whole);
  g_assert_cmpint(picture->height, ==, 4);
  assert_fails(part, MS_IO_ERROR_CORRUPT, "truncated picture (2 of 4 rows are there)");
}

/* The frame header is rewritten to promise 65,500 x 65,500 pixels. */
static void
test_huge_jpeg(void)
{
  g_autoptr(GBytes) jpeg = make_jpeg(37, 21, 0);
  gsize size = g_bytes_get_size(jpeg);
  guint8 *data = g_memdup2(g_bytes_get_data(jpeg, NULL), size);
  g_autoptr(GBytes) huge = NULL;

  for (gsize i = 0; i + 9 < size; i++) {
    if (data[i] == 0xff && data[i + 1] == 0xc0) {
      data[i + 5] = data[i + 7] = 0xff;
      data[i + 6] = data[i + 8] = 0xdc;
      break;
    }
  }
  huge = g_bytes_new_take(data, size);
  assert_fails(huge, MS_IO_ERROR_TOO_LARGE, "65500 x 65500 pixels");
}

static void
test_huge_bmp(void)
{
  guint8 data[200] = {'B', 'M', 200, 0, 0,    0, 0, 0, 0,    0, 54, 0, 0, 0, 40,
                      0,   0,   0,   0, 0x80, 1, 0, 0, 0x80, 1, 0,  1, 0, 24}; /* 98,304 x 98,304 */
  g_autoptr(GBytes) bytes = g_bytes_new_static(data, sizeof data);

  assert_fails(bytes, MS_IO_ERROR_TOO_LARGE, "98304 x 98304 pixels");
}

/* Where its pixels begin, and how long its second header is. */
static void
test_bmp_of_huge_headers(void)
{
  for (int at = 10; at <= 14; at += 4) {
    guint8 data[100] = {'B', 'M', 100, 0, 0, 0, 0, 0, 0, 0, 54, 0,
                        0,   0,   40,  0, 0, 0, 4, 0, 0, 0, 4};
    g_autoptr(GBytes) bytes = g_bytes_new_static(data, sizeof data);

    data[at + 3] = 0xc1;
    assert_fails(bytes, MS_IO_ERROR_CORRUPT,
                 "truncated BMP (its headers are longer than the file)");
  }
}

static void
test_cancelled(void)
{
  g_autoptr(GBytes) jpeg = make_jpeg(37, 21, 0);
  g_autoptr(GCancellable) cancellable = g_cancellable_new();
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel(cancellable);
  g_assert_null(ms_picture_decode(jpeg, "a.jpg", cancellable, &error));
  g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static MsPicture *
picture_of(MsColorType color, int depth, int width, const void *pixels)
{
  g_autoptr(MsSamples) samples = ms_samples_new(width, 1, color, depth, "x", NULL);
  g_autoptr(GBytes) bytes = NULL;

  memcpy(samples->pixels, pixels, test_samples_size(samples));
  bytes = test_png_write(samples, FALSE, NULL);
  return decode(bytes);
}

static void
test_alpha_over_white(void)
{
  static const guint8 rgba[] = {10, 20, 30, 255, 10, 20, 30, 0, 0, 100, 200, 128};
  static const guint8 rgb[] = {10, 20, 30, 255, 255, 255, 127, 177, 227};
  static const guint16 deep[] = {1000, 65535, 1000, 0, 0, 32768};
  static const guint16 deep_grey[] = {1000, 65535, 32767};
  g_autoptr(MsPicture) a = picture_of(MS_COLOR_RGBA, 8, 3, rgba);
  g_autoptr(MsPicture) b = picture_of(MS_COLOR_GREY_ALPHA, 16, 3, deep);

  g_assert_cmpint(a->channels, ==, 3);
  g_assert_cmpmem(a->pixels, 9, rgb, 9);
  g_assert_cmpint(b->channels, ==, 1);
  g_assert_cmpint(b->bytes, ==, 2);
  g_assert_cmpmem(b->pixels, 6, deep_grey, 6);
}

static void
test_palette_becomes_colours(void)
{
  g_autoptr(MsSamples) samples = ms_samples_new(3, 1, MS_COLOR_PALETTE, 2, "x", NULL);
  static const guint8 expected[] = {255, 0, 0, 255, 255, 255, 0, 0, 0};
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(MsPicture) picture = NULL;

  samples->n_palette = 2;
  memcpy(samples->palette[0], (guint8[]){255, 0, 0, 255}, 4);
  memcpy(samples->palette[1], (guint8[]){0, 0, 255, 0}, 4);
  memcpy(samples->pixels, (guint8[]){0, 1, 3}, 3); /* 3 has no entry */
  bytes = test_png_write(samples, FALSE, NULL);
  picture = decode(bytes);
  g_assert_cmpint(picture->channels, ==, 3);
  g_assert_cmpmem(picture->pixels, 9, expected, 9);
}

static void
test_small_depths_are_scaled(void)
{
  g_autoptr(MsPicture) bits = picture_of(MS_COLOR_GREY, 1, 2, (guint8[]){0, 1});
  g_autoptr(MsPicture) nibbles = picture_of(MS_COLOR_GREY, 4, 3, (guint8[]){0, 7, 15});

  g_assert_cmpmem(bits->pixels, 2, ((guint8[]){0, 255}), 2);
  g_assert_cmpmem(nibbles->pixels, 3, ((guint8[]){0, 119, 255}), 3);
}

static void
test_auto_range_16_bits(void)
{
  guint16 values[1001];
  guint32 shown[1001];
  guint8 grey[1001];
  g_autofree guint8 *shades = NULL;
  g_autoptr(MsPicture) picture = NULL;
  MsDisplayRange range;

  for (int i = 0; i < 1001; i++)
    values[i] = (guint16)(1000 + i);
  picture = picture_of(MS_COLOR_GREY, 16, 1001, values);
  g_assert_true(ms_picture_wants_auto_range(picture));
  range = ms_picture_wanted_range(picture);
  g_assert_cmpuint(range.low, ==, 1005); /* 6 of the 1,001 values do not exceed it: 0.5 % */
  g_assert_cmpuint(range.high, ==, 1995);
  shades = ms_picture_shades(picture, range);
  ms_picture_to_rgb24(picture, shades, (guint8 *)shown, sizeof shown);
  g_assert_cmphex(shown[0], ==, 0xff000000u);
  g_assert_cmphex(shown[5], ==, 0xff000000u);
  g_assert_cmphex(shown[500], ==, 0xff808080u);
  g_assert_cmphex(shown[995], ==, 0xffffffffu);
  g_assert_cmphex(shown[1000], ==, 0xffffffffu);
  ms_picture_to_grey(picture, shades, grey, sizeof grey);
  for (int i = 0; i < 1001; i++)
    g_assert_cmphex(0xff000000u | grey[i] * 0x010101u, ==, shown[i]);
}

static void
test_dark_pictures(void)
{
  guint8 values[1000];

  for (int last = 0; last < 2; last++) {
    g_autoptr(MsPicture) picture = NULL;

    for (int i = 0; i < 1000; i++)
      values[i] = i < 500 ? 3 : i < 995 ? 63 + (guint8)last : 200;
    picture = picture_of(MS_COLOR_GREY, 8, 1000, values);
    g_assert_true(ms_picture_wants_auto_range(picture) == (last == 0));
    g_assert_cmpuint(ms_picture_auto_range(picture).low, ==, 3);
    g_assert_cmpuint(ms_picture_auto_range(picture).high, ==, 63u + (guint)last);
    g_assert_cmpuint(ms_picture_wanted_range(picture).low, ==, last == 0 ? 3 : 0);
    g_assert_cmpuint(ms_picture_wanted_range(picture).high, ==, last == 0 ? 63 : 255);
  }
}

static void
test_flat_picture_keeps_full_range(void)
{
  g_autoptr(MsPicture) picture = picture_of(MS_COLOR_GREY, 8, 3, (guint8[]){9, 9, 9});
  MsDisplayRange range = ms_picture_auto_range(picture);

  g_assert_cmpuint(range.low, ==, 0);
  g_assert_cmpuint(range.high, ==, 255);
}

static void
test_to_rgb24_full_range(void)
{
  static const guint8 rgb[] = {1, 2, 3, 250, 251, 252};
  static const guint16 deep[] = {0, 65535, 32768, 257, 514, 771};
  g_autoptr(MsPicture) a = picture_of(MS_COLOR_RGB, 8, 2, rgb);
  g_autoptr(MsPicture) b = picture_of(MS_COLOR_RGB, 16, 2, deep);
  g_autofree guint8 *shades_a = ms_picture_shades(a, ms_picture_full_range(a));
  g_autofree guint8 *shades_b = ms_picture_shades(b, ms_picture_full_range(b));
  guint32 shown[3] = {0, 0, 42};

  ms_picture_to_rgb24(a, shades_a, (guint8 *)shown, sizeof shown);
  g_assert_cmphex(shown[0], ==, 0xff010203u);
  g_assert_cmphex(shown[1], ==, 0xfffafbfcu);
  g_assert_cmphex(shown[2], ==, 42);
  ms_picture_to_rgb24(b, shades_b, (guint8 *)shown, sizeof shown);
  g_assert_cmphex(shown[0], ==, 0xff00ff80u);
  g_assert_cmphex(shown[1], ==, 0xff010203u);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/picture/sizes", test_sizes);
  g_test_add_func("/picture/sizes-unknown", test_sizes_unknown);
  g_test_add_func("/picture/jpeg-orientations", test_jpeg_orientations);
  g_test_add_func("/picture/png-orientations", test_png_orientations);
  g_test_add_func("/picture/broken-exif", test_broken_exif_is_left_aside);
  g_test_add_func("/picture/samples-not-turned", test_samples_are_not_turned);
  g_test_add_func("/picture/png-samples", test_png_samples_stay_raw);
  g_test_add_func("/picture/lossy-masks", test_masks_that_would_lose_values);
  g_test_add_func("/picture/broken", test_broken_pictures);
  g_test_add_func("/picture/truncated-bmp", test_truncated_bmp);
  g_test_add_func("/picture/huge-jpeg", test_huge_jpeg);
  g_test_add_func("/picture/huge-bmp", test_huge_bmp);
  g_test_add_func("/picture/bmp-headers", test_bmp_of_huge_headers);
  g_test_add_func("/picture/cancelled", test_cancelled);
  g_test_add_func("/picture/alpha", test_alpha_over_white);
  g_test_add_func("/picture/palette", test_palette_becomes_colours);
  g_test_add_func("/picture/small-depths", test_small_depths_are_scaled);
  g_test_add_func("/picture/auto-range", test_auto_range_16_bits);
  g_test_add_func("/picture/dark", test_dark_pictures);
  g_test_add_func("/picture/flat", test_flat_picture_keeps_full_range);
  g_test_add_func("/picture/to-rgb24", test_to_rgb24_full_range);
  return g_test_run();
}
