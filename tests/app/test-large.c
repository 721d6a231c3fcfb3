/* SPDX-License-Identifier: MIT
 *
 * A folder so large that its first examples are shown while all of it is read: the part is usable
 * and says what it is, and when the whole takes its place nothing that is looked at changes.
 */
#include "viewer-test.h"

#include <unistd.h>

#include "support/masks.h"

#define N_EXAMPLES 300 /* in a split; more than are looked at first */

static TestFolder folder; /* of all tests */

static void
link_file(const char *original, const char *name)
{
  g_autofree char *from = test_path(&folder, original);
  g_autofree char *to = test_path(&folder, name);
  g_autofree char *parent = g_path_get_dirname(to);

  g_assert_no_errno(g_mkdir_with_parents(parent, 0777));
  g_assert_no_errno(link(from, to));
}

static void
write_split(const char *split)
{
  static const char *const roles[] = {"actual", "predicted/one", "predicted/two"};

  for (guint i = 0; i < N_EXAMPLES; i++)
    for (guint role = 0; role < G_N_ELEMENTS(roles); role++) {
      g_autofree char *original = g_strdup_printf("%u.png", role);
      g_autofree char *name = g_strdup_printf("set/%s/%s/e%03u.png", roles[role], split, i);

      link_file(original, name);
    }
}

/* Two models with probabilities, two splits. */
static void
write_set(void)
{
  folder = test_folder_new();
  test_write_mask(&folder, "0.png", "####....\n####....\n####....");
  test_write_mask(&folder, "1.png", "###++...\n###.....\n###.....");
  test_write_mask(&folder, "2.png", "#####++.\n#####+..\n#####...");
  write_split("train");
  write_split("val");
}

static gboolean
is_partial(MsWindow *window)
{
  return window->set && ms_set_is_partial(window->set);
}

static GtkWidget *
reading_child(MsWindow *window, const char *name)
{
  return viewer_test_child(ms_example_list_get_reading(window->list), name);
}

static gboolean
is_shown(gpointer widget)
{
  return gtk_widget_get_visible(widget);
}

/* The part comes to be seen in the middle of an iteration of the main loop, at whose end the whole
 * may be there: what is done with the part is done here. */
static void
open_and(MsWindow *window, void (*with_part)(MsWindow *window))
{
  g_autofree char *path = test_path(&folder, "set");
  gulong handler = g_signal_connect_swapped(window->stack, "notify::visible-child-name",
                                            G_CALLBACK(with_part), window);

  ms_window_open_path(window, path);
  test_until(!window->open_cancellable);
  g_signal_handler_disconnect(window->stack, handler);
  test_until(viewer_test_is_painted(window));
  test_display_settle(GTK_WIDGET(window));
}

static void
cancel_part(MsWindow *window)
{
  if (is_partial(window))
    gtk_widget_activate_action(GTK_WIDGET(window), "win.cancel-open", NULL);
}

/* A window with the part in it, which the user was content with. */
static MsWindow *
open_part(void)
{
  MsWindow *window = viewer_test_open(NULL);

  open_and(window, cancel_part);
  g_assert_true(is_partial(window));
  return window;
}

static guint n_parts;

static void
look_at_part(MsWindow *window)
{
  if (!is_partial(window))
    return;
  n_parts++;
  g_assert_nonnull(window->open_cancellable);
  g_assert_false(ms_evaluation_is_running(window->evaluation));
  g_assert_cmpuint(ms_set_get_n_examples(window->set), <, 2 * N_EXAMPLES);
  g_assert_cmpuint(window->example, ==, 0);
}

/* First the part, then by itself the whole, with the same example. */
static void
test_part_then_whole(void)
{
  MsWindow *window = viewer_test_open(NULL);

  n_parts = 0;
  open_and(window, look_at_part);
  g_assert_cmpuint(n_parts, ==, 1);
  g_assert_false(is_partial(window));
  g_assert_cmpuint(ms_set_get_n_examples(window->set), ==, 2 * N_EXAMPLES);
  g_assert_false(is_shown(ms_example_list_get_reading(window->list)));
  g_assert_cmpuint(window->example, ==, 0);
  test_until(viewer_test_is_scored(window));
  g_assert_null(viewer_test_message(window));
  viewer_test_close(window);
}

