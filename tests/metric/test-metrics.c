/* SPDX-License-Identifier: MIT
 *
 * The descriptor table: every metric has a whole row in the words of whatever is compared, ids are
 * told apart and can be looked up.
 */
#include "metric/measures.h"

#include <math.h>

#include <glib.h>

static void
check_row(const MsMetricInfo *info, GHashTable *ids, GHashTable *labels)
{
  g_assert_nonnull(info->id);
  g_assert_nonnull(info->label);
  g_assert_nonnull(info->unit);
  g_assert_cmpstr(info->formula, !=, NULL);
  g_assert_cmpstr(info->on_empty, !=, NULL);
  g_assert_cmpstr(info->source, !=, NULL);
  g_assert_cmpfloat(info->minimum, ==, 0);
  g_assert_true(g_hash_table_add(ids, (gpointer)info->id));
  g_assert_true(g_hash_table_add(labels, (gpointer)info->label));
  for (const char *c = info->id; *c; c++)
    g_assert_true(g_ascii_islower(*c) || g_ascii_isdigit(*c) || *c == '.' || *c == '_');
}

static void
check_ratio(const MsMetricInfo *info, GHashTable *ids, GHashTable *labels)
{
  check_row(info, ids, labels);
  g_assert_cmpstr(info->unit, ==, "");
  g_assert_cmpfloat(info->maximum, ==, 1);
  g_assert_cmpint(info->better, ==, MS_BETTER_HIGHER);
}

/* A score of examples and one of sets may share a label: Hamming accuracy is pooled and mean in
 * one.
 */
static void
test_complete(void)
{
  for (int i = MS_COMPARE_BINARY; i <= MS_COMPARE_LABELS; i++) {
    g_autoptr(GHashTable) ids = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) labels = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) set_labels = g_hash_table_new(g_str_hash, g_str_equal);

    for (int metric = 0; metric < MS_N_METRICS; metric++)
      check_ratio(ms_metric_info((MsMetric)metric, (MsComparison)i), ids, labels);
    for (int metric = 0; metric < MS_N_SET_METRICS; metric++)
      check_ratio(ms_set_metric_info((MsSetMetric)metric, (MsComparison)i), ids, set_labels);
    g_assert_cmpuint(g_hash_table_size(ids), ==, MS_N_METRICS + MS_N_SET_METRICS);
  }
}

static void
test_measures(void)
{
  g_autoptr(GHashTable) ids = g_hash_table_new(g_str_hash, g_str_equal);
  g_autoptr(GHashTable) labels = g_hash_table_new(g_str_hash, g_str_equal);
  MsMeasure found = MS_MEASURE_RQ;

  for (int i = 0; i < MS_N_MEASURES; i++) {
    const MsMetricInfo *info = ms_measure_info((MsMeasure)i);
    gboolean is_distance = g_str_equal(info->unit, "px");

    check_row(info, ids, labels);
    g_assert_true(is_distance || g_str_equal(info->unit, ""));
    g_assert_true(is_distance == isinf(info->maximum));
    g_assert_cmpint(info->better, ==, is_distance ? MS_BETTER_LOWER : MS_BETTER_HIGHER);
    g_assert_true(ms_measure_from_id(info->id, &found));
    g_assert_cmpint(found, ==, i);
  }
  g_assert_false(ms_measure_from_id("HD95", &found));
  g_assert_cmpint(found, ==, MS_MEASURE_RQ);
}

/* Whether a text speaks of masks where label sets are compared. */
static gboolean
speaks_of_masks(const char *text)
{
  return strstr(text, "pixel") || strstr(text, "Pixel") || strstr(text, "class");
}

static void
check_words(const MsMetricInfo *info, MsComparison comparison)
{
  if (comparison == MS_COMPARE_LABELS) {
    g_assert_false(speaks_of_masks(info->label));
    g_assert_false(speaks_of_masks(info->formula));
    g_assert_false(speaks_of_masks(info->on_empty));
  } else {
    g_assert_null(strstr(info->label, "Hamming"));
    g_assert_null(strstr(info->formula, "label"));
    g_assert_null(strstr(info->on_empty, "label"));
  }
}

