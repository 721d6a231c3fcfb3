/* SPDX-License-Identifier: MIT
 *
 * The thread has all that it works with for itself; it knows the watcher weakly and hands it news
 * by its main context. The watcher's end tells the thread to end and does not wait for it, as it
 * may be asking a server that does not answer.
 */
#include "set/watcher.h"

#include <glib-unix.h>
#include <sys/stat.h>

#include "set/watch-files.h"
#include "set/watch-folders.h"

#define GATHER_MS 60   /* news are put together for so long */
#define GONE_MS   1000 /* a file that is gone so long was not replaced, nor its folder removed */
#define CHECK_MS  1000 /* folders that nobody tells of are looked at */

/* More paths than that are not told one by one. */
#define MAX_PATHS 200000

struct _MsWatcher {
  GObject parent_instance;

  struct Work *work;
  gboolean is_ready;
  guint n_missing;
  gint64 touched; /* the folders last, when they began to be watched, µs since 1970 */
  char *trouble;
};

G_DEFINE_FINAL_TYPE(MsWatcher, ms_watcher, G_TYPE_OBJECT)

enum { SIGNAL_NEWS, SIGNAL_TROUBLE, SIGNAL_READY, N_SIGNALS };

static guint signals[N_SIGNALS];

/* --- the thread ------------------------------------------------------------------------------- */

/* Counted: the thread has it, and the watcher. */
typedef struct Work {
  GMainContext *context;
  GMainLoop *loop;
  GMainContext *owner_context;
  GWeakRef owner;
  GStrv given;
  char *root;

  /* The thread's own */
  MsWatchFolders *folders;
  MsWatchFiles *files;
  GHashTable *complete; /* paths */
  GHashTable *gone;     /* path -> monotonic time, µs, boxed */
  GHashTable *vanished; /* paths */
  GHashTable *back;     /* paths */
  gboolean others;
  gint64 touched;
  GSource *telling; /* NULL: nothing is to be told */
  GSource *looking; /* at files that are awaited; NULL: there are none */
} Work;

static GHashTable *
paths_new(GDestroyNotify free_value)
{
  return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_value);
}

static Work *
work_new(const char *const *folders, const char *root)
{
  Work *work = g_atomic_rc_box_new0(Work);

  work->context = g_main_context_new();
  work->loop = g_main_loop_new(work->context, FALSE);
  work->owner_context = g_main_context_ref_thread_default();
  work->given = g_strdupv((GStrv)folders);
  work->root = g_strdup(root);
  work->complete = paths_new(NULL);
  work->gone = paths_new(g_free);
  work->vanished = paths_new(NULL);
  work->back = paths_new(NULL);
  return work;
}

static void
work_clear(gpointer data)
{
  Work *work = data;

  g_main_loop_unref(work->loop);
  g_main_context_unref(work->context);
  g_main_context_unref(work->owner_context);
  g_weak_ref_clear(&work->owner);
  g_strfreev(work->given);
  g_free(work->root);
  g_hash_table_unref(work->complete);
  g_hash_table_unref(work->gone);
  g_hash_table_unref(work->vanished);
  g_hash_table_unref(work->back);
}

static void
work_unref(gpointer work)
{
  g_atomic_rc_box_release_full(work, work_clear);
}

static GSource *
add_source(Work *work, GSource *source, GSourceFunc callback)
{
  g_source_set_callback(source, callback, work, NULL);
  g_source_attach(source, work->context);
  return source;
}

static void
clear_source(GSource **source)
{
  if (*source)
    g_source_destroy(*source);
  g_clear_pointer(source, g_source_unref);
}

/* --- news, from the thread to the watcher ----------------------------------------------------- */

typedef struct {
  Work *work;
  MsWatchNews news;
  guint n_missing;
  gint64 touched;
  char *trouble;
} Message;

