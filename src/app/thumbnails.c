/* SPDX-License-Identifier: MIT */
#include "app/thumbnails.h"

#include "app/job.h"
#include "app/texture.h"
#include "app/thumbnail-job.h"
#include "report/thumbnail-key.h"

#define MAX_KEPT 1000 /* pictures; 10 MB, or 40 on a screen of double density */

/* Threads at once. More would leave none of those that tasks share to what matters more. */
#define MAX_JOBS 6

/* Memory of all jobs together. A picture that needs more than that alone is made from its display.
 */
#define MAX_BYTES (G_GUINT64_CONSTANT(512) << 20)

typedef struct {
  GList link; /* in `kept`; its data is the example */
  GdkTexture *texture;
  gboolean awaits_display; /* too large to be read for this */
  gboolean outdated;       /* of other rules or colours: shown until its successor is there */
} Picture;

struct _MsThumbnails {
  GObject parent_instance;

  MsThumbnailLook look;
  guint model;
  gboolean stretched;
  gboolean waiting;
  guint n_jobs;      /* that run, those cancelled among them */
  guint64 job_bytes; /* that they may take */

  /* Owned */
  MsEvaluation *evaluation;
  MsRuleset *rules;         /* of the pictures; NULL: no look was asked for yet */
  MsDisplayCache *displays; /* NULL: none */
  MsThumbnailCache *stored; /* NULL: nothing is kept on disk */
  GHashTable *jobs;         /* example -> GCancellable of the one under way */
  GHashTable *pictures;     /* example -> Picture */
  GHashTable *large;        /* example -> guint64 bytes, of those that need more than others */
  GQueue kept;              /* the pictures, the ones wanted or made last first */
  GArray *wanted;           /* guint, the most urgent first; at most MAX_KEPT */
};

G_DEFINE_FINAL_TYPE(MsThumbnails, ms_thumbnails, G_TYPE_OBJECT)

enum { READY, N_SIGNALS };

static guint signals[N_SIGNALS];

/* --- pictures --- */

static void
picture_free(gpointer data)
{
  Picture *picture = data;

  g_clear_object(&picture->texture);
  g_free(picture);
}

static Picture *
find_picture(MsThumbnails *self, guint example)
{
  return g_hash_table_lookup(self->pictures, GUINT_TO_POINTER(example));
}

static void
forget(MsThumbnails *self, guint example)
{
  Picture *picture = find_picture(self, example);

  if (!picture)
    return;
  g_queue_unlink(&self->kept, &picture->link);
  g_hash_table_remove(self->pictures, GUINT_TO_POINTER(example));
}

/* Takes the texture; NULL: there is nothing to show. */
static void
keep(MsThumbnails *self, guint example, GdkTexture *texture, gboolean awaits_display)
{
  Picture *picture = g_new0(Picture, 1);

  forget(self, example);
  picture->texture = texture;
  picture->awaits_display = awaits_display;
  picture->link.data = GUINT_TO_POINTER(example);
  g_queue_push_head_link(&self->kept, &picture->link);
  g_hash_table_insert(self->pictures, GUINT_TO_POINTER(example), picture);
  if (self->kept.length > MAX_KEPT)
    g_hash_table_remove(self->pictures, g_queue_pop_tail_link(&self->kept)->data);
}

/* --- jobs --- */

static void
job_thread(GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  cairo_surface_t *surface = ms_thumbnail_job_run(data, cancellable, &error);

  if (error)
    g_task_return_error(task, error);
  else
    g_task_return_pointer(task, surface, (GDestroyNotify)cairo_surface_destroy);
}

static void start_jobs(MsThumbnails *self);

/* What a large picture needs is known from now on. */
static void
note_large(MsThumbnails *self, const MsThumbnailJob *job)
{
  g_hash_table_insert(self->large, GUINT_TO_POINTER(job->example),
                      g_memdup2(&job->needed, sizeof job->needed));
  if (job->needed > MAX_BYTES)
    keep(self, job->example, NULL, TRUE);
}

