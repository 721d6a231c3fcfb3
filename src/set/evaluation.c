/* SPDX-License-Identifier: MIT
 *
 * What is kept of results, and what is told of them. Everything but the workers of passes and
 * recounts runs on the thread that made the evaluation, so nothing here is locked.
 */
#include "set/evaluation-private.h"

#include "set/recount.h"

/* Of so many results that come in at once each has its own signal. */
#define MAX_SIGNALS 256

G_DEFINE_FINAL_TYPE(MsEvaluation, ms_evaluation, G_TYPE_OBJECT)

enum { PROP_DONE = 1, PROP_TOTAL, PROP_RUNNING, PROP_PAUSED, N_PROPERTIES };
enum {
  SIGNAL_SCORED,
  SIGNAL_SCORED_MANY,
  SIGNAL_RESCORED,
  SIGNAL_CHANGED,
  SIGNAL_NOTICE,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

MsEvaluationModel *
ms_evaluation_model(MsEvaluation *self, guint model)
{
  g_assert(model < self->n_models);
  return &self->models[model];
}

guint
ms_evaluation_n_threads(MsEvaluation *self)
{
  guint jobs = ms_set_get_options(self->set)->jobs;
  guint most = MAX(g_get_num_processors() - 1, 1);

  return jobs > 0 ? MIN(jobs, most) : most;
}

/* --- results ---------------------------------------------------------------------------------- */

gboolean
ms_evaluation_has_result(MsEvaluation *self, guint example, guint model)
{
  const MsRecord *record = ms_results_get(ms_evaluation_model(self, model)->results, example);

  return record->status != MS_RESULT_WAITING || record->uncounted;
}

void
ms_evaluation_emit_rescored(MsEvaluation *self, guint example, guint model, const MsScore *before)
{
  g_signal_emit(self, signals[SIGNAL_RESCORED], 0, example, model, before);
  g_signal_emit(self, signals[SIGNAL_SCORED], 0, example, model);
}

void
ms_evaluation_emit_changed(MsEvaluation *self)
{
  g_signal_emit(self, signals[SIGNAL_CHANGED], 0);
}

void
ms_evaluation_emit_notice(MsEvaluation *self)
{
  g_autofree char *notice = ms_scorer_take_notice(self->scorer);

  if (notice)
    g_signal_emit(self, signals[SIGNAL_NOTICE], 0, notice);
}

void
ms_evaluation_put_results(MsEvaluation *self, const MsCounted *results, guint n_results)
{
  gboolean one_by_one = n_results <= MAX_SIGNALS &&
                        g_signal_has_handler_pending(self, signals[SIGNAL_SCORED], 0, FALSE);
  guint n_stored = 0;

  for (guint i = 0; i < n_results; i++) {
    if (results[i].is_young)
      ms_evaluation_look_later(self, results[i].example, results[i].model);
    if (results[i].is_young || results[i].is_repeat ||
        ms_evaluation_has_result(self, results[i].example, results[i].model))
      continue;
    ms_evaluation_put_counted(self, &results[i]);
    n_stored++;
    if (one_by_one)
      g_signal_emit(self, signals[SIGNAL_SCORED], 0, results[i].example, results[i].model);
  }
  if (n_stored > 0 && !one_by_one)
    g_signal_emit(self, signals[SIGNAL_SCORED_MANY], 0);
  ms_evaluation_count_uncounted(self);
  ms_evaluation_emit_notice(self);
}

void
ms_evaluation_put(MsEvaluation *self, guint example, guint model, MsResult *result)
{
  g_autoptr(MsPacked) packed = NULL;
  MsCounted counted;

  if (ms_result_is_unfinished(result)) {
    ms_evaluation_look_later(self, example, model);
    return;
  }
  if (ms_evaluation_has_result(self, example, model))
    return;
  packed = ms_result_dup_packed(result);
  ms_counter_count(self->counter, example, model, result, packed, &self->scratch, &counted);
  ms_scorer_keep(self->scorer, example, model, result, packed);
  ms_evaluation_put_results(self, &counted, 1);
}

/* --- of something large ----------------------------------------------------------------------- */

typedef struct {
  MsCounter *counter;
  MsScorer *scorer;
  MsResult *result;
  GWeakRef owner;
  MsCounted counted; /* filled by the worker */
} Count;

static void
count_free(gpointer data)
{
  Count *count = data;

  ms_counter_unref(count->counter);
  ms_scorer_unref(count->scorer);
  ms_result_unref(count->result);
  g_weak_ref_clear(&count->owner);
  g_free(count);
}

static void
count_in_thread(GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Count *count = data;
  guint example = count->counted.example, model = count->counted.model;
  g_autoptr(MsPacked) packed = ms_result_dup_packed(count->result);
  MsLiveScratch scratch = {.cells = NULL};

  ms_counter_count(count->counter, example, model, count->result, packed, &scratch,
                   &count->counted);
  ms_scorer_keep(count->scorer, example, model, count->result, packed);
  ms_live_scratch_clear(&scratch);
  g_task_return_boolean(task, TRUE);
}

static void
count_ended(GObject *source, GAsyncResult *result, gpointer user)
{
  Count *count = g_task_get_task_data(G_TASK(result));
  g_autoptr(GObject) owner = g_weak_ref_get(&count->owner);

  if (owner)
    ms_evaluation_put_results(MS_EVALUATION(owner), &count->counted, 1);
}

void
ms_evaluation_put_soon(MsEvaluation *self, guint example, guint model, MsResult *result)
{
  g_autoptr(GTask) task = NULL;
  Count *count;

  if (ms_counter_is_quick(self->counter, result)) {
    ms_evaluation_put(self, example, model, result);
    return;
  }
  if (ms_evaluation_has_result(self, example, model))
    return;
  count = g_new0(Count, 1);
  count->counter = ms_counter_ref(self->counter);
  count->scorer = ms_scorer_ref(self->scorer);
  count->result = ms_result_ref(result);
  count->counted = (MsCounted){.example = example, .model = model};
  g_weak_ref_init(&count->owner, self);
  task = g_task_new(NULL, NULL, count_ended, NULL);
  g_task_set_name(task, "[maskscope] count");
  g_task_set_task_data(task, count, count_free);
  g_task_run_in_thread(task, count_in_thread);
}

/* --- scores and rules ------------------------------------------------------------------------- */

MsResults *
ms_evaluation_snapshot(MsEvaluation *self, guint model)
{
  return ms_results_snapshot(ms_evaluation_model(self, model)->results);
}

MsScore
ms_evaluation_get_score(MsEvaluation *self, guint example, guint model)
{
  const MsEvaluationModel *asked = ms_evaluation_model(self, model);

  return ms_record_score(ms_results_get(asked->results, example), asked->rules->rules.empty,
                         ms_results_message(asked->results, example));
}

/* Of an OK record, under the rules that the results were counted under. */
static MsConfusion *
count_record(MsEvaluation *self, guint example, guint model, const MsRecord *record, GError **error)
{
  const MsEvaluationModel *asked = ms_evaluation_model(self, model);
  g_autoptr(MsConfusion) confusion = NULL;
  MsStatus status;

  if (!record->has_tn)
    return ms_recount_example(self->set, example, model, asked->results, asked->counted_rules,
                              error);
  status = ms_record_confusion(record, &asked->counted_rules->rules, &confusion);
  if (status == MS_STATUS_OK)
    return g_steal_pointer(&confusion);
  g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_READING, "%s: %s",
              ms_set_get_id(self->set, example), ms_status_string(status));
  return NULL;
}

