/* SPDX-License-Identifier: MIT
 *
 * The viewer's window while files fail under it, made to by the library that this program starts
 * itself with: every example is shown as it is, or says why not; nothing crashes or waits for ever;
 * and all is well again once the files are.
 */
#include <dlfcn.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utime.h>

#include "app/tip.h"
#include "app/viewer-test.h"
#include "faults/array-mask.h"
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

/* As if nothing had come or gone for long: the set is not looked at again as soon as it is watched.
 */
static void
make_folders_old(const TestFolder *folder)
{
  static const char *const names[] = {"", "set", "set/images", "set/actual", "set/predicted"};
  const struct utimbuf times = {1600000000, 1600000000};

  for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
    g_autofree char *path = test_path(folder, names[i]);

    g_assert_no_errno(utime(path, &times));
  }
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
      "open */predicted/e24.png 1 shrink; open */actual/e26.png 1 grow",
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

/* --- files that change ------------------------------------------------------------------------ */

static double
iou_of(MsWindow *window, const char *id)
{
  guint example = ms_set_find_example(window->set, id);

  return example == G_MAXUINT ? -1
                              : ms_evaluation_get_score(window->evaluation, example, 0).iou.value;
}

static double
shown_iou(MsWindow *window)
{
  return viewer_test_is_painted(window) && window->shown->confusion
             ? ms_confusion_score(window->shown->confusion, MS_METRIC_IOU).value
             : -1;
}

/* The kernel tells of nothing: the user is told why, and a timer alone sees what changes. */
static void
test_unwatched(void)
{
  static const struct {
    const char *faults, *words;
  } cases[] = {
      {"watch * 1+ ENOSPC", "fs.inotify.max_user_watches is reached"},
      {"notify * 1+ EMFILE", "fs.inotify.max_user_instances"},
      {"watch */predicted* 1+ EACCES", "cannot be watched"},
  };

  ms_window_poll_every(100);
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_auto(TestFolder) folder = test_folder_new();
    g_autofree char *set = write_set(&folder);
    MsWindow *window;

    make_folders_old(&folder);
    set_faults(cases[i].faults);
    window = viewer_test_open(set);
    test_until(viewer_test_is_scored(window) && ms_window_is_watching(window));
    g_assert_nonnull(strstr(ms_tip_get(GTK_WIDGET(window->live)), "from time to time"));
    g_assert_nonnull(strstr(ms_tip_get(GTK_WIDGET(window->live)), cases[i].words));
    g_assert_cmpfloat(shown_iou(window), ==, 1);
    test_write_run(&folder, "set/predicted/e00.png", 64, 48, 300, 900);
    test_until(shown_iou(window) == 600.0 / 1200);
    test_write_run(&folder, "set/actual/d.png", 64, 48, 0, 900);
    test_write_run(&folder, "set/predicted/d.png", 64, 48, 0, 900);
    test_until(iou_of(window, "d") == 1);
    set_faults("");
    viewer_test_close(window);
  }
  ms_window_poll_every(0);
}

/* Whoever comes back to the window sees what changed meanwhile. */
static void
test_unwatched_focus(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *set = write_set(&folder);
  GtkWidget *other = gtk_window_new();
  MsWindow *window;

  make_folders_old(&folder);
  ms_window_poll_every(G_MAXINT);
  set_faults("watch * 1+ ENOSPC");
  window = viewer_test_open(set);
  test_until(viewer_test_is_scored(window) && ms_window_is_watching(window));
  test_display_focus(GTK_WINDOW(other));
  test_write_run(&folder, "set/predicted/e00.png", 64, 48, 300, 900);
  gtk_window_destroy(GTK_WINDOW(other));
  test_display_focus(GTK_WINDOW(window));
  test_until(shown_iou(window) == 600.0 / 1200);
  set_faults("");
  viewer_test_close(window);
  ms_window_poll_every(0);
}

/* Half of one and half of the other would be another number than either. */
static gboolean
shows_either(MsWindow *window, double old, double new)
{
  double shown = window->set ? shown_iou(window) : -1;
  double scored = window->set ? iou_of(window, "a") : -1;

  g_assert_true(shown == -1 || shown == old || shown == new);
  g_assert_true(scored <= 0 || scored == old || scored == new);
  return shown == new &&scored == new;
}

