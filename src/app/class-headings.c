/* SPDX-License-Identifier: MIT
 *
 * Headings are buttons as wide as the cells below them. The one that sorts is bold, with an arrow
 * that points where values grow smaller or larger.
 */
#include "app/class-headings.h"

#include "app/tip.h"

struct _MsClassHeadings {
  GtkWidget parent_instance;

  MsClassColumn order;
  gboolean descending;
  const char *name; /* title of NAME; static */

  /* Children */
  GtkWidget *headings[MS_N_CLASS_COLUMNS]; /* buttons */
  GtkWidget *above_eyes;
};

G_DEFINE_FINAL_TYPE(MsClassHeadings, ms_class_headings, GTK_TYPE_WIDGET)

enum { ORDER, N_SIGNALS };

static guint signals[N_SIGNALS];

static const struct {
  const char *title;
  const char *tooltip;
} words[MS_N_CLASS_COLUMNS] = {
    [MS_CLASS_COLUMN_ID] = {"", "Sort by id"},
    [MS_CLASS_COLUMN_NAME] = {"Class", "Sort by name"},
    [MS_CLASS_COLUMN_PIXELS] = {"px", "Sort by actual pixels"},
    [MS_CLASS_COLUMN_IOU] = {"IoU", "Sort by IoU"},
    [MS_CLASS_COLUMN_TP] = {"TP", "Sort by true positives"},
    [MS_CLASS_COLUMN_FP] = {"FP", "Sort by false positives"},
    [MS_CLASS_COLUMN_FN] = {"FN", "Sort by false negatives"},
};

static GtkLabel *
title_of(MsClassHeadings *self, MsClassColumn column)
{
  return GTK_LABEL(gtk_button_get_child(GTK_BUTTON(self->headings[column])));
}

static void
show_title(MsClassHeadings *self, MsClassColumn column)
{
  const char *title = column == MS_CLASS_COLUMN_NAME ? self->name : words[column].title;
  const char *arrow = column != self->order ? "" : self->descending ? "↓" : "↑";
  g_autofree char *text = g_strconcat(title, arrow, NULL);

  gtk_label_set_text(title_of(self, column), text);
}

void
ms_class_headings_set_columns(MsClassHeadings *self, const MsClassColumns *columns)
{
  for (MsClassColumn column = 0; column < MS_N_CLASS_COLUMNS; column++)
    ms_class_row_place_cell(self->headings[column], title_of(self, column), column, columns);
  gtk_widget_set_visible(self->above_eyes, columns->can_hide);
}

void
ms_class_headings_set_title(MsClassHeadings *self, const char *title)
{
  self->name = title;
  show_title(self, MS_CLASS_COLUMN_NAME);
}

static void
mark_order(MsClassHeadings *self, MsClassColumn column)
{
  GtkWidget *heading = self->headings[column];
  gboolean sorted = column == self->order;
  GtkAccessibleSort sort = !sorted            ? GTK_ACCESSIBLE_SORT_NONE
                           : self->descending ? GTK_ACCESSIBLE_SORT_DESCENDING
                                              : GTK_ACCESSIBLE_SORT_ASCENDING;

  if (sorted)
    gtk_widget_add_css_class(heading, "sorted");
  else
    gtk_widget_remove_css_class(heading, "sorted");
  show_title(self, column);
  gtk_accessible_update_property(GTK_ACCESSIBLE(heading), GTK_ACCESSIBLE_PROPERTY_SORT, sort, -1);
}

void
ms_class_headings_set_order(MsClassHeadings *self, MsClassColumn column, gboolean descending)
{
  self->order = column;
  self->descending = descending;
  for (MsClassColumn i = 0; i < MS_N_CLASS_COLUMNS; i++)
    mark_order(self, i);
}

MsClassColumn
ms_class_headings_get_order(MsClassHeadings *self, gboolean *descending)
{
  *descending = self->descending;
  return self->order;
}

gboolean
ms_class_headings_grab_focus(MsClassHeadings *self)
{
  MsClassColumn last = MS_N_CLASS_COLUMNS - 1;

  while (!gtk_widget_get_visible(self->headings[last]))
    last--;
  return gtk_widget_grab_focus(self->headings[last]);
}

/* Ids, names and IoU go up at first (the worst class first), counts down. */
static gboolean
begins_descending(MsClassColumn column)
{
  return column == MS_CLASS_COLUMN_PIXELS || column >= MS_CLASS_COLUMN_TP;
}

static void
heading_clicked(GtkWidget *heading, MsClassHeadings *self)
{
  MsClassColumn column = 0;

  while (self->headings[column] != heading)
    column++;
  ms_class_headings_set_order(
      self, column, column == self->order ? !self->descending : begins_descending(column));
  g_signal_emit(self, signals[ORDER], 0);
}

static void
ms_class_headings_dispose(GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child(GTK_WIDGET(object))))
    gtk_widget_unparent(child);
  G_OBJECT_CLASS(ms_class_headings_parent_class)->dispose(object);
}

static void
ms_class_headings_class_init(MsClassHeadingsClass *class)
{
  G_OBJECT_CLASS(class)->dispose = ms_class_headings_dispose;
  gtk_widget_class_set_layout_manager_type(GTK_WIDGET_CLASS(class), GTK_TYPE_BOX_LAYOUT);
  signals[ORDER] = g_signal_new("order", MS_TYPE_CLASS_HEADINGS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
heading_new(MsClassHeadings *self, MsClassColumn column)
{
  GtkWidget *heading = gtk_button_new();

  gtk_button_set_child(GTK_BUTTON(heading), gtk_label_new(words[column].title));
  gtk_button_set_has_frame(GTK_BUTTON(heading), FALSE);
  ms_tip_set(heading, words[column].tooltip);
  gtk_accessible_update_property(GTK_ACCESSIBLE(heading), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                 words[column].tooltip, -1);
  g_signal_connect(heading, "clicked", G_CALLBACK(heading_clicked), self);
  return heading;
}

static void
ms_class_headings_init(MsClassHeadings *self)
{
  self->name = words[MS_CLASS_COLUMN_NAME].title;
  gtk_widget_add_css_class(GTK_WIDGET(self), "line");
  gtk_widget_add_css_class(GTK_WIDGET(self), "column-titles");
  for (MsClassColumn column = 0; column < MS_N_CLASS_COLUMNS; column++) {
    self->headings[column] = heading_new(self, column);
    gtk_widget_set_parent(self->headings[column], GTK_WIDGET(self));
  }
  self->above_eyes = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class(self->above_eyes, "above-eyes");
  gtk_widget_set_parent(self->above_eyes, GTK_WIDGET(self));
}

GtkWidget *
ms_class_headings_new(void)
{
  return g_object_new(MS_TYPE_CLASS_HEADINGS, NULL);
}
