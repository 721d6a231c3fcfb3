/* SPDX-License-Identifier: MIT
 *
 * A temporary folder for one test, and files in it. Whatever a test leaves in it is removed with
 * it.
 */
#pragma once

#include <string.h>

#include <glib.h>
#include <glib/gstdio.h>

typedef struct {
  char *path;
} TestFolder;

static inline void
test_remove_recursively(const char *path)
{
  GDir *dir = g_file_test(path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open(path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
    g_autofree char *child = g_build_filename(path, name, NULL);
    test_remove_recursively(child);
  }
  g_clear_pointer(&dir, g_dir_close);
  g_remove(path);
}

static inline TestFolder
test_folder_new(void)
{
  GError *error = NULL;
  TestFolder folder = {g_dir_make_tmp("maskscope-test-XXXXXX", &error)};

  g_assert_no_error(error);
  return folder;
}

static inline void
test_folder_clear(TestFolder *folder)
{
  if (folder->path != NULL)
    test_remove_recursively(folder->path);
  g_clear_pointer(&folder->path, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(TestFolder, test_folder_clear)

/* The path of a name in the folder; free with g_free(). */
static inline char *
test_path(const TestFolder *folder, const char *name)
{
  return g_build_filename(folder->path, name, NULL);
}

/* Makes a file with these bytes, and the folders above it; returns its path, free with g_free(). */
static inline char *
test_file(const TestFolder *folder, const char *name, const void *data, gsize size)
{
  char *path = test_path(folder, name);
  g_autofree char *parent = g_path_get_dirname(path);
  GError *error = NULL;

  g_assert_cmpint(g_mkdir_with_parents(parent, 0777), ==, 0);
  g_file_set_contents(path, data, (gssize)size, &error);
  g_assert_no_error(error);
  return path;
}

/* How many entries a folder has. */
static inline guint
test_count_entries(const char *path)
{
  g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name(dir) != NULL)
    n++;
  return n;
}
