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

/* A regular file's descriptor, to be closed, for those who look here and there. -1: errors as of
 * ms_file_read(). */
int ms_file_open_regular(const char *path, GError **error);

G_END_DECLS
