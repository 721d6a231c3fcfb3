/* SPDX-License-Identifier: MIT
 *
 * A threshold that moves over a map of probabilities: each step makes one column of it right, or
 * wrong again; the time until that is on the screen, with the score that belongs to it.
 */
#include "app/viewer-test.h"
#include "window-parts.h"

#define N_ROUNDS 4
#define PLACE    0.8 /* of the probes, as a share of the height: no disc is there */

typedef struct {
  BenchWatch *watch;
  int side;
  double threshold;
  GArray *milliseconds;
  int x[BENCH_N_COLUMNS], y[BENCH_N_COLUMNS];
} Drag;

static gboolean
set_threshold(gpointer user)
{
  Drag *self = user;

  ms_window_set_threshold(self->watch->window, self->threshold);
  return G_SOURCE_REMOVE;
}

static gboolean
is_rested(gpointer user)
{
  return ms_window_is_up_to_date(((Drag *)user)->watch->window);
}

/* Between the values of two columns: those from `column` on are predicted. */
static double
threshold_before(int column)
{
  return (column - 0.5) / (BENCH_N_COLUMNS - 1);
}

static void
move_to(Drag *self, BenchScreen *screen, int column, gboolean timed)
{
  const guint32 grey = BENCH_MAP_GREY * 0x010101;
  const guint32 wrong = bench_half_over(grey, ms_palette_kind_color(MS_PALETTE_SAFE, MS_KIND_FP));
  int changed = self->threshold < threshold_before(column) ? column - 1 : column;
  BenchProbe probe = {self->x[changed], self->y[changed], 0};
  gint64 start = g_get_monotonic_time();
  double span;

  probe.rgb = changed < column ? grey : wrong;
  self->threshold = threshold_before(column);
  g_idle_add_full(G_PRIORITY_DEFAULT, set_threshold, self, NULL);
  if (!bench_screen_await(screen, &probe, 1))
    g_error("the threshold %.3f is not painted", self->threshold);
  span = (double)(g_get_monotonic_time() - start) / 1000;
  if (timed)
    g_array_append_val(self->milliseconds, span);
  bench_watch_until(is_rested, self);
}

static void
sweep(BenchScreen *screen, gpointer user)
{
  Drag *self = user;

  for (int column = 2; column < BENCH_N_COLUMNS; column++)
    move_to(self, screen, column, FALSE);
  for (int round = 0; round < N_ROUNDS; round++) {
    for (int column = BENCH_N_COLUMNS - 2; column > 1; column--)
      move_to(self, screen, column, TRUE);
    for (int column = 2; column < BENCH_N_COLUMNS; column++)
      move_to(self, screen, column, TRUE);
  }
}

static void
find_columns(Drag *self)
{
  for (int i = 0; i < BENCH_N_COLUMNS; i++) {
    int x = (int)((i + 0.5) * self->side / BENCH_N_COLUMNS), y = (int)(PLACE * self->side);

    bench_watch_find(self->watch, x, y, &self->x[i], &self->y[i]);
  }
}

char *
bench_make_map(const TestFolder *folder, int side)
{
  g_autofree char *name = g_strdup_printf("map-%d", side);
  char *path = test_path(folder, name);

  if (!g_file_test(path, G_FILE_TEST_IS_DIR))
    bench_write_map(folder, name, side);
  return path;
}

static void
run(const TestFolder *folder, int side)
{
  g_autofree char *path = bench_make_map(folder, side);
  g_autofree char *name = g_path_get_basename(path);
  g_autoptr(GArray) milliseconds = g_array_new(FALSE, FALSE, sizeof(double));
  Drag drag = {.side = side, .milliseconds = milliseconds};

  drag.watch = bench_watch_new(path, 1200, 850, TRUE);
  find_columns(&drag);
  bench_watch_observe(sweep, &drag);
  g_print("%-34s %5u %7.1f %7.1f %7.1f\n", name, milliseconds->len,
          bench_percentile(milliseconds, 0.5), bench_percentile(milliseconds, 0.95),
          bench_percentile(milliseconds, 1));
  bench_watch_free(drag.watch);
}

void
bench_threshold(const TestFolder *folder)
{
  g_print("\nthreshold: from the change to the repainted pixels, 1200 x 850\n");
  g_print("%-34s %5s %7s %7s %7s\n", "ms", "moves", "p50", "p95", "max");
  run(folder, 2048);
  run(folder, 4096);
}
