/* SPDX-License-Identifier: MIT
 *
 * The panel on the right: the example's IoU with its formula, exact match with its reason, counts,
 * further scores, classes, threshold, and why it is wrong: error regions, kinds of error,
 * tolerance; then the set's totals and how its masks are read.
 */
#pragma once

#include <gtk/gtk.h>

#include "app/display.h"
#include "app/why-view.h"
#include "set/evaluation.h"

G_BEGIN_DECLS

#define MS_TYPE_INSPECTOR (ms_inspector_get_type())
G_DECLARE_FINAL_TYPE(MsInspector, ms_inspector, MS, INSPECTOR, GtkWidget)

/* Signal "threshold" (double): the slider was moved to that fraction. */

/* Shows the totals of `model`, of every split. A NULL evaluation empties it. */
void ms_inspector_set_evaluation(MsInspector *self, MsEvaluation *evaluation, guint model);

/* Which model and split (NULL: all) the totals are of. */
void ms_inspector_set_scope(MsInspector *self, guint model, const char *split);

/* Shows the threshold in force, and the set's scores as those of another one until they follow. */
void ms_inspector_update_threshold(MsInspector *self);

/* Which classes are looked at. The numbers of one that is looked at alone come with a display. */
void ms_inspector_set_focus(MsInspector *self, MsClassFocus *focus);

/* The example; NULL empties its part. */
void ms_inspector_set_display(MsInspector *self, MsDisplay *display);

/* What the example's score was before its files changed: "0.71 → 0.74"; NULL: nothing changed, or
 * it is dismissed. Signal "change-dismissed": the user has seen it. */
void ms_inspector_show_change(MsInspector *self, const char *text);

/* What is wrong with the example that is shown; NULL: not known, or not yet. */
void ms_inspector_set_analysis(MsInspector *self, MsAnalysis *analysis);
/* It is about to be found out. */
void ms_inspector_await_analysis(MsInspector *self);
/* What is wrong with the set; NULL: nothing is kept of it. */
void ms_inspector_set_diagnoses(MsInspector *self, MsDiagnoses *diagnoses);

/* The MsError that is looked at alone; -1: none. */
void ms_inspector_set_error(MsInspector *self, int error);

/* Pixels from the actual edge within which errors are forgiven. */
void ms_inspector_set_tolerance(MsInspector *self, guint pixels);

/* Lent. */
MsWhyView *ms_inspector_get_why(MsInspector *self);
MsRegionView *ms_inspector_get_regions(MsInspector *self);
MsToleranceView *ms_inspector_get_tolerance(MsInspector *self);

G_END_DECLS
