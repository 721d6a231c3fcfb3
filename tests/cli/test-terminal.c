/* SPDX-License-Identifier: MIT
 *
 * The command with standard error on a terminal of the test's own: its progress keeps to the width
 * and leaves nothing behind.
 */
#include "program.h"

#include <pty.h>
#include <unistd.h>

#define N_COLUMNS 24
#define CLEAR     "\r\033[K"

/* All that came to the terminal until its other side was closed. */
static char *
read_terminal(int fd)
{
  GString *text = g_string_new(NULL);
  char buffer[512];
  gssize n;

  while ((n = read(fd, buffer, sizeof buffer)) > 0)
    g_string_append_len(text, buffer, n);
  return g_string_free(text, FALSE);
}

/* What `maskscope COMMAND . WORDS` writes to a terminal, its report going to a file. */
static char *
run_on_terminal(const char *command, const char *words, guint n_columns)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *line = g_strconcat(MASKSCOPE_PROGRAM " ", command, " . -o out ", words, NULL);
  g_auto(GStrv) argv = g_strsplit(g_strchomp(line), " ", -1);
  g_auto(GStrv) environment = g_environ_setenv(g_get_environ(), "TERM", "xterm", TRUE);
  g_autoptr(GError) error = NULL;
  struct winsize size = {.ws_col = (unsigned short)n_columns, .ws_row = 10};
  int outer, inner, status;
  char *text;
  GPid pid;

  test_write_tiny_set(&folder);
  g_assert_no_errno(openpty(&outer, &inner, NULL, NULL, &size));
  g_spawn_async_with_fds(folder.path, argv, environment, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL,
                         &pid, -1, -1, inner, &error);
  g_assert_no_error(error);
  close(inner);
  text = read_terminal(outer);
  close(outer);
  g_assert_cmpint(waitpid(pid, &status, 0), ==, pid);
  return text;
}

static void
test_line(void)
{
  g_autofree char *text = run_on_terminal("evaluate", "", N_COLUMNS);
  g_auto(GStrv) lines = g_strsplit(text, CLEAR, -1);
  guint n = g_strv_length(lines);

  g_assert_cmpuint(n, >=, 3);
  g_assert_cmpstr(lines[0], ==, "");
  g_assert_true(g_str_has_prefix(lines[1], "Finding files"));
  for (guint i = 1; i + 1 < n; i++)
    if (!strchr(lines[i], '\n')) /* not a message, which stays */
      g_assert_cmpuint(strlen(lines[i]), <, N_COLUMNS);
  /* Where the line was, a message stands, or nothing. */
  g_assert_null(strstr(lines[n - 1], "Scoring"));
  g_assert_null(strstr(lines[n - 1], "Finding"));
}

static void
test_quiet(void)
{
  g_autofree char *text = run_on_terminal("evaluate", "--quiet", N_COLUMNS);

  g_assert_cmpstr(text, ==, "");
}

/* One that does not tell its width is taken for a usual one. */
static void
test_unknown_width(void)
{
  g_autofree char *text = run_on_terminal("evaluate", "", 0);

  g_assert_true(g_str_has_prefix(text, CLEAR "Finding files"));
}

static void
test_check(void)
{
  g_autofree char *text = run_on_terminal("check", "", N_COLUMNS);
  g_autofree char *quiet = run_on_terminal("check", "--quiet", N_COLUMNS);
  g_auto(GStrv) lines = g_strsplit(text, CLEAR, -1);

  g_assert_true(g_str_has_prefix(text, CLEAR "Finding files"));
  g_assert_cmpstr(lines[g_strv_length(lines) - 1], ==, "");
  g_assert_cmpstr(quiet, ==, "");
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/cli/terminal/line", test_line);
  g_test_add_func("/cli/terminal/quiet", test_quiet);
  g_test_add_func("/cli/terminal/check", test_check);
  g_test_add_func("/cli/terminal/unknown-width", test_unknown_width);
  return g_test_run();
}
