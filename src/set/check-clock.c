/* SPDX-License-Identifier: MIT */
#include "set/check-clock.h"

static gint64
closed_time(MsGate *gate)
{
  return gate ? ms_gate_get_closed_time(gate) : 0;
}

MsCheckClock
ms_check_clock_start(double seconds, MsGate *gate)
{
  return (MsCheckClock){.seconds = seconds,
                        .start = g_get_monotonic_time(),
                        .gate = gate,
                        .closed = closed_time(gate)};
}

double
ms_check_clock_elapsed(const MsCheckClock *clock)
{
  gint64 closed = closed_time(clock->gate) - clock->closed;

  return (double)(g_get_monotonic_time() - clock->start - closed) / G_USEC_PER_SEC;
}

gboolean
ms_check_clock_is_over(const MsCheckClock *clock, double share)
{
  return ms_check_clock_elapsed(clock) > share * clock->seconds;
}

void
ms_check_clock_wait(const MsCheckClock *clock, GCancellable *cancellable)
{
  if (clock->gate)
    ms_gate_wait(clock->gate, cancellable);
}
