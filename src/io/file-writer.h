/* SPDX-License-Identifier: MIT
 *
 * A file that is written piece by piece, for what should never stand in memory whole. Until it is
 * committed it has a temporary name beside its target: the old file or the new one, never a
 * mixture, and nothing is left of one that is given up. A reader that has had enough of a pipe is
 * no error: what it does not want is let go.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct MsFileWriter MsFileWriter;

/* Errors of all: the message names path and cause (no space, no permission, ...). A device or a
 * pipe keeps its name and is written to at once. */
MsFileWriter *ms_file_writer_open(const char *path, GError **error);
/* Standard output, which stays open; SIGPIPE must be ignored. */
MsFileWriter *ms_file_writer_open_standard(GError **error);
/* Tells before long work whether the file can be opened, and leaves everything as it is. */
gboolean ms_file_writer_check(const char *path, GError **error);
gboolean ms_file_writer_write(MsFileWriter *writer, const void *data, gsize size, GError **error);
/* Gives the file its name. */
gboolean ms_file_writer_commit(MsFileWriter *writer, GError **error);
/* Gives up what was not committed. NULL is fine. */
void ms_file_writer_free(MsFileWriter *writer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsFileWriter, ms_file_writer_free)

G_END_DECLS
