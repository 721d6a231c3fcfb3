/* SPDX-License-Identifier: MIT
 *
 * Why what is shown is wrong: its error regions, gone through with the keyboard, on into the next
 * example and back; chosen with a click; kinds of error and tolerance, looked at alone; and never
 * another example's numbers.
 */
#include "app/tip.h"
#include "viewer-test.h"

#include "app/definition.h"
#include "app/set-anatomy.h"
#include "io/file.h"
#include "io/png.h"
#include "set/describe.h"

#define SIDE 64

/* --- a set: squares of foreground --- */

typedef struct {
  int x, y, size;
  guint8 value; /* 0: 255 */
} Square;

static void
write_squares(const TestFolder *folder, const char *name, const Square *squares, guint n_squares)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MsSamples) samples = ms_samples_new(SIDE, SIDE, MS_COLOR_GREY, 8, name, &error);
  g_autoptr(GBytes) bytes = NULL;

  g_assert_no_error(error);
  for (guint i = 0; i < n_squares; i++)
    for (int y = squares[i].y; y < squares[i].y + squares[i].size; y++)
      for (int x = squares[i].x; x < squares[i].x + squares[i].size; x++)
        samples->pixels[(gsize)y * samples->stride + (gsize)x] =
            squares[i].value ? squares[i].value : 255;
  bytes = ms_png_encode(samples, 1, NULL, &error);
  g_assert_no_error(error);
  g_free(test_file(folder, name, g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes)));
}

/* Pixels of a's regions: a spurious square of 25, a missed one of 16, and one pixel that is
 * spurious. b and c are exact; d has one region, of 9. */
static const Square object = {20, 20, 20};
static const Square a_actual[] = {{20, 20, 20}, {50, 50, 4}};
static const Square a_predicted[] = {{20, 20, 20}, {2, 2, 5}, {10, 60, 1}};
static const Square d_predicted[] = {{20, 20, 20}, {50, 3, 3}};

static MsWindow *
open_squares(const TestFolder *folder)
{
  MsWindow *window;

  write_squares(folder, "actual/a.png", a_actual, 2);
  write_squares(folder, "actual/b.png", &object, 1);
  write_squares(folder, "actual/c.png", &object, 1);
  write_squares(folder, "actual/d.png", &object, 1);
  write_squares(folder, "predictions/a.png", a_predicted, 3);
  write_squares(folder, "predictions/b.png", &object, 1);
  write_squares(folder, "predictions/c.png", &object, 1);
  write_squares(folder, "predictions/d.png", d_predicted, 2);
  window = viewer_test_open(folder->path);
  test_until(window->analysis && viewer_test_is_scored(window));
  return window;
}

/* Probabilities. a's regions: two spurious squares of 25, one of which a threshold of 0.7 forgives;
 * b is exact. */
static MsWindow *
open_values(const TestFolder *folder)
{
  static const Square predicted[] = {
      {20, 20, 20}, {2, 2, 5, 240}, {50, 50, 5, 150}, {0, 40, 4, 20}, {0, 50, 4, 40}};
  MsWindow *window;

  write_squares(folder, "actual/a.png", &object, 1);
  write_squares(folder, "actual/b.png", &object, 1);
  write_squares(folder, "predictions/a.png", predicted, G_N_ELEMENTS(predicted));
  write_squares(folder, "predictions/b.png", &object, 1);
  window = viewer_test_open(folder->path);
  test_until(window->analysis && viewer_test_is_scored(window));
  return window;
}

/* --- looks --- */

static guint64
region_pixels(MsWindow *window)
{
  size_t n_regions;

  if (window->region < 0)
    return 0;
  return ms_regions_get(window->analysis->diagnosis.regions, &n_regions)[window->region]
      .mend.pixels;
}

static gpointer
child(MsWindow *window, const char *name)
{
  return viewer_test_child(ms_inspector_get_why(window->inspector), name);
}

static const char *
place(MsWindow *window)
{
  return viewer_test_text(ms_inspector_get_regions(window->inspector), "place");
}

/* Until the region of so many pixels of that example is the chosen one. */
#define await_region(window, wanted, pixels)                                                       \
  test_until((window)->example == (wanted) && (window)->analysis && ms_window_is_shown(window) &&  \
             region_pixels(window) == (pixels))

static void
assert_analysis_is_of_what_is_shown(MsWindow *window)
{
  MsDisplay *shown = window->shown;

  g_assert_true(!window->analysis ||
                ms_analysis_is_of(window->analysis, shown->frame, shown->rules, shown->focus));
}

