/* SPDX-License-Identifier: MIT
 *
 * A progress bar on standard error, only where that is a terminal: done and total, rate, time
 * left. It takes one line, as wide as the terminal lets it, and leaves none behind.
 */
#pragma once

#include <glib.h>

#include "set/rate.h"

G_BEGIN_DECLS

typedef struct {
  gboolean active;
  gboolean visible;
  char *what;  /* the running part */
  MsRate rate; /* of that part */
  gint64 drawn;
} MsProgress;

void ms_progress_init(MsProgress *progress, gboolean quiet);
void ms_progress_clear(MsProgress *progress);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MsProgress, ms_progress_clear)

/* An MsSetProgress; user is the MsProgress. */
void ms_progress_update(const char *what, guint done, guint total, gpointer user);

/* Takes the bar off the screen, before anything else is written. */
void ms_progress_erase(MsProgress *progress);

/* The line without the bar's terminal codes: "Scoring  [######......]  120 / 250  32/s  0:04 left".
 * total 0: not known; per_second 0: not known. At most n_columns wide: first the bar gets shorter,
 * then it goes, then the rate, the time left, the counts, and last the word. Caller frees. */
char *ms_progress_format(const char *what, guint done, guint total, double per_second,
                         guint n_columns);

G_END_DECLS
