/* SPDX-License-Identifier: MIT
 *
 * Files of one role with the same bytes in more than one split: what a model learnt from is then
 * what it is judged by.
 */
#pragma once

#include "set/check-clock.h"
#include "set/check-evidence.h"

G_BEGIN_DECLS

/* role: MS_FILE_IMAGE or MS_FILE_ACTUAL. Sizes are compared first, then pieces of the files that
 * could be copies, then all of them. Then what is in copies is looked at: masks stay that are rich
 * (MsCheckFile), images that are not of one colour alone (n_flat), since others are alike by
 * nature. What cannot be compared in the clock's time is left out of n_looked; images that cannot
 * be looked at in it stay. Start from a zeroed struct. A set with fewer than two splits has no
 * copies. */
void ms_check_copies_find(MsCheckCopies *copies, MsSet *set, guint role, const MsCheckClock *clock,
                          guint jobs, GCancellable *cancellable);
void ms_check_copies_clear(MsCheckCopies *copies);

G_END_DECLS
