/* SPDX-License-Identifier: MIT
 *
 * maskscope clear-cache: removes what can be made again, stored results and thumbnails, and says
 * how much that was.
 */
#include <string.h>

#include "cli/command.h"
#include "cli/message.h"
#include "io/file.h"
#include "set/cache-clear.h"
#include "set/cache-folder.h"
#include "set/options.h"

static const char help[] =
    "Usage: maskscope clear-cache [--quiet]\n"
    "\n"
    "Removes stored results and thumbnails, which are made again when they are needed. They lie "
    "in\n"
    "the folder maskscope of the user's cache folder (~/.cache), or in the one that the "
    "environment\n"
    "variable MASKSCOPE_CACHE names. Flags and notes are not among them. Other programs' files "
    "that\n"
    "lie there stay.\n"
    "\n"
    "  --quiet                    says nothing but what goes wrong\n"
    "\n"
    "Exit status: 0, or 1 when something could not be removed, or 2 for wrong usage.\n";

/* "~/.cache/maskscope" */
static char *
show_folder(void)
{
  g_autofree char *folder = ms_cache_path(NULL);
  g_autofree char *home = g_build_filename(g_get_home_dir(), "/", NULL);
  const char *below = folder && g_str_has_prefix(folder, home) ? folder + strlen(home) : NULL;
  g_autofree char *shown = below ? g_filename_display_name(below) : NULL;

  if (!folder)
    return g_strdup("the cache: there is no home folder");
  return below ? g_strconcat("~/", shown, NULL) : ms_path_display(folder);
}

/* "12.4 MB", whatever the locale. */
static char *
show_size(guint64 n_bytes)
{
  static const char *const units[] = {"kB", "MB", "GB", "TB"};
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  double size = (double)n_bytes / 1000;
  guint unit = 0;

  if (n_bytes < 1000)
    return g_strdup_printf("%u %s", (guint)n_bytes, n_bytes == 1 ? "byte" : "bytes");
  for (; size >= 999.95 && unit + 1 < G_N_ELEMENTS(units); unit++)
    size /= 1000;
  g_ascii_formatd(digits, sizeof digits, "%.1f", size);
  return g_strconcat(digits, " ", units[unit], NULL);
}

static void
tell(const MsCacheRemoval *removal)
{
  g_autofree char *folder = show_folder();
  g_autofree char *size = show_size(removal->n_bytes);

  if (removal->n_files == 0)
    ms_message("there is nothing to remove in %s", folder);
  else
    ms_message("removed %" G_GUINT64_FORMAT " %s, %s, from %s", removal->n_files,
               removal->n_files == 1 ? "file" : "files", size, folder);
}

/* What stays is said also where nothing else is. */
static void
tell_kept(const MsCacheRemoval *removal)
{
  g_autofree char *shown = removal->kept ? ms_path_display(removal->kept) : NULL;

  if (removal->n_kept == 1)
    ms_message("%s: is none of Maskscope's files and stays", shown);
  else if (removal->n_kept > 1)
    ms_message("%s and %u more are none of Maskscope's files and stay", shown, removal->n_kept - 1);
}

static gboolean
check_arguments(char **arguments, GError **error)
{
  if (!arguments[0])
    return TRUE;
  g_set_error(error, MS_OPTIONS_ERROR, MS_OPTIONS_ERROR_USAGE,
              "clear-cache clears all of the cache and takes no '%s'", arguments[0]);
  return FALSE;
}

static MsExit
run(GStrv *arguments)
{
  g_autoptr(MsOptions) options = ms_options_new();
  g_autoptr(GError) error = NULL;
  g_auto(MsCacheRemoval) removal = {0};
  gboolean is_clear;

  if (!ms_options_parse(options, arguments, NULL, &error) || !check_arguments(*arguments, &error))
    return ms_message_error(error, &ms_command_clear_cache);
  is_clear = ms_cache_clear(&removal, &error);
  if (!options->quiet && (is_clear || removal.n_files > 0))
    tell(&removal);
  tell_kept(&removal);
  return is_clear ? MS_EXIT_OK : ms_message_error(error, &ms_command_clear_cache);
}

const MsCommand ms_command_clear_cache = {"clear-cache", help, run, TRUE};
