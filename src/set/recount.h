/* SPDX-License-Identifier: MIT
 *
 * A model's results counted anew under other rules, from packed histograms or label sets and
 * without a pixel. What is written into is a snapshot that nobody else has, so that the others stay
 * as they were until the new ones are whole.
 */
#pragma once

#include "set/pair.h"

G_BEGIN_DECLS

typedef struct {
  MsSet *set;
  guint model;
  MsResults *results; /* counted anew, in place */
  MsRuleset *rules;
  gboolean all; /* else only what was not counted yet */
  guint n_threads;
} MsRecount;

/* Takes the results; refs the others. */
MsRecount *ms_recount_new(MsSet *set, guint model, MsResults *results, MsRuleset *rules,
                          gboolean all, guint n_threads);
void ms_recount_free(MsRecount *recount); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsRecount, ms_recount_free)

/* Counts here and now; cancelled: some. cancellable may be NULL. */
void ms_recount_run(MsRecount *recount, GCancellable *cancellable);

/* Counts on workers and calls back in this thread's main context, unless cancelled. Takes the
 * recount. `owner` is held weakly: once it is gone, nobody is called. */
typedef void (*MsRecountDeliver)(GObject *owner, MsRecount *recount);
void ms_recount_start(MsRecount *recount, GCancellable *cancellable, GObject *owner,
                      MsRecountDeliver deliver);

/* The counts of an example under rules, made anew; the caller's. NULL: it has no result that could
 * be counted, or it cannot be counted, with an error that names the example. */
MsConfusion *ms_recount_example(MsSet *set, guint example, guint model, const MsResults *results,
                                const MsRuleset *rules, GError **error);

G_END_DECLS
