/* SPDX-License-Identifier: MIT
 *
 * What is drawn follows from the curve, a threshold and a size, without any state between frames.
 * Of a curve of 65,536 points at most two a pixel are drawn.
 */
#include "app/curve-chart.h"

#include "app/compat.h"
#include "app/curve-lines.h"

#include <math.h>

#define WIDTH  160 /* at least */
#define HEIGHT 136
#define LEFT   16 /* beside the plot: numbers */
#define RIGHT  7
#define TOP    7
#define FOOT   17

#define KNOB     4.5 /* radii */
#define DOT      4
#define MARK     2.5
#define FAINT    0.15
#define POINTED  0.45
#define MIN_STEP 0.5 /* pixels between two points that are drawn */

#define KEY_STEP 0.01
#define KEY_PAGE 0.1

struct _MsCurveChart {
  GtkWidget parent_instance;

  MsCurveAxes axes;
  MsCurveScore iou;
  double threshold;
  double pointed; /* the threshold under the pointer; negative: none */
  double start_x; /* of a drag */
  double start_y;

  MsCurve *curve; /* owned; NULL: none */
};

G_DEFINE_FINAL_TYPE(MsCurveChart, ms_curve_chart, GTK_TYPE_WIDGET)

enum { THRESHOLD, POINTED_AT, N_SIGNALS };

static guint signals[N_SIGNALS];

/* --- places --- */

/* Where 0 and 1 are. */
typedef struct {
  double left, right, top, bottom;
} Plot;

static Plot
plot_of(MsCurveChart *self)
{
  int width = gtk_widget_get_width(GTK_WIDGET(self));
  int height = gtk_widget_get_height(GTK_WIDGET(self));

  return (Plot){LEFT + 0.5, MAX(width - RIGHT, LEFT + 1) + 0.5, TOP + 0.5,
                MAX(height - FOOT, TOP + 1) + 0.5};
}

static double
x_of(const Plot *plot, double value)
{
  return plot->left + value * (plot->right - plot->left);
}

static double
y_of(const Plot *plot, double value)
{
  return plot->bottom + value * (plot->top - plot->bottom);
}

static gboolean
is_precision_recall(MsCurveChart *self)
{
  return self->axes == MS_CURVE_AXES_PRECISION_RECALL;
}

/* Precision and recall that a rule sets are no points of a curve. */
static gboolean
find_value(MsCurveChart *self, guint point, MsCurveScore score, double *value)
{
  MsValue found = ms_curve_get_value(self->curve, point, score);
  gboolean divides = score == MS_CURVE_PRECISION || score == MS_CURVE_RECALL;

  *value = found.value;
  return found.defined && !(divides && found.by_rule);
}

/* The place of a point of precision against recall. */
static gboolean
find_place(MsCurveChart *self, const Plot *plot, guint point, double *x, double *y)
{
  double precision, recall;

  if (!find_value(self, point, MS_CURVE_PRECISION, &precision) ||
      !find_value(self, point, MS_CURVE_RECALL, &recall))
    return FALSE;
  *x = x_of(plot, recall);
  *y = y_of(plot, precision);
  return TRUE;
}

/* The point nearest to a place among those of precision and recall; n_points: there is none. */
static guint
nearest_point(MsCurveChart *self, double x, double y)
{
  guint n_points = ms_curve_n_points(self->curve), nearest = n_points;
  Plot plot = plot_of(self);
  double least = INFINITY;

  for (guint i = 0; i < n_points; i++) {
    double point_x, point_y, distance;

    if (!find_place(self, &plot, i, &point_x, &point_y))
      continue;
    distance = hypot(point_x - x, point_y - y);
    if (distance < least) {
      least = distance;
      nearest = i;
    }
  }
  return nearest;
}

static double
in_thousandths(double threshold)
{
  return round(1000 * CLAMP(threshold, 0, 1)) / 1000;
}

/* The threshold that a place stands for; negative: none. */
static double
threshold_at(MsCurveChart *self, double x, double y)
{
  Plot plot = plot_of(self);
  guint point;

  if (!is_precision_recall(self))
    return in_thousandths((x - plot.left) / (plot.right - plot.left));
  point = nearest_point(self, x, y);
  if (point == ms_curve_n_points(self->curve))
    return -1;
  return ms_curve_get_threshold(self->curve, point);
}

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
  if (self->curve)
    point_at(self, threshold_at(self, x, y));
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
  if (self->curve)
    want(self, threshold_at(self, x, y));
}

static void
drag_update(GtkGestureDrag *drag, double dx, double dy, MsCurveChart *self)
{
  if (self->curve)
    want(self, threshold_at(self, self->start_x + dx, self->start_y + dy));
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
  want(self, in_thousandths(to));
  return GDK_EVENT_STOP;
}

/* --- drawing --- */

typedef struct {
  cairo_t *cr;
  Plot plot;
  GdkRGBA text;
} Pen;

