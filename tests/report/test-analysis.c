/* SPDX-License-Identifier: MIT
 *
 * What is wrong with an example that is looked at: its counts are those that are shown, under any
 * focus and threshold, and mending all of it is perfect. What cannot be looked at says why.
 */
#include "report/analysis.h"

#include "report/sets.h"

static MsSet *
open_pair(const TestFolder *folder, const char *classes, const char *actual, const char *predicted)
{
  if (classes)
    g_free(test_file(folder, "classes.csv", classes, strlen(classes)));
  test_write_mask(folder, "actual/one.png", actual);
  test_write_mask(folder, "predictions/one.png", predicted);
  return test_open_set(folder);
}

static MsFrame *
load(MsSet *set)
{
  g_autoptr(GError) error = NULL;
  MsFrame *frame = ms_frame_load(set, 0, 0, NULL, &error);

  g_assert_no_error(error);
  return frame;
}

static MsAnalysis *
analyse(MsFrame *frame, MsRuleset *rules, MsClassFocus *focus)
{
  g_autoptr(GError) error = NULL;
  MsAnalysis *analysis = ms_analysis_new(frame, rules, focus, NULL, NULL, &error);

  g_assert_no_error(error);
  return analysis;
}

static MsMend
sum_regions(const MsAnalysis *analysis)
{
  size_t n_regions;
  const MsRegion *regions = ms_regions_get(analysis->diagnosis.regions, &n_regions);
  MsMend sum = {0};

  for (size_t i = 0; i < n_regions; i++)
    ms_mend_add(&sum, &regions[i].mend);
  return sum;
}

static void
assert_iou(MsValue value, double want)
{
  g_assert_true(value.defined);
  g_assert_cmpfloat_with_epsilon(value.value, want, 1e-12);
}

static void
assert_perfect_when_mended(const MsAnalysis *analysis)
{
  MsMend all = sum_regions(analysis);

  assert_iou(ms_analysis_mended_iou(analysis, &all), 1);
}

static void
test_binary(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = open_pair(&folder, NULL, "###...\n###...", "##..##\n##..#.");
  g_autoptr(MsFrame) frame = load(set);
  MsRuleset *rules = ms_set_get_rules(set, 0);
  g_autoptr(MsAnalysis) analysis = analyse(frame, rules, NULL);
  g_autoptr(MsAnalysis) same = ms_analysis_ref(analysis);
  size_t n_regions;
  const MsRegion *regions = ms_regions_get(analysis->diagnosis.regions, &n_regions);

  g_assert_cmpuint(n_regions, ==, 2);
  g_assert_cmpint(regions[0].kind, ==, MS_KIND_FP);
  g_assert_cmpuint(analysis->n_counted, ==, 12);
  g_assert_true(analysis->has_tn);
  assert_iou(ms_analysis_iou(analysis), 4 / 9.0);
  assert_iou(ms_analysis_mended_iou(analysis, &regions[0].mend), 4 / 6.0);
  assert_iou(ms_analysis_mended_iou(analysis, &regions[1].mend), 6 / 9.0);
  assert_perfect_when_mended(analysis);
  g_assert_cmpint(analysis->diagnosis.map.width, ==, 6);
  g_assert_cmpuint(ms_analysis_bytes(analysis), >=, 12);
  g_assert_true(ms_analysis_is_of(analysis, frame, rules, NULL));
  g_assert_false(ms_analysis_is_of(analysis, NULL, rules, NULL));
  g_assert_true(same == analysis);
  g_assert_null(ms_analysis_ref(NULL));
  ms_analysis_unref(NULL);
}

/* Another threshold than the set's, as while it is dragged. */
static void
test_threshold(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = open_pair(&folder, NULL, "##..", "#+1.");
  g_autoptr(MsFrame) frame = load(set);
  g_autoptr(MsRuleset) high = ms_ruleset_with_threshold(ms_set_get_rules(set, 0), 0.8);
  g_autoptr(MsRuleset) low = ms_ruleset_with_threshold(ms_set_get_rules(set, 0), 0);
  g_autoptr(MsAnalysis) above = analyse(frame, high, NULL);
  g_autoptr(MsAnalysis) below = analyse(frame, low, NULL);

  assert_iou(ms_analysis_iou(above), 1 / 2.0);
  assert_iou(ms_analysis_iou(below), 2 / 3.0);
  assert_perfect_when_mended(above);
  assert_perfect_when_mended(below);
  g_assert_false(ms_analysis_is_of(above, frame, low, NULL));
}

