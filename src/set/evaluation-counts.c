/* SPDX-License-Identifier: MIT
 *
 * The results of each model are all counted under the same rules, those of the last count. When a
 * threshold moves, a snapshot of them is counted anew, few cells here and now, many on workers, one
 * model at a time and the one that moved last first, and takes their place as a whole. What comes
 * in while that goes on is put into both.
 *
 * Rules have a number, their generation, so that a worker's result tells which it was counted
 * under.
 */
#include "set/evaluation-private.h"
#include "set/recount.h"

/* Cells that are counted at once on the owner's thread: a few milliseconds' work at most. What a
 * result costs besides its cells is worth some as well, and so is to look whether there is one. */
#define MAX_CELLS_AT_ONCE     50000
#define CELLS_WORTH_A_RESULT  20
#define EXAMPLES_WORTH_A_CELL 16

static gboolean
is_stale(const MsEvaluationModel *model)
{
  return model->counted != model->generation || model->has_uncounted;
}

gboolean
ms_evaluation_is_counting(MsEvaluation *self, guint model)
{
  return is_stale(ms_evaluation_model(self, model));
}

gboolean
ms_evaluation_is_quick(MsEvaluation *self, guint model, guint64 max_cells)
{
  const MsEvaluationModel *asked = ms_evaluation_model(self, model);
  guint64 cost = asked->n_cells + (guint64)asked->n_results * CELLS_WORTH_A_RESULT +
                 self->n_examples / EXAMPLES_WORTH_A_CELL;

  return cost <= max_cells && ms_results_heap_file_bytes(self->heap) == 0;
}

/* Under the rules that the others were counted under, or as not counted yet. */
static void
put(MsEvaluationModel *model, const MsCounted *counted)
{
  MsRecord record = counted->record;
  gboolean holds = !counted->by_rules || counted->generation == model->counted;

  if (!holds) {
    ms_record_set_uncounted(&record);
    model->has_uncounted = TRUE;
  }
  ms_results_put_placed(model->results, counted->example, &record, counted->place,
                        holds ? counted->message : NULL);
}

void
ms_evaluation_put_counted(MsEvaluation *self, const MsCounted *counted)
{
  MsEvaluationModel *model = ms_evaluation_model(self, counted->model);

  put(model, counted);
  model->n_results++;
  model->n_cells += counted->n_cells;
  if (self->recounting && self->recounted_model == counted->model)
    g_array_append_val(self->arrived, *counted);
}

void
ms_evaluation_replace_counted(MsEvaluation *self, const MsCounted *counted, guint64 n_cells_before)
{
  MsEvaluationModel *model = ms_evaluation_model(self, counted->model);

  model->n_results--;
  model->n_cells -= MIN(n_cells_before, model->n_cells);
  ms_evaluation_put_counted(self, counted);
}

/* The results as they were counted anew, with what has come in since, take the others' place. */
static void
take_recount(MsEvaluation *self, MsRecount *recount, guint generation, const GArray *arrived)
{
  MsEvaluationModel *model = ms_evaluation_model(self, recount->model);
  MsResults *old = model->results;

  model->results = g_steal_pointer(&recount->results);
  ms_results_drop(old);
  g_clear_pointer(&model->counted_rules, ms_ruleset_unref);
  model->counted_rules = ms_ruleset_ref(recount->rules);
  model->counted = generation;
  model->has_uncounted = FALSE;
  for (guint i = 0; arrived && i < arrived->len; i++)
    put(model, &g_array_index(arrived, MsCounted, i));
}

static MsRecount *
recount_of(MsEvaluation *self, guint index, guint n_threads)
{
  const MsEvaluationModel *model = ms_evaluation_model(self, index);

  return ms_recount_new(self->set, index, ms_results_snapshot(model->results), model->rules,
                        model->counted != model->generation, n_threads);
}

void
ms_evaluation_stop_counting(MsEvaluation *self)
{
  if (self->recounting)
    g_cancellable_cancel(self->recounting);
  g_clear_object(&self->recounting);
  g_array_set_size(self->arrived, 0);
}

static void recount_stale(MsEvaluation *self);

static void
receive_recount(GObject *owner, MsRecount *recount)
{
  MsEvaluation *self = MS_EVALUATION(owner);
  g_autoptr(GArray) arrived = g_steal_pointer(&self->arrived);

  self->arrived = g_array_new(FALSE, FALSE, sizeof(MsCounted));
  g_clear_object(&self->recounting);
  take_recount(self, recount, self->recounted_generation, arrived);
  recount_stale(self);
  ms_evaluation_emit_changed(self);
}

static void
start_recounting(MsEvaluation *self, guint model)
{
  self->recounting = g_cancellable_new();
  self->recounted_model = model;
  self->recounted_generation = ms_evaluation_model(self, model)->generation;
  ms_recount_start(recount_of(self, model, ms_evaluation_n_threads(self)), self->recounting,
                   G_OBJECT(self), receive_recount);
}

/* The stale model that is needed most; n_models: none is stale. */
static guint
find_stale(MsEvaluation *self)
{
  for (guint i = 0; i < self->n_models; i++) {
    guint model = (self->urgent_model + i) % self->n_models;

    if (is_stale(&self->models[model]))
      return model;
  }
  return self->n_models;
}

/* Begins to count on workers what is not counted under the rules in force. */
static void
recount_stale(MsEvaluation *self)
{
  guint model = find_stale(self);

  if (!self->recounting && model < self->n_models)
    start_recounting(self, model);
}

/* Counts a stale model here and now where that takes no time. */
static gboolean
recount_here(MsEvaluation *self, guint model)
{
  g_autoptr(MsRecount) recount = NULL;

  if (!ms_evaluation_is_quick(self, model, MAX_CELLS_AT_ONCE))
    return FALSE;
  recount = recount_of(self, model, 1);
  ms_recount_run(recount, NULL);
  take_recount(self, recount, ms_evaluation_model(self, model)->generation, NULL);
  return TRUE;
}

void
ms_evaluation_count_uncounted(MsEvaluation *self)
{
  gboolean changed = FALSE;

  if (self->recounting || find_stale(self) == self->n_models)
    return; /* the end of a recount begins the next */
  for (guint i = 0; i < self->n_models; i++)
    if (is_stale(&self->models[i]))
      changed |= recount_here(self, i);
  recount_stale(self);
  if (changed)
    ms_evaluation_emit_changed(self);
}

void
ms_evaluation_set_threshold(MsEvaluation *self, guint model, double threshold)
{
  MsEvaluationModel *moved = ms_evaluation_model(self, model);
  MsRuleset *rules = moved->rules;
  gboolean changed;

  if (!ms_ruleset_has_threshold(rules) || rules->threshold == threshold)
    return;
  moved->rules = ms_ruleset_with_threshold(rules, threshold);
  ms_ruleset_unref(rules);
  moved->generation++;
  ms_counter_set_rules(self->counter, model, moved->rules, moved->generation);
  self->urgent_model = model;
  ms_evaluation_stop_counting(self);
  changed = recount_here(self, model);
  recount_stale(self);
  if (changed)
    ms_evaluation_emit_changed(self);
}
