/* SPDX-License-Identifier: MIT
 *
 * The scores of a check, from what was gathered for it.
 */
#pragma once

#include "set/check-evidence.h"

G_BEGIN_DECLS

void ms_check_take_scores(MsCheck *check, const MsCheckEvidence *evidence);

G_END_DECLS
