/* SPDX-License-Identifier: MIT
 *
 * The cache folder: where it is, for whom, and that emptying it removes what the program keeps in
 * it and nothing else.
 */
#include <errno.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/error.h"
#include "set/cache-clear.h"
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
assert_cleared_but(guint n_expected, guint n_expected_bytes, guint n_kept)
{
  g_autoptr(GError) error = NULL;
  g_auto(MsCacheRemoval) removal = {0};

  g_assert_true(ms_cache_clear(&removal, &error));
  g_assert_no_error(error);
  g_assert_cmpuint(removal.n_files, ==, n_expected);
  g_assert_cmpuint(removal.n_bytes, ==, n_expected_bytes);
  g_assert_cmpuint(removal.n_kept, ==, n_kept);
  g_assert_true((removal.kept != NULL) == (n_kept > 0));
}

static void
assert_cleared(guint n_expected, guint n_expected_bytes)
{
  assert_cleared_but(n_expected, n_expected_bytes, 0);
}

#define KEY "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static void
test_clear(Fixture *fixture, gconstpointer data)
{
  assert_cleared(0, 0); /* no folder */
  g_assert_false(g_file_test(fixture->cache, G_FILE_TEST_EXISTS));
  g_free(make("thumbnails"));
  assert_cleared(0, 0);
  g_free(make("thumbnails"));
  g_free(test_file(&fixture->folder, "cache/results.sqlite", "12345", 5));
  g_free(test_file(&fixture->folder, "cache/results.sqlite-journal", "6", 1));
  g_free(test_file(&fixture->folder, "cache/CACHEDIR.TAG.aB3dE6", "7", 1));
  g_free(test_file(&fixture->folder, "cache/thumbnails/" KEY ".png", "890", 3));
  g_free(test_file(&fixture->folder, "cache/thumbnails/" KEY ".png.aB3dE6", "1", 1));
  assert_cleared(5, 11);
  g_assert_cmpuint(test_count_entries(fixture->cache), ==, 1); /* its tag */
  assert_cleared(0, 0);
  g_free(make("thumbnails"));
}

/* What does not have a name of ours stays, in its folder. */
static void
test_clear_keeps(Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = {"cache/thesis.tex",
                                      "cache/results.sqlite.bak",
                                      "cache/CACHEDIR.TAG.aB3dE",
                                      "cache/CACHEDIR.TAG.aB.dE6",
                                      "cache/sub/results.sqlite",
                                      "cache/thumbnails/holiday.png",
                                      "cache/thumbnails/" KEY ".jpg",
                                      "cache/thumbnails/" KEY ".png.aB3dE67",
                                      "cache/thumbnails/" KEY "0.png",
                                      "cache/thumbnails/deep/" KEY ".png"};

  g_free(make("thumbnails"));
  for (guint i = 0; i < G_N_ELEMENTS(names); i++)
    g_free(test_file(&fixture->folder, names[i], "x", 1));
  g_free(test_file(&fixture->folder, "cache/thumbnails/" KEY ".png", "12", 2));
  g_free(test_file(&fixture->folder, "cache/results.sqlite", "345", 3));
  assert_cleared_but(2, 5, G_N_ELEMENTS(names));
  for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
    g_autofree char *path = test_path(&fixture->folder, names[i]);

    g_assert_true(g_file_test(path, G_FILE_TEST_IS_REGULAR));
  }
}

static void
test_folders_with_our_names(Fixture *fixture, gconstpointer data)
{
  g_autofree char *inside = make("thumbnails");
  g_autofree char *store = g_build_filename(fixture->cache, "results.sqlite", NULL);
  g_autofree char *journal = g_strconcat(store, "-journal", NULL);
  g_autofree char *thumbnail = g_build_filename(inside, KEY ".png", NULL);

  g_assert_cmpint(g_mkdir(journal, 0700), ==, 0);
  g_assert_cmpint(g_mkdir(store, 0700), ==, 0);
  g_assert_cmpint(g_mkdir(thumbnail, 0700), ==, 0);
  assert_cleared_but(0, 0, 3);
  g_assert_true(g_file_test(store, G_FILE_TEST_IS_DIR));
  g_assert_true(g_file_test(thumbnail, G_FILE_TEST_IS_DIR));
}

/* Links go; what they lead to stays. A folder of thumbnails elsewhere is not gone into. */
static void
test_links(Fixture *fixture, gconstpointer data)
{
  g_autofree char *precious = test_file(&fixture->folder, "precious/" KEY ".png", "12", 2);
  g_autofree char *folder = g_path_get_dirname(precious);
  g_autofree char *inside = make("thumbnails");
  g_autofree char *to_file = g_build_filename(inside, KEY ".png", NULL);
  g_autofree char *to_nothing = g_build_filename(fixture->cache, "results.sqlite", NULL);

  g_assert_cmpint(symlink(precious, to_file), ==, 0);
  g_assert_cmpint(symlink("/no/such/file", to_nothing), ==, 0);
  assert_cleared(2, 0);
  g_assert_cmpuint(test_count_entries(fixture->cache), ==, 1);
  g_assert_cmpint(symlink(folder, inside), ==, 0);
  assert_cleared_but(0, 0, 1);
  g_assert_true(g_file_test(precious, G_FILE_TEST_IS_REGULAR));
}

