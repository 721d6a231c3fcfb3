/* SPDX-License-Identifier: MIT
 *
 * A piece of work in parts, on several threads.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef void (*MsSpreadPart)(guint part, gpointer user);

/* Calls part() with 0 to n_parts - 1, begun in this order, on up to n_threads threads of which this
 * one is one; returns when all have ended. */
void ms_spread(guint n_parts, guint n_threads, MsSpreadPart part, gpointer user);

G_END_DECLS
