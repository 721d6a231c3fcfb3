/* SPDX-License-Identifier: MIT
 *
 * Lines are drawn once for a curve, a size and a colour; a threshold that moves is drawn on them.
 */
#include "app/curve-chart.h"

#include "app/compat.h"

#include <math.h>

#define WIDTH  160 /* at least */
#define HEIGHT 136

#define KEY_STEP 0.01
#define KEY_PAGE 0.1

struct _MsCurveChart {
  GtkWidget parent_instance;

  double threshold;
  double pointed; /* the threshold under the pointer; negative: none */
  double start_x; /* of a drag */
  double start_y;

  MsCurvePlot plot;     /* owns its curve */
  GdkRGBA text;         /* of the lines */
  GskRenderNode *lines; /* NULL: to be drawn anew */
};

G_DEFINE_FINAL_TYPE(MsCurveChart, ms_curve_chart, GTK_TYPE_WIDGET)

enum { THRESHOLD, POINTED_AT, N_SIGNALS };

static guint signals[N_SIGNALS];

/* --- the user --- */

static void
want(MsCurveChart *self, double threshold)
{
  if (threshold >= 0)
    g_signal_emit(self, signals[THRESHOLD], 0, threshold);
}

static void
point_at(MsCurveChart *self, double threshold)
{
  if (threshold == self->pointed)
    return;
  self->pointed = threshold;
  gtk_widget_queue_draw(GTK_WIDGET(self));
  g_signal_emit(self, signals[POINTED_AT], 0, threshold);
}

static void
pointed(GtkEventControllerMotion *motion, double x, double y, MsCurveChart *self)
{
  if (self->plot.curve)
    point_at(self, ms_curve_plot_threshold_at(&self->plot, x, y));
}

static void
left(GtkEventControllerMotion *motion, MsCurveChart *self)
{
  point_at(self, -1);
}

static void
drag_begin(GtkGestureDrag *drag, double x, double y, MsCurveChart *self)
{
  self->start_x = x;
  self->start_y = y;
  if (self->plot.curve)
    want(self, ms_curve_plot_threshold_at(&self->plot, x, y));
}

static void
drag_update(GtkGestureDrag *drag, double dx, double dy, MsCurveChart *self)
{
  if (self->plot.curve)
    want(self, ms_curve_plot_threshold_at(&self->plot, self->start_x + dx, self->start_y + dy));
}

static gboolean
key_pressed(GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state,
            MsCurveChart *self)
{
  double to;

  if (state & gtk_accelerator_get_default_mod_mask())
    return GDK_EVENT_PROPAGATE;
  switch (keyval) {
  case GDK_KEY_Left:
  case GDK_KEY_Down:
    to = self->threshold - KEY_STEP;
    break;
  case GDK_KEY_Right:
  case GDK_KEY_Up:
    to = self->threshold + KEY_STEP;
    break;
  case GDK_KEY_Page_Down:
    to = self->threshold - KEY_PAGE;
    break;
  case GDK_KEY_Page_Up:
    to = self->threshold + KEY_PAGE;
    break;
  case GDK_KEY_Home:
    to = 0;
    break;
  case GDK_KEY_End:
    to = 1;
    break;
  default:
    return GDK_EVENT_PROPAGATE;
  }
  want(self, round(1000 * CLAMP(to, 0, 1)) / 1000);
  return GDK_EVENT_STOP;
}

/* --- drawing --- */

static void
redraw_lines(MsCurveChart *self)
{
  g_clear_pointer(&self->lines, gsk_render_node_unref);
  gtk_widget_queue_draw(GTK_WIDGET(self));
}

static cairo_t *
begin(MsCurveChart *self, GtkSnapshot *snapshot)
{
  return gtk_snapshot_append_cairo(
      snapshot, &GRAPHENE_RECT_INIT(0, 0, (float)self->plot.width, (float)self->plot.height));
}

static GskRenderNode *
draw_lines(MsCurveChart *self)
{
  GtkSnapshot *snapshot = gtk_snapshot_new();
  cairo_t *cr = begin(self, snapshot);

  ms_curve_plot_draw_lines(&self->plot, GTK_WIDGET(self), cr, &self->text);
  cairo_destroy(cr);
  return gtk_snapshot_free_to_node(snapshot);
}

