/* SPDX-License-Identifier: MIT
 *
 * Everything follows from the plot; there is no state. Of a curve of 65,536 points at most two a
 * pixel are drawn.
 */
#include "app/curve-plot.h"

#include "app/curve-lines.h"

#include <math.h>

#define LEFT  16 /* beside the plot: numbers */
#define RIGHT 7
#define TOP   7
#define FOOT  17

#define KNOB     4.5 /* radii */
#define BEST     6
#define MARK     2.5
#define FAINT    0.15
#define POINTED  0.45
#define MIN_STEP 0.5 /* pixels between two points that are drawn */

/* --- places --- */

/* Where 0 and 1 are. */
typedef struct {
  double left, right, top, bottom;
} Box;

static Box
box_of(const MsCurvePlot *plot)
{
  return (Box){LEFT + 0.5, MAX(plot->width - RIGHT, LEFT + 1) + 0.5, TOP + 0.5,
               MAX(plot->height - FOOT, TOP + 1) + 0.5};
}

static double
x_of(const Box *box, double value)
{
  return box->left + value * (box->right - box->left);
}

static double
y_of(const Box *box, double value)
{
  return box->bottom + value * (box->top - box->bottom);
}

static gboolean
is_precision_recall(const MsCurvePlot *plot)
{
  return plot->axes == MS_CURVE_AXES_PRECISION_RECALL;
}

/* Precision and recall that a rule sets are no points of a curve. */
static gboolean
find_value(const MsCurvePlot *plot, guint point, MsCurveScore score, double *value)
{
  MsValue found = ms_curve_get_value(plot->curve, point, score);
  gboolean divides = score == MS_CURVE_PRECISION || score == MS_CURVE_RECALL;

  *value = found.value;
  return found.defined && !(divides && found.by_rule);
}

/* The place of a point of precision against recall. */
static gboolean
find_place(const MsCurvePlot *plot, const Box *box, guint point, double *x, double *y)
{
  double precision, recall;

  if (!find_value(plot, point, MS_CURVE_PRECISION, &precision) ||
      !find_value(plot, point, MS_CURVE_RECALL, &recall))
    return FALSE;
  *x = x_of(box, recall);
  *y = y_of(box, precision);
  return TRUE;
}

