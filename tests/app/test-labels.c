/* SPDX-License-Identifier: MIT
 *
 * Label sets in the viewer: which labels are right, missed and extra is told by words, names for
 * the screen reader and colours alike; with an image and without, under a moving threshold, and
 * where a side is missing. Nothing that is about pixels stays on screen or at work.
 */
#include "app/tip.h"
#include "viewer-test.h"

#include "app/label-chip.h"
#include "app/label-hint.h"
#include "app/label-row.h"
#include "app/settings.h"
#include "mask-file.h"

static char *songs;

/* --- looking at chips --- */

static gboolean
is_shown_chip(gpointer widget)
{
  return MS_IS_LABEL_CHIP(widget) && gtk_widget_get_mapped(widget);
}

/* The chip that a screen reader calls so; NULL: none is on screen. */
static GtkWidget *
find_chip(MsWindow *window, const char *spoken)
{
  g_autoptr(GPtrArray) all = viewer_test_tree(window->label_view);

  for (guint i = 0; i < all->len; i++) {
    gpointer widget = g_ptr_array_index(all, i);
    g_autofree char *difference = NULL;

    if (!is_shown_chip(widget))
      continue;
    difference = gtk_test_accessible_check_property(GTK_ACCESSIBLE(widget),
                                                    GTK_ACCESSIBLE_PROPERTY_LABEL, spoken);
    if (!difference)
      return widget;
  }
  return NULL;
}

static guint
count_chips(MsWindow *window)
{
  g_autoptr(GPtrArray) all = viewer_test_tree(window->label_view);
  guint n = 0;

  for (guint i = 0; i < all->len; i++)
    n += is_shown_chip(g_ptr_array_index(all, i));
  return n;
}

/* These chips, and no others. */
static void
assert_chips(MsWindow *window, const char *const *spoken)
{
  guint n = 0;

  for (; spoken[n]; n++)
    if (!find_chip(window, spoken[n]))
      g_error("no chip is \"%s\"", spoken[n]);
  g_assert_cmpuint(count_chips(window), ==, n);
}

#define assert_these_chips(window, ...) assert_chips(window, (const char *[]){__VA_ARGS__, NULL})

/* A label of the view that is on screen, by its text. */
static GtkWidget *
find_text(MsWindow *window, const char *text)
{
  g_autoptr(GPtrArray) all = viewer_test_tree(window->label_view);

  for (guint i = 0; i < all->len; i++) {
    gpointer widget = g_ptr_array_index(all, i);

    if (GTK_IS_LABEL(widget) && gtk_widget_get_mapped(widget) &&
        g_str_equal(gtk_label_get_text(widget), text))
      return widget;
  }
  return NULL;
}

static guint
count_pixels(GtkWidget *widget, guint32 color)
{
  cairo_surface_t *drawn = test_display_draw(widget);
  guint n = 0;

  for (int y = 0; y < cairo_image_surface_get_height(drawn); y++)
    for (int x = 0; x < cairo_image_surface_get_width(drawn); x++)
      n += test_display_pixel(drawn, x, y) == color;
  cairo_surface_destroy(drawn);
  return n;
}

/* The sign of each is of its own colour and of no other's. */
static void
assert_colors(MsWindow *window, guint32 right, guint32 missed, guint32 extra)
{
  guint32 colors[] = {right, missed, extra};
  GtkWidget *chips[] = {
      find_chip(window, "Happy, right"),
      find_chip(window, "Melodic, missed"),
      find_chip(window, "Slow, extra"),
  };

  for (guint i = 0; i < 3; i++)
    for (guint k = 0; k < 3; k++) {
      guint n = count_pixels(chips[i], colors[k]);

      if (i == k)
        g_assert_cmpuint(n, >, 60);
      else
        g_assert_cmpuint(n, ==, 0);
    }
}

/* --- sets --- */

static MsWindow *
open_text(const TestFolder *folder, const char *text)
{
  g_autofree char *path = test_file(folder, "labels.csv", text, strlen(text));

  return viewer_test_open(path);
}

