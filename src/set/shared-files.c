/* SPDX-License-Identifier: MIT
 *
 * A list, most lately used first: volumes in use at a time are few, and each is many megabytes.
 */
#include "set/shared-files.h"

#include <sys/stat.h>

#define LOOK_AT_CANCELLING (50 * G_TIME_SPAN_MILLISECOND)

typedef struct {
  dev_t device;
  ino_t inode;
  off_t size;
  struct timespec changed;
} Identity;

typedef struct {
  char *path;
  Identity identity;
  MsContent *content; /* NULL: being read, by one thread */
  guint n_waiting;    /* threads that want it and must find the entry there */
  guint64 used;       /* the number of the last reading that asked for it */
} Entry;

struct MsSharedFiles {
  gatomicrefcount references; /* the clock's is the other one */
  GMutex mutex;
  GCond read; /* some entry got its content, or failed */
  GQueue entries;
  guint64 n_bytes;
  guint64 max_bytes;
  guint64 n_readings;
  GSource *clock;         /* waits for a rest; NULL: nothing is left to let go */
  guint64 clock_readings; /* how many there were when it last struck */
};

static void
entry_free(gpointer data)
{
  Entry *entry = data;

  g_clear_pointer(&entry->content, ms_content_unref);
  g_free(entry->path);
  g_free(entry);
}

MsSharedFiles *
ms_shared_files_new_bound(guint64 n_bytes)
{
  MsSharedFiles *files = g_new0(MsSharedFiles, 1);

  g_atomic_ref_count_init(&files->references);
  g_mutex_init(&files->mutex);
  g_cond_init(&files->read);
  g_queue_init(&files->entries);
  files->max_bytes = n_bytes;
  return files;
}

MsSharedFiles *
ms_shared_files_new(void)
{
  return ms_shared_files_new_bound(MS_SHARED_FILES_BYTES);
}

static void
shared_files_unref(gpointer data)
{
  MsSharedFiles *files = data;

  if (!g_atomic_ref_count_dec(&files->references))
    return;
  g_queue_clear_full(&files->entries, entry_free);
  g_cond_clear(&files->read);
  g_mutex_clear(&files->mutex);
  g_free(files);
}

void
ms_shared_files_free(MsSharedFiles *files)
{
  GSource *clock;

  if (!files)
    return;
  g_mutex_lock(&files->mutex);
  clock = g_steal_pointer(&files->clock);
  g_mutex_unlock(&files->mutex);
  if (clock) {
    g_source_destroy(clock);
    g_source_unref(clock);
  }
  shared_files_unref(files);
}

/* A file that is not there has an identity like no other; reading it says what is wrong. */
static Identity
identify(const char *path)
{
  struct stat status;

  if (stat(path, &status) != 0)
    return (Identity){.size = -1};
  return (Identity){status.st_dev, status.st_ino, status.st_size, status.st_mtim};
}

static gboolean
is_same(const Identity *a, const Identity *b)
{
  return a->device == b->device && a->inode == b->inode && a->size == b->size &&
         a->changed.tv_sec == b->changed.tv_sec && a->changed.tv_nsec == b->changed.tv_nsec;
}

static Entry *
find_entry(MsSharedFiles *files, const char *path, const Identity *identity)
{
  for (GList *link = files->entries.head; link; link = link->next) {
    Entry *entry = link->data;

    if (is_same(&entry->identity, identity) && g_str_equal(entry->path, path))
      return entry;
  }
  return NULL;
}

static guint64
size_of(const Entry *entry)
{
  return entry->content ? g_bytes_get_size(entry->content->bytes) : 0;
}

static void
forget(MsSharedFiles *files, Entry *entry)
{
  files->n_bytes -= size_of(entry);
  g_queue_remove(&files->entries, entry);
  entry_free(entry);
}

/* Lets go from the end of the list until the bound is kept; n_in_use first ones may exceed it. */
static void
keep_bound(MsSharedFiles *files, guint n_in_use)
{
  guint n = files->entries.length;

  for (GList *link = files->entries.tail, *previous; link; link = previous, n--) {
    Entry *entry = link->data;
    gboolean in_use =
        n == 1 || (n <= n_in_use && files->n_readings - entry->used < MS_SHARED_FILES_READINGS);

    previous = link->prev;
    if (n <= MS_SHARED_FILES_MOST && (in_use || files->n_bytes <= files->max_bytes))
      return;
    if (entry->content && entry->n_waiting == 0)
      forget(files, entry);
  }
}

