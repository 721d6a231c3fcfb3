/* SPDX-License-Identifier: MIT
 *
 * A progress bar on standard error, only where that is a terminal: done and total, rate, time
 * left. It takes one line and leaves none behind.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  gboolean active;
  gboolean visible;
  char *what;     /* of the running part */
  gint64 started; /* monotonic, µs; of the running part */
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
 * Caller frees. */
char *ms_progress_format(const char *what, guint done, guint total, double seconds);

G_END_DECLS