/* Counts are the headline ones, or of the class alone. */
static void
test_classes(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = open_pair(&folder, "id,name\n0,background\n1,cat\n2,dog\n3,owl\n",
                                   "1122\n1100", "1112\n1020");
  g_autoptr(MsFrame) frame = load(set);
  MsRuleset *rules = ms_set_get_rules(set, 0);
  g_autoptr(MsClassFocus) dog = ms_class_focus_toggle_solo(NULL, 2);
  g_autoptr(MsClassFocus) owl = ms_class_focus_toggle_solo(NULL, 3);
  g_autoptr(MsClassFocus) no_dog = ms_class_focus_toggle_hidden(NULL, 2);
  g_autoptr(MsAnalysis) all = analyse(frame, rules, NULL);
  g_autoptr(MsAnalysis) alone = analyse(frame, rules, dog);
  g_autoptr(MsAnalysis) absent = analyse(frame, rules, owl);
  g_autoptr(MsAnalysis) hiding = analyse(frame, rules, no_dog);
  MsMend mend = sum_regions(hiding);

  g_assert_false(all->has_tn);
  assert_iou(ms_analysis_iou(all), 4 / 8.0);
  assert_perfect_when_mended(all);
  assert_iou(ms_analysis_iou(alone), 1 / 3.0);
  g_assert_true(alone->has_tn);
  assert_perfect_when_mended(alone);
  g_assert_false(ms_analysis_iou(absent).defined);
  assert_iou(ms_analysis_iou(hiding), 4 / 8.0);
  assert_iou(ms_analysis_mended_iou(hiding, &mend), 5 / 8.0);
  g_assert_false(ms_analysis_is_of(alone, frame, rules, NULL));
}

static void
assert_refused(MsFrame *frame, const char *want)
{
  g_autoptr(GError) error = NULL;

  g_assert_null(ms_analysis_new(frame, ms_set_get_rules(frame->set, 0), NULL, NULL, NULL, &error));
  g_assert_error(error, MS_SET_ERROR, MS_SET_ERROR_READING);
  g_assert_nonnull(strstr(error->message, want));
}

static void
test_errors(void)
{
  g_auto(TestFolder) folder = test_folder_new(), other = test_folder_new();
  g_autoptr(MsSet) set = open_pair(&folder, NULL, "##..", "#...");
  g_autoptr(MsSet) unequal = open_pair(&other, NULL, "##..", "#..");
  g_autoptr(MsFrame) frame = load(set), unequal_frame = load(unequal);
  g_autoptr(GCancellable) cancellable = g_cancellable_new();
  g_autoptr(GError) error = NULL;
  const char *labels_text = "id,actual,predicted\na,cat,dog\n";
  g_auto(TestFolder) labels_folder = test_folder_new();
  g_autoptr(MsSet) labels = NULL;
  g_autoptr(MsFrame) labels_frame = NULL;

  g_cancellable_cancel(cancellable);
  g_assert_null(ms_analysis_new(frame, ms_set_get_rules(set, 0), NULL, NULL, cancellable, &error));
  g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_refused(unequal_frame, "3 x 1");

  g_free(test_file(&labels_folder, "labels.csv", labels_text, strlen(labels_text)));
  labels = test_open_set(&labels_folder);
  labels_frame = load(labels);
  assert_refused(labels_frame, "label sets");
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/report/analysis/binary", test_binary);
  g_test_add_func("/report/analysis/threshold", test_threshold);
  g_test_add_func("/report/analysis/classes", test_classes);
  g_test_add_func("/report/analysis/errors", test_errors);
  return g_test_run();
}
