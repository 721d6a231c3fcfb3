/* SPDX-License-Identifier: MIT
 *
 * Which ways to lie the pairs of a model ask for. A pair is tried where it looks worth it, so those
 * that were tried gain by chance; what a way does to a model is told from all of its pairs.
 */
#pragma once

#include "set/check-evidence.h"

G_BEGIN_DECLS

/* A turn; a move that pairs lie best at; one that they have in common, and as far the other way. */
#define MS_CHECK_N_WAYS 4

/* Of each the turn and the move alone. Returns how many; 0: the model lies as it should. */
guint ms_check_ask_ways(const MsCheckEvidence *evidence, guint model, MsCheckTrial *ways);

G_END_DECLS
