/* SPDX-License-Identifier: MIT */
#include "app/thumbnails.h"

#include "app/texture.h"
#include "report/thumbnail.h"

#define MAX_PENDING 48   /* requests that wait; more than any window shows rows */
#define MAX_KEPT    1000 /* pictures; 10 MB, or 40 on a screen of double density */

struct _MsThumbnails {
  GObject parent_instance;

  MsOverlayStyle style;
  guint model;
  int device_scale;
  gboolean loading_is_current; /* its look has not changed since */
  guint loading;               /* the example that is being made; G_MAXUINT: none */

  /* Owned */
  MsEvaluation *evaluation;
  GCancellable *cancellable; /* replaced when the look changes */
  GHashTable *textures;      /* example -> GdkTexture, or NULL where there is nothing to show */
  GQueue pending;            /* example numbers, newest first */
  GQueue kept;               /* example numbers, newest first */
};

G_DEFINE_FINAL_TYPE(MsThumbnails, ms_thumbnails, G_TYPE_OBJECT)

enum { READY, N_SIGNALS };

static guint signals[N_SIGNALS];

typedef struct {
  MsSet *set;
  MsRuleset *rules;
  MsOverlayStyle style;
  guint example;
  guint model;
  int width, height;
  MsResult *result; /* out: what reading the pair gave */
} ThumbnailJob;

static void
thumbnail_job_free(gpointer data)
{
  ThumbnailJob *job = data;

  g_object_unref(job->set);
  ms_ruleset_unref(job->rules);
  g_clear_pointer(&job->result, ms_result_unref);
  g_free(job);
}

static void
thumbnail_thread(GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  ThumbnailJob *job = data;
  GError *error = NULL;
  g_autoptr(MsFrame) frame = ms_frame_load(job->set, job->example, job->model, cancellable, &error);

  if (!frame) {
    g_task_return_error(task, error);
    return;
  }
  job->result = ms_result_ref(frame->result);
  g_task_return_pointer(task,
                        ms_thumbnail_new(frame, job->rules, &job->style, job->width, job->height),
                        (GDestroyNotify)cairo_surface_destroy);
}

static void
keep(MsThumbnails *self, guint example, GdkTexture *texture)
{
  if (!g_hash_table_replace(self->textures, GUINT_TO_POINTER(example), texture))
    g_queue_remove(&self->kept, GUINT_TO_POINTER(example));
  g_queue_push_head(&self->kept, GUINT_TO_POINTER(example));
  if (self->kept.length > MAX_KEPT)
    g_hash_table_remove(self->textures, g_queue_pop_tail(&self->kept));
}

static void start_next(MsThumbnails *self);

static void
thumbnail_done(GObject *source, GAsyncResult *result, gpointer user)
{
  MsThumbnails *self = MS_THUMBNAILS(source);
  ThumbnailJob *job = g_task_get_task_data(G_TASK(result));
  g_autoptr(GError) error = NULL;
  cairo_surface_t *surface = g_task_propagate_pointer(G_TASK(result), &error);

  self->loading = G_MAXUINT;
  if (!self->evaluation) {
    g_clear_pointer(&surface, cairo_surface_destroy);
    return;
  }
  if (!error) {
    keep(self, job->example, surface ? ms_texture_new(surface) : NULL);
    if (job->result)
      ms_evaluation_put(self->evaluation, job->example, job->model, job->result);
    g_signal_emit(self, signals[READY], 0, job->example);
  }
  start_next(self);
}

static void
start_next(MsThumbnails *self)
{
  if (self->loading != G_MAXUINT || g_queue_is_empty(&self->pending))
    return;

  ThumbnailJob *job = g_new0(ThumbnailJob, 1);
  g_autoptr(GTask) task = g_task_new(self, self->cancellable, thumbnail_done, NULL);

  job->example = GPOINTER_TO_UINT(g_queue_pop_head(&self->pending));
  job->model = self->model;
  job->set = g_object_ref(ms_evaluation_get_set(self->evaluation));
  job->rules = ms_ruleset_ref(ms_evaluation_get_rules(self->evaluation, self->model));
  job->style = self->style;
  job->width = MS_THUMBNAIL_WIDTH * self->device_scale;
  job->height = MS_THUMBNAIL_HEIGHT * self->device_scale;
  self->loading = job->example;
  self->loading_is_current = TRUE;
  g_task_set_source_tag(task, start_next);
  g_task_set_task_data(task, job, thumbnail_job_free);
  g_task_set_priority(task, G_PRIORITY_LOW);
  g_task_run_in_thread(task, thumbnail_thread);
}

GdkTexture *
ms_thumbnails_get(MsThumbnails *self, guint example)
{
  gpointer key = GUINT_TO_POINTER(example);
  gpointer texture;

  if (g_hash_table_lookup_extended(self->textures, key, NULL, &texture))
    return texture;
  if (self->loading == example && self->loading_is_current)
    return NULL;
  g_queue_remove(&self->pending, key);
  g_queue_push_head(&self->pending, key);
  if (self->pending.length > MAX_PENDING)
    g_queue_pop_tail(&self->pending);
  start_next(self);
  return NULL;
}

void
ms_thumbnails_set_look(MsThumbnails *self, guint model, const MsOverlayStyle *style)
{
  self->model = model;
  self->style = *style;
  g_cancellable_cancel(self->cancellable);
  g_object_unref(self->cancellable);
  self->cancellable = g_cancellable_new();
  self->loading_is_current = FALSE;
  g_hash_table_remove_all(self->textures);
  g_queue_clear(&self->pending);
  g_queue_clear(&self->kept);
}

static void
texture_free(gpointer texture)
{
  if (texture)
    g_object_unref(texture);
}

static void
ms_thumbnails_dispose(GObject *object)
{
  MsThumbnails *self = MS_THUMBNAILS(object);

  g_cancellable_cancel(self->cancellable);
  g_queue_clear(&self->pending);
  g_clear_object(&self->evaluation);
  G_OBJECT_CLASS(ms_thumbnails_parent_class)->dispose(object);
}

static void
ms_thumbnails_finalize(GObject *object)
{
  MsThumbnails *self = MS_THUMBNAILS(object);

  g_object_unref(self->cancellable);
  g_hash_table_unref(self->textures);
  g_queue_clear(&self->kept);
  G_OBJECT_CLASS(ms_thumbnails_parent_class)->finalize(object);
}

static void
ms_thumbnails_class_init(MsThumbnailsClass *class)
{
  G_OBJECT_CLASS(class)->dispose = ms_thumbnails_dispose;
  G_OBJECT_CLASS(class)->finalize = ms_thumbnails_finalize;
  signals[READY] = g_signal_new("ready", MS_TYPE_THUMBNAILS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
ms_thumbnails_init(MsThumbnails *self)
{
  self->loading = G_MAXUINT;
  self->cancellable = g_cancellable_new();
  self->textures = g_hash_table_new_full(NULL, NULL, NULL, texture_free);
}

MsThumbnails *
ms_thumbnails_new(MsEvaluation *evaluation, int device_scale)
{
  MsThumbnails *self = g_object_new(MS_TYPE_THUMBNAILS, NULL);

  self->evaluation = g_object_ref(evaluation);
  self->device_scale = MAX(1, device_scale);
  return self;
}
