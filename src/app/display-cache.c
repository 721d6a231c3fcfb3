/* SPDX-License-Identifier: MIT */
#include "app/display-cache-private.h"

#include "app/job.h"
#include "io/picture-size.h"

#define MAX_LOADS 2 /* at once; the rest waits its turn */

struct _MsDisplayCache {
  GObject parent_instance;

  /* Owned */
  MsEvaluation *evaluation;
  GHashTable *displays; /* key -> MsDisplay */
  GQueue recent;        /* keys, most recently used first; boxed gint64 owned by the table */
  GHashTable *loads;    /* key -> LoadJob of the load under way */
  GArray *wanted;       /* gint64 keys, most wanted first */
  gsize max_bytes;      /* of all displays, but for the most wanted one */
  gsize bytes;          /* of all displays */
  gboolean holding;     /* the scoring rests until the most wanted one is there */
  gboolean drawing;     /* no neighbour is begun */
  gboolean full;        /* a wanted one had to go: no more are decoded ahead for this wish */
  gsize last_bytes;     /* of the last one put: what the next is likely to need */
  gboolean auto_range;
  MsClassFocus *focus;
  unsigned layers;
};

G_DEFINE_FINAL_TYPE(MsDisplayCache, ms_display_cache, G_TYPE_OBJECT)

enum { READY, N_SIGNALS };

static guint signals[N_SIGNALS];

typedef struct {
  MsSet *set;
  MsPainting painting; /* owned */
  GCancellable *cancellable;
  guint example;
  guint model;
  gboolean auto_range;
  MsDisplay *base;    /* there already, and painted otherwise. NULL: it is read */
  gint width, height; /* once they are known; else 0. Any thread */
} LoadJob;

static void
load_job_clear(LoadJob *job)
{
  g_object_unref(job->set);
  g_object_unref(job->cancellable);
  ms_painting_clear(&job->painting);
  g_clear_pointer(&job->base, ms_display_unref);
}

static void
load_job_unref(gpointer job)
{
  g_atomic_rc_box_release_full(job, (GDestroyNotify)load_job_clear);
}

static gint64
make_key(guint example, guint model)
{
  return ((gint64)model << 32) | example;
}

static gboolean
is_wanted(MsDisplayCache *self, gint64 key)
{
  for (guint i = 0; i < self->wanted->len; i++)
    if (g_array_index(self->wanted, gint64, i) == key)
      return TRUE;
  return FALSE;
}

static GList *
find_recent(MsDisplayCache *self, gint64 key)
{
  for (GList *link = self->recent.head; link; link = link->next)
    if (*(gint64 *)link->data == key)
      return link;
  return NULL;
}

static void
drop(MsDisplayCache *self, gint64 key)
{
  MsDisplay *display = g_hash_table_lookup(self->displays, &key);

  if (!display)
    return;
  self->bytes -= ms_display_bytes(display);
  g_queue_delete_link(&self->recent, find_recent(self, key));
  g_hash_table_remove(self->displays, &key);
}

static gboolean
is_most_wanted(MsDisplayCache *self, gint64 key)
{
  return self->wanted->len > 0 && g_array_index(self->wanted, gint64, 0) == key;
}

/* Beside what is looked at. */
static gsize
bytes_beside(MsDisplayCache *self)
{
  gint64 *first = self->wanted->len > 0 ? &g_array_index(self->wanted, gint64, 0) : NULL;
  MsDisplay *display = first ? g_hash_table_lookup(self->displays, first) : NULL;

  return self->bytes - (display ? ms_display_bytes(display) : 0);
}

static gboolean
is_over(MsDisplayCache *self)
{
  return bytes_beside(self) > self->max_bytes || self->recent.length > MS_DISPLAY_CACHE_MAX;
}

