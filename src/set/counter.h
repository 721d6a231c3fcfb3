/* SPDX-License-Identifier: MIT
 *
 * From a result to what is kept of it: workers make its record under the rules in force, put its
 * histogram where it is kept, and add it to the set's live sums, so that the thread of the
 * evaluation has next to nothing left to do. For any thread.
 */
#pragma once

#include "set/live-sums.h"

G_BEGIN_DECLS

/* A result, counted. A plain value: what it names lies in the heap. */
typedef struct {
  guint example;
  guint model;
  guint generation;   /* of the rules that it was counted under */
  gboolean by_rules;  /* under other rules its record could be another one */
  gboolean is_repeat; /* another result of this example was counted before: not to be put */
  gboolean is_young; /* of a file that is being written: nothing was counted, and it is to be looked
                      * at later */
  guint64 n_cells;   /* that counting it anew would visit */
  MsRecord record;
  MsResultsPlace place;
  const char *message;
} MsCounted;

typedef struct MsCounter MsCounter;

/* Refs both. */
MsCounter *ms_counter_new(MsSet *set, MsResultsHeap *heap);
MsCounter *ms_counter_ref(MsCounter *counter);
void ms_counter_unref(MsCounter *counter); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsCounter, ms_counter_unref)

MsSet *ms_counter_get_set(MsCounter *counter);

/* The rules in force for a model from now on, by a number of the caller's; at first the set's, by
 * 0. */
void ms_counter_set_rules(MsCounter *counter, guint model, MsRuleset *rules, guint generation);

/* Whether that is a matter of a blink, without a file. */
gboolean ms_counter_is_quick(MsCounter *counter, const MsResult *result);

/* packed: what ms_result_dup_packed() gave; an OK result of masks without it becomes an error, as
 * it could not be counted anew. scratch: this thread's. Of two threads that count the same example,
 * whose files may have changed between them, the first one's result is in sums and results alike:
 * the other's is a repeat, with no more than its numbers. */
void ms_counter_count(MsCounter *counter, guint example, guint model, const MsResult *result,
                      MsPacked *packed, MsLiveScratch *scratch, MsCounted *counted);

/* The same of an example that was counted before, whose result then is in `known`: the sums lose
 * that one. Whoever calls sees to it that no other of the same example is under way. */
void ms_counter_count_again(MsCounter *counter, guint example, guint model, const MsResults *known,
                            const MsResult *result, MsPacked *packed, MsLiveScratch *scratch,
                            MsCounted *counted);

/* Lent. */
MsLiveSums *ms_counter_get_sums(MsCounter *counter, guint model);

G_END_DECLS
