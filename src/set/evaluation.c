/* SPDX-License-Identifier: MIT
 *
 * Results are kept for ever (they depend on the set alone), scores are caches of them under the
 * rules in force and are made when asked for. Everything but the pass's workers runs on the thread
 * that made the evaluation, so nothing here is locked.
 */
#include "set/evaluation.h"

#include "set/pass.h"

typedef struct {
  MsScore score;
  gboolean fresh; /* made under the rules in force */
} ScoreSlot;

/* Arrays of examples x models hold example e of model m at m * n_examples + e. */
struct _MsEvaluation {
  GObject parent_instance;

  MsSet *set;
  guint n_examples;
  guint n_models;
  MsResult **results;
  ScoreSlot *scores;
  MsRuleset **rules; /* of each model */

  GMainContext *context; /* of the thread that this lives on */
  GThreadPool *pool;     /* made when first needed */
  guint n_threads;
  MsPass *pass; /* the running one, or NULL */
  guint done;
  guint total;
};

G_DEFINE_FINAL_TYPE(MsEvaluation, ms_evaluation, G_TYPE_OBJECT)

enum { PROP_DONE = 1, PROP_TOTAL, PROP_RUNNING, N_PROPERTIES };
enum { SIGNAL_SCORED, SIGNAL_CHANGED, N_SIGNALS };

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

static gsize
slot_of(MsEvaluation *self, guint example, guint model)
{
  g_assert(example < self->n_examples && model < self->n_models);
  return (gsize)model * self->n_examples + example;
}

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
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
  }
}

static void
drop_pass(MsEvaluation *self)
{
  if (self->pass)
    ms_pass_cancel(self->pass);
  g_clear_pointer(&self->pass, ms_pass_unref);
}

static void
ms_evaluation_dispose(GObject *object)
{
  MsEvaluation *self = MS_EVALUATION(object);

  drop_pass(self);
  if (self->pool)
    g_thread_pool_free(g_steal_pointer(&self->pool), FALSE, FALSE);
  G_OBJECT_CLASS(ms_evaluation_parent_class)->dispose(object);
}

