/* SPDX-License-Identifier: MIT
 *
 * A grid is printed once and small: cells are kept as strings, widths found when printing.
 */
#include "report/grid.h"

#include <string.h>

#define COLUMN_GAP 2

struct MsGrid {
  char *alignment;
  guint n_columns;
  GPtrArray *cells; /* char *, row by row, n_columns each */
};

MsGrid *
ms_grid_new(const char *alignment)
{
  MsGrid *grid = g_new0(MsGrid, 1);

  grid->alignment = g_strdup(alignment);
  grid->n_columns = (guint)strlen(alignment);
  grid->cells = g_ptr_array_new_with_free_func(g_free);
  return grid;
}

void
ms_grid_free(MsGrid *grid)
{
  g_ptr_array_unref(grid->cells);
  g_free(grid->alignment);
  g_free(grid);
}

void
ms_text_append_clean(GString *text, const char *value)
{
  g_autofree char *valid = g_utf8_make_valid(value, -1);

  for (const char *c = valid; *c; c = g_utf8_next_char(c)) {
    gunichar character = g_utf8_get_char(c);
    g_string_append_unichar(text, g_unichar_iscntrl(character) ? 0xfffd : character);
  }
}

void
ms_grid_add(MsGrid *grid, const char *const *cells, guint n_cells)
{
  g_return_if_fail(n_cells == grid->n_columns);

  for (guint i = 0; i < n_cells; i++) {
    GString *clean = g_string_new(NULL);
    if (cells[i])
      ms_text_append_clean(clean, cells[i]);
    g_ptr_array_add(grid->cells, g_string_free(clean, FALSE));
  }
}

static const char *
cell_at(const MsGrid *grid, guint row, guint column)
{
  return g_ptr_array_index(grid->cells, row * grid->n_columns + column);
}

static guint
text_width(const char *text)
{
  guint width = 0;

  for (const char *c = text; *c; c = g_utf8_next_char(c)) {
    gunichar character = g_utf8_get_char(c);
    if (!g_unichar_iszerowidth(character))
      width += g_unichar_iswide(character) ? 2 : 1;
  }
  return width;
}

/* 0 for a column without content below its heading. */
static guint
column_width(const MsGrid *grid, guint n_rows, guint column)
{
  guint content = 0;

  for (guint row = 1; row < n_rows; row++)
    content = MAX(content, text_width(cell_at(grid, row, column)));
  return content > 0 ? MAX(content, text_width(cell_at(grid, 0, column))) : 0;
}

static void
append_blanks(GString *text, guint n)
{
  for (guint i = 0; i < n; i++)
    g_string_append_c(text, ' ');
}

static void
append_aligned(GString *text, const char *cell, char alignment, guint width)
{
  guint blanks = width - text_width(cell);

  if (alignment == 'r')
    append_blanks(text, blanks);
  g_string_append(text, cell);
  if (alignment != 'r')
    append_blanks(text, blanks);
}

static void
end_line(GString *text)
{
  while (text->len > 0 && text->str[text->len - 1] == ' ')
    g_string_truncate(text, text->len - 1);
  g_string_append_c(text, '\n');
}

static gboolean
has_heading(const MsGrid *grid)
{
  for (guint column = 0; column < grid->n_columns; column++)
    if (*cell_at(grid, 0, column))
      return TRUE;
  return FALSE;
}

void
ms_text_append_wrapped(GString *text, const char *value, guint indent, guint width)
{
  g_auto(GStrv) words = g_strsplit(value, " ", -1);
  guint column = 0;

  for (guint i = 0; words[i]; i++) {
    g_autoptr(GString) word = g_string_new(NULL);
    guint word_width;

    ms_text_append_clean(word, words[i]);
    word_width = text_width(word->str);
    if (i > 0 && column + 1 + word_width <= width) {
      g_string_append_c(text, ' ');
      column++;
    } else {
      if (i > 0)
        end_line(text);
      append_blanks(text, indent);
      column = indent;
    }
    g_string_append(text, word->str);
    column += word_width;
  }
  end_line(text);
}

void
ms_grid_print(const MsGrid *grid, guint indent, GString *text)
{
  guint n_rows = grid->cells->len / grid->n_columns;
  g_autofree guint *widths = g_new0(guint, grid->n_columns);

  for (guint column = 0; column < grid->n_columns; column++)
    widths[column] = column_width(grid, n_rows, column);
  for (guint row = has_heading(grid) ? 0 : 1; row < n_rows; row++) {
    append_blanks(text, indent);
    for (guint column = 0; column < grid->n_columns; column++) {
      if (widths[column] == 0)
        continue;
      append_aligned(text, cell_at(grid, row, column), grid->alignment[column], widths[column]);
      append_blanks(text, COLUMN_GAP);
    }
    end_line(text);
  }
}
