/* SPDX-License-Identifier: MIT
 *
 * A wish replaces the order being made, but for the range of IoU: while that is dragged, the order
 * being made is finished, since one that comes late is better than none. Scores wait: the next
 * order for their sake begins so long after the last one that making them takes a tenth of the
 * time.
 */
#include "app/arrangement.h"

#include "app/job.h"
#include "set/text.h"

#define REFRESH_MS  250
#define COST_FACTOR 9

struct _MsArrangement {
  GObject parent_instance;

  MsWish wish; /* its strings are below */
  guint model;
  gboolean wished; /* the wish changed since an order was handed over */
  gboolean again;  /* and since the one being made began */
  gboolean stale;  /* scores changed since that began */
  gint64 cost;     /* of the last order, microseconds */
  guint timer;

  /* Owned */
  MsEvaluation *evaluation; /* NULL: none; then the rest is NULL too */
  MsDiagnoses *diagnoses;   /* NULL: none */
  MsOrder *order;
  GCancellable *making; /* NULL: no order is being made */
  char *text;
  char *split;
};

G_DEFINE_FINAL_TYPE(MsArrangement, ms_arrangement, G_TYPE_OBJECT)

static guint arranged_signal;

/* --- the worker --- */

typedef struct {
  MsSet *set;
  MsResults *results;
  MsFindingsTable *findings; /* NULL: none */
  MsRuleset *rules;
  MsRows *previous;
  guint model;
  MsWish wish;
  char *text;
  char *split;
  gint64 cost;
} Job;

static void
job_free(gpointer data)
{
  Job *job = data;

  g_object_unref(job->set);
  ms_results_unref(job->results);
  ms_findings_table_unref(job->findings);
  ms_ruleset_unref(job->rules);
  ms_rows_unref(job->previous);
  g_free(job->text);
  g_free(job->split);
  g_free(job);
}

static Job *
job_new(MsArrangement *self)
{
  Job *job = g_new0(Job, 1);

  job->set = g_object_ref(ms_evaluation_get_set(self->evaluation));
  job->results = ms_evaluation_snapshot(self->evaluation, self->model);
  if (self->diagnoses)
    job->findings = ms_diagnoses_snapshot(self->diagnoses, self->model);
  job->rules = ms_ruleset_ref(ms_evaluation_get_rules(self->evaluation, self->model));
  job->previous = self->order ? ms_rows_ref(self->order->rows) : NULL;
  job->model = self->model;
  job->wish = self->wish;
  job->wish.sort = ms_arrangement_get_sort(self);
  job->wish.text = job->text = g_strdup(self->text);
  job->wish.split = job->split = g_strdup(self->split);
  return job;
}

static void
make_order(GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  gint64 start = g_get_monotonic_time();
  GError *error = NULL;
  MsOrder *order = ms_order_new(job->set, job->model, job->results, job->findings, job->rules,
                                &job->wish, job->previous, cancellable, &error);

  job->cost = g_get_monotonic_time() - start;
  if (order)
    g_task_return_pointer(task, order, (GDestroyNotify)ms_order_free);
  else
    g_task_return_error(task, error);
}

/* --- one order after the other --- */

static void start(MsArrangement *self);
static void await_refresh(MsArrangement *self);

static void
order_made(GObject *source, GAsyncResult *result, gpointer user)
{
  MsArrangement *self = MS_ARRANGEMENT(source);
  g_autoptr(MsOrder) order = g_task_propagate_pointer(G_TASK(result), NULL);
  const Job *job = g_task_get_task_data(G_TASK(result));
  gboolean wished = self->wished;

  if (!order || g_task_get_cancellable(G_TASK(result)) != self->making)
    return; /* cancelled */
  g_clear_object(&self->making);
  self->cost = job->cost;
  ms_order_free(self->order);
  self->order = g_steal_pointer(&order);
  self->wished = self->again;
  if (self->again)
    start(self);
  else if (self->stale)
    await_refresh(self);
  g_signal_emit(self, arranged_signal, 0, wished);
}

static void
start(MsArrangement *self)
{
  g_autoptr(GTask) task = NULL;

  g_clear_handle_id(&self->timer, g_source_remove);
  self->again = self->stale = FALSE;
  self->making = g_cancellable_new();
  task = ms_job_new(self, self->making, order_made);
  g_task_set_source_tag(task, start);
  g_task_set_task_data(task, job_new(self), job_free);
  g_task_run_in_thread(task, make_order);
}

static void
stop(MsArrangement *self)
{
  g_clear_handle_id(&self->timer, g_source_remove);
  if (self->making)
    g_cancellable_cancel(self->making);
  g_clear_object(&self->making);
}

static gboolean
refresh(gpointer user)
{
  MsArrangement *self = user;

  self->timer = 0;
  start(self);
  return G_SOURCE_REMOVE;
}

static void
await_refresh(MsArrangement *self)
{
  guint delay = (guint)MIN(COST_FACTOR * self->cost / 1000, 60000);

  if (!self->timer)
    self->timer = g_timeout_add(MAX(REFRESH_MS, delay), refresh, self);
}

