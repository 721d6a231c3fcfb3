/* SPDX-License-Identifier: MIT
 *
 * Samples and their resamples: the draws themselves, every replicate of every score against a naive
 * bootstrap that adds the drawn examples to a MsTotals one by one, and what is refused.
 */
#include "metric/sample.h"

#include <math.h>
#include <stdlib.h>

#include "metric/bootstrap.h"
#include "metric/draws.h"
#include "metric/percentile.h"
#include "sample-cases.h"
#include "stack-cases.h"

#define N_UNITS    7
#define N_EXAMPLES 12

#define N_COMPARISONS (MS_COMPARE_LABELS + 1)

/* Examples of one set, each in a unit. */
typedef struct {
  MsRules rules;
  MsConfusion *examples[N_EXAMPLES];
  size_t units[N_EXAMPLES];
  size_t n_examples;
  size_t n_places;
  bool background_in_mean;
} Case;

static MsConfusion *
random_example(TestRandom *random, const MsRules *rules)
{
  static const uint32_t palettes[] = {1, 2, 5};
  uint32_t n_values = palettes[test_random_below(random, G_N_ELEMENTS(palettes))];
  MsConfusion *example;

  if (rules->comparison == MS_COMPARE_LABELS) {
    MsLabelSet sets[2];

    g_assert_cmpint(ms_confusion_new(rules, &example), ==, MS_STATUS_OK);
    for (int side = 0; side < 2; side++) {
      g_assert_cmpint(ms_label_set_init(&sets[side], 6), ==, MS_STATUS_OK);
      for (uint32_t i = 1; i < n_values; i++)
        ms_label_set_add(&sets[side], test_random_below(random, 6));
    }
    g_assert_cmpint(ms_confusion_add_labels(example, &sets[0], &sets[1]), ==, MS_STATUS_OK);
    ms_label_set_clear(&sets[0]);
    ms_label_set_clear(&sets[1]);
  } else if (rules->comparison == MS_COMPARE_STACKS) {
    StackScene actual = stack_scene_random(random, 6, 2);
    StackScene predicted = stack_scene_random(random, 6, 2);
    StackSide actual_side = stack_side(&actual), predicted_side = stack_side(&predicted);

    example = stack_confusion(rules, &actual_side, &predicted_side);
    stack_side_clear(&actual_side);
    stack_side_clear(&predicted_side);
    stack_scene_clear(&actual);
    stack_scene_clear(&predicted);
  } else {
    MsRaster actual = case_raster(random, 6, 2, 8, n_values, 2);
    MsRaster predicted = case_raster(random, 6, 2, 8, n_values, 2);

    example = confusion_of(rules, &actual, &predicted);
    case_clear(&actual);
    case_clear(&predicted);
  }
  return example;
}

/* Every comparison and every empty rule in turn; some units have several examples, some none. */
static Case
random_case(TestRandom *random, int round)
{
  Case made = {.rules = case_rules(random),
               .n_examples = 2 + test_random_below(random, N_EXAMPLES - 1),
               .n_places = 2 + test_random_below(random, N_UNITS - 1),
               .background_in_mean = test_random_below(random, 2)};

  made.rules.comparison = (MsComparison)(round % N_COMPARISONS);
  made.rules.empty = (MsEmptyRule)(round / N_COMPARISONS % 3);
  for (size_t i = 0; i < made.n_examples; i++) {
    made.examples[i] = random_example(random, &made.rules);
    made.units[i] = test_random_below(random, (uint32_t)made.n_places);
  }
  return made;
}

static void
case_end(Case *made)
{
  for (size_t i = 0; i < made->n_examples; i++)
    ms_confusion_free(made->examples[i]);
}

static MsSample *
sample_of(const Case *made)
{
  MsSample *sample;

  g_assert_cmpint(ms_sample_new(&made->rules, made->n_places, &sample), ==, MS_STATUS_OK);
  ms_sample_set_background_in_mean(sample, made->background_in_mean);
  for (size_t i = 0; i < made->n_examples; i++)
    sample_add(sample, made->units[i], made->examples[i]);
  return sample;
}

/* Each example as often as its unit's weight says; NULL: once. */
static MsTotals *
totals_of(const Case *made, const uint16_t *weights)
{
  MsTotals *totals;

  g_assert_cmpint(ms_totals_new(&made->rules, &totals), ==, MS_STATUS_OK);
  ms_totals_set_background_in_mean(totals, made->background_in_mean);
  for (size_t i = 0; i < made->n_examples; i++) {
    for (int n = weights ? weights[made->units[i]] : 1; n > 0; n--)
      g_assert_cmpint(ms_totals_add(totals, made->examples[i]), ==, MS_STATUS_OK);
  }
  return totals;
}

