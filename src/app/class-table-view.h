/* SPDX-License-Identifier: MIT
 *
 * The classes, or labels, of one example or of a set: name, IoU, counts; worst first, or in the
 * order of the column whose heading was pressed.
 */
#pragma once

#include <gtk/gtk.h>

#include "metric/confusion.h"
#include "set/set.h"

G_BEGIN_DECLS

#define MS_TYPE_CLASS_TABLE_VIEW (ms_class_table_view_get_type())
G_DECLARE_FINAL_TYPE(MsClassTableView, ms_class_table_view, MS, CLASS_TABLE_VIEW, GtkWidget)

/* Property "of-set" (gboolean): the table of a set, with true positives and counts that are
 * shortened ("12.3 M"), whole in the tooltip. */

/* confusion NULL empties it. Costs little where nothing that is shown is another. */
void ms_class_table_view_show(MsClassTableView *self, MsSet *set, guint model,
                              const MsConfusion *confusion, MsEmptyRule empty);
/* The same without a set, which is let go of. */
void ms_class_table_view_empty(MsClassTableView *self);

G_END_DECLS
