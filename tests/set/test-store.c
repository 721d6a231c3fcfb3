/* SPDX-License-Identifier: MIT
 *
 * The results store by itself: rows come back or are not known, never as something else, whatever
 * happens to the file, to the folder, or to a program that writes.
 *
 * Called with "write", this program is that other one: it puts rows, tells on standard output how
 * many are safe, and goes on until it is done or killed.
 */
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store-session.h"
#include "support/random.h"

static const char *program;

/* --- rows ------------------------------------------------------------------------------------- */

static void
test_rows(Fixture *fixture, gconstpointer data)
{
  TestRandom random = {7};
  Session session;

  g_assert_cmpuint(count_rows(1, 0, 10, 0), ==, 0);
  write_rows(1, 0, 5000, 0);
  write_rows(2, 100, 50, 1);
  g_assert_cmpuint(count_rows(1, 0, 5100, 0), ==, 5000);
  g_assert_cmpuint(count_rows(2, 0, 5000, 1), ==, 50);
  g_assert_cmpuint(count_rows(2, 0, 5000, 0), ==, 0);
  g_assert_cmpuint(count_rows(3, 0, 5000, 0), ==, 0);

  session = session_open(1);
  for (guint i = 0; i < 200; i++)
    g_assert_true(
        stored_find(session.store, session.signature, test_random_below(&random, 5000), 0));
  session_close(&session);
}

static void
test_replaced(Fixture *fixture, gconstpointer data)
{
  write_rows(1, 0, 100, 0);
  write_rows(1, 40, 10, 1);
  g_assert_cmpuint(count_rows(1, 0, 100, 0), ==, 90);
  g_assert_cmpuint(count_rows(1, 0, 100, 1), ==, 10);
  g_assert_cmpint(ask_sql(fixture, "SELECT count(*) FROM results"), ==, 100);
}

static void
test_sizes_differ(Fixture *fixture, gconstpointer data)
{
  const MsStamp stamp = {{3, 4}};
  MsStoreRow row = {.stamp = stamp,
                    .width = 5,
                    .height = 6,
                    .predicted_width = 7,
                    .predicted_height = MS_RASTER_MAX_SIDE};
  g_auto(MsStoreRow) back = {0};
  Session session = session_open(1);

  ms_store_put(session.store, session.signature, "a", &row, TRUE);
  session_close(&session);
  session = session_open(1);
  g_assert_true(ms_store_find(session.store, session.signature, "a", &stamp, &back));
  g_assert_null(back.packed);
  g_assert_true(back.width == 5 && back.height == 6);
  g_assert_true(back.predicted_width == 7 && back.predicted_height == MS_RASTER_MAX_SIDE);
  session_close(&session);
}

static void
test_unknown_stamp(Fixture *fixture, gconstpointer data)
{
  MsStoreRow row = stored_row(1, 0);
  Session session = session_open(1);

  row.stamp = (MsStamp){{0, 0}};
  ms_store_put(session.store, session.signature, "a", &row, TRUE);
  g_assert_false(ms_store_find(session.store, session.signature, "a", &row.stamp, &row));
  session_close(&session);
  g_assert_false(g_file_test(fixture->path, G_FILE_TEST_EXISTS));
  ms_store_row_clear(&row);
}

static int
mode_of(const char *path)
{
  struct stat info;

  g_assert_cmpint(stat(path, &info), ==, 0);
  return info.st_mode & 0777;
}

static void
test_modes(Fixture *fixture, gconstpointer data)
{
  mode_t mask = umask(0);

  write_rows(1, 0, 10, 0);
  umask(mask);
  g_assert_cmpint(mode_of(fixture->cache), ==, 0700);
  g_assert_cmpint(mode_of(fixture->path), ==, 0600);
  g_chmod(fixture->cache, 0755);
  g_assert_cmpuint(count_rows(1, 0, 10, 0), ==, 10);
  g_assert_cmpint(mode_of(fixture->cache), ==, 0700);
}

/* --- what is wrong with a file ---------------------------------------------------------------- */

