/* SPDX-License-Identifier: MIT
 *
 * A second look at what the first one made suspicious: questions that only all pairs together ask,
 * and that their masks must answer.
 */
#pragma once

#include "set/check-clock.h"
#include "set/check-evidence.h"

G_BEGIN_DECLS

/* Fills what evidence says is read once more. Once the clock's time is over no further pairs are
 * read, but for a few. */
void ms_check_look_again(MsCheckEvidence *evidence, guint jobs, const MsCheckClock *clock,
                         GCancellable *cancellable);

G_END_DECLS
