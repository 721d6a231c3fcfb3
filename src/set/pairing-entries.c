/* SPDX-License-Identifier: MIT
 *
 * From groups to entries: what an example is called, and what is said about files that compete.
 */
#include "set/pairing-groups.h"

#include "set/stems.h"
#include "set/text.h"

/* What a group is called: the key that made it; an image's stem; else the mask's without what only
 * says that it is a mask. */
static char *
plain_name(const MsPairing *pairing, const MsGroup *group)
{
  gsize length = strlen(group->name);
  gboolean stripped = !group->merged;
  for (const MsGroupItem *item = group->items; item; item = item->next) {
    const MsRole *role = ms_pairing_role(pairing, item->role);
    stripped &= role->kind != MS_ROLE_IMAGE && !role->exact;
  }
  if (stripped) {
    /* Every file must lose the same, or the name would be one that a role does not know. */
    const MsGroupItem *first = group->items;
    length = ms_stem_name_length(group->name, ms_pairing_role(pairing, first->role)->kind);
    for (const MsGroupItem *item = first->next; item; item = item->next)
      if (ms_stem_name_length(group->name, ms_pairing_role(pairing, item->role)->kind) != length)
        length = strlen(group->name);
  }
  return g_strndup(group->name, length);
}

static int
compare_strings(gconstpointer a, gconstpointer b)
{
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static char *
list_files(const MsGroup *group, guint role)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
  for (const MsGroupItem *item = group->items; item; item = item->next)
    if (item->role == role) {
      g_autofree char *name = g_path_get_basename(item->file->path);
      g_ptr_array_add(names, ms_text_id(name));
    }
  g_ptr_array_sort(names, compare_strings);
  g_ptr_array_add(names, NULL);
  return g_strjoinv(", ", (GStrv)names->pdata);
}

static void
set_place(char **path, int *part, const MsGroupItem *item)
{
  ms_text_set(path, item->file->path);
  *part = item->file->part;
}

static void
set_file(const MsPairing *pairing, const MsGroup *group, MsEntry *entry, MsInventory *inventory,
         guint role, guint model)
{
  const MsGroupItem *found = NULL;
  guint n = 0;
  for (const MsGroupItem *item = group->items; item; item = item->next)
    if (item->role == role) {
      found = item;
      n++;
    }
  if (n == 0)
    return;
  g_autofree char *files = n > 1 ? list_files(group, role) : NULL;
  switch (ms_pairing_role(pairing, role)->kind) {
  case MS_ROLE_IMAGE:
    if (n > 1)
      ms_notices_add(inventory->notices, found->file->path,
                     "Example %s: more than one image fits, none is shown: %s", entry->id, files);
    else
      set_place(&entry->image, &entry->image_part, found);
    break;
  case MS_ROLE_ACTUAL:
    if (n > 1)
      ms_entry_add_problem(entry, MS_PROBLEM_AMBIGUOUS, G_MAXUINT,
                           "more than one actual mask fits: %s", files);
    else
      set_place(&entry->actual, &entry->actual_part, found);
    break;
  case MS_ROLE_PREDICTED:
    if (n > 1)
      ms_entry_add_problem(entry, MS_PROBLEM_AMBIGUOUS, model,
                           "more than one predicted mask fits: %s", files);
    else
      set_place(&entry->predicted[model], &entry->predicted_parts[model], found);
    break;
  }
}

static MsEntry *
make_entry(const MsPairing *pairing, const MsGroup *group, const char *name, MsInventory *inventory)
{
  g_autofree char *spelt = ms_roles_spell(pairing->roles, name);
  g_autofree char *id = ms_text_id(spelt);
  MsEntry *entry = ms_entry_new(id, inventory->models->len);
  gsize length;
  ms_text_set(&entry->split, ms_roles_split_of(pairing->roles, name, &length));
  guint model = 0;
  for (guint role = 0; role < pairing->n_roles; role++) {
    set_file(pairing, group, entry, inventory, role, model);
    model += ms_pairing_role(pairing, role)->kind == MS_ROLE_PREDICTED;
  }
  return entry;
}

void
ms_pairing_make_entries(const MsPairing *pairing, MsInventory *inventory)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(GHashTable) counts = g_hash_table_new(g_str_hash, g_str_equal);
  for (guint i = 0; i < pairing->groups->len; i++) {
    const MsGroup *group = g_ptr_array_index(pairing->groups, i);
    char *name = group->items ? plain_name(pairing, group) : NULL;
    g_ptr_array_add(names, name);
    if (name) {
      guint count = GPOINTER_TO_UINT(g_hash_table_lookup(counts, name)) + 1;
      g_hash_table_insert(counts, name, GUINT_TO_POINTER(count));
    }
  }
  for (guint i = 0; i < pairing->groups->len; i++) {
    const MsGroup *group = g_ptr_array_index(pairing->groups, i);
    const char *name = g_ptr_array_index(names, i);
    if (!name)
      continue;
    /* Names that two groups would share are given to neither: both keep their stems. */
    gboolean shared = GPOINTER_TO_UINT(g_hash_table_lookup(counts, name)) > 1;
    g_ptr_array_add(
        inventory->entries,
        make_entry(pairing, group, shared ? group->items->file->stem : name, inventory));
  }
}
