/* SPDX-License-Identifier: MIT
 *
 * Files are told of when they are whole, once, whatever way they came; folders when they go and
 * when they are back; and what cannot be watched is said.
 */
#include "set/watcher.h"

#include <unistd.h>

#include "set/watch-folders.h"
#include "support/files.h"

#define PATIENCE (30 * G_TIME_SPAN_SECOND)

typedef struct {
  TestFolder folder;
  MsWatcher *watcher;
  GHashTable *complete; /* path -> times told */
  GHashTable *gone;
  GHashTable *vanished;
  GHashTable *back;
  guint n_others;
  guint n_news;
} Fixture;

static void
count(GHashTable *table, const GPtrArray *paths)
{
  for (guint i = 0; i < paths->len; i++) {
    const char *path = g_ptr_array_index(paths, i);
    guint n = GPOINTER_TO_UINT(g_hash_table_lookup(table, path));

    g_hash_table_insert(table, g_strdup(path), GUINT_TO_POINTER(n + 1));
  }
}

static guint
times(Fixture *fixture, GHashTable *table, const char *name)
{
  g_autofree char *path = test_path(&fixture->folder, name);

  return GPOINTER_TO_UINT(g_hash_table_lookup(table, path));
}

static void
on_news(MsWatcher *watcher, const MsWatchNews *news, Fixture *fixture)
{
  count(fixture->complete, news->complete);
  count(fixture->gone, news->gone);
  count(fixture->vanished, news->vanished);
  count(fixture->back, news->back);
  fixture->n_others += news->others;
  fixture->n_news++;
}

/* Waits for a condition; reaching the end of patience fails the test. */
#define until(condition)                                                                           \
  G_STMT_START {                                                                                   \
    gint64 end = g_get_monotonic_time() + PATIENCE;                                                \
    guint tick = g_timeout_add(20, G_SOURCE_FUNC(wake), NULL);                                     \
    while (!(condition)) {                                                                         \
      g_assert_cmpint(g_get_monotonic_time(), <, end);                                             \
      g_main_context_iteration(NULL, TRUE);                                                        \
    }                                                                                              \
    g_source_remove(tick);                                                                         \
  }                                                                                                \
  G_STMT_END

static gboolean
wake(gpointer user)
{
  return G_SOURCE_CONTINUE;
}

static void
set_up(Fixture *fixture, gconstpointer data)
{
  g_autofree char *actual = NULL;
  g_autofree char *predicted = NULL;

  fixture->folder = test_folder_new();
  g_free(test_file(&fixture->folder, "actual/a.png", "1", 1));
  g_free(test_file(&fixture->folder, "predicted/a.png", "1", 1));
  actual = test_path(&fixture->folder, "actual");
  predicted = test_path(&fixture->folder, "predicted");
  fixture->complete = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  fixture->gone = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  fixture->vanished = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  fixture->back = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  fixture->watcher =
      ms_watcher_new((const char *const[]){actual, predicted, NULL}, fixture->folder.path);
  g_signal_connect(fixture->watcher, "news", G_CALLBACK(on_news), fixture);
  until(ms_watcher_is_ready(fixture->watcher));
}

static void
tear_down(Fixture *fixture, gconstpointer data)
{
  g_signal_handlers_disconnect_by_data(fixture->watcher, fixture);
  g_object_unref(fixture->watcher);
  g_hash_table_unref(fixture->complete);
  g_hash_table_unref(fixture->gone);
  g_hash_table_unref(fixture->vanished);
  g_hash_table_unref(fixture->back);
  test_folder_clear(&fixture->folder);
  ms_watch_folders_use(0, NULL);
}

static FILE *
open_file(Fixture *fixture, const char *name)
{
  g_autofree char *path = test_path(&fixture->folder, name);
  FILE *file = fopen(path, "w");

  g_assert_nonnull(file);
  return file;
}

static void
write_part(FILE *file, const char *text)
{
  fputs(text, file);
  fflush(file);
}

/* What happens after something else is told after it. */
static void
let_pass(Fixture *fixture, const char *name)
{
  fclose(open_file(fixture, name));
  until(times(fixture, fixture->complete, name) == 1);
}

static void
test_written(Fixture *fixture, gconstpointer data)
{
  FILE *file = open_file(fixture, "predicted/b.png");

  write_part(file, "half");
  let_pass(fixture, "predicted/other.png");
  g_assert_cmpuint(times(fixture, fixture->complete, "predicted/b.png"), ==, 0);
  write_part(file, "whole");
  let_pass(fixture, "predicted/another.png");
  g_assert_cmpuint(times(fixture, fixture->complete, "predicted/b.png"), ==, 0);
  fclose(file);
  until(times(fixture, fixture->complete, "predicted/b.png") == 1);
  g_assert_null(ms_watcher_get_trouble(fixture->watcher));
}

