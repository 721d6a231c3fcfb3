/* SPDX-License-Identifier: MIT
 *
 * The results store while its file is held, removed or replaced by others, and while it is no file
 * at all: nothing is lost that need not be, and it is said what is wrong.
 */
#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "set/store-items.h"
#include "set/store-private.h"
#include "store-session.h"

/* --- held ------------------------------------------------------------------------------------- */

static sqlite3 *
hold(const Fixture *fixture)
{
  sqlite3 *db = NULL;

  g_assert_cmpint(sqlite3_open(fixture->path, &db), ==, SQLITE_OK);
  g_assert_cmpint(ms_store_run(db, "BEGIN EXCLUSIVE"), ==, SQLITE_OK);
  return db;
}

/* A file that is held is said to be, once, and read from as soon as it is free. */
static void
test_held_reading(Fixture *fixture, gconstpointer data)
{
  Session session;
  sqlite3 *db;

  write_rows(1, 0, 10, 0);
  ms_store_use_patience(0, 0);
  db = hold(fixture);
  session = session_open(1);
  g_assert_cmpuint(stored_count(session.store, session.signature, 0, 10, 0), ==, 0);
  sqlite3_close(db);
  g_assert_cmpuint(stored_count(session.store, session.signature, 0, 10, 0), ==, 10);
  session_close_noticed(&session, "is held by another program");
  ms_store_use_patience(-1, -1);
}

/* It is not asked for at each example: that could take a second each. */
static void
test_left_alone(Fixture *fixture, gconstpointer data)
{
  Session session;
  sqlite3 *db;

  write_rows(1, 0, 10, 0);
  ms_store_use_patience(0, 3600000);
  db = hold(fixture);
  session = session_open(1);
  g_assert_false(stored_find(session.store, session.signature, 0, 0));
  sqlite3_close(db);
  g_assert_cmpuint(stored_count(session.store, session.signature, 0, 10, 0), ==, 0);
  session_close_noticed(&session, "is held by another program");
  ms_store_use_patience(-1, -1);
}

/* What was put meanwhile is written when the file is free again. */
static void
test_held_writing(Fixture *fixture, gconstpointer data)
{
  Session session;
  sqlite3 *db;

  write_rows(1, 0, 10, 0);
  ms_store_use_patience(0, 0);
  db = hold(fixture);
  session = session_open(1);
  for (guint round = 0; round < 5; round++) {
    for (guint i = 0; i < 100; i++)
      stored_put(session.store, session.signature, 10 + 100 * round + i, 0);
    ms_store_flush(session.store);
  }
  sqlite3_close(db);
  ms_store_flush(session.store);
  session_close_noticed(&session, "is held by another program");
  ms_store_use_patience(-1, -1);
  g_assert_cmpuint(count_rows(1, 0, 510, 0), ==, 510);
}

/* Nobody waits for room that does not come: rows beyond what the queue takes are given up. */
static void
test_held_for_good(Fixture *fixture, gconstpointer data)
{
  Session session;
  sqlite3 *db;
  guint n;

  write_rows(1, 0, 10, 0);
  ms_store_use_patience(0, 0);
  db = hold(fixture);
  session = session_open(1);
  for (guint i = 10; i < 60000; i++)
    stored_put(session.store, session.signature, i, 0);
  session_close_noticed(&session, "is held by another program");
  sqlite3_close(db);
  ms_store_use_patience(-1, -1);
  n = count_rows(1, 0, 60000, 0);
  g_assert_cmpuint(n, ==, 10);
}

