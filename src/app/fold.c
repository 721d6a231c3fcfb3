/* SPDX-License-Identifier: MIT */
#include "app/fold.h"

struct _MsFold {
  GtkWidget parent_instance;

  /* Template */
  GtkWidget *box;
  GtkToggleButton *button;
  GtkLabel *title;
  GtkRevealer *revealer;
};

G_DEFINE_FINAL_TYPE(MsFold, ms_fold, GTK_TYPE_WIDGET)

enum { PROP_TITLE = 1, PROP_CHILD, PROP_OPEN, N_PROPERTIES };

static GParamSpec *properties[N_PROPERTIES];

void
ms_fold_set_title(MsFold *self, const char *title)
{
  gtk_label_set_text(self->title, title);
  gtk_accessible_update_property(GTK_ACCESSIBLE(self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                 -1);
}

void
ms_fold_set_open(MsFold *self, gboolean open)
{
  gtk_toggle_button_set_active(self->button, open);
}

gboolean
ms_fold_get_open(MsFold *self)
{
  return gtk_toggle_button_get_active(self->button);
}

static void
toggled(GtkToggleButton *button, MsFold *self)
{
  gtk_revealer_set_reveal_child(self->revealer, ms_fold_get_open(self));
  g_object_notify_by_pspec(G_OBJECT(self), properties[PROP_OPEN]);
}

static void
ms_fold_get_property(GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  MsFold *self = MS_FOLD(object);

  switch (id) {
  case PROP_TITLE:
    g_value_set_string(value, gtk_label_get_text(self->title));
    break;
  case PROP_CHILD:
    g_value_set_object(value, gtk_revealer_get_child(self->revealer));
    break;
  case PROP_OPEN:
    g_value_set_boolean(value, ms_fold_get_open(self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
  }
}

static void
ms_fold_set_property(GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  MsFold *self = MS_FOLD(object);

  switch (id) {
  case PROP_TITLE:
    ms_fold_set_title(self, g_value_get_string(value));
    break;
  case PROP_CHILD:
    gtk_revealer_set_child(self->revealer, g_value_get_object(value));
    break;
  case PROP_OPEN:
    ms_fold_set_open(self, g_value_get_boolean(value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
  }
}

static void
ms_fold_dispose(GObject *object)
{
  gtk_widget_dispose_template(GTK_WIDGET(object), MS_TYPE_FOLD);
  G_OBJECT_CLASS(ms_fold_parent_class)->dispose(object);
}

static void
ms_fold_class_init(MsFoldClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS(class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = ms_fold_get_property;
  object_class->set_property = ms_fold_set_property;
  object_class->dispose = ms_fold_dispose;
  properties[PROP_TITLE] = g_param_spec_string("title", NULL, NULL, "", flags);
  properties[PROP_CHILD] = g_param_spec_object("child", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_OPEN] = g_param_spec_boolean("open", NULL, NULL, FALSE, flags);
  g_object_class_install_properties(object_class, N_PROPERTIES, properties);
  gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource(widget_class, "/org/maskscope/Maskscope/ui/fold.ui");
  gtk_widget_class_bind_template_child(widget_class, MsFold, box);
  gtk_widget_class_bind_template_child(widget_class, MsFold, button);
  gtk_widget_class_bind_template_child(widget_class, MsFold, title);
  gtk_widget_class_bind_template_child(widget_class, MsFold, revealer);
  gtk_widget_class_bind_template_callback(widget_class, toggled);
}

static void
ms_fold_init(MsFold *self)
{
  gtk_widget_init_template(GTK_WIDGET(self));
}
