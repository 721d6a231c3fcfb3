/* SPDX-License-Identifier: MIT
 *
 * A set that changes while its window is open: new and replaced masks, folders that go and come
 * back. Everything is seen without anybody asking for it, and nothing else is lost by it.
 */
#include "viewer-test.h"

#include <utime.h>

#include "app/settings.h"
#include "set/stamp-private.h"
#include "support/masks.h"

enum { SIDE = 32, N_EXAMPLES = 6, N_POSITIVE = 400 };

static void
write_pair(const TestFolder *folder, guint i, int n_wrong)
{
  g_autofree char *actual = g_strdup_printf("actual/e%u.png", i);
  g_autofree char *predicted = g_strdup_printf("predictions/net/e%u.png", i);

  test_write_run(folder, actual, SIDE, SIDE, 0, N_POSITIVE);
  test_write_run(folder, predicted, SIDE, SIDE, n_wrong, N_POSITIVE);
}

/* As if nothing had come or gone for long: else the set is looked at again as soon as it is
 * watched, which finds by itself what a test wants to be told of. */
static void
make_folders_old(const char *path)
{
  const struct utimbuf times = {1600000000, 1600000000};
  g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name(dir))) {
    g_autofree char *child = g_build_filename(path, name, NULL);

    make_folders_old(child);
  }
  if (dir)
    g_assert_no_errno(utime(path, &times));
}

typedef struct {
  TestFolder folder;
  MsWindow *window;
} Fixture;

static void
set_up(Fixture *fixture, gconstpointer data)
{
  fixture->folder = test_folder_new();
  for (guint i = 0; i < N_EXAMPLES; i++)
    write_pair(&fixture->folder, i, 100);
  make_folders_old(fixture->folder.path);
  fixture->window = viewer_test_open(fixture->folder.path);
  test_until(viewer_test_is_scored(fixture->window));
  test_until(ms_window_is_watching(fixture->window));
}

static void
tear_down(Fixture *fixture, gconstpointer data)
{
  viewer_test_close(fixture->window);
  test_folder_clear(&fixture->folder);
}

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

static const char *
change(MsWindow *window)
{
  GtkWidget *box = viewer_test_child(window->inspector, "change_box");

  return gtk_widget_get_visible(box) ? viewer_test_text(window->inspector, "change") : NULL;
}

/* Written as training programs do: under another name, then renamed. */
static void
replace_shown(Fixture *fixture, int n_wrong)
{
  test_write_run(&fixture->folder, "predictions/net/e0.png", SIDE, SIDE, n_wrong, N_POSITIVE);
}

static void
test_replaced(Fixture *fixture, gconstpointer data)
{
  MsWindow *window = fixture->window;
  MsSet *before = window->set;
  const MsView *view = ms_canvas_get_view(window->canvas);
  double zoom, centre_x, other;

  gtk_widget_activate_action(GTK_WIDGET(window), "win.zoom-in", NULL);
  gtk_widget_activate_action(GTK_WIDGET(window), "win.zoom-in", NULL);
  test_display_settle(GTK_WIDGET(window));
  zoom = view->zoom;
  centre_x = view->centre_x;
  other = iou_of(window, "e1");
  g_assert_cmpfloat(shown_iou(window), ==, 300.0 / 500);
  g_assert_null(change(window));

  replace_shown(fixture, 50);
  test_until(shown_iou(window) == 350.0 / 450);
  g_assert_cmpstr(change(window), ==, "0.600 \xe2\x86\x92 0.778");
  g_assert_cmpfloat(view->zoom, ==, zoom);
  g_assert_cmpfloat(view->centre_x, ==, centre_x);
  g_assert_cmpfloat(iou_of(window, "e0"), ==, 350.0 / 450);
  g_assert_cmpfloat(iou_of(window, "e1"), ==, other);
  g_assert_true(window->set == before);

  replace_shown(fixture, 0);
  test_until(shown_iou(window) == 1);
  g_assert_cmpstr(change(window), ==, "0.600 \xe2\x86\x92 1.000");
  viewer_test_step(window, "Right", 1);
  g_assert_null(change(window));
}

