/* SPDX-License-Identifier: MIT
 *
 * Ctrl+C and SIGTERM as a GCancellable: the first asks for a clean end, a second one ends the
 * program at once. Whoever started the program sees that a signal ended it: a shell's loop stops.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* To be called once, before any thread is started. The caller's. */
GCancellable *ms_interrupt_new(void);

/* Dies of the signal that was caught, if there was one; to be called when all is cleaned up. */
void ms_interrupt_end(void);

G_END_DECLS
