/* SPDX-License-Identifier: MIT
 *
 * A slot for each example and model: the result, which is kept for ever, and its counts, which are
 * the result's own while the set's rules are in force. When a threshold moves, slots whose counts
 * were made under other rules are counted anew: few cells here and now, many on a worker, one list
 * at a time. Everything but that and the pass's workers runs on the thread that made the
 * evaluation, so nothing here is locked.
 */
#include "set/evaluation.h"

#include "set/pass.h"
#include "set/slot.h"

/* Cells that are counted at once on the owner's thread: far less than a millisecond's work. */
#define MAX_CELLS_AT_ONCE 50000

/* Arrays of examples x models hold example e of model m at m * n_examples + e. */
struct _MsEvaluation {
  GObject parent_instance;

  MsSet *set;
  guint n_examples;
  guint n_models;
  MsSlot *slots;
  MsRuleset **rules; /* of each model */
  gboolean has_run;  /* results have no joints */

  GMainContext *context; /* of the thread that this lives on */
  GThreadPool *pool;     /* made when first needed */
  guint n_threads;
  MsPass *pass; /* the running one, or NULL */
  guint done;
  guint total;

  GCancellable *recounting; /* of the running recount, or NULL */
  gboolean has_uncounted;   /* a result came in that has no counts yet */
};

G_DEFINE_FINAL_TYPE(MsEvaluation, ms_evaluation, G_TYPE_OBJECT)

enum { PROP_DONE = 1, PROP_TOTAL, PROP_RUNNING, N_PROPERTIES };
enum { SIGNAL_SCORED, SIGNAL_CHANGED, N_SIGNALS };

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

static MsSlot *
slot_of(MsEvaluation *self, guint example, guint model)
{
  g_assert(example < self->n_examples && model < self->n_models);
  return &self->slots[(gsize)model * self->n_examples + example];
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
  if (self->recounting)
    g_cancellable_cancel(self->recounting);
  g_clear_object(&self->recounting);
  if (self->pool)
    g_thread_pool_free(g_steal_pointer(&self->pool), FALSE, FALSE);
  G_OBJECT_CLASS(ms_evaluation_parent_class)->dispose(object);
}