/* The set's mean is that of the files as they are. */
static void
test_totals(Fixture *fixture, gconstpointer data)
{
  MsWindow *window = fixture->window;
  MsValue value = {0};

  replace_shown(fixture, 0);
  test_until(iou_of(window, "e0") == 1);
  g_assert_true(
      ms_evaluation_get_live_value(window->evaluation, 0, NULL, MS_SET_METRIC_IOU_MEAN, 0, &value));
  g_assert_cmpfloat_with_epsilon(value.value, (1 + 5 * 0.6) / 6, 1e-9);
}

static void
test_written_in_halves(Fixture *fixture, gconstpointer data)
{
  MsWindow *window = fixture->window;
  g_autofree char *path = test_path(&fixture->folder, "predictions/net/e0.png");
  g_autofree char *other = NULL;
  g_autoptr(GError) error = NULL;
  gsize size;
  FILE *file;

  test_write_run(&fixture->folder, "other.png", SIDE, SIDE, 50, N_POSITIVE);
  {
    g_autofree char *from = test_path(&fixture->folder, "other.png");

    g_file_get_contents(from, &other, &size, &error);
    g_assert_no_error(error);
    g_unlink(from);
  }
  file = fopen(path, "w");
  g_assert_nonnull(file);
  fwrite(other, 1, size / 2, file);
  fflush(file);
  test_write_run(&fixture->folder, "predictions/net/e1.png", SIDE, SIDE, 0, N_POSITIVE);
  test_until(iou_of(window, "e1") == 1); /* later news were told */
  g_assert_cmpfloat(iou_of(window, "e0"), ==, 0.6);
  g_assert_cmpfloat(shown_iou(window), ==, 0.6);
  fwrite(other + size / 2, 1, size - size / 2, file);
  fclose(file);
  test_until(shown_iou(window) == 350.0 / 450);
}

static gint64
tomorrow(void)
{
  return (g_get_real_time() + G_TIME_SPAN_DAY) * 1000;
}

static gboolean
finds(MsWindow *window, MsCheckKind kind)
{
  const MsCheck *check = ms_checker_get_check(window->checker);

  for (guint i = 0; i < check->findings->len; i++)
    if (((const MsCheckFinding *)g_ptr_array_index(check->findings, i))->kind == kind)
      return TRUE;
  return FALSE;
}

/* Who reads it for another reason, however long it has rested, knows that it is being written. */
static void
test_read_while_written(Fixture *fixture, gconstpointer data)
{
  MsWindow *window = fixture->window;
  g_autofree char *path = test_path(&fixture->folder, "predictions/net/e0.png");
  g_autofree char *whole = NULL;
  gsize size;
  FILE *file;

  replace_shown(fixture, 50);
  test_until(shown_iou(window) == 350.0 / 450);
  g_assert_true(g_file_get_contents(path, &whole, &size, NULL));
  ms_stamp_use_clock(tomorrow); /* no file is young */
  file = fopen(path, "w");
  g_assert_nonnull(file);
  fwrite(whole, 1, size / 2, file);
  fflush(file);
  test_write_run(&fixture->folder, "predictions/net/e1.png", SIDE, SIDE, 0, N_POSITIVE);
  test_until(iou_of(window, "e1") == 1); /* its beginning is known */

  ms_evaluation_rescore(window->evaluation, 0, 0);
  test_write_run(&fixture->folder, "predictions/net/e2.png", SIDE, SIDE, 0, N_POSITIVE);
  test_until(iou_of(window, "e2") == 1); /* it was looked at */
  g_assert_cmpfloat(iou_of(window, "e0"), ==, 350.0 / 450);
  g_assert_cmpfloat(shown_iou(window), ==, 350.0 / 450);
  ms_checker_start(window->checker, window->set);
  test_until(ms_checker_get_state(window->checker) == MS_CHECKER_DONE);
  g_assert_false(finds(window, MS_CHECK_UNREADABLE));

  g_assert_cmpint(fclose(file), ==, 0); /* it was cut short */
  test_until(ms_evaluation_get_score(window->evaluation, 0, 0).status == MS_RESULT_ERROR);
  ms_checker_start(window->checker, window->set);
  test_until(ms_checker_get_state(window->checker) == MS_CHECKER_DONE);
  g_assert_true(finds(window, MS_CHECK_UNREADABLE));
  ms_stamp_use_clock(NULL);
}

