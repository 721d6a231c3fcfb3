/* SPDX-License-Identifier: MIT
 *
 * The viewer on the sample set, as a user has it: a real window, real keys; what the screen reader
 * is told, and what the pixels are.
 */
#include "viewer-test.h"

#include "app/keys.h"
#include "mask-file.h"
#include "set/describe.h"
#include "support/totals.h"

static char *lesions;

static const char *
example_id(MsWindow *window)
{
  return ms_set_get_id(window->set, window->example);
}

static void
test_browse(void)
{
  MsWindow *window = viewer_test_open(lesions);
  guint last = ms_set_get_n_examples(window->set) - 1;

  g_assert_cmpuint(window->example, ==, 0);
  viewer_test_step(window, "Right", 1);
  viewer_test_step(window, "Right", 2);
  viewer_test_step(window, "Left", 1);
  viewer_test_step(window, "End", last);
  g_assert_true(g_str_has_prefix(gtk_label_get_text(window->subtitle), example_id(window)));
  viewer_test_step(window, "Home", 0);
  test_display_key("Left");
  test_display_settle(GTK_WIDGET(window));
  g_assert_cmpuint(window->example, ==, 0);
  viewer_test_close(window);
}

/* A held key repeats faster than pictures come: what comes too early is dropped, and after the
 * release nothing moves any more. */
static void
test_hold(void)
{
  MsWindow *window = viewer_test_open(lesions);
  guint last = ms_set_get_n_examples(window->set) - 1;

  g_assert_cmpuint(last, >, 10);
  for (int i = 0; i < 10; i++)
    test_display_press("Right");
  test_display_release("Right");
  test_until(window->example > 0 && window->held_key == 0 && viewer_test_is_painted(window));
  test_display_settle(GTK_WIDGET(window));
  g_assert_cmpuint(window->example, <, 10);
  g_assert_cmpuint(ms_example_list_get_selected(window->list), ==, window->example);
  viewer_test_close(window);
}

/* Presses of their own all count, however fast. */
static void
test_presses(void)
{
  MsWindow *window = viewer_test_open(lesions);

  for (int i = 0; i < 5; i++)
    test_display_key("Right");
  test_until(window->example == 5 && viewer_test_is_painted(window));
  viewer_test_close(window);
}

/* What was chosen and is not there yet can be forgotten. */
static void
test_stay(void)
{
  MsWindow *window = viewer_test_open(lesions);

  viewer_test_step(window, "Right", 1);
  ms_display_cache_set_bytes(window->cache, 0);
  ms_example_list_step(window->list, 1);
  g_assert_cmpuint(window->example, ==, 2);
  g_assert_false(ms_window_is_shown(window));
  ms_window_stay(window);
  g_assert_true(ms_window_is_shown(window));
  g_assert_cmpuint(window->example, ==, 1);
  g_assert_cmpuint(ms_example_list_get_selected(window->list), ==, 1);
  viewer_test_close(window);
}

