/* SPDX-License-Identifier: MIT
 *
 * Where results come from: the results store where it holds them and no file has changed, else the
 * pixels; what came of pixels is handed to the store. The store is opened by the first worker that
 * asks. For any thread.
 */
#pragma once

#include "io/scratch.h"
#include "set/pair.h"
#include "set/store.h"

G_BEGIN_DECLS

typedef struct MsScorer MsScorer;

/* Without a store where the set's options say so (--no-cache), or it has label sets. */
MsScorer *ms_scorer_new(MsSet *set);
MsScorer *ms_scorer_ref(MsScorer *scorer);
/* The last one has the store closed on a thread of its own, once what was kept is written. */
void ms_scorer_unref(MsScorer *scorer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsScorer, ms_scorer_unref)

/* A result with its packed histogram (NULL: there was no memory for it), its counts under the set's
 * rules, its stamp and time. scratch: this thread's, NULL for none. NULL only when cancelled. */
MsResult *ms_scorer_score(MsScorer *scorer, guint example, guint model, MsScratch *scratch,
                          GCancellable *cancellable, GError **error);

/* Hands a result that was made elsewhere (the example being looked at) to the store, with what
 * ms_result_dup_packed() gave. */
void ms_scorer_keep(MsScorer *scorer, guint example, guint model, const MsResult *result,
                    MsPacked *packed);

/* Waits until everything that was kept so far is written. */
void ms_scorer_flush(MsScorer *scorer);

/* Waits until the stores of all scorers that were let go are closed: for the end of a program. */
void ms_scorer_settle(void);

/* Lent as long as the scorer lives; NULL: none. */
MsStore *ms_scorer_get_store(MsScorer *scorer);

/* What the user should know of the store ("was damaged and has been made anew"), once; NULL:
 * nothing. Caller frees. */
char *ms_scorer_take_notice(MsScorer *scorer);

/* How many results came from the store and how many from pixels, so far. */
void ms_scorer_get_sources(MsScorer *scorer, guint64 *n_stored, guint64 *n_read);

G_END_DECLS
