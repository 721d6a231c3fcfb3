/* SPDX-License-Identifier: MIT
 *
 * Words for numbers: the edges where a rounded number would say something untrue.
 */
#include "set/describe.h"

#include <locale.h>
#include <math.h>

#include "set/pair.h"

static void
assert_text(char *text, const char *expected)
{
  g_assert_cmpstr(text, ==, expected);
  g_free(text);
}

static void
assert_ratio(double value, guint digits, const char *expected)
{
  assert_text(ms_describe_ratio((MsValue){.value = value, .defined = true}, digits), expected);
}

static void
test_count(void)
{
  assert_text(ms_describe_count(0), "0");
  assert_text(ms_describe_count(999), "999");
  assert_text(ms_describe_count(1000), "1,000");
  assert_text(ms_describe_count(1048576), "1,048,576");
  assert_text(ms_describe_count(G_MAXUINT64), "18,446,744,073,709,551,615");
}

static void
test_ratio(void)
{
  assert_ratio(416.0 / 528, 3, "0.788");
  assert_ratio(1, 3, "1.000");
  assert_ratio(0, 3, "0.000");
  assert_ratio(0.9999, 3, "0.999");
  assert_ratio(0.9995, 3, "0.999");
  assert_ratio(nextafter(1, 0), 6, "0.999999");
  assert_ratio(1e-9, 3, "0.001");
  assert_ratio(0.0004, 3, "0.001");
  assert_ratio(0.0015, 1, "0.1");
  assert_text(ms_describe_ratio((MsValue){.value = 0.5}, 3), "n/a");
}

static void
test_beside(void)
{
  assert_text(ms_describe_beside(0.274, 0.1, 3), "0.274");
  assert_text(ms_describe_beside(0.4996, 0.5, 3), "0.4996");
  assert_text(ms_describe_beside(0.5, 0.5, 2), "0.50");
  assert_text(ms_describe_beside(0.003, 0, 2), "0.003");
  assert_text(ms_describe_beside(-0.003, 0, 2), "-0.003");
  assert_text(ms_describe_beside(0, 0, 2), "0.00");
  assert_text(ms_describe_beside(0.9996, 0.5, 3), "0.9996");
  /* What only computing left of a difference. */
  assert_text(ms_describe_beside(0.9 - 0.8, 0.1, 3), "0.100");
  assert_text(ms_describe_beside(-1e-17, 0, 2), "0.00");
}

static void
test_label_score(void)
{
  assert_text(ms_describe_label_score(0.71, 0.5), "0.71");
  assert_text(ms_describe_label_score(0.5004, 0.5), "0.5004");
  assert_text(ms_describe_label_score(0.4996, 0.5), "0.4996");
  assert_text(ms_describe_label_score(0.5, 0.5), "0.50");
  assert_text(ms_describe_label_score(0.9999, 0.5), "0.99");
  assert_text(ms_describe_label_score(0.9999, 0.995), "0.9999");
  assert_text(ms_describe_label_score(1, 0.5), "1.00");
  assert_text(ms_describe_label_score(0, 0), "0.00");
}

static void
test_exact_number(void)
{
  static const double values[] = {0.1, 1.0 / 3, 2.0 / 3, 416.0 / 528, 0.1 + 0.2, 1e-300, 1e22};

  assert_text(ms_describe_exact_number(1), "1");
  assert_text(ms_describe_exact_number(0), "0");
  assert_text(ms_describe_exact_number(0.1), "0.1");
  assert_text(ms_describe_exact_number(0.1 + 0.2), "0.30000000000000004");
  for (guint i = 0; i < G_N_ELEMENTS(values); i++) {
    g_autofree char *text = ms_describe_exact_number(values[i]);

    g_assert_cmpfloat(g_ascii_strtod(text, NULL), ==, values[i]);
  }
}

static MsConfusion *
make_confusion(const guint8 *actual, const guint8 *predicted, int width)
{
  MsRules rules;
  MsRaster rasters[2];
  MsConfusion *confusion = NULL;

  ms_rules_init(&rules);
  rules.ignored = (const guint32[]){255};
  rules.n_ignored = 1;
  g_assert_cmpint(ms_confusion_new(&rules, &confusion), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_raster_wrap(&rasters[0], width, 1, 8, width, actual), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_raster_wrap(&rasters[1], width, 1, 8, width, predicted), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_confusion_add_rasters(confusion, &rasters[0], &rasters[1], NULL, NULL), ==,
                  MS_STATUS_OK);
  return confusion;
}

