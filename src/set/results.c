/* SPDX-License-Identifier: MIT
 *
 * Chunks of records, each with its own count of holders: whoever writes into one that others hold
 * too copies it first. A chunk that nothing was written into is NULL.
 */
#include "set/results-private.h"

#include <string.h>

typedef struct {
  gatomicrefcount ref_count;
  MsRecord records[MS_RESULTS_STRETCH];
  MsResultsPlace places[MS_RESULTS_STRETCH];
  const char **messages; /* in the heap; NULL: there are none */
} Chunk;

/* To give back the memory of fewer takes no time. */
#define FEW_CHUNKS 32

struct MsResults {
  gatomicrefcount ref_count;
  MsResultsHeap *heap;
  guint n_examples;
  guint n_chunks;
  Chunk *chunks[];
};

static const MsRecord waiting = {.status = MS_RESULT_WAITING};

static Chunk *
chunk_new(void)
{
  Chunk *chunk = g_new0(Chunk, 1);

  g_atomic_ref_count_init(&chunk->ref_count);
  for (guint i = 0; i < MS_RESULTS_STRETCH; i++)
    chunk->records[i] = waiting;
  return chunk;
}

static Chunk *
chunk_copy(const Chunk *chunk)
{
  Chunk *copy = g_new(Chunk, 1);

  g_atomic_ref_count_init(&copy->ref_count);
  memcpy(copy->records, chunk->records, sizeof copy->records);
  memcpy(copy->places, chunk->places, sizeof copy->places);
  copy->messages = chunk->messages
                       ? g_memdup2(chunk->messages, MS_RESULTS_STRETCH * sizeof *chunk->messages)
                       : NULL;
  return copy;
}

static void
chunk_unref(Chunk *chunk)
{
  if (!chunk || !g_atomic_ref_count_dec(&chunk->ref_count))
    return;
  g_free(chunk->messages);
  g_free(chunk);
}

MsResults *
ms_results_new_in(guint n_examples, MsResultsHeap *heap)
{
  guint n_chunks = n_examples / MS_RESULTS_STRETCH + (n_examples % MS_RESULTS_STRETCH > 0);
  MsResults *results = g_malloc0(sizeof *results + n_chunks * sizeof results->chunks[0]);

  g_atomic_ref_count_init(&results->ref_count);
  results->heap = ms_results_heap_ref(heap);
  results->n_examples = n_examples;
  results->n_chunks = n_chunks;
  return results;
}

MsResults *
ms_results_ref(MsResults *results)
{
  g_atomic_ref_count_inc(&results->ref_count);
  return results;
}

void
ms_results_unref(MsResults *results)
{
  if (!results || !g_atomic_ref_count_dec(&results->ref_count))
    return;
  for (guint i = 0; i < results->n_chunks; i++)
    chunk_unref(results->chunks[i]);
  ms_results_heap_unref(results->heap);
  g_free(results);
}

static void
unref_in_thread(GTask *task, gpointer source, gpointer results, GCancellable *cancellable)
{
  ms_results_unref(results);
}

void
ms_results_drop(MsResults *results)
{
  g_autoptr(GTask) task = NULL;

  if (!results || results->n_chunks < FEW_CHUNKS) {
    ms_results_unref(results);
    return;
  }
  task = g_task_new(NULL, NULL, NULL, NULL);
  g_task_set_name(task, "[maskscope] results dropped");
  g_task_set_task_data(task, results, NULL);
  g_task_run_in_thread(task, unref_in_thread);
}

MsResults *
ms_results_snapshot(MsResults *results)
{
  MsResults *snapshot = ms_results_new_in(results->n_examples, results->heap);

  for (guint i = 0; i < results->n_chunks; i++) {
    if (results->chunks[i])
      g_atomic_ref_count_inc(&results->chunks[i]->ref_count);
    snapshot->chunks[i] = results->chunks[i];
  }
  return snapshot;
}

guint
ms_results_n_examples(const MsResults *results)
{
  return results->n_examples;
}

MsResultsHeap *
ms_results_get_heap(const MsResults *results)
{
  return results->heap;
}

/* NULL: nothing was written there. */
static const Chunk *
chunk_of(const MsResults *results, guint example)
{
  g_assert(example < results->n_examples);
  return results->chunks[example / MS_RESULTS_STRETCH];
}

/* The chunk as one that may be written into. */
static Chunk *
own_chunk(MsResults *results, guint example)
{
  Chunk **chunk;

  g_assert(example < results->n_examples);
  chunk = &results->chunks[example / MS_RESULTS_STRETCH];
  if (!*chunk) {
    *chunk = chunk_new();
  } else if (!g_atomic_ref_count_compare(&(*chunk)->ref_count, 1)) {
    Chunk *copy = chunk_copy(*chunk);

    chunk_unref(*chunk);
    *chunk = copy;
  }
  return *chunk;
}

static void
set_message(Chunk *chunk, guint index, const char *text)
{
  if (!chunk->messages && text)
    chunk->messages = g_new0(const char *, MS_RESULTS_STRETCH);
  if (chunk->messages)
    chunk->messages[index] = text;
}

void
ms_results_put_placed(MsResults *results, guint example, const MsRecord *record,
                      MsResultsPlace place, const char *text)
{
  Chunk *chunk = own_chunk(results, example);
  guint index = example % MS_RESULTS_STRETCH;

  chunk->records[index] = *record;
  chunk->places[index] = place;
  set_message(chunk, index, text);
}

