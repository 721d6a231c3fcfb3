/* SPDX-License-Identifier: MIT
 *
 * The scoring in the background as the window shows it: progress, pause, stop, start, notices.
 */
#include "app/tip.h"
#include "viewer-test.h"

#include <unistd.h>

#include "support/masks.h"

#define SIDE       1024
#define N_EXAMPLES 60 /* in a split */

/* Of all tests: two models with probabilities, two splits; enough work not to be done while a frame
 * is drawn. */
static TestFolder folder;

/* Columns of 255 and of 128, and the others 0. */
static void
write_mask(const char *name, int n_white, int n_grey)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MsSamples) samples = ms_samples_new(SIDE, SIDE, MS_COLOR_GREY, 8, name, &error);
  g_autoptr(GBytes) png = NULL;

  g_assert_no_error(error);
  for (int y = 0; y < SIDE; y++) {
    guint8 *row = samples->pixels + (gsize)y * samples->stride;

    memset(row, 255, (gsize)n_white);
    memset(row + n_white, 128, (gsize)n_grey);
  }
  png = ms_png_encode(samples, 1, NULL, &error);
  g_assert_no_error(error);
  g_free(test_file(&folder, name, g_bytes_get_data(png, NULL), g_bytes_get_size(png)));
}

static void
link_file(const char *original, const char *name)
{
  g_autofree char *from = test_path(&folder, original), *to = test_path(&folder, name);
  g_autofree char *parent = g_path_get_dirname(to);

  g_assert_no_errno(g_mkdir_with_parents(parent, 0777));
  g_assert_no_errno(link(from, to));
}

static void
write_set(void)
{
  static const char *const roles[] = {"actual", "predicted/one", "predicted/two"};

  folder = test_folder_new();
  write_mask("0.png", 500, 0);
  write_mask("1.png", 400, 300);
  write_mask("2.png", 450, 10);
  for (guint i = 0; i < 2 * N_EXAMPLES; i++)
    for (guint role = 0; role < G_N_ELEMENTS(roles); role++) {
      g_autofree char *original = g_strdup_printf("%u.png", role);
      g_autofree char *name =
          g_strdup_printf("set/%s/%s/e%03u.png", roles[role], i % 2 ? "val" : "train", i);

      link_file(original, name);
    }
}

/* The set whose scoring has begun and whose first result has not come in: results come through the
 * main loop, which stands still. None are known from the test before. */
static MsWindow *
open_unscored(void)
{
  g_autoptr(MsOptions) options = ms_options_new();
  MsWindow *window = viewer_test_open(NULL);

  options->set = test_path(&folder, "set");
  options->no_cache = TRUE;
  ms_window_open(window, options);
  test_until(window->evaluation);
  return window;
}

static gboolean
shows_progress(MsWindow *window)
{
  return gtk_widget_get_visible(viewer_test_child(window->list, "progress"));
}

static void
test_progress(void)
{
  MsWindow *window = open_unscored();
  gpointer progress = viewer_test_child(window->list, "progress");

  g_assert_true(ms_evaluation_is_running(window->evaluation));
  g_assert_true(shows_progress(window));
  g_assert_cmpstr(viewer_test_text(progress, "label"), ==, "Scoring 0 of 240 for 2 models");
  test_until(!shows_progress(window));
  g_assert_false(ms_evaluation_is_running(window->evaluation));
  g_assert_true(viewer_test_is_scored(window));
  g_assert_cmpfloat(gtk_progress_bar_get_fraction(viewer_test_child(progress, "bar")), ==, 1);
  viewer_test_close(window);
}

static GtkWidget *
progress_child(MsWindow *window, const char *name)
{
  return viewer_test_child(viewer_test_child(window->list, "progress"), name);
}

static gboolean
is_enabled(MsWindow *window, const char *action)
{
  return g_action_get_enabled(g_action_map_lookup_action(G_ACTION_MAP(window), action));
}

