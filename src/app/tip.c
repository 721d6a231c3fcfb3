/* SPDX-License-Identifier: MIT */
#include "app/tip.h"

static GQuark
tip_quark(void)
{
  return g_quark_from_static_string("maskscope-tip");
}

static const char *
own_text(GtkWidget *widget)
{
  return g_object_get_qdata(G_OBJECT(widget), tip_quark());
}

static gboolean
query(GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip, gpointer user)
{
  const char *text = own_text(widget);

  gtk_tooltip_set_text(tooltip, text);
  return text != NULL;
}

void
ms_tip_set(GtkWidget *widget, const char *text)
{
  if (text && !*text)
    text = NULL;
  if (g_strcmp0(text, own_text(widget)) == 0)
    return;
  if (!g_signal_handler_find(widget, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, (gpointer)query, NULL))
    g_signal_connect(widget, "query-tooltip", G_CALLBACK(query), NULL);
  gtk_widget_set_has_tooltip(widget, TRUE);
  g_object_set_qdata_full(G_OBJECT(widget), tip_quark(), g_strdup(text), g_free);
  gtk_accessible_update_property(GTK_ACCESSIBLE(widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                 text ? text : "", -1);
}

const char *
ms_tip_get(GtkWidget *widget)
{
  const char *text = own_text(widget);

  return text ? text : gtk_widget_get_tooltip_text(widget);
}
