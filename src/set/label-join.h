/* SPDX-License-Identifier: MIT
 *
 * The rows of all files as examples: those with the same id are one.
 */
#pragma once

#include "set/inventory.h"
#include "set/label-file.h"

G_BEGIN_DECLS

/* Adds an entry for every id to an empty inventory, with image, split and group of the first file
 * (an image's path is relative to it), and fills in the rows of each file. An array has no ids: it
 * takes those of the first file that has them, in its order, which is told in a notice; where no
 * file has any, rows are called by their numbers. Errors (MS_IO_ERROR_PARSE): an id twice, a row
 * with labels and no id, files that cannot be joined. */
gboolean ms_label_join(MsInventory *inventory, const GPtrArray *files, GCancellable *cancellable,
                       GError **error);

G_END_DECLS
