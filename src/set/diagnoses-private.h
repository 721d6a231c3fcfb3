/* SPDX-License-Identifier: MIT
 *
 * The findings of a set from within: what the two files share (diagnoses.c: findings and passes;
 * diagnoses-walk.c: the largest regions of the set).
 */
#pragma once

#include "set/diagnoses.h"
#include "set/diagnosing.h"
#include "set/evaluation-private.h"

G_BEGIN_DECLS

typedef struct {
  MsDiagnoser *diagnoser;
  MsFindingsTable *table;
  guint n_done;      /* that do not wait */
  GHashTable *stale; /* examples whose findings on the way are of files that are no more; NULL:
                      * there are none */
  gboolean is_reset; /* since "changed" */

  MsWalk *walk; /* NULL: not made yet */
  gboolean walk_wanted;
  gboolean walk_stale;
  gint64 walk_cost;      /* µs */
  GSource *walk_timer;   /* NULL: none */
  GCancellable *walking; /* NULL: none is being made */
} MsDiagnosesModel;

struct _MsDiagnoses {
  GObject parent_instance;

  MsEvaluation *evaluation;
  MsSet *set;
  guint n_examples; /* 0: label sets */
  guint n_models;
  MsDiagnosesModel *models;

  GThreadPool *pool; /* made when first needed */
  guint n_threads;
  MsDiagnosing *pass; /* NULL: none */
  guint model;        /* of that pass, or the last one */
  guint first;
  guint done;
  guint total;
  GSource *restart; /* the pass was dropped, as rules changed; NULL: it was not */
  MsRate rate;
};

/* --- diagnoses.c ------------------------------------------------------------------------------ */

/* Of the rules that are in force: what was of others is dropped. */
MsDiagnosesModel *ms_diagnoses_get_model_of(MsDiagnoses *self, guint index);

void ms_diagnoses_emit_walk(MsDiagnoses *self, guint index);

/* A timer on the evaluation's thread, put where it is kept. Takes data. */
void ms_diagnoses_add_timer(MsDiagnoses *self, GSource **timer, guint ms, GSourceFunc callback,
                            gpointer data, GDestroyNotify free_data);
void ms_diagnoses_clear_timer(GSource **timer);

/* --- diagnoses-walk.c ------------------------------------------------------------------------- */

/* Findings came in, or somebody asks, and the walk is not of them. */
void ms_diagnoses_update_walk(MsDiagnoses *self, guint index);

G_END_DECLS