static void
assert_stopped(MsWindow *window)
{
  guint n_left =
      ms_evaluation_get_total(window->evaluation) - ms_evaluation_get_done(window->evaluation);
  g_autofree char *left = g_strdup_printf("%u left", n_left);

  g_assert_false(ms_evaluation_is_running(window->evaluation));
  test_display_settle(GTK_WIDGET(window));
  g_assert_false(ms_evaluation_is_running(window->evaluation));
  g_assert_true(shows_progress(window));
  g_assert_cmpstr(gtk_label_get_text(GTK_LABEL(progress_child(window, "label"))), ==,
                  "Scoring is stopped");
  g_assert_cmpstr(gtk_label_get_text(GTK_LABEL(progress_child(window, "speed"))), ==, left);
  g_assert_true(gtk_widget_get_visible(progress_child(window, "start")));
  g_assert_false(gtk_widget_get_visible(progress_child(window, "stop")));
  g_assert_false(is_enabled(window, "pause-scoring"));
}

/* What the user stopped stays so, and says so, until F5 or until it is started there. */
static void
test_stop(void)
{
  MsWindow *window = open_unscored();
  MsSet *before = window->set;

  gtk_widget_activate_action(GTK_WIDGET(window), "win.stop-scoring", NULL);
  assert_stopped(window);
  gtk_widget_activate_action(GTK_WIDGET(window), "win.palette", "s", "classic");
  assert_stopped(window);
  gtk_widget_activate_action(GTK_WIDGET(window), "win.palette", "s", "safe");
  ms_window_set_model(window, 1);
  assert_stopped(window);
  ms_window_set_split(window, "val");
  ms_window_set_threshold(window, 0.8);
  assert_stopped(window);

  test_until(viewer_test_is_painted(window));
  test_display_key("F5");
  test_until(window->set != before);
  g_assert_true(ms_evaluation_is_running(window->evaluation));
  test_until(viewer_test_is_scored(window) && !ms_evaluation_is_running(window->evaluation));
  viewer_test_close(window);
}

static void
test_start_again(void)
{
  MsWindow *window = open_unscored();

  gtk_widget_activate_action(GTK_WIDGET(window), "win.stop-scoring", NULL);
  assert_stopped(window);
  gtk_widget_activate_action(GTK_WIDGET(window), "win.start-scoring", NULL);
  g_assert_true(ms_evaluation_is_running(window->evaluation));
  g_assert_false(gtk_widget_get_visible(progress_child(window, "start")));
  test_until(viewer_test_is_scored(window) && !shows_progress(window));
  viewer_test_close(window);
}

/* A pause is shown and kept, whatever example or model is looked at. */
static void
test_pause(void)
{
  MsWindow *window = open_unscored();
  GtkWidget *button = progress_child(window, "pause");

  g_assert_cmpstr(ms_tip_get(button), ==, "Pause scoring");
  g_signal_emit_by_name(button, "clicked");
  g_assert_true(ms_evaluation_is_paused(window->evaluation));
  g_assert_cmpstr(gtk_label_get_text(GTK_LABEL(progress_child(window, "speed"))), ==, "Paused");
  g_assert_cmpstr(ms_tip_get(button), ==, "Go on scoring");
  ms_window_set_model(window, 1);
  g_assert_true(ms_evaluation_is_paused(window->evaluation));
  test_until(viewer_test_is_painted(window));
  g_assert_true(ms_evaluation_is_running(window->evaluation));

  gtk_widget_activate_action(GTK_WIDGET(window), "win.pause-scoring", NULL);
  g_assert_false(ms_evaluation_is_paused(window->evaluation));
  test_until(viewer_test_is_scored(window) && !ms_evaluation_is_running(window->evaluation));
  test_until(!ms_diagnoses_is_running(window->diagnoses));
  g_assert_false(is_enabled(window, "pause-scoring"));
  viewer_test_close(window);
}

/* What the evaluation has to say is said in the window. */
static void
test_notice(void)
{
  MsWindow *window = open_unscored();

  g_signal_emit_by_name(window->evaluation, "notice", "The store was made anew");
  g_assert_cmpstr(viewer_test_message(window), ==, "The store was made anew");
  viewer_test_close(window);
}

static void
add_tests(void)
{
  write_set();
  g_test_add_func("/app/scoring/progress", test_progress);
  g_test_add_func("/app/scoring/stop", test_stop);
  g_test_add_func("/app/scoring/start-again", test_start_again);
  g_test_add_func("/app/scoring/pause", test_pause);
  g_test_add_func("/app/scoring/notice", test_notice);
}

int
main(int argc, char **argv)
{
  int status = test_display_main(argc, argv, add_tests);

  test_folder_clear(&folder);
  return status;
}
