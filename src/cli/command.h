/* SPDX-License-Identifier: MIT
 *
 * The subcommands. Each takes the arguments after its own name, does its work and answers the
 * exit status of the program. Data goes to standard output or a file, words to standard error.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  MS_EXIT_OK = 0,       /* everything scored */
  MS_EXIT_FAILED = 1,   /* could not run */
  MS_EXIT_USAGE = 2,    /* asked for wrongly */
  MS_EXIT_UNSCORED = 3, /* ran, but some example with an actual mask could not be scored */
  MS_EXIT_FOUND = 3,    /* of check: ran, and found something */
  MS_EXIT_BELOW = 4,    /* ran, but a demanded level was not reached; goes before 3 */
} MsExit;

typedef struct {
  const char *name;
  const char *help; /* usage, what it does, its own options; the common ones follow */
  MsExit (*run)(GStrv *arguments);
  gboolean is_plain;     /* has no set: its help is all there is to say */
  const char *exit_help; /* what its exit status means; NULL: what that of `evaluate` does */
} MsCommand;

extern const MsCommand ms_command_view;
extern const MsCommand ms_command_compare;
extern const MsCommand ms_command_evaluate;
extern const MsCommand ms_command_export;
extern const MsCommand ms_command_check;
extern const MsCommand ms_command_clear_cache;

/* The program's own help, or a command's, on standard output. NULL: the program's. */
MsExit ms_help_print(const MsCommand *command);
MsExit ms_help_print_version(void);

G_END_DECLS