static void
test_added(Fixture *fixture, gconstpointer data)
{
  MsWindow *window = fixture->window;
  MsSet *before = window->set;
  double zoom;

  viewer_test_step(window, "Right", 1);
  gtk_widget_activate_action(GTK_WIDGET(window), "win.zoom-in", NULL);
  zoom = ms_canvas_get_view(window->canvas)->zoom;
  test_write_run(&fixture->folder, "actual/d0.png", SIDE, SIDE, 0, N_POSITIVE);
  test_write_run(&fixture->folder, "predictions/net/d0.png", SIDE, SIDE, 0, N_POSITIVE);
  test_until(iou_of(window, "d0") == 1 && viewer_test_is_painted(window));
  g_assert_true(window->set != before);
  g_assert_cmpuint(window->example, ==, 2);
  g_assert_cmpstr(ms_set_get_id(window->set, window->example), ==, "e1");
  g_assert_cmpfloat(ms_canvas_get_view(window->canvas)->zoom, ==, zoom);
  g_assert_cmpfloat(iou_of(window, "e5"), ==, 0.6);

  test_write_run(&fixture->folder, "predictions/net/d0.png", SIDE, SIDE, 100, N_POSITIVE);
  test_until(iou_of(window, "d0") == 0.6); /* and is watched */
}

static void
test_removed(Fixture *fixture, gconstpointer data)
{
  g_autofree char *actual = test_path(&fixture->folder, "actual/e5.png");
  g_autofree char *predicted = test_path(&fixture->folder, "predictions/net/e5.png");

  g_assert_no_errno(g_unlink(actual));
  g_assert_no_errno(g_unlink(predicted));
  test_until(ms_set_get_n_examples(fixture->window->set) == N_EXAMPLES - 1);
}

static void
test_model_added(Fixture *fixture, gconstpointer data)
{
  MsWindow *window = fixture->window;

  for (guint i = 0; i < N_EXAMPLES; i++) {
    g_autofree char *name = g_strdup_printf("predictions/new/e%u.png", i);

    test_write_run(&fixture->folder, name, SIDE, SIDE, 10, N_POSITIVE);
  }
  test_until(ms_set_get_n_models(window->set) == 2);
  g_assert_cmpstr(ms_set_get_model_name(window->set, window->model), ==, "net");
}

static void
test_vanished(Fixture *fixture, gconstpointer data)
{
  MsWindow *window = fixture->window;
  MsSet *before = window->set;
  g_autofree char *path = test_path(&fixture->folder, "predictions");
  g_autofree char *away = test_path(&fixture->folder, ".away");

  g_assert_no_errno(g_rename(path, away));
  test_until(viewer_test_message(window) &&
             strstr(viewer_test_message(window), "not there any more"));
  g_assert_true(window->set == before);
  g_assert_cmpfloat(iou_of(window, "e3"), ==, 0.6);
  test_write_run(&fixture->folder, ".away/net/e3.png", SIDE, SIDE, 0, N_POSITIVE);
  g_assert_no_errno(g_rename(away, path));
  test_until(iou_of(window, "e3") == 1);
  g_assert_cmpfloat(iou_of(window, "e4"), ==, 0.6);
  g_assert_nonnull(strstr(viewer_test_message(window), "back again"));
  replace_shown(fixture, 50);
  test_until(shown_iou(window) == 350.0 / 450);
}

/* What was to be looked at once more when the folder went. */
static void
test_vanished_after_change(Fixture *fixture, gconstpointer data)
{
  MsWindow *window = fixture->window;
  g_autofree char *path = test_path(&fixture->folder, "predictions");
  g_autofree char *away = test_path(&fixture->folder, ".away");

  g_assert_no_errno(g_rename(path, away));
  test_until(viewer_test_message(window));
  ms_evaluation_rescore(window->evaluation, 0, 0);
  test_until(ms_evaluation_is_settled(window->evaluation));
  g_assert_cmpfloat(iou_of(window, "e0"), ==, 0.6);
  g_assert_cmpfloat(shown_iou(window), ==, 0.6);
}

static gboolean
says_vanished(MsWindow *window)
{
  const char *text = viewer_test_message(window);

  return text && strstr(text, "not there any more");
}

