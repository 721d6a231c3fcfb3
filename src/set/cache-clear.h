/* SPDX-License-Identifier: MIT
 *
 * Emptying the cache folder of what this program keeps there, by name, and of nothing else. It may
 * be done while other programs of ours use it: what they write meanwhile stays.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct {
  guint64 n_files; /* that went */
  guint64 n_bytes;
  guint n_kept; /* entries that are none of ours */
  char *kept;   /* the path of one of them; NULL: there is none */
} MsCacheRemoval;

void ms_cache_removal_clear(MsCacheRemoval *removal);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MsCacheRemoval, ms_cache_removal_clear)

/* Removes the results store with its journal, the thumbnails and what was left half written of
 * them; links are removed, not followed, and folders that are left empty but for the cache folder
 * with its tag. Fills a zeroed removal. Fine when there is no such folder; an error, with nothing
 * removed, when it is not ours (set/cache-folder.h). */
gboolean ms_cache_clear(MsCacheRemoval *removal, GError **error);

G_END_DECLS
