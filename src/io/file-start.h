/* SPDX-License-Identifier: MIT
 *
 * The beginning of a file, for those who need its header alone.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The first max_bytes of a regular file, or all of it where it is shorter. Errors as of
 * ms_file_read(), but for the size of the file. */
GBytes *ms_file_read_start(const char *path, gsize max_bytes, GError **error);

G_END_DECLS