/* What passes is over when its button is pressed; what stands is seen again. */
static void
test_messages(Fixture *fixture, gconstpointer data)
{
  MsWindow *window = fixture->window;
  g_autofree char *path = test_path(&fixture->folder, "predictions");
  g_autofree char *away = test_path(&fixture->folder, "guesses");

  g_assert_no_errno(g_rename(path, away));
  test_until(says_vanished(window));
  ms_window_say(window, FALSE, "Done");
  g_assert_cmpstr(viewer_test_message(window), ==, "Done");
  ms_window_dismiss_message(window);
  g_assert_true(says_vanished(window));
  test_display_key("F5"); /* and is read without it */
  test_until(!says_vanished(window));
  test_until(ms_window_is_watching(window) && viewer_test_is_scored(window));
  g_assert_no_errno(g_rename(away, path));
  test_until(says_vanished(window));
  test_display_key("F5");
  test_until(!says_vanished(window));
}

/* The message lies over the picture alone. */
static void
test_message_place(Fixture *fixture, gconstpointer data)
{
  MsWindow *window = fixture->window;
  GtkWidget *stage = gtk_widget_get_parent(GTK_WIDGET(window->check_line));
  GtkWidget *message = GTK_WIDGET(window->message_revealer);
  graphene_rect_t bounds;

  gtk_window_set_default_size(GTK_WINDOW(window), 800, 600);
  test_until(gtk_widget_get_width(stage) < 400);
  ms_window_say(window, TRUE, "%s",
                "/a/folder/with/a/name/that/is/long: not there any more. What was read stays.");
  test_display_settle(GTK_WIDGET(window));
  g_assert_true(gtk_widget_compute_bounds(message, stage, &bounds));
  g_assert_cmpfloat(bounds.origin.x, >=, 0);
  g_assert_cmpfloat(bounds.origin.y, >=, 0);
  g_assert_cmpfloat(bounds.origin.x + bounds.size.width, <=, gtk_widget_get_width(stage));
}

static void
test_switched_off(Fixture *fixture, gconstpointer data)
{
  MsWindow *window = fixture->window;

  gtk_widget_activate_action(GTK_WIDGET(window), "win.watch", NULL);
  g_assert_false(g_settings_get_boolean(ms_settings_get(), "watch"));
  g_assert_false(ms_window_is_watching(window));
  replace_shown(fixture, 50);
  test_display_key("F5");
  test_until(shown_iou(window) == 350.0 / 450);
  replace_shown(fixture, 0);
  gtk_widget_activate_action(GTK_WIDGET(window), "win.watch", NULL);
  test_until(shown_iou(window) == 1); /* what happened meanwhile is found */
}

/* --- the check -------------------------------------------------------------------------------- */

static gboolean
is_checked(MsWindow *window)
{
  return ms_checker_get_state(window->checker) == MS_CHECKER_DONE;
}

/* What was found stays until something else was; the keyboard stays where it is. */
static void
test_checked_again(Fixture *fixture, gconstpointer data)
{
  MsWindow *window = fixture->window;
  MsCheck *before;
  GtkWidget *focus;

  test_until(is_checked(window));
  before = ms_check_ref(ms_checker_get_check(window->checker));
  focus = gtk_window_get_focus(GTK_WINDOW(window));
  replace_shown(fixture, 50);
  test_until(shown_iou(window) == 350.0 / 450);
  g_assert_true(ms_checker_get_check(window->checker) == before);
  test_until(ms_checker_get_check(window->checker) != before);
  g_assert_true(is_checked(window));
  g_assert_true(gtk_window_get_focus(GTK_WINDOW(window)) == focus);
  ms_check_unref(before);
}

/* Who stopped it is not asked again. */
static void
test_check_stopped(Fixture *fixture, gconstpointer data)
{
  MsWindow *window = fixture->window;

  test_until(is_checked(window));
  ms_checker_start(window->checker, window->set);
  gtk_widget_activate_action(GTK_WIDGET(window), "win.stop-check", NULL);
  replace_shown(fixture, 50);
  test_until(shown_iou(window) == 350.0 / 450);
  g_assert_cmpuint(window->check_timeout, ==, 0);
  gtk_widget_activate_action(GTK_WIDGET(window), "win.check-again", NULL);
  test_until(is_checked(window));
}

/* --- what a set is read from ------------------------------------------------------------------ */

static void
write_text(const TestFolder *folder, const char *name, const char *text)
{
  g_free(test_file(folder, name, text, strlen(text)));
}