/* Makes anew what is there, and works from then on. */
static void
assert_made_anew(Fixture *fixture)
{
  Session session = session_open(1);

  g_assert_cmpuint(stored_count(session.store, session.signature, 0, 100, 0), ==, 0);
  for (guint i = 0; i < 100; i++)
    stored_put(session.store, session.signature, i, 0);
  session_close_noticed(&session, "made anew");
  g_assert_cmpuint(count_rows(1, 0, 100, 0), ==, 100);
  g_assert_cmpint(mode_of(fixture->path), ==, 0600);
}

static void
test_text(Fixture *fixture, gconstpointer data)
{
  write_rows(1, 0, 1, 0);
  g_assert_true(g_file_set_contents(fixture->path, "These are not the results.\n", -1, NULL));
  assert_made_anew(fixture);
}

static void
test_foreign(Fixture *fixture, gconstpointer data)
{
  write_rows(1, 0, 1, 0);
  ms_store_file_remove(fixture->path);
  run_sql(fixture, "CREATE TABLE results (song TEXT); INSERT INTO results VALUES ('la')");
  assert_made_anew(fixture);
}

static void
test_other_version(Fixture *fixture, gconstpointer data)
{
  write_rows(1, 0, 100, 0);
  run_sql(fixture, "PRAGMA user_version = 0");
  assert_made_anew(fixture);
}

static void
test_trigger(Fixture *fixture, gconstpointer data)
{
  write_rows(1, 0, 100, 0);
  run_sql(fixture, "CREATE TRIGGER t AFTER INSERT ON results BEGIN DELETE FROM signatures; END");
  assert_made_anew(fixture);
}

static void
test_truncated(Fixture *fixture, gconstpointer data)
{
  write_rows(1, 0, 3000, 0);
  g_assert_cmpint(truncate(fixture->path, 60000), ==, 0);
  assert_made_anew(fixture);
}

/* Damage that shows only when the rows are read. */
static void
test_damaged_pages(Fixture *fixture, gconstpointer data)
{
  static const char noise[16384] = {[0] = 13, [1] = 77, [100] = 1, [9000] = 5};
  struct stat info;
  int fd;

  write_rows(1, 0, 3000, 0);
  g_assert_cmpint(stat(fixture->path, &info), ==, 0);
  fd = g_open(fixture->path, O_WRONLY, 0);
  for (gint64 at = 3 * 16384; at < info.st_size; at += 16384)
    g_assert_cmpint(pwrite(fd, noise, sizeof noise, at), ==, sizeof noise);
  close(fd);
  assert_made_anew(fixture);
}

/* A single bit anywhere in a row: the row is not known, or is right. */
static void
test_damaged_rows(Fixture *fixture, gconstpointer data)
{
  gint64 size;

  write_rows(1, 0, 3, 0);
  size = ask_sql(fixture, "SELECT length(result) FROM results LIMIT 1");
  for (gint64 at = 1; at <= size; at++) {
    g_autofree char *damage =
        g_strdup_printf("UPDATE results SET result = cast(substr(result, 1, %" G_GINT64_FORMAT
                        " - 1) || x'a5' || substr(result, %" G_GINT64_FORMAT " + 1) AS BLOB) "
                        "WHERE example LIKE '%%1'",
                        at, at);

    run_sql(fixture, damage);
    g_assert_cmpuint(count_rows(1, 0, 3, 0), ==, 2);
    write_rows(1, 0, 3, 0);
    g_assert_cmpuint(count_rows(1, 0, 3, 0), ==, 3);
  }
  run_sql(fixture, "UPDATE results SET result = x'' WHERE example LIKE '%1'");
  g_assert_cmpuint(count_rows(1, 0, 3, 0), ==, 2);
}

/* A row of another example, or of another signature, is not this one's. */
static void
test_misplaced_rows(Fixture *fixture, gconstpointer data)
{
  write_rows(1, 0, 2, 0);
  write_rows(2, 5, 1, 0);
  run_sql(fixture, "UPDATE results SET example = substr(example, 1, length(example) - 1) || '7' "
                   "WHERE example LIKE '%1'; UPDATE results SET signature = 1");
  g_assert_cmpuint(count_rows(1, 0, 10, 0), ==, 1);
}

