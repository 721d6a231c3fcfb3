/* SPDX-License-Identifier: MIT
 *
 * Whether a file that lies beside a table of actual labels has anything to do with it.
 */
#pragma once

#include "set/label-side.h"

G_BEGIN_DECLS

/* To be begun with the actual side alone. */
typedef struct {
  const MsLabelSide *actual;
  GHashTable *ids; /* of its examples; NULL: not yet looked at */
} MsLabelKin;

void ms_label_kin_clear(MsLabelKin *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MsLabelKin, ms_label_kin_clear)

/* Errors: MS_SET_ERROR_LAYOUT, if no example of that side is one of the actual side's, or no column
 * a label of it; G_IO_ERROR_CANCELLED. */
gboolean ms_label_kin_check(MsLabelKin *self, const MsLabelSide *side, GCancellable *cancellable,
                            GError **error);

G_END_DECLS
