/* SPDX-License-Identifier: MIT
 *
 * The list arranged: every order and filter by its action, the histogram by keys and pointer, and
 * what stays where it is while rows change around it. The set has label sets, which are scored at
 * once: what takes time is only the list.
 */
#include "app/tip.h"
#include "viewer-test.h"

#include "app/example-row.h"
#include "app/iou-histogram.h"
#include "app/settings.h"
#include "app/sort-names.h"
#include "set/describe.h"
#include "support/random.h"

#define N_FEW  400
#define N_MANY 100000

/* --- windows --- */

static char *
make_set(const TestFolder *folder, guint n)
{
  static const char *const labels[] = {"Happy", "Fast", "Loud", "Slow", "Sad"};
  g_autoptr(GString) text = g_string_new("example,actual,predicted,split\n");
  TestRandom random = {41};

  for (guint i = 0; i < n; i++) {
    g_string_append_printf(text, "album_%u/song_%06u,", i % 7, i);
    for (guint side = 0; side < 2; side++) {
      guint chosen = 1 + test_random_below(&random, 31); /* an empty cell would be no label set */

      for (guint j = 0; j < G_N_ELEMENTS(labels); j++)
        if (chosen >> j & 1)
          g_string_append_printf(text, "%s;", labels[j]);
      g_string_append_c(text, ',');
    }
    g_string_append(text, i % 3 ? "train\n" : "val\n");
  }
  return test_file(folder, "labels.csv", text->str, text->len);
}

static gboolean
is_arranged(MsWindow *window)
{
  return !ms_evaluation_is_running(window->evaluation) && ms_example_list_is_settled(window->list);
}

/* The counts are those of all scores: nothing more comes. */
static MsWindow *
open_scored(TestFolder *folder, guint n)
{
  g_autofree char *path = NULL, *all = n < N_MANY ? ms_describe_count(n) : g_strdup("100 k");
  MsWindow *window;

  *folder = test_folder_new();
  path = make_set(folder, n);
  window = viewer_test_open(path);
  test_until(is_arranged(window) && viewer_test_is_scored(window));
  ms_example_list_set_show(window->list, MS_SHOW_EXACT);
  test_until(is_arranged(window));
  ms_example_list_set_show(window->list, MS_SHOW_ALL);
  test_until(is_arranged(window));
  g_assert_cmpstr(viewer_test_text(window->list, "count_0"), ==, all);
  if (n == N_MANY)
    g_assert_cmpstr(ms_tip_get(viewer_test_child(window->list, "show_0")), ==,
                    "Show all examples (100,000)");
  test_display_settle(GTK_WIDGET(window));
  return window;
}

static void
act(MsWindow *window, const char *action, const char *parameter)
{
  g_autoptr(GVariant) value =
      parameter ? g_variant_ref_sink(g_variant_new_parsed(parameter)) : NULL;

  g_assert_true(gtk_widget_activate_action_variant(GTK_WIDGET(window), action, value));
  test_until(is_arranged(window));
}

static void
close_window(MsWindow *window)
{
  act(window, "win.clear-filters", NULL);
  g_settings_reset(ms_settings_get(), "sort");
  g_settings_reset(ms_settings_get(), "sort-reverse");
  viewer_test_close(window);
}

static guint
example_at(MsExampleList *list, guint position)
{
  return ms_example_list_peek(list, (int)position - (int)ms_example_list_get_position(list));
}

static MsScore
score_at(MsWindow *window, guint position)
{
  return ms_evaluation_get_score(window->evaluation, example_at(window->list, position), 0);
}

/* --- orders --- */

static double
value_of(MsSort sort, const MsScore *score, guint example)
{
  switch (sort) {
  case MS_SORT_ID:
    return example;
  case MS_SORT_IOU:
    return score->iou.value;
  case MS_SORT_DICE:
    return score->dice.value;
  case MS_SORT_EXACT:
    return score->exact;
  case MS_SORT_FP:
    return -(double)score->counts.fp;
  case MS_SORT_FN:
    return -(double)score->counts.fn;
  case MS_SORT_ERROR:
    return -(double)score->wrong;
  default: /* label sets are of no file of their own */
    return 0;
  }
}

static void
assert_sorted(MsWindow *window, MsSort sort, gboolean reverse)
{
  double sign = reverse ? -1 : 1;

  g_assert_cmpuint(ms_example_list_get_n_shown(window->list), ==, N_FEW);
  for (guint i = 1; i < N_FEW; i++) {
    guint first = example_at(window->list, i - 1), second = example_at(window->list, i);
    MsScore first_score = score_at(window, i - 1), second_score = score_at(window, i);
    double before = sign * value_of(sort, &first_score, first);
    double after = sign * value_of(sort, &second_score, second);

    g_assert_cmpfloat(before, <=, after);
    if (before == after)
      g_assert_cmpuint(first, <, second);
  }
}