static void
take_picture(MsThumbnails *self, const MsThumbnailJob *job, cairo_surface_t *surface)
{
  keep(self, job->example, surface ? ms_texture_new(surface) : NULL, FALSE);
  if (job->result)
    ms_evaluation_put_soon(self->evaluation, job->example, job->model, job->result);
  g_signal_emit(self, signals[READY], 0, job->example);
}

static void
job_done(GObject *source, GAsyncResult *result, gpointer user)
{
  MsThumbnails *self = MS_THUMBNAILS(source);
  MsThumbnailJob *job = g_task_get_task_data(G_TASK(result));
  gpointer key = GUINT_TO_POINTER(job->example);
  GCancellable *cancellable = g_task_get_cancellable(G_TASK(result));
  g_autoptr(GError) error = NULL;
  cairo_surface_t *surface = g_task_propagate_pointer(G_TASK(result), &error);

  self->n_jobs--;
  self->job_bytes -= job->allowed;
  if (g_hash_table_lookup(self->jobs, key) == cancellable)
    g_hash_table_remove(self->jobs, key);
  if (!self->evaluation)
    g_clear_pointer(&surface, cairo_surface_destroy);
  else if (!error)
    take_picture(self, job, surface);
  else if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_BUSY))
    note_large(self, job);
  if (self->evaluation)
    start_jobs(self);
}

static MsThumbnailJob *
job_new(MsThumbnails *self, guint example, MsDisplay *display, guint64 allowed)
{
  MsThumbnailJob *job = g_new0(MsThumbnailJob, 1);

  job->set = g_object_ref(ms_evaluation_get_set(self->evaluation));
  job->example = example;
  job->model = self->model;
  job->rules = ms_ruleset_ref(self->rules);
  job->look = self->look;
  job->stored = self->stored ? ms_thumbnail_cache_ref(self->stored) : NULL;
  job->display = display ? ms_display_ref(display) : NULL;
  job->stretched = self->stretched;
  job->allowed = allowed;
  return job;
}

static void
start_job(MsThumbnails *self, guint example, MsDisplay *display, guint64 allowed)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new();
  g_autoptr(GTask) task = ms_job_new(self, cancellable, job_done);

  self->n_jobs++;
  self->job_bytes += allowed;
  g_hash_table_insert(self->jobs, GUINT_TO_POINTER(example), g_object_ref(cancellable));
  g_task_set_source_tag(task, start_job);
  g_task_set_task_data(task, job_new(self, example, display, allowed), ms_thumbnail_job_free);
  g_task_set_priority(task, G_PRIORITY_LOW);
  g_task_run_in_thread(task, job_thread);
}

/* What a job of that example may take. One that is drawn from its display reads nothing. */
static guint64
allowance(MsThumbnails *self, guint example, MsDisplay *display)
{
  const guint64 *large = g_hash_table_lookup(self->large, GUINT_TO_POINTER(example));

  if (display)
    return 0;
  return large ? MIN(*large, MAX_BYTES) : MS_THUMBNAIL_JOB_BYTES;
}

static gboolean
is_missing(MsThumbnails *self, guint example)
{
  const Picture *picture = find_picture(self, example);

  return (!picture || picture->outdated) &&
         !g_hash_table_contains(self->jobs, GUINT_TO_POINTER(example));
}

/* A large picture waits for the others, and lets smaller ones go first. */
static void
start_jobs(MsThumbnails *self)
{
  guint max_jobs = CLAMP(g_get_num_processors() - 1, 1, MAX_JOBS);

  for (guint i = 0;
       self->rules && !self->waiting && i < self->wanted->len && self->n_jobs < max_jobs; i++) {
    guint example = g_array_index(self->wanted, guint, i);
    MsDisplay *display;
    guint64 allowed;

    if (!is_missing(self, example))
      continue;
    display = self->displays ? ms_display_cache_peek(self->displays, example, self->model) : NULL;
    allowed = allowance(self, example, display);
    if (self->job_bytes == 0 || self->job_bytes + allowed <= MAX_BYTES)
      start_job(self, example, display, allowed);
  }
}

