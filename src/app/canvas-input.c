/* SPDX-License-Identifier: MIT
 *
 * Pointer and touch on the canvas: drag pans (with Ctrl it marks a rectangle), wheel zooms at the
 * pointer (with Shift it pans sideways), two fingers pinch and move, double click goes between fit
 * and full size.
 */
#include "app/canvas-private.h"

#include <math.h>

/* How much one wheel click zooms: four clicks double. */
#define WHEEL_FACTOR 1.189207115002721
#define SURFACE_STEP 15 /* so many pixels of a touchpad are one click */
#define DRAG_BEGINS  4  /* view pixels: what moves less is a click */

/* It is drawn where several pictures show the same place. */
static void
share_pointer(MsCanvas *self)
{
  if (self->n_cells > 1)
    gtk_widget_queue_draw(GTK_WIDGET(self));
}

/* Names are string constants. */
static void
set_cursor(MsCanvas *self, const char *name)
{
  if (name == self->cursor)
    return;
  self->cursor = name;
  gtk_widget_set_cursor_from_name(GTK_WIDGET(self), name);
}

static void
pointer_moved(GtkEventControllerMotion *controller, double x, double y, MsCanvas *self)
{
  self->pointer_inside = TRUE;
  self->pointer_x = x;
  self->pointer_y = y;
  share_pointer(self);
  ms_canvas_report_pointer(self);
  ms_canvas_to_view(self, x, y, &x, &y);
  if (!gtk_gesture_is_active(self->drag))
    set_cursor(self, ms_canvas_mark_cursor(self, x, y));
}

static void
pointer_left(GtkEventControllerMotion *controller, MsCanvas *self)
{
  self->pointer_inside = FALSE;
  share_pointer(self);
  ms_canvas_report_pointer(self);
}

static gboolean
has_control(GtkGestureDrag *gesture)
{
  return gtk_event_controller_get_current_event_state(GTK_EVENT_CONTROLLER(gesture)) &
         GDK_CONTROL_MASK;
}

static void
drag_begin(GtkGestureDrag *gesture, double x, double y, MsCanvas *self)
{
  self->drag_x = self->drag_y = 0;
  self->dragged = FALSE;
  ms_canvas_to_view(self, x, y, &x, &y);
  ms_canvas_begin_marking(self, x, y, has_control(gesture));
  gtk_widget_grab_focus(GTK_WIDGET(self));
}

static void
drag_update(GtkGestureDrag *gesture, double x, double y, MsCanvas *self)
{
  double begin_x, begin_y;

  self->dragged |= hypot(x, y) >= DRAG_BEGINS;
  if (self->marking) {
    if (!self->dragged || !gtk_gesture_drag_get_start_point(gesture, &begin_x, &begin_y))
      return;
    ms_canvas_to_view(self, begin_x, begin_y, &begin_x, &begin_y);
    ms_canvas_mark_to(self, begin_x + x, begin_y + y);
    return;
  }
  ms_canvas_pan(self, x - self->drag_x, y - self->drag_y);
  self->drag_x = x;
  self->drag_y = y;
  set_cursor(self, "grabbing");
}

/* What was no drag is a click: with Ctrl it removes the rectangle. */
static void
drag_end(GtkGestureDrag *gesture, double x, double y, MsCanvas *self)
{
  double begin_x, begin_y;

  set_cursor(self, NULL);
  if (self->dragged || !gtk_gesture_drag_get_start_point(gesture, &begin_x, &begin_y))
    return;
  if (has_control(gesture))
    ms_canvas_set_mark(self, NULL);
  else
    ms_canvas_report_click(self, begin_x + x, begin_y + y);
}

