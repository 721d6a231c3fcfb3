/* SPDX-License-Identifier: MIT */
#include "set/counter.h"

/* They are packed, counted and added in a fraction of a millisecond. */
#define MAX_QUICK_CELLS 10000
/* More than that many cells, and the stacks they are of, are packed into. */
#define MAX_QUICK_BYTES (1024 * 1024)

typedef struct {
  MsLiveSums *sums;
  MsRuleset *rules; /* locked */
  guint generation; /* locked */
} Model;

struct MsCounter {
  gatomicrefcount ref_count;
  MsSet *set;
  MsResultsHeap *heap;
  guint n_models;
  Model *models;
  GMutex lock;
};

MsCounter *
ms_counter_new(MsSet *set, MsResultsHeap *heap)
{
  MsCounter *counter = g_new0(MsCounter, 1);

  g_atomic_ref_count_init(&counter->ref_count);
  counter->set = g_object_ref(set);
  counter->heap = ms_results_heap_ref(heap);
  counter->n_models = ms_set_get_n_models(set);
  counter->models = g_new0(Model, counter->n_models);
  for (guint i = 0; i < counter->n_models; i++) {
    counter->models[i].sums = ms_live_sums_new(set, i);
    counter->models[i].rules = ms_ruleset_ref(ms_set_get_rules(set, i));
  }
  g_mutex_init(&counter->lock);
  return counter;
}

MsCounter *
ms_counter_ref(MsCounter *counter)
{
  g_atomic_ref_count_inc(&counter->ref_count);
  return counter;
}

void
ms_counter_unref(MsCounter *counter)
{
  if (!counter || !g_atomic_ref_count_dec(&counter->ref_count))
    return;
  for (guint i = 0; i < counter->n_models; i++) {
    ms_live_sums_free(counter->models[i].sums);
    ms_ruleset_unref(counter->models[i].rules);
  }
  g_free(counter->models);
  ms_results_heap_unref(counter->heap);
  g_object_unref(counter->set);
  g_mutex_clear(&counter->lock);
  g_free(counter);
}

MsSet *
ms_counter_get_set(MsCounter *counter)
{
  return counter->set;
}

MsLiveSums *
ms_counter_get_sums(MsCounter *counter, guint model)
{
  return counter->models[model].sums;
}

void
ms_counter_set_rules(MsCounter *counter, guint model, MsRuleset *rules, guint generation)
{
  Model *to = &counter->models[model];

  g_mutex_lock(&counter->lock);
  ms_ruleset_unref(to->rules);
  to->rules = ms_ruleset_ref(rules);
  to->generation = generation;
  g_mutex_unlock(&counter->lock);
}

/* The caller's. */
static MsRuleset *
dup_rules(MsCounter *counter, guint model, guint *generation)
{
  MsRuleset *rules;

  g_mutex_lock(&counter->lock);
  rules = ms_ruleset_ref(counter->models[model].rules);
  *generation = counter->models[model].generation;
  g_mutex_unlock(&counter->lock);
  return rules;
}

/* Of an OK result; the message goes into the heap. */
static void
fill_record(MsCounter *counter, const MsResult *result, const MsRuleset *rules, MsCounted *counted)
{
  g_autoptr(MsConfusion) confusion = NULL;
  g_autoptr(GError) error = NULL;

  if (rules == ms_set_get_rules(counter->set, counted->model)) {
    ms_record_set_counts(&counted->record, result->confusion);
    return;
  }
  confusion =
      ms_result_confusion(result, counter->set, counted->example, counted->model, rules, &error);
  if (confusion) {
    ms_record_set_counts(&counted->record, confusion);
    return;
  }
  ms_record_set_error(&counted->record);
  counted->message = ms_results_heap_add_text(counter->heap, error->message);
}

static guint64
n_cells_of(MsCounter *counter, const MsPacked *packed)
{
  const MsLabelData *labels = ms_set_get_labels(counter->set);

  return labels ? ms_label_data_n_labels(labels) : ms_packed_n_cells(packed);
}

