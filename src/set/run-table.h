/* SPDX-License-Identifier: MIT
 *
 * Kaggle's tables of run lengths: a row for each object, or for each class, of an image; rows of
 * one image are united. Columns are known by their usual names ("ImageId", "EncodedPixels", ...);
 * a class is a column of its own or stands behind the image's name ("0011165.jpg_Fish",
 * "0002cc93b.jpg_1"). Without classes masks are binary, else a pixel may be of several.
 */
#pragma once

#include <gio/gio.h>

#include "io/run-length.h"
#include "set/classes.h"

G_BEGIN_DECLS

typedef struct MsRunTable MsRunTable;

/* Whether the header of a table has such columns; reads only its first line. */
gboolean ms_run_table_is_one(const char *path);

/* Errors: a row that names no image, or whose runs are of no class where there are classes. */
MsRunTable *ms_run_table_load(const char *path, GCancellable *cancellable, GError **error);
/* Whether the file is as it was before it was read. */
gboolean ms_run_table_is_current(const MsRunTable *table);
void ms_run_table_free(MsRunTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsRunTable, ms_run_table_free)

/* Its images, in the order of their first rows; names as they stand, lent. */
guint ms_run_table_n_images(const MsRunTable *table);
const char *ms_run_table_image(const MsRunTable *table, guint index);

/* Gives the classes of several tables (MsRunTable) the same ids: the numbers that they are called
 * by, if all are ("01" is none); else 1, 2, ... in byte order of their names. Before any of them
 * becomes annotations. */
void ms_run_tables_share_classes(const GPtrArray *tables);

/* Ascending by name, lent; none: masks are binary. */
const MsClass *ms_run_table_classes(const MsRunTable *table, guint *n_classes);

/* As messages show the file. */
const char *ms_run_table_name(const MsRunTable *table);

/* The rows of an image, one at least; lent. */
const guint *ms_run_table_rows(const MsRunTable *table, guint index, guint *n_rows);

/* The id of a row's class. */
guint32 ms_run_table_row_class(const MsRunTable *table, guint row);

/* Whether it says how large its images are; then a row can be asked. */
gboolean ms_run_table_has_sizes(const MsRunTable *table);
gboolean ms_run_table_read_size(const MsRunTable *table, guint row, int *width, int *height,
                                GError **error);

/* Errors name file and line. */
gboolean ms_run_table_read_runs(const MsRunTable *table, guint row, int width, int height,
                                MsRunLength *runs, GError **error);

G_END_DECLS
