/* SPDX-License-Identifier: MIT
 *
 * Intervals: resamples whose distribution can be worked out by hand, what statistics says of means,
 * coverage and clusters, the normal approximation against the bootstrap, differences.
 *
 * How far 2,000 resamples may be off: the estimate of a 2.5th percentile has a standard error of
 * sqrt(0.025 x 0.975 / 2,000) / 0.0584 = 0.06 standard errors of the score (0.0584: the normal
 * density there), so that the width, 3.92 of them, has one of 0.085, or 2.2 %. WIDTH_TOLERANCE is
 * five of these. Seeds are fixed: what passes once passes always.
 */
#include <assert.h>
#include <math.h>

#include "metric/bootstrap.h"
#include "sample-cases.h"

#define WIDTH_TOLERANCE 0.11

static double
width(MsInterval interval)
{
  return interval.high - interval.low;
}

static void
assert_close(double got, double want, double tolerance)
{
  if (fabs(got - want) > tolerance * want) {
    g_test_message("%g instead of %g", got, want);
    g_test_fail();
  }
}

static int
count_replicates(const MsReplicates *replicates, MsSetMetric metric, double value)
{
  int count = 0;

  for (size_t i = 0; i < MS_N_RESAMPLES; i++)
    count += fabs(replicates->values[metric][i] - value) < 1e-12;
  return count;
}

/* Two units: both the first, a quarter of the time; both the second, a quarter; one of each, half.
 * Binomial with 2,000 draws: five standard deviations are at most 5 x sqrt(2,000 / 4) = 112. */
static void
assert_two_units(const MsReplicates *replicates, MsSetMetric metric, double first, double second,
                 double both)
{
  int n_first = count_replicates(replicates, metric, first);
  int n_second = count_replicates(replicates, metric, second);

  g_assert_cmpint(ABS(n_first - MS_N_RESAMPLES / 4), <, 112);
  g_assert_cmpint(ABS(n_second - MS_N_RESAMPLES / 4), <, 112);
  g_assert_cmpint(n_first + n_second + count_replicates(replicates, metric, both), ==,
                  MS_N_RESAMPLES);
}

/* IoU 1/1 and 0/3. */
static void
test_two_units(void)
{
  MsSample *sample = sample_new(MS_COMPARE_BINARY, MS_EMPTY_ONE, 2);
  g_autofree MsReplicates *replicates = g_new(MsReplicates, 1);

  sample_take(sample, 0, sample_example(MS_EMPTY_ONE, 1, 0, 0, 9));
  sample_take(sample, 1, sample_example(MS_EMPTY_ONE, 0, 2, 1, 1));
  g_assert_cmpint(ms_bootstrap(sample, 4, false, NULL, replicates), ==, MS_STATUS_OK);
  assert_two_units(replicates, MS_SET_METRIC_IOU_MEAN, 1, 0, 0.5);
  assert_two_units(replicates, MS_SET_METRIC_DICE_MEAN, 1, 0, 0.5);
  assert_two_units(replicates, MS_SET_METRIC_IOU_POOLED, 1, 0, 1.0 / 4);
  assert_two_units(replicates, MS_SET_METRIC_DICE_POOLED, 1, 0, 2.0 / 5);
  assert_two_units(replicates, MS_SET_METRIC_MIOU, 1, 0, 1.0 / 4);
  assert_two_units(replicates, MS_SET_METRIC_EXACT_RATIO, 1, 0, 0.5);
  assert_two_units(replicates, MS_SET_METRIC_HAMMING, 1, 1.0 / 4, 11.0 / 14);
  assert_interval(sample_interval(sample, 4, MS_SET_METRIC_IOU_POOLED), MS_INTERVAL_BOOTSTRAP, 0,
                  1);
  assert_interval(sample_interval(sample, 4, MS_SET_METRIC_HAMMING), MS_INTERVAL_BOOTSTRAP, 0.25,
                  1);
  ms_sample_free(sample);
}

