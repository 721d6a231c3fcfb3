/* SPDX-License-Identifier: MIT */
#include "app/checker.h"

#include "app/job.h"
#include "app/open-progress.h"
#include "set/gate.h"

/* Of the worker as well. */
typedef struct {
  MsSet *set;
  MsGate *gate;
  MsOpenProgress progress;
} Job;

struct _MsChecker {
  GObject parent_instance;

  MsCheckerState state;
  gboolean held;

  /* Owned */
  Job *job;                  /* counted */
  GCancellable *cancellable; /* of that; NULL: none is under way */
  MsGate *gate;
  MsCheck *check;
  char *error;
};

G_DEFINE_FINAL_TYPE(MsChecker, ms_checker, G_TYPE_OBJECT)

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
job_clear(gpointer data)
{
  Job *job = data;

  g_object_unref(job->set);
  ms_gate_unref(job->gate);
  ms_open_progress_clear(&job->progress);
}

static void
job_unref(gpointer job)
{
  g_atomic_rc_box_release_full(job, job_clear);
}

/* --- the thread ------------------------------------------------------------------------------- */

/* The scoring runs at the same time, and somebody looks at examples: what goes first goes first. */
static MsCheckLimits
polite_limits(const Job *job)
{
  return (MsCheckLimits){.jobs = MAX(g_get_num_processors() / 2, 1), .gate = job->gate};
}

static void
check_thread(GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  MsCheckLimits limits = polite_limits(job);
  GError *error = NULL;
  MsCheck *check;

  ms_gate_wait(job->gate, cancellable);
  check =
      ms_check_run(job->set, &limits, ms_open_progress_tell, &job->progress, cancellable, &error);
  if (check)
    g_task_return_pointer(task, check, (GDestroyNotify)ms_check_unref);
  else
    g_task_return_error(task, error);
}

/* --- running ---------------------------------------------------------------------------------- */

/* Of a job that is over, or not waited for: it holds its set. */
static void
let_go(MsChecker *self)
{
  g_clear_object(&self->cancellable);
  g_clear_pointer(&self->job, job_unref);
}

static void
give_up(MsChecker *self)
{
  if (!self->cancellable)
    return;
  g_cancellable_cancel(self->cancellable);
  ms_gate_wake(self->gate);
  let_go(self);
}

static void
set_state(MsChecker *self, MsCheckerState state)
{
  self->state = state;
  g_signal_emit(self, signals[CHANGED], 0);
}

static void
check_done(GObject *source, GAsyncResult *result, gpointer user)
{
  MsChecker *self = MS_CHECKER(source);
  g_autoptr(GError) error = NULL;
  g_autoptr(MsCheck) check = g_task_propagate_pointer(G_TASK(result), &error);

  if (g_task_get_cancellable(G_TASK(result)) != self->cancellable)
    return; /* given up */
  if (check) {
    ms_checker_take(self, check);
    return;
  }
  let_go(self);
  self->error = g_strdup(error->message);
  set_state(self, MS_CHECKER_FAILED);
}

void
ms_checker_start(MsChecker *self, MsSet *set)
{
  Job *job = g_atomic_rc_box_new0(Job);
  g_autoptr(GTask) task = NULL;

  give_up(self);
  g_clear_pointer(&self->error, g_free);
  self->cancellable = g_cancellable_new();
  job->set = g_object_ref(set);
  job->gate = ms_gate_ref(self->gate);
  ms_open_progress_init(&job->progress);
  self->job = g_atomic_rc_box_acquire(job);
  task = ms_job_new(self, self->cancellable, check_done);
  g_task_set_source_tag(task, ms_checker_start);
  g_task_set_task_data(task, job, job_unref);
  g_task_run_in_thread(task, check_thread);
  set_state(self, MS_CHECKER_RUNNING);
}

void
ms_checker_stop(MsChecker *self)
{
  if (!self->cancellable)
    return;
  give_up(self);
  set_state(self, MS_CHECKER_STOPPED);
}

void
ms_checker_forget(MsChecker *self)
{
  give_up(self);
  g_clear_pointer(&self->check, ms_check_unref);
  g_clear_pointer(&self->error, g_free);
  set_state(self, MS_CHECKER_NONE);
}

void
ms_checker_hold(MsChecker *self, gboolean held)
{
  if (held == self->held)
    return;
  self->held = held;
  if (held)
    ms_gate_hold(self->gate);
  else
    ms_gate_release(self->gate);
}

void
ms_checker_take(MsChecker *self, MsCheck *check)
{
  give_up(self);
  ms_check_ref(check);
  ms_check_unref(self->check);
  self->check = check;
  g_clear_pointer(&self->error, g_free);
  set_state(self, MS_CHECKER_DONE);
}

/* --- what is known ---------------------------------------------------------------------------- */

MsCheckerState
ms_checker_get_state(MsChecker *self)
{
  return self->state;
}

MsCheck *
ms_checker_get_check(MsChecker *self)
{
  return self->check;
}

const char *
ms_checker_get_error(MsChecker *self)
{
  return self->error;
}

char *
ms_checker_describe_progress(MsChecker *self)
{
  static const char otherwise[] = "Looking at the set";

  return self->job ? ms_open_progress_describe(&self->job->progress, otherwise)
                   : g_strdup(otherwise);
}

/* --- the object ------------------------------------------------------------------------------- */

static void
ms_checker_dispose(GObject *object)
{
  give_up(MS_CHECKER(object));
  G_OBJECT_CLASS(ms_checker_parent_class)->dispose(object);
}

static void
ms_checker_finalize(GObject *object)
{
  MsChecker *self = MS_CHECKER(object);

  ms_gate_unref(self->gate);
  ms_check_unref(self->check);
  g_free(self->error);
  G_OBJECT_CLASS(ms_checker_parent_class)->finalize(object);
}

static void
ms_checker_class_init(MsCheckerClass *class)
{
  G_OBJECT_CLASS(class)->dispose = ms_checker_dispose;
  G_OBJECT_CLASS(class)->finalize = ms_checker_finalize;
  signals[CHANGED] = g_signal_new("changed", MS_TYPE_CHECKER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
}

static void
ms_checker_init(MsChecker *self)
{
  self->gate = ms_gate_new();
}

MsChecker *
ms_checker_new(void)
{
  return g_object_new(MS_TYPE_CHECKER, NULL);
}