#define CONFUSION(actual, predicted, n)                                                            \
  make_confusion((const guint8[])actual, (const guint8[])predicted, n)
#define LIST(...)                                                                                  \
  {                                                                                                \
    __VA_ARGS__                                                                                    \
  }

static void
test_formula(void)
{
  /* TP 2, FP 1, FN 1, TN 2 */
  g_autoptr(MsConfusion) confusion = CONFUSION(LIST(1, 1, 0, 1, 0, 0), LIST(1, 1, 1, 0, 0, 0), 6);

  assert_text(ms_describe_iou_formula(confusion, MS_EMPTY_ONE), "2 / (2 + 1 + 1)");
  assert_text(ms_describe_formula(confusion, MS_METRIC_DICE, MS_EMPTY_ONE),
              "2 * 2 / (2 * 2 + 1 + 1)");
  assert_text(ms_describe_formula(confusion, MS_METRIC_PRECISION, MS_EMPTY_ONE), "2 / (2 + 1)");
  assert_text(ms_describe_formula(confusion, MS_METRIC_RECALL, MS_EMPTY_ONE), "2 / (2 + 1)");
  assert_text(ms_describe_formula(confusion, MS_METRIC_ACCURACY, MS_EMPTY_ONE), "(2 + 2) / 6");
  assert_text(ms_describe_formula(confusion, MS_METRIC_EXACT_MATCH, MS_EMPTY_ONE),
              "Not exact: 2 of 6 pixels differ");
}

/* One class against the rest, which neither side may have. */
static void
test_class_formula(void)
{
  const MsClassCounts class = {.id = 7, .counts = {.tp = 416, .fp = 73, .fn = 39, .tn = 1496}};
  const MsClassCounts missed = {.id = 7, .counts = {.fn = 39, .tn = 1}};
  const MsClassCounts none = {.id = 7, .counts = {.tn = 12}};

  assert_text(ms_describe_class_formula(&class, MS_METRIC_IOU, MS_EMPTY_ONE),
              "416 / (416 + 73 + 39)");
  assert_text(ms_describe_class_formula(&class, MS_METRIC_RECALL, MS_EMPTY_ONE),
              "416 / (416 + 39)");
  assert_text(ms_describe_class_formula(&class, MS_METRIC_ACCURACY, MS_EMPTY_ONE),
              "(416 + 1,496) / 2,024");
  assert_text(ms_describe_class_formula(&missed, MS_METRIC_PRECISION, MS_EMPTY_ONE),
              "nothing predicted: 0 by rule");
  assert_text(ms_describe_class_formula(&none, MS_METRIC_IOU, MS_EMPTY_ONE), "in neither mask");
  assert_text(ms_describe_class_formula(&none, MS_METRIC_ACCURACY, MS_EMPTY_ONE), "(0 + 12) / 12");
}

static void
test_formula_by_rule(void)
{
  g_autoptr(MsConfusion) empty = CONFUSION(LIST(0, 0), LIST(0, 0), 2);
  g_autoptr(MsConfusion) missed = CONFUSION(LIST(1, 0), LIST(0, 0), 2);
  g_autoptr(MsConfusion) spurious = CONFUSION(LIST(0, 0), LIST(1, 0), 2);
  g_autoptr(MsConfusion) ignored = CONFUSION(LIST(255, 255), LIST(1, 0), 2);

  assert_text(ms_describe_iou_formula(empty, MS_EMPTY_ONE), "both masks empty: 1 by rule");
  assert_text(ms_describe_iou_formula(empty, MS_EMPTY_ZERO), "both masks empty: 0 by rule");
  assert_text(ms_describe_iou_formula(empty, MS_EMPTY_SKIP), "both masks empty: no value by rule");
  assert_text(ms_describe_formula(missed, MS_METRIC_PRECISION, MS_EMPTY_ONE),
              "nothing predicted: 0 by rule");
  assert_text(ms_describe_formula(missed, MS_METRIC_RECALL, MS_EMPTY_ONE), "0 / (0 + 1)");
  assert_text(ms_describe_formula(spurious, MS_METRIC_RECALL, MS_EMPTY_ONE),
              "nothing to find: 0 by rule");
  assert_text(ms_describe_iou_formula(ignored, MS_EMPTY_ONE), "no pixel is counted");
}