/* Which way it goes, in words. */
static void
assert_order_says(GtkDropDown *order, const char *direction)
{
  GtkStringObject *shown = gtk_drop_down_get_selected_item(order);

  g_assert_true(g_str_has_suffix(gtk_string_object_get_string(shown), direction));
}

/* The action, the drop-down and the setting are one. */
static void
test_sorts(void)
{
  g_auto(TestFolder) folder = {NULL};
  MsWindow *window = open_scored(&folder, N_FEW);
  GtkDropDown *order = viewer_test_child(window->list, "order");
  g_autofree char *name = NULL;

  for (MsSort sort = MS_SORT_REGION; sort-- > 0;) { /* labels have no regions */
    g_autofree char *target = g_strdup_printf("'%s'", ms_sort_get_name(sort));

    act(window, "win.sort", target);
    assert_sorted(window, sort, FALSE);
    g_assert_cmpuint(gtk_drop_down_get_selected(order), ==, sort);
    assert_order_says(order, ms_sort_get_direction(sort, FALSE));
    act(window, "win.sort-reverse", NULL);
    assert_sorted(window, sort, TRUE);
    g_assert_cmpuint(gtk_drop_down_get_selected(order), ==, sort);
    assert_order_says(order, ms_sort_get_direction(sort, TRUE));
    act(window, "win.sort-reverse", NULL);
  }
  gtk_drop_down_set_selected(order, MS_SORT_FN);
  test_until(is_arranged(window));
  assert_sorted(window, MS_SORT_FN, FALSE);
  name = g_settings_get_string(ms_settings_get(), "sort");
  g_assert_cmpstr(name, ==, "fn");
  close_window(window);
}

static MsExampleRow *
find_row(MsExampleList *list, guint example)
{
  g_autoptr(GPtrArray) all = viewer_test_tree(viewer_test_child(list, "view"));

  for (guint i = 0; i < all->len; i++) {
    gpointer widget = g_ptr_array_index(all, i);

    if (MS_IS_EXAMPLE_ROW(widget) && ms_example_row_get_example(widget) == example)
      return widget;
  }
  return NULL;
}

/* A row that is made anew is away for a moment. */
static gboolean
row_says(MsWindow *window, const char *part, const char *text)
{
  MsExampleRow *row = find_row(window->list, 0);

  return row && g_str_equal(viewer_test_text(row, part), text);
}

/* Rows show what they are sorted by. */
static void
test_values(void)
{
  g_auto(TestFolder) folder = {NULL};
  MsWindow *window = open_scored(&folder, N_FEW);
  MsScore score = ms_evaluation_get_score(window->evaluation, 0, 0);
  g_autofree char *iou = ms_describe_ratio(score.iou, 3), *dice = ms_describe_ratio(score.dice, 3);
  g_autofree char *by_dice = g_strdup_printf("Dice %s", dice);
  g_autofree char *beside = g_strdup_printf("IoU %s", iou);
  g_autofree char *by_fp = g_strdup_printf("%u FP", (guint)score.counts.fp);

  g_assert_false(score.exact);
  test_until(row_says(window, "value", iou));
  act(window, "win.sort", "'dice'");
  test_until(row_says(window, "value", by_dice) && row_says(window, "mark", beside));
  act(window, "win.sort", "'fp'");
  test_until(row_says(window, "value", by_fp));
  act(window, "win.sort", "'exact'");
  test_until(row_says(window, "mark", "not exact"));
  close_window(window);
}

/* --- filters --- */

static guint
count_if(MsWindow *window,
         gboolean (*passes)(MsWindow *window, guint example, const MsScore *score))
{
  guint n = 0;

  for (guint i = 0; i < ms_set_get_n_examples(window->set); i++) {
    MsScore score = ms_evaluation_get_score(window->evaluation, i, 0);

    n += passes(window, i, &score);
  }
  return n;
}

static gboolean
is_half(MsWindow *window, guint example, const MsScore *score)
{
  return score->iou.value >= 0.2 && score->iou.value <= 0.5;
}

static gboolean
is_third_half(MsWindow *window, guint example, const MsScore *score)
{
  return is_half(window, example, score) &&
         g_str_has_prefix(ms_set_get_id(window->set, example), "album_3/");
}