/* Drops the least recent, first what is not wanted; what is looked at stays, whatever it costs. */
static void
trim_some(MsDisplayCache *self, gboolean wanted_too)
{
  GList *link = self->recent.tail;

  while (link && is_over(self)) {
    GList *previous = link->prev;
    gint64 key = *(gint64 *)link->data;

    if (!is_most_wanted(self, key) && (wanted_too || !is_wanted(self, key))) {
      drop(self, key);
      self->full |= wanted_too;
    }
    link = previous;
  }
}

static void
trim(MsDisplayCache *self)
{
  trim_some(self, FALSE);
  trim_some(self, TRUE);
}

void
ms_display_cache_put(MsDisplayCache *self, MsDisplay *display)
{
  gint64 key = make_key(display->frame->example, display->frame->model);
  gint64 *boxed = g_memdup2(&key, sizeof key);

  drop(self, key);
  g_hash_table_insert(self->displays, boxed, ms_display_ref(display));
  g_queue_push_head(&self->recent, boxed);
  self->bytes += ms_display_bytes(display);
  self->last_bytes = ms_display_bytes(display);
  trim(self);
}

static void start_loads(MsDisplayCache *self);

/* Says early how large the example is, for someone who has to wait for it. */
static void
read_size(LoadJob *job)
{
  g_autoptr(MsExample) example = ms_set_dup_example(job->set, job->example);
  MsPlace place = ms_example_image_place(example);
  int width, height;

  if (!place.path)
    place = ms_example_actual_place(example);
  if (!place.path || !ms_picture_read_size(place.path, &width, &height, job->cancellable))
    return;
  g_atomic_int_set(&job->height, height);
  g_atomic_int_set(&job->width, width);
}

static MsDisplay *
load(LoadJob *job, GCancellable *cancellable, GError **error)
{
  if (job->base)
    return ms_display_repaint(job->base, &job->painting, cancellable, error);
  read_size(job);
  return ms_display_load(job->set, job->example, job->model, &job->painting, job->auto_range,
                         cancellable, error);
}

static void
load_thread(GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  LoadJob *job = data;
  GError *error = NULL;
  MsDisplay *display = load(job, cancellable, &error);

  if (display)
    g_task_return_pointer(task, display, (GDestroyNotify)ms_display_unref);
  else
    g_task_return_error(task, error);
}

static void
load_done(GObject *source, GAsyncResult *result, gpointer user)
{
  MsDisplayCache *self = MS_DISPLAY_CACHE(source);
  LoadJob *job = g_task_get_task_data(G_TASK(result));
  gint64 key = make_key(job->example, job->model);
  g_autoptr(MsDisplay) display = g_task_propagate_pointer(G_TASK(result), NULL);

  if (g_hash_table_lookup(self->loads, &key) == job)
    g_hash_table_remove(self->loads, &key);
  if (display && self->evaluation) {
    ms_evaluation_put_soon(self->evaluation, job->example, job->model, display->frame->result);
    ms_display_cache_put(self, display);
    g_signal_emit(self, signals[READY], 0, job->example, job->model);
  }
  if (self->evaluation)
    start_loads(self);
}

/* Owned by the caller. */
static MsPainting
painting_of(MsDisplayCache *self, guint model)
{
  return ms_painting_copy(&(MsPainting){
      .rules = ms_evaluation_get_rules(self->evaluation, model),
      .focus = self->focus,
      .layers = self->layers,
  });
}

static void
start_load(MsDisplayCache *self, gint64 key)
{
  LoadJob *job = g_atomic_rc_box_new0(LoadJob);
  MsDisplay *base = g_hash_table_lookup(self->displays, &key);
  g_autoptr(GTask) task = NULL;

  job->cancellable = g_cancellable_new();
  task = ms_job_new(self, job->cancellable, load_done);
  job->example = (guint)(key & G_MAXUINT32);
  job->model = (guint)(key >> 32);
  job->set = g_object_ref(ms_evaluation_get_set(self->evaluation));
  job->base = base ? ms_display_ref(base) : NULL;
  job->painting = painting_of(self, job->model);
  job->auto_range = self->auto_range;
  g_hash_table_insert(self->loads, g_memdup2(&key, sizeof key), g_atomic_rc_box_acquire(job));
  g_task_set_source_tag(task, start_load);
  g_task_set_task_data(task, job, load_job_unref);
  g_task_run_in_thread(task, load_thread);
}

