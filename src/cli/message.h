/* SPDX-License-Identifier: MIT
 *
 * Words for the user on standard error, each line after the program's name.
 */
#pragma once

#include "cli/command.h"

G_BEGIN_DECLS

void ms_message(const char *format, ...) G_GNUC_PRINTF(1, 2);

/* At most 20 lines (char *), then how many more there are. */
void ms_message_list(const GPtrArray *lines);

/* Says what went wrong, and for wrong usage where the help is. Returns the exit status it is. */
MsExit ms_message_error(const GError *error, const MsCommand *command);

G_END_DECLS
