/* SPDX-License-Identifier: MIT
 *
 * Example, model, split and threshold change, in any order and quickly: pixels, numbers and totals
 * are always those of what is chosen, under the rules in force.
 */
#include "viewer-test.h"

#include "app/canvas-private.h"
#include "set/describe.h"
#include "support/totals.h"

static char *lesions;

static MsWindow *
open_model(const char *model)
{
  MsWindow *window = viewer_test_open(lesions);

  ms_window_set_model(window, viewer_test_model(window, model));
  test_until(viewer_test_is_painted(window));
  return window;
}

static gboolean
is_decoded(MsWindow *window, guint example)
{
  return ms_display_cache_get(window->cache, example, window->model) != NULL;
}

/* The neighbours the way one is going are there before they are asked for. */
static void
test_ahead(void)
{
  MsWindow *window = viewer_test_open(lesions);
  guint last = ms_set_get_n_examples(window->set) - 1;

  g_assert_cmpuint(window->example, ==, 0);
  test_until(is_decoded(window, 1) && is_decoded(window, 2) && is_decoded(window, 3));
  gtk_widget_activate_action(GTK_WIDGET(window), "win.next", NULL);
  g_assert_cmpuint(window->example, ==, 1);
  g_assert_true(viewer_test_is_painted(window));
  viewer_test_step(window, "End", last);
  test_until(is_decoded(window, last - 1) && is_decoded(window, last - 2));
  viewer_test_close(window);
}

/* How many pixels of the display's kinds are of one kind. */
static guint64
count_kind(MsDisplay *display, MsKind kind)
{
  const MsLevel *kinds = &ms_display_layer(display, MS_LAYER_ERRORS)->levels[0];
  guint64 n = 0;

  for (int y = 0; y < kinds->height; y++)
    for (int x = 0; x < kinds->width; x++)
      n += kinds->pixels[y * kinds->stride + x] == kind;
  return n;
}

static void
assert_count(MsWindow *window, const char *label, guint64 expected)
{
  g_autofree char *text = ms_describe_count(expected);

  g_assert_cmpstr(viewer_test_text(window->legend, label), ==, text);
  g_assert_cmpstr(viewer_test_text(window->inspector, label), ==, text);
}

/* Kinds on the canvas, numbers in legend and inspector, all counted anew under these rules. */
static void
assert_under_rules(MsWindow *window, const MsRuleset *rules)
{
  MsDisplay *shown = window->shown;
  g_autoptr(GError) error = NULL;
  g_autoptr(MsConfusion) fresh =
      ms_result_confusion(shown->frame->result, shown->frame->set, shown->frame->example,
                          shown->frame->model, rules, &error);
  MsKindCounts kinds;
  g_autofree char *iou = NULL;

  g_assert_no_error(error);
  kinds = ms_confusion_kinds(fresh);
  iou = ms_describe_ratio(ms_confusion_score(fresh, MS_METRIC_IOU), 3);
  g_assert_true(shown->rules == rules);
  g_assert_true(window->canvas->display == shown);
  g_assert_cmpuint(count_kind(shown, MS_KIND_TP), ==, kinds.tp);
  g_assert_cmpuint(count_kind(shown, MS_KIND_FP), ==, kinds.fp);
  g_assert_cmpuint(count_kind(shown, MS_KIND_FN), ==, kinds.fn);
  assert_count(window, "count_0", kinds.tp);
  assert_count(window, "count_1", kinds.fp);
  assert_count(window, "count_2", kinds.fn);
  g_assert_cmpstr(viewer_test_text(window->inspector, "iou"), ==, iou);
}

static void
assert_up_to_date(MsWindow *window)
{
  test_until(viewer_test_is_painted(window));
  assert_under_rules(window, ms_evaluation_get_rules(window->evaluation, window->model));
  ms_canvas_zoom_to(window->canvas, 3, FALSE);
  test_display_settle(GTK_WIDGET(window));
  g_assert_cmpuint(viewer_test_count_wrong_pixels(window, TRUE), ==, 0);
}

/* A neighbour that was decoded under the old threshold is painted anew. */
static void
test_step_after_threshold(void)
{
  MsWindow *window = open_model("steady");
  MsDisplay *neighbour;

  test_until(is_decoded(window, 1));
  neighbour = ms_display_cache_get(window->cache, 1, window->model);
  ms_window_set_threshold(window, 0.9);
  assert_up_to_date(window);
  g_assert_true(neighbour->rules != window->shown->rules);
  test_display_key("Right");
  test_until(window->example == 1);
  assert_up_to_date(window);
  viewer_test_close(window);
}

/* The last of several quick wishes wins. */
static void
test_quick_thresholds(void)
{
  MsWindow *window = open_model("steady");

  ms_window_set_threshold(window, 0.9);
  ms_window_set_threshold(window, 0.2);
  ms_window_set_threshold(window, 0.7);
  assert_up_to_date(window);
  g_assert_cmpfloat(window->shown->rules->threshold, ==, 0.7);
  g_assert_cmpstr(viewer_test_text(window->inspector, "threshold_value"), ==, "0.700");
  viewer_test_close(window);
}

/* A step to a decoded neighbour while the example before it is still being repainted. */
static void
test_step_during_repaint(void)
{
  MsWindow *window = open_model("steady");

  test_until(is_decoded(window, 1));
  ms_window_set_threshold(window, 0.9);
  g_assert_true(window->busy_paint);
  gtk_widget_activate_action(GTK_WIDGET(window), "win.next", NULL);
  g_assert_cmpuint(window->example, ==, 1);
  assert_up_to_date(window);
  viewer_test_close(window);
}