static void
test_no_folder(Fixture *fixture, gconstpointer data)
{
  Session session = session_open(1);

  g_assert_true(g_file_set_contents(fixture->cache, "", 0, NULL));
  g_assert_cmpuint(stored_count(session.store, session.signature, 0, 10, 0), ==, 0);
  for (guint i = 0; i < 10; i++)
    stored_put(session.store, session.signature, i, 0);
  session_close_noticed(&session, "results are not kept");
}

static void
test_folder_of_others(Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = g_build_filename(fixture->cache, "thesis.tex", NULL);
  Session session = session_open(1);

  g_assert_cmpint(g_mkdir(fixture->cache, 0755), ==, 0);
  g_assert_true(g_file_set_contents(file, "x", 1, NULL));
  stored_put(session.store, session.signature, 0, 0);
  session_close_noticed(&session, "is not taken for a cache");
  g_assert_cmpuint(test_count_entries(fixture->cache), ==, 1);
  g_assert_cmpint(mode_of(fixture->cache), ==, 0755);
}

/* --- what surveys noted ----------------------------------------------------------------------- */

static GBytes *
facts_of(guint i, gsize size)
{
  g_autofree guint8 *bytes = g_malloc0(MAX(size, 1));

  memset(bytes, (int)(i % 251), size);
  return g_bytes_new(bytes, size);
}

static void
put_facts(MsStore *store, guint i, guint seed, gsize size)
{
  MsHash key = stored_signature(i);
  MsStamp stamp = stored_stamp(i, seed);
  g_autoptr(GBytes) facts = facts_of(i, size);

  ms_store_put_facts(store, &key, &stamp, facts);
}

/* Whether they are known; if so they must be right. */
static gboolean
find_facts(MsStore *store, guint i, guint seed, gsize size)
{
  MsHash key = stored_signature(i);
  MsStamp stamp = stored_stamp(i, seed);
  g_autoptr(GBytes) expected = facts_of(i, size);
  g_autoptr(GBytes) facts = ms_store_find_facts(store, &key, &stamp);

  g_assert_true(!facts || g_bytes_equal(facts, expected));
  return facts != NULL;
}

static void
test_facts(Fixture *fixture, gconstpointer data)
{
  Session session = session_open(1);
  MsStamp unknown = {{0, 0}};
  MsHash key = stored_signature(1);

  g_assert_false(find_facts(session.store, 1, 0, 100));
  put_facts(session.store, 1, 0, 100);
  put_facts(session.store, 2, 0, 0);
  put_facts(session.store, 3, 0, MS_STORE_FACTS_MAX_BYTES);
  put_facts(session.store, 4, 0, MS_STORE_FACTS_MAX_BYTES + 1);
  stored_put(session.store, session.signature, 1, 0);
  ms_store_flush(session.store);
  g_assert_true(find_facts(session.store, 1, 0, 100));
  g_assert_true(find_facts(session.store, 2, 0, 0));
  g_assert_true(find_facts(session.store, 3, 0, MS_STORE_FACTS_MAX_BYTES));
  g_assert_false(find_facts(session.store, 4, 0, MS_STORE_FACTS_MAX_BYTES + 1));
  g_assert_false(find_facts(session.store, 1, 1, 100)); /* the file has changed */
  g_assert_null(ms_store_find_facts(session.store, &key, &unknown));
  put_facts(session.store, 1, 1, 50);
  ms_store_flush(session.store);
  g_assert_true(find_facts(session.store, 1, 1, 50));
  g_assert_false(find_facts(session.store, 1, 0, 100));
  session_close(&session);
  g_assert_cmpuint(count_rows(1, 1, 1, 0), ==, 1);
}

static void
test_damaged_facts(Fixture *fixture, gconstpointer data)
{
  Session session = session_open(1);

  put_facts(session.store, 1, 0, 100);
  put_facts(session.store, 2, 0, 100);
  put_facts(session.store, 3, 0, 100);
  session_close(&session);
  run_sql(fixture, "UPDATE surveys SET facts = substr(facts, 1, 60) || x'07' || substr(facts, 62) "
                   "WHERE id = 1");
  run_sql(fixture, "UPDATE surveys SET facts = x'00' WHERE id = 2");
  session = session_open(1);
  g_assert_false(find_facts(session.store, 1, 0, 100));
  g_assert_false(find_facts(session.store, 2, 0, 100));
  g_assert_true(find_facts(session.store, 3, 0, 100));
  put_facts(session.store, 1, 0, 100);
  session_close(&session);
  session = session_open(1);
  g_assert_true(find_facts(session.store, 1, 0, 100));
  session_close(&session);
}

