/* SPDX-License-Identifier: MIT
 *
 * Workers take numbers off a shared counter until none is left or the pass is cancelled. An example
 * takes milliseconds or is found in the store in microseconds, so results go into one array under
 * one lock, and change hands by the hundred.
 */
#include "set/diagnosing.h"

#include "set/background.h"

#define DELIVER_MS    50
#define MAX_DELIVERED 8192

struct MsDiagnosing {
  gatomicrefcount ref_count;
  MsDiagnoser *diagnoser;
  MsFindingsTable *done;
  MsResults *scores; /* NULL: not known */
  MsGate *gate;
  GCancellable *cancellable;
  guint first;
  gint next; /* atomic: examples handed out */

  GMainContext *context;
  GWeakRef owner;
  MsDiagnosingDeliver deliver;

  GMutex lock;
  GArray *items;      /* locked: MsFoundItem */
  gboolean scheduled; /* locked: a delivery is pending */
};

MsDiagnosing *
ms_diagnosing_new(MsDiagnoser *diagnoser, MsFindingsTable *done, MsResults *scores, guint first,
                  MsGate *gate)
{
  MsDiagnosing *diagnosing = g_new0(MsDiagnosing, 1);

  g_atomic_ref_count_init(&diagnosing->ref_count);
  diagnosing->diagnoser = ms_diagnoser_ref(diagnoser);
  diagnosing->done = ms_findings_table_ref(done);
  diagnosing->scores = scores;
  diagnosing->gate = ms_gate_ref(gate);
  diagnosing->cancellable = g_cancellable_new();
  diagnosing->first = first;
  diagnosing->items = g_array_new(FALSE, FALSE, sizeof(MsFoundItem));
  g_weak_ref_init(&diagnosing->owner, NULL);
  g_mutex_init(&diagnosing->lock);
  return diagnosing;
}

MsDiagnosing *
ms_diagnosing_ref(MsDiagnosing *diagnosing)
{
  g_atomic_ref_count_inc(&diagnosing->ref_count);
  return diagnosing;
}

void
ms_diagnosing_unref(MsDiagnosing *diagnosing)
{
  if (!diagnosing || !g_atomic_ref_count_dec(&diagnosing->ref_count))
    return;
  ms_diagnoser_unref(diagnosing->diagnoser);
  ms_findings_table_unref(diagnosing->done);
  g_clear_pointer(&diagnosing->scores, ms_results_drop);
  ms_gate_unref(diagnosing->gate);
  g_object_unref(diagnosing->cancellable);
  g_clear_pointer(&diagnosing->context, g_main_context_unref);
  g_weak_ref_clear(&diagnosing->owner);
  g_array_unref(diagnosing->items);
  g_mutex_clear(&diagnosing->lock);
  g_free(diagnosing);
}

MsDiagnoser *
ms_diagnosing_get_diagnoser(MsDiagnosing *diagnosing)
{
  return diagnosing->diagnoser;
}

void
ms_diagnosing_cancel(MsDiagnosing *diagnosing)
{
  g_cancellable_cancel(diagnosing->cancellable);
  ms_gate_wake(diagnosing->gate);
}

/* --- to the owner's thread -------------------------------------------------------------------- */

/* NULL: there are none, and no delivery is pending any more. */
static GArray *
take_items(MsDiagnosing *diagnosing)
{
  GArray *items = NULL;

  g_mutex_lock(&diagnosing->lock);
  if (diagnosing->items->len > 0) {
    guint n = MIN(diagnosing->items->len, MAX_DELIVERED);

    items = g_array_sized_new(FALSE, FALSE, sizeof(MsFoundItem), n);
    g_array_append_vals(items, diagnosing->items->data, n);
    g_array_remove_range(diagnosing->items, 0, n);
  } else {
    diagnosing->scheduled = FALSE;
  }
  g_mutex_unlock(&diagnosing->lock);
  return items;
}

