/* SPDX-License-Identifier: MIT */
#include "app/job.h"

#define OWNER "ms-job-owner"

typedef struct {
  GObject *owner;
  GAsyncReadyCallback done;
} Call;

static void
call_done(GObject *source, GAsyncResult *result, gpointer user)
{
  Call *call = user;

  call->done(call->owner, result, NULL);
  g_object_set_data(G_OBJECT(result), OWNER, NULL);
  g_object_unref(call->owner);
  g_free(call);
}

GTask *
ms_job_new(gpointer owner, GCancellable *cancellable, GAsyncReadyCallback done)
{
  Call *call = g_new(Call, 1);
  GTask *task = g_task_new(NULL, cancellable, call_done, call);

  call->owner = g_object_ref(owner);
  call->done = done;
  g_object_set_data(G_OBJECT(task), OWNER, owner);
  return task;
}

gpointer
ms_job_get_owner(GTask *task)
{
  return g_object_get_data(G_OBJECT(task), OWNER);
}
