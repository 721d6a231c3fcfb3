/* SPDX-License-Identifier: MIT
 *
 * The results of each model are all counted under the same rules, those of the last count. When a
 * threshold moves, a snapshot of them is counted anew, few cells here and now, many on workers, one
 * model at a time and the one that moved last first, and takes their place as a whole. What comes
 * in while that goes on is put into both. Everything but that and the workers of passes runs on the
 * thread that made the evaluation, so nothing here is locked.
 *
 * Rules have a number, their generation, so that a worker's result tells which it was counted
 * under.
 */
#include "set/evaluation-private.h"

#include "set/pass.h"
#include "set/rate.h"
#include "set/recount.h"

/* Cells that are counted at once on the owner's thread: a few milliseconds' work at most. What a
 * result costs besides its cells is worth some as well, and so is to look whether there is one. */
#define MAX_CELLS_AT_ONCE     50000
#define CELLS_WORTH_A_RESULT  20
#define EXAMPLES_WORTH_A_CELL 16

/* Of so many results that come in at once each has its own signal. */
#define MAX_SIGNALS 256

typedef struct {
  MsRuleset *rules; /* in force */
  guint generation; /* of these */
  MsResults *results;
  MsRuleset *counted_rules; /* of the results */
  guint counted;            /* generation of these */
  gboolean has_uncounted;   /* results came in that were counted under others */
  guint n_results;
  guint64 n_cells; /* to be looked at when they are counted anew */
} Model;

struct _MsEvaluation {
  GObject parent_instance;

  MsSet *set;
  guint n_examples;
  guint n_models;
  Model *models;
  MsResultsHeap *heap;
  MsScorer *scorer;
  MsCounter *counter;
  MsGate *gate;
  MsLiveScratch scratch;

  /* The running pass */
  GMainContext *context; /* of the thread that this lives on */
  GThreadPool *pool;     /* made when first needed */
  guint n_threads;
  MsPass *pass; /* NULL: none */
  guint done;
  guint total;
  gint64 (*clock)(void);
  MsRate rate;

  /* The running recount */
  GCancellable *recounting; /* NULL: none */
  guint recounted_model;
  guint recounted_generation;
  GArray *arrived; /* MsCounted: of that model, since it began */
  guint urgent_model;
};

G_DEFINE_FINAL_TYPE(MsEvaluation, ms_evaluation, G_TYPE_OBJECT)

enum { PROP_DONE = 1, PROP_TOTAL, PROP_RUNNING, PROP_PAUSED, N_PROPERTIES };
enum { SIGNAL_SCORED, SIGNAL_SCORED_MANY, SIGNAL_CHANGED, SIGNAL_NOTICE, N_SIGNALS };

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

static Model *
model_of(MsEvaluation *self, guint model)
{
  g_assert(model < self->n_models);
  return &self->models[model];
}

/* One is left to the owner's thread. */
static guint
n_background_threads(MsEvaluation *self)
{
  guint jobs = ms_set_get_options(self->set)->jobs;
  guint most = MAX(g_get_num_processors() - 1, 1);

  return jobs > 0 ? MIN(jobs, most) : most;
}

/* --- counts under the rules in force ---------------------------------------------------------- */

static gboolean
is_result(const MsRecord *record)
{
  return record->status != MS_RESULT_WAITING || record->uncounted;
}

static gboolean
is_stale(const Model *model)
{
  return model->counted != model->generation || model->has_uncounted;
}

gboolean
ms_evaluation_is_settled(MsEvaluation *self, guint model)
{
  return !is_stale(model_of(self, model));
}

gboolean
ms_evaluation_is_counting(MsEvaluation *self, guint model)
{
  return is_stale(model_of(self, model));
}

gboolean
ms_evaluation_is_quick(MsEvaluation *self, guint model, guint64 max_cells)
{
  const Model *asked = model_of(self, model);
  guint64 cost = asked->n_cells + (guint64)asked->n_results * CELLS_WORTH_A_RESULT +
                 self->n_examples / EXAMPLES_WORTH_A_CELL;

  return cost <= max_cells && ms_results_heap_file_bytes(self->heap) == 0;
}

