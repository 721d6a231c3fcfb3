/* SPDX-License-Identifier: MIT
 *
 * A person in front of the screen, as far as a benchmark needs one: a connection to the X server of
 * its own that presses keys, moves the pointer and looks at pixels, whatever program draws them.
 * For a thread beside the one of the window that is looked at.
 */
#pragma once

#include <glib.h>

/* A place on the screen, and the colour that it is waited for. */
typedef struct {
  int x, y;
  guint32 rgb; /* 0xRRGGBB */
} BenchProbe;

typedef struct BenchScreen BenchScreen;

BenchScreen *bench_screen_open(void);
void bench_screen_close(BenchScreen *screen);

/* A name of Xlib's: "Right". */
void bench_screen_press(BenchScreen *screen, const char *key);
void bench_screen_release(BenchScreen *screen, const char *key);
void bench_screen_move(BenchScreen *screen, int x, int y);
void bench_screen_button(BenchScreen *screen, guint button, gboolean press);

/* A channel may be off by this, as scaling rounds. */
#define BENCH_TOLERANCE 6

gboolean bench_screen_shows(BenchScreen *screen, const BenchProbe *probes, guint n_probes);
/* Looks until all show their colours. FALSE after ten seconds. */
gboolean bench_screen_await(BenchScreen *screen, const BenchProbe *probes, guint n_probes);

/* A checksum of a square of the screen, inside it. */
guint32 bench_screen_sum(BenchScreen *screen, int x, int y, int side);

/* Gives the keyboard to a mapped window of this size, once there is one; FALSE after ten seconds.
 */
gboolean bench_screen_focus(BenchScreen *screen, int width, int height);
