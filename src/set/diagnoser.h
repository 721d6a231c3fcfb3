/* SPDX-License-Identifier: MIT
 *
 * Where the findings of one model's examples under one set of rules come from: the results store
 * where it holds them and no file has changed, else the pixels; what came of pixels is handed to
 * the store. Puts them where they are kept and adds them to the sums, so that the owner's thread
 * has next to nothing left to do. For any thread.
 */
#pragma once

#include "set/findings-sums.h"
#include "set/findings-table.h"
#include "set/scorer.h"

G_BEGIN_DECLS

typedef struct MsDiagnoser MsDiagnoser;

/* Refs what it is given. The store is the scorer's. */
MsDiagnoser *ms_diagnoser_new(MsSet *set, guint model, MsRuleset *rules, MsScorer *scorer);
MsDiagnoser *ms_diagnoser_ref(MsDiagnoser *diagnoser);
void ms_diagnoser_unref(MsDiagnoser *diagnoser); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsDiagnoser, ms_diagnoser_unref)

MsRuleset *ms_diagnoser_get_rules(MsDiagnoser *diagnoser);     /* lent */
MsResultsHeap *ms_diagnoser_get_heap(MsDiagnoser *diagnoser);  /* lent */
MsFindingsSums *ms_diagnoser_get_sums(MsDiagnoser *diagnoser); /* lent */

/* A plain value: what it names lies in the heap. */
typedef struct {
  guint example;
  gboolean is_repeat; /* another was found of this example before: not to be put */
  MsFoundRecord record;
  MsResultsPlace place;
  const char *message; /* why masks that were scored could not be looked at; NULL: nothing wrong */
} MsFoundItem;

/* Looks at an example. scratch: this thread's, NULL for none. FALSE: cancelled. */
gboolean ms_diagnoser_look(MsDiagnoser *diagnoser, guint example, MsScratch *scratch,
                           GCancellable *cancellable, MsFoundItem *item);

/* Takes findings that were made elsewhere; stamp: of the masks they are of. Never waits. */
void ms_diagnoser_take(MsDiagnoser *diagnoser, guint example, const MsFindings *findings,
                       const MsStamp *stamp, MsFoundItem *item);

/* Says of an exact match, by its score under these rules, that nothing is wrong. */
void ms_diagnoser_take_exact(MsDiagnoser *diagnoser, guint example, const MsRecord *score,
                             MsFoundItem *item);

G_END_DECLS
