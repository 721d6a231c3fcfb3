/* SPDX-License-Identifier: MIT
 *
 * Contents of files that hold many masks, kept while they are in use: the slices of a volume are
 * asked for one after the other, and inflating it anew for each would take the square of the time.
 * What is held is bounded; two threads that want one file read it once. A file that changed (size,
 * time stamps, inode) is read again. For any thread.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What is kept beside what is lent, and the largest that a compressed file may become. */
#define MS_SHARED_FILES_BYTES     (G_GUINT64_CONSTANT(512) << 20)
#define MS_SHARED_FILES_MAX_BYTES (G_GUINT64_CONSTANT(4) << 30)

typedef struct MsSharedFiles MsSharedFiles;

MsSharedFiles *ms_shared_files_new(void);
void ms_shared_files_free(MsSharedFiles *files); /* NULL is fine; nobody reads any more */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsSharedFiles, ms_shared_files_free)

/* The content of a file, inflated where it is gzip; the caller's to unref. Errors: those of
 * ms_file_read() and ms_gzip_inflate(). */
GBytes *ms_shared_files_read(MsSharedFiles *files, const char *path, GCancellable *cancellable,
                             GError **error);

G_END_DECLS
