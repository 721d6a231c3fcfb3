/* SPDX-License-Identifier: MIT
 *
 * What is kept of findings, and what is told of them, on the evaluation's thread. Each model has a
 * table, sums and a diagnoser of one set of rules; whoever asks for a model finds them made anew
 * where the evaluation has other rules by now, so that nothing here is ever of rules that are past.
 */
#include "set/diagnoses-private.h"

#define CHEAP_EXAMPLES 2000

/* A pass begins anew when rules have rested for so long. */
#define RESTART_MS 250

G_DEFINE_FINAL_TYPE(MsDiagnoses, ms_diagnoses, G_TYPE_OBJECT)

enum { PROP_DONE = 1, PROP_TOTAL, PROP_RUNNING, PROP_PAUSED, N_PROPERTIES };
enum { SIGNAL_CHANGED, SIGNAL_WALK, SIGNAL_NOTICE, N_SIGNALS };

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

void
ms_diagnoses_add_timer(MsDiagnoses *self, GSource **timer, guint ms, GSourceFunc callback,
                       gpointer data, GDestroyNotify free_data)
{
  *timer = g_timeout_source_new(ms);
  g_source_set_static_name(*timer, "[maskscope] findings, later");
  g_source_set_callback(*timer, callback, data, free_data);
  g_source_attach(*timer, self->evaluation->context);
}

void
ms_diagnoses_clear_timer(GSource **timer)
{
  if (*timer)
    g_source_destroy(*timer);
  g_clear_pointer(timer, g_source_unref);
}

/* --- models, and rules that change ------------------------------------------------------------ */

static void
model_clear(MsDiagnosesModel *model)
{
  ms_diagnoses_clear_timer(&model->walk_timer);
  if (model->walking)
    g_cancellable_cancel(model->walking);
  g_clear_object(&model->walking);
  g_clear_pointer(&model->walk, ms_walk_unref);
  g_clear_pointer(&model->stale, g_hash_table_unref);
  g_clear_pointer(&model->table, ms_findings_table_unref);
  g_clear_pointer(&model->diagnoser, ms_diagnoser_unref);
}

static void
model_fill(MsDiagnoses *self, guint index, MsRuleset *rules)
{
  MsDiagnosesModel *model = &self->models[index];

  model->diagnoser = ms_diagnoser_new(self->set, index, rules, self->evaluation->scorer);
  model->table = ms_findings_table_new(ms_set_get_n_examples(self->set),
                                       ms_diagnoser_get_heap(model->diagnoser));
  model->n_done = 0;
}

static void begin_again(MsDiagnoses *self);

MsDiagnosesModel *
ms_diagnoses_get_model_of(MsDiagnoses *self, guint index)
{
  MsRuleset *rules = ms_evaluation_get_rules(self->evaluation, index);
  MsDiagnosesModel *model = &self->models[index];

  if (ms_diagnoser_get_rules(model->diagnoser) == rules)
    return model;
  model_clear(model);
  model_fill(self, index, rules);
  model->is_reset = TRUE;
  if (index == self->model)
    begin_again(self);
  return model;
}

void
ms_diagnoses_emit_walk(MsDiagnoses *self, guint index)
{
  g_signal_emit(self, signals[SIGNAL_WALK], 0, index);
}

static void
emit_changed(MsDiagnoses *self, guint index)
{
  MsDiagnosesModel *model = &self->models[index];

  model->walk_stale = TRUE;
  if (model->is_reset && model->walk_wanted)
    ms_diagnoses_emit_walk(self, index);
  model->is_reset = FALSE;
  if (model->walk_wanted)
    ms_diagnoses_update_walk(self, index);
  g_signal_emit(self, signals[SIGNAL_CHANGED], 0, index);
}

static void
rules_changed(MsEvaluation *evaluation, MsDiagnoses *self)
{
  for (guint i = 0; i < self->n_models; i++)
    if (ms_diagnoses_get_model_of(self, i)->is_reset)
      emit_changed(self, i);
}

/* --- findings come in ------------------------------------------------------------------------- */

/* Of an exact match nothing is kept but that: its counts are those of its score. */
static void
exact_findings(MsFindings *findings, const MsScore *score)
{
  *findings = (MsFindings){
      .counts = score->counts, .n_counted = score->counted, .has_tn = score->counts.tn > 0};
}

/* Makes it wait, with sums that are without it. */
static void
forget(MsDiagnosesModel *model, guint example, const MsScore *before)
{
  const MsFoundRecord waiting = {.status = MS_FOUND_WAITING};
  MsFoundRecord record = *ms_findings_table_get(model->table, example);
  MsFindings findings;
  gboolean has = record.status == MS_FOUND_OK;

  if (record.status == MS_FOUND_WAITING)
    return;
  if (has && !ms_findings_table_read(model->table, example, &findings)) {
    has = before != NULL;
    if (has)
      exact_findings(&findings, before);
  }
  ms_findings_sums_remove(ms_diagnoser_get_sums(model->diagnoser), example, has ? &findings : NULL);
  ms_findings_table_put(model->table, example, &waiting, 0);
  model->n_done--;
}