static void
test_filters(void)
{
  g_auto(TestFolder) folder = {NULL};
  MsWindow *window = open_scored(&folder, N_FEW);
  gpointer range = viewer_test_child(window->list, "range");
  guint half = count_if(window, is_half), third = count_if(window, is_third_half);
  g_autofree char *text = g_strdup_printf("IoU 0.20 to 0.50: %u examples", half);
  g_autofree char *count = g_strdup_printf("%u", third);

  g_assert_cmpstr(viewer_test_text(range, "text"), ==, "IoU 0 to 1: 400 examples");
  act(window, "win.filter-iou", "(0.2, 0.5)");
  g_assert_cmpuint(ms_example_list_get_n_shown(window->list), ==, half);
  g_assert_cmpstr(viewer_test_text(range, "text"), ==, text);
  act(window, "win.filter-text", "'album_[3]'");
  g_assert_cmpuint(ms_example_list_get_n_shown(window->list), ==, third);
  g_assert_cmpstr(viewer_test_text(window->list, "count_0"), ==, count);
  act(window, "win.filter-iou", "(0.7, 0.2)");
  g_assert_cmpuint(ms_example_list_get_n_shown(window->list), ==, third);
  act(window, "win.clear-filters", NULL);
  g_assert_cmpuint(ms_example_list_get_n_shown(window->list), ==, N_FEW);
  close_window(window);
}

static guint wanted_label;

static gboolean
has_label(MsWindow *window, guint example, const MsScore *score)
{
  g_autoptr(GArray) marks =
      ms_label_data_marks(ms_set_get_labels(window->set), ms_set_get_row(window->set, example), 0,
                          ms_set_get_rules(window->set, 0));
  const MsLabelMark *mark = &g_array_index(marks, MsLabelMark, wanted_label);

  return mark->actual || mark->predicted;
}

static void
test_class(void)
{
  g_auto(TestFolder) folder = {NULL};
  MsWindow *window = open_scored(&folder, N_FEW);
  GtkDropDown *choice =
      viewer_test_find(viewer_test_child(window->list, "classes"), GTK_TYPE_DROP_DOWN);

  g_assert_true(gtk_widget_get_mapped(GTK_WIDGET(choice)));
  g_assert_cmpuint(g_list_model_get_n_items(gtk_drop_down_get_model(choice)), ==, 6);
  for (wanted_label = 0; wanted_label < 5; wanted_label++) {
    gtk_drop_down_set_selected(choice, wanted_label + 1);
    test_until(is_arranged(window));
    g_assert_cmpuint(ms_example_list_get_n_shown(window->list), ==, count_if(window, has_label));
  }
  act(window, "win.filter-class", "int64 -1");
  g_assert_cmpuint(gtk_drop_down_get_selected(choice), ==, 0);
  g_assert_cmpuint(ms_example_list_get_n_shown(window->list), ==, N_FEW);
  close_window(window);
}

/* An empty list says what made it so, and its button brings everything back. */
static void
test_nothing(void)
{
  g_auto(TestFolder) folder = {NULL};
  MsWindow *window = open_scored(&folder, N_FEW);
  GtkWidget *clear = viewer_test_child(window->list, "clear");

  act(window, "win.filter-show", "'problems'");
  g_assert_cmpstr(viewer_test_text(window->list, "empty"), ==, "No example has a problem");
  act(window, "win.filter-iou", "(0.02, 0.04)");
  act(window, "win.filter-class", "int64 2");
  act(window, "win.filter-text", "'zz'");
  g_assert_cmpstr(viewer_test_text(window->list, "empty"), ==,
                  "No example has a problem, has an IoU from 0.02 to 0.04, has Loud and has a name "
                  "with “zz”");
  test_until(gtk_widget_get_mapped(clear));
  g_signal_emit_by_name(clear, "clicked");
  test_until(ms_example_list_get_n_shown(window->list) == N_FEW);
  close_window(window);
}

/* --- the histogram --- */

static gpointer
histogram_of(MsWindow *window)
{
  return viewer_test_child(viewer_test_child(window->list, "range"), "histogram");
}

static void
assert_range(MsWindow *window, double lowest, double highest)
{
  GAction *action = g_action_map_lookup_action(G_ACTION_MAP(window), "filter-iou");
  g_autoptr(GVariant) state = g_action_get_state(action);
  g_autoptr(GVariant) expected = g_variant_ref_sink(g_variant_new("(dd)", lowest, highest));

  if (!g_variant_equal(state, expected)) {
    g_autofree char *text = g_variant_print(state, FALSE);

    g_error("the range is %s", text);
  }
}

static void
press_keys(MsWindow *window, const char *keys)
{
  g_auto(GStrv) all = g_strsplit(keys, " ", -1);

  for (guint i = 0; all[i]; i++)
    test_display_key(all[i]);
  test_display_settle(GTK_WIDGET(window));
}

