/* SPDX-License-Identifier: MIT
 *
 * Everything but the queue belongs to the thread. Signatures get their numbers in each transaction
 * anew: another program may have removed one to make room.
 */
#include "set/store-writer.h"

#define BATCH_ROWS    4096
#define BATCH_USEC    (G_USEC_PER_SEC / 2)
#define QUEUE_ROWS    (4 * BATCH_ROWS)
#define QUEUE_BYTES   (64u << 20)
#define PATIENCE      5000  /* ms that others' locks are waited for */
#define MOST_BUSY     3     /* batches given up one after the other */
#define BOUND_BATCHES 32    /* batches between two looks at the file's size */
#define TRIM_ROWS     20000 /* removed in one transaction */
#define FACTS_ROWS    16384 /* of surveys that are kept; so many where room is wanted: */
#define FACTS_FEWER   1024
#define USED_STEP                                                                                  \
  (G_USEC_PER_SEC * G_GINT64_CONSTANT(3600)) /* times of use are noted so coarsely */

typedef struct {
  MsHash signature;
  char *id;        /* NULL: the row is what a survey noted of a file, and the signature its key */
  GByteArray *row; /* NULL: the signature is in use, and that is all */
} Item;

struct MsStoreWriter {
  MsStoreAccess *access;
  guint64 max_bytes;
  GArray *used;    /* MsHash: signatures of this run; the thread's */
  GThread *thread; /* locked */

  GMutex lock;
  GCond changed;
  GArray *items;   /* Item, locked: waiting */
  gsize n_bytes;   /* locked: of their rows */
  gint64 first_at; /* locked: when the first of them came, monotonic */
  guint64 n_put;   /* locked */
  guint64 n_done;  /* locked: written or given up */
  guint64 n_hurry; /* locked: those up to this one are waited for */
  gboolean ends;   /* locked */

  sqlite3 *db;
  sqlite3_stmt *find_signature;
  sqlite3_stmt *add_signature;
  sqlite3_stmt *use_signature;
  sqlite3_stmt *put_row;
  sqlite3_stmt *put_facts;
  sqlite3_stmt *drop_facts;
  guint n_busy;
  guint n_batches;
  gint is_off; /* atomic: nothing is kept any more */
};

static void
item_clear(gpointer data)
{
  Item *item = data;

  g_free(item->id);
  if (item->row)
    g_byte_array_unref(item->row);
}

static GArray *
items_new(void)
{
  GArray *items = g_array_new(FALSE, FALSE, sizeof(Item));

  g_array_set_clear_func(items, item_clear);
  return items;
}

/* --- the file --------------------------------------------------------------------------------- */

static void
finalize_statements(MsStoreWriter *writer)
{
  g_clear_pointer(&writer->find_signature, sqlite3_finalize);
  g_clear_pointer(&writer->add_signature, sqlite3_finalize);
  g_clear_pointer(&writer->use_signature, sqlite3_finalize);
  g_clear_pointer(&writer->put_row, sqlite3_finalize);
  g_clear_pointer(&writer->put_facts, sqlite3_finalize);
  g_clear_pointer(&writer->drop_facts, sqlite3_finalize);
}

static int
prepare_statements(MsStoreWriter *writer)
{
  static const char find[] = "SELECT id FROM signatures WHERE hash = ?1";
  static const char add[] = "INSERT INTO signatures (hash, used) VALUES (?1, ?2)";
  static const char use[] = "UPDATE signatures SET used = ?2 WHERE id = ?1 AND abs(used - ?2) > ?3";
  /* A row that is there already costs no page. */
  static const char put[] = "INSERT INTO results VALUES (?1, ?2, ?3) ON CONFLICT (signature, "
                            "example) DO UPDATE SET result = excluded.result "
                            "WHERE result IS NOT excluded.result";
  /* A new row each time, so that the lowest number is the oldest. */
  static const char put_facts[] = "INSERT OR REPLACE INTO surveys (key, facts) VALUES (?1, ?2)";
  static const char drop_facts[] =
      "DELETE FROM surveys WHERE id <= (SELECT max(id) FROM surveys) - ?1";
  int code = ms_store_prepare(writer->db, find, &writer->find_signature);

  if (code == SQLITE_OK)
    code = ms_store_prepare(writer->db, add, &writer->add_signature);
  if (code == SQLITE_OK)
    code = ms_store_prepare(writer->db, use, &writer->use_signature);
  if (code == SQLITE_OK)
    code = ms_store_prepare(writer->db, put, &writer->put_row);
  if (code == SQLITE_OK)
    code = ms_store_prepare(writer->db, put_facts, &writer->put_facts);
  if (code == SQLITE_OK)
    code = ms_store_prepare(writer->db, drop_facts, &writer->drop_facts);
  return code;
}

