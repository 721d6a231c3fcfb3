/* SPDX-License-Identifier: MIT
 *
 * How the store's connections, one that reads and one that writes, come to their file, and what is
 * done when something is wrong with it: made anew where it is damaged or of another kind, given up
 * where it cannot be had, and said once. For any thread.
 */
#pragma once

#include "set/store-file.h"

G_BEGIN_DECLS

typedef struct {
  char *path; /* NULL: there is no cache folder */
  GMutex lock;
  char *notice;         /* locked */
  gboolean was_noticed; /* locked: there is no second notice of what is wrong */
  gboolean was_held;    /* locked: nor of others who hold the file */
  guint n_mended;       /* locked */
} MsStoreAccess;

void ms_store_access_init(MsStoreAccess *access);
void ms_store_access_clear(MsStoreAccess *access);

/* What to do when a connection has answered with anything but SQLITE_OK. */
typedef enum {
  MS_STORE_AGAIN, /* open another one, which may do */
  MS_STORE_LATER, /* others hold the file */
  MS_STORE_NEVER, /* no store any more */
} MsStoreCure;

/* patience is lent to the connection. NULL: *cure says whether it is worth asking again, LATER or
 * NEVER. */
sqlite3 *ms_store_access_open(MsStoreAccess *access, MsStorePatience *patience, MsStoreCure *cure);

/* What the code asks for. Takes the connection and closes it; the caller has finalised its
 * statements. */
MsStoreCure ms_store_access_mend(MsStoreAccess *access, sqlite3 *db, int code);

/* Only the first one is kept. */
void ms_store_access_notice(MsStoreAccess *access, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* That another program holds the file: once, and only where there is nothing worse to say. */
void ms_store_access_notice_held(MsStoreAccess *access);

G_END_DECLS
