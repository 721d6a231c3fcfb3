/* SPDX-License-Identifier: MIT
 *
 * The thread has the connection; the queue is under the lock. A batch that meets a file held by
 * another program is kept and tried again, while the queue takes what it has room for. What one
 * transaction holds is bounded, as SQLite keeps it in memory.
 */
#include "set/store-writer.h"

#include "set/store-trim.h"

#define BATCH_ROWS   4096
#define BATCH_BYTES  (8u << 20)
#define BATCH_USEC   (G_USEC_PER_SEC / 2)
#define QUEUE_ROWS   (4 * BATCH_ROWS)
#define QUEUE_BYTES  (2 * BATCH_BYTES)
#define PAUSE_USEC   (5 * G_USEC_PER_SEC) /* before a file that is held is tried again */
#define END_PATIENCE 1000                 /* ms */

struct MsStoreWriter {
  MsStoreAccess *access;
  guint64 max_bytes;
  MsStoreConnection *connection; /* the thread's, as is: */
  GArray *used;                  /* MsHash: signatures of this run */

  GMutex lock;
  GCond changed;
  GThread *thread; /* locked, as all below */
  GArray *items;   /* MsStoreItem: waiting */
  gsize n_bytes;   /* theirs */
  gint64 first_at; /* when the first of them came, monotonic */
  guint64 n_put;
  guint64 n_done;    /* written or given up */
  guint64 n_hurry;   /* those up to this one are waited for */
  guint64 n_flushes; /* each asks for a try now */
  guint64 n_failed;  /* tries that met the file held */
  gboolean is_held;  /* the last one did */
  gboolean ends;
};

/* --- the thread ------------------------------------------------------------------------------- */

static int
write_items(MsStoreWriter *writer, const GArray *items)
{
  MsStoreConnection *connection = writer->connection;
  gboolean is_full;
  int code = ms_store_run(ms_store_connection_db(connection), "BEGIN IMMEDIATE");

  if (code == SQLITE_OK)
    code = ms_store_items_finish(connection, ms_store_items_put(connection, items, writer->used));
  if (code == SQLITE_OK)
    code = ms_store_trim(connection, writer->max_bytes, writer->used, &is_full);
  if (code != SQLITE_OK || !is_full)
    return code;
  ms_store_connection_give_up(connection);
  ms_store_access_notice(writer->access,
                         "the results store is full with this set alone; further results are not "
                         "kept");
  return code;
}

/* FALSE: another program holds the file. */
static gboolean
write_batch(MsStoreWriter *writer, const GArray *items)
{
  int code;

  do {
    if (!ms_store_connection_open(writer->connection))
      break;
    code = write_items(writer, items);
  } while (ms_store_connection_settle(writer->connection, code));
  return ms_store_connection_is_off(writer->connection) ||
         !ms_store_connection_is_held(writer->connection);
}

static gboolean
is_due(const MsStoreWriter *writer)
{
  return writer->items->len >= BATCH_ROWS || writer->n_bytes >= BATCH_BYTES || writer->ends ||
         writer->n_hurry > writer->n_done;
}

/* With the lock held. Waits until a batch is due and takes it; NULL: the end. */
static GArray *
take_batch(MsStoreWriter *writer)
{
  GArray *items = writer->items;

  while (writer->items->len == 0 && !writer->ends)
    g_cond_wait(&writer->changed, &writer->lock);
  while (!is_due(writer))
    if (!g_cond_wait_until(&writer->changed, &writer->lock, writer->first_at + BATCH_USEC))
      break;
  if (writer->items->len == 0)
    return NULL;
  writer->items = ms_store_items_new();
  writer->n_bytes = 0;
  g_cond_broadcast(&writer->changed); /* there is room */
  return items;
}

/* With the lock held, which it lets go. */
static gboolean
try_batch(MsStoreWriter *writer, const GArray *items)
{
  gboolean is_done;

  g_mutex_unlock(&writer->lock);
  is_done = write_batch(writer, items);
  g_mutex_lock(&writer->lock);
  writer->is_held = !is_done;
  writer->n_failed += !is_done;
  g_cond_broadcast(&writer->changed);
  return is_done;
}

/* With the lock held. The batch is tried until it is written, or for the last time at the end. */
static void
insist(MsStoreWriter *writer, const GArray *items)
{
  for (;;) {
    gboolean is_last = writer->ends;
    guint64 n_flushes = writer->n_flushes;
    gint64 until;

    if (try_batch(writer, items))
      return;
    if (is_last)
      break;
    until = g_get_monotonic_time() + PAUSE_USEC;
    while (!writer->ends && writer->n_flushes == n_flushes)
      if (!g_cond_wait_until(&writer->changed, &writer->lock, until))
        break;
  }
  /* What else waits would meet the same. */
  writer->n_done += writer->items->len;
  g_array_set_size(writer->items, 0);
  writer->n_bytes = 0;
}

