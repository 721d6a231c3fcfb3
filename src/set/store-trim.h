/* SPDX-License-Identifier: MIT
 *
 * The bound of the results store's file.
 */
#pragma once

#include "set/store-items.h"

G_BEGIN_DECLS

/* Where the file is larger than max_bytes but for a sixteenth, which is for the next batch: removes
 * what surveys noted, all but the newest, then rows of the signatures whose use is longest ago, but
 * for those in used (MsHash). *is_full: that did not do. Outside of transactions. */
int ms_store_trim(MsStoreConnection *connection, guint64 max_bytes, const GArray *used,
                  gboolean *is_full);

G_END_DECLS
