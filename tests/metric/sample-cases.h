/* SPDX-License-Identifier: MIT
 *
 * Examples made of nothing but counts, and samples of them.
 */
#pragma once

#include "cases.h"
#include "metric/sample.h"
#include "metric/totals.h"

/* A binary example with these counts. */
static inline MsConfusion *
sample_example(MsEmptyRule empty, int tp, int fp, int fn, int tn)
{
  int width = tp + fp + fn + tn;
  MsRaster actual, predicted;
  MsConfusion *example;
  MsRules rules;

  ms_rules_init(&rules);
  rules.empty = empty;
  g_assert_cmpint(ms_raster_init(&actual, width, 1, 8), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_raster_init(&predicted, width, 1, 8), ==, MS_STATUS_OK);
  for (int x = 0; x < width; x++) {
    ascii_set(&actual, x, 0, x < tp || (x >= tp + fp && x < tp + fp + fn));
    ascii_set(&predicted, x, 0, x < tp + fp);
  }
  example = confusion_of(&rules, &actual, &predicted);
  ms_raster_clear(&actual);
  ms_raster_clear(&predicted);
  return example;
}

/* An example of one pixel, of class `actual` taken for `predicted`; nothing ignored, no
 * background. */
static inline MsConfusion *
sample_class_example(uint32_t actual, uint32_t predicted)
{
  MsRules rules = {.comparison = MS_COMPARE_CLASSES, .background = -1};
  MsRaster a, p;
  MsConfusion *example;

  g_assert_cmpint(ms_raster_init(&a, 1, 1, 32), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_raster_init(&p, 1, 1, 32), ==, MS_STATUS_OK);
  ascii_set(&a, 0, 0, actual);
  ascii_set(&p, 0, 0, predicted);
  example = confusion_of(&rules, &a, &p);
  ms_raster_clear(&a);
  ms_raster_clear(&p);
  return example;
}

static inline MsSample *
sample_new(MsComparison comparison, MsEmptyRule empty, size_t n_units)
{
  MsRules rules = {.comparison = comparison, .background = -1, .empty = empty};
  MsSample *sample;

  g_assert_cmpint(ms_sample_new(&rules, n_units, &sample), ==, MS_STATUS_OK);
  return sample;
}

static inline void
sample_add(MsSample *sample, size_t unit, const MsConfusion *example)
{
  g_assert_cmpint(ms_sample_add(sample, unit, example), ==, MS_STATUS_OK);
}

/* The same, and the example is done with. */
static inline void
sample_take(MsSample *sample, size_t unit, MsConfusion *example)
{
  sample_add(sample, unit, example);
  ms_confusion_free(example);
}

static inline MsResamples *
sample_draw(const MsSample *sample, uint64_t seed)
{
  MsResamples *resamples;

  g_assert_cmpint(ms_sample_resample(sample, seed, NULL, &resamples), ==, MS_STATUS_OK);
  return resamples;
}

static inline MsInterval
sample_interval(const MsSample *sample, uint64_t seed, MsSetMetric metric)
{
  MsResamples *resamples = sample_draw(sample, seed);
  MsInterval interval = ms_resamples_interval(resamples, metric);

  ms_resamples_free(resamples);
  return interval;
}

#define assert_interval(got, want_method, want_low, want_high)                                     \
  G_STMT_START {                                                                                   \
    MsInterval interval_ = (got);                                                                  \
                                                                                                   \
    g_assert_cmpint(interval_.method, ==, (want_method));                                          \
    g_assert_cmpfloat_with_epsilon(interval_.low, (want_low), 1e-12);                              \
    g_assert_cmpfloat_with_epsilon(interval_.high, (want_high), 1e-12);                            \
  }                                                                                                \
  G_STMT_END
