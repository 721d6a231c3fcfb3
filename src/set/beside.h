/* SPDX-License-Identifier: MIT
 *
 * Two pieces of work of about the same length, done at the same time for someone who waits for
 * both.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Starts work(data) on a thread of its own; where there can be none it is done before this returns,
 * and NULL. */
GThread *ms_beside_start(const char *name, GThreadFunc work, gpointer data);

/* Returns when it is done. NULL is fine. */
void ms_beside_finish(GThread *thread);

G_END_DECLS
