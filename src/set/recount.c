/* SPDX-License-Identifier: MIT
 *
 * Threads take stretches of examples, so that no two of them write into the same chunk.
 */
#include "set/recount.h"

#include "set/spread.h"

MsRecount *
ms_recount_new(MsSet *set, guint model, MsResults *results, MsRuleset *rules, gboolean all,
               guint n_threads)
{
  MsRecount *recount = g_new0(MsRecount, 1);

  recount->set = g_object_ref(set);
  recount->model = model;
  recount->results = results;
  recount->rules = ms_ruleset_ref(rules);
  recount->all = all;
  recount->n_threads = n_threads;
  return recount;
}

void
ms_recount_free(MsRecount *recount)
{
  if (!recount)
    return;
  g_object_unref(recount->set);
  ms_results_unref(recount->results);
  ms_ruleset_unref(recount->rules);
  g_free(recount);
}

/* Whether an example has what it was counted from. */
static gboolean
can_be_counted(MsSet *set, const MsResults *results, guint example)
{
  const MsRecord *record = ms_results_get(results, example);

  if (ms_set_get_labels(set))
    return record->status == MS_RESULT_OK || record->uncounted;
  return ms_results_has_packed(results, example);
}

MsConfusion *
ms_recount_example(MsSet *set, guint example, guint model, const MsResults *results,
                   const MsRuleset *rules, GError **error)
{
  g_autoptr(MsPacked) packed = NULL;
  MsResult result = {.status = MS_RESULT_OK};

  if (!can_be_counted(set, results, example))
    return NULL;
  if (!ms_set_get_labels(set)) {
    packed = ms_results_dup_packed(results, example);
    if (!packed) {
      g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_READING,
                  "%s: its counts cannot be read back from the folder of temporary files",
                  ms_set_get_id(set, example));
      return NULL;
    }
    result.packed = packed;
  }
  return ms_result_confusion(&result, set, example, model, rules, error);
}

static void
count_example(const MsRecount *recount, guint example)
{
  MsRecord record = *ms_results_get(recount->results, example);
  g_autoptr(MsConfusion) confusion = NULL;
  g_autoptr(GError) error = NULL;

  if (!recount->all && !record.uncounted)
    return;
  confusion = ms_recount_example(recount->set, example, recount->model, recount->results,
                                 recount->rules, &error);
  if (confusion)
    ms_record_set_counts(&record, confusion);
  else if (error)
    ms_record_set_error(&record);
  if (confusion || error)
    ms_results_set_record(recount->results, example, &record, error ? error->message : NULL);
}

typedef struct {
  MsRecount *recount;
  GCancellable *cancellable;
} Run;

static void
count_stretch(guint stretch, gpointer user)
{
  Run *run = user;
  guint first = stretch * MS_RESULTS_STRETCH;
  guint n = MIN(ms_results_n_examples(run->recount->results) - first, MS_RESULTS_STRETCH);

  for (guint i = 0; i < n && !g_cancellable_is_cancelled(run->cancellable); i++)
    count_example(run->recount, first + i);
}

void
ms_recount_run(MsRecount *recount, GCancellable *cancellable)
{
  Run run = {recount, cancellable};
  guint n = ms_results_n_examples(recount->results);

  ms_spread(n / MS_RESULTS_STRETCH + (n % MS_RESULTS_STRETCH > 0), recount->n_threads,
            count_stretch, &run);
}

/* --- on workers ------------------------------------------------------------------------------- */

typedef struct {
  MsRecount *recount;
  GWeakRef owner;
  MsRecountDeliver deliver;
} Job;

static void
job_free(gpointer data)
{
  Job *job = data;

  ms_recount_free(job->recount);
  g_weak_ref_clear(&job->owner);
  g_free(job);
}

static void
work(GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;

  ms_recount_run(job->recount, cancellable);
  if (g_cancellable_is_cancelled(cancellable)) /* here, where the time that it takes is nobody's */
    g_clear_pointer(&job->recount, ms_recount_free);
  g_task_return_boolean(task, TRUE);
}

static void
finish(GObject *source, GAsyncResult *result, gpointer user)
{
  Job *job = g_task_get_task_data(G_TASK(result));
  g_autoptr(GObject) owner = g_weak_ref_get(&job->owner);

  if (g_task_propagate_boolean(G_TASK(result), NULL) && owner && job->recount)
    job->deliver(owner, job->recount);
}

void
ms_recount_start(MsRecount *recount, GCancellable *cancellable, GObject *owner,
                 MsRecountDeliver deliver)
{
  Job *job = g_new0(Job, 1);
  g_autoptr(GTask) task = g_task_new(NULL, cancellable, finish, NULL);

  job->recount = recount;
  job->deliver = deliver;
  g_weak_ref_init(&job->owner, owner);
  g_task_set_name(task, "[maskscope] recount");
  g_task_set_task_data(task, job, job_free);
  g_task_run_in_thread(task, work);
}
