/* SPDX-License-Identifier: MIT
 *
 * Rows of text cells printed as aligned columns. Columns that hold nothing below their heading are
 * left out. Widths are counted in characters of a terminal; control characters, which file names
 * may hold, are shown as U+FFFD.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct MsGrid MsGrid;

/* One letter a column: 'l' or 'r'. */
MsGrid *ms_grid_new(const char *alignment);
void ms_grid_free(MsGrid *grid);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsGrid, ms_grid_free)

/* The first row is the heading, not printed when all its cells are empty. The cells are copied;
 * NULL is an empty one. */
void ms_grid_add(MsGrid *grid, const char *const *cells, guint n_cells);
#define MS_GRID_ADD(grid, ...)                                                                     \
  ms_grid_add((grid), (const char *const[]){__VA_ARGS__},                                          \
              G_N_ELEMENTS(((const char *const[]){__VA_ARGS__})))

/* Every row on a line of its own, `indent` blanks before it, none at its end. */
void ms_grid_print(const MsGrid *grid, guint indent, GString *text);

/* Appends text with control characters made visible. */
void ms_text_append_clean(GString *text, const char *value);

/* The same on lines of its own, broken at blanks so that none is wider than `width` where that can
 * be, each after `indent` blanks. */
void ms_text_append_wrapped(GString *text, const char *value, guint indent, guint width);

G_END_DECLS