static void
ms_curve_chart_snapshot(GtkWidget *widget, GtkSnapshot *snapshot)
{
  MsCurveChart *self = MS_CURVE_CHART(widget);
  GdkRGBA text;
  cairo_t *cr;

  ms_compat_get_color(widget, &text);
  if (!gdk_rgba_equal(&text, &self->text))
    g_clear_pointer(&self->lines, gsk_render_node_unref);
  self->text = text;
  if (!self->lines)
    self->lines = draw_lines(self);
  if (self->lines)
    gtk_snapshot_append_node(snapshot, self->lines);
  if (!self->plot.curve)
    return;
  cr = begin(self, snapshot);
  ms_curve_plot_draw_thresholds(&self->plot, cr, &text, self->threshold, self->pointed);
  cairo_destroy(cr);
}

static void
ms_curve_chart_size_allocate(GtkWidget *widget, int width, int height, int baseline)
{
  MsCurveChart *self = MS_CURVE_CHART(widget);

  self->plot.width = width;
  self->plot.height = height;
  g_clear_pointer(&self->lines, gsk_render_node_unref);
}

/* --- what is shown --- */

void
ms_curve_chart_set_curve(MsCurveChart *self, MsCurve *curve, MsCurveScore iou)
{
  MsCurve *before = self->plot.curve;

  self->plot.curve = curve ? ms_curve_ref(curve) : NULL;
  self->plot.iou = iou;
  ms_curve_unref(before);
  redraw_lines(self);
}

void
ms_curve_chart_set_axes(MsCurveChart *self, MsCurveAxes axes)
{
  self->plot.axes = axes;
  point_at(self, -1);
  redraw_lines(self);
}

void
ms_curve_chart_set_threshold(MsCurveChart *self, double threshold)
{
  self->threshold = threshold;
  gtk_accessible_update_property(GTK_ACCESSIBLE(self), GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, threshold,
                                 -1);
  gtk_widget_queue_draw(GTK_WIDGET(self));
}

void
ms_curve_chart_set_words(MsCurveChart *self, const char *value, const char *description)
{
  gtk_accessible_update_property(GTK_ACCESSIBLE(self), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, value,
                                 GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
}

/* --- construction --- */

static void
ms_curve_chart_measure(GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                       int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
}

static void
ms_curve_chart_finalize(GObject *object)
{
  MsCurveChart *self = MS_CURVE_CHART(object);

  ms_curve_unref(self->plot.curve);
  g_clear_pointer(&self->lines, gsk_render_node_unref);
  G_OBJECT_CLASS(ms_curve_chart_parent_class)->finalize(object);
}

static void
ms_curve_chart_class_init(MsCurveChartClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);

  G_OBJECT_CLASS(class)->finalize = ms_curve_chart_finalize;
  widget_class->snapshot = ms_curve_chart_snapshot;
  widget_class->measure = ms_curve_chart_measure;
  widget_class->size_allocate = ms_curve_chart_size_allocate;
  gtk_widget_class_set_css_name(widget_class, "curvechart");
  gtk_widget_class_set_accessible_role(widget_class, GTK_ACCESSIBLE_ROLE_SLIDER);
  signals[THRESHOLD] = g_signal_new("threshold", MS_TYPE_CURVE_CHART, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_DOUBLE);
  signals[POINTED_AT] = g_signal_new("pointed", MS_TYPE_CURVE_CHART, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 1, G_TYPE_DOUBLE);
}

/* The keyboard comes here only by Tab: who drags goes on browsing with the keys. */
static void
ms_curve_chart_init(MsCurveChart *self)
{
  GtkEventController *keys = gtk_event_controller_key_new();
  GtkEventController *motion = gtk_event_controller_motion_new();
  GtkGesture *drag = gtk_gesture_drag_new();

  self->pointed = -1;
  gtk_widget_set_focusable(GTK_WIDGET(self), TRUE);
  gtk_widget_set_cursor_from_name(GTK_WIDGET(self), "ew-resize");
  gtk_accessible_update_property(GTK_ACCESSIBLE(self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                 "Threshold in the chart", GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.0,
                                 GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, 1.0, -1);
  g_signal_connect(keys, "key-pressed", G_CALLBACK(key_pressed), self);
  g_signal_connect(motion, "enter", G_CALLBACK(pointed), self);
  g_signal_connect(motion, "motion", G_CALLBACK(pointed), self);
  g_signal_connect(motion, "leave", G_CALLBACK(left), self);
  g_signal_connect(drag, "drag-begin", G_CALLBACK(drag_begin), self);
  g_signal_connect(drag, "drag-update", G_CALLBACK(drag_update), self);
  gtk_widget_add_controller(GTK_WIDGET(self), keys);
  gtk_widget_add_controller(GTK_WIDGET(self), motion);
  gtk_widget_add_controller(GTK_WIDGET(self), GTK_EVENT_CONTROLLER(drag));
}
