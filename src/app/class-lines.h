/* SPDX-License-Identifier: MIT
 *
 * The lines of a list of classes, in a scrolled list. A press on a line, Enter or S looks at its
 * class alone (win.solo-class), its eye or H hides it (win.hide-class). Shaped for hundreds of
 * classes of which a dozen are in sight, all of them other ones at every step: lines stay and take
 * other classes, and those out of sight wait until they come into it.
 */
#pragma once

#include <gtk/gtk.h>

#include "app/class-row.h"

G_BEGIN_DECLS

#define MS_TYPE_CLASS_LINES (ms_class_lines_get_type())
G_DECLARE_FINAL_TYPE(MsClassLines, ms_class_lines, MS, CLASS_LINES, GtkWidget)

/* Higher than max_height (pixels) it scrolls. */
GtkWidget *ms_class_lines_new(int max_height);

/* MsClassItem, in the order of the lines; they are copied. */
void ms_class_lines_show(MsClassLines *self, const GPtrArray *classes);
void ms_class_lines_set_columns(MsClassLines *self, const MsClassColumns *columns);
/* Which classes are looked at; NULL: every one. */
void ms_class_lines_set_focus(MsClassLines *self, MsClassFocus *focus);
/* What a screen reader says the list is. */
void ms_class_lines_set_name(MsClassLines *self, const char *name);

G_END_DECLS
