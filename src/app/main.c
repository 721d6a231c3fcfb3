/* SPDX-License-Identifier: MIT
 *
 * The viewer's entry: options are parsed as the command parses them, then GTK takes over.
 */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

#include "app/application.h"
#include "set/help.h"
#include "set/options.h"
#include "set/scorer.h"

/* FALSE: standard output takes it not. */
static gboolean
print_help(void)
{
  g_autofree char *common = ms_options_help();

  printf("Usage: maskscope-viewer [SET]\n\n" MS_HELP_VIEW "\n%s", common);
  return fflush(stdout) == 0;
}

static gboolean
print_version(void)
{
  puts("maskscope " MS_VERSION);
  return fflush(stdout) == 0;
}

int
main(int argc, char **argv)
{
  setlocale(LC_ALL, "");

  g_autoptr(MsOptions) options = ms_options_new();
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) arguments = g_strdupv(argv + 1);

  if (ms_help_is_asked(arguments, "--help", "-h"))
    return print_help() ? 0 : 1;
  if (ms_help_is_asked(arguments, "--version", NULL))
    return print_version() ? 0 : 1;
  if (!ms_options_parse(options, &arguments, NULL, &error)) {
    g_printerr("maskscope-viewer: %s\n", error->message);
    return 2;
  }
  if (g_strv_length(arguments) > 1) {
    g_printerr("maskscope-viewer: one SET at a time; '%s' is too many\n", arguments[1]);
    return 2;
  }
  if (arguments[0])
    options->set = g_strdup(arguments[0]);

  MsApplication *application = ms_application_new(g_steal_pointer(&options));
  int status = g_application_run(G_APPLICATION(application), 1, argv);

  g_object_unref(application);
  ms_scorer_settle();
  return status;
}
