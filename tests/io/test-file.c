/* SPDX-License-Identifier: MIT
 *
 * Every way in which opening, reading and writing a file fails, and what is left behind.
 */
#define _GNU_SOURCE

#include "io/file.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/error.h"
#include "support/files.h"

/* What happens to the file that is being read once its reader has looked at it. */
static struct {
  void (*change)(const char *path); /* NULL: nothing */
  const char *path;
} meanwhile;

/* Stands before the C library's, whose answer it gives. */
int
fstat(int fd, struct stat *info)
{
  int answer = fstatat(fd, "", info, AT_EMPTY_PATH);

  if (meanwhile.change)
    meanwhile.change(meanwhile.path);
  meanwhile.change = NULL;
  return answer;
}

static void
assert_read_fails(const char *path, guint64 max_bytes, MsIoError code, const char *cause)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *base = g_path_get_basename(path);

  g_assert_null(ms_file_read(path, max_bytes, NULL, &error));
  g_assert_error(error, MS_IO_ERROR, (int)code);
  g_assert_nonnull(strstr(error->message, base));
  if (strstr(error->message, cause) == NULL)
    g_error("\"%s\" does not say \"%s\"", error->message, cause);
}

static void
test_read(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *path = test_file(&folder, "a.bin", "a\0b", 3);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = ms_file_read(path, 3, NULL, &error);

  g_assert_no_error(error);
  g_assert_cmpmem(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes), "a\0b", 3);
}

/* Files of all sizes into one scratch. */
static void
test_read_into_scratch(void)
{
  static const gsize sizes[] = {1, 3000, 7, 200000, 200001, 12};
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsScratch) scratch = ms_scratch_new();
  g_autofree char *empty = test_file(&folder, "empty.bin", "", 0);

  for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
    g_autofree char *content = g_strnfill(sizes[i], (char)('a' + i));
    g_autofree char *path = test_file(&folder, "a.bin", content, sizes[i]);
    g_autoptr(GError) error = NULL, expected = NULL;
    g_autoptr(GBytes) bytes = ms_file_read_using(path, MS_FILE_MAX_BYTES, scratch, NULL, &error);

    g_assert_no_error(error);
    g_assert_cmpmem(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes), content, sizes[i]);
    g_assert_null(ms_file_read_using(empty, MS_FILE_MAX_BYTES, scratch, NULL, &error));
    g_assert_null(ms_file_read(empty, MS_FILE_MAX_BYTES, NULL, &expected));
    g_assert_cmpstr(error->message, ==, expected->message);
  }
}

static void
test_read_missing(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *path = test_path(&folder, "none.png");
  g_autofree char *file = test_file(&folder, "file", "x", 1);
  g_autofree char *below_file = test_path(&folder, "file/b.png");

  assert_read_fails(path, 100, MS_IO_ERROR_OPEN, "does not exist");
  g_assert_true(g_file_test(file, G_FILE_TEST_IS_REGULAR));
  assert_read_fails(below_file, 100, MS_IO_ERROR_OPEN, "a part of the path is not a folder");
}

static void
test_read_folder(void)
{
  g_auto(TestFolder) folder = test_folder_new();

  assert_read_fails(folder.path, 1 << 20, MS_IO_ERROR_OPEN, "is a folder, not a file");
}

static void
test_read_links(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *dangling = test_path(&folder, "dangling.png");
  g_autofree char *loop = test_path(&folder, "loop.png");

  g_assert_cmpint(symlink("gone/elsewhere.png", dangling), ==, 0);
  g_assert_cmpint(symlink("loop.png", loop), ==, 0);
  assert_read_fails(dangling, 100, MS_IO_ERROR_OPEN,
                    "a link to gone/elsewhere.png, which does not exist");
  assert_read_fails(loop, 100, MS_IO_ERROR_OPEN, "links lead in a circle");
}

static void
test_read_fifo_does_not_hang(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *path = test_path(&folder, "pipe");

  g_assert_cmpint(mkfifo(path, 0666), ==, 0);
  assert_read_fails(path, 100, MS_IO_ERROR_OPEN, "not a regular file");
}

static void
test_read_unreadable(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *path = test_file(&folder, "secret.png", "x", 1);

  g_assert_cmpint(g_chmod(path, 0), ==, 0);
  if (access(path, R_OK) == 0) {
    g_test_skip("this user (root) can read every file");
    return;
  }
  assert_read_fails(path, 100, MS_IO_ERROR_OPEN, "no permission");
}

static void
test_read_empty(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *path = test_file(&folder, "empty.png", "", 0);

  assert_read_fails(path, 100, MS_IO_ERROR_EMPTY, "empty (0 bytes)");
}