static void
assert_value(GtkWidget *handle, const char *name, const char *text, double value)
{
  gtk_test_accessible_assert_role(GTK_ACCESSIBLE(handle), GTK_ACCESSIBLE_ROLE_SLIDER);
  gtk_test_accessible_assert_property(GTK_ACCESSIBLE(handle), GTK_ACCESSIBLE_PROPERTY_LABEL, name);
  gtk_test_accessible_assert_property(GTK_ACCESSIBLE(handle), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                      text);
  gtk_test_accessible_assert_property(GTK_ACCESSIBLE(handle), GTK_ACCESSIBLE_PROPERTY_VALUE_NOW,
                                      value);
}

/* Arrows, pages and ends move the handle that has the keyboard; Escape lists all. */
static void
test_histogram_keys(void)
{
  g_auto(TestFolder) folder = {NULL};
  MsWindow *window = open_scored(&folder, N_FEW);
  GtkWidget *low = gtk_widget_get_first_child(histogram_of(window));
  GtkWidget *high = gtk_widget_get_next_sibling(low);
  guint chosen = window->example;

  gtk_widget_grab_focus(low);
  press_keys(window, "Right Right Up Page_Up Left");
  assert_range(window, 7 / 50.0, 1);
  assert_value(low, "Lowest IoU", "0.14", 7 / 50.0);
  press_keys(window, "Tab");
  g_assert_true(gtk_widget_has_focus(high));
  press_keys(window, "Page_Down Down Left");
  assert_range(window, 7 / 50.0, 43 / 50.0);
  assert_value(high, "Highest IoU", "0.86", 43 / 50.0);
  press_keys(window, "Home");
  assert_range(window, 7 / 50.0, 8 / 50.0);
  press_keys(window, "End");
  assert_range(window, 7 / 50.0, 1);
  test_until(is_arranged(window));
  g_assert_cmpuint(window->example, ==, chosen);
  press_keys(window, "Escape");
  assert_range(window, 0, 1);
  g_assert_true(gtk_widget_has_focus(high));
  press_keys(window, "Escape");
  g_assert_false(gtk_widget_has_focus(high));
  close_window(window);
}

static double
x_of(GtkWidget *histogram, double iou)
{
  return 4.5 + iou * (gtk_widget_get_width(histogram) - 9);
}

static void
point_at(MsWindow *window, double iou)
{
  test_display_point_at(histogram_of(window), x_of(histogram_of(window), iou), 20);
  test_display_settle(GTK_WIDGET(window));
}

static void
drag(MsWindow *window, double from, double to)
{
  point_at(window, from);
  test_display_button(1, TRUE);
  point_at(window, (from + to) / 2);
  point_at(window, to);
  test_display_button(1, FALSE);
  test_display_settle(GTK_WIDGET(window));
}

static void
click(MsWindow *window)
{
  test_display_button(1, TRUE);
  test_display_settle(GTK_WIDGET(window));
  test_display_button(1, FALSE);
  test_display_settle(GTK_WIDGET(window));
}

/* A drag over bars wants those it touched, one of a handle moves it; a click wants one bar. */
static void
test_histogram_pointer(void)
{
  g_auto(TestFolder) folder = {NULL};
  MsWindow *window = open_scored(&folder, N_FEW);

  drag(window, 0.31, 0.61);
  assert_range(window, 15 / 50.0, 31 / 50.0);
  drag(window, 0.62, 0.8);
  assert_range(window, 15 / 50.0, 40 / 50.0);
  drag(window, 0.3, 0.1);
  assert_range(window, 5 / 50.0, 40 / 50.0);
  drag(window, 0.1, 0.95);
  assert_range(window, 39 / 50.0, 40 / 50.0);
  point_at(window, 0.51);
  click(window);
  assert_range(window, 25 / 50.0, 26 / 50.0);
  test_display_point(NULL);
  close_window(window);
}

static guint
bar_without(MsWindow *window)
{
  guint bars[MS_N_IOU_BARS] = {0}, bar = 2;

  for (guint i = 0; i < N_FEW; i++)
    bars[ms_order_bar_of(ms_evaluation_get_score(window->evaluation, i, 0).iou.value)]++;
  g_assert_cmpuint(bars[25], >, 0);
  while (bars[bar] > 0)
    bar++;
  return bar;
}

/* A bar that is not there cannot be chosen, and one that is chosen is let go of. */
static void
test_histogram_click(void)
{
  g_auto(TestFolder) folder = {NULL};
  MsWindow *window = open_scored(&folder, N_FEW);

  g_object_set(gtk_settings_get_default(), "gtk-double-click-time", 0, NULL);
  point_at(window, (bar_without(window) + 0.5) / MS_N_IOU_BARS);
  click(window);
  assert_range(window, 0, 1);
  point_at(window, 0.51);
  click(window);
  assert_range(window, 25 / 50.0, 26 / 50.0);
  click(window);
  assert_range(window, 0, 1);
  act(window, "win.filter-iou", "(0.2, 0.52)");
  click(window); /* on a handle */
  assert_range(window, 0.2, 0.52);
  gtk_settings_reset_property(gtk_settings_get_default(), "gtk-double-click-time");
  test_display_point(NULL);
  close_window(window);
}

