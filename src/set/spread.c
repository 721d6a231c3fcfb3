/* SPDX-License-Identifier: MIT
 *
 * Threads take parts off a shared counter. One that cannot be started is done without.
 */
#include "set/spread.h"

typedef struct {
  MsSpreadPart part;
  gpointer user;
  guint n_parts;
  guint next; /* atomic */
} Work;

static gpointer
work(gpointer data)
{
  Work *shared = data;

  for (;;) {
    guint part = g_atomic_int_add(&shared->next, 1);

    if (part >= shared->n_parts)
      return NULL;
    shared->part(part, shared->user);
  }
}

void
ms_spread(guint n_parts, guint n_threads, MsSpreadPart part, gpointer user)
{
  Work shared = {.part = part, .user = user, .n_parts = n_parts};
  g_autoptr(GPtrArray) threads = g_ptr_array_new();

  for (guint i = 1; i < MIN(n_threads, n_parts); i++) {
    GThread *thread = g_thread_try_new("maskscope-part", work, &shared, NULL);

    if (thread)
      g_ptr_array_add(threads, thread);
  }
  work(&shared);
  for (guint i = 0; i < threads->len; i++)
    g_thread_join(g_ptr_array_index(threads, i));
}
