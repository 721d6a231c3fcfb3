/* SPDX-License-Identifier: MIT
 *
 * Ratios of counts and what they are worth when there is nothing to divide; thresholds and rules.
 */
#include "metric/score.h"

#include "cases.h"

static void
test_documents(void)
{
  MsCounts mask = {.tp = 416, .fp = 73, .fn = 39}, song = {.tp = 2, .fp = 1, .fn = 1, .tn = 1};

  assert_value(ms_score_iou(&mask, MS_EMPTY_ONE), 416.0 / 528.0);
  assert_value(ms_score_dice(&mask, MS_EMPTY_ONE), 832.0 / 944.0);
  assert_value(ms_score_precision(&mask, MS_EMPTY_ONE), 416.0 / 489.0);
  assert_value(ms_score_recall(&mask, MS_EMPTY_ONE), 416.0 / 455.0);
  assert_value(ms_score_iou(&song, MS_EMPTY_ONE), 0.5);
  assert_value(ms_score_dice(&song, MS_EMPTY_ONE), 2.0 / 3.0);
  assert_value(ms_score_accuracy(&song), 0.6);
  g_assert_false(ms_score_iou(&mask, MS_EMPTY_ONE).by_rule);
}

static void
test_both_empty(void)
{
  MsValue (*const scores[])(const MsCounts *, MsEmptyRule) = {ms_score_iou, ms_score_dice,
                                                              ms_score_precision, ms_score_recall};
  MsCounts empty = {.tn = 12};

  for (size_t i = 0; i < G_N_ELEMENTS(scores); i++) {
    assert_value(scores[i](&empty, MS_EMPTY_ONE), 1);
    assert_value(scores[i](&empty, MS_EMPTY_ZERO), 0);
    assert_undefined(scores[i](&empty, MS_EMPTY_SKIP));
    g_assert_true(scores[i](&empty, MS_EMPTY_ONE).by_rule);
    g_assert_true(scores[i](&empty, MS_EMPTY_ZERO).by_rule);
  }
  assert_value(ms_score_accuracy(&empty), 1);
}

static void
test_one_empty(void)
{
  MsCounts spurious = {.fp = 5, .tn = 5}, missed = {.fn = 5, .tn = 15};

  for (int rule = MS_EMPTY_ONE; rule <= MS_EMPTY_SKIP; rule++) {
    MsEmptyRule empty = (MsEmptyRule)rule;

    assert_value(ms_score_iou(&spurious, empty), 0);
    assert_value(ms_score_dice(&missed, empty), 0);
    assert_value(ms_score_precision(&spurious, empty), 0);
    g_assert_false(ms_score_precision(&spurious, empty).by_rule);
    assert_value(ms_score_precision(&missed, empty), 0);
    g_assert_true(ms_score_precision(&missed, empty).by_rule);
    assert_value(ms_score_recall(&spurious, empty), 0);
    g_assert_true(ms_score_recall(&spurious, empty).by_rule);
    g_assert_false(ms_score_recall(&missed, empty).by_rule);
  }
  assert_value(ms_score_accuracy(&missed), 0.75);
}

static void
test_nothing(void)
{
  MsCounts nothing = {.ignored = 9}, sum = {1, 2, 3, 4, 5};

  assert_undefined(ms_score_accuracy(&nothing));
  ms_counts_add(&sum, &(MsCounts){10, 20, 30, 40, 50});
  assert_counts(sum, 11, 22, 33, 44);
  g_assert_cmpuint(sum.ignored, ==, 55);
}