static gboolean
is_enabled(MsWindow *window, const char *action)
{
  return g_action_group_get_action_enabled(G_ACTION_GROUP(window), action);
}

static gboolean
is_mapped(gpointer widget)
{
  return gtk_widget_get_mapped(GTK_WIDGET(widget));
}

/* --- the sample --- */

static void
test_sample(void)
{
  MsWindow *window = viewer_test_open(NULL);
  MsCounts counts;

  gtk_widget_activate_action(GTK_WIDGET(window), "win.open-sample", "s", "songs");
  test_until(window->set && viewer_test_is_painted(window));
  test_display_settle(GTK_WIDGET(window));
  counts = ms_confusion_counts(window->shown->confusion);
  g_assert_cmpuint(counts.tp, ==, 2);
  g_assert_cmpuint(counts.fn, ==, 1);
  g_assert_cmpuint(counts.fp, ==, 1);
  assert_these_chips(window, "Happy, right", "Fast, right", "Melodic, missed", "Slow, extra",
                     "Sad, rightly absent");
  g_assert_cmpstr(viewer_test_text(window->label_view, "title"), ==, "song_01");
  g_assert_nonnull(find_text(window, "✓"));
  g_assert_nonnull(find_text(window, "−"));
  g_assert_nonnull(find_text(window, "+"));
  gtk_test_accessible_assert_property(GTK_ACCESSIBLE(window->label_view),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      "song_01: IoU 0.500. Not exact: missed Melodic, extra Slow");
  g_assert_null(find_chip(window, "Melodic, right"));
  viewer_test_close(window);
}

static void
choose_palette(MsWindow *window, const char *name)
{
  gtk_widget_activate_action(GTK_WIDGET(window), "win.palette", "s", name);
  test_display_settle(GTK_WIDGET(window));
}

static void
test_colors(void)
{
  MsWindow *window = viewer_test_open(songs);

  assert_colors(window, 0x009E73, 0x0072B2, 0xD55E00);
  choose_palette(window, "classic");
  assert_colors(window, 0x00FF00, 0x0000FF, 0xFF0000);
  choose_palette(window, "safe");
  viewer_test_close(window);
}

/* The lightest pixel's green, from 0 to 255. */
static guint
lightest(GtkWidget *widget)
{
  cairo_surface_t *drawn = test_display_draw(widget);
  guint light = 0;

  for (int y = 0; y < cairo_image_surface_get_height(drawn); y++)
    for (int x = 0; x < cairo_image_surface_get_width(drawn); x++)
      light = MAX(light, (test_display_pixel(drawn, x, y) >> 8) & 0xff);
  cairo_surface_destroy(drawn);
  return light;
}

static guint
ground(MsWindow *window)
{
  cairo_surface_t *drawn = test_display_draw(GTK_WIDGET(window->label_view));
  guint light = (test_display_pixel(drawn, 20, 20) >> 8) & 0xff;

  cairo_surface_destroy(drawn);
  return light;
}

static void
choose_theme(MsWindow *window, const char *name)
{
  gboolean dark = g_str_has_suffix(name, ":dark");

  g_setenv("GTK_THEME", name, TRUE);
  g_object_set(gtk_settings_get_default(), "gtk-application-prefer-dark-theme", !dark, NULL);
  g_object_set(gtk_settings_get_default(), "gtk-application-prefer-dark-theme", dark, NULL);
  test_display_settle(GTK_WIDGET(window));
}

/* Signs keep their colours; ground and letters change places. */
static void
test_dark(void)
{
  MsWindow *window = viewer_test_open(songs);
  GtkWidget *name = find_text(window, "Melodic");

  g_assert_cmpuint(ground(window), >, 0xd0);
  g_assert_cmpuint(lightest(name), <, 0x70);
  choose_theme(window, "Default:dark");
  g_assert_cmpuint(ground(window), <, 0x50);
  g_assert_cmpuint(lightest(name), >, 0xd0);
  assert_colors(window, 0x009E73, 0x0072B2, 0xD55E00);
  choose_theme(window, "Default");
  viewer_test_close(window);
}