/* A mean over the classes of the resample: class 1 is right where it occurs, class 2 half. */
static void
test_two_units_of_classes(void)
{
  MsSample *sample = sample_new(MS_COMPARE_CLASSES, MS_EMPTY_ONE, 2);
  g_autofree MsReplicates *replicates = g_new(MsReplicates, 1);

  sample_take(sample, 0, sample_class_example(1, 1));
  sample_take(sample, 1, sample_class_example(2, 2));
  sample_take(sample, 1, sample_class_example(2, 3));
  g_assert_cmpint(ms_bootstrap(sample, 4, true, NULL, replicates), ==, MS_STATUS_OK);
  assert_two_units(replicates, MS_SET_METRIC_MIOU, 1, (0.5 + 0) / 2, (1 + 0.5 + 0) / 3);
  ms_sample_free(sample);
}

/* One unit of six is an exact match: binomial(6, 1/6). No match has a probability of 0.33, so the
 * low end is 0; at most 2 have 0.938 and at most 3 0.991 (standard errors 0.005 and 0.002), so the
 * 97.5th percentile is 3 of 6. */
static void
test_six_units(void)
{
  MsSample *sample = sample_new(MS_COMPARE_BINARY, MS_EMPTY_ONE, 6);

  sample_take(sample, 0, sample_example(MS_EMPTY_ONE, 2, 0, 0, 0));
  for (size_t i = 1; i < 6; i++)
    sample_take(sample, i, sample_example(MS_EMPTY_ONE, 0, 1, 0, 1));
  assert_interval(sample_interval(sample, 8, MS_SET_METRIC_EXACT_RATIO), MS_INTERVAL_BOOTSTRAP, 0,
                  0.5);
  assert_interval(sample_interval(sample, 8, MS_SET_METRIC_IOU_MEAN), MS_INTERVAL_BOOTSTRAP, 0,
                  0.5);
  ms_sample_free(sample);
}

/* A small population: IoU and pixels vary together, some examples are exact, some empty. */
typedef struct {
  MsConfusion *examples[40];
  double mean; /* of the IoU */
} Population;

static Population
population_new(TestRandom *random)
{
  Population made = {.mean = 0};

  for (size_t i = 0; i < G_N_ELEMENTS(made.examples); i++) {
    int tp = (int)test_random_below(random, 20) * (int)(i % 8 != 0);
    int wrong = i % 5 ? (int)test_random_below(random, 12) : 0;

    made.examples[i] = sample_example(MS_EMPTY_ONE, tp, wrong / 3, wrong - wrong / 3, 5);
    made.mean +=
        ms_confusion_score(made.examples[i], MS_METRIC_IOU).value / G_N_ELEMENTS(made.examples);
  }
  return made;
}

static const MsConfusion *
population_pick(const Population *population, TestRandom *random)
{
  return population->examples[test_random_below(random, G_N_ELEMENTS(population->examples))];
}

static void
population_end(Population *population)
{
  for (size_t i = 0; i < G_N_ELEMENTS(population->examples); i++)
    ms_confusion_free(population->examples[i]);
}

static MsSample *
population_sample(const Population *population, TestRandom *random, size_t n_units)
{
  MsSample *sample = sample_new(MS_COMPARE_BINARY, MS_EMPTY_ONE, n_units);

  for (size_t i = 0; i < n_units; i++)
    sample_add(sample, i, population_pick(population, random));
  return sample;
}

/* The variance of a mean of n drawn values is that of the values over n. */
static void
test_variance_of_a_mean(void)
{
  TestRandom random = {81};
  Population population = population_new(&random);
  MsSample *sample = sample_new(MS_COMPARE_BINARY, MS_EMPTY_ONE, 400);
  double sum = 0, squares = 0, mean;

  for (size_t i = 0; i < 400; i++) {
    const MsConfusion *example = population_pick(&population, &random);
    double iou = ms_confusion_score(example, MS_METRIC_IOU).value;

    sample_add(sample, i, example);
    sum += iou;
    squares += iou * iou;
  }
  mean = sum / 400;
  assert_close(width(sample_interval(sample, 2, MS_SET_METRIC_IOU_MEAN)),
               2 * 1.96 * sqrt((squares / 400 - mean * mean) / 400), WIDTH_TOLERANCE);
  ms_sample_free(sample);
  population_end(&population);
}