/* The oldest go. */
static void
test_many_facts(Fixture *fixture, gconstpointer data)
{
  Session session = session_open(1);

  for (guint i = 0; i < 20000; i++) {
    put_facts(session.store, i, 0, 10);
    if (i % 1000 == 0)
      ms_store_flush(session.store);
  }
  session_close(&session);
  g_assert_cmpint(ask_sql(fixture, "SELECT count(*) FROM surveys"), ==, 16384);
  session = session_open_bound(1, 500000);
  g_assert_false(find_facts(session.store, 20000 - 16385, 0, 10));
  g_assert_true(find_facts(session.store, 20000 - 16384, 0, 10));
  put_facts(session.store, 7, 0, 10);
  session_close(&session);
  g_assert_cmpint(ask_sql(fixture, "SELECT count(*) FROM surveys"), ==, 1024);
}

/* --- its size --------------------------------------------------------------------------------- */

static void
test_bound(Fixture *fixture, gconstpointer data)
{
  Session session;

  write_rows(1, 0, 20000, 0);
  write_rows(2, 0, 20000, 0);
  run_sql(fixture, "UPDATE signatures SET used = used - 1000000000 * id"); /* 2 was used before 1 */
  session = session_open_bound(3, 2 << 20);
  for (guint i = 0; i < 100; i++)
    stored_put(session.store, session.signature, i, 0);
  session_close(&session);
  g_assert_cmpuint(count_rows(1, 0, 20000, 0), ==, 20000);
  g_assert_cmpuint(count_rows(2, 0, 20000, 0), ==, 0);
  g_assert_cmpuint(count_rows(3, 0, 100, 0), ==, 100);
  g_assert_cmpint(ask_sql(fixture, "SELECT count(*) FROM signatures"), ==, 2);
}

static gint64
size_of(const char *path)
{
  struct stat info;

  g_assert_cmpint(stat(path, &info), ==, 0);
  return info.st_size;
}

/* Not only when it is looked at: at no time is the file larger, whatever is put. */
static void
test_never_larger(Fixture *fixture, gconstpointer data)
{
  const gint64 bound = 2 << 20;
  gint64 largest = 0;

  for (guint signature = 0; signature < 5; signature++) {
    Session session = session_open_bound(signature, (guint64)bound);

    for (guint i = 0; i < 12000; i++) {
      stored_put(session.store, session.signature, i, 0);
      if (i % 500 != 499)
        continue;
      ms_store_flush(session.store);
      largest = MAX(largest, size_of(fixture->path));
    }
    session_close(&session);
  }
  g_assert_cmpint(largest, >, bound / 2);
  g_assert_cmpint(largest, <=, bound);
}

static void
test_full_of_one_set(Fixture *fixture, gconstpointer data)
{
  Session session = session_open_bound(1, 100000);

  for (guint i = 0; i < 5000; i++)
    stored_put(session.store, session.signature, i, 0);
  session_close_noticed(&session, "full");
}

/* --- other programs --------------------------------------------------------------------------- */

/* Puts rows for ever, or n, and says after each flush how many are safe. */
static int
write_as_other(char **arguments)
{
  guint signature = (guint)atoi(arguments[0]), n = (guint)atoi(arguments[1]);
  Session session = session_open(signature);

  for (guint i = 0; i < n; i++) {
    stored_put(session.store, session.signature, i, 0);
    if (i % 500 == 499) {
      ms_store_flush(session.store);
      printf("%u\n", i + 1);
      fflush(stdout);
    }
  }
  ms_store_free(session.store);
  return 0;
}

static GSubprocess *
start_other(guint signature, guint n)
{
  g_autofree char *number = g_strdup_printf("%u", signature);
  g_autofree char *rows = g_strdup_printf("%u", n);
  g_autoptr(GError) error = NULL;
  GSubprocess *other = g_subprocess_new(G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "write",
                                        number, rows, NULL);

  g_assert_no_error(error);
  return other;
}

