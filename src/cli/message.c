/* SPDX-License-Identifier: MIT
 *
 * Written byte for byte as UTF-8, whatever the locale: file names in messages can be copied.
 */
#include "cli/message.h"

#include <stdarg.h>
#include <stdio.h>

#include "report/grid.h"
#include "set/options.h"

#define MAX_LINES 20

void
ms_message(const char *format, ...)
{
  g_autoptr(GString) line = g_string_new("maskscope: ");
  g_autofree char *text = NULL;
  va_list arguments;

  va_start(arguments, format);
  text = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  ms_text_append_clean(line, text);
  g_string_append_c(line, '\n');
  fputs(line->str, stderr);
}

void
ms_message_list(const GPtrArray *lines)
{
  for (guint i = 0; i < MIN(lines->len, MAX_LINES); i++)
    ms_message("%s", (const char *)g_ptr_array_index(lines, i));
  if (lines->len > MAX_LINES)
    ms_message("and %u more", lines->len - MAX_LINES);
}

MsExit
ms_message_error(const GError *error, const MsCommand *command)
{
  if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    ms_message("cancelled");
    return MS_EXIT_FAILED;
  }
  ms_message("%s", error->message);
  if (error->domain != MS_OPTIONS_ERROR)
    return MS_EXIT_FAILED;
  ms_message("see 'maskscope %s --help'", command->name);
  return MS_EXIT_USAGE;
}
