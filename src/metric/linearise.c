/* SPDX-License-Identifier: MIT
 *
 * Two passes over the units: one for the sums, one for how far each unit lies from their ratio.
 */
#include "metric/linearise.h"

#include <math.h>
#include <stdlib.h>

#include "metric/sample-private.h"

/* Units between two questions whether to go on. */
#define STRIDE 65536

static bool
go_on(const MsSample *sample, const MsControl *control, size_t unit)
{
  return unit % STRIDE != 0 || ms_control_go_on(control, (double)unit / (double)sample->n_places);
}

/* From the sum of squares over n units whose sum is 0. */
static double
error_of_sum(const MsSample *sample, double squares)
{
  double n = (double)sample->n_units;

  return sqrt(n / (n - 1) * squares);
}

static void
sum_units(const MsSample *sample, double sums[MS_N_SUMS])
{
  for (int sum = 0; sum < MS_N_SUMS; sum++)
    sums[sum] = 0;
  for (size_t i = 0; i < sample->n_places; i++) {
    for (int sum = 0; sum < MS_N_SUMS; sum++)
      sums[sum] += sample->units[i].sums[sum];
  }
}

MsStatus
ms_linearise_ratios(const MsSample *sample, const MsControl *control,
                    double errors[MS_N_SET_METRICS])
{
  double sums[MS_N_SUMS], squares[MS_N_SET_METRICS] = {0};
  MsRatio whole[MS_N_SET_METRICS];

  sum_units(sample, sums);
  for (int metric = 0; metric < MS_N_SET_METRICS; metric++)
    whole[metric] = ms_sums_ratio(sums, (MsSetMetric)metric);
  for (size_t i = 0; i < sample->n_places; i++) {
    if (!go_on(sample, control, i))
      return MS_STATUS_CANCELLED;
    for (int metric = 0; metric < MS_N_SET_METRICS; metric++) {
      MsRatio of = ms_sums_ratio(sample->units[i].sums, (MsSetMetric)metric);
      double away =
          of.numerator * whole[metric].denominator - whole[metric].numerator * of.denominator;

      squares[metric] += away * away;
    }
  }
  for (int metric = 0; metric < MS_N_SET_METRICS; metric++) {
    double divisor = whole[metric].denominator * whole[metric].denominator;
    bool left_out = metric == MS_SET_METRIC_MIOU && ms_sample_has_classes(sample);

    errors[metric] = divisor > 0 && !left_out ? error_of_sum(sample, squares[metric]) / divisor : 0;
  }
  return MS_STATUS_OK;
}

/* How the mean over classes moves with one more pixel of a class. */
typedef struct {
  double right; /* a TP */
  double wrong; /* an FP or FN */
} Slope;

static Slope *
slopes_of(const MsSample *sample, const MsClassCounts *classes, size_t n_classes)
{
  Slope *slopes = calloc(n_classes, sizeof *slopes);
  size_t n_in_mean = 0;

  if (!slopes)
    return NULL;
  for (size_t i = 0; i < n_classes; i++)
    n_in_mean += ms_sample_takes_in(sample, &classes[i]);
  for (size_t i = 0; i < n_classes; i++) {
    const MsCounts *counts = &classes[i].counts;
    double in_union = (double)(counts->tp + counts->fp + counts->fn);
    double iou = (double)counts->tp / in_union;

    if (ms_sample_takes_in(sample, &classes[i]))
      slopes[i] = (Slope){.right = (1 - iou) / in_union / (double)n_in_mean,
                          .wrong = -iou / in_union / (double)n_in_mean};
  }
  return slopes;
}

static double
distance_of_unit(const MsClassTallies *tallies, const MsClassCounts *classes, size_t n_classes,
                 const Slope *slopes)
{
  double distance = 0;
  size_t from = 0;

  for (size_t i = 0; i < tallies->n_items; i++) {
    const MsClassTally *tally = &tallies->items[i];
    size_t index = ms_sample_class_index(classes, n_classes, from, tally->id);

    distance += slopes[index].right * (double)tally->tp +
                slopes[index].wrong * (double)(tally->fp + tally->fn);
    from = index + 1;
  }
  return distance;
}

MsStatus
ms_linearise_classes(const MsSample *sample, const MsControl *control, double *error)
{
  size_t n_classes;
  const MsClassCounts *classes = ms_sample_classes(sample, &n_classes);
  Slope *slopes = slopes_of(sample, classes, n_classes);
  double squares = 0;

  if (!slopes)
    return MS_STATUS_NO_MEMORY;
  for (size_t i = 0; i < sample->n_places; i++) {
    MsClassTallies tallies = ms_sample_unit_classes(sample, &sample->units[i]);
    double distance;

    if (!go_on(sample, control, i)) {
      free(slopes);
      return MS_STATUS_CANCELLED;
    }
    distance = distance_of_unit(&tallies, classes, n_classes, slopes);
    squares += distance * distance;
  }
  free(slopes);
  *error = error_of_sum(sample, squares);
  return MS_STATUS_OK;
}