static void
test_read_too_large(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *path = test_file(&folder, "large.bin", "12345", 5);
  g_autofree char *huge = test_file(&folder, "huge.bin", "x", 1);

  assert_read_fails(path, 4, MS_IO_ERROR_TOO_LARGE, "5 bytes; files up to 4 bytes are read");
  g_assert_cmpint(truncate(huge, (off_t)MS_FILE_MAX_BYTES + 1), ==, 0);
  assert_read_fails(huge, G_MAXUINT64, MS_IO_ERROR_TOO_LARGE, "4294967297 bytes");
}

static void
shrink(const char *path)
{
  g_assert_cmpint(truncate(path, 2), ==, 0);
}

static void
grow(const char *path)
{
  g_assert_cmpint(truncate(path, 9), ==, 0);
}

/* Other bytes of the same number show by the time alone. */
static void
touch(const char *path)
{
  const struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, {.tv_sec = 1000000000, .tv_nsec = 7}};

  g_assert_cmpint(utimensat(AT_FDCWD, path, times, 0), ==, 0);
}

static void
test_read_changed_meanwhile(void)
{
  static void (*const changes[])(const char *) = {shrink, grow, touch};

  for (gsize i = 0; i < G_N_ELEMENTS(changes); i++) {
    g_auto(TestFolder) folder = test_folder_new();
    g_autofree char *path = test_file(&folder, "a.bin", "bytes", 5);

    meanwhile.change = changes[i];
    meanwhile.path = path;
    assert_read_fails(path, 100, MS_IO_ERROR_CORRUPT, "changed while it was read");
    g_assert_null(meanwhile.change);
  }
}

static void
test_read_cancelled(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *path = test_file(&folder, "a", "x", 1);
  g_autoptr(GCancellable) cancellable = g_cancellable_new();
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel(cancellable);
  g_assert_null(ms_file_read(path, 100, cancellable, &error));
  g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
assert_contents(const char *path, const char *expected)
{
  g_autofree char *contents = NULL;
  g_autoptr(GError) error = NULL;

  g_file_get_contents(path, &contents, NULL, &error);
  g_assert_no_error(error);
  g_assert_cmpstr(contents, ==, expected);
}

static void
test_write_replaces(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *path = test_path(&folder, "out.csv");
  g_autoptr(GError) error = NULL;
  struct stat first, second;
  mode_t mask = umask(002);

  g_assert_true(ms_file_write(path, "old", 3, &error));
  g_assert_cmpint(g_stat(path, &first), ==, 0);
  g_assert_cmpint(first.st_mode & 0777, ==, 0664);
  g_assert_true(ms_file_write(path, "new!", 4, &error));
  umask(mask);
  g_assert_no_error(error);
  g_assert_cmpint(g_stat(path, &second), ==, 0);
  g_assert_true(first.st_ino != second.st_ino);
  assert_contents(path, "new!");
  g_assert_cmpuint(test_count_entries(folder.path), ==, 1);
}

static void
test_write_through_link(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *path = test_file(&folder, "there/real.csv", "old", 3);
  g_autofree char *link = test_path(&folder, "link.csv");
  g_autoptr(GError) error = NULL;

  g_assert_cmpint(symlink("there/real.csv", link), ==, 0);
  g_assert_true(ms_file_write(link, "new", 3, &error));
  g_assert_no_error(error);
  g_assert_true(g_file_test(link, G_FILE_TEST_IS_SYMLINK));
  assert_contents(path, "new");
}

static void
assert_write_fails(const char *path, const char *cause)
{
  g_autoptr(GError) error = NULL;

  g_assert_false(ms_file_write(path, "data", 4, &error));
  g_assert_error(error, MS_IO_ERROR, MS_IO_ERROR_WRITE);
  if (!g_str_has_suffix(error->message, cause))
    g_error("\"%s\" does not end in \"%s\"", error->message, cause);
}

static void
test_write_fails(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *missing = test_path(&folder, "gone/out.csv");
  g_autofree char *gone = test_path(&folder, "gone");
  g_autofree char *file = test_file(&folder, "file", "x", 1);
  g_autofree char *below_file = test_path(&folder, "file/out.csv");
  g_autofree char *shown = ms_path_display(gone);
  g_autofree char *cause = g_strdup_printf("the folder %s does not exist", shown);

  g_assert_true(g_file_test(file, G_FILE_TEST_IS_REGULAR));
  assert_write_fails(missing, cause);
  assert_write_fails(folder.path, "could not be written: is a folder, not a file");
  assert_write_fails(below_file, "a part of the path is not a folder");
  g_assert_cmpuint(test_count_entries(folder.path), ==, 1);
}

static void
test_write_to_full_device(void)
{
  if (!g_file_test("/dev/full", G_FILE_TEST_EXISTS)) {
    g_test_skip("there is no /dev/full");
    return;
  }
  assert_write_fails("/dev/full", "/dev/full: could not be written: no space left on the device");
  g_assert_false(g_file_test("/dev/full", G_FILE_TEST_IS_REGULAR));
}

/* A write that breaks off half-way leaves the old file and no temporary one. */
static void
test_write_breaks_off(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *path = test_file(&folder, "out.bin", "old", 3);
  g_autofree char *data = g_malloc0(100000);
  g_autoptr(GError) error = NULL;
  struct rlimit before, small;
  void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
  gboolean written;

  g_assert_cmpint(getrlimit(RLIMIT_FSIZE, &before), ==, 0);
  small = before;
  small.rlim_cur = 50000;
  g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &small), ==, 0);
  written = ms_file_write(path, data, 100000, &error);
  g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &before), ==, 0);
  signal(SIGXFSZ, handler);

  g_assert_false(written);
  g_assert_error(error, MS_IO_ERROR, MS_IO_ERROR_WRITE);
  g_assert_nonnull(strstr(error->message, "larger than the system allows"));
  assert_contents(path, "old");
  g_assert_cmpuint(test_count_entries(folder.path), ==, 1);
}

