/* SPDX-License-Identifier: MIT
 *
 * Predictions that belong to other examples: names that are off by one, files that were numbered in
 * another order. Nobody can try all of a set, so neighbours in the order of names are, and those of
 * the sample that look like it.
 */
#pragma once

#include "set/check-evidence.h"

G_BEGIN_DECLS

/* How many examples a predicted mask is compared with at most. */
#define MS_CHECK_N_OTHERS 3

/* Whether the predictions of a model fit so badly that it is worth to look. */
gboolean ms_check_may_be_others(const MsCheckEvidence *evidence, guint model);

/* Fills others with examples that the predicted mask of a pair may belong to; how many. */
guint ms_check_choose_others(const MsCheckEvidence *evidence, const MsCheckPair *pair,
                             guint others[MS_CHECK_N_OTHERS]);

G_END_DECLS
