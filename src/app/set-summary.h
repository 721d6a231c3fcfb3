/* SPDX-License-Identifier: MIT
 *
 * The lower half of the inspector: the set's totals, filled in while the evaluation runs, how its
 * masks are read, and what was noticed when it was opened.
 */
#pragma once

#include <gtk/gtk.h>

#include "set/evaluation.h"

G_BEGIN_DECLS

#define MS_TYPE_SET_SUMMARY (ms_set_summary_get_type())
G_DECLARE_FINAL_TYPE(MsSetSummary, ms_set_summary, MS, SET_SUMMARY, GtkWidget)

/* Shows the totals of `model`, of every split. A NULL evaluation empties it. */
void ms_set_summary_set_evaluation(MsSetSummary *self, MsEvaluation *evaluation, guint model);
void ms_set_summary_set_scope(MsSetSummary *self, guint model, const char *split);

G_END_DECLS
