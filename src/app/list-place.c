/* SPDX-License-Identifier: MIT
 *
 * Where a row is follows from its position. A list that has just become longer can be scrolled only
 * after its next layout: what is out of reach until then is tried again.
 */
#include "app/list-place.h"

/* Layouts that are waited for. */
#define MAX_TRIES 4

struct _MsListPlace {
  GObject parent_instance;

  double height;     /* of a row */
  gboolean in_sight; /* of the noted one */
  double offset;     /* of its top from that of the view */
  double wanted;     /* to be scrolled to once it is within reach */
  guint tries;
  guint tick;

  GtkListView *view; /* weak */
};

G_DEFINE_FINAL_TYPE(MsListPlace, ms_list_place, G_TYPE_OBJECT)

static GtkAdjustment *
scroll_of(MsListPlace *self)
{
  return gtk_scrollable_get_vadjustment(GTK_SCROLLABLE(self->view));
}

/* 0: none has been laid out yet. There may be none for a while when rows are gone. */
static double
row_height(MsListPlace *self)
{
  GtkWidget *row = gtk_widget_get_first_child(GTK_WIDGET(self->view));

  while (row && gtk_widget_get_height(row) <= 0)
    row = gtk_widget_get_next_sibling(row);
  if (row)
    self->height = gtk_widget_get_height(row);
  return self->height;
}

/* --- scrolling --- */

static gboolean
try_to_scroll(MsListPlace *self)
{
  GtkAdjustment *scroll = scroll_of(self);
  double reach = gtk_adjustment_get_upper(scroll) - gtk_adjustment_get_page_size(scroll);

  gtk_adjustment_set_value(scroll, self->wanted);
  return reach >= self->wanted;
}

static gboolean
scroll_tick(GtkWidget *view, GdkFrameClock *clock, gpointer user)
{
  MsListPlace *self = user;

  if (!try_to_scroll(self) && --self->tries > 0)
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

static void
stop(MsListPlace *self)
{
  if (self->tick)
    gtk_widget_remove_tick_callback(GTK_WIDGET(self->view), self->tick);
  self->tick = 0;
}

static void
scroll_to(MsListPlace *self, double value, guint n_rows)
{
  double page = gtk_adjustment_get_page_size(scroll_of(self));

  stop(self);
  self->wanted = CLAMP(value, 0, MAX(n_rows * row_height(self) - page, 0));
  if (try_to_scroll(self))
    return;
  self->tries = MAX_TRIES;
  self->tick = gtk_widget_add_tick_callback(GTK_WIDGET(self->view), scroll_tick, self, NULL);
}

/* --- places --- */

void
ms_list_place_note(MsListPlace *self, guint position)
{
  GtkAdjustment *scroll = scroll_of(self);
  double height = row_height(self);

  self->offset = position * height - (self->tick ? self->wanted : gtk_adjustment_get_value(scroll));
  self->in_sight = position != GTK_INVALID_LIST_POSITION && height > 0 && self->offset > -height &&
                   self->offset < gtk_adjustment_get_page_size(scroll);
}

/* The nearest place at which the row is in sight. */
static void
reveal(MsListPlace *self, guint position, guint n_rows)
{
  GtkAdjustment *scroll = scroll_of(self);
  double height = row_height(self), top = position * height;
  double value = self->tick ? self->wanted : gtk_adjustment_get_value(scroll);
  double page = gtk_adjustment_get_page_size(scroll);

  if (height <= 0 || page <= 0)
    return;
  if (top < value)
    scroll_to(self, top, n_rows);
  else if (top + height > value + page)
    scroll_to(self, top + height - page, n_rows);
}

void
ms_list_place_restore(MsListPlace *self, guint position, guint n_rows, gboolean bring)
{
  if (self->in_sight)
    scroll_to(self, position * row_height(self) - self->offset, n_rows);
  else if (bring)
    reveal(self, position, n_rows);
}

void
ms_list_place_reveal(MsListPlace *self, guint position)
{
  GtkSelectionModel *model = gtk_list_view_get_model(self->view);

  reveal(self, position, g_list_model_get_n_items(G_LIST_MODEL(model)));
}

void
ms_list_place_to_top(MsListPlace *self)
{
  stop(self);
  gtk_adjustment_set_value(scroll_of(self), 0);
}

/* --- construction --- */

static void
ms_list_place_dispose(GObject *object)
{
  MsListPlace *self = MS_LIST_PLACE(object);

  if (self->view)
    stop(self);
  g_clear_weak_pointer(&self->view);
  G_OBJECT_CLASS(ms_list_place_parent_class)->dispose(object);
}

static void
ms_list_place_class_init(MsListPlaceClass *class)
{
  G_OBJECT_CLASS(class)->dispose = ms_list_place_dispose;
}

static void
ms_list_place_init(MsListPlace *self)
{
}

MsListPlace *
ms_list_place_new(GtkListView *view)
{
  MsListPlace *self = g_object_new(MS_TYPE_LIST_PLACE, NULL);

  g_set_weak_pointer(&self->view, view);
  return self;
}
