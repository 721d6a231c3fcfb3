/* SPDX-License-Identifier: MIT
 *
 * The cells of a side as label sets of the set's rows.
 */
#pragma once

#include "set/label-data.h"
#include "set/label-names.h"

G_BEGIN_DECLS

/* of: MS_LABEL_ACTUAL or a model. A label that a cell has twice is told in a notice. Errors
 * (MS_IO_ERROR_PARSE), naming file, line and column: a label that is none, no number, a number that
 * is none of those asked for, a row filled in part. */
gboolean ms_label_fill(MsLabelData *data, guint of, const MsLabelSide *side,
                       const MsLabelNames *names, GPtrArray *notices, GCancellable *cancellable,
                       GError **error);

/* Whether a side's numbers are not all 0 or 1. Errors: G_IO_ERROR_CANCELLED. */
gboolean ms_label_side_has_fractions(const MsLabelSide *side, gboolean *has,
                                     GCancellable *cancellable, GError **error);

/* How the side is read, for people. Caller frees. */
char *ms_label_side_describe(const MsLabelSide *side, const MsLabelNames *names);

G_END_DECLS
