/* SPDX-License-Identifier: MIT
 *
 * A line makes its cells when they are first shown and writes them anew only when it is stale and
 * in sight: the list keeps far more lines than can be seen.
 */
#include "app/class-row.h"

#include "app/swatch.h"
#include "app/tip.h"

#define IOU_WIDTH 5 /* characters */

struct _MsClassRow {
  GtkWidget parent_instance;

  gboolean stale; /* what it shows is not what its item is */

  /* Children */
  GtkWidget *cells[MS_N_CLASS_COLUMNS]; /* NULL: not asked for yet */
  GtkWidget *eye;

  /* Owned */
  MsClassItem *item;
};

G_DEFINE_FINAL_TYPE(MsClassRow, ms_class_row, GTK_TYPE_WIDGET)

void
ms_class_row_place_cell(GtkWidget *cell, GtkLabel *label, MsClassColumn column,
                        const MsClassColumns *columns)
{
  gboolean name = column == MS_CLASS_COLUMN_NAME;

  gtk_widget_set_visible(cell, columns->has[column]);
  gtk_widget_set_hexpand(cell, name);
  gtk_label_set_xalign(label, name ? 0 : 1);
  if (name)
    gtk_label_set_ellipsize(label, PANGO_ELLIPSIZE_END);
  else if (column != MS_CLASS_COLUMN_ID)
    gtk_label_set_width_chars(label,
                              column == MS_CLASS_COLUMN_IOU ? IOU_WIDTH : columns->count_width);
  gtk_widget_add_css_class(GTK_WIDGET(label), "numeric");
}

/* Made when it is first shown: hundreds of lines have no cells to spare. */
static GtkWidget *
get_cell(MsClassRow *self, MsClassColumn column)
{
  GtkWidget *before = NULL;

  for (MsClassColumn i = 0; i < column; i++)
    before = self->cells[i] ? self->cells[i] : before;
  if (!self->cells[column]) {
    self->cells[column] = column == MS_CLASS_COLUMN_ID ? ms_swatch_new() : gtk_label_new(NULL);
    gtk_widget_insert_after(self->cells[column], GTK_WIDGET(self), before);
  }
  return self->cells[column];
}

static void
show_cell(MsClassRow *self, MsClassColumn column, const MsClassColumns *columns)
{
  GtkWidget *cell = columns->has[column] ? get_cell(self, column) : self->cells[column];
  g_autofree char *text = NULL;

  if (!columns->has[column] || column == MS_CLASS_COLUMN_ID) {
    if (cell)
      gtk_widget_set_visible(cell, columns->has[column]);
    return;
  }
  text = ms_class_item_text(self->item, column);
  gtk_label_set_text(GTK_LABEL(cell), text);
  ms_class_row_place_cell(cell, GTK_LABEL(cell), column, columns);
}

void
ms_class_row_set_item(MsClassRow *self, MsClassItem *item)
{
  g_set_object(&self->item, item);
  self->stale = item != NULL;
}

MsClassItem *
ms_class_row_get_item(MsClassRow *self)
{
  return self->item;
}

static void
set_class(MsClassRow *self, const char *class, gboolean wanted)
{
  if (wanted)
    gtk_widget_add_css_class(GTK_WIDGET(self), class);
  else
    gtk_widget_remove_css_class(GTK_WIDGET(self), class);
}

/* What the eye does: where another class is alone, it ends that. */
static char *
describe_eye(MsClassRow *self, const MsClassFocus *focus, gboolean seen)
{
  gint64 solo = ms_class_focus_get_solo(focus);

  if (solo >= 0 && solo != self->item->id)
    return g_strdup_printf("Show %s too: no class is alone any more", self->item->name);
  return g_strdup_printf("%s %s", seen ? "Hide" : "Show", self->item->name);
}

/* Background is not painted, so it cannot be hidden. */
static void
show_eye(MsClassRow *self, const MsClassFocus *focus, gboolean seen)
{
  g_autofree char *words = describe_eye(self, focus, seen);

  gtk_button_set_icon_name(GTK_BUTTON(self->eye),
                           seen ? "view-reveal-symbolic" : "view-conceal-symbolic");
  ms_tip_set(self->eye, words);
  gtk_accessible_update_property(GTK_ACCESSIBLE(self->eye), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                 -1);
  gtk_widget_set_sensitive(self->eye, !self->item->background);
  gtk_widget_set_opacity(self->eye, self->item->background ? 0 : 1);
}

static void
show_focus(MsClassRow *self, const MsClassFocus *focus)
{
  gboolean seen = ms_class_focus_sees(focus, self->item->id);

  set_class(self, "alone", ms_class_focus_get_solo(focus) == self->item->id);
  set_class(self, "unseen", !seen);
  if (self->cells[MS_CLASS_COLUMN_ID])
    ms_swatch_show(MS_SWATCH(self->cells[MS_CLASS_COLUMN_ID]), self->item->color, seen);
  show_eye(self, focus, seen);
}

void
ms_class_row_outdate(MsClassRow *self)
{
  self->stale = TRUE;
}

void
ms_class_row_update(MsClassRow *self, const MsClassColumns *columns, const MsClassFocus *focus)
{
  g_autofree char *description = NULL;

  if (!self->stale)
    return;
  self->stale = FALSE;
  for (MsClassColumn column = 0; column < MS_N_CLASS_COLUMNS; column++)
    show_cell(self, column, columns);
  gtk_widget_set_visible(self->eye, columns->can_hide);
  description = ms_class_item_describe(self->item, columns->has[MS_CLASS_COLUMN_PIXELS]);
  ms_tip_set(GTK_WIDGET(self), description);
  show_focus(self, focus);
}

static void
eye_clicked(MsClassRow *self)
{
  gtk_widget_activate_action(GTK_WIDGET(self), "win.hide-class", "u", self->item->id);
}

static void
ms_class_row_dispose(GObject *object)
{
  MsClassRow *self = MS_CLASS_ROW(object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child(GTK_WIDGET(self))))
    gtk_widget_unparent(child);
  g_clear_object(&self->item);
  G_OBJECT_CLASS(ms_class_row_parent_class)->dispose(object);
}

static void
ms_class_row_class_init(MsClassRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);

  G_OBJECT_CLASS(class)->dispose = ms_class_row_dispose;
  gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name(widget_class, "classrow");
}

/* Not for Tab, which would stop at every line: in the list the key is H. */
static GtkWidget *
eye_new(MsClassRow *self)
{
  GtkWidget *eye = gtk_button_new_from_icon_name("view-reveal-symbolic");

  gtk_button_set_has_frame(GTK_BUTTON(eye), FALSE);
  gtk_widget_add_css_class(eye, "eye");
  gtk_widget_set_focusable(eye, FALSE);
  g_signal_connect_swapped(eye, "clicked", G_CALLBACK(eye_clicked), self);
  return eye;
}

static void
ms_class_row_init(MsClassRow *self)
{
  gtk_widget_add_css_class(GTK_WIDGET(self), "line");
  self->eye = eye_new(self);
  gtk_widget_set_parent(self->eye, GTK_WIDGET(self));
}

GtkWidget *
ms_class_row_new(void)
{
  return g_object_new(MS_TYPE_CLASS_ROW, NULL);
}
