/* SPDX-License-Identifier: MIT
 *
 * Scores of sets and of groups, worked by hand.
 */
#include "metric/totals.h"

#include "cases.h"

static const uint32_t void_ids[] = {255};

typedef struct {
  const char *actual;
  const char *predicted;
} Drawing;

static MsTotals *
totals_of(const MsRules *rules, const Drawing *drawings, size_t n_drawings)
{
  MsTotals *totals;

  g_assert_cmpint(ms_totals_new(rules, &totals), ==, MS_STATUS_OK);
  for (size_t i = 0; i < n_drawings; i++) {
    MsConfusion *example = confusion_of_ascii(rules, drawings[i].actual, drawings[i].predicted);

    g_assert_cmpint(ms_totals_add(totals, example), ==, MS_STATUS_OK);
    ms_confusion_free(example);
  }
  return totals;
}

static void
test_nothing(void)
{
  MsRules rules;
  MsTotals *totals;

  ms_rules_init(&rules);
  totals = totals_of(&rules, NULL, 0);
  for (int metric = 0; metric < MS_N_SET_METRICS; metric++)
    assert_undefined(ms_totals_value(totals, (MsSetMetric)metric));
  g_assert_cmpuint(ms_totals_scored(totals), ==, 0);
  ms_totals_free(totals);
  ms_totals_free(NULL);
}

/* IoU 1/2, 1, 0 and an empty pair. */
static void
test_binary(void)
{
  static const Drawing drawings[] = {
      {"##..\n", "#...\n"}, {".#\n", ".#\n"}, {"#..\n", ".##\n"}, {"...\n", "...\n"}};
  static const double means[] = {2.5 / 4, 1.5 / 4, 1.5 / 3};
  static const double dice_means[] = {(2.0 / 3 + 2) / 4, (2.0 / 3 + 1) / 4, (2.0 / 3 + 1) / 3};

  for (int rule = MS_EMPTY_ONE; rule <= MS_EMPTY_SKIP; rule++) {
    MsRules rules;
    MsTotals *totals;

    ms_rules_init(&rules);
    rules.empty = (MsEmptyRule)rule;
    totals = totals_of(&rules, drawings, G_N_ELEMENTS(drawings));
    assert_value(ms_totals_value(totals, MS_SET_METRIC_IOU_MEAN), means[rule]);
    assert_value(ms_totals_value(totals, MS_SET_METRIC_DICE_MEAN), dice_means[rule]);
    assert_value(ms_totals_value(totals, MS_SET_METRIC_IOU_POOLED), 2.0 / 6);
    assert_value(ms_totals_value(totals, MS_SET_METRIC_DICE_POOLED), 4.0 / 8);
    assert_value(ms_totals_value(totals, MS_SET_METRIC_MIOU), 2.0 / 6);
    assert_value(ms_totals_value(totals, MS_SET_METRIC_EXACT_RATIO), 0.5);
    assert_value(ms_totals_value(totals, MS_SET_METRIC_HAMMING), 8.0 / 12);
    g_assert_cmpuint(ms_totals_scored(totals), ==, 4);
    g_assert_cmpuint(ms_totals_exact(totals), ==, 2);
    g_assert_cmpuint(ms_totals_in_mean(totals), ==, rule == MS_EMPTY_SKIP ? 3 : 4);
    assert_counts(ms_confusion_counts(ms_totals_pooled(totals)), 2, 2, 2, 6);
    ms_totals_free(totals);
  }
}

