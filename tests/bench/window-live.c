/* SPDX-License-Identifier: MIT
 *
 * A prediction that is written into a folder that is watched, while its example is looked at: from
 * the moment when the file is whole to its pixels on the screen, and to its score; in a small set,
 * and in one of 100,000 examples, whose folders also cost something to watch. There is no such
 * thing to compare with; a second is the bound.
 */
#include <stdio.h>
#include <stdlib.h>

#include "app/viewer-test.h"
#include "set/set-changes.h"
#include "set/watcher.h"
#include "window-parts.h"

#define N_CHANGES 30
#define N_LARGE   100000
#define DIFFERENT 25 /* of the large set's masks; a file bears only so many names */

typedef struct {
  BenchWatch *watch;
  GBytes *masks[2]; /* right but for a patch, and right all over */
  char *path;       /* of the shown example's predicted mask */
  gboolean renamed; /* into place; else written where it lies */
  BenchProbe probe;
  guint32 wrong, right;
  double score; /* before the last change */
  GArray *painted;
  GArray *scored;
} Live;

static double
shown_score(Live *self)
{
  return ms_evaluation_get_score(self->watch->window->evaluation, 0, 0).iou.value;
}

static gboolean
is_scored(gpointer user)
{
  Live *self = user;

  return shown_score(self) != self->score && ms_window_is_up_to_date(self->watch->window);
}

static GBytes *
read_bytes(const char *path)
{
  char *data;
  gsize size;
  g_autoptr(GError) error = NULL;

  g_file_get_contents(path, &data, &size, &error);
  g_assert_no_error(error);
  return g_bytes_new_take(data, size);
}

static void
write_mask(Live *self, GBytes *mask)
{
  const GFileSetContentsFlags way =
      self->renamed ? G_FILE_SET_CONTENTS_CONSISTENT : G_FILE_SET_CONTENTS_NONE;

  g_file_set_contents_full(self->path, g_bytes_get_data(mask, NULL), (gssize)g_bytes_get_size(mask),
                           way, 0666, NULL);
}

static void
note_span(GArray *milliseconds, gint64 start)
{
  double span = (double)(g_get_monotonic_time() - start) / 1000;

  g_array_append_val(milliseconds, span);
}

static void
change_again_and_again(BenchScreen *screen, gpointer user)
{
  Live *self = user;

  for (guint i = 0; i < N_CHANGES; i++) {
    gboolean is_right = i % 2 == 0;
    gint64 start;

    self->score = shown_score(self);
    write_mask(self, self->masks[is_right]);
    start = g_get_monotonic_time();
    self->probe.rgb = is_right ? self->right : self->wrong;
    if (!bench_screen_await(screen, &self->probe, 1))
      g_error("change %u is not painted", i);
    note_span(self->painted, start);
    if (!bench_watch_until(is_scored, self))
      g_error("change %u is not scored", i);
    note_span(self->scored, start);
  }
}

static void
print_times(const char *what, GArray *milliseconds)
{
  g_print("%-44s %7u %7.0f %7.0f %7.0f\n", what, milliseconds->len,
          bench_percentile(milliseconds, 0.5), bench_percentile(milliseconds, 0.95),
          bench_percentile(milliseconds, 1));
}

static void
measure(Live *self, const char *name, gboolean renamed)
{
  const char *way = renamed ? "renamed into place" : "written in place";
  g_autofree char *painted = g_strdup_printf("%s, %s, on the screen", name, way);
  g_autofree char *scored = g_strdup_printf("%s, %s, and scored", name, way);

  self->renamed = renamed;
  self->painted = g_array_new(FALSE, FALSE, sizeof(double));
  self->scored = g_array_new(FALSE, FALSE, sizeof(double));
  bench_watch_observe(change_again_and_again, self);
  print_times(painted, self->painted);
  print_times(scored, self->scored);
  g_array_unref(self->painted);
  g_array_unref(self->scored);
}

/* --- what watching costs ---------------------------------------------------------------------- */

/* KiB */
static double
memory(void)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents("/proc/self/status", &text, NULL, NULL))
    return 0;
  line = strstr(text, "VmRSS:");
  return line ? g_ascii_strtod(line + strlen("VmRSS:"), NULL) : 0;
}

static void
print_watching(MsSet *set)
{
  g_auto(GStrv) folders = ms_set_list_folders(set);
  double before = memory();
  gint64 start = g_get_monotonic_time();
  g_autoptr(MsWatcher) watcher = ms_watcher_new((const char *const *)folders, ms_set_get_path(set));

  while (!ms_watcher_is_ready(watcher))
    g_main_context_iteration(NULL, TRUE);
  g_print("%u folders of %u examples are watched after %.0f ms, with %.0f KiB\n",
          g_strv_length(folders), ms_set_get_n_examples(set),
          (double)(g_get_monotonic_time() - start) / 1000, MAX(memory() - before, 0));
}

/* --- sets ------------------------------------------------------------------------------------- */

static void
run(const TestFolder *folder, const char *name, guint n, guint n_different, int side)
{
  const guint32 patch = bench_patch_color(0);
  g_autofree char *set = test_path(folder, name);
  g_autofree char *actual = g_build_filename(set, "actual", "000.png", NULL);
  Live live = {.right = patch};

  bench_write_set(folder, name, n, n_different, side);
  live.path = g_build_filename(set, "predicted", "000.png", NULL);
  live.wrong = bench_half_over(patch, ms_palette_kind_color(MS_PALETTE_SAFE, MS_KIND_FP));
  live.masks[0] = read_bytes(live.path);
  live.masks[1] = read_bytes(actual);
  live.watch = bench_watch_new(set, 1200, 850, TRUE);
  while (!ms_window_is_watching(live.watch->window))
    g_main_context_iteration(NULL, TRUE);
  bench_watch_find(live.watch, 0.5 * side, 0.5 * side, &live.probe.x, &live.probe.y);
  measure(&live, name, TRUE);
  measure(&live, name, FALSE);
  print_watching(live.watch->window->set);
  bench_watch_free(live.watch);
  g_bytes_unref(live.masks[0]);
  g_bytes_unref(live.masks[1]);
  g_free(live.path);
}

void
bench_live(const TestFolder *folder)
{
  g_print("\nlive: from a file that is whole to its pixels and its score, 1200 x 850\n");
  g_print("%-44s %7s %7s %7s %7s\n", "ms", "changes", "p50", "p95", "max");
  run(folder, "live-512", 50, 50, 512);
  run(folder, "live-2048", 25, 25, 2048);
  run(folder, "live-100000", N_LARGE, DIFFERENT, 64);
}
