/* SPDX-License-Identifier: MIT
 *
 * The folder of everything that can be made again: the results store and the thumbnails. It may
 * show pictures of patients, so it is readable by the user alone (0700) and there is a command that
 * empties it (set/cache-clear.h). MASKSCOPE_CACHE names another folder; else it is maskscope in the
 * user's cache folder.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define MS_CACHE_TAG        "CACHEDIR.TAG"
#define MS_CACHE_THUMBNAILS "thumbnails"

/* Its path, or that of something in it; the caller's. name may be NULL. Makes nothing. NULL: there
 * is none, as nothing says where the user's home is. */
char *ms_cache_path(const char *name);

/* The same, the folder made with 0700 (and made so if it was not), and marked by a CACHEDIR.TAG of
 * our own. NULL: it cannot be made, or is not ours: it holds files of others and no tag, or a tag
 * of another program. */
char *ms_cache_folder_make(const char *name, GError **error);

/* Whether an open folder, shown as path, has a tag, and that is ours or there is none. */
gboolean ms_cache_folder_check(int folder, const char *path, gboolean *has_tag, GError **error);

/* Whether nothing is in it but perhaps a tag that is being written. */
gboolean ms_cache_folder_check_empty(const char *path, GError **error);

G_END_DECLS