/* --- rest ------------------------------------------------------------------------------------- */

void
ms_shared_files_rest(MsSharedFiles *files)
{
  g_mutex_lock(&files->mutex);
  keep_bound(files, 1);
  g_mutex_unlock(&files->mutex);
}

static gboolean
on_clock(gpointer data)
{
  MsSharedFiles *files = data;
  GSource *over = NULL;

  g_mutex_lock(&files->mutex);
  if (files->clock_readings == files->n_readings) {
    keep_bound(files, 1);
    over = g_steal_pointer(&files->clock);
  }
  files->clock_readings = files->n_readings;
  g_mutex_unlock(&files->mutex);
  if (!over)
    return G_SOURCE_CONTINUE;
  g_source_unref(over);
  return G_SOURCE_REMOVE;
}

/* Only what is beyond the bound would be let go. */
static void
start_clock(MsSharedFiles *files)
{
  if (files->clock || files->n_bytes <= files->max_bytes)
    return;
  g_atomic_ref_count_inc(&files->references);
  files->clock_readings = files->n_readings;
  files->clock = g_timeout_source_new_seconds(MS_SHARED_FILES_REST);
  g_source_set_callback(files->clock, on_clock, files, shared_files_unref);
  g_source_attach(files->clock, NULL);
}

/* --- reading ---------------------------------------------------------------------------------- */

/* Reads without the lock. NULL with an error: the entry is gone, and whoever waits tries itself. */
static MsContent *
fill_entry(MsSharedFiles *files, Entry *entry, GCancellable *cancellable, GError **error)
{
  MsContent *content;

  g_mutex_unlock(&files->mutex);
  content = ms_content_read(entry->path, cancellable, error);
  g_mutex_lock(&files->mutex);
  if (content) {
    entry->content = ms_content_ref(content);
    files->n_bytes += size_of(entry);
  } else {
    entry->identity.size = -2; /* nobody finds it any more */
    if (entry->n_waiting == 0)
      forget(files, entry);
  }
  g_cond_broadcast(&files->read);
  return content;
}

static gboolean
is_being_read(const Entry *entry)
{
  return !entry->content && entry->identity.size != -2;
}

/* Waits for the thread that reads the entry. NULL: it failed, or who waits was cancelled. */
static MsContent *
wait_for(MsSharedFiles *files, Entry *entry, GCancellable *cancellable)
{
  MsContent *content;

  entry->n_waiting++;
  while (is_being_read(entry) && !g_cancellable_is_cancelled(cancellable))
    g_cond_wait_until(&files->read, &files->mutex, g_get_monotonic_time() + LOOK_AT_CANCELLING);
  entry->n_waiting--;
  content = entry->content ? ms_content_ref(entry->content) : NULL;
  if (entry->identity.size == -2 && entry->n_waiting == 0)
    forget(files, entry);
  return content;
}

/* Puts the entry first. */
static void
use(MsSharedFiles *files, Entry *entry)
{
  g_queue_remove(&files->entries, entry);
  g_queue_push_head(&files->entries, entry);
  entry->used = ++files->n_readings;
}

static MsContent *
read_new(MsSharedFiles *files, const char *path, const Identity *identity,
         GCancellable *cancellable, GError **error)
{
  Entry *entry = g_new0(Entry, 1);

  entry->path = g_strdup(path);
  entry->identity = *identity;
  use(files, entry);
  return fill_entry(files, entry, cancellable, error);
}

MsContent *
ms_shared_files_read(MsSharedFiles *files, const char *path, GCancellable *cancellable,
                     GError **error)
{
  Identity identity = identify(path);
  MsContent *content = NULL;
  gboolean cancelled = FALSE;
  Entry *entry;

  g_mutex_lock(&files->mutex);
  while (!content && !cancelled && (entry = find_entry(files, path, &identity))) {
    use(files, entry);
    content = wait_for(files, entry, cancellable);
    cancelled = !content && g_cancellable_set_error_if_cancelled(cancellable, error);
  }
  if (!content && !cancelled)
    content = read_new(files, path, &identity, cancellable, error);
  keep_bound(files, MS_SHARED_FILES_IN_USE);
  start_clock(files);
  g_mutex_unlock(&files->mutex);
  return content;
}
