/* SPDX-License-Identifier: MIT
 *
 * Stems as MsRoles holds them are an array in byte order: who asks mostly goes through a folder in
 * that order, too, so that the next is looked for where the last one was. Only what is shorter is
 * in a table.
 */
#include "set/known-ids.h"

#include <string.h>

#include "set/name-sort.h"
#include "set/stems.h"

struct MsKnownIds {
  const MsRoles *roles;
  const MsRole *actual;
  GPtrArray *stems;       /* in byte order */
  guint next;             /* of the stems: where the one that is asked for next may be */
  GHashTable *forms;      /* all else that the stems may be called */
  GHashTable *homes;      /* a form without split or city -> its folders; "": several have it. NULL:
                             nobody asked yet */
  GHashTable *splits;     /* normal names */
  GHashTable *own_splits; /* what the roles had of them when this was made */
  GHashTable *folders;    /* with those above them */
  const char *last_folder;
  GStringChunk *strings;
  GString *scratch;
};

static const char several_homes[] = "";

void
ms_known_ids_free(MsKnownIds *ids)
{
  if (!ids)
    return;
  g_ptr_array_unref(ids->stems);
  g_hash_table_unref(ids->forms);
  g_clear_pointer(&ids->homes, g_hash_table_unref);
  g_hash_table_unref(ids->splits);
  g_hash_table_unref(ids->own_splits);
  g_hash_table_unref(ids->folders);
  g_string_chunk_free(ids->strings);
  g_string_free(ids->scratch, TRUE);
  g_free(ids);
}

static void
add_home(MsKnownIds *ids, const char *form, const char *home)
{
  const char *before = g_hash_table_lookup(ids->homes, form);
  if (before && strcmp(before, home) == 0)
    return;
  g_hash_table_insert(ids->homes, g_string_chunk_insert(ids->strings, form),
                      (char *)(before ? several_homes : home));
}

/* "munster_000" of "munster/munster_000"; NULL: the folder says more than the name does. */
static const char *
without_city(const char *form)
{
  const char *slash = strrchr(form, '/');
  if (!slash)
    return NULL;
  const char *folder = slash;
  while (folder > form && folder[-1] != '/')
    folder--;
  gsize length = (gsize)(slash - folder);
  gboolean repeated = strncmp(slash + 1, folder, length) == 0 && strchr("_-", slash[1 + length]) &&
                      slash[1 + length] != '\0';
  return repeated ? slash + 1 : NULL;
}

/* What it may be called where folders are left out: the split, the city, or both. */
static void
add_homes(MsKnownIds *ids, const char *form, gsize split_length, const char *home)
{
  const char *rest = form + split_length;
  const char *city = without_city(rest);
  if (split_length > 0)
    add_home(ids, rest, home);
  if (!city)
    return;
  add_home(ids, city, home);
  if (split_length > 0) {
    g_autofree char *split = g_strndup(form, split_length);
    g_autofree char *cityless = g_strconcat(split, city, NULL);
    add_home(ids, cityless, home);
  }
}

/* The folders of a stem, known from now on with those above them; NULL: it lies in none. */
static const char *
add_folders(MsKnownIds *ids, const char *stem)
{
  const char *slash = strrchr(stem, '/');
  gsize length = slash ? (gsize)(slash - stem) : 0;
  if (!slash)
    return NULL;
  if (ids->last_folder && strncmp(ids->last_folder, stem, length) == 0 &&
      ids->last_folder[length] == '\0')
    return ids->last_folder;
  g_autofree char *above = g_strndup(stem, length);
  ids->last_folder = g_hash_table_lookup(ids->folders, above);
  if (ids->last_folder)
    return ids->last_folder;
  const char *home = ids->last_folder = g_string_chunk_insert(ids->strings, above);
  g_hash_table_add(ids->folders, (char *)home);
  for (char *end = strrchr(above, '/'); end; end = strrchr(above, '/')) {
    *end = '\0';
    if (!g_hash_table_contains(ids->folders, above))
      g_hash_table_add(ids->folders, g_string_chunk_insert(ids->strings, above));
  }
  return home;
}

static void
add_file(MsKnownIds *ids, const char *stem)
{
  gsize lengths[MS_STEM_MAX_FORMS], split_length = 0;
  guint n = ms_stem_forms(stem, ids->actual->kind, ids->actual->exact, lengths);
  const char *split = ms_roles_split_of(ids->roles, stem, &split_length);
  if (split && !g_hash_table_contains(ids->splits, split))
    g_hash_table_add(ids->splits, g_string_chunk_insert(ids->strings, split));
  add_folders(ids, stem);
  g_ptr_array_add(ids->stems, (char *)stem);
  for (guint i = 1; i < n; i++)
    g_hash_table_add(ids->forms, g_string_chunk_insert_len(ids->strings, stem, (gssize)lengths[i]));
}

