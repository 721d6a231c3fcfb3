/* SPDX-License-Identifier: MIT
 *
 * What a chip says when it is pointed at.
 */
#pragma once

#include "app/board-keeper.h"

G_BEGIN_DECLS

/* "Slow: IoU 0.600 over the set (3 right, 1 missed, 1 extra)", from the board of the model of a
 * frame of that set; while scores are missing or are being computed the name alone where
 * `name_alone` allows that, else NULL. keeper may be NULL. Caller frees. */
char *ms_label_hint(MsBoardKeeper *keeper, const MsFrame *frame, guint label, gboolean name_alone);

G_END_DECLS
