/* SPDX-License-Identifier: MIT
 *
 * What every drop down of strings in a panel needs: a long choice does not widen the panel.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The button cuts its text where room is short; the list has it whole. */
void ms_drop_down_cut(GtkDropDown *choice);

G_END_DECLS
