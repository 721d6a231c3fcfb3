/* SPDX-License-Identifier: MIT
 *
 * Owns the wish that is being worked on and the analyses that are kept. A worker has what its wish
 * is made of by reference, and hands its analysis to the main thread; one whose cancellable is not
 * the present one any more is dropped unread. Kept are the newest and as many others as fit.
 */
#include "app/analyst.h"

#include "app/job.h"

#define DEFAULT_BYTES ((gsize)128 << 20)
#define MAX_KEPT      16

/* What an analysis is to be of. */
typedef struct {
  MsFrame *frame;
  MsRuleset *rules;
  MsClassFocus *focus;
  gint percent; /* done; written by the worker */
} Wish;

struct _MsAnalyst {
  GObject parent_instance;

  gsize bytes; /* that may be kept */
  GQueue kept; /* MsAnalysis, the newest first */

  /* Owned */
  Wish *wish; /* the last one; counted: the worker has it too */
  GCancellable *cancellable;
  char *error;
};

G_DEFINE_FINAL_TYPE(MsAnalyst, ms_analyst, G_TYPE_OBJECT)

enum { READY, N_SIGNALS };

static guint signals[N_SIGNALS];

static Wish *
wish_new(MsFrame *frame, MsRuleset *rules, MsClassFocus *focus)
{
  Wish *wish = g_atomic_rc_box_new0(Wish);

  wish->frame = ms_frame_ref(frame);
  wish->rules = ms_ruleset_ref(rules);
  wish->focus = ms_class_focus_ref(focus);
  return wish;
}

static void
wish_clear(gpointer data)
{
  Wish *wish = data;

  ms_frame_unref(wish->frame);
  ms_ruleset_unref(wish->rules);
  ms_class_focus_unref(wish->focus);
}

static void
wish_unref(gpointer wish)
{
  g_atomic_rc_box_release_full(wish, wish_clear);
}

/* --- what is kept --- */

/* Pixels of the frame are held by the analysis, too. */
static gsize
bytes_of(const MsAnalysis *analysis)
{
  return ms_analysis_bytes(analysis) + ms_frame_bytes(analysis->frame);
}

/* The newest stays whatever its size: it is on the screen. */
static void
trim(MsAnalyst *self)
{
  gsize sum = 0;
  guint n = 0;

  for (GList *link = self->kept.head; link;) {
    GList *next = link->next;

    if (n > 0)
      sum += bytes_of(link->data);
    if (n > 0 && (sum > self->bytes || n >= MAX_KEPT)) {
      ms_analysis_unref(link->data);
      g_queue_delete_link(&self->kept, link);
    } else {
      n++;
    }
    link = next;
  }
}

void
ms_analyst_set_bytes(MsAnalyst *self, gsize bytes)
{
  self->bytes = bytes;
  trim(self);
}

MsAnalysis *
ms_analyst_find(MsAnalyst *self, MsFrame *frame, MsRuleset *rules, MsClassFocus *focus)
{
  for (GList *link = self->kept.head; link; link = link->next) {
    if (!ms_analysis_is_of(link->data, frame, rules, focus))
      continue;
    g_queue_unlink(&self->kept, link);
    g_queue_push_head_link(&self->kept, link);
    return link->data;
  }
  return NULL;
}

/* --- making --- */

static void
analyse_thread(GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Wish *wish = data;
  GError *error = NULL;
  MsAnalysis *analysis =
      ms_analysis_new(wish->frame, wish->rules, wish->focus, &wish->percent, cancellable, &error);

  if (analysis)
    g_task_return_pointer(task, analysis, (GDestroyNotify)ms_analysis_unref);
  else
    g_task_return_error(task, error);
}

static void
analyse_done(GObject *source, GAsyncResult *result, gpointer user)
{
  MsAnalyst *self = MS_ANALYST(source);
  g_autoptr(GError) error = NULL;
  g_autoptr(MsAnalysis) analysis = g_task_propagate_pointer(G_TASK(result), &error);

  if (g_task_get_cancellable(G_TASK(result)) != self->cancellable ||
      g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object(&self->cancellable);
  if (analysis) {
    g_queue_push_head(&self->kept, g_steal_pointer(&analysis));
    trim(self);
  } else {
    self->error = g_strdup(error->message);
  }
  g_signal_emit(self, signals[READY], 0);
}

gboolean
ms_analyst_wants(MsAnalyst *self, MsFrame *frame, MsRuleset *rules, MsClassFocus *focus)
{
  const Wish *wish = self->wish;

  return wish && (self->cancellable || self->error) && wish->frame == frame &&
         wish->rules == rules && wish->focus == focus;
}

void
ms_analyst_cancel(MsAnalyst *self)
{
  if (self->cancellable)
    g_cancellable_cancel(self->cancellable);
  g_clear_object(&self->cancellable);
  g_clear_pointer(&self->wish, wish_unref);
  g_clear_pointer(&self->error, g_free);
}

void
ms_analyst_want(MsAnalyst *self, MsFrame *frame, MsRuleset *rules, MsClassFocus *focus)
{
  g_autoptr(GTask) task = NULL;

  if (ms_analyst_wants(self, frame, rules, focus))
    return;
  ms_analyst_cancel(self);
  self->wish = wish_new(frame, rules, focus);
  self->cancellable = g_cancellable_new();
  task = ms_job_new(self, self->cancellable, analyse_done);
  g_task_set_source_tag(task, ms_analyst_want);
  g_task_set_task_data(task, g_atomic_rc_box_acquire(self->wish), wish_unref);
  g_task_run_in_thread(task, analyse_thread);
}

void
ms_analyst_clear(MsAnalyst *self)
{
  ms_analyst_cancel(self);
  g_queue_clear_full(&self->kept, (GDestroyNotify)ms_analysis_unref);
}

gboolean
ms_analyst_is_busy(MsAnalyst *self)
{
  return self->cancellable != NULL;
}

int
ms_analyst_get_percent(MsAnalyst *self)
{
  return self->wish ? g_atomic_int_get(&self->wish->percent) : 0;
}

const char *
ms_analyst_get_error(MsAnalyst *self)
{
  return self->error;
}

static void
ms_analyst_dispose(GObject *object)
{
  ms_analyst_clear(MS_ANALYST(object));
  G_OBJECT_CLASS(ms_analyst_parent_class)->dispose(object);
}

static void
ms_analyst_class_init(MsAnalystClass *class)
{
  G_OBJECT_CLASS(class)->dispose = ms_analyst_dispose;
  signals[READY] = g_signal_new("ready", MS_TYPE_ANALYST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
}

static void
ms_analyst_init(MsAnalyst *self)
{
  g_queue_init(&self->kept);
  self->bytes = DEFAULT_BYTES;
}

MsAnalyst *
ms_analyst_new(void)
{
  return g_object_new(MS_TYPE_ANALYST, NULL);
}
