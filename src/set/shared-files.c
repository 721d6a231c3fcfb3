/* SPDX-License-Identifier: MIT
 *
 * A list, most lately used first: volumes in use at a time are few, and each is many megabytes.
 */
#include "set/shared-files.h"

#include <sys/stat.h>

#include "io/file.h"
#include "io/gzip.h"

typedef struct {
  dev_t device;
  ino_t inode;
  off_t size;
  struct timespec changed;
} Identity;

typedef struct {
  char *path;
  Identity identity;
  GBytes *bytes;   /* NULL: being read, by one thread */
  guint n_waiting; /* threads that want it and must find the entry there */
} Entry;

struct MsSharedFiles {
  GMutex mutex;
  GCond read; /* some entry got its bytes, or failed */
  GQueue entries;
  guint64 n_bytes;
};

static void
entry_free(gpointer data)
{
  Entry *entry = data;

  g_clear_pointer(&entry->bytes, g_bytes_unref);
  g_free(entry->path);
  g_free(entry);
}

MsSharedFiles *
ms_shared_files_new(void)
{
  MsSharedFiles *files = g_new0(MsSharedFiles, 1);

  g_mutex_init(&files->mutex);
  g_cond_init(&files->read);
  g_queue_init(&files->entries);
  return files;
}

void
ms_shared_files_free(MsSharedFiles *files)
{
  if (!files)
    return;
  g_queue_clear_full(&files->entries, entry_free);
  g_cond_clear(&files->read);
  g_mutex_clear(&files->mutex);
  g_free(files);
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

static void
forget(MsSharedFiles *files, Entry *entry)
{
  if (entry->bytes)
    files->n_bytes -= g_bytes_get_size(entry->bytes);
  g_queue_remove(&files->entries, entry);
  entry_free(entry);
}

/* The one just read stays, whatever its size. */
static void
keep_bound(MsSharedFiles *files, const Entry *newest)
{
  GList *link = files->entries.tail;

  while (link && files->n_bytes > MS_SHARED_FILES_BYTES) {
    Entry *entry = link->data;

    link = link->prev;
    if (entry != newest && entry->bytes && entry->n_waiting == 0)
      forget(files, entry);
  }
}

static GBytes *
read_file(const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr(GBytes) bytes = ms_file_read(path, MS_FILE_MAX_BYTES, cancellable, error);
  g_autofree char *name = NULL;

  if (!bytes || !ms_gzip_sniff(bytes))
    return g_steal_pointer(&bytes);
  name = ms_path_display(path);
  return ms_gzip_inflate(bytes, MS_SHARED_FILES_MAX_BYTES, name, cancellable, error);
}

/* Reads without the lock. NULL with an error: the entry is gone, and whoever waits tries itself. */
static GBytes *
fill_entry(MsSharedFiles *files, Entry *entry, GCancellable *cancellable, GError **error)
{
  GBytes *bytes;

  g_mutex_unlock(&files->mutex);
  bytes = read_file(entry->path, cancellable, error);
  g_mutex_lock(&files->mutex);
  if (bytes) {
    entry->bytes = g_bytes_ref(bytes);
    files->n_bytes += g_bytes_get_size(bytes);
    keep_bound(files, entry);
  } else {
    entry->identity.size = -2; /* nobody finds it any more */
    if (entry->n_waiting == 0)
      forget(files, entry);
  }
  g_cond_broadcast(&files->read);
  return bytes;
}

/* Waits for the thread that reads the entry. NULL: it failed. */
static GBytes *
wait_for(MsSharedFiles *files, Entry *entry)
{
  GBytes *bytes;

  entry->n_waiting++;
  while (!entry->bytes && entry->identity.size != -2)
    g_cond_wait(&files->read, &files->mutex);
  entry->n_waiting--;
  bytes = entry->bytes ? g_bytes_ref(entry->bytes) : NULL;
  if (!bytes && entry->n_waiting == 0)
    forget(files, entry);
  return bytes;
}

GBytes *
ms_shared_files_read(MsSharedFiles *files, const char *path, GCancellable *cancellable,
                     GError **error)
{
  Identity identity = identify(path);
  GBytes *bytes = NULL;
  Entry *entry;

  g_mutex_lock(&files->mutex);
  while (!bytes && (entry = find_entry(files, path, &identity))) {
    g_queue_remove(&files->entries, entry);
    g_queue_push_head(&files->entries, entry);
    bytes = wait_for(files, entry);
  }
  if (!bytes) {
    entry = g_new0(Entry, 1);
    entry->path = g_strdup(path);
    entry->identity = identity;
    g_queue_push_head(&files->entries, entry);
    bytes = fill_entry(files, entry, cancellable, error);
  }
  g_mutex_unlock(&files->mutex);
  return bytes;
}
