/* SPDX-License-Identifier: MIT
 *
 * Standard output is written as files are, with write(): what was accepted is known at once, and a
 * full disk is an error with a name.
 */
#include "cli/output.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/file.h"
#include "set/option-values.h"

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

/* Endings that promise a form which a report does not have. */
static gboolean
is_foreign(const char *ending)
{
  static const char *const foreign[] = {"html", "htm", "pdf", "xlsx", "png", "jpg", NULL};
  g_autofree char *lower = g_ascii_strdown(ending, -1);

  return g_strv_contains(foreign, lower);
}

gboolean
ms_output_is_standard(const char *path)
{
  return !path || g_str_equal(path, "-");
}

/* A device may be the terminal under another name; anything else that has a name is a file. */
static gboolean
is_terminal(const char *path)
{
  struct stat info;
  gboolean terminal = FALSE;
  int fd;

  if (ms_output_is_standard(path))
    return isatty(STDOUT_FILENO);
  if (stat(path, &info) != 0 || !S_ISCHR(info.st_mode))
    return FALSE;
  fd = open(path, O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
  if (fd >= 0) {
    terminal = isatty(fd);
    close(fd);
  }
  return terminal;
}

/* What --format or the path's ending says. *found: whether they say anything. */
static gboolean
find_asked_format(const char *format, const char *path, const char *forms, MsFormat *chosen,
                  gboolean *found, GError **error)
{
  g_autofree char *name = NULL;
  const char *ending;

  *found = format != NULL;
  if (format) {
    if (find_format(format, chosen))
      return TRUE;
    return ms_options_usage_error(error, "--format takes %s, not '%s'", forms, format);
  }
  name = ms_output_is_standard(path) ? NULL : g_path_get_basename(path);
  ending = name ? strrchr(name, '.') : NULL;
  *found = ending && find_format(ending + 1, chosen);
  if (ending && is_foreign(ending + 1)) {
    g_autofree char *shown = ms_path_display(path);

    return ms_options_usage_error(error, "%s: a report is %s; --format says which", shown, forms);
  }
  return TRUE;
}

gboolean
ms_output_choose_format(const char *format, const char *path, MsFormat *chosen, GError **error)
{
  gboolean found;

  if (!find_asked_format(format, path, "csv, json or text", chosen, &found, error))
    return FALSE;
  if (!found)
    *chosen = is_terminal(path) ? MS_FORMAT_TEXT : MS_FORMAT_CSV;
  return TRUE;
}

gboolean
ms_output_choose_prose_format(const char *format, const char *path, MsFormat *chosen,
                              GError **error)
{
  gboolean found;

  if (!find_asked_format(format, path, "json or text", chosen, &found, error))
    return FALSE;
  if (found && *chosen == MS_FORMAT_CSV)
    return ms_options_usage_error(error, "what a check finds is json or text, not csv");
  if (!found)
    *chosen = MS_FORMAT_TEXT;
  return TRUE;
}

gboolean
ms_output_check(const char *path, GError **error)
{
  g_autoptr(MsFileWriter) standard = NULL;

  if (!ms_output_is_standard(path))
    return ms_file_writer_check(path, error);
  standard = ms_file_writer_open_standard(error);
  return standard != NULL;
}

MsFileWriter *
ms_output_open(const char *path, GError **error)
{
  return ms_output_is_standard(path) ? ms_file_writer_open_standard(error)
                                     : ms_file_writer_open(path, error);
}