/* 95 % of the intervals should hold the truth, and of a mean of 60 values nearly so many do: 93 to
 * 95 %, as the percentile bootstrap is a little narrow. 300 samples have a standard deviation of
 * 1.4 %; three are allowed on either side. */
static void
test_coverage(void)
{
  TestRandom random = {82};
  Population population = population_new(&random);
  int n_held = 0;

  for (uint64_t seed = 0; seed < 300; seed++) {
    MsSample *sample = population_sample(&population, &random, 60);
    MsInterval interval = sample_interval(sample, seed, MS_SET_METRIC_IOU_MEAN);

    n_held += interval.low <= population.mean && population.mean <= interval.high;
    ms_sample_free(sample);
  }
  g_test_message("%d of 300", n_held);
  g_assert_cmpint(n_held, >=, 267);
  g_assert_cmpint(n_held, <=, 297);
  population_end(&population);
}

/* Every example twice: as units of their own they are taken for twice the evidence, in one unit
 * they are not, and intervals are wider by the square root of 2. */
static void
test_clusters(void)
{
  TestRandom random = {83};
  Population population = population_new(&random);
  MsSample *apart = sample_new(MS_COMPARE_BINARY, MS_EMPTY_ONE, 200);
  MsSample *together = sample_new(MS_COMPARE_BINARY, MS_EMPTY_ONE, 100);

  for (size_t i = 0; i < 100; i++) {
    const MsConfusion *example = population_pick(&population, &random);

    sample_add(apart, 2 * i, example);
    sample_add(apart, 2 * i + 1, example);
    sample_add(together, i, example);
    sample_add(together, i, example);
  }
  for (int metric = 0; metric < MS_N_SET_METRICS; metric++)
    assert_close(width(sample_interval(together, 1, (MsSetMetric)metric)),
                 sqrt(2) * width(sample_interval(apart, 1, (MsSetMetric)metric)),
                 sqrt(2) * WIDTH_TOLERANCE);
  ms_sample_free(apart);
  ms_sample_free(together);
  population_end(&population);
}

/* At the limit a sample is drawn, one unit more is approximated; the two hardly differ. Of 100,000
 * draws the ends have an error of 0.06 standard errors, 1.5 % of a width: five of them here. */
static void
test_limit_of_units(void)
{
  TestRandom random = {84};
  Population population = population_new(&random);
  MsSample *small = population_sample(&population, &random, MS_SAMPLE_MAX_UNITS);
  MsSample *large = sample_new(MS_COMPARE_BINARY, MS_EMPTY_ONE, MS_SAMPLE_MAX_UNITS + 1);
  MsResamples *drawn, *approximated;
  TestRandom again = {84};
  Population same = population_new(&again);

  for (size_t i = 0; i < MS_SAMPLE_MAX_UNITS + 1; i++)
    sample_add(large, i, population_pick(&same, &again));
  drawn = sample_draw(small, 1);
  approximated = sample_draw(large, 1);
  for (int metric = 0; metric < MS_N_SET_METRICS; metric++) {
    MsInterval bootstrap = ms_resamples_interval(drawn, (MsSetMetric)metric);
    MsInterval normal = ms_resamples_interval(approximated, (MsSetMetric)metric);

    g_assert_cmpint(bootstrap.method, ==, MS_INTERVAL_BOOTSTRAP);
    g_assert_cmpint(normal.method, ==, MS_INTERVAL_NORMAL);
    g_assert_cmpfloat_with_epsilon(bootstrap.low, normal.low, 0.08 * width(normal));
    g_assert_cmpfloat_with_epsilon(bootstrap.high, normal.high, 0.08 * width(normal));
  }
  ms_resamples_free(drawn);
  ms_resamples_free(approximated);
  ms_sample_free(small);
  ms_sample_free(large);
  population_end(&population);
  population_end(&same);
}

