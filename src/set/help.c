/* SPDX-License-Identifier: MIT
 *
 * Help is looked for before options are parsed: it is given whatever else stands there.
 */
#include "set/help.h"

gboolean
ms_help_is_asked(char **arguments, const char *long_name, const char *short_name)
{
  for (guint i = 0; arguments[i] && !g_str_equal(arguments[i], "--"); i++)
    if (g_str_equal(arguments[i], long_name) || g_strcmp0(arguments[i], short_name) == 0)
      return TRUE;
  return FALSE;
}
