/* SPDX-License-Identifier: MIT
 *
 * The user's settings: from the installed schema, or from the build folder's when the program runs
 * from there.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Lent; the same object for the whole process. */
GSettings *ms_settings_get(void);

/* How many bytes pictures may take beside what is shown. */
gsize ms_settings_picture_bytes(void);

/* Puts a path at the head of the recent sets, at most ten of them. */
void ms_settings_add_recent(const char *path);

G_END_DECLS
