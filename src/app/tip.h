/* SPDX-License-Identifier: MIT
 *
 * Tooltips whose text changes while the user browses. GTK asks the display where the pointer is
 * whenever the text of a tooltip is set, and waits for the answer; a step to another example sets
 * dozens. These are asked for their text when a tooltip is about to be shown.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* NULL or "": none. Also what a screen reader describes the widget with. */
void ms_tip_set(GtkWidget *widget, const char *text);
/* Lent; one of GTK's own where none was set here; NULL: none. */
const char *ms_tip_get(GtkWidget *widget);

G_END_DECLS