static void
test_words(void)
{
  g_assert_true(speaks_of_masks("Mean IoU over classes"));
  g_assert_true(speaks_of_masks("Pixel accuracy"));
  for (int i = MS_COMPARE_BINARY; i <= MS_COMPARE_LABELS; i++) {
    for (int metric = 0; metric < MS_N_METRICS; metric++)
      check_words(ms_metric_info((MsMetric)metric, (MsComparison)i), (MsComparison)i);
    for (int metric = 0; metric < MS_N_SET_METRICS; metric++)
      check_words(ms_set_metric_info((MsSetMetric)metric, (MsComparison)i), (MsComparison)i);
  }
  g_assert_true(ms_metric_info(MS_METRIC_ACCURACY, MS_COMPARE_STACKS) ==
                ms_metric_info(MS_METRIC_ACCURACY, MS_COMPARE_CLASSES));
  g_assert_cmpstr(ms_set_metric_info(MS_SET_METRIC_HAMMING, MS_COMPARE_LABELS)->label, ==,
                  "Hamming accuracy");
}

/* The ids that the command's options and columns promise. */
static void
test_ids(void)
{
  static const char *const ids[] = {"iou",    "dice",     "precision",
                                    "recall", "accuracy", "exact_match"};
  static const char *const set_ids[] = {"iou.mean", "iou.pooled", "dice.mean", "dice.pooled",
                                        "miou",     "exact",      "hamming"};
  MsSetMetric metric = MS_N_SET_METRICS;

  for (int i = 0; i < MS_N_METRICS; i++) {
    g_assert_cmpstr(ms_metric_id((MsMetric)i), ==, ids[i]);
    g_assert_cmpstr(ms_metric_info((MsMetric)i, MS_COMPARE_LABELS)->id, ==, ids[i]);
  }
  for (int i = 0; i < MS_N_SET_METRICS; i++) {
    g_assert_cmpstr(ms_set_metric_id((MsSetMetric)i), ==, set_ids[i]);
    g_assert_cmpstr(ms_set_metric_info((MsSetMetric)i, MS_COMPARE_LABELS)->id, ==, set_ids[i]);
    g_assert_true(ms_set_metric_from_id(set_ids[i], &metric));
    g_assert_cmpint((int)metric, ==, i);
  }
  g_assert_false(ms_set_metric_from_id("iou", &metric));
  g_assert_false(ms_set_metric_from_id("", &metric));
  g_assert_cmpint(metric, ==, MS_SET_METRIC_HAMMING);
}

static void
test_shown(void)
{
  for (int i = MS_COMPARE_BINARY; i <= MS_COMPARE_LABELS; i++) {
    MsComparison comparison = (MsComparison)i;
    bool several = comparison == MS_COMPARE_CLASSES || comparison == MS_COMPARE_STACKS ||
                   comparison == MS_COMPARE_LABELS;

    g_assert_true(ms_set_metric_is_shown(MS_SET_METRIC_IOU_MEAN, comparison));
    g_assert_true(ms_set_metric_is_shown(MS_SET_METRIC_EXACT_RATIO, comparison));
    g_assert_true(ms_set_metric_is_shown(MS_SET_METRIC_MIOU, comparison) == several);
    g_assert_true(ms_set_metric_is_shown(MS_SET_METRIC_HAMMING, comparison) ==
                  (comparison == MS_COMPARE_LABELS));
  }
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/metric/metrics/complete", test_complete);
  g_test_add_func("/metric/metrics/measures", test_measures);
  g_test_add_func("/metric/metrics/ids", test_ids);
  g_test_add_func("/metric/metrics/words", test_words);
  g_test_add_func("/metric/metrics/shown", test_shown);
  return g_test_run();
}