/* What is damaged is mended, what others hold is given up for now. Whether there is something to
 * try again. */
static gboolean
settle(MsStoreWriter *writer, MsStoreCure cure)
{
  if (cure == MS_STORE_NEVER || (cure == MS_STORE_LATER && ++writer->n_busy >= MOST_BUSY))
    g_atomic_int_set(&writer->is_off, TRUE);
  return cure == MS_STORE_AGAIN;
}

static gboolean
mend(MsStoreWriter *writer, int code)
{
  MsStoreCure cure;

  if (ms_store_state_of(code) != MS_STORE_BUSY)
    finalize_statements(writer);
  cure = ms_store_access_mend(writer->access, writer->db, code);
  if (cure != MS_STORE_LATER)
    writer->db = NULL;
  return settle(writer, cure);
}

static gboolean
connect(MsStoreWriter *writer)
{
  MsStoreCure cure;
  int code;

  while (!writer->db) {
    writer->db = ms_store_access_open(writer->access, PATIENCE, &cure);
    if (!writer->db)
      return settle(writer, cure);
    code = prepare_statements(writer);
    if (code != SQLITE_OK && !mend(writer, code))
      return FALSE;
  }
  return TRUE;
}

static void
bind_hash(sqlite3_stmt *statement, const MsHash *hash)
{
  sqlite3_bind_blob(statement, 1, hash, sizeof *hash, SQLITE_TRANSIENT);
}

/* *id 0: it is not there. */
static int
find_signature(MsStoreWriter *writer, const MsHash *hash, gint64 *id)
{
  int code;

  bind_hash(writer->find_signature, hash);
  code = sqlite3_step(writer->find_signature);
  *id = code == SQLITE_ROW ? sqlite3_column_int64(writer->find_signature, 0) : 0;
  sqlite3_reset(writer->find_signature);
  return code == SQLITE_ROW || code == SQLITE_DONE ? SQLITE_OK : code;
}

static int
note_use(MsStoreWriter *writer, gint64 id)
{
  sqlite3_bind_int64(writer->use_signature, 1, id);
  sqlite3_bind_int64(writer->use_signature, 2, g_get_real_time());
  sqlite3_bind_int64(writer->use_signature, 3, USED_STEP);
  return ms_store_step(writer->use_signature);
}

static int
add_signature(MsStoreWriter *writer, const MsHash *hash, gint64 *id)
{
  int code;

  bind_hash(writer->add_signature, hash);
  sqlite3_bind_int64(writer->add_signature, 2, g_get_real_time());
  code = ms_store_step(writer->add_signature);
  *id = sqlite3_last_insert_rowid(writer->db);
  return code;
}

static void
remember_use(MsStoreWriter *writer, const MsHash *hash)
{
  for (guint i = 0; i < writer->used->len; i++)
    if (ms_hash_equal(&g_array_index(writer->used, MsHash, i), hash))
      return;
  g_array_append_val(writer->used, *hash);
}

static int
get_signature(MsStoreWriter *writer, const MsHash *hash, gint64 *id)
{
  int code = find_signature(writer, hash, id);

  remember_use(writer, hash);
  if (code != SQLITE_OK)
    return code;
  return *id ? note_use(writer, *id) : add_signature(writer, hash, id);
}

static int
put_row(MsStoreWriter *writer, gint64 signature, const Item *item)
{
  sqlite3_bind_int64(writer->put_row, 1, signature);
  sqlite3_bind_text(writer->put_row, 2, item->id, -1, SQLITE_STATIC);
  sqlite3_bind_blob(writer->put_row, 3, item->row->data, (int)item->row->len, SQLITE_STATIC);
  return ms_store_step(writer->put_row);
}

static int
put_facts(MsStoreWriter *writer, const Item *item)
{
  bind_hash(writer->put_facts, &item->signature);
  sqlite3_bind_blob(writer->put_facts, 2, item->row->data, (int)item->row->len, SQLITE_STATIC);
  return ms_store_step(writer->put_facts);
}

/* All but the newest ones. */
static int
drop_facts(MsStoreWriter *writer, gint64 n_kept)
{
  sqlite3_bind_int64(writer->drop_facts, 1, n_kept);
  return ms_store_step(writer->drop_facts);
}

static gboolean
is_of_survey(const Item *item)
{
  return !item->id && item->row;
}

/* They come before the results of their set. */
static int
put_surveys(MsStoreWriter *writer, const GArray *items)
{
  int code = SQLITE_OK;
  guint n = 0;

  for (guint i = 0; i < items->len && code == SQLITE_OK; i++) {
    if (!is_of_survey(&g_array_index(items, Item, i)))
      continue;
    code = put_facts(writer, &g_array_index(items, Item, i));
    n++;
  }
  return code == SQLITE_OK && n > 0 ? drop_facts(writer, FACTS_ROWS) : code;
}

