/* SPDX-License-Identifier: MIT
 *
 * Results of files that changed. A few pairs at a time are scored again on a worker, which takes
 * what was known of them off the sums as it adds what it found, so that sums and results are of the
 * same files; the record is put on the owner's thread. What was young, and so is not in the store,
 * is looked at once more when it has rested.
 */
#include "set/evaluation-private.h"

#include <string.h>

#include "set/signature.h"

#define MAX_AT_ONCE 32

/* A file that changed is as old as a stamp needs after that. */
#define SETTLE_TIME (2500 * G_TIME_SPAN_MILLISECOND)
/* The same example is on its way from another worker. */
#define RETRY_TIME (100 * G_TIME_SPAN_MILLISECOND)

typedef enum { SAME, PUT, UNFINISHED, ELSEWHERE } Outcome;

typedef struct {
  guint example;
  guint model;
  Outcome outcome;
  gboolean replaces;
  gboolean is_young;
  guint64 n_cells_before;
  MsCounted counted; /* PUT */
} Item;

typedef struct {
  MsSet *set;
  MsScorer *scorer;
  MsCounter *counter;
  GPtrArray *known; /* MsResults, one a model */
  GArray *items;
  GWeakRef owner;
} Job;

static gint64
key_of(guint example, guint model)
{
  return ((gint64)model << 32) | example;
}

/* --- on a worker ------------------------------------------------------------------------------ */

static gboolean
packed_equal(const MsPacked *a, const MsPacked *b)
{
  gsize a_size, b_size;
  gconstpointer a_bytes = ms_packed_bytes(a, &a_size), b_bytes = ms_packed_bytes(b, &b_size);

  return a_size == b_size && memcmp(a_bytes, b_bytes, a_size) == 0;
}

/* What is known is of the very files. Where time stamps come in steps the histogram tells. */
static gboolean
is_same(const MsResults *known, guint example, const MsResult *result)
{
  const MsRecord *record = ms_results_get(known, example);
  g_autoptr(MsPacked) packed = ms_results_dup_packed(known, example);

  if (record->state == 0 || record->state != result->state)
    return FALSE;
  return packed && result->packed ? packed_equal(packed, result->packed)
                                  : !packed && !result->packed;
}

static gboolean
is_known(const MsResults *known, guint example)
{
  const MsRecord *record = ms_results_get(known, example);

  return record->status != MS_RESULT_WAITING || record->uncounted;
}

static gboolean
is_folder_gone(MsPlace place)
{
  g_autofree char *folder = NULL;

  if (!place.path)
    return FALSE;
  folder = place.part == MS_PART_UNITED ? g_strdup(place.path) : g_path_get_dirname(place.path);
  return !g_file_test(folder, G_FILE_TEST_IS_DIR);
}

/* With its folder a file goes that may be back with it: that is no result of the example. */
static gboolean
has_gone_with_folder(const Job *job, const Item *item, const MsResult *result)
{
  g_autoptr(MsExample) example = NULL;

  if (result->status != MS_RESULT_ERROR)
    return FALSE;
  example = ms_set_dup_example(job->set, item->example);
  return is_folder_gone(ms_example_predicted_place(example, item->model)) ||
         is_folder_gone(ms_example_actual_place(example));
}

static void
replace(const Job *job, Item *item, const MsResult *result, MsLiveScratch *scratch)
{
  const MsResults *known = g_ptr_array_index(job->known, item->model);
  g_autoptr(MsPacked) packed = ms_results_dup_packed(known, item->example);

  item->replaces = TRUE;
  item->n_cells_before = packed ? ms_packed_n_cells(packed) : 0;
  ms_counter_count_again(job->counter, item->example, item->model, known, result, result->packed,
                         scratch, &item->counted);
}

static void
look(const Job *job, Item *item, MsLiveScratch *scratch, GCancellable *cancellable)
{
  const MsResults *known = g_ptr_array_index(job->known, item->model);
  g_autoptr(MsResult) result =
      ms_scorer_score(job->scorer, item->example, item->model, NULL, cancellable, NULL);

  item->outcome = SAME;
  if (!result)
    return; /* cancelled */
  item->is_young = result->young;
  if (ms_result_is_unfinished(result)) {
    item->outcome = UNFINISHED;
  } else if (!is_known(known, item->example)) {
    ms_counter_count(job->counter, item->example, item->model, result, result->packed, scratch,
                     &item->counted);
    item->outcome = item->counted.is_repeat ? ELSEWHERE : PUT;
  } else if (!is_same(known, item->example, result) && !has_gone_with_folder(job, item, result)) {
    replace(job, item, result, scratch);
    item->outcome = PUT;
  }
}

