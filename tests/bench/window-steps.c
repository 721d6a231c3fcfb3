/* SPDX-License-Identifier: MIT
 *
 * Stepping: from the press of a key until every patch of the next example is on the screen, in the
 * viewer (patches under the overlay, too) and in feh, by the same eyes. A cold step stands beside
 * what libpng takes for the same three files alone, read and decoded one after the other.
 */
#include <signal.h>
#include <sys/wait.h>

#include "app/display-cache-private.h"
#include "app/viewer-test.h"
#include "io/file.h"
#include "io/png.h"
#include "support/random.h"
#include "window-parts.h"

#define WIDTH   1200
#define HEIGHT  850
#define N_STEPS 60
#define N_COLD  8
#define N_FEH   20
#define AWAY    25 /* examples from one rest to the next: none is decoded with another */

char *
bench_make_steps(const TestFolder *folder)
{
  char *path = test_path(folder, "steps");

  if (!g_file_test(path, G_FILE_TEST_IS_DIR))
    bench_write_set(folder, "steps", BENCH_STEPS_EXAMPLES, BENCH_STEPS_DIFFERENT, BENCH_STEPS_SIDE);
  return path;
}

typedef struct {
  BenchWatch *watch; /* NULL: feh */
  BenchProbe probes[BENCH_N_PATCHES];
  guint example; /* shown */
  guint target;
  TestRandom random;
  GArray *milliseconds;
} Steps;

/* --- what is expected --- */

static void
expect(Steps *self, guint example)
{
  guint32 rgb = bench_patch_color(example % BENCH_STEPS_DIFFERENT);

  for (guint i = 0; i < BENCH_N_PATCHES; i++)
    self->probes[i].rgb = rgb;
  if (self->watch)
    self->probes[BENCH_N_PATCHES - 1].rgb =
        bench_half_over(rgb, ms_palette_kind_color(MS_PALETTE_SAFE, MS_KIND_FP));
}

static void
take(Steps *self, BenchScreen *screen, const char *key)
{
  gint64 start = g_get_monotonic_time();
  double span;

  expect(self, self->target);
  bench_screen_press(screen, key);
  if (!bench_screen_await(screen, self->probes, BENCH_N_PATCHES))
    g_error("example %u does not come", self->target);
  span = (double)(g_get_monotonic_time() - start) / 1000;
  bench_screen_release(screen, key);
  g_array_append_val(self->milliseconds, span);
  self->example = self->target;
}

/* --- the viewer --- */

static gboolean
is_ahead(gpointer user)
{
  Steps *self = user;
  MsWindow *window = self->watch->window;

  return window->shown->frame->example == self->example &&
         ms_display_cache_get(window->cache, self->target, 0) &&
         ms_display_cache_get(window->cache, self->target + 1, 0);
}

static gboolean
is_cold(gpointer user)
{
  Steps *self = user;
  MsWindow *window = self->watch->window;

  return window->shown->frame->example == self->example &&
         !ms_display_cache_get(window->cache, self->target, 0);
}

/* Anywhere between two frames of the screen. */
static void
dephase(Steps *self)
{
  g_usleep(30000 + test_random_below(&self->random, 17000));
}

static void
step_ahead(BenchScreen *screen, gpointer user)
{
  Steps *self = user;

  for (int i = 0; i < N_STEPS; i++) {
    self->target = self->example + 1;
    if (!bench_watch_until(is_ahead, self))
      g_error("example %u is not decoded ahead", self->target);
    dephase(self);
    take(self, screen, "Right");
  }
}

static gboolean
go_away(gpointer user)
{
  Steps *self = user;

  ms_example_list_select(self->watch->window->list, self->example);
  return TRUE;
}

/* Nothing is decoded any more: the neighbours are begun when the example has been analysed. */
static gboolean
is_quiet(gpointer user)
{
  Steps *self = user;

  return ms_window_is_on_screen(self->watch->window) &&
         !ms_window_is_analysing(self->watch->window) &&
         !ms_display_cache_is_loading(self->watch->window->cache);
}

static void
step_cold(BenchScreen *screen, gpointer user)
{
  Steps *self = user;

  for (int i = 0; i < N_COLD; i++) {
    self->example = 40 + (guint)i * AWAY;
    self->target = i % 2 ? BENCH_STEPS_EXAMPLES - 1 : 0;
    bench_watch_until(go_away, self);
    if (!bench_watch_until(is_quiet, self) || !bench_watch_until(is_cold, self))
      g_error("example %u is still there", self->target);
    dephase(self);
    take(self, screen, i % 2 ? "End" : "Home");
  }
}

/* --- feh --- */

static void
step_feh(BenchScreen *screen, gpointer user)
{
  Steps *self = user;

  if (!bench_screen_focus(screen, WIDTH, HEIGHT))
    g_error("feh has no window");
  expect(self, self->example);
  if (!bench_screen_await(screen, self->probes, BENCH_N_PATCHES))
    g_error("feh does not show the first image");
  for (int i = 0; i < N_FEH; i++) {
    self->target = self->example + 1;
    dephase(self);
    take(self, screen, "Right");
  }
}

