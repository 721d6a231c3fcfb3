/* SPDX-License-Identifier: MIT
 *
 * Archives written by libzip and by NumPy's ZIP writer, listed and read back.
 */
#include "io/npz.h"

#include <zip.h>

#include "broken-files.h"
#include "io/file.h"
#include "support/files.h"

#define LIMIT (1u << 20)

typedef struct {
  const char *name;
  const char *data;
  gint32 method;
} Member;

static char *
write_archive(const TestFolder *folder, const Member *members, guint n)
{
  char *path = test_path(folder, "a.npz");
  zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, NULL);

  g_assert_nonnull(zip);
  for (guint i = 0; i < n; i++) {
    zip_source_t *source = zip_source_buffer(zip, members[i].data, strlen(members[i].data), 0);
    zip_int64_t index = zip_file_add(zip, members[i].name, source, ZIP_FL_ENC_UTF_8);

    g_assert_cmpint(index, >=, 0);
    g_assert_cmpint(zip_set_file_compression(zip, (zip_uint64_t)index, members[i].method, 0), ==,
                    0);
  }
  g_assert_cmpint(zip_close(zip), ==, 0);
  return path;
}

static GBytes *
read_whole(const char *path)
{
  g_autoptr(GError) error = NULL;
  GBytes *bytes = ms_file_read(path, MS_FILE_MAX_BYTES, NULL, &error);

  g_assert_no_error(error);
  return bytes;
}

static void
assert_names(const char *path, const char *expected)
{
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) names = ms_npz_list(path, &error);
  g_autofree char *joined = NULL;

  g_assert_no_error(error);
  joined = g_strjoinv("|", names);
  g_assert_cmpstr(joined, ==, expected);
}

static void
assert_array(GBytes *bytes, guint index, guint64 limit, const char *expected)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) array = ms_npz_extract(bytes, index, limit, "a.npz", NULL, &error);

  g_assert_no_error(error);
  g_assert_cmpmem(g_bytes_get_data(array, NULL), g_bytes_get_size(array), expected,
                  strlen(expected));
}

static void
assert_fails(GBytes *bytes, guint index, guint64 limit, MsIoError code, const char *part)
{
  g_autoptr(GError) error = NULL;

  g_assert_null(ms_npz_extract(bytes, index, limit, "masks/a.npz", NULL, &error));
  g_assert_error(error, MS_IO_ERROR, (int)code);
  g_assert_true(g_str_has_prefix(error->message, "masks/a.npz: "));
  if (!strstr(error->message, part))
    g_error("\"%s\" does not say \"%s\"", error->message, part);
}

static void
test_arrays(void)
{
  static const Member members[] = {
      {"b.npy", "second, but first in the file", ZIP_CM_STORE},
      {"notes.txt", "no array", ZIP_CM_STORE},
      {"a.npy", "deflated deflated deflated deflated", ZIP_CM_DEFLATE},
      {"masks/1.npy", "in a folder", ZIP_CM_DEFLATE},
      {"masks/1.NPY", "no array for NumPy", ZIP_CM_DEFLATE},
      {"\303\251.npy", "", ZIP_CM_STORE},
      {"../up.npy", "only a name", ZIP_CM_STORE},
  };
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *path = write_archive(&folder, members, G_N_ELEMENTS(members));
  g_autoptr(GBytes) bytes = read_whole(path);

  g_assert_true(ms_npz_sniff(bytes));
  assert_names(path, "b|a|masks/1|\303\251|../up");
  assert_array(bytes, 0, LIMIT, members[0].data);
  assert_array(bytes, 1, LIMIT, members[2].data);
  assert_array(bytes, 2, LIMIT, members[3].data);
  assert_array(bytes, 3, LIMIT, "");
  assert_array(bytes, 4, LIMIT, members[6].data);
  assert_fails(bytes, 5, LIMIT, MS_IO_ERROR_CORRUPT, "no array 5; it has 5");
}

static void
test_limit(void)
{
  g_autofree char *zeros = g_strnfill(3000000, '0');
  const Member members[] = {{"a.npy", zeros, ZIP_CM_DEFLATE}, {"b.npy", zeros, ZIP_CM_STORE}};
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *path = write_archive(&folder, members, 2);
  g_autoptr(GBytes) bytes = read_whole(path);

  for (guint i = 0; i < 2; i++) {
    assert_array(bytes, i, 3000000, zeros);
    assert_array(bytes, i, G_MAXUINT64, zeros);
    assert_fails(bytes, i, 2999999, MS_IO_ERROR_TOO_LARGE, "more than 2999999 bytes");
  }
}

