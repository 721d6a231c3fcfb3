/* SPDX-License-Identifier: MIT
 *
 * Kaggle's tables of run lengths: a row for each object, or for each class, of an image; rows of
 * one image are united. Columns are known by their usual names ("ImageId", "EncodedPixels", ...);
 * a class is a column of its own or stands behind the image's name ("0011165.jpg_Fish",
 * "0002cc93b.jpg_1"). Without classes masks are binary, else a pixel may be of several.
 */
#pragma once

#include "set/annotations.h"

G_BEGIN_DECLS

typedef struct MsRunTable MsRunTable;

/* Whether the header of a table has such columns; reads only its first line. */
gboolean ms_run_table_is_one(const char *path);

MsRunTable *ms_run_table_load(const char *path, GCancellable *cancellable, GError **error);
void ms_run_table_free(MsRunTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsRunTable, ms_run_table_free)

/* Its images, in the order of their first rows; names as they stand, lent. */
guint ms_run_table_n_images(const MsRunTable *table);
const char *ms_run_table_image(const MsRunTable *table, guint index);

/* Gives the classes of several tables (MsRunTable) the same ids: the numbers that they are called
 * by, if all are; else 1, 2, ... in byte order of their names. Before any of them becomes
 * annotations. */
void ms_run_tables_share_classes(const GPtrArray *tables);

/* A record is an index of an image. Takes the table over. */
MsAnnotations *ms_annotations_of_runs(MsRunTable *table);

G_END_DECLS
