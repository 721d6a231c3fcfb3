/* SPDX-License-Identifier: MIT */
#include "app/definition.h"

#define WIDTH 44 /* characters */

struct _MsDefinition {
  GtkWidget parent_instance;

  /* Children */
  GtkWidget *button;
  GtkLabel *text;
};

G_DEFINE_FINAL_TYPE(MsDefinition, ms_definition, GTK_TYPE_WIDGET)

enum { PROP_TEXT = 1 };

void
ms_definition_set_text(MsDefinition *self, const char *text)
{
  gtk_label_set_text(self->text, text);
}

static void
ms_definition_set_property(GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_TEXT)
    ms_definition_set_text(MS_DEFINITION(object), g_value_get_string(value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
}

static void
ms_definition_dispose(GObject *object)
{
  g_clear_pointer(&MS_DEFINITION(object)->button, gtk_widget_unparent);
  G_OBJECT_CLASS(ms_definition_parent_class)->dispose(object);
}

static void
ms_definition_class_init(MsDefinitionClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS(class);

  object_class->set_property = ms_definition_set_property;
  object_class->dispose = ms_definition_dispose;
  g_object_class_install_property(
      object_class, PROP_TEXT,
      g_param_spec_string("text", NULL, NULL, "", G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS));
  gtk_widget_class_set_layout_manager_type(GTK_WIDGET_CLASS(class), GTK_TYPE_BIN_LAYOUT);
}

static void
ms_definition_init(MsDefinition *self)
{
  GtkWidget *popover = gtk_popover_new();

  self->text = GTK_LABEL(gtk_label_new(NULL));
  gtk_label_set_wrap(self->text, TRUE);
  gtk_label_set_xalign(self->text, 0);
  gtk_label_set_width_chars(self->text, WIDTH);
  gtk_label_set_max_width_chars(self->text, WIDTH);
  gtk_label_set_selectable(self->text, TRUE);
  gtk_widget_add_css_class(GTK_WIDGET(self->text), "definition-text");
  gtk_popover_set_child(GTK_POPOVER(popover), GTK_WIDGET(self->text));
  self->button = gtk_menu_button_new();
  gtk_menu_button_set_child(GTK_MENU_BUTTON(self->button), gtk_label_new("?"));
  gtk_menu_button_set_has_frame(GTK_MENU_BUTTON(self->button), FALSE);
  gtk_menu_button_set_popover(GTK_MENU_BUTTON(self->button), popover);
  gtk_widget_set_tooltip_text(self->button, "Definition and source");
  gtk_widget_add_css_class(self->button, "definition");
  gtk_accessible_update_property(GTK_ACCESSIBLE(self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                 "Definition and source", -1);
  gtk_widget_set_valign(GTK_WIDGET(self), GTK_ALIGN_CENTER);
  gtk_widget_set_parent(self->button, GTK_WIDGET(self));
}
