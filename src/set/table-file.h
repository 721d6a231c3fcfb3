/* SPDX-License-Identifier: MIT
 *
 * Tables that a set is described by, as files.
 */
#pragma once

#include <gio/gio.h>

#include "io/table.h"

G_BEGIN_DECLS

/* At most MS_TABLE_MAX_BYTES are read. Errors: those of ms_file_read() and ms_table_parse(). */
MsTable *ms_table_file_read(const char *path, GCancellable *cancellable, GError **error);

G_END_DECLS