static void
message_free(gpointer data)
{
  Message *message = data;

  work_unref(message->work);
  g_ptr_array_unref(message->news.complete);
  g_ptr_array_unref(message->news.gone);
  g_ptr_array_unref(message->news.vanished);
  g_ptr_array_unref(message->news.back);
  g_free(message->trouble);
  g_free(message);
}

static gboolean
has_news(const MsWatchNews *news)
{
  return news->complete->len + news->gone->len + news->vanished->len + news->back->len > 0 ||
         news->others;
}

static gboolean
take_message(gpointer data)
{
  Message *message = data;
  g_autoptr(MsWatcher) self = g_weak_ref_get(&message->work->owner);
  gboolean was_ready, other_trouble;

  if (!self || !self->work)
    return G_SOURCE_REMOVE;
  was_ready = self->is_ready;
  other_trouble = g_strcmp0(self->trouble, message->trouble) != 0;
  self->is_ready = TRUE;
  self->n_missing = message->n_missing;
  self->touched = message->touched;
  g_free(self->trouble);
  self->trouble = g_steal_pointer(&message->trouble);
  if (!was_ready)
    g_signal_emit(self, signals[SIGNAL_READY], 0);
  if (other_trouble)
    g_signal_emit(self, signals[SIGNAL_TROUBLE], 0);
  if (has_news(&message->news))
    g_signal_emit(self, signals[SIGNAL_NEWS], 0, &message->news);
  return G_SOURCE_REMOVE;
}

static GPtrArray *
take_paths(GHashTable *paths)
{
  GPtrArray *taken = g_ptr_array_new_with_free_func(g_free);
  GHashTableIter all;
  gpointer path;

  g_hash_table_iter_init(&all, paths);
  while (g_hash_table_iter_next(&all, &path, NULL)) {
    g_hash_table_iter_steal(&all);
    g_ptr_array_add(taken, path);
  }
  return taken;
}

/* Those below a folder that is missing itself are not spoken of. */
static GPtrArray *
take_topmost(Work *work, GHashTable *paths)
{
  GPtrArray *taken = take_paths(paths);

  for (guint i = taken->len; i-- > 0;)
    if (ms_watch_folders_is_missing(work->folders, g_ptr_array_index(taken, i)))
      g_ptr_array_remove_index_fast(taken, i);
  return taken;
}

/* Those that are gone for good; the others are waited for. */
static GPtrArray *
take_gone(Work *work)
{
  gint64 now = g_get_monotonic_time();
  GPtrArray *taken = g_ptr_array_new_with_free_func(g_free);
  GHashTableIter all;
  gpointer path, since;

  g_hash_table_iter_init(&all, work->gone);
  while (g_hash_table_iter_next(&all, &path, &since)) {
    if (now - *(gint64 *)since < GONE_MS * G_TIME_SPAN_MILLISECOND)
      continue;
    if (!ms_watch_folders_is_missing(work->folders, path))
      g_ptr_array_add(taken, g_strdup(path));
    g_hash_table_iter_remove(&all);
  }
  return taken;
}

static void
send(Work *work)
{
  Message *message = g_new0(Message, 1);
  g_autoptr(GSource) source = g_idle_source_new();

  message->work = g_atomic_rc_box_acquire(work);
  message->news.complete = take_paths(work->complete);
  message->news.gone = take_gone(work);
  message->news.vanished = take_topmost(work, work->vanished);
  message->news.back = take_topmost(work, work->back);
  message->news.others = work->others;
  message->touched = work->touched;
  message->n_missing = ms_watch_folders_count_missing(work->folders);
  message->trouble = g_strdup(ms_watch_folders_get_trouble(work->folders));
  work->others = FALSE;
  g_source_set_priority(source, G_PRIORITY_DEFAULT);
  g_source_set_static_name(source, "[maskscope] news of files");
  g_source_set_callback(source, take_message, message, message_free);
  g_source_attach(source, work->owner_context);
}

static void tell_later(Work *work);

static gboolean
tell_now(gpointer data)
{
  Work *work = data;

  clear_source(&work->telling);
  send(work);
  tell_later(work);
  return G_SOURCE_REMOVE;
}

