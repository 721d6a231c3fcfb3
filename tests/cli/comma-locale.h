/* SPDX-License-Identifier: MIT
 *
 * An environment whose numbers have a decimal comma: no bytes that other programs read may change
 * with it.
 */
#pragma once

#include "cli/program.h"

static inline gboolean
has_decimal_comma(const TestFolder *folder, char **environment)
{
  const char *argv[] = {"locale", "decimal_point", NULL};
  g_auto(Run) run = run_arguments(folder, argv, environment);

  return g_str_equal(run.out, ",\n");
}

/* An environment with a decimal comma: the system's own locale, or one made for the occasion. NULL
 * when neither can be had. */
static inline char **
comma_environment(const TestFolder *folder)
{
  g_autofree char *made = test_path(folder, "locales");
  g_autofree char *target = g_build_filename(made, "de_DE.UTF-8", NULL);
  g_autofree char *localedef = g_find_program_in_path("localedef");
  const char *argv[] = {localedef, "-i", "de_DE", "-f", "UTF-8", target, NULL};
  char **environment = g_environ_setenv(g_get_environ(), "LC_ALL", "de_DE.UTF-8", TRUE);

  if (has_decimal_comma(folder, environment))
    return environment;
  g_mkdir(made, 0777);
  if (localedef) {
    g_auto(Run) run = run_arguments(folder, argv, NULL);
    environment = g_environ_setenv(environment, "LOCPATH", made, TRUE);
    if (run.status == 0 && has_decimal_comma(folder, environment))
      return environment;
  }
  g_strfreev(environment);
  return NULL;
}
