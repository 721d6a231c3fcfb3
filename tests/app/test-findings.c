/* SPDX-License-Identifier: MIT
 *
 * Error regions of the whole set in the window: looked for by themselves in a small set, on demand
 * in a large one, with progress, pause and stop; the list by the largest one and by kinds of error.
 */
#include "viewer-test.h"

#include <unistd.h>

#include "app/settings.h"
#include "app/sort-names.h"
#include "support/masks.h"
#include "support/random.h"

#define N_FEW  24
#define N_MANY 2001 /* more than are looked at unasked */

/* Of all tests. */
static TestFolder folder;

static char *
random_art(TestRandom *random)
{
  GString *art = g_string_new(NULL);
  char letter = '.';

  for (int y = 0; y < 16; y++) {
    if (y > 0)
      g_string_append_c(art, '\n');
    for (int x = 0; x < 24; x++) {
      if (test_random_below(random, 4) == 0)
        letter = test_random_below(random, 3) ? '.' : '#';
      g_string_append_c(art, letter);
    }
  }
  return g_string_free(art, FALSE);
}

static void
write_few(void)
{
  TestRandom random = {5};

  for (guint i = 0; i < N_FEW; i++) {
    g_autofree char *actual = random_art(&random);
    g_autofree char *predicted = random_art(&random);
    g_autofree char *actual_name = g_strdup_printf("few/actual/e%02u.png", i);
    g_autofree char *predicted_name = g_strdup_printf("few/predicted/e%02u.png", i);

    test_write_mask(&folder, actual_name, actual);
    test_write_mask(&folder, predicted_name, i % 6 == 1 ? actual : predicted);
  }
}

static void
write_many(void)
{
  static const char *const roles[] = {"actual", "predicted"};

  test_write_mask(&folder, "actual.png", "..##\n..##\n....");
  test_write_mask(&folder, "predicted.png", "...#\n..##\n#...");
  for (guint i = 0; i < N_MANY; i++)
    for (guint role = 0; role < 2; role++) {
      g_autofree char *original = g_strdup_printf("%s/%s.png", folder.path, roles[role]);
      g_autofree char *name = g_strdup_printf("%s/many/%s/e%04u.png", folder.path, roles[role], i);
      g_autofree char *parent = g_path_get_dirname(name);

      g_assert_no_errno(g_mkdir_with_parents(parent, 0777));
      g_assert_no_errno(link(original, name));
    }
}

static MsWindow *
open_set(const char *name)
{
  g_autofree char *path = test_path(&folder, name);
  MsWindow *window = viewer_test_open(path);

  test_until(viewer_test_is_scored(window) && !ms_evaluation_is_running(window->evaluation));
  return window;
}

static gboolean
is_arranged(MsWindow *window)
{
  return ms_example_list_is_settled(window->list);
}

static gboolean
is_known(MsWindow *window)
{
  return !ms_diagnoses_is_running(window->diagnoses) &&
         ms_diagnoses_get_n_waiting(window->diagnoses, window->model) == 0;
}

static void
act(MsWindow *window, const char *action, const char *parameter)
{
  gtk_widget_activate_action(GTK_WIDGET(window), action, "s", parameter);
  test_until(is_arranged(window));
}

static void
close_window(MsWindow *window)
{
  gtk_widget_activate_action(GTK_WIDGET(window), "win.clear-filters", NULL);
  g_settings_reset(ms_settings_get(), "sort");
  viewer_test_close(window);
}

static const MsFoundRecord *
record_at(MsWindow *window, guint position)
{
  guint example = ms_example_list_get_example(window->list, position);

  return ms_diagnoses_get_record(window->diagnoses, example, 0);
}

static gpointer
progress_child(MsWindow *window, const char *name)
{
  return viewer_test_child(viewer_test_child(window->list, "progress"), name);
}

