/* SPDX-License-Identifier: MIT
 *
 * The scores of a set: results of every example and model as they come in, and their counts under
 * the rules in force. Lives on one thread (the main one); reading and counting happen on workers,
 * and other threads get snapshots. A change of threshold counts again from packed histograms,
 * without a pixel. Nothing here but what says so costs time by the number of examples.
 */
#pragma once

#include "metric/totals.h"
#include "set/pair.h"
#include "set/set.h"

G_BEGIN_DECLS

#define MS_TYPE_EVALUATION (ms_evaluation_get_type())
G_DECLARE_FINAL_TYPE(MsEvaluation, ms_evaluation, MS, EVALUATION, GObject)

/* Signals:
 *   "scored" (guint example, guint model): one result came in
 *   "scored-many": so many came in at once that there is no "scored" for each of them
 *   "rescored" (guint example, guint model, const MsScore *before): a result took the place of
 *      another, as files changed; "scored" follows. Of many, too
 *   "changed": rules changed, and scores with them; every score may be another
 *   "notice" (const char *): something the user should know, of the results store
 * Properties (notified): "done", "total" (guint, of the running pass), "running", "paused"
 * (gboolean). */
MsEvaluation *ms_evaluation_new(MsSet *set);
MsSet *ms_evaluation_get_set(MsEvaluation *self);

/* Scores in the background every example of `model` that has no result yet, in id order beginning
 * at `first`, at low priority; then finishes the other models. Replaces a running pass, and goes on
 * where it was paused. */
void ms_evaluation_start(MsEvaluation *self, guint model, guint first);
void ms_evaluation_cancel(MsEvaluation *self);
gboolean ms_evaluation_is_running(MsEvaluation *self); /* also while it is paused */
guint ms_evaluation_get_done(MsEvaluation *self);
guint ms_evaluation_get_total(MsEvaluation *self);

/* Workers finish the example in hand, and rest. */
void ms_evaluation_pause(MsEvaluation *self);
void ms_evaluation_resume(MsEvaluation *self);
gboolean ms_evaluation_is_paused(MsEvaluation *self);

/* While held, background workers rest after the example in hand: what the user looks at goes first.
 * Holds are counted; any thread. */
void ms_evaluation_hold(MsEvaluation *self);
void ms_evaluation_release(MsEvaluation *self);

/* How fast the running pass has been of late, in examples a second (0: not known yet), and how many
 * seconds it will take at that rate (negative: not known). */
void ms_evaluation_get_rate(MsEvaluation *self, double *per_second, double *seconds_left);

/* Scores everything under the set's rules and returns when done; for the command. Progress is
 * called from this thread. jobs 0: one a processor. FALSE when cancelled. */
gboolean ms_evaluation_run(MsEvaluation *self, guint jobs, MsSetProgress progress, gpointer user,
                           GCancellable *cancellable, GError **error);

/* A result that came from elsewhere (the example being looked at). Where a worker has counted the
 * example already, that result holds and comes in soon. */
void ms_evaluation_put(MsEvaluation *self, guint example, guint model, MsResult *result);
/* The same for a thread that must not wait: what takes more than a moment to count, with very many
 * different values, is counted on a worker first. */
void ms_evaluation_put_soon(MsEvaluation *self, guint example, guint model, MsResult *result);

/* Files of an example have changed: it is scored again in the background, before everything that
 * has no score yet. What was known stays until the new result takes its place; nothing is told
 * where the files are those that it was made of. A file that is still being written is waited for.
 */
void ms_evaluation_rescore(MsEvaluation *self, guint example, guint model);
/* Whether nothing is to be scored again. */
gboolean ms_evaluation_is_settled(MsEvaluation *self);

/* Makes the results of another evaluation those of this one, which has none yet: of examples of the
 * same id whose files are as they were, where masks are read alike. Files are looked at, not read.
 * Any thread, before others know this one; results: the other's snapshots, one a model. FALSE:
 * cancelled. */
gboolean ms_evaluation_adopt(MsEvaluation *self, MsSet *set, MsResults *const *results,
                             GCancellable *cancellable);

/* What is kept of a model's results, as it is now, for any thread; the caller's. Records are those
 * of the rules that were last counted. */
MsResults *ms_evaluation_snapshot(MsEvaluation *self, guint model);

/* WAITING: not scored yet, or not counted yet under rules that changed (then "changed" follows).
 * Its message is lent until the next change. */
MsScore ms_evaluation_get_score(MsEvaluation *self, guint example, guint model);
/* The counts behind the score, made anew under the rules that it was counted under: those in force
 * unless ms_evaluation_is_counting(). The caller's. NULL: not scored yet, or not comparable, or
 * they cannot be made, and then the score is an error that says why from now on. May read the
 * temporary file of ms_results_dup_packed(). */
MsConfusion *ms_evaluation_dup_confusion(MsEvaluation *self, guint example, guint model);

/* A set score of a split (NULL: the set) at a threshold, from sums that are kept for every
 * threshold: at once, whatever the number of examples, and equal to the scoreboard's value to
 * 1e-9. At the set's own threshold, and where there is none, every metric has one. FALSE: there are
 * no such sums (of the mean over labels; of objects with scores; of a threshold for label sets that
 * is no multiple of 1 / 4000). */
gboolean ms_evaluation_get_live_value(MsEvaluation *self, guint model, const char *split,
                                      MsSetMetric metric, double threshold, MsValue *value);

/* The rules in force for a model; with another threshold than the set's after the call below. */
MsRuleset *ms_evaluation_get_rules(MsEvaluation *self, guint model);

/* Changes the rules at once. Scores follow at once where that is a matter of a blink, else from
 * workers, and are the old ones until "changed". Of calls that come meanwhile the last one counts.
 */
void ms_evaluation_set_threshold(MsEvaluation *self, guint model, double threshold);

/* The scores of a model are still to be counted under rules that changed: "changed" follows. */
gboolean ms_evaluation_is_counting(MsEvaluation *self, guint model);

/* Whether counting a model's results anew is a matter of a blink: at most so many cells of
 * histograms (or labels) are looked at, and no file. */
gboolean ms_evaluation_is_quick(MsEvaluation *self, guint model, guint64 max_cells);

/* Examples of a split (NULL: all) by what became of them. */
typedef struct {
  guint examples;
  guint scored;
  guint skipped; /* skipped and errors */
  guint waiting;
  guint resized;
} MsTally;

G_END_DECLS
