/* SPDX-License-Identifier: MIT
 *
 * Opening a large set: one file under many names, in a few folders and in many. Each figure is of a
 * process of its own, so that memory counts from nothing. Arguments: the number of examples
 * (100,000; a million takes minutes to write and 3 million hard links), or a set's folder to open
 * instead.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "io/png.h"
#include "set/listing.h"
#include "set/set-private.h"
#include "support/files.h"

#define FIRST_NAMES 200
#define A_SHARD     1000
#define MAX_NAMES   50000

static double
seconds_since(gint64 start)
{
  return (double)(g_get_monotonic_time() - start) / G_USEC_PER_SEC;
}

/* Of all threads: what it takes where others use the machine, too. */
static double
processor_seconds(void)
{
  return (double)clock() / CLOCKS_PER_SEC;
}

/* --- the set ---------------------------------------------------------------------------------- */

static char *
write_mask(const char *folder, guint8 wrong)
{
  g_autoptr(MsSamples) mask = ms_samples_new(8, 8, MS_COLOR_GREY, 8, "mask", NULL);
  g_autoptr(GBytes) bytes = NULL;
  g_autofree char *name = g_strdup_printf("mask-%u", wrong);
  char *path = g_build_filename(folder, name, NULL);

  for (int y = 0; y < 8; y++)
    memset(mask->pixels + (gsize)y * mask->stride, y < 4 ? wrong : 255, 8);
  bytes = ms_png_encode(mask, 1, NULL, NULL);
  g_assert_true(g_file_set_contents(path, g_bytes_get_data(bytes, NULL),
                                    (gssize)g_bytes_get_size(bytes), NULL));
  return path;
}

/* A file bears only so many names. */
static void
write_role(const char *folder, const char *role, guint8 wrong, guint n, gboolean sharded)
{
  g_autofree char *path = g_build_filename(folder, role, NULL);

  g_mkdir_with_parents(path, 0777);
  for (guint i = 0; i < n; i += MAX_NAMES) {
    g_autofree char *mask = write_mask(folder, wrong);

    for (guint j = i; j < MIN(i + MAX_NAMES, n); j++) {
      g_autofree char *shard = g_strdup_printf("%s/%04u", path, j / A_SHARD);
      g_autofree char *name = g_strdup_printf("%s/example_%07u.png", sharded ? shard : path, j);

      if (sharded && j % A_SHARD == 0)
        g_mkdir(shard, 0777);
      if (link(mask, name) != 0)
        g_error("%s: %s", name, g_strerror(errno));
    }
    g_unlink(mask);
  }
}

static char *
write_set(const char *folder, const char *name, guint n, gboolean sharded)
{
  char *path = g_build_filename(folder, name, NULL);

  g_mkdir_with_parents(path, 0777);
  write_role(path, "images", 1, n, sharded);
  write_role(path, "actual", 0, n, sharded);
  write_role(path, "predicted", 0, n, sharded);
  return path;
}

/* --- what is measured ------------------------------------------------------------------------- */

/* In MiB: VmHWM, the most that was used, or VmRSS. */
static double
memory(const char *field)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents("/proc/self/status", &text, NULL, NULL))
    return 0;
  line = strstr(text, field);
  return line ? (double)g_ascii_strtoull(line + strlen(field) + 1, NULL, 10) / 1024 : 0;
}

static void
list(const char *path)
{
  gint64 start = g_get_monotonic_time();
  g_autoptr(MsFolder) folder = ms_folder_list(path, NULL, NULL, NULL);

  printf("  listing only     %7.2f s (processor %.2f)  %8u pictures, peak %.0f MiB\n",
         seconds_since(start), processor_seconds(), folder->n_pictures, memory("VmHWM:"));
}

static void
look_first(const char *path)
{
  g_autoptr(MsOptions) options = ms_options_new();
  gint64 start = g_get_monotonic_time();
  gboolean whole;

  options->set = g_strdup(path);
  g_autoptr(MsSet) set = ms_set_open_first(options, FIRST_NAMES, &whole, NULL, NULL);
  printf("  first look       %7.2f s (processor %.2f)  %8u examples, peak %.0f MiB\n",
         seconds_since(start), processor_seconds(), set ? ms_set_get_n_examples(set) : 0,
         memory("VmHWM:"));
}

/* Notes when the first mask is looked at: all is found and paired then. */
static void
note_survey(const char *what, guint done, guint total, gpointer user)
{
  gint64 *surveyed = user;

  if (g_str_equal(what, "Looking at masks") && *surveyed == 0)
    *surveyed = g_get_monotonic_time();
}

static void
open_whole(const char *path)
{
  g_autoptr(MsOptions) options = ms_options_new();
  double before = memory("VmRSS:");
  gint64 start = g_get_monotonic_time(), surveyed = 0;

  options->set = g_strdup(path);
  g_autoptr(MsSet) set = ms_set_open(options, note_survey, &surveyed, NULL, NULL);
  double whole = seconds_since(start);
  double found = (double)(surveyed - start) / G_USEC_PER_SEC;
  double held = memory("VmRSS:") - before;
  guint n = set ? ms_set_get_n_examples(set) : 0;

  printf("  found and paired %7.2f s\n  survey and table %7.2f s\n", found, whole - found);
  printf(
      "  opened           %7.2f s (processor %.2f)  %8u examples, peak %.0f MiB, left %.0f MiB\n",
      whole, processor_seconds(), n, memory("VmHWM:"), held);
  printf("  held by the set           %8.1f bytes an example\n",
         set ? (double)ms_set_bytes(set) / MAX(n, 1) : 0);
}

static void
run(void (*measure)(const char *path), const char *path)
{
  int status;

  fflush(stdout);
  if (fork() == 0) {
    measure(path);
    fflush(stdout);
    _exit(0);
  }
  wait(&status);
}

static void
measure_set(const char *path)
{
  printf("%s\n", path);
  run(list, path);
  run(look_first, path);
  run(open_whole, path);
}

int
main(int argc, char *argv[])
{
  guint n = argc > 1 ? (guint)g_ascii_strtoull(argv[1], NULL, 10) : 100000;

  if (argc > 1 && g_file_test(argv[1], G_FILE_TEST_IS_DIR)) {
    measure_set(argv[1]);
    return 0;
  }
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *flat = write_set(folder.path, "flat", n, FALSE);
  g_autofree char *sharded = write_set(folder.path, "sharded", n, TRUE);
  measure_set(flat);
  measure_set(sharded);
  return 0;
}