static double
top_of(MsWindow *window, const char *text)
{
  graphene_rect_t bounds;

  g_assert_true(gtk_widget_compute_bounds(find_text(window, text), GTK_WIDGET(window), &bounds));
  return bounds.origin.y;
}

/* The rows stay where they are, whatever is in them. */
static void
test_step(void)
{
  MsWindow *window = viewer_test_open(songs);
  double missed = top_of(window, "Missed"), absent = top_of(window, "Rightly absent");

  viewer_test_step(window, "Right", 1);
  assert_these_chips(window, "Sad, right", "Slow, right", "Happy, rightly absent",
                     "Fast, rightly absent", "Melodic, rightly absent");
  g_assert_nonnull(find_text(window, "none"));
  g_assert_cmpfloat(top_of(window, "Missed"), ==, missed);
  g_assert_cmpfloat(top_of(window, "Rightly absent"), ==, absent);
  g_assert_cmpstr(viewer_test_text(window->label_view, "title"), ==, "song_02");
  for (guint i = 2; i <= 6; i++)
    viewer_test_step(window, "Right", i);
  g_assert_nonnull(find_text(window, "No labels, and none predicted"));
  g_assert_cmpuint(count_chips(window), ==, 5);
  viewer_test_step(window, "Left", 5);
  g_assert_null(find_text(window, "No labels, and none predicted"));
  g_assert_cmpfloat(top_of(window, "Missed"), ==, missed);
  viewer_test_close(window);
}

/* --- what makes no sense without pixels --- */

static void
test_nothing_of_pixels(void)
{
  MsWindow *window = viewer_test_open(songs);
  MsView before = *ms_canvas_get_view(window->canvas);

  g_assert_true(is_mapped(window->label_view));
  g_assert_false(is_mapped(window->legend));
  g_assert_false(is_mapped(window->canvas));
  g_assert_false(is_mapped(window->zoom));
  g_assert_false(is_enabled(window, "show-tp"));
  g_assert_false(is_enabled(window, "show-ignored"));
  g_assert_false(is_enabled(window, "stretch"));
  test_display_key("1");
  test_display_key("plus");
  test_display_key("Control_L+Left");
  test_display_settle(GTK_WIDGET(window));
  g_assert_true(ms_canvas_get_view(window->canvas)->fit);
  g_assert_cmpfloat(ms_canvas_get_view(window->canvas)->zoom, ==, before.zoom);
  g_assert_cmpuint(window->example, ==, 0);
  viewer_test_close(window);
}

/* A set of masks in the same window has all of it again, and then labels once more. */
static void
test_masks_and_back(void)
{
  g_autofree char *lesions = viewer_test_sample("lesions");
  MsWindow *window = viewer_test_open(songs);

  ms_window_open_path(window, lesions);
  test_until(g_str_equal(ms_set_get_title(window->set), "lesions") &&
             viewer_test_is_painted(window));
  test_display_settle(GTK_WIDGET(window));
  g_assert_false(is_mapped(window->label_view));
  g_assert_true(is_mapped(window->legend) && is_mapped(window->canvas));
  g_assert_true(is_enabled(window, "show-tp") && is_enabled(window, "stretch"));
  test_display_key("1");
  test_display_settle(GTK_WIDGET(window));
  g_assert_false(ms_canvas_get_view(window->canvas)->fit);
  ms_window_open_path(window, songs);
  test_until(g_str_equal(ms_set_get_title(window->set), "songs") && viewer_test_is_painted(window));
  test_display_settle(GTK_WIDGET(window));
  g_assert_true(is_mapped(window->label_view));
  g_assert_nonnull(find_chip(window, "Melodic, missed"));
  viewer_test_close(window);
}

/* --- with images --- */

