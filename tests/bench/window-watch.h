/* SPDX-License-Identifier: MIT
 *
 * A viewer's window under observation: somebody on another thread works it through the X server
 * while the main loop runs, every frame's times are written down, and places of the picture are
 * found on the screen.
 */
#pragma once

#include "app/window-private.h"
#include "screen.h"

/* When a frame began to be made, and when its steps were done; microseconds. SHOWN: the X server
 * has drawn it. */
typedef enum {
  BENCH_BEGUN,
  BENCH_UPDATED,
  BENCH_LAID_OUT,
  BENCH_PAINTED,
  BENCH_SHOWN,
  BENCH_N_TIMES
} BenchTime;

typedef struct {
  gint64 times[BENCH_N_TIMES];
  gint64 processor; /* of the main thread, from BEGUN to PAINTED */
  guint example;    /* shown; G_MAXUINT: none */
} BenchFrame;

typedef struct {
  MsWindow *window;
  GArray *frames; /* BenchFrame; read and emptied while nobody observes */
  gint n_frames;  /* so far; any thread */
  gint64 flushed; /* when the running frame began with events; 0: it has none */
  gint64 processor;
  gulong hook;
} BenchWatch;

/* Opens a window of this size with a set in it and waits until it is painted and, if asked for,
 * all of it scored. */
BenchWatch *bench_watch_new(const char *set, int width, int height, gboolean scored);
void bench_watch_free(BenchWatch *watch);

/* Runs the main loop, and `observe` on another thread until it returns. */
void bench_watch_observe(void (*observe)(BenchScreen *screen, gpointer user), gpointer user);

/* For observers: has a question answered on the main thread when it has nothing more urgent to do,
 * until the answer is TRUE. FALSE after ten seconds. */
gboolean bench_watch_until(gboolean (*question)(gpointer user), gpointer user);

/* Where a point of the image (pixels) is on the screen. */
void bench_watch_find(BenchWatch *watch, double image_x, double image_y, int *x, int *y);

/* Milliseconds: the value below which this share (0 to 1) of them lies. Sorts. */
double bench_percentile(GArray *milliseconds, double share);
