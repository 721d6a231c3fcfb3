/* SPDX-License-Identifier: MIT
 *
 * Contents of files that hold many masks, kept while they are in use: the slices of a volume are
 * asked for one after the other, and inflating it anew for each would take the square of the time.
 * Two threads that want one file read it once. A file that changed (size, time stamps, inode) is
 * read again. For any thread.
 *
 * What is held is bounded: MS_SHARED_FILES_BYTES, and beyond that only files in use, which are the
 * MS_SHARED_FILES_IN_USE asked for last as far as that was within the last MS_SHARED_FILES_READINGS
 * readings. Those are the sides of the examples that are being worked on, whatever their size: a
 * pair of large volumes stays, and the pair before it goes soon after. When nothing was asked for
 * during MS_SHARED_FILES_REST seconds (where a main loop runs), what is beyond the bound goes but
 * for the file asked for last.
 */
#pragma once

#include "set/content.h"

G_BEGIN_DECLS

#define MS_SHARED_FILES_BYTES    (G_GUINT64_CONSTANT(512) << 20)
#define MS_SHARED_FILES_IN_USE   8
#define MS_SHARED_FILES_READINGS 64
#define MS_SHARED_FILES_MOST     64 /* files, however small */
#define MS_SHARED_FILES_REST     20

/* The largest that a compressed array may become. */
#define MS_SHARED_FILES_MAX_BYTES (G_GUINT64_CONSTANT(2) << 30)

typedef struct MsSharedFiles MsSharedFiles;

MsSharedFiles *ms_shared_files_new(void);
/* The same with another bound than MS_SHARED_FILES_BYTES. */
MsSharedFiles *ms_shared_files_new_bound(guint64 n_bytes);
void ms_shared_files_free(MsSharedFiles *files); /* NULL is fine; nobody reads any more */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsSharedFiles, ms_shared_files_free)

/* The content of a file, the caller's to unref. Errors: those of ms_content_read(). */
MsContent *ms_shared_files_read(MsSharedFiles *files, const char *path, GCancellable *cancellable,
                                GError **error);

/* Lets go what a rest lets go. */
void ms_shared_files_rest(MsSharedFiles *files);

G_END_DECLS
