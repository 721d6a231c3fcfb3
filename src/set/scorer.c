/* SPDX-License-Identifier: MIT
 *
 * Files are looked at before they are read: a result is kept under what they were then, and found
 * only while they still are.
 */
#include "set/scorer.h"

#include "set/set-private.h"
#include "set/signature.h"

struct MsScorer {
  gatomicrefcount ref_count;
  MsSet *set;
  MsStore *store;                /* NULL: none */
  MsStoreSignature **signatures; /* one a model */
  guint64 n_stored;              /* atomic */
  guint64 n_read;                /* atomic */
};

MsScorer *
ms_scorer_new(MsSet *set)
{
  MsScorer *scorer = g_new0(MsScorer, 1);
  guint n_models = ms_set_get_n_models(set);

  g_atomic_ref_count_init(&scorer->ref_count);
  scorer->set = g_object_ref(set);
  if (ms_set_get_options(set)->no_cache || ms_set_get_labels(set))
    return scorer;
  scorer->store = ms_set_take_store(set);
  if (!scorer->store)
    scorer->store = ms_store_new(MS_STORE_MAX_BYTES);
  scorer->signatures = g_new(MsStoreSignature *, n_models);
  for (guint model = 0; model < n_models; model++) {
    MsHash signature = ms_signature_of(set, model);

    scorer->signatures[model] = ms_store_use(scorer->store, &signature);
  }
  return scorer;
}

MsScorer *
ms_scorer_ref(MsScorer *scorer)
{
  g_atomic_ref_count_inc(&scorer->ref_count);
  return scorer;
}

/* --- the end: a store may have to wait for other programs before it can be closed ---------------
 */

static GMutex closing_lock;
static GCond closed;
static guint n_closing; /* locked */

static gpointer
close_store(gpointer store)
{
  ms_store_free(store);
  g_mutex_lock(&closing_lock);
  n_closing--;
  g_cond_broadcast(&closed);
  g_mutex_unlock(&closing_lock);
  return NULL;
}

/* Without a thread to be had, here. */
static void
close_in_background(MsStore *store)
{
  GThread *thread;

  g_mutex_lock(&closing_lock);
  n_closing++;
  g_mutex_unlock(&closing_lock);
  thread = g_thread_try_new("store closes", close_store, store, NULL);
  if (thread)
    g_thread_unref(thread);
  else
    close_store(store);
}

void
ms_scorer_unref(MsScorer *scorer)
{
  if (!scorer || !g_atomic_ref_count_dec(&scorer->ref_count))
    return;
  if (scorer->store)
    close_in_background(scorer->store);
  g_free(scorer->signatures);
  g_object_unref(scorer->set);
  g_free(scorer);
}

void
ms_scorer_settle(void)
{
  g_mutex_lock(&closing_lock);
  while (n_closing > 0)
    g_cond_wait(&closed, &closing_lock);
  g_mutex_unlock(&closing_lock);
}

/* --- results ------------------------------------------------------------------------------------
 */

/* NULL: there is none, or it is damaged. */
static MsResult *
find_result(MsScorer *scorer, guint example, guint model, const MsStamp *stamp)
{
  g_auto(MsStoreRow) row = {0};

  if (!scorer->store || !ms_store_find(scorer->store, scorer->signatures[model],
                                       ms_set_get_id(scorer->set, example), stamp, &row))
    return NULL;
  if (row.packed)
    return ms_result_new_packed(scorer->set, example, model, row.packed, row.width, row.height,
                                row.resized);
  return ms_result_new_mismatched(scorer->set, example, model, row.width, row.height,
                                  row.predicted_width, row.predicted_height);
}

/* Errors are not kept: what was wrong may be mended without a trace in the file's times. */
static void
keep(MsScorer *scorer, guint example, guint model, const MsResult *result, MsPacked *packed,
     gboolean wait)
{
  g_auto(MsStoreRow) row = {.stamp = result->stamp,
                            .width = result->width,
                            .height = result->height,
                            .resized = result->resized,
                            .predicted_width = result->predicted_width,
                            .predicted_height = result->predicted_height};

  if (!scorer->store || !ms_stamp_is_known(&result->stamp))
    return;
  if (packed)
    row.packed = ms_packed_ref(packed);
  if (row.packed || result->predicted_width > 0)
    ms_store_put(scorer->store, scorer->signatures[model], ms_set_get_id(scorer->set, example),
                 &row, wait);
}

static MsResult *
read_pair(MsScorer *scorer, MsReadingTry *try, MsScratch *scratch, GCancellable *cancellable,
          GError **error)
{
  guint example = try->example, model = try->model;
  MsResult *result;

  do {
    result = ms_pair_score(scorer->set, example, model, scratch, cancellable, error);
    if (!result)
      return NULL;
  } while (ms_reading_try_again(try, &result));
  __atomic_add_fetch(&scorer->n_read, 1, __ATOMIC_RELAXED);
  if (result->joint)
    ms_result_pack(result);
  keep(scorer, example, model, result, result->packed, TRUE);
  return result;
}

MsResult *
ms_scorer_score(MsScorer *scorer, guint example, guint model, MsScratch *scratch,
                GCancellable *cancellable, GError **error)
{
  MsResult *result;
  MsReadingTry try;

  if (ms_set_get_labels(scorer->set))
    return ms_pair_score_labels(scorer->set, example, model);
  if (g_cancellable_set_error_if_cancelled(cancellable, error))
    return NULL;
  if (ms_set_get_problem(scorer->set, example, model))
    return ms_pair_score(scorer->set, example, model, scratch, cancellable, error);
  ms_reading_try_begin(&try, scorer->set, example, model);
  result = find_result(scorer, example, model, &try.sight.stamp);
  if (!result)
    return read_pair(scorer, &try, scratch, cancellable, error);
  __atomic_add_fetch(&scorer->n_stored, 1, __ATOMIC_RELAXED);
  result->stamp = try.sight.stamp;
  result->time = try.sight.time;
  result->state = try.sight.state;
  return result;
}

void
ms_scorer_keep(MsScorer *scorer, guint example, guint model, const MsResult *result,
               MsPacked *packed)
{
  keep(scorer, example, model, result, packed, FALSE);
}

void
ms_scorer_flush(MsScorer *scorer)
{
  if (scorer->store)
    ms_store_flush(scorer->store);
}

MsStore *
ms_scorer_get_store(MsScorer *scorer)
{
  return scorer->store;
}

char *
ms_scorer_take_notice(MsScorer *scorer)
{
  return scorer->store ? ms_store_take_notice(scorer->store) : NULL;
}

void
ms_scorer_get_sources(MsScorer *scorer, guint64 *n_stored, guint64 *n_read)
{
  *n_stored = __atomic_load_n(&scorer->n_stored, __ATOMIC_RELAXED);
  *n_read = __atomic_load_n(&scorer->n_read, __ATOMIC_RELAXED);
}