/* The texts say what the metric module says. */
static void
test_numbers(void)
{
  MsWindow *window = viewer_test_open(lesions);
  MsDisplay *shown = window->shown;
  g_autofree char *iou = ms_describe_ratio(ms_confusion_score(shown->confusion, MS_METRIC_IOU), 3);
  g_autofree char *formula = ms_describe_iou_formula(shown->confusion, MS_EMPTY_ONE);
  g_autofree char *match = ms_describe_match(shown->confusion);
  g_autofree char *spoken = g_strdup_printf("%s: IoU %s. %s", example_id(window), iou, match);
  g_autofree char *headline = g_strdup_printf("IoU %s, %s", iou, formula);
  GtkWidget *label = GTK_WIDGET(window->canvas);

  gtk_test_accessible_assert_role(GTK_ACCESSIBLE(label), GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property(GTK_ACCESSIBLE(label), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken);

  /* The comparison can fail. */
  g_autofree char *difference = gtk_test_accessible_check_property(
      GTK_ACCESSIBLE(label), GTK_ACCESSIBLE_PROPERTY_LABEL, "another text");

  g_assert_nonnull(difference);
  g_assert_nonnull(strstr(formula, "/"));
  g_assert_nonnull(headline);
  viewer_test_close(window);
}

/* The set's totals come in by themselves and equal those of a fresh evaluation. */
static void
test_totals(void)
{
  MsWindow *window = viewer_test_open(lesions);
  g_autoptr(MsEvaluation) fresh = ms_evaluation_new(window->set);
  g_autoptr(MsTotals) expected = NULL;
  g_autoptr(MsTotals) actual = NULL;
  MsTally tally;

  ms_evaluation_run(fresh, 1, NULL, NULL, NULL, NULL);
  expected = test_evaluation_totals(fresh, 0, NULL, NULL);
  test_until(viewer_test_is_scored(window));
  actual = test_evaluation_totals(window->evaluation, 0, NULL, &tally);
  g_assert_cmpuint(tally.scored, ==, ms_set_get_n_examples(window->set));
  for (guint i = 0; i < MS_N_SET_METRICS; i++)
    g_assert_cmpfloat(ms_totals_value(expected, i).value, ==, ms_totals_value(actual, i).value);
  viewer_test_close(window);
}

static void
test_pixels(void)
{
  MsWindow *window = viewer_test_open(lesions);

  ms_canvas_zoom_to(window->canvas, 3, FALSE);
  test_display_settle(GTK_WIDGET(window));
  g_assert_cmpuint(viewer_test_count_wrong_pixels(window, TRUE), ==, 0);
  /* The look-up can fail: without the overlay's colours it must. */
  g_assert_cmpuint(viewer_test_count_wrong_pixels(window, FALSE), >, 0);
  viewer_test_close(window);
}

static void
test_peek(void)
{
  MsWindow *window = viewer_test_open(lesions);

  ms_canvas_zoom_to(window->canvas, 3, FALSE);
  test_display_settle(GTK_WIDGET(window));
  test_display_press("Shift_L");
  test_display_settle(GTK_WIDGET(window));
  g_assert_cmpuint(viewer_test_count_wrong_pixels(window, FALSE), ==, 0);
  test_display_release("Shift_L");
  test_display_settle(GTK_WIDGET(window));
  g_assert_cmpuint(viewer_test_count_wrong_pixels(window, TRUE), ==, 0);
  viewer_test_close(window);
}

/* Shift is held, and the keyboard goes to another program: its release will never be told. */
static void
test_peek_ends_with_focus(void)
{
  MsWindow *window = viewer_test_open(lesions);

  ms_canvas_zoom_to(window->canvas, 3, FALSE);
  test_display_press("Shift_L");
  test_display_settle(GTK_WIDGET(window));
  g_assert_cmpuint(viewer_test_count_wrong_pixels(window, FALSE), ==, 0);
  test_display_unfocus(GTK_WINDOW(window));
  test_display_settle(GTK_WIDGET(window));
  g_assert_cmpuint(viewer_test_count_wrong_pixels(window, TRUE), ==, 0);
  test_display_release("Shift_L");
  viewer_test_close(window);
}

static void
test_toggle_kind(void)
{
  MsWindow *window = viewer_test_open(lesions);

  ms_canvas_zoom_to(window->canvas, 3, FALSE);
  gtk_widget_activate_action(GTK_WIDGET(window), "win.show-tp", NULL);
  gtk_widget_activate_action(GTK_WIDGET(window), "win.show-fp", NULL);
  gtk_widget_activate_action(GTK_WIDGET(window), "win.show-fn", NULL);
  test_display_settle(GTK_WIDGET(window));
  g_assert_cmpuint(viewer_test_count_wrong_pixels(window, FALSE), ==, 0);
  gtk_widget_activate_action(GTK_WIDGET(window), "win.show-tp", NULL);
  test_display_settle(GTK_WIDGET(window));
  g_assert_cmpuint(viewer_test_count_wrong_pixels(window, FALSE), >, 0);
  viewer_test_close(window);
}

/* Zoom and place stay when the example changes. */
static void
test_view_stays(void)
{
  MsWindow *window = viewer_test_open(lesions);
  MsView before;

  test_display_key("1");
  test_display_key("plus");
  test_display_key("Control_L+Left");
  test_display_settle(GTK_WIDGET(window));
  before = *ms_canvas_get_view(window->canvas);
  g_assert_cmpfloat(before.zoom, >, 1);
  viewer_test_step(window, "Right", 1);
  g_assert_cmpfloat(ms_canvas_get_view(window->canvas)->zoom, ==, before.zoom);
  g_assert_cmpfloat(ms_canvas_get_view(window->canvas)->centre_x, ==, before.centre_x);
  test_display_key("0");
  test_display_settle(GTK_WIDGET(window));
  g_assert_true(ms_canvas_get_view(window->canvas)->fit);
  viewer_test_close(window);
}

static void
enter_place(MsWindow *window, const char *text)
{
  gtk_editable_set_text(GTK_EDITABLE(window->go_to_entry), text);
  g_signal_emit_by_name(window->go_to_entry, "activate");
}

static void
assert_goes_to(MsWindow *window, const char *text, guint example)
{
  enter_place(window, text);
  g_assert_cmpuint(window->example, ==, example);
  g_assert_true(gtk_widget_has_focus(GTK_WIDGET(window->canvas)));
}

static void
assert_does_not_go(MsWindow *window, const char *text, const char *message)
{
  enter_place(window, text);
  g_assert_cmpstr(gtk_label_get_text(window->go_to_message), ==, message);
}

/* To a number, a whole name or the last part of one. */
static void
test_go_to(void)
{
  MsWindow *window = viewer_test_open(lesions);

  g_assert_cmpstr(ms_keys_lookup(GDK_KEY_g, GDK_CONTROL_MASK), ==, "win.go-to");
  assert_goes_to(window, "7", 6);
  assert_goes_to(window, ms_set_get_id(window->set, 11), 11);
  assert_goes_to(window, "lesion_03", 2);
  assert_does_not_go(window, "1,000", "The list is not as long as that");
  assert_does_not_go(window, "lesion", "No example has that name");
  gtk_widget_activate_action(GTK_WIDGET(window), "win.filter-text", "s", "lesion_03");
  test_until(ms_example_list_get_n_shown(window->list) == 1);
  assert_does_not_go(window, "lesion_01", "A filter hides that example");
  g_assert_cmpuint(window->example, ==, 2);
  gtk_widget_activate_action(GTK_WIDGET(window), "win.filter-text", "s", "");
  viewer_test_close(window);
}

/* Letters, arrows and Home in the search entry are text, not commands. */
static void
test_typing(void)
{
  MsWindow *window = viewer_test_open(lesions);
  guint all = ms_example_list_get_n_shown(window->list);
  GtkWidget *search;
  MsView before;

  viewer_test_step(window, "Right", 1);
  ms_canvas_zoom_to(window->canvas, 3, FALSE);
  before = *ms_canvas_get_view(window->canvas);
  test_display_key("Control_L+f");
  test_display_settle(GTK_WIDGET(window));
  search = gtk_window_get_focus(GTK_WINDOW(window));
  g_assert_true(GTK_IS_EDITABLE(search));
  test_display_key("0");
  test_display_key("1");
  test_display_key("Left");
  test_display_key("Home");
  test_display_key("Right");
  test_display_key("End");
  test_display_key("Next");
  test_display_key("plus");
  test_display_key("BackSpace");
  test_until(g_str_equal(gtk_editable_get_text(GTK_EDITABLE(search)), "01"));
  test_until(ms_example_list_get_n_shown(window->list) < all);
  g_assert_cmpuint(window->example, ==, 1);
  g_assert_cmpfloat(ms_canvas_get_view(window->canvas)->zoom, ==, before.zoom);
  test_display_press("Shift_L");
  test_display_settle(GTK_WIDGET(window));
  g_assert_cmpuint(viewer_test_count_wrong_pixels(window, TRUE), ==, 0);
  test_display_release("Shift_L");
  test_display_key("Escape");
  test_until(ms_example_list_get_n_shown(window->list) == all);
  viewer_test_close(window);
}

static void
test_threshold(void)
{
  MsWindow *window = viewer_test_open(lesions);
  double before, after;

  ms_window_set_model(window, viewer_test_model(window, "steady"));
  test_until(viewer_test_is_painted(window));
  before = ms_confusion_score(window->shown->confusion, MS_METRIC_IOU).value;
  ms_window_set_threshold(window, 0.9);
  test_until(viewer_test_is_painted(window));
  after = ms_confusion_score(window->shown->confusion, MS_METRIC_IOU).value;
  g_assert_cmpfloat(before, !=, after);
  ms_canvas_zoom_to(window->canvas, 3, FALSE);
  test_display_settle(GTK_WIDGET(window));
  g_assert_cmpuint(viewer_test_count_wrong_pixels(window, TRUE), ==, 0);
  viewer_test_close(window);
}

static void
test_model_keys(void)
{
  MsWindow *window = viewer_test_open(lesions);

  g_assert_cmpuint(window->model, ==, 0);
  test_display_key("bracketright");
  test_until(window->model == 1 && viewer_test_is_painted(window));
  test_display_key("bracketleft");
  test_until(window->model == 0 && viewer_test_is_painted(window));
  viewer_test_close(window);
}

static void
test_worst_first(void)
{
  MsWindow *window = viewer_test_open(lesions);
  double previous = -1;

  test_until(viewer_test_is_scored(window));
  gtk_widget_activate_action(GTK_WIDGET(window), "win.sort", "s", "worst");
  test_until(ms_example_list_is_settled(window->list));
  test_display_key("Home");
  test_display_settle(GTK_WIDGET(window));
  for (guint i = 0; i < ms_example_list_get_n_shown(window->list); i++) {
    guint example = ms_example_list_peek(window->list,
                                         (int)i - (int)ms_example_list_get_position(window->list));
    MsScore score = ms_evaluation_get_score(window->evaluation, example, 0);

    g_assert_cmpfloat(score.iou.value, >=, previous);
    previous = score.iou.value;
  }
  gtk_widget_activate_action(GTK_WIDGET(window), "win.sort", "s", "id");
  viewer_test_close(window);
}

static void
test_split(void)
{
  MsWindow *window = viewer_test_open(lesions);
  guint all = ms_example_list_get_n_shown(window->list);

  ms_window_set_split(window, "val");
  test_until(ms_example_list_get_n_shown(window->list) < all);
  test_until(viewer_test_is_painted(window));
  g_assert_cmpstr(ms_set_get_split(window->set, window->example), ==, "val");
  viewer_test_close(window);
}

static void
test_export(void)
{
  MsWindow *window = viewer_test_open(lesions);
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *path = test_path(&folder, "overlay.png");
  g_autofree char *missing = test_path(&folder, "no/overlay.png");
  cairo_surface_t *written;

  gtk_widget_activate_action(GTK_WIDGET(window), "win.export-to", "s", path);
  test_until(viewer_test_message(window));
  g_assert_true(g_str_has_prefix(viewer_test_message(window), "Exported"));
  written = cairo_image_surface_create_from_png(path);
  g_assert_cmpint(cairo_surface_status(written), ==, CAIRO_STATUS_SUCCESS);
  g_assert_cmpint(cairo_image_surface_get_width(written), >=,
                  ms_display_layer(window->shown, MS_LAYER_ERRORS)->levels[0].width);
  cairo_surface_destroy(written);
  gtk_widget_activate_action(GTK_WIDGET(window), "win.export-to", "s", missing);
  test_until(strstr(viewer_test_message(window), "overlay.png") &&
             !g_str_has_prefix(viewer_test_message(window), "Exported"));
  viewer_test_close(window);
}

/* The middle of the exported picture, which stands pixel for pixel at the top of its sheet. */
static guint32
exported_pixel(MsWindow *window, double opacity)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *path = test_path(&folder, "overlay.png");
  cairo_surface_t *written;
  guint32 pixel;

  gtk_adjustment_set_value(ms_legend_get_opacity(window->legend), opacity);
  gtk_widget_activate_action(GTK_WIDGET(window), "win.export-to", "s", path);
  test_until(viewer_test_message(window) && strstr(viewer_test_message(window), folder.path));
  written = cairo_image_surface_create_from_png(path);
  g_assert_cmpint(cairo_surface_status(written), ==, CAIRO_STATUS_SUCCESS);
  pixel = test_display_pixel(written, cairo_image_surface_get_width(written) / 2, 150);
  cairo_surface_destroy(written);
  return pixel;
}

