/* SPDX-License-Identifier: MIT
 *
 * The inner band of objects: drawn by hand, and against squares looked at one by one.
 */
#include "metric/band.h"

#include "cases.h"

/* 'o' where the band holds, '.' elsewhere. */
static char *
drawn_band(const MsRaster *numbers, int width)
{
  GString *text = g_string_new(NULL);
  MsBand band;

  g_assert_cmpint(ms_band_init(&band, numbers, width), ==, MS_STATUS_OK);
  for (int y = 0; y < numbers->height; y++) {
    ms_band_next(&band);
    for (int x = 0; x < numbers->width; x++)
      g_string_append_c(text, ms_band_holds(&band, x) ? 'o' : '.');
    g_string_append_c(text, '\n');
  }
  ms_band_clear(&band);
  return g_string_free(text, FALSE);
}

static void
assert_band(const char *numbers_text, int width, const char *want)
{
  static const int depths[] = {8, 16, 32};

  for (size_t i = 0; i < G_N_ELEMENTS(depths); i++) {
    MsRaster numbers = ascii_raster(numbers_text, depths[i]);
    g_autofree char *got = drawn_band(&numbers, width);

    g_assert_cmpstr(got, ==, want);
    ms_raster_clear(&numbers);
  }
}

static void
test_object(void)
{
  const char *numbers = "..........\n"
                        ".#######..\n"
                        ".#######..\n"
                        ".#######..\n"
                        ".#######..\n"
                        ".#######..\n"
                        "..........\n";

  assert_band(numbers, 1,
              "oooooooooo\n"
              "oooooooooo\n"
              "oo.....ooo\n"
              "oo.....ooo\n"
              "oo.....ooo\n"
              "oooooooooo\n"
              "oooooooooo\n");
  assert_band(numbers, 2,
              "oooooooooo\n"
              "oooooooooo\n"
              "oooooooooo\n"
              "ooo...oooo\n"
              "oooooooooo\n"
              "oooooooooo\n"
              "oooooooooo\n");
  assert_band("###\n###\n###\n", 0, "...\n...\n...\n");
}

/* Outside of the image nothing is of the object, and a hole is not of it either. */
static void
test_frame_and_hole(void)
{
  assert_band("#########\n"
              "#########\n"
              "#########\n"
              "######.##\n"
              "#########\n",
              1,
              "ooooooooo\n"
              "o.......o\n"
              "o....oooo\n"
              "o....oooo\n"
              "ooooooooo\n");
  assert_band("#####\n", 1, "ooooo\n");
  assert_band("##\n##\n", 1000000, "oo\noo\n");
}

/* Where another object begins, also only at a corner, this one ends. */
static void
test_neighbours(void)
{
  assert_band("11112222\n"
              "11112222\n"
              "11112222\n"
              "11132222\n"
              "11112222\n",
              1,
              "oooooooo\n"
              "o..oo..o\n"
              "o.ooo..o\n"
              "o.ooo..o\n"
              "oooooooo\n");
}

static bool
naive_holds(const MsRaster *numbers, int width, int x, int y)
{
  for (int j = y - width; j <= y + width; j++) {
    for (int i = x - width; i <= x + width; i++) {
      if (i < 0 || j < 0 || i >= numbers->width || j >= numbers->height ||
          ms_raster_get(numbers, i, j) != ms_raster_get(numbers, x, y))
        return true;
    }
  }
  return false;
}

static void
test_random_rasters(void)
{
  static const int depths[] = {8, 16, 32};
  TestRandom random = {7};

  for (int round = 0; round < 600; round++) {
    int width = 1 + (int)test_random_below(&random, 60);
    int height = 1 + (int)test_random_below(&random, 40);
    int d = 1 + (int)test_random_below(&random, 5);
    MsRaster numbers = case_raster(&random, width, height, depths[round % 3], 1 + round % 3,
                                   test_random_below(&random, 2) ? 9 : 500);
    MsBand band;

    g_assert_cmpint(ms_band_init(&band, &numbers, d), ==, MS_STATUS_OK);
    for (int y = 0; y < height; y++) {
      ms_band_next(&band);
      for (int x = 0; x < width; x++)
        g_assert_cmpint(ms_band_holds(&band, x), ==, naive_holds(&numbers, d, x, y));
    }
    ms_band_clear(&band);
    case_clear(&numbers);
  }
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/metric/band/object", test_object);
  g_test_add_func("/metric/band/frame-and-hole", test_frame_and_hole);
  g_test_add_func("/metric/band/neighbours", test_neighbours);
  g_test_add_func("/metric/band/random", test_random_rasters);
  return g_test_run();
}
