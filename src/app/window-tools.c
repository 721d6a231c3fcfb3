/* SPDX-License-Identifier: MIT
 *
 * What lies over the picture: the overview, and the card of the marked rectangle. What the card
 * says is of the rectangle as it is now, in what is shown now, or is not there yet.
 */
#include "app/settings.h"
#include "app/window-private.h"

#define CARD_GAP 8 /* view pixels between the rectangle and its card */

/* --- counting --- */

static gboolean
has_confused(const MsDisplay *display)
{
  return ms_comparison_has_classes(display->rules->rules.comparison) &&
         ms_class_focus_get_solo(display->focus) < 0;
}

static void
counted(MsAreaCounter *counter, MsDisplay *display, const MsAreaCounts *counts, const char *message,
        MsWindow *self)
{
  if (counts)
    ms_area_card_set_counts(self->area_card, counts, has_confused(display));
  else
    ms_area_card_set_message(self->area_card, message);
}

void
ms_window_count_area(MsWindow *self)
{
  const cairo_rectangle_int_t *mark = ms_canvas_get_mark(self->canvas);
  gboolean wanted = mark && self->shown && !ms_set_get_labels(self->shown->frame->set);

  gtk_widget_set_visible(GTK_WIDGET(self->area_card), wanted);
  ms_area_counter_cancel(self->area_counter);
  if (!wanted)
    return;

  MsArea area = {mark->x, mark->y, mark->width, mark->height};

  ms_area_card_set_area(self->area_card, &area);
  if (self->shown->confusion)
    ms_area_counter_want(self->area_counter, self->shown, &area);
  else
    ms_area_card_set_message(self->area_card, "there is nothing to compare");
}

/* --- the card --- */

static void
place_card(MsWindow *self)
{
  gtk_widget_queue_allocate(self->picture);
}

static void
marked(MsWindow *self)
{
  gtk_widget_action_set_enabled(GTK_WIDGET(self), "win.move-rectangle",
                                ms_canvas_get_mark(self->canvas) != NULL);
  gtk_widget_action_set_enabled(GTK_WIDGET(self), "win.unmark-rectangle",
                                ms_canvas_get_mark(self->canvas) != NULL);
  ms_window_count_area(self);
  place_card(self);
}

/* Below the rectangle, else above it, else over its foot: always inside the picture. */
static gboolean
find_place(GtkOverlay *overlay, GtkWidget *child, GdkRectangle *place, MsWindow *self)
{
  GtkWidget *canvas = GTK_WIDGET(self->canvas);
  int wide = gtk_widget_get_width(GTK_WIDGET(overlay));
  int high = gtk_widget_get_height(GTK_WIDGET(overlay));
  graphene_rect_t mark;
  graphene_point_t at;
  double below, above;

  if (child != GTK_WIDGET(self->area_card) || !ms_canvas_find_mark(self->canvas, &mark) ||
      !gtk_widget_compute_point(canvas, GTK_WIDGET(overlay), &mark.origin, &at))
    return FALSE;
  gtk_widget_measure(child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &place->width, NULL, NULL);
  gtk_widget_measure(child, GTK_ORIENTATION_VERTICAL, place->width, NULL, &place->height, NULL,
                     NULL);
  below = at.y + mark.size.height + CARD_GAP;
  above = at.y - CARD_GAP - place->height;
  if (below + place->height > high && above >= 0)
    below = above;
  place->x = (int)CLAMP(at.x, 0, MAX(wide - place->width, 0));
  place->y = (int)CLAMP(below, 0, MAX(high - place->height, 0));
  return TRUE;
}

/* --- actions --- */

static void
mark_rectangle(GtkWidget *widget, const char *name, GVariant *parameter)
{
  ms_canvas_mark_middle(MS_WINDOW(widget)->canvas);
}

static void
move_rectangle(GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *to = g_variant_get_string(parameter, NULL);
  int dx = g_str_equal(to, "right") - g_str_equal(to, "left");
  int dy = g_str_equal(to, "down") - g_str_equal(to, "up");

  ms_canvas_move_mark(MS_WINDOW(widget)->canvas, dx, dy);
}

gboolean
ms_window_unmark(MsWindow *self)
{
  gboolean any = ms_canvas_get_mark(self->canvas) != NULL;

  ms_canvas_set_mark(self->canvas, NULL);
  return any;
}

static void
unmark_rectangle(GtkWidget *widget, const char *name, GVariant *parameter)
{
  ms_window_unmark(MS_WINDOW(widget));
}

void
ms_window_class_init_tool_actions(GtkWidgetClass *class)
{
  gtk_widget_class_install_action(class, "win.mark-rectangle", NULL, mark_rectangle);
  gtk_widget_class_install_action(class, "win.move-rectangle", "s", move_rectangle);
  gtk_widget_class_install_action(class, "win.unmark-rectangle", NULL, unmark_rectangle);
}

static void
minimap_changed(GSettings *settings, const char *key, MsWindow *self)
{
  ms_minimap_set_wanted(self->minimap, g_settings_get_boolean(settings, "minimap"));
}

void
ms_window_init_tools(MsWindow *self)
{
  GSettings *settings = ms_settings_get();

  self->area_counter = ms_area_counter_new();
  g_signal_connect_object(self->area_counter, "ready", G_CALLBACK(counted), self, 0);
  ms_minimap_set_canvas(self->minimap, self->canvas);
  g_signal_connect_object(settings, "changed::minimap", G_CALLBACK(minimap_changed), self, 0);
  minimap_changed(settings, "minimap", self);
  g_signal_connect_object(self->picture, "get-child-position", G_CALLBACK(find_place), self, 0);
  g_signal_connect_object(self->canvas, "marked", G_CALLBACK(marked), self, G_CONNECT_SWAPPED);
  g_signal_connect_object(self->canvas, "view-changed", G_CALLBACK(place_card), self,
                          G_CONNECT_SWAPPED);
  marked(self);
}