/* The picture is as it is on screen: as opaque as the slider says, with the kinds that are shown.
 */
static void
test_export_looks_as_shown(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  MsWindow *window;

  test_write_columns(&folder, "images/a.png", 500, 300, 500, 200);
  test_write_columns(&folder, "actual/a.png", 500, 300, 499, 255);
  test_write_columns(&folder, "predicted/a.png", 500, 300, 1, 255);
  window = viewer_test_open(folder.path);
  g_assert_cmphex(exported_pixel(window, 1), ==, 0x0072B2);
  g_assert_cmphex(exported_pixel(window, 0), ==, 0xC8C8C8);
  gtk_widget_activate_action(GTK_WIDGET(window), "win.show-fn", NULL);
  g_assert_cmphex(exported_pixel(window, 1), ==, 0xC8C8C8);
  gtk_adjustment_set_value(ms_legend_get_opacity(window->legend), 0.5);
  viewer_test_close(window);
}

/* A failure is told even when another export follows at once: it is there again after that. */
static void
test_failed_export_is_told(void)
{
  MsWindow *window = viewer_test_open(lesions);
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *path = test_path(&folder, "overlay.png");
  g_autofree char *missing = test_path(&folder, "no/overlay.png");

  gtk_widget_activate_action(GTK_WIDGET(window), "win.export-to", "s", missing);
  test_until(viewer_test_message(window));
  gtk_widget_activate_action(GTK_WIDGET(window), "win.export-to", "s", path);
  test_until(strstr(viewer_test_message(window), "Exported"));
  ms_window_dismiss_message(window);
  g_assert_nonnull(viewer_test_message(window));
  g_assert_nonnull(strstr(viewer_test_message(window), "no/overlay.png"));
  viewer_test_close(window);
}

