/* SPDX-License-Identifier: MIT
 *
 * The tolerance lens: a slider for how far from the actual edge a pixel may be wrong, and what the
 * scores of example and set are then, beside the strict ones. Those that are shown are never
 * another tolerance's: all of an example are known before the slider moves.
 */
#pragma once

#include <gtk/gtk.h>

#include "report/analysis.h"
#include "set/diagnoses.h"

G_BEGIN_DECLS

#define MS_TYPE_TOLERANCE_VIEW (ms_tolerance_view_get_type())
G_DECLARE_FINAL_TYPE(MsToleranceView, ms_tolerance_view, MS, TOLERANCE_VIEW, GtkWidget)

/* Signal "tolerance" (guint pixels): the user moved the slider. */

/* Pixels, up to MS_REACH_MAX. */
void ms_tolerance_view_set_tolerance(MsToleranceView *self, guint pixels);

/* NULL: nothing is known of the example. */
void ms_tolerance_view_set_analysis(MsToleranceView *self, MsAnalysis *analysis);
/* Another one will be set: until then nothing of the example is seen. */
void ms_tolerance_view_await_analysis(MsToleranceView *self);

/* Of a model and a split (NULL: the set); NULL: of no set. Asks for them anew when they changed. */
void ms_tolerance_view_set_diagnoses(MsToleranceView *self, MsDiagnoses *diagnoses, guint model,
                                     const char *split);

G_END_DECLS