static gboolean
is_wanted(MsThumbnails *self, guint example)
{
  for (guint i = 0; i < self->wanted->len; i++)
    if (g_array_index(self->wanted, guint, i) == example)
      return TRUE;
  return FALSE;
}

static gboolean
cancel_unwanted(gpointer example, gpointer cancellable, gpointer user)
{
  if (is_wanted(user, GPOINTER_TO_UINT(example)))
    return FALSE;
  g_cancellable_cancel(cancellable);
  return TRUE;
}

static gboolean
cancel(gpointer example, gpointer cancellable, gpointer user)
{
  g_cancellable_cancel(cancellable);
  return TRUE;
}

/* --- what is wanted --- */

GdkTexture *
ms_thumbnails_get(MsThumbnails *self, guint example)
{
  Picture *picture = find_picture(self, example);

  return picture ? picture->texture : NULL;
}

/* What is wanted stays, however long ago it was made. */
static void
touch(MsThumbnails *self, guint example)
{
  Picture *picture = find_picture(self, example);

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
  g_hash_table_foreach_remove(self->jobs, cancel_unwanted, self);
  start_jobs(self);
}

static void
forget_pictures(MsThumbnails *self)
{
  g_hash_table_foreach_remove(self->jobs, cancel, NULL);
  g_hash_table_remove_all(self->pictures);
  g_queue_init(&self->kept);
}

static void
outdate_pictures(MsThumbnails *self)
{
  GHashTableIter all;
  gpointer picture;

  g_hash_table_foreach_remove(self->jobs, cancel, NULL);
  g_hash_table_iter_init(&all, self->pictures);
  while (g_hash_table_iter_next(&all, NULL, &picture))
    ((Picture *)picture)->outdated = TRUE;
}

void
ms_thumbnails_outdate(MsThumbnails *self, guint example)
{
  Picture *picture = find_picture(self, example);
  GCancellable *job = g_hash_table_lookup(self->jobs, GUINT_TO_POINTER(example));

  if (example == G_MAXUINT) {
    outdate_pictures(self);
  } else {
    if (picture)
      picture->outdated = TRUE;
    if (job)
      g_cancellable_cancel(job);
    g_hash_table_remove(self->jobs, GUINT_TO_POINTER(example));
  }
  start_jobs(self);
}

static void
take_look(MsThumbnails *self, guint model, const MsThumbnailLook *look)
{
  MsRuleset *rules = ms_ruleset_ref(ms_evaluation_get_rules(self->evaluation, model));

  g_clear_pointer(&self->rules, ms_ruleset_unref);
  self->rules = rules;
  self->model = model;
  self->look = *look;
}

static gboolean
has_look(MsThumbnails *self, guint model, const MsThumbnailLook *look)
{
  return self->rules == ms_evaluation_get_rules(self->evaluation, model) && self->model == model &&
         self->look.style.palette == look->style.palette &&
         self->look.style.shown == look->style.shown && self->look.ground == look->ground;
}

void
ms_thumbnails_set_look(MsThumbnails *self, guint model, const MsOverlayStyle *style,
                       MsGround ground)
{
  MsThumbnailLook look = {*style, ground, self->look.width, self->look.height};

  gboolean same_model = self->rules && self->model == model;

  if (has_look(self, model, &look))
    return;
  take_look(self, model, &look);
  if (same_model)
    outdate_pictures(self);
  else
    forget_pictures(self);
  start_jobs(self);
}

/* --- of a part --- */

static void
adopt_picture(MsThumbnails *self, MsThumbnails *part, guint example)
{
  MsSet *before = ms_evaluation_get_set(part->evaluation);
  guint same =
      ms_set_find_example(ms_evaluation_get_set(self->evaluation), ms_set_get_id(before, example));
  const Picture *picture = find_picture(part, example);

  if (same != G_MAXUINT && picture && picture->texture && !picture->outdated)
    keep(self, same, g_object_ref(picture->texture), FALSE);
}

