/* SPDX-License-Identifier: MIT
 *
 * Workers take numbers off a shared counter until none is left or the pass is cancelled. What a
 * worker has scored it keeps to itself for some milliseconds, so that locks are taken, and threads
 * woken, hundreds of times a second however many examples that is. Who waits for results takes what
 * workers have kept for long, as they may be at something large.
 */
#include "set/pass.h"

#include "set/background.h"

/* A worker hands on what it has after this time, or when it is so much. */
#define BATCH_TIME    (8 * G_TIME_SPAN_MILLISECOND)
#define BATCH_RESULTS 512

/* After this time it is taken from a worker. */
#define COLLECT_MS 100

typedef struct {
  MsPass *pass;
  MsScratch *scratch;
  MsLiveScratch live;
  gint64 handed_on;
  guint n_kept;  /* since then; fewer where some were collected */
  GMutex lock;   /* taken with the pass's lock held, or alone */
  GArray *batch; /* locked: MsCounted */
} Worker;

struct MsPass {
  gatomicrefcount ref_count;
  MsPassPlan plan;
  MsScorer *scorer;
  MsCounter *counter;
  MsGate *gate; /* NULL: none */
  MsResults **done;
  guint n_models;
  guint n_examples;
  GCancellable *cancellable;
  gsize next; /* atomic: example and model in one number */

  GMainContext *context; /* NULL: results are waited for */
  GWeakRef owner;
  MsPassDeliver deliver;
  GArray *delivering; /* only of the delivery */
  guint n_delivered;

  GMutex lock;
  GCond changed;
  GArray *results;    /* locked: MsCounted */
  guint n_workers;    /* locked: that have not ended */
  GPtrArray *workers; /* locked: Worker, those of them that have begun */
  gboolean scheduled; /* locked: a delivery is pending */
};

static GArray *
results_new(void)
{
  return g_array_new(FALSE, FALSE, sizeof(MsCounted));
}

MsPass *
ms_pass_new(const MsPassPlan *plan, MsScorer *scorer, MsCounter *counter, MsResults *const *done,
            MsGate *gate, GCancellable *cancellable)
{
  MsSet *set = ms_counter_get_set(counter);
  MsPass *pass = g_new0(MsPass, 1);

  g_atomic_ref_count_init(&pass->ref_count);
  pass->plan = *plan;
  pass->scorer = ms_scorer_ref(scorer);
  pass->counter = ms_counter_ref(counter);
  pass->gate = gate ? ms_gate_ref(gate) : NULL;
  pass->n_models = ms_set_get_n_models(set);
  pass->n_examples = ms_set_get_n_examples(set);
  pass->done = g_new(MsResults *, pass->n_models);
  for (guint i = 0; i < pass->n_models; i++)
    pass->done[i] = ms_results_ref(done[i]);
  pass->cancellable = cancellable ? g_object_ref(cancellable) : g_cancellable_new();
  pass->results = results_new();
  pass->delivering = results_new();
  pass->workers = g_ptr_array_new();
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
  for (guint i = 0; i < pass->n_models; i++)
    ms_results_unref(pass->done[i]);
  g_free(pass->done);
  ms_scorer_unref(pass->scorer);
  ms_counter_unref(pass->counter);
  ms_gate_unref(pass->gate);
  g_object_unref(pass->cancellable);
  g_array_unref(pass->results);
  g_array_unref(pass->delivering);
  g_ptr_array_unref(pass->workers);
  g_clear_pointer(&pass->context, g_main_context_unref);
  g_weak_ref_clear(&pass->owner);
  g_mutex_clear(&pass->lock);
  g_cond_clear(&pass->changed);
  g_free(pass);
}

void
ms_pass_cancel(MsPass *pass)
{
  g_cancellable_cancel(pass->cancellable);
  if (pass->gate)
    ms_gate_wake(pass->gate);
}

/* With the lock held. */
static void
take_batch(MsPass *pass, Worker *worker)
{
  g_mutex_lock(&worker->lock);
  g_array_append_vals(pass->results, worker->batch->data, worker->batch->len);
  g_array_set_size(worker->batch, 0);
  g_mutex_unlock(&worker->lock);
}