static void
test_folder_make(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *deep = test_path(&folder, "a/b/c");
  g_autofree char *file = test_file(&folder, "file", "x", 1);
  g_autofree char *below_file = test_path(&folder, "file/x");
  g_autoptr(GError) error = NULL;

  g_assert_true(ms_folder_make(deep, &error));
  g_assert_true(ms_folder_make(deep, &error));
  g_assert_no_error(error);
  g_assert_true(g_file_test(deep, G_FILE_TEST_IS_DIR));
  g_assert_false(ms_folder_make(file, &error));
  g_assert_error(error, MS_IO_ERROR, MS_IO_ERROR_WRITE);
  g_assert_true(g_str_has_suffix(error->message, "is a file, not a folder"));
  g_clear_error(&error);
  g_assert_false(ms_folder_make(below_file, &error));
  g_assert_error(error, MS_IO_ERROR, MS_IO_ERROR_WRITE);
}

static void
test_path_display(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *before = g_get_current_dir();
  g_autofree char *here = NULL;
  const struct {
    const char *below_here; /* or NULL */
    const char *path;
    const char *shown;
  } cases[] = {
      {"masks/a.png", NULL, "masks/a.png"}, {"masks/../b.png", NULL, "b.png"},
      {"../outside.png", NULL, NULL},       {NULL, "masks/a.png", "masks/a.png"},
      {NULL, "../a.png", "../a.png"},       {NULL, "a\n\033[31m.png", "a??[31m.png"},
  };

  g_assert_cmpint(g_chdir(folder.path), ==, 0);
  here = g_get_current_dir();
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *path = cases[i].path != NULL
                                ? g_strdup(cases[i].path)
                                : g_strconcat(here, "/", cases[i].below_here, NULL);
    g_autofree char *shown = ms_path_display(path);

    g_assert_cmpstr(shown, ==, cases[i].shown != NULL ? cases[i].shown : path);
  }
  g_assert_cmpint(g_chdir(before), ==, 0);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/file/read", test_read);
  g_test_add_func("/file/read/scratch", test_read_into_scratch);
  g_test_add_func("/file/read/missing", test_read_missing);
  g_test_add_func("/file/read/folder", test_read_folder);
  g_test_add_func("/file/read/links", test_read_links);
  g_test_add_func("/file/read/fifo", test_read_fifo_does_not_hang);
  g_test_add_func("/file/read/unreadable", test_read_unreadable);
  g_test_add_func("/file/read/empty", test_read_empty);
  g_test_add_func("/file/read/too-large", test_read_too_large);
  g_test_add_func("/file/read/changed", test_read_changed_meanwhile);
  g_test_add_func("/file/read/cancelled", test_read_cancelled);
  g_test_add_func("/file/write/replaces", test_write_replaces);
  g_test_add_func("/file/write/link", test_write_through_link);
  g_test_add_func("/file/write/fails", test_write_fails);
  g_test_add_func("/file/write/full-device", test_write_to_full_device);
  g_test_add_func("/file/write/breaks-off", test_write_breaks_off);
  g_test_add_func("/file/folder-make", test_folder_make);
  g_test_add_func("/file/path-display", test_path_display);
  return g_test_run();
}
