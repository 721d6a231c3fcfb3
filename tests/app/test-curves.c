/* SPDX-License-Identifier: MIT
 *
 * The chart of scores against the threshold: it is of what is chosen, its best threshold is one
 * press away, and dragging in it or its keys move the threshold as the slider does.
 */
#include "viewer-test.h"

#include "app/curve-chart.h"
#include "app/curve-view.h"
#include "set/describe.h"

#include <math.h>

static char *lesions;

static MsWindow *
open_steady(void)
{
  MsWindow *window = viewer_test_open(lesions);

  ms_window_set_model(window, viewer_test_model(window, "steady"));
  test_until(viewer_test_is_painted(window) && viewer_test_is_scored(window));
  return window;
}

static GtkWidget *
curves_of(MsWindow *window)
{
  return viewer_test_child(window->inspector, "curves");
}

static GtkWidget *
chart_of(MsWindow *window)
{
  return viewer_test_child(curves_of(window), "chart");
}

static double
threshold_of(MsWindow *window)
{
  return ms_evaluation_get_rules(window->evaluation, window->model)->threshold;
}

static void
assert_text(MsWindow *window, const char *name, const char *expected)
{
  g_assert_cmpstr(viewer_test_text(curves_of(window), name), ==, expected);
}

/* --- of this example -------------------------------------------------------------------------- */

static MsCurve *
curve_of_example(MsWindow *window, gint64 class_id)
{
  MsFrame *frame = window->shown->frame;
  g_autoptr(MsCurveJob) job = ms_curve_prepare_example(
      frame->set, frame->example, frame->model, frame->result, window->shown->rules, class_id);
  g_autoptr(GError) error = NULL;
  MsCurve *curve = ms_curve_compute(job, NULL, &error);

  g_assert_no_error(error);
  return curve;
}

/* "Best: 0.43 (IoU 0.820)" */
static char *
best_words(double threshold, const char *name, MsValue value)
{
  g_autofree char *ratio = ms_describe_ratio(value, 3);
  char text[16];

  g_ascii_formatd(text, sizeof text, threshold == rint(threshold * 100) / 100 ? "%.2f" : "%.3f",
                  threshold);
  return g_strdup_printf("Best: %s (%s %s)", text, name, ratio);
}

static void
test_best_of_example(void)
{
  MsWindow *window = open_steady();

  for (guint i = 0; i < 3; i++) {
    g_autoptr(MsCurve) curve = curve_of_example(window, MS_CURVE_ALL_CLASSES);
    g_autofree char *words = NULL, *ratio = NULL;
    double threshold;
    MsValue value;

    g_assert_true(ms_curve_find_best(curve, MS_CURVE_IOU, &threshold, &value));
    words = best_words(threshold, "IoU", value);
    assert_text(window, "best_words", words);
    ms_window_set_threshold(window, 0.987);
    gtk_widget_activate_action(curves_of(window), "curves.best", NULL);
    g_assert_cmpfloat(threshold_of(window), ==, threshold);
    test_until(viewer_test_is_painted(window));
    ratio = ms_describe_ratio(value, 3);
    g_assert_cmpstr(viewer_test_text(window->inspector, "iou"), ==, ratio);
    assert_text(window, "value_0", ratio);
    viewer_test_step(window, "Right", i + 1);
  }
  viewer_test_close(window);
}

/* The values beside the lines are those of the rest of the inspector. */
static void
test_values(void)
{
  static const double thresholds[] = {0.1, 0.5, 0.83};
  MsWindow *window = open_steady();

  for (guint i = 0; i < G_N_ELEMENTS(thresholds); i++) {
    ms_window_set_threshold(window, thresholds[i]);
    test_until(viewer_test_is_painted(window));
    assert_text(window, "value_0", viewer_test_text(window->inspector, "iou"));
    assert_text(window, "value_1", viewer_test_text(window->inspector, "minor_value_1"));
    assert_text(window, "value_2", viewer_test_text(window->inspector, "minor_value_2"));
    assert_text(window, "value_3", "no");
  }
  assert_text(window, "at", "At 0.83");
  viewer_test_close(window);
}

/* --- of the set ------------------------------------------------------------------------------- */

static double
live_iou(MsWindow *window, const char *split, double threshold, MsSetMetric metric)
{
  MsValue value;

  g_assert_true(ms_evaluation_get_live_value(window->evaluation, window->model, split, metric,
                                             threshold, &value));
  return value.value;
}