/* Whether it was new. */
static gboolean
put(MsDiagnoses *self, MsDiagnosesModel *model, const MsFoundItem *item)
{
  if (item->is_repeat)
    return FALSE;
  ms_findings_table_put(model->table, item->example, &item->record, item->place);
  model->n_done++;
  if (model->stale && g_hash_table_remove(model->stale, GUINT_TO_POINTER(item->example)))
    forget(model, item->example, NULL);
  if (item->message)
    g_signal_emit(self, signals[SIGNAL_NOTICE], 0, item->message);
  return TRUE;
}

static void
notify_progress(MsDiagnoses *self)
{
  g_object_notify_by_pspec(G_OBJECT(self), properties[PROP_DONE]);
  g_object_notify_by_pspec(G_OBJECT(self), properties[PROP_TOTAL]);
}

static void
notify_running(MsDiagnoses *self)
{
  g_object_notify_by_pspec(G_OBJECT(self), properties[PROP_RUNNING]);
}

static void
set_paused(MsDiagnoses *self, gboolean paused)
{
  MsGate *gate = self->evaluation->side_gate;

  if (ms_gate_is_paused(gate) == paused)
    return;
  ms_gate_set_paused(gate, paused);
  ms_rate_begin(&self->rate, self->done, g_get_monotonic_time());
  g_object_notify_by_pspec(G_OBJECT(self), properties[PROP_PAUSED]);
}

static void
count_done(MsDiagnoses *self, guint n)
{
  self->done += n;
  ms_rate_update(&self->rate, self->done, g_get_monotonic_time());
  notify_progress(self);
  if (self->pass && self->done >= self->total) {
    g_clear_pointer(&self->pass, ms_diagnosing_unref);
    set_paused(self, FALSE); /* its last examples were past the gate */
    notify_running(self);
  }
}

static void
receive(GObject *owner, MsDiagnosing *pass, const MsFoundItem *items, guint n_items)
{
  MsDiagnoses *self = MS_DIAGNOSES(owner);
  gboolean changed = FALSE;

  for (guint i = 0; i < self->n_models; i++) {
    if (ms_diagnoses_get_model_of(self, i)->diagnoser != ms_diagnosing_get_diagnoser(pass))
      continue; /* else it is of rules that are past */
    for (guint k = 0; k < n_items; k++)
      changed |= put(self, &self->models[i], &items[k]);
    if (changed)
      emit_changed(self, i);
    break;
  }
  if (self->pass == pass)
    count_done(self, n_items);
}

void
ms_diagnoses_put(MsDiagnoses *self, guint example, guint index, const MsRuleset *rules,
                 const MsResult *result, const MsFindings *findings)
{
  MsDiagnosesModel *model = ms_diagnoses_get_model_of(self, index);
  const MsRuleset *in_force = ms_diagnoser_get_rules(model->diagnoser);
  MsScore score = ms_evaluation_get_score(self->evaluation, example, index);
  MsFoundItem item;

  if (self->n_examples == 0 || result->status != MS_RESULT_OK || score.status != MS_RESULT_OK ||
      ms_evaluation_is_counting(self->evaluation, index) ||
      (rules != in_force && rules->threshold != in_force->threshold))
    return;
  ms_diagnoser_take(model->diagnoser, example, findings, &result->stamp, &item);
  if (put(self, model, &item))
    emit_changed(self, index);
}

/* What is on its way to here was found in files that are no more. */
static void
await_stale(MsDiagnosesModel *model, guint example)
{
  MsFindingsSums *sums = ms_diagnoser_get_sums(model->diagnoser);

  if (ms_findings_table_get(model->table, example)->status != MS_FOUND_WAITING ||
      !ms_findings_sums_has(sums, example))
    return;
  if (!model->stale)
    model->stale = g_hash_table_new(NULL, NULL);
  g_hash_table_add(model->stale, GUINT_TO_POINTER(example));
}

void
ms_diagnoses_forget(MsDiagnoses *self, guint example, guint index, const MsScore *before)
{
  MsDiagnosesModel *model;

  if (self->n_examples == 0)
    return;
  model = ms_diagnoses_get_model_of(self, index);
  await_stale(model, example);
  forget(model, example, before);
  if (index == self->model)
    begin_again(self);
  emit_changed(self, index);
}

/* --- passes ----------------------------------------------------------------------------------- */