static void
set_text_color(const Pen *pen, double opacity)
{
  cairo_set_source_rgba(pen->cr, pen->text.red, pen->text.green, pen->text.blue,
                        pen->text.alpha * opacity);
}

/* align: which part of the text is at x (0: its left end); it is below y, or beside it. */
static void
draw_text(MsCurveChart *self, const Pen *pen, const char *text, double align, double x, double y,
          gboolean beside)
{
  g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout(GTK_WIDGET(self), text);
  g_autoptr(PangoAttrList) attributes = pango_attr_list_new();
  int width, height;

  pango_attr_list_insert(attributes, pango_attr_scale_new(0.75));
  pango_layout_set_attributes(layout, attributes);
  pango_layout_get_pixel_size(layout, &width, &height);
  cairo_move_to(pen->cr, round(x - align * width), beside ? round(y - height / 2.0) : y);
  set_text_color(pen, 0.7);
  pango_cairo_show_layout(pen->cr, layout);
  cairo_new_path(pen->cr);
}

static void
draw_words(MsCurveChart *self, const Pen *pen)
{
  const char *numbers[] = {"0", is_precision_recall(self) ? "Recall" : "0.5", "1"};
  const Plot *plot = &pen->plot;

  for (guint i = 0; i <= 2; i++)
    draw_text(self, pen, numbers[i], 0.5, x_of(plot, i / 2.0), plot->bottom + 3, FALSE);
  for (guint i = 0; i <= 2; i += 2)
    draw_text(self, pen, numbers[i], 1, plot->left - 4, y_of(plot, i / 2.0), TRUE);
  if (is_precision_recall(self))
    draw_text(self, pen, "↑ Precision", 0, plot->left + 4, plot->bottom - 9, TRUE);
}

static void
draw_grid(const Pen *pen)
{
  const Plot *plot = &pen->plot;

  cairo_set_line_width(pen->cr, 1);
  set_text_color(pen, FAINT);
  for (guint i = 0; i <= 2; i++) {
    double x = floor(x_of(plot, i / 2.0)) + 0.5, y = floor(y_of(plot, i / 2.0)) + 0.5;

    cairo_move_to(pen->cr, plot->left, y);
    cairo_line_to(pen->cr, plot->right, y);
    cairo_move_to(pen->cr, x, plot->top);
    cairo_line_to(pen->cr, x, plot->bottom);
  }
  cairo_stroke(pen->cr);
}

/* A score keeps its value from a point's threshold up to the next one's. */
static void
draw_steps(MsCurveChart *self, const Pen *pen, MsCurveScore score)
{
  guint n_points = ms_curve_n_points(self->curve);
  double drawn_to = -INFINITY;

  for (guint i = 0; i < n_points; i++) {
    gboolean is_last = i + 1 == n_points;
    double x = x_of(&pen->plot, ms_curve_get_threshold(self->curve, i)), value;
    double next =
        is_last ? pen->plot.right : x_of(&pen->plot, ms_curve_get_threshold(self->curve, i + 1));

    if (!find_value(self, i, score, &value)) {
      cairo_new_sub_path(pen->cr);
    } else if (next - drawn_to >= MIN_STEP || is_last) {
      cairo_line_to(pen->cr, x, y_of(&pen->plot, value));
      cairo_line_to(pen->cr, next, y_of(&pen->plot, value));
      drawn_to = next;
    }
  }
  ms_curve_line_set_source(pen->cr, score, &pen->text);
  cairo_stroke(pen->cr);
}

static void
draw_precision_recall(MsCurveChart *self, const Pen *pen)
{
  double drawn_x = -INFINITY, drawn_y = -INFINITY;
  guint n_points = ms_curve_n_points(self->curve);

  for (guint i = 0; i < n_points; i++) {
    double x, y;

    if (!find_place(self, &pen->plot, i, &x, &y) ||
        (hypot(x - drawn_x, y - drawn_y) < MIN_STEP && i + 1 < n_points))
      continue;
    cairo_line_to(pen->cr, x, y);
    drawn_x = x;
    drawn_y = y;
  }
  ms_curve_line_set_source(pen->cr, MS_CURVE_IOU, &pen->text);
  cairo_stroke(pen->cr);
}

static void
draw_circle(const Pen *pen, double x, double y, double radius, gboolean filled)
{
  cairo_new_sub_path(pen->cr);
  cairo_arc(pen->cr, x, y, radius, 0, 2 * G_PI);
  cairo_set_dash(pen->cr, NULL, 0, 0);
  cairo_set_line_width(pen->cr, 1.5);
  if (filled)
    cairo_fill(pen->cr);
  else
    cairo_stroke(pen->cr);
}

/* Where a threshold is on the line of a score, or on that of precision and recall. */
static gboolean
place_on_line(MsCurveChart *self, const Plot *plot, MsCurveScore score, double threshold, double *x,
              double *y)
{
  guint point = ms_curve_find_point(self->curve, threshold);
  double value;

  if (is_precision_recall(self))
    return find_place(self, plot, point, x, y);
  if (!find_value(self, point, score, &value))
    return FALSE;
  *x = x_of(plot, threshold);
  *y = y_of(plot, value);
  return TRUE;
}

