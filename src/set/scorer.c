/* SPDX-License-Identifier: MIT
 *
 * Files are looked at before they are read: a result is kept under what they were then, and found
 * only while they still are.
 */
#include "set/scorer.h"

struct MsScorer {
  gatomicrefcount ref_count;
  MsSet *set;
  guint64 n_read; /* atomic */
};

MsScorer *
ms_scorer_new(MsSet *set)
{
  MsScorer *scorer = g_new0(MsScorer, 1);

  g_atomic_ref_count_init(&scorer->ref_count);
  scorer->set = g_object_ref(set);
  return scorer;
}

MsScorer *
ms_scorer_ref(MsScorer *scorer)
{
  g_atomic_ref_count_inc(&scorer->ref_count);
  return scorer;
}

void
ms_scorer_unref(MsScorer *scorer)
{
  if (!scorer || !g_atomic_ref_count_dec(&scorer->ref_count))
    return;
  g_object_unref(scorer->set);
  g_free(scorer);
}

MsResult *
ms_scorer_score(MsScorer *scorer, guint example, guint model, MsScratch *scratch,
                GCancellable *cancellable, GError **error)
{
  MsResult *result;
  MsStamp stamp;
  gint64 time;

  if (ms_set_get_labels(scorer->set))
    return ms_pair_score_labels(scorer->set, example, model);
  ms_stamp_look(scorer->set, example, model, &stamp, &time);
  result = ms_pair_score(scorer->set, example, model, scratch, cancellable, error);
  if (!result)
    return NULL;
  __atomic_add_fetch(&scorer->n_read, 1, __ATOMIC_RELAXED);
  result->stamp = stamp;
  result->time = time;
  if (result->joint)
    ms_result_pack(result);
  return result;
}

void
ms_scorer_keep(MsScorer *scorer, guint example, guint model, MsResult *result)
{
}

void
ms_scorer_flush(MsScorer *scorer)
{
}

char *
ms_scorer_take_notice(MsScorer *scorer)
{
  return NULL;
}

void
ms_scorer_get_sources(MsScorer *scorer, guint64 *n_stored, guint64 *n_read)
{
  *n_stored = 0;
  *n_read = __atomic_load_n(&scorer->n_read, __ATOMIC_RELAXED);
}
