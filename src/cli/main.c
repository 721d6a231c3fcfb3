/* SPDX-License-Identifier: MIT
 *
 * The command `maskscope`: finds the subcommand and lets it run. Start reading here; each
 * subcommand is a file of its own, and what they share is session.c.
 */
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/interrupt.h"
#include "set/help.h"
#include "set/scorer.h"

static const MsCommand *
find_command(const char *name)
{
  static const MsCommand *const commands[] = {
      &ms_command_view,   &ms_command_compare, &ms_command_evaluate,
      &ms_command_export, &ms_command_check,   &ms_command_clear_cache,
  };

  for (guint i = 0; i < G_N_ELEMENTS(commands); i++)
    if (g_str_equal(name, commands[i]->name))
      return commands[i];
  return NULL;
}

/* A standard stream that is closed would give its number to the next file that is opened, and a
 * report could end up in it. What takes its place fails on use, as the closed one would. */
static void
occupy_closed_streams(void)
{
  for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; stream++)
    if (fcntl(stream, F_GETFD) < 0 &&
        open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY) != stream)
      _exit(MS_EXIT_FAILED);
}

int
main(int argc, char **argv)
{
  const MsCommand *named;
  g_auto(GStrv) arguments = NULL;
  int status;

  occupy_closed_streams();
  signal(SIGPIPE, SIG_IGN); /* a closed pipe is known from writing to it */
  setlocale(LC_ALL, "");
  g_set_prgname("maskscope");
  named = argc > 1 ? find_command(argv[1]) : NULL;
  arguments = g_strdupv(argv + (named ? 2 : MIN(argc, 1)));
  if (ms_help_is_asked(arguments, "--help", "-h"))
    return ms_help_print(named);
  if (ms_help_is_asked(arguments, "--version", NULL))
    return ms_help_print_version();
  /* Anything else is a set to look at. */
  status = (named ? named : &ms_command_view)->run(&arguments);

  ms_scorer_settle();
  ms_interrupt_end();
  return status;
}