/* A batch that is larger than SQLite's cache keeps no one from reading before it is committed. */
static void
test_large_batch(Fixture *fixture, gconstpointer data)
{
  MsStoreAccess access;
  MsStoreConnection *connection;
  g_autoptr(GArray) items = ms_store_items_new();
  g_autoptr(GArray) used = g_array_new(FALSE, FALSE, sizeof(MsHash));

  write_rows(1, 0, 10, 0);
  ms_store_access_init(&access);
  connection = ms_store_items_connection(&access);
  for (guint i = 0; i < 64; i++) {
    MsStoreItem item = {.signature = stored_signature(1), .id = g_strdup_printf("large %u", i)};

    item.row = g_byte_array_set_size(g_byte_array_new(), 256 << 10);
    memset(item.row->data, (int)i, item.row->len);
    g_array_append_val(items, item);
  }
  g_assert_true(ms_store_connection_open(connection));
  g_assert_cmpint(ms_store_run(ms_store_connection_db(connection), "BEGIN IMMEDIATE"), ==,
                  SQLITE_OK);
  g_assert_cmpint(ms_store_items_put(connection, items, used), ==, SQLITE_OK);
  g_assert_cmpint(ask_sql(fixture, "SELECT count(*) FROM results"), ==, 10);
  g_assert_cmpint(ms_store_items_finish(connection, SQLITE_OK), ==, SQLITE_OK);
  g_assert_cmpint(ask_sql(fixture, "SELECT count(*) FROM results"), ==, 74);
  ms_store_connection_free(connection);
  ms_store_access_clear(&access);
}

/* --- gone ------------------------------------------------------------------------------------- */

/* Rows that were there in the file that went are new ones to the next. */
static void
test_removed_while_open(Fixture *fixture, gconstpointer data)
{
  Session session = session_open(1);

  for (guint round = 0; round < 10; round++) {
    for (guint i = 0; i < 100; i++)
      stored_put(session.store, session.signature, i, 0);
    ms_store_flush(session.store);
    g_assert_true(g_file_test(fixture->path, G_FILE_TEST_EXISTS));
    ms_store_file_remove(fixture->path);
  }
  for (guint i = 50; i < 200; i++)
    stored_put(session.store, session.signature, i, 0);
  session_close(&session);
  g_assert_cmpuint(count_rows(1, 0, 200, 0), ==, 150);
}

/* The reader does not go on in a file that is no more. */
static void
test_replaced_under_reader(Fixture *fixture, gconstpointer data)
{
  Session session;

  write_rows(1, 500, 10, 0);
  session = session_open(1);
  g_assert_cmpuint(stored_count(session.store, session.signature, 500, 10, 0), ==, 10);
  ms_store_file_remove(fixture->path);
  write_rows(1, 0, 10, 0);
  g_assert_cmpuint(stored_count(session.store, session.signature, 0, 10, 0), ==, 10);
  g_assert_cmpuint(stored_count(session.store, session.signature, 500, 10, 0), ==, 0);
  session_close(&session);
}

static void
test_folder_removed_while_open(Fixture *fixture, gconstpointer data)
{
  Session session = session_open(1);

  for (guint i = 0; i < 100; i++)
    stored_put(session.store, session.signature, i, 0);
  ms_store_flush(session.store);
  test_remove_recursively(fixture->cache);
  for (guint i = 0; i < 100; i++)
    stored_put(session.store, session.signature, i, 0);
  session_close(&session);
  g_assert_cmpuint(count_rows(1, 0, 100, 0), ==, 100);
}

/* --- no file ---------------------------------------------------------------------------------- */

/* Says the words, how to do about it, and that nothing is kept; and touches nothing. */
static void
assert_unusable(const Fixture *fixture, const char *words)
{
  Session session = session_open(1);
  g_autofree char *notice = NULL;

  g_assert_cmpuint(stored_count(session.store, session.signature, 0, 10, 0), ==, 0);
  for (guint i = 0; i < 10; i++)
    stored_put(session.store, session.signature, i, 0);
  ms_store_flush(session.store);
  notice = ms_store_take_notice(session.store);
  g_assert_nonnull(notice);
  g_test_message("%s", notice);
  g_assert_nonnull(strstr(notice, words));
  g_assert_nonnull(strstr(notice, "results are not kept"));
  g_assert_nonnull(strstr(notice, "MASKSCOPE_CACHE"));
  g_clear_pointer(&session.store, ms_store_free);
}

static void
make_folder(const Fixture *fixture)
{
  write_rows(1, 0, 1, 0);
  ms_store_file_remove(fixture->path);
}

static void
test_obstacles(Fixture *fixture, gconstpointer data)
{
  make_folder(fixture);
  g_assert_cmpint(g_mkdir(fixture->path, 0700), ==, 0);
  assert_unusable(fixture, "it is a folder");
  g_assert_cmpint(g_rmdir(fixture->path), ==, 0);
  g_assert_cmpint(mkfifo(fixture->path, 0600), ==, 0);
  assert_unusable(fixture, "it is no file");
  g_assert_cmpint(g_unlink(fixture->path), ==, 0);
  g_assert_cmpint(symlink("/no/such/file", fixture->path), ==, 0);
  assert_unusable(fixture, "it is a link that leads nowhere");
  g_assert_cmpint(g_unlink(fixture->path), ==, 0);
  write_rows(1, 0, 10, 0);
}

