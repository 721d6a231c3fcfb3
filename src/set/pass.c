/* SPDX-License-Identifier: MIT
 *
 * Workers take tasks off a shared counter until none is left or the pass is cancelled. The lock is
 * held for a few instructions a result; nothing is called under it but scheduling an idle source.
 */
#include "set/pass.h"

#ifdef __linux__
#include <sys/resource.h>
#endif

#define BACKGROUND_NICENESS 10

struct MsPass {
  gatomicrefcount ref_count;
  MsSet *set;
  GArray *tasks;
  gboolean keep_joints;
  GCancellable *cancellable;
  guint next_task; /* atomic */

  GMainContext *context; /* NULL: results are waited for */
  GWeakRef owner;
  MsPassDeliver deliver;

  GMutex lock;
  GCond changed;
  GArray *results;    /* locked */
  guint n_workers;    /* locked: that have not ended */
  gboolean scheduled; /* locked: a delivery is pending */
};

static void
clear_result(MsPassResult *result)
{
  ms_result_unref(result->result);
}

static GArray *
results_new(void)
{
  GArray *results = g_array_new(FALSE, FALSE, sizeof(MsPassResult));

  g_array_set_clear_func(results, (GDestroyNotify)clear_result);
  return results;
}

MsPass *
ms_pass_new(MsSet *set, GArray *tasks, gboolean keep_joints, GCancellable *cancellable)
{
  MsPass *pass = g_new0(MsPass, 1);

  g_atomic_ref_count_init(&pass->ref_count);
  pass->set = g_object_ref(set);
  pass->tasks = tasks;
  pass->keep_joints = keep_joints;
  pass->cancellable = cancellable ? g_object_ref(cancellable) : g_cancellable_new();
  pass->results = results_new();
  g_weak_ref_init(&pass->owner, NULL);
  g_mutex_init(&pass->lock);
  g_cond_init(&pass->changed);
  return pass;
}

MsPass *
ms_pass_ref(MsPass *pass)
{
  g_atomic_ref_count_inc(&pass->ref_count);
  return pass;
}

void
ms_pass_unref(MsPass *pass)
{
  if (!pass || !g_atomic_ref_count_dec(&pass->ref_count))
    return;
  g_object_unref(pass->set);
  g_array_unref(pass->tasks);
  g_object_unref(pass->cancellable);
  g_array_unref(pass->results);
  g_clear_pointer(&pass->context, g_main_context_unref);
  g_weak_ref_clear(&pass->owner);
  g_mutex_clear(&pass->lock);
  g_cond_clear(&pass->changed);
  g_free(pass);
}

guint
ms_pass_n_tasks(MsPass *pass)
{
  return pass->tasks->len;
}

void
ms_pass_cancel(MsPass *pass)
{
  g_cancellable_cancel(pass->cancellable);
}

void
ms_pass_deliver_to(MsPass *pass, GMainContext *context, GObject *owner, MsPassDeliver deliver)
{
  pass->context = g_main_context_ref(context);
  pass->deliver = deliver;
  g_weak_ref_set(&pass->owner, owner);
}

/* With the lock held. */
static GArray *
take_results(MsPass *pass)
{
  GArray *results = pass->results;

  pass->results = results_new();
  return results;
}

static gboolean
deliver(gpointer user)
{
  MsPass *pass = user;
  g_autoptr(GObject) owner = g_weak_ref_get(&pass->owner);
  g_autoptr(GArray) results = NULL;

  g_mutex_lock(&pass->lock);
  results = take_results(pass);
  pass->scheduled = FALSE;
  g_mutex_unlock(&pass->lock);
  if (owner)
    pass->deliver(owner, pass, results);
  return G_SOURCE_REMOVE;
}

/* With the lock held. */
static void
schedule_delivery(MsPass *pass)
{
  g_autoptr(GSource) source = NULL;

  if (pass->scheduled)
    return;
  pass->scheduled = TRUE;
  source = g_idle_source_new();
  g_source_set_static_name(source, "[maskscope] scores");
  g_source_set_callback(source, deliver, ms_pass_ref(pass), (GDestroyNotify)ms_pass_unref);
  g_source_attach(source, pass->context);
}

static void
add_result(MsPass *pass, MsPassTask task, MsResult *result)
{
  MsPassResult entry = {task, result};

  g_mutex_lock(&pass->lock);
  g_array_append_val(pass->results, entry);
  if (pass->context)
    schedule_delivery(pass);
  g_cond_signal(&pass->changed);
  g_mutex_unlock(&pass->lock);
}

static void
work(MsPass *pass)
{
  for (;;) {
    guint index = g_atomic_int_add(&pass->next_task, 1);
    MsPassTask task;
    MsResult *result;

    if (index >= pass->tasks->len)
      return;
    task = g_array_index(pass->tasks, MsPassTask, index);
    result = ms_pair_score(pass->set, task.example, task.model, NULL, pass->cancellable, NULL);
    if (!result)
      return;
    if (!pass->keep_joints)
      ms_result_drop_joint(result);
    add_result(pass, task, result);
  }
}

static void
run_worker(gpointer data, gpointer background)
{
  g_autoptr(MsPass) pass = data;

#ifdef __linux__
  if (background)
    setpriority(PRIO_PROCESS, 0, BACKGROUND_NICENESS); /* on Linux: of this thread alone */
#endif
  work(pass);
  g_mutex_lock(&pass->lock);
  pass->n_workers--;
  g_cond_signal(&pass->changed);
  g_mutex_unlock(&pass->lock);
}

GThreadPool *
ms_pass_pool_new(guint n_threads, gboolean background)
{
  return g_thread_pool_new(run_worker, GINT_TO_POINTER(background), n_threads, background, NULL);
}

void
ms_pass_push(MsPass *pass, GThreadPool *pool, guint n_workers)
{
  n_workers = MIN(n_workers, pass->tasks->len);
  g_mutex_lock(&pass->lock);
  pass->n_workers += n_workers;
  g_mutex_unlock(&pass->lock);
  for (guint i = 0; i < n_workers; i++)
    g_thread_pool_push(pool, ms_pass_ref(pass), NULL);
}

GArray *
ms_pass_wait(MsPass *pass)
{
  GArray *results = NULL;

  g_mutex_lock(&pass->lock);
  while (pass->results->len == 0 && pass->n_workers > 0)
    g_cond_wait(&pass->changed, &pass->lock);
  if (pass->results->len > 0)
    results = take_results(pass);
  g_mutex_unlock(&pass->lock);
  return results;
}