static MsWindow *
open_with_images(const TestFolder *folder)
{
  test_write_columns(folder, "images/a.png", 64, 64, 64, 200);
  test_write_columns(folder, "images/b.png", 64, 64, 64, 90);
  return open_text(folder, "example,image,actual,predicted\n"
                           "a,images/a.png,cat;tree,cat;dog\n"
                           "b,images/b.png,dog,dog\n"
                           "c,,dog,tree\n"
                           "d,images/none.png,dog,dog\n");
}

static void
test_image(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  MsWindow *window = open_with_images(&folder);
  int height = gtk_widget_get_height(gtk_widget_get_parent(GTK_WIDGET(window->label_view)));
  cairo_surface_t *drawn;

  g_assert_true(is_mapped(window->canvas) && is_mapped(window->zoom));
  g_assert_false(is_mapped(window->legend));
  assert_these_chips(window, "cat, right", "tree, missed", "dog, extra");
  g_assert_cmpint(gtk_widget_get_height(GTK_WIDGET(window->label_view)), <=, height / 3);
  g_assert_cmpint(gtk_widget_get_height(GTK_WIDGET(window->canvas)), >, height / 2);
  g_assert_false(is_mapped(viewer_test_child(window->label_view, "title")));
  drawn = test_display_draw(GTK_WIDGET(window->canvas));
  g_assert_cmphex(test_display_pixel(drawn, cairo_image_surface_get_width(drawn) / 2,
                                     cairo_image_surface_get_height(drawn) / 2),
                  ==, 0xC8C8C8);
  cairo_surface_destroy(drawn);
  g_assert_true(is_enabled(window, "stretch"));
  test_display_key("1");
  test_display_settle(GTK_WIDGET(window));
  g_assert_cmpfloat(ms_canvas_get_view(window->canvas)->zoom, ==, 1);
  viewer_test_close(window);
}

/* However many labels there are, the picture keeps two thirds; and it does not move when the next
 * example has fewer. */
static void
test_strip(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(GString) text = g_string_new("example,image,actual,predicted\na,images/a.png,");
  MsWindow *window;
  int height, strip;

  test_write_columns(&folder, "images/a.png", 64, 64, 64, 200);
  for (guint i = 0; i < 200; i++)
    g_string_append_printf(text, "%slabel_%03u", i > 0 ? ";" : "", i);
  g_string_append(text, ",label_000\nb,images/a.png,label_000,label_001\n");
  window = open_text(&folder, text->str);
  height = gtk_widget_get_height(gtk_widget_get_parent(GTK_WIDGET(window->label_view)));
  strip = gtk_widget_get_height(GTK_WIDGET(window->label_view));
  g_assert_cmpint(strip, <=, height / 3);
  g_assert_cmpint(strip, >=, height / 3 - 2);
  viewer_test_step(window, "Right", 1);
  assert_these_chips(window, "label_000, missed", "label_001, extra");
  g_assert_cmpint(gtk_widget_get_height(GTK_WIDGET(window->label_view)), ==, strip);
  viewer_test_close(window);
}

/* From an example with an image to one without and back, with the keyboard's focus. */
static void
test_image_comes_and_goes(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  MsWindow *window = open_with_images(&folder);

  g_assert_true(gtk_window_get_focus(GTK_WINDOW(window)) == GTK_WIDGET(window->canvas));
  viewer_test_step(window, "Right", 1);
  viewer_test_step(window, "Right", 2);
  g_assert_false(is_mapped(window->canvas));
  g_assert_true(is_mapped(viewer_test_child(window->label_view, "title")));
  assert_these_chips(window, "dog, missed", "tree, extra", "cat, rightly absent");
  g_assert_true(gtk_window_get_focus(GTK_WINDOW(window)) == GTK_WIDGET(window->label_view));
  viewer_test_step(window, "Right", 3);
  g_assert_nonnull(strstr(viewer_test_text(window->label_view, "message"), "none.png"));
  g_assert_true(is_mapped(viewer_test_child(window->label_view, "message")));
  assert_these_chips(window, "dog, right", "cat, rightly absent", "tree, rightly absent");
  viewer_test_step(window, "Home", 0);
  g_assert_true(is_mapped(window->canvas));
  g_assert_false(is_mapped(viewer_test_child(window->label_view, "message")));
  viewer_test_close(window);
}

