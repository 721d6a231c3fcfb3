/* SPDX-License-Identifier: MIT
 *
 * Rasters: what is refused, what memory looks like, and checked sizes.
 */
#include "metric/raster.h"

#include "metric/size.h"
#include "support/ascii.h"

static void
test_init(void)
{
  MsRaster raster;

  for (int bits = 8; bits <= 32; bits *= 2) {
    g_assert_cmpint(ms_raster_init(&raster, 67, 3, bits), ==, MS_STATUS_OK);
    g_assert_nonnull(raster.owned);
    g_assert_cmpint(raster.stride, >=, 67 * bits / 8);
    for (int y = 0; y < 3; y++) {
      g_assert_cmpuint((uintptr_t)ms_raster_row(&raster, y) % 64, ==, 0);
      g_assert_true(ms_raster_row_writable(&raster, y) == ms_raster_row(&raster, y));
      for (int x = 0; x < 67; x++)
        g_assert_cmpuint(ms_raster_get(&raster, x, y), ==, 0);
    }
    ascii_set(&raster, 66, 2, UINT32_MAX >> (32 - bits));
    g_assert_cmpuint(ms_raster_get(&raster, 66, 2), ==, UINT32_MAX >> (32 - bits));
    ms_raster_clear(&raster);
    g_assert_null(raster.owned);
    ms_raster_clear(&raster);
  }
}

static void
test_refused(void)
{
  MsRaster raster = {.width = 99};
  static const uint32_t samples[16];

  g_assert_cmpint(ms_raster_init(&raster, 0, 1, 8), ==, MS_STATUS_INVALID);
  g_assert_cmpint(ms_raster_init(&raster, 1, -1, 8), ==, MS_STATUS_INVALID);
  g_assert_cmpint(ms_raster_init(&raster, 1, 1, 24), ==, MS_STATUS_INVALID);
  g_assert_cmpint(ms_raster_init(&raster, MS_RASTER_MAX_SIDE + 1, 1, 8), ==, MS_STATUS_TOO_LARGE);
  g_assert_cmpint(ms_raster_init(&raster, 1, MS_RASTER_MAX_SIDE + 1, 8), ==, MS_STATUS_TOO_LARGE);
  g_assert_cmpint(ms_raster_wrap(&raster, 4, 2, 8, 3, samples), ==, MS_STATUS_INVALID);
  g_assert_cmpint(ms_raster_wrap(&raster, 4, 2, 8, -3, samples), ==, MS_STATUS_INVALID);
  g_assert_cmpint(ms_raster_wrap(&raster, 4, 2, 8, 4, NULL), ==, MS_STATUS_INVALID);
  g_assert_cmpint(ms_raster_wrap(&raster, 2, 2, 32, 10, samples), ==, MS_STATUS_INVALID);
  g_assert_cmpint(ms_raster_wrap(&raster, 2, 2, 16, 4, (const uint8_t *)samples + 1), ==,
                  MS_STATUS_INVALID);
  g_assert_cmpint(ms_raster_wrap(&raster, 4, 3, 8, PTRDIFF_MAX / 2, samples), ==,
                  MS_STATUS_TOO_LARGE);
  g_assert_cmpint(raster.width, ==, 99);
}

static void
test_wrap(void)
{
  static const uint16_t samples[] = {1, 2, 99, 3, 4, 99, 5, 65535, 99};
  MsRaster raster;

  g_assert_cmpint(ms_raster_wrap(&raster, 2, 3, 16, 6, samples), ==, MS_STATUS_OK);
  g_assert_null(raster.owned);
  g_assert_cmpuint(ms_raster_get(&raster, 1, 0), ==, 2);
  g_assert_cmpuint(ms_raster_get(&raster, 1, 2), ==, 65535);

  g_assert_cmpint(ms_raster_wrap(&raster, 2, 3, 16, -6, samples + 6), ==, MS_STATUS_OK);
  g_assert_cmpuint(ms_raster_get(&raster, 0, 0), ==, 5);
  g_assert_cmpuint(ms_raster_get(&raster, 1, 1), ==, 4);
  g_assert_cmpuint(ms_raster_get(&raster, 0, 2), ==, 1);
}

static void
test_sizes(void)
{
  size_t size = 7;

  g_assert_true(ms_size_mul(SIZE_MAX / 2, 2, &size));
  g_assert_cmpuint(size, ==, SIZE_MAX - 1);
  g_assert_false(ms_size_mul(SIZE_MAX / 2, 3, &size));
  g_assert_false(ms_size_add(SIZE_MAX, 1, &size));
  g_assert_cmpuint(size, ==, SIZE_MAX - 1);
  g_assert_true(ms_size_add(SIZE_MAX - 1, 1, &size));
  g_assert_cmpuint(size, ==, SIZE_MAX);
}

static void
test_status(void)
{
  for (int status = MS_STATUS_OK; status <= MS_STATUS_INVALID; status++) {
    const char *words = ms_status_string((MsStatus)status);

    g_assert_cmpstr(words, !=, "");
    for (int other = MS_STATUS_OK; other < status; other++)
      g_assert_cmpstr(words, !=, ms_status_string((MsStatus)other));
  }
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/metric/raster/init", test_init);
  g_test_add_func("/metric/raster/refused", test_refused);
  g_test_add_func("/metric/raster/wrap", test_wrap);
  g_test_add_func("/metric/raster/sizes", test_sizes);
  g_test_add_func("/metric/raster/status", test_status);
  return g_test_run();
}