/* The pointer leaves the keys with who had them. */
static void
test_histogram_focus(void)
{
  g_auto(TestFolder) folder = {NULL};
  MsWindow *window = open_scored(&folder, N_FEW);
  GtkWidget *focus;

  ms_window_focus_example(window);
  focus = gtk_window_get_focus(GTK_WINDOW(window));
  g_assert_nonnull(focus);
  drag(window, 0.31, 0.61);
  drag(window, 0.62, 0.8);
  assert_range(window, 15 / 50.0, 40 / 50.0);
  g_assert_true(gtk_window_get_focus(GTK_WINDOW(window)) == focus);
  test_display_point(NULL);
  close_window(window);
}

static void
test_histogram_double_click(void)
{
  g_auto(TestFolder) folder = {NULL};
  MsWindow *window = open_scored(&folder, N_FEW);

  act(window, "win.filter-iou", "(0.5, 0.8)");
  g_object_set(gtk_settings_get_default(), "gtk-double-click-time", 30000, NULL);
  point_at(window, 0.21);
  click(window);
  click(window);
  gtk_settings_reset_property(gtk_settings_get_default(), "gtk-double-click-time");
  assert_range(window, 0, 1);
  test_display_point(NULL);
  close_window(window);
}

static guint
first_between(MsWindow *window, double lowest, double highest)
{
  for (guint i = 0; i < N_FEW; i++) {
    MsScore score = ms_evaluation_get_score(window->evaluation, i, 0);

    if (score.iou.value > lowest && score.iou.value < highest)
      return i;
  }
  g_assert_not_reached();
}

static guint32
pixel_at(MsWindow *window, cairo_surface_t *list, double iou, double y)
{
  GtkWidget *histogram = histogram_of(window);
  double list_x, list_y;

  g_assert_true(gtk_widget_translate_coordinates(histogram, GTK_WIDGET(window->list),
                                                 x_of(histogram, iou), y, &list_x, &list_y));
  return test_display_pixel(list, (int)list_x, (int)list_y);
}

/* A bar where there are examples; that of the chosen one is the strongest, and marked. */
static void
test_histogram_picture(void)
{
  g_auto(TestFolder) folder = {NULL};
  MsWindow *window = open_scored(&folder, N_FEW);
  cairo_surface_t *list;

  ms_example_list_select(window->list, first_between(window, 0.49, 0.51));
  g_assert_cmpuint(first_between(window, 0.19, 0.21), <, N_FEW);
  test_display_settle(GTK_WIDGET(window));
  list = test_display_draw(GTK_WIDGET(window->list));
  g_assert_cmphex(pixel_at(window, list, 0.51, 42), !=, pixel_at(window, list, 0.21, 42));
  g_assert_cmphex(pixel_at(window, list, 0.21, 42), !=, pixel_at(window, list, 0.97, 42));
  g_assert_cmphex(pixel_at(window, list, 0.51, 49), !=, pixel_at(window, list, 0.21, 49));
  cairo_surface_destroy(list);
  close_window(window);
}

/* --- what stays --- */

/* Where the row of the chosen example is in the view; below it: nowhere. */
static double
chosen_y(MsExampleList *list)
{
  GtkWidget *view = viewer_test_child(list, "view");
  MsExampleRow *row = find_row(list, ms_example_list_get_selected(list));
  graphene_rect_t box;

  if (row && gtk_widget_get_mapped(GTK_WIDGET(row)) &&
      gtk_widget_compute_bounds(GTK_WIDGET(row), view, &box))
    return box.origin.y;
  return G_MAXDOUBLE;
}

static gboolean
is_in_sight(MsExampleList *list)
{
  return chosen_y(list) >= 0 &&
         chosen_y(list) < gtk_widget_get_height(viewer_test_child(list, "view"));
}

static gboolean
is_whole_in_sight(MsExampleList *list)
{
  return chosen_y(list) >= 0 &&
         chosen_y(list) + 55 <= gtk_widget_get_height(viewer_test_child(list, "view"));
}

static void
arrange(MsWindow *window, const char *action, const char *parameter)
{
  act(window, action, parameter);
  test_display_settle(GTK_WIDGET(window));
  test_display_settle(GTK_WIDGET(window));
}