static gboolean
scrolled(GtkEventControllerScroll *controller, double dx, double dy, MsCanvas *self)
{
  GdkModifierType state =
      gtk_event_controller_get_current_event_state(GTK_EVENT_CONTROLLER(controller));
  double x, y;

  if (!self->display)
    return GDK_EVENT_PROPAGATE;
  ms_canvas_to_view(self, self->pointer_x, self->pointer_y, &x, &y);
  if (state & GDK_SHIFT_MASK)
    ms_canvas_pan(self, -40 * (dx + dy), 0);
  else if (dy != 0 && gtk_event_controller_scroll_get_unit(controller) == GDK_SCROLL_UNIT_SURFACE)
    ms_canvas_zoom_by_hand(self, self->goal.zoom * pow(WHEEL_FACTOR, -dy / SURFACE_STEP), x, y);
  else if (dy != 0)
    ms_canvas_zoom_to(self, self->goal.zoom * pow(WHEEL_FACTOR, -dy), TRUE);
  return GDK_EVENT_STOP;
}

static void
pinch_begin(GtkGesture *gesture, GdkEventSequence *sequence, MsCanvas *self)
{
  self->pinch_zoom = self->view.zoom;
  gtk_gesture_get_bounding_box_center(gesture, &self->pinch_x, &self->pinch_y);
  self->dragged = TRUE; /* the first finger has not clicked, and does not pan */
  gtk_gesture_set_state(self->drag, GTK_EVENT_SEQUENCE_DENIED);
}

static void
pinch_changed(GtkGestureZoom *gesture, double factor, MsCanvas *self)
{
  double x, y;

  if (!gtk_gesture_get_bounding_box_center(GTK_GESTURE(gesture), &x, &y))
    return;
  ms_view_pan(&self->view, x - self->pinch_x, y - self->pinch_y);
  self->pinch_x = x;
  self->pinch_y = y;
  ms_canvas_to_view(self, x, y, &x, &y);
  ms_canvas_zoom_by_hand(self, self->pinch_zoom * factor, x, y);
}

static void
clicked(GtkGestureClick *gesture, int n_press, double x, double y, MsCanvas *self)
{
  if (n_press != 2)
    return;
  if (self->goal.fit)
    ms_canvas_zoom_to(self, MAX(1.0, 2 * self->goal.zoom), TRUE);
  else
    ms_canvas_fit(self);
}

void
ms_canvas_init_input(MsCanvas *self)
{
  GtkWidget *widget = GTK_WIDGET(self);
  GtkEventController *motion = gtk_event_controller_motion_new();
  GtkEventController *scroll =
      gtk_event_controller_scroll_new(GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkGesture *drag = gtk_gesture_drag_new();
  GtkGesture *pinch = gtk_gesture_zoom_new();
  GtkGesture *click = gtk_gesture_click_new();

  self->drag = drag;
  g_signal_connect(motion, "enter", G_CALLBACK(pointer_moved), self);
  g_signal_connect(motion, "motion", G_CALLBACK(pointer_moved), self);
  g_signal_connect(motion, "leave", G_CALLBACK(pointer_left), self);
  g_signal_connect(scroll, "scroll", G_CALLBACK(scrolled), self);
  g_signal_connect(drag, "drag-begin", G_CALLBACK(drag_begin), self);
  g_signal_connect(drag, "drag-update", G_CALLBACK(drag_update), self);
  g_signal_connect(drag, "drag-end", G_CALLBACK(drag_end), self);
  g_signal_connect(pinch, "begin", G_CALLBACK(pinch_begin), self);
  g_signal_connect(pinch, "scale-changed", G_CALLBACK(pinch_changed), self);
  g_signal_connect(click, "pressed", G_CALLBACK(clicked), self);
  gtk_widget_add_controller(widget, motion);
  gtk_widget_add_controller(widget, scroll);
  gtk_widget_add_controller(widget, GTK_EVENT_CONTROLLER(drag));
  gtk_widget_add_controller(widget, GTK_EVENT_CONTROLLER(pinch));
  gtk_widget_add_controller(widget, GTK_EVENT_CONTROLLER(click));
}
