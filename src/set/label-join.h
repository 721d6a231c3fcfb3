/* SPDX-License-Identifier: MIT
 *
 * The rows of all files as examples: those with the same id are one.
 */
#pragma once

#include "set/inventory.h"
#include "set/label-file.h"

G_BEGIN_DECLS

/* Adds an entry for every id to an empty inventory, and fills in the rows of each file. An
 * example's image (its path is relative to its file), split and group are those of the first file
 * that names them. An array has no ids: it takes those of the first file that has them, in its
 * order, which is told in a notice; where no file has any, rows are called by their numbers. Errors
 * (MS_IO_ERROR_PARSE): an id twice, a row with labels and no id, files that cannot be joined, or
 * that say different things of an example; MS_IO_ERROR_TOO_LARGE: more examples than
 * ms_label_data_check() grants to n_labels. */
gboolean ms_label_join(MsInventory *inventory, const GPtrArray *files, guint n_labels,
                       GCancellable *cancellable, GError **error);

G_END_DECLS