/* Whatever may write everything is not asked. */
static void
assert_forbidden(const Fixture *fixture, int mode)
{
  gboolean is_root = geteuid() == 0;

  g_assert_cmpint(g_chmod(fixture->path, mode), ==, 0);
  if (is_root) {
    g_autofree char *above = g_path_get_dirname(fixture->cache);

    g_assert_cmpint(g_chmod(above, 0755), ==, 0);
    g_assert_cmpint(chown(fixture->cache, 65534, (gid_t)-1), ==, 0);
    g_assert_cmpint(seteuid(65534), ==, 0);
  }
  assert_unusable(fixture, g_strerror(EACCES));
  if (is_root)
    g_assert_cmpint(seteuid(0), ==, 0);
}

static void
test_forbidden(Fixture *fixture, gconstpointer data)
{
  g_autofree char *tag = g_build_filename(fixture->cache, MS_CACHE_TAG, NULL);

  write_rows(1, 0, 10, 0);
  g_assert_cmpint(g_chmod(tag, 0644), ==, 0);
  assert_forbidden(fixture, 0);
}

/* As a full disk answers: the file cannot grow. */
static void
test_full(Fixture *fixture, gconstpointer data)
{
  struct rlimit before, limit;
  Session session;

  write_rows(1, 0, 100, 0);
  g_assert_cmpint(getrlimit(RLIMIT_FSIZE, &before), ==, 0);
  limit = before;
  limit.rlim_cur = 70000;
  signal(SIGXFSZ, SIG_IGN);
  g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &limit), ==, 0);
  session = session_open(1);
  for (guint i = 100; i < 20000; i++)
    stored_put(session.store, session.signature, i, 0);
  ms_store_flush(session.store);
  g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &before), ==, 0);
  g_assert_cmpuint(stored_count(session.store, session.signature, 0, 100, 0), ==, 100);
  session_close_noticed(&session, "\"maskscope clear-cache\" makes room");
  g_assert_cmpuint(count_rows(1, 0, 100, 0), ==, 100);
}

/* A mistake of ours in SQL is no damage: no file is removed for it. */
static void
test_states(void)
{
  static const int ours[] = {SQLITE_ERROR,    SQLITE_SCHEMA, SQLITE_CONSTRAINT, SQLITE_TOOBIG,
                             SQLITE_MISMATCH, SQLITE_MISUSE, SQLITE_RANGE};
  static const int damage[] = {SQLITE_CORRUPT, SQLITE_CORRUPT_INDEX, SQLITE_NOTADB, SQLITE_FORMAT,
                               SQLITE_IOERR_SHORT_READ};

  for (guint i = 0; i < G_N_ELEMENTS(ours); i++)
    g_assert_cmpint(ms_store_state_of(ours[i]), ==, MS_STORE_REFUSED);
  for (guint i = 0; i < G_N_ELEMENTS(damage); i++)
    g_assert_cmpint(ms_store_state_of(damage[i]), ==, MS_STORE_BROKEN);
}

#define ADD(name, test) g_test_add("/store-trouble/" name, Fixture, NULL, set_up, test, tear_down)

int
main(int argc, char **argv)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *cache = test_path(&folder, "cache");

  g_setenv("MASKSCOPE_CACHE", cache, TRUE);
  g_test_init(&argc, &argv, NULL);
  ADD("held-reading", test_held_reading);
  ADD("left-alone", test_left_alone);
  ADD("held-writing", test_held_writing);
  ADD("held-for-good", test_held_for_good);
  ADD("large-batch", test_large_batch);
  ADD("removed-while-open", test_removed_while_open);
  ADD("replaced-under-reader", test_replaced_under_reader);
  ADD("folder-removed-while-open", test_folder_removed_while_open);
  ADD("obstacles", test_obstacles);
  ADD("forbidden", test_forbidden);
  ADD("full", test_full);
  g_test_add_func("/store-trouble/states", test_states);
  return g_test_run();
}