/* Larger than any surface of Cairo's: what is seen is made, never the whole. */
static void
check_long(int width, int height)
{
  g_auto(TestFolder) folder = test_folder_new();
  MsWindow *window;
  const MsView *view;
  cairo_surface_t *drawn;
  double x, y;

  test_write_columns(&folder, "images/a.png", width, height, width, 200);
  test_write_columns(&folder, "actual/a.png", width, height, width, 255);
  test_write_columns(&folder, "predicted/a.png", width, height, width - 3, 255);
  window = viewer_test_open(folder.path);
  view = ms_canvas_get_view(window->canvas);
  for (int i = 0; i < 3; i++) {
    if (i > 0)
      ms_canvas_zoom_to(window->canvas, i == 1 ? 1 : 8, FALSE);
    ms_canvas_pan(window->canvas, -1e7, -1e7);
    test_display_settle(GTK_WIDGET(window));
    drawn = test_display_draw(GTK_WIDGET(window->canvas));
    ms_view_from_image(view, width - 0.5, height - 0.5, &x, &y);
    /* Below 100 % the last wrong pixel lights its device pixel; FN over 200 at half opacity. */
    g_assert_cmphex(test_display_pixel(drawn, (int)x, (int)y), ==, 0x649dbd);
    cairo_surface_destroy(drawn);
  }
  viewer_test_close(window);
}

