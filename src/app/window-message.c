/* SPDX-License-Identifier: MIT
 *
 * The message of a window: one at a time. A passing one goes by itself; an error stands until it is
 * dismissed, another takes its place, or what it tells of is over, and is there again when what
 * passed over it is gone. It lies over the picture, below what the check says there, so that no
 * control is covered; where there is no picture, at the top.
 */
#include "app/window-private.h"

#define MESSAGE_MS 6000

static void
show(MsWindow *self, const char *text, gboolean set_up)
{
  g_clear_handle_id(&self->message_timeout, g_source_remove);
  gtk_label_set_text(self->message_text, text);
  gtk_widget_set_visible(self->message_set_up, set_up);
  gtk_revealer_set_reveal_child(self->message_revealer, TRUE);
}

static void
forget_error(MsWindow *self)
{
  g_clear_pointer(&self->error, g_free);
  self->error_can_be_set_up = FALSE;
  self->error_of_set = FALSE;
}

/* Of what passes. */
static void
end_passing(MsWindow *self)
{
  g_clear_handle_id(&self->message_timeout, g_source_remove);
  if (self->error)
    show(self, self->error, self->error_can_be_set_up);
  else
    gtk_revealer_set_reveal_child(self->message_revealer, FALSE);
}

static gboolean
message_over(gpointer user)
{
  MsWindow *self = user;

  self->message_timeout = 0;
  end_passing(self);
  return G_SOURCE_REMOVE;
}

void
ms_window_say(MsWindow *self, gboolean error, const char *format, ...)
{
  va_list arguments;
  g_autofree char *text = NULL;

  va_start(arguments, format);
  text = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  show(self, text, FALSE);
  if (error) {
    forget_error(self);
    self->error = g_steal_pointer(&text);
  } else {
    self->message_timeout = g_timeout_add(MESSAGE_MS, message_over, self);
  }
}

void
ms_window_offer_set_up(MsWindow *self)
{
  self->error_can_be_set_up = TRUE;
  gtk_widget_set_visible(self->message_set_up, TRUE);
}

void
ms_window_bind_error(MsWindow *self)
{
  self->error_of_set = TRUE;
}

void
ms_window_withdraw_error(MsWindow *self)
{
  if (!self->error_of_set)
    return;
  forget_error(self);
  if (!self->message_timeout)
    end_passing(self);
}

void
ms_window_dismiss_message(MsWindow *self)
{
  if (!self->message_timeout)
    forget_error(self);
  end_passing(self);
}

void
ms_window_hush(MsWindow *self)
{
  forget_error(self);
  end_passing(self);
}

/* --- its place -------------------------------------------------------------------------------- */

static gboolean
find_stage(MsWindow *self, GtkWidget *in, graphene_rect_t *stage, graphene_rect_t *line)
{
  GtkWidget *check_line = GTK_WIDGET(self->check_line);

  return g_strcmp0(gtk_stack_get_visible_child_name(self->stack), "viewer") == 0 &&
         gtk_widget_compute_bounds(gtk_widget_get_parent(check_line), in, stage) &&
         gtk_widget_compute_bounds(check_line, in, line);
}

/* Of the overlay's children the message alone; the others stay where they would be. */
static gboolean
place(GtkOverlay *overlay, GtkWidget *child, GdkRectangle *at, MsWindow *self)
{
  graphene_rect_t stage, line;
  int least, natural, width;

  if (child != GTK_WIDGET(self->message_revealer) ||
      !find_stage(self, GTK_WIDGET(overlay), &stage, &line))
    return FALSE;
  gtk_widget_measure(child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &natural, NULL, NULL);
  width = MAX(least, MIN(natural, (int)stage.size.width));
  at->width = width;
  gtk_widget_measure(child, GTK_ORIENTATION_VERTICAL, width, NULL, &at->height, NULL, NULL);
  at->x = (int)(stage.origin.x + (stage.size.width - (float)width) / 2);
  at->y = (int)stage.origin.y;
  if (gtk_revealer_get_reveal_child(self->check_line))
    at->y = (int)(line.origin.y + line.size.height);
  return TRUE;
}

void
ms_window_init_message(MsWindow *self)
{
  g_signal_connect_object(gtk_widget_get_parent(GTK_WIDGET(self->message_revealer)),
                          "get-child-position", G_CALLBACK(place), self, 0);
}

void
ms_window_dispose_message(MsWindow *self)
{
  g_clear_handle_id(&self->message_timeout, g_source_remove);
  forget_error(self);
}
