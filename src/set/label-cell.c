/* SPDX-License-Identifier: MIT
 *
 * Made for tables of millions of cells, most of which are a 0, a 1 or a few decimals.
 */
#include "set/label-cell.h"

#include <math.h>
#include <string.h>

/* Digits with at most one point among them. So few digits are an exact double, as is the power of
 * ten, so that their quotient is the double nearest to the number. */
static gboolean
read_plain(const char *cell, double *value)
{
  enum { MAX_DIGITS = 15 };
  static const double powers[MAX_DIGITS + 1] = {1,   1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
  guint64 digits = 0;
  guint n_digits = 0, n_decimals = 0;
  gboolean point = FALSE;
  for (; *cell; cell++) {
    if (*cell == '.' && !point) {
      point = TRUE;
      continue;
    }
    if (!g_ascii_isdigit(*cell) || n_digits == MAX_DIGITS)
      return FALSE;
    digits = digits * 10 + (guint64)(*cell - '0');
    n_digits++;
    n_decimals += point;
  }
  *value = (double)digits / powers[n_decimals];
  return n_digits > 0;
}

gboolean
ms_label_cell_number(const char *cell, double *value)
{
  if (read_plain(cell, value))
    return TRUE;
  if (g_ascii_strcasecmp(cell, "true") == 0 || g_ascii_strcasecmp(cell, "false") == 0) {
    *value = g_ascii_tolower(*cell) == 't';
    return TRUE;
  }
  gsize length = strspn(cell, "+-.0123456789eE \t"); /* no hexadecimal numbers, no infinity */
  char *end;
  *value = g_ascii_strtod(cell, &end);
  return end > cell && cell[length] == '\0' && end[strspn(end, " \t")] == '\0' && isfinite(*value);
}

gboolean
ms_label_cell_has_decimal_comma(const char *cell)
{
  static const char digits[] = "0123456789";
  cell += *cell == '-';
  gsize n = strspn(cell, digits);
  if (n == 0 || cell[n] != ',')
    return FALSE;
  gsize n_decimals = strspn(cell + n + 1, digits);
  return n_decimals > 0 && cell[n + 1 + n_decimals] == '\0';
}

const char *
ms_label_cell_next(const char **rest, gsize *length)
{
  *rest += strspn(*rest, "; \t\r\n");
  if (**rest == '\0')
    return NULL;
  const char *label = *rest;
  *length = strcspn(label, ";");
  *rest += *length;
  while (g_ascii_isspace(label[*length - 1]))
    (*length)--;
  return label;
}