/* No place of the slider is better. */
static void
assert_best_of_set(MsWindow *window, const char *split, MsSetMetric metric, const char *name)
{
  g_autofree char *words = NULL;
  double best, threshold;

  gtk_widget_activate_action(curves_of(window), "curves.best", NULL);
  threshold = threshold_of(window);
  best = live_iou(window, split, threshold, metric);
  for (guint i = 0; i <= 1000; i++)
    g_assert_cmpfloat(live_iou(window, split, i / 1000.0, metric), <=, best + 1e-9);
  words = best_words(threshold, name, (MsValue){.value = best, .defined = TRUE});
  assert_text(window, "best_words", words);
}

static void
test_best_of_set(void)
{
  MsWindow *window = open_steady();

  gtk_widget_activate_action(curves_of(window), "curves.scope", "s", "set");
  assert_text(window, "name_0", "Mean IoU");
  test_until(g_str_equal(viewer_test_text(curves_of(window), "note"), "Over 24 scored examples"));
  assert_best_of_set(window, NULL, MS_SET_METRIC_IOU_MEAN, "mean IoU");
  gtk_widget_activate_action(curves_of(window), "curves.average", "s", "pooled");
  assert_best_of_set(window, NULL, MS_SET_METRIC_IOU_POOLED, "pooled IoU");
  ms_window_set_split(window, "val");
  assert_text(window, "set_name", "val");
  assert_text(window, "note", "Over 10 scored examples");
  assert_best_of_set(window, "val", MS_SET_METRIC_IOU_POOLED, "pooled IoU");
  viewer_test_close(window);
}

/* --- the pointer and the keys ----------------------------------------------------------------- */

/* Where a threshold is in the chart: between the numbers beside it and its right edge. */
static double
chart_x(MsWindow *window, double threshold)
{
  return 16.5 + threshold * (gtk_widget_get_width(chart_of(window)) - 16 - 7);
}

/* Scrolls the chart into sight; the keyboard stays where it was. */
static void
show_chart(MsWindow *window)
{
  gtk_widget_grab_focus(chart_of(window));
  test_display_settle(GTK_WIDGET(window));
  gtk_widget_grab_focus(GTK_WIDGET(window->canvas));
  test_display_settle(GTK_WIDGET(window));
}

static gboolean
is_near(double a, double b)
{
  return fabs(a - b) < 0.006;
}

static void
test_drag(void)
{
  MsWindow *window = open_steady();
  GtkWidget *chart = chart_of(window);

  show_chart(window);
  test_display_point_at(chart, chart_x(window, 0.25), 60);
  test_until(strstr(viewer_test_text(curves_of(window), "at"), "under the pointer"));
  g_assert_cmpfloat(threshold_of(window), ==, 0.5);
  test_display_button(1, TRUE);
  test_until(is_near(threshold_of(window), 0.25));
  test_display_point_at(chart, chart_x(window, 0.7), 20);
  test_until(is_near(threshold_of(window), 0.7));
  test_display_point_at(chart, chart_x(window, 1.5), 20);
  test_until(threshold_of(window) == 1);
  test_display_button(1, FALSE);
  test_display_point(NULL);
  test_until(g_str_equal(viewer_test_text(curves_of(window), "at"), "At 1.00"));
  g_assert_cmpstr(viewer_test_text(window->inspector, "threshold_value"), ==, "1.000");
  g_assert_true(gtk_root_get_focus(GTK_ROOT(window)) == GTK_WIDGET(window->canvas));
  viewer_test_close(window);
}

/* A press takes the threshold of the nearest point. */
static void
test_precision_recall(void)
{
  MsWindow *window = open_steady();
  g_autoptr(MsCurve) curve = curve_of_example(window, MS_CURVE_ALL_CLASSES);
  guint point = ms_curve_find_point(curve, 0.8);
  GtkWidget *chart = chart_of(window);
  double precision = ms_curve_get_value(curve, point, MS_CURVE_PRECISION).value;
  double recall = ms_curve_get_value(curve, point, MS_CURVE_RECALL).value;

  gtk_widget_activate_action(curves_of(window), "curves.axes", "s", "precision-recall");
  show_chart(window);
  test_display_point_at(chart, chart_x(window, recall),
                        7.5 + (1 - precision) * (gtk_widget_get_height(chart) - 7 - 17));
  test_display_button(1, TRUE);
  test_until(threshold_of(window) != 0.5);
  test_display_button(1, FALSE);
  g_assert_cmpfloat(fabs(threshold_of(window) - 0.8), <, 0.05);
  viewer_test_close(window);
}

static void
test_keys(void)
{
  MsWindow *window = open_steady();

  gtk_widget_grab_focus(chart_of(window));
  test_display_key("Right");
  test_until(threshold_of(window) == 0.51);
  test_display_key("Down");
  test_until(threshold_of(window) == 0.5);
  test_display_key("Page_Up");
  test_until(threshold_of(window) == 0.6);
  test_display_key("Home");
  test_until(threshold_of(window) == 0);
  test_display_key("Left");
  test_display_key("End");
  test_until(threshold_of(window) == 1);
  g_assert_cmpuint(window->example, ==, 0);
  viewer_test_close(window);
}