MsConfusion *
ms_evaluation_dup_confusion(MsEvaluation *self, guint example, guint model)
{
  MsResults *results = ms_evaluation_model(self, model)->results;
  MsRecord record = *ms_results_get(results, example);
  g_autoptr(GError) error = NULL;
  MsConfusion *confusion;

  if (record.status != MS_RESULT_OK)
    return NULL;
  confusion = count_record(self, example, model, &record, &error);
  if (error) {
    ms_record_set_error(&record);
    ms_results_set_record(results, example, &record, error->message);
  }
  return confusion;
}

gboolean
ms_evaluation_get_live_value(MsEvaluation *self, guint model, const char *split, MsSetMetric metric,
                             double threshold, MsValue *value)
{
  return ms_live_sums_get_value(ms_counter_get_sums(self->counter, model), split, metric, threshold,
                                value);
}

MsLiveSums *
ms_evaluation_get_sums(MsEvaluation *self, guint model)
{
  return ms_counter_get_sums(self->counter, model);
}

MsRuleset *
ms_evaluation_get_rules(MsEvaluation *self, guint model)
{
  return ms_evaluation_model(self, model)->rules;
}

/* --- construction ----------------------------------------------------------------------------- */

static void
ms_evaluation_get_property(GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  MsEvaluation *self = MS_EVALUATION(object);

  switch (id) {
  case PROP_DONE:
    g_value_set_uint(value, self->done);
    break;
  case PROP_TOTAL:
    g_value_set_uint(value, self->total);
    break;
  case PROP_RUNNING:
    g_value_set_boolean(value, self->pass != NULL);
    break;
  case PROP_PAUSED:
    g_value_set_boolean(value, ms_evaluation_is_paused(self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
  }
}

static void
ms_evaluation_dispose(GObject *object)
{
  MsEvaluation *self = MS_EVALUATION(object);

  ms_evaluation_drop_pass(self);
  ms_evaluation_drop_again(self);
  ms_evaluation_stop_counting(self);
  if (self->pool)
    g_thread_pool_free(g_steal_pointer(&self->pool), FALSE, FALSE);
  G_OBJECT_CLASS(ms_evaluation_parent_class)->dispose(object);
}

static void
ms_evaluation_finalize(GObject *object)
{
  MsEvaluation *self = MS_EVALUATION(object);

  for (guint i = 0; i < self->n_models; i++) {
    ms_ruleset_unref(self->models[i].rules);
    ms_ruleset_unref(self->models[i].counted_rules);
    ms_results_drop(self->models[i].results);
  }
  g_free(self->models);
  ms_counter_unref(self->counter);
  ms_scorer_unref(self->scorer);
  ms_gate_unref(self->gate);
  ms_gate_unref(self->side_gate);
  ms_results_heap_unref(self->heap);
  ms_live_scratch_clear(&self->scratch);
  g_hash_table_unref(self->again);
  g_array_unref(self->arrived);
  g_main_context_unref(self->context);
  g_object_unref(self->set);
  G_OBJECT_CLASS(ms_evaluation_parent_class)->finalize(object);
}

static void
ms_evaluation_class_init(MsEvaluationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS(klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = ms_evaluation_get_property;
  object_class->dispose = ms_evaluation_dispose;
  object_class->finalize = ms_evaluation_finalize;
  properties[PROP_DONE] = g_param_spec_uint("done", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_TOTAL] = g_param_spec_uint("total", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_RUNNING] = g_param_spec_boolean("running", NULL, NULL, FALSE, flags);
  properties[PROP_PAUSED] = g_param_spec_boolean("paused", NULL, NULL, FALSE, flags);
  g_object_class_install_properties(object_class, N_PROPERTIES, properties);
  signals[SIGNAL_SCORED] = g_signal_new("scored", MS_TYPE_EVALUATION, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
  signals[SIGNAL_SCORED_MANY] = g_signal_new("scored-many", MS_TYPE_EVALUATION, G_SIGNAL_RUN_LAST,
                                             0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_RESCORED] =
      g_signal_new("rescored", MS_TYPE_EVALUATION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                   G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_UINT, G_TYPE_POINTER);
  signals[SIGNAL_CHANGED] = g_signal_new("changed", MS_TYPE_EVALUATION, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_NOTICE] = g_signal_new("notice", MS_TYPE_EVALUATION, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
ms_evaluation_init(MsEvaluation *self)
{
  self->clock = g_get_monotonic_time;
  self->arrived = g_array_new(FALSE, FALSE, sizeof(MsCounted));
  self->again = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
  self->gate = ms_gate_new();
  self->side_gate = ms_gate_new();
  self->heap = ms_results_heap_new(MS_RESULTS_HEAP_BYTES);
}

static void
model_init(MsEvaluationModel *model, MsEvaluation *self, guint index)
{
  model->rules = ms_ruleset_ref(ms_set_get_rules(self->set, index));
  model->counted_rules = ms_ruleset_ref(model->rules);
  model->results = ms_results_new_in(self->n_examples, self->heap);
}

MsEvaluation *
ms_evaluation_new(MsSet *set)
{
  MsEvaluation *self = g_object_new(MS_TYPE_EVALUATION, NULL);

  self->set = g_object_ref(set);
  self->n_examples = ms_set_get_n_examples(set);
  self->n_models = ms_set_get_n_models(set);
  self->models = g_new0(MsEvaluationModel, self->n_models);
  for (guint i = 0; i < self->n_models; i++)
    model_init(&self->models[i], self, i);
  self->scorer = ms_scorer_new(set);
  self->counter = ms_counter_new(set, self->heap);
  self->context = g_main_context_ref_thread_default();
  return self;
}

MsSet *
ms_evaluation_get_set(MsEvaluation *self)
{
  return self->set;
}
