/* SPDX-License-Identifier: MIT
 *
 * A curve as lines: IoU, precision, recall and exact match against the threshold, or precision
 * against recall. The present threshold is a line (or a ring) that can be dragged; to the keyboard
 * and to screen readers the chart is a slider. The best threshold is a dot on the line of the IoU.
 */
#pragma once

#include <gtk/gtk.h>

#include "app/curve-plot.h"

G_BEGIN_DECLS

#define MS_TYPE_CURVE_CHART (ms_curve_chart_get_type())
G_DECLARE_FINAL_TYPE(MsCurveChart, ms_curve_chart, MS, CURVE_CHART, GtkWidget)

/* Signals:
 *   "threshold" (double): the user wants that one; not shown until it is set
 *   "pointed" (double): the pointer is at that threshold; negative: it has left */

/* iou: whose line is strong, and whose best is marked. NULL: an empty chart. */
void ms_curve_chart_set_curve(MsCurveChart *self, MsCurve *curve, MsCurveScore iou);
void ms_curve_chart_set_axes(MsCurveChart *self, MsCurveAxes axes);
void ms_curve_chart_set_threshold(MsCurveChart *self, double threshold);
/* What a screen reader says of the present threshold. */
void ms_curve_chart_set_words(MsCurveChart *self, const char *value, const char *description);

G_END_DECLS
