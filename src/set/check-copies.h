/* SPDX-License-Identifier: MIT
 *
 * Files of one role with the same bytes in more than one split: what a model learnt from is then
 * what it is judged by.
 */
#pragma once

#include "set/check-evidence.h"

G_BEGIN_DECLS

/* role: MS_FILE_IMAGE or MS_FILE_ACTUAL. Sizes are compared first, then pieces of the files that
 * could be copies, then all of them; what cannot be compared within so many seconds is left out of
 * n_looked. Start from a zeroed struct. A set with fewer than two splits has no copies. */
void ms_check_copies_find(MsCheckCopies *copies, MsSet *set, guint role, double seconds, guint jobs,
                          GCancellable *cancellable);
/* Leaves those whose masks are rich (MsCheckFile), as far as that is known within so many seconds.
 */
void ms_check_copies_keep_rich(MsCheckCopies *copies, MsSet *set, double seconds,
                               GCancellable *cancellable);
/* Leaves out images of one colour alone, which are alike by nature: n_flat counts them. What could
 * not be looked at within so many seconds stays. */
void ms_check_copies_drop_flat(MsCheckCopies *copies, MsSet *set, double seconds,
                               GCancellable *cancellable);
void ms_check_copies_clear(MsCheckCopies *copies);

G_END_DECLS
