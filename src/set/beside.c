/* SPDX-License-Identifier: MIT */
#include "set/beside.h"

GThread *
ms_beside_start(const char *name, GThreadFunc work, gpointer data)
{
  GThread *thread = g_thread_try_new(name, work, data, NULL);

  if (!thread)
    work(data);
  return thread;
}

void
ms_beside_finish(GThread *thread)
{
  if (thread)
    g_thread_join(thread);
}