static void
test_cancelled(void)
{
  static const Member member = {"a.npy", "data", ZIP_CM_STORE};
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *path = write_archive(&folder, &member, 1);
  g_autoptr(GBytes) bytes = read_whole(path);
  g_autoptr(GCancellable) cancellable = g_cancellable_new();
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel(cancellable);
  g_assert_null(ms_npz_extract(bytes, 0, LIMIT, "a.npz", cancellable, &error));
  g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Whatever is left of a file, nothing but the whole array comes out of it. */
static void
test_cut_off(void)
{
  static const Member member = {"a.npy", "an array of some length, deflated or not, deflated",
                                ZIP_CM_DEFLATE};
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *path = write_archive(&folder, &member, 1);
  g_autoptr(GBytes) whole = read_whole(path);

  for (gsize size = 4; size < g_bytes_get_size(whole); size++) {
    g_autoptr(GBytes) part = g_bytes_new_from_bytes(whole, 0, size);

    assert_fails(part, 0, LIMIT, MS_IO_ERROR_CORRUPT, "a.npz: ");
  }
}

static void
assert_list_fails(const char *path, MsIoError code, const char *part)
{
  g_autoptr(GError) error = NULL;

  g_assert_null(ms_npz_list(path, &error));
  g_assert_error(error, MS_IO_ERROR, (int)code);
  if (!strstr(error->message, part))
    g_error("\"%s\" does not say \"%s\"", error->message, part);
}

static void
test_other_files(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *missing = test_path(&folder, "missing.npz");
  g_autofree char *empty = test_file(&folder, "empty.npz", "", 0);
  g_autofree char *other = test_file(&folder, "other.npz", "\x89PNG\r\n\x1a\n", 8);
  g_autoptr(GBytes) png = read_whole(other);
  g_autoptr(GBytes) none = g_bytes_new_static("", 0);

  assert_list_fails(missing, MS_IO_ERROR_OPEN, "missing.npz: does not exist");
  assert_list_fails(folder.path, MS_IO_ERROR_OPEN, "is a folder");
  assert_list_fails(empty, MS_IO_ERROR_EMPTY, "empty (0 bytes)");
  assert_list_fails(other, MS_IO_ERROR_FORMAT, "begins with PNG data");
  g_assert_false(ms_npz_sniff(png));
  g_assert_false(ms_npz_sniff(none));
  assert_fails(png, 0, LIMIT, MS_IO_ERROR_FORMAT, "begins with PNG data");
  assert_fails(none, 0, LIMIT, MS_IO_ERROR_EMPTY, "empty (0 bytes)");
}

static void
test_zip64(void)
{
  g_autofree char *path =
      g_test_build_filename(G_TEST_DIST, "fuzz", "seeds", "npz", "zip64.npz", NULL);
  g_autoptr(GBytes) bytes = read_whole(path);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) array = ms_npz_extract(bytes, 0, LIMIT, "a.npz", NULL, &error);

  g_assert_no_error(error);
  assert_names(path, "mask");
  g_assert_cmpmem(g_bytes_get_data(array, NULL), 6, "\x93NUMPY", 6);
}

/* Listed, and the first array read, as whoever uses it does. */
static gboolean
read_broken(const char *path, GBytes *bytes, GError **error)
{
  g_auto(GStrv) names = ms_npz_list(path, error);
  g_autoptr(GBytes) array = names ? ms_npz_extract(bytes, 0, LIMIT, "a", NULL, error) : NULL;

  return array != NULL;
}

static void
test_broken(void)
{
  static const TestBroken list[] = {
      {"bomb.npz", MS_IO_ERROR_TOO_LARGE, "more than 1048576 bytes"},
      {"data-behind-the-file.npz", MS_IO_ERROR_CORRUPT, ""},
      {"deflated-data-broken.npz", MS_IO_ERROR_CORRUPT, "broken or cut short"},
      {"directory-cut-off.npz", MS_IO_ERROR_CORRUPT, "directory"},
      {"encrypted.npz", MS_IO_ERROR_UNSUPPORTED, "arr_0.npy is encrypted"},
      {"no-arrays.npz", MS_IO_ERROR_EMPTY, "without arrays"},
      {"no-directory.npz", MS_IO_ERROR_CORRUPT, "directory"},
      {"no-entries.npz", MS_IO_ERROR_EMPTY, "without arrays"},
      {"same-name-twice.npz", MS_IO_ERROR_CORRUPT, "arr_0.npy is there twice"},
      {"size-promised-4-gib.npz", MS_IO_ERROR_CORRUPT, ""},
      {"unknown-method.npz", MS_IO_ERROR_UNSUPPORTED, "compressed by method 12"},
      {"wrong-checksum.npz", MS_IO_ERROR_CORRUPT, "checksum is wrong"},
  };

  test_broken_files("npz", list, G_N_ELEMENTS(list), read_broken);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/npz/arrays", test_arrays);
  g_test_add_func("/npz/limit", test_limit);
  g_test_add_func("/npz/cancelled", test_cancelled);
  g_test_add_func("/npz/cut-off", test_cut_off);
  g_test_add_func("/npz/other-files", test_other_files);
  g_test_add_func("/npz/zip64", test_zip64);
  g_test_add_func("/npz/broken", test_broken);
  return g_test_run();
}
