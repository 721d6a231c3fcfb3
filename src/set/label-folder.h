/* SPDX-License-Identifier: MIT
 *
 * A folder of label tables: labels.csv with both sides, or a table of the actual labels (actual,
 * labels, truth, gt, ground_truth, y_true) and beside it one for each model, called by one of the
 * words predicted, prediction, prob, score, output, y_pred, ... alone or with the model's name
 * behind it. Tables are .csv or .tsv, or .npy for a side that no other table is of. A splits.csv
 * beside them is read too, and a folder images.
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
