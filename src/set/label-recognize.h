/* SPDX-License-Identifier: MIT
 *
 * Whether a table is about labels rather than masks.
 */
#pragma once

#include "io/table.h"

G_BEGIN_DECLS

/* Told from its columns' names and first cells: masks are named by paths, which most of the cells
 * look like, or the first that does is a file. path: the table's own, which others are relative to.
 */
gboolean ms_label_table_is_one(const MsTable *table, const char *path);

G_END_DECLS
