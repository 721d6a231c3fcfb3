/* SPDX-License-Identifier: MIT
 *
 * A whole set on a pool of workers. A job is a pair of example and model, known by its number;
 * each worker holds one frame at a time, so memory is bounded by the number of workers. The
 * calling thread waits for finished jobs and reports progress.
 */
#include "report/export.h"

#include "io/file.h"
#include "set/control.h"

typedef enum { JOB_WRITTEN, JOB_NO_ACTUAL, JOB_UNSCORED, JOB_FAILED, JOB_CANCELLED } JobState;

typedef struct {
  JobState state;
  char *problem;
} Job;

typedef struct {
  MsSet *set;
  const MsExportOptions *options;
  const char *folder;
  GCancellable *cancellable;
  Job *jobs;
  guint n_jobs;
  GAsyncQueue *finished; /* of Job * */
} Batch;

static void
fail_job(Job *job, JobState state, Batch *batch, guint example, guint model, const char *reason)
{
  const char *id = ms_set_get_id(batch->set, example);

  job->state = state;
  job->problem =
      ms_set_get_n_models(batch->set) > 1
          ? g_strdup_printf("%s (%s): %s", id, ms_set_get_model_name(batch->set, model), reason)
          : g_strdup_printf("%s: %s", id, reason);
}

/* Of an example without an actual mask nobody expects a picture. */
static void
skip_job(Job *job, Batch *batch, guint example, guint model, gboolean has_actual,
         const char *reason)
{
  fail_job(job, has_actual ? JOB_UNSCORED : JOB_NO_ACTUAL, batch, example, model, reason);
}

static void
fail_write(Job *job, Batch *batch, const MsFrame *frame, const GError *error)
{
  if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    job->state = JOB_CANCELLED;
  else
    fail_job(job, JOB_FAILED, batch, frame->example, frame->model, error->message);
}

static void
write_frame(Job *job, Batch *batch, const MsFrame *frame)
{
  MsRuleset *rules = ms_set_get_rules(batch->set, frame->model);
  g_autofree char *path = ms_export_path(batch->set, frame->example, frame->model, batch->folder);
  g_autofree char *parent = g_path_get_dirname(path);
  MsControl control = ms_control_for(batch->cancellable);
  g_autoptr(GError) error = NULL;

  if (!ms_folder_make(parent, &error) ||
      !ms_export_frame(frame, rules, batch->options, path, &control, &error))
    fail_write(job, batch, frame, error);
  else
    job->state = JOB_WRITTEN;
}

static void
run_job(Job *job, Batch *batch, guint example, guint model)
{
  g_autoptr(MsExample) item = ms_set_dup_example(batch->set, example);
  const char *problem = ms_example_get_problem(item, model);
  g_autoptr(MsFrame) frame = NULL;

  if (problem) {
    skip_job(job, batch, example, model, ms_example_has_actual(item), problem);
    return;
  }
  frame = ms_frame_load(batch->set, example, model, batch->cancellable, NULL);
  if (!frame)
    job->state = JOB_CANCELLED;
  else if (frame->result->status != MS_RESULT_OK)
    skip_job(job, batch, example, model, frame->result->has_actual, frame->result->message);
  else
    write_frame(job, batch, frame);
}

static void
work(gpointer data, gpointer user)
{
  Job *job = data;
  Batch *batch = user;
  guint number = (guint)(job - batch->jobs);
  guint n_models = ms_set_get_n_models(batch->set);

  if (g_cancellable_is_cancelled(batch->cancellable))
    job->state = JOB_CANCELLED;
  else
    run_job(job, batch, number / n_models, number % n_models);
  g_async_queue_push(batch->finished, job);
}

/* Every job comes back, also when cancelled: then it does so at once. */
static void
run_batch(Batch *batch, guint n_workers, MsSetProgress progress, gpointer user)
{
  GThreadPool *pool = g_thread_pool_new(work, batch, (int)n_workers, FALSE, NULL);

  for (guint i = 0; i < batch->n_jobs; i++)
    g_thread_pool_push(pool, &batch->jobs[i], NULL);
  for (guint done = 1; done <= batch->n_jobs; done++) {
    g_async_queue_pop(batch->finished);
    if (progress)
      progress("Exporting", done, batch->n_jobs, user);
  }
  g_thread_pool_free(pool, FALSE, TRUE);
}

static void
collect(Batch *batch, MsExportOutcome *outcome)
{
  for (guint i = 0; i < batch->n_jobs; i++) {
    Job *job = &batch->jobs[i];

    outcome->written += job->state == JOB_WRITTEN;
    outcome->unscored += job->state == JOB_UNSCORED;
    outcome->failed += job->state == JOB_FAILED;
    if (job->problem)
      g_ptr_array_add(outcome->problems, job->problem);
  }
}

void
ms_export_outcome_clear(MsExportOutcome *outcome)
{
  g_clear_pointer(&outcome->problems, g_ptr_array_unref);
}

gboolean
ms_export_set(MsSet *set, const MsExportOptions *options, const char *folder, guint jobs,
              MsSetProgress progress, gpointer user, GCancellable *cancellable,
              MsExportOutcome *outcome, GError **error)
{
  Batch batch = {
      .set = set,
      .options = options,
      .folder = folder,
      .cancellable = cancellable,
      .n_jobs = ms_set_get_n_examples(set) * ms_set_get_n_models(set),
  };

  *outcome = (MsExportOutcome){.problems = g_ptr_array_new_with_free_func(g_free)};
  if (!ms_folder_make(folder, error))
    return FALSE;
  batch.jobs = g_new0(Job, batch.n_jobs);
  batch.finished = g_async_queue_new();
  run_batch(&batch, jobs > 0 ? jobs : g_get_num_processors(), progress, user);
  collect(&batch, outcome);
  g_async_queue_unref(batch.finished);
  g_free(batch.jobs);
  return !g_cancellable_set_error_if_cancelled(cancellable, error);
}
