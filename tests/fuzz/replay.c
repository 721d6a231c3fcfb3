/* SPDX-License-Identifier: MIT
 *
 * Gives files to a fuzz target without a fuzzer, so that what once crashed can be replayed by any
 * build. Arguments are files, or folders whose files are taken in byte order.
 */
#include <glib.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static guint n_replayed;

static void
replay_file(const char *path)
{
  g_autofree char *data = NULL;
  g_autoptr(GError) error = NULL;
  gsize size;

  if (!g_file_get_contents(path, &data, &size, &error))
    g_error("%s", error->message);
  LLVMFuzzerTestOneInput((const uint8_t *)data, size);
  n_replayed++;
}

static int
compare_names(gconstpointer a, gconstpointer b)
{
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
replay_folder(const char *path)
{
  g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
  const char *name;

  while (dir && (name = g_dir_read_name(dir)))
    g_ptr_array_add(names, g_build_filename(path, name, NULL));
  g_ptr_array_sort(names, compare_names);
  for (guint i = 0; i < names->len; i++)
    replay_file(g_ptr_array_index(names, i));
}

int
main(int argc, char **argv)
{
  for (int i = 1; i < argc; i++) {
    if (g_file_test(argv[i], G_FILE_TEST_IS_DIR))
      replay_folder(argv[i]);
    else if (g_file_test(argv[i], G_FILE_TEST_EXISTS))
      replay_file(argv[i]);
  }
  g_print("1..1\nok 1 replayed %u files\n", n_replayed);
  return 0;
}