static gboolean
is_alike(MsThumbnails *self, MsThumbnails *part)
{
  MsSet *set = ms_evaluation_get_set(self->evaluation);
  MsSet *before = ms_evaluation_get_set(part->evaluation);
  g_autofree char *now = ms_thumbnail_manner(set, self->model, self->rules, &self->look);
  g_autofree char *then = ms_thumbnail_manner(before, part->model, part->rules, &part->look);

  return g_str_equal(now, then);
}

void
ms_thumbnails_adopt(MsThumbnails *self, MsThumbnails *part, guint model)
{
  if (!part->rules || ms_set_get_labels(ms_evaluation_get_set(self->evaluation)))
    return;
  take_look(self, model, &part->look);
  if (!is_alike(self, part))
    return;
  for (GList *link = part->kept.tail; link; link = link->prev)
    adopt_picture(self, part, GPOINTER_TO_UINT(link->data));
}

void
ms_thumbnails_set_waiting(MsThumbnails *self, gboolean waiting)
{
  self->waiting = waiting;
  start_jobs(self);
}

/* --- displays --- */

static void
display_ready(MsDisplayCache *displays, guint example, guint model, MsThumbnails *self)
{
  Picture *picture = model == self->model ? find_picture(self, example) : NULL;

  if (!picture || !picture->awaits_display)
    return;
  forget(self, example);
  start_jobs(self);
}

static void
unset_displays(MsThumbnails *self)
{
  if (self->displays)
    g_signal_handlers_disconnect_by_data(self->displays, self);
  g_clear_object(&self->displays);
}

void
ms_thumbnails_set_displays(MsThumbnails *self, MsDisplayCache *displays, gboolean stretched)
{
  unset_displays(self);
  self->displays = g_object_ref(displays);
  self->stretched = stretched;
  g_signal_connect(displays, "ready", G_CALLBACK(display_ready), self);
}

/* --- construction --- */

static void
ms_thumbnails_dispose(GObject *object)
{
  MsThumbnails *self = MS_THUMBNAILS(object);

  g_hash_table_foreach_remove(self->jobs, cancel, NULL);
  g_array_set_size(self->wanted, 0);
  unset_displays(self);
  g_clear_object(&self->evaluation);
  g_clear_pointer(&self->stored, ms_thumbnail_cache_unref);
  G_OBJECT_CLASS(ms_thumbnails_parent_class)->dispose(object);
}

static void
ms_thumbnails_finalize(GObject *object)
{
  MsThumbnails *self = MS_THUMBNAILS(object);

  g_clear_pointer(&self->rules, ms_ruleset_unref);
  g_hash_table_unref(self->jobs);
  g_hash_table_unref(self->pictures);
  g_hash_table_unref(self->large);
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
  self->jobs = g_hash_table_new_full(NULL, NULL, NULL, g_object_unref);
  self->pictures = g_hash_table_new_full(NULL, NULL, NULL, picture_free);
  self->large = g_hash_table_new_full(NULL, NULL, NULL, g_free);
  self->wanted = g_array_new(FALSE, FALSE, sizeof(guint));
}

MsThumbnails *
ms_thumbnails_new(MsEvaluation *evaluation, int device_scale)
{
  MsThumbnails *self = g_object_new(MS_TYPE_THUMBNAILS, NULL);
  const MsOptions *options = ms_set_get_options(ms_evaluation_get_set(evaluation));

  self->evaluation = g_object_ref(evaluation);
  self->look.width = MS_THUMBNAIL_WIDTH * MAX(1, device_scale);
  self->look.height = MS_THUMBNAIL_HEIGHT * MAX(1, device_scale);
  if (!options->no_cache)
    self->stored = ms_thumbnail_cache_new(MS_THUMBNAIL_CACHE_BYTES);
  return self;
}
