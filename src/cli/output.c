/* SPDX-License-Identifier: MIT
 *
 * Standard output is written with write(): what was accepted is known at once, and a full disk or
 * a closed pipe is an error with a name.
 */
#include "cli/output.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "io/error.h"
#include "io/file.h"
#include "set/options.h"

static const struct {
  const char *name;
  MsFormat format;
} formats[] = {
    {"csv", MS_FORMAT_CSV},
    {"json", MS_FORMAT_JSON},
    {"text", MS_FORMAT_TEXT},
    {"txt", MS_FORMAT_TEXT}, /* as an ending */
};

static gboolean
find_format(const char *name, MsFormat *chosen)
{
  for (guint i = 0; i < G_N_ELEMENTS(formats); i++) {
    if (g_ascii_strcasecmp(name, formats[i].name) == 0) {
      *chosen = formats[i].format;
      return TRUE;
    }
  }
  return FALSE;
}

gboolean
ms_output_is_standard(const char *path)
{
  return !path || g_str_equal(path, "-");
}

gboolean
ms_output_choose_format(const char *format, const char *path, MsFormat *chosen, GError **error)
{
  g_autofree char *name = NULL;
  g_autofree char *shown = NULL;
  const char *ending;

  if (format) {
    if (find_format(format, chosen))
      return TRUE;
    g_set_error(error, MS_OPTIONS_ERROR, MS_OPTIONS_ERROR_USAGE,
                "--format takes csv, json or text, not '%s'", format);
    return FALSE;
  }
  if (ms_output_is_standard(path)) {
    *chosen = isatty(STDOUT_FILENO) ? MS_FORMAT_TEXT : MS_FORMAT_CSV;
    return TRUE;
  }
  name = g_path_get_basename(path);
  ending = strrchr(name, '.');
  if (ending && find_format(ending + 1, chosen))
    return TRUE;
  shown = ms_path_display(path);
  g_set_error(error, MS_OPTIONS_ERROR, MS_OPTIONS_ERROR_USAGE,
              "%s: the ending of -o is none of .csv, .json, .txt; say --format csv, json or text",
              shown);
  return FALSE;
}

gboolean
ms_output_print(const char *text, gsize length, GError **error)
{
  while (length > 0) {
    ssize_t n = write(STDOUT_FILENO, text, length);

    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0) {
      g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_WRITE, "standard output: %s", g_strerror(errno));
      return FALSE;
    }
    text += n;
    length -= (gsize)n;
  }
  return TRUE;
}

gboolean
ms_output_write(const char *path, const GString *text, GError **error)
{
  if (ms_output_is_standard(path))
    return ms_output_print(text->str, text->len, error);
  return ms_file_write(path, text->str, text->len, error);
}
