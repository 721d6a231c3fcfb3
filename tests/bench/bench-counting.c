/* SPDX-License-Identifier: MIT
 *
 * How fast masks are counted and painted, beside memcpy of the same bytes in the same run. Blob
 * masks are what segmentation masks look like (discs, the predicted ones jittered); noisy ones are
 * the worst case: no two neighbours alike.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <glib.h>

#include "metric/confusion.h"
#include "metric/kinds.h"
#include "support/ascii.h"
#include "support/random.h"

#define SIDE      4096
#define N_ROUNDS  11
#define N_DISCS   400
#define N_CLASSES 19
#define RAMP      24.0 /* pixels over which a probability falls from 1 to 0 */

static TestRandom generator = {20240607};

static MsRaster
new_raster(int bits)
{
  MsRaster raster;

  g_assert_cmpint(ms_raster_init(&raster, SIDE, SIDE, bits), ==, MS_STATUS_OK);
  return raster;
}

static void
fill_noise(MsRaster *raster, uint32_t n_values)
{
  for (int y = 0; y < SIDE; y++) {
    for (int x = 0; x < SIDE; x++)
      ascii_set(raster, x, y, test_random_below(&generator, n_values));
  }
}

/* The disc itself, or with a ramp the values that fall to 0 around its edge. */
static void
fill_disc(MsRaster *raster, double centre_x, double centre_y, double radius, uint32_t value,
          double ramp)
{
  double reach = radius + ramp / 2;
  int left = MAX(0, (int)(centre_x - reach)), right = MIN(SIDE - 1, (int)(centre_x + reach));
  int top = MAX(0, (int)(centre_y - reach)), bottom = MIN(SIDE - 1, (int)(centre_y + reach));

  for (int y = top; y <= bottom; y++) {
    for (int x = left; x <= right; x++) {
      double inside = reach - hypot(x - centre_x, y - centre_y);
      uint32_t sample = ramp > 0 ? (uint32_t)(value * CLAMP(inside / ramp, 0, 1)) : value;

      if (inside > 0 && (ramp == 0 || sample > ms_raster_get(raster, x, y)))
        ascii_set(raster, x, y, sample);
    }
  }
}

static void
fill_discs(MsRaster *actual, MsRaster *predicted, uint32_t n_classes, uint32_t predicted_maximum,
           double ramp)
{
  for (int i = 0; i < N_DISCS; i++) {
    double x = test_random_below(&generator, SIDE), y = test_random_below(&generator, SIDE);
    double radius = 10 + test_random_below(&generator, 150);
    uint32_t id = 1 + test_random_below(&generator, n_classes);

    fill_disc(actual, x, y, radius, id, 0);
    fill_disc(predicted, x + test_random_below(&generator, 9), y, radius - 4,
              predicted_maximum ? predicted_maximum : id, ramp);
  }
}

static int
compare_doubles(const void *left, const void *right)
{
  double l = *(const double *)left, r = *(const double *)right;

  return (l > r) - (l < r);
}

typedef struct {
  const char *name;
  MsRaster actual;
  MsRaster predicted;
  MsRules rules;
} Work;

typedef void (*Step)(const Work *work, uint8_t *scratch);

static size_t
bytes_of(const MsRaster *raster)
{
  return (size_t)raster->stride * (size_t)raster->height;
}

static void
copy_step(const Work *work, uint8_t *scratch)
{
  memcpy(scratch, work->actual.pixels, bytes_of(&work->actual));
  memcpy(scratch + bytes_of(&work->actual), work->predicted.pixels, bytes_of(&work->predicted));
}

static void
count_step(const Work *work, uint8_t *scratch)
{
  MsJoint *joint;
  const MsCell *cells;
  size_t n_cells;

  g_assert_cmpint(ms_joint_new(&joint), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_joint_add(joint, &work->actual, &work->predicted, NULL), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_joint_cells(joint, &cells, &n_cells), ==, MS_STATUS_OK);
  g_assert_cmpuint(ms_joint_total(joint), ==, (uint64_t)SIDE * SIDE);
  ms_joint_free(joint);
}

static void
paint_step(const Work *work, uint8_t *scratch)
{
  MsKindsSource source = {.rules = &work->rules,
                          .actual = &work->actual,
                          .predicted = &work->predicted,
                          .focus = MS_FOCUS_ALL};

  g_assert_cmpint(ms_kinds_paint(&source, 0, SIDE, scratch, SIDE), ==, MS_STATUS_OK);
}

