/* SPDX-License-Identifier: MIT
 *
 * Paths and stems live in one string chunk: a set of a million examples has three million of each.
 */
#include "set/roles.h"

#include "set/stems.h"
#include "set/text.h"

static void
role_free(gpointer data)
{
  MsRole *role = data;
  g_free(role->name);
  g_free(role->folder);
  g_free(role->other);
  g_array_unref(role->files);
  g_free(role);
}

MsRoles *
ms_roles_new(MsInventory *inventory)
{
  MsRoles *roles = g_new0(MsRoles, 1);
  roles->roles = g_ptr_array_new_with_free_func(role_free);
  roles->strings = inventory->strings;
  roles->scratch = g_string_new(NULL);
  roles->spellings = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
  roles->own_splits = g_hash_table_new(g_str_hash, g_str_equal);
  return roles;
}

void
ms_roles_free(MsRoles *roles)
{
  if (!roles)
    return;
  g_ptr_array_unref(roles->roles);
  g_string_free(roles->scratch, TRUE);
  g_hash_table_unref(roles->spellings);
  g_hash_table_unref(roles->own_splits);
  g_free(roles);
}

MsRole *
ms_roles_add(MsRoles *roles, MsRoleKind kind, const char *name, const char *folder)
{
  MsRole *role = g_new0(MsRole, 1);
  role->kind = kind;
  role->name = g_strdup(name);
  role->folder = g_strdup(folder);
  role->files = g_array_new(FALSE, FALSE, sizeof(MsRoleFile));
  g_ptr_array_add(roles->roles, role);
  return role;
}

MsRole *
ms_roles_find(const MsRoles *roles, MsRoleKind kind)
{
  for (guint i = 0; i < roles->roles->len; i++) {
    MsRole *role = g_ptr_array_index(roles->roles, i);
    if (role->kind == kind)
      return role;
  }
  return NULL;
}

/* --- splits --------------------------------------------------------------------------------- */

static void
note_spelling(MsRoles *roles, const char *normal, const char *spelling, gsize length)
{
  const char *before = g_hash_table_lookup(roles->spellings, normal);
  if (!before)
    g_hash_table_insert(roles->spellings, (char *)normal, g_strndup(spelling, length));
  else if (*before && (strncmp(before, spelling, length) != 0 || before[length] != '\0'))
    g_hash_table_insert(roles->spellings, (char *)normal, g_strdup(""));
}

char *
ms_roles_place_stem(MsRoles *roles, const char *stem, const char *split)
{
  g_autofree char *path = split ? g_strconcat(split, "/", stem, NULL) : g_strdup(stem);
  gsize length = 0;
  const char *normal = ms_split_of_path(path, &length);
  if (normal) {
    note_spelling(roles, normal, path, length);
    return g_strconcat(normal, path + length, NULL);
  }
  if (split) {
    g_autofree char *own = g_strndup(path, length);
    if (!g_hash_table_contains(roles->own_splits, own))
      g_hash_table_add(roles->own_splits, g_string_chunk_insert(roles->strings, own));
  }
  return g_steal_pointer(&path);
}

const char *
ms_roles_split_of(const MsRoles *roles, const char *stem, gsize *length)
{
  const char *normal = ms_split_of_path(stem, length);
  const char *slash = strchr(stem, '/');
  if (normal || !slash || g_hash_table_size(roles->own_splits) == 0)
    return normal;
  *length = (gsize)(slash - stem);
  g_autofree char *first = g_strndup(stem, *length);
  gpointer own = NULL;
  g_hash_table_lookup_extended(roles->own_splits, first, &own, NULL);
  return own;
}

char *
ms_roles_spell(const MsRoles *roles, const char *id)
{
  gsize length;
  const char *normal = ms_split_of_path(id, &length);
  const char *spelling = normal ? g_hash_table_lookup(roles->spellings, normal) : NULL;
  return spelling && *spelling ? g_strconcat(spelling, id + length, NULL) : g_strdup(id);
}

/* --- files ---------------------------------------------------------------------------------- */

void
ms_roles_add_part(MsRoles *roles, MsRole *role, const char *path, int part, const char *stem)
{
  MsRoleFile file = {g_string_chunk_insert(roles->strings, path),
                     g_string_chunk_insert(roles->strings, stem), part};
  g_array_append_val(role->files, file);
}

