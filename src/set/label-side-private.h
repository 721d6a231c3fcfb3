/* SPDX-License-Identifier: MIT
 *
 * Making sides, for the files that find them.
 */
#pragma once

#include "set/label-side.h"

G_BEGIN_DECLS

MsLabelSide *ms_label_side_new(MsLabelFile *file, MsLabelForm form);
void ms_label_side_add_place(MsLabelSide *side, const char *label, guint column);

/* Whether a column of that name is, by it, about something else than labels. */
gboolean ms_label_is_known_otherwise(const char *column);

/* Whether a side has a column for a label; side may be NULL. */
gboolean ms_label_side_has(const MsLabelSide *side, const char *label);

/* Sets MS_SET_ERROR_LAYOUT; where a column of the file holds numbers with a decimal comma, that is
 * said too. Returns FALSE. */
gboolean ms_label_side_fail(const MsLabelFile *file, GError **error, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

G_END_DECLS
