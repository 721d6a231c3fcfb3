/* SPDX-License-Identifier: MIT
 *
 * Workers take numbers off a shared counter and put what they measured in its own place, so nothing
 * but the counter is shared while they work. Failures are gathered afterwards, in order.
 */
#include "set/measures-pass.h"

#include <math.h>

#include "set/masks.h"

#define PROGRESS_INTERVAL (100 * G_TIME_SPAN_MILLISECOND)

typedef struct {
  MsExampleMeasures *measures;
  char *failure;
} Slot;

struct MsSetMeasures {
  MsMeasureRequest request;
  guint first; /* example of the first slot */
  guint n_examples;
  guint n_models; /* 1 where only one is there */
  guint model;    /* of the first slot */
  Slot *slots;    /* model by model */
  GPtrArray *failures;
};

static MsSetMeasures *
measures_new(const MsMeasureRequest *request, guint n_examples, guint n_models)
{
  MsSetMeasures *self = g_new0(MsSetMeasures, 1);

  self->request = *request;
  self->n_examples = n_examples;
  self->n_models = n_models;
  self->slots = g_new0(Slot, (gsize)n_examples * n_models);
  self->failures = g_ptr_array_new_with_free_func(g_free);
  return self;
}

void
ms_set_measures_free(MsSetMeasures *measures)
{
  if (!measures)
    return;
  for (gsize i = 0; i < (gsize)measures->n_examples * measures->n_models; i++) {
    ms_example_measures_free(measures->slots[i].measures);
    g_free(measures->slots[i].failure);
  }
  g_free(measures->slots);
  g_ptr_array_unref(measures->failures);
  g_free(measures);
}

/* NULL: there is no place for it. */
static Slot *
slot_of(const MsSetMeasures *self, guint example, guint model)
{
  if (example < self->first || example - self->first >= self->n_examples || model < self->model ||
      model - self->model >= self->n_models)
    return NULL;
  return &self->slots[(gsize)(model - self->model) * self->n_examples + (example - self->first)];
}

/* --- workers ---------------------------------------------------------------------------------- */

typedef struct {
  guint example;
  guint model;
} Task;

typedef struct {
  MsSetMeasures *made;
  MsSet *set;
  MsRuleset **rules; /* by model */
  GArray *tasks;     /* Task */
  gint next;         /* atomic */
  GCancellable *cancellable;
  GMutex lock;
  GCond changed;
  guint n_done;    /* locked */
  guint n_workers; /* locked: that have not ended */
} Pass;

static MsExampleMeasures *
measure_masks(const Pass *pass, const Task *task, MsMasks *masks, MsResult *result,
              MsScratch *scratch, GError **error)
{
  const MsRuleset *rules = pass->rules[task->model];
  g_autoptr(MsConfusion) confusion = NULL;
  MsMeasuredPair pair = {.set = pass->set,
                         .example = task->example,
                         .model = task->model,
                         .rules = rules,
                         .actual = &masks->actual.raster,
                         .predicted = &masks->predicted.raster,
                         .actual_stacks = result->actual_stacks,
                         .predicted_stacks = result->predicted_stacks};

  if (result->status != MS_RESULT_OK) {
    g_set_error_literal(error, MS_SET_ERROR, MS_SET_ERROR_READING, result->message);
    return NULL;
  }
  confusion = ms_result_confusion(result, pass->set, task->example, task->model, rules, error);
  if (!confusion)
    return NULL;
  pair.confusion = confusion;
  return ms_example_measures_new(&pair, &pass->made->request, scratch, pass->cancellable, error);
}

static MsExampleMeasures *
measure_task(const Pass *pass, const Task *task, MsScratch *scratch, GError **error)
{
  g_autoptr(MsExample) example = ms_set_dup_example(pass->set, task->example);
  g_auto(MsMasks) masks = {0};
  g_autoptr(MsResult) result = NULL;

  if (!ms_masks_load(&masks, pass->set, example, task->model, scratch, pass->cancellable, error))
    return NULL;
  result = ms_masks_score(&masks, pass->set, example, task->model, pass->cancellable, error);
  return result ? measure_masks(pass, task, &masks, result, scratch, error) : NULL;
}