/* 2,000 different units, once as they are and once each repeated by as many as it takes for the
 * approximation: its intervals are narrower by the square root of that, also of a mean over
 * classes, also with units of several examples. */
static void
test_classes_approximated(void)
{
  enum { N_UNITS = 2000, N_COPIES = 51 };
  TestRandom random = {85};
  MsSample *small = sample_new(MS_COMPARE_CLASSES, MS_EMPTY_ONE, N_UNITS);
  MsSample *large = sample_new(MS_COMPARE_CLASSES, MS_EMPTY_ONE, N_UNITS * N_COPIES);

  for (size_t i = 0; i < N_UNITS; i++) {
    for (int k = 1 + (int)test_random_below(&random, 3); k > 0; k--) {
      uint32_t actual = 1 + test_random_below(&random, 5);
      uint32_t predicted = 1 + test_random_below(&random, 5);
      MsConfusion *example =
          sample_class_example(actual, test_random_below(&random, 3) ? actual : predicted);

      sample_add(small, i, example);
      for (size_t copy = 0; copy < N_COPIES; copy++)
        sample_add(large, copy * N_UNITS + i, example);
      ms_confusion_free(example);
    }
  }
  for (int metric = 0; metric < MS_N_SET_METRICS; metric++) {
    MsInterval bootstrap = sample_interval(small, 1, (MsSetMetric)metric);
    MsInterval normal = sample_interval(large, 1, (MsSetMetric)metric);

    g_assert_cmpint(bootstrap.method, ==, MS_INTERVAL_BOOTSTRAP);
    g_assert_cmpint(normal.method, ==, MS_INTERVAL_NORMAL);
    assert_close(width(bootstrap), sqrt(N_COPIES) * width(normal), WIDTH_TOLERANCE);
  }
  ms_sample_free(small);
  ms_sample_free(large);
}

/* All but one of n right: 1 - 1 / n, and a standard error of 1 / n; more than 1 there is not. */
static void
test_cut_to_range(void)
{
  size_t n = MS_SAMPLE_MAX_UNITS + 1;
  MsSample *sample = sample_new(MS_COMPARE_BINARY, MS_EMPTY_ONE, n);
  MsConfusion *right = sample_example(MS_EMPTY_ONE, 1, 0, 0, 0);

  sample_take(sample, 0, sample_example(MS_EMPTY_ONE, 0, 1, 0, 0));
  for (size_t i = 1; i < n; i++)
    sample_add(sample, i, right);
  assert_interval(sample_interval(sample, 1, MS_SET_METRIC_EXACT_RATIO), MS_INTERVAL_NORMAL,
                  1 - 2.96 / (double)n, 1);
  ms_confusion_free(right);
  ms_sample_free(sample);
}

/* One actual row of `n_ids` classes from first_id on, each predicted as the class after it when it
 * is the last of ten. */
static MsConfusion *
example_of_many_classes(uint32_t first_id, int n_ids)
{
  MsRules rules = {.comparison = MS_COMPARE_CLASSES, .background = -1};
  MsRaster actual, predicted;
  MsConfusion *example;

  g_assert_cmpint(ms_raster_init(&actual, n_ids, 1, 32), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_raster_init(&predicted, n_ids, 1, 32), ==, MS_STATUS_OK);
  for (int x = 0; x < n_ids; x++) {
    ascii_set(&actual, x, 0, first_id + (uint32_t)x);
    ascii_set(&predicted, x, 0, first_id + (uint32_t)(x - x % 10 / 9));
  }
  example = confusion_of(&rules, &actual, &predicted);
  ms_raster_clear(&actual);
  ms_raster_clear(&predicted);
  return example;
}

/* Too many classes to draw them: mIoU alone is approximated. Classes that a unit's examples share
 * are one. */
