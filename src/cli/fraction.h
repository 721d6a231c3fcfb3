/* SPDX-License-Identifier: MIT
 *
 * Numbers from 0 to 1 on the command line, with a point whatever the locale.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* FALSE, with *value untouched, for anything else. */
static inline gboolean
ms_fraction_parse(const char *text, double *value)
{
  char *end;
  double number = g_ascii_strtod(text, &end);

  if (end == text || *end || !(number >= 0 && number <= 1))
    return FALSE;
  *value = number;
  return TRUE;
}

G_END_DECLS
