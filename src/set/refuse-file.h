/* SPDX-License-Identifier: MIT
 *
 * What to say of a file that was named where masks are wanted, and that holds none.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A file that is neither a folder nor annotations: MS_SET_ERROR_NOT_FOUND, which says what it is
 * and what it lacks. */
void ms_refuse_file(const char *path, GCancellable *cancellable, GError **error);

G_END_DECLS