/* Puts a result that is of the generation that the results are of, or not: then it is uncounted. */
static void
put(Model *model, const MsCounted *counted)
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

/* The results as they were counted anew, with what has come in since, take the others' place. */
static void
take_recount(MsEvaluation *self, MsRecount *recount, guint generation, const GArray *arrived)
{
  Model *model = model_of(self, recount->model);
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
  const Model *model = model_of(self, index);

  return ms_recount_new(self->set, index, ms_results_snapshot(model->results), model->rules,
                        model->counted != model->generation, n_threads);
}

static void
stop_recounting(MsEvaluation *self)
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
  g_signal_emit(self, signals[SIGNAL_CHANGED], 0);
}

static void
start_recounting(MsEvaluation *self, guint model)
{
  self->recounting = g_cancellable_new();
  self->recounted_model = model;
  self->recounted_generation = model_of(self, model)->generation;
  ms_recount_start(recount_of(self, model, n_background_threads(self)), self->recounting,
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
  take_recount(self, recount, model_of(self, model)->generation, NULL);
  return TRUE;
}

/* After results came in that could not be counted yet. */
static void
count_uncounted(MsEvaluation *self)
{
  gboolean changed = FALSE;

  if (self->recounting)
    return; /* its end begins the next */
  for (guint i = 0; i < self->n_models; i++)
    if (is_stale(&self->models[i]))
      changed |= recount_here(self, i);
  recount_stale(self);
  if (changed)
    g_signal_emit(self, signals[SIGNAL_CHANGED], 0);
}

/* --- results ---------------------------------------------------------------------------------- */

/* FALSE: there is one already. */
static gboolean
store(MsEvaluation *self, const MsCounted *counted)
{
  Model *model = model_of(self, counted->model);

  if (is_result(ms_results_get(model->results, counted->example)))
    return FALSE;
  put(model, counted);
  model->n_results++;
  model->n_cells += counted->n_cells;
  if (self->recounting && self->recounted_model == counted->model)
    g_array_append_val(self->arrived, *counted);
  return TRUE;
}

static void
emit_notice(MsEvaluation *self)
{
  g_autofree char *notice = ms_scorer_take_notice(self->scorer);

  if (notice)
    g_signal_emit(self, signals[SIGNAL_NOTICE], 0, notice);
}

static void
put_results(MsEvaluation *self, const MsCounted *results, guint n_results)
{
  gboolean one_by_one = n_results <= MAX_SIGNALS &&
                        g_signal_has_handler_pending(self, signals[SIGNAL_SCORED], 0, FALSE);
  guint n_stored = 0;

  for (guint i = 0; i < n_results; i++) {
    gboolean stored = store(self, &results[i]);

    n_stored += stored;
    if (stored && one_by_one)
      g_signal_emit(self, signals[SIGNAL_SCORED], 0, results[i].example, results[i].model);
  }
  if (n_stored > 0 && !one_by_one)
    g_signal_emit(self, signals[SIGNAL_SCORED_MANY], 0);
  if (find_stale(self) < self->n_models)
    count_uncounted(self);
  emit_notice(self);
}

void
ms_evaluation_put(MsEvaluation *self, guint example, guint model, MsResult *result)
{
  MsCounted counted;

  if (is_result(ms_results_get(model_of(self, model)->results, example)))
    return;
  ms_counter_count(self->counter, example, model, result, &self->scratch, &counted);
  ms_scorer_keep(self->scorer, example, model, result);
  put_results(self, &counted, 1);
}

/* --- passes ----------------------------------------------------------------------------------- */

static void
notify_progress(MsEvaluation *self)
{
  g_object_notify_by_pspec(G_OBJECT(self), properties[PROP_DONE]);
  g_object_notify_by_pspec(G_OBJECT(self), properties[PROP_TOTAL]);
}

static void
drop_pass(MsEvaluation *self)
{
  if (self->pass)
    ms_pass_cancel(self->pass);
  g_clear_pointer(&self->pass, ms_pass_unref);
}

static void
set_paused(MsEvaluation *self, gboolean paused)
{
  if (ms_gate_is_paused(self->gate) == paused)
    return;
  ms_gate_set_paused(self->gate, paused);
  ms_rate_begin(&self->rate, self->done, self->clock());
  g_object_notify_by_pspec(G_OBJECT(self), properties[PROP_PAUSED]);
}

static void
receive(GObject *owner, MsPass *pass, const MsCounted *results, guint n_results)
{
  MsEvaluation *self = MS_EVALUATION(owner);

  put_results(self, results, n_results);
  if (self->pass != pass)
    return; /* replaced: what it found still holds, but it is not what is being waited for */
  self->done += n_results;
  ms_rate_update(&self->rate, self->done, self->clock());
  notify_progress(self);
  if (self->pass == pass && self->done == self->total) {
    g_clear_pointer(&self->pass, ms_pass_unref);
    g_object_notify_by_pspec(owner, properties[PROP_RUNNING]);
  }
}

static guint
count_waiting(MsEvaluation *self)
{
  guint n = 0;

  for (guint i = 0; i < self->n_models; i++)
    n += self->n_examples - self->models[i].n_results;
  return n;
}

static MsPass *
new_pass(MsEvaluation *self, const MsPassPlan *plan, MsGate *gate, GCancellable *cancellable)
{
  g_autoptr(GPtrArray) done = g_ptr_array_new_with_free_func((GDestroyNotify)ms_results_unref);

  for (guint i = 0; i < self->n_models; i++)
    g_ptr_array_add(done, ms_results_snapshot(self->models[i].results));
  return ms_pass_new(plan, self->scorer, self->counter, (MsResults *const *)done->pdata, gate,
                     cancellable);
}

static void
start_pass(MsEvaluation *self, guint model, guint first)
{
  const MsPassPlan plan = {MS_PASS_BY_MODEL, model, first};

  if (!self->pool) {
    self->n_threads = n_background_threads(self);
    self->pool = ms_pass_pool_new(self->n_threads, TRUE);
  }
  self->pass = new_pass(self, &plan, self->gate, NULL);
  ms_pass_deliver_to(self->pass, self->context, G_OBJECT(self), receive);
  ms_pass_push(self->pass, self->pool, MIN(self->n_threads, self->total));
}

void
ms_evaluation_start(MsEvaluation *self, guint model, guint first)
{
  gboolean was_running = self->pass != NULL;

  drop_pass(self);
  self->done = 0;
  self->total = count_waiting(self);
  set_paused(self, FALSE);
  ms_rate_begin(&self->rate, 0, self->clock());
  if (self->total > 0)
    start_pass(self, model, first);
  notify_progress(self);
  if (was_running != (self->pass != NULL))
    g_object_notify_by_pspec(G_OBJECT(self), properties[PROP_RUNNING]);
}

void
ms_evaluation_cancel(MsEvaluation *self)
{
  set_paused(self, FALSE);
  if (!self->pass)
    return;
  drop_pass(self);
  g_object_notify_by_pspec(G_OBJECT(self), properties[PROP_RUNNING]);
}

gboolean
ms_evaluation_is_running(MsEvaluation *self)
{
  return self->pass != NULL;
}

guint
ms_evaluation_get_done(MsEvaluation *self)
{
  return self->done;
}

guint
ms_evaluation_get_total(MsEvaluation *self)
{
  return self->total;
}

void
ms_evaluation_pause(MsEvaluation *self)
{
  if (self->pass)
    set_paused(self, TRUE);
}

void
ms_evaluation_resume(MsEvaluation *self)
{
  set_paused(self, FALSE);
}

gboolean
ms_evaluation_is_paused(MsEvaluation *self)
{
  return ms_gate_is_paused(self->gate);
}

void
ms_evaluation_hold(MsEvaluation *self)
{
  ms_gate_hold(self->gate);
}

void
ms_evaluation_release(MsEvaluation *self)
{
  ms_gate_release(self->gate);
}

void
ms_evaluation_get_rate(MsEvaluation *self, double *per_second, double *seconds_left)
{
  *per_second = self->pass ? ms_rate_get(&self->rate) : 0;
  *seconds_left = *per_second > 0 ? (self->total - self->done) / *per_second : -1;
}

void
ms_evaluation_set_clock(MsEvaluation *self, gint64 (*clock)(void))
{
  self->clock = clock;
}

/* The last results are written before the caller writes a report, which may be long. */
static gboolean
finish_run(MsEvaluation *self, GCancellable *cancellable, GError **error)
{
  ms_scorer_flush(self->scorer);
  emit_notice(self);
  return !g_cancellable_set_error_if_cancelled(cancellable, error);
}

gboolean
ms_evaluation_run(MsEvaluation *self, guint jobs, MsSetProgress progress, gpointer user,
                  GCancellable *cancellable, GError **error)
{
  const MsPassPlan plan = {MS_PASS_BY_EXAMPLE, 0, 0};
  guint n_threads = jobs ? jobs : g_get_num_processors();
  g_autoptr(MsPass) pass = NULL;
  GThreadPool *pool;
  guint done = 0, total;
  GArray *results;

  ms_evaluation_cancel(self);
  total = count_waiting(self);
  pass = new_pass(self, &plan, NULL, cancellable);
  pool = ms_pass_pool_new(n_threads, FALSE);
  ms_pass_push(pass, pool, MIN(n_threads, total));
  while ((results = ms_pass_wait(pass))) {
    done += results->len;
    put_results(self, (const MsCounted *)(gpointer)results->data, results->len);
    g_array_unref(results);
    if (progress)
      progress("Scoring", done, total, user);
  }
  g_thread_pool_free(pool, FALSE, TRUE);
  return finish_run(self, cancellable, error);
}

/* --- scores and rules ------------------------------------------------------------------------- */

MsResults *
ms_evaluation_snapshot(MsEvaluation *self, guint model)
{
  return ms_results_snapshot(model_of(self, model)->results);
}

MsScore
ms_evaluation_get_score(MsEvaluation *self, guint example, guint model)
{
  const Model *asked = model_of(self, model);

  return ms_record_score(ms_results_get(asked->results, example), asked->rules->rules.empty,
                         ms_results_message(asked->results, example));
}

/* Of one class: a record holds all of it. */
static MsConfusion *
confusion_of_record(const MsRecord *record, const MsRules *rules)
{
  MsKindCounts kinds = ms_record_kinds(record);
  g_autoptr(MsConfusion) confusion = NULL;

  if (ms_confusion_new(rules, &confusion) != MS_STATUS_OK ||
      ms_confusion_set_kinds(confusion, &kinds) != MS_STATUS_OK)
    return NULL;
  return g_steal_pointer(&confusion);
}

MsConfusion *
ms_evaluation_dup_confusion(MsEvaluation *self, guint example, guint model)
{
  const Model *asked = model_of(self, model);
  const MsRecord *record = ms_results_get(asked->results, example);

  if (record->status != MS_RESULT_OK)
    return NULL;
  if (record->has_tn)
    return confusion_of_record(record, &asked->counted_rules->rules);
  return ms_recount_example(self->set, example, model, asked->results, asked->counted_rules, NULL);
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
  return model_of(self, model)->rules;
}

void
ms_evaluation_set_threshold(MsEvaluation *self, guint model, double threshold)
{
  Model *moved = model_of(self, model);
  MsRuleset *rules = moved->rules;

  if (!ms_ruleset_has_threshold(rules) || rules->threshold == threshold)
    return;
  moved->rules = ms_ruleset_with_threshold(rules, threshold);
  ms_ruleset_unref(rules);
  moved->generation++;
  ms_counter_set_rules(self->counter, model, moved->rules, moved->generation);
  self->urgent_model = model;
  stop_recounting(self);
  if (recount_here(self, model))
    g_signal_emit(self, signals[SIGNAL_CHANGED], 0);
  recount_stale(self);
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

  drop_pass(self);
  stop_recounting(self);
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
  ms_results_heap_unref(self->heap);
  ms_live_scratch_clear(&self->scratch);
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
  self->gate = ms_gate_new();
  self->heap = ms_results_heap_new(MS_RESULTS_HEAP_BYTES);
}

static void
model_init(Model *model, MsEvaluation *self, guint index)
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
  self->models = g_new0(Model, self->n_models);
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