static void
test_replaced(void)
{
  static const char *const ways[] = {"swap", "rewrite"};

  for (guint i = 0; i < 6; i++) {
    g_auto(TestFolder) folder = test_folder_new();
    g_autofree char *set = test_path(&folder, "set");
    g_autofree char *faults =
        g_strdup_printf("read */predicted/a.npy %u half; read */predicted/a.npy %u %s", 1 + i / 2,
                        1 + i / 2, ways[i % 2]);
    MsWindow *window = viewer_test_open(NULL);

    g_test_message("%s", faults);
    test_write_array(&folder, "set/actual/a.npy", 1000);
    test_write_array(&folder, "set/predicted/a.npy", 800);
    test_write_array(&folder, "set/predicted/a.npy.new", 2500);
    set_faults(faults);
    ms_window_open_path(window, set);
    test_until(shows_either(window, 0.8, 0.4));
    set_faults("");
    viewer_test_close(window);
  }
}

/* --- names, permissions, other programs ------------------------------------------------------- */

#define STRANGE "set/%s/caf\xe9 \xff.png"

/* Bytes that are no text are a name all the same. */
static void
test_names(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *set = write_set(&folder);
  g_autofree char *actual = g_strdup_printf(STRANGE, "actual");
  g_autofree char *predicted = g_strdup_printf(STRANGE, "predicted");
  g_autofree char *path = test_path(&folder, "overlay.png");
  MsWindow *window;

  test_write_run(&folder, actual, 64, 48, 0, 900);
  test_write_run(&folder, predicted, 64, 48, 100, 900);
  make_folders_old(&folder);
  window = viewer_test_open(set);
  test_until(viewer_test_is_scored(window) && ms_window_is_watching(window));
  g_assert_cmpuint(ms_set_get_n_examples(window->set), ==, N_EXAMPLES + 1);
  g_assert_true(g_str_has_prefix(ms_set_get_id(window->set, 0), "caf"));
  g_assert_cmpuint(window->example, ==, 0);
  g_assert_cmpfloat(shown_iou(window), ==, 800.0 / 1000);
  gtk_widget_activate_action(GTK_WIDGET(window), "win.export-to", "s", path);
  test_until(g_file_test(path, G_FILE_TEST_EXISTS));
  test_write_run(&folder, predicted, 64, 48, 0, 900); /* and is watched */
  test_until(shown_iou(window) == 1);
  viewer_test_close(window);
}

static void
test_permission(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *set = write_set(&folder);
  MsWindow *window;

  set_faults("open */actual/e00.png 1+ EACCES; open */images/e01.png 1+ EACCES");
  window = viewer_test_open(set);
  g_assert_cmpint(shown_status(window), ==, MS_RESULT_ERROR);
  g_assert_nonnull(strstr(window->shown->frame->result->message, "no permission"));
  ms_example_list_select(window->list, 1);
  test_until(is_settled(window));
  g_assert_nonnull(strstr(window->shown->frame->image_message, "no permission"));
  g_assert_cmpint(shown_status(window), ==, MS_RESULT_OK);
  set_faults("list */set* 1+ EACCES");
  gtk_widget_activate_action(GTK_WIDGET(window), "win.reload", NULL);
  test_until(!ms_window_is_opening(window) && viewer_test_message(window));
  g_assert_nonnull(strstr(viewer_test_message(window), "no permission"));
  g_assert_nonnull(window->set);
  assert_heals(window);
  viewer_test_close(window);
}

static GPid
start_command(const char *set)
{
  const char *const argv[] = {MASKSCOPE_PROGRAM, "evaluate", "--quiet", set, NULL};
  g_autoptr(GError) error = NULL;
  GPid pid;

  g_spawn_async(NULL, (char **)argv, NULL,
                G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDERR_TO_DEV_NULL | G_SPAWN_STDOUT_TO_DEV_NULL,
                NULL, NULL, &pid, &error);
  g_assert_no_error(error);
  return pid;
}

static void
assert_ended_well(GPid pid)
{
  int status;

  g_assert_cmpint(waitpid(pid, &status, 0), ==, pid);
  g_assert_true(WIFEXITED(status));
  g_assert_cmpint(WEXITSTATUS(status), ==, 0);
}

/* Two commands and a window begin one store together, and find it full. */
static void
test_together(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *set = write_set(&folder);

  for (guint turn = 0; turn < 2; turn++) {
    GPid first = start_command(set), second = start_command(set);
    MsWindow *window = viewer_test_open(set);

    test_until(viewer_test_is_scored(window));
    g_assert_cmpuint(step_through(window), ==, 0);
    assert_ended_well(first);
    assert_ended_well(second);
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
  g_test_add_func("/window-faults/unwatched", test_unwatched);
  g_test_add_func("/window-faults/unwatched-focus", test_unwatched_focus);
  g_test_add_func("/window-faults/replaced", test_replaced);
  g_test_add_func("/window-faults/names", test_names);
  g_test_add_func("/window-faults/permission", test_permission);
  g_test_add_func("/window-faults/together", test_together);
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
