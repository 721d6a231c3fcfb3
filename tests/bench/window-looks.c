/* SPDX-License-Identifier: MIT
 *
 * Every way to look at an example, by its key: the time from the press until the picture around the
 * wrong patch in the middle has changed for the last time (a region beside it changes nothing
 * there). And from a step until the error regions
 * of the new example are known, which nothing waits for.
 */
#include "app/display-cache-private.h"
#include "app/viewer-test.h"
#include "window-parts.h"

#define WIDTH    1200
#define HEIGHT   850
#define AREA     300 /* screen pixels a side, around the middle of the picture */
#define QUIET_US 150000
#define N_ROUNDS 10
#define N_STEPS  12

typedef struct {
  BenchWatch *watch;
  const char *label;
  const char *keys[3]; /* pressed in turn; each press changes the picture */
  int x, y;
  guint example;
  GArray *milliseconds;
  gint64 analysed; /* when the last analysis was shown */
} Look;

static gboolean
is_rested(gpointer user)
{
  MsWindow *window = ((Look *)user)->watch->window;

  return ms_window_is_up_to_date(window) && window->analysis &&
         !ms_display_cache_is_loading(window->cache);
}

static void
append_since(GArray *milliseconds, gint64 start, gint64 end)
{
  double span = (double)(end - start) / 1000;

  g_array_append_val(milliseconds, span);
}

static void
press(Look *self, BenchScreen *screen, const char *key)
{
  guint32 sum = bench_screen_sum(screen, self->x, self->y, AREA);
  gint64 start = g_get_monotonic_time(), changed = 0, now = start;

  bench_screen_press(screen, key);
  bench_screen_release(screen, key);
  while (now - (changed ? changed : start + 2 * G_USEC_PER_SEC) < QUIET_US) {
    guint32 next = bench_screen_sum(screen, self->x, self->y, AREA);

    now = g_get_monotonic_time();
    if (next != sum)
      changed = now;
    sum = next;
  }
  if (changed)
    append_since(self->milliseconds, start, changed);
  if (!bench_watch_until(is_rested, self))
    g_error("%s: the window does not come to rest", self->label);
}

static void
look(BenchScreen *screen, gpointer user)
{
  Look *self = user;

  if (!bench_watch_until(is_rested, self))
    g_error("the window does not come to rest");
  for (int round = 0; round < N_ROUNDS; round++)
    for (guint i = 0; i < G_N_ELEMENTS(self->keys) && self->keys[i]; i++)
      press(self, screen, self->keys[i]);
  if (self->milliseconds->len == 0)
    g_error("%s: nothing changes", self->label);
}

static void
note_analysed(MsAnalyst *analyst, Look *self)
{
  self->analysed = g_get_monotonic_time();
}

static gboolean
is_analysed(gpointer user)
{
  Look *self = user;
  MsWindow *window = self->watch->window;

  return window->shown->frame->example == self->example && window->analysis;
}

static void
step(BenchScreen *screen, gpointer user)
{
  Look *self = user;

  for (int i = 0; i < N_STEPS; i++) {
    gint64 start;

    if (!bench_watch_until(is_rested, self))
      g_error("the window does not come to rest");
    self->example++;
    start = g_get_monotonic_time();
    bench_screen_press(screen, "Right");
    if (!bench_watch_until(is_analysed, self))
      g_error("example %u is not analysed", self->example);
    append_since(self->milliseconds, start, self->analysed);
    bench_screen_release(screen, "Right");
  }
}

static void
run(Look *self, void (*observe)(BenchScreen *screen, gpointer user))
{
  g_autoptr(GArray) milliseconds = g_array_new(FALSE, FALSE, sizeof(double));

  self->milliseconds = milliseconds;
  bench_watch_observe(observe, self);
  g_print("%-34s %5u %7.1f %7.1f %7.1f\n", self->label, milliseconds->len,
          bench_percentile(milliseconds, 0.5), bench_percentile(milliseconds, 0.95),
          bench_percentile(milliseconds, 1));
}

static void
run_looks(const char *set, const Look *looks, guint n_looks)
{
  BenchWatch *watch = bench_watch_new(set, WIDTH, HEIGHT, TRUE);

  for (guint i = 0; i < n_looks; i++) {
    Look self = looks[i];

    self.watch = watch;
    bench_watch_find(watch, BENCH_STEPS_SIDE / 2.0, BENCH_STEPS_SIDE / 2.0, &self.x, &self.y);
    self.x -= AREA / 2;
    self.y -= AREA / 2;
    run(&self, look);
  }
  bench_watch_free(watch);
}

void
bench_looks(const TestFolder *folder)
{
  static const Look masks[] = {
      {.label = "outlines", .keys = {"o"}},
      {.label = "only errors", .keys = {"x"}},
      {.label = "flip", .keys = {"space"}},
      {.label = "actual, predicted, errors", .keys = {"a", "p", "e"}},
      {.label = "side by side, errors", .keys = {"s", "e"}},
      {.label = "swipe, errors", .keys = {"w", "e"}},
      {.label = "tolerance, one more pixel", .keys = {"t"}},
      {.label = "next error region", .keys = {"n"}},
  };
  static const Look maps[] = {{.label = "heat, errors", .keys = {"h", "e"}}};
  g_autofree char *steps = bench_make_steps(folder);
  g_autofree char *map = bench_make_map(folder, BENCH_STEPS_SIDE);
  Look stepping = {.label = "step, until regions are known"};

  g_print("\nlooks: from the press of a key to the settled picture, 2048 x 2048 in 1200 x 850\n");
  g_print("%-34s %5s %7s %7s %7s\n", "ms", "times", "p50", "p95", "max");
  run_looks(steps, masks, G_N_ELEMENTS(masks));
  run_looks(map, maps, G_N_ELEMENTS(maps));
  stepping.watch = bench_watch_new(steps, WIDTH, HEIGHT, TRUE);
  g_signal_connect_after(stepping.watch->window->analyst, "ready", G_CALLBACK(note_analysed),
                         &stepping);
  run(&stepping, step);
  bench_watch_free(stepping.watch);
}
