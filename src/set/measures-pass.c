/* SPDX-License-Identifier: MIT
 *
 * Workers take numbers off a shared counter and put what they measured in its own place, so nothing
 * but the counter and the texts is shared while they work. Failures are gathered afterwards, in
 * order.
 *
 * What is kept of a pair is one block: its head, then rows of 8-byte cells. A row is the class id
 * (of the first row, the whole, how many classes follow), each wanted value (not a number: there is
 * none), and, where scores at the tolerance are wanted, the five counts.
 */
#include "set/measures-pass.h"

#include <math.h>
#include <string.h>

#include "set/masks.h"
#include "set/spread.h"

typedef union {
  guint64 count;
  double value;
} Cell;

typedef struct {
  const char *no_segments; /* in the texts */
  guint64 n_counted;
  gboolean has_tn;
  gboolean exact_tolerant;
  Cell cells[];
} Block;

typedef struct {
  Block *block;        /* NULL: no score, or not measured */
  const char *failure; /* in the texts: why not measured */
} Slot;

struct MsSetMeasures {
  MsMeasureRequest request;
  guint row_length;
  MsEmptyRule *empty; /* by model */
  guint first;        /* example of the first slot */
  guint n_examples;
  guint n_models; /* 1 where only one is there */
  guint model;    /* of the first slot */
  Slot *slots;    /* model by model */
  GPtrArray *failures;

  GMutex lock;
  GStringChunk *texts; /* locked */
};

static guint
count_bits(MsMeasures measures)
{
  guint n = 0;

  for (int i = 0; i < MS_N_MEASURES; i++)
    n += (measures & MS_MEASURE_BIT(i)) != 0;
  return n;
}

static MsSetMeasures *
measures_new(const MsMeasureRequest *request, guint n_examples, guint n_models)
{
  MsSetMeasures *self = g_new0(MsSetMeasures, 1);

  self->request = *request;
  self->row_length = 1 + count_bits(request->wanted) + (request->has_tolerant ? 5 : 0);
  self->n_examples = n_examples;
  self->n_models = n_models;
  self->empty = g_new0(MsEmptyRule, n_models);
  self->slots = g_new0(Slot, (gsize)n_examples * n_models);
  self->failures = g_ptr_array_new_with_free_func(g_free);
  self->texts = g_string_chunk_new(256);
  g_mutex_init(&self->lock);
  return self;
}

