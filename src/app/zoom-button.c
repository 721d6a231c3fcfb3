/* SPDX-License-Identifier: MIT */
#include "app/zoom-button.h"

#include <math.h>

struct _MsZoomButton {
  GtkWidget parent_instance;

  /* Template */
  GtkWidget *button;
  GtkLabel *zoom;
};

G_DEFINE_FINAL_TYPE(MsZoomButton, ms_zoom_button, GTK_TYPE_WIDGET)

void
ms_zoom_button_set_zoom(MsZoomButton *self, double zoom)
{
  double percent = 100 * zoom;
  g_autofree char *text =
      percent < 10 ? g_strdup_printf("%d.%d %%", (int)percent, (int)floor(10 * percent) % 10)
                   : g_strdup_printf("%.0f %%", percent);

  gtk_label_set_text(self->zoom, text);
}

static void
ms_zoom_button_dispose(GObject *object)
{
  gtk_widget_dispose_template(GTK_WIDGET(object), MS_TYPE_ZOOM_BUTTON);
  G_OBJECT_CLASS(ms_zoom_button_parent_class)->dispose(object);
}

static void
ms_zoom_button_class_init(MsZoomButtonClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);

  G_OBJECT_CLASS(class)->dispose = ms_zoom_button_dispose;
  gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource(widget_class,
                                              "/org/maskscope/Maskscope/ui/zoom-button.ui");
  gtk_widget_class_bind_template_child(widget_class, MsZoomButton, button);
  gtk_widget_class_bind_template_child(widget_class, MsZoomButton, zoom);
}

static void
ms_zoom_button_init(MsZoomButton *self)
{
  gtk_widget_init_template(GTK_WIDGET(self));
}
