/* SPDX-License-Identifier: MIT
 *
 * The classes of one example: name, IoU, wrong pixels of either kind; worst first.
 */
#pragma once

#include <gtk/gtk.h>

#include "metric/confusion.h"
#include "set/set.h"

G_BEGIN_DECLS

#define MS_TYPE_CLASS_TABLE_VIEW (ms_class_table_view_get_type())
G_DECLARE_FINAL_TYPE(MsClassTableView, ms_class_table_view, MS, CLASS_TABLE_VIEW, GtkWidget)

/* confusion NULL empties it. */
void ms_class_table_view_show(MsClassTableView *self, MsSet *set, guint model,
                              const MsConfusion *confusion, MsEmptyRule empty);

G_END_DECLS
