/* SPDX-License-Identifier: MIT
 *
 * An evaluation from within: what its three files share (evaluation.c: results and scores;
 * evaluation-counts.c: counts under rules that move; evaluation-pass.c: workers), and what the
 * scoreboard asks of it.
 */
#pragma once

#include "set/live-sums.h"
#include "set/pass.h"
#include "set/rate.h"

G_BEGIN_DECLS

typedef struct {
  MsRuleset *rules; /* in force */
  guint generation; /* of these */
  MsResults *results;
  MsRuleset *counted_rules; /* of the results */
  guint counted;            /* generation of these */
  gboolean has_uncounted;   /* results came in that were counted under others */
  guint n_results;
  guint64 n_cells; /* to be looked at when they are counted anew */
} MsEvaluationModel;

struct _MsEvaluation {
  GObject parent_instance;

  MsSet *set;
  guint n_examples;
  guint n_models;
  MsEvaluationModel *models;
  MsResultsHeap *heap;
  MsScorer *scorer;
  MsCounter *counter;
  MsGate *gate;
  MsGate *side_gate; /* of other work on the examples: held with the other, paused by itself */
  MsLiveScratch scratch;

  /* The running pass */
  GMainContext *context; /* of the thread that this lives on */
  GThreadPool *pool;     /* made when first needed */
  guint n_threads;
  MsPass *pass; /* NULL: none */
  guint done;
  guint total;
  gint64 (*clock)(void); /* in µs; a test may have its own */
  MsRate rate;

  /* What is to be scored again */
  GHashTable *again;     /* key of example and model -> when, monotonic time, boxed; 0: now */
  guint n_again_running; /* pairs that a worker is at */
  GSource *again_timer;  /* NULL: none */
  GCancellable *again_cancellable;

  /* The running recount */
  GCancellable *recounting; /* NULL: none */
  guint recounted_model;
  guint recounted_generation;
  GArray *arrived; /* MsCounted: of that model, since it began */
  guint urgent_model;
};

/* --- evaluation.c ----------------------------------------------------------------------------- */

MsEvaluationModel *ms_evaluation_model(MsEvaluation *self, guint model);

/* Puts results that workers counted, tells of them, and sees to those that were counted under other
 * rules. */
void ms_evaluation_put_results(MsEvaluation *self, const MsCounted *results, guint n_results);

void ms_evaluation_emit_changed(MsEvaluation *self);
/* What the results store has to say. */
void ms_evaluation_emit_notice(MsEvaluation *self);

/* One is left to the owner's thread. */
guint ms_evaluation_n_threads(MsEvaluation *self);

/* Lent. */
MsLiveSums *ms_evaluation_get_sums(MsEvaluation *self, guint model);

/* Whether there is one, or there will be once it is counted. */
gboolean ms_evaluation_has_result(MsEvaluation *self, guint example, guint model);

void ms_evaluation_emit_rescored(MsEvaluation *self, guint example, guint model,
                                 const MsScore *before);

/* --- evaluation-again.c ----------------------------------------------------------------------- */

/* A file that was being written: it is looked at when it may have rested. */
void ms_evaluation_look_later(MsEvaluation *self, guint example, guint model);

void ms_evaluation_drop_again(MsEvaluation *self);

/* --- evaluation-counts.c ---------------------------------------------------------------------- */

/* Puts a result that is not there yet. */
void ms_evaluation_put_counted(MsEvaluation *self, const MsCounted *counted);
/* Puts one in the place of another, whose counting anew visited so many cells. */
void ms_evaluation_replace_counted(MsEvaluation *self, const MsCounted *counted,
                                   guint64 n_cells_before);

/* After results came in. */
void ms_evaluation_count_uncounted(MsEvaluation *self);

void ms_evaluation_stop_counting(MsEvaluation *self);

/* --- evaluation-pass.c ------------------------------------------------------------------------ */

void ms_evaluation_drop_pass(MsEvaluation *self);

G_END_DECLS
