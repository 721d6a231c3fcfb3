/* SPDX-License-Identifier: MIT
 *
 * What a chip says when it is pointed at.
 */
#pragma once

#include "set/evaluation.h"

G_BEGIN_DECLS

/* "Slow: IoU 0.600 over the set (3 right, 1 missed, 1 extra)", for the model of a frame of that
 * set; while scores are still coming in, or in a very large set, the name alone where `name_alone`
 * allows that, else NULL. evaluation may be NULL. Caller frees. */
char *ms_label_hint(MsEvaluation *evaluation, const MsFrame *frame, guint label,
                    gboolean name_alone);

G_END_DECLS
