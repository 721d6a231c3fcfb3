/* SPDX-License-Identifier: MIT
 *
 * What an evaluation knows of one example and model: the result, kept for ever, and its counts and
 * score under some rules, which are the result's own while those are the set's.
 */
#pragma once

#include "set/evaluation.h"
#include "set/recount.h"

G_BEGIN_DECLS

typedef struct {
  MsResult *result;       /* NULL: not scored yet */
  MsRuleset *rules;       /* that the score was made under; NULL: none was made yet */
  MsConfusion *confusion; /* NULL: the result's own holds, or none could be made */
  char *message;          /* why none could be made */
  MsScore score;
} MsSlot;

void ms_slot_clear(MsSlot *slot);

/* The rules that its counts are made under; makes the score. */
void ms_slot_set_rules(MsSlot *slot, MsRuleset *rules);

/* Moves what was counted into the slot. */
void ms_slot_take(MsSlot *slot, MsRecount *recount);

/* Whether its counts are to be made anew to be those under `rules`. */
gboolean ms_slot_is_stale(const MsSlot *slot, const MsRuleset *rules);

/* NULL: there are no counts. */
const MsConfusion *ms_slot_confusion(const MsSlot *slot);

G_END_DECLS
