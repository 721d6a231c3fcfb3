/* SPDX-License-Identifier: MIT
 *
 * The cache folder: where it is, for whom, and that emptying it removes what is in it and nothing
 * else.
 */
#include <sys/stat.h>
#include <unistd.h>

#include "io/error.h"
#include "set/cache-folder.h"
#include "support/files.h"

typedef struct {
  TestFolder folder;
  char *cache;
} Fixture;

static void
set_up(Fixture *fixture, gconstpointer data)
{
  fixture->folder = test_folder_new();
  fixture->cache = test_path(&fixture->folder, "cache");
  g_setenv("MASKSCOPE_CACHE", fixture->cache, TRUE);
}

static void
tear_down(Fixture *fixture, gconstpointer data)
{
  test_folder_clear(&fixture->folder);
  g_free(fixture->cache);
}

static int
mode_of(const char *path)
{
  struct stat info;

  g_assert_cmpint(stat(path, &info), ==, 0);
  return info.st_mode & 0777;
}

static char *
make(const char *name)
{
  g_autoptr(GError) error = NULL;
  char *path = ms_cache_folder_make(name, &error);

  g_assert_no_error(error);
  return path;
}

/* Whether meson keeps the tests away from the user's own. Must be asked first. */
static void
test_of_tests(void)
{
  const char *named = g_getenv("MASKSCOPE_CACHE");
  const char *build = g_getenv("G_TEST_BUILDDIR");
  g_autofree char *path = ms_cache_path("x");

  if (!build) {
    g_test_skip("not run by meson");
    return;
  }
  g_assert_nonnull(named);
  g_assert_true(g_str_has_prefix(named, build));
  g_assert_true(g_str_has_prefix(path, named));
  g_assert_false(g_str_has_prefix(path, g_get_user_cache_dir()));
}

static void
test_place(Fixture *fixture, gconstpointer data)
{
  g_autofree char *here = ms_cache_path(NULL);
  g_autofree char *inside = ms_cache_path("thumbnails");
  g_autofree char *own = NULL;
  g_autofree char *usual = g_build_filename(g_get_user_cache_dir(), "maskscope", NULL);

  g_assert_cmpstr(here, ==, fixture->cache);
  g_assert_true(g_str_has_prefix(inside, fixture->cache));
  g_assert_false(g_file_test(here, G_FILE_TEST_EXISTS));
  g_setenv("MASKSCOPE_CACHE", "", TRUE);
  own = ms_cache_path(NULL);
  g_assert_cmpstr(own, ==, usual);
}

static void
test_modes(Fixture *fixture, gconstpointer data)
{
  mode_t mask = umask(0);
  g_autofree char *path = make(NULL);
  g_autofree char *inside = make("thumbnails");
  g_autofree char *again = NULL;

  umask(mask);
  g_assert_cmpint(mode_of(path), ==, 0700);
  g_assert_cmpint(mode_of(inside), ==, 0700);
  g_chmod(path, 0755);
  g_chmod(inside, 0777);
  again = make("thumbnails");
  g_assert_cmpint(mode_of(path), ==, 0700);
  g_assert_cmpint(mode_of(inside), ==, 0700);
}

static void
assert_cleared(guint n_expected, guint n_expected_bytes)
{
  g_autoptr(GError) error = NULL;
  guint64 n_files, n_bytes;

  g_assert_true(ms_cache_clear(&n_files, &n_bytes, &error));
  g_assert_no_error(error);
  g_assert_cmpuint(n_files, ==, n_expected);
  g_assert_cmpuint(n_bytes, ==, n_expected_bytes);
}

static void
test_clear(Fixture *fixture, gconstpointer data)
{
  assert_cleared(0, 0); /* no folder */
  g_assert_false(g_file_test(fixture->cache, G_FILE_TEST_EXISTS));
  g_free(make("thumbnails"));
  assert_cleared(0, 0);
  g_free(make("thumbnails"));
  g_free(test_file(&fixture->folder, "cache/results.sqlite", "12345", 5));
  g_free(test_file(&fixture->folder, "cache/thumbnails/a/b.png", "678", 3));
  g_free(test_file(&fixture->folder, "cache/thumbnails/.hidden", "9", 1));
  assert_cleared(3, 9);
  g_assert_cmpuint(test_count_entries(fixture->cache), ==, 1); /* its tag */
  assert_cleared(0, 0);
  g_free(make("thumbnails"));
}

/* Links to files and folders go; what they lead to stays. */
static void
test_links(Fixture *fixture, gconstpointer data)
{
  g_autofree char *precious = test_file(&fixture->folder, "precious/photo.png", "12", 2);
  g_autofree char *folder = g_path_get_dirname(precious);
  g_autofree char *inside = make("thumbnails");
  g_autofree char *to_folder = g_build_filename(inside, "folder", NULL);
  g_autofree char *to_file = g_build_filename(inside, "file", NULL);
  g_autofree char *to_nothing = g_build_filename(inside, "nothing", NULL);

  g_assert_cmpint(symlink(folder, to_folder), ==, 0);
  g_assert_cmpint(symlink(precious, to_file), ==, 0);
  g_assert_cmpint(symlink("/no/such/file", to_nothing), ==, 0);
  assert_cleared(3, 0);
  g_assert_true(g_file_test(precious, G_FILE_TEST_IS_REGULAR));
  g_assert_cmpuint(test_count_entries(fixture->cache), ==, 1);
}

static void
assert_refused(void)
{
  g_autoptr(GError) made = NULL;
  g_autoptr(GError) cleared = NULL;
  guint64 n_files, n_bytes;

  g_assert_null(ms_cache_folder_make(NULL, &made));
  g_assert_error(made, MS_IO_ERROR, MS_IO_ERROR_WRITE);
  g_assert_nonnull(strstr(made->message, "MASKSCOPE_CACHE"));
  g_assert_false(ms_cache_clear(&n_files, &n_bytes, &cleared));
  g_assert_error(cleared, MS_IO_ERROR, MS_IO_ERROR_WRITE);
  g_assert_cmpuint(n_files, ==, 0);
}

/* A folder that was named by mistake is neither used nor emptied, and keeps its mode. */
static void
test_foreign(Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = test_file(&fixture->folder, "cache/thesis.tex", "x", 1);

  g_chmod(fixture->cache, 0755);
  assert_refused();
  g_assert_true(g_file_test(file, G_FILE_TEST_EXISTS));
  g_assert_cmpint(mode_of(fixture->cache), ==, 0755);
}

/* An empty one is taken. */
static void
test_empty(Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint(g_mkdir(fixture->cache, 0755), ==, 0);
  assert_cleared(0, 0);
  g_free(make(NULL));
  g_assert_cmpint(mode_of(fixture->cache), ==, 0700);
}

static void
test_file_in_its_place(Fixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  g_free(test_file(&fixture->folder, "cache", "x", 1));
  g_assert_null(ms_cache_folder_make("thumbnails", &error));
  g_assert_error(error, MS_IO_ERROR, MS_IO_ERROR_WRITE);
}

#define ADD(name, test) g_test_add("/cache-folder/" name, Fixture, NULL, set_up, test, tear_down)

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/cache-folder/of-tests", test_of_tests);
  ADD("place", test_place);
  ADD("modes", test_modes);
  ADD("clear", test_clear);
  ADD("links", test_links);
  ADD("foreign", test_foreign);
  ADD("empty", test_empty);
  ADD("file-in-its-place", test_file_in_its_place);
  return g_test_run();
}
