/* SPDX-License-Identifier: MIT
 *
 * What is wrong with every example of a set: error regions, anatomy and tolerance, as they come in
 * beside the scores of an evaluation. Lives on that evaluation's thread; pixels are read on
 * workers, and other threads get snapshots. Always of the rules that the evaluation has in force
 * and of every class, whatever is looked at: when rules change, everything waits again, and a pass
 * that was running begins anew. What was found is kept in the results store, so that opening a set
 * again reads no pixels. Label sets have no pixels: every pass over them ends at once.
 */
#pragma once

#include "set/evaluation.h"
#include "set/findings-sums.h"
#include "set/findings-table.h"
#include "set/walk.h"

G_BEGIN_DECLS

#define MS_TYPE_DIAGNOSES (ms_diagnoses_get_type())
G_DECLARE_FINAL_TYPE(MsDiagnoses, ms_diagnoses, MS, DIAGNOSES, GObject)

/* Signals:
 *   "changed" (guint model): findings of a model came in, or wait again
 *   "walk" (guint model): ms_diagnoses_get_walk() answers another one
 *   "notice" (const char *): masks that were scored could not be looked at; says which and why
 * Properties (notified): "done", "total" (guint, of the running pass), "running", "paused"
 * (gboolean). */
MsDiagnoses *ms_diagnoses_new(MsEvaluation *evaluation);
MsEvaluation *ms_diagnoses_get_evaluation(MsDiagnoses *self);

/* Whether it is to be done without being asked for: masks, and no more than 2,000 examples. */
gboolean ms_diagnoses_is_cheap(MsDiagnoses *self);

/* Looks in the background at every example of `model` that waits, in id order beginning at `first`,
 * at low priority. Replaces a running pass, and goes on where it was paused. The evaluation's holds
 * hold it too. */
void ms_diagnoses_start(MsDiagnoses *self, guint model, guint first);
void ms_diagnoses_cancel(MsDiagnoses *self);
gboolean ms_diagnoses_is_running(MsDiagnoses *self); /* also while it is paused */
guint ms_diagnoses_get_model(MsDiagnoses *self);     /* of the last pass */
guint ms_diagnoses_get_done(MsDiagnoses *self);
guint ms_diagnoses_get_total(MsDiagnoses *self);
/* Examples of a model that wait, whether or not a pass is running. */
guint ms_diagnoses_get_n_waiting(MsDiagnoses *self, guint model);

void ms_diagnoses_pause(MsDiagnoses *self);
void ms_diagnoses_resume(MsDiagnoses *self);
gboolean ms_diagnoses_is_paused(MsDiagnoses *self);

/* As ms_evaluation_get_rate(). */
void ms_diagnoses_get_rate(MsDiagnoses *self, double *per_second, double *seconds_left);

/* Findings that were made elsewhere, of the example that is looked at: of every class, under these
 * rules, of the masks of this OK result and with its counts, whatever the evaluation's are by now.
 * Left out where other rules are in force, or the example is not scored under them yet. */
void ms_diagnoses_put(MsDiagnoses *self, guint example, guint model, const MsRuleset *rules,
                      const MsResult *result, const MsFindings *findings);

/* The files of an example have changed: what was found of it is forgotten, and it waits. before:
 * the score that it had (ms_evaluation_rescore()); "changed" follows. A pass that is running begins
 * anew. */
void ms_diagnoses_forget(MsDiagnoses *self, guint example, guint model, const MsScore *before);

/* What is kept of a model, as it is now, for any thread; the caller's. */
MsFindingsTable *ms_diagnoses_snapshot(MsDiagnoses *self, guint model);
/* What is known of an example; lent until the next change. */
const MsFoundRecord *ms_diagnoses_get_record(MsDiagnoses *self, guint example, guint model);

/* Examples of a split (NULL: the set) that are in no anatomy and no score yet, below. */
guint ms_diagnoses_count_waiting(MsDiagnoses *self, guint model, const char *split);

/* The anatomy of a split (NULL: the set): what its examples lost to each error, out of the pooled
 * counts of the same examples, and how many they are. Kept as findings come in. FALSE: no such
 * split. pooled and n_examples may be NULL. */
gboolean ms_diagnoses_get_anatomy(MsDiagnoses *self, guint model, const char *split,
                                  MsAnatomy *anatomy, MsPooledCounts *pooled, guint *n_examples);

/* Scores of a split (NULL: the set) at tolerance k, 0 to MS_REACH_MAX, over the examples whose
 * findings are there; at 0 the strict ones over the same examples. FALSE: no such split. */
gboolean ms_diagnoses_get_scores(MsDiagnoses *self, guint model, const char *split, guint k,
                                 MsTolerantScores *scores, guint *n_examples);

/* The largest regions of all findings of a model, worked out elsewhere; lent until the next "walk"
 * or the caller's next turn of the main loop, so ref it to keep it. NULL: not made yet. Asking
 * makes sure that it is made, and made again as findings come in; "walk" follows then. */
MsWalk *ms_diagnoses_get_walk(MsDiagnoses *self, guint model);

G_END_DECLS
