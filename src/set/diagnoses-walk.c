/* SPDX-License-Identifier: MIT
 *
 * The walk over a model's largest regions, made on a worker from a snapshot, one at a time, as long
 * as somebody has asked for it.
 */
#include "set/diagnoses-private.h"

/* A walk is made again so long after the last one that making it takes a tenth of the time. */
#define WALK_MS     500
#define COST_FACTOR 9

typedef struct {
  MsFindingsTable *table;
  guint model;
  gint64 cost;
  GWeakRef owner;
} Walking;

static void
walking_free(gpointer data)
{
  Walking *walking = data;

  ms_findings_table_unref(walking->table);
  g_weak_ref_clear(&walking->owner);
  g_free(walking);
}

static void
make_walk(GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Walking *walking = data;
  gint64 start = g_get_monotonic_time();
  GError *error = NULL;
  MsWalk *walk = ms_walk_new(walking->table, MS_WALK_MAX, cancellable, &error);

  walking->cost = g_get_monotonic_time() - start;
  if (walk)
    g_task_return_pointer(task, walk, (GDestroyNotify)ms_walk_unref);
  else
    g_task_return_error(task, error);
}

static void
walk_made(GObject *source, GAsyncResult *result, gpointer user)
{
  const Walking *walking = g_task_get_task_data(G_TASK(result));
  g_autoptr(MsDiagnoses) self = g_weak_ref_get((GWeakRef *)&walking->owner);
  g_autoptr(MsWalk) walk = g_task_propagate_pointer(G_TASK(result), NULL);
  MsDiagnosesModel *model;

  if (!self || !walk)
    return;
  model = &self->models[walking->model];
  if (g_task_get_cancellable(G_TASK(result)) != model->walking)
    return;
  g_clear_object(&model->walking);
  ms_walk_unref(model->walk);
  model->walk = g_steal_pointer(&walk);
  model->walk_cost = walking->cost;
  if (model->walk_stale)
    ms_diagnoses_update_walk(self, walking->model);
  ms_diagnoses_emit_walk(self, walking->model);
}

static void
start_walk(MsDiagnoses *self, guint index)
{
  MsDiagnosesModel *model = &self->models[index];
  Walking *walking = g_new0(Walking, 1);
  g_autoptr(GTask) task = NULL;

  model->walk_stale = FALSE;
  model->walking = g_cancellable_new();
  walking->table = ms_findings_table_snapshot(model->table);
  walking->model = index;
  g_weak_ref_init(&walking->owner, self);
  task = g_task_new(NULL, model->walking, walk_made, NULL);
  g_task_set_name(task, "[maskscope] walk");
  g_task_set_task_data(task, walking, walking_free);
  g_task_run_in_thread(task, make_walk);
}

typedef struct {
  MsDiagnoses *self; /* the timer is removed before it goes */
  guint model;
} Later;

static gboolean
walk_later(gpointer user)
{
  const Later later = *(const Later *)user; /* which goes with the timer */

  ms_diagnoses_clear_timer(&later.self->models[later.model].walk_timer);
  start_walk(later.self, later.model);
  return G_SOURCE_REMOVE;
}

void
ms_diagnoses_update_walk(MsDiagnoses *self, guint index)
{
  MsDiagnosesModel *model = &self->models[index];
  guint delay = (guint)MIN(COST_FACTOR * model->walk_cost / 1000, 60000);

  if (model->walking || model->walk_timer)
    return;
  if (!model->walk) {
    start_walk(self, index);
    return;
  }
  ms_diagnoses_add_timer(self, &model->walk_timer, MAX(WALK_MS, delay), walk_later,
                         g_memdup2(&(Later){self, index}, sizeof(Later)), g_free);
}

MsWalk *
ms_diagnoses_get_walk(MsDiagnoses *self, guint index)
{
  MsDiagnosesModel *model = ms_diagnoses_get_model_of(self, index);

  if (!model->walk_wanted || (!model->walk && !model->walking))
    model->walk_stale = TRUE;
  model->walk_wanted = TRUE;
  if (model->walk_stale)
    ms_diagnoses_update_walk(self, index);
  return model->walk;
}
