/* SPDX-License-Identifier: MIT
 *
 * Sums for every threshold against the totals of the same examples counted under each.
 */
#include "metric/threshold-sums.h"

#include <math.h>

#include <glib.h>

#include "metric/confusion.h"
#include "metric/totals.h"
#include "support/ascii.h"
#include "support/random.h"

#define N_EXAMPLES 40
#define TOLERANCE  1e-10

typedef struct {
  MsRules rules;
  uint32_t n_steps;
  MsJoint *joints[N_EXAMPLES];
} Set;

/* Values from the whole range, and often its ends; some examples are empty, some ignored. */
static uint32_t
pick_value(TestRandom *random, uint32_t n_steps)
{
  switch (test_random_below(random, 8)) {
  case 0:
    return n_steps - 1;
  case 1:
    return test_random_below(random, 2);
  default:
    return test_random_below(random, n_steps);
  }
}

static MsJoint *
make_example(TestRandom *random, uint32_t n_steps, uint32_t n_ids)
{
  static const int widths[] = {1, 5, 40, 300};
  int width = widths[test_random_below(random, G_N_ELEMENTS(widths))];
  uint32_t most = test_random_below(random, n_ids) + 1;
  MsRaster actual, predicted;
  MsJoint *joint;

  g_assert_cmpint(ms_raster_init(&actual, width, 1, 8), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_raster_init(&predicted, width, 1, 16), ==, MS_STATUS_OK);
  for (int x = 0; x < width; x++) {
    ascii_set(&actual, x, 0, test_random_below(random, most));
    ascii_set(&predicted, x, 0, pick_value(random, n_steps));
  }
  g_assert_cmpint(ms_joint_new(&joint), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_joint_add(joint, &actual, &predicted, NULL), ==, MS_STATUS_OK);
  ms_raster_clear(&actual);
  ms_raster_clear(&predicted);
  return joint;
}

/* n_ids 2: background and one class; 3: and what is ignored; more: several ids are positive. */
static void
set_init(Set *set, TestRandom *random, uint32_t n_steps, uint32_t n_ids, MsEmptyRule empty)
{
  static const uint32_t ignored[] = {2};

  ms_rules_init(&set->rules);
  set->rules.comparison = MS_COMPARE_THRESHOLD;
  set->rules.empty = empty;
  if (n_ids > 2) {
    set->rules.ignored = ignored;
    set->rules.n_ignored = 1;
  }
  set->n_steps = n_steps;
  for (guint i = 0; i < N_EXAMPLES; i++)
    set->joints[i] = make_example(random, n_steps, n_ids);
}

static void
set_clear(Set *set)
{
  for (guint i = 0; i < N_EXAMPLES; i++)
    ms_joint_free(set->joints[i]);
}

static MsTotals *
totals_at(const Set *set, uint32_t step)
{
  MsRules rules = set->rules;
  MsTotals *totals;

  rules.threshold = step;
  g_assert_cmpint(ms_totals_new(&rules, &totals), ==, MS_STATUS_OK);
  for (guint i = 0; i < N_EXAMPLES; i++) {
    MsConfusion *confusion;

    g_assert_cmpint(ms_confusion_new(&rules, &confusion), ==, MS_STATUS_OK);
    g_assert_cmpint(ms_confusion_add_joint(confusion, set->joints[i], NULL), ==, MS_STATUS_OK);
    g_assert_cmpint(ms_totals_add(totals, confusion), ==, MS_STATUS_OK);
    ms_confusion_free(confusion);
  }
  return totals;
}

static void
cut_joint(const MsRules *rules, MsJoint *joint, MsThresholdCuts *cuts)
{
  const MsCell *cells;
  size_t n_cells;

  g_assert_cmpint(ms_joint_cells(joint, &cells, &n_cells), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_threshold_cuts_of_cells(cuts, rules, cells, n_cells), ==, MS_STATUS_OK);
  for (size_t i = 1; i < cuts->n_items; i++)
    g_assert_cmpuint(cuts->items[i - 1].step, <, cuts->items[i].step);
}

static void
add_joint(MsThresholdSums *sums, const MsRules *rules, MsJoint *joint, MsThresholdCuts *cuts)
{
  cut_joint(rules, joint, cuts);
  ms_threshold_sums_add(sums, cuts);
}

/* backward: the last example first. */
static MsThresholdSums *
sum_set(const Set *set, gboolean backward)
{
  MsThresholdCuts cuts = {0};
  MsThresholdSums *sums;

  g_assert_cmpint(ms_threshold_sums_new(set->n_steps, set->rules.empty, &sums), ==, MS_STATUS_OK);
  for (guint i = 0; i < N_EXAMPLES; i++)
    add_joint(sums, &set->rules, set->joints[backward ? N_EXAMPLES - 1 - i : i], &cuts);
  ms_threshold_cuts_clear(&cuts);
  return sums;
}

