/* SPDX-License-Identifier: MIT
 *
 * Every cell of a table is looked at once here, so that later steps know of each column what it
 * holds.
 */
#include "set/label-file.h"

#include "io/error.h"
#include "io/file.h"
#include "set/columns.h"
#include "set/ending.h"
#include "set/label-cell.h"
#include "set/label-data.h"
#include "set/pattern.h"
#include "set/stems.h"
#include "set/table-file.h"
#include "set/text.h"

gboolean
ms_label_file_is_one(const char *path)
{
  return (ms_ending_is_of_table(path) || ms_ending_is_of_array(path)) && !ms_pattern_is(path) &&
         !g_file_test(path, G_FILE_TEST_IS_DIR);
}

/* The shape alone decides: values are 0 and 1 in tables and in masks. */
static gboolean
is_shape_of_mask(const MsNpy *array)
{
  const gsize min_side = 32, max_ratio = 4;
  gsize rows = array->shape[0], columns = array->shape[1];
  if (array->n_dimensions != 2)
    return array->n_dimensions > 2;
  return MIN(rows, columns) >= min_side && MAX(rows, columns) <= MIN(rows, columns) * max_ratio;
}

gboolean
ms_label_file_is_like_mask(const char *path, GCancellable *cancellable)
{
  if (!ms_ending_is_of_array(path))
    return FALSE;
  g_autoptr(GBytes) bytes = ms_file_read(path, MS_FILE_MAX_BYTES, cancellable, NULL);
  g_autoptr(MsNpy) array = bytes ? ms_npy_parse(bytes, path, NULL) : NULL;
  return array && is_shape_of_mask(array);
}

void
ms_label_file_free(MsLabelFile *file)
{
  if (!file)
    return;
  g_clear_pointer(&file->table, ms_table_free);
  g_clear_pointer(&file->array, ms_npy_free);
  g_free(file->columns);
  g_free(file->rows);
  g_free(file->name);
  g_free(file->path);
  g_free(file);
}

gboolean
ms_label_go_on(guint row, GCancellable *cancellable, GError **error)
{
  return row % 1024 != 0 || !g_cancellable_set_error_if_cancelled(cancellable, error);
}

/* --- what columns hold ---------------------------------------------------------------------- */

static void
look_at_cell(MsLabelColumn *column, const char *cell)
{
  double value;
  if (ms_cell_is_none(cell))
    return;
  column->n_filled++;
  if (!ms_label_cell_number(cell, &value)) {
    column->n_lists += strchr(cell, ';') != NULL;
    column->n_commas += ms_label_cell_has_decimal_comma(cell);
    return;
  }
  column->n_numbers++;
  if (value < 0 || value > 1)
    return;
  column->n_shares++;
  column->n_fractions += value > 0 && value < 1;
}

static gboolean
look_at_cells(MsLabelFile *file, GCancellable *cancellable, GError **error)
{
  guint n_columns = ms_table_n_columns(file->table);
  file->columns = g_new0(MsLabelColumn, n_columns);
  for (guint row = 0; row < file->n_rows; row++) {
    if (!ms_label_go_on(row, cancellable, error))
      return FALSE;
    for (guint column = 0; column < n_columns; column++)
      look_at_cell(&file->columns[column], ms_table_cell(file->table, row, column));
  }
  return TRUE;
}

gboolean
ms_label_column_is_numeric(const MsLabelColumn *column)
{
  return column->n_filled > 0 && column->n_lists == 0 &&
         column->n_shares >= column->n_filled - column->n_shares;
}

gboolean
ms_label_column_is_of_shares(const MsLabelColumn *column)
{
  return column->n_filled > 0 && column->n_shares == column->n_filled;
}

const char *
ms_label_file_find_commas(const MsLabelFile *file)
{
  for (guint i = 0; i < ms_table_n_columns(file->table); i++) {
    const MsLabelColumn *column = &file->columns[i];
    if (column->n_commas > 0 && column->n_commas + column->n_numbers == column->n_filled)
      return ms_table_column_name(file->table, i);
  }
  return NULL;
}

/* --- ids ------------------------------------------------------------------------------------ */

/* Whether the first column can be the ids though it is not called so. */
static gboolean
is_first_id(const MsLabelFile *file)
{
  const char *name = ms_table_column_name(file->table, 0), *rest;
  const MsColumnName *head = ms_column_name_find_head(name, &rest);
  return file->columns[0].n_filled > 0 && file->columns[0].n_numbers == 0 &&
         (!head || head->kind == MS_COLUMN_FILE) && !ms_column_name_after(name, MS_COLUMN_ACTUAL) &&
         !ms_column_name_after(name, MS_COLUMN_PREDICTED);
}

static void
find_ids(MsLabelFile *file, GPtrArray *notices)
{
  if (file->id_column >= 0)
    return;
  if (file->image_column >= 0) {
    file->id_column = file->image_column;
    file->ids_from_images = TRUE;
  } else if (is_first_id(file)) {
    file->id_column = 0;
    ms_notices_add(notices, file->path, "The first column, %s, is taken for the examples' ids",
                   ms_table_column_name(file->table, 0));
  }
}

/* A mark for every column that could be a label in spite of its name. */
static gboolean *
mark_doubtful(const MsLabelFile *file)
{
  guint n = ms_table_n_columns(file->table);
  gboolean *doubtful = g_new0(gboolean, n);
  for (guint i = 0; i < n; i++) {
    const MsColumnName *name = ms_column_name_find(ms_table_column_name(file->table, i));
    gboolean is_id = name && name->kind == MS_COLUMN_EXAMPLE && ms_column_name_is_firm(name);
    doubtful[i] = !is_id && ms_label_column_is_of_shares(&file->columns[i]);
  }
  return doubtful;
}