/* With the lock held. */
static void
collect(MsPass *pass)
{
  for (guint i = 0; i < pass->workers->len; i++)
    take_batch(pass, g_ptr_array_index(pass->workers, i));
}

/* --- to the owner's thread -------------------------------------------------------------------- */

void
ms_pass_deliver_to(MsPass *pass, GMainContext *context, GObject *owner, MsPassDeliver deliver)
{
  pass->context = g_main_context_ref(context);
  pass->deliver = deliver;
  g_weak_ref_set(&pass->owner, owner);
}

/* FALSE: there are none, and no delivery is pending any more. */
static gboolean
take_delivery(MsPass *pass)
{
  if (pass->n_delivered < pass->delivering->len)
    return TRUE;
  pass->n_delivered = 0;
  g_array_set_size(pass->delivering, 0);
  g_mutex_lock(&pass->lock);
  if (pass->results->len > 0) {
    GArray *emptied = pass->delivering;

    pass->delivering = pass->results;
    pass->results = emptied;
  } else {
    pass->scheduled = FALSE;
  }
  g_mutex_unlock(&pass->lock);
  return pass->delivering->len > 0;
}

static gboolean
deliver(gpointer user)
{
  MsPass *pass = user;
  g_autoptr(GObject) owner = g_weak_ref_get(&pass->owner);
  const MsCounted *results;
  guint n;

  if (!owner || !take_delivery(pass))
    return G_SOURCE_REMOVE;
  results = &g_array_index(pass->delivering, MsCounted, pass->n_delivered);
  n = MIN(pass->delivering->len - pass->n_delivered, MS_PASS_AT_ONCE);
  pass->n_delivered += n;
  pass->deliver(owner, pass, results, n);
  return G_SOURCE_CONTINUE;
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

static gboolean
collect_and_deliver(gpointer user)
{
  MsPass *pass = user;
  g_autoptr(GObject) owner = g_weak_ref_get(&pass->owner);
  gboolean goes_on;

  g_mutex_lock(&pass->lock);
  collect(pass);
  if (pass->results->len > 0)
    schedule_delivery(pass);
  goes_on = pass->n_workers > 0;
  g_mutex_unlock(&pass->lock);
  return owner && goes_on ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
start_collecting(MsPass *pass)
{
  g_autoptr(GSource) source = g_timeout_source_new(COLLECT_MS);

  g_source_set_static_name(source, "[maskscope] scores kept by workers");
  g_source_set_callback(source, collect_and_deliver, ms_pass_ref(pass),
                        (GDestroyNotify)ms_pass_unref);
  g_source_attach(source, pass->context);
}

GArray *
ms_pass_wait(MsPass *pass)
{
  GArray *results = NULL;

  g_mutex_lock(&pass->lock);
  while (pass->results->len == 0 && pass->n_workers > 0)
    if (!g_cond_wait_until(&pass->changed, &pass->lock,
                           g_get_monotonic_time() + COLLECT_MS * G_TIME_SPAN_MILLISECOND))
      collect(pass);
  if (pass->results->len > 0) {
    results = pass->results;
    pass->results = results_new();
  }
  g_mutex_unlock(&pass->lock);
  return results;
}

/* --- workers ---------------------------------------------------------------------------------- */

static void
hand_on(Worker *worker, gint64 now)
{
  MsPass *pass = worker->pass;

  worker->handed_on = now;
  if (worker->n_kept == 0)
    return;
  worker->n_kept = 0;
  g_mutex_lock(&pass->lock);
  take_batch(pass, worker);
  if (pass->context)
    schedule_delivery(pass);
  else
    g_cond_signal(&pass->changed);
  g_mutex_unlock(&pass->lock);
}

static void
hand_on_if_due(Worker *worker)
{
  gint64 now = g_get_monotonic_time();

  if (now - worker->handed_on >= BATCH_TIME || worker->n_kept >= BATCH_RESULTS)
    hand_on(worker, now);
}

/* FALSE: nothing is left. */
static gboolean
next_pair(MsPass *pass, guint *example, guint *model)
{
  gsize number = (gsize)g_atomic_pointer_add(&pass->next, 1);
  const MsPassPlan *plan = &pass->plan;

  if (number / pass->n_models >= pass->n_examples)
    return FALSE;
  if (plan->order == MS_PASS_BY_EXAMPLE) {
    *example = (guint)(number / pass->n_models);
    *model = (guint)(number % pass->n_models);
  } else {
    *example = (guint)((number % pass->n_examples + plan->first_example) % pass->n_examples);
    *model = (guint)((number / pass->n_examples + plan->first_model) % pass->n_models);
  }
  return TRUE;
}

static gboolean
is_done(const MsPass *pass, guint example, guint model)
{
  const MsRecord *record = ms_results_get(pass->done[model], example);

  return record->status != MS_RESULT_WAITING || record->uncounted;
}

/* FALSE: cancelled. */
static gboolean
score(Worker *worker, guint example, guint model)
{
  MsPass *pass = worker->pass;
  g_autoptr(MsResult) result =
      ms_scorer_score(pass->scorer, example, model, worker->scratch, pass->cancellable, NULL);
  MsCounted counted;

  if (!result)
    return FALSE;
  if (pass->context && ms_result_is_unfinished(result))
    counted = (MsCounted){.example = example, .model = model, .is_young = TRUE};
  else
    ms_counter_count(pass->counter, example, model, result, result->packed, &worker->live,
                     &counted);
  worker->n_kept++;
  g_mutex_lock(&worker->lock);
  g_array_append_val(worker->batch, counted);
  g_mutex_unlock(&worker->lock);
  return TRUE;
}

/* FALSE: cancelled. */
static gboolean
pass_gate(Worker *worker)
{
  MsPass *pass = worker->pass;

  if (pass->gate && !ms_gate_is_open(pass->gate)) {
    hand_on(worker, g_get_monotonic_time());
    ms_gate_wait(pass->gate, pass->cancellable);
  }
  return !g_cancellable_is_cancelled(pass->cancellable);
}

static void
work(Worker *worker)
{
  guint example, model;

  while (next_pair(worker->pass, &example, &model)) {
    if (is_done(worker->pass, example, model))
      continue;
    if (!pass_gate(worker) || !score(worker, example, model))
      return;
    hand_on_if_due(worker);
  }
}

static void
begin_worker(Worker *worker, MsPass *pass)
{
  *worker = (Worker){.pass = pass, .scratch = ms_scratch_new(), .batch = results_new()};
  g_mutex_init(&worker->lock);
  g_mutex_lock(&pass->lock);
  g_ptr_array_add(pass->workers, worker);
  g_mutex_unlock(&pass->lock);
}

static void
end_worker(Worker *worker)
{
  MsPass *pass = worker->pass;

  hand_on(worker, 0);
  g_mutex_lock(&pass->lock);
  g_ptr_array_remove_fast(pass->workers, worker);
  pass->n_workers--;
  g_cond_signal(&pass->changed);
  g_mutex_unlock(&pass->lock);
  g_mutex_clear(&worker->lock);
  g_array_unref(worker->batch);
  ms_live_scratch_clear(&worker->live);
  ms_scratch_free(worker->scratch);
}

static void
run_worker(gpointer data, gpointer background)
{
  g_autoptr(MsPass) pass = data;
  Worker worker;

  if (background)
    ms_background_enter();
  begin_worker(&worker, pass);
  work(&worker);
  end_worker(&worker);
}

GThreadPool *
ms_pass_pool_new(guint n_threads, gboolean background)
{
  return g_thread_pool_new(run_worker, GINT_TO_POINTER(background), (int)n_threads, background,
                           NULL);
}

void
ms_pass_push(MsPass *pass, GThreadPool *pool, guint n_workers)
{
  g_mutex_lock(&pass->lock);
  pass->n_workers += n_workers;
  g_mutex_unlock(&pass->lock);
  if (pass->context)
    start_collecting(pass);
  for (guint i = 0; i < n_workers; i++)
    g_thread_pool_push(pool, ms_pass_ref(pass), NULL);
}