static GtkWidget *
find_line(gpointer view, MsError error)
{
  g_autoptr(GPtrArray) all = viewer_test_tree(view);

  for (guint i = 0; i < all->len; i++)
    if (GTK_IS_ACTIONABLE(all->pdata[i]) &&
        g_strcmp0(gtk_actionable_get_action_name(all->pdata[i]), "win.look-at-error") == 0 &&
        error-- == 0)
      return all->pdata[i];
  g_assert_not_reached();
}

/* --- regions --- */

static void
test_step(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  MsWindow *window = open_squares(&folder);

  g_assert_cmpint(window->region, ==, -1);
  test_display_key("n");
  await_region(window, 0, 25);
  g_assert_cmpstr(place(window), ==, "1 of 3");
  test_display_key("F7");
  await_region(window, 0, 16);
  test_display_key("n");
  await_region(window, 0, 1);
  test_display_key("n");
  await_region(window, 3, 9);
  g_assert_nonnull(strstr(viewer_test_message(window), "Passed over 2 exact matches"));
  test_display_key("n");
  test_display_settle(GTK_WIDGET(window));
  g_assert_cmpuint(window->example, ==, 3);
  g_assert_nonnull(strstr(viewer_test_message(window), "No error region after"));
  test_display_key("Shift_L+n");
  await_region(window, 0, 1);
  test_display_key("Shift_L+F7");
  await_region(window, 0, 16);
  viewer_test_close(window);
}

/* Stepping on goes back to the view from which the first region was gone to, unless the user has
 * another one by now. */
static void
test_view(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  MsWindow *window = open_squares(&folder);
  const MsView *view = ms_canvas_get_view(window->canvas);
  double near;

  gtk_widget_activate_action(GTK_WIDGET(window), "win.zoom-100", NULL);
  test_display_key("n");
  await_region(window, 0, 25);
  near = view->zoom;
  g_assert_cmpfloat(near, >, 5);
  test_display_key("n");
  await_region(window, 0, 16);
  g_assert_cmpfloat(view->zoom, ==, near);
  viewer_test_step(window, "Right", 1);
  g_assert_cmpfloat(view->zoom, ==, 1);
  viewer_test_step(window, "Left", 0);
  test_until(window->analysis);
  test_display_key("n");
  await_region(window, 0, 25);
  test_display_key("n");
  await_region(window, 0, 16);
  test_display_key("n");
  await_region(window, 0, 1);
  g_assert_cmpfloat(view->zoom, ==, near);
  test_display_key("n"); /* in search of the next one nothing goes back */
  await_region(window, 3, 9);
  g_assert_cmpfloat(view->zoom, ==, near);
  test_display_key("plus");
  test_until(view->zoom > near);
  near = view->zoom;
  viewer_test_step(window, "Left", 2);
  g_assert_cmpfloat(view->zoom, ==, near);
  viewer_test_close(window);
}

/* Kinds that are switched off are neither listed nor stepped through. */
static void
test_kinds(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  MsWindow *window = open_squares(&folder);
  MsRegionView *view = ms_inspector_get_regions(window->inspector);

  g_assert_cmpuint(ms_region_view_get_n_rows(view), ==, 3);
  test_display_key("n");
  await_region(window, 0, 25);
  g_action_group_change_action_state(G_ACTION_GROUP(window), "show-fp",
                                     g_variant_new_boolean(FALSE));
  g_assert_cmpuint(ms_region_view_get_n_rows(view), ==, 1);
  g_assert_cmpint(window->region, ==, -1);
  g_assert_true(g_str_has_prefix(viewer_test_text(view, "nothing"), "2 of kinds"));
  test_display_key("n");
  await_region(window, 0, 16);
  viewer_test_close(window);
}

/* A wrong pixel chooses its region, any other none. */
static void
test_click(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  MsWindow *window = open_squares(&folder);

  g_signal_emit_by_name(window->canvas, "clicked", 51, 51);
  g_assert_cmpuint(region_pixels(window), ==, 16);
  g_assert_cmpstr(place(window), ==, "2 of 3");
  g_signal_emit_by_name(window->canvas, "clicked", 25, 25);
  g_assert_cmpint(window->region, ==, -1);
  g_assert_cmpstr(place(window), ==, "");
  viewer_test_close(window);
}

