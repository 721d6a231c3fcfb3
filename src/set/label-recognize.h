/* SPDX-License-Identifier: MIT
 *
 * Whether a table is about labels rather than masks.
 */
#pragma once

#include "io/table.h"

G_BEGIN_DECLS

/* Told from its columns' names and first cells: masks are named by paths. */
gboolean ms_label_table_is_one(const MsTable *table);

G_END_DECLS
