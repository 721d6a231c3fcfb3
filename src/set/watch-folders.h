/* SPDX-License-Identifier: MIT
 *
 * The folders of a watcher and what the kernel tells of them. Belongs to the watcher's thread,
 * which calls in when the descriptor can be read, and once in a while.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum {
  MS_WATCH_BEGUN,    /* a file was made or written into, and is open still */
  MS_WATCH_WRITTEN,  /* it was closed after writing, or moved into place */
  MS_WATCH_GONE,     /* a file was removed or moved away */
  MS_WATCH_VANISHED, /* a folder that was given is not there any more */
  MS_WATCH_BACK,     /* and is there again */
  MS_WATCH_OTHERS,   /* another folder came or went, or events were lost */
} MsWatchEvent;

typedef void (*MsWatchTell)(gpointer user, MsWatchEvent event, const char *path);

typedef struct MsWatchFolders MsWatchFolders;

MsWatchFolders *ms_watch_folders_new(MsWatchTell tell, gpointer user);
void ms_watch_folders_free(MsWatchFolders *folders); /* NULL is fine */

/* One that is given: it is waited for where it is missing. */
void ms_watch_folders_add(MsWatchFolders *folders, const char *path);
/* What else lies below a folder, as far as the bound allows. */
void ms_watch_folders_add_below(MsWatchFolders *folders, const char *root);

/* To be read when it can be; -1: there is none. */
int ms_watch_folders_get_fd(const MsWatchFolders *folders);
void ms_watch_folders_read(MsWatchFolders *folders);

/* Looks for folders that are missing, and whether those are there that nothing tells of. */
void ms_watch_folders_check(MsWatchFolders *folders);

guint ms_watch_folders_count_missing(const MsWatchFolders *folders);
/* Whether the folder of a file, or one that holds it, is missing. */
gboolean ms_watch_folders_is_missing(const MsWatchFolders *folders, const char *path);

/* Why not everything is told; NULL: it is. Lent. */
const char *ms_watch_folders_get_trouble(const MsWatchFolders *folders);

/* A door for the tests: at most so many folders (0: MS_WATCHER_MAX), and what counts as remote
 * (NULL: network file systems). Before any watcher is made. */
void ms_watch_folders_use(guint max, gboolean (*is_remote)(const char *path));

G_END_DECLS
