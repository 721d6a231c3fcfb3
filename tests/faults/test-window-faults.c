/* SPDX-License-Identifier: MIT
 *
 * The viewer's window while files fail under it, made to by the library that this program starts
 * itself with: every example is shown as it is, or says why not; nothing crashes or waits for ever;
 * and all is well again once the files are.
 */
#include <dlfcn.h>
#include <unistd.h>

#include "app/viewer-test.h"
#include "support/masks.h"

#define N_EXAMPLES 30 /* more than are decoded ahead */

typedef void (*SetRules)(const char *rules);

static void
set_faults(const char *rules)
{
  SetRules set = (SetRules)dlsym(RTLD_DEFAULT, "faults_set");

  g_assert_nonnull(set);
  set(rules);
}

static char *
write_set(const TestFolder *folder)
{
  for (int i = 0; i < N_EXAMPLES; i++) {
    g_autofree char *image = g_strdup_printf("set/images/e%02d.png", i);
    g_autofree char *actual = g_strdup_printf("set/actual/e%02d.png", i);
    g_autofree char *predicted = g_strdup_printf("set/predicted/e%02d.png", i);

    test_write_run(folder, image, 64, 48, 0, 700);
    test_write_run(folder, actual, 64, 48, 20 * i, 900);
    test_write_run(folder, predicted, 64, 48, 40 * i, 900);
  }
  return test_path(folder, "set");
}

static MsResultStatus
shown_status(MsWindow *window)
{
  return window->shown ? window->shown->frame->result->status : MS_RESULT_WAITING;
}

static gboolean
is_settled(MsWindow *window)
{
  return window->shown && window->shown->frame->example == window->example &&
         viewer_test_is_painted(window);
}

/* What is shown is right, or an error that says so. */
static guint
step_through(MsWindow *window)
{
  guint n_errors = 0;

  for (guint i = 0; i < N_EXAMPLES; i++) {
    const MsResult *result;

    ms_example_list_select(window->list, i);
    test_until(is_settled(window));
    result = window->shown->frame->result;
    if (result->status == MS_RESULT_OK) {
      MsCounts counts = ms_confusion_counts(result->confusion);

      g_assert_cmpuint(counts.tp, ==, 900 - 20 * i);
      g_assert_cmpuint(counts.fp, ==, 20 * i);
      g_assert_cmpuint(counts.fn, ==, 20 * i);
    } else {
      g_assert_nonnull(result->message);
      n_errors++;
    }
  }
  return n_errors;
}

/* By a rescan every file is read again that could not be. */
static void
assert_heals(MsWindow *window)
{
  set_faults("");
  gtk_widget_activate_action(GTK_WIDGET(window), "win.reload", NULL);
  test_until(window->set && !ms_window_is_opening(window) && viewer_test_is_scored(window) &&
             is_settled(window) && shown_status(window) == MS_RESULT_OK);
  g_assert_cmpuint(step_through(window), ==, 0);
}

static void
test_stepping(void)
{
  static const char *const faults[] = {
      "read */predicted/e* 200%7 EIO",
      "open */actual/e* 300%8 EMFILE",
      "read */set/* 1+ short",
      "read */predicted/e23.png 1 shrink",
      "open */predicted/e25.png 1 vanish",
      "read */images/e* 1+ EIO",
  };

  guint n_errors = 0;

  for (guint i = 0; i < G_N_ELEMENTS(faults); i++) {
    g_auto(TestFolder) folder = test_folder_new();
    g_autofree char *set = write_set(&folder);
    MsWindow *window = viewer_test_open(set);
    g_autofree char *again = NULL;

    g_test_message("%s", faults[i]);
    set_faults(faults[i]);
    gtk_widget_activate_action(GTK_WIDGET(window), "win.reload", NULL);
    test_until(!ms_window_is_opening(window));
    if (window->set)
      n_errors += step_through(window);
    set_faults("");
    again = write_set(&folder);
    assert_heals(window);
    viewer_test_close(window);
  }
  g_assert_cmpuint(n_errors, >, 0);
}

/* The set that is open stays while its folder cannot be read. */
static void
test_folder(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *set = write_set(&folder);
  MsWindow *window = viewer_test_open(set);

  set_faults("list */set* 1+ EIO");
  gtk_widget_activate_action(GTK_WIDGET(window), "win.reload", NULL);
  test_until(!ms_window_is_opening(window) && viewer_test_message(window));
  g_assert_nonnull(strstr(viewer_test_message(window), "the device reports an error"));
  g_assert_nonnull(window->set);
  assert_heals(window);
  viewer_test_close(window);
}

static void
test_export(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *set = write_set(&folder);
  g_autofree char *path = test_path(&folder, "overlay.png");
  MsWindow *window = viewer_test_open(set);

  test_until(viewer_test_is_scored(window));
  set_faults("write */.maskscope-* 1+ ENOSPC");
  gtk_widget_activate_action(GTK_WIDGET(window), "win.export-to", "s", path);
  test_until(viewer_test_message(window));
  g_assert_nonnull(strstr(viewer_test_message(window), "overlay.png"));
  g_assert_nonnull(strstr(viewer_test_message(window), "no space left on the device"));
  g_assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
  set_faults("");
  gtk_widget_activate_action(GTK_WIDGET(window), "win.export-to", "s", path);
  test_until(g_file_test(path, G_FILE_TEST_EXISTS));
  viewer_test_close(window);
}

/* Scores come without a store, too. */
static void
test_store(void)
{
  static const char *const faults[] = {"write *results.sqlite* 1+ ENOSPC",
                                       "make *results.sqlite* 1+ EROFS",
                                       "read *results.sqlite* 1+ EIO"};

  for (guint i = 0; i < G_N_ELEMENTS(faults); i++) {
    g_auto(TestFolder) folder = test_folder_new();
    g_autofree char *set = write_set(&folder);
    MsWindow *window;

    set_faults(faults[i]);
    window = viewer_test_open(set);
    test_until(viewer_test_is_scored(window));
    g_assert_cmpuint(step_through(window), ==, 0);
    set_faults("");
    viewer_test_close(window);
  }
}

static void
add_tests(void)
{
  g_test_add_func("/window-faults/stepping", test_stepping);
  g_test_add_func("/window-faults/folder", test_folder);
  g_test_add_func("/window-faults/export", test_export);
  g_test_add_func("/window-faults/store", test_store);
}

/* Once with the library in front of everybody else. */
int
main(int argc, char **argv)
{
  const char *options = g_getenv("ASAN_OPTIONS");
  g_autofree char *asan =
      g_strdup_printf("%s%sverify_asan_link_order=0", options ? options : "", options ? ":" : "");

  if (dlsym(RTLD_DEFAULT, "faults_set"))
    return test_display_main(argc, argv, add_tests);
  g_setenv("LD_PRELOAD", MASKSCOPE_FAULTS_LIBRARY, TRUE);
  g_setenv("ASAN_OPTIONS", asan, TRUE);
  execv(argv[0], argv);
  g_error("%s cannot be started", argv[0]);
}
