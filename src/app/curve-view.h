/* SPDX-License-Identifier: MIT
 *
 * The chart below the threshold: scores of this example or of the set at every threshold, what they
 * are at the present one or under the pointer, and a button for the best. Its choices are actions:
 * "curves.scope" ('example', 'set'), "curves.axes" ('threshold', 'precision-recall'),
 * "curves.average" ('mean', 'pooled'), "curves.class" (int64; MS_CURVE_ALL_CLASSES), "curves.best".
 */
#pragma once

#include <gtk/gtk.h>

#include "app/display.h"
#include "set/evaluation.h"

G_BEGIN_DECLS

#define MS_TYPE_CURVE_VIEW (ms_curve_view_get_type())
G_DECLARE_FINAL_TYPE(MsCurveView, ms_curve_view, MS, CURVE_VIEW, GtkWidget)

/* Signal "threshold" (double): the user wants that one; not shown until it is set. */

/* The example; NULL: none. A class that comes to be looked at alone is turned to. */
void ms_curve_view_set_display(MsCurveView *self, MsDisplay *display);
/* The set; evaluation NULL: none. split NULL: the whole set. */
void ms_curve_view_set_evaluation(MsCurveView *self, MsEvaluation *evaluation, guint model,
                                  const char *split);
/* The one in force. */
void ms_curve_view_set_threshold(MsCurveView *self, double threshold);

G_END_DECLS
