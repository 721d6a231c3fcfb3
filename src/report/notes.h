/* SPDX-License-Identifier: MIT
 *
 * The rules in force, and what a reader of the numbers should mind, in words. The same sentences
 * stand in figures, text tables, JSON and PNG comments. All results are the caller's to free.
 */
#pragma once

#include "set/evaluation.h"

G_BEGIN_DECLS

/* "threshold 0.5; ignored: void; both masks empty score 1; predicted mask resized, nearest", with
 * `separator` between the notes. */
char *ms_notes_rules(MsSet *set, const MsRuleset *rules, guint model, gboolean resized,
                     const char *separator);

/* The same without what is done to predicted masks: for where their reading says it. */
char *ms_notes_bare_rules(MsSet *set, const MsRuleset *rules, guint model, const char *separator);

/* "predicted mask flipped left to right": what is done to a model's masks; NULL: nothing is. */
char *ms_notes_adjustment(MsSet *set, guint model);

/* What every report says of a pair whose predicted mask was resized. */
#define MS_NOTE_RESIZED "predicted mask resized, nearest"

/* "unet: 3 of 12 predicted masks were resized ...", a sentence for each model that has any. */
GPtrArray *ms_notes_resized(MsEvaluation *evaluation);

/* Sentences about examples that were not scored, resized, or have no IoU, about splits without
 * intervals, and about groups that are both in training and in validation; may be empty. */
GPtrArray *ms_notes_examples(MsEvaluation *evaluation);

/* The set's notices as sentences, paths first. */
GPtrArray *ms_notes_notices(MsSet *set);

G_END_DECLS