MsKnownIds *
ms_known_ids_new(const MsRoles *roles)
{
  const MsRole *actual = ms_roles_find(roles, MS_ROLE_ACTUAL);
  if (!actual)
    return NULL;
  MsKnownIds *ids = g_new0(MsKnownIds, 1);
  ids->roles = roles;
  ids->actual = actual;
  ids->stems = g_ptr_array_sized_new(actual->files->len);
  ids->forms = g_hash_table_new(g_str_hash, g_str_equal);
  ids->splits = g_hash_table_new(g_str_hash, g_str_equal);
  ids->own_splits = g_hash_table_new(g_str_hash, g_str_equal);
  ids->folders = g_hash_table_new(g_str_hash, g_str_equal);
  ids->strings = g_string_chunk_new(1 << 14);
  ids->scratch = g_string_new(NULL);
  GHashTableIter iter;
  gpointer own;
  g_hash_table_iter_init(&iter, roles->own_splits);
  while (g_hash_table_iter_next(&iter, &own, NULL))
    g_hash_table_add(ids->own_splits, own);
  for (guint i = 0; i < actual->files->len; i++)
    add_file(ids, g_array_index(actual->files, MsRoleFile, i).stem);
  ms_names_sort_strings(ids->stems);
  return ids;
}

/* The length of the split that a stem begins with, and of its '/'; 0: none. */
static gsize
split_length_of(const MsKnownIds *ids, const char *stem)
{
  gsize length;
  const char *slash = strchr(stem, '/');
  if (!slash || ms_split_of_path(stem, &length))
    return slash ? length + 1 : 0;
  g_autofree char *first = g_strndup(stem, (gsize)(slash - stem));
  return g_hash_table_contains(ids->own_splits, first) ? strlen(first) + 1 : 0;
}

/* --- asking ----------------------------------------------------------------------------------- */

static void
add_homes_of(MsKnownIds *ids, const char *stem)
{
  gsize lengths[MS_STEM_MAX_FORMS];
  guint n = ms_stem_forms(stem, ids->actual->kind, ids->actual->exact, lengths);
  const char *home = add_folders(ids, stem);
  for (guint i = 0; home && i < n; i++) {
    const char *form = stem;
    if (lengths[i] <= strlen(home) + 1)
      continue;
    if (i > 0)
      form = g_string_chunk_insert_len(ids->strings, stem, (gssize)lengths[i]);
    add_homes(ids, form, split_length_of(ids, stem), home);
  }
}

static GHashTable *
find_homes(MsKnownIds *ids)
{
  if (ids->homes)
    return ids->homes;
  ids->homes = g_hash_table_new(g_str_hash, g_str_equal);
  for (guint i = 0; i < ids->actual->files->len; i++)
    add_homes_of(ids, g_array_index(ids->actual->files, MsRoleFile, i).stem);
  return ids->homes;
}

static int
compare_at(const MsKnownIds *ids, guint index, const char *text)
{
  return strcmp(g_ptr_array_index(ids->stems, index), text);
}

static gboolean
is_stem(MsKnownIds *ids, const char *text)
{
  guint low = 0, high = ids->stems->len;
  if (ids->next < high && compare_at(ids, ids->next, text) == 0) {
    ids->next++;
    return TRUE;
  }
  while (low < high) {
    guint middle = low + (high - low) / 2;
    if (compare_at(ids, middle, text) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  ids->next = low;
  return low < ids->stems->len && compare_at(ids, low, text) == 0;
}

/* What the table of homes holds of the longest form that it has. */
static const char *
lookup_home(MsKnownIds *ids, const char *stem, MsRoleKind kind)
{
  gsize lengths[MS_STEM_MAX_FORMS];
  guint n = ms_stem_forms(stem, kind, FALSE, lengths);
  GHashTable *homes = find_homes(ids);
  g_string_assign(ids->scratch, stem);
  for (guint i = 0; i < n; i++) {
    g_string_truncate(ids->scratch, lengths[i]);
    const char *found = g_hash_table_lookup(homes, ids->scratch->str);
    if (found)
      return found;
  }
  return NULL;
}

gboolean
ms_known_ids_has(MsKnownIds *ids, const char *stem, MsRoleKind kind)
{
  gsize lengths[MS_STEM_MAX_FORMS];
  if (is_stem(ids, stem))
    return TRUE;
  guint n = ms_stem_forms(stem, kind, FALSE, lengths);
  g_string_assign(ids->scratch, stem);
  for (guint i = 0; i < n; i++) {
    g_string_truncate(ids->scratch, lengths[i]);
    if ((i > 0 && is_stem(ids, ids->scratch->str)) ||
        g_hash_table_contains(ids->forms, ids->scratch->str))
      return TRUE;
  }
  return FALSE;
}

const char *
ms_known_ids_home(MsKnownIds *ids, const char *stem, MsRoleKind kind, gboolean *several)
{
  const char *home = lookup_home(ids, stem, kind);
  *several = home == several_homes;
  return *several ? NULL : home;
}

const char *
ms_known_ids_split(const MsKnownIds *ids, const char *name)
{
  const char *normal = ms_split_normalize(name);
  if (normal && g_hash_table_contains(ids->splits, normal))
    return normal;
  gpointer own = NULL;
  g_hash_table_lookup_extended(ids->splits, name, &own, NULL);
  return own;
}

gboolean
ms_known_ids_has_folder(const MsKnownIds *ids, const char *folder)
{
  return g_hash_table_contains(ids->folders, folder);
}