static void
test_largest_region(void)
{
  MsWindow *window = open_set("few");

  test_until(is_known(window));
  act(window, "win.sort", "region");
  g_assert_cmpuint(ms_example_list_get_n_shown(window->list), ==, N_FEW);
  for (guint i = 1; i < N_FEW; i++)
    g_assert_cmpuint(record_at(window, i - 1)->largest, >=, record_at(window, i)->largest);
  g_assert_cmpuint(record_at(window, 0)->largest, >, record_at(window, N_FEW - 1)->largest);
  close_window(window);
}

/* The list is arranged before anything is known, and fills as it comes. */
static void
test_as_it_comes(void)
{
  MsWindow *window;

  g_settings_set_string(ms_settings_get(), "sort", "region");
  window = open_set("few");
  test_until(is_known(window));
  test_until(record_at(window, 0)->largest > record_at(window, N_FEW - 1)->largest);
  for (guint i = 1; i < N_FEW; i++)
    g_assert_cmpuint(record_at(window, i - 1)->largest, >=, record_at(window, i)->largest);
  close_window(window);
}

static const char *
sort_name(void)
{
  g_autofree char *name = g_settings_get_string(ms_settings_get(), "sort");

  return ms_sort_get_name(ms_sort_from_name(name));
}

static guint
count_with(MsWindow *window, MsError error)
{
  guint n = 0;

  for (guint i = 0; i < N_FEW; i++)
    n += ms_diagnoses_get_record(window->diagnoses, i, 0)->errors[error] > 0;
  return n;
}

static void
assert_shows_error(MsWindow *window, MsError error)
{
  guint n = count_with(window, error);
  GtkStringObject *order =
      gtk_drop_down_get_selected_item(viewer_test_child(window->list, "order"));
  g_autofree char *words = g_strdup_printf("By %s pixels, most first", ms_error_info(error)->id);
  g_autofree char *chip = g_strdup_printf("Errors: %s", ms_error_info(error)->id);

  g_assert_cmpuint(ms_example_list_get_n_shown(window->list), ==, n);
  for (guint i = 0; i < n; i++) {
    g_assert_cmpuint(record_at(window, i)->errors[error], >, 0);
    if (i > 0)
      g_assert_cmpuint(record_at(window, i - 1)->errors[error], >=,
                       record_at(window, i)->errors[error]);
  }
  g_assert_cmpstr(gtk_string_object_get_string(order), ==, words);
  g_assert_true(gtk_widget_get_visible(viewer_test_child(window->list, "error")));
  g_assert_cmpstr(viewer_test_text(window->list, "error_name"), ==, chip);
}

static void
test_kinds(void)
{
  MsWindow *window = open_set("few");

  test_until(is_known(window));
  act(window, "win.sort", "dice");
  for (MsError error = 0; error < MS_N_ERRORS; error++) {
    if (count_with(window, error) == 0)
      continue;
    act(window, "win.look-at-error", ms_error_info(error)->id);
    assert_shows_error(window, error);
    g_assert_cmpstr(sort_name(), ==, "dice"); /* stays the user's */
  }
  g_assert_cmpuint(count_with(window, MS_ERROR_MISSED), >, 0);
  g_assert_cmpuint(count_with(window, MS_ERROR_MISSED), <, N_FEW);
  g_signal_emit_by_name(viewer_test_child(window->list, "error"), "clicked");
  test_until(ms_example_list_get_n_shown(window->list) == N_FEW);
  g_assert_false(gtk_widget_get_visible(viewer_test_child(window->list, "error")));
  g_assert_cmpint(window->dim.error, ==, -1);
  close_window(window);
}

static guint
shown_order(MsWindow *window)
{
  return gtk_drop_down_get_selected(viewer_test_child(window->list, "order"));
}

