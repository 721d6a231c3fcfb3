/* SPDX-License-Identifier: MIT
 *
 * Planes moved against each other: a pair counted by eye, random ones against a byte at a time
 * (wider than a run), and windows that leave a plane.
 */
#include "metric/offset.h"

#include "support/ascii.h"
#include "support/random.h"

static void
test_by_hand(void)
{
  MsRaster actual = ascii_raster("....\n"
                                 ".12?\n"
                                 ".12.\n",
                                 8);
  MsRaster predicted = ascii_raster("....\n"
                                    "122.\n"
                                    "1221\n",
                                    8);
  MsOverlap overlap = {0};
  double iou = 0;

  g_assert_cmpint(ms_overlap_add(&overlap, &actual, &predicted, (MsWindow){0, 4, 0, 3}, 0, 0, 0),
                  ==, MS_STATUS_OK);
  g_assert_cmpuint(overlap.right, ==, 2);
  g_assert_cmpuint(overlap.actual, ==, 4);
  g_assert_cmpuint(overlap.predicted, ==, 7);
  g_assert_true(ms_overlap_iou(&overlap, &iou));
  g_assert_cmpfloat(iou, ==, 2.0 / 9);

  overlap = (MsOverlap){0}; /* moved to the right by one */
  g_assert_cmpint(ms_overlap_add(&overlap, &actual, &predicted, (MsWindow){1, 4, 0, 3}, 1, 0, 0),
                  ==, MS_STATUS_OK);
  g_assert_cmpuint(overlap.right, ==, 4);
  g_assert_cmpuint(overlap.actual, ==, 4);
  g_assert_cmpuint(overlap.predicted, ==, 5);
  ms_raster_clear(&actual);
  ms_raster_clear(&predicted);
}

static void
add_naive(MsOverlap *overlap, const MsRaster *actual, const MsRaster *predicted, MsWindow window,
          int dx, int dy, guint background)
{
  for (int y = window.first_y; y < window.last_y; y++)
    for (int x = window.first_x; x < window.last_x; x++) {
      guint a = ms_raster_get(actual, x, y), p = ms_raster_get(predicted, x - dx, y - dy);

      if (a == MS_OFFSET_IGNORED)
        continue;
      overlap->right += a == p && a != background;
      overlap->actual += a != background;
      overlap->predicted += p != background;
    }
}

static MsRaster
random_plane(TestRandom *random, int width, int height, const guint8 *bytes, guint n_bytes)
{
  MsRaster raster;

  g_assert_cmpint(ms_raster_init(&raster, width, height, 8), ==, MS_STATUS_OK);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      ascii_set(&raster, x, y, bytes[test_random_below(random, n_bytes)]);
  return raster;
}

static void
test_random_planes(void)
{
  static const guint8 actual_bytes[] = {0, 0, 1, 2, 255}, predicted_bytes[] = {0, 1, 1, 2};
  TestRandom random = {7};

  for (int i = 0; i < 300; i++) {
    int width = 12 + (int)test_random_below(&random, 600), height = 12;
    int dx = (int)test_random_below(&random, 11) - 5, dy = (int)test_random_below(&random, 11) - 5;
    guint8 background = (guint8)test_random_below(&random, 3);
    MsWindow window = {5, width - 5, 5, height - 5};
    MsRaster actual =
        random_plane(&random, width, height, actual_bytes, G_N_ELEMENTS(actual_bytes));
    MsRaster predicted =
        random_plane(&random, width, height, predicted_bytes, G_N_ELEMENTS(predicted_bytes));
    MsOverlap overlap = {0}, naive = {0};

    g_assert_cmpint(ms_overlap_add(&overlap, &actual, &predicted, window, dx, dy, background), ==,
                    MS_STATUS_OK);
    add_naive(&naive, &actual, &predicted, window, dx, dy, background);
    g_assert_cmpmem(&overlap, sizeof overlap, &naive, sizeof naive);
    ms_raster_clear(&actual);
    ms_raster_clear(&predicted);
  }
}

static void
test_refused(void)
{
  MsRaster plane = ascii_raster("...\n...\n...\n", 8), wide = ascii_raster("...\n...\n...\n", 16);
  const MsWindow all = {0, 3, 0, 3}, outside = {0, 4, 0, 3}, reversed = {2, 1, 0, 3};
  MsOverlap overlap = {0};
  double iou;

  g_assert_cmpint(ms_overlap_add(&overlap, &plane, &plane, all, 1, 0, 0), ==, MS_STATUS_INVALID);
  g_assert_cmpint(ms_overlap_add(&overlap, &plane, &plane, all, 0, -1, 0), ==, MS_STATUS_INVALID);
  g_assert_cmpint(ms_overlap_add(&overlap, &plane, &plane, outside, 0, 0, 0), ==,
                  MS_STATUS_INVALID);
  g_assert_cmpint(ms_overlap_add(&overlap, &plane, &plane, reversed, 0, 0, 0), ==,
                  MS_STATUS_INVALID);
  g_assert_cmpint(ms_overlap_add(&overlap, &plane, &wide, all, 0, 0, 0), ==, MS_STATUS_INVALID);
  g_assert_cmpint(ms_overlap_add(&overlap, &plane, &plane, all, 0, 0, 0), ==, MS_STATUS_OK);
  g_assert_false(ms_overlap_iou(&overlap, &iou));
  ms_raster_clear(&plane);
  ms_raster_clear(&wide);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/offset/by-hand", test_by_hand);
  g_test_add_func("/offset/random", test_random_planes);
  g_test_add_func("/offset/refused", test_refused);
  return g_test_run();
}