static void
work(GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Job *job = data;
  MsLiveScratch scratch = {.cells = NULL};

  for (guint i = 0; i < job->items->len; i++)
    look(job, &g_array_index(job->items, Item, i), &scratch, cancellable);
  ms_live_scratch_clear(&scratch);
  g_task_return_boolean(task, TRUE);
}

static void
job_free(gpointer data)
{
  Job *job = data;

  g_object_unref(job->set);
  ms_scorer_unref(job->scorer);
  ms_counter_unref(job->counter);
  g_ptr_array_unref(job->known);
  g_array_unref(job->items);
  g_weak_ref_clear(&job->owner);
  g_free(job);
}

/* --- on the owner's thread -------------------------------------------------------------------- */

static void pursue(MsEvaluation *self);

/* At most one wish a pair; an earlier time holds. */
static void
wish(MsEvaluation *self, guint example, guint model, gint64 when)
{
  gint64 key = key_of(example, model);
  gint64 *known = g_hash_table_lookup(self->again, &key);

  if (known)
    *known = MIN(*known, when);
  else
    g_hash_table_insert(self->again, g_memdup2(&key, sizeof key), g_memdup2(&when, sizeof when));
}

static void
put(MsEvaluation *self, const Item *item)
{
  MsScore before;
  g_autofree char *message = NULL;

  if (!item->replaces) {
    ms_evaluation_put_results(self, &item->counted, 1);
    return;
  }
  before = ms_evaluation_get_score(self, item->example, item->model);
  message = g_strdup(before.message);
  before.message = message;
  ms_evaluation_replace_counted(self, &item->counted, item->n_cells_before);
  ms_evaluation_emit_rescored(self, item->example, item->model, &before);
}

static void
take(MsEvaluation *self, const Item *item)
{
  gint64 now = g_get_monotonic_time();

  if (item->outcome == ELSEWHERE)
    wish(self, item->example, item->model, now + RETRY_TIME);
  else if (item->is_young || item->outcome == UNFINISHED)
    wish(self, item->example, item->model, now + SETTLE_TIME);
  if (item->outcome == PUT)
    put(self, item);
}

static void
done(GObject *source, GAsyncResult *result, gpointer user)
{
  Job *job = g_task_get_task_data(G_TASK(result));
  g_autoptr(GObject) owner = g_weak_ref_get(&job->owner);
  MsEvaluation *self = owner ? MS_EVALUATION(owner) : NULL;

  if (!self || g_task_get_cancellable(G_TASK(result)) != self->again_cancellable)
    return;
  g_clear_object(&self->again_cancellable);
  self->n_again_running = 0;
  for (guint i = 0; i < job->items->len; i++)
    take(self, &g_array_index(job->items, Item, i));
  ms_evaluation_count_uncounted(self);
  ms_evaluation_emit_notice(self);
  pursue(self);
}

/* What is due; *next: when the first of the others is, 0: there are none. */
static GArray *
take_due(MsEvaluation *self, gint64 *next)
{
  GArray *items = g_array_new(FALSE, FALSE, sizeof(Item));
  gint64 now = g_get_monotonic_time();
  GHashTableIter all;
  gpointer key, value;

  *next = 0;
  g_hash_table_iter_init(&all, self->again);
  while (g_hash_table_iter_next(&all, &key, &value)) {
    gint64 pair = *(gint64 *)key, when = *(gint64 *)value;
    Item item = {.example = (guint)(pair & G_MAXUINT32), .model = (guint)(pair >> 32)};

    if (items->len == MAX_AT_ONCE)
      break;
    if (when > now) {
      *next = *next == 0 ? when : MIN(*next, when);
      continue;
    }
    g_array_append_val(items, item);
    g_hash_table_iter_remove(&all);
  }
  return items;
}

static void
start(MsEvaluation *self, GArray *items)
{
  Job *job = g_new0(Job, 1);
  g_autoptr(GTask) task = NULL;

  self->n_again_running = items->len;
  job->set = g_object_ref(self->set);
  job->scorer = ms_scorer_ref(self->scorer);
  job->counter = ms_counter_ref(self->counter);
  job->known = g_ptr_array_new_with_free_func((GDestroyNotify)ms_results_unref);
  for (guint i = 0; i < self->n_models; i++)
    g_ptr_array_add(job->known, ms_evaluation_snapshot(self, i));
  job->items = items;
  g_weak_ref_init(&job->owner, self);
  self->again_cancellable = g_cancellable_new();
  task = g_task_new(NULL, self->again_cancellable, done, NULL);
  g_task_set_name(task, "[maskscope] score again");
  g_task_set_task_data(task, job, job_free);
  g_task_run_in_thread(task, work);
}

