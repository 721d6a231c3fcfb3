/* SPDX-License-Identifier: MIT
 *
 * The headings over a list of classes: buttons that sort it. A press sorts by a column, one more
 * turns the order round.
 */
#pragma once

#include <gtk/gtk.h>

#include "app/class-row.h"

G_BEGIN_DECLS

#define MS_TYPE_CLASS_HEADINGS (ms_class_headings_get_type())
G_DECLARE_FINAL_TYPE(MsClassHeadings, ms_class_headings, MS, CLASS_HEADINGS, GtkWidget)

/* Signal "order": the user chose another one. */

GtkWidget *ms_class_headings_new(void);

void ms_class_headings_set_columns(MsClassHeadings *self, const MsClassColumns *columns);
/* "Class", or what the names are of. */
void ms_class_headings_set_title(MsClassHeadings *self, const char *title);

void ms_class_headings_set_order(MsClassHeadings *self, MsClassColumn column, gboolean descending);
MsClassColumn ms_class_headings_get_order(MsClassHeadings *self, gboolean *descending);

/* Gives the last one the keyboard. */
gboolean ms_class_headings_grab_focus(MsClassHeadings *self);

G_END_DECLS
