/* SPDX-License-Identifier: MIT
 *
 * Where a row is follows from its position. GTK looks a place up among its rows as they were laid
 * out last, and to it those that have come since have no height: a value that is set twice between
 * two layouts, or lies among such rows, leads anywhere. So the value is set once a layout, where
 * rows have been laid out; what is wanted meanwhile waits for the next.
 */
#include "app/list-place.h"

#include <math.h>

#include "app/example-model.h"

/* Layouts that are waited for until what is wanted is within reach. */
#define MAX_TRIES 5

struct _MsListPlace {
  GObject parent_instance;

  double height;     /* of a row */
  gboolean in_sight; /* the noted one was */
  gboolean hidden;   /* it is not among the rows now */
  double offset;     /* of its top from that of the view */
  guint n_laid_out;  /* rows behind these have no height yet; G_MAXUINT: there are none */
  double seen_value; /* of the adjustment, when it changed last */
  double seen_page;

  /* While there is a tick */
  double wanted;     /* value */
  gboolean laid_out; /* there will have been a layout by the next tick */
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

static guint
count_rows(MsListPlace *self)
{
  GtkSelectionModel *model = gtk_list_view_get_model(self->view);

  return model ? g_list_model_get_n_items(G_LIST_MODEL(model)) : 0;
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

/* Where the view is, or is about to be. */
static double
get_value(MsListPlace *self)
{
  return self->tick ? self->wanted : gtk_adjustment_get_value(scroll_of(self));
}

static gboolean
is_there(MsListPlace *self)
{
  return fabs(gtk_adjustment_get_value(scroll_of(self)) - self->wanted) < 1;
}

/* A tick comes before the layout of its frame. A view that is not shown has none. */
static gboolean
scroll_tick(GtkWidget *view, GdkFrameClock *clock, gpointer user)
{
  MsListPlace *self = user;

  if (self->laid_out && gtk_widget_get_mapped(view)) {
    self->n_laid_out = G_MAXUINT;
    if (!is_there(self) && self->tries > 0) {
      gtk_adjustment_set_value(scroll_of(self), self->wanted);
      self->tries--;
      return G_SOURCE_CONTINUE;
    }
  } else if (self->tries > 0) {
    self->laid_out = TRUE;
    self->tries--;
    return G_SOURCE_CONTINUE;
  }
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
begin(MsListPlace *self, double wanted, gboolean laid_out)
{
  self->wanted = wanted;
  self->laid_out = laid_out;
  self->tries = MAX_TRIES;
  self->tick = gtk_widget_add_tick_callback(GTK_WIDGET(self->view), scroll_tick, self, NULL);
}

static gboolean
is_laid_out(MsListPlace *self, double wanted)
{
  GtkAdjustment *scroll = scroll_of(self);
  double page = gtk_adjustment_get_page_size(scroll);

  return gtk_widget_get_mapped(GTK_WIDGET(self->view)) &&
         wanted + page <= gtk_adjustment_get_upper(scroll) &&
         wanted + page <= self->n_laid_out * row_height(self);
}

static void
scroll_to(MsListPlace *self, double value, guint n_rows)
{
  double page = gtk_adjustment_get_page_size(scroll_of(self));
  double wanted = CLAMP(value, 0, MAX(n_rows * row_height(self) - page, 0));

  if (self->tick) {
    self->wanted = wanted;
    self->tries = MAX_TRIES;
    return;
  }
  if (is_laid_out(self, wanted))
    gtk_adjustment_set_value(scroll_of(self), wanted);
  begin(self, wanted, FALSE);
}

/* --- places --- */

void
ms_list_place_note(MsListPlace *self, guint position)
{
  double height = row_height(self);

  self->hidden = position == GTK_INVALID_LIST_POSITION;
  if (self->hidden)
    return;
  self->offset = position * height - get_value(self);
  self->in_sight = height > 0 && self->offset > -height &&
                   self->offset < gtk_adjustment_get_page_size(scroll_of(self));
}

gboolean
ms_list_place_is_in_sight(MsListPlace *self)
{
  return self->in_sight && !self->hidden;
}

guint
ms_list_place_get_top(MsListPlace *self)
{
  double height = row_height(self);

  return height > 0 ? (guint)(MAX(get_value(self), 0) / height) : 0;
}

/* The nearest place at which the row is in sight. */
static void
reveal(MsListPlace *self, guint position, guint n_rows)
{
  double height = row_height(self), top = position * height, value = get_value(self);
  double page = gtk_adjustment_get_page_size(scroll_of(self));

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
  if (self->in_sight && (bring || !self->hidden))
    scroll_to(self, position * row_height(self) - self->offset, n_rows);
  else if (bring)
    reveal(self, position, n_rows);
}

void
ms_list_place_rows_changed(MsListPlace *self, guint n_kept)
{
  self->n_laid_out = MIN(self->n_laid_out, n_kept);
}

void
ms_list_place_reveal(MsListPlace *self, guint position)
{
  reveal(self, position, count_rows(self));
}

void
ms_list_place_to_top(MsListPlace *self)
{
  scroll_to(self, 0, count_rows(self));
}

/* --- what others do to the view --- */

/* As far as GTK goes with a notch. */
static gboolean
scrolled(GtkEventControllerScroll *wheel, double dx, double dy, MsListPlace *self)
{
  double page = gtk_adjustment_get_page_size(scroll_of(self));

  if (dy == 0 || gtk_event_controller_scroll_get_unit(wheel) != GDK_SCROLL_UNIT_WHEEL)
    return GDK_EVENT_PROPAGATE;
  scroll_to(self, get_value(self) + dy * pow(page, 2.0 / 3), count_rows(self));
  return GDK_EVENT_STOP;
}

/* A view that has become shorter keeps the chosen row in sight. This is in the middle of a layout.
 */
static void
page_changed(MsListPlace *self)
{
  GtkSelectionModel *model = gtk_list_view_get_model(self->view);
  guint position =
      model ? ms_example_model_get_position(MS_EXAMPLE_MODEL(model)) : GTK_INVALID_LIST_POSITION;
  double height = row_height(self), top = position * height;

  if (position == GTK_INVALID_LIST_POSITION || top + height <= self->seen_value ||
      top >= self->seen_value + self->seen_page)
    return;
  if (!self->tick)
    begin(self, gtk_adjustment_get_value(scroll_of(self)), TRUE);
  reveal(self, position, count_rows(self));
}

static void
adjusted(GtkAdjustment *scroll, MsListPlace *self)
{
  if (!self->view)
    return;
  self->n_laid_out = G_MAXUINT;
  if (gtk_adjustment_get_page_size(scroll) != self->seen_page)
    page_changed(self);
  self->seen_page = gtk_adjustment_get_page_size(scroll);
  self->seen_value = gtk_adjustment_get_value(scroll);
}

static void
value_changed(GtkAdjustment *scroll, MsListPlace *self)
{
  if (gtk_adjustment_get_page_size(scroll) == self->seen_page)
    self->seen_value = gtk_adjustment_get_value(scroll);
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
  self->n_laid_out = G_MAXUINT;
}

MsListPlace *
ms_list_place_new(GtkListView *view)
{
  MsListPlace *self = g_object_new(MS_TYPE_LIST_PLACE, NULL);
  GtkEventController *wheel = gtk_event_controller_scroll_new(GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkAdjustment *scroll = gtk_scrollable_get_vadjustment(GTK_SCROLLABLE(view));

  g_set_weak_pointer(&self->view, view);
  gtk_event_controller_set_propagation_phase(wheel, GTK_PHASE_CAPTURE);
  g_signal_connect_object(wheel, "scroll", G_CALLBACK(scrolled), self, 0);
  gtk_widget_add_controller(gtk_widget_get_parent(GTK_WIDGET(view)), wheel);
  g_signal_connect_object(scroll, "changed", G_CALLBACK(adjusted), self, 0);
  g_signal_connect_object(scroll, "value-changed", G_CALLBACK(value_changed), self, 0);
  return self;
}
