/* SPDX-License-Identifier: MIT */
#include "set/label-recognize.h"

#include "set/columns.h"
#include "set/label-cell.h"
#include "set/text.h"

#define N_CELLS 64 /* looked at in a column */

typedef enum { CELLS_EMPTY, CELLS_WORDS, CELLS_PATHS, CELLS_LISTS } Cells;

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

static Cells
look_at_column(const MsTable *table, guint column)
{
  Cells cells = CELLS_EMPTY;
  guint n = 0;
  for (guint row = 0; row < ms_table_n_rows(table) && n < N_CELLS; row++) {
    const char *cell = ms_table_cell(table, row, column);
    if (ms_cell_is_none(cell))
      continue;
    n++;
    if (strchr(cell, ';'))
      return CELLS_LISTS;
    cells = MAX(cells, is_like_path(cell) ? CELLS_PATHS : CELLS_WORDS);
  }
  return cells;
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
ms_label_table_is_one(const MsTable *table)
{
  Cells cells = CELLS_EMPTY;
  gboolean named = FALSE, prefixed = FALSE;
  for (guint column = 0; column < ms_table_n_columns(table); column++) {
    const char *name = ms_table_column_name(table, column), *rest;
    const MsColumnName *head = ms_column_name_find_head(name, &rest);
    if (head && head->kind == MS_COLUMN_ACTUAL && rest)
      return TRUE;
    if (head && (head->kind == MS_COLUMN_ACTUAL || head->kind == MS_COLUMN_PREDICTED)) {
      named = TRUE;
      cells = MAX(cells, look_at_column(table, column));
    } else if (!head && ms_column_name_after(name, MS_COLUMN_ACTUAL)) {
      prefixed = TRUE;
    }
  }
  if (named)
    return cells == CELLS_WORDS || cells == CELLS_LISTS;
  return prefixed || is_one_hot(table);
}
