/* SPDX-License-Identifier: MIT
 *
 * maskscope [view] [SET]: becomes the viewer, which is another program because this one needs
 * neither GTK nor a display. Every option is passed on.
 */
#include <errno.h>
#include <signal.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/message.h"
#include "io/error.h"
#include "set/help.h"
#include "set/options.h"
#include "set/paths.h"

static const char help[] = "Usage: maskscope [view] [SET]\n"
                           "\n" MS_HELP_VIEW;

static gboolean
check_set(const char *set, GError **error)
{
  if (!set || g_file_test(set, G_FILE_TEST_EXISTS))
    return TRUE;
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_OPEN,
              "%s: no such file or folder, and no command of that name (see 'maskscope --help')",
              set);
  return FALSE;
}

static gboolean
check_display(const char *set, GError **error)
{
  if (g_getenv("DISPLAY") || g_getenv("WAYLAND_DISPLAY"))
    return TRUE;
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_OPEN,
              "no display for the viewer (neither DISPLAY nor WAYLAND_DISPLAY is set); "
              "'maskscope evaluate %s' prints the scores, 'maskscope export %s -o DIR' writes the "
              "overlays",
              set ? set : "SET", set ? set : "SET");
  return FALSE;
}

static char *
find_viewer(GError **error)
{
  char *viewer = ms_paths_viewer();

  if (!viewer)
    g_set_error_literal(error, MS_IO_ERROR, MS_IO_ERROR_OPEN,
                        "built without the viewer; 'maskscope evaluate' and 'maskscope export' "
                        "work all the same");
  return viewer;
}

/* Returns only when it failed. */
static void
become_viewer(const char *viewer, const MsOptions *options, const char *set, GError **error)
{
  g_autoptr(GPtrArray) arguments = g_ptr_array_new_with_free_func(g_free);
  g_auto(GStrv) passed_on = ms_options_to_arguments(options);

  g_ptr_array_add(arguments, g_strdup(viewer));
  for (guint i = 0; passed_on[i]; i++)
    g_ptr_array_add(arguments, g_strdup(passed_on[i]));
  /* A name that begins with '-' must not be taken for an option. */
  if (set)
    g_ptr_array_add(arguments, g_strconcat(*set == '-' ? "./" : "", set, NULL));
  g_ptr_array_add(arguments, NULL);
  signal(SIGPIPE, SIG_DFL);
  execv(viewer, (char **)arguments->pdata);
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_OPEN, "%s: %s", viewer, g_strerror(errno));
}

static void
view(const MsOptions *options, const char *set, GError **error)
{
  g_autofree char *viewer = NULL;

  if (!check_set(set, error) || !check_display(set, error))
    return;
  viewer = find_viewer(error);
  if (viewer)
    become_viewer(viewer, options, set, error);
}

static MsExit
run(GStrv *arguments)
{
  g_autoptr(MsOptions) options = ms_options_new();
  g_autoptr(GError) error = NULL;

  if (ms_options_parse(options, arguments, NULL, &error)) {
    guint n = g_strv_length(*arguments);
    if (n > 1)
      g_set_error(&error, MS_OPTIONS_ERROR, MS_OPTIONS_ERROR_USAGE,
                  "'%s' is no command, and the viewer takes one SET ('%s' is one too many)",
                  (*arguments)[0], (*arguments)[1]);
    else
      view(options, (*arguments)[0], &error);
  }
  return ms_message_error(error, &ms_command_view);
}

const MsCommand ms_command_view = {"view", help, run, FALSE};