/* feh puts the image into the middle of its window, which is in the corner of the screen. */
static void
find_in_feh(Steps *self)
{
  double side = MIN(WIDTH, HEIGHT);

  for (guint i = 0; i < BENCH_N_PATCHES; i++) {
    self->probes[i].x = (int)((WIDTH - side) / 2 + bench_patches[i][0] * side);
    self->probes[i].y = (int)((HEIGHT - side) / 2 + bench_patches[i][1] * side);
  }
}

static gboolean
run_feh(const char *set, GArray *milliseconds)
{
  g_autofree char *images = g_build_filename(set, "images", NULL);
  g_autofree char *geometry = g_strdup_printf("%dx%d+0+0", WIDTH, HEIGHT);
  const char *argv[] = {"feh",         "--geometry", geometry, "--scale-down", "--sort", "name",
                        "--auto-zoom", images,       NULL};
  Steps steps = {.random = {67}, .milliseconds = milliseconds};
  GPid feh;

  if (!g_spawn_async(NULL, (char **)argv, NULL,
                     G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDERR_TO_DEV_NULL,
                     NULL, NULL, &feh, NULL))
    return FALSE;
  find_in_feh(&steps);
  bench_watch_observe(step_feh, &steps);
  kill(feh, SIGTERM);
  waitpid(feh, NULL, 0);
  return TRUE;
}

/* --- decoding alone --- */

/* What any program does: file to memory, libpng to samples. */
static void
decode(const char *set, const char *role, guint example)
{
  g_autofree char *path = g_strdup_printf("%s/%s/%03u.png", set, role, example);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = ms_file_read(path, MS_FILE_MAX_BYTES, NULL, &error);
  g_autoptr(MsSamples) samples = bytes ? ms_png_decode_reference(bytes, path, NULL, &error) : NULL;

  g_assert_no_error(error);
  g_assert_cmpint(samples->width, ==, BENCH_STEPS_SIDE);
}

static void
decode_three(const char *set, GArray *milliseconds)
{
  for (guint i = 0; i < BENCH_STEPS_DIFFERENT; i++) {
    gint64 start = g_get_monotonic_time();
    double span;

    decode(set, "images", i);
    decode(set, "actual", i);
    decode(set, "predicted", i);
    span = (double)(g_get_monotonic_time() - start) / 1000;
    g_array_append_val(milliseconds, span);
  }
}

/* --- the table --- */

static void
print_row(const char *name, GArray *milliseconds, double beside)
{
  double middle = bench_percentile(milliseconds, 0.5);

  g_print("%-36s %5u %7.1f %7.1f %7.1f", name, milliseconds->len, middle,
          bench_percentile(milliseconds, 0.95), bench_percentile(milliseconds, 1));
  if (beside > 0)
    g_print("   %.2f x", middle / beside);
  g_print("\n");
}

static void
find_in_window(Steps *self)
{
  for (guint i = 0; i < BENCH_N_PATCHES; i++)
    bench_watch_find(self->watch, bench_patches[i][0] * BENCH_STEPS_SIDE,
                     bench_patches[i][1] * BENCH_STEPS_SIDE, &self->probes[i].x,
                     &self->probes[i].y);
}

static void
run_viewer(const char *set, GArray *ahead, GArray *cold)
{
  Steps steps = {.random = {67}, .milliseconds = ahead};

  steps.watch = bench_watch_new(set, WIDTH, HEIGHT, TRUE);
  find_in_window(&steps);
  bench_watch_observe(step_ahead, &steps);
  steps.milliseconds = cold;
  bench_watch_observe(step_cold, &steps);
  bench_watch_free(steps.watch);
}

void
bench_steps(const TestFolder *folder)
{
  g_autofree char *set = bench_make_steps(folder);
  g_autoptr(GArray) feh = g_array_new(FALSE, FALSE, sizeof(double));
  g_autoptr(GArray) bare = g_array_new(FALSE, FALSE, sizeof(double));
  g_autoptr(GArray) ahead = g_array_new(FALSE, FALSE, sizeof(double));
  g_autoptr(GArray) cold = g_array_new(FALSE, FALSE, sizeof(double));

  g_print("\nsteps: %d x %d in %d x %d, from key press to settled pixels\n", BENCH_STEPS_SIDE,
          BENCH_STEPS_SIDE, WIDTH, HEIGHT);
  run_viewer(set, ahead, cold);
  if (!run_feh(set, feh))
    g_print("feh is not installed: the viewer stands alone\n");
  decode_three(set, bare);
  g_print("%-36s %5s %7s %7s %7s\n", "ms", "steps", "p50", "p95", "max");
  print_row("feh, the image alone", feh, 0);
  print_row("viewer, decoded ahead (x feh)", ahead, bench_percentile(feh, 0.5));
  print_row("libpng: its three files, one thread", bare, 0);
  print_row("viewer, cold (x libpng)", cold, bench_percentile(bare, 0.5));
}
