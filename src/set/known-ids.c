/* SPDX-License-Identifier: MIT
 *
 * Stems are keys as MsRoles holds them; only what is shorter is copied.
 */
#include "set/known-ids.h"

#include <string.h>

#include "set/stems.h"

struct MsKnownIds {
  GHashTable *forms;   /* all that the stems may be called */
  GHashTable *homes;   /* a form without split or city -> its folders; "": several have it */
  GHashTable *splits;  /* normal names */
  GHashTable *folders; /* with those above them */
  GStringChunk *strings;
  GString *scratch;
};

static const char several_homes[] = "";

void
ms_known_ids_free(MsKnownIds *ids)
{
  if (!ids)
    return;
  g_hash_table_unref(ids->forms);
  g_hash_table_unref(ids->homes);
  g_hash_table_unref(ids->splits);
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
  if (!slash)
    return NULL;
  g_string_truncate(ids->scratch, 0);
  g_string_append_len(ids->scratch, stem, slash - stem);
  const char *home = g_hash_table_lookup(ids->folders, ids->scratch->str);
  if (home)
    return home;
  home = g_string_chunk_insert(ids->strings, ids->scratch->str);
  g_hash_table_add(ids->folders, (char *)home);
  g_autofree char *above = g_strdup(home);
  for (char *end = strrchr(above, '/'); end; end = strrchr(above, '/')) {
    *end = '\0';
    if (!g_hash_table_contains(ids->folders, above))
      g_hash_table_add(ids->folders, g_string_chunk_insert(ids->strings, above));
  }
  return home;
}

static void
add_file(MsKnownIds *ids, const MsRoles *roles, const MsRole *role, const char *stem)
{
  gsize lengths[MS_STEM_MAX_FORMS], split_length = 0;
  guint n = ms_stem_forms(stem, role->kind, role->exact, lengths);
  const char *home = add_folders(ids, stem);
  const char *split = ms_roles_split_of(roles, stem, &split_length);
  if (split && !g_hash_table_contains(ids->splits, split))
    g_hash_table_add(ids->splits, g_string_chunk_insert(ids->strings, split));
  for (guint i = 0; i < n; i++) {
    const char *form = stem;
    if (i > 0)
      form = g_string_chunk_insert_len(ids->strings, stem, (gssize)lengths[i]);
    g_hash_table_add(ids->forms, (char *)form);
    if (home && lengths[i] > strlen(home) + 1)
      add_homes(ids, form, split ? split_length + 1 : 0, home);
  }
}

MsKnownIds *
ms_known_ids_new(const MsRoles *roles)
{
  const MsRole *actual = ms_roles_find(roles, MS_ROLE_ACTUAL);
  if (!actual)
    return NULL;
  MsKnownIds *ids = g_new0(MsKnownIds, 1);
  ids->forms = g_hash_table_new(g_str_hash, g_str_equal);
  ids->homes = g_hash_table_new(g_str_hash, g_str_equal);
  ids->splits = g_hash_table_new(g_str_hash, g_str_equal);
  ids->folders = g_hash_table_new(g_str_hash, g_str_equal);
  ids->strings = g_string_chunk_new(1 << 14);
  ids->scratch = g_string_new(NULL);
  for (guint i = 0; i < actual->files->len; i++)
    add_file(ids, roles, actual, g_array_index(actual->files, MsRoleFile, i).stem);
  return ids;
}

/* What a table holds of the longest form that it has. */
static gpointer
lookup_forms(MsKnownIds *ids, GHashTable *table, const char *stem, MsRoleKind kind)
{
  gsize lengths[MS_STEM_MAX_FORMS];
  guint n = ms_stem_forms(stem, kind, FALSE, lengths);
  g_string_assign(ids->scratch, stem);
  for (guint i = 0; i < n; i++) {
    g_string_truncate(ids->scratch, lengths[i]);
    gpointer found = g_hash_table_lookup(table, ids->scratch->str);
    if (found)
      return found;
  }
  return NULL;
}

gboolean
ms_known_ids_has(MsKnownIds *ids, const char *stem, MsRoleKind kind)
{
  return lookup_forms(ids, ids->forms, stem, kind) != NULL;
}

const char *
ms_known_ids_home(MsKnownIds *ids, const char *stem, MsRoleKind kind, gboolean *several)
{
  const char *home = lookup_forms(ids, ids->homes, stem, kind);
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