static gpointer
run(gpointer data)
{
  MsStoreWriter *writer = data;
  GArray *items;

  g_mutex_lock(&writer->lock);
  while ((items = take_batch(writer))) {
    insist(writer, items);
    writer->n_done += items->len;
    g_cond_broadcast(&writer->changed);
    g_array_unref(items);
  }
  g_mutex_unlock(&writer->lock);
  return NULL;
}

/* --- the queue -------------------------------------------------------------------------------- */

MsStoreWriter *
ms_store_writer_new(MsStoreAccess *access, guint64 max_bytes)
{
  MsStoreWriter *writer = g_new0(MsStoreWriter, 1);

  writer->access = access;
  writer->max_bytes = max_bytes;
  writer->connection = ms_store_items_connection(access);
  writer->used = g_array_new(FALSE, FALSE, sizeof(MsHash));
  writer->items = ms_store_items_new();
  g_mutex_init(&writer->lock);
  g_cond_init(&writer->changed);
  return writer;
}

void
ms_store_writer_free(MsStoreWriter *writer)
{
  ms_store_connection_hurry(writer->connection, END_PATIENCE);
  g_mutex_lock(&writer->lock);
  writer->ends = TRUE;
  g_cond_broadcast(&writer->changed);
  g_mutex_unlock(&writer->lock);
  g_clear_pointer(&writer->thread, g_thread_join);
  ms_store_connection_free(writer->connection);
  g_array_unref(writer->used);
  g_array_unref(writer->items);
  g_mutex_clear(&writer->lock);
  g_cond_clear(&writer->changed);
  g_free(writer);
}

static gboolean
has_room(const MsStoreWriter *writer)
{
  return writer->items->len < QUEUE_ROWS && writer->n_bytes < QUEUE_BYTES;
}

/* With the lock held. */
static gboolean
start_thread(MsStoreWriter *writer)
{
  if (!writer->thread)
    writer->thread = g_thread_try_new("results store", run, writer, NULL);
  if (writer->thread)
    return TRUE;
  ms_store_connection_give_up(writer->connection);
  ms_store_access_notice(writer->access,
                         "no thread could be started for the results store; results are not kept");
  return FALSE;
}

/* With the lock held. */
static void
append(MsStoreWriter *writer, const MsStoreItem *item)
{
  gboolean was_due = is_due(writer);

  if (writer->items->len == 0)
    writer->first_at = g_get_monotonic_time();
  g_array_append_val(writer->items, *item);
  writer->n_bytes += ms_store_item_size(item);
  writer->n_put++;
  if (writer->items->len == 1 || (!was_due && is_due(writer)))
    g_cond_broadcast(&writer->changed);
}

static void
add_item(MsStoreWriter *writer, MsStoreItem *item, gboolean wait)
{
  g_mutex_lock(&writer->lock);
  while (wait && !has_room(writer) && !writer->is_held)
    g_cond_wait(&writer->changed, &writer->lock);
  if (has_room(writer) && start_thread(writer))
    append(writer, item);
  else
    ms_store_item_clear(item);
  g_mutex_unlock(&writer->lock);
}

void
ms_store_writer_use(MsStoreWriter *writer, const MsHash *signature)
{
  MsStoreItem item = {.signature = *signature};

  if (!ms_store_connection_is_off(writer->connection))
    add_item(writer, &item, FALSE);
}

void
ms_store_writer_put(MsStoreWriter *writer, const MsHash *signature, const char *id, GByteArray *row,
                    gboolean wait)
{
  MsStoreItem item = {.signature = *signature, .id = g_strdup(id), .row = row};

  if (ms_store_connection_is_off(writer->connection))
    ms_store_item_clear(&item);
  else
    add_item(writer, &item, wait);
}

void
ms_store_writer_flush(MsStoreWriter *writer)
{
  guint64 n_put, n_failed;

  g_mutex_lock(&writer->lock);
  n_put = writer->n_put;
  n_failed = writer->n_failed;
  writer->n_hurry = MAX(writer->n_hurry, n_put);
  writer->n_flushes++;
  g_cond_broadcast(&writer->changed);
  while (writer->n_done < n_put && writer->n_failed == n_failed)
    g_cond_wait(&writer->changed, &writer->lock);
  g_mutex_unlock(&writer->lock);
}