/* --- scores --- */

static MsWindow *
open_scores(const TestFolder *folder)
{
  return viewer_test_open_scores(folder, "example,cat,dog,tree\na,1,1,0\nb,0,1,0\n",
                                 "example,cat,dog,tree\na,0.9,0.3,0.6\nb,0.1,0.5004,0.2\n");
}

static void
move_threshold(MsWindow *window, double threshold)
{
  GtkWidget *slider = viewer_test_child(window->inspector, "threshold");

  g_assert_true(is_mapped(slider));
  gtk_range_set_value(GTK_RANGE(slider), threshold);
  test_until(viewer_test_is_painted(window));
  test_display_settle(GTK_WIDGET(window));
}

static void
test_threshold(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  MsWindow *window = open_scores(&folder);

  assert_these_chips(window, "cat, right, score 0.90", "dog, missed, score 0.30",
                     "tree, extra, score 0.60");
  move_threshold(window, 0.25);
  assert_these_chips(window, "cat, right, score 0.90", "dog, right, score 0.30",
                     "tree, extra, score 0.60");
  move_threshold(window, 0.75);
  assert_these_chips(window, "cat, right, score 0.90", "dog, missed, score 0.30",
                     "tree, rightly absent, score 0.60");
  test_display_key("Right");
  test_until(window->example == 1 && viewer_test_is_painted(window));
  test_display_settle(GTK_WIDGET(window));
  g_assert_nonnull(find_chip(window, "dog, missed, score 0.50"));
  move_threshold(window, 0.5);
  g_assert_nonnull(find_chip(window, "dog, right, score 0.5004"));
  viewer_test_close(window);
}

/* --- a side is missing --- */

static void
test_missing(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  MsWindow *window = open_text(&folder, "example,actual,predicted\n"
                                        "a,cat;dog,NA\n"
                                        "b,cat,cat;dog\n"
                                        "c,NA,dog\n"
                                        "d,NA,NA\n");
  gpointer message = viewer_test_child(window->label_view, "message");

  assert_these_chips(window, "cat, actual", "dog, actual");
  g_assert_nonnull(find_text(window, "Actual"));
  g_assert_null(find_text(window, "Missed"));
  g_assert_true(is_mapped(message));
  g_assert_nonnull(strstr(gtk_label_get_text(message), "labels.csv"));
  g_assert_false(is_mapped(window->canvas_message));
  viewer_test_step(window, "Right", 1);
  assert_these_chips(window, "cat, right", "dog, extra");
  g_assert_false(is_mapped(message));
  viewer_test_step(window, "Right", 2);
  assert_these_chips(window, "dog, predicted");
  g_assert_nonnull(find_text(window, "Predicted"));
  viewer_test_step(window, "Right", 3);
  g_assert_cmpuint(count_chips(window), ==, 0);
  g_assert_true(is_mapped(message));
  viewer_test_close(window);
}

/* --- many labels --- */

static MsWindow *
open_many(const TestFolder *folder, guint n_labels)
{
  g_autoptr(GString) text = g_string_new("example,actual,predicted\na,");

  for (guint i = 0; i < n_labels; i++)
    g_string_append_printf(text, "%slabel_%02u", i > 0 ? ";" : "", i);
  g_string_append(text, ",label_00\nb,label_00,label_00;label_01\n");
  return open_text(folder, text->str);
}

