/* SPDX-License-Identifier: MIT
 *
 * Runs the built `maskscope` in a folder and keeps what it wrote and how it ended.
 */
#pragma once

#include "support/masks.h"

#include <sys/wait.h>

typedef struct {
  char *out;
  char *err;
  int status; /* exit status; 128 + signal when killed */
} Run;

static inline void
run_clear(Run *run)
{
  g_clear_pointer(&run->out, g_free);
  g_clear_pointer(&run->err, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Run, run_clear)

static inline Run
run_arguments(const TestFolder *folder, const char *const *argv, char **environment)
{
  Run run = {0};
  int status;
  g_autoptr(GError) error = NULL;

  g_spawn_sync(folder->path, (char **)argv, environment, G_SPAWN_SEARCH_PATH, NULL, NULL, &run.out,
               &run.err, &status, &error);
  g_assert_no_error(error);
  run.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return run;
}

/* The words are cut at blanks. There is no display. */
static inline Run
run_program(const TestFolder *folder, const char *words)
{
  g_autofree char *line = g_strconcat(MASKSCOPE_PROGRAM, " ", words, NULL);
  g_auto(GStrv) argv = g_strsplit(line, " ", -1);
  g_auto(GStrv) environment = g_get_environ();

  environment = g_environ_unsetenv(environment, "DISPLAY");
  environment = g_environ_unsetenv(environment, "WAYLAND_DISPLAY");
  return run_arguments(folder, (const char *const *)argv, environment);
}

/* The same through a shell, for redirections; $1 is the program. */
static inline Run
run_shell(const TestFolder *folder, const char *script)
{
  const char *argv[] = {"sh", "-c", script, "sh", MASKSCOPE_PROGRAM, NULL};

  return run_arguments(folder, argv, NULL);
}

static inline void
assert_contains(const char *text, const char *part)
{
  if (!strstr(text, part))
    g_error("'%s' is not in:\n%s", part, text);
}

/* Runs and asserts the exit status, and that standard error holds `message` (NULL: is empty). */
static inline void
assert_ends(const TestFolder *folder, const char *words, int status, const char *message)
{
  g_auto(Run) run = run_program(folder, words);

  if (run.status != status)
    g_error("'%s' ended with %d, not %d; it said: %s", words, run.status, status, run.err);
  if (message)
    assert_contains(run.err, message);
  else
    g_assert_cmpstr(run.err, ==, "");
}