static void
test_limit_of_classes(void)
{
  enum { N_IDS = 60000, N_UNITS = 9 };
  MsSample *many = sample_new(MS_COMPARE_CLASSES, MS_EMPTY_ONE, N_UNITS);
  MsSample *few = sample_new(MS_COMPARE_CLASSES, MS_EMPTY_ONE, N_UNITS);
  MsInterval interval;
  double iou;

  static_assert(N_IDS * N_UNITS > MS_SAMPLE_MAX_CELLS, "more than can be drawn");
  for (size_t i = 0; i < N_UNITS; i++) {
    MsConfusion *example = example_of_many_classes(7 * (uint32_t)i, N_IDS);

    sample_add(many, i, example);
    ms_confusion_free(example);
    example = example_of_many_classes(7, N_IDS / 10);
    for (int k = 0; k < 10; k++)
      sample_add(few, i, example);
    ms_confusion_free(example);
  }
  interval = sample_interval(many, 1, MS_SET_METRIC_MIOU);
  g_assert_cmpint(interval.method, ==, MS_INTERVAL_NORMAL);
  g_assert_cmpfloat(interval.low, <, ms_sample_value(many, MS_SET_METRIC_MIOU).value);
  g_assert_cmpfloat(interval.high, >, ms_sample_value(many, MS_SET_METRIC_MIOU).value);
  g_assert_cmpint(sample_interval(many, 1, MS_SET_METRIC_IOU_MEAN).method, ==,
                  MS_INTERVAL_BOOTSTRAP);
  iou = ms_sample_value(few, MS_SET_METRIC_MIOU).value;
  assert_interval(sample_interval(few, 1, MS_SET_METRIC_MIOU), MS_INTERVAL_BOOTSTRAP, iou, iou);
  ms_sample_free(many);
  ms_sample_free(few);
}

/* Replicate by replicate, with the percentiles of what is left. */
static void
test_difference(void)
{
  TestRandom random = {86};
  Population population = population_new(&random);
  MsSample *a = population_sample(&population, &random, 300);
  MsSample *b = population_sample(&population, &random, 100);
  MsResamples *of_a = sample_draw(a, 1), *of_b = sample_draw(b, 2);

  for (int metric = 0; metric < MS_N_SET_METRICS; metric++) {
    MsInterval there = ms_resamples_difference(of_a, of_b, (MsSetMetric)metric);
    MsInterval back = ms_resamples_difference(of_b, of_a, (MsSetMetric)metric);
    double width_a = width(ms_resamples_interval(of_a, (MsSetMetric)metric));
    double width_b = width(ms_resamples_interval(of_b, (MsSetMetric)metric));

    g_assert_cmpint(there.method, ==, MS_INTERVAL_BOOTSTRAP);
    assert_interval(back, MS_INTERVAL_BOOTSTRAP, -there.high, -there.low);
    assert_close(width(there), hypot(width_a, width_b), WIDTH_TOLERANCE);
    g_assert_cmpfloat_with_epsilon((there.low + there.high) / 2,
                                   ms_sample_value(a, (MsSetMetric)metric).value -
                                       ms_sample_value(b, (MsSetMetric)metric).value,
                                   0.1 * width(there));
  }
  ms_resamples_free(of_a);
  ms_resamples_free(of_b);
  ms_sample_free(a);
  ms_sample_free(b);
  population_end(&population);
}

