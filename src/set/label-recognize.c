/* SPDX-License-Identifier: MIT */
#include "set/label-recognize.h"

#include "set/columns.h"
#include "set/label-cell.h"
#include "set/text.h"

#define N_CELLS 64 /* looked at in a column */

/* What was seen of the columns of both sides. */
typedef struct {
  guint n;
  guint n_lists;
  guint n_paths;
  const char *first_path;
} Cells;

/* "masks/a", "a.npy", "a.nii.gz" */
static gboolean
is_like_path(const char *cell)
{
  const gsize max_ending = 6;
  const char *dot = strrchr(cell, '.');
  double value;
  if (ms_label_cell_number(cell, &value))
    return FALSE;
  if (strchr(cell, '/') || ms_text_is_picture(cell))
    return TRUE;
  return dot && dot > cell && strlen(dot) > 1 && strlen(dot) <= max_ending && !strpbrk(dot, " \t");
}

static void
look_at_column(Cells *cells, const MsTable *table, guint column)
{
  guint n = 0;
  for (guint row = 0; row < ms_table_n_rows(table) && n < N_CELLS; row++) {
    const char *cell = ms_table_cell(table, row, column);
    if (ms_cell_is_none(cell))
      continue;
    n++;
    cells->n_lists += strchr(cell, ';') != NULL;
    if (!is_like_path(cell))
      continue;
    cells->n_paths++;
    if (!cells->first_path)
      cells->first_path = cell;
  }
  cells->n += n;
}

static const Cells *
add_cells(Cells *cells, const Cells *more)
{
  cells->n += more->n;
  cells->n_lists += more->n_lists;
  cells->n_paths += more->n_paths;
  if (!cells->first_path)
    cells->first_path = more->first_path;
  return cells;
}

static gboolean
is_file(const char *cell, const char *table_path)
{
  g_autofree char *folder = g_path_get_dirname(table_path);
  g_autofree char *path =
      g_path_is_absolute(cell) ? g_strdup(cell) : g_build_filename(folder, cell, NULL);
  return g_file_test(path, G_FILE_TEST_EXISTS);
}

static gboolean
are_labels(const Cells *cells, const char *table_path)
{
  if (cells->n == 0 || cells->n_lists > 0 || cells->n_paths == 0)
    return cells->n > 0;
  return cells->n_paths <= cells->n - cells->n_paths && !is_file(cells->first_path, table_path);
}

static gboolean
is_share(const char *cell)
{
  double value;
  return ms_label_cell_number(cell, &value) && value >= 0 && value <= 1;
}

/* Columns of 0 and 1 or probabilities, one a label; all but one or two others. */
static gboolean
is_one_hot(const MsTable *table)
{
  guint n_rows = MIN(ms_table_n_rows(table), N_CELLS);
  guint n_shares = 0;
  for (guint column = 0; column < ms_table_n_columns(table); column++) {
    guint row = 0;
    while (row < n_rows && is_share(ms_table_cell(table, row, column)))
      row++;
    n_shares += n_rows > 0 && row == n_rows;
  }
  return n_shares > 0 && n_shares + 2 >= ms_table_n_columns(table);
}

gboolean
ms_label_table_is_one(const MsTable *table, const char *path)
{
  Cells cells = {0}, weak_cells = {0};
  gboolean named = FALSE, prefixed = FALSE, strong_actual = FALSE;
  for (guint column = 0; column < ms_table_n_columns(table); column++) {
    const char *name = ms_table_column_name(table, column), *rest;
    const MsColumnName *head = ms_column_name_find_head(name, &rest);
    if (head && head->kind == MS_COLUMN_ACTUAL && rest)
      return TRUE;
    if (head && (head->kind == MS_COLUMN_ACTUAL || head->kind == MS_COLUMN_PREDICTED)) {
      named = TRUE;
      look_at_column(head->weak ? &weak_cells : &cells, table, column);
      strong_actual |= head->kind == MS_COLUMN_ACTUAL && !head->weak;
    } else if (!head && ms_column_name_after(name, MS_COLUMN_ACTUAL)) {
      prefixed = TRUE;
    }
  }
  if (named)
    return are_labels(strong_actual ? &cells : add_cells(&cells, &weak_cells), path);
  return prefixed || is_one_hot(table);
}
