/* SPDX-License-Identifier: MIT
 *
 * The program while everything around it goes wrong: disks that fail, fill up or cannot be written
 * to, files that change between being found and being read, clocks that jump, other programs on the
 * same store, death at any moment. Never a crash, a hang or a wrong number; whatever it could not
 * do it says, with the file and the cause.
 */
#include <errno.h>
#include <signal.h>
#include <utime.h>

#include "cli/program.h"
#include "faults/array-mask.h"
#include "io/file.h"
#include "support/random.h"

#define N_EXAMPLES 12
#define N_KILLS    100
#define N_RANDOM   60
#define N_READS    5 /* of a file, when a set is opened and scored */

typedef struct {
  TestFolder folder;
  char *cache;
  char *healthy; /* what the whole set comes to */
} Fixture;

/* --- a set --- */

/* Old files: those of young ones are not kept. */
static void
make_old(const TestFolder *folder, const char *name)
{
  g_autofree char *path = test_path(folder, name);
  struct utimbuf times = {1600000000, 1600000000};

  g_assert_cmpint(utime(path, &times), ==, 0);
}

static void
write_pair(const TestFolder *folder, guint i)
{
  g_autofree char *actual = g_strdup_printf("set/actual/e%02u.png", i);
  g_autofree char *predicted = g_strdup_printf("set/predicted/e%02u.png", i);

  test_write_run(folder, actual, 64, 48, 40 * (int)i, 900);
  test_write_run(folder, predicted, 64, 48, 40 * (int)i + 13 * (int)i, 800);
  make_old(folder, actual);
  make_old(folder, predicted);
}

static Run run_with(Fixture *fixture, const char *words, const char *faults);

static void
set_up(Fixture *fixture, gconstpointer data)
{
  g_auto(Run) run = {0};

  fixture->folder = test_folder_new();
  fixture->cache = test_path(&fixture->folder, "cache");
  for (guint i = 0; i < N_EXAMPLES; i++)
    write_pair(&fixture->folder, i);
  run = run_with(fixture, "evaluate set --format csv --no-cache", NULL);
  g_assert_cmpint(run.status, ==, 0);
  fixture->healthy = g_steal_pointer(&run.out);
}

static void
tear_down(Fixture *fixture, gconstpointer data)
{
  test_folder_clear(&fixture->folder);
  g_free(fixture->cache);
  g_free(fixture->healthy);
}

/* --- running --- */

static char **
environment_with(Fixture *fixture, const char *faults)
{
  char **environment = g_get_environ();
  const char *options = g_environ_getenv(environment, "ASAN_OPTIONS");
  g_autofree char *asan =
      g_strdup_printf("%s%sverify_asan_link_order=0", options ? options : "", options ? ":" : "");

  environment = g_environ_setenv(environment, "MASKSCOPE_CACHE", fixture->cache, TRUE);
  environment = g_environ_unsetenv(environment, "DISPLAY");
  environment = g_environ_unsetenv(environment, "WAYLAND_DISPLAY");
  if (!faults)
    return environment;
  environment = g_environ_setenv(environment, "ASAN_OPTIONS", asan, TRUE);
  environment = g_environ_setenv(environment, "LD_PRELOAD", MASKSCOPE_FAULTS_LIBRARY, TRUE);
  return g_environ_setenv(environment, "MASKSCOPE_FAULTS", faults, TRUE);
}

/* faults: as in faults.c; NULL: none. */
static Run
run_with(Fixture *fixture, const char *words, const char *faults)
{
  g_autofree char *line = g_strconcat(MASKSCOPE_PROGRAM, " ", words, NULL);
  g_auto(GStrv) argv = g_strsplit(line, " ", -1);
  g_auto(GStrv) environment = environment_with(fixture, faults);

  return run_arguments(&fixture->folder, (const char *const *)argv, environment);
}

static void
assert_healthy(Fixture *fixture)
{
  g_auto(Run) run = run_with(fixture, "evaluate set --format csv", NULL);

  g_assert_cmpint(run.status, ==, 0);
  g_assert_cmpstr(run.out, ==, fixture->healthy);
}