static void
ms_evaluation_finalize(GObject *object)
{
  MsEvaluation *self = MS_EVALUATION(object);

  for (gsize i = 0; i < (gsize)self->n_examples * self->n_models; i++)
    ms_slot_clear(&self->slots[i]);
  for (guint i = 0; i < self->n_models; i++)
    ms_ruleset_unref(self->rules[i]);
  g_free(self->slots);
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

  self->set = g_object_ref(set);
  self->n_examples = ms_set_get_n_examples(set);
  self->n_models = ms_set_get_n_models(set);
  self->slots = g_new0(MsSlot, (gsize)self->n_examples * self->n_models);
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

/* Counts under the rules in force. */

static void
take_recounts(MsEvaluation *self, GArray *recounts)
{
  for (guint i = 0; i < recounts->len; i++) {
    MsRecount *recount = &g_array_index(recounts, MsRecount, i);

    ms_slot_take(slot_of(self, recount->example, recount->model), recount);
  }
}

static void
add_stale(MsEvaluation *self, GArray *recounts, guint example, guint model)
{
  const MsSlot *slot = slot_of(self, example, model);

  if (ms_slot_is_stale(slot, self->rules[model]))
    ms_recounts_add(recounts, self->set, example, model, slot->result, self->rules[model]);
}

static GArray *
list_stale(MsEvaluation *self)
{
  GArray *recounts = ms_recounts_new();

  for (guint model = 0; model < self->n_models; model++)
    for (guint example = 0; example < self->n_examples; example++)
      add_stale(self, recounts, example, model);
  return recounts;
}

static gboolean recount_stale(MsEvaluation *self);

static void
receive_recounts(GObject *owner, GArray *recounts)
{
  MsEvaluation *self = MS_EVALUATION(owner);

  g_clear_object(&self->recounting);
  take_recounts(self, recounts);
  g_signal_emit(self, signals[SIGNAL_CHANGED], 0);
  recount_stale(self);
}

/* Counts what was counted under other rules than those in force, or sees to it that it will be;
 * FALSE: there is no such thing. */
static gboolean
recount_stale(MsEvaluation *self)
{
  g_autoptr(GArray) recounts = NULL;

  if (self->recounting)
    return TRUE; /* the end of that one begins the next */
  self->has_uncounted = FALSE;
  recounts = list_stale(self);
  if (recounts->len == 0)
    return FALSE;
  if (ms_recounts_n_cells(recounts) > MAX_CELLS_AT_ONCE) {
    self->recounting = g_cancellable_new();
    ms_recounts_start(g_steal_pointer(&recounts), self->recounting, G_OBJECT(self),
                      receive_recounts);
    return TRUE;
  }
  ms_recounts_run(recounts);
  take_recounts(self, recounts);
  g_signal_emit(self, signals[SIGNAL_CHANGED], 0);
  return TRUE;
}

/* Results. */

/* A new result has the set's counts, or waits for others if they are too many to make here. */
static void
count_result(MsEvaluation *self, guint example, guint model)
{
  MsSlot *slot = slot_of(self, example, model);
  g_autoptr(GArray) recounts = NULL;

  if (slot->result->status != MS_RESULT_OK ||
      self->rules[model] == ms_set_get_rules(self->set, model)) {
    ms_slot_set_rules(slot, self->rules[model]);
    return;
  }
  recounts = ms_recounts_new();
  add_stale(self, recounts, example, model);
  if (ms_recounts_n_cells(recounts) > MAX_CELLS_AT_ONCE) {
    self->has_uncounted = TRUE;
    return;
  }
  ms_recounts_run(recounts);
  take_recounts(self, recounts);
}

static void
store(MsEvaluation *self, guint example, guint model, MsResult *result)
{
  MsSlot *slot = slot_of(self, example, model);

  if (slot->result)
    return;
  slot->result = ms_result_ref(result);
  count_result(self, example, model);
  g_signal_emit(self, signals[SIGNAL_SCORED], 0, example, model);
}

void
ms_evaluation_put(MsEvaluation *self, guint example, guint model, MsResult *result)
{
  store(self, example, model, result);
  if (self->has_uncounted)
    recount_stale(self);
}

static void
put_results(MsEvaluation *self, GArray *results)
{
  for (guint i = 0; i < results->len; i++) {
    const MsPassResult *entry = &g_array_index(results, MsPassResult, i);

    store(self, entry->task.example, entry->task.model, entry->result);
  }
  if (self->has_uncounted)
    recount_stale(self);
}

MsResult *
ms_evaluation_get_result(MsEvaluation *self, guint example, guint model)
{
  return slot_of(self, example, model)->result;
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

  if (!slot_of(self, example, model)->result)
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
    self->pass = ms_pass_new(self->set, tasks, TRUE, NULL);
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

  for (guint model = 0; model < self->n_models; model++)
    g_return_val_if_fail(self->rules[model] == ms_set_get_rules(self->set, model), FALSE);
  self->has_run = TRUE;
  ms_evaluation_cancel(self);
  for (guint example = 0; example < self->n_examples; example++)
    for (guint model = 0; model < self->n_models; model++)
      add_task(self, tasks, example, model);
  pass = ms_pass_new(self->set, tasks, FALSE, cancellable);
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

/* Scores and rules. */

MsScore
ms_evaluation_get_score(MsEvaluation *self, guint example, guint model)
{
  const MsSlot *slot = slot_of(self, example, model);

  return slot->rules ? slot->score : (MsScore){.status = MS_RESULT_WAITING};
}

MsConfusion *
ms_evaluation_dup_confusion(MsEvaluation *self, guint example, guint model)
{
  const MsConfusion *confusion = ms_slot_confusion(slot_of(self, example, model));
  MsConfusion *copy = NULL;

  if (!confusion || ms_confusion_new(&self->rules[model]->rules, &copy) != MS_STATUS_OK)
    return NULL;
  if (ms_confusion_merge(copy, confusion) != MS_STATUS_OK)
    g_clear_pointer(&copy, ms_confusion_free);
  return copy;
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
  g_return_if_fail(!self->has_run);
  if (!ms_ruleset_has_threshold(self->rules[model]) || self->rules[model]->threshold == threshold)
    return;
  changed = ms_ruleset_with_threshold(self->rules[model], threshold);
  ms_ruleset_unref(self->rules[model]);
  self->rules[model] = changed;
  if (!recount_stale(self))
    g_signal_emit(self, signals[SIGNAL_CHANGED], 0);
}