/* What is asked for while the example is still being looked at comes when it has been. */
static void
test_early(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  MsWindow *window = open_squares(&folder);

  ms_example_list_select(window->list, 3);
  gtk_widget_activate_action(GTK_WIDGET(window), "win.next-region", NULL);
  g_assert_cmpuint(region_pixels(window), ==, 0);
  await_region(window, 3, 9);
  ms_example_list_select(window->list, 0);
  gtk_widget_activate_action(GTK_WIDGET(window), "win.next-region", NULL);
  ms_example_list_select(window->list, 1);
  test_until(ms_window_is_on_screen(window) && window->analysis);
  g_assert_cmpuint(window->example, ==, 1);
  g_assert_cmpint(window->region, ==, -1);
  viewer_test_close(window);
}

/* Through the largest regions of all examples. */
static void
test_set(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  MsWindow *window = open_squares(&folder);

  test_until(ms_diagnoses_get_n_waiting(window->diagnoses, window->model) == 0);
  test_display_key("Shift_L+w");
  test_until(ms_window_takes_whole_set(window) && window->walk && window->walk->n_steps == 4);
  await_region(window, 0, 25);
  g_assert_cmpstr(place(window), ==, "1 of 4");
  g_assert_cmpstr(viewer_test_text(ms_inspector_get_regions(window->inspector), "heading"), ==,
                  "In this example");
  test_display_key("n");
  await_region(window, 0, 16);
  test_display_key("n");
  await_region(window, 3, 9);
  g_assert_cmpstr(place(window), ==, "3 of 4");
  test_display_key("n");
  await_region(window, 0, 1);
  test_display_key("n");
  test_until(
      g_str_equal(gtk_label_get_text(window->message_text), "That was the last region of the set"));
  test_display_key("Shift_L+n");
  await_region(window, 3, 9);
  test_display_key("Shift_L+w");
  test_until(!ms_window_takes_whole_set(window));
  g_assert_cmpstr(place(window), ==, "1 of 1");
  viewer_test_close(window);
}

/* --- words --- */

static void
test_words(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  MsWindow *window = open_squares(&folder);

  g_assert_cmpstr(viewer_test_text(window->inspector, "verdict"), ==, "Not exact");
  g_assert_cmpstr(viewer_test_text(window->inspector, "reason"), ==,
                  "42 of 4,096 pixels, in 3 regions, the largest 25 px at (4, 2); 12 within 1 px of"
                  " the actual edge");
  g_assert_cmpstr(viewer_test_text(child(window, "regions_fold"), "title"), ==, "Error regions  3");
  viewer_test_step(window, "Right", 1);
  test_until(window->analysis);
  g_assert_cmpstr(viewer_test_text(window->inspector, "reason"), ==, "all 4,096 pixels agree");
  g_assert_cmpstr(viewer_test_text(child(window, "regions_fold"), "title"), ==, "Error regions  0");
  viewer_test_close(window);
}

/* --- staleness --- */

/* However fast one steps, what is shown of an analysis is of the very pixels on the screen. */
static void
test_stale(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  MsWindow *window = open_squares(&folder);
  static const char *const keys[] = {"Right", "Right", "Right", "Left", "Right", "Left", "Home"};

  for (guint i = 0; i < G_N_ELEMENTS(keys); i++) {
    test_display_key(keys[i]);
    for (int turn = 0; turn < 8; turn++) {
      g_main_context_iteration(NULL, FALSE);
      assert_analysis_is_of_what_is_shown(window);
    }
  }
  test_until(viewer_test_is_painted(window) && window->example == 0 && window->analysis);
  assert_analysis_is_of_what_is_shown(window);
  g_assert_cmpstr(viewer_test_text(child(window, "regions_fold"), "title"), ==, "Error regions  3");
  viewer_test_close(window);
}

static const char *
regions_title(MsWindow *window)
{
  return viewer_test_text(child(window, "regions_fold"), "title");
}

/* Under another threshold the example's numbers stay until the new ones are there, and never stand
 * for another example. */