/* The point nearest to a place among those of precision and recall; n_points: there is none. */
static guint
nearest_point(const MsCurvePlot *plot, double x, double y)
{
  guint n_points = ms_curve_n_points(plot->curve), nearest = n_points;
  Box box = box_of(plot);
  double least = INFINITY;

  for (guint i = 0; i < n_points; i++) {
    double point_x, point_y, distance;

    if (!find_place(plot, &box, i, &point_x, &point_y))
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
double
ms_curve_plot_threshold_at(const MsCurvePlot *plot, double x, double y)
{
  Box box = box_of(plot);
  guint point;

  if (!is_precision_recall(plot))
    return in_thousandths((x - box.left) / (box.right - box.left));
  point = nearest_point(plot, x, y);
  if (point == ms_curve_n_points(plot->curve))
    return -1;
  return ms_curve_get_middle(plot->curve, point);
}

/* --- drawing --- */

typedef struct {
  cairo_t *cr;
  Box box;
  GtkWidget *widget;
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
draw_text(const MsCurvePlot *plot, const Pen *pen, const char *text, double align, double x,
          double y, gboolean beside)
{
  g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout(pen->widget, text);
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
draw_words(const MsCurvePlot *plot, const Pen *pen)
{
  const char *numbers[] = {"0", is_precision_recall(plot) ? "Recall" : "0.5", "1"};
  const Box *box = &pen->box;

  for (guint i = 0; i <= 2; i++)
    draw_text(plot, pen, numbers[i], 0.5, x_of(box, i / 2.0), box->bottom + 3, FALSE);
  for (guint i = 0; i <= 2; i += 2)
    draw_text(plot, pen, numbers[i], 1, box->left - 4, y_of(box, i / 2.0), TRUE);
  if (is_precision_recall(plot))
    draw_text(plot, pen, "↑ Precision", 0, box->left + 4, box->bottom - 9, TRUE);
}

static void
draw_grid(const Pen *pen)
{
  const Box *box = &pen->box;

  cairo_set_line_width(pen->cr, 1);
  set_text_color(pen, FAINT);
  for (guint i = 0; i <= 2; i++) {
    double x = floor(x_of(box, i / 2.0)) + 0.5, y = floor(y_of(box, i / 2.0)) + 0.5;

    cairo_move_to(pen->cr, box->left, y);
    cairo_line_to(pen->cr, box->right, y);
    cairo_move_to(pen->cr, x, box->top);
    cairo_line_to(pen->cr, x, box->bottom);
  }
  cairo_stroke(pen->cr);
}

/* A score keeps its value from a point's threshold up to the next one's. */
static void
draw_steps(const MsCurvePlot *plot, const Pen *pen, MsCurveScore score)
{
  guint n_points = ms_curve_n_points(plot->curve);
  double drawn_to = -INFINITY;

  for (guint i = 0; i < n_points; i++) {
    gboolean is_last = i + 1 == n_points;
    double x = x_of(&pen->box, ms_curve_get_threshold(plot->curve, i)), value;
    double next =
        is_last ? pen->box.right : x_of(&pen->box, ms_curve_get_threshold(plot->curve, i + 1));

    if (!find_value(plot, i, score, &value)) {
      cairo_new_sub_path(pen->cr);
    } else if (next - drawn_to >= MIN_STEP || is_last) {
      cairo_line_to(pen->cr, x, y_of(&pen->box, value));
      cairo_line_to(pen->cr, next, y_of(&pen->box, value));
      drawn_to = next;
    }
  }
  ms_curve_line_set_source(pen->cr, score, &pen->text);
  cairo_stroke(pen->cr);
}

static void
draw_precision_recall(const MsCurvePlot *plot, const Pen *pen)
{
  double drawn_x = -INFINITY, drawn_y = -INFINITY;
  guint n_points = ms_curve_n_points(plot->curve);

  for (guint i = 0; i < n_points; i++) {
    double x, y;

    if (!find_place(plot, &pen->box, i, &x, &y) ||
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

static void
draw_diamond(const Pen *pen, double x, double y, double radius)
{
  cairo_move_to(pen->cr, x - radius, y);
  cairo_line_to(pen->cr, x, y - radius);
  cairo_line_to(pen->cr, x + radius, y);
  cairo_line_to(pen->cr, x, y + radius);
  cairo_close_path(pen->cr);
  cairo_fill(pen->cr);
}

/* Where a threshold is on the line of a score, or on that of precision and recall. */
static gboolean
place_on_line(const MsCurvePlot *plot, const Box *box, MsCurveScore score, double threshold,
              double *x, double *y)
{
  guint point = ms_curve_find_point(plot->curve, threshold);
  double value;

  if (is_precision_recall(plot))
    return find_place(plot, box, point, x, y);
  if (!find_value(plot, point, score, &value))
    return FALSE;
  *x = x_of(box, threshold);
  *y = y_of(box, value);
  return TRUE;
}

static void
draw_best(const MsCurvePlot *plot, const Pen *pen)
{
  double threshold, x, y;
  MsValue value;

  if (!ms_curve_find_best(plot->curve, plot->iou, &threshold, &value) ||
      !place_on_line(plot, &pen->box, plot->iou, threshold, &x, &y))
    return;
  set_text_color(pen, 1);
  draw_diamond(pen, x, y, BEST);
}

/* The line of a threshold, and where it meets the others. */
static void
draw_threshold(const MsCurvePlot *plot, const Pen *pen, double threshold, double opacity)
{
  static const MsCurveScore scores[] = {MS_CURVE_PRECISION, MS_CURVE_RECALL, MS_CURVE_EXACT};
  double at = floor(x_of(&pen->box, threshold)) + 0.5, x, y;

  set_text_color(pen, opacity);
  cairo_set_dash(pen->cr, NULL, 0, 0);
  cairo_set_line_width(pen->cr, 1);
  cairo_move_to(pen->cr, at, pen->box.top);
  cairo_line_to(pen->cr, at, pen->box.bottom);
  cairo_stroke(pen->cr);
  for (guint i = 0; i < G_N_ELEMENTS(scores); i++)
    if (place_on_line(plot, &pen->box, scores[i], threshold, &x, &y)) {
      ms_curve_line_set_source(pen->cr, scores[i], &pen->text);
      draw_circle(pen, at, y, MARK, TRUE);
    }
}

static void
draw_curve(const MsCurvePlot *plot, const Pen *pen)
{
  const MsCurveScore order[] = {MS_CURVE_EXACT, MS_CURVE_RECALL, MS_CURVE_PRECISION, plot->iou};

  if (is_precision_recall(plot))
    draw_precision_recall(plot, pen);
  else
    for (guint i = 0; i < G_N_ELEMENTS(order); i++)
      draw_steps(plot, pen, order[i]);
  draw_best(plot, pen);
}

void
ms_curve_plot_draw_lines(const MsCurvePlot *plot, GtkWidget *widget, cairo_t *cr,
                         const GdkRGBA *text)
{
  Pen pen = {.cr = cr, .box = box_of(plot), .widget = widget, .text = *text};

  cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
  draw_grid(&pen);
  draw_words(plot, &pen);
  if (plot->curve)
    draw_curve(plot, &pen);
}

void
ms_curve_plot_draw_thresholds(const MsCurvePlot *plot, cairo_t *cr, const GdkRGBA *text,
                              double threshold, double pointed)
{
  Pen pen = {.cr = cr, .box = box_of(plot), .text = *text};
  double x, y;

  if (!is_precision_recall(plot)) {
    if (pointed >= 0)
      draw_threshold(plot, &pen, pointed, POINTED);
    draw_threshold(plot, &pen, threshold, 1);
    set_text_color(&pen, 1);
    draw_circle(&pen, floor(x_of(&pen.box, threshold)) + 0.5, pen.box.bottom, KNOB, TRUE);
    return;
  }
  set_text_color(&pen, POINTED);
  if (pointed >= 0 && place_on_line(plot, &pen.box, plot->iou, pointed, &x, &y))
    draw_circle(&pen, x, y, KNOB, FALSE);
  set_text_color(&pen, 1);
  if (place_on_line(plot, &pen.box, plot->iou, threshold, &x, &y))
    draw_circle(&pen, x, y, KNOB, TRUE);
}