static void
test_values(void)
{
  TestRandom random = {71};

  for (int round = 0; round < 120; round++) {
    Case made = random_case(&random, round);
    MsSample *sample = sample_of(&made);
    MsTotals *totals = totals_of(&made, NULL);

    for (int metric = 0; metric < MS_N_SET_METRICS; metric++) {
      MsValue got = ms_sample_value(sample, (MsSetMetric)metric);
      MsValue want = ms_totals_value(totals, (MsSetMetric)metric);

      g_assert_true(got.defined == want.defined);
      g_assert_true(got.by_rule == want.by_rule);
      g_assert_true(!got.defined || got.value == want.value);
    }
    ms_totals_free(totals);
    ms_sample_free(sample);
    case_end(&made);
  }
}

/* The weights of one resample by unit: those without an example are not drawn. */
static void
naive_weights(const Case *made, uint64_t seed, uint64_t resample, uint16_t *weights)
{
  bool is_unit[N_UNITS] = {false};
  uint16_t drawn[N_UNITS];
  uint32_t n_units = 0, next = 0;

  for (size_t i = 0; i < made->n_examples; i++)
    is_unit[made->units[i]] = true;
  for (size_t i = 0; i < made->n_places; i++)
    n_units += is_unit[i];
  ms_draws_weigh(seed, resample, n_units, drawn);
  for (size_t i = 0; i < made->n_places; i++)
    weights[i] = is_unit[i] ? drawn[next++] : 0;
}

static void
check_replicates(const Case *made, uint64_t seed, const MsReplicates *replicates)
{
  for (size_t i = 0; i < MS_N_RESAMPLES; i++) {
    uint16_t weights[N_UNITS];
    MsTotals *totals;

    naive_weights(made, seed, i, weights);
    totals = totals_of(made, weights);
    for (int metric = 0; metric < MS_N_SET_METRICS; metric++) {
      MsValue want = ms_totals_value(totals, (MsSetMetric)metric);

      g_assert_true(replicates->exists[metric][i] == want.defined);
      if (want.defined)
        g_assert_cmpfloat_with_epsilon(replicates->values[metric][i], want.value, 1e-12);
    }
    ms_totals_free(totals);
  }
}

static int
compare_doubles(const void *left, const void *right)
{
  double l = *(const double *)left, r = *(const double *)right;

  return (l > r) - (l < r);
}

/* As NumPy's percentile() does by default. */
static double
naive_percentile(const double *sorted, size_t n_values, double fraction)
{
  double place = fraction * (double)(n_values - 1);
  size_t below = (size_t)place, above = MIN(below + 1, n_values - 1);

  return sorted[below] + (sorted[above] - sorted[below]) * (place - (double)below);
}

static void
check_interval(const MsReplicates *replicates, MsSetMetric metric, const MsResamples *resamples)
{
  MsInterval interval = ms_resamples_interval(resamples, metric);
  double values[MS_N_RESAMPLES];
  size_t n_values = 0;

  for (size_t i = 0; i < MS_N_RESAMPLES; i++) {
    if (replicates->exists[metric][i])
      values[n_values++] = replicates->values[metric][i];
  }
  qsort(values, n_values, sizeof *values, compare_doubles);
  g_assert_cmpint(interval.method, ==, MS_INTERVAL_BOOTSTRAP);
  g_assert_cmpfloat(interval.low, ==, naive_percentile(values, n_values, 0.025));
  g_assert_cmpfloat(interval.high, ==, naive_percentile(values, n_values, 0.975));
}

static void
test_naive_bootstrap(void)
{
  TestRandom random = {72};
  g_autofree MsReplicates *replicates = g_new(MsReplicates, 1);
  int n_absent = 0;

  for (int round = 0; round < 2 * 3 * N_COMPARISONS; round++) {
    Case made = random_case(&random, round);
    MsSample *sample = sample_of(&made);
    uint64_t seed = (uint64_t)round << 40 | 5;
    MsResamples *resamples = sample_draw(sample, seed);
    bool by_class = ms_comparison_has_classes(made.rules.comparison);

    if (ms_sample_n_units(sample) >= 2) {
      g_assert_cmpint(ms_bootstrap(sample, seed, by_class, NULL, replicates), ==, MS_STATUS_OK);
      check_replicates(&made, seed, replicates);
      for (int metric = 0; metric < MS_N_SET_METRICS; metric++) {
        if (ms_sample_value(sample, (MsSetMetric)metric).defined)
          check_interval(replicates, (MsSetMetric)metric, resamples);
        for (size_t i = 0; i < MS_N_RESAMPLES; i++)
          n_absent += !replicates->exists[metric][i];
      }
    }
    ms_resamples_free(resamples);
    ms_sample_free(sample);
    case_end(&made);
  }
  g_assert_cmpint(n_absent, >, 0);
}