static double
seconds_of(Step step, const Work *work, uint8_t *scratch)
{
  gint64 start = g_get_monotonic_time();

  step(work, scratch);
  return (double)MAX(1, g_get_monotonic_time() - start) / G_USEC_PER_SEC;
}

/* Rounds of all steps in turn, so that whatever else the machine does slows all of them alike. */
static void
report(Work *work, uint8_t *scratch)
{
  static const Step steps[] = {copy_step, count_step, paint_step};
  double seconds[G_N_ELEMENTS(steps)][N_ROUNDS], speeds[G_N_ELEMENTS(steps)];
  size_t n_bytes = bytes_of(&work->actual) + bytes_of(&work->predicted);

  copy_step(work, scratch);
  for (int round = 0; round < N_ROUNDS; round++) {
    for (size_t i = 0; i < G_N_ELEMENTS(steps); i++)
      seconds[i][round] = seconds_of(steps[i], work, scratch);
  }
  for (size_t i = 0; i < G_N_ELEMENTS(steps); i++) {
    qsort(seconds[i], N_ROUNDS, sizeof **seconds, compare_doubles);
    speeds[i] = (double)n_bytes / seconds[i][N_ROUNDS / 2] / 1e9;
  }
  g_print("%-38s %8.2f %8.2f %6.2fx %8.2f %6.2fx\n", work->name, speeds[0], speeds[1],
          speeds[1] / speeds[0], speeds[2], speeds[2] / speeds[0]);
  ms_raster_clear(&work->actual);
  ms_raster_clear(&work->predicted);
}

static Work
new_work(const char *name, MsComparison comparison, int actual_bits, int predicted_bits)
{
  Work work = {.name = name,
               .actual = new_raster(actual_bits),
               .predicted = new_raster(predicted_bits),
               .rules = {.comparison = comparison, .threshold = predicted_bits == 8 ? 127 : 32767}};

  return work;
}

static void
run_blobs(const char *name, MsComparison comparison, int actual_bits, int predicted_bits,
          uint32_t n_classes, uint32_t predicted_maximum, uint8_t *scratch)
{
  Work work = new_work(name, comparison, actual_bits, predicted_bits);

  fill_discs(&work.actual, &work.predicted, n_classes, predicted_maximum,
             predicted_maximum ? RAMP : 0);
  report(&work, scratch);
}

static void
run_noise(const char *name, MsComparison comparison, int actual_bits, int predicted_bits,
          uint32_t n_actual, uint32_t n_predicted, uint8_t *scratch)
{
  Work work = new_work(name, comparison, actual_bits, predicted_bits);

  fill_noise(&work.actual, n_actual);
  fill_noise(&work.predicted, n_predicted);
  report(&work, scratch);
}

int
main(void)
{
  g_autofree uint8_t *scratch = g_malloc((size_t)SIDE * SIDE * 4);

  g_print("%d x %d, median of %d rounds, GB/s of both rasters; x: beside memcpy\n", SIDE, SIDE,
          N_ROUNDS);
  g_print("%-38s %8s %8s %7s %8s %7s\n", "", "memcpy", "count", "", "paint", "");
  run_blobs("binary, blobs", MS_COMPARE_BINARY, 8, 8, 1, 0, scratch);
  run_noise("binary, noise", MS_COMPARE_BINARY, 8, 8, 2, 2, scratch);
  run_blobs("19 classes, blobs", MS_COMPARE_CLASSES, 8, 8, N_CLASSES, 0, scratch);
  run_noise("19 classes, noise", MS_COMPARE_CLASSES, 8, 8, N_CLASSES, N_CLASSES, scratch);
  run_blobs("8-bit threshold, blobs", MS_COMPARE_THRESHOLD, 8, 8, 1, 255, scratch);
  run_noise("8-bit threshold, noise", MS_COMPARE_THRESHOLD, 8, 8, 2, 256, scratch);
  run_blobs("16-bit ids, blobs", MS_COMPARE_CLASSES, 16, 16, N_DISCS, 0, scratch);
  run_noise("16-bit ids, noise", MS_COMPARE_CLASSES, 16, 16, 300, 300, scratch);
  run_blobs("8-bit beside 16-bit threshold, blobs", MS_COMPARE_THRESHOLD, 8, 16, 1, 65535, scratch);
  run_noise("8-bit beside 16-bit threshold, noise", MS_COMPARE_THRESHOLD, 8, 16, 2, 65536, scratch);
  return 0;
}
