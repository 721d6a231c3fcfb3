/* SPDX-License-Identifier: MIT
 *
 * What the first bytes of a file say that it is, for messages about files that are not what their
 * name promises.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "JPEG data", "a Git LFS pointer; fetch the file itself", ... or the first bytes as hex digits;
 * free with g_free(). */
char *ms_magic_describe(GBytes *bytes);

G_END_DECLS
