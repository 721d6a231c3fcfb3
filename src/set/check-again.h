/* SPDX-License-Identifier: MIT
 *
 * A second look at what the first one made suspicious: questions that only all pairs together ask,
 * and that their masks must answer.
 */
#pragma once

#include "set/check-evidence.h"

G_BEGIN_DECLS

/* Fills what evidence says is read once more. seconds: after that no further pairs are read, but
 * for a few. */
void ms_check_look_again(MsCheckEvidence *evidence, guint jobs, double seconds,
                         GCancellable *cancellable);

G_END_DECLS
