/* SPDX-License-Identifier: MIT
 *
 * Reading: one connection under a lock, and for each signature a few shelves of rows read ahead.
 * A signature that the file does not know when it is first asked for stays unknown to this store:
 * what is written meanwhile need not be read by the one who made it.
 */
#include "set/store.h"

#include "set/store-connection.h"
#include "set/store-shelf.h"
#include "set/store-writer.h"

/* As many places in the order of ids as are read from at a time. */
#define N_SHELVES 4

/* Rows up to this size are copied without taking memory for them. */
#define FEW_BYTES 1024

/* The hash never changes; the rest is under the store's lock. */
struct MsStoreSignature {
  MsHash hash;
  gboolean is_looked_up;
  gint64 id; /* 0: the file does not know it */
  MsStoreShelf *shelves[N_SHELVES];
  guint oldest; /* the shelf to be filled next */
};

struct MsStore {
  MsStoreAccess access;
  MsStoreWriter *writer;

  GMutex lock;
  GPtrArray *signatures; /* MsStoreSignature; locked, as all below */
  MsStoreConnection *connection;
  guint generation; /* of its file, that all is known of */
};

enum { READ_ROWS, FIND_FACTS };

/* Masks are read while the file is left alone: workers wait a tenth of the time at most. */
static const MsStoreManner manner = {
    .settings = "PRAGMA query_only = ON",
    .sql = {[READ_ROWS] = "SELECT example, result FROM results WHERE signature = ?1 AND "
                          "example >= ?2 ORDER BY example LIMIT ?3",
            [FIND_FACTS] = "SELECT facts FROM surveys WHERE key = ?1"},
    .patience = 1000,
    .pause = 10000,
};

static void
signature_free(gpointer data)
{
  MsStoreSignature *signature = data;

  for (guint i = 0; i < N_SHELVES; i++)
    ms_store_shelf_free(signature->shelves[i]);
  g_free(signature);
}

MsStore *
ms_store_new(guint64 max_bytes)
{
  MsStore *store = g_new0(MsStore, 1);

  ms_store_access_init(&store->access);
  store->writer = ms_store_writer_new(&store->access, max_bytes);
  store->connection = ms_store_connection_new(&store->access, &manner);
  g_mutex_init(&store->lock);
  store->signatures = g_ptr_array_new_with_free_func(signature_free);
  return store;
}

void
ms_store_free(MsStore *store)
{
  if (!store)
    return;
  ms_store_writer_free(store->writer);
  ms_store_connection_free(store->connection);
  ms_store_access_clear(&store->access);
  g_ptr_array_unref(store->signatures);
  g_mutex_clear(&store->lock);
  g_free(store);
}

MsStoreSignature *
ms_store_use(MsStore *store, const MsHash *hash)
{
  MsStoreSignature *signature = g_new0(MsStoreSignature, 1);

  signature->hash = *hash;
  for (guint i = 0; i < N_SHELVES; i++)
    signature->shelves[i] = ms_store_shelf_new();
  g_mutex_lock(&store->lock);
  g_ptr_array_add(store->signatures, signature);
  g_mutex_unlock(&store->lock);
  return signature;
}

/* --- reading, with the lock held -------------------------------------------------------------- */

/* What was read of another file means nothing. */
static void
forget(MsStore *store)
{
  for (guint i = 0; i < store->signatures->len; i++) {
    MsStoreSignature *signature = g_ptr_array_index(store->signatures, i);

    signature->is_looked_up = FALSE;
    for (guint j = 0; j < N_SHELVES; j++)
      ms_store_shelf_empty(signature->shelves[j]);
  }
}

static gboolean
open_file(MsStore *store)
{
  if (!ms_store_connection_open(store->connection))
    return FALSE;
  if (store->generation != ms_store_connection_get_generation(store->connection))
    forget(store);
  store->generation = ms_store_connection_get_generation(store->connection);
  return TRUE;
}

static int
look_up(MsStore *store, MsStoreSignature *signature)
{
  int code;

  if (signature->is_looked_up)
    return SQLITE_OK;
  code = ms_store_connection_find_signature(store->connection, &signature->hash, &signature->id);
  signature->is_looked_up = code == SQLITE_OK;
  if (signature->id != 0)
    ms_store_writer_use(store->writer, &signature->hash);
  return code;
}

static MsStoreShelf *
find_shelf(const MsStoreSignature *signature, const char *id)
{
  for (guint i = 0; i < N_SHELVES; i++)
    if (ms_store_shelf_covers(signature->shelves[i], id))
      return signature->shelves[i];
  return NULL;
}

/* *shelf NULL: the file holds nothing of that signature. */
static int
fill_shelf(MsStore *store, MsStoreSignature *signature, const char *id, MsStoreShelf **shelf)
{
  int code = look_up(store, signature);
  MsStoreShelf *filled = signature->shelves[signature->oldest];

  if (code != SQLITE_OK || signature->id == 0)
    return code;
  code = ms_store_shelf_fill(filled, ms_store_connection_statement(store->connection, READ_ROWS),
                             signature->id, id);
  if (code != SQLITE_OK)
    return code;
  signature->oldest = (signature->oldest + 1) % N_SHELVES;
  *shelf = filled;
  return SQLITE_OK;
}

