/* SPDX-License-Identifier: MIT
 *
 * What one cell of a table of labels says: a number, or labels separated by ';'.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Decimal numbers; "true" and "false" are 1 and 0. FALSE: no number, or not a finite one. */
gboolean ms_label_cell_number(const char *cell, double *value);

/* "0,5", which is no number here. */
gboolean ms_label_cell_has_decimal_comma(const char *cell);

/* The next label of a list, without the blanks around it; empty ones are passed over. *rest moves
 * on. NULL: no more. Not NUL-terminated. */
const char *ms_label_cell_next(const char **rest, gsize *length);

G_END_DECLS
