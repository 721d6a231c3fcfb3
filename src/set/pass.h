/* SPDX-License-Identifier: MIT
 *
 * Examples being scored by workers: what the threads of an evaluation share. Workers know the pass
 * and what it was made with, never the evaluation; results wait in the pass until the thread that
 * wants them takes them. Counted; nothing here emits signals. Shaped for a million examples: what
 * is to be done is counted off, not listed, and results change hands in batches.
 */
#pragma once

#include "set/counter.h"
#include "set/gate.h"
#include "set/scorer.h"

G_BEGIN_DECLS

typedef struct MsPass MsPass;

typedef enum {
  MS_PASS_BY_MODEL,   /* all examples of a model, then those of the next */
  MS_PASS_BY_EXAMPLE, /* all models of an example, then those of the next */
} MsPassOrder;

typedef struct {
  MsPassOrder order;
  guint first_model;
  guint first_example;
} MsPassPlan;

/* Refs what it is given. done: a snapshot of each model's results; what has one there is left out.
 * gate (NULL: always open) and cancellable may be NULL. */
MsPass *ms_pass_new(const MsPassPlan *plan, MsScorer *scorer, MsCounter *counter,
                    MsResults *const *done, MsGate *gate, GCancellable *cancellable);
MsPass *ms_pass_ref(MsPass *pass);
void ms_pass_unref(MsPass *pass); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsPass, ms_pass_unref)

void ms_pass_cancel(MsPass *pass);

/* Puts n_workers runs of the pass into a pool made with ms_pass_pool_new(). */
void ms_pass_push(MsPass *pass, GThreadPool *pool, guint n_workers);

/* A pool whose threads work on passes. background: threads of their own at low priority. */
GThreadPool *ms_pass_pool_new(guint n_threads, gboolean background);

/* Called in `context` with results that came in since the last call, at most MS_PASS_AT_ONCE at a
 * time, less than a millisecond's work; one call is pending at a time. What a worker has scored
 * comes soon, however long the next example takes it. `owner` is held weakly: once it is gone,
 * results are dropped. Before ms_pass_push(). */
#define MS_PASS_AT_ONCE 1024
typedef void (*MsPassDeliver)(GObject *owner, MsPass *pass, const MsCounted *results,
                              guint n_results);
void ms_pass_deliver_to(MsPass *pass, GMainContext *context, GObject *owner, MsPassDeliver deliver);

/* Waits for results (MsCounted) and takes them; NULL once every worker has ended. */
GArray *ms_pass_wait(MsPass *pass);

G_END_DECLS
