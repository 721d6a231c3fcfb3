/* SPDX-License-Identifier: MIT
 *
 * Label sets from tables: a row an example, in one file with both sides or in one file for the
 * actual labels and one for each model. Cells are labels separated by ';' (none or NA: there is no
 * label set; only ';': an empty one), or there is a column a label, with 0 and 1 or with scores.
 */
#pragma once

#include "io/table.h"
#include "set/inventory.h"
#include "set/options.h"

G_BEGIN_DECLS

/* One file with both sides, read already. *table is taken over and NULL, but not where its columns
 * do not tell the sides (MS_SET_ERROR_LAYOUT). Of the options it heeds classes and threshold.
 * Errors: MS_IO_ERROR (names file, line and column), MS_SET_ERROR_LAYOUT (no labels found),
 * MS_SET_ERROR_EMPTY. */
MsInventory *ms_label_tables_take(MsTable **table, const char *path, const MsOptions *options,
                                  GCancellable *cancellable, GError **error);

/* The files that the options name as actual and predicted. */
MsInventory *ms_label_tables_load(const MsOptions *options, GCancellable *cancellable,
                                  GError **error);

/* The same of files that were found in a folder: of several predicted ones, those that are no
 * tables of these labels are left alone, with a notice. actual is the table of the actual labels,
 * read already and taken over, or NULL. */
MsInventory *ms_label_tables_load_found(const MsOptions *options, MsTable *actual,
                                        GCancellable *cancellable, GError **error);

/* Whether the options name tables of labels: a .csv or .tsv file, beside which an array is one,
 * too; or nothing but arrays (.npy) of which none is like a mask, and no option that is about
 * masks. Arrays are read for that. */
gboolean ms_label_tables_are_meant(const MsOptions *options, GCancellable *cancellable);

G_END_DECLS
