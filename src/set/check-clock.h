/* SPDX-License-Identifier: MIT
 *
 * The time that a part of a check may take. It stands still while a gate is closed: whoever waits
 * there has used none of it. Kept in seconds, so that it may be without end.
 */
#pragma once

#include "set/gate.h"

G_BEGIN_DECLS

typedef struct {
  double seconds; /* HUGE_VAL: as long as it takes */
  gint64 start;
  MsGate *gate;  /* lent; NULL: there is none */
  gint64 closed; /* for how long that was before */
} MsCheckClock;

MsCheckClock ms_check_clock_start(double seconds, MsGate *gate);
/* In seconds. */
double ms_check_clock_elapsed(const MsCheckClock *clock);
/* Whether so large a share of the time is over. */
gboolean ms_check_clock_is_over(const MsCheckClock *clock, double share);
/* Waits until the gate is open, as ms_gate_wait() does. */
void ms_check_clock_wait(const MsCheckClock *clock, GCancellable *cancellable);

G_END_DECLS