static void
test_match(void)
{
  g_autoptr(MsConfusion) exact = CONFUSION(LIST(0, 1), LIST(0, 1), 2);
  g_autoptr(MsConfusion) one_off = CONFUSION(LIST(0, 1), LIST(0, 0), 2);
  g_autoptr(MsConfusion) single = CONFUSION(LIST(0), LIST(1), 1);
  g_autoptr(MsConfusion) ignored = CONFUSION(LIST(255), LIST(1), 1);

  assert_text(ms_describe_match(exact), "Exact match: all 2 pixels agree");
  assert_text(ms_describe_match(one_off), "Not exact: 1 of 2 pixels differs");
  assert_text(ms_describe_match(single), "Not exact: the one pixel differs");
  assert_text(ms_describe_match(ignored), "Exact match: no pixel is counted");
}

/* Labels by their numbers, as bits. */
static MsConfusion *
label_confusion(guint n_labels, guint actual, guint predicted)
{
  static const MsRules rules = {.comparison = MS_COMPARE_LABELS};
  MsLabelSet sets[2];
  MsConfusion *confusion = NULL;

  for (guint side = 0; side < 2; side++) {
    g_assert_cmpint(ms_label_set_init(&sets[side], n_labels), ==, MS_STATUS_OK);
    for (guint i = 0; i < n_labels; i++)
      if ((side ? predicted : actual) >> i & 1)
        ms_label_set_add(&sets[side], i);
  }
  g_assert_cmpint(ms_confusion_new(&rules, &confusion), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_confusion_add_labels(confusion, &sets[0], &sets[1]), ==, MS_STATUS_OK);
  ms_label_set_clear(&sets[0]);
  ms_label_set_clear(&sets[1]);
  return confusion;
}

/* Happy, Fast, Slow, Melodic, Sad: the same words, with labels for pixels. */
static void
test_labels(void)
{
  g_autoptr(MsConfusion) song = label_confusion(5, 0x0b, 0x07);
  g_autoptr(MsConfusion) exact = label_confusion(5, 0x0b, 0x0b);
  g_autoptr(MsConfusion) empty = label_confusion(5, 0, 0);
  g_autoptr(MsConfusion) single = label_confusion(1, 1, 0);
  g_autoptr(MsConfusion) none = label_confusion(0, 0, 0);

  assert_text(ms_describe_iou_formula(song, MS_EMPTY_ONE), "2 / (2 + 1 + 1)");
  assert_text(ms_describe_formula(song, MS_METRIC_ACCURACY, MS_EMPTY_ONE), "3 / 5");
  assert_text(ms_describe_match(song), "Not exact: 2 of 5 labels differ");
  assert_text(ms_describe_match(exact), "Exact match: all 5 labels agree");
  assert_text(ms_describe_match(single), "Not exact: the one label differs");
  assert_text(ms_describe_iou_formula(empty, MS_EMPTY_ONE), "both label sets empty: 1 by rule");
  assert_text(ms_describe_iou_formula(none, MS_EMPTY_ONE), "no label is counted");
}

static void
test_empty_rule(void)
{
  MsRules rules;

  ms_rules_init(&rules);
  g_assert_cmpstr(ms_describe_empty_rule(&rules), ==, "both masks empty score 1");
  rules.empty = MS_EMPTY_ZERO;
  g_assert_cmpstr(ms_describe_empty_rule(&rules), ==, "both masks empty score 0");
  rules.comparison = MS_COMPARE_LABELS;
  g_assert_cmpstr(ms_describe_empty_rule(&rules), ==, "both label sets empty score 0");
  rules.empty = MS_EMPTY_SKIP;
  g_assert_nonnull(strstr(ms_describe_empty_rule(&rules), "label sets"));
}

int
main(int argc, char **argv)
{
  setlocale(LC_ALL, "de_DE.UTF-8");
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/describe/count", test_count);
  g_test_add_func("/describe/ratio", test_ratio);
  g_test_add_func("/describe/beside", test_beside);
  g_test_add_func("/describe/label-score", test_label_score);
  g_test_add_func("/describe/exact-number", test_exact_number);
  g_test_add_func("/describe/formula", test_formula);
  g_test_add_func("/describe/class-formula", test_class_formula);
  g_test_add_func("/describe/formula-by-rule", test_formula_by_rule);
  g_test_add_func("/describe/match", test_match);
  g_test_add_func("/describe/labels", test_labels);
  g_test_add_func("/describe/empty-rule", test_empty_rule);
  return g_test_run();
}