static void
test_invariants(void)
{
  TestRandom random = {21};

  for (int i = 0; i < 2000; i++) {
    MsCounts counts = {.tp = test_random_below(&random, i % 3 ? 1000 : 2),
                       .fp = test_random_below(&random, i % 5 ? 1000 : 2),
                       .fn = test_random_below(&random, i % 7 ? 1000 : 2)};
    double iou = ms_score_iou(&counts, MS_EMPTY_ONE).value;
    double dice = ms_score_dice(&counts, MS_EMPTY_ONE).value;

    g_assert_cmpfloat(iou, >=, 0);
    g_assert_cmpfloat(iou, <=, dice);
    g_assert_cmpfloat(dice, <=, 1);
    g_assert_cmpfloat_with_epsilon(dice, 2 * iou / (1 + iou), 1e-12);
    g_assert_true((iou == 1) == (counts.fp + counts.fn == 0));
  }
}

static void
test_threshold_sample(void)
{
  static const uint32_t maxima[] = {1, 49, 255, 65535, UINT32_MAX};

  g_assert_cmpuint(ms_threshold_sample(0.5, 255), ==, 127);
  g_assert_cmpuint(ms_threshold_sample(0.5, 65535), ==, 32767);
  g_assert_cmpuint(ms_threshold_sample(0, 255), ==, 0);
  g_assert_cmpuint(ms_threshold_sample(1, 255), ==, 255);
  g_assert_cmpuint(ms_threshold_sample(2, 255), ==, 255);
  g_assert_cmpuint(ms_threshold_sample(-1, 255), ==, 0);
  g_assert_cmpuint(ms_threshold_sample(0.5, 0), ==, 0);
  for (size_t m = 0; m < G_N_ELEMENTS(maxima); m++) {
    for (uint32_t v = 0; v <= MIN(maxima[m], 65535); v++) {
      /* A threshold that is exactly a sample's value leaves that sample negative. */
      g_assert_cmpuint(ms_threshold_sample((double)v / maxima[m], maxima[m]), ==, v);
    }
  }
  for (int i = 0; i <= 1000; i++) {
    uint32_t cut = ms_threshold_sample(i / 1000.0, 255);

    for (uint32_t v = 0; v <= 255; v++)
      g_assert_true((v > cut) == (v / 255.0 > i / 1000.0));
  }
}

static void
test_rules(void)
{
  static const uint32_t ignored[] = {3, 255}, classes[] = {0, 1, 3, 70000};
  MsRules rules;

  ms_rules_init(&rules);
  g_assert_cmpint(rules.comparison, ==, MS_COMPARE_BINARY);
  g_assert_cmpint(rules.empty, ==, MS_EMPTY_ONE);
  g_assert_false(ms_rules_is_ignored(&rules, 255));
  g_assert_true(ms_rules_is_class(&rules, 12345));

  rules = (MsRules){.comparison = MS_COMPARE_CLASSES,
                    .ignored = ignored,
                    .n_ignored = G_N_ELEMENTS(ignored),
                    .classes = classes,
                    .n_classes = G_N_ELEMENTS(classes)};
  g_assert_true(ms_rules_is_ignored(&rules, 3));
  g_assert_true(ms_rules_is_ignored(&rules, 255));
  g_assert_false(ms_rules_is_ignored(&rules, 2));
  g_assert_true(ms_rules_is_class(&rules, 0));
  g_assert_true(ms_rules_is_class(&rules, 70000));
  g_assert_false(ms_rules_is_class(&rules, 2));
  g_assert_false(ms_rules_is_class(&rules, 3));
  rules.ignore_unlisted = true;
  g_assert_true(ms_rules_is_ignored(&rules, 2));
  g_assert_false(ms_rules_is_ignored(&rules, 1));
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/metric/score/documents", test_documents);
  g_test_add_func("/metric/score/both-empty", test_both_empty);
  g_test_add_func("/metric/score/one-empty", test_one_empty);
  g_test_add_func("/metric/score/nothing", test_nothing);
  g_test_add_func("/metric/score/invariants", test_invariants);
  g_test_add_func("/metric/rules/threshold-sample", test_threshold_sample);
  g_test_add_func("/metric/rules/ids", test_rules);
  return g_test_run();
}