static void
drop_pass(MsDiagnoses *self)
{
  ms_diagnoses_clear_timer(&self->restart);
  if (self->pass)
    ms_diagnosing_cancel(self->pass);
  g_clear_pointer(&self->pass, ms_diagnosing_unref);
}

static void
push_pass(MsDiagnoses *self, MsDiagnosesModel *model)
{
  g_autoptr(MsFindingsTable) done = ms_findings_table_snapshot(model->table);
  MsResults *scores = ms_evaluation_is_counting(self->evaluation, self->model)
                          ? NULL
                          : ms_evaluation_snapshot(self->evaluation, self->model);

  if (!self->pool) {
    self->n_threads = ms_evaluation_n_threads(self->evaluation);
    self->pool = ms_diagnosing_pool_new(self->n_threads);
  }
  self->pass =
      ms_diagnosing_new(model->diagnoser, done, scores, self->first, self->evaluation->side_gate);
  ms_diagnosing_push(self->pass, self->pool, MIN(self->n_threads, self->total),
                     self->evaluation->context, G_OBJECT(self), receive);
}

/* Everything of the present model that waits. */
static void
begin(MsDiagnoses *self)
{
  MsDiagnosesModel *model = ms_diagnoses_get_model_of(self, self->model);

  drop_pass(self);
  self->done = 0;
  self->total = self->n_examples - MIN(model->n_done, self->n_examples);
  ms_rate_begin(&self->rate, 0, g_get_monotonic_time());
  if (self->total > 0)
    push_pass(self, model);
  notify_progress(self);
}

void
ms_diagnoses_start(MsDiagnoses *self, guint model, guint first)
{
  gboolean was_running = ms_diagnoses_is_running(self);

  self->model = model;
  self->first = first;
  set_paused(self, FALSE);
  begin(self);
  if (was_running != ms_diagnoses_is_running(self))
    notify_running(self);
}

static gboolean
restart(gpointer user)
{
  MsDiagnoses *self = user;

  ms_diagnoses_clear_timer(&self->restart);
  begin(self);
  if (!self->pass)
    notify_running(self);
  return G_SOURCE_REMOVE;
}

/* The running pass is of rules that are past. */
static void
begin_again(MsDiagnoses *self)
{
  if (!ms_diagnoses_is_running(self))
    return;
  drop_pass(self);
  ms_diagnoses_add_timer(self, &self->restart, RESTART_MS, restart, self, NULL);
}

void
ms_diagnoses_cancel(MsDiagnoses *self)
{
  gboolean was_running = ms_diagnoses_is_running(self);

  set_paused(self, FALSE);
  drop_pass(self);
  if (was_running)
    notify_running(self);
}

gboolean
ms_diagnoses_is_running(MsDiagnoses *self)
{
  return self->pass || self->restart;
}

gboolean
ms_diagnoses_is_cheap(MsDiagnoses *self)
{
  return self->n_examples > 0 && self->n_examples <= CHEAP_EXAMPLES;
}

guint
ms_diagnoses_get_model(MsDiagnoses *self)
{
  return self->model;
}

guint
ms_diagnoses_get_done(MsDiagnoses *self)
{
  return self->done;
}

guint
ms_diagnoses_get_total(MsDiagnoses *self)
{
  return self->total;
}

guint
ms_diagnoses_get_n_waiting(MsDiagnoses *self, guint model)
{
  return self->n_examples - MIN(ms_diagnoses_get_model_of(self, model)->n_done, self->n_examples);
}

void
ms_diagnoses_pause(MsDiagnoses *self)
{
  if (ms_diagnoses_is_running(self))
    set_paused(self, TRUE);
}

void
ms_diagnoses_resume(MsDiagnoses *self)
{
  set_paused(self, FALSE);
}

gboolean
ms_diagnoses_is_paused(MsDiagnoses *self)
{
  return ms_gate_is_paused(self->evaluation->side_gate);
}

void
ms_diagnoses_get_rate(MsDiagnoses *self, double *per_second, double *seconds_left)
{
  *per_second = self->pass ? ms_rate_get(&self->rate) : 0;
  *seconds_left = *per_second > 0 ? (self->total - self->done) / *per_second : -1;
}

/* --- asking ----------------------------------------------------------------------------------- */

MsFindingsTable *
ms_diagnoses_snapshot(MsDiagnoses *self, guint model)
{
  return ms_findings_table_snapshot(ms_diagnoses_get_model_of(self, model)->table);
}

const MsFoundRecord *
ms_diagnoses_get_record(MsDiagnoses *self, guint example, guint model)
{
  return ms_findings_table_get(ms_diagnoses_get_model_of(self, model)->table, example);
}

