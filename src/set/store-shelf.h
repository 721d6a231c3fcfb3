/* SPDX-License-Identifier: MIT
 *
 * Reading ahead in the results store: rows of one signature, some hundreds in the order of their
 * ids, taken with one query. Workers ask for ids that are near each other, so that of a thousand
 * questions one reaches the file, and no lock on it is held between questions.
 */
#pragma once

#include "set/store-file.h"

G_BEGIN_DECLS

/* How many rows are read ahead, unless they are large. */
#define MS_STORE_SHELF_ROWS 512

typedef struct MsStoreShelf MsStoreShelf;

MsStoreShelf *ms_store_shelf_new(void);
void ms_store_shelf_free(MsStoreShelf *shelf);

/* Whether what the store held of that id is known without asking it. */
gboolean ms_store_shelf_covers(const MsStoreShelf *shelf, const char *id);

/* Fills it with the rows from id on. statement: (signature, first id, number) -> (id, row),
 * ascending. Anything but SQLITE_OK leaves the shelf empty: it covers nothing. */
int ms_store_shelf_fill(MsStoreShelf *shelf, sqlite3_stmt *statement, gint64 signature,
                        const char *id);

/* The row of an id that is covered, lent until the shelf is filled again; NULL: there is none. */
gconstpointer ms_store_shelf_find(MsStoreShelf *shelf, const char *id, gsize *size);

void ms_store_shelf_empty(MsStoreShelf *shelf);

G_END_DECLS