static void
assert_refused(const char *words)
{
  g_autoptr(GError) made = NULL;
  g_autoptr(GError) cleared = NULL;
  g_auto(MsCacheRemoval) removal = {0};

  g_assert_null(ms_cache_folder_make(NULL, &made));
  g_assert_error(made, MS_IO_ERROR, MS_IO_ERROR_WRITE);
  g_assert_nonnull(strstr(made->message, "MASKSCOPE_CACHE"));
  g_assert_nonnull(strstr(made->message, words));
  g_assert_false(ms_cache_clear(&removal, &cleared));
  g_assert_error(cleared, MS_IO_ERROR, MS_IO_ERROR_WRITE);
  g_assert_nonnull(strstr(cleared->message, words));
  g_assert_cmpuint(removal.n_files, ==, 0);
}

/* The tag that every program may put, as cargo and pytest do, makes no cache of ours; nor does one
 * that was cut off, as only others' can be. */
static void
test_tag_of_others(Fixture *fixture, gconstpointer data)
{
  static const char tag[] = "Signature: 8a477f597d28d172789f06886806bc55\n"
                            "# This file is a cache directory tag created by cargo.\n";
  g_autofree char *file = test_file(&fixture->folder, "cache/results.sqlite", "x", 1);

  g_free(test_file(&fixture->folder, "cache/CACHEDIR.TAG", tag, sizeof tag - 1));
  assert_refused("is another program's");
  g_free(test_file(&fixture->folder, "cache/CACHEDIR.TAG", tag, 44));
  assert_refused("is another program's");
  g_free(test_file(&fixture->folder, "cache/CACHEDIR.TAG", "", 0));
  assert_refused("is another program's");
  g_assert_true(g_file_test(file, G_FILE_TEST_EXISTS));
}

static void
test_odd_tags(Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = test_file(&fixture->folder, "cache/results.sqlite", "x", 1);
  g_autofree char *tag = g_build_filename(fixture->cache, "CACHEDIR.TAG", NULL);

  g_assert_cmpint(g_mkdir(tag, 0700), ==, 0);
  assert_refused("is no file");
  g_assert_cmpint(g_rmdir(tag), ==, 0);
  g_assert_cmpint(symlink("/no/such/file", tag), ==, 0);
  assert_refused("is a link");
  g_assert_cmpint(g_unlink(tag), ==, 0);
  g_assert_cmpint(mkfifo(tag, 0600), ==, 0);
  assert_refused("is no file");
  g_assert_true(g_file_test(file, G_FILE_TEST_EXISTS));
}

/* Says that it may not be read, not that others' files are in it. */
static void
test_unreadable(Fixture *fixture, gconstpointer data)
{
  gboolean is_root = geteuid() == 0;

  g_free(make(NULL));
  g_chmod(fixture->cache, 0);
  if (is_root) {
    g_chmod(fixture->folder.path, 0755);
    g_assert_cmpint(seteuid(65534), ==, 0);
  }
  assert_refused(g_strerror(EACCES));
  if (is_root)
    g_assert_cmpint(seteuid(0), ==, 0);
  g_chmod(fixture->cache, 0700);
}

/* Another program of ours may be about to mark the folder. */
static void
test_tag_begun(Fixture *fixture, gconstpointer data)
{
  g_free(test_file(&fixture->folder, "cache/CACHEDIR.TAG.aB3dE6", "Sig", 3));
  g_free(make(NULL));
  assert_cleared(1, 3);
}

/* Without a home in the environment the one of the password file counts, never the folder that the
 * program was started in. */
static void
test_no_home(void)
{
  g_autofree char *path = NULL;

  if (!g_test_subprocess()) {
    g_test_trap_subprocess(NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
    g_test_trap_assert_passed();
    return;
  }
  g_setenv("HOME", "", TRUE);
  g_setenv("XDG_CACHE_HOME", "", TRUE);
  g_setenv("MASKSCOPE_CACHE", "", TRUE);
  g_assert_false(g_path_is_absolute(g_get_user_cache_dir()));
  path = ms_cache_path(NULL);
  g_assert_true(!path || g_path_is_absolute(path));
}

/* A folder that was named by mistake is neither used nor emptied, and keeps its mode. */
static void
test_foreign(Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = test_file(&fixture->folder, "cache/thesis.tex", "x", 1);

  g_chmod(fixture->cache, 0755);
  assert_refused("holds files of others");
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
  ADD("clear-keeps", test_clear_keeps);
  ADD("folders-with-our-names", test_folders_with_our_names);
  ADD("links", test_links);
  ADD("tag-of-others", test_tag_of_others);
  ADD("odd-tags", test_odd_tags);
  ADD("unreadable", test_unreadable);
  ADD("tag-begun", test_tag_begun);
  g_test_add_func("/cache-folder/no-home", test_no_home);
  ADD("foreign", test_foreign);
  ADD("empty", test_empty);
  ADD("file-in-its-place", test_file_in_its_place);
  return g_test_run();
}
