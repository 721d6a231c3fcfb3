/* SPDX-License-Identifier: MIT
 *
 * Files that somebody writes: which of them are complete. One that is closed after writing, or
 * moved into place, is; one whose end nobody tells of is when its size and times have rested.
 * Until then it is known to be being written (set/in-writing.h). Belongs to the watcher's thread.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct MsWatchFiles MsWatchFiles;

MsWatchFiles *ms_watch_files_new(void);
void ms_watch_files_free(MsWatchFiles *files); /* NULL is fine */

/* It was made or written into: its end is awaited. */
void ms_watch_files_begin(MsWatchFiles *files, const char *path);
/* Its end was told of, or it is gone. */
void ms_watch_files_end(MsWatchFiles *files, const char *path);
/* Nothing is awaited. */
gboolean ms_watch_files_is_empty(const MsWatchFiles *files);

/* Looks at those that are awaited; to be called every MS_WATCH_FILES_MS. Appends the paths (char *)
 * of those that have rested, which are awaited no more. */
#define MS_WATCH_FILES_MS 500
void ms_watch_files_check(MsWatchFiles *files, GPtrArray *complete);

G_END_DECLS
