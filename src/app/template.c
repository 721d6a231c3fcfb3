/* SPDX-License-Identifier: MIT */
#include "app/template.h"

void
ms_template_bind_array(GtkWidgetClass *class, const char *name, guint n, gssize offset)
{
  for (guint i = 0; i < n; i++) {
    g_autofree char *child = g_strdup_printf("%s_%u", name, i);

    gtk_widget_class_bind_template_child_full(class, g_intern_string(child), FALSE,
                                              offset + i * sizeof(gpointer));
  }
}
