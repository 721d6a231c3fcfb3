/* SPDX-License-Identifier: MIT
 *
 * What background workers pass through between two examples: closed while the user has paused them,
 * or while anybody holds them because something else is to go first. For any thread.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct MsGate MsGate;

MsGate *ms_gate_new(void);
MsGate *ms_gate_ref(MsGate *gate);
void ms_gate_unref(MsGate *gate); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsGate, ms_gate_unref)

void ms_gate_set_paused(MsGate *gate, gboolean paused);
gboolean ms_gate_is_paused(MsGate *gate);

/* Counted. */
void ms_gate_hold(MsGate *gate);
void ms_gate_release(MsGate *gate);

gboolean ms_gate_is_open(MsGate *gate);
/* For how many microseconds it was closed so far. */
gint64 ms_gate_get_closed_time(MsGate *gate);

/* Waits until it is open, or the cancellable was cancelled and ms_gate_wake() called since. */
void ms_gate_wait(MsGate *gate, GCancellable *cancellable);
void ms_gate_wake(MsGate *gate);

G_END_DECLS
