/* SPDX-License-Identifier: MIT
 *
 * A set as a table: a row an example, columns example, image, actual, predicted (or predicted:NAME,
 * once a model), split, group, or their usual synonyms; other columns are kept aside. Separated by
 * comma, semicolon or tab. Paths are relative to the file; an empty or NA cell: there is none. A
 * table whose columns hold labels instead is a set of label sets (label-tables.h).
 */
#pragma once

#include "io/table.h"
#include "set/inventory.h"
#include "set/options.h"

G_BEGIN_DECLS

/* Of the options, those that label tables heed count. Errors: MS_IO_ERROR_PARSE (names line and
 * column; an id on two lines), MS_SET_ERROR_LAYOUT (a column is missing), MS_SET_ERROR_EMPTY (no
 * rows). */
MsInventory *ms_manifest_load(const char *path, const MsOptions *options, GCancellable *cancellable,
                              GError **error);

/* The same of a table that was read from that path already. *table is taken over and NULL, but not
 * where it fails for its columns (MS_SET_ERROR_LAYOUT). */
MsInventory *ms_manifest_take(MsTable **table, const char *path, const MsOptions *options,
                              GCancellable *cancellable, GError **error);

G_END_DECLS
