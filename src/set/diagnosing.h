/* SPDX-License-Identifier: MIT
 *
 * Examples being diagnosed by workers: what the threads of a pass share. Workers know the pass and
 * its diagnoser, never who wants the findings. Counted; emits no signals.
 */
#pragma once

#include "set/diagnoser.h"
#include "set/gate.h"

G_BEGIN_DECLS

typedef struct MsDiagnosing MsDiagnosing;

/* Refs what it is given, and takes scores. done: what is not waiting there is left out. scores: of
 * the diagnoser's rules; pixels of exact matches there are not read. NULL: not known. first: the
 * example to begin with. */
MsDiagnosing *ms_diagnosing_new(MsDiagnoser *diagnoser, MsFindingsTable *done, MsResults *scores,
                                guint first, MsGate *gate);
MsDiagnosing *ms_diagnosing_ref(MsDiagnosing *diagnosing);
void ms_diagnosing_unref(MsDiagnosing *diagnosing); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsDiagnosing, ms_diagnosing_unref)

MsDiagnoser *ms_diagnosing_get_diagnoser(MsDiagnosing *diagnosing); /* lent */

void ms_diagnosing_cancel(MsDiagnosing *diagnosing);

/* Called in a context some times a second with what was found since the last call, a millisecond's
 * work at most; what was found before a cancel comes as well. `owner` is held weakly: once it is
 * gone, findings are dropped. */
typedef void (*MsDiagnosingDeliver)(GObject *owner, MsDiagnosing *diagnosing,
                                    const MsFoundItem *items, guint n_items);

/* A pool for these, with threads of its own at low priority. */
GThreadPool *ms_diagnosing_pool_new(guint n_threads);

/* Puts n_workers runs into the pool. */
void ms_diagnosing_push(MsDiagnosing *diagnosing, GThreadPool *pool, guint n_workers,
                        GMainContext *context, GObject *owner, MsDiagnosingDeliver deliver);

G_END_DECLS