void
ms_results_set_record(MsResults *results, guint example, const MsRecord *record,
                      const char *message)
{
  Chunk *chunk = own_chunk(results, example);
  guint index = example % MS_RESULTS_STRETCH;
  const char *old = chunk->messages ? chunk->messages[index] : NULL;

  chunk->records[index] = *record;
  if (g_strcmp0(old, message) != 0) /* else the same text would lie in the heap again and again */
    set_message(chunk, index, ms_results_heap_add_text(results->heap, message));
}

const MsRecord *
ms_results_get(const MsResults *results, guint example)
{
  const Chunk *chunk = chunk_of(results, example);

  return chunk ? &chunk->records[example % MS_RESULTS_STRETCH] : &waiting;
}

const char *
ms_results_message(const MsResults *results, guint example)
{
  const Chunk *chunk = chunk_of(results, example);

  return chunk && chunk->messages ? chunk->messages[example % MS_RESULTS_STRETCH] : NULL;
}

gboolean
ms_results_has_packed(const MsResults *results, guint example)
{
  const Chunk *chunk = chunk_of(results, example);

  return chunk && chunk->places[example % MS_RESULTS_STRETCH] != 0;
}

MsPacked *
ms_results_dup_packed(const MsResults *results, guint example)
{
  const Chunk *chunk = chunk_of(results, example);

  return chunk ? ms_results_heap_dup(results->heap, chunk->places[example % MS_RESULTS_STRETCH])
               : NULL;
}

guint64
ms_results_bytes(const MsResults *results)
{
  guint64 n_bytes = ms_results_heap_bytes(results->heap) + sizeof *results +
                    results->n_chunks * sizeof results->chunks[0];

  for (guint i = 0; i < results->n_chunks; i++) {
    const Chunk *chunk = results->chunks[i];

    if (chunk)
      n_bytes +=
          sizeof *chunk + (chunk->messages ? MS_RESULTS_STRETCH * sizeof *chunk->messages : 0);
  }
  return n_bytes;
}

/* --- records ---------------------------------------------------------------------------------- */

void
ms_record_set_counts(MsRecord *record, const MsConfusion *confusion)
{
  MsCounts counts = ms_confusion_counts(confusion);
  size_t n_classes;
  const MsClassCounts *classes = ms_confusion_classes(confusion, &n_classes);

  record->status = MS_RESULT_OK;
  record->tp = counts.tp;
  record->fp = counts.fp;
  record->fn = counts.fn;
  record->ignored = counts.ignored;
  record->wrong = ms_confusion_wrong(confusion);
  record->counted = ms_confusion_counted(confusion);
  record->has_tn = ms_confusion_has_tn(confusion);
  record->uncounted = FALSE;
  record->classes = 0;
  for (size_t i = 0; i < n_classes; i++) {
    const MsCounts *c = &classes[i].counts;

    if (c->tp + c->fp + c->fn > 0 && !ms_confusion_is_background(confusion, classes[i].id))
      record->classes |= G_GUINT64_CONSTANT(1) << classes[i].id % 64;
  }
}

/* All but what every record has. */
static void
clear_counts(MsRecord *record, MsResultStatus status)
{
  *record = (MsRecord){.state = record->state,
                       .time = record->time,
                       .status = status,
                       .has_actual = record->has_actual,
                       .resized = record->resized};
}

void
ms_record_set_error(MsRecord *record)
{
  clear_counts(record, MS_RESULT_ERROR);
}

void
ms_record_set_uncounted(MsRecord *record)
{
  clear_counts(record, MS_RESULT_WAITING);
  record->uncounted = TRUE;
}

MsKindCounts
ms_record_kinds(const MsRecord *record)
{
  return (MsKindCounts){.tp = record->tp,
                        .fp = record->fp,
                        .fn = record->fn,
                        .tn = record->counted - record->tp - record->fp - record->fn,
                        .ignored = record->ignored};
}

MsStatus
ms_record_confusion(const MsRecord *record, const MsRules *rules, MsConfusion **confusion)
{
  MsKindCounts kinds = ms_record_kinds(record);
  MsStatus status = *confusion ? MS_STATUS_OK : ms_confusion_new(rules, confusion);

  return status == MS_STATUS_OK ? ms_confusion_set_kinds(*confusion, &kinds) : status;
}

static MsCounts
counts_of(const MsRecord *record)
{
  MsCounts counts = {
      .tp = record->tp, .fp = record->fp, .fn = record->fn, .ignored = record->ignored};

  if (record->has_tn)
    counts.tn = record->counted - record->tp - record->fp - record->fn;
  return counts;
}

MsScore
ms_record_score(const MsRecord *record, MsEmptyRule empty, const char *message)
{
  MsScore score = {.status = (MsResultStatus)record->status,
                   .message = message,
                   .has_actual = record->has_actual,
                   .resized = record->resized,
                   .time = record->time};

  if (record->status != MS_RESULT_OK)
    return score;
  score.counts = counts_of(record);
  score.wrong = record->wrong;
  score.counted = record->counted;
  score.exact = record->wrong == 0;
  if (record->counted > 0) {
    score.iou = ms_score_iou(&score.counts, empty);
    score.dice = ms_score_dice(&score.counts, empty);
  }
  return score;
}