static void
test_threshold_keeps_numbers(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  MsWindow *window = open_values(&folder);
  GtkWidget *spurious = find_line(child(window, "anatomy"), MS_ERROR_SPURIOUS);

  g_assert_cmpstr(regions_title(window), ==, "Error regions  2");
  ms_window_set_threshold(window, 0.7);
  test_until(window->shown->rules == ms_evaluation_get_rules(window->evaluation, 0));
  g_assert_null(window->analysis);
  g_assert_cmpstr(regions_title(window), ==, "Error regions  2");
  g_assert_nonnull(strstr(ms_tip_get(spurious), "Spurious: 50 wrong pixels"));
  g_assert_null(strstr(viewer_test_text(window->inspector, "reason"), "in 2 regions"));
  test_until(window->analysis);
  g_assert_cmpstr(regions_title(window), ==, "Error regions  1");

  ms_window_set_threshold(window, 0.3);
  test_until(window->shown->rules == ms_evaluation_get_rules(window->evaluation, 0));
  ms_window_set_threshold(window, 0.7);
  ms_example_list_select(window->list, 1);
  test_until(ms_window_is_shown(window));
  g_assert_true(window->analysis || g_str_equal(regions_title(window), "Error regions"));
  test_until(window->analysis);
  g_assert_cmpstr(regions_title(window), ==, "Error regions  0");
  viewer_test_close(window);
}

/* What was analysed a moment ago is there at once, and what nobody waits for is given up. */
static void
test_memory(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  MsWindow *window = open_squares(&folder);
  MsAnalysis *first = window->analysis;

  ms_analysis_ref(first);
  viewer_test_step(window, "End", 3);
  test_until(window->analysis);
  g_assert_true(window->analysis != first);
  ms_window_choose_region(window, 0, FALSE);
  ms_example_list_select(window->list, 0);
  test_until(ms_window_is_shown(window));
  g_assert_true(window->analysis == first);
  g_assert_cmpint(window->region, ==, -1);
  ms_analysis_unref(first);
  ms_analyst_want(window->analyst, window->shown->frame, window->shown->rules, NULL);
  g_assert_true(ms_analyst_is_busy(window->analyst));
  ms_window_show_display(window, NULL);
  g_assert_false(ms_analyst_is_busy(window->analyst));
  viewer_test_close(window);
}

/* --- lenses --- */

static void
test_tolerance(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  MsWindow *window = open_squares(&folder);
  MsToleranceView *view = ms_inspector_get_tolerance(window->inspector);

  test_display_key("t");
  test_until(window->dim.tolerance == 1);
  for (guint k = 0; k <= MS_REACH_MAX; k++) {
    g_autofree char *expected = ms_describe_ratio(
        ms_analysis_mended_iou(window->analysis, &window->analysis->diagnosis.reach.within[k]), 3);

    g_action_group_change_action_state(G_ACTION_GROUP(window), "tolerance",
                                       g_variant_new_int32((int)k));
    g_assert_cmpstr(viewer_test_text(view, "tolerant_0"), ==, expected);
    g_assert_cmpfloat(gtk_range_get_value(viewer_test_child(view, "slider")), ==, k);
  }
  g_assert_cmpstr(viewer_test_text(view, "strict_1"), ==, "no");
  g_assert_cmpstr(viewer_test_text(view, "tolerant_1"), ==, "no");
  test_display_key("t");
  test_display_key("Shift_L+t");
  test_until(window->dim.tolerance == MS_REACH_MAX - 1);
  viewer_test_step(window, "Right", 1);
  g_assert_cmpint(window->dim.tolerance, ==, MS_REACH_MAX - 1);
  gtk_range_set_value(viewer_test_child(view, "slider"), 3);
  g_assert_cmpint(window->dim.tolerance, ==, 3);
  viewer_test_close(window);
}

static void
test_anatomy(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  MsWindow *window = open_squares(&folder);
  GtkWidget *missed = find_line(child(window, "anatomy"), MS_ERROR_MISSED);
  GtkWidget *spurious = find_line(child(window, "anatomy"), MS_ERROR_SPURIOUS);

  g_assert_nonnull(strstr(ms_tip_get(missed), "Missed: 16 wrong pixels, 38 %"));
  gtk_widget_activate(missed);
  test_until(window->dim.error == MS_ERROR_MISSED && viewer_test_is_painted(window));
  g_assert_cmpuint(ms_display_dimmed(window->shown).fp, ==, 26);
  test_until(ms_example_list_is_settled(window->list) &&
             ms_example_list_get_n_shown(window->list) == 1);
  g_assert_true(gtk_toggle_button_get_active(GTK_TOGGLE_BUTTON(missed)));
  gtk_widget_activate(spurious);
  test_until(window->dim.error == MS_ERROR_SPURIOUS);
  test_until(ms_example_list_is_settled(window->list) &&
             ms_example_list_get_n_shown(window->list) == 2);
  g_assert_false(gtk_toggle_button_get_active(GTK_TOGGLE_BUTTON(missed)));
  gtk_widget_activate(spurious);
  test_until(window->dim.error == -1 && viewer_test_is_painted(window));
  g_assert_cmpuint(ms_display_dimmed(window->shown).fp, ==, 0);
  test_until(ms_example_list_is_settled(window->list) &&
             ms_example_list_get_n_shown(window->list) == 4);
  viewer_test_close(window);
}

