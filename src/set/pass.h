/* SPDX-License-Identifier: MIT
 *
 * A list of examples being scored by workers: what the threads of an evaluation share. Workers
 * know the pass and the set, never the evaluation; results wait in the pass until the thread that
 * wants them takes them. Counted; nothing here emits signals.
 */
#pragma once

#include "set/pair.h"

G_BEGIN_DECLS

typedef struct MsPass MsPass;

typedef struct {
  guint example;
  guint model;
} MsPassTask;

typedef struct {
  MsPassTask task;
  MsResult *result; /* owned by the array that it is in */
} MsPassResult;

/* Takes over `tasks` (MsPassTask), which are begun in their order; refs the others. Without
 * keep_joints, results have given up theirs. cancellable may be NULL. */
MsPass *ms_pass_new(MsSet *set, GArray *tasks, gboolean keep_joints, GCancellable *cancellable);
MsPass *ms_pass_ref(MsPass *pass);
void ms_pass_unref(MsPass *pass);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsPass, ms_pass_unref)

guint ms_pass_n_tasks(MsPass *pass);
void ms_pass_cancel(MsPass *pass);

/* Puts n_workers runs of the pass into a pool made with ms_pass_pool_new(). */
void ms_pass_push(MsPass *pass, GThreadPool *pool, guint n_workers);

/* A pool whose threads work on passes. background: threads of their own at low priority. */
GThreadPool *ms_pass_pool_new(guint n_threads, gboolean background);

/* Called in `context` with the results that came in since the last call; one call is pending at a
 * time. `owner` is held weakly: once it is gone, results are dropped. Before ms_pass_push(). */
typedef void (*MsPassDeliver)(GObject *owner, MsPass *pass, GArray *results);
void ms_pass_deliver_to(MsPass *pass, GMainContext *context, GObject *owner, MsPassDeliver deliver);

/* Waits for results (MsPassResult) and takes them; NULL once every worker has ended. */
GArray *ms_pass_wait(MsPass *pass);

G_END_DECLS
