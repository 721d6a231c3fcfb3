/* SPDX-License-Identifier: MIT
 *
 * From groups to entries: what an example is called, and what is said about files that compete.
 */
#include "set/pairing-groups.h"

#include "set/stems.h"
#include "set/text.h"

/* Between two looks at whether to go on. */
#define INTERVAL 4096u

/* How much of a group's name it is called by: all of the key that made it, or of an image's stem;
 * of masks' without what only says that they are masks. */
static gsize
plain_length(const MsPairing *pairing, const MsGroup *group)
{
  gsize length = strlen(group->name);
  gboolean stripped = !group->merged;
  for (const MsGroupItem *item = group->items; item; item = item->next) {
    const MsRole *role = ms_pairing_role(pairing, item->role);
    stripped &= role->kind != MS_ROLE_IMAGE && !role->exact;
  }
  if (!stripped)
    return length;
  /* Every file must lose the same, or the name would be one that a role does not know. */
  const MsGroupItem *first = group->items;
  gsize shorter = ms_stem_name_length(group->name, ms_pairing_role(pairing, first->role)->kind);
  for (const MsGroupItem *item = first->next; item; item = item->next)
    if (ms_stem_name_length(group->name, ms_pairing_role(pairing, item->role)->kind) != shorter)
      return length;
  return shorter;
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
set_place(const char **path, int *part, const MsGroupItem *item)
{
  *path = item->file->path;
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

/* The name with its split as its folders spell it, as text. */
static const char *
make_id(const MsPairing *pairing, const char *name, MsInventory *inventory)
{
  gsize length;
  if (!ms_split_of_path(name, &length) && g_utf8_validate(name, -1, NULL))
    return name;
  g_autofree char *spelt = ms_roles_spell(pairing->roles, name);
  g_autofree char *id = ms_text_id(spelt);
  return g_str_equal(id, name) ? name : ms_inventory_keep(inventory, id);
}

static MsEntry *
make_entry(const MsPairing *pairing, const MsGroup *group, const char *name, MsInventory *inventory)
{
  MsEntry *entry = ms_entry_new(make_id(pairing, name, inventory), inventory->models->len);
  gsize length;
  entry->split = ms_roles_split_of(pairing->roles, name, &length);
  guint model = 0;
  for (guint role = 0; role < pairing->n_roles; role++) {
    set_file(pairing, group, entry, inventory, role, model);
    model += ms_pairing_role(pairing, role)->kind == MS_ROLE_PREDICTED;
  }
  return entry;
}

/* What each group is called, in `names`; NULL: nothing is left of it. FALSE: two groups may be
 * called the same. */
static gboolean
find_names(const MsPairing *pairing, GPtrArray *names)
{
  gboolean distinct = TRUE;
  for (guint i = 0; i < pairing->groups->len; i++) {
    const MsGroup *group = g_ptr_array_index(pairing->groups, i);
    const char *name = group->items ? group->name : NULL;
    gsize length = name ? plain_length(pairing, group) : 0;
    if (name && name[length] != '\0')
      name = g_string_chunk_insert_len(pairing->strings, name, (gssize)length);
    distinct &= !group->items || name == group->stem;
    g_ptr_array_add(names, (char *)name);
  }
  return distinct;
}

/* Name -> how many groups are called so. */
static GHashTable *
count_names(const GPtrArray *names)
{
  GHashTable *counts = g_hash_table_new(g_str_hash, g_str_equal);
  for (guint i = 0; i < names->len; i++) {
    gpointer name = g_ptr_array_index(names, i);
    if (name)
      g_hash_table_insert(
          counts, name, GUINT_TO_POINTER(GPOINTER_TO_UINT(g_hash_table_lookup(counts, name)) + 1));
  }
  return counts;
}

gboolean
ms_pairing_make_entries(const MsPairing *pairing, MsInventory *inventory, GError **error)
{
  g_autoptr(GPtrArray) names = g_ptr_array_sized_new(pairing->groups->len);
  g_autoptr(GHashTable) counts = find_names(pairing, names) ? NULL : count_names(names);
  for (guint i = 0; i < pairing->groups->len; i++) {
    const MsGroup *group = g_ptr_array_index(pairing->groups, i);
    const char *name = g_ptr_array_index(names, i);
    if (i % INTERVAL == 0 && g_cancellable_set_error_if_cancelled(pairing->cancellable, error))
      return FALSE;
    if (!name)
      continue;
    /* Names that two groups would share are given to neither: both keep their stems. */
    gboolean shared = counts && GPOINTER_TO_UINT(g_hash_table_lookup(counts, name)) > 1;
    g_ptr_array_add(
        inventory->entries,
        make_entry(pairing, group, shared ? group->items->file->stem : name, inventory));
  }
  return TRUE;
}
