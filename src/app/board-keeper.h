/* SPDX-License-Identifier: MIT
 *
 * Keeps the last scoreboard of each of an evaluation's models, and makes it anew when scores or
 * rules change: values alone while they do, with intervals and advice when they rest. The last one
 * stays until the next is there, and it is told whether it still holds, so that no interval ever
 * stands beside another's value and no value of old rules passes for one of the present ones. Sums
 * over few examples are made here and now; of more there are live values, which follow a slider and
 * a running pass, until a worker has made exact ones. Main thread only.
 */
#pragma once

#include "set/scoreboard.h"

G_BEGIN_DECLS

#define MS_TYPE_BOARD_KEEPER (ms_board_keeper_get_type())
G_DECLARE_FINAL_TYPE(MsBoardKeeper, ms_board_keeper, MS, BOARD_KEEPER, GObject)

/* Signal "changed": what is shown of the model in view is to be shown anew. */

/* The one keeper of an evaluation, for everybody who shows its boards; made when first asked for
 * and gone with its last holder. Caller unrefs. */
MsBoardKeeper *ms_board_keeper_for(MsEvaluation *evaluation);

/* The model in view: the one whose board is computed. */
void ms_board_keeper_set_model(MsBoardKeeper *self, guint model);

/* Rules change before the evaluation's scores do where those take long: call it then. */
void ms_board_keeper_update_rules(MsBoardKeeper *self);

/* The last board of the model in view; NULL: none yet. Lent. */
const MsScoreboard *ms_board_keeper_get(MsBoardKeeper *self);
/* That board is of the scores and rules that there are now, and so are its intervals, if any. */
gboolean ms_board_keeper_is_current(MsBoardKeeper *self);
/* There is none, or its values are of other rules than those in force. */
gboolean ms_board_keeper_is_outdated(MsBoardKeeper *self);
/* Why there is no newer one and none will be until something changes; NULL: nothing failed. */
const char *ms_board_keeper_get_error(MsBoardKeeper *self);

G_END_DECLS
