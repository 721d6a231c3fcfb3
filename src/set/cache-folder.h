/* SPDX-License-Identifier: MIT
 *
 * The folder of everything that can be made again: the results store and the thumbnails. It may
 * show pictures of patients, so it is readable by the user alone (0700) and there is a command that
 * empties it. MASKSCOPE_CACHE names another folder; else it is maskscope in the user's cache
 * folder.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Its path, or that of something in it; the caller's. name may be NULL. Makes nothing. */
char *ms_cache_path(const char *name);

/* The same, the folder made with 0700 (and made so if it was not), and marked by a CACHEDIR.TAG.
 * NULL: it cannot be made, or holds files of others and no tag. */
char *ms_cache_folder_make(const char *name, GError **error);

/* Removes all that is in it but its tag, and nothing that lies elsewhere (links are removed, not
 * followed). *n_files and *n_bytes tell what went. Fine when there is no such folder; an error,
 * with nothing removed, when it has no tag and is not empty. */
gboolean ms_cache_clear(guint64 *n_files, guint64 *n_bytes, GError **error);

G_END_DECLS
