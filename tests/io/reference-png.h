/* SPDX-License-Identifier: MIT
 *
 * PNG files for tests, written straight through libpng and not through the code under test, so that
 * a mistake made twice does not cancel out; and samples with random content.
 */
#pragma once

#include <string.h>

#include <png.h>

#include "io/samples.h"
#include "support/random.h"

typedef struct {
  MsColorType color;
  int depth;
} TestPngForm;

static const TestPngForm test_png_forms[] = {
    {MS_COLOR_GREY, 1},       {MS_COLOR_GREY, 2},        {MS_COLOR_GREY, 4},
    {MS_COLOR_GREY, 8},       {MS_COLOR_GREY, 16},       {MS_COLOR_PALETTE, 1},
    {MS_COLOR_PALETTE, 2},    {MS_COLOR_PALETTE, 4},     {MS_COLOR_PALETTE, 8},
    {MS_COLOR_GREY_ALPHA, 8}, {MS_COLOR_GREY_ALPHA, 16}, {MS_COLOR_RGB, 8},
    {MS_COLOR_RGB, 16},       {MS_COLOR_RGBA, 8},        {MS_COLOR_RGBA, 16},
};

static inline gsize
test_samples_size(const MsSamples *samples)
{
  return samples->stride * (gsize)samples->height;
}

static inline MsSamples *
test_samples_random(TestRandom *random, TestPngForm form, int width, int height)
{
  MsSamples *samples = ms_samples_new(width, height, form.color, form.depth, "random", NULL);
  guint mask = form.depth < 8 ? (1u << form.depth) - 1 : 255;

  g_assert_nonnull(samples);
  for (gsize i = 0; i < test_samples_size(samples); i++)
    samples->pixels[i] = (guint8)(test_random(random) & mask);
  if (form.color == MS_COLOR_PALETTE) {
    samples->n_palette = 1 + (int)test_random_below(random, mask + 1);
    for (int i = 0; i < samples->n_palette; i++)
      for (int c = 0; c < 4; c++)
        samples->palette[i][c] = (guint8)test_random(random);
  }
  return samples;
}

static inline void
test_png_append(png_structp png, png_bytep data, size_t size)
{
  g_byte_array_append(png_get_io_ptr(png), data, (guint)size);
}

static inline void
test_png_flush(png_structp png)
{
}

static inline void
test_png_set_palette(png_structp png, png_infop info, const MsSamples *samples)
{
  png_color colors[256] = {{0}};
  png_byte alphas[256] = {0};

  for (int i = 0; i < samples->n_palette; i++) {
    colors[i].red = samples->palette[i][0];
    colors[i].green = samples->palette[i][1];
    colors[i].blue = samples->palette[i][2];
    alphas[i] = samples->palette[i][3];
  }
  png_set_PLTE(png, info, colors, samples->n_palette);
  png_set_tRNS(png, info, alphas, samples->n_palette, NULL);
}

static inline void
test_png_write_rows(png_structp png, const MsSamples *samples)
{
  g_autofree png_bytep *rows = g_new(png_bytep, samples->height);

  for (int y = 0; y < samples->height; y++)
    rows[y] = samples->pixels + (gsize)y * samples->stride;
  if (samples->depth < 8)
    png_set_packing(png);
  if (samples->depth == 16 && G_BYTE_ORDER == G_LITTLE_ENDIAN)
    png_set_swap(png);
  png_write_image(png, rows);
}

/* `exif` (may be NULL) becomes an eXIf chunk. libpng's own error handler aborts the test. */
static inline GBytes *
test_png_write(const MsSamples *samples, gboolean interlaced, GBytes *exif)
{
  static const int colors[] = {PNG_COLOR_TYPE_GRAY, PNG_COLOR_TYPE_GRAY_ALPHA, PNG_COLOR_TYPE_RGB,
                               PNG_COLOR_TYPE_RGB_ALPHA, PNG_COLOR_TYPE_PALETTE};
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
  png_infop info = png_create_info_struct(png);
  GByteArray *bytes = g_byte_array_new();

  png_set_write_fn(png, bytes, test_png_append, test_png_flush);
  png_set_check_for_invalid_index(png, 0);
  png_set_IHDR(png, info, (png_uint_32)samples->width, (png_uint_32)samples->height, samples->depth,
               colors[samples->color], interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  if (samples->color == MS_COLOR_PALETTE)
    test_png_set_palette(png, info, samples);
  if (exif != NULL) {
    gsize size;
    gconstpointer data = g_bytes_get_data(exif, &size);
    g_autofree guint8 *copy = g_memdup2(data, size);

    png_set_eXIf_1(png, info, (png_uint_32)size, copy);
  }
  png_write_info(png, info);
  test_png_write_rows(png, samples);
  png_write_end(png, info);
  png_destroy_write_struct(&png, &info);
  return g_byte_array_free_to_bytes(bytes);
}

static inline gboolean
test_samples_equal(const MsSamples *a, const MsSamples *b)
{
  return a->width == b->width && a->height == b->height && a->color == b->color &&
         a->depth == b->depth && a->channels == b->channels && a->bytes == b->bytes &&
         a->stride == b->stride && a->n_palette == b->n_palette &&
         memcmp(a->palette, b->palette, sizeof a->palette) == 0 &&
         memcmp(a->pixels, b->pixels, test_samples_size(a)) == 0;
}