/* The order is by the kind of error for as long as that is looked at, unless another is chosen. */
static void
test_order_of_kind(void)
{
  MsWindow *window = open_set("few");
  gpointer order = viewer_test_child(window->list, "order");

  test_until(is_known(window));
  act(window, "win.sort", "dice");
  act(window, "win.look-at-error", "missed");
  g_assert_cmpuint(shown_order(window), ==, MS_SORT_ERROR);
  gtk_drop_down_set_selected(order, MS_SORT_DICE);
  test_until(is_arranged(window));
  g_assert_cmpuint(shown_order(window), ==, MS_SORT_DICE);
  gtk_drop_down_set_selected(order, MS_SORT_ERROR);
  test_until(is_arranged(window));
  assert_shows_error(window, MS_ERROR_MISSED);
  g_assert_cmpstr(sort_name(), ==, "dice");
  gtk_drop_down_set_selected(order, MS_SORT_FP);
  test_until(is_arranged(window));
  g_assert_cmpstr(sort_name(), ==, "fp");
  gtk_widget_activate_action(GTK_WIDGET(window), "win.clear-filters", NULL);
  test_until(ms_example_list_get_n_shown(window->list) == N_FEW);
  g_assert_cmpint(window->dim.error, ==, -1);
  g_assert_cmpuint(shown_order(window), ==, MS_SORT_FP);
  close_window(window);
}

/* No such kind is no wish; one that no example has empties the list, which says so. */
static void
test_no_such_kind(void)
{
  MsWindow *window = open_set("few");

  test_until(is_known(window));
  act(window, "win.look-at-error", "no such");
  g_assert_cmpuint(ms_example_list_get_n_shown(window->list), ==, N_FEW);
  g_assert_cmpuint(count_with(window, MS_ERROR_CONFUSED), ==, 0);
  act(window, "win.look-at-error", "confused");
  test_until(ms_example_list_get_n_shown(window->list) == 0);
  g_assert_cmpstr(viewer_test_text(window->list, "empty"), ==,
                  "No example is known to have confused pixels");
  gtk_widget_activate_action(GTK_WIDGET(window), "win.clear-filters", NULL);
  test_until(ms_example_list_get_n_shown(window->list) == N_FEW);
  close_window(window);
}

/* A large set is looked at when somebody asks, with progress; pause and stop work. */
static void
test_on_demand(void)
{
  MsWindow *window = open_set("many");
  GtkWidget *progress = viewer_test_child(window->list, "progress");

  g_assert_false(ms_diagnoses_is_running(window->diagnoses));
  g_assert_cmpuint(ms_diagnoses_get_n_waiting(window->diagnoses, 0), >=, N_MANY - 1);
  ms_evaluation_hold(window->evaluation);
  act(window, "win.sort", "region");
  g_assert_true(ms_diagnoses_is_running(window->diagnoses));
  test_until(gtk_widget_get_visible(progress) &&
             g_str_has_prefix(gtk_label_get_text(progress_child(window, "label")),
                              "Looking for error regions: "));
  g_signal_emit_by_name(progress_child(window, "pause"), "clicked");
  g_assert_true(ms_diagnoses_is_paused(window->diagnoses));
  g_assert_cmpstr(gtk_label_get_text(progress_child(window, "speed")), ==, "Paused");
  g_signal_emit_by_name(progress_child(window, "stop"), "clicked");
  g_assert_false(ms_diagnoses_is_running(window->diagnoses));
  g_assert_true(gtk_widget_get_visible(progress_child(window, "start")));
  g_assert_cmpstr(gtk_label_get_text(progress_child(window, "label")), ==,
                  "The search for error regions is stopped");
  g_signal_emit_by_name(progress_child(window, "start"), "clicked");
  g_assert_true(ms_diagnoses_is_running(window->diagnoses));
  ms_evaluation_release(window->evaluation);
  test_until(is_known(window) && !gtk_widget_get_visible(progress));
  close_window(window);
}

static void
add_tests(void)
{
  folder = test_folder_new();
  write_few();
  write_many();
  g_test_add_func("/app/findings/largest-region", test_largest_region);
  g_test_add_func("/app/findings/as-it-comes", test_as_it_comes);
  g_test_add_func("/app/findings/kinds", test_kinds);
  g_test_add_func("/app/findings/order-of-kind", test_order_of_kind);
  g_test_add_func("/app/findings/no-such-kind", test_no_such_kind);
  g_test_add_func("/app/findings/on-demand", test_on_demand);
}

int
main(int argc, char **argv)
{
  int status = test_display_main(argc, argv, add_tests);

  test_folder_clear(&folder);
  return status;
}
