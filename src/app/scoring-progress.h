/* SPDX-License-Identifier: MIT
 *
 * How far the scoring of a set has come, how fast it goes and how long it will take, with the
 * buttons that pause, stop and start it; for a while, what was finished. When nothing is scored,
 * the same of the search for error regions. Hidden where there is nothing to say. Its numbers
 * change four times a second at most.
 */
#pragma once

#include <gtk/gtk.h>

#include "set/diagnoses.h"

G_BEGIN_DECLS

#define MS_TYPE_SCORING_PROGRESS (ms_scoring_progress_get_type())
G_DECLARE_FINAL_TYPE(MsScoringProgress, ms_scoring_progress, MS, SCORING_PROGRESS, GtkWidget)

/* Follows an evaluation; NULL: none. */
void ms_scoring_progress_set_evaluation(MsScoringProgress *self, MsEvaluation *evaluation);
/* And what is known of errors, beside it; NULL: none. */
void ms_scoring_progress_set_diagnoses(MsScoringProgress *self, MsDiagnoses *diagnoses);

G_END_DECLS
