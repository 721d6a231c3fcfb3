/* SPDX-License-Identifier: MIT
 *
 * A key that is held: which examples its frames show, and when they come to rest after it is let
 * go.
 */
#include "app/viewer-test.h"
#include "window-parts.h"

#define HELD_US (3 * G_USEC_PER_SEC)
#define REST_US (1 * G_USEC_PER_SEC)

typedef struct {
  gint64 pressed, released; /* when */
} Hold;

static void
hold(BenchScreen *screen, gpointer user)
{
  Hold *self = user;

  self->pressed = g_get_monotonic_time();
  bench_screen_press(screen, "Right");
  g_usleep(HELD_US);
  self->released = g_get_monotonic_time();
  bench_screen_release(screen, "Right");
  g_usleep(REST_US);
}

/* Frames that show another example than the one before, and when the last of them was there. */
static guint
count_changes(const GArray *frames, guint example, gint64 until, gint64 *last)
{
  guint changes = 0;

  for (guint i = 0; i < frames->len; i++) {
    const BenchFrame *frame = &g_array_index(frames, BenchFrame, i);

    if (frame->times[BENCH_SHOWN] == 0 || frame->example == example)
      continue;
    example = frame->example;
    *last = frame->times[BENCH_SHOWN];
    changes += *last <= until;
  }
  return changes;
}

void
bench_hold(const TestFolder *folder)
{
  g_autofree char *set = bench_make_steps(folder);
  BenchWatch *watch = bench_watch_new(set, 1200, 850, TRUE);
  MsWindow *window = watch->window;
  guint before = window->example;
  Hold times = {0};
  gint64 last = 0;
  guint changes;

  bench_watch_observe(hold, &times);
  changes = count_changes(watch->frames, before, times.released, &last);
  g_print(
      "\nhold: Right held for %.0f s at %d x %d: %u examples, %.1f a second; standstill %.0f ms "
      "after the release, %s\n",
      HELD_US / 1e6, BENCH_STEPS_SIDE, BENCH_STEPS_SIDE, changes, changes * 1e6 / HELD_US,
      MAX(0, last - times.released) / 1e3,
      ms_window_is_up_to_date(window) &&
              ms_example_list_get_selected(window->list) == window->shown->frame->example
          ? "on what is shown"
          : "NOT ON WHAT IS SHOWN");
  bench_watch_free(watch);
}
