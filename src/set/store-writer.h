/* SPDX-License-Identifier: MIT
 *
 * The thread that writes the results store: rows wait in a bounded queue and go to the file some
 * thousand at once, or after half a second. Keeps the file below its bound.
 */
#pragma once

#include "set/hash.h"
#include "set/store-access.h"

G_BEGIN_DECLS

typedef struct MsStoreWriter MsStoreWriter;

/* access is lent, and outlives it. */
MsStoreWriter *ms_store_writer_new(MsStoreAccess *access, guint64 max_bytes);
/* Waits until what was put is written, or given up. */
void ms_store_writer_free(MsStoreWriter *writer);

/* Notes that a signature is in use. */
void ms_store_writer_use(MsStoreWriter *writer, const MsHash *signature);

/* Takes over the row. id NULL: it is what a survey noted of a file, and the signature its key.
 * wait: for room in the queue; else the row is dropped when it is full. */
void ms_store_writer_put(MsStoreWriter *writer, const MsHash *signature, const char *id,
                         GByteArray *row, gboolean wait);

void ms_store_writer_flush(MsStoreWriter *writer);

G_END_DECLS
