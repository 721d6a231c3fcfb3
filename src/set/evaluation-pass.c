/* SPDX-License-Identifier: MIT
 *
 * Passes over the examples: one in the background, which can be paused, held and replaced, or one
 * that is waited for.
 */
#include "set/evaluation-private.h"

static void
notify_progress(MsEvaluation *self)
{
  g_object_notify(G_OBJECT(self), "done");
  g_object_notify(G_OBJECT(self), "total");
}

void
ms_evaluation_drop_pass(MsEvaluation *self)
{
  if (self->pass)
    ms_pass_cancel(self->pass);
  g_clear_pointer(&self->pass, ms_pass_unref);
}

static void
set_paused(MsEvaluation *self, gboolean paused)
{
  if (ms_gate_is_paused(self->gate) == paused)
    return;
  ms_gate_set_paused(self->gate, paused);
  ms_rate_begin(&self->rate, self->done, self->clock());
  g_object_notify(G_OBJECT(self), "paused");
}

static void
receive(GObject *owner, MsPass *pass, const MsCounted *results, guint n_results)
{
  MsEvaluation *self = MS_EVALUATION(owner);

  ms_evaluation_put_results(self, results, n_results);
  if (self->pass != pass)
    return; /* replaced: what it found still holds, but it is not what is being waited for */
  self->done += n_results;
  ms_rate_update(&self->rate, self->done, self->clock());
  notify_progress(self);
  if (self->pass == pass && self->done == self->total) {
    g_clear_pointer(&self->pass, ms_pass_unref);
    g_object_notify(owner, "running");
  }
}

static guint
count_waiting(MsEvaluation *self)
{
  guint n = 0;

  for (guint i = 0; i < self->n_models; i++)
    n += self->n_examples - self->models[i].n_results;
  return n;
}

static MsPass *
new_pass(MsEvaluation *self, const MsPassPlan *plan, MsGate *gate, GCancellable *cancellable)
{
  g_autoptr(GPtrArray) done = g_ptr_array_new_with_free_func((GDestroyNotify)ms_results_unref);

  for (guint i = 0; i < self->n_models; i++)
    g_ptr_array_add(done, ms_results_snapshot(self->models[i].results));
  return ms_pass_new(plan, self->scorer, self->counter, (MsResults *const *)done->pdata, gate,
                     cancellable);
}

static void
start_pass(MsEvaluation *self, guint model, guint first)
{
  const MsPassPlan plan = {MS_PASS_BY_MODEL, model, first};

  if (!self->pool) {
    self->n_threads = ms_evaluation_n_threads(self);
    self->pool = ms_pass_pool_new(self->n_threads, TRUE);
  }
  self->pass = new_pass(self, &plan, self->gate, NULL);
  ms_pass_deliver_to(self->pass, self->context, G_OBJECT(self), receive);
  ms_pass_push(self->pass, self->pool, MIN(self->n_threads, self->total));
}

void
ms_evaluation_start(MsEvaluation *self, guint model, guint first)
{
  gboolean was_running = self->pass != NULL;

  ms_evaluation_drop_pass(self);
  self->done = 0;
  self->total = count_waiting(self);
  set_paused(self, FALSE);
  ms_rate_begin(&self->rate, 0, self->clock());
  if (self->total > 0)
    start_pass(self, model, first);
  notify_progress(self);
  if (was_running != (self->pass != NULL))
    g_object_notify(G_OBJECT(self), "running");
}

void
ms_evaluation_cancel(MsEvaluation *self)
{
  set_paused(self, FALSE);
  if (!self->pass)
    return;
  ms_evaluation_drop_pass(self);
  g_object_notify(G_OBJECT(self), "running");
}

gboolean
ms_evaluation_is_running(MsEvaluation *self)
{
  return self->pass != NULL;
}

guint
ms_evaluation_get_done(MsEvaluation *self)
{
  return self->done;
}

guint
ms_evaluation_get_total(MsEvaluation *self)
{
  return self->total;
}

void
ms_evaluation_pause(MsEvaluation *self)
{
  if (self->pass)
    set_paused(self, TRUE);
}

void
ms_evaluation_resume(MsEvaluation *self)
{
  set_paused(self, FALSE);
}

gboolean
ms_evaluation_is_paused(MsEvaluation *self)
{
  return ms_gate_is_paused(self->gate);
}

void
ms_evaluation_hold(MsEvaluation *self)
{
  ms_gate_hold(self->gate);
  ms_gate_hold(self->side_gate);
}

void
ms_evaluation_release(MsEvaluation *self)
{
  ms_gate_release(self->gate);
  ms_gate_release(self->side_gate);
}

void
ms_evaluation_get_rate(MsEvaluation *self, double *per_second, double *seconds_left)
{
  *per_second = self->pass ? ms_rate_get(&self->rate) : 0;
  *seconds_left = *per_second > 0 ? (self->total - self->done) / *per_second : -1;
}

/* The last results are written before the caller writes a report, which may be long. */
static gboolean
finish_run(MsEvaluation *self, GCancellable *cancellable, GError **error)
{
  ms_scorer_flush(self->scorer);
  ms_evaluation_emit_notice(self);
  return !g_cancellable_set_error_if_cancelled(cancellable, error);
}

gboolean
ms_evaluation_run(MsEvaluation *self, guint jobs, MsSetProgress progress, gpointer user,
                  GCancellable *cancellable, GError **error)
{
  const MsPassPlan plan = {MS_PASS_BY_EXAMPLE, 0, 0};
  guint n_threads = jobs ? jobs : g_get_num_processors();
  g_autoptr(MsPass) pass = NULL;
  GThreadPool *pool;
  guint done = 0, total;
  GArray *results;

  ms_evaluation_cancel(self);
  total = count_waiting(self);
  pass = new_pass(self, &plan, NULL, cancellable);
  pool = ms_pass_pool_new(n_threads, FALSE);
  ms_pass_push(pass, pool, MIN(n_threads, total));
  while ((results = ms_pass_wait(pass))) {
    done += results->len;
    ms_evaluation_put_results(self, (const MsCounted *)(gpointer)results->data, results->len);
    g_array_unref(results);
    if (progress)
      progress("Scoring", done, total, user);
  }
  g_thread_pool_free(pool, FALSE, TRUE);
  return finish_run(self, cancellable, error);
}
