/* SPDX-License-Identifier: MIT
 *
 * What the results store holds of an example, as bytes that tell whether they are still what was
 * written, and for which example under which signature: hostile input like any other.
 */
#pragma once

#include "set/hash.h"
#include "set/packed.h"
#include "set/stamp.h"

G_BEGIN_DECLS

/* Larger ones are not kept. */
#define MS_STORE_ROW_MAX_BYTES   (64u << 20)
#define MS_STORE_FACTS_MAX_BYTES (64u << 10)

typedef struct {
  MsStamp stamp;
  int width, height;   /* of the actual mask */
  gboolean resized;    /* the predicted mask was */
  MsPacked *packed;    /* NULL: the sizes differ */
  int predicted_width; /* where they differ, else 0 */
  int predicted_height;
} MsStoreRow;

void ms_store_row_clear(MsStoreRow *row);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MsStoreRow, ms_store_row_clear)

/* NULL: too large. */
GByteArray *ms_store_row_write(const MsStoreRow *row, const MsHash *signature, const char *id);

/* What a survey noted of a file, in the same way. NULL: too large. */
GByteArray *ms_store_facts_write(GBytes *facts, const MsHash *key, const MsStamp *stamp);
/* NULL: damaged, or of another stamp. Free with g_bytes_unref(). */
GBytes *ms_store_facts_read(GBytes *row, const MsHash *key, const MsStamp *stamp);

/* The stamp alone. FALSE: too few bytes. */
gboolean ms_store_row_read_stamp(gconstpointer bytes, gsize size, MsStamp *stamp);

/* Fills a zeroed row. FALSE: damaged, and nothing is written. */
gboolean ms_store_row_read(MsStoreRow *row, gconstpointer bytes, gsize size,
                           const MsHash *signature, const char *id);

G_END_DECLS