void
ms_roles_add_file(MsRoles *roles, MsRole *role, const char *path, const char *stem)
{
  ms_roles_add_part(roles, role, path, MS_PART_WHOLE, stem);
}

void
ms_roles_add_united(MsRoles *roles, MsRole *role, const MsFolder *folder, const char *stem)
{
  if (folder->pictures->len != 1) {
    ms_roles_add_part(roles, role, folder->path, MS_PART_UNITED, stem);
    return;
  }
  g_autofree char *path =
      g_build_filename(folder->path, g_ptr_array_index(folder->pictures, 0), NULL);
  ms_roles_add_file(roles, role, path, stem);
}

void
ms_roles_add_other(MsRole *role, const char *name)
{
  if (role->n_others++ == 0)
    role->other = g_strdup(name);
}

static char *
insert_scratch(MsRoles *roles)
{
  return g_string_chunk_insert_len(roles->strings, roles->scratch->str,
                                   (gssize)roles->scratch->len);
}

/* Roles mostly have the same stems in the same order: one that the first role has is lent again. */
static const char *
insert_stem(MsRoles *roles, MsRole *role)
{
  const MsRole *first = g_ptr_array_index(roles->roles, 0);
  const char *stem = roles->scratch->str;
  for (; role != first && role->n_passed < first->files->len; role->n_passed++) {
    const char *known = g_array_index(first->files, MsRoleFile, role->n_passed).stem;
    int order = strcmp(known, stem);
    if (order == 0)
      return known;
    if (order > 0)
      break;
  }
  return insert_scratch(roles);
}

void
ms_roles_add_named(MsRoles *roles, MsRole *role, const char *folder, const char *name,
                   const char *prefix, gsize skip)
{
  MsRoleFile file = {.part = MS_PART_WHOLE};
  g_string_assign(roles->scratch, folder);
  while (roles->scratch->len > 1 && roles->scratch->str[roles->scratch->len - 1] == '/')
    g_string_truncate(roles->scratch, roles->scratch->len - 1);
  if (roles->scratch->len > 0 && roles->scratch->str[roles->scratch->len - 1] != '/')
    g_string_append_c(roles->scratch, '/');
  g_string_append(roles->scratch, name);
  file.path = insert_scratch(roles);
  g_string_assign(roles->scratch, prefix);
  g_string_append_len(roles->scratch, name + skip, (gssize)(ms_text_stem_length(name) - skip));
  file.stem = insert_stem(roles, role);
  g_array_append_val(role->files, file);
}

/* How the stems of a listing begin: many in a row alike. */
typedef struct {
  MsRoles *roles;
  const char *split;
  char *first;  /* the folder that it holds for, with its '/'; NULL: none yet */
  char *prefix; /* what goes in its place */
} Start;

static void
start_clear(Start *start)
{
  g_free(start->first);
  g_free(start->prefix);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Start, start_clear)

/* The first part of a stem is a split, or not; where the split is given that is the same for all.
 */
static void
start_at(Start *self, const char *name)
{
  const char *slash = self->split ? NULL : strchr(name, '/');
  gsize length = slash ? (gsize)(slash - name) + 1 : 0;
  if (self->first && strncmp(self->first, name, length) == 0 && self->first[length] == '\0')
    return;
  g_free(self->first);
  g_free(self->prefix);
  self->first = g_strndup(name, length);
  self->prefix = ms_roles_place_stem(self->roles, self->first, self->split);
}

void
ms_roles_add_listing(MsRoles *roles, MsRole *role, const MsListing *listing, const char *split)
{
  g_auto(Start) start = {roles, split, NULL, NULL};
  for (guint i = 0; i < listing->names->len; i++) {
    const char *relative = g_ptr_array_index(listing->names, i);
    if (g_cancellable_is_cancelled(roles->cancellable))
      return;
    if (ms_stem_is_other_form(listing->names, i)) {
      ms_roles_add_other(role, relative);
      continue;
    }
    start_at(&start, relative);
    ms_roles_add_named(roles, role, listing->folder, relative, start.prefix, strlen(start.first));
  }
}