/* Every row is the healthy one, or has no number and says why. */
static void
assert_no_wrong_number(Fixture *fixture, const char *csv)
{
  g_auto(GStrv) lines = g_strsplit(csv, "\n", -1);

  for (guint i = 0; lines[i] && *lines[i]; i++) {
    g_autofree char *line = g_strconcat(lines[i], "\n", NULL);

    if (!strstr(fixture->healthy, line) && !strstr(line, ",,,,,,,,,,error,") &&
        !strstr(line, ",,,,,,,,,,skipped,"))
      g_error("neither right nor without a number: %s", line);
  }
}

static void
assert_is_picture(const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = ms_file_read(path, MS_FILE_MAX_BYTES, NULL, &error);
  g_autoptr(MsSamples) samples = bytes ? ms_png_decode(bytes, path, NULL, &error) : NULL;

  g_assert_no_error(error);
  g_assert_nonnull(samples);
}

/* Whole pictures; what is left of others has no name that ends like one. */
static void
assert_whole_pictures(const Fixture *fixture)
{
  g_autofree char *out = test_path(&fixture->folder, "out");
  g_autoptr(GDir) dir = g_dir_open(out, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name(dir))) {
    g_autofree char *path = g_build_filename(out, name, NULL);

    if (g_str_has_suffix(name, ".png"))
      assert_is_picture(path);
  }
}

/* --- reading --- */

/* One file fails: its example says so, all others are as they were. */
static void
assert_one_lost(Fixture *fixture, const char *faults, const char *cause)
{
  g_auto(Run) run = run_with(fixture, "evaluate set --format csv --no-cache", faults);

  g_assert_cmpint(run.status, ==, 3);
  assert_no_wrong_number(fixture, run.out);
  assert_contains(run.out, "e07.png");
  assert_contains(run.out, cause);
}

static void
test_read_errors(Fixture *fixture, gconstpointer data)
{
  assert_one_lost(fixture, "read */predicted/e07.png 1+ EIO", "the device reports an error");
  assert_one_lost(fixture, "open */predicted/e07.png 1+ EACCES", "no permission");
  assert_one_lost(fixture, "open */actual/e07.png 1+ EMFILE", "too many files are open");
  assert_healthy(fixture);
}

/* A file may be read byte by byte, and a call may be interrupted. */
static void
test_short_reads(Fixture *fixture, gconstpointer data)
{
  static const char *const faults[] = {"read */set/* 1+ short", "read */set/* 300%5 EINTR"};

  for (guint i = 0; i < G_N_ELEMENTS(faults); i++) {
    g_auto(Run) run = run_with(fixture, "evaluate set --format csv --no-cache", faults[i]);

    g_assert_cmpint(run.status, ==, 0);
    g_assert_cmpstr(run.out, ==, fixture->healthy);
  }
}

/* Between being found and being read. The first opening decides how masks are read. */
static void
test_files_that_change(Fixture *fixture, gconstpointer data)
{
  static const char *const faults[] = {
      "open */predicted/e07.png 2 vanish", "open */predicted/e07.png 2 shrink",
      "open */predicted/e07.png 2 grow",   "read */predicted/e07.png 2 shrink",
      "read */predicted/e07.png 2 grow",   "open */actual/e07.png 1 vanish",
  };

  for (guint i = 0; i < G_N_ELEMENTS(faults); i++) {
    g_auto(Run) run = run_with(fixture, "evaluate set --format csv", faults[i]);

    g_assert_cmpint(run.status, <=, 3);
    assert_no_wrong_number(fixture, run.out);
    write_pair(&fixture->folder, 7);
    assert_healthy(fixture);
  }
}

/* --- another file in its place --- */

#define MOVED "arrays/predicted/a1.npy"

/* What the set comes to; the caller's. */
static char *
evaluate_arrays(Fixture *fixture, gsize n_positive)
{
  g_auto(Run) run = {0};

  for (guint i = 0; i < 3; i++) {
    g_autofree char *actual = g_strdup_printf("arrays/actual/a%u.npy", i);
    g_autofree char *predicted = g_strdup_printf("arrays/predicted/a%u.npy", i);

    test_write_array(&fixture->folder, actual, 1000);
    test_write_array(&fixture->folder, predicted, 800);
  }
  test_write_array(&fixture->folder, MOVED, n_positive);
  run = run_with(fixture, "evaluate arrays --format csv --no-cache", NULL);
  g_assert_cmpint(run.status, ==, 0);
  return g_steal_pointer(&run.out);
}

