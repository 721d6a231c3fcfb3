/* SPDX-License-Identifier: MIT
 *
 * Making sides, for the files that find them.
 */
#pragma once

#include "set/label-side.h"

G_BEGIN_DECLS

MsLabelSide *ms_label_side_new(MsLabelFile *file, MsLabelForm form);
void ms_label_side_add_place(MsLabelSide *side, const char *label, guint column);

/* Whether a side has a column for a label; side may be NULL. */
gboolean ms_label_side_has(const MsLabelSide *side, const char *label);

G_END_DECLS