static void
assert_point(const MsThresholdPoint *point, const MsTotals *totals, MsEmptyRule empty)
{
  MsCounts counts = ms_confusion_counts(ms_totals_pooled(totals));

  counts.ignored = 0;
  g_assert_cmpmem(&point->counts, sizeof counts, &counts, sizeof counts);
  g_assert_cmpuint(point->n_scored, ==, ms_totals_scored(totals));
  g_assert_cmpuint(point->n_exact, ==, ms_totals_exact(totals));
  g_assert_cmpuint(point->n_in_mean, ==, ms_totals_in_mean(totals));
  for (guint metric = 0; metric < MS_N_SET_METRICS; metric++) {
    MsValue expected = ms_totals_value(totals, (MsSetMetric)metric);
    MsValue value = ms_threshold_point_value(point, empty, (MsSetMetric)metric);

    g_assert_cmpint(value.defined, ==, expected.defined);
    if (expected.defined)
      g_assert_cmpfloat(fabs(value.value - expected.value), <, TOLERANCE);
  }
}

static void
assert_steps(const Set *set, const MsThresholdSums *sums)
{
  uint32_t stride = set->n_steps > 1000 ? 509 : 1;

  for (uint32_t i = 0; i <= set->n_steps; i += stride) {
    uint32_t step = MIN(i, set->n_steps - 1);
    MsTotals *totals = totals_at(set, step);
    MsThresholdPoint point = {0};

    ms_threshold_sums_add_point(sums, step, &point);
    assert_point(&point, totals, set->rules.empty);
    ms_totals_free(totals);
  }
}

static void
test_totals(void)
{
  static const uint32_t steps[] = {1, 2, 255, 256, 257, 4001, 65536};
  static const MsEmptyRule empties[] = {MS_EMPTY_ONE, MS_EMPTY_ZERO, MS_EMPTY_SKIP};
  TestRandom random = {41};

  for (guint i = 0; i < G_N_ELEMENTS(steps); i++)
    for (uint32_t n_ids = 1; n_ids <= 5; n_ids++) {
      MsThresholdSums *sums;
      Set set;

      set_init(&set, &random, steps[i], n_ids, empties[(i + n_ids) % 3]);
      sums = sum_set(&set, FALSE);
      assert_steps(&set, sums);
      ms_threshold_sums_free(sums);
      set_clear(&set);
    }
}

/* To the last bit, whatever the order, and however examples are shared out. */
static void
test_order(void)
{
  TestRandom random = {43};
  MsThresholdCuts cuts = {0};
  MsThresholdSums *forward, *backward, *halves[2];
  Set set;

  set_init(&set, &random, 256, 4, MS_EMPTY_ONE);
  forward = sum_set(&set, FALSE);
  backward = sum_set(&set, TRUE);
  for (guint half = 0; half < 2; half++) {
    g_assert_cmpint(ms_threshold_sums_new(256, MS_EMPTY_ONE, &halves[half]), ==, MS_STATUS_OK);
    for (guint i = half; i < N_EXAMPLES; i += 2)
      add_joint(halves[half], &set.rules, set.joints[i], &cuts);
  }
  for (size_t step = 0; step < 256; step++) {
    MsThresholdPoint a = {0}, b = {0}, c = {0};

    ms_threshold_sums_add_point(forward, step, &a);
    ms_threshold_sums_add_point(backward, step, &b);
    ms_threshold_sums_add_point(halves[1], step, &c);
    ms_threshold_sums_add_point(halves[0], step, &c);
    g_assert_cmpmem(&a, sizeof a, &b, sizeof b);
    g_assert_cmpmem(&a, sizeof a, &c, sizeof c);
  }
  ms_threshold_cuts_clear(&cuts);
  ms_threshold_sums_free(forward);
  ms_threshold_sums_free(backward);
  ms_threshold_sums_free(halves[0]);
  ms_threshold_sums_free(halves[1]);
  set_clear(&set);
}

/* Actual positive at 3 and 7, negative at 0, 3 and 9; steps 0 to 9, so that 9 is positive at 8 and
 * below. Worked by hand. */
static void
test_by_hand(void)
{
  static const MsThresholdCut items[] = {{7, 2, 0}, {3, 1, 0}, {0, 0, 5}, {3, 0, 4}, {9, 0, 1}};
  static const struct {
    uint32_t step;
    MsCounts counts;
  } expected[] = {
      {0, {.tp = 3, .fp = 5, .fn = 0, .tn = 5}}, {2, {.tp = 3, .fp = 5, .fn = 0, .tn = 5}},
      {3, {.tp = 2, .fp = 1, .fn = 1, .tn = 9}}, {6, {.tp = 2, .fp = 1, .fn = 1, .tn = 9}},
      {7, {.tp = 0, .fp = 1, .fn = 3, .tn = 9}}, {9, {.tp = 0, .fp = 0, .fn = 3, .tn = 10}},
  };
  MsThresholdCuts cuts = {0};
  MsThresholdSums *sums;

  for (guint i = 0; i < G_N_ELEMENTS(items); i++)
    g_assert_cmpint(ms_threshold_cuts_append(&cuts, items[i]), ==, MS_STATUS_OK);
  ms_threshold_cuts_join(&cuts);
  g_assert_cmpuint(cuts.n_items, ==, 4);
  g_assert_cmpint(ms_threshold_sums_new(10, MS_EMPTY_ONE, &sums), ==, MS_STATUS_OK);
  ms_threshold_sums_add(sums, &cuts);
  for (guint i = 0; i < G_N_ELEMENTS(expected); i++) {
    MsThresholdPoint point = {0};

    ms_threshold_sums_add_point(sums, expected[i].step, &point);
    g_assert_cmpmem(&point.counts, sizeof(MsCounts), &expected[i].counts, sizeof(MsCounts));
  }
  ms_threshold_cuts_clear(&cuts);
  ms_threshold_sums_free(sums);
}