static gboolean
deliver(gpointer user)
{
  MsDiagnosing *diagnosing = user;
  g_autoptr(GObject) owner = g_weak_ref_get(&diagnosing->owner);
  g_autoptr(GArray) items = owner ? take_items(diagnosing) : NULL;

  if (!items)
    return G_SOURCE_REMOVE;
  diagnosing->deliver(owner, diagnosing, (const MsFoundItem *)(gpointer)items->data, items->len);
  return G_SOURCE_CONTINUE;
}

/* With the lock held. */
static void
schedule_delivery(MsDiagnosing *diagnosing)
{
  g_autoptr(GSource) source = NULL;

  if (diagnosing->scheduled)
    return;
  diagnosing->scheduled = TRUE;
  source = g_timeout_source_new(DELIVER_MS);
  g_source_set_static_name(source, "[maskscope] findings");
  g_source_set_callback(source, deliver, ms_diagnosing_ref(diagnosing),
                        (GDestroyNotify)ms_diagnosing_unref);
  g_source_attach(source, diagnosing->context);
}

/* --- workers ---------------------------------------------------------------------------------- */

/* FALSE: nothing is left. */
static gboolean
next_example(MsDiagnosing *diagnosing, guint *example)
{
  guint n = ms_findings_table_n_examples(diagnosing->done);
  guint number = (guint)g_atomic_int_add(&diagnosing->next, 1);

  if (number >= n)
    return FALSE;
  *example = (guint)(((guint64)number + diagnosing->first) % n);
  return TRUE;
}

static gboolean
is_done(const MsDiagnosing *diagnosing, guint example)
{
  return ms_findings_table_get(diagnosing->done, example)->status != MS_FOUND_WAITING;
}

static gboolean
find(MsDiagnosing *diagnosing, guint example, MsScratch *scratch, MsFoundItem *item)
{
  const MsRecord *score = diagnosing->scores ? ms_results_get(diagnosing->scores, example) : NULL;

  if (!score || score->status != MS_RESULT_OK || score->wrong > 0)
    return ms_diagnoser_look(diagnosing->diagnoser, example, scratch, diagnosing->cancellable,
                             item);
  ms_diagnoser_take_exact(diagnosing->diagnoser, example, score, item);
  return TRUE;
}

/* FALSE: cancelled. */
static gboolean
look(MsDiagnosing *diagnosing, guint example, MsScratch *scratch)
{
  MsFoundItem item;

  ms_gate_wait(diagnosing->gate, diagnosing->cancellable);
  if (g_cancellable_is_cancelled(diagnosing->cancellable) ||
      !find(diagnosing, example, scratch, &item))
    return FALSE;
  g_mutex_lock(&diagnosing->lock);
  g_array_append_val(diagnosing->items, item);
  schedule_delivery(diagnosing);
  g_mutex_unlock(&diagnosing->lock);
  return TRUE;
}

static void
run_worker(gpointer data, gpointer user)
{
  g_autoptr(MsDiagnosing) diagnosing = data;
  MsScratch *scratch = ms_scratch_new();
  gboolean goes_on = TRUE;
  guint example;

  ms_background_enter();
  while (goes_on && next_example(diagnosing, &example))
    goes_on = is_done(diagnosing, example) || look(diagnosing, example, scratch);
  ms_scratch_free(scratch);
}

GThreadPool *
ms_diagnosing_pool_new(guint n_threads)
{
  return g_thread_pool_new(run_worker, NULL, (int)n_threads, TRUE, NULL);
}

void
ms_diagnosing_push(MsDiagnosing *diagnosing, GThreadPool *pool, guint n_workers,
                   GMainContext *context, GObject *owner, MsDiagnosingDeliver deliver_to)
{
  diagnosing->context = g_main_context_ref(context);
  diagnosing->deliver = deliver_to;
  g_weak_ref_set(&diagnosing->owner, owner);
  for (guint i = 0; i < n_workers; i++)
    g_thread_pool_push(pool, ms_diagnosing_ref(diagnosing), NULL);
}
