/* SPDX-License-Identifier: MIT
 *
 * Good PNG files: what libpng wrote is read as the samples it was given, and what our writer wrote
 * comes back unchanged.
 */
#include "io/png.h"

#include "io/error.h"
#include "reference-png.h"

static MsSamples *
decode(GBytes *bytes)
{
  g_autoptr(GError) error = NULL;
  MsSamples *samples = ms_png_decode(bytes, "test.png", NULL, &error);

  g_assert_no_error(error);
  return samples;
}

static void
check_read(const MsSamples *samples, gboolean interlaced)
{
  g_autoptr(GBytes) bytes = test_png_write(samples, interlaced, NULL);
  g_autoptr(MsSamples) read = decode(bytes);
  int width, height, depth;
  MsColorType color;

  g_assert_true(test_samples_equal(samples, read));
  g_assert_false(read->lossy);
  g_assert_true(ms_png_read_header(bytes, "test.png", &width, &height, &depth, &color, NULL));
  g_assert_cmpint(width, ==, samples->width);
  g_assert_cmpint(height, ==, samples->height);
  g_assert_cmpint(depth, ==, samples->depth);
  g_assert_cmpint(color, ==, samples->color);
}

static void
check_write(const MsSamples *samples)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = ms_png_encode(samples, -1, NULL, &error);
  g_autoptr(MsSamples) read = NULL;

  g_assert_no_error(error);
  g_assert_true(ms_png_sniff(bytes));
  read = decode(bytes);
  g_assert_true(test_samples_equal(samples, read));
}

static void
test_every_form(void)
{
  TestRandom random = {20240501};

  for (gsize i = 0; i < G_N_ELEMENTS(test_png_forms); i++) {
    for (int round = 0; round < 24; round++) {
      int width = round == 0 ? 1 : 1 + (int)test_random_below(&random, 70);
      int height = round == 1 ? 1 : 1 + (int)test_random_below(&random, 70);
      g_autoptr(MsSamples) samples = test_samples_random(&random, test_png_forms[i], width, height);

      check_read(samples, FALSE);
      check_read(samples, TRUE);
      check_write(samples);
    }
  }
}

/* The comparison that the tests above rest on must see every kind of difference. */
static void
test_comparison_sees_differences(void)
{
  TestRandom random = {7};
  g_autoptr(MsSamples) a = test_samples_random(&random, (TestPngForm){MS_COLOR_PALETTE, 8}, 9, 5);
  g_autoptr(GBytes) bytes = test_png_write(a, FALSE, NULL);
  g_autoptr(MsSamples) b = decode(bytes);

  g_assert_true(test_samples_equal(a, b));
  b->pixels[44] ^= 1;
  g_assert_false(test_samples_equal(a, b));
  b->pixels[44] ^= 1;
  b->palette[0][3] ^= 1;
  g_assert_false(test_samples_equal(a, b));
}

static void
test_small_depths_are_not_scaled(void)
{
  for (int depth = 1; depth <= 4; depth *= 2) {
    g_autoptr(MsSamples) samples = ms_samples_new(1 << depth, 1, MS_COLOR_GREY, depth, "x", NULL);
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(MsSamples) read = NULL;

    for (int x = 0; x < samples->width; x++)
      samples->pixels[x] = (guint8)x;
    bytes = test_png_write(samples, FALSE, NULL);
    read = decode(bytes);
    for (int x = 0; x < samples->width; x++)
      g_assert_cmpuint(read->pixels[x], ==, (guint)x);
    g_assert_cmpuint(ms_samples_maximum(read), ==, (1u << depth) - 1);
  }
}

static void
test_16_bits_in_native_order(void)
{
  g_autoptr(MsSamples) samples = ms_samples_new(2, 1, MS_COLOR_GREY, 16, "x", NULL);
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(MsSamples) read = NULL;
  guint16 values[2] = {0x1234, 256};

  memcpy(samples->pixels, values, sizeof values);
  bytes = test_png_write(samples, FALSE, NULL);
  read = decode(bytes);
  g_assert_cmpint(read->bytes, ==, 2);
  g_assert_cmpmem(read->pixels, 4, values, 4);
  g_assert_cmpuint(ms_samples_maximum(read), ==, 65535);
}

