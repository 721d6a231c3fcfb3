/* SPDX-License-Identifier: MIT
 *
 * Signatures get their numbers in each transaction anew: another program may have removed one to
 * make room. Nothing is written to the file before the transaction ends (cache_spill), so that
 * other programs read meanwhile.
 */
#include "set/store-items.h"

#define FACTS_ROWS 16384 /* of surveys that are kept */
#define USED_STEP                                                                                  \
  (G_USEC_PER_SEC * G_GINT64_CONSTANT(3600)) /* times of use are noted so coarsely */

enum { ADD_SIGNATURE, USE_SIGNATURE, PUT_ROW, PUT_FACTS, DROP_FACTS };

static const MsStoreManner manner = {
    .settings = "PRAGMA cache_spill = OFF",
    .sql =
        {
            [ADD_SIGNATURE] = "INSERT INTO signatures (hash, used) VALUES (?1, ?2)",
            [USE_SIGNATURE] =
                "UPDATE signatures SET used = ?2 WHERE id = ?1 AND abs(used - ?2) > ?3",
            /* A row that is there already costs no page. */
            [PUT_ROW] = "INSERT INTO results VALUES (?1, ?2, ?3) ON CONFLICT (signature, "
                        "example) DO UPDATE SET result = excluded.result "
                        "WHERE result IS NOT excluded.result",
            /* A new row each time, so that the lowest number is the oldest. */
            [PUT_FACTS] = "INSERT OR REPLACE INTO surveys (key, facts) VALUES (?1, ?2)",
            [DROP_FACTS] = "DELETE FROM surveys WHERE id <= (SELECT max(id) FROM surveys) - ?1",
        },
    .patience = 5000,
    .pause = 0, /* the thread makes it */
};

void
ms_store_item_clear(MsStoreItem *item)
{
  g_clear_pointer(&item->id, g_free);
  g_clear_pointer(&item->row, g_byte_array_unref);
}

GArray *
ms_store_items_new(void)
{
  GArray *items = g_array_new(FALSE, FALSE, sizeof(MsStoreItem));

  g_array_set_clear_func(items, (GDestroyNotify)ms_store_item_clear);
  return items;
}

gsize
ms_store_item_size(const MsStoreItem *item)
{
  return (item->row ? item->row->len : 0) + (item->id ? strlen(item->id) : 0);
}

MsStoreConnection *
ms_store_items_connection(MsStoreAccess *access)
{
  return ms_store_connection_new(access, &manner);
}

static int
note_use(MsStoreConnection *connection, gint64 id)
{
  sqlite3_stmt *statement = ms_store_connection_statement(connection, USE_SIGNATURE);

  sqlite3_bind_int64(statement, 1, id);
  sqlite3_bind_int64(statement, 2, g_get_real_time());
  sqlite3_bind_int64(statement, 3, USED_STEP);
  return ms_store_step(statement);
}

static int
add_signature(MsStoreConnection *connection, const MsHash *hash, gint64 *id)
{
  sqlite3_stmt *statement = ms_store_connection_statement(connection, ADD_SIGNATURE);
  int code;

  sqlite3_bind_blob(statement, 1, hash, sizeof *hash, SQLITE_STATIC);
  sqlite3_bind_int64(statement, 2, g_get_real_time());
  code = ms_store_step(statement);
  *id = sqlite3_last_insert_rowid(ms_store_connection_db(connection));
  return code;
}

static void
remember_use(GArray *used, const MsHash *hash)
{
  for (guint i = 0; i < used->len; i++)
    if (ms_hash_equal(&g_array_index(used, MsHash, i), hash))
      return;
  g_array_append_val(used, *hash);
}

static int
get_signature(MsStoreConnection *connection, GArray *used, const MsHash *hash, gint64 *id)
{
  int code = ms_store_connection_find_signature(connection, hash, id);

  remember_use(used, hash);
  if (code != SQLITE_OK)
    return code;
  return *id ? note_use(connection, *id) : add_signature(connection, hash, id);
}

static int
put_row(MsStoreConnection *connection, gint64 signature, const MsStoreItem *item)
{
  sqlite3_stmt *statement = ms_store_connection_statement(connection, PUT_ROW);

  sqlite3_bind_int64(statement, 1, signature);
  sqlite3_bind_text(statement, 2, item->id, -1, SQLITE_STATIC);
  sqlite3_bind_blob(statement, 3, item->row->data, (int)item->row->len, SQLITE_STATIC);
  return ms_store_step(statement);
}

static int
put_facts(MsStoreConnection *connection, const MsStoreItem *item)
{
  sqlite3_stmt *statement = ms_store_connection_statement(connection, PUT_FACTS);

  sqlite3_bind_blob(statement, 1, &item->signature, sizeof item->signature, SQLITE_STATIC);
  sqlite3_bind_blob(statement, 2, item->row->data, (int)item->row->len, SQLITE_STATIC);
  return ms_store_step(statement);
}

int
ms_store_items_drop_facts(MsStoreConnection *connection, gint64 n_kept)
{
  sqlite3_stmt *statement = ms_store_connection_statement(connection, DROP_FACTS);

  sqlite3_bind_int64(statement, 1, n_kept);
  return ms_store_step(statement);
}

static gboolean
is_of_survey(const MsStoreItem *item)
{
  return !item->id && item->row;
}

/* They come before the results of their set. */
static int
put_surveys(MsStoreConnection *connection, const GArray *items)
{
  int code = SQLITE_OK;
  guint n = 0;

  for (guint i = 0; i < items->len && code == SQLITE_OK; i++) {
    if (!is_of_survey(&g_array_index(items, MsStoreItem, i)))
      continue;
    code = put_facts(connection, &g_array_index(items, MsStoreItem, i));
    n++;
  }
  return code == SQLITE_OK && n > 0 ? ms_store_items_drop_facts(connection, FACTS_ROWS) : code;
}

int
ms_store_items_put(MsStoreConnection *connection, const GArray *items, GArray *used)
{
  const MsHash *last = NULL;
  int code = put_surveys(connection, items);
  gint64 signature = 0;

  for (guint i = 0; i < items->len && code == SQLITE_OK; i++) {
    const MsStoreItem *item = &g_array_index(items, MsStoreItem, i);

    if (is_of_survey(item))
      continue;
    if (!last || !ms_hash_equal(last, &item->signature))
      code = get_signature(connection, used, &item->signature, &signature);
    last = &item->signature;
    if (code == SQLITE_OK && item->id)
      code = put_row(connection, signature, item);
  }
  return code;
}

int
ms_store_items_finish(MsStoreConnection *connection, int code)
{
  sqlite3 *db = ms_store_connection_db(connection);

  if (code == SQLITE_OK)
    code = ms_store_run(db, "COMMIT");
  if (code != SQLITE_OK && !sqlite3_get_autocommit(db))
    sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
  return code;
}
