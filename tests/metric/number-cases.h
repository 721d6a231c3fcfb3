/* SPDX-License-Identifier: MIT
 *
 * Pairs of rasters of class numbers, drawn or seeded, as planes without kinds: all that edges and
 * distances look at.
 */
#pragma once

#include "cases.h"
#include "metric/planes.h"

static inline uint32_t
numbers_largest(const MsRaster *raster)
{
  uint32_t largest = 0;

  for (int y = 0; y < raster->height; y++)
    for (int x = 0; x < raster->width; x++)
      largest = MAX(largest, ms_raster_get(raster, x, y));
  return largest;
}

/* Takes the rasters; numbers_clear() frees them. */
static inline MsPlanes
numbers_of(MsRaster actual, MsRaster predicted)
{
  return (MsPlanes){.width = actual.width,
                    .height = actual.height,
                    .actual = actual,
                    .predicted = predicted,
                    .n_numbers = MAX(numbers_largest(&actual), numbers_largest(&predicted)) + 1};
}

static inline void
numbers_clear(MsPlanes *planes)
{
  ms_raster_clear(&planes->actual);
  ms_raster_clear(&planes->predicted);
}

static inline MsPlanes
numbers_of_ascii(const char *actual, const char *predicted, int bits)
{
  return numbers_of(ascii_raster(actual, bits), ascii_raster(predicted, bits));
}

/* Rectangles over each other and single pixels, of numbers below n. */
static inline MsRaster
numbers_random(TestRandom *random, int width, int height, int bits, uint32_t n)
{
  int n_boxes = (int)test_random_below(random, 8), n_pixels = (int)test_random_below(random, 30);
  MsRaster raster;

  g_assert_cmpint(ms_raster_init(&raster, width, height, bits), ==, MS_STATUS_OK);
  for (int i = 0; i < n_boxes; i++) {
    int x0 = (int)test_random_below(random, (uint32_t)width);
    int y0 = (int)test_random_below(random, (uint32_t)height);
    int x1 = x0 + 1 + (int)test_random_below(random, (uint32_t)(width - x0));
    int y1 = y0 + 1 + (int)test_random_below(random, (uint32_t)(height - y0));
    uint32_t number = test_random_below(random, n);

    for (int y = y0; y < y1; y++)
      for (int x = x0; x < x1; x++)
        ascii_set(&raster, x, y, number);
  }
  for (int i = 0; i < n_pixels; i++)
    ascii_set(&raster, (int)test_random_below(random, (uint32_t)width),
              (int)test_random_below(random, (uint32_t)height), test_random_below(random, n));
  return raster;
}

static inline MsPlanes
numbers_random_pair(TestRandom *random, int largest_side, uint32_t n)
{
  static const int depths[] = {8, 16, 32};
  int bits = depths[test_random_below(random, G_N_ELEMENTS(depths))];
  int width = 1 + (int)test_random_below(random, (uint32_t)largest_side);
  int height = 1 + (int)test_random_below(random, (uint32_t)largest_side);
  MsPlanes planes = numbers_of(numbers_random(random, width, height, bits, n),
                               numbers_random(random, width, height, bits, n));

  planes.n_numbers = n;
  return planes;
}

/* Actual and predicted changed places; borrows the rasters. */
static inline MsPlanes
numbers_swapped(const MsPlanes *planes)
{
  MsPlanes swapped = *planes;

  swapped.actual = planes->predicted;
  swapped.predicted = planes->actual;
  return swapped;
}

/* Outside the image nothing is of it. */
static inline bool
naive_has(const MsRaster *raster, uint32_t number, int x, int y)
{
  return x >= 0 && y >= 0 && x < raster->width && y < raster->height &&
         ms_raster_get(raster, x, y) == number;
}

static inline bool
numbers_stop(void *user, double fraction)
{
  int *n_left = user;

  g_assert_cmpfloat(fraction, >=, 0);
  g_assert_cmpfloat(fraction, <=, 1);
  return (*n_left)-- > 0;
}
