/* SPDX-License-Identifier: MIT
 *
 * Files of a role by a pattern with {id}.
 */
#include "set/pattern.h"
#include "set/roles.h"
#include "set/stems.h"
#include "set/text.h"

typedef struct {
  MsRoles *roles;
  MsRole *role;
  const MsPattern *pattern;
  gboolean open_end; /* the pattern does not spell out an ending */
  GHashTable *whole; /* with a star: the other roles' stems, and all that they may be called */
  GHashTable *forms;
  GPtrArray *notices;
} Matching;

static void
add_forms(GHashTable *forms, const char *stem, const MsRole *role, gboolean whole_only)
{
  gsize lengths[MS_STEM_MAX_FORMS];
  guint n = ms_stem_forms(stem, role->kind, role->exact || whole_only, lengths);
  for (guint i = 0; i < n; i++)
    g_hash_table_add(forms, g_strndup(stem, lengths[i]));
}

static GHashTable *
collect_forms(const MsRoles *roles, const MsRole *except, gboolean whole_only)
{
  GHashTable *forms = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < roles->roles->len; i++) {
    const MsRole *role = g_ptr_array_index(roles->roles, i);
    for (guint j = 0; role != except && j < role->files->len; j++)
      add_forms(forms, g_array_index(role->files, MsRoleFile, j).stem, role, whole_only);
  }
  return forms;
}

/* The id among several that the other roles have. NULL: more than one of them. */
static const char *
decide_id(const Matching *self, GPtrArray *ids)
{
  GHashTable *tables[] = {self->whole, self->forms};
  for (guint i = 0; i < G_N_ELEMENTS(tables); i++) {
    const char *known = NULL;
    guint n_known = 0;
    for (guint j = 0; j < ids->len; j++)
      if (g_hash_table_contains(tables[i], g_ptr_array_index(ids, j))) {
        known = g_ptr_array_index(ids, j);
        n_known++;
      }
    if (n_known > 0)
      return n_known == 1 ? known : NULL;
  }
  return g_ptr_array_index(ids, 0);
}

/* The stem that a name relative to the pattern's folder has. Caller frees; NULL: none. */
static char *
match_name(const Matching *self, const char *relative, const char *path)
{
  g_autoptr(GPtrArray) ids = ms_pattern_match(self->pattern, relative);
  if (ids->len == 0)
    return NULL;
  const char *id = ids->len == 1 ? g_ptr_array_index(ids, 0) : decide_id(self, ids);
  if (!id) {
    ms_notices_add(self->notices, path, "More than one example's id fits this name; left out");
    return NULL;
  }
  g_autofree char *stem = g_strndup(id, self->open_end ? ms_text_stem_length(id) : strlen(id));
  return ms_roles_place_stem(self->roles, stem, NULL);
}

static void
match_files(const Matching *self, const MsFolder *folder)
{
  g_autoptr(MsListing) listing = ms_listing_of(folder, self->open_end);
  for (guint i = 0; i < listing->names->len; i++) {
    const char *relative = g_ptr_array_index(listing->names, i);
    g_autofree char *path = g_build_filename(listing->folder, relative, NULL);
    g_autofree char *stem = match_name(self, relative, path);
    if (stem)
      ms_roles_add_file(self->roles, self->role, path, stem);
  }
}

/* `above` is the path from the pattern's folder, with a '/' at its end. */
static void
match_folders(const Matching *self, const MsFolder *folder, const char *above)
{
  for (guint i = 0; i < folder->folders->len; i++) {
    const MsFolder *below = g_ptr_array_index(folder->folders, i);
    g_autofree char *relative = g_strconcat(above, below->name, "/", NULL);
    g_autofree char *stem =
        below->pictures->len > 0 ? match_name(self, relative, below->path) : NULL;
    if (stem)
      ms_roles_add_united(self->roles, self->role, below, stem);
    match_folders(self, below, relative);
  }
}

gboolean
ms_roles_add_pattern(MsRoles *roles, MsRole *role, const char *text, GPtrArray *notices,
                     MsSearch *search, GError **error)
{
  g_autoptr(MsPattern) pattern = ms_pattern_new(text);
  g_autoptr(MsFolder) folder = ms_folder_list(pattern->folder, notices, search, error);
  g_autoptr(GHashTable) whole = NULL, forms = NULL;
  if (!folder)
    return FALSE;
  if (pattern->stars) {
    whole = collect_forms(roles, role, TRUE);
    forms = collect_forms(roles, role, FALSE);
  }
  /* An ending that the pattern spells out is the user's word; else only pictures can be meant. */
  gboolean open_end = g_str_has_suffix(text, "*") || g_str_has_suffix(text, "}");
  const Matching self = {roles, role, pattern, open_end, whole, forms, notices};
  role->exact = TRUE;
  if (g_str_has_suffix(text, "/"))
    match_folders(&self, folder, "");
  else
    match_files(&self, folder);
  return TRUE;
}