/* Weights sum to the number of units; one draw is as likely to be any unit as another; two draws
 * have nothing to do with each other. Over 2,000 resamples of n units, a unit's draws are
 * binomial(2,000 n, 1 / n), with a standard deviation below sqrt(2,000) = 45; the mean of
 * (weight - 1)^2 over 2,000 n weights is 1 - 1 / n, with one below sqrt(3 / 2,000 n). Five of them
 * are allowed. */
static void
test_draws(void)
{
  static const uint32_t sizes[] = {1, 2, 3, 10, 37, 256};

  for (size_t k = 0; k < G_N_ELEMENTS(sizes); k++) {
    uint32_t n = sizes[k];
    uint64_t sums[256] = {0};
    double squares = 0;

    for (uint64_t resample = 0; resample < MS_N_RESAMPLES; resample++) {
      uint16_t weights[256];
      uint32_t sum = 0;

      ms_draws_weigh(3, resample, n, weights);
      for (uint32_t i = 0; i < n; i++) {
        sum += weights[i];
        sums[i] += weights[i];
        squares += (weights[i] - 1.0) * (weights[i] - 1.0);
      }
      g_assert_cmpuint(sum, ==, n);
    }
    for (uint32_t i = 0; i < n; i++)
      g_assert_cmpfloat_with_epsilon((double)sums[i], MS_N_RESAMPLES, 5 * 45);
    g_assert_cmpfloat_with_epsilon(squares / (MS_N_RESAMPLES * (double)n), 1 - 1.0 / n,
                                   5 * sqrt(3 / (MS_N_RESAMPLES * (double)n)));
  }
}

static void
test_percentile(void)
{
  TestRandom random = {73};

  for (int round = 0; round < 2000; round++) {
    size_t n_values = 1 + test_random_below(&random, round % 2 ? 2000 : 6);
    uint32_t n_different = 1 + test_random_below(&random, round % 3 ? 100000 : 4);
    g_autofree double *values = g_new(double, n_values), *sorted = g_new(double, n_values);
    double fraction = test_random_below(&random, 1001) / 1000.0;

    for (size_t i = 0; i < n_values; i++)
      sorted[i] = values[i] = (double)test_random_below(&random, n_different) - 2;
    qsort(sorted, n_values, sizeof *sorted, compare_doubles);
    g_assert_cmpfloat(ms_percentile(values, n_values, fraction), ==,
                      naive_percentile(sorted, n_values, fraction));
    qsort(values, n_values, sizeof *values, compare_doubles);
    g_assert_cmpmem(values, n_values * sizeof *values, sorted, n_values * sizeof *sorted);
  }
}

static void
test_same_seed(void)
{
  TestRandom random = {74};
  Case made = random_case(&random, 2);
  MsSample *sample = sample_of(&made);
  g_autofree MsReplicates *first = g_new0(MsReplicates, 1), *again = g_new0(MsReplicates, 1);

  g_assert_cmpint(ms_bootstrap(sample, 9, true, NULL, first), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_bootstrap(sample, 9, true, NULL, again), ==, MS_STATUS_OK);
  g_assert_cmpmem(first, sizeof *first, again, sizeof *again);
  g_assert_cmpint(ms_bootstrap(sample, 10, true, NULL, again), ==, MS_STATUS_OK);
  for (int metric = 0; metric < MS_N_SET_METRICS; metric++)
    g_assert_true(memcmp(first->values[metric], again->values[metric], sizeof first->values[0]));
  ms_sample_free(sample);
  case_end(&made);
}

