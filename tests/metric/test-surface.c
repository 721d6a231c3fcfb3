/* SPDX-License-Identifier: MIT
 *
 * Distances between borders: worked by hand, against all pairs of border pixels, near and so far
 * that envelopes and lists are needed, and what always holds.
 */
#include "metric/surface.h"

#include <math.h>
#include <stdlib.h>

#include "number-cases.h"

static MsSurface
surface_of(const MsPlanes *planes, uint32_t number, double tolerance)
{
  MsSurface surface;

  g_assert_cmpint(ms_surface_measure(planes, number, tolerance, NULL, &surface), ==, MS_STATUS_OK);
  return surface;
}

/* Single pixels, 3 to the right and 4 down: 5 apart, both ways. */
static void
test_two_pixels(void)
{
  MsPlanes planes = numbers_of_ascii("# . . .\n"
                                     ". . . .\n"
                                     ". . . .\n"
                                     ". . . .\n"
                                     ". . . .\n",
                                     ". . . .\n"
                                     ". . . .\n"
                                     ". . . .\n"
                                     ". . . .\n"
                                     ". . . #\n",
                                     8);
  MsSurface at = surface_of(&planes, 1, 5), below = surface_of(&planes, 1, 4.999);

  g_assert_cmpfloat(at.hausdorff, ==, 5);
  g_assert_cmpfloat(at.hd95, ==, 5);
  g_assert_cmpfloat(at.assd, ==, 5);
  g_assert_cmpfloat(at.masd, ==, 5);
  assert_value(ms_score_surface_dice(&at, MS_EMPTY_ONE), 1);
  assert_value(ms_score_surface_dice(&below, MS_EMPTY_ONE), 0);
  numbers_clear(&planes);
}

/* Distances of the actual border: 0 0 0 0; of the predicted one: 0 0 0 0 1 2 (rows are borders
 * from end to end). Rank 0.95 x 5 = 4.75 lies between 1 and 2. */
static void
test_line(void)
{
  MsPlanes planes = numbers_of_ascii("#### . .\n", "######\n", 16);
  MsSurface surface = surface_of(&planes, 1, 1);

  g_assert_cmpuint(surface.n_actual, ==, 4);
  g_assert_cmpuint(surface.n_predicted, ==, 6);
  g_assert_cmpfloat(surface.hausdorff, ==, 2);
  g_assert_cmpfloat_with_epsilon(surface.hd95, 1.75, 1e-12);
  g_assert_cmpfloat_with_epsilon(surface.assd, 0.3, 1e-12);
  g_assert_cmpfloat_with_epsilon(surface.masd, 0.25, 1e-12);
  g_assert_cmpuint(surface.n_within, ==, 9);
  numbers_clear(&planes);
}

/* The middle of a square of 3 is no border; at the frame it would be. */
static void
test_border(void)
{
  MsPlanes planes = numbers_of_ascii(". . . . .\n"
                                     ". 1 1 1 .\n"
                                     ". 1 1 1 .\n"
                                     ". 1 1 1 .\n"
                                     ". . . . .\n",
                                     "1 1 1 2 2\n"
                                     "1 1 1 2 2\n"
                                     "1 1 1 2 2\n"
                                     ". . . . .\n"
                                     ". . . . .\n",
                                     32);
  MsSurface surface = surface_of(&planes, 1, 0);

  g_assert_cmpuint(surface.n_actual, ==, 8);
  g_assert_cmpuint(surface.n_predicted, ==, 8);
  g_assert_cmpfloat_with_epsilon(surface.hausdorff, sqrt(2), 1e-12);
  surface = surface_of(&planes, 2, 0);
  g_assert_cmpuint(surface.n_actual, ==, 0);
  g_assert_cmpuint(surface.n_predicted, ==, 6);
  g_assert_true(isinf(surface.assd));
  numbers_clear(&planes);
}