static GDataInputStream *
listen_to(GSubprocess *other)
{
  return g_data_input_stream_new(g_subprocess_get_stdout_pipe(other));
}

/* The next number it says; 0: it has ended. */
static guint
read_number(GDataInputStream *lines)
{
  g_autofree char *line = g_data_input_stream_read_line(lines, NULL, NULL, NULL);

  return line ? (guint)atoi(line) : 0;
}

static void
test_two_programs(Fixture *fixture, gconstpointer data)
{
  g_autoptr(GSubprocess) first = start_other(1, 6000);
  g_autoptr(GSubprocess) second = start_other(1, 8000);
  g_autoptr(GSubprocess) third = start_other(2, 3000);
  Session session = session_open(1);

  for (guint i = 0; i < 20; i++)
    stored_count(session.store, session.signature, i * 300, 300, 0);
  g_assert_true(g_subprocess_wait_check(first, NULL, NULL));
  g_assert_true(g_subprocess_wait_check(second, NULL, NULL));
  g_assert_true(g_subprocess_wait_check(third, NULL, NULL));
  session_close(&session);
  g_assert_cmpuint(count_rows(1, 0, 8000, 0), ==, 8000);
  g_assert_cmpuint(count_rows(2, 0, 8000, 0), ==, 3000);
}

static void
test_killed(Fixture *fixture, gconstpointer data)
{
  TestRandom random = {99};

  for (guint round = 0; round < 20; round++) {
    g_autoptr(GSubprocess) other = start_other(round, 1000000);
    g_autoptr(GDataInputStream) lines = listen_to(other);
    guint n_safe = 0;

    for (guint n = test_random_below(&random, 8); n > 0; n--)
      n_safe = read_number(lines);
    g_subprocess_send_signal(other, SIGKILL);
    g_subprocess_wait(other, NULL, NULL);
    for (guint later; (later = read_number(lines)) > 0;)
      n_safe = later;
    g_assert_cmpuint(count_rows(round, 0, n_safe, 0), ==, n_safe);
    count_rows(round, n_safe, 2000, 0);
    if (g_file_test(fixture->path, G_FILE_TEST_EXISTS))
      g_assert_cmpint(ask_sql(fixture, "SELECT count(*) FROM pragma_integrity_check "
                                       "WHERE integrity_check != 'ok'"),
                      ==, 0);
  }
}

#define ADD(name, test) g_test_add("/store/" name, Fixture, NULL, set_up, test, tear_down)

int
main(int argc, char **argv)
{
  g_auto(TestFolder) folder = {NULL};
  g_autofree char *cache = NULL;

  program = argv[0];
  if (argc == 4 && g_str_equal(argv[1], "write"))
    return write_as_other(argv + 2);
  folder = test_folder_new();
  cache = test_path(&folder, "cache");
  g_setenv("MASKSCOPE_CACHE", cache, TRUE);
  g_test_init(&argc, &argv, NULL);
  ADD("rows", test_rows);
  ADD("replaced", test_replaced);
  ADD("sizes-differ", test_sizes_differ);
  ADD("unknown-stamp", test_unknown_stamp);
  ADD("modes", test_modes);
  ADD("text", test_text);
  ADD("foreign", test_foreign);
  ADD("other-version", test_other_version);
  ADD("trigger", test_trigger);
  ADD("truncated", test_truncated);
  ADD("damaged-pages", test_damaged_pages);
  ADD("damaged-rows", test_damaged_rows);
  ADD("misplaced-rows", test_misplaced_rows);
  ADD("no-folder", test_no_folder);
  ADD("folder-of-others", test_folder_of_others);
  ADD("facts", test_facts);
  ADD("damaged-facts", test_damaged_facts);
  ADD("many-facts", test_many_facts);
  ADD("bound", test_bound);
  ADD("never-larger", test_never_larger);
  ADD("full-of-one-set", test_full_of_one_set);
  ADD("two-programs", test_two_programs);
  ADD("killed", test_killed);
  return g_test_run();
}