/* Doubtful columns are taken only where no other has the meaning, and where it is but one. */
static gboolean
find_known(const MsLabelFile *file, MsColumnKind kind, const gboolean *doubtful, int *column,
           GError **error)
{
  if (!ms_column_find_among(file->table, kind, doubtful, column, error))
    return FALSE;
  if (*column < 0 && !ms_column_find(file->table, kind, column, NULL))
    *column = -1;
  return TRUE;
}

static gboolean
find_known_columns(MsLabelFile *file, GPtrArray *notices, GError **error)
{
  g_autofree gboolean *doubtful = mark_doubtful(file);
  if (!ms_column_find_among(file->table, MS_COLUMN_EXAMPLE, doubtful, &file->id_column, error) ||
      !ms_column_find_among(file->table, MS_COLUMN_IMAGE, doubtful, &file->image_column, error))
    return FALSE;
  find_ids(file, notices);
  if (file->id_column < 0) {
    if (!ms_column_find(file->table, MS_COLUMN_EXAMPLE, &file->id_column, error) ||
        !ms_column_find(file->table, MS_COLUMN_IMAGE, &file->image_column, error))
      return FALSE;
    find_ids(file, notices);
  }
  return (file->image_column >= 0 ||
          find_known(file, MS_COLUMN_IMAGE, doubtful, &file->image_column, error)) &&
         find_known(file, MS_COLUMN_SPLIT, doubtful, &file->split_column, error) &&
         find_known(file, MS_COLUMN_GROUP, doubtful, &file->group_column, error);
}

gboolean
ms_label_file_has_ids(const MsLabelFile *file)
{
  return file->id_column >= 0;
}

/* Row numbers sort as bytes: all have as many digits as the last. */
static char *
number_of(const MsLabelFile *file, guint row)
{
  int n_digits = 1;
  for (guint last = file->n_rows - 1; last >= 10; last /= 10)
    n_digits++;
  return g_strdup_printf("row %0*u", n_digits, row);
}

char *
ms_label_file_id(const MsLabelFile *file, guint row)
{
  if (file->id_column < 0)
    return number_of(file, row);
  g_autofree char *cell =
      g_strstrip(g_strdup(ms_table_cell(file->table, row, (guint)file->id_column)));
  if (*cell == '\0' || (file->ids_from_images && ms_cell_is_none(cell)))
    return NULL;
  if (!file->ids_from_images)
    return g_steal_pointer(&cell);
  g_autofree char *base = g_path_get_basename(cell);
  base[ms_text_stem_length(base)] = '\0';
  return g_strndup(base, ms_stem_name_length(base, MS_ROLE_IMAGE));
}

/* --- reading -------------------------------------------------------------------------------- */

static MsLabelFile *
file_new(const char *path)
{
  MsLabelFile *file = g_new0(MsLabelFile, 1);
  file->path = g_strdup(path);
  file->name = ms_path_display(path);
  file->id_column = file->image_column = file->split_column = file->group_column = -1;
  return file;
}

static gboolean
check_rows(const MsLabelFile *file, GError **error)
{
  if (file->n_rows == 0)
    g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_EMPTY, "%s names no example", file->name);
  return file->n_rows > 0;
}

MsLabelFile *
ms_label_file_new(MsTable *table, const char *path, GPtrArray *notices, GCancellable *cancellable,
                  GError **error)
{
  g_autoptr(MsLabelFile) file = file_new(path);
  file->table = table;
  file->n_rows = ms_table_n_rows(table);
  if (!check_rows(file, error) || !look_at_cells(file, cancellable, error) ||
      !find_known_columns(file, notices, error))
    return NULL;
  return g_steal_pointer(&file);
}

static gboolean
check_shape(const MsLabelFile *file, GError **error)
{
  const MsNpy *array = file->array;
  if (array->n_dimensions != 2) {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_UNSUPPORTED,
                "%s: an array of %u dimensions; labels are an array of two, a row an example and a "
                "column a label",
                file->name, array->n_dimensions);
    return FALSE;
  }
  if (array->shape[1] == 0) {
    g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_EMPTY,
                "%s names no label: an array of %" G_GSIZE_FORMAT " x 0", file->name,
                array->shape[0]);
    return FALSE;
  }
  return ms_label_data_check(array->shape[0], array->shape[1], file->name, error);
}

static MsLabelFile *
load_array(const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr(GBytes) bytes = ms_file_read(path, MS_TABLE_MAX_BYTES, cancellable, error);
  g_autoptr(MsLabelFile) file = file_new(path);
  file->array = bytes ? ms_npy_parse(bytes, file->name, error) : NULL;
  if (!file->array || !check_shape(file, error))
    return NULL;
  file->n_rows = (guint)file->array->shape[0];
  return check_rows(file, error) ? g_steal_pointer(&file) : NULL;
}

MsLabelFile *
ms_label_file_load(const char *path, GPtrArray *notices, GCancellable *cancellable, GError **error)
{
  if (ms_ending_is_of_array(path))
    return load_array(path, cancellable, error);
  MsTable *table = ms_table_file_read(path, cancellable, error);
  return table ? ms_label_file_new(table, path, notices, cancellable, error) : NULL;
}
