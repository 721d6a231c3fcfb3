/* SPDX-License-Identifier: MIT
 *
 * Pages that nothing lies in do not count: what is written next takes them. Rows go some at a time,
 * so that other programs come to the file in between.
 */
#include "set/store-trim.h"

#define TRIM_ROWS   20000 /* removed in one transaction */
#define FACTS_FEWER 1024  /* of surveys, where room is wanted */

static int
measure(sqlite3 *db, guint64 *n_bytes)
{
  gint64 n_pages = 0, n_free = 0, page_size = 0;
  int code = ms_store_ask(db, "PRAGMA page_count", &n_pages);

  if (code == SQLITE_OK)
    code = ms_store_ask(db, "PRAGMA freelist_count", &n_free);
  if (code == SQLITE_OK)
    code = ms_store_ask(db, "PRAGMA page_size", &page_size);
  *n_bytes = (guint64)(MAX(n_pages - n_free, 0) * page_size);
  return code;
}

static gboolean
is_in_use(const GArray *used, const void *hash, gsize size)
{
  for (guint i = 0; i < used->len; i++)
    if (size == sizeof(MsHash) &&
        memcmp(hash, &g_array_index(used, MsHash, i), sizeof(MsHash)) == 0)
      return TRUE;
  return FALSE;
}

/* The one whose use is longest ago, but for those of this run; 0: there is none. */
static int
find_oldest(sqlite3 *db, const GArray *used, gint64 *id)
{
  static const char by_age[] = "SELECT id, hash FROM signatures ORDER BY used, id";
  sqlite3_stmt *list = NULL;
  int code = ms_store_prepare(db, by_age, &list);

  *id = 0;
  if (code != SQLITE_OK)
    return code;
  while (*id == 0 && (code = sqlite3_step(list)) == SQLITE_ROW)
    if (!is_in_use(used, sqlite3_column_blob(list, 1), (gsize)sqlite3_column_bytes(list, 1)))
      *id = sqlite3_column_int64(list, 0);
  sqlite3_finalize(list);
  return code == SQLITE_ROW || code == SQLITE_DONE ? SQLITE_OK : code;
}

/* Some of its rows; with the last ones it goes itself. */
static int
remove_some(MsStoreConnection *connection, gint64 id)
{
  sqlite3 *db = ms_store_connection_db(connection);
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
  int code = ms_store_run(db, "BEGIN IMMEDIATE");

  if (code != SQLITE_OK)
    return code;
  code = ms_store_run(db, rows);
  if (code == SQLITE_OK)
    code = ms_store_run(db, self);
  return ms_store_items_finish(connection, code);
}

static int
make_room(MsStoreConnection *connection, guint64 most, const GArray *used, gboolean *is_full)
{
  sqlite3 *db = ms_store_connection_db(connection);
  guint64 n_bytes;
  gint64 oldest;
  int code;

  while ((code = measure(db, &n_bytes)) == SQLITE_OK && n_bytes > most) {
    code = find_oldest(db, used, &oldest);
    *is_full = code == SQLITE_OK && oldest == 0;
    if (code == SQLITE_OK && oldest != 0)
      code = remove_some(connection, oldest);
    if (code != SQLITE_OK || *is_full)
      break;
  }
  return code;
}

int
ms_store_trim(MsStoreConnection *connection, guint64 max_bytes, const GArray *used,
              gboolean *is_full)
{
  guint64 most = max_bytes - max_bytes / 16, n_bytes;
  int code = measure(ms_store_connection_db(connection), &n_bytes);

  *is_full = FALSE;
  if (code != SQLITE_OK || n_bytes <= most)
    return code;
  code = ms_store_items_drop_facts(connection, FACTS_FEWER);
  return code == SQLITE_OK ? make_room(connection, most, used, is_full) : code;
}