#define ACTUAL_LABELS "example,cat,dog\na,1,0\nb,1,1\nc,0,1\n"

/* Half a table is waited for, and told of when it stays one. */
static void
test_label_table(Fixture *fixture, gconstpointer data)
{
  TestFolder folder = test_folder_new();
  MsWindow *window = viewer_test_open_scores(&folder, ACTUAL_LABELS,
                                             "example,cat,dog\na,0.1,0.2\nb,0.9,0.1\nc,0.2,0.9\n");
  MsSet *before = window->set;

  test_until(viewer_test_is_scored(window) && ms_window_is_watching(window));
  viewer_test_step(window, "Right", 1);
  g_assert_cmpfloat(iou_of(window, "b"), ==, 0.5);
  write_text(&folder, "scores.csv", "example,cat,dog\na,0.1,0.2\nb,0.");
  test_until(viewer_test_message(window) && strstr(viewer_test_message(window), "scores.csv"));
  g_assert_true(window->set == before);
  g_assert_cmpfloat(iou_of(window, "b"), ==, 0.5);
  write_text(&folder, "scores.csv", "example,cat,dog\na,0.1,0.2\nb,0.9,0.8\nc,0.2,0.9\n");
  test_until(iou_of(window, "b") == 1 && viewer_test_is_painted(window));
  g_assert_cmpuint(window->example, ==, 1);
  g_assert_cmpstr(change(window), ==, "0.500 \xe2\x86\x92 1.000");
  viewer_test_close(window);
  test_folder_clear(&folder);
}

#define RUNS(counts)                                                                               \
  "\"segmentation\": {\"size\": [8, 8], \"counts\": [" counts "]}, "                               \
  "\"image_id\": 1, \"category_id\": 1"
#define CATEGORY(name) "\"categories\": [{\"id\": 1, \"name\": \"" name "\"}]"
#define IMAGES         "\"images\": [{\"id\": 1, \"file_name\": \"a.png\", \"width\": 8, \"height\": 8}]"
#define TRUTH(name)                                                                                \
  "{" IMAGES ", \"annotations\": [{\"id\": 1, \"area\": 32, \"iscrowd\": 1, " RUNS(                \
      "0, 32, 32") "}], " CATEGORY(name) "}"
#define FOUND(counts) "[{" RUNS(counts) ", \"score\": 0.9}]"

static MsWindow *
open_coco(const TestFolder *folder)
{
  g_autofree char *actual = test_path(folder, "truth.json");
  g_autofree char *found = test_path(folder, "found.json");
  g_autofree char *predicted = g_strdup_printf("net=%s", found);
  g_auto(GStrv) arguments =
      g_strdupv((GStrv)(const char *[]){"--actual", actual, "--predicted", predicted, NULL});
  g_autoptr(MsOptions) options = ms_options_new();
  g_autoptr(GError) error = NULL;
  MsWindow *window = viewer_test_open(NULL);

  ms_options_parse(options, &arguments, NULL, &error);
  g_assert_no_error(error);
  ms_window_open(window, options);
  test_until(window->set && viewer_test_is_painted(window) && viewer_test_is_scored(window));
  test_until(ms_window_is_watching(window));
  return window;
}

/* Records lie elsewhere in their file, and classes have other names. */
static void
test_annotations(Fixture *fixture, gconstpointer data)
{
  TestFolder folder = test_folder_new();
  MsWindow *window;

  write_text(&folder, "truth.json", TRUTH("cat"));
  write_text(&folder, "found.json", FOUND("0, 16, 48"));
  make_folders_old(folder.path);
  window = open_coco(&folder);
  g_assert_cmpfloat(shown_iou(window), ==, 0.5);
  write_text(&folder, "found.json", "   " FOUND("0, 24, 40"));
  test_until(shown_iou(window) == 0.75);
  g_assert_cmpstr(change(window), ==, "0.500 \xe2\x86\x92 0.750");
  write_text(&folder, "truth.json", TRUTH("dog"));
  test_until(g_str_equal(ms_set_get_classes(window->set)->classes[0].name, "dog"));
  viewer_test_close(window);
  test_folder_clear(&folder);
}

static void
write_maps(const TestFolder *folder)
{
  test_write_mask(folder, "actual/a.png", "0012\n0012");
  test_write_mask(folder, "actual/b.png", "0112\n0012");
  test_write_mask(folder, "predicted/a.png", "0012\n0011");
  test_write_mask(folder, "predicted/b.png", "0112\n0011");
}

