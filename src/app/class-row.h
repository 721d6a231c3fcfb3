/* SPDX-License-Identifier: MIT
 *
 * One line of the list of classes: a swatch, the name, numbers in columns, and a button that hides
 * the class. Made once and shown again for another class as the list is scrolled.
 */
#pragma once

#include <gtk/gtk.h>

#include "app/class-item.h"
#include "report/class-focus.h"

G_BEGIN_DECLS

#define MS_TYPE_CLASS_ROW (ms_class_row_get_type())
G_DECLARE_FINAL_TYPE(MsClassRow, ms_class_row, MS, CLASS_ROW, GtkWidget)

/* Which columns there are, and what numbers need. */
typedef struct {
  gboolean has[MS_N_CLASS_COLUMNS];
  gboolean can_solo; /* and hide, by key */
  gboolean can_hide; /* by a button */
  int count_width;   /* characters */
} MsClassColumns;

GtkWidget *ms_class_row_new(void);

/* NULL lets go of the item. Shows nothing of it before it is updated. */
void ms_class_row_set_item(MsClassRow *self, MsClassItem *item);
MsClassItem *ms_class_row_get_item(MsClassRow *self); /* lent; NULL: none */

/* The item, or which classes are looked at, is another: nothing follows before the update. */
void ms_class_row_outdate(MsClassRow *self);
/* Shows the item, and marks a class that is looked at alone, or not at all. Costs nothing where
 * nothing is outdated. */
void ms_class_row_update(MsClassRow *self, const MsClassColumns *columns,
                         const MsClassFocus *focus);

/* Gives a cell, of a line or of the headings, its place: all are aligned alike. label: the cell
 * itself, or what is in it. */
void ms_class_row_place_cell(GtkWidget *cell, GtkLabel *label, MsClassColumn column,
                             const MsClassColumns *columns);

G_END_DECLS