/* Class 3 is absent from both, 2 only predicted, 255 ignored; and a pair with nothing counted. */
static void
test_classes(void)
{
  static const uint32_t classes[] = {0, 1, 2, 3, 255};
  static const Drawing drawings[] = {
      {"0 0 1 1 ?\n", "0 0 1 2 1\n"}, {"0 1\n", "1 1\n"}, {"? ?\n", "0 1\n"}};
  MsRules rules = {.comparison = MS_COMPARE_CLASSES,
                   .ignored = void_ids,
                   .n_ignored = 1,
                   .classes = classes,
                   .n_classes = G_N_ELEMENTS(classes)};
  MsTotals *totals = totals_of(&rules, drawings, G_N_ELEMENTS(drawings));

  /* class 0: 2/3, class 1: 2/4, class 2: 0/1; headline: TP 2, FP 2, FN 1 */
  assert_value(ms_totals_value(totals, MS_SET_METRIC_MIOU), (2.0 / 3 + 0.5 + 0) / 3);
  assert_value(ms_totals_value(totals, MS_SET_METRIC_IOU_POOLED), 2.0 / 5);
  assert_value(ms_totals_value(totals, MS_SET_METRIC_IOU_MEAN), (1.0 / 3 + 1.0 / 2) / 2);
  assert_value(ms_totals_value(totals, MS_SET_METRIC_EXACT_RATIO), 1.0 / 3);
  assert_value(ms_totals_value(totals, MS_SET_METRIC_HAMMING), 4.0 / 6);
  g_assert_cmpuint(ms_totals_scored(totals), ==, 3);
  g_assert_cmpuint(ms_totals_in_mean(totals), ==, 2);
  g_assert_cmpuint(ms_confusion_counts(ms_totals_pooled(totals)).ignored, ==, 3);

  ms_totals_set_background_in_mean(totals, false);
  assert_value(ms_totals_value(totals, MS_SET_METRIC_MIOU), (0.5 + 0) / 2);
  ms_totals_free(totals);
}

/* No class but background: without it there is nothing to average. */
static void
test_only_background(void)
{
  static const Drawing drawings[] = {{"00\n", "00\n"}};
  MsRules rules = {.comparison = MS_COMPARE_CLASSES};
  MsTotals *totals = totals_of(&rules, drawings, 1);

  assert_value(ms_totals_value(totals, MS_SET_METRIC_MIOU), 1);
  assert_value(ms_totals_value(totals, MS_SET_METRIC_IOU_POOLED), 1);
  g_assert_true(ms_totals_value(totals, MS_SET_METRIC_IOU_POOLED).by_rule);
  ms_totals_set_background_in_mean(totals, false);
  assert_undefined(ms_totals_value(totals, MS_SET_METRIC_MIOU));
  ms_totals_free(totals);
}

/* Two slices of volume 2, one of volume 0; volume 1 has none. */
static void
test_groups(void)
{
  static const Drawing slices[] = {{"##..\n", "#...\n"}, {"#...\n", "####\n"}, {"#\n", "#\n"}};
  static const size_t volumes[] = {2, 2, 0};
  MsRules rules;
  MsGroups *groups;
  MsTotals *totals;

  ms_rules_init(&rules);
  g_assert_cmpint(ms_groups_new(&rules, 3, &groups), ==, MS_STATUS_OK);
  for (size_t i = 0; i < G_N_ELEMENTS(slices); i++) {
    MsConfusion *slice = confusion_of_ascii(&rules, slices[i].actual, slices[i].predicted);

    g_assert_cmpint(ms_groups_add(groups, volumes[i], slice), ==, MS_STATUS_OK);
    g_assert_cmpint(ms_groups_add(groups, 3, slice), ==, MS_STATUS_INVALID);
    ms_confusion_free(slice);
  }
  g_assert_cmpint(ms_groups_totals(groups, &totals), ==, MS_STATUS_OK);
  g_assert_nonnull(ms_groups_counts(groups, volumes[0]));
  g_assert_null(ms_groups_counts(groups, 3));
  ms_groups_free(groups);
  ms_groups_free(NULL);

  g_assert_cmpuint(ms_totals_scored(totals), ==, 2);
  g_assert_cmpuint(ms_totals_exact(totals), ==, 1);
  assert_value(ms_totals_value(totals, MS_SET_METRIC_IOU_MEAN), (1 + 2.0 / 6) / 2);
  assert_value(ms_totals_value(totals, MS_SET_METRIC_IOU_POOLED), 3.0 / 7);
  ms_totals_free(totals);
}