/* Of what is gone, when it has been gone for a while. */
static void
tell_later(Work *work)
{
  gboolean now = work->others || g_hash_table_size(work->complete) > 0 ||
                 g_hash_table_size(work->vanished) > 0 || g_hash_table_size(work->back) > 0;

  if (!now && g_hash_table_size(work->gone) == 0)
    return;
  if (work->telling && !now)
    return;
  if (work->telling && g_source_get_ready_time(work->telling) <=
                           g_get_monotonic_time() + GATHER_MS * G_TIME_SPAN_MILLISECOND)
    return;
  clear_source(&work->telling);
  work->telling = add_source(work, g_timeout_source_new(now ? GATHER_MS : GONE_MS), tell_now);
}

/* --- what is seen ----------------------------------------------------------------------------- */

static gboolean
look_at_files(gpointer data)
{
  Work *work = data;
  g_autoptr(GPtrArray) complete = g_ptr_array_new_with_free_func(g_free);

  ms_watch_files_check(work->files, complete);
  for (guint i = 0; i < complete->len; i++)
    g_hash_table_add(work->complete, g_strdup(g_ptr_array_index(complete, i)));
  tell_later(work);
  if (!ms_watch_files_is_empty(work->files))
    return G_SOURCE_CONTINUE;
  clear_source(&work->looking);
  return G_SOURCE_REMOVE;
}

static void
note_begun(Work *work, const char *path)
{
  ms_watch_files_begin(work->files, path);
  if (!work->looking)
    work->looking = add_source(work, g_timeout_source_new(MS_WATCH_FILES_MS), look_at_files);
}

static void
note_written(Work *work, const char *path)
{
  ms_watch_files_end(work->files, path);
  g_hash_table_remove(work->gone, path);
  if (g_hash_table_size(work->complete) < MAX_PATHS)
    g_hash_table_add(work->complete, g_strdup(path));
  else
    work->others = TRUE;
}

static void
note_gone(Work *work, const char *path)
{
  gint64 now = g_get_monotonic_time();

  ms_watch_files_end(work->files, path);
  g_hash_table_remove(work->complete, path);
  if (g_hash_table_size(work->gone) < MAX_PATHS)
    g_hash_table_insert(work->gone, g_strdup(path), g_memdup2(&now, sizeof now));
  else
    work->others = TRUE;
}

/* One that went and came between two news has changed, no more. */
static void
note_folder(Work *work, GHashTable *to, GHashTable *other, const char *path)
{
  if (g_hash_table_remove(other, path))
    work->others = TRUE;
  else
    g_hash_table_add(to, g_strdup(path));
}

static void
note(gpointer data, MsWatchEvent event, const char *path)
{
  Work *work = data;

  switch (event) {
  case MS_WATCH_BEGUN:
    note_begun(work, path);
    break;
  case MS_WATCH_WRITTEN:
    note_written(work, path);
    break;
  case MS_WATCH_GONE:
    note_gone(work, path);
    break;
  case MS_WATCH_VANISHED:
    note_folder(work, work->vanished, work->back, path);
    break;
  case MS_WATCH_BACK:
    note_folder(work, work->back, work->vanished, path);
    break;
  case MS_WATCH_OTHERS:
    work->others = TRUE;
    break;
  }
}

static gboolean
fd_is_readable(int fd, GIOCondition condition, gpointer data)
{
  Work *work = data;

  ms_watch_folders_read(work->folders);
  tell_later(work);
  return G_SOURCE_CONTINUE;
}

static gboolean
check_folders(gpointer data)
{
  Work *work = data;

  ms_watch_folders_check(work->folders);
  tell_later(work);
  return G_SOURCE_CONTINUE;
}

/* --- its life --------------------------------------------------------------------------------- */

/* When something last came to a folder or went from it, µs since 1970. */
static gint64
time_of(const char *path)
{
  struct stat info;

  return stat(path, &info) == 0
             ? (gint64)info.st_mtim.tv_sec * G_USEC_PER_SEC + info.st_mtim.tv_nsec / 1000
             : 0;
}