static void
test_index_beyond_palette(void)
{
  g_autoptr(MsSamples) samples = ms_samples_new(3, 1, MS_COLOR_PALETTE, 8, "x", NULL);
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(MsSamples) read = NULL;

  samples->n_palette = 2;
  samples->palette[0][3] = samples->palette[1][3] = 255;
  samples->pixels[1] = 1;
  samples->pixels[2] = 200;
  bytes = test_png_write(samples, FALSE, NULL);
  read = decode(bytes);
  g_assert_cmpint(read->n_palette, ==, 2);
  g_assert_cmpuint(read->pixels[2], ==, 200);
  check_write(samples);
}

static void
test_palette_needs_entries(void)
{
  g_autoptr(MsSamples) samples = ms_samples_new(3, 1, MS_COLOR_PALETTE, 8, "x", NULL);
  g_autoptr(GError) error = NULL;

  g_assert_null(ms_png_encode(samples, -1, NULL, &error));
  g_assert_error(error, MS_IO_ERROR, MS_IO_ERROR_WRITE);
}

/* Where the first chunk of that type begins, or NULL. */
static const guint8 *
find_chunk(GBytes *bytes, const char *type, guint32 *length)
{
  gsize size;
  const guint8 *data = g_bytes_get_data(bytes, &size);

  for (gsize offset = 8; offset + 12 <= size; offset += 12 + *length) {
    *length = (guint32)data[offset] << 24 | (guint32)data[offset + 1] << 16 |
              (guint32)data[offset + 2] << 8 | data[offset + 3];
    if (memcmp(data + offset + 4, type, 4) == 0)
      return data + offset + 8;
  }
  return NULL;
}

static void
test_text_chunks(void)
{
  static const char *const text[] = {"Software", "Maskscope", "Title",
                                     "Gr\xc3\xbc\xc3\x9f"
                                     "e",
                                     NULL};
  g_autoptr(MsSamples) samples = ms_samples_new(3, 2, MS_COLOR_GREY, 8, "x", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = ms_png_encode(samples, 9, text, &error);
  g_autoptr(MsSamples) read = decode(bytes);
  const guint8 *chunk;
  guint32 length = 0;

  g_assert_no_error(error);
  g_assert_true(test_samples_equal(samples, read));
  chunk = find_chunk(bytes, "tEXt", &length);
  g_assert_nonnull(chunk);
  g_assert_cmpmem(chunk, length, "Software\0Maskscope", 18);
  chunk = find_chunk(bytes, "iTXt", &length);
  g_assert_nonnull(chunk);
  g_assert_cmpmem(chunk, length,
                  "Title\0\0\0\0\0Gr\xc3\xbc\xc3\x9f"
                  "e",
                  17);
}

static void
test_levels(void)
{
  g_autoptr(MsSamples) samples = ms_samples_new(200, 200, MS_COLOR_GREY, 8, "x", NULL);
  g_autoptr(GBytes) stored = ms_png_encode(samples, 0, NULL, NULL);
  g_autoptr(GBytes) packed = ms_png_encode(samples, 9, NULL, NULL);

  g_assert_cmpuint(g_bytes_get_size(stored), >, 40000);
  g_assert_cmpuint(g_bytes_get_size(packed), <, 1000);
}

static void
test_cancelled(void)
{
  g_autoptr(MsSamples) samples = ms_samples_new(20, 20, MS_COLOR_GREY, 8, "x", NULL);
  g_autoptr(GBytes) bytes = test_png_write(samples, FALSE, NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new();
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel(cancellable);
  g_assert_null(ms_png_decode(bytes, "a.png", cancellable, &error));
  g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_sides_are_checked(void)
{
  g_autoptr(GError) error = NULL;

  g_assert_null(ms_samples_new(0, 4, MS_COLOR_GREY, 8, "a.png", &error));
  g_assert_error(error, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE);
  g_clear_error(&error);
  g_assert_null(ms_samples_new(1000001, 1, MS_COLOR_GREY, 8, "a.png", &error));
  g_assert_error(error, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE);
  g_assert_true(g_str_has_prefix(error->message, "a.png: "));
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/png/every-form", test_every_form);
  g_test_add_func("/png/comparison", test_comparison_sees_differences);
  g_test_add_func("/png/small-depths", test_small_depths_are_not_scaled);
  g_test_add_func("/png/16-bits", test_16_bits_in_native_order);
  g_test_add_func("/png/index-beyond-palette", test_index_beyond_palette);
  g_test_add_func("/png/palette-needs-entries", test_palette_needs_entries);
  g_test_add_func("/png/text", test_text_chunks);
  g_test_add_func("/png/levels", test_levels);
  g_test_add_func("/png/cancelled", test_cancelled);
  g_test_add_func("/png/sides", test_sides_are_checked);
  return g_test_run();
}
