/* SPDX-License-Identifier: MIT
 *
 * The scores of a set: results of every example and model as they come in, their counts under the
 * rules in force, and the set's totals. Lives on one thread (the main one); reading and counting
 * happen on workers. A change of threshold counts again from joint histograms, without a pixel.
 */
#pragma once

#include "metric/totals.h"
#include "set/pair.h"
#include "set/set.h"

G_BEGIN_DECLS

#define MS_TYPE_EVALUATION (ms_evaluation_get_type())
G_DECLARE_FINAL_TYPE(MsEvaluation, ms_evaluation, MS, EVALUATION, GObject)

/* What a list shows of an example. */
typedef struct {
  MsResultStatus status;
  const char *message; /* not OK: the reason; lent */
  MsValue iou;
  gboolean exact;
  guint64 wrong;   /* wrong pixels */
  guint64 counted; /* counted pixels */
} MsScore;

/* Signals:
 *   "scored" (guint example, guint model): one result came in
 *   "changed": rules changed, and scores with them; every score may be another
 * Properties (notified): "done", "total" (guint, of the running pass), "running" (gboolean). */
MsEvaluation *ms_evaluation_new(MsSet *set);
MsSet *ms_evaluation_get_set(MsEvaluation *self);

/* Scores in the background every example of `model` that has no result yet, in id order beginning
 * at `first`, at low priority; then finishes the other models. Replaces a running pass. */
void ms_evaluation_start(MsEvaluation *self, guint model, guint first);
void ms_evaluation_cancel(MsEvaluation *self);
gboolean ms_evaluation_is_running(MsEvaluation *self);
guint ms_evaluation_get_done(MsEvaluation *self);
guint ms_evaluation_get_total(MsEvaluation *self);

/* Scores everything under the set's rules and returns when done; for the command. Results give up
 * their joints, so that memory does not grow with the size of the masks; hence rules cannot change
 * before or after. Progress is called from this thread. jobs 0: one a processor. FALSE when
 * cancelled. */
gboolean ms_evaluation_run(MsEvaluation *self, guint jobs, MsSetProgress progress, gpointer user,
                           GCancellable *cancellable, GError **error);

/* A result that came from elsewhere (the example being looked at). */
void ms_evaluation_put(MsEvaluation *self, guint example, guint model, MsResult *result);
/* NULL: not scored yet. Lent. After ms_evaluation_run() without its joint. */
MsResult *ms_evaluation_get_result(MsEvaluation *self, guint example, guint model);
/* NULL: not scored yet, or not counted yet under rules that changed (then "changed" follows). Lent
 * until the next change. */
const MsScore *ms_evaluation_get_score(MsEvaluation *self, guint example, guint model);
/* The counts behind the score. NULL: not scored yet, or not comparable. Lent likewise. */
const MsConfusion *ms_evaluation_get_confusion(MsEvaluation *self, guint example, guint model);

/* The rules in force for a model; with another threshold than the set's after the call below. */
MsRuleset *ms_evaluation_get_rules(MsEvaluation *self, guint model);

/* Changes the rules at once. Scores follow at once where that is a matter of a blink, else from a
 * worker, and are the old ones until "changed". Of calls that come meanwhile the last one counts.
 */
void ms_evaluation_set_threshold(MsEvaluation *self, guint model, double threshold);

/* Examples of a split (NULL: all) by what became of them. */
typedef struct {
  guint examples;
  guint scored;
  guint skipped; /* skipped and errors */
  guint waiting;
  guint resized;
} MsTally;

G_END_DECLS
