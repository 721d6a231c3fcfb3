/* SPDX-License-Identifier: MIT
 *
 * One file of labels as it was read, a table of cells or an array of numbers, and where its rows
 * go. Nothing is known here of what its labels are.
 */
#pragma once

#include "io/npy.h"
#include "io/table.h"
#include "set/notice.h"

G_BEGIN_DECLS

/* What the cells of a column hold. */
typedef struct {
  guint n_filled;    /* neither empty nor NA */
  guint n_lists;     /* of those: with a ';' */
  guint n_commas;    /* of those: numbers with a decimal comma, which are not read as numbers */
  guint n_numbers;   /* of those: numbers */
  guint n_shares;    /* of those: from 0 to 1 */
  guint n_fractions; /* of those: neither 0 nor 1 */
} MsLabelColumn;

typedef struct {
  char *path;
  char *name;             /* for messages */
  MsTable *table;         /* NULL: an array */
  MsNpy *array;           /* of two dimensions, a row an example */
  MsLabelColumn *columns; /* of the table */
  guint n_rows;
  int id_column; /* -1: none */
  int image_column;
  int split_column;
  int group_column;
  gboolean ids_from_images; /* the id is what the image's path says without folder and ending */
  guint *rows;              /* of each row, the one in the set; MS_LABEL_NO_ROW: left out */
} MsLabelFile;

#define MS_LABEL_NO_ROW G_MAXUINT

/* Reads a .csv, .tsv or .npy file. Errors: MS_IO_ERROR (UNSUPPORTED: an array of other than two
 * dimensions), MS_SET_ERROR_EMPTY (no rows, or an array without columns), G_IO_ERROR_CANCELLED. */
MsLabelFile *ms_label_file_load(const char *path, GPtrArray *notices, GCancellable *cancellable,
                                GError **error);
/* Takes over a table that was read already. */
MsLabelFile *ms_label_file_new(MsTable *table, const char *path, GPtrArray *notices,
                               GCancellable *cancellable, GError **error);
void ms_label_file_free(MsLabelFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsLabelFile, ms_label_file_free)

/* Whether a path is a file that could hold labels: its ending says so, and it is no folder. */
gboolean ms_label_file_is_one(const char *path);

/* Whether an array is rather a mask than a table of labels: it has three or more dimensions, or two
 * that are both at least 32 and neither more than 4 times the other. What cannot be read is none.
 */
gboolean ms_label_file_is_like_mask(const char *path, GCancellable *cancellable);

/* Whether no cell of a column is a list, and at least half of the filled ones are numbers from 0 to
 * 1. */
gboolean ms_label_column_is_numeric(const MsLabelColumn *column);

/* Whether all filled cells of a column are numbers from 0 to 1: it could be a label, whatever it is
 * called. */
gboolean ms_label_column_is_of_shares(const MsLabelColumn *column);

/* A column of numbers with a decimal comma, for messages; NULL: there is none. Lent. */
const char *ms_label_file_find_commas(const MsLabelFile *file);

/* Whether the rows can say which examples they are of. */
gboolean ms_label_file_has_ids(const MsLabelFile *file);

/* The id of a row; NULL: its cell is empty. Caller frees. */
char *ms_label_file_id(const MsLabelFile *file, guint row);

/* For loops over rows: FALSE, with an error, once it is cancelled. Looked at now and then. */
gboolean ms_label_go_on(guint row, GCancellable *cancellable, GError **error);

G_END_DECLS
