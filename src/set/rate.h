/* SPDX-License-Identifier: MIT
 *
 * How fast a piece of work goes, of late: over the last seconds, so that what was quick or slow at
 * the beginning (files found in a cache) is forgotten. The clock is the caller's.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define MS_RATE_MARKS 16

/* A ring of marks, half a second apart. Zeroed: nothing is known. */
typedef struct {
  gint64 times[MS_RATE_MARKS]; /* µs */
  guint64 done[MS_RATE_MARKS];
  guint n_marks;
  guint newest;
  gint64 time; /* of the last report */
  guint64 now_done;
} MsRate;

/* The work begins, or goes on after a rest that does not count. */
void ms_rate_begin(MsRate *rate, guint64 done, gint64 time);
/* So much is done by now. */
void ms_rate_update(MsRate *rate, guint64 done, gint64 time);

/* A second; 0: not known yet. */
double ms_rate_get(const MsRate *rate);

G_END_DECLS
