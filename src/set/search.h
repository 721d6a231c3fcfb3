/* SPDX-License-Identifier: MIT
 *
 * What goes along while the files of a set are found: who is told of it, what ends it, how much is
 * listed, and what was left out. On one thread.
 */
#pragma once

#include "set/set.h"

G_BEGIN_DECLS

typedef struct {
  MsSetProgress progress; /* may be NULL */
  gpointer user;
  GCancellable *cancellable;
  guint n_names;   /* so many names of a folder are kept, the first in byte order; 0: all */
  guint n_found;   /* files so far */
  GHashTable *cut; /* paths of the folders of which something was left out; NULL: none */
} MsSearch;

void ms_search_clear(MsSearch *search);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MsSearch, ms_search_clear)

/* Counts a file, and tells of it now and then. FALSE when cancelled. `search` may be NULL. */
gboolean ms_search_count(MsSearch *search, GError **error);

/* All files are listed: tells that their names are compared now. `search` may be NULL. */
void ms_search_listed(const MsSearch *search);

/* `search` may be NULL. */
GCancellable *ms_search_cancellable(const MsSearch *search);
guint ms_search_n_names(const MsSearch *search);

void ms_search_note_cut(MsSearch *search, const char *folder);
gboolean ms_search_is_cut(const MsSearch *search, const char *folder);

G_END_DECLS