static void
clear_timer(MsEvaluation *self)
{
  if (self->again_timer)
    g_source_destroy(self->again_timer);
  g_clear_pointer(&self->again_timer, g_source_unref);
}

static gboolean
time_has_come(gpointer user)
{
  MsEvaluation *self = user;

  clear_timer(self);
  pursue(self);
  return G_SOURCE_REMOVE;
}

static void
start_timer(MsEvaluation *self, gint64 when)
{
  gint64 wait = MAX(when - g_get_monotonic_time(), 0) / G_TIME_SPAN_MILLISECOND + 1;

  self->again_timer = g_timeout_source_new((guint)wait);
  g_source_set_static_name(self->again_timer, "[maskscope] score again, later");
  g_source_set_callback(self->again_timer, time_has_come, self, NULL);
  g_source_attach(self->again_timer, self->context);
}

/* One job at a time. */
static void
pursue(MsEvaluation *self)
{
  GArray *items;
  gint64 next;

  if (self->again_cancellable)
    return;
  clear_timer(self);
  items = take_due(self, &next);
  if (items->len > 0) {
    start(self, items);
    return;
  }
  g_array_unref(items);
  if (next > 0)
    start_timer(self, next);
}

void
ms_evaluation_rescore(MsEvaluation *self, guint example, guint model)
{
  if (ms_set_get_labels(self->set))
    return;
  wish(self, example, model, 0);
  pursue(self);
}

void
ms_evaluation_look_later(MsEvaluation *self, guint example, guint model)
{
  wish(self, example, model, g_get_monotonic_time() + SETTLE_TIME);
  pursue(self);
}

gboolean
ms_evaluation_is_settled(MsEvaluation *self)
{
  return !self->again_cancellable && g_hash_table_size(self->again) == 0;
}

void
ms_evaluation_drop_again(MsEvaluation *self)
{
  clear_timer(self);
  if (self->again_cancellable)
    g_cancellable_cancel(self->again_cancellable);
  g_clear_object(&self->again_cancellable);
  g_hash_table_remove_all(self->again);
}

/* --- from another evaluation ------------------------------------------------------------------ */

/* The other's model that has the same masks, read alike; G_MAXUINT: none. */
static guint
find_model(MsEvaluation *self, guint model, MsSet *set)
{
  MsHash signature = ms_signature_of(self->set, model);

  for (guint i = 0; i < ms_set_get_n_models(set); i++) {
    MsHash other = ms_signature_of(set, i);

    if (g_str_equal(ms_set_get_model_name(self->set, model), ms_set_get_model_name(set, i)) &&
        ms_hash_equal(&signature, &other))
      return i;
  }
  return G_MAXUINT;
}

/* One of the files as they are is taken. */
static void
adopt(MsEvaluation *self, guint example, guint model, const MsResults *results, guint other,
      MsLiveScratch *scratch)
{
  const MsRecord *record = ms_results_get(results, other);
  MsResult result = {.has_actual = record->has_actual, .resized = record->resized};
  g_autoptr(MsPacked) packed = NULL;
  MsCounted counted;
  MsSight sight;

  if (record->state == 0 || ms_set_get_problem(self->set, example, model))
    return;
  ms_stamp_see(self->set, example, model, &sight);
  packed = record->state == sight.state ? ms_results_dup_packed(results, other) : NULL;
  if (!packed || ms_packed_count(packed, &ms_set_get_rules(self->set, model)->rules,
                                 &result.confusion, NULL) != MS_STATUS_OK)
    return;
  result.status = MS_RESULT_OK;
  result.packed = packed;
  result.time = sight.time;
  result.state = sight.state;
  ms_counter_count(self->counter, example, model, &result, packed, scratch, &counted);
  ms_evaluation_put_counted(self, &counted);
  ms_confusion_free(result.confusion);
}

gboolean
ms_evaluation_adopt(MsEvaluation *self, MsSet *set, MsResults *const *results,
                    GCancellable *cancellable)
{
  MsLiveScratch scratch = {.cells = NULL};

  if (ms_set_get_labels(self->set) || ms_set_get_labels(set))
    return TRUE;
  for (guint model = 0; model < self->n_models; model++) {
    guint same = find_model(self, model, set);

    for (guint i = 0; same != G_MAXUINT && i < self->n_examples; i++) {
      guint other = ms_set_find_example(set, ms_set_get_id(self->set, i));

      if (g_cancellable_is_cancelled(cancellable))
        break;
      if (other != G_MAXUINT)
        adopt(self, i, model, results[same], other, &scratch);
    }
  }
  ms_live_scratch_clear(&scratch);
  return !g_cancellable_is_cancelled(cancellable);
}
