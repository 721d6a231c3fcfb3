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

/* "void, 255"; NULL when nothing is ignored. */
char *ms_notes_ignored(MsSet *set, const MsRuleset *rules, guint model);

/* Sentences about examples that were not scored, resized, or have no IoU; may be empty. */
GPtrArray *ms_notes_advice(MsEvaluation *evaluation);

/* The set's notices as sentences, paths first, without those that only say why an example is
 * skipped: lists of skipped examples say that, and hundreds of them would hide a guess. */
GPtrArray *ms_notes_notices(MsSet *set);

G_END_DECLS
