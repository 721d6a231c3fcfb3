/* SPDX-License-Identifier: MIT */
#include "set/search.h"

/* Files between two looks at what may end the search, and at whom to tell. */
#define COUNT_INTERVAL 1024u
#define TELL_INTERVAL  16384u

void
ms_search_clear(MsSearch *search)
{
  g_clear_pointer(&search->cut, g_hash_table_unref);
}

gboolean
ms_search_count(MsSearch *search, GError **error)
{
  if (!search || ++search->n_found % COUNT_INTERVAL != 0)
    return TRUE;
  if (search->progress && search->n_found % TELL_INTERVAL == 0)
    search->progress("Finding files", search->n_found, 0, search->user);
  return !g_cancellable_set_error_if_cancelled(search->cancellable, error);
}

void
ms_search_listed(const MsSearch *search)
{
  if (search && search->progress)
    search->progress("Pairing names", 0, 0, search->user);
}

GCancellable *
ms_search_cancellable(const MsSearch *search)
{
  return search ? search->cancellable : NULL;
}

guint
ms_search_n_names(const MsSearch *search)
{
  return search ? search->n_names : 0;
}

void
ms_search_note_cut(MsSearch *search, const char *folder)
{
  if (!search->cut)
    search->cut = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  if (!g_hash_table_contains(search->cut, folder))
    g_hash_table_add(search->cut, g_strdup(folder));
}

gboolean
ms_search_is_cut(const MsSearch *search, const char *folder)
{
  return search && search->cut && g_hash_table_contains(search->cut, folder);
}
