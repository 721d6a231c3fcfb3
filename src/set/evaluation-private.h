/* SPDX-License-Identifier: MIT
 *
 * What the scoreboard asks an evaluation for besides what everybody may.
 */
#pragma once

#include "set/live-sums.h"

G_BEGIN_DECLS

/* Whether the records of a snapshot taken now are those of the rules in force. */
gboolean ms_evaluation_is_settled(MsEvaluation *self, guint model);

/* Lent. */
MsLiveSums *ms_evaluation_get_sums(MsEvaluation *self, guint model);

G_END_DECLS