static void
test_many(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  MsWindow *window = open_many(&folder, 40);
  double right = top_of(window, "Right");
  GtkWidget *count, *unfold;

  g_assert_cmpuint(count_chips(window), ==, 40);
  viewer_test_step(window, "Right", 1);
  g_assert_cmpfloat(top_of(window, "Right"), ==, right);
  assert_these_chips(window, "label_00, right", "label_01, extra");
  count = find_text(window, "38 labels");
  unfold = gtk_widget_get_ancestor(count, GTK_TYPE_TOGGLE_BUTTON);
  gtk_test_accessible_assert_property(GTK_ACCESSIBLE(unfold), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      "38 labels rightly absent");
  gtk_toggle_button_set_active(GTK_TOGGLE_BUTTON(unfold), TRUE);
  test_display_settle(GTK_WIDGET(window));
  g_assert_cmpuint(count_chips(window), ==, 40);
  g_assert_nonnull(find_chip(window, "label_39, rightly absent"));
  gtk_toggle_button_set_active(GTK_TOGGLE_BUTTON(unfold), FALSE);
  test_display_settle(GTK_WIDGET(window));
  g_assert_cmpuint(count_chips(window), ==, 2);
  viewer_test_close(window);
}

/* Labels that do not fit are scrolled by keys, and the keys that step from example to example still
 * do. */
static void
test_scroll(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  MsWindow *window = open_many(&folder, 250);
  GtkAdjustment *adjustment;

  adjustment = gtk_scrolled_window_get_vadjustment(
      GTK_SCROLLED_WINDOW(viewer_test_child(window->label_view, "scroller")));
  test_display_key("Down");
  test_until(gtk_adjustment_get_value(adjustment) > 0);
  test_display_key("Up");
  test_until(gtk_adjustment_get_value(adjustment) == 0);
  viewer_test_step(window, "Next", 1);
  viewer_test_step(window, "Home", 0);
  viewer_test_close(window);
}

/* --- what a chip says when it is pointed at --- */

/* A tooltip is a child of its window. */
static gboolean
is_said(MsWindow *window, const char *text)
{
  g_autoptr(GPtrArray) all = viewer_test_tree(window);

  for (guint i = 0; i < all->len; i++) {
    gpointer widget = g_ptr_array_index(all, i);

    if (GTK_IS_LABEL(widget) && gtk_widget_get_mapped(widget) &&
        g_str_equal(gtk_label_get_text(widget), text))
      return TRUE;
  }
  return FALSE;
}

static void
assert_hint(MsWindow *window, const char *chip, const char *hint)
{
  test_display_point(find_chip(window, chip));
  test_until(is_said(window, hint));
  test_display_point(NULL);
  test_until(!is_said(window, hint));
}

/* What a label comes to over the set, counted by hand in the sample's table. */
static void
test_hint(void)
{
  MsWindow *window = viewer_test_open(songs);

  test_until(viewer_test_is_scored(window));
  assert_hint(window, "Slow, extra", "Slow: IoU 0.500 over the set (3 right, 1 missed, 2 extra)");
  viewer_test_close(window);
}

/* As soon as a set of any size is summed, and under the threshold in force. */
static void
test_hint_large(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(GString) actual = g_string_new("example,cat,dog\n");
  g_autoptr(GString) scores = g_string_new("example,cat,dog\n");
  g_autoptr(MsBoardKeeper) keeper = NULL;
  g_autofree char *old = NULL;
  MsWindow *window;

  for (guint i = 0; i < 25000; i++) {
    g_string_append_printf(actual, "%05u,1,%u\n", i, i % 2);
    g_string_append_printf(scores, "%05u,%s,0.1\n", i, i % 4 ? "0.7" : "0.9");
  }
  window = viewer_test_open_scores(&folder, actual->str, scores->str);
  keeper = ms_board_keeper_for(window->evaluation);
  test_until(viewer_test_is_scored(window));
  assert_hint(window, "cat, right, score 0.90",
              "cat: IoU 1.000 over the set (25,000 right, 0 missed, 0 extra)");
  move_threshold(window, 0.8);
  assert_hint(window, "cat, right, score 0.90",
              "cat: IoU 0.250 over the set (6,250 right, 18,750 missed, 0 extra)");
  ms_window_set_threshold(window, 0.4);
  g_assert_true(ms_board_keeper_is_outdated(keeper));
  old = ms_label_hint(keeper, window->shown->frame, 0, FALSE);
  g_assert_null(old);
  viewer_test_close(window);
}