static void
test_long_pictures(void)
{
  check_long(40000, 200);
  check_long(200, 40000);
}

static void
test_copy(void)
{
  MsWindow *window = viewer_test_open(lesions);

  test_display_key("Control_L+c");
  test_until(viewer_test_message(window));
  g_assert_nonnull(strstr(viewer_test_message(window), "clipboard"));
  viewer_test_close(window);
}

static void
test_reload_keeps_place(void)
{
  MsWindow *window = viewer_test_open(lesions);
  MsSet *before = window->set;
  g_autofree char *id = NULL;

  viewer_test_step(window, "Right", 1);
  id = g_strdup(example_id(window));
  test_display_key("F5");
  test_until(window->set != before && viewer_test_is_painted(window));
  g_assert_cmpstr(example_id(window), ==, id);
  viewer_test_close(window);
}

static void
add_tests(void)
{
  lesions = viewer_test_sample("lesions");
  g_test_add_func("/app/viewer/go-to", test_go_to);
  g_test_add_func("/app/viewer/browse", test_browse);
  g_test_add_func("/app/viewer/hold", test_hold);
  g_test_add_func("/app/viewer/presses", test_presses);
  g_test_add_func("/app/viewer/stay", test_stay);
  g_test_add_func("/app/viewer/numbers", test_numbers);
  g_test_add_func("/app/viewer/totals", test_totals);
  g_test_add_func("/app/viewer/pixels", test_pixels);
  g_test_add_func("/app/viewer/peek", test_peek);
  g_test_add_func("/app/viewer/peek-ends-with-focus", test_peek_ends_with_focus);
  g_test_add_func("/app/viewer/toggle-kind", test_toggle_kind);
  g_test_add_func("/app/viewer/view-stays", test_view_stays);
  g_test_add_func("/app/viewer/typing", test_typing);
  g_test_add_func("/app/viewer/threshold", test_threshold);
  g_test_add_func("/app/viewer/model-keys", test_model_keys);
  g_test_add_func("/app/viewer/worst-first", test_worst_first);
  g_test_add_func("/app/viewer/split", test_split);
  g_test_add_func("/app/viewer/export", test_export);
  g_test_add_func("/app/viewer/export-looks-as-shown", test_export_looks_as_shown);
  g_test_add_func("/app/viewer/failed-export-is-told", test_failed_export_is_told);
  g_test_add_func("/app/viewer/long-pictures", test_long_pictures);
  g_test_add_func("/app/viewer/copy", test_copy);
  g_test_add_func("/app/viewer/reload-keeps-place", test_reload_keeps_place);
}

int
main(int argc, char **argv)
{
  int status = test_display_main(argc, argv, add_tests);

  g_free(lesions);
  return status;
}
