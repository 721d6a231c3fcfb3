/* SPDX-License-Identifier: MIT
 *
 * The one place that opens files. Decoders take bytes; whoever needs bytes of a file asks here and
 * gets errors that name it.
 */
#pragma once

#include <gio/gio.h>

#include "io/scratch.h"

G_BEGIN_DECLS

/* Largest file that is read whole: 4 GiB. */
#define MS_FILE_MAX_BYTES (G_GUINT64_CONSTANT(4) << 30)

/* Reads a regular file whole. Says apart in words: does not exist, a dangling link, a folder, no
 * permission, empty (0 bytes: MS_IO_ERROR_EMPTY), larger than max_bytes, changed while it was read.
 * `path` is in the file name encoding; messages show it as UTF-8. Cancelled: G_IO_ERROR_CANCELLED.
 */
GBytes *ms_file_read(const char *path, guint64 max_bytes, GCancellable *cancellable,
                     GError **error);

/* The same into a worker's scratch, which lends the bytes until the next file is read into it.
 * scratch NULL: as above. */
GBytes *ms_file_read_using(const char *path, guint64 max_bytes, MsScratch *scratch,
                           GCancellable *cancellable, GError **error);

/* Writes to a temporary name in the same folder, then renames: the old file or the new one, never a
 * mixture. The message names path and cause (no space, no permission, ...). */
gboolean ms_file_write(const char *path, const void *data, gsize size, GError **error);

/* Makes a folder and its parents; fine when it exists. */
gboolean ms_folder_make(const char *path, GError **error);

/* Tells before long work whether it could be made, or written to where it exists; leaves nothing
 * behind. */
gboolean ms_folder_check(const char *path, GError **error);

/* Why a call failed, by its errno, in our words, which do not change with the locale. */
const char *ms_errno_cause(int number);

/* A path as it is shown in messages: valid UTF-8, relative to the current folder when below it. */
char *ms_path_display(const char *path);

G_END_DECLS
