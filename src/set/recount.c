/* SPDX-License-Identifier: MIT
 *
 * Joints are compact when results are published, so that several threads may read them.
 */
#include "set/recount.h"

static void
recount_clear(gpointer data)
{
  MsRecount *recount = data;

  g_object_unref(recount->set);
  ms_result_unref(recount->result);
  ms_ruleset_unref(recount->rules);
  ms_confusion_free(recount->confusion);
  g_free(recount->message);
}

GArray *
ms_recounts_new(void)
{
  GArray *recounts = g_array_new(FALSE, FALSE, sizeof(MsRecount));

  g_array_set_clear_func(recounts, recount_clear);
  return recounts;
}

void
ms_recounts_add(GArray *recounts, MsSet *set, guint example, guint model, MsResult *result,
                MsRuleset *rules)
{
  MsRecount recount = {
      .set = g_object_ref(set),
      .example = example,
      .model = model,
      .result = ms_result_ref(result),
      .rules = ms_ruleset_ref(rules),
  };

  g_array_append_val(recounts, recount);
}

static guint64
n_cells_of(const MsRecount *recount)
{
  const MsLabelData *labels = ms_set_get_labels(recount->set);
  const MsCell *cells;
  size_t n_cells;

  if (labels)
    return ms_label_data_n_labels(labels);
  if (ms_joint_cells(recount->result->joint, &cells, &n_cells) != MS_STATUS_OK)
    return 0;
  return n_cells;
}

guint64
ms_recounts_n_cells(const GArray *recounts)
{
  guint64 sum = 0;

  for (guint i = 0; i < recounts->len; i++)
    sum += n_cells_of(&g_array_index(recounts, MsRecount, i));
  return sum;
}

static void
count(MsRecount *recount)
{
  g_autoptr(GError) error = NULL;

  recount->confusion = ms_result_confusion(recount->result, recount->set, recount->example,
                                           recount->model, recount->rules, &error);
  if (!recount->confusion)
    recount->message = g_strdup(error->message);
}

void
ms_recounts_run(GArray *recounts)
{
  for (guint i = 0; i < recounts->len; i++)
    count(&g_array_index(recounts, MsRecount, i));
}

/* --- on a worker ----------------------------------------------------------------------------- */

typedef struct {
  GArray *recounts;
  GWeakRef owner;
  MsRecountsDeliver deliver;
} Job;

static void
job_free(gpointer data)
{
  Job *job = data;

  g_array_unref(job->recounts);
  g_weak_ref_clear(&job->owner);
  g_free(job);
}

static void
work(GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;

  for (guint i = 0; i < job->recounts->len && !g_cancellable_is_cancelled(cancellable); i++)
    count(&g_array_index(job->recounts, MsRecount, i));
  g_task_return_boolean(task, TRUE);
}

static void
finish(GObject *source, GAsyncResult *result, gpointer user)
{
  Job *job = g_task_get_task_data(G_TASK(result));
  g_autoptr(GObject) owner = g_weak_ref_get(&job->owner);

  if (g_task_propagate_boolean(G_TASK(result), NULL) && owner)
    job->deliver(owner, job->recounts);
}

void
ms_recounts_start(GArray *recounts, GCancellable *cancellable, GObject *owner,
                  MsRecountsDeliver deliver)
{
  Job *job = g_new0(Job, 1);
  g_autoptr(GTask) task = g_task_new(NULL, cancellable, finish, NULL);

  job->recounts = recounts;
  job->deliver = deliver;
  g_weak_ref_init(&job->owner, owner);
  g_task_set_name(task, "[maskscope] recount");
  g_task_set_task_data(task, job, job_free);
  g_task_run_in_thread(task, work);
}
