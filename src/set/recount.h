/* SPDX-License-Identifier: MIT
 *
 * Results counted anew under other rules than the set's, from their joints and without a pixel. A
 * recount holds what it needs, so that a list of them can be worked off on any thread.
 */
#pragma once

#include "set/pair.h"

G_BEGIN_DECLS

typedef struct {
  MsSet *set;
  guint example;
  guint model;
  MsResult *result; /* OK; of masks: with its joint */
  MsRuleset *rules;
  MsConfusion *confusion; /* once counted; NULL: failed */
  char *message;          /* failed: why */
} MsRecount;

/* A list of MsRecount that owns what they hold. */
GArray *ms_recounts_new(void);
void ms_recounts_add(GArray *recounts, MsSet *set, guint example, guint model, MsResult *result,
                     MsRuleset *rules);

/* The cells that counting will visit, which is what it costs. */
guint64 ms_recounts_n_cells(const GArray *recounts);

/* Counts them here and now. */
void ms_recounts_run(GArray *recounts);

/* Counts them on a worker and calls back in this thread's main context, unless cancelled. Takes the
 * list. `owner` is held weakly: once it is gone, nobody is called. */
typedef void (*MsRecountsDeliver)(GObject *owner, GArray *recounts);
void ms_recounts_start(GArray *recounts, GCancellable *cancellable, GObject *owner,
                       MsRecountsDeliver deliver);

G_END_DECLS
