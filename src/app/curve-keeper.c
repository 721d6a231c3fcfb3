/* SPDX-License-Identifier: MIT
 *
 * What is a matter of a blink is computed here and now, so that no example stands beside the curve
 * of another; the rest by a job, which the next wish cancels. While scores come in, a set's curve
 * is computed anew when a while has passed, and the last one is shown until then.
 */
#include "app/curve-keeper.h"

#include "app/job.h"

#define PERIOD_MS 300
/* A worker rests so many times as long as it took: scoring goes first. */
#define REST 4

/* What the curve is of. */
typedef struct {
  gconstpointer source; /* an example's result, or an evaluation; NULL: nothing */
  guint model;
  char *split;
  gint64 class_id;
} Subject;

struct _MsCurveKeeper {
  GObject parent_instance;

  guint timer;
  gint64 job_start; /* monotonic time */
  gboolean outdated;

  /* Owned */
  Subject subject;
  MsResult *result;         /* which an example's subject is named by */
  MsEvaluation *evaluation; /* NULL: of an example */
  MsCurve *curve;
  char *error;
  GCancellable *computing; /* NULL: nothing is */
};

G_DEFINE_FINAL_TYPE(MsCurveKeeper, ms_curve_keeper, G_TYPE_OBJECT)

static guint changed_signal;

/* --- computing --- */

/* Takes the curve. */
static void
keep(MsCurveKeeper *self, MsCurve *curve, const char *error)
{
  ms_curve_unref(self->curve);
  self->curve = curve;
  g_free(self->error);
  self->error = g_strdup(error);
  g_signal_emit(self, changed_signal, 0);
}

static void
stop_computing(MsCurveKeeper *self)
{
  if (self->computing)
    g_cancellable_cancel(self->computing);
  g_clear_object(&self->computing);
}

static void
work(GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  MsCurve *curve = ms_curve_compute(data, cancellable, &error);

  if (curve)
    g_task_return_pointer(task, curve, (GDestroyNotify)ms_curve_unref);
  else
    g_task_return_error(task, error);
}

static void refresh_later(MsCurveKeeper *self, gint64 ms);

static void
computed(GObject *owner, GAsyncResult *result, gpointer user)
{
  MsCurveKeeper *self = MS_CURVE_KEEPER(owner);
  g_autoptr(GError) error = NULL;
  MsCurve *curve = g_task_propagate_pointer(G_TASK(result), &error);

  if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object(&self->computing);
  if (self->outdated)
    refresh_later(self,
                  REST * (g_get_monotonic_time() - self->job_start) / G_TIME_SPAN_MILLISECOND);
  keep(self, curve, error ? error->message : NULL);
}

static void
compute_on_worker(MsCurveKeeper *self, MsCurveJob *job)
{
  g_autoptr(GTask) task = NULL;

  self->computing = g_cancellable_new();
  self->job_start = g_get_monotonic_time();
  task = ms_job_new(self, self->computing, computed);
  g_task_set_name(task, "[maskscope] curve");
  g_task_set_task_data(task, job, (GDestroyNotify)ms_curve_job_free);
  g_task_run_in_thread(task, work);
}

/* Takes the job; NULL: there is no curve of this. */
static void
compute(MsCurveKeeper *self, MsCurveJob *job)
{
  g_autoptr(GError) error = NULL;
  MsCurve *curve;

  stop_computing(self);
  self->outdated = FALSE;
  if (job && !ms_curve_job_is_quick(job)) {
    compute_on_worker(self, job);
    return;
  }
  curve = job ? ms_curve_compute(job, NULL, &error) : NULL;
  ms_curve_job_free(job);
  keep(self, curve, error ? error->message : NULL);
}

/* --- scores that come in --- */

static void
compute_set(MsCurveKeeper *self)
{
  compute(self, ms_curve_prepare_set(self->evaluation, self->subject.model, self->subject.split,
                                     self->subject.class_id));
}

static gboolean
refresh(gpointer user)
{
  MsCurveKeeper *self = user;

  self->timer = 0;
  if (!self->computing)
    compute_set(self);
  return G_SOURCE_REMOVE;
}