/* Wherever the chosen one of many goes, it stays where it is on screen. */
static void
test_place(void)
{
  g_auto(TestFolder) folder = {NULL};
  MsWindow *window = open_scored(&folder, N_MANY);
  g_autofree char *fewer = NULL;
  const char *id;
  double y;

  ms_example_list_select(window->list, N_MANY / 2 + 3);
  ms_example_list_step(window->list, -4);
  test_until(is_in_sight(window->list));
  test_display_settle(GTK_WIDGET(window));
  y = chosen_y(window->list);
  id = ms_set_get_id(window->set, window->example);
  fewer = g_strdup_printf("'%s'", id + strlen(id) - 3);
  arrange(window, "win.sort", "'worst'");
  g_assert_cmpuint(ms_example_list_get_selected(window->list), ==, N_MANY / 2 - 1);
  g_assert_cmpfloat(chosen_y(window->list), ==, y);
  arrange(window, "win.filter-text", fewer); /* rows go */
  g_assert_cmpuint(ms_example_list_get_n_shown(window->list), <, N_MANY);
  g_assert_cmpfloat(chosen_y(window->list), ==, y);
  arrange(window, "win.filter-text", "''"); /* and come */
  g_assert_cmpfloat(chosen_y(window->list), ==, y);
  arrange(window, "win.sort-reverse", NULL);
  g_assert_cmpfloat(chosen_y(window->list), ==, y);
  arrange(window, "win.filter-text", "'song_000001'");
  g_assert_cmpuint(ms_example_list_get_selected(window->list), ==, G_MAXUINT);
  arrange(window, "win.filter-text", "''");
  g_assert_true(is_in_sight(window->list));
  close_window(window);
}

/* One that is out of sight is brought there when the user arranges the list. */
static void
test_reveal(void)
{
  g_auto(TestFolder) folder = {NULL};
  MsWindow *window = open_scored(&folder, N_FEW);
  GtkAdjustment *scroll = gtk_scrollable_get_vadjustment(viewer_test_child(window->list, "view"));

  ms_example_list_select(window->list, N_FEW / 2);
  gtk_adjustment_set_value(scroll, 0);
  test_display_settle(GTK_WIDGET(window));
  arrange(window, "win.sort", "'fp'");
  g_assert_true(is_in_sight(window->list));
  close_window(window);
}

/* A chosen one that a filter hid comes back to where it was. */
static void
test_place_of_hidden(void)
{
  static const char *const filters[] = {"'zz'", "'album_3'"};
  g_auto(TestFolder) folder = {NULL};
  MsWindow *window = open_scored(&folder, N_FEW);
  double y;

  ms_example_list_select(window->list, 100);
  test_display_settle(GTK_WIDGET(window));
  gtk_adjustment_set_value(gtk_scrollable_get_vadjustment(viewer_test_child(window->list, "view")),
                           97 * 55 + 20);
  test_display_settle(GTK_WIDGET(window));
  y = chosen_y(window->list);
  g_assert_cmpfloat(y, ==, 3 * 55 - 20);
  for (guint i = 0; i < G_N_ELEMENTS(filters); i++) {
    arrange(window, "win.filter-text", filters[i]);
    g_assert_cmpuint(ms_example_list_get_selected(window->list), ==, G_MAXUINT);
    arrange(window, "win.filter-text", "''");
    g_assert_cmpfloat(chosen_y(window->list), ==, y);
  }
  close_window(window);
}

/* Until the user has chosen one, another sort begins with its first example. */
static void
test_begins_with_first(void)
{
  g_auto(TestFolder) folder = {NULL};
  MsWindow *window = open_scored(&folder, N_FEW);
  GtkAdjustment *scroll = gtk_scrollable_get_vadjustment(viewer_test_child(window->list, "view"));
  guint chosen;

  arrange(window, "win.sort-reverse", NULL);
  g_assert_cmpuint(window->example, ==, N_FEW - 1);
  g_assert_cmpfloat(gtk_adjustment_get_value(scroll), ==, 0);
  arrange(window, "win.sort", "'fp'");
  g_assert_cmpuint(window->example, !=, N_FEW - 1);
  g_assert_cmpuint(ms_example_list_get_position(window->list), ==, 0);
  g_assert_cmpfloat(gtk_adjustment_get_value(scroll), ==, 0);
  viewer_test_step(window, "Right", example_at(window->list, 1));
  chosen = window->example;
  arrange(window, "win.sort-reverse", NULL);
  g_assert_cmpuint(window->example, ==, chosen);
  g_assert_cmpuint(ms_example_list_get_position(window->list), >, 0);
  close_window(window);
}

/* Something comes to stand below the list, which becomes shorter. */
static void
test_shorter_view(void)
{
  g_auto(TestFolder) folder = {NULL};
  MsWindow *window = open_scored(&folder, N_FEW);
  GtkAdjustment *scroll = gtk_scrollable_get_vadjustment(viewer_test_child(window->list, "view"));
  guint below;

  ms_example_list_select(window->list, 100);
  test_display_settle(GTK_WIDGET(window));
  below = (guint)((gtk_adjustment_get_value(scroll) + gtk_adjustment_get_page_size(scroll)) / 55);
  ms_example_list_select(window->list, below - 1);
  test_display_settle(GTK_WIDGET(window));
  g_assert_true(is_whole_in_sight(window->list));
  gtk_widget_set_margin_bottom(GTK_WIDGET(window->list), 150);
  for (guint i = 0; i < 3; i++)
    test_display_settle(GTK_WIDGET(window));
  g_assert_true(is_whole_in_sight(window->list));
  gtk_widget_set_margin_bottom(GTK_WIDGET(window->list), 0);
  close_window(window);
}