/* What stays says that it is a part, and numbers of the set are not shown. */
static void
test_part_says_so(void)
{
  MsWindow *window = open_part();
  GtkWidget *summary = viewer_test_child(window->inspector, "summary");

  g_assert_true(is_shown(ms_example_list_get_reading(window->list)));
  g_assert_true(is_shown(reading_child(window, "rest")));
  g_assert_false(is_shown(reading_child(window, "cancel")));
  g_assert_nonnull(strstr(gtk_label_get_text(window->subtitle), "the first"));
  g_assert_true(is_shown(viewer_test_child(summary, "partial")));
  g_assert_false(is_shown(viewer_test_child(summary, "scores")));
  g_assert_false(is_shown(viewer_test_child(summary, "tally")));
  g_assert_false(is_shown(viewer_test_child(summary, "advice")));
  g_assert_null(viewer_test_message(window));
  viewer_test_close(window);
}

/* It can be browsed, and is scored once the folder is left alone. */
static void
test_part_is_usable(void)
{
  MsWindow *window = open_part();

  viewer_test_step(window, "Right", 1);
  g_assert_cmpuint(ms_confusion_counts(window->shown->confusion).fn, ==, 2);
  test_until(viewer_test_is_scored(window));
  g_assert_true(
      is_shown(viewer_test_child(viewer_test_child(window->inspector, "summary"), "partial")));
  viewer_test_close(window);
}

static void
read_rest(MsWindow *window)
{
  gtk_widget_activate_action(GTK_WIDGET(window), "win.reload", NULL);
  g_assert_true(is_shown(reading_child(window, "cancel")));
  g_assert_cmpstr(gtk_stack_get_visible_child_name(window->stack), ==, "viewer");
  test_until(!is_partial(window));
}

static const char *
id_of(MsWindow *window)
{
  return ms_set_get_id(window->set, window->example);
}

/* Whatever the user did to the part is there with the whole, and until its example is decoded again
 * the picture stays. */
static void
test_place_is_kept(void)
{
  MsWindow *window = open_part();
  g_autofree char *id = NULL;
  double zoom, x, y, new_x, new_y;

  gtk_widget_activate_action(GTK_WIDGET(window), "win.sort", "s", "worst");
  ms_window_set_model(window, 1);
  gtk_drop_down_set_selected(window->split_choice, 1);
  g_assert_cmpstr(window->split, ==, "train");
  test_until(viewer_test_is_scored(window) && viewer_test_is_painted(window));
  test_display_settle(GTK_WIDGET(window));
  ms_window_set_threshold(window, 0.75);
  test_until(ms_example_list_is_settled(window->list));
  ms_example_list_jump(window->list, TRUE);
  test_until(viewer_test_is_painted(window));
  ms_canvas_zoom_to(window->canvas, 40, FALSE);
  ms_canvas_pan(window->canvas, 30, 50);
  test_display_settle(GTK_WIDGET(window));
  id = g_strdup(id_of(window));
  zoom = ms_canvas_get_view(window->canvas)->zoom;
  ms_view_from_image(ms_canvas_get_view(window->canvas), 10, 10, &x, &y);

  read_rest(window);
  g_assert_nonnull(window->shown);
  g_assert_cmpstr(id_of(window), ==, id);
  g_assert_cmpuint(window->model, ==, 1);
  g_assert_cmpuint(gtk_drop_down_get_selected(window->model_choice), ==, 1);
  g_assert_cmpstr(window->split, ==, "train");
  g_assert_cmpuint(gtk_drop_down_get_selected(window->split_choice), ==, 1);
  test_until(ms_example_list_is_settled(window->list));
  g_assert_cmpuint(ms_example_list_get_n_shown(window->list), ==, N_EXAMPLES);
  g_assert_cmpfloat(ms_evaluation_get_rules(window->evaluation, 1)->threshold, ==, 0.75);
  g_assert_cmpfloat(ms_evaluation_get_rules(window->evaluation, 0)->threshold, ==, 0.5);
  test_until(viewer_test_is_painted(window));
  test_display_settle(GTK_WIDGET(window));
  g_assert_cmpstr(id_of(window), ==, id);
  g_assert_cmpfloat(ms_canvas_get_view(window->canvas)->zoom, ==, zoom);
  ms_view_from_image(ms_canvas_get_view(window->canvas), 10, 10, &new_x, &new_y);
  g_assert_cmpfloat(new_x, ==, x);
  g_assert_cmpfloat(new_y, ==, y);
  gtk_widget_activate_action(GTK_WIDGET(window), "win.sort", "s", "id");
  viewer_test_close(window);
}

/* Who has sorted the part and chosen nothing looks at the top of the whole. */
static void
test_top_stays(void)
{
  MsWindow *window = open_part();
  GtkScrollable *view = viewer_test_child(window->list, "view");
  g_autofree char *id = NULL;

  gtk_widget_activate_action(GTK_WIDGET(window), "win.sort-reverse", NULL);
  test_until(ms_example_list_get_position(window->list) == 0 && window->example > 0 &&
             viewer_test_is_painted(window));
  id = g_strdup(id_of(window));
  read_rest(window);
  test_until(ms_example_list_is_settled(window->list) && viewer_test_is_painted(window));
  test_display_settle(GTK_WIDGET(window));
  g_assert_cmpstr(id_of(window), ==, id);
  g_assert_cmpfloat(gtk_adjustment_get_value(gtk_scrollable_get_vadjustment(view)), ==, 0);
  gtk_widget_activate_action(GTK_WIDGET(window), "win.sort-reverse", NULL);
  viewer_test_close(window);
}