/* It takes the focus, so that keys reach it, and opens with nothing selected; the band at borders
 * is told in pixels of this example. */
static void
test_definition(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  MsWindow *window = open_squares(&folder);
  GtkWidget *definition = viewer_test_find(child(window, "anatomy"), MS_TYPE_DEFINITION);
  GtkMenuButton *button = GTK_MENU_BUTTON(viewer_test_find(definition, GTK_TYPE_MENU_BUTTON));
  GtkWidget *popover = GTK_WIDGET(gtk_menu_button_get_popover(button));
  g_autoptr(GPtrArray) parts = NULL;
  gboolean has_width = FALSE;

  test_until(window->analysis);
  gtk_menu_button_popup(button);
  test_until(gtk_widget_get_mapped(popover) && gtk_widget_get_focus_child(popover));
  parts = viewer_test_tree(popover);
  for (guint i = 0; i < parts->len; i++)
    if (GTK_IS_LABEL(parts->pdata[i])) {
      g_assert_false(
          gtk_label_get_selection_bounds(GTK_LABEL(parts->pdata[i]), &(int){0}, &(int){0}));
      has_width |= strstr(gtk_label_get_text(parts->pdata[i]), "within 2 px (2 %") != NULL;
    }
  g_assert_true(has_width);
  gtk_menu_button_popdown(button);
  viewer_test_close(window);
}

/* Of the set: what its examples lost, together. */
static void
test_set_anatomy(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  MsWindow *window = open_squares(&folder);
  gpointer view = viewer_test_find(window->inspector, MS_TYPE_SET_ANATOMY);
  GtkWidget *spurious = find_line(view, MS_ERROR_SPURIOUS);

  test_until(strstr(ms_tip_get(spurious), "Spurious: 35 wrong pixels, 69 %"));
  gtk_widget_activate(spurious);
  test_until(window->dim.error == MS_ERROR_SPURIOUS);
  viewer_test_close(window);
}

/* What is forgiven is dimmed, and stays so in the next example. */
static void
test_dimmed(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  MsWindow *window = open_squares(&folder);

  test_display_key("t");
  test_until(window->dim.tolerance == 1 && viewer_test_is_painted(window));
  g_assert_cmpuint(ms_display_dimmed(window->shown).fn, ==, 12);
  g_assert_cmpstr(viewer_test_text(window->legend, "tolerance_text"), ==, "Within 1 px");
  g_assert_cmpstr(viewer_test_text(window->legend, "count_0"), ==, "412"); /* the 12 are right */
  g_assert_cmpstr(viewer_test_text(window->legend, "count_2"), ==, "4");
  viewer_test_step(window, "Right", 1);
  viewer_test_step(window, "Left", 0);
  test_until(viewer_test_is_painted(window) && ms_display_dimmed(window->shown).fn == 12);
  gtk_widget_activate_action(GTK_WIDGET(window), "win.clear-tolerance", NULL);
  test_until(viewer_test_is_painted(window) && ms_display_dimmed(window->shown).fn == 0);
  g_assert_cmpint(window->dim.tolerance, ==, 0);
  g_assert_false(gtk_widget_get_visible(viewer_test_child(window->legend, "tolerance")));
  viewer_test_close(window);
}

static void
add_tests(void)
{
  g_test_add_func("/why/step", test_step);
  g_test_add_func("/why/view", test_view);
  g_test_add_func("/why/kinds", test_kinds);
  g_test_add_func("/why/click", test_click);
  g_test_add_func("/why/early", test_early);
  g_test_add_func("/why/set", test_set);
  g_test_add_func("/why/words", test_words);
  g_test_add_func("/why/stale", test_stale);
  g_test_add_func("/why/threshold-keeps-numbers", test_threshold_keeps_numbers);
  g_test_add_func("/why/memory", test_memory);
  g_test_add_func("/why/tolerance", test_tolerance);
  g_test_add_func("/why/dimmed", test_dimmed);
  g_test_add_func("/why/anatomy", test_anatomy);
  g_test_add_func("/why/definition", test_definition);
  g_test_add_func("/why/set-anatomy", test_set_anatomy);
}

int
main(int argc, char **argv)
{
  return test_display_main(argc, argv, add_tests);
}
