/* SPDX-License-Identifier: MIT
 *
 * Ctrl+C and SIGTERM as a GCancellable: the first asks for a clean end, a second one ends the
 * program at once. A closed pipe is an error of writing, not a signal.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* To be called once, before any thread is started. The caller's. */
GCancellable *ms_interrupt_new(void);

G_END_DECLS
