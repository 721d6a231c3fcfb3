/* SPDX-License-Identifier: MIT
 *
 * The picture of a curve: where its values are on a chart of some size, its lines, and a threshold
 * on them. Lines do not change when the threshold moves.
 */
#pragma once

#include <gtk/gtk.h>

#include "set/curves.h"

G_BEGIN_DECLS

typedef enum { MS_CURVE_AXES_THRESHOLD, MS_CURVE_AXES_PRECISION_RECALL } MsCurveAxes;

/* Borrows. */
typedef struct {
  MsCurve *curve;   /* NULL: none, and there is only a grid to draw */
  MsCurveScore iou; /* whose line is strong, and whose best is marked */
  MsCurveAxes axes;
  int width;
  int height;
} MsCurvePlot;

/* The threshold that a place stands for; negative: none. There must be a curve. */
double ms_curve_plot_threshold_at(const MsCurvePlot *plot, double x, double y);

/* Grid, numbers, lines and the best threshold. widget: whose text it is. */
void ms_curve_plot_draw_lines(const MsCurvePlot *plot, GtkWidget *widget, cairo_t *cr,
                              const GdkRGBA *text);
/* The threshold in force, and one that is pointed at (negative: none), on lines drawn before. */
void ms_curve_plot_draw_thresholds(const MsCurvePlot *plot, cairo_t *cr, const GdkRGBA *text,
                                   double threshold, double pointed);

G_END_DECLS
