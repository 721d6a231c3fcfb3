/* SPDX-License-Identifier: MIT
 *
 * A folder of label tables: labels.csv with both sides, or a table of the actual labels (actual,
 * labels, truth, gt, ground_truth, y_true) and beside it one for each model (predicted*, prob*,
 * score*, y_pred*); .csv or .tsv. A splits.csv beside them is read too, and a folder images.
 */
#pragma once

#include "set/inventory.h"
#include "set/options.h"

G_BEGIN_DECLS

/* *inventory NULL and no error: the folder holds no such tables. Adds the table of splits to the
 * options where they name none. Errors: those of label-tables.h and manifest.h. */
gboolean ms_label_folder_load(const char *folder, MsOptions *options, MsInventory **inventory,
                              GCancellable *cancellable, GError **error);

G_END_DECLS
