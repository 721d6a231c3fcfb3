/* SPDX-License-Identifier: MIT
 *
 * Boundary IoU: bands drawn by hand, against the definition pixel by pixel, and what always holds.
 */
#include "metric/boundary.h"

#include "metric/anatomy.h"
#include "number-cases.h"

static MsBands
bands_of(const MsPlanes *planes, uint32_t number)
{
  g_autofree MsBands *bands = g_new(MsBands, planes->n_numbers);

  g_assert_cmpint(ms_bands_count(planes, NULL, bands), ==, MS_STATUS_OK);
  return number < planes->n_numbers ? bands[number] : (MsBands){0};
}

static void
assert_bands(MsBands bands, uint64_t actual, uint64_t predicted, uint64_t both)
{
  g_assert_cmpuint(bands.actual, ==, actual);
  g_assert_cmpuint(bands.predicted, ==, predicted);
  g_assert_cmpuint(bands.both, ==, both);
}

/* A band of 1 is a square's rim. Shifted by one column, rims share 4 pixels of the top row and 4 of
 * the bottom one. */
static void
test_drawn(void)
{
  MsPlanes planes = numbers_of_ascii(". . . . . . . .\n"
                                     ". # # # # # . .\n"
                                     ". # # # # # . .\n"
                                     ". # # # # # . .\n"
                                     ". # # # # # . .\n"
                                     ". # # # # # . .\n"
                                     ". . . . . . . .\n",
                                     ". . . . . . . .\n"
                                     ". . # # # # # .\n"
                                     ". . # # # # # .\n"
                                     ". . # # # # # .\n"
                                     ". . # # # # # .\n"
                                     ". . # # # # # .\n"
                                     ". . . . . . . .\n",
                                     8);
  MsBands bands = bands_of(&planes, 1);

  g_assert_cmpint(bands.width, ==, 1);
  assert_bands(bands, 16, 16, 8);
  assert_value(ms_score_boundary_iou(&bands, MS_EMPTY_ONE), 8 / 24.0);
  numbers_clear(&planes);
}

/* The frame is a border, a hole has one, and another class is not of it. */
static void
test_frame_and_classes(void)
{
  MsPlanes planes = numbers_of_ascii("1 1 1 1 1\n"
                                     "1 1 1 1 1\n"
                                     "1 1 1 1 1\n"
                                     "1 1 1 1 1\n"
                                     "1 1 1 1 2\n",
                                     "1 1 1 1 1\n"
                                     "1 1 1 1 1\n"
                                     "1 1 . 1 1\n"
                                     "1 1 1 1 1\n"
                                     "1 1 1 1 1\n",
                                     16);

  assert_bands(bands_of(&planes, 1), 16, 24, 16);
  assert_bands(bands_of(&planes, 2), 1, 0, 0);
  assert_bands(bands_of(&planes, 0), 0, 0, 0);
  numbers_clear(&planes);
}

static void
test_empty(void)
{
  static const MsBands nothing = {.width = 1}, one_side = {.width = 1, .actual = 7};

  assert_value(ms_score_boundary_iou(&nothing, MS_EMPTY_ONE), 1);
  assert_value(ms_score_boundary_iou(&nothing, MS_EMPTY_ZERO), 0);
  assert_undefined(ms_score_boundary_iou(&nothing, MS_EMPTY_SKIP));
  g_assert_true(ms_score_boundary_iou(&nothing, MS_EMPTY_ONE).by_rule);
  assert_value(ms_score_boundary_iou(&one_side, MS_EMPTY_ONE), 0);
}

static bool
naive_in_band(const MsRaster *raster, uint32_t number, int x, int y, int d)
{
  if (!naive_has(raster, number, x, y))
    return false;
  for (int dy = -d; dy <= d; dy++)
    for (int dx = -d; dx <= d; dx++)
      if (!naive_has(raster, number, x + dx, y + dy))
        return true;
  return false;
}

static MsBands
naive_bands(const MsPlanes *planes, uint32_t number)
{
  MsBands bands = {.width = ms_boundary_width(planes->width, planes->height)};

  for (int y = 0; y < planes->height; y++) {
    for (int x = 0; x < planes->width; x++) {
      bool actual = naive_in_band(&planes->actual, number, x, y, bands.width);
      bool predicted = naive_in_band(&planes->predicted, number, x, y, bands.width);

      bands.actual += actual;
      bands.predicted += predicted;
      bands.both += actual && predicted;
    }
  }
  return bands;
}

static void
test_random_pairs(void)
{
  TestRandom random = {11};

  for (int i = 0; i < 150; i++) {
    MsPlanes planes = numbers_random_pair(&random, 160, 2 + test_random_below(&random, 4));

    for (uint32_t number = 1; number < planes.n_numbers; number++) {
      MsBands want = naive_bands(&planes, number), got = bands_of(&planes, number);

      g_assert_cmpint(got.width, ==, want.width);
      assert_bands(got, want.actual, want.predicted, want.both);
    }
    numbers_clear(&planes);
  }
}

static void
test_invariants(void)
{
  TestRandom random = {12};

  for (int i = 0; i < 50; i++) {
    MsPlanes planes = numbers_random_pair(&random, 100, 3), swapped = numbers_swapped(&planes);
    MsPlanes same = planes;
    MsBands bands = bands_of(&planes, 1), back = bands_of(&swapped, 1), alike;

    same.predicted = planes.actual;
    alike = bands_of(&same, 1);
    assert_bands(back, bands.predicted, bands.actual, bands.both);
    assert_bands(alike, bands.actual, bands.actual, bands.actual);
    g_assert_cmpuint(bands.both, <=, MIN(bands.actual, bands.predicted));
    numbers_clear(&planes);
  }
}

static void
test_cancel(void)
{
  MsPlanes planes = numbers_of_ascii("#.\n##\n", "##\n##\n", 8);
  int n_left = 1;
  const MsControl control = {numbers_stop, &n_left};
  MsBands bands[2] = {{.width = 7}, {.actual = 8}}, before[2];

  memcpy(before, bands, sizeof bands);
  g_assert_cmpint(ms_bands_count(&planes, &control, bands), ==, MS_STATUS_CANCELLED);
  g_assert_cmpmem(bands, sizeof bands, before, sizeof before);
  numbers_clear(&planes);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/metric/boundary/drawn", test_drawn);
  g_test_add_func("/metric/boundary/frame-and-classes", test_frame_and_classes);
  g_test_add_func("/metric/boundary/empty", test_empty);
  g_test_add_func("/metric/boundary/random", test_random_pairs);
  g_test_add_func("/metric/boundary/invariants", test_invariants);
  g_test_add_func("/metric/boundary/cancel", test_cancel);
  return g_test_run();
}
