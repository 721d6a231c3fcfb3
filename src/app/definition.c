/* SPDX-License-Identifier: MIT
 *
 * The whole text takes the focus, so that keys reach the popover and nothing in it is selected.
 */
#include "app/definition.h"

#include "app/tip.h"

#define WIDTH      44 /* characters */
#define MAX_HEIGHT 420

struct _MsDefinition {
  GtkWidget parent_instance;

  int n_rows;

  /* Children */
  GtkWidget *button;
  GtkLabel *text;
  GtkGrid *rows;
  GtkLabel *source;
};

G_DEFINE_FINAL_TYPE(MsDefinition, ms_definition, GTK_TYPE_WIDGET)

enum { PROP_TEXT = 1, PROP_SOURCE };

static void
show_text(GtkLabel *label, const char *text)
{
  gtk_label_set_text(label, text);
  gtk_widget_set_visible(GTK_WIDGET(label), text && *text);
}

void
ms_definition_set_text(MsDefinition *self, const char *text)
{
  show_text(self->text, text);
}

void
ms_definition_set_source(MsDefinition *self, const char *source)
{
  show_text(self->source, source);
}

static GtkLabel *
wrapping_label_new(const char *text, int width, const char *class)
{
  GtkLabel *label = GTK_LABEL(gtk_label_new(text));

  gtk_label_set_wrap(label, TRUE);
  gtk_label_set_xalign(label, 0);
  gtk_label_set_width_chars(label, width);
  gtk_label_set_max_width_chars(label, WIDTH);
  if (class)
    gtk_widget_add_css_class(GTK_WIDGET(label), class);
  return label;
}

GtkLabel *
ms_definition_add(MsDefinition *self, GtkWidget *sign, const char *name, const char *text)
{
  GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);
  GtkLabel *label = wrapping_label_new(text, WIDTH, NULL);

  gtk_box_append(GTK_BOX(box), GTK_WIDGET(wrapping_label_new(name, -1, "defined")));
  gtk_box_append(GTK_BOX(box), GTK_WIDGET(label));
  if (sign) {
    gtk_widget_set_valign(sign, GTK_ALIGN_START);
    gtk_widget_set_margin_top(sign, 3);
    gtk_grid_attach(self->rows, sign, 0, self->n_rows, 1, 1);
  }
  gtk_grid_attach(self->rows, box, 1, self->n_rows, 1, 1);
  gtk_widget_set_visible(GTK_WIDGET(self->rows), TRUE);
  self->n_rows++;
  return label;
}

static void
ms_definition_set_property(GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  MsDefinition *self = MS_DEFINITION(object);

  if (id == PROP_TEXT)
    ms_definition_set_text(self, g_value_get_string(value));
  else if (id == PROP_SOURCE)
    ms_definition_set_source(self, g_value_get_string(value));
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
  GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = ms_definition_set_property;
  object_class->dispose = ms_definition_dispose;
  g_object_class_install_property(object_class, PROP_TEXT,
                                  g_param_spec_string("text", NULL, NULL, "", flags));
  g_object_class_install_property(object_class, PROP_SOURCE,
                                  g_param_spec_string("source", NULL, NULL, "", flags));
  gtk_widget_class_set_layout_manager_type(GTK_WIDGET_CLASS(class), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
contents_new(MsDefinition *self)
{
  GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 10);

  self->text = wrapping_label_new(NULL, WIDTH, NULL);
  self->rows = GTK_GRID(gtk_grid_new());
  self->source = wrapping_label_new(NULL, WIDTH, "caption");
  gtk_grid_set_row_spacing(self->rows, 8);
  gtk_grid_set_column_spacing(self->rows, 8);
  gtk_widget_set_visible(GTK_WIDGET(self->text), FALSE);
  gtk_widget_set_visible(GTK_WIDGET(self->rows), FALSE);
  gtk_widget_set_visible(GTK_WIDGET(self->source), FALSE);
  gtk_box_append(GTK_BOX(box), GTK_WIDGET(self->text));
  gtk_box_append(GTK_BOX(box), GTK_WIDGET(self->rows));
  gtk_box_append(GTK_BOX(box), GTK_WIDGET(self->source));
  gtk_widget_set_focusable(box, TRUE);
  gtk_widget_add_css_class(box, "definition-text");
  return box;
}

static GtkWidget *
popover_new(MsDefinition *self)
{
  GtkWidget *popover = gtk_popover_new(), *scroller = gtk_scrolled_window_new();

  gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(scroller), GTK_POLICY_NEVER,
                                 GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height(GTK_SCROLLED_WINDOW(scroller), TRUE);
  gtk_scrolled_window_set_max_content_height(GTK_SCROLLED_WINDOW(scroller), MAX_HEIGHT);
  gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(scroller), contents_new(self));
  gtk_popover_set_child(GTK_POPOVER(popover), scroller);
  return popover;
}

static void
ms_definition_init(MsDefinition *self)
{
  self->button = gtk_menu_button_new();
  gtk_menu_button_set_child(GTK_MENU_BUTTON(self->button), gtk_label_new("?"));
  gtk_menu_button_set_has_frame(GTK_MENU_BUTTON(self->button), FALSE);
  gtk_menu_button_set_popover(GTK_MENU_BUTTON(self->button), popover_new(self));
  ms_tip_set(self->button, "Definition and source");
  gtk_widget_add_css_class(self->button, "definition");
  gtk_accessible_update_property(GTK_ACCESSIBLE(self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                 "Definition and source", -1);
  gtk_widget_set_valign(GTK_WIDGET(self), GTK_ALIGN_CENTER);
  gtk_widget_set_parent(self->button, GTK_WIDGET(self));
}