void
ms_set_measures_free(MsSetMeasures *measures)
{
  if (!measures)
    return;
  for (gsize i = 0; i < (gsize)measures->n_examples * measures->n_models; i++)
    g_free(measures->slots[i].block);
  g_free(measures->slots);
  g_free(measures->empty);
  g_ptr_array_unref(measures->failures);
  g_string_chunk_free(measures->texts);
  g_mutex_clear(&measures->lock);
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

/* Like texts are kept once. */
static const char *
keep_text(MsSetMeasures *self, const char *text)
{
  const char *kept;

  g_mutex_lock(&self->lock);
  kept = text ? g_string_chunk_insert_const(self->texts, text) : NULL;
  g_mutex_unlock(&self->lock);
  return kept;
}

/* --- what is kept of a pair ------------------------------------------------------------------- */

static Cell *
pack_row(const MsSetMeasures *self, guint64 head, const MsMeasured *measured, Cell *cell)
{
  const MsCounts *counts = &measured->tolerant;

  (cell++)->count = head;
  for (int i = 0; i < MS_N_MEASURES; i++)
    if (self->request.wanted & MS_MEASURE_BIT(i))
      (cell++)->value = measured->values[i].defined ? measured->values[i].value : NAN;
  if (!self->request.has_tolerant)
    return cell;
  (cell++)->count = counts->tp;
  (cell++)->count = counts->fp;
  (cell++)->count = counts->fn;
  (cell++)->count = counts->tn;
  (cell++)->count = counts->ignored;
  return cell;
}

static Block *
pack(MsSetMeasures *self, const MsExampleMeasures *measures)
{
  guint n_classes = measures->classes ? measures->classes->len : 0;
  Block *block = g_malloc(sizeof *block + (1 + (gsize)n_classes) * self->row_length * sizeof(Cell));
  Cell *row;

  *block = (Block){.no_segments = keep_text(self, measures->no_segments),
                   .n_counted = measures->n_counted,
                   .has_tn = measures->has_tn,
                   .exact_tolerant = measures->exact_tolerant};
  row = pack_row(self, measures->classes ? 1 + (guint64)n_classes : 0, &measures->whole,
                 block->cells);
  for (guint i = 0; i < n_classes; i++) {
    const MsClassMeasured *class = &g_array_index(measures->classes, MsClassMeasured, i);

    row = pack_row(self, class->id, &class->measured, row);
  }
  return block;
}

/* Of a class against the rest, and of the whole, there are scores where anything is counted. */
static void
unpack_tolerant(const Block *block, const Cell *cell, MsEmptyRule empty, MsMeasured *measured)
{
  MsCounts counts = {.tp = cell[0].count,
                     .fp = cell[1].count,
                     .fn = cell[2].count,
                     .tn = cell[3].count,
                     .ignored = cell[4].count};

  measured->tolerant = counts;
  measured->iou_tolerant = ms_score_counted_iou(&counts, block->n_counted, empty);
  if (block->n_counted > 0)
    measured->dice_tolerant = ms_score_dice(&counts, empty);
}

static MsMeasured
unpack_row(const MsSetMeasures *self, const Block *block, const Cell *row, MsEmptyRule empty)
{
  MsMeasured measured = {0};
  const Cell *cell = row + 1;

  for (int i = 0; i < MS_N_MEASURES; i++) {
    if (!(self->request.wanted & MS_MEASURE_BIT(i)))
      continue;
    if (!isnan(cell->value))
      measured.values[i] = (MsValue){.value = cell->value, .defined = TRUE};
    cell++;
  }
  if (self->request.has_tolerant)
    unpack_tolerant(block, cell, empty, &measured);
  return measured;
}

static MsExampleMeasures *
unpack(const MsSetMeasures *self, const Block *block, MsEmptyRule empty)
{
  MsExampleMeasures *measures = g_new0(MsExampleMeasures, 1);
  const Cell *row = block->cells;
  guint64 n_rows = MAX(row->count, 1);

  measures->request = self->request;
  measures->whole = unpack_row(self, block, row, empty);
  measures->n_counted = block->n_counted;
  measures->has_tn = block->has_tn;
  measures->exact_tolerant = block->exact_tolerant;
  measures->no_segments = g_strdup(block->no_segments);
  if (row->count > 0)
    measures->classes = g_array_new(FALSE, FALSE, sizeof(MsClassMeasured));
  for (guint64 i = 1; i < n_rows; i++) {
    MsClassMeasured class;

    row += self->row_length;
    class.id = (guint32)row->count;
    class.measured = unpack_row(self, block, row, empty);
    g_array_append_val(measures->classes, class);
  }
  return measures;
}

/* --- workers ---------------------------------------------------------------------------------- */

typedef struct {
  guint example;
  guint model;
} Task;

typedef struct {
  MsSetMeasures *made;
  MsSet *set;
  MsRuleset **rules;   /* by model */
  MsResults **results; /* by model: that have the strict scores */
  GArray *tasks;       /* Task */
  gint next;           /* atomic */
  gint n_done;         /* atomic */
  GCancellable *cancellable;

  /* Of the thread that hears of progress */
  GThread *thread;
  MsSetProgress progress;
  gpointer user;
} Pass;

static gboolean
set_changed(GError **error)
{
  g_set_error_literal(error, MS_SET_ERROR, MS_SET_ERROR_READING,
                      "its files changed after they were scored; run again");
  return FALSE;
}

static gboolean
have_same_counts(const MsConfusion *one, const MsConfusion *other)
{
  size_t n_one, n_other;
  const MsClassCounts *classes = ms_confusion_classes(one, &n_one);
  const MsClassCounts *others = ms_confusion_classes(other, &n_other);
  gboolean same = n_one == n_other && ms_confusion_counted(one) == ms_confusion_counted(other) &&
                  ms_confusion_wrong(one) == ms_confusion_wrong(other) &&
                  ms_confusion_counts(one).ignored == ms_confusion_counts(other).ignored;

  for (size_t i = 0; same && i < n_one; i++) {
    const MsCounts *a = &classes[i].counts, *b = &others[i].counts;

    same = classes[i].id == others[i].id && a->tp == b->tp && a->fp == b->fp && a->fn == b->fn &&
           a->tn == b->tn;
  }
  return same;
}

/* Whether every count of the strict scores is one of these masks too, so that a row never tells of
 * two versions of a file. Stamps would not do: a file of the last two seconds has none. */
static gboolean
check_unchanged(const Pass *pass, const Task *task, const MsResult *result,
                const MsConfusion *confusion, GError **error)
{
  MsResults *results = pass->results[task->model];
  g_autoptr(MsPacked) packed = ms_results_dup_packed(results, task->example);
  const MsResult scored = {.status = MS_RESULT_OK, .packed = packed};
  g_autoptr(MsConfusion) before = NULL;

  if (!packed) {
    g_set_error_literal(error, MS_SET_ERROR, MS_SET_ERROR_READING,
                        "its counts cannot be read back from the folder of temporary files");
    return FALSE;
  }
  before = ms_result_confusion(&scored, pass->set, task->example, task->model,
                               pass->rules[task->model], error);
  if (!before)
    return FALSE;
  return (have_same_counts(before, confusion) &&
          result->resized == ms_results_get(results, task->example)->resized) ||
         set_changed(error);
}

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
  if (!confusion || !check_unchanged(pass, task, result, confusion, error))
    return NULL;
  pair.confusion = confusion;
  return ms_example_measures_new(&pair, &pass->made->request, scratch, pass->cancellable, error);
}