/* Cuts beyond the last step are positive at every one; nothing at all is exact and has no value. */
static void
test_ends(void)
{
  MsThresholdCuts cuts = {0};
  MsThresholdPoint point = {0};
  MsThresholdSums *sums;

  g_assert_cmpint(ms_threshold_sums_new(4, MS_EMPTY_ZERO, &sums), ==, MS_STATUS_OK);
  ms_threshold_sums_add(sums, &cuts);
  ms_threshold_sums_add_point(sums, 3, &point);
  g_assert_cmpuint(point.n_scored, ==, 1);
  g_assert_cmpuint(point.n_exact, ==, 1);
  g_assert_cmpuint(point.n_in_mean, ==, 0);
  g_assert_false(ms_threshold_point_value(&point, MS_EMPTY_ZERO, MS_SET_METRIC_IOU_MEAN).defined);
  g_assert_false(ms_threshold_point_value(&point, MS_EMPTY_ZERO, MS_SET_METRIC_IOU_POOLED).defined);
  g_assert_cmpint(ms_threshold_cuts_append(&cuts, (MsThresholdCut){4, 6, 2}), ==, MS_STATUS_OK);
  ms_threshold_sums_add(sums, &cuts);
  point = (MsThresholdPoint){0};
  ms_threshold_sums_add_point(sums, 3, &point);
  g_assert_cmpuint(point.counts.tp, ==, 6);
  g_assert_cmpuint(point.counts.fp, ==, 2);
  ms_threshold_cuts_clear(&cuts);
  ms_threshold_sums_free(sums);
  g_assert_cmpint(ms_threshold_sums_new(SIZE_MAX / 2, MS_EMPTY_ZERO, &sums), ==,
                  MS_STATUS_TOO_LARGE);
}

static void
test_rules(void)
{
  MsThresholdCuts cuts = {0};
  const MsCell cell = {1, 1, 1};
  MsRules rules;

  ms_rules_init(&rules);
  g_assert_cmpint(ms_threshold_cuts_of_cells(&cuts, &rules, &cell, 1), ==, MS_STATUS_INVALID);
  rules.comparison = MS_COMPARE_THRESHOLD;
  g_assert_cmpint(ms_threshold_cuts_of_cells(&cuts, &rules, NULL, 0), ==, MS_STATUS_OK);
  g_assert_cmpuint(cuts.n_items, ==, 0);
  ms_threshold_cuts_clear(&cuts);
}

/* Some examples taken off again: to the last bit what the others alone are. */
static void
test_removed(void)
{
  TestRandom random = {47};

  for (guint round = 0; round < 12; round++) {
    MsThresholdCuts cuts = {0};
    MsThresholdSums *all, *rest;
    Set set;

    set_init(&set, &random, 256, 1 + round % 5, (MsEmptyRule)(round % 3));
    all = sum_set(&set, round % 2);
    g_assert_cmpint(ms_threshold_sums_new(256, set.rules.empty, &rest), ==, MS_STATUS_OK);
    for (guint i = 0; i < N_EXAMPLES; i++) {
      cut_joint(&set.rules, set.joints[i], &cuts);
      if (test_random_below(&random, 2) == 0)
        ms_threshold_sums_add(rest, &cuts);
      else
        ms_threshold_sums_remove(all, &cuts);
    }
    for (size_t step = 0; step < 256; step++) {
      MsThresholdPoint a = {0}, b = {0};

      ms_threshold_sums_add_point(all, step, &a);
      ms_threshold_sums_add_point(rest, step, &b);
      g_assert_cmpmem(&a, sizeof a, &b, sizeof b);
    }
    ms_threshold_cuts_clear(&cuts);
    ms_threshold_sums_free(all);
    ms_threshold_sums_free(rest);
    set_clear(&set);
  }
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/threshold-sums/totals", test_totals);
  g_test_add_func("/threshold-sums/order", test_order);
  g_test_add_func("/threshold-sums/removed", test_removed);
  g_test_add_func("/threshold-sums/by-hand", test_by_hand);
  g_test_add_func("/threshold-sums/ends", test_ends);
  g_test_add_func("/threshold-sums/rules", test_rules);
  return g_test_run();
}
