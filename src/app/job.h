/* SPDX-License-Identifier: MIT
 *
 * Work on another thread for something that lives on the main thread: a GTask
 * (g_task_run_in_thread() and so on) that never lets go of its owner elsewhere. A plain GTask holds
 * its source object until the worker has let go of the task, too, and a window that was closed
 * meanwhile would end there.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The owner is held until `done` has been called with it, on the main thread, with user data NULL.
 * Task data must hold nothing that belongs to the main thread alone. */
GTask *ms_job_new(gpointer owner, GCancellable *cancellable, GAsyncReadyCallback done);

/* Main thread; lent. NULL once `done` was called. */
gpointer ms_job_get_owner(GTask *task);

G_END_DECLS