static void
test_empty(void)
{
  MsPlanes planes = numbers_of_ascii("..\n..\n", "..\n..\n", 8);
  MsSurface surface = surface_of(&planes, 1, 2);

  g_assert_cmpfloat(surface.hausdorff, ==, 0);
  g_assert_cmpfloat(surface.hd95, ==, 0);
  g_assert_cmpfloat(surface.assd, ==, 0);
  g_assert_cmpfloat(surface.masd, ==, 0);
  assert_value(ms_score_surface_dice(&surface, MS_EMPTY_ONE), 1);
  assert_value(ms_score_surface_dice(&surface, MS_EMPTY_ZERO), 0);
  assert_undefined(ms_score_surface_dice(&surface, MS_EMPTY_SKIP));
  numbers_clear(&planes);
  planes = numbers_of_ascii("#.\n..\n", "..\n..\n", 8);
  surface = surface_of(&planes, 1, 2);
  g_assert_true(isinf(surface.hausdorff) && isinf(surface.hd95) && isinf(surface.masd));
  assert_value(ms_score_surface_dice(&surface, MS_EMPTY_SKIP), 0);
  g_assert_cmpint(ms_surface_measure(&planes, 1, -1, NULL, &surface), ==, MS_STATUS_INVALID);
  g_assert_cmpint(ms_surface_measure(&planes, 1, NAN, NULL, &surface), ==, MS_STATUS_INVALID);
  numbers_clear(&planes);
}

/* --- against all pairs of border pixels --------------------------------------------------------
 */

typedef struct {
  int x, y;
} Pixel;

static GArray *
naive_border(const MsRaster *raster, uint32_t number)
{
  GArray *border = g_array_new(FALSE, FALSE, sizeof(Pixel));

  for (int y = 0; y < raster->height; y++)
    for (int x = 0; x < raster->width; x++)
      if (naive_has(raster, number, x, y) &&
          !(naive_has(raster, number, x - 1, y) && naive_has(raster, number, x + 1, y) &&
            naive_has(raster, number, x, y - 1) && naive_has(raster, number, x, y + 1)))
        g_array_append_val(border, ((Pixel){x, y}));
  return border;
}

static int
compare_doubles(gconstpointer a, gconstpointer b)
{
  double left = *(const double *)a, right = *(const double *)b;

  return (left > right) - (left < right);
}

/* Ascending. */
static GArray *
naive_distances(const GArray *from, const GArray *to)
{
  GArray *distances = g_array_new(FALSE, FALSE, sizeof(double));

  for (guint i = 0; i < from->len; i++) {
    const Pixel *pixel = &g_array_index(from, Pixel, i);
    double nearest = INFINITY;

    for (guint j = 0; j < to->len; j++) {
      const Pixel *other = &g_array_index(to, Pixel, j);

      nearest = fmin(nearest, hypot(pixel->x - other->x, pixel->y - other->y));
    }
    g_array_append_val(distances, nearest);
  }
  g_array_sort(distances, compare_doubles);
  return distances;
}

static double
naive_percentile(const GArray *values, double fraction)
{
  double rank = fraction * (values->len - 1);
  guint low = (guint)rank, high = MIN(low + 1, values->len - 1);
  double a = g_array_index(values, double, low), b = g_array_index(values, double, high);

  return a + (rank - low) * (b - a);
}

static double
naive_sum(const GArray *values)
{
  double sum = 0;

  for (guint i = 0; i < values->len; i++)
    sum += g_array_index(values, double, i);
  return sum;
}

static guint
naive_within(const GArray *values, double tolerance)
{
  guint n = 0;

  for (guint i = 0; i < values->len; i++)
    n += g_array_index(values, double, i) <= tolerance;
  return n;
}

static void
check_against_naive(const MsPlanes *planes, uint32_t number, double tolerance)
{
  g_autoptr(GArray) actual = naive_border(&planes->actual, number);
  g_autoptr(GArray) predicted = naive_border(&planes->predicted, number);
  g_autoptr(GArray) there = naive_distances(actual, predicted);
  g_autoptr(GArray) back = naive_distances(predicted, actual);
  MsSurface surface = surface_of(planes, number, tolerance);
  double n = (double)actual->len + predicted->len;

  g_assert_cmpuint(surface.n_actual, ==, actual->len);
  g_assert_cmpuint(surface.n_predicted, ==, predicted->len);
  if (actual->len == 0 || predicted->len == 0) {
    g_assert_true(n == 0 ? surface.hausdorff == 0 : isinf(surface.hausdorff));
    return;
  }
  g_assert_cmpfloat_with_epsilon(surface.hausdorff,
                                 fmax(naive_percentile(there, 1), naive_percentile(back, 1)), 1e-9);
  g_assert_cmpfloat_with_epsilon(
      surface.hd95, fmax(naive_percentile(there, 0.95), naive_percentile(back, 0.95)), 1e-9);
  g_assert_cmpfloat_with_epsilon(surface.assd, (naive_sum(there) + naive_sum(back)) / n, 1e-9);
  g_assert_cmpfloat_with_epsilon(
      surface.masd, (naive_sum(there) / actual->len + naive_sum(back) / predicted->len) / 2, 1e-9);
  g_assert_cmpuint(surface.n_within, ==,
                   naive_within(there, tolerance) + naive_within(back, tolerance));
}

