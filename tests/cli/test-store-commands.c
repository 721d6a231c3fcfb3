/* SPDX-License-Identifier: MIT
 *
 * Stored results as other programs see them: the same bytes with and without them, and
 * "clear-cache".
 */
#include "cli/program.h"

typedef struct {
  TestFolder folder;
  char *set; /* files that have been there for a while: those of young ones are not kept */
} Fixture;

static void
set_up(Fixture *fixture, gconstpointer data)
{
  g_autofree char *cache = NULL;

  fixture->folder = test_folder_new();
  fixture->set = g_test_build_filename(G_TEST_DIST, "..", "data", "lesions", NULL);
  cache = test_path(&fixture->folder, "cache");
  g_setenv("MASKSCOPE_CACHE", cache, TRUE);
}

static void
tear_down(Fixture *fixture, gconstpointer data)
{
  test_folder_clear(&fixture->folder);
  g_free(fixture->set);
}

/* The scores as CSV or JSON; asserts that all went well. */
static char *
evaluate(Fixture *fixture, const char *options)
{
  g_autofree char *words = g_strdup_printf("evaluate %s %s", fixture->set, options);
  g_auto(Run) run = run_program(&fixture->folder, words);

  g_assert_cmpint(run.status, ==, 0);
  return g_steal_pointer(&run.out);
}

static void
assert_equal(Fixture *fixture, const char *options)
{
  g_autofree char *without = g_strdup_printf("%s --no-cache", options);
  g_autofree char *expected = evaluate(fixture, without);
  g_autofree char *first = evaluate(fixture, options);
  g_autofree char *second = evaluate(fixture, options);

  g_assert_cmpuint(strlen(expected), >, 100);
  g_assert_cmpstr(first, ==, expected);
  g_assert_cmpstr(second, ==, expected);
}

static void
test_same_bytes(Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = test_path(&fixture->folder, "cache/results.sqlite");

  assert_equal(fixture, "--format csv");
  g_assert_true(g_file_test(path, G_FILE_TEST_IS_REGULAR));
  assert_equal(fixture, "--format csv --jobs 1");
  assert_equal(fixture, "--format csv --threshold 0.3");
  assert_equal(fixture, "--format json --empty skip");
  assert_equal(fixture, "--format csv --split val");
}

static void
test_no_cache(Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = test_path(&fixture->folder, "cache");

  g_free(evaluate(fixture, "--format csv --no-cache"));
  g_assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
}

/* A damaged store is made anew, says so once, and the scores are the same. */
static void
test_damaged(Fixture *fixture, gconstpointer data)
{
  g_autofree char *words = g_strdup_printf("evaluate %s --format csv", fixture->set);
  g_autofree char *expected = evaluate(fixture, "--format csv");
  g_auto(Run) mended = {0};
  g_auto(Run) after = {0};

  g_free(test_file(&fixture->folder, "cache/results.sqlite", "no database", 11));
  mended = run_program(&fixture->folder, words);
  after = run_program(&fixture->folder, words);
  g_assert_cmpint(mended.status, ==, 0);
  assert_contains(mended.err, "made anew");
  g_assert_cmpstr(mended.out, ==, expected);
  g_assert_cmpstr(after.out, ==, expected);
  g_assert_null(strstr(after.err, "made anew"));
}

/* Without a folder to keep them in, results are none the worse. */
static void
test_no_folder(Fixture *fixture, gconstpointer data)
{
  g_autofree char *words = g_strdup_printf("evaluate %s --format csv", fixture->set);
  g_autofree char *expected = evaluate(fixture, "--format csv --no-cache");
  g_auto(Run) run = {0};

  g_free(test_file(&fixture->folder, "cache", "", 0));
  run = run_program(&fixture->folder, words);
  g_assert_cmpint(run.status, ==, 0);
  assert_contains(run.err, "results are not kept");
  g_assert_cmpstr(run.out, ==, expected);
}

#define KEY "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static void
test_clear(Fixture *fixture, gconstpointer data)
{
  assert_ends(&fixture->folder, "clear-cache", 0, "nothing to remove in ");
  g_free(evaluate(fixture, "--format csv"));
  assert_ends(&fixture->folder, "clear-cache", 0, "maskscope: removed ");
  assert_ends(&fixture->folder, "clear-cache", 0, "nothing to remove");
  g_free(test_file(&fixture->folder, "cache/thumbnails/" KEY ".png", "12", 2));
  assert_ends(&fixture->folder, "clear-cache", 0, "removed 1 file, 2 bytes, from ");
  g_free(test_file(&fixture->folder, "cache/thumbnails/" KEY ".png", "12", 2));
  assert_ends(&fixture->folder, "clear-cache --quiet", 0, NULL);
  g_free(test_file(&fixture->folder, "cache/thesis.tex", "12", 2));
  assert_ends(&fixture->folder, "clear-cache", 0,
              "thesis.tex: is none of Maskscope's files and stays");
  g_free(test_file(&fixture->folder, "cache/thumbnails/holiday.png", "12", 2));
  assert_ends(&fixture->folder, "clear-cache", 0,
              "and 1 more are none of Maskscope's files and stay");
}

static void
test_clear_size(Fixture *fixture, gconstpointer data)
{
  g_autofree char *bytes = g_malloc0(1250000);

  g_free(evaluate(fixture, "--format csv --quiet"));
  assert_ends(&fixture->folder, "clear-cache --quiet", 0, NULL);
  g_free(test_file(&fixture->folder, "cache/results.sqlite", bytes, 1250000));
  g_free(test_file(&fixture->folder, "cache/thumbnails/" KEY ".png", bytes, 1000));
  assert_ends(&fixture->folder, "clear-cache", 0, "removed 2 files, 1.3 MB, from ");
}

static void
test_clear_usage(Fixture *fixture, gconstpointer data)
{
  g_auto(Run) help = run_program(&fixture->folder, "clear-cache --help");

  assert_ends(&fixture->folder, "clear-cache results", 2, "takes no 'results'");
  assert_ends(&fixture->folder, "clear-cache --no-such-option", 2, "clear-cache --help");
  g_free(test_file(&fixture->folder, "cache/thesis.tex", "x", 1));
  assert_ends(&fixture->folder, "clear-cache", 1, "holds files of others");
  g_assert_cmpint(help.status, ==, 0);
  assert_contains(help.out, "MASKSCOPE_CACHE");
  g_assert_null(strstr(help.out, "--threshold"));
}

#define ADD(name, test) g_test_add("/cache/" name, Fixture, NULL, set_up, test, tear_down)

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  ADD("same-bytes", test_same_bytes);
  ADD("no-cache", test_no_cache);
  ADD("damaged", test_damaged);
  ADD("no-folder", test_no_folder);
  ADD("clear", test_clear);
  ADD("clear-size", test_clear_size);
  ADD("clear-usage", test_clear_usage);
  return g_test_run();
}