/* A neighbour is decoded ahead only while all that is wanted is likely to fit. */
static gboolean
has_room(MsDisplayCache *self, guint n_neighbours)
{
  return self->last_bytes * n_neighbours <= self->max_bytes;
}

static gboolean
is_missing(MsDisplayCache *self, guint i)
{
  return i < self->wanted->len &&
         !g_hash_table_contains(self->displays, &g_array_index(self->wanted, gint64, i));
}

/* What is looked at is painted by who looks at it. */
static gboolean
is_incomplete(MsDisplayCache *self, guint i)
{
  MsDisplay *display =
      i > 0 ? g_hash_table_lookup(self->displays, &g_array_index(self->wanted, gint64, i)) : NULL;

  return display && (self->layers & ~display->made) != 0;
}

/* What the user waits for goes before the scoring of the set. */
static void
hold_evaluation(MsDisplayCache *self, gboolean hold)
{
  if (hold == self->holding)
    return;
  self->holding = hold;
  if (hold)
    ms_evaluation_hold(self->evaluation);
  else
    ms_evaluation_release(self->evaluation);
}

static void
start_loads(MsDisplayCache *self)
{
  gboolean first_missing = is_missing(self, 0);

  hold_evaluation(self, first_missing);
  for (guint i = 0; i < self->wanted->len; i++) {
    gint64 key = g_array_index(self->wanted, gint64, i);

    if (i > 0 && (first_missing || self->drawing || g_hash_table_size(self->loads) >= MAX_LOADS ||
                  self->full || !has_room(self, i)))
      break;
    if ((is_missing(self, i) || is_incomplete(self, i)) &&
        !g_hash_table_contains(self->loads, &key))
      start_load(self, key);
  }
}

static gboolean
cancel_unwanted(gpointer key, gpointer job, gpointer user)
{
  if (is_wanted(user, *(gint64 *)key))
    return FALSE;
  g_cancellable_cancel(((LoadJob *)job)->cancellable);
  return TRUE;
}

void
ms_display_cache_want(MsDisplayCache *self, const guint *examples, guint n_examples, guint model)
{
  self->full = FALSE;
  g_array_set_size(self->wanted, 0);
  for (guint i = 0; i < n_examples; i++) {
    gint64 key = make_key(examples[i], model);

    g_array_append_val(self->wanted, key);
  }
  g_hash_table_foreach_remove(self->loads, cancel_unwanted, self);
  trim(self);
  start_loads(self);
}

void
ms_display_cache_set_drawing(MsDisplayCache *self, gboolean drawing)
{
  self->drawing = drawing;
}

void
ms_display_cache_set_painting(MsDisplayCache *self, MsClassFocus *focus, unsigned layers)
{
  ms_class_focus_ref(focus);
  ms_class_focus_unref(self->focus);
  self->focus = focus;
  self->layers = layers;
  if (self->wanted->len > 0)
    start_loads(self);
}

typedef struct {
  guint example;
  guint model;
} Pair;

static gboolean
is_meant(const Pair *pair, gint64 key, const MsDisplay *display)
{
  if (pair->model != G_MAXUINT && pair->model != (guint)(key >> 32))
    return FALSE;
  if (pair->example == G_MAXUINT)
    return display && display->frame->result->status == MS_RESULT_ERROR;
  return pair->example == (guint)(key & G_MAXUINT32);
}

static gboolean
cancel_meant(gpointer key, gpointer job, gpointer user)
{
  if (!is_meant(user, *(gint64 *)key, NULL))
    return FALSE;
  g_cancellable_cancel(((LoadJob *)job)->cancellable);
  return TRUE;
}

