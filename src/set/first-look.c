/* SPDX-License-Identifier: MIT */
#include "set/first-look.h"

#include <string.h>

typedef struct {
  const MsSearch *search;
  GHashTable *last; /* folder that was cut -> the last entry with a file in it or below, plus 1 */
} Horizons;

static void
note_file(Horizons *self, const char *path, guint index)
{
  g_autofree char *folder = g_strdup(path);
  char *slash;

  while (folder && (slash = strrchr(folder, '/')) && slash > folder) {
    *slash = '\0';
    if (ms_search_is_cut(self->search, folder))
      g_hash_table_insert(self->last, g_strdup(folder), GUINT_TO_POINTER(index + 1));
  }
}

static void
note_entry(Horizons *self, const MsInventory *inventory, guint index)
{
  const MsEntry *entry = g_ptr_array_index(inventory->entries, index);

  note_file(self, entry->image, index);
  note_file(self, entry->actual, index);
  for (guint i = 0; i < inventory->models->len; i++)
    note_file(self, entry->predicted[i], index);
}

static guint
count_certain(const Horizons *self, guint n_entries)
{
  GHashTableIter iter;
  gpointer last;

  g_hash_table_iter_init(&iter, self->last);
  while (g_hash_table_iter_next(&iter, NULL, &last))
    n_entries = MIN(n_entries, GPOINTER_TO_UINT(last));
  return n_entries;
}

void
ms_inventory_keep_certain(MsInventory *inventory, const MsSearch *search)
{
  g_autoptr(GHashTable) last = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *entries = inventory->entries;
  Horizons self = {search, last};
  guint n_certain;

  for (guint i = 0; i < entries->len; i++)
    note_entry(&self, inventory, i);
  n_certain = count_certain(&self, entries->len);
  for (guint i = n_certain; i < entries->len; i++)
    ms_entry_free(g_ptr_array_index(entries, i));
  g_ptr_array_set_size(entries, (int)n_certain);
}
