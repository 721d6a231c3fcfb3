/* SPDX-License-Identifier: MIT
 *
 * The results store's SQLite file: opened with everything set that it should be opened with, made
 * where there is none, and told from whatever else may lie in its place.
 */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

typedef enum {
  MS_STORE_FINE,
  MS_STORE_BUSY,    /* another program holds it: later */
  MS_STORE_GONE,    /* the file was removed or replaced while it was open */
  MS_STORE_BROKEN,  /* damaged, or no results store of this version */
  MS_STORE_REFUSED, /* cannot be read or written: permission, space; or a mistake of ours */
} MsStoreState;

/* What an answer of SQLite's means. Functions that answer with one of its codes give SQLITE_OK
 * where all is well. */
MsStoreState ms_store_state_of(int code);

/* How long locks of others are waited for, also when that changes while they are. */
typedef struct {
  gint ms;      /* atomic */
  gint64 since; /* the connection's */
} MsStorePatience;

/* One connection, for one thread at a time; the file is made where there is none. patience is lent
 * to it. *db is the caller's to close, also when something is wrong. */
int ms_store_file_open(const char *path, MsStorePatience *patience, sqlite3 **db);

/* Whether the file at the path is another one by now. */
gboolean ms_store_file_has_moved(sqlite3 *db);

/* Removes the file and its journal. */
void ms_store_file_remove(const char *path);

/* A statement that is kept. */
int ms_store_prepare(sqlite3 *db, const char *sql, sqlite3_stmt **statement);

/* Runs a statement that answers nothing, and makes it ready for the next time. */
int ms_store_step(sqlite3_stmt *statement);

/* Runs statements that answer nothing. */
int ms_store_run(sqlite3 *db, const char *sql);

/* The one number that a query answers. */
int ms_store_ask(sqlite3 *db, const char *sql, gint64 *number);

G_END_DECLS