/* TRUE: the new file was counted. Never the beginning of one and the end of the other, which is
 * another number; nor does what is kept of the old one outlive it. */
static gboolean
replace_while_read(Fixture *fixture, const char *faults, const char *old, const char *new)
{
  g_auto(Run) run = {0};
  g_auto(Run) after = {0};

  test_write_array(&fixture->folder, MOVED, 800);
  make_old(&fixture->folder, MOVED);
  test_write_array(&fixture->folder, MOVED ".new", 2900);
  g_test_message("%s", faults);
  run = run_with(fixture, "evaluate arrays --format csv", faults);
  after = run_with(fixture, "evaluate arrays --format csv", NULL);
  g_assert_cmpint(run.status, ==, 0);
  g_assert_true(g_str_equal(run.out, old) || g_str_equal(run.out, new));
  g_assert_true(g_str_equal(after.out, new) || !g_str_equal(run.out, new));
  return g_str_equal(run.out, new);
}

static void
test_replaced(Fixture *fixture, gconstpointer data)
{
  g_autofree char *new = evaluate_arrays(fixture, 2900);
  g_autofree char *old = evaluate_arrays(fixture, 800);
  guint n_new = 0;

  g_assert_cmpstr(old, !=, new);
  for (guint call = 1; call <= N_READS; call++) {
    g_autofree char *swapped = g_strdup_printf("open */predicted/a1.npy %u swap", call);
    g_autofree char *halved = g_strdup_printf(
        "read */predicted/a1.npy %u half; read */predicted/a1.npy %u swap", call, call);
    g_autofree char *rewritten = g_strdup_printf(
        "read */predicted/a1.npy %u half; read */predicted/a1.npy %u rewrite", call, call);

    n_new += replace_while_read(fixture, swapped, old, new);
    n_new += replace_while_read(fixture, halved, old, new);
    n_new += replace_while_read(fixture, rewritten, old, new);
  }
  g_assert_cmpuint(n_new, >=, N_READS);
}

/* What is not listed is said, and is no shorter set. */
static void
test_folders_that_fail(Fixture *fixture, gconstpointer data)
{
  g_auto(Run) run = run_with(fixture, "evaluate set --format csv", "list */predicted* 1+ EIO");

  g_assert_cmpint(run.status, !=, 0);
  g_assert_cmpint(run.status, <, 128);
  assert_contains(run.err, "predicted");
  assert_contains(run.err, "the device reports an error");
}

/* Whichever of its listings it happens in: the set is smaller and says so, or whole. */
static void
test_folders_that_end(Fixture *fixture, gconstpointer data)
{
  guint n_said = 0;

  for (guint i = 1; i < 4 * N_EXAMPLES; i += 3) {
    g_autofree char *faults = g_strdup_printf("name */predicted %u EIO", i);
    g_auto(Run) run = run_with(fixture, "evaluate set --format csv", faults);
    gboolean whole = g_str_equal(run.out, fixture->healthy);

    assert_no_wrong_number(fixture, run.out);
    g_assert_true(whole == (run.status == 0));
    if (!whole)
      assert_contains(run.err, "cannot be read to its end: the device reports an error");
    n_said += !whole;
  }
  g_assert_cmpuint(n_said, >, 0);
}

/* --- writing --- */

static void
test_export(Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *faults, *cause;
  } cases[] = {
      {"write */out/* 3+ ENOSPC", "no space left on the device"},
      {"make */out/* 1+ EROFS", "the file system is read-only"},
      {"make */out/* 4+ EACCES", "no permission"},
      {"rename */out/* 2 EIO", "the device reports an error"},
  };

  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *out = test_path(&fixture->folder, "out");
    g_auto(Run) run = run_with(fixture, "export set -o out", cases[i].faults);

    g_test_message("%s", cases[i].faults);
    g_assert_cmpint(run.status, ==, 1);
    assert_contains(run.err, "out");
    assert_contains(run.err, cases[i].cause);
    assert_whole_pictures(fixture);
    test_remove_recursively(out);
  }
}