static void
begin(Work *work)
{
  int fd;

  work->files = ms_watch_files_new();
  work->folders = ms_watch_folders_new(note, work);
  for (guint i = 0; work->given[i]; i++)
    ms_watch_folders_add(work->folders, work->given[i]);
  if (work->root)
    ms_watch_folders_add_below(work->folders, work->root);
  for (guint i = 0; work->given[i]; i++)
    work->touched = MAX(work->touched, time_of(work->given[i]));
  fd = ms_watch_folders_get_fd(work->folders);
  if (fd >= 0) {
    g_autoptr(GSource) source = g_unix_fd_source_new(fd, G_IO_IN);

    add_source(work, source, G_SOURCE_FUNC(fd_is_readable));
  }
  g_source_unref(add_source(work, g_timeout_source_new(CHECK_MS), check_folders));
  send(work);
}

static gpointer
run(gpointer data)
{
  Work *work = data;

  g_main_context_push_thread_default(work->context);
  begin(work);
  g_main_loop_run(work->loop);
  clear_source(&work->telling);
  clear_source(&work->looking);
  ms_watch_folders_free(work->folders);
  ms_watch_files_free(work->files);
  g_main_context_pop_thread_default(work->context);
  work_unref(work);
  return NULL;
}

/* On the thread, also where it has not begun to run its loop. */
static gboolean
end(gpointer data)
{
  g_main_loop_quit(((Work *)data)->loop);
  return G_SOURCE_REMOVE;
}

static void
ms_watcher_dispose(GObject *object)
{
  MsWatcher *self = MS_WATCHER(object);
  Work *work = g_steal_pointer(&self->work);

  if (work) {
    g_autoptr(GSource) source = g_idle_source_new();

    g_source_set_callback(source, end, work, work_unref);
    g_source_attach(source, work->context);
  }
  G_OBJECT_CLASS(ms_watcher_parent_class)->dispose(object);
}

static void
ms_watcher_finalize(GObject *object)
{
  g_free(MS_WATCHER(object)->trouble);
  G_OBJECT_CLASS(ms_watcher_parent_class)->finalize(object);
}

static void
ms_watcher_class_init(MsWatcherClass *class)
{
  G_OBJECT_CLASS(class)->dispose = ms_watcher_dispose;
  G_OBJECT_CLASS(class)->finalize = ms_watcher_finalize;
  signals[SIGNAL_NEWS] = g_signal_new("news", MS_TYPE_WATCHER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                      NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_TROUBLE] = g_signal_new("trouble", MS_TYPE_WATCHER, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_READY] = g_signal_new("ready", MS_TYPE_WATCHER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 0);
}

static void
ms_watcher_init(MsWatcher *self)
{
}

MsWatcher *
ms_watcher_new(const char *const *folders, const char *root)
{
  MsWatcher *self = g_object_new(MS_TYPE_WATCHER, NULL);
  Work *work = work_new(folders, root);
  GThread *thread;

  g_weak_ref_init(&work->owner, self);
  thread = g_thread_try_new("watcher", run, g_atomic_rc_box_acquire(work), NULL);
  self->work = work;
  if (thread) {
    g_thread_unref(thread);
    return self;
  }
  work_unref(work);
  self->is_ready = TRUE;
  self->trouble = g_strdup("there is no thread to be had");
  return self;
}

gboolean
ms_watcher_is_ready(MsWatcher *self)
{
  return self->is_ready;
}

const char *
ms_watcher_get_trouble(MsWatcher *self)
{
  return self->trouble;
}

/* Times of folders come in steps, of 2 s on some file systems. */
gboolean
ms_watcher_changed_since(MsWatcher *self, gint64 time)
{
  return self->touched >= time - 2 * G_USEC_PER_SEC;
}

guint
ms_watcher_get_n_missing(MsWatcher *self)
{
  return self->n_missing;
}