gboolean
ms_counter_is_quick(MsCounter *counter, const MsResult *result)
{
  size_t n_cells = 0;
  const MsCell *cells;

  if (ms_set_get_labels(counter->set))
    return n_cells_of(counter, NULL) <= MAX_QUICK_CELLS;
  if (!ms_results_heap_has_room(counter->heap, MAX_QUICK_BYTES))
    return FALSE; /* it may be for the file */
  if (result->packed)
    return n_cells_of(counter, result->packed) <= MAX_QUICK_CELLS;
  return !result->joint || (ms_joint_cells(result->joint, &cells, &n_cells) == MS_STATUS_OK &&
                            n_cells <= MAX_QUICK_CELLS);
}

/* There was no memory for its histogram. */
static void
fill_lost(MsCounter *counter, MsCounted *counted)
{
  g_autofree char *message = g_strdup_printf("%s: its counts cannot be kept: %s",
                                             ms_set_get_id(counter->set, counted->example),
                                             ms_status_string(MS_STATUS_NO_MEMORY));

  ms_record_set_error(&counted->record);
  counted->message = ms_results_heap_add_text(counter->heap, message);
}

static void
fill(MsCounter *counter, const MsResult *result, const MsPacked *packed, const MsRuleset *rules,
     MsCounted *counted)
{
  if (result->status != MS_RESULT_OK) {
    counted->message = ms_results_heap_add_text(counter->heap, result->message);
    return;
  }
  counted->by_rules = TRUE;
  counted->n_cells = n_cells_of(counter, packed);
  counted->place = ms_results_heap_add(counter->heap, packed);
  fill_record(counter, result, rules, counted);
}

/* A record without counts. */
static void
begin(MsCounted *counted, guint example, guint model, const MsResult *result)
{
  *counted = (MsCounted){.example = example,
                         .model = model,
                         .record = {.status = result->status,
                                    .has_actual = result->has_actual,
                                    .resized = result->resized,
                                    .state = result->state,
                                    .time = result->time}};
}

static const MsResult lost = {.status = MS_RESULT_ERROR};

/* There was no memory for what counting it anew would need. */
static gboolean
is_lost(MsCounter *counter, const MsResult *result, const MsPacked *packed)
{
  return result->status == MS_RESULT_OK && !packed && !ms_set_get_labels(counter->set);
}

static void
finish(MsCounter *counter, const MsResult *result, const MsPacked *packed, MsCounted *counted)
{
  g_autoptr(MsRuleset) rules = dup_rules(counter, counted->model, &counted->generation);

  if (is_lost(counter, result, packed))
    fill_lost(counter, counted);
  else
    fill(counter, result, packed, rules, counted);
}

void
ms_counter_count(MsCounter *counter, guint example, guint model, const MsResult *result,
                 MsPacked *packed, MsLiveScratch *scratch, MsCounted *counted)
{
  const MsResult *added = is_lost(counter, result, packed) ? &lost : result;

  begin(counted, example, model, result);
  counted->is_repeat =
      !ms_live_sums_add(ms_counter_get_sums(counter, model), example, added, packed, scratch);
  if (!counted->is_repeat)
    finish(counter, result, packed, counted);
}

/* What the sums were given of it: OK with what is packed, else nothing. Without a confusion: it
 * cannot be made any more. */
static MsResult
result_before(MsCounter *counter, guint example, guint model, const MsResults *known,
              MsPacked **packed)
{
  MsResult before = {.status = MS_RESULT_ERROR};

  if (!ms_results_has_packed(known, example))
    return before;
  before.status = MS_RESULT_OK;
  before.resized = ms_results_get(known, example)->resized;
  *packed = ms_results_dup_packed(known, example);
  if (*packed)
    ms_packed_count(*packed, &ms_set_get_rules(counter->set, model)->rules, &before.confusion,
                    NULL);
  return before;
}

void
ms_counter_count_again(MsCounter *counter, guint example, guint model, const MsResults *known,
                       const MsResult *result, MsPacked *packed, MsLiveScratch *scratch,
                       MsCounted *counted)
{
  g_autoptr(MsPacked) packed_before = NULL;
  MsResult before = result_before(counter, example, model, known, &packed_before);
  const MsResult *added = is_lost(counter, result, packed) ? &lost : result;

  begin(counted, example, model, result);
  ms_live_sums_replace(ms_counter_get_sums(counter, model), example, &before, packed_before, added,
                       packed, scratch);
  ms_confusion_free(before.confusion);
  finish(counter, result, packed, counted);
}