static gboolean
names_class(MsWindow *window, const char *name)
{
  const MsClassTable *table = ms_set_get_classes(window->set);

  return table && ms_class_table_find_name(table, name);
}

static void
test_class_table(Fixture *fixture, gconstpointer data)
{
  TestFolder folder = test_folder_new();
  MsWindow *window;

  write_maps(&folder);
  write_text(&folder, "classes.txt", "background\ncat\ndog\n");
  make_folders_old(folder.path);
  window = viewer_test_open(folder.path);
  test_until(viewer_test_is_scored(window) && ms_window_is_watching(window));
  g_assert_true(names_class(window, "dog"));
  viewer_test_step(window, "Right", 1);
  write_text(&folder, "classes.txt", "background\ncat\nfox\n");
  test_until(names_class(window, "fox") && viewer_test_is_painted(window));
  g_assert_false(names_class(window, "dog"));
  g_assert_cmpuint(window->example, ==, 1);
  viewer_test_close(window);
  test_folder_clear(&folder);
}

#define SET_FILE "[Set]\nActual=actual\n[Models]\nnet=predicted\n"

static void
test_set_file(Fixture *fixture, gconstpointer data)
{
  TestFolder folder = test_folder_new();
  g_autofree char *path = test_path(&folder, "pets.maskset");
  MsWindow *window;

  write_maps(&folder);
  write_text(&folder, "pets.maskset", SET_FILE);
  make_folders_old(folder.path);
  window = viewer_test_open(path);
  test_until(viewer_test_is_scored(window) && ms_window_is_watching(window));
  g_assert_cmpuint(ms_set_get_n_models(window->set), ==, 1);
  write_text(&folder, "pets.maskset", SET_FILE "[Predicted ids]\n1=2\n");
  test_until(change(window) && viewer_test_is_painted(window));
  viewer_test_close(window);
  test_folder_clear(&folder);
}

/* Files that are not what the first ones were. */
static void
test_other_reading(Fixture *fixture, gconstpointer data)
{
  MsWindow *window = fixture->window;
  MsSet *before = window->set;

  for (guint i = 0; i < N_EXAMPLES; i++) {
    g_autofree char *name = g_strdup_printf("predictions/net/e%u.png", i);
    g_autoptr(GString) art = g_string_new(NULL);

    for (int at = 0; at < SIDE * SIDE; at++)
      g_string_append_printf(art, "%s%c", at && at % SIDE == 0 ? "\n" : "",
                             at < N_POSITIVE ? "#+9"[at % 3] : '.');
    test_write_mask(&fixture->folder, name, art->str);
  }
  test_until(window->set != before && viewer_test_is_painted(window) &&
             viewer_test_is_scored(window));
  g_assert_nonnull(strstr(viewer_test_message(window), "net is read in another way now: "));
  g_assert_cmpfloat(iou_of(window, "e5"), >, 0.6);
}

#define ADD(name, function)                                                                        \
  g_test_add("/app/live/" name, Fixture, NULL, set_up, function, tear_down)

static void
add_tests(void)
{
  ADD("replaced", test_replaced);
  ADD("totals", test_totals);
  ADD("written-in-halves", test_written_in_halves);
  ADD("read-while-written", test_read_while_written);
  ADD("added", test_added);
  ADD("removed", test_removed);
  ADD("model-added", test_model_added);
  ADD("vanished", test_vanished);
  ADD("vanished-after-change", test_vanished_after_change);
  ADD("messages", test_messages);
  ADD("message-place", test_message_place);
  ADD("switched-off", test_switched_off);
  ADD("checked-again", test_checked_again);
  ADD("check-stopped", test_check_stopped);
  g_test_add("/app/live/label-table", Fixture, NULL, NULL, test_label_table, NULL);
  g_test_add("/app/live/annotations", Fixture, NULL, NULL, test_annotations, NULL);
  g_test_add("/app/live/class-table", Fixture, NULL, NULL, test_class_table, NULL);
  g_test_add("/app/live/set-file", Fixture, NULL, NULL, test_set_file, NULL);
  ADD("other-reading", test_other_reading);
}

int
main(int argc, char **argv)
{
  return test_display_main(argc, argv, add_tests);
}
