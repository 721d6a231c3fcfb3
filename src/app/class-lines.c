/* SPDX-License-Identifier: MIT
 *
 * Places stay in the list and take one class after the other, so that sorting, searching and
 * stepping move no line; only the lines in sight are written.
 */
#include "app/class-lines.h"

#include <string.h>

#include "app/list-wheel.h"

#define LINE_HEIGHT 22 /* before a line has been laid out */

struct _MsClassLines {
  GtkWidget parent_instance;

  MsClassColumns columns;
  int max_height;

  /* Owned */
  GListStore *places; /* MsClassItem, each one line's */
  GPtrArray *lines;   /* GtkListItem, those in use, some two hundred at most; lent */
  MsClassFocus *focus;

  /* Children */
  GtkWidget *scroller;
  GtkWidget *list;
};

G_DEFINE_FINAL_TYPE(MsClassLines, ms_class_lines, GTK_TYPE_WIDGET)

/* --- what is in sight is kept up to date --- */

static MsClassRow *
row_of(GtkListItem *line)
{
  return MS_CLASS_ROW(gtk_list_item_get_child(line));
}

typedef struct {
  double first, last; /* positions */
} Sight;

/* All lines are of one height, so that where a line is follows from its position, also while the
 * list has not been laid out anew. With one more line either way. */
static Sight
find_sight(MsClassLines *self)
{
  GtkAdjustment *scroll = gtk_scrollable_get_vadjustment(GTK_SCROLLABLE(self->list));
  guint n = g_list_model_get_n_items(G_LIST_MODEL(self->places));
  GtkWidget *row = self->lines->len ? GTK_WIDGET(row_of(self->lines->pdata[0])) : NULL;
  double height = row ? gtk_widget_get_height(gtk_widget_get_parent(row)) : 0;
  double page = gtk_adjustment_get_page_size(scroll);
  Sight sight;

  if (height <= 0)
    height = LINE_HEIGHT;
  page = MAX(page, self->max_height);
  sight.first = MIN(gtk_adjustment_get_value(scroll), MAX(n * height - page, 0)) / height - 2;
  sight.last = sight.first + page / height + 4;
  return sight;
}

static void
update_line(MsClassLines *self, GtkListItem *line, const Sight *sight)
{
  guint position = gtk_list_item_get_position(line);

  if (position >= sight->first && position <= sight->last)
    ms_class_row_update(row_of(line), &self->columns, self->focus);
}

static void
update_lines(MsClassLines *self)
{
  Sight sight = find_sight(self);

  for (guint i = 0; i < self->lines->len; i++)
    update_line(self, g_ptr_array_index(self->lines, i), &sight);
}

static void
outdate_lines(MsClassLines *self)
{
  for (guint i = 0; i < self->lines->len; i++)
    ms_class_row_outdate(row_of(g_ptr_array_index(self->lines, i)));
  update_lines(self);
}

static void
line_setup(GtkSignalListItemFactory *factory, GtkListItem *line, MsClassLines *self)
{
  gtk_list_item_set_child(line, ms_class_row_new());
}

static void
line_bind(GtkSignalListItemFactory *factory, GtkListItem *line, MsClassLines *self)
{
  Sight sight = find_sight(self);

  ms_class_row_set_item(row_of(line), gtk_list_item_get_item(line));
  gtk_list_item_set_activatable(line, self->columns.can_solo);
  g_ptr_array_add(self->lines, line);
  update_line(self, line, &sight);
}

static void
line_unbind(GtkSignalListItemFactory *factory, GtkListItem *line, MsClassLines *self)
{
  g_ptr_array_remove_fast(self->lines, line);
  ms_class_row_set_item(row_of(line), NULL);
}

/* --- what is shown --- */

static void
assign_place(MsClassLines *self, guint position, const MsClassItem *class)
{
  g_autoptr(MsClassItem) place = g_list_model_get_item(G_LIST_MODEL(self->places), position);

  ms_class_item_assign(place, class);
}

void
ms_class_lines_show(MsClassLines *self, const GPtrArray *classes)
{
  g_autoptr(GPtrArray) added = g_ptr_array_new_with_free_func(g_object_unref);
  guint n_places = g_list_model_get_n_items(G_LIST_MODEL(self->places));
  guint n_kept = MIN(n_places, classes->len);

  for (guint i = 0; i < n_kept; i++)
    assign_place(self, i, g_ptr_array_index(classes, i));
  for (guint i = n_kept; i < classes->len; i++)
    g_ptr_array_add(added, ms_class_item_copy(g_ptr_array_index(classes, i)));
  if (n_places != classes->len)
    g_list_store_splice(self->places, n_kept, n_places - n_kept, added->pdata, added->len);
  gtk_widget_set_visible(self->scroller, classes->len > 0);
  outdate_lines(self);
}

void
ms_class_lines_set_columns(MsClassLines *self, const MsClassColumns *columns)
{
  if (memcmp(&self->columns, columns, sizeof *columns) == 0)
    return;
  self->columns = *columns;
  for (guint i = 0; i < self->lines->len; i++)
    gtk_list_item_set_activatable(g_ptr_array_index(self->lines, i), columns->can_solo);
  outdate_lines(self);
}

