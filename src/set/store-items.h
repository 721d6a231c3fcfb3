/* SPDX-License-Identifier: MIT
 *
 * What waits to be written to the results store, and how it is: all at once, in one transaction on
 * the connection that writes.
 */
#pragma once

#include "set/store-connection.h"

G_BEGIN_DECLS

typedef struct {
  MsHash signature;
  char *id;        /* NULL: the row is what a survey noted of a file, and the signature its key */
  GByteArray *row; /* NULL: the signature is in use, and that is all */
} MsStoreItem;

void ms_store_item_clear(MsStoreItem *item);

/* An array that clears them. */
GArray *ms_store_items_new(void);

/* How much memory the writing of an item takes, and the file at least. */
gsize ms_store_item_size(const MsStoreItem *item);

/* The connection that writes. */
MsStoreConnection *ms_store_items_connection(MsStoreAccess *access);

/* Writes them within a transaction. used: MsHash, signatures of this run, which grows. */
int ms_store_items_put(MsStoreConnection *connection, const GArray *items, GArray *used);

/* Removes what surveys noted, all but the newest. */
int ms_store_items_drop_facts(MsStoreConnection *connection, gint64 n_kept);

/* Commits a transaction, or rolls it back where the code, or that, is not SQLITE_OK. */
int ms_store_items_finish(MsStoreConnection *connection, int code);

G_END_DECLS