static void
test_random_pairs(void)
{
  TestRandom random = {21};

  for (int i = 0; i < 300; i++) {
    MsPlanes planes = numbers_random_pair(&random, i % 3 == 0 ? 12 : 120, 3);

    check_against_naive(&planes, 1, i % 7);
    check_against_naive(&planes, 2, 1.5);
    numbers_clear(&planes);
  }
}

/* A few pixels on the one side, many on the other, far away: rows by their envelopes, distances
 * that are listed. */
static void
test_far(void)
{
  TestRandom random = {22};

  for (int i = 0; i < 12; i++) {
    int width = 500 + (int)test_random_below(&random, 200), height = 40;
    MsRaster actual, predicted;
    MsPlanes planes;

    g_assert_cmpint(ms_raster_init(&actual, width, height, 8), ==, MS_STATUS_OK);
    g_assert_cmpint(ms_raster_init(&predicted, width, height, 8), ==, MS_STATUS_OK);
    for (int n = 0; n < 4; n++)
      ascii_set(&actual, (int)test_random_below(&random, 60),
                (int)test_random_below(&random, (uint32_t)height), 1);
    for (int y = 0; y < height; y++)
      for (int x = 0; x < width; x++)
        if ((x + y) % 2 == 0 && x > 50 && test_random_below(&random, 4))
          ascii_set(&predicted, x, y, 1);
    planes = numbers_of(actual, predicted);
    check_against_naive(&planes, 1, 300);
    numbers_clear(&planes);
  }
}

static void
test_invariants(void)
{
  TestRandom random = {23};

  for (int i = 0; i < 60; i++) {
    MsPlanes planes = numbers_random_pair(&random, 90, 2), swapped = numbers_swapped(&planes);
    MsPlanes same = planes;
    MsSurface there = surface_of(&planes, 1, 2), back = surface_of(&swapped, 1, 2), alike;

    same.predicted = planes.actual;
    alike = surface_of(&same, 1, 0);
    g_assert_true(there.hausdorff == back.hausdorff && there.hd95 == back.hd95);
    g_assert_true(there.assd == back.assd && there.masd == back.masd);
    g_assert_cmpuint(there.n_within, ==, back.n_within);
    g_assert_true(there.hd95 <= there.hausdorff && there.assd <= there.hausdorff);
    g_assert_cmpuint(surface_of(&planes, 1, 3).n_within, >=, there.n_within);
    g_assert_cmpfloat(alike.hausdorff, ==, 0);
    g_assert_cmpuint(alike.n_within, ==, alike.n_actual + alike.n_predicted);
    numbers_clear(&planes);
  }
}

/* Asked again and again, it stops wherever it is told to. */
static void
test_cancel(void)
{
  MsPlanes planes = numbers_of_ascii("#.\n##\n", "##\n.#\n", 8);
  MsStatus status = MS_STATUS_CANCELLED;
  int n_asked = 0;

  for (; status == MS_STATUS_CANCELLED; n_asked++) {
    int n_left = n_asked;
    const MsControl control = {numbers_stop, &n_left};
    MsSurface surface;

    status = ms_surface_measure(&planes, 1, 2, &control, &surface);
  }
  g_assert_cmpint(status, ==, MS_STATUS_OK);
  g_assert_cmpint(n_asked, >, 8);
  numbers_clear(&planes);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/metric/surface/two-pixels", test_two_pixels);
  g_test_add_func("/metric/surface/line", test_line);
  g_test_add_func("/metric/surface/border", test_border);
  g_test_add_func("/metric/surface/empty", test_empty);
  g_test_add_func("/metric/surface/random", test_random_pairs);
  g_test_add_func("/metric/surface/far", test_far);
  g_test_add_func("/metric/surface/invariants", test_invariants);
  g_test_add_func("/metric/surface/cancel", test_cancel);
  return g_test_run();
}
