/* SPDX-License-Identifier: MIT
 *
 * The labels of one role: a word at the left, at its right the chips, in as many lines as they
 * need. A row without labels says "none" and is as high as one with some. Chips are kept and filled
 * anew from example to example.
 */
#pragma once

#include <gtk/gtk.h>

#include "app/label-chip.h"

G_BEGIN_DECLS

#define MS_TYPE_LABEL_ROW (ms_label_row_get_type())
G_DECLARE_FINAL_TYPE(MsLabelRow, ms_label_row, MS, LABEL_ROW, GtkWidget)

/* Signal "unfolded": its labels were unfolded, or folded again, by the user. */

GtkWidget *ms_label_row_new(MsLabelRole role);

/* The word at the left, for a size group. */
GtkWidget *ms_label_row_get_heading(MsLabelRow *self);

/* The word stands above the chips instead, where there is little width. */
void ms_label_row_set_stacked(MsLabelRow *self, gboolean stacked);

/* Whether its labels are only counted until a button is pressed. */
void ms_label_row_set_folded(MsLabelRow *self, gboolean folded);

/* What stands there instead of labels; "none" at first. */
void ms_label_row_set_none(MsLabelRow *self, const char *text);

/* marks: of MsLabelMark, all of the row's role; referenced. labels: borrowed for as long as the
 * marks are shown. threshold: what decided on their scores, where they have any. */
void ms_label_row_show(MsLabelRow *self, const MsLabelData *labels, GArray *marks,
                       double threshold);
void ms_label_row_clear(MsLabelRow *self);

G_END_DECLS