static void
refresh_later(MsCurveKeeper *self, gint64 ms)
{
  if (!self->timer)
    self->timer = g_timeout_add((guint)CLAMP(ms, PERIOD_MS, G_MAXINT), refresh, self);
}

static void
many_scored(MsEvaluation *evaluation, MsCurveKeeper *self)
{
  self->outdated = TRUE;
  if (!self->computing)
    refresh_later(self, PERIOD_MS);
}

static void
one_scored(MsEvaluation *evaluation, guint example, guint model, MsCurveKeeper *self)
{
  if (model == self->subject.model)
    many_scored(evaluation, self);
}

/* --- what it is of --- */

static void
forget(MsCurveKeeper *self)
{
  stop_computing(self);
  g_clear_handle_id(&self->timer, g_source_remove);
  if (self->evaluation)
    g_signal_handlers_disconnect_by_data(self->evaluation, self);
  g_clear_object(&self->evaluation);
  g_clear_pointer(&self->result, ms_result_unref);
  g_clear_pointer(&self->curve, ms_curve_unref);
  g_free(self->subject.split);
  self->subject = (Subject){.source = NULL};
}

/* FALSE: it was that already. */
static gboolean
turn_to(MsCurveKeeper *self, gconstpointer source, guint model, const char *split, gint64 class_id)
{
  const Subject *subject = &self->subject;

  if (subject->source == source && subject->model == model && subject->class_id == class_id &&
      g_strcmp0(subject->split, split) == 0)
    return FALSE;
  forget(self);
  self->subject = (Subject){source, model, g_strdup(split), class_id};
  return TRUE;
}

void
ms_curve_keeper_set_example(MsCurveKeeper *self, MsDisplay *display, gint64 class_id)
{
  MsFrame *frame = display->frame;

  if (!turn_to(self, frame->result, frame->model, NULL, class_id))
    return;
  self->result = ms_result_ref(frame->result);
  compute(self, ms_curve_prepare_example(frame->set, frame->example, frame->model, frame->result,
                                         display->rules, class_id));
  if (self->computing)
    g_signal_emit(self, changed_signal, 0);
}

void
ms_curve_keeper_set_set(MsCurveKeeper *self, MsEvaluation *evaluation, guint model,
                        const char *split, gint64 class_id)
{
  if (!turn_to(self, evaluation, model, split, class_id))
    return;
  self->evaluation = g_object_ref(evaluation);
  g_signal_connect(evaluation, "scored", G_CALLBACK(one_scored), self);
  g_signal_connect(evaluation, "scored-many", G_CALLBACK(many_scored), self);
  compute_set(self);
  if (self->computing)
    g_signal_emit(self, changed_signal, 0);
}

void
ms_curve_keeper_set_nothing(MsCurveKeeper *self)
{
  if (turn_to(self, NULL, 0, NULL, MS_CURVE_ALL_CLASSES))
    keep(self, NULL, NULL);
}

MsCurve *
ms_curve_keeper_get(MsCurveKeeper *self)
{
  return self->curve;
}

const char *
ms_curve_keeper_get_error(MsCurveKeeper *self)
{
  return self->error;
}

/* --- construction --- */

static void
ms_curve_keeper_dispose(GObject *object)
{
  MsCurveKeeper *self = MS_CURVE_KEEPER(object);

  forget(self);
  g_clear_pointer(&self->error, g_free);
  G_OBJECT_CLASS(ms_curve_keeper_parent_class)->dispose(object);
}

static void
ms_curve_keeper_class_init(MsCurveKeeperClass *class)
{
  G_OBJECT_CLASS(class)->dispose = ms_curve_keeper_dispose;
  changed_signal = g_signal_new("changed", MS_TYPE_CURVE_KEEPER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
ms_curve_keeper_init(MsCurveKeeper *self)
{
  self->subject.class_id = MS_CURVE_ALL_CLASSES;
}

MsCurveKeeper *
ms_curve_keeper_new(void)
{
  return g_object_new(MS_TYPE_CURVE_KEEPER, NULL);
}
