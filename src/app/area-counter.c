/* SPDX-License-Identifier: MIT */
#include "app/area-counter.h"

#include "app/job.h"

struct _MsAreaCounter {
  GObject parent_instance;

  /* Owned */
  GCancellable *cancellable; /* of the count that is under way; NULL: none is */
};

G_DEFINE_FINAL_TYPE(MsAreaCounter, ms_area_counter, G_TYPE_OBJECT)

enum { READY, N_SIGNALS };

static guint signals[N_SIGNALS];

typedef struct {
  MsDisplay *display;
  MsArea area;
} Count;

static void
count_free(gpointer data)
{
  Count *count = data;

  ms_display_unref(count->display);
  g_free(count);
}

static void
count_thread(GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Count *count = data;
  const MsDisplay *display = count->display;
  MsAreaCounts counts;
  GError *error = NULL;

  if (ms_area_count(display->frame, display->rules, display->focus, &count->area, cancellable,
                    &counts, &error))
    g_task_return_pointer(task, g_memdup2(&counts, sizeof counts), g_free);
  else
    g_task_return_error(task, error);
}

static void
count_done(GObject *source, GAsyncResult *result, gpointer user)
{
  MsAreaCounter *self = MS_AREA_COUNTER(source);
  const Count *count = g_task_get_task_data(G_TASK(result));
  g_autoptr(GError) error = NULL;
  g_autofree MsAreaCounts *counts = g_task_propagate_pointer(G_TASK(result), &error);

  if (g_task_get_cancellable(G_TASK(result)) != self->cancellable ||
      g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object(&self->cancellable);
  g_signal_emit(self, signals[READY], 0, count->display, counts, error ? error->message : NULL);
}

void
ms_area_counter_cancel(MsAreaCounter *self)
{
  if (self->cancellable)
    g_cancellable_cancel(self->cancellable);
  g_clear_object(&self->cancellable);
}

void
ms_area_counter_want(MsAreaCounter *self, MsDisplay *display, const MsArea *area)
{
  Count *count = g_new0(Count, 1);
  g_autoptr(GTask) task = NULL;

  ms_area_counter_cancel(self);
  self->cancellable = g_cancellable_new();
  count->display = ms_display_ref(display);
  count->area = *area;
  task = ms_job_new(self, self->cancellable, count_done);
  g_task_set_source_tag(task, ms_area_counter_want);
  g_task_set_task_data(task, count, count_free);
  g_task_run_in_thread(task, count_thread);
}

gboolean
ms_area_counter_is_busy(MsAreaCounter *self)
{
  return self->cancellable != NULL;
}

static void
ms_area_counter_dispose(GObject *object)
{
  ms_area_counter_cancel(MS_AREA_COUNTER(object));
  G_OBJECT_CLASS(ms_area_counter_parent_class)->dispose(object);
}

static void
ms_area_counter_class_init(MsAreaCounterClass *class)
{
  G_OBJECT_CLASS(class)->dispose = ms_area_counter_dispose;
  signals[READY] =
      g_signal_new("ready", MS_TYPE_AREA_COUNTER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                   G_TYPE_NONE, 3, G_TYPE_POINTER, G_TYPE_POINTER, G_TYPE_STRING);
}

static void
ms_area_counter_init(MsAreaCounter *self)
{
}

MsAreaCounter *
ms_area_counter_new(void)
{
  return g_object_new(MS_TYPE_AREA_COUNTER, NULL);
}
