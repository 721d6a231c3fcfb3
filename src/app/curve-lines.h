/* SPDX-License-Identifier: MIT
 *
 * How the line of each score of a curve looks: told apart by colour, dashes and width, in light and
 * dark. Precision has the colour of false positives, which it is lost to, and recall that of false
 * negatives.
 */
#pragma once

#include <gtk/gtk.h>

#include "metric/threshold-curve.h"

G_BEGIN_DECLS

/* Sets width, dashes and colour; text: the colour of the widget's text. */
void ms_curve_line_set_source(cairo_t *cr, MsCurveScore score, const GdkRGBA *text);

/* A drawing area shows a piece of the line from now on. */
void ms_curve_line_show_sample(GtkDrawingArea *area, MsCurveScore score);

G_END_DECLS
