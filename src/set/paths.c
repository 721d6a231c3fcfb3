/* SPDX-License-Identifier: MIT
 *
 * The build's own folders are compiled in and used only by a program that itself lies in them; an
 * installed one looks from its own place first, so that a moved prefix still works.
 */
#include "set/paths.h"

#define VIEWER "maskscope-viewer"

/* The folder this program runs from, or NULL. */
static char *
find_program_folder(void)
{
  g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
  return program ? g_path_get_dirname(program) : NULL;
}

static gboolean
is_below(const char *folder, const char *ancestor)
{
  g_autofree char *prefix = g_strconcat(ancestor, "/", NULL);
  return g_str_equal(folder, ancestor) || g_str_has_prefix(folder, prefix);
}

static gboolean
is_executable(const char *path)
{
  return g_file_test(path, G_FILE_TEST_IS_REGULAR) && g_file_test(path, G_FILE_TEST_IS_EXECUTABLE);
}

char *
ms_paths_sample(const char *name)
{
  g_autofree char *folder = find_program_folder();
  if (folder && is_below(folder, MS_BUILD_DIR))
    return g_build_filename(MS_SOURCE_DIR, "data", name, NULL);
  if (folder) {
    g_autofree char *beside = g_build_filename(folder, "..", "share", "maskscope", name, NULL);
    if (g_file_test(beside, G_FILE_TEST_IS_DIR))
      return g_canonicalize_filename(beside, NULL);
  }
  return g_build_filename(MS_PKGDATADIR, name, NULL);
}

char *
ms_paths_viewer(void)
{
  g_autofree char *folder = find_program_folder();
  g_autofree char *viewer = NULL;
  if (folder && is_below(folder, MS_BUILD_DIR)) {
    viewer = g_build_filename(MS_BUILD_DIR, "src", "app", VIEWER, NULL);
    return is_executable(viewer) ? g_steal_pointer(&viewer) : NULL;
  }
  if (folder) {
    viewer = g_build_filename(folder, VIEWER, NULL);
    if (is_executable(viewer))
      return g_steal_pointer(&viewer);
    g_free(viewer);
  }
  viewer = g_build_filename(MS_LIBEXECDIR, VIEWER, NULL);
  return is_executable(viewer) ? g_steal_pointer(&viewer) : NULL;
}