static void
do_task(Pass *pass, const Task *task, MsScratch *scratch)
{
  Slot *slot = slot_of(pass->made, task->example, task->model);
  g_autoptr(GError) error = NULL;

  slot->measures = measure_task(pass, task, scratch, &error);
  if (!slot->measures && !g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    slot->failure =
        g_strdup_printf("%s (%s): not measured: %s", ms_set_get_id(pass->set, task->example),
                        ms_set_get_model_name(pass->set, task->model), error->message);
}

static void
work(gpointer data, gpointer user)
{
  Pass *pass = data;
  MsScratch *scratch = ms_scratch_new();

  while (!g_cancellable_is_cancelled(pass->cancellable)) {
    guint task = (guint)g_atomic_int_add(&pass->next, 1);

    if (task >= pass->tasks->len)
      break;
    do_task(pass, &g_array_index(pass->tasks, Task, task), scratch);
    g_mutex_lock(&pass->lock);
    pass->n_done++;
    g_mutex_unlock(&pass->lock);
  }
  ms_scratch_free(scratch);
  g_mutex_lock(&pass->lock);
  pass->n_workers--;
  g_cond_signal(&pass->changed);
  g_mutex_unlock(&pass->lock);
}

static void
wait_for_workers(Pass *pass, MsSetProgress progress, gpointer user)
{
  g_mutex_lock(&pass->lock);
  while (pass->n_workers > 0) {
    guint n_done = pass->n_done;

    g_mutex_unlock(&pass->lock);
    if (progress)
      progress("Measuring", n_done, pass->tasks->len, user);
    g_mutex_lock(&pass->lock);
    if (pass->n_workers > 0)
      g_cond_wait_until(&pass->changed, &pass->lock, g_get_monotonic_time() + PROGRESS_INTERVAL);
  }
  g_mutex_unlock(&pass->lock);
}

static void
run(Pass *pass, guint jobs, MsSetProgress progress, gpointer user)
{
  guint n_threads = MAX(MIN(jobs ? jobs : g_get_num_processors(), pass->tasks->len), 1);
  GThreadPool *pool = g_thread_pool_new(work, NULL, (int)n_threads, FALSE, NULL);

  pass->n_workers = n_threads;
  for (guint i = 0; i < n_threads; i++)
    g_thread_pool_push(pool, pass, NULL);
  wait_for_workers(pass, progress, user);
  g_thread_pool_free(pool, FALSE, TRUE);
}

static GArray *
list_tasks(MsEvaluation *evaluation)
{
  MsSet *set = ms_evaluation_get_set(evaluation);
  GArray *tasks = g_array_new(FALSE, FALSE, sizeof(Task));

  for (guint example = 0; example < ms_set_get_n_examples(set); example++)
    for (guint model = 0; model < ms_set_get_n_models(set); model++)
      if (ms_evaluation_get_score(evaluation, example, model).status == MS_RESULT_OK)
        g_array_append_val(tasks, ((Task){example, model}));
  return tasks;
}

static void
gather_failures(MsSetMeasures *made)
{
  for (guint example = 0; example < made->n_examples; example++)
    for (guint model = 0; model < made->n_models; model++) {
      const Slot *slot = slot_of(made, example, model);

      if (slot->failure)
        g_ptr_array_add(made->failures, g_strdup(slot->failure));
    }
}

MsSetMeasures *
ms_set_measures_new(MsEvaluation *evaluation, const MsMeasureRequest *request, guint jobs,
                    MsSetProgress progress, gpointer user, GCancellable *cancellable,
                    GError **error)
{
  MsSet *set = ms_evaluation_get_set(evaluation);
  guint n_models = ms_set_get_n_models(set);
  g_autoptr(MsSetMeasures) made = measures_new(request, ms_set_get_n_examples(set), n_models);
  g_autoptr(GPtrArray) rules = g_ptr_array_new_with_free_func((GDestroyNotify)ms_ruleset_unref);
  g_autoptr(GArray) tasks = list_tasks(evaluation);
  Pass pass = {.made = made, .set = set, .tasks = tasks, .cancellable = cancellable};

  for (guint model = 0; model < n_models; model++)
    g_ptr_array_add(rules, ms_ruleset_ref(ms_evaluation_get_rules(evaluation, model)));
  pass.rules = (MsRuleset **)rules->pdata;
  g_mutex_init(&pass.lock);
  g_cond_init(&pass.changed);
  run(&pass, jobs, progress, user);
  g_mutex_clear(&pass.lock);
  g_cond_clear(&pass.changed);
  if (g_cancellable_set_error_if_cancelled(cancellable, error))
    return NULL;
  gather_failures(made);
  return g_steal_pointer(&made);
}

MsSetMeasures *
ms_set_measures_new_of_one(MsSet *set, guint example, guint model, MsExampleMeasures *measures)
{
  MsSetMeasures *self = measures_new(&measures->request, 1, 1);

  self->first = example;
  self->model = model;
  self->slots[0].measures = measures;
  return self;
}

const MsMeasureRequest *
ms_set_measures_get_request(const MsSetMeasures *measures)
{
  return &measures->request;
}

const MsExampleMeasures *
ms_set_measures_get(const MsSetMeasures *measures, guint example, guint model)
{
  const Slot *slot = slot_of(measures, example, model);

  return slot ? slot->measures : NULL;
}

const GPtrArray *
ms_set_measures_get_failures(const MsSetMeasures *measures)
{
  return measures->failures;
}

/* --- parts of a set --------------------------------------------------------------------------- */

typedef struct {
  double sum;
  guint64 n;
  guint64 n_infinite;
} Mean;

static void
mean_add(Mean *mean, MsValue value)
{
  if (!value.defined)
    return;
  if (isinf(value.value)) {
    mean->n_infinite++;
    return;
  }
  mean->sum += value.value;
  mean->n++;
}

static MsValue
ratio(double numerator, guint64 divisor)
{
  if (divisor == 0)
    return (MsValue){.defined = false};
  return (MsValue){.value = numerator / (double)divisor, .defined = true};
}

void
ms_set_measures_summarise(const MsSetMeasures *measures, guint model, MsEmptyRule empty,
                          const guint *examples, guint n_examples, MsMeasuresSummary *summary)
{
  Mean means[MS_N_MEASURES] = {0}, iou = {0};

  *summary = (MsMeasuresSummary){0};
  for (guint i = 0; i < n_examples; i++) {
    const MsExampleMeasures *example = ms_set_measures_get(measures, examples[i], model);

    if (!example)
      continue;
    summary->n_measured++;
    for (int measure = 0; measure < MS_N_MEASURES; measure++)
      mean_add(&means[measure], example->whole.values[measure]);
    mean_add(&iou, example->whole.iou_tolerant);
    ms_counts_add(&summary->tolerant, &example->whole.tolerant);
    summary->n_exact += example->exact_tolerant;
  }
  for (int measure = 0; measure < MS_N_MEASURES; measure++) {
    summary->values[measure].mean = ratio(means[measure].sum, means[measure].n);
    summary->values[measure].n = means[measure].n;
    summary->values[measure].n_infinite = means[measure].n_infinite;
  }
  if (!measures->request.has_tolerant)
    return;
  summary->iou_mean = ratio(iou.sum, iou.n);
  summary->iou_pooled = ms_score_iou(&summary->tolerant, empty);
  summary->exact_ratio = ratio((double)summary->n_exact, summary->n_measured);
}