/* Arrow keys in the list go on from the chosen example, wherever that went. */
static void
test_focus(void)
{
  g_auto(TestFolder) folder = {NULL};
  MsWindow *window = open_scored(&folder, N_FEW);
  guint before, position;

  gtk_widget_grab_focus(viewer_test_child(window->list, "view"));
  test_display_key("Down");
  test_display_key("Down");
  test_until(ms_example_list_get_position(window->list) > 0);
  test_display_settle(GTK_WIDGET(window));
  before = ms_example_list_get_position(window->list);
  arrange(window, "win.sort-reverse", NULL);
  position = ms_example_list_get_position(window->list);
  g_assert_cmpuint(position, ==, N_FEW - 1 - before);
  test_display_key("Up");
  test_until(ms_example_list_get_position(window->list) == position - 1);
  close_window(window);
}

/* --- scores come in --- */

/* A list by itself, of examples that nobody scores but the test. */
typedef struct {
  TestFolder folder;
  MsSet *set;
  MsEvaluation *evaluation;
  MsEvaluation *looked_at; /* has the scores of whose pictures are made */
  MsThumbnails *thumbnails;
  GtkWidget *window;
  MsExampleList *list;
  guint n_rearranged;
} Lone;

static void
count_rearranged(MsExampleList *list, guint *n)
{
  ++*n;
}

static void
open_lone(Lone *lone)
{
  g_autoptr(MsOptions) options = ms_options_new();
  g_autoptr(GError) error = NULL;

  lone->folder = test_folder_new();
  options->set = make_set(&lone->folder, N_FEW);
  lone->set = ms_set_open(options, NULL, NULL, NULL, &error);
  g_assert_no_error(error);
  lone->evaluation = ms_evaluation_new(lone->set);
  lone->looked_at = ms_evaluation_new(lone->set);
  lone->thumbnails = ms_thumbnails_new(lone->looked_at, 1);
  lone->list = g_object_new(MS_TYPE_EXAMPLE_LIST, NULL);
  lone->window = gtk_window_new();
  gtk_window_set_default_size(GTK_WINDOW(lone->window), 272, 800);
  gtk_window_set_child(GTK_WINDOW(lone->window), GTK_WIDGET(lone->list));
  ms_example_list_set_evaluation(lone->list, lone->evaluation, lone->thumbnails, 0);
  ms_example_list_jump(lone->list, FALSE);
  test_display_focus(GTK_WINDOW(lone->window));
  test_until(ms_example_list_is_settled(lone->list));
  g_signal_connect(lone->list, "rearranged", G_CALLBACK(count_rearranged), &lone->n_rearranged);
}

static void
close_lone(Lone *lone)
{
  ms_example_list_set_evaluation(lone->list, NULL, NULL, 0);
  gtk_window_destroy(GTK_WINDOW(lone->window));
  g_object_run_dispose(G_OBJECT(lone->thumbnails));
  g_object_unref(lone->thumbnails);
  g_object_unref(lone->looked_at);
  g_object_unref(lone->evaluation);
  g_object_unref(lone->set);
  test_folder_clear(&lone->folder);
}

static gboolean
says_scored(Lone *lone, guint n)
{
  g_autofree char *text = g_strdup_printf("IoU 0 to 1: %u examples", n);

  return g_str_equal(viewer_test_text(viewer_test_child(lone->list, "range"), "text"), text);
}

static void
put_scores(Lone *lone, guint from, guint to)
{
  for (guint i = from; i < to; i++) {
    g_autoptr(MsResult) result = ms_pair_score_labels(lone->set, i, 0);

    ms_evaluation_put(lone->evaluation, i, 0, result);
  }
}

/* Waits until the list shows them. */
static void
score(Lone *lone, guint from, guint to)
{
  put_scores(lone, from, to);
  test_until(says_scored(lone, to));
  test_display_settle(lone->window);
}

/* By id nothing moves, whatever comes in. */
static void
test_scores_by_id(void)
{
  Lone lone = {0};

  open_lone(&lone);
  score(&lone, 0, N_FEW);
  g_assert_cmpuint(lone.n_rearranged, ==, 0);
  close_lone(&lone);
}

/* By score, the chosen one stays where it is on screen; so does the top of the list when it is
 * elsewhere. */
