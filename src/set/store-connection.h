/* SPDX-License-Identifier: MIT
 *
 * One connection of the results store to its file, with the statements that are kept on it: opened
 * when it is first needed, and anew when the file has gone or had to be made anew; left alone for
 * some seconds while another program holds the file; off for good where there can be none. For one
 * thread at a time but where it says otherwise. Its user's pattern:
 *
 *    do {
 *      if (!ms_store_connection_open(connection))
 *        return;
 *      code = ...;
 *    } while (ms_store_connection_settle(connection, code));
 */
#pragma once

#include "set/hash.h"
#include "set/store-access.h"

G_BEGIN_DECLS

#define MS_STORE_MOST_STATEMENTS 5

/* What a connection is for; constant. */
typedef struct {
  const char *settings; /* run when it is opened */
  const char *sql[MS_STORE_MOST_STATEMENTS];
  int patience; /* ms that others' locks are waited for */
  int pause;    /* ms that a file which is held is left alone */
} MsStoreManner;

typedef struct MsStoreConnection MsStoreConnection;

/* access is lent, and outlives it. */
MsStoreConnection *ms_store_connection_new(MsStoreAccess *access, const MsStoreManner *manner);
void ms_store_connection_free(MsStoreConnection *connection);

/* FALSE: not now, or never again. */
gboolean ms_store_connection_open(MsStoreConnection *connection);

/* What an answer of the open connection asks for is done. TRUE: open it, and ask again. */
gboolean ms_store_connection_settle(MsStoreConnection *connection, int code);

/* Of the open connection; the index is that in the manner. */
sqlite3 *ms_store_connection_db(const MsStoreConnection *connection);
sqlite3_stmt *ms_store_connection_statement(const MsStoreConnection *connection, guint index);

/* The number that the file has for a signature; *id 0: it is not there. */
int ms_store_connection_find_signature(MsStoreConnection *connection, const MsHash *hash,
                                       gint64 *id);

/* Another number: another file is open, of which nothing is known that was read before. */
guint ms_store_connection_get_generation(const MsStoreConnection *connection);

/* Whether another program held the file when it was last tried. */
gboolean ms_store_connection_is_held(const MsStoreConnection *connection);

/* Waits for others' locks no longer than so many ms, also where it waits just now. Any thread. */
void ms_store_connection_hurry(MsStoreConnection *connection, int patience);

/* Any thread. */
void ms_store_connection_give_up(MsStoreConnection *connection);
gboolean ms_store_connection_is_off(const MsStoreConnection *connection);

G_END_DECLS