/* A report that was there stays as it was. */
static void
test_output(Fixture *fixture, gconstpointer data)
{
  static const char *const faults[] = {"write */.maskscope-* 1+ ENOSPC",
                                       "make */.maskscope-* 1+ EROFS", "sync */.maskscope-* 1 EIO",
                                       "rename */scores.csv 1 EIO"};

  for (guint i = 0; i < G_N_ELEMENTS(faults); i++) {
    g_autofree char *path = test_file(&fixture->folder, "scores.csv", "old", 3);
    g_autofree char *text = NULL;
    g_auto(Run) run = run_with(fixture, "evaluate set -o scores.csv", faults[i]);

    g_assert_cmpint(run.status, ==, 1);
    assert_contains(run.err, "scores.csv");
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_assert_cmpstr(text, ==, "old");
  }
}

/* --- the store --- */

/* Scores come all the same; what is wrong is said once. */
static void
test_store(Fixture *fixture, gconstpointer data)
{
  static const char *const faults[] = {
      "write *results.sqlite* 1+ ENOSPC", "write *results.sqlite* 6+ ENOSPC",
      "write *results.sqlite* 3+ EIO",    "read *results.sqlite* 1+ EIO",
      "read *results.sqlite* 4+ short",   "sync *results.sqlite* 1+ EIO",
      "make *results.sqlite* 1+ EROFS",   "make *results.sqlite* 1+ EACCES",
      "write *results.sqlite* 200%3 EIO",
  };

  for (guint i = 0; i < G_N_ELEMENTS(faults); i++) {
    for (guint again = 0; again < 2; again++) {
      g_auto(Run) run = run_with(fixture, "evaluate set --format csv", faults[i]);

      g_test_message("%s", faults[i]);
      g_assert_cmpint(run.status, ==, 0);
      g_assert_cmpstr(run.out, ==, fixture->healthy);
    }
    assert_healthy(fixture);
    test_remove_recursively(fixture->cache);
  }
}

/* Whatever the clock says, a changed file is scored anew. */
static void
test_clock(Fixture *fixture, gconstpointer data)
{
  g_auto(Run) first = run_with(fixture, "evaluate set --format csv", "clock * 1+ jump");
  g_auto(Run) second = run_with(fixture, "evaluate set --format csv", "clock * 1+ jump");
  g_auto(Run) third = {0};
  g_auto(Run) expected = {0};

  g_assert_cmpstr(first.out, ==, fixture->healthy);
  g_assert_cmpstr(second.out, ==, fixture->healthy);
  test_write_run(&fixture->folder, "set/predicted/e07.png", 64, 48, 7, 700);
  third = run_with(fixture, "evaluate set --format csv", "clock * 1+ jump");
  expected = run_with(fixture, "evaluate set --format csv --no-cache", NULL);
  g_assert_cmpstr(third.out, ==, expected.out);
  g_assert_cmpstr(third.out, !=, fixture->healthy);
}

/* --- processes --- */

static GPid
start(Fixture *fixture, const char *words, const char *faults)
{
  g_autofree char *line = g_strconcat(MASKSCOPE_PROGRAM, " ", words, NULL);
  g_auto(GStrv) argv = g_strsplit(line, " ", -1);
  g_auto(GStrv) environment = environment_with(fixture, faults);
  g_autoptr(GError) error = NULL;
  GPid pid;

  g_spawn_async(fixture->folder.path, argv, environment,
                G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDERR_TO_DEV_NULL | G_SPAWN_STDOUT_TO_DEV_NULL,
                NULL, NULL, &pid, &error);
  g_assert_no_error(error);
  return pid;
}