static int
put_items(MsStoreWriter *writer, const GArray *items)
{
  const MsHash *last = NULL;
  int code = put_surveys(writer, items);
  gint64 signature = 0;

  for (guint i = 0; i < items->len && code == SQLITE_OK; i++) {
    const Item *item = &g_array_index(items, Item, i);

    if (is_of_survey(item))
      continue;
    if (!last || !ms_hash_equal(last, &item->signature))
      code = get_signature(writer, &item->signature, &signature);
    last = &item->signature;
    if (code == SQLITE_OK && item->id)
      code = put_row(writer, signature, item);
  }
  return code;
}

static int
finish(MsStoreWriter *writer, int code)
{
  if (code == SQLITE_OK)
    code = ms_store_run(writer->db, "COMMIT");
  if (code != SQLITE_OK && !sqlite3_get_autocommit(writer->db))
    sqlite3_exec(writer->db, "ROLLBACK", NULL, NULL, NULL);
  return code;
}

static int
write_items(MsStoreWriter *writer, const GArray *items)
{
  int code = ms_store_run(writer->db, "BEGIN IMMEDIATE");

  return code == SQLITE_OK ? finish(writer, put_items(writer, items)) : code;
}

/* --- its size --------------------------------------------------------------------------------- */

static int
measure(MsStoreWriter *writer, guint64 *n_bytes)
{
  gint64 n_pages = 0, n_free = 0, page_size = 0;
  int code = ms_store_ask(writer->db, "PRAGMA page_count", &n_pages);

  if (code == SQLITE_OK)
    code = ms_store_ask(writer->db, "PRAGMA freelist_count", &n_free);
  if (code == SQLITE_OK)
    code = ms_store_ask(writer->db, "PRAGMA page_size", &page_size);
  *n_bytes = (guint64)(MAX(n_pages - n_free, 0) * page_size);
  return code;
}

static gboolean
is_in_use(const MsStoreWriter *writer, const void *hash, gsize size)
{
  for (guint i = 0; i < writer->used->len; i++)
    if (size == sizeof(MsHash) &&
        memcmp(hash, &g_array_index(writer->used, MsHash, i), sizeof(MsHash)) == 0)
      return TRUE;
  return FALSE;
}

/* The one whose use is longest ago, but for those of this run; 0: there is none. */
static int
find_oldest(MsStoreWriter *writer, gint64 *id)
{
  static const char by_age[] = "SELECT id, hash FROM signatures ORDER BY used, id";
  sqlite3_stmt *list = NULL;
  int code = ms_store_prepare(writer->db, by_age, &list);

  *id = 0;
  if (code != SQLITE_OK)
    return code;
  while (*id == 0 && (code = sqlite3_step(list)) == SQLITE_ROW)
    if (!is_in_use(writer, sqlite3_column_blob(list, 1), (gsize)sqlite3_column_bytes(list, 1)))
      *id = sqlite3_column_int64(list, 0);
  sqlite3_finalize(list);
  return code == SQLITE_ROW || code == SQLITE_DONE ? SQLITE_OK : code;
}

/* Some of its rows; with the last ones it goes itself. */
static int
remove_some(MsStoreWriter *writer, gint64 id)
{
  g_autofree char *rows = g_strdup_printf(
      "DELETE FROM results WHERE signature = %" G_GINT64_FORMAT " AND example <= coalesce((SELECT "
      "example FROM results WHERE signature = %" G_GINT64_FORMAT
      " ORDER BY example LIMIT 1 OFFSET %d), (SELECT max(example) FROM results WHERE signature = "
      "%" G_GINT64_FORMAT "))",
      id, id, TRIM_ROWS, id);
  g_autofree char *self = g_strdup_printf(
      "DELETE FROM signatures WHERE id = %" G_GINT64_FORMAT
      " AND NOT EXISTS (SELECT 1 FROM results WHERE signature = %" G_GINT64_FORMAT ")",
      id, id);
  int code = ms_store_run(writer->db, "BEGIN IMMEDIATE");

  if (code != SQLITE_OK)
    return code;
  code = ms_store_run(writer->db, rows);
  if (code == SQLITE_OK)
    code = ms_store_run(writer->db, self);
  return finish(writer, code);
}

static int
trim(MsStoreWriter *writer)
{
  guint64 n_bytes;
  gint64 oldest;
  int code = measure(writer, &n_bytes);

  if (code == SQLITE_OK && n_bytes > writer->max_bytes)
    code = drop_facts(writer, FACTS_FEWER);
  if (code != SQLITE_OK)
    return code;
  for (;;) {
    code = measure(writer, &n_bytes);
    if (code != SQLITE_OK || n_bytes <= writer->max_bytes)
      return code;
    code = find_oldest(writer, &oldest);
    if (code != SQLITE_OK)
      return code;
    if (oldest == 0)
      break;
    code = remove_some(writer, oldest);
    if (code != SQLITE_OK)
      return code;
  }
  g_atomic_int_set(&writer->is_off, TRUE);
  ms_store_access_notice(writer->access,
                         "the results store is full with this set alone; further results are not "
                         "kept");
  return code;
}

