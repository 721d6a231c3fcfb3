/* SPDX-License-Identifier: MIT
 *
 * How far the finding of a set has come: written by the thread that finds it, looked at now and
 * then by a window.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  GMutex lock;
  char *what; /* NULL: nothing is told yet */
  guint done, total;
} MsOpenProgress;

void ms_open_progress_init(MsOpenProgress *progress);
void ms_open_progress_clear(MsOpenProgress *progress);

/* An MsSetProgress whose user data is an MsOpenProgress. */
void ms_open_progress_tell(const char *what, guint done, guint total, gpointer progress);

/* "Looking at masks: 12 of 80", "Finding files: 1,240,000 so far"; `otherwise` before anything is
 * told. Caller frees. */
char *ms_open_progress_describe(MsOpenProgress *progress, const char *otherwise);

G_END_DECLS