/* --- a row by itself --- */

/* The labels are still there when it is unfolded after all others have let go of them. */
static void
test_row_holds_labels(void)
{
  const char *names[] = {"one", "two", NULL};
  g_autoptr(GError) error = NULL;
  MsLabelData *labels = ms_label_data_new(names, 1, 1, "test", &error);
  GtkWidget *row = g_object_ref_sink(ms_label_row_new(MS_LABEL_ABSENT));
  g_autoptr(GArray) marks = g_array_new(FALSE, TRUE, sizeof(MsLabelMark));
  g_autoptr(GPtrArray) all = NULL;
  guint n_chips = 0;

  g_assert_no_error(error);
  g_array_set_size(marks, 2);
  ms_label_row_set_folded(MS_LABEL_ROW(row), TRUE);
  ms_label_row_show(MS_LABEL_ROW(row), labels, marks, 0.5);
  ms_label_data_unref(labels);
  gtk_toggle_button_set_active(viewer_test_child(row, "unfold"), TRUE);
  all = viewer_test_tree(row);
  for (guint i = 0; i < all->len; i++)
    n_chips += MS_IS_LABEL_CHIP(g_ptr_array_index(all, i));
  g_assert_cmpuint(n_chips, ==, 2);
  g_object_unref(row);
}

/* --- the desktop --- */

/* Every table on the disk is not ours to open. */
static void
test_desktop_entry(void)
{
  g_autofree char *path = g_test_build_filename(G_TEST_DIST, "..", "resources",
                                                "org.maskscope.Maskscope.desktop", NULL);
  g_autoptr(GKeyFile) entry = g_key_file_new();
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) types = NULL;

  g_key_file_load_from_file(entry, path, G_KEY_FILE_NONE, &error);
  g_assert_no_error(error);
  types = g_key_file_get_string_list(entry, G_KEY_FILE_DESKTOP_GROUP,
                                     G_KEY_FILE_DESKTOP_KEY_MIME_TYPE, NULL, &error);
  g_assert_no_error(error);
  g_assert_true(g_strv_contains((const char *const *)types, "application/x-maskset"));
  for (guint i = 0; types[i]; i++)
    g_assert_false(g_str_has_prefix(types[i], "text/"));
}

/* --- what leaves, and coming back --- */

static void
test_export(void)
{
  MsWindow *window = viewer_test_open(songs);
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *path = test_path(&folder, "song.png");
  cairo_surface_t *written;
  guint n_missed = 0;

  gtk_widget_activate_action(GTK_WIDGET(window), "win.export-to", "s", path);
  test_until(viewer_test_message(window));
  g_assert_true(g_str_has_prefix(viewer_test_message(window), "Exported"));
  written = cairo_image_surface_create_from_png(path);
  g_assert_cmpint(cairo_surface_status(written), ==, CAIRO_STATUS_SUCCESS);
  for (int y = 0; y < cairo_image_surface_get_height(written); y++)
    for (int x = 0; x < cairo_image_surface_get_width(written); x++)
      n_missed += test_display_pixel(written, x, y) == 0x0072B2;
  g_assert_cmpuint(n_missed, >, 20);
  cairo_surface_destroy(written);
  viewer_test_close(window);
}

static void
test_copy(void)
{
  MsWindow *window = viewer_test_open(songs);

  test_display_key("Control_L+c");
  test_until(viewer_test_message(window));
  g_assert_cmpstr(viewer_test_message(window), ==, "The picture is on the clipboard");
  test_display_key("Control_L+Shift_L+c");
  test_until(viewer_test_message(window) &&
             g_str_has_prefix(viewer_test_message(window), "Copied "));
  g_assert_true(g_str_has_suffix(viewer_test_message(window), "data/songs"));
  viewer_test_close(window);
}