static void
test_renamed(Fixture *fixture, gconstpointer data)
{
  g_autofree char *from = test_file(&fixture->folder, ".new", "2", 1);
  g_autofree char *to = test_path(&fixture->folder, "predicted/a.png");

  g_assert_cmpint(g_rename(from, to), ==, 0);
  until(times(fixture, fixture->complete, "predicted/a.png") == 1);
  g_assert_cmpuint(g_hash_table_size(fixture->complete), ==, 1);
  g_assert_cmpuint(g_hash_table_size(fixture->gone), ==, 0);
}

/* No one tells of the end of a name that was linked: it is whole at once. */
static void
test_linked(Fixture *fixture, gconstpointer data)
{
  g_autofree char *from = test_path(&fixture->folder, "actual/a.png");
  g_autofree char *to = test_path(&fixture->folder, "predicted/linked.png");

  g_assert_cmpint(link(from, to), ==, 0);
  until(times(fixture, fixture->complete, "predicted/linked.png") == 1);
}

/* Each is written under another name first, which may be told of as well. */
static guint
count_pictures(GHashTable *table)
{
  GHashTableIter all;
  gpointer path;
  guint n = 0;

  g_hash_table_iter_init(&all, table);
  while (g_hash_table_iter_next(&all, &path, NULL))
    n += g_str_has_suffix(path, ".png");
  return n;
}

static void
test_many(Fixture *fixture, gconstpointer data)
{
  for (int i = 0; i < 500; i++) {
    g_autofree char *name = g_strdup_printf("predicted/m%03d.png", i);

    g_free(test_file(&fixture->folder, name, "1", 1));
  }
  until(count_pictures(fixture->complete) == 500);
  g_assert_cmpuint(fixture->n_news, <, 250);
}

/* What is replaced by removing it first was never gone. */
static void
test_removed(Fixture *fixture, gconstpointer data)
{
  g_autofree char *actual = test_path(&fixture->folder, "actual/a.png");
  g_autofree char *predicted = test_path(&fixture->folder, "predicted/a.png");

  g_assert_cmpint(g_unlink(predicted), ==, 0);
  g_free(test_file(&fixture->folder, "predicted/a.png", "2", 1));
  g_assert_cmpint(g_unlink(actual), ==, 0);
  until(times(fixture, fixture->gone, "actual/a.png") == 1);
  g_assert_cmpuint(times(fixture, fixture->complete, "predicted/a.png"), ==, 1);
  g_assert_cmpuint(times(fixture, fixture->gone, "predicted/a.png"), ==, 0);
}

/* Its files are not told of as gone. */
static void
test_folder(Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = test_path(&fixture->folder, "predicted");

  test_remove_recursively(path);
  until(times(fixture, fixture->vanished, "predicted") == 1);
  g_assert_cmpuint(ms_watcher_get_n_missing(fixture->watcher), ==, 1);
  g_free(test_file(&fixture->folder, "predicted/a.png", "2", 1));
  until(times(fixture, fixture->back, "predicted") == 1);
  g_assert_cmpuint(ms_watcher_get_n_missing(fixture->watcher), ==, 0);
  g_assert_cmpuint(g_hash_table_size(fixture->gone), ==, 0);
  let_pass(fixture, "predicted/b.png");
}

static void
test_whole_folder(Fixture *fixture, gconstpointer data)
{
  g_autofree char *away = g_strconcat(fixture->folder.path, "-away", NULL);

  g_assert_cmpint(g_rename(fixture->folder.path, away), ==, 0);
  until(g_hash_table_size(fixture->vanished) > 0);
  g_assert_cmpint(g_rename(away, fixture->folder.path), ==, 0);
  until(ms_watcher_get_n_missing(fixture->watcher) == 0);
  g_assert_cmpuint(g_hash_table_size(fixture->gone), ==, 0);
  let_pass(fixture, "predicted/b.png");
}

static void
test_new_folder(Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = test_path(&fixture->folder, "models/new");

  g_assert_cmpint(g_mkdir_with_parents(path, 0777), ==, 0);
  until(fixture->n_others > 0);
  let_pass(fixture, "models/new/a.png");
}

static gboolean
always(const char *path)
{
  return TRUE;
}

static void
test_trouble(void)
{
  Fixture fixture;

  ms_watch_folders_use(1, NULL);
  set_up(&fixture, NULL);
  g_assert_nonnull(strstr(ms_watcher_get_trouble(fixture.watcher), "more than 1 folder"));
  tear_down(&fixture, NULL);
  ms_watch_folders_use(0, always);
  set_up(&fixture, NULL);
  g_assert_nonnull(strstr(ms_watcher_get_trouble(fixture.watcher), "network"));
  let_pass(&fixture, "predicted/b.png"); /* what happens here is told all the same */
  tear_down(&fixture, NULL);
}

#define ADD(name, function)                                                                        \
  g_test_add("/set/watcher/" name, Fixture, NULL, set_up, function, tear_down)

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  ADD("written", test_written);
  ADD("renamed", test_renamed);
  ADD("linked", test_linked);
  ADD("many", test_many);
  ADD("removed", test_removed);
  ADD("folder", test_folder);
  ADD("whole-folder", test_whole_folder);
  ADD("new-folder", test_new_folder);
  g_test_add_func("/set/watcher/trouble", test_trouble);
  return g_test_run();
}
