/* SPDX-License-Identifier: MIT */
#include "app/thumbnails.h"

#include "app/texture.h"
#include "report/thumbnail.h"

#define MAX_KEPT 1000 /* pictures; 10 MB, or 40 on a screen of double density */

typedef struct {
  GList link; /* in `kept`; its data is the example */
  GdkTexture *texture;
} Picture;

struct _MsThumbnails {
  GObject parent_instance;

  MsOverlayStyle style;
  MsGround ground;
  guint model;
  int device_scale;
  gboolean loading; /* a picture is being made, of this look or of the one before */

  /* Owned */
  MsEvaluation *evaluation;
  GCancellable *cancellable; /* replaced when the look changes */
  GHashTable *pictures;      /* example -> Picture */
  GQueue kept;               /* those pictures, the ones wanted or made last first */
  GArray *wanted;            /* guint, the most urgent first; at most MAX_KEPT */
};

G_DEFINE_FINAL_TYPE(MsThumbnails, ms_thumbnails, G_TYPE_OBJECT)

enum { READY, N_SIGNALS };

static guint signals[N_SIGNALS];

typedef struct {
  MsSet *set;
  MsRuleset *rules;
  MsOverlayStyle style;
  MsGround ground;
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
  g_task_return_pointer(
      task, ms_thumbnail_new(frame, job->rules, &job->style, job->ground, job->width, job->height),
      (GDestroyNotify)cairo_surface_destroy);
}

static void
picture_free(gpointer data)
{
  Picture *picture = data;

  g_clear_object(&picture->texture);
  g_free(picture);
}

/* Takes the texture; NULL: there is nothing to show. */
static void
keep(MsThumbnails *self, guint example, GdkTexture *texture)
{
  Picture *picture = g_new0(Picture, 1);

  picture->texture = texture;
  picture->link.data = GUINT_TO_POINTER(example);
  g_queue_push_head_link(&self->kept, &picture->link);
  g_hash_table_insert(self->pictures, GUINT_TO_POINTER(example), picture);
  if (self->kept.length > MAX_KEPT)
    g_hash_table_remove(self->pictures, g_queue_pop_tail_link(&self->kept)->data);
}

static void start_next(MsThumbnails *self);

static void
thumbnail_done(GObject *source, GAsyncResult *result, gpointer user)
{
  MsThumbnails *self = MS_THUMBNAILS(source);
  ThumbnailJob *job = g_task_get_task_data(G_TASK(result));
  g_autoptr(GError) error = NULL;
  cairo_surface_t *surface = g_task_propagate_pointer(G_TASK(result), &error);

  self->loading = FALSE;
  if (!self->evaluation) {
    g_clear_pointer(&surface, cairo_surface_destroy);
    return;
  }
  if (!error) {
    keep(self, job->example, surface ? ms_texture_new(surface) : NULL);
    if (job->result)
      ms_evaluation_put_soon(self->evaluation, job->example, job->model, job->result);
    g_signal_emit(self, signals[READY], 0, job->example);
  }
  start_next(self);
}

/* G_MAXUINT: every picture is there. */
static guint
first_missing(MsThumbnails *self)
{
  for (guint i = 0; i < self->wanted->len; i++) {
    guint example = g_array_index(self->wanted, guint, i);

    if (!g_hash_table_contains(self->pictures, GUINT_TO_POINTER(example)))
      return example;
  }
  return G_MAXUINT;
}

static ThumbnailJob *
thumbnail_job_new(MsThumbnails *self, guint example)
{
  ThumbnailJob *job = g_new0(ThumbnailJob, 1);

  job->example = example;
  job->model = self->model;
  job->set = g_object_ref(ms_evaluation_get_set(self->evaluation));
  job->rules = ms_ruleset_ref(ms_evaluation_get_rules(self->evaluation, self->model));
  job->style = self->style;
  job->ground = self->ground;
  job->width = MS_THUMBNAIL_WIDTH * self->device_scale;
  job->height = MS_THUMBNAIL_HEIGHT * self->device_scale;
  return job;
}

static void
start_next(MsThumbnails *self)
{
  guint example = self->loading ? G_MAXUINT : first_missing(self);
  g_autoptr(GTask) task = NULL;

  if (example == G_MAXUINT)
    return;
  task = g_task_new(self, self->cancellable, thumbnail_done, NULL);
  self->loading = TRUE;
  g_task_set_source_tag(task, start_next);
  g_task_set_task_data(task, thumbnail_job_new(self, example), thumbnail_job_free);
  g_task_set_priority(task, G_PRIORITY_LOW);
  g_task_run_in_thread(task, thumbnail_thread);
}

GdkTexture *
ms_thumbnails_get(MsThumbnails *self, guint example)
{
  Picture *picture = g_hash_table_lookup(self->pictures, GUINT_TO_POINTER(example));

  return picture ? picture->texture : NULL;
}

/* What is wanted stays, however long ago it was made. */
static void
touch(MsThumbnails *self, guint example)
{
  Picture *picture = g_hash_table_lookup(self->pictures, GUINT_TO_POINTER(example));

  if (!picture)
    return;
  g_queue_unlink(&self->kept, &picture->link);
  g_queue_push_head_link(&self->kept, &picture->link);
}

void
ms_thumbnails_want(MsThumbnails *self, const guint *examples, guint n)
{
  n = MIN(n, MAX_KEPT);
  g_array_set_size(self->wanted, 0);
  g_array_append_vals(self->wanted, examples, n);
  for (guint i = 0; i < n; i++)
    touch(self, examples[i]);
  start_next(self);
}

static void
forget_pictures(MsThumbnails *self)
{
  g_hash_table_remove_all(self->pictures);
  g_queue_init(&self->kept);
}

void
ms_thumbnails_set_look(MsThumbnails *self, guint model, const MsOverlayStyle *style,
                       MsGround ground)
{
  self->model = model;
  self->style = *style;
  self->ground = ground;
  g_cancellable_cancel(self->cancellable);
  g_object_unref(self->cancellable);
  self->cancellable = g_cancellable_new();
  forget_pictures(self);
  start_next(self);
}

static void
ms_thumbnails_dispose(GObject *object)
{
  MsThumbnails *self = MS_THUMBNAILS(object);

  g_cancellable_cancel(self->cancellable);
  g_array_set_size(self->wanted, 0);
  g_clear_object(&self->evaluation);
  G_OBJECT_CLASS(ms_thumbnails_parent_class)->dispose(object);
}

static void
ms_thumbnails_finalize(GObject *object)
{
  MsThumbnails *self = MS_THUMBNAILS(object);

  g_object_unref(self->cancellable);
  g_hash_table_unref(self->pictures);
  g_array_unref(self->wanted);
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
  self->cancellable = g_cancellable_new();
  self->pictures = g_hash_table_new_full(NULL, NULL, NULL, picture_free);
  self->wanted = g_array_new(FALSE, FALSE, sizeof(guint));
}

MsThumbnails *
ms_thumbnails_new(MsEvaluation *evaluation, int device_scale)
{
  MsThumbnails *self = g_object_new(MS_TYPE_THUMBNAILS, NULL);

  self->evaluation = g_object_ref(evaluation);
  self->device_scale = MAX(1, device_scale);
  return self;
}
