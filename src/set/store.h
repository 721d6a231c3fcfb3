/* SPDX-License-Identifier: MIT
 *
 * The results store: what scoring an example gave, kept in a file from one run of the program to
 * the next. A row for each example under a signature (set/signature.h), with the stamp of the files
 * it is of. A cache: whatever goes wrong with it, a question is answered "not known", what was to
 * be kept is not, and there is a notice; a single row that is damaged is written again without one.
 * Shaped for a million rows asked for in the order of ids.
 *
 * Any thread may ask and put. Rows are written by one thread of the store's own, some thousand in a
 * transaction or those of half a second: killing the program loses no more. Several programs may
 * have the file open. It is bounded: signatures that were not used for longest go first. A file
 * that another program holds is left alone for some seconds, one that was removed is made again.
 */
#pragma once

#include "set/store-row.h"

G_BEGIN_DECLS

#define MS_STORE_FILE_NAME    "results.sqlite"
#define MS_STORE_JOURNAL_NAME MS_STORE_FILE_NAME "-journal"
#define MS_STORE_MAX_BYTES    (G_GUINT64_CONSTANT(2) << 30)

typedef struct MsStore MsStore;
typedef struct MsStoreSignature MsStoreSignature;

/* The one in the cache folder. Nothing is made or opened before the first question or row. */
MsStore *ms_store_new(guint64 max_bytes);
/* Waits until everything that was put is written, or given up: a file that is held is waited for
 * one second more. NULL is fine. */
void ms_store_free(MsStore *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsStore, ms_store_free)

/* Says that results under a signature will be asked for. The store's; lives as long as it. */
MsStoreSignature *ms_store_use(MsStore *store, const MsHash *signature);

/* Fills a zeroed row. FALSE: not known, or of another stamp. */
gboolean ms_store_find(MsStore *store, MsStoreSignature *signature, const char *id,
                       const MsStamp *stamp, MsStoreRow *row);

/* Keeps a row; its packed histogram is copied. wait: while too much waits to be written, so does
 * this; else the row is given up then, and so it is while another program holds the file. */
void ms_store_put(MsStore *store, MsStoreSignature *signature, const char *id,
                  const MsStoreRow *row, gboolean wait);

/* What a survey noted of one mask file (set/file-facts.h), by all that decides what that is but the
 * file's state. NULL: not known, or of another stamp; free with g_bytes_unref(). */
GBytes *ms_store_find_facts(MsStore *store, const MsHash *key, const MsStamp *stamp);
/* Keeps it, unless there is much of it or there is no room to wait in. */
void ms_store_put_facts(MsStore *store, const MsHash *key, const MsStamp *stamp, GBytes *facts);

/* Waits until everything that was put so far is written, or given up, or it was tried and another
 * program holds the file: it is tried again later then. */
void ms_store_flush(MsStore *store);

/* What the user should know and was not told: once that other programs hold the file, once what is
 * wrong with it. NULL: nothing. Caller frees. */
char *ms_store_take_notice(MsStore *store);

G_END_DECLS