/* --- the thread ------------------------------------------------------------------------------- */

static void
write_batch(MsStoreWriter *writer, const GArray *items)
{
  int code;

  do {
    if (g_atomic_int_get(&writer->is_off) || !connect(writer))
      return;
    code = write_items(writer, items);
    if (code == SQLITE_OK && writer->n_batches++ % BOUND_BATCHES == 0)
      code = trim(writer);
  } while (code != SQLITE_OK && mend(writer, code));
  if (code == SQLITE_OK)
    writer->n_busy = 0;
}

/* With the lock held. Waits until a batch is due and takes it; NULL: the end. */
static GArray *
take_batch(MsStoreWriter *writer)
{
  GArray *items = writer->items;

  while (writer->items->len == 0 && !writer->ends)
    g_cond_wait(&writer->changed, &writer->lock);
  while (writer->items->len < BATCH_ROWS && !writer->ends && writer->n_hurry <= writer->n_done)
    if (!g_cond_wait_until(&writer->changed, &writer->lock, writer->first_at + BATCH_USEC))
      break;
  if (writer->items->len == 0)
    return NULL;
  writer->items = items_new();
  writer->n_bytes = 0;
  return items;
}

static gpointer
run(gpointer data)
{
  MsStoreWriter *writer = data;
  GArray *items;

  g_mutex_lock(&writer->lock);
  while ((items = take_batch(writer))) {
    g_cond_broadcast(&writer->changed); /* there is room */
    g_mutex_unlock(&writer->lock);
    write_batch(writer, items);
    g_mutex_lock(&writer->lock);
    writer->n_done += items->len;
    g_cond_broadcast(&writer->changed);
    g_array_unref(items);
  }
  g_mutex_unlock(&writer->lock);
  finalize_statements(writer);
  sqlite3_close(writer->db);
  return NULL;
}

MsStoreWriter *
ms_store_writer_new(MsStoreAccess *access, guint64 max_bytes)
{
  MsStoreWriter *writer = g_new0(MsStoreWriter, 1);

  writer->access = access;
  writer->max_bytes = max_bytes;
  writer->used = g_array_new(FALSE, FALSE, sizeof(MsHash));
  writer->items = items_new();
  g_mutex_init(&writer->lock);
  g_cond_init(&writer->changed);
  return writer;
}

void
ms_store_writer_free(MsStoreWriter *writer)
{
  g_mutex_lock(&writer->lock);
  writer->ends = TRUE;
  g_cond_broadcast(&writer->changed);
  g_mutex_unlock(&writer->lock);
  g_clear_pointer(&writer->thread, g_thread_join);
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

static void
add_item(MsStoreWriter *writer, Item *item, gboolean wait)
{
  g_mutex_lock(&writer->lock);
  while (wait && !has_room(writer))
    g_cond_wait(&writer->changed, &writer->lock);
  if (!has_room(writer)) {
    g_mutex_unlock(&writer->lock);
    item_clear(item);
    return;
  }
  if (writer->items->len == 0)
    writer->first_at = g_get_monotonic_time();
  g_array_append_val(writer->items, *item);
  writer->n_bytes += item->row ? item->row->len : 0;
  writer->n_put++;
  if (!writer->thread)
    writer->thread = g_thread_new("results store", run, writer);
  if (writer->items->len == 1 || writer->items->len == BATCH_ROWS)
    g_cond_broadcast(&writer->changed);
  g_mutex_unlock(&writer->lock);
}

void
ms_store_writer_use(MsStoreWriter *writer, const MsHash *signature)
{
  Item item = {.signature = *signature};

  add_item(writer, &item, FALSE);
}

void
ms_store_writer_put(MsStoreWriter *writer, const MsHash *signature, const char *id, GByteArray *row,
                    gboolean wait)
{
  Item item = {.signature = *signature, .id = g_strdup(id), .row = row};

  if (g_atomic_int_get(&writer->is_off))
    item_clear(&item);
  else
    add_item(writer, &item, wait);
}

void
ms_store_writer_flush(MsStoreWriter *writer)
{
  guint64 n_put;

  g_mutex_lock(&writer->lock);
  n_put = writer->n_put;
  writer->n_hurry = MAX(writer->n_hurry, n_put);
  g_cond_broadcast(&writer->changed);
  while (writer->n_done < n_put)
    g_cond_wait(&writer->changed, &writer->lock);
  g_mutex_unlock(&writer->lock);
}
