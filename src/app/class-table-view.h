/* SPDX-License-Identifier: MIT
 *
 * The classes, or labels, of one example or of a set: name, IoU, counts, as many as the width has
 * room for (the tooltip has all). Classes stand by their
 * pixels, labels worst first, or in the order of the column whose heading was pressed; many can be
 * searched. A press on a class, Enter or S looks at it alone (win.solo-class), its eye or H hides
 * it (win.hide-class). Shaped for hundreds of classes: lines are recycled, and Tab passes by them.
 */
#pragma once

#include <gtk/gtk.h>

#include "metric/confusion.h"
#include "report/class-focus.h"
#include "set/set.h"

G_BEGIN_DECLS

#define MS_TYPE_CLASS_TABLE_VIEW (ms_class_table_view_get_type())
G_DECLARE_FINAL_TYPE(MsClassTableView, ms_class_table_view, MS, CLASS_TABLE_VIEW, GtkWidget)

/* Property "of-set" (gboolean): the table of a set, without eyes. */

/* confusion NULL empties it. Costs little where nothing that is shown is another. */
void ms_class_table_view_show(MsClassTableView *self, MsSet *set, guint model,
                              const MsConfusion *confusion, MsEmptyRule empty);
/* The same without a set, which is let go of. */
void ms_class_table_view_empty(MsClassTableView *self);

/* Which classes are looked at; NULL: every one. */
void ms_class_table_view_set_focus(MsClassTableView *self, MsClassFocus *focus);

G_END_DECLS