void
ms_class_lines_set_focus(MsClassLines *self, MsClassFocus *focus)
{
  ms_class_focus_ref(focus);
  ms_class_focus_unref(self->focus);
  self->focus = focus;
  outdate_lines(self);
}

void
ms_class_lines_set_name(MsClassLines *self, const char *name)
{
  gtk_accessible_update_property(GTK_ACCESSIBLE(self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                 -1);
}

/* --- looking at one class, or not at another --- */

static void
activate_for(MsClassLines *self, const char *action, const MsClassItem *class)
{
  if (class && self->columns.can_solo)
    gtk_widget_activate_action(GTK_WIDGET(self), action, "u", class->id);
}

static void
line_activated(GtkListView *list, guint position, MsClassLines *self)
{
  g_autoptr(MsClassItem) place = g_list_model_get_item(G_LIST_MODEL(self->places), position);

  activate_for(self, "win.solo-class", place);
}

/* The item of the line that has the keyboard; NULL: none has. */
static MsClassItem *
get_focused(MsClassLines *self)
{
  GtkWidget *line = gtk_widget_get_focus_child(self->list);
  GtkWidget *row = line ? gtk_widget_get_first_child(line) : NULL;

  return row ? ms_class_row_get_item(MS_CLASS_ROW(row)) : NULL;
}

static gboolean
key_pressed(GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state,
            MsClassLines *self)
{
  guint key = gdk_keyval_to_lower(keyval);

  if ((key != GDK_KEY_s && key != GDK_KEY_h) || (state & gtk_accelerator_get_default_mod_mask()))
    return GDK_EVENT_PROPAGATE;
  activate_for(self, key == GDK_KEY_s ? "win.solo-class" : "win.hide-class", get_focused(self));
  return GDK_EVENT_STOP;
}

/* --- construction --- */

static void
ms_class_lines_dispose(GObject *object)
{
  MsClassLines *self = MS_CLASS_LINES(object);

  g_clear_pointer(&self->scroller, gtk_widget_unparent);
  g_clear_object(&self->places);
  g_clear_pointer(&self->focus, ms_class_focus_unref);
  G_OBJECT_CLASS(ms_class_lines_parent_class)->dispose(object);
}

static void
ms_class_lines_finalize(GObject *object)
{
  g_ptr_array_unref(MS_CLASS_LINES(object)->lines);
  G_OBJECT_CLASS(ms_class_lines_parent_class)->finalize(object);
}

static void
ms_class_lines_class_init(MsClassLinesClass *class)
{
  G_OBJECT_CLASS(class)->dispose = ms_class_lines_dispose;
  G_OBJECT_CLASS(class)->finalize = ms_class_lines_finalize;
  gtk_widget_class_set_layout_manager_type(GTK_WIDGET_CLASS(class), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
list_new(MsClassLines *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new();
  GtkSelectionModel *selection =
      GTK_SELECTION_MODEL(gtk_no_selection_new(g_object_ref(G_LIST_MODEL(self->places))));
  GtkWidget *list = gtk_list_view_new(selection, factory);
  GtkEventController *keys = gtk_event_controller_key_new();

  g_signal_connect(factory, "setup", G_CALLBACK(line_setup), self);
  g_signal_connect(factory, "bind", G_CALLBACK(line_bind), self);
  g_signal_connect(factory, "unbind", G_CALLBACK(line_unbind), self);
  gtk_list_view_set_single_click_activate(GTK_LIST_VIEW(list), TRUE);
  g_signal_connect(list, "activate", G_CALLBACK(line_activated), self);
  g_signal_connect(keys, "key-pressed", G_CALLBACK(key_pressed), self);
  gtk_widget_add_controller(list, keys);
  return list;
}

static void
ms_class_lines_init(MsClassLines *self)
{
  GtkScrolledWindow *scroller;
  GtkAdjustment *scroll;

  self->places = g_list_store_new(MS_TYPE_CLASS_ITEM);
  self->lines = g_ptr_array_new();
  self->list = list_new(self);
  self->scroller = gtk_scrolled_window_new();
  scroller = GTK_SCROLLED_WINDOW(self->scroller);
  gtk_scrolled_window_set_policy(scroller, GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height(scroller, TRUE);
  gtk_scrolled_window_set_child(scroller, self->list);
  gtk_widget_set_parent(self->scroller, GTK_WIDGET(self));
  ms_list_wheel_add(scroller);
  scroll = gtk_scrolled_window_get_vadjustment(scroller);
  g_signal_connect_object(scroll, "value-changed", G_CALLBACK(update_lines), self,
                          G_CONNECT_SWAPPED);
  g_signal_connect_object(scroll, "changed", G_CALLBACK(update_lines), self, G_CONNECT_SWAPPED);
}

GtkWidget *
ms_class_lines_new(int max_height)
{
  MsClassLines *self = g_object_new(MS_TYPE_CLASS_LINES, NULL);

  self->max_height = max_height;
  gtk_scrolled_window_set_max_content_height(GTK_SCROLLED_WINDOW(self->scroller), max_height);
  return GTK_WIDGET(self);
}
