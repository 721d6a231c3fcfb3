/* SPDX-License-Identifier: MIT
 *
 * Ids and rows lie one after the other in two buffers, which are used again.
 */
#include "set/store-shelf.h"

#include <string.h>

/* Rows stop being read ahead when they and their ids are this large together. */
#define ENOUGH_BYTES (1u << 20)

typedef struct {
  guint id_at; /* in ids */
  guint at;    /* in rows */
  guint size;
} Entry;

struct MsStoreShelf {
  char *first;     /* the id that was asked for; NULL: covers nothing */
  gboolean is_end; /* no row follows the last one */
  GString *ids;    /* each with its end */
  GByteArray *rows;
  GArray *entries; /* Entry */
  guint next;      /* the entry after the one found last: what is asked for next, mostly */
};

MsStoreShelf *
ms_store_shelf_new(void)
{
  MsStoreShelf *shelf = g_new0(MsStoreShelf, 1);

  shelf->ids = g_string_new(NULL);
  shelf->rows = g_byte_array_new();
  shelf->entries = g_array_new(FALSE, FALSE, sizeof(Entry));
  return shelf;
}

void
ms_store_shelf_free(MsStoreShelf *shelf)
{
  g_free(shelf->first);
  g_string_free(shelf->ids, TRUE);
  g_byte_array_unref(shelf->rows);
  g_array_unref(shelf->entries);
  g_free(shelf);
}

void
ms_store_shelf_empty(MsStoreShelf *shelf)
{
  g_clear_pointer(&shelf->first, g_free);
  shelf->is_end = FALSE;
  g_string_truncate(shelf->ids, 0);
  g_byte_array_set_size(shelf->rows, 0);
  g_array_set_size(shelf->entries, 0);
  shelf->next = 0;
}

static const char *
id_of(const MsStoreShelf *shelf, guint index)
{
  return shelf->ids->str + g_array_index(shelf->entries, Entry, index).id_at;
}

gboolean
ms_store_shelf_covers(const MsStoreShelf *shelf, const char *id)
{
  if (!shelf->first || strcmp(id, shelf->first) < 0)
    return FALSE;
  return shelf->is_end ||
         (shelf->entries->len > 0 && strcmp(id, id_of(shelf, shelf->entries->len - 1)) <= 0);
}

/* FALSE: what stands there is no id, which no store of ours holds. */
static gboolean
add_row(MsStoreShelf *shelf, sqlite3_stmt *statement)
{
  const char *id = (const char *)sqlite3_column_text(statement, 0);
  const void *row = sqlite3_column_blob(statement, 1);
  int size = sqlite3_column_bytes(statement, 1);
  Entry entry = {.id_at = (guint)shelf->ids->len, .at = shelf->rows->len, .size = (guint)size};

  if (!id || (gsize)sqlite3_column_bytes(statement, 0) != strlen(id))
    return FALSE;
  g_string_append_len(shelf->ids, id, (gssize)strlen(id) + 1);
  if (size > 0)
    g_byte_array_append(shelf->rows, row, (guint)size);
  g_array_append_val(shelf->entries, entry);
  return TRUE;
}

static int
read_rows(MsStoreShelf *shelf, sqlite3_stmt *statement)
{
  int code;

  while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
    if (!add_row(shelf, statement))
      return SQLITE_CORRUPT;
    if (shelf->rows->len + shelf->ids->len >= ENOUGH_BYTES)
      return SQLITE_OK;
  }
  shelf->is_end = code == SQLITE_DONE && shelf->entries->len < MS_STORE_SHELF_ROWS;
  return code == SQLITE_DONE ? SQLITE_OK : code;
}

int
ms_store_shelf_fill(MsStoreShelf *shelf, sqlite3_stmt *statement, gint64 signature, const char *id)
{
  int code;

  ms_store_shelf_empty(shelf);
  sqlite3_bind_int64(statement, 1, signature);
  sqlite3_bind_text(statement, 2, id, -1, SQLITE_STATIC);
  sqlite3_bind_int(statement, 3, MS_STORE_SHELF_ROWS);
  code = read_rows(shelf, statement);
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
  if (code == SQLITE_OK)
    shelf->first = g_strdup(id);
  else
    ms_store_shelf_empty(shelf);
  return code;
}

/* The first entry whose id is not before this one. */
static guint
find_place(const MsStoreShelf *shelf, const char *id)
{
  guint low = 0, high = shelf->entries->len;

  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (strcmp(id_of(shelf, middle), id) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

gconstpointer
ms_store_shelf_find(MsStoreShelf *shelf, const char *id, gsize *size)
{
  guint place = shelf->next;
  const Entry *entry;

  if (place >= shelf->entries->len || strcmp(id_of(shelf, place), id) != 0)
    place = find_place(shelf, id);
  if (place >= shelf->entries->len || strcmp(id_of(shelf, place), id) != 0)
    return NULL;
  shelf->next = place + 1;
  entry = &g_array_index(shelf->entries, Entry, place);
  *size = entry->size;
  return shelf->rows->data + entry->at;
}