void
ms_display_cache_forget(MsDisplayCache *self, guint example, guint model)
{
  Pair pair = {example, model};
  GList *link = self->recent.head;

  g_hash_table_foreach_remove(self->loads, cancel_meant, &pair);
  while (link) {
    GList *next = link->next;
    gint64 key = *(gint64 *)link->data;

    if (is_meant(&pair, key, g_hash_table_lookup(self->displays, &key)))
      drop(self, key);
    link = next;
  }
}

MsDisplay *
ms_display_cache_peek(MsDisplayCache *self, guint example, guint model)
{
  gint64 key = make_key(example, model);

  return g_hash_table_lookup(self->displays, &key);
}

MsDisplay *
ms_display_cache_get(MsDisplayCache *self, guint example, guint model)
{
  MsDisplay *display = ms_display_cache_peek(self, example, model);
  GList *link = display ? find_recent(self, make_key(example, model)) : NULL;

  if (!display)
    return NULL;
  g_queue_unlink(&self->recent, link);
  g_queue_push_head_link(&self->recent, link);
  return display;
}

gboolean
ms_display_cache_get_size(MsDisplayCache *self, guint example, guint model, int *width, int *height)
{
  gint64 key = make_key(example, model);
  LoadJob *job = g_hash_table_lookup(self->loads, &key);

  *width = job ? g_atomic_int_get(&job->width) : 0;
  *height = job ? g_atomic_int_get(&job->height) : 0;
  return *width > 0;
}

gboolean
ms_display_cache_is_loading(MsDisplayCache *self)
{
  return g_hash_table_size(self->loads) > 0;
}

static void
ms_display_cache_dispose(GObject *object)
{
  MsDisplayCache *self = MS_DISPLAY_CACHE(object);

  g_array_set_size(self->wanted, 0);
  g_hash_table_foreach_remove(self->loads, cancel_unwanted, self);
  hold_evaluation(self, FALSE);
  g_clear_object(&self->evaluation);
  G_OBJECT_CLASS(ms_display_cache_parent_class)->dispose(object);
}

static void
ms_display_cache_finalize(GObject *object)
{
  MsDisplayCache *self = MS_DISPLAY_CACHE(object);

  g_queue_clear(&self->recent);
  g_hash_table_unref(self->displays);
  g_hash_table_unref(self->loads);
  g_array_unref(self->wanted);
  ms_class_focus_unref(self->focus);
  G_OBJECT_CLASS(ms_display_cache_parent_class)->finalize(object);
}

static void
ms_display_cache_class_init(MsDisplayCacheClass *class)
{
  G_OBJECT_CLASS(class)->dispose = ms_display_cache_dispose;
  G_OBJECT_CLASS(class)->finalize = ms_display_cache_finalize;
  signals[READY] = g_signal_new("ready", MS_TYPE_DISPLAY_CACHE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
}

static void
ms_display_cache_init(MsDisplayCache *self)
{
  self->displays =
      g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, (GDestroyNotify)ms_display_unref);
  self->loads = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, load_job_unref);
  self->wanted = g_array_new(FALSE, FALSE, sizeof(gint64));
  self->layers = MS_LAYERS_ERRORS;
}

MsDisplayCache *
ms_display_cache_new(MsEvaluation *evaluation, gboolean auto_range, gsize bytes)
{
  MsDisplayCache *self = g_object_new(MS_TYPE_DISPLAY_CACHE, NULL);

  self->evaluation = g_object_ref(evaluation);
  self->auto_range = auto_range;
  self->max_bytes = bytes;
  return self;
}

void
ms_display_cache_set_bytes(MsDisplayCache *self, gsize bytes)
{
  self->max_bytes = bytes;
  self->full = FALSE;
  trim(self);
  start_loads(self);
}
