/* SPDX-License-Identifier: MIT
 *
 * From a sample to intervals. Which method a score gets is settled once, by the size of the sample;
 * replicates stay in the order of the resamples, so that those of two samples can be paired.
 */
#include "metric/sample.h"

#include <math.h>
#include <stdlib.h>

#include "metric/bootstrap.h"
#include "metric/linearise.h"
#include "metric/percentile.h"
#include "metric/sample-private.h"

#define LOW  0.025
#define HIGH 0.975

/* The standard normal deviate of the 97.5th percentile. */
#define DEVIATE 1.96

struct MsResamples {
  MsComparison comparison;
  MsIntervalMethod methods[MS_N_SET_METRICS];
  double values[MS_N_SET_METRICS]; /* of the sample itself; meaningless with NONE */
  double errors[MS_N_SET_METRICS]; /* standard errors of those that are NORMAL */
  MsReplicates *replicates;        /* NULL: no score is BOOTSTRAP */
};

static void
choose_methods(const MsSample *sample, MsResamples *resamples)
{
  bool normal = sample->n_units > MS_SAMPLE_MAX_UNITS;

  for (int metric = 0; metric < MS_N_SET_METRICS; metric++) {
    MsValue value = ms_sample_value(sample, (MsSetMetric)metric);

    resamples->values[metric] = value.value;
    resamples->methods[metric] = normal ? MS_INTERVAL_NORMAL : MS_INTERVAL_BOOTSTRAP;
    if (metric == MS_SET_METRIC_MIOU && sample->n_cells > MS_SAMPLE_MAX_CELLS)
      resamples->methods[metric] = MS_INTERVAL_NORMAL;
    if (!value.defined || sample->n_units < 2)
      resamples->methods[metric] = MS_INTERVAL_NONE;
  }
}

static bool
some_score_is(const MsResamples *resamples, MsIntervalMethod method)
{
  for (int metric = 0; metric < MS_N_SET_METRICS; metric++) {
    if (resamples->methods[metric] == method)
      return true;
  }
  return false;
}

/* Bootstrap as wanted; what is NORMAL gets its standard error. */
static MsStatus
fill(const MsSample *sample, uint64_t seed, const MsControl *control, MsResamples *resamples)
{
  MsIntervalMethod miou = resamples->methods[MS_SET_METRIC_MIOU];
  bool by_class = ms_sample_has_classes(sample);
  MsStatus status = MS_STATUS_OK;

  if (some_score_is(resamples, MS_INTERVAL_BOOTSTRAP)) {
    resamples->replicates = malloc(sizeof *resamples->replicates);
    if (!resamples->replicates)
      return MS_STATUS_NO_MEMORY;
    status = ms_bootstrap(sample, seed, by_class && miou == MS_INTERVAL_BOOTSTRAP, control,
                          resamples->replicates);
  } else if (some_score_is(resamples, MS_INTERVAL_NORMAL)) {
    status = ms_linearise_ratios(sample, control, resamples->errors);
  }
  if (status == MS_STATUS_OK && by_class && miou == MS_INTERVAL_NORMAL)
    status = ms_linearise_classes(sample, control, &resamples->errors[MS_SET_METRIC_MIOU]);
  return status;
}

MsStatus
ms_sample_resample(const MsSample *sample, uint64_t seed, const MsControl *control,
                   MsResamples **resamples)
{
  MsResamples *made = calloc(1, sizeof *made);
  MsStatus status;

  if (!made)
    return MS_STATUS_NO_MEMORY;
  made->comparison = sample->comparison;
  choose_methods(sample, made);
  status = fill(sample, seed, control, made);
  if (status != MS_STATUS_OK) {
    ms_resamples_free(made);
    return status;
  }
  *resamples = made;
  return MS_STATUS_OK;
}

void
ms_resamples_free(MsResamples *resamples)
{
  if (!resamples)
    return;
  free(resamples->replicates);
  free(resamples);
}

/* The replicates that exist; returns how many. */
static size_t
gather(const MsReplicates *replicates, MsSetMetric metric, double values[MS_N_RESAMPLES])
{
  size_t n_values = 0;

  for (size_t i = 0; i < MS_N_RESAMPLES; i++) {
    values[n_values] = replicates->values[metric][i];
    n_values += replicates->exists[metric][i];
  }
  return n_values;
}

static MsInterval
between_percentiles(double *values, size_t n_values)
{
  MsInterval interval = {.method = MS_INTERVAL_NONE};

  if (n_values == 0)
    return interval;
  interval.method = MS_INTERVAL_BOOTSTRAP;
  interval.low = ms_percentile(values, n_values, LOW);
  interval.high = ms_percentile(values, n_values, HIGH);
  return interval;
}

static MsInterval
around(double value, double error, double minimum, double maximum)
{
  return (MsInterval){.method = MS_INTERVAL_NORMAL,
                      .low = fmax(value - DEVIATE * error, minimum),
                      .high = fmin(value + DEVIATE * error, maximum)};
}

MsInterval
ms_resamples_interval(const MsResamples *resamples, MsSetMetric metric)
{
  const MsMetricInfo *info = ms_set_metric_info(metric, resamples->comparison);
  double values[MS_N_RESAMPLES];

  switch (resamples->methods[metric]) {
  case MS_INTERVAL_BOOTSTRAP:
    return between_percentiles(values, gather(resamples->replicates, metric, values));
  case MS_INTERVAL_NORMAL:
    return around(resamples->values[metric], resamples->errors[metric], info->minimum,
                  info->maximum);
  case MS_INTERVAL_NONE:
    break;
  }
  return (MsInterval){.method = MS_INTERVAL_NONE};
}

/* The standard deviation of the replicates. */
static double
spread(const double *values, size_t n_values)
{
  double mean = 0, squares = 0;

  if (n_values < 2)
    return 0;
  for (size_t i = 0; i < n_values; i++)
    mean += values[i] / (double)n_values;
  for (size_t i = 0; i < n_values; i++)
    squares += (values[i] - mean) * (values[i] - mean);
  return sqrt(squares / (double)(n_values - 1));
}

static double
error_of(const MsResamples *resamples, MsSetMetric metric)
{
  double values[MS_N_RESAMPLES];

  if (resamples->methods[metric] == MS_INTERVAL_NORMAL)
    return resamples->errors[metric];
  return spread(values, gather(resamples->replicates, metric, values));
}

static MsInterval
difference_of_replicates(const MsReplicates *a, const MsReplicates *b, MsSetMetric metric)
{
  double values[MS_N_RESAMPLES];
  size_t n_values = 0;

  for (size_t i = 0; i < MS_N_RESAMPLES; i++) {
    values[n_values] = a->values[metric][i] - b->values[metric][i];
    n_values += a->exists[metric][i] && b->exists[metric][i];
  }
  return between_percentiles(values, n_values);
}

MsInterval
ms_resamples_difference(const MsResamples *a, const MsResamples *b, MsSetMetric metric)
{
  const MsMetricInfo *info = ms_set_metric_info(metric, a->comparison);
  double width = info->maximum - info->minimum;

  if (a->methods[metric] == MS_INTERVAL_NONE || b->methods[metric] == MS_INTERVAL_NONE)
    return (MsInterval){.method = MS_INTERVAL_NONE};
  if (a->methods[metric] == MS_INTERVAL_BOOTSTRAP && b->methods[metric] == MS_INTERVAL_BOOTSTRAP)
    return difference_of_replicates(a->replicates, b->replicates, metric);
  return around(a->values[metric] - b->values[metric],
                hypot(error_of(a, metric), error_of(b, metric)), -width, width);
}