guint
ms_diagnoses_count_waiting(MsDiagnoses *self, guint model, const char *split)
{
  MsFindingsSums *sums = ms_diagnoser_get_sums(ms_diagnoses_get_model_of(self, model)->diagnoser);
  guint n_claimed = ms_findings_sums_count_claimed(sums, split);
  guint n_examples;

  ms_set_get_split_examples(ms_evaluation_get_set(self->evaluation), split, &n_examples);
  return n_examples - MIN(n_claimed, n_examples);
}

gboolean
ms_diagnoses_get_anatomy(MsDiagnoses *self, guint model, const char *split, MsAnatomy *anatomy,
                         MsPooledCounts *pooled, guint *n_examples)
{
  MsFindingsSums *sums = ms_diagnoser_get_sums(ms_diagnoses_get_model_of(self, model)->diagnoser);

  return ms_findings_sums_get_anatomy(sums, split, anatomy, pooled, n_examples);
}

gboolean
ms_diagnoses_get_scores(MsDiagnoses *self, guint model, const char *split, guint k,
                        MsTolerantScores *scores, guint *n_examples)
{
  MsFindingsSums *sums = ms_diagnoser_get_sums(ms_diagnoses_get_model_of(self, model)->diagnoser);

  return ms_findings_sums_get_scores(sums, split, k, scores, n_examples);
}

/* --- construction ----------------------------------------------------------------------------- */

static void
ms_diagnoses_get_property(GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  MsDiagnoses *self = MS_DIAGNOSES(object);

  switch (id) {
  case PROP_DONE:
    g_value_set_uint(value, self->done);
    break;
  case PROP_TOTAL:
    g_value_set_uint(value, self->total);
    break;
  case PROP_RUNNING:
    g_value_set_boolean(value, ms_diagnoses_is_running(self));
    break;
  case PROP_PAUSED:
    g_value_set_boolean(value, ms_diagnoses_is_paused(self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
  }
}

static void
ms_diagnoses_dispose(GObject *object)
{
  MsDiagnoses *self = MS_DIAGNOSES(object);

  g_signal_handlers_disconnect_by_data(self->evaluation, self);
  drop_pass(self);
  for (guint i = 0; i < self->n_models; i++)
    model_clear(&self->models[i]);
  self->n_models = 0;
  if (self->pool)
    g_thread_pool_free(g_steal_pointer(&self->pool), FALSE, FALSE);
  G_OBJECT_CLASS(ms_diagnoses_parent_class)->dispose(object);
}

static void
ms_diagnoses_finalize(GObject *object)
{
  MsDiagnoses *self = MS_DIAGNOSES(object);

  g_free(self->models);
  g_object_unref(self->evaluation);
  g_object_unref(self->set);
  G_OBJECT_CLASS(ms_diagnoses_parent_class)->finalize(object);
}

static void
ms_diagnoses_class_init(MsDiagnosesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS(klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = ms_diagnoses_get_property;
  object_class->dispose = ms_diagnoses_dispose;
  object_class->finalize = ms_diagnoses_finalize;
  properties[PROP_DONE] = g_param_spec_uint("done", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_TOTAL] = g_param_spec_uint("total", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_RUNNING] = g_param_spec_boolean("running", NULL, NULL, FALSE, flags);
  properties[PROP_PAUSED] = g_param_spec_boolean("paused", NULL, NULL, FALSE, flags);
  g_object_class_install_properties(object_class, N_PROPERTIES, properties);
  signals[SIGNAL_CHANGED] = g_signal_new("changed", MS_TYPE_DIAGNOSES, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_WALK] = g_signal_new("walk", MS_TYPE_DIAGNOSES, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                      NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_NOTICE] = g_signal_new("notice", MS_TYPE_DIAGNOSES, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
ms_diagnoses_init(MsDiagnoses *self)
{
}

MsDiagnoses *
ms_diagnoses_new(MsEvaluation *evaluation)
{
  MsDiagnoses *self = g_object_new(MS_TYPE_DIAGNOSES, NULL);

  self->evaluation = g_object_ref(evaluation);
  self->set = g_object_ref(ms_evaluation_get_set(evaluation));
  self->n_examples = ms_set_get_labels(self->set) ? 0 : ms_set_get_n_examples(self->set);
  self->n_models = ms_set_get_n_models(self->set);
  self->models = g_new0(MsDiagnosesModel, self->n_models);
  for (guint i = 0; i < self->n_models; i++)
    model_fill(self, i, ms_evaluation_get_rules(evaluation, i));
  g_signal_connect(evaluation, "changed", G_CALLBACK(rules_changed), self);
  return self;
}

MsEvaluation *
ms_diagnoses_get_evaluation(MsDiagnoses *self)
{
  return self->evaluation;
}