static void
draw_best(MsCurveChart *self, const Pen *pen)
{
  double threshold, x, y;
  MsValue value;

  if (!ms_curve_find_best(self->curve, self->iou, &threshold, &value) ||
      !place_on_line(self, &pen->plot, self->iou, threshold, &x, &y))
    return;
  set_text_color(pen, 1);
  draw_circle(pen, x, y, DOT, TRUE);
}

/* The line of a threshold, and where it meets the others. */
static void
draw_threshold(MsCurveChart *self, const Pen *pen, double threshold, double opacity)
{
  static const MsCurveScore scores[] = {MS_CURVE_PRECISION, MS_CURVE_RECALL, MS_CURVE_EXACT};
  double at = floor(x_of(&pen->plot, threshold)) + 0.5, x, y;

  set_text_color(pen, opacity);
  cairo_set_dash(pen->cr, NULL, 0, 0);
  cairo_set_line_width(pen->cr, 1);
  cairo_move_to(pen->cr, at, pen->plot.top);
  cairo_line_to(pen->cr, at, pen->plot.bottom);
  cairo_stroke(pen->cr);
  for (guint i = 0; i < G_N_ELEMENTS(scores); i++)
    if (place_on_line(self, &pen->plot, scores[i], threshold, &x, &y)) {
      ms_curve_line_set_source(pen->cr, scores[i], &pen->text);
      draw_circle(pen, at, y, MARK, TRUE);
    }
}

static void
draw_thresholds(MsCurveChart *self, const Pen *pen)
{
  double x, y;

  if (!is_precision_recall(self)) {
    if (self->pointed >= 0)
      draw_threshold(self, pen, self->pointed, POINTED);
    draw_threshold(self, pen, self->threshold, 1);
    set_text_color(pen, 1);
    draw_circle(pen, floor(x_of(&pen->plot, self->threshold)) + 0.5, pen->plot.bottom, KNOB, TRUE);
    return;
  }
  set_text_color(pen, POINTED);
  if (self->pointed >= 0 && place_on_line(self, &pen->plot, self->iou, self->pointed, &x, &y))
    draw_circle(pen, x, y, KNOB, FALSE);
  set_text_color(pen, 1);
  if (place_on_line(self, &pen->plot, self->iou, self->threshold, &x, &y))
    draw_circle(pen, x, y, KNOB + 2, FALSE);
}

static void
draw_curve(MsCurveChart *self, const Pen *pen)
{
  const MsCurveScore order[] = {MS_CURVE_EXACT, MS_CURVE_RECALL, MS_CURVE_PRECISION, self->iou};

  if (is_precision_recall(self))
    draw_precision_recall(self, pen);
  else
    for (guint i = 0; i < G_N_ELEMENTS(order); i++)
      draw_steps(self, pen, order[i]);
  draw_best(self, pen);
  draw_thresholds(self, pen);
}

static void
ms_curve_chart_snapshot(GtkWidget *widget, GtkSnapshot *snapshot)
{
  MsCurveChart *self = MS_CURVE_CHART(widget);
  Pen pen = {.plot = plot_of(self)};

  ms_compat_get_color(widget, &pen.text);
  pen.cr = gtk_snapshot_append_cairo(snapshot,
                                     &GRAPHENE_RECT_INIT(0, 0, (float)gtk_widget_get_width(widget),
                                                         (float)gtk_widget_get_height(widget)));
  cairo_set_line_join(pen.cr, CAIRO_LINE_JOIN_ROUND);
  draw_grid(&pen);
  draw_words(self, &pen);
  if (self->curve)
    draw_curve(self, &pen);
  cairo_destroy(pen.cr);
}

/* --- what is shown --- */

void
ms_curve_chart_set_curve(MsCurveChart *self, MsCurve *curve, MsCurveScore iou)
{
  MsCurve *before = self->curve;

  self->curve = curve ? ms_curve_ref(curve) : NULL;
  self->iou = iou;
  ms_curve_unref(before);
  gtk_widget_queue_draw(GTK_WIDGET(self));
}

void
ms_curve_chart_set_axes(MsCurveChart *self, MsCurveAxes axes)
{
  self->axes = axes;
  point_at(self, -1);
  gtk_widget_queue_draw(GTK_WIDGET(self));
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
  ms_curve_unref(MS_CURVE_CHART(object)->curve);
  G_OBJECT_CLASS(ms_curve_chart_parent_class)->finalize(object);
}

static void
ms_curve_chart_class_init(MsCurveChartClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);

  G_OBJECT_CLASS(class)->finalize = ms_curve_chart_finalize;
  widget_class->snapshot = ms_curve_chart_snapshot;
  widget_class->measure = ms_curve_chart_measure;
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
