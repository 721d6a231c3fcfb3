/* SPDX-License-Identifier: MIT */
#include "set/gate.h"

struct MsGate {
  gatomicrefcount ref_count;
  guint n_closing; /* atomic, changed with the lock: holds, and one if paused */

  GMutex lock;
  GCond changed;
  gboolean paused; /* locked, as what follows */
  gint64 closed_since;
  gint64 closed_time; /* of all that are over */
};

MsGate *
ms_gate_new(void)
{
  MsGate *gate = g_new0(MsGate, 1);

  g_atomic_ref_count_init(&gate->ref_count);
  g_mutex_init(&gate->lock);
  g_cond_init(&gate->changed);
  return gate;
}

MsGate *
ms_gate_ref(MsGate *gate)
{
  g_atomic_ref_count_inc(&gate->ref_count);
  return gate;
}

void
ms_gate_unref(MsGate *gate)
{
  if (!gate || !g_atomic_ref_count_dec(&gate->ref_count))
    return;
  g_mutex_clear(&gate->lock);
  g_cond_clear(&gate->changed);
  g_free(gate);
}

/* With the lock held. */
static void
close_by(MsGate *gate, int n)
{
  int before = g_atomic_int_add(&gate->n_closing, n);

  if (before == 0)
    gate->closed_since = g_get_monotonic_time();
  else if (before + n == 0)
    gate->closed_time += g_get_monotonic_time() - gate->closed_since;
  if (n < 0)
    g_cond_broadcast(&gate->changed);
}

void
ms_gate_set_paused(MsGate *gate, gboolean paused)
{
  g_mutex_lock(&gate->lock);
  if (!gate->paused != !paused) {
    gate->paused = paused;
    close_by(gate, paused ? 1 : -1);
  }
  g_mutex_unlock(&gate->lock);
}

gboolean
ms_gate_is_paused(MsGate *gate)
{
  gboolean paused;

  g_mutex_lock(&gate->lock);
  paused = gate->paused;
  g_mutex_unlock(&gate->lock);
  return paused;
}

void
ms_gate_hold(MsGate *gate)
{
  g_mutex_lock(&gate->lock);
  close_by(gate, 1);
  g_mutex_unlock(&gate->lock);
}

void
ms_gate_release(MsGate *gate)
{
  g_mutex_lock(&gate->lock);
  close_by(gate, -1);
  g_mutex_unlock(&gate->lock);
}

gboolean
ms_gate_is_open(MsGate *gate)
{
  return g_atomic_int_get(&gate->n_closing) == 0;
}

gint64
ms_gate_get_closed_time(MsGate *gate)
{
  gint64 time;

  g_mutex_lock(&gate->lock);
  time = gate->closed_time;
  if (!ms_gate_is_open(gate))
    time += g_get_monotonic_time() - gate->closed_since;
  g_mutex_unlock(&gate->lock);
  return time;
}

void
ms_gate_wait(MsGate *gate, GCancellable *cancellable)
{
  if (ms_gate_is_open(gate))
    return;
  g_mutex_lock(&gate->lock);
  while (!ms_gate_is_open(gate) && !g_cancellable_is_cancelled(cancellable))
    g_cond_wait(&gate->changed, &gate->lock);
  g_mutex_unlock(&gate->lock);
}

void
ms_gate_wake(MsGate *gate)
{
  g_mutex_lock(&gate->lock);
  g_cond_broadcast(&gate->changed);
  g_mutex_unlock(&gate->lock);
}