/* The slider of the inspector is what moves it. */
static void
test_slider(void)
{
  MsWindow *window = open_model("steady");

  gtk_range_set_value(GTK_RANGE(viewer_test_child(window->inspector, "threshold")), 0.75);
  assert_up_to_date(window);
  g_assert_cmpfloat(window->shown->rules->threshold, ==, 0.75);
  viewer_test_close(window);
}

/* --- totals --- */

static char *
describe_total(MsWindow *window, guint model, const char *split, MsSetMetric metric)
{
  g_autoptr(MsTotals) totals = test_evaluation_totals(window->evaluation, model, split, NULL);

  return ms_describe_ratio(ms_totals_value(totals, metric), 3);
}

/* What the inspector shows, in the column of a split (NULL: the whole set). */
static const char *
shown_total(MsWindow *window, const char *split, MsSetMetric metric)
{
  MsComparison comparison =
      ms_evaluation_get_rules(window->evaluation, window->model)->rules.comparison;
  const char *name = ms_set_metric_info(metric, comparison)->label;
  const char *const *splits = ms_set_get_splits(window->set);
  gpointer summary = viewer_test_child(window->inspector, "summary");
  g_autoptr(GPtrArray) all = viewer_test_tree(viewer_test_child(summary, "scores"));
  GtkWidget *names, *cell;
  guint i = 0;

  while (!GTK_IS_LABEL(g_ptr_array_index(all, i)) ||
         !g_str_equal(gtk_label_get_text(g_ptr_array_index(all, i)), name))
    i++;
  names = gtk_widget_get_parent(g_ptr_array_index(all, i));
  cell = gtk_widget_get_first_child(gtk_widget_get_next_sibling(names));
  for (guint column = 0; split && (column == 0 || !g_str_equal(splits[column - 1], split));
       column++)
    cell = gtk_widget_get_next_sibling(cell);
  return gtk_label_get_text(GTK_LABEL(gtk_widget_get_first_child(cell)));
}

static void
assert_totals(MsWindow *window, const char *heading, const char *split, const char *tally)
{
  gpointer summary = viewer_test_child(window->inspector, "summary");

  g_assert_cmpstr(viewer_test_text(summary, "heading"), ==, heading);
  g_assert_cmpstr(viewer_test_text(summary, "tally"), ==, tally);
  for (guint i = 0; i < MS_N_SET_METRICS; i++) {
    g_autofree char *expected = describe_total(window, window->model, split, i);

    g_assert_cmpstr(shown_total(window, split, i), ==, expected);
  }
}

/* Chosen as a user does, in the header bar. Scopes have different totals, so none can be taken for
 * another. */
static void
test_scopes(void)
{
  MsWindow *window = viewer_test_open(lesions);
  guint steady = viewer_test_model(window, "steady");
  guint overfit = viewer_test_model(window, "overfit");
  g_autofree char *whole = NULL, *val = NULL, *other = NULL;

  test_until(!ms_evaluation_is_running(window->evaluation));
  whole = describe_total(window, overfit, NULL, MS_SET_METRIC_IOU_POOLED);
  val = describe_total(window, overfit, "val", MS_SET_METRIC_IOU_POOLED);
  other = describe_total(window, steady, "val", MS_SET_METRIC_IOU_POOLED);
  g_assert_cmpstr(whole, !=, val);
  g_assert_cmpstr(val, !=, other);

  test_until(g_str_equal(viewer_test_text(viewer_test_child(window->inspector, "summary"), "tally"),
                         "24 scored"));
  assert_totals(window, "overfit · whole set", NULL, "24 scored");
  gtk_drop_down_set_selected(window->split_choice, 2);
  assert_totals(window, "overfit · val", "val", "10 scored");
  gtk_drop_down_set_selected(window->model_choice, steady);
  assert_totals(window, "steady · val", "val", "10 scored");
  gtk_drop_down_set_selected(window->split_choice, 0);
  assert_totals(window, "steady · whole set", NULL, "24 scored");
  viewer_test_close(window);
}

/* A moved threshold shows in the totals, too. */
static void
test_totals_follow_threshold(void)
{
  MsWindow *window = open_model("steady");
  g_autofree char *before = NULL, *after = NULL;

  test_until(!ms_evaluation_is_running(window->evaluation));
  before = describe_total(window, window->model, NULL, MS_SET_METRIC_IOU_POOLED);
  test_until(g_str_equal(shown_total(window, NULL, MS_SET_METRIC_IOU_POOLED), before));
  ms_window_set_threshold(window, 0.9);
  after = describe_total(window, window->model, NULL, MS_SET_METRIC_IOU_POOLED);
  g_assert_cmpstr(before, !=, after);
  test_until(g_str_equal(shown_total(window, NULL, MS_SET_METRIC_IOU_POOLED), after));
  viewer_test_close(window);
}

static void
add_tests(void)
{
  lesions = viewer_test_sample("lesions");
  g_test_add_func("/app/rules/ahead", test_ahead);
  g_test_add_func("/app/rules/step-after-threshold", test_step_after_threshold);
  g_test_add_func("/app/rules/quick-thresholds", test_quick_thresholds);
  g_test_add_func("/app/rules/step-during-repaint", test_step_during_repaint);
  g_test_add_func("/app/rules/slider", test_slider);
  g_test_add_func("/app/rules/scopes", test_scopes);
  g_test_add_func("/app/rules/totals-follow-threshold", test_totals_follow_threshold);
}

int
main(int argc, char **argv)
{
  int status = test_display_main(argc, argv, add_tests);

  g_free(lesions);
  return status;
}
