/* SPDX-License-Identifier: MIT
 *
 * Groups scored like examples: the counts of a group are summed first, and its sum is one unit of
 * the sample. What is in no group is not in here.
 */
#include "set/control.h"
#include "set/scoreboard-private.h"

/* The counted examples of each group, as GArray of guint; NULL where there are none. */
static GPtrArray *
list_members(const MsScoreboardJob *job)
{
  const char *const *names = ms_set_get_groups(job->set);
  g_autoptr(GHashTable) numbers = g_hash_table_new(g_str_hash, g_str_equal);
  GPtrArray *members = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);

  for (guint i = 0; names[i]; i++) {
    g_hash_table_insert(numbers, (gpointer)names[i], GUINT_TO_POINTER(i));
    g_ptr_array_add(members, g_array_new(FALSE, FALSE, sizeof(guint)));
  }
  for (guint i = 0; i < ms_set_get_n_examples(job->set); i++) {
    const char *group = ms_example_get_group(ms_set_get_example(job->set, i));

    if (group && job->items[i].state == MS_ITEM_COUNTED)
      g_array_append_val(members->pdata[GPOINTER_TO_UINT(g_hash_table_lookup(numbers, group))], i);
  }
  return members;
}

static MsStatus
sum_members(const MsScoreboardJob *job, const GArray *members, MsConfusion **counts)
{
  MsStatus status = ms_confusion_new(&job->rules->rules, counts);

  for (guint i = 0; i < members->len && status == MS_STATUS_OK; i++)
    status = ms_confusion_merge(*counts, job->items[g_array_index(members, guint, i)].confusion);
  return status;
}

static MsStatus
add_group(const MsScoreboardJob *job, const GArray *members, guint unit, MsSample *sample,
          MsTotals *totals)
{
  MsConfusion *counts = NULL;
  MsStatus status;

  if (members->len == 0)
    return MS_STATUS_OK;
  status = sum_members(job, members, &counts);
  if (status == MS_STATUS_OK)
    status = ms_sample_add(sample, unit, counts);
  if (status == MS_STATUS_OK)
    status = ms_totals_add(totals, counts);
  ms_confusion_free(counts);
  return status;
}

static MsStatus
draw(const MsScoreboardJob *job, const MsSample *sample, MsScoreboard *board,
     GCancellable *cancellable)
{
  MsControl control = ms_control_for(cancellable);
  MsResamples *resamples = NULL;
  MsStatus status =
      ms_sample_resample(sample, ms_scoreboard_job_seed(job, NULL), &control, &resamples);

  for (guint metric = 0; metric < MS_N_SET_METRICS && status == MS_STATUS_OK; metric++)
    board->group_intervals[metric] = ms_resamples_interval(resamples, (MsSetMetric)metric);
  ms_resamples_free(resamples);
  return status;
}

MsStatus
ms_scoreboard_job_score_groups(const MsScoreboardJob *job, MsScoreboard *board,
                               GCancellable *cancellable)
{
  g_autoptr(GPtrArray) members = list_members(job);
  MsSample *sample = NULL;
  MsStatus status;

  if (members->len == 0)
    return MS_STATUS_OK;
  status = ms_sample_new(&job->rules->rules, members->len, &sample);
  if (status == MS_STATUS_OK)
    status = ms_totals_new(&job->rules->rules, &board->groups);
  for (guint i = 0; i < members->len && status == MS_STATUS_OK; i++)
    status = add_group(job, members->pdata[i], i, sample, board->groups);
  if (status == MS_STATUS_OK)
    status = draw(job, sample, board, cancellable);
  ms_sample_free(sample);
  return status;
}