/* Rules are copied: the caller's lists may go. */
static void
test_rules_are_copied(void)
{
  uint32_t *ignored = g_new(uint32_t, 1), *classes = g_new(uint32_t, 2);
  MsRules rules = {.comparison = MS_COMPARE_CLASSES,
                   .ignored = ignored,
                   .n_ignored = 1,
                   .classes = classes,
                   .n_classes = 2};
  static const Drawing drawing = {"0 1 ?\n", "0 1 1\n"};
  MsTotals *totals;
  MsConfusion *example;

  ignored[0] = 255;
  classes[0] = 0;
  classes[1] = 1;
  g_assert_cmpint(ms_totals_new(&rules, &totals), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_confusion_new(&rules, &example), ==, MS_STATUS_OK);
  ignored[0] = classes[0] = classes[1] = 77;
  g_free(ignored);
  g_free(classes);

  {
    MsRaster actual = ascii_raster(drawing.actual, 8);
    MsRaster predicted = ascii_raster(drawing.predicted, 8);

    g_assert_cmpint(ms_confusion_add_rasters(example, &actual, &predicted, NULL, NULL), ==,
                    MS_STATUS_OK);
    ms_raster_clear(&actual);
    ms_raster_clear(&predicted);
  }
  g_assert_cmpint(ms_totals_add(totals, example), ==, MS_STATUS_OK);
  g_assert_cmpuint(ms_totals_exact(totals), ==, 1);
  g_assert_cmpuint(ms_confusion_counts(ms_totals_pooled(totals)).ignored, ==, 1);
  ms_confusion_free(example);
  ms_totals_free(totals);
}

/* --- taken off again --- */

static void
assert_totals_like(const MsTotals *totals, const MsTotals *expected)
{
  MsKindCounts kinds = ms_confusion_kinds(ms_totals_pooled(totals));
  MsKindCounts expected_kinds = ms_confusion_kinds(ms_totals_pooled(expected));

  g_assert_cmpmem(&kinds, sizeof kinds, &expected_kinds, sizeof kinds);
  g_assert_cmpuint(ms_totals_scored(totals), ==, ms_totals_scored(expected));
  g_assert_cmpuint(ms_totals_exact(totals), ==, ms_totals_exact(expected));
  g_assert_cmpuint(ms_totals_in_mean(totals), ==, ms_totals_in_mean(expected));
  for (int metric = 0; metric < MS_N_SET_METRICS; metric++) {
    MsValue value = ms_totals_value(totals, (MsSetMetric)metric);
    MsValue wanted = ms_totals_value(expected, (MsSetMetric)metric);

    g_assert_cmpint(value.defined, ==, wanted.defined);
    if (wanted.defined)
      g_assert_cmpfloat_with_epsilon(value.value, wanted.value, 1e-12);
  }
}

/* Some of many, in another order than they came: as if only the others had been added. */
static void
test_removed(void)
{
  enum { N_ROUNDS = 300, N_PAIRS = 12 };
  TestRandom random = {57};

  for (int round = 0; round < N_ROUNDS; round++) {
    MsRules rules = case_rules(&random);
    MsConfusion *examples[N_PAIRS];
    MsTotals *all, *rest;
    guint share = test_random_below(&random, 4); /* 0: none stays */

    rules.empty = (MsEmptyRule)(round % 3);
    g_assert_cmpint(ms_totals_new(&rules, &all), ==, MS_STATUS_OK);
    g_assert_cmpint(ms_totals_new(&rules, &rest), ==, MS_STATUS_OK);
    for (int i = 0; i < N_PAIRS; i++) {
      CasePair pair = case_pair(&random, 0, 0);

      examples[i] = confusion_of(&rules, &pair.actual, &pair.predicted);
      g_assert_cmpint(ms_totals_add(all, examples[i]), ==, MS_STATUS_OK);
      case_pair_clear(&pair);
    }
    for (int i = N_PAIRS; i-- > 0;) {
      gboolean stays = test_random_below(&random, 3) < share;

      g_assert_cmpint(stays ? ms_totals_add(rest, examples[i]) : ms_totals_remove(all, examples[i]),
                      ==, MS_STATUS_OK);
      ms_confusion_free(examples[i]);
    }
    assert_totals_like(all, rest);
    ms_totals_free(all);
    ms_totals_free(rest);
  }
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/metric/totals/nothing", test_nothing);
  g_test_add_func("/metric/totals/binary", test_binary);
  g_test_add_func("/metric/totals/classes", test_classes);
  g_test_add_func("/metric/totals/only-background", test_only_background);
  g_test_add_func("/metric/totals/groups", test_groups);
  g_test_add_func("/metric/totals/removed", test_removed);
  g_test_add_func("/metric/totals/rules-are-copied", test_rules_are_copied);
  return g_test_run();
}