/* All of one are exact, none of the other is. */
static void
test_certain_difference(void)
{
  MsSample *right = sample_new(MS_COMPARE_BINARY, MS_EMPTY_ONE, 3);
  MsSample *wrong = sample_new(MS_COMPARE_BINARY, MS_EMPTY_ONE, 3);
  MsSample *none = sample_new(MS_COMPARE_BINARY, MS_EMPTY_ONE, 3);
  MsResamples *of_right, *of_wrong, *of_none;

  for (size_t i = 0; i < 3; i++) {
    sample_take(right, i, sample_example(MS_EMPTY_ONE, 1, 0, 0, 0));
    sample_take(wrong, i, sample_example(MS_EMPTY_ONE, 0, 1, 0, 0));
  }
  of_right = sample_draw(right, 1);
  of_wrong = sample_draw(wrong, 2);
  of_none = sample_draw(none, 3);
  assert_interval(ms_resamples_difference(of_right, of_wrong, MS_SET_METRIC_EXACT_RATIO),
                  MS_INTERVAL_BOOTSTRAP, 1, 1);
  assert_interval(ms_resamples_difference(of_wrong, of_right, MS_SET_METRIC_EXACT_RATIO),
                  MS_INTERVAL_BOOTSTRAP, -1, -1);
  g_assert_cmpint(ms_resamples_difference(of_right, of_none, MS_SET_METRIC_EXACT_RATIO).method, ==,
                  MS_INTERVAL_NONE);
  g_assert_cmpint(ms_resamples_difference(of_none, of_right, MS_SET_METRIC_EXACT_RATIO).method, ==,
                  MS_INTERVAL_NONE);
  ms_resamples_free(of_right);
  ms_resamples_free(of_wrong);
  ms_resamples_free(of_none);
  ms_sample_free(right);
  ms_sample_free(wrong);
  ms_sample_free(none);
}

/* A large sample that is all exact has no error of its own; that of two units, one exact, is
 * 0.5 / sqrt(2) by resamples. A difference reaches from -1 to 1. */
static void
test_approximated_difference(void)
{
  size_t n = MS_SAMPLE_MAX_UNITS + 1;
  MsSample *large = sample_new(MS_COMPARE_BINARY, MS_EMPTY_ONE, n);
  MsSample *small = sample_new(MS_COMPARE_BINARY, MS_EMPTY_ONE, 2);
  MsConfusion *right = sample_example(MS_EMPTY_ONE, 1, 0, 0, 0);
  MsResamples *of_large, *of_small;
  MsInterval interval;

  for (size_t i = 0; i < n; i++)
    sample_add(large, i, right);
  sample_take(small, 0, right);
  sample_take(small, 1, sample_example(MS_EMPTY_ONE, 0, 1, 0, 0));
  of_large = sample_draw(large, 1);
  of_small = sample_draw(small, 2);
  interval = ms_resamples_difference(of_large, of_small, MS_SET_METRIC_EXACT_RATIO);
  g_assert_cmpint(interval.method, ==, MS_INTERVAL_NORMAL);
  g_assert_cmpfloat(interval.high, ==, 1);
  /* A standard deviation of 2,000 values has a standard error of 1.6 %. */
  assert_close(0.5 - interval.low, 1.96 * 0.5 / sqrt(2), 0.08);
  interval = ms_resamples_difference(of_small, of_large, MS_SET_METRIC_EXACT_RATIO);
  g_assert_cmpfloat(interval.low, ==, -1);
  assert_close(interval.high + 0.5, 1.96 * 0.5 / sqrt(2), 0.08);
  ms_resamples_free(of_large);
  ms_resamples_free(of_small);
  ms_sample_free(large);
  ms_sample_free(small);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/metric/intervals/two-units", test_two_units);
  g_test_add_func("/metric/intervals/two-units-of-classes", test_two_units_of_classes);
  g_test_add_func("/metric/intervals/six-units", test_six_units);
  g_test_add_func("/metric/intervals/variance-of-a-mean", test_variance_of_a_mean);
  g_test_add_func("/metric/intervals/coverage", test_coverage);
  g_test_add_func("/metric/intervals/clusters", test_clusters);
  g_test_add_func("/metric/intervals/limit-of-units", test_limit_of_units);
  g_test_add_func("/metric/intervals/classes-approximated", test_classes_approximated);
  g_test_add_func("/metric/intervals/cut-to-range", test_cut_to_range);
  g_test_add_func("/metric/intervals/limit-of-classes", test_limit_of_classes);
  g_test_add_func("/metric/intervals/difference", test_difference);
  g_test_add_func("/metric/intervals/certain-difference", test_certain_difference);
  g_test_add_func("/metric/intervals/approximated-difference", test_approximated_difference);
  return g_test_run();
}
