/* SPDX-License-Identifier: MIT
 *
 * Keeps the scoreboards of an evaluation's models for as long as they hold. One is computed in the
 * background as soon as the scores of its model rest, and dropped at once when one of them changes,
 * so that no interval ever stands beside another's value. Main thread only.
 */
#pragma once

#include "set/scoreboard.h"

G_BEGIN_DECLS

#define MS_TYPE_BOARD_KEEPER (ms_board_keeper_get_type())
G_DECLARE_FINAL_TYPE(MsBoardKeeper, ms_board_keeper, MS, BOARD_KEEPER, GObject)

/* Signal "changed": what is shown of the model in view is to be shown anew. At once when a board
 * came or was dropped, else a few times a second while scores come in. */
MsBoardKeeper *ms_board_keeper_new(MsEvaluation *evaluation);

/* The model in view: the one whose board is computed. */
void ms_board_keeper_set_model(MsBoardKeeper *self, guint model);

/* The board of the model in view; NULL: not computed yet, or not since its scores changed. Lent. */
const MsScoreboard *ms_board_keeper_get(MsBoardKeeper *self);

G_END_DECLS