static void
test_scores_by_iou(void)
{
  Lone lone = {0};
  GtkAdjustment *scroll;
  guint position;
  double y;

  open_lone(&lone);
  score(&lone, 0, 200);
  ms_example_list_set_sort(lone.list, MS_SORT_IOU, FALSE);
  test_until(lone.n_rearranged == 1);
  ms_example_list_select(lone.list, example_at(lone.list, 100));
  test_until(is_in_sight(lone.list));
  test_display_settle(lone.window);
  y = chosen_y(lone.list);
  position = ms_example_list_get_position(lone.list);
  g_assert_cmpuint(position, ==, 100);
  score(&lone, 200, 300);
  g_assert_cmpuint(lone.n_rearranged, ==, 2);
  g_assert_cmpuint(ms_example_list_get_position(lone.list), >, position);
  g_assert_cmpfloat(chosen_y(lone.list), ==, y);

  scroll = gtk_scrollable_get_vadjustment(viewer_test_child(lone.list, "view"));
  gtk_adjustment_set_value(scroll, 0);
  score(&lone, 300, N_FEW);
  g_assert_cmpuint(lone.n_rearranged, ==, 3);
  g_assert_cmpfloat(gtk_adjustment_get_value(scroll), ==, 0);
  close_lone(&lone);
}

/* What fits no filter yet is not there yet, and the list says so until it is. */
static void
test_scores_filtered(void)
{
  Lone lone = {0};

  open_lone(&lone);
  ms_example_list_set_show(lone.list, MS_SHOW_NOT_EXACT);
  test_until(ms_example_list_get_n_shown(lone.list) == 0);
  g_assert_cmpstr(gtk_stack_get_visible_child_name(viewer_test_child(lone.list, "stack")), ==,
                  "empty");
  put_scores(&lone, 0, 100);
  test_until(ms_example_list_get_n_shown(lone.list) > 50);
  g_assert_cmpstr(gtk_stack_get_visible_child_name(viewer_test_child(lone.list, "stack")), ==,
                  "list");
  close_lone(&lone);
}

/* Steps go by the rows that are on screen, while others are being found. */
static void
test_pending(void)
{
  g_auto(TestFolder) folder = {NULL};
  MsWindow *window = open_scored(&folder, N_MANY);

  gtk_widget_activate_action(GTK_WIDGET(window), "win.sort", "s", "worst");
  g_assert_false(ms_example_list_is_settled(window->list));
  gtk_widget_activate_action(GTK_WIDGET(window), "win.next", NULL);
  gtk_widget_activate_action(GTK_WIDGET(window), "win.next", NULL);
  g_assert_cmpuint(ms_example_list_get_selected(window->list), ==, 2);
  gtk_widget_activate_action(GTK_WIDGET(window), "win.filter-text", "s", "99");
  gtk_widget_activate_action(GTK_WIDGET(window), "win.filter-text", "s", "song_00000");
  test_until(is_arranged(window));
  g_assert_cmpuint(ms_example_list_get_n_shown(window->list), ==, 10);
  close_window(window);
}

static void
add_tests(void)
{
  g_test_add_func("/app/arrange/sorts", test_sorts);
  g_test_add_func("/app/arrange/values", test_values);
  g_test_add_func("/app/arrange/filters", test_filters);
  g_test_add_func("/app/arrange/class", test_class);
  g_test_add_func("/app/arrange/nothing", test_nothing);
  g_test_add_func("/app/arrange/histogram-keys", test_histogram_keys);
  g_test_add_func("/app/arrange/histogram-pointer", test_histogram_pointer);
  g_test_add_func("/app/arrange/histogram-click", test_histogram_click);
  g_test_add_func("/app/arrange/histogram-focus", test_histogram_focus);
  g_test_add_func("/app/arrange/histogram-double-click", test_histogram_double_click);
  g_test_add_func("/app/arrange/histogram-picture", test_histogram_picture);
  g_test_add_func("/app/arrange/place", test_place);
  g_test_add_func("/app/arrange/reveal", test_reveal);
  g_test_add_func("/app/arrange/place-of-hidden", test_place_of_hidden);
  g_test_add_func("/app/arrange/begins-with-first", test_begins_with_first);
  g_test_add_func("/app/arrange/shorter-view", test_shorter_view);
  g_test_add_func("/app/arrange/focus", test_focus);
  g_test_add_func("/app/arrange/scores-by-id", test_scores_by_id);
  g_test_add_func("/app/arrange/scores-by-iou", test_scores_by_iou);
  g_test_add_func("/app/arrange/scores-filtered", test_scores_filtered);
  g_test_add_func("/app/arrange/pending", test_pending);
}

int
main(int argc, char **argv)
{
  return test_display_main(argc, argv, add_tests);
}