static void
test_spoken(void)
{
  MsWindow *window = open_steady();
  g_autofree char *spoken = g_strdup_printf("0.50: IoU %s, Precision %s, Recall %s, Exact match no",
                                            viewer_test_text(curves_of(window), "value_0"),
                                            viewer_test_text(curves_of(window), "value_1"),
                                            viewer_test_text(curves_of(window), "value_2"));

  gtk_test_accessible_assert_role(GTK_ACCESSIBLE(chart_of(window)), GTK_ACCESSIBLE_ROLE_SLIDER);
  gtk_test_accessible_assert_property(GTK_ACCESSIBLE(chart_of(window)),
                                      GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, spoken);
  viewer_test_close(window);
}

/* The line of the threshold, and the strong one above it, are drawn. */
static void
test_drawn(void)
{
  MsWindow *window = open_steady();
  cairo_surface_t *before, *after;
  int x, y = 100;

  show_chart(window);
  x = (int)chart_x(window, 0.3);
  test_display_point(NULL);
  test_display_settle(GTK_WIDGET(window));
  before = test_display_draw(chart_of(window));
  ms_window_set_threshold(window, 0.3);
  test_display_settle(GTK_WIDGET(window));
  after = test_display_draw(chart_of(window));
  g_assert_cmphex(test_display_pixel(before, x, y), !=, test_display_pixel(after, x, y));
  g_assert_cmphex(test_display_pixel(before, x + 12, y), ==, test_display_pixel(after, x + 12, y));
  cairo_surface_destroy(before);
  cairo_surface_destroy(after);
  viewer_test_close(window);
}

/* --- other sets ------------------------------------------------------------------------------- */

static void
test_no_threshold(void)
{
  MsWindow *window = viewer_test_open(lesions);

  ms_window_set_model(window, viewer_test_model(window, "overfit"));
  test_until(viewer_test_is_painted(window));
  g_assert_false(gtk_widget_get_mapped(chart_of(window)));
  ms_window_set_model(window, viewer_test_model(window, "steady"));
  test_until(viewer_test_is_painted(window) && gtk_widget_get_mapped(chart_of(window)));
  assert_text(window, "value_0", viewer_test_text(window->inspector, "iou"));
  viewer_test_close(window);
}

/* Right between 0.4 and 0.7; of label c alone above 0.2, where its extra is gone. */
static void
test_labels(void)
{
  TestFolder folder = test_folder_new();
  MsWindow *window = viewer_test_open_scores(&folder,
                                             "example,a,b,c\n"
                                             "x,1,1,0\n"
                                             "y,0,1,1\n",
                                             "example,a,b,c\n"
                                             "x,0.7,0.8,0.2\n"
                                             "y,0.4,0.9,0.6\n");

  assert_text(window, "best_words", "Best: 0.45 (IoU 1.000)");
  gtk_widget_activate_action(curves_of(window), "curves.best", NULL);
  g_assert_cmpfloat(threshold_of(window), ==, 0.45);
  test_until(viewer_test_is_painted(window));
  assert_text(window, "value_3", "yes");
  gtk_widget_activate_action(curves_of(window), "curves.class", "x", (gint64)2);
  assert_text(window, "value_0", "n/a");
  gtk_widget_activate_action(curves_of(window), "curves.scope", "s", "set");
  test_until(g_str_equal(viewer_test_text(curves_of(window), "best_words"),
                         "Best: 0.40 (mean IoU 1.000)"));
  gtk_widget_activate_action(curves_of(window), "curves.best", NULL);
  g_assert_cmpfloat(threshold_of(window), ==, 0.4);
  viewer_test_close(window);
  test_folder_clear(&folder);
}

static void
add_tests(void)
{
  lesions = viewer_test_sample("lesions");
  g_test_add_func("/app/curves/best-of-example", test_best_of_example);
  g_test_add_func("/app/curves/values", test_values);
  g_test_add_func("/app/curves/best-of-set", test_best_of_set);
  g_test_add_func("/app/curves/drag", test_drag);
  g_test_add_func("/app/curves/precision-recall", test_precision_recall);
  g_test_add_func("/app/curves/keys", test_keys);
  g_test_add_func("/app/curves/spoken", test_spoken);
  g_test_add_func("/app/curves/drawn", test_drawn);
  g_test_add_func("/app/curves/no-threshold", test_no_threshold);
  g_test_add_func("/app/curves/labels", test_labels);
}

int
main(int argc, char **argv)
{
  int status = test_display_main(argc, argv, add_tests);

  g_free(lesions);
  return status;
}