static void
test_reload(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  MsWindow *window = open_text(&folder, "example,actual,predicted\na,cat,cat\nb,cat;dog,cat\n");
  static const char changed[] = "example,actual,predicted\na,cat,cat\nb,dog,dog\n";
  MsSet *before = window->set;

  viewer_test_step(window, "Right", 1);
  assert_these_chips(window, "cat, right", "dog, missed");
  g_free(test_file(&folder, "labels.csv", changed, strlen(changed)));
  test_display_key("F5");
  test_until(window->set != before && viewer_test_is_painted(window));
  test_display_settle(GTK_WIDGET(window));
  g_assert_cmpuint(window->example, ==, 1);
  assert_these_chips(window, "dog, right", "cat, rightly absent");
  viewer_test_close(window);
}

static void
test_list(void)
{
  MsWindow *window = viewer_test_open(songs);

  test_until(viewer_test_is_scored(window));
  gtk_widget_activate_action(GTK_WIDGET(window), "win.sort", "s", "worst");
  test_until(ms_example_list_is_settled(window->list));
  test_display_key("Home");
  test_until(window->example == 9 && viewer_test_is_painted(window));
  test_display_settle(GTK_WIDGET(window));
  g_assert_nonnull(find_chip(window, "Melodic, missed"));
  gtk_widget_activate_action(GTK_WIDGET(window), "win.sort", "s", "id");
  viewer_test_close(window);
}

static void
assert_no_masks(const char *text)
{
  g_autofree char *folded = text ? g_ascii_strdown(text, -1) : NULL;

  if (folded && (strstr(folded, "mask") || strstr(folded, "pixel") || strstr(folded, "overlay")))
    g_error("on screen: %s", text);
}

/* No word on screen speaks of masks or pixels. */
static void
test_words(void)
{
  MsWindow *window = viewer_test_open(songs);
  g_autoptr(GPtrArray) all = NULL;

  test_until(viewer_test_is_scored(window));
  test_display_settle(GTK_WIDGET(window));
  all = viewer_test_tree(window);
  for (guint i = 0; i < all->len; i++) {
    gpointer widget = g_ptr_array_index(all, i);

    if (!gtk_widget_get_mapped(widget))
      continue;
    assert_no_masks(ms_tip_get(widget));
    if (GTK_IS_LABEL(widget))
      assert_no_masks(gtk_label_get_text(widget));
  }
  viewer_test_close(window);
}

static void
add_tests(void)
{
  songs = viewer_test_sample("songs");
  g_test_add_func("/app/labels/sample", test_sample);
  g_test_add_func("/app/labels/colors", test_colors);
  g_test_add_func("/app/labels/dark", test_dark);
  g_test_add_func("/app/labels/step", test_step);
  g_test_add_func("/app/labels/nothing-of-pixels", test_nothing_of_pixels);
  g_test_add_func("/app/labels/masks-and-back", test_masks_and_back);
  g_test_add_func("/app/labels/image", test_image);
  g_test_add_func("/app/labels/strip", test_strip);
  g_test_add_func("/app/labels/image-comes-and-goes", test_image_comes_and_goes);
  g_test_add_func("/app/labels/threshold", test_threshold);
  g_test_add_func("/app/labels/missing", test_missing);
  g_test_add_func("/app/labels/many", test_many);
  g_test_add_func("/app/labels/scroll", test_scroll);
  g_test_add_func("/app/labels/hint", test_hint);
  g_test_add_func("/app/labels/hint-large", test_hint_large);
  g_test_add_func("/app/labels/row-holds-labels", test_row_holds_labels);
  g_test_add_func("/app/labels/desktop-entry", test_desktop_entry);
  g_test_add_func("/app/labels/export", test_export);
  g_test_add_func("/app/labels/copy", test_copy);
  g_test_add_func("/app/labels/reload", test_reload);
  g_test_add_func("/app/labels/list", test_list);
  g_test_add_func("/app/labels/words", test_words);
}

int
main(int argc, char **argv)
{
  int status = test_display_main(argc, argv, add_tests);

  g_free(songs);
  return status;
}