static MsExampleMeasures *
measure_files(const Pass *pass, const Task *task, MsScratch *scratch, GError **error)
{
  g_autoptr(MsExample) example = ms_set_dup_example(pass->set, task->example);
  g_auto(MsMasks) masks = {0};
  g_autoptr(MsResult) result = NULL;

  if (!ms_masks_load(&masks, pass->set, example, task->model, scratch, pass->cancellable, error))
    return NULL;
  result = ms_masks_score(&masks, pass->set, example, task->model, pass->cancellable, error);
  return result ? measure_masks(pass, task, &masks, result, scratch, error) : NULL;
}

/* Instances are read after the masks, so that files may change between the two. */
static MsExampleMeasures *
measure_task(const Pass *pass, const Task *task, MsScratch *scratch, GError **error)
{
  g_autoptr(MsExampleMeasures) measures = NULL;
  MsStamp before, after;

  ms_stamp_look(pass->set, task->example, task->model, &before, NULL);
  measures = measure_files(pass, task, scratch, error);
  if (!measures)
    return NULL;
  ms_stamp_look(pass->set, task->example, task->model, &after, NULL);
  if (ms_stamp_is_known(&before) && !ms_stamp_equal(&before, &after)) {
    set_changed(error);
    return NULL;
  }
  return g_steal_pointer(&measures);
}

static void
do_task(Pass *pass, const Task *task, MsScratch *scratch)
{
  Slot *slot = slot_of(pass->made, task->example, task->model);
  g_autoptr(GError) error = NULL;
  g_autoptr(MsExampleMeasures) measures = measure_task(pass, task, scratch, &error);
  g_autofree char *failure = NULL;

  if (measures) {
    slot->block = pack(pass->made, measures);
  } else if (!g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    failure = g_strdup_printf("not measured: %s", error->message);
    slot->failure = keep_text(pass->made, failure);
  }
}

static void
tell_progress(const Pass *pass)
{
  if (pass->progress && g_thread_self() == pass->thread)
    pass->progress("Measuring", (guint)g_atomic_int_get(&pass->n_done), pass->tasks->len,
                   pass->user);
}

/* As many as there are threads: each works until no task is left. */
static void
work(guint part, gpointer user)
{
  Pass *pass = user;
  MsScratch *scratch = ms_scratch_new();

  tell_progress(pass);
  while (!g_cancellable_is_cancelled(pass->cancellable)) {
    guint task = (guint)g_atomic_int_add(&pass->next, 1);

    if (task >= pass->tasks->len)
      break;
    do_task(pass, &g_array_index(pass->tasks, Task, task), scratch);
    g_atomic_int_inc(&pass->n_done);
    tell_progress(pass);
  }
  ms_scratch_free(scratch);
}

