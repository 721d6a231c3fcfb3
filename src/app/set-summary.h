/* SPDX-License-Identifier: MIT
 *
 * The lower half of the inspector: the set's scores, filled in while the evaluation runs, how its
 * masks are read, and what was noticed when it was opened. Sums nothing: it shows the boards of a
 * keeper, intervals only while they hold, and values of old rules as such.
 */
#pragma once

#include <gtk/gtk.h>

#include "report/class-focus.h"
#include "set/diagnoses.h"
#include "set/evaluation.h"

G_BEGIN_DECLS

#define MS_TYPE_SET_SUMMARY (ms_set_summary_get_type())
G_DECLARE_FINAL_TYPE(MsSetSummary, ms_set_summary, MS, SET_SUMMARY, GtkWidget)

/* Shows the totals of `model`, of every split. A NULL evaluation empties it. */
void ms_set_summary_set_evaluation(MsSetSummary *self, MsEvaluation *evaluation, guint model);
void ms_set_summary_set_scope(MsSetSummary *self, guint model, const char *split);

/* Which classes are looked at: its numbers stay those of the whole set. */
void ms_set_summary_set_focus(MsSetSummary *self, MsClassFocus *focus);

/* What is wrong with its examples; NULL: nobody knows. */
void ms_set_summary_set_diagnoses(MsSetSummary *self, MsDiagnoses *diagnoses);
/* The MsError that is looked at alone; -1: none. */
void ms_set_summary_set_error(MsSetSummary *self, int error);

/* The threshold of the model was moved; its scores may take a while to follow. */
void ms_set_summary_update_rules(MsSetSummary *self);

G_END_DECLS
