/* SPDX-License-Identifier: MIT
 *
 * Folders that are watched: which files in them were written, replaced or removed, and which
 * folders went away or came back. A file is told of once it is complete: it was closed after
 * writing, renamed into place, or has rested. Events are put together, so that a thousand files
 * written at once are one piece of news. Everything that asks the file system happens on a thread
 * of the watcher's own; news come on the thread that made it.
 *
 * Where watching cannot tell everything (network file systems, the kernel's limits, more folders
 * than MS_WATCHER_MAX) ms_watcher_get_trouble() says so: whoever wants to know of changes then has
 * to look by themselves from time to time.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define MS_WATCHER_MAX 4096 /* folders */

/* What happened since the last news; lent for the time of the signal. Paths as they follow from
 * those of the folders that were given. */
typedef struct {
  GPtrArray *complete; /* char *: files that were written, replaced or added, and are whole */
  GPtrArray *gone; /* char *: files that were removed or moved away, from folders that are there */
  GPtrArray *vanished; /* char *: folders that are not there any more, the topmost of them */
  GPtrArray *back;     /* char *: of those, folders that are there again */
  gboolean others;     /* other folders came or went, or not every event could be noted: everything
                        * may have changed */
} MsWatchNews;

#define MS_TYPE_WATCHER (ms_watcher_get_type())
G_DECLARE_FINAL_TYPE(MsWatcher, ms_watcher, MS, WATCHER, GObject)

/* Signals:
 *   "ready": folders are being watched
 *   "news" (const MsWatchNews *)
 *   "trouble": ms_watcher_get_trouble() answers something else */

/* Watches folders (NULL-terminated, copied), and below `root` (NULL: nothing) what else there is,
 * as far as the bound allows. "ready" follows once that is so. */
MsWatcher *ms_watcher_new(const char *const *folders, const char *root);

/* Whether folders are being watched already. */
gboolean ms_watcher_is_ready(MsWatcher *self);

/* Why not everything is told, a sentence without a full stop; NULL: it is. Lent until "trouble". */
const char *ms_watcher_get_trouble(MsWatcher *self);

/* Whether anything in the folders that were given came or went between a time (µs since 1970) and
 * when they began to be watched, as far as the folders tell. */
gboolean ms_watcher_changed_since(MsWatcher *self, gint64 time);

/* How many of the folders that were given are not there now. */
guint ms_watcher_get_n_missing(MsWatcher *self);

G_END_DECLS