void
ms_arrangement_refresh(MsArrangement *self)
{
  if (!self->evaluation)
    return;
  self->stale = TRUE;
  if (!self->making)
    await_refresh(self);
}

/* --- wishes --- */

static void
replace(MsArrangement *self)
{
  if (!self->evaluation)
    return;
  stop(self);
  start(self);
}

static void
wish_changed(MsArrangement *self)
{
  self->wished = TRUE;
  replace(self);
}

void
ms_arrangement_set_sort(MsArrangement *self, MsSort sort, gboolean reverse)
{
  if (self->wish.sort == sort && self->wish.reverse == reverse)
    return;
  self->wish.sort = sort;
  self->wish.reverse = reverse;
  wish_changed(self);
}

void
ms_arrangement_set_show(MsArrangement *self, MsShow show)
{
  if (self->wish.show == show)
    return;
  self->wish.show = show;
  wish_changed(self);
}

void
ms_arrangement_set_split(MsArrangement *self, const char *split)
{
  if (g_strcmp0(self->split, split) == 0)
    return;
  ms_text_set(&self->split, split);
  self->wish.split = self->split;
  wish_changed(self);
}

void
ms_arrangement_set_text(MsArrangement *self, const char *text)
{
  if (g_strcmp0(self->text ? self->text : "", text) == 0)
    return;
  ms_text_set(&self->text, text);
  self->wish.text = self->text;
  wish_changed(self);
}

void
ms_arrangement_set_iou_range(MsArrangement *self, double lowest, double highest)
{
  if (self->wish.lowest_iou == lowest && self->wish.highest_iou == highest)
    return;
  self->wish.lowest_iou = lowest;
  self->wish.highest_iou = highest;
  self->wished = TRUE;
  if (self->making)
    self->again = TRUE;
  else if (self->evaluation)
    start(self);
}

void
ms_arrangement_set_class(MsArrangement *self, gint64 class_id)
{
  if (self->wish.class_id == class_id)
    return;
  self->wish.class_id = class_id;
  wish_changed(self);
}

void
ms_arrangement_set_error(MsArrangement *self, int error)
{
  if (self->wish.error == error)
    return;
  self->wish.error = error;
  wish_changed(self);
}

MsSort
ms_arrangement_get_sort(MsArrangement *self)
{
  MsSet *set = self->evaluation ? ms_evaluation_get_set(self->evaluation) : NULL;

  if (self->wish.sort == MS_SORT_REGION && set && ms_set_get_labels(set))
    return MS_SORT_ID;
  return self->wish.sort;
}

gboolean
ms_arrangement_needs_findings(MsArrangement *self)
{
  return ms_arrangement_get_sort(self) == MS_SORT_REGION || self->wish.error != MS_ANY_ERROR;
}

void
ms_arrangement_set_model(MsArrangement *self, guint model)
{
  if (self->model == model)
    return;
  self->model = model;
  replace(self);
}

const MsWish *
ms_arrangement_get_wish(MsArrangement *self)
{
  return &self->wish;
}

const MsOrder *
ms_arrangement_get_order(MsArrangement *self)
{
  return self->order;
}

gboolean
ms_arrangement_is_settled(MsArrangement *self)
{
  return !self->wished;
}

/* --- construction --- */

void
ms_arrangement_set_evaluation(MsArrangement *self, MsEvaluation *evaluation, guint model)
{
  stop(self);
  g_clear_pointer(&self->order, ms_order_free);
  g_set_object(&self->evaluation, evaluation);
  g_clear_object(&self->diagnoses);
  self->model = model;
  self->cost = 0;
  self->wished = self->again = self->stale = FALSE;
  if (evaluation)
    wish_changed(self);
}

void
ms_arrangement_set_diagnoses(MsArrangement *self, MsDiagnoses *diagnoses)
{
  if (g_set_object(&self->diagnoses, diagnoses) && ms_arrangement_needs_findings(self))
    replace(self);
}

static void
ms_arrangement_dispose(GObject *object)
{
  ms_arrangement_set_evaluation(MS_ARRANGEMENT(object), NULL, 0);
  G_OBJECT_CLASS(ms_arrangement_parent_class)->dispose(object);
}

static void
ms_arrangement_finalize(GObject *object)
{
  MsArrangement *self = MS_ARRANGEMENT(object);

  g_free(self->text);
  g_free(self->split);
  G_OBJECT_CLASS(ms_arrangement_parent_class)->finalize(object);
}

static void
ms_arrangement_class_init(MsArrangementClass *class)
{
  G_OBJECT_CLASS(class)->dispose = ms_arrangement_dispose;
  G_OBJECT_CLASS(class)->finalize = ms_arrangement_finalize;
  arranged_signal = g_signal_new("arranged", MS_TYPE_ARRANGEMENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
ms_arrangement_init(MsArrangement *self)
{
  ms_wish_init(&self->wish);
}

MsArrangement *
ms_arrangement_new(void)
{
  return g_object_new(MS_TYPE_ARRANGEMENT, NULL);
}
