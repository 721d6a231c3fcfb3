/* SPDX-License-Identifier: MIT
 *
 * Rows of like children in a widget template, bound as an array.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Binds the children "NAME_0" to "NAME_(n-1)" to consecutive pointers at `offset` of the instance.
 */
void ms_template_bind_array(GtkWidgetClass *class, const char *name, guint n, gssize offset);

G_END_DECLS