/* What is drawn are unit numbers, not the calls that filled them. */
static void
test_order_of_units(void)
{
  static const int steps[] = {1, 7};
  MsInterval intervals[2];

  for (size_t k = 0; k < G_N_ELEMENTS(steps); k++) {
    MsSample *sample = sample_new(MS_COMPARE_BINARY, MS_EMPTY_ONE, 60);

    for (int i = 0; i < 30; i++) {
      int unit = i * steps[k] % 30;
      MsConfusion *example = sample_example(MS_EMPTY_ONE, unit * unit % 17, 1 + unit % 5, 1, 2);

      sample_take(sample, (size_t)unit * 2, example);
    }
    intervals[k] = sample_interval(sample, 1, MS_SET_METRIC_IOU_MEAN);
    ms_sample_free(sample);
  }
  assert_interval(intervals[0], MS_INTERVAL_BOOTSTRAP, intervals[1].low, intervals[1].high);
  g_assert_cmpfloat(intervals[0].low, <, intervals[0].high);
}

static void
assert_no_interval(const MsSample *sample)
{
  MsResamples *resamples = sample_draw(sample, 1);

  for (int metric = 0; metric < MS_N_SET_METRICS; metric++) {
    g_assert_cmpint(ms_resamples_interval(resamples, (MsSetMetric)metric).method, ==,
                    MS_INTERVAL_NONE);
    g_assert_cmpint(ms_resamples_difference(resamples, resamples, (MsSetMetric)metric).method, ==,
                    MS_INTERVAL_NONE);
  }
  ms_resamples_free(resamples);
}

static void
test_too_few_units(void)
{
  for (int comparison = MS_COMPARE_BINARY; comparison <= MS_COMPARE_LABELS; comparison++) {
    MsSample *sample = sample_new((MsComparison)comparison, MS_EMPTY_ONE, 0);

    assert_no_interval(sample);
    for (int metric = 0; metric < MS_N_SET_METRICS; metric++)
      assert_undefined(ms_sample_value(sample, (MsSetMetric)metric));
    ms_sample_free(sample);
  }
  ms_sample_free(NULL);
  ms_resamples_free(NULL);
}

static void
test_units(void)
{
  MsSample *sample = sample_new(MS_COMPARE_BINARY, MS_EMPTY_ONE, 3);
  MsConfusion *example = sample_example(MS_EMPTY_ONE, 1, 1, 0, 2);

  g_assert_cmpint(ms_sample_add(sample, 3, example), ==, MS_STATUS_INVALID);
  g_assert_cmpint(ms_sample_add(sample, SIZE_MAX, example), ==, MS_STATUS_INVALID);
  g_assert_cmpuint(ms_sample_n_units(sample), ==, 0);
  assert_undefined(ms_sample_value(sample, MS_SET_METRIC_EXACT_RATIO));
  sample_add(sample, 2, example);
  sample_add(sample, 2, example);
  g_assert_cmpuint(ms_sample_n_units(sample), ==, 1);
  assert_value(ms_sample_value(sample, MS_SET_METRIC_IOU_MEAN), 0.5);
  assert_no_interval(sample);
  sample_add(sample, 0, example);
  g_assert_cmpuint(ms_sample_n_units(sample), ==, 2);
  assert_interval(sample_interval(sample, 1, MS_SET_METRIC_IOU_MEAN), MS_INTERVAL_BOOTSTRAP, 0.5,
                  0.5);
  ms_confusion_free(example);
  ms_sample_free(sample);
}

static void
test_too_large(void)
{
  MsSample *sample = NULL;
  MsRules rules;

  ms_rules_init(&rules);
  g_assert_cmpint(ms_sample_new(&rules, SIZE_MAX, &sample), ==, MS_STATUS_TOO_LARGE);
  g_assert_cmpint(ms_sample_new(&rules, SIZE_MAX / 4, &sample), ==, MS_STATUS_TOO_LARGE);
  g_assert_null(sample);
}

/* Under `skip` nothing but empty pairs has no overlap score, and exact matches all the same. */
static void
test_all_empty(void)
{
  for (int rule = MS_EMPTY_ONE; rule <= MS_EMPTY_SKIP; rule++) {
    MsSample *sample = sample_new(MS_COMPARE_BINARY, (MsEmptyRule)rule, 4);
    MsResamples *resamples;
    double want = rule == MS_EMPTY_ONE ? 1 : 0;

    for (size_t i = 0; i < 4; i++)
      sample_take(sample, i, sample_example((MsEmptyRule)rule, 0, 0, 0, 3));
    resamples = sample_draw(sample, 1);
    for (int metric = 0; metric < MS_N_SET_METRICS; metric++) {
      MsInterval interval = ms_resamples_interval(resamples, (MsSetMetric)metric);

      if (metric == MS_SET_METRIC_EXACT_RATIO || metric == MS_SET_METRIC_HAMMING)
        assert_interval(interval, MS_INTERVAL_BOOTSTRAP, 1, 1);
      else if (rule == MS_EMPTY_SKIP)
        g_assert_cmpint(interval.method, ==, MS_INTERVAL_NONE);
      else
        assert_interval(interval, MS_INTERVAL_BOOTSTRAP, want, want);
    }
    ms_resamples_free(resamples);
    ms_sample_free(sample);
  }
}

