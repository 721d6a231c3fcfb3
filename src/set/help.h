/* SPDX-License-Identifier: MIT
 *
 * What the help of both programs shares, beside ms_options_help().
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define MS_HELP_VIEW "Opens the viewer. SET is a folder, a .maskset file or a manifest.\n"

/* "--help" and the like before a "--". short_name may be NULL. */
gboolean ms_help_is_asked(char **arguments, const char *long_name, const char *short_name);

G_END_DECLS
