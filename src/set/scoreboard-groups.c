/* SPDX-License-Identifier: MIT
 *
 * Groups scored like examples: the counts of a group are summed first, and its sum is one unit of
 * the sample. What is in no group is not in here.
 */
#include "set/control.h"
#include "set/scoreboard-private.h"

static MsStatus
fill_groups(MsScoreboardJob *job, MsGroups *groups)
{
  const char *const *names = ms_set_get_groups(job->set);
  g_autoptr(GHashTable) numbers = g_hash_table_new(g_str_hash, g_str_equal);
  MsItemReader reader = {.job = job};
  MsStatus status = MS_STATUS_OK;

  for (guint i = 0; names[i]; i++)
    g_hash_table_insert(numbers, (gpointer)names[i], GUINT_TO_POINTER(i));
  for (guint i = 0; i < ms_set_get_n_examples(job->set) && status == MS_STATUS_OK; i++) {
    const char *group = ms_set_get_group(job->set, i);
    MsScoreboardItem item = {.state = MS_ITEM_WAITING};

    if (group)
      item = ms_item_reader_read(&reader, i);
    if (item.state == MS_ITEM_FAILED)
      status = MS_STATUS_INVALID;
    else if (item.state == MS_ITEM_COUNTED)
      status = ms_groups_add(groups, GPOINTER_TO_UINT(g_hash_table_lookup(numbers, group)),
                             item.confusion);
  }
  ms_item_reader_clear(&reader);
  return status;
}

static MsStatus
fill_sample(const MsGroups *groups, guint n_groups, MsSample *sample)
{
  MsStatus status = MS_STATUS_OK;

  for (guint i = 0; i < n_groups && status == MS_STATUS_OK; i++) {
    const MsConfusion *counts = ms_groups_counts(groups, i);

    if (counts)
      status = ms_sample_add(sample, i, counts);
  }
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
ms_scoreboard_job_score_groups(MsScoreboardJob *job, MsScoreboard *board, GCancellable *cancellable)
{
  guint n_groups = g_strv_length((GStrv)ms_set_get_groups(job->set));
  MsGroups *groups = NULL;
  MsSample *sample = NULL;
  MsStatus status;

  if (n_groups == 0)
    return MS_STATUS_OK;
  status = ms_groups_new(&job->rules->rules, n_groups, &groups);
  if (status == MS_STATUS_OK)
    status = fill_groups(job, groups);
  if (status == MS_STATUS_OK)
    status = ms_groups_totals(groups, &board->groups);
  if (status == MS_STATUS_OK)
    status = ms_sample_new(&job->rules->rules, n_groups, &sample);
  if (status == MS_STATUS_OK)
    status = fill_sample(groups, n_groups, sample);
  if (status == MS_STATUS_OK)
    status = draw(job, sample, board, cancellable);
  ms_sample_free(sample);
  ms_groups_free(groups);
  return status;
}