static void
run(Pass *pass, guint jobs)
{
  guint n_threads = MAX(MIN(jobs ? jobs : g_get_num_processors(), pass->tasks->len), 1);

  ms_spread(n_threads, n_threads, work, pass);
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
gather_failures(MsSetMeasures *made, MsSet *set)
{
  for (guint example = 0; example < made->n_examples; example++)
    for (guint model = 0; model < made->n_models; model++) {
      const Slot *slot = slot_of(made, example, model);

      if (slot->failure)
        g_ptr_array_add(made->failures,
                        g_strdup_printf("%s (%s): %s", ms_set_get_id(set, example),
                                        ms_set_get_model_name(set, model), slot->failure));
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
  g_autoptr(GPtrArray) results = g_ptr_array_new_with_free_func((GDestroyNotify)ms_results_unref);
  g_autoptr(GArray) tasks = list_tasks(evaluation);
  Pass pass = {.made = made,
               .set = set,
               .tasks = tasks,
               .cancellable = cancellable,
               .thread = g_thread_self(),
               .progress = progress,
               .user = user};

  for (guint model = 0; model < n_models; model++) {
    MsRuleset *in_force = ms_evaluation_get_rules(evaluation, model);

    g_ptr_array_add(rules, ms_ruleset_ref(in_force));
    g_ptr_array_add(results, ms_evaluation_snapshot(evaluation, model));
    made->empty[model] = in_force->rules.empty;
  }
  pass.rules = (MsRuleset **)rules->pdata;
  pass.results = (MsResults **)results->pdata;
  run(&pass, jobs);
  if (g_cancellable_set_error_if_cancelled(cancellable, error))
    return NULL;
  gather_failures(made, set);
  return g_steal_pointer(&made);
}

MsSetMeasures *
ms_set_measures_new_of_one(guint example, guint model, MsEmptyRule empty,
                           const MsExampleMeasures *measures)
{
  MsSetMeasures *self = measures_new(&measures->request, 1, 1);

  self->first = example;
  self->model = model;
  self->empty[0] = empty;
  self->slots[0].block = pack(self, measures);
  return self;
}

const MsMeasureRequest *
ms_set_measures_get_request(const MsSetMeasures *measures)
{
  return &measures->request;
}

MsExampleMeasures *
ms_set_measures_dup(const MsSetMeasures *measures, guint example, guint model)
{
  const Slot *slot = slot_of(measures, example, model);

  return slot && slot->block
             ? unpack(measures, slot->block, measures->empty[model - measures->model])
             : NULL;
}

const char *
ms_set_measures_get_failure(const MsSetMeasures *measures, guint example, guint model)
{
  const Slot *slot = slot_of(measures, example, model);

  return slot ? slot->failure : NULL;
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

static void
add_row(const MsSetMeasures *measures, const Block *block, MsEmptyRule empty,
        Mean means[MS_N_MEASURES], MsTolerantSums *tolerant)
{
  MsMeasured whole = unpack_row(measures, block, block->cells, empty);
  const MsTolerantCounts counts = {
      .counts = whole.tolerant, .n_counted = block->n_counted, .exact = block->exact_tolerant};

  for (int i = 0; i < MS_N_MEASURES; i++)
    mean_add(&means[i], whole.values[i]);
  ms_tolerant_sums_add(tolerant, &counts, empty);
}

void
ms_set_measures_summarise(const MsSetMeasures *measures, guint model, const guint *examples,
                          guint n_examples, MsMeasuresSummary *summary)
{
  MsEmptyRule empty = measures->empty[model - measures->model];
  Mean means[MS_N_MEASURES] = {0};
  MsTolerantSums tolerant = {0};

  *summary = (MsMeasuresSummary){0};
  for (guint i = 0; i < n_examples; i++) {
    const Slot *slot = slot_of(measures, examples[i], model);

    if (slot && slot->block)
      add_row(measures, slot->block, empty, means, &tolerant);
  }
  for (int i = 0; i < MS_N_MEASURES; i++) {
    summary->values[i].mean = ratio(means[i].sum, means[i].n);
    summary->values[i].n = means[i].n;
    summary->values[i].n_infinite = means[i].n_infinite;
  }
  summary->n_measured = tolerant.n_examples;
  summary->n_exact = tolerant.n_exact;
  if (measures->request.has_tolerant)
    ms_tolerant_sums_get_scores(&tolerant, empty, &summary->tolerant);
}