static int
await(GPid pid)
{
  int status;

  while (waitpid(pid, &status, 0) < 0)
    g_assert_cmpint(errno, ==, EINTR);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* Several at once on one store that is not there yet. */
static void
test_together(Fixture *fixture, gconstpointer data)
{
  for (guint turn = 0; turn < 8; turn++) {
    GPid pids[4];

    for (guint i = 0; i < G_N_ELEMENTS(pids); i++) {
      g_autofree char *words = g_strdup_printf("evaluate set --quiet -o %u.csv", i);

      pids[i] = start(fixture, words, NULL);
    }
    for (guint i = 0; i < G_N_ELEMENTS(pids); i++) {
      g_autofree char *name = g_strdup_printf("%u.csv", i);
      g_autofree char *path = test_path(&fixture->folder, name);
      g_autofree char *text = NULL;

      g_assert_cmpint(await(pids[i]), ==, 0);
      g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
      g_assert_cmpstr(text, ==, fixture->healthy);
    }
    assert_healthy(fixture);
    if (turn % 2)
      test_remove_recursively(fixture->cache);
  }
}

/* Whole or not there: never half of a picture, a report or a store. */
static void
assert_nothing_broken(Fixture *fixture)
{
  g_autofree char *report = test_path(&fixture->folder, "scores.csv");
  g_autofree char *text = NULL;

  if (g_file_get_contents(report, &text, NULL, NULL))
    g_assert_cmpstr(text, ==, fixture->healthy);
  assert_whole_pictures(fixture);
  assert_healthy(fixture);
}

/* Writes that take a byte at a time make the moments when something is half done long. */
static void
test_killed(Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *words, *faults;
    guint milliseconds;
  } works[] = {
      {"evaluate set --quiet -o scores.csv", "write */.maskscope-* 1+ short", 60},
      {"evaluate set --quiet -o scores.csv", NULL, 30},
      {"export set --quiet -o out", NULL, 300},
      {"export set --quiet -o out", "write */out/* 1+ short", 300},
  };
  TestRandom random = {19};

  for (guint i = 0; i < N_KILLS; i++) {
    guint work = i % G_N_ELEMENTS(works);
    GPid pid = start(fixture, works[work].words, works[work].faults);

    g_usleep(1000 * test_random_below(&random, works[work].milliseconds));
    kill(pid, SIGKILL);
    await(pid);
    assert_nothing_broken(fixture);
  }
}

/* --- everything at once --- */

static void
test_anything(Fixture *fixture, gconstpointer data)
{
  static const char *const calls[] = {"open", "read", "list", "make", "write", "sync", "rename"};
  static const char *const whats[] = {"EIO", "EACCES", "ENOENT", "ENOSPC", "short", "EMFILE"};
  TestRandom random = {23};

  for (guint i = 0; i < N_RANDOM; i++) {
    g_autofree char *faults =
        g_strdup_printf("%s */set/* %u%%%u %s; %s *cache* %u%%%u %s; %s */out* %u%%%u %s",
                        calls[test_random_below(&random, 3)], test_random_below(&random, 200), i,
                        whats[test_random_below(&random, 6)], calls[test_random_below(&random, 7)],
                        test_random_below(&random, 200), i, whats[test_random_below(&random, 6)],
                        calls[3 + test_random_below(&random, 4)], test_random_below(&random, 200),
                        i, whats[test_random_below(&random, 6)]);
    g_auto(Run) run = run_with(fixture, "evaluate set --format csv", faults);
    g_auto(Run) export = run_with(fixture, "export set -o out", faults);

    g_test_message("%s", faults);
    g_assert_cmpint(run.status, <=, 3);
    g_assert_cmpint(export.status, <=, 3);
    assert_no_wrong_number(fixture, run.out);
    if (run.status != 0)
      g_assert_cmpstr(run.err, !=, "");
    assert_nothing_broken(fixture);
  }
}

static void
add(const char *name, void (*test)(Fixture *, gconstpointer))
{
  g_test_add(name, Fixture, NULL, set_up, test, tear_down);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  add("/faults/read-errors", test_read_errors);
  add("/faults/short-reads", test_short_reads);
  add("/faults/files-that-change", test_files_that_change);
  add("/faults/replaced", test_replaced);
  add("/faults/folders-that-fail", test_folders_that_fail);
  add("/faults/folders-that-end", test_folders_that_end);
  add("/faults/export", test_export);
  add("/faults/output", test_output);
  add("/faults/store", test_store);
  add("/faults/clock", test_clock);
  add("/faults/together", test_together);
  add("/faults/killed", test_killed);
  add("/faults/anything", test_anything);
  return g_test_run();
}