/* The same of so many that they are approximated. */
static void
test_many_empty(void)
{
  size_t n = MS_SAMPLE_MAX_UNITS + 1;
  MsConfusion *example = sample_example(MS_EMPTY_SKIP, 0, 0, 0, 3);
  MsSample *sample = sample_new(MS_COMPARE_BINARY, MS_EMPTY_SKIP, n);

  for (size_t i = 0; i < n; i++)
    sample_add(sample, i, example);
  g_assert_cmpint(sample_interval(sample, 1, MS_SET_METRIC_IOU_MEAN).method, ==, MS_INTERVAL_NONE);
  assert_interval(sample_interval(sample, 1, MS_SET_METRIC_HAMMING), MS_INTERVAL_NORMAL, 1, 1);
  ms_confusion_free(example);
  ms_sample_free(sample);
}

/* One unit of six has an IoU, 0.5: a third of the resamples go without, the others all have it, and
 * so do differences to a sample where it is always 1. */
static void
test_resamples_without_a_score(void)
{
  static const MsSetMetric metrics[] = {MS_SET_METRIC_IOU_MEAN, MS_SET_METRIC_IOU_POOLED,
                                        MS_SET_METRIC_MIOU};
  MsSample *sample = sample_new(MS_COMPARE_BINARY, MS_EMPTY_SKIP, 6);
  MsSample *other = sample_new(MS_COMPARE_BINARY, MS_EMPTY_SKIP, 6);
  MsResamples *resamples, *of_other;

  sample_take(sample, 0, sample_example(MS_EMPTY_SKIP, 1, 1, 0, 1));
  for (size_t i = 1; i < 6; i++)
    sample_take(sample, i, sample_example(MS_EMPTY_SKIP, 0, 0, 0, 3));
  for (size_t i = 0; i < 6; i++)
    sample_take(other, i, sample_example(MS_EMPTY_SKIP, 1, 0, 0, 1));
  resamples = sample_draw(sample, 1);
  of_other = sample_draw(other, 2);
  for (size_t k = 0; k < G_N_ELEMENTS(metrics); k++) {
    assert_interval(ms_resamples_interval(resamples, metrics[k]), MS_INTERVAL_BOOTSTRAP, 0.5, 0.5);
    assert_interval(ms_resamples_difference(resamples, of_other, metrics[k]), MS_INTERVAL_BOOTSTRAP,
                    -0.5, -0.5);
    assert_interval(ms_resamples_difference(of_other, resamples, metrics[k]), MS_INTERVAL_BOOTSTRAP,
                    0.5, 0.5);
  }
  ms_resamples_free(resamples);
  ms_resamples_free(of_other);
  ms_sample_free(sample);
  ms_sample_free(other);
}

/* A resample in which nothing is counted has no IoU, whatever an empty pair is worth. */
static void
test_nothing_counted(void)
{
  static const uint32_t ignored[] = {255};
  MsRules rules = {.comparison = MS_COMPARE_BINARY, .ignored = ignored, .n_ignored = 1};
  MsSample *sample;

  g_assert_cmpint(ms_sample_new(&rules, 4, &sample), ==, MS_STATUS_OK);
  sample_take(sample, 0, confusion_of_ascii(&rules, "##\n", "#.\n"));
  for (size_t i = 1; i < 4; i++)
    sample_take(sample, i, confusion_of_ascii(&rules, "??\n", "#.\n"));
  assert_interval(sample_interval(sample, 1, MS_SET_METRIC_IOU_POOLED), MS_INTERVAL_BOOTSTRAP, 0.5,
                  0.5);
  assert_interval(sample_interval(sample, 1, MS_SET_METRIC_DICE_POOLED), MS_INTERVAL_BOOTSTRAP,
                  2.0 / 3, 2.0 / 3);
  assert_interval(sample_interval(sample, 1, MS_SET_METRIC_HAMMING), MS_INTERVAL_BOOTSTRAP, 0.5,
                  0.5);
  assert_interval(sample_interval(sample, 1, MS_SET_METRIC_EXACT_RATIO), MS_INTERVAL_BOOTSTRAP,
                  0.25, 1);
  ms_sample_free(sample);
}