static MsStoreShelf *
get_shelf(MsStore *store, MsStoreSignature *signature, const char *id)
{
  MsStoreShelf *shelf = find_shelf(signature, id);
  int code;

  if (shelf || (signature->is_looked_up && signature->id == 0))
    return shelf;
  do {
    if (!open_file(store))
      return NULL;
    code = fill_shelf(store, signature, id, &shelf);
  } while (ms_store_connection_settle(store->connection, code));
  return shelf;
}

/* A copy of the row in `few`, or g_malloc()ed where it is larger; NULL: none of that stamp. */
static guint8 *
copy_row(MsStore *store, MsStoreSignature *signature, const char *id, const MsStamp *stamp,
         guint8 *few, gsize *size)
{
  MsStoreShelf *shelf = get_shelf(store, signature, id);
  gconstpointer bytes = shelf ? ms_store_shelf_find(shelf, id, size) : NULL;
  MsStamp kept;

  if (!bytes || !ms_store_row_read_stamp(bytes, *size, &kept) || !ms_stamp_equal(&kept, stamp))
    return NULL;
  return *size <= FEW_BYTES ? memcpy(few, bytes, *size) : g_memdup2(bytes, *size);
}

gboolean
ms_store_find(MsStore *store, MsStoreSignature *signature, const char *id, const MsStamp *stamp,
              MsStoreRow *row)
{
  guint8 few[FEW_BYTES];
  guint8 *bytes;
  gboolean is_fine;
  gsize size;

  if (!ms_stamp_is_known(stamp))
    return FALSE;
  g_mutex_lock(&store->lock);
  bytes = copy_row(store, signature, id, stamp, few, &size);
  g_mutex_unlock(&store->lock);
  if (!bytes)
    return FALSE;
  is_fine = ms_store_row_read(row, bytes, size, &signature->hash, id);
  if (bytes != few)
    g_free(bytes);
  return is_fine;
}

/* --- what surveys noted ----------------------------------------------------------------------- */

/* With the lock held. *bytes NULL: there is nothing. */
static int
read_facts(MsStore *store, const MsHash *key, GBytes **bytes)
{
  sqlite3_stmt *statement = ms_store_connection_statement(store->connection, FIND_FACTS);
  int code;

  *bytes = NULL;
  sqlite3_bind_blob(statement, 1, key, sizeof *key, SQLITE_STATIC);
  code = sqlite3_step(statement);
  if (code == SQLITE_ROW)
    *bytes =
        g_bytes_new(sqlite3_column_blob(statement, 0), (gsize)sqlite3_column_bytes(statement, 0));
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
  return code == SQLITE_ROW || code == SQLITE_DONE ? SQLITE_OK : code;
}

static GBytes *
ask_for_facts(MsStore *store, const MsHash *key)
{
  GBytes *bytes = NULL;
  int code;

  do {
    if (!open_file(store))
      return NULL;
    code = read_facts(store, key, &bytes);
  } while (ms_store_connection_settle(store->connection, code));
  return bytes;
}

GBytes *
ms_store_find_facts(MsStore *store, const MsHash *key, const MsStamp *stamp)
{
  g_autoptr(GBytes) row = NULL;

  if (!ms_stamp_is_known(stamp))
    return NULL;
  g_mutex_lock(&store->lock);
  row = ask_for_facts(store, key);
  g_mutex_unlock(&store->lock);
  return row ? ms_store_facts_read(row, key, stamp) : NULL;
}

/* --- writing ---------------------------------------------------------------------------------- */

void
ms_store_put(MsStore *store, MsStoreSignature *signature, const char *id, const MsStoreRow *row,
             gboolean wait)
{
  GByteArray *bytes =
      ms_stamp_is_known(&row->stamp) ? ms_store_row_write(row, &signature->hash, id) : NULL;

  if (bytes)
    ms_store_writer_put(store->writer, &signature->hash, id, bytes, wait);
}

void
ms_store_put_facts(MsStore *store, const MsHash *key, const MsStamp *stamp, GBytes *facts)
{
  GByteArray *row = ms_stamp_is_known(stamp) ? ms_store_facts_write(facts, key, stamp) : NULL;

  if (row)
    ms_store_writer_put(store->writer, key, NULL, row, FALSE);
}

void
ms_store_flush(MsStore *store)
{
  ms_store_writer_flush(store->writer);
}

char *
ms_store_take_notice(MsStore *store)
{
  char *notice;

  g_mutex_lock(&store->access.lock);
  notice = g_steal_pointer(&store->access.notice);
  g_mutex_unlock(&store->access.lock);
  return notice;
}
