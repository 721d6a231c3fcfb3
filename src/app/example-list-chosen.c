/* SPDX-License-Identifier: MIT */
#include "app/example-list-private.h"

guint
ms_example_list_get_selected(MsExampleList *self)
{
  return ms_example_list_get_position(self) == GTK_INVALID_LIST_POSITION
             ? G_MAXUINT
             : ms_example_model_get_chosen(self->list);
}

static void
select_position(MsExampleList *self, guint position)
{
  ms_example_model_choose(self->list,
                          ms_rows_example(ms_example_model_get_rows(self->list), position));
  ms_list_place_reveal(self->place, position);
}

void
ms_example_list_select(MsExampleList *self, guint example)
{
  guint position = self->list ? ms_rows_position(ms_example_model_get_rows(self->list), example)
                              : GTK_INVALID_LIST_POSITION;

  if (position != GTK_INVALID_LIST_POSITION)
    select_position(self, position);
}

/* From where the chosen example is not shown, every step is to the first row. */
static gint64
target_of(MsExampleList *self, int delta)
{
  guint position = ms_example_list_get_position(self);

  return position == GTK_INVALID_LIST_POSITION ? 0 : (gint64)position + delta;
}

guint
ms_example_list_peek(MsExampleList *self, int delta)
{
  gint64 target = target_of(self, delta);

  if (target < 0 || target >= ms_example_list_get_n_shown(self))
    return G_MAXUINT;
  return ms_rows_example(ms_example_model_get_rows(self->list), (guint)target);
}

gboolean
ms_example_list_step(MsExampleList *self, int delta)
{
  if (ms_example_list_peek(self, delta) == G_MAXUINT)
    return FALSE;
  select_position(self, (guint)target_of(self, delta));
  return TRUE;
}

void
ms_example_list_jump(MsExampleList *self, gboolean end)
{
  guint n = ms_example_list_get_n_shown(self);

  if (n > 0)
    select_position(self, end ? n - 1 : 0);
}

void
ms_example_list_begin(MsExampleList *self)
{
  self->by_itself = TRUE;
  ms_example_list_jump(self, FALSE);
  self->by_itself = FALSE;
}

guint
ms_example_list_get_position(MsExampleList *self)
{
  return self->list ? ms_example_model_get_position(self->list) : GTK_INVALID_LIST_POSITION;
}

guint
ms_example_list_get_example(MsExampleList *self, guint position)
{
  return self->list ? ms_rows_example(ms_example_model_get_rows(self->list), position) : G_MAXUINT;
}

gboolean
ms_example_list_shows(MsExampleList *self, guint example)
{
  return self->list && ms_rows_position(ms_example_model_get_rows(self->list), example) !=
                           GTK_INVALID_LIST_POSITION;
}

guint
ms_example_list_get_n_shown(MsExampleList *self)
{
  return self->list ? g_list_model_get_n_items(G_LIST_MODEL(self->list)) : 0;
}

/* --- the keyboard --- */

gboolean
ms_example_list_has_focus(MsExampleList *self)
{
  return gtk_widget_get_focus_child(GTK_WIDGET(self->view)) != NULL;
}

void
ms_example_list_focus_chosen(MsExampleList *self)
{
  GtkWidget *row = ms_bound_rows_find(self->rows, ms_example_model_get_chosen(self->list));

  if (row)
    gtk_widget_grab_focus(gtk_widget_get_parent(row));
}

gboolean
ms_example_list_move_focus(MsExampleList *self, GtkDirectionType direction)
{
  GtkWidget *view = GTK_WIDGET(self->view);
  GtkWidget *window = GTK_WIDGET(gtk_widget_get_root(view));
  gboolean leaves = ms_example_list_has_focus(self);
  gboolean moved;

  if (!self->list)
    return gtk_widget_child_focus(window, direction);
  ms_example_model_set_held(self->list, TRUE);
  gtk_widget_set_can_focus(view, !leaves);
  moved = gtk_widget_child_focus(window, direction);
  gtk_widget_set_can_focus(view, TRUE);
  if (!leaves && ms_example_list_has_focus(self))
    ms_example_list_focus_chosen(self);
  ms_example_model_set_held(self->list, FALSE);
  return moved;
}