/* A search that hides what is looked at hides it in the whole as well, and nothing else is shown.
 */
static void
test_hidden_example_stays(void)
{
  MsWindow *window = open_part();
  g_autofree char *id = NULL;

  gtk_widget_activate_action(GTK_WIDGET(window), "win.last", NULL);
  test_until(viewer_test_is_painted(window));
  id = g_strdup(id_of(window));
  gtk_widget_activate_action(GTK_WIDGET(window), "win.filter-text", "s", "e015");
  test_until(ms_example_list_is_settled(window->list));
  g_assert_cmpuint(ms_example_list_get_selected(window->list), ==, G_MAXUINT);
  read_rest(window);
  test_until(ms_example_list_is_settled(window->list) && viewer_test_is_painted(window));
  test_display_settle(GTK_WIDGET(window));
  g_assert_cmpstr(id_of(window), ==, id);
  g_assert_cmpuint(ms_example_list_get_n_shown(window->list), ==, 2);
  g_assert_cmpuint(ms_example_list_get_selected(window->list), ==, G_MAXUINT);
  viewer_test_close(window);
}

/* An example that is no more leaves the first one in its place. */
static void
test_example_is_gone(void)
{
  static const char *const files[] = {"set/actual/train/e001.png",
                                      "set/predicted/one/train/e001.png",
                                      "set/predicted/two/train/e001.png"};
  MsWindow *window = open_part();

  viewer_test_step(window, "Right", 1);
  for (guint i = 0; i < G_N_ELEMENTS(files); i++) {
    g_autofree char *path = test_path(&folder, files[i]);

    g_assert_no_errno(g_remove(path));
  }
  read_rest(window);
  g_assert_cmpstr(id_of(window), ==, "train/e000");
  test_until(viewer_test_is_painted(window));
  for (guint i = 0; i < G_N_ELEMENTS(files); i++) {
    g_autofree char *original = g_strdup_printf("%u.png", i);

    link_file(original, files[i]);
  }
  viewer_test_close(window);
}

/* The folder went away between the part and the rest: the part stays, and why is said. */
static void
test_rest_fails(void)
{
  g_autofree char *path = test_path(&folder, "set"), *away = test_path(&folder, "away");
  MsWindow *window = open_part();
  MsSet *part = window->set;

  g_assert_no_errno(g_rename(path, away));
  gtk_widget_activate_action(GTK_WIDGET(window), "win.reload", NULL);
  test_until(viewer_test_message(window));
  g_assert_true(window->set == part);
  g_assert_true(is_shown(reading_child(window, "rest")));
  g_assert_cmpstr(gtk_stack_get_visible_child_name(window->stack), ==, "viewer");
  g_assert_no_errno(g_rename(away, path));
  viewer_test_close(window);
}

static void
close_window(MsWindow *window)
{
  if (is_partial(window))
    gtk_window_destroy(GTK_WINDOW(window));
}

/* While the whole is still being read. */
static void
test_close(void)
{
  g_autofree char *path = test_path(&folder, "set");
  MsWindow *window = viewer_test_open(NULL);
  gpointer weak = window;

  g_object_add_weak_pointer(G_OBJECT(window), &weak);
  g_signal_connect_swapped(window->stack, "notify::visible-child-name", G_CALLBACK(close_window),
                           window);
  ms_window_open_path(window, path);
  test_until(!weak);
}

static void
add_tests(void)
{
  write_set();
  g_test_add_func("/app/large/part-then-whole", test_part_then_whole);
  g_test_add_func("/app/large/part-says-so", test_part_says_so);
  g_test_add_func("/app/large/part-is-usable", test_part_is_usable);
  g_test_add_func("/app/large/place-is-kept", test_place_is_kept);
  g_test_add_func("/app/large/top-stays", test_top_stays);
  g_test_add_func("/app/large/hidden-example-stays", test_hidden_example_stays);
  g_test_add_func("/app/large/example-is-gone", test_example_is_gone);
  g_test_add_func("/app/large/rest-fails", test_rest_fails);
  g_test_add_func("/app/large/close", test_close);
}

int
main(int argc, char **argv)
{
  int status = test_display_main(argc, argv, add_tests);

  test_folder_clear(&folder);
  return status;
}
