/* SPDX-License-Identifier: MIT
 *
 * Drags and keys are wishes, from 0 to 1, which the parent is told; its value is what the parent
 * sets, and nothing else moves it. It draws itself so that it shows on any picture, with arrows on
 * the knob that say which way it goes.
 */
#include "app/swipe-handle.h"

#define KNOB  26 /* as wide as the handle is */
#define LINE  2
#define STEP  0.02
#define LARGE 0.1
#define ARROW 4

struct _MsSwipeHandle {
  GtkWidget parent_instance;

  double value;
};

G_DEFINE_FINAL_TYPE(MsSwipeHandle, ms_swipe_handle, GTK_TYPE_WIDGET)

enum { MOVED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
move_to(MsSwipeHandle *self, double value)
{
  g_signal_emit(self, signals[MOVED], 0, CLAMP(value, 0, 1));
}

void
ms_swipe_handle_set_value(MsSwipeHandle *self, double value)
{
  self->value = value;
  gtk_accessible_update_property(GTK_ACCESSIBLE(self), GTK_ACCESSIBLE_PROPERTY_VALUE_NOW,
                                 100 * value, -1);
}

static double
middle(MsSwipeHandle *self)
{
  graphene_rect_t bounds;

  if (!gtk_widget_compute_bounds(GTK_WIDGET(self), gtk_widget_get_parent(GTK_WIDGET(self)),
                                 &bounds))
    return 0;
  return bounds.origin.x + bounds.size.width / 2;
}

static void
drag_begin(GtkGestureDrag *gesture, double x, double y, MsSwipeHandle *self)
{
  gtk_gesture_set_state(GTK_GESTURE(gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus(GTK_WIDGET(self));
}

/* The offset is told in the coordinates of a handle that has moved meanwhile. */
static void
drag_update(GtkGestureDrag *gesture, double x, double y, MsSwipeHandle *self)
{
  int width = gtk_widget_get_width(gtk_widget_get_parent(GTK_WIDGET(self)));

  move_to(self, (middle(self) + x) / MAX(1, width));
}

static gboolean
key_pressed(GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state,
            MsSwipeHandle *self)
{
  if (state & gtk_accelerator_get_default_mod_mask())
    return GDK_EVENT_PROPAGATE;
  switch (keyval) {
  case GDK_KEY_Left:
    move_to(self, self->value - STEP);
    return GDK_EVENT_STOP;
  case GDK_KEY_Right:
    move_to(self, self->value + STEP);
    return GDK_EVENT_STOP;
  case GDK_KEY_Page_Up:
    move_to(self, self->value - LARGE);
    return GDK_EVENT_STOP;
  case GDK_KEY_Page_Down:
    move_to(self, self->value + LARGE);
    return GDK_EVENT_STOP;
  case GDK_KEY_Home:
    move_to(self, 0);
    return GDK_EVENT_STOP;
  case GDK_KEY_End:
    move_to(self, 1);
    return GDK_EVENT_STOP;
  default:
    return GDK_EVENT_PROPAGATE;
  }
}

static void
ms_swipe_handle_measure(GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                        int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? KNOB : 0;
}

static void
append_arrows(GtkSnapshot *snapshot, float x, float y)
{
  cairo_t *cr = gtk_snapshot_append_cairo(
      snapshot, &GRAPHENE_RECT_INIT(x - KNOB / 2, y - KNOB / 2, KNOB, KNOB));

  cairo_set_source_rgb(cr, 0.1, 0.1, 0.1);
  cairo_set_line_width(cr, 1.8);
  cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
  for (int side = -1; side <= 1; side += 2) {
    cairo_move_to(cr, x + side * 3.5, y - ARROW);
    cairo_line_to(cr, x + side * (3.5 + ARROW), y);
    cairo_line_to(cr, x + side * 3.5, y + ARROW);
  }
  cairo_stroke(cr);
  cairo_destroy(cr);
}

static void
append_line(GtkSnapshot *snapshot, float x, float height, float width, const GdkRGBA *color)
{
  gtk_snapshot_append_color(snapshot, color, &GRAPHENE_RECT_INIT(x - width / 2, 0, width, height));
}

static void
ms_swipe_handle_snapshot(GtkWidget *widget, GtkSnapshot *snapshot)
{
  float x = (float)gtk_widget_get_width(widget) / 2, height = (float)gtk_widget_get_height(widget);
  graphene_rect_t knob =
      GRAPHENE_RECT_INIT(x - KNOB / 2 + 1, height / 2 - KNOB / 2 + 1, KNOB - 2, KNOB - 2);
  GskRoundedRect round;
  GdkRGBA dark = {0, 0, 0, 0.55f}, light = {1, 1, 1, 1};

  append_line(snapshot, x, height, LINE + 2, &dark);
  append_line(snapshot, x, height, LINE, &light);
  gsk_rounded_rect_init_from_rect(&round, &knob, knob.size.width / 2);
  gtk_snapshot_append_outset_shadow(snapshot, &round, &dark, 0, 0, 1, 3);
  gtk_snapshot_push_rounded_clip(snapshot, &round);
  gtk_snapshot_append_color(snapshot, &light, &knob);
  gtk_snapshot_pop(snapshot);
  append_arrows(snapshot, x, height / 2);
}

static void
ms_swipe_handle_class_init(MsSwipeHandleClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);

  widget_class->measure = ms_swipe_handle_measure;
  widget_class->snapshot = ms_swipe_handle_snapshot;
  gtk_widget_class_set_css_name(widget_class, "swipehandle");
  gtk_widget_class_set_accessible_role(widget_class, GTK_ACCESSIBLE_ROLE_SLIDER);
  signals[MOVED] = g_signal_new("moved", MS_TYPE_SWIPE_HANDLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_DOUBLE);
}

static void
ms_swipe_handle_init(MsSwipeHandle *self)
{
  GtkWidget *widget = GTK_WIDGET(self);
  GtkGesture *drag = gtk_gesture_drag_new();
  GtkEventController *keys = gtk_event_controller_key_new();

  gtk_widget_set_focusable(widget, TRUE);
  gtk_widget_set_cursor_from_name(widget, "col-resize");
  gtk_accessible_update_property(GTK_ACCESSIBLE(self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                 "Actual to the left of here, predicted to the right",
                                 GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.0,
                                 GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, 100.0, -1);
  g_signal_connect(drag, "drag-begin", G_CALLBACK(drag_begin), self);
  g_signal_connect(drag, "drag-update", G_CALLBACK(drag_update), self);
  g_signal_connect(keys, "key-pressed", G_CALLBACK(key_pressed), self);
  gtk_widget_add_controller(widget, GTK_EVENT_CONTROLLER(drag));
  gtk_widget_add_controller(widget, keys);
}

MsSwipeHandle *
ms_swipe_handle_new(void)
{
  return g_object_new(MS_TYPE_SWIPE_HANDLE, NULL);
}