/* Says go on so many times. */
static bool
ask_patience(void *user, double fraction)
{
  int *left = user;

  g_assert_cmpfloat(fraction, >=, 0);
  g_assert_cmpfloat(fraction, <=, 1);
  return (*left)-- > 0;
}

/* A bootstrap asks every eight resamples; an approximation twice for 100,001 units in the pass for
 * ratios, and twice in that for classes. */
static void
test_cancel(void)
{
  static const size_t sizes[] = {20, MS_SAMPLE_MAX_UNITS + 1};
  static const int n_questions[] = {250, 4};
  MsConfusion *example = sample_class_example(1, 2);

  for (size_t k = 0; k < G_N_ELEMENTS(sizes); k++) {
    MsSample *sample = sample_new(MS_COMPARE_CLASSES, MS_EMPTY_ONE, sizes[k]);

    for (size_t i = 0; i < sizes[k]; i++)
      sample_add(sample, i, example);
    for (int n = 0; n <= n_questions[k]; n++) {
      bool enough = n == n_questions[k];
      int left = n;
      MsControl control = {ask_patience, &left};
      MsResamples *resamples = NULL;

      g_assert_cmpint(ms_sample_resample(sample, 1, &control, &resamples), ==,
                      enough ? MS_STATUS_OK : MS_STATUS_CANCELLED);
      g_assert_true((resamples != NULL) == enough);
      g_assert_cmpint(left, ==, enough ? 0 : -1);
      ms_resamples_free(resamples);
    }
    ms_sample_free(sample);
  }
  ms_confusion_free(example);
}

/* The classes of a unit come with its examples, known ones and new ones between them: drawn as if
 * its examples had been one. */
static void
test_classes_of_units(void)
{
  static const uint32_t pairs[][2] = {{5, 5}, {5, 7}, {2, 2}, {6, 5}, {5, 5}, {9, 1}, {2, 6}};
  MsRules rules = {.comparison = MS_COMPARE_CLASSES, .background = -1};
  MsSample *apart = sample_new(MS_COMPARE_CLASSES, MS_EMPTY_ONE, 12);
  MsSample *merged = sample_new(MS_COMPARE_CLASSES, MS_EMPTY_ONE, 12);
  TestRandom random = {67};

  for (size_t unit = 0; unit < 12; unit++) {
    MsConfusion *sum;

    g_assert_cmpint(ms_confusion_new(&rules, &sum), ==, MS_STATUS_OK);
    for (size_t i = 0; i <= unit; i++) {
      const uint32_t *pair = pairs[test_random_below(&random, G_N_ELEMENTS(pairs))];
      MsConfusion *example = sample_class_example(pair[0], pair[1]);

      g_assert_cmpint(ms_confusion_merge(sum, example), ==, MS_STATUS_OK);
      sample_take(apart, unit, example);
    }
    sample_take(merged, unit, sum);
  }
  for (uint64_t seed = 1; seed < 4; seed++) {
    MsInterval expected = sample_interval(merged, seed, MS_SET_METRIC_MIOU);

    g_assert_cmpfloat(expected.low, <, expected.high);
    assert_interval(sample_interval(apart, seed, MS_SET_METRIC_MIOU), MS_INTERVAL_BOOTSTRAP,
                    expected.low, expected.high);
  }
  ms_sample_free(apart);
  ms_sample_free(merged);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/metric/sample/values", test_values);
  g_test_add_func("/metric/sample/draws", test_draws);
  g_test_add_func("/metric/sample/percentile", test_percentile);
  g_test_add_func("/metric/sample/naive-bootstrap", test_naive_bootstrap);
  g_test_add_func("/metric/sample/same-seed", test_same_seed);
  g_test_add_func("/metric/sample/order-of-units", test_order_of_units);
  g_test_add_func("/metric/sample/too-few-units", test_too_few_units);
  g_test_add_func("/metric/sample/units", test_units);
  g_test_add_func("/metric/sample/classes-of-units", test_classes_of_units);
  g_test_add_func("/metric/sample/too-large", test_too_large);
  g_test_add_func("/metric/sample/all-empty", test_all_empty);
  g_test_add_func("/metric/sample/resamples-without-a-score", test_resamples_without_a_score);
  g_test_add_func("/metric/sample/many-empty", test_many_empty);
  g_test_add_func("/metric/sample/nothing-counted", test_nothing_counted);
  g_test_add_func("/metric/sample/cancel", test_cancel);
  return g_test_run();
}