static void
ms_evaluation_finalize(GObject *object)
{
  MsEvaluation *self = MS_EVALUATION(object);

  for (gsize i = 0; i < (gsize)self->n_examples * self->n_models; i++)
    ms_result_unref(self->results[i]);
  for (guint i = 0; i < self->n_models; i++)
    ms_ruleset_unref(self->rules[i]);
  g_free(self->results);
  g_free(self->scores);
  g_free(self->rules);
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
  g_object_class_install_properties(object_class, N_PROPERTIES, properties);
  signals[SIGNAL_SCORED] = g_signal_new("scored", MS_TYPE_EVALUATION, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
  signals[SIGNAL_CHANGED] = g_signal_new("changed", MS_TYPE_EVALUATION, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);
}

static void
ms_evaluation_init(MsEvaluation *self)
{
}

MsEvaluation *
ms_evaluation_new(MsSet *set)
{
  MsEvaluation *self = g_object_new(MS_TYPE_EVALUATION, NULL);
  gsize n_slots;

  self->set = g_object_ref(set);
  self->n_examples = ms_set_get_n_examples(set);
  self->n_models = ms_set_get_n_models(set);
  n_slots = (gsize)self->n_examples * self->n_models;
  self->results = g_new0(MsResult *, n_slots);
  self->scores = g_new0(ScoreSlot, n_slots);
  self->rules = g_new0(MsRuleset *, self->n_models);
  for (guint i = 0; i < self->n_models; i++)
    self->rules[i] = ms_ruleset_ref(ms_set_get_rules(set, i));
  self->context = g_main_context_ref_thread_default();
  return self;
}

MsSet *
ms_evaluation_get_set(MsEvaluation *self)
{
  return self->set;
}

/* Results. */

static gboolean
store(MsEvaluation *self, guint example, guint model, MsResult *result)
{
  gsize slot = slot_of(self, example, model);

  if (self->results[slot])
    return FALSE;
  self->results[slot] = ms_result_ref(result);
  return TRUE;
}

void
ms_evaluation_put(MsEvaluation *self, guint example, guint model, MsResult *result)
{
  if (store(self, example, model, result))
    g_signal_emit(self, signals[SIGNAL_SCORED], 0, example, model);
}

static void
put_results(MsEvaluation *self, GArray *results)
{
  for (guint i = 0; i < results->len; i++) {
    const MsPassResult *entry = &g_array_index(results, MsPassResult, i);

    ms_evaluation_put(self, entry->task.example, entry->task.model, entry->result);
  }
}

MsResult *
ms_evaluation_get_result(MsEvaluation *self, guint example, guint model)
{
  return self->results[slot_of(self, example, model)];
}

/* Passes. */

static GArray *
tasks_new(void)
{
  return g_array_new(FALSE, FALSE, sizeof(MsPassTask));
}

static void
add_task(MsEvaluation *self, GArray *tasks, guint example, guint model)
{
  MsPassTask task = {example, model};

  if (!self->results[slot_of(self, example, model)])
    g_array_append_val(tasks, task);
}

/* Every example without a result: those of `model` beginning at `first`, then the other models. */
static GArray *
list_tasks(MsEvaluation *self, guint model, guint first)
{
  GArray *tasks = tasks_new();

  for (guint i = 0; i < self->n_models; i++)
    for (guint j = 0; j < self->n_examples; j++)
      add_task(self, tasks, (guint)(((guint64)first + j) % self->n_examples),
               (model + i) % self->n_models);
  return tasks;
}

static void
notify_progress(MsEvaluation *self)
{
  g_object_notify_by_pspec(G_OBJECT(self), properties[PROP_DONE]);
  g_object_notify_by_pspec(G_OBJECT(self), properties[PROP_TOTAL]);
}

static void
receive(GObject *owner, MsPass *pass, GArray *results)
{
  MsEvaluation *self = MS_EVALUATION(owner);

  put_results(self, results);
  if (self->pass != pass)
    return; /* replaced: what it found still holds, but it is not what is being waited for */
  self->done += results->len;
  notify_progress(self);
  if (self->pass == pass && self->done == self->total) {
    g_clear_pointer(&self->pass, ms_pass_unref);
    g_object_notify_by_pspec(owner, properties[PROP_RUNNING]);
  }
}

static void
ensure_pool(MsEvaluation *self)
{
  guint jobs = ms_set_get_options(self->set)->jobs;

  if (self->pool)
    return;
  self->n_threads = MAX(g_get_num_processors() - 1, 1); /* one is left to the main thread */
  if (jobs > 0)
    self->n_threads = MIN(self->n_threads, jobs);
  self->pool = ms_pass_pool_new(self->n_threads, TRUE);
}

void
ms_evaluation_start(MsEvaluation *self, guint model, guint first)
{
  gboolean was_running = self->pass != NULL;
  GArray *tasks = list_tasks(self, model, first);

  drop_pass(self);
  self->done = 0;
  self->total = tasks->len;
  if (tasks->len > 0) {
    ensure_pool(self);
    self->pass = ms_pass_new(self->set, tasks, NULL);
    ms_pass_deliver_to(self->pass, self->context, G_OBJECT(self), receive);
    ms_pass_push(self->pass, self->pool, self->n_threads);
  } else {
    g_array_unref(tasks);
  }
  notify_progress(self);
  if (was_running != (self->pass != NULL))
    g_object_notify_by_pspec(G_OBJECT(self), properties[PROP_RUNNING]);
}

void
ms_evaluation_cancel(MsEvaluation *self)
{
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

gboolean
ms_evaluation_run(MsEvaluation *self, guint jobs, MsSetProgress progress, gpointer user,
                  GCancellable *cancellable, GError **error)
{
  guint n_threads = jobs ? jobs : g_get_num_processors();
  GArray *tasks = tasks_new();
  g_autoptr(MsPass) pass = NULL;
  GThreadPool *pool;
  GArray *results;
  guint done = 0;

  ms_evaluation_cancel(self);
  for (guint example = 0; example < self->n_examples; example++)
    for (guint model = 0; model < self->n_models; model++)
      add_task(self, tasks, example, model);
  pass = ms_pass_new(self->set, tasks, cancellable);
  pool = ms_pass_pool_new(n_threads, FALSE);
  ms_pass_push(pass, pool, n_threads);
  while ((results = ms_pass_wait(pass))) {
    done += results->len;
    put_results(self, results);
    g_array_unref(results);
    if (progress)
      progress("Scoring", done, ms_pass_n_tasks(pass), user);
  }
  g_thread_pool_free(pool, FALSE, TRUE);
  return !g_cancellable_set_error_if_cancelled(cancellable, error);
}

/* Scores under the rules in force. */

static MsConfusion *
count(MsEvaluation *self, guint example, guint model, const MsResult *result)
{
  const char *id = ms_example_get_id(ms_set_get_example(self->set, example));

  return ms_result_confusion(result, &self->rules[model]->rules, id, NULL);
}

static void
fill_score(MsEvaluation *self, guint example, guint model, const MsResult *result, MsScore *score)
{
  g_autoptr(MsConfusion) confusion = NULL;

  *score = (MsScore){.status = result->status, .message = result->message};
  if (result->status != MS_RESULT_OK)
    return;
  confusion = count(self, example, model, result);
  if (!confusion) {
    score->status = MS_RESULT_ERROR;
    score->message = "its counts do not fit the rules in force";
    return;
  }
  score->iou = ms_confusion_score(confusion, MS_METRIC_IOU);
  score->exact = ms_confusion_exact(confusion);
  score->wrong = ms_confusion_wrong(confusion);
  score->counted = ms_confusion_counted(confusion);
}

const MsScore *
ms_evaluation_get_score(MsEvaluation *self, guint example, guint model)
{
  gsize slot = slot_of(self, example, model);
  const MsResult *result = self->results[slot];

  if (!result)
    return NULL;
  if (!self->scores[slot].fresh) {
    fill_score(self, example, model, result, &self->scores[slot].score);
    self->scores[slot].fresh = TRUE;
  }
  return &self->scores[slot].score;
}

MsRuleset *
ms_evaluation_get_rules(MsEvaluation *self, guint model)
{
  g_assert(model < self->n_models);
  return self->rules[model];
}

void
ms_evaluation_set_threshold(MsEvaluation *self, guint model, double threshold)
{
  MsRuleset *changed;

  g_assert(model < self->n_models);
  if (self->rules[model]->rules.comparison != MS_COMPARE_THRESHOLD ||
      self->rules[model]->threshold == threshold)
    return;
  changed = ms_ruleset_with_threshold(self->rules[model], threshold);
  ms_ruleset_unref(self->rules[model]);
  self->rules[model] = changed;
  for (guint example = 0; example < self->n_examples; example++)
    self->scores[slot_of(self, example, model)].fresh = FALSE;
  g_signal_emit(self, signals[SIGNAL_CHANGED], 0);
}
