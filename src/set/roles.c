/* SPDX-License-Identifier: MIT
 *
 * Paths and stems live in one string chunk: a set of a million examples has three million of each.
 */
#include "set/roles.h"

#include "set/pattern.h"
#include "set/stems.h"
#include "set/text.h"

static void
role_free(gpointer data)
{
  MsRole *role = data;
  g_free(role->name);
  g_free(role->folder);
  g_array_unref(role->files);
  g_free(role);
}

MsRoles *
ms_roles_new(void)
{
  MsRoles *roles = g_new0(MsRoles, 1);
  roles->roles = g_ptr_array_new_with_free_func(role_free);
  roles->strings = g_string_chunk_new(1 << 16);
  roles->spellings = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
  roles->own_splits = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  return roles;
}

void
ms_roles_free(MsRoles *roles)
{
  if (!roles)
    return;
  g_ptr_array_unref(roles->roles);
  g_string_chunk_free(roles->strings);
  g_hash_table_unref(roles->spellings);
  g_hash_table_unref(roles->own_splits);
  g_free(roles);
}

static MsRole *
role_new(MsRoleKind kind, const char *name, const char *folder)
{
  MsRole *role = g_new0(MsRole, 1);
  role->kind = kind;
  role->name = g_strdup(name);
  role->folder = g_strdup(folder);
  role->files = g_array_new(FALSE, FALSE, sizeof(MsRoleFile));
  return role;
}

MsRole *
ms_roles_add(MsRoles *roles, MsRoleKind kind, const char *name, const char *folder)
{
  MsRole *role = role_new(kind, name, folder);
  g_ptr_array_add(roles->roles, role);
  return role;
}

/* --- splits --------------------------------------------------------------------------------- */

static void
note_spelling(MsRoles *roles, const char *normal, const char *spelling, gsize length)
{
  g_autofree char *spelt = g_strndup(spelling, length);
  const char *before = g_hash_table_lookup(roles->spellings, normal);
  if (!before)
    g_hash_table_insert(roles->spellings, (char *)normal, g_steal_pointer(&spelt));
  else if (!g_str_equal(before, spelt))
    g_hash_table_insert(roles->spellings, (char *)normal, g_strdup(""));
}

/* A stem with its split, if it begins with one, spelt normally. Caller frees. */
static char *
normalize_stem(const char *stem)
{
  gsize length;
  const char *normal = ms_split_of_path(stem, &length);
  return normal ? g_strconcat(normal, stem + length, NULL) : g_strdup(stem);
}

static void
note_stem_spelling(MsRoles *roles, const char *stem)
{
  gsize length;
  const char *normal = ms_split_of_path(stem, &length);
  if (normal)
    note_spelling(roles, normal, stem, length);
}

const char *
ms_roles_split_of(const MsRoles *roles, const char *stem, gsize *length)
{
  const char *normal = ms_split_of_path(stem, length);
  const char *slash = strchr(stem, '/');
  if (normal || !slash)
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
ms_roles_add_listing(MsRoles *roles, MsRole *role, const MsListing *listing, const char *split)
{
  const char *normal = split ? ms_split_normalize(split) : NULL;
  if (normal)
    note_spelling(roles, normal, split, strlen(split));
  else if (split)
    g_hash_table_add(roles->own_splits, g_strdup(split));
  if (!normal)
    normal = split;
  for (guint i = 0; i < listing->names->len; i++) {
    const char *relative = g_ptr_array_index(listing->names, i);
    g_autofree char *path = g_build_filename(listing->folder, relative, NULL);
    g_autofree char *stem = g_strndup(relative, ms_text_stem_length(relative));
    if (!normal)
      note_stem_spelling(roles, stem);
    g_autofree char *whole = normal ? g_strconcat(normal, "/", stem, NULL) : normalize_stem(stem);
    ms_roles_add_file(roles, role, path, whole);
  }
}

/* --- patterns ------------------------------------------------------------------------------- */

static void
add_forms(GHashTable *forms, const char *stem, const MsRole *role, gboolean whole_only)
{
  gsize lengths[MS_STEM_MAX_FORMS];
  guint n = ms_stem_forms(stem, role->kind, role->exact || whole_only, lengths);
  for (guint i = 0; i < n; i++)
    g_hash_table_add(forms, g_strndup(stem, lengths[i]));
}

/* What the other roles' files may be called: all forms of their stems, or the whole stems alone. */
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
decide_id(GPtrArray *ids, GHashTable *whole, GHashTable *forms)
{
  GHashTable *tables[] = {whole, forms};
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

static void
add_matched(MsRoles *roles, MsRole *role, const MsListing *listing, const MsPattern *pattern,
            gboolean open_end, GPtrArray *notices)
{
  g_autoptr(GHashTable) whole = NULL, forms = NULL;
  if (pattern->stars) {
    whole = collect_forms(roles, role, TRUE);
    forms = collect_forms(roles, role, FALSE);
  }
  for (guint i = 0; i < listing->names->len; i++) {
    const char *relative = g_ptr_array_index(listing->names, i);
    g_autoptr(GPtrArray) ids = ms_pattern_match(pattern, relative);
    if (ids->len == 0)
      continue;
    g_autofree char *path = g_build_filename(listing->folder, relative, NULL);
    const char *id = ids->len == 1 ? g_ptr_array_index(ids, 0) : decide_id(ids, whole, forms);
    if (!id) {
      ms_notices_add(notices, path, "More than one example's id fits this name; left out");
      continue;
    }
    g_autofree char *stem = g_strndup(id, open_end ? ms_text_stem_length(id) : strlen(id));
    note_stem_spelling(roles, stem);
    g_autofree char *normal = normalize_stem(stem);
    ms_roles_add_file(roles, role, path, normal);
  }
}

gboolean
ms_roles_add_pattern(MsRoles *roles, MsRole *role, const char *text, GPtrArray *notices,
                     GCancellable *cancellable, GError **error)
{
  g_autoptr(MsPattern) pattern = ms_pattern_new(text);
  /* An ending that the pattern spells out is the user's word; else only pictures can be meant. */
  gboolean open_end = g_str_has_suffix(text, "*") || g_str_has_suffix(text, "}");
  g_autoptr(MsListing) listing =
      ms_listing_new(pattern->folder, open_end, notices, cancellable, error);
  if (!listing)
    return FALSE;
  role->exact = TRUE;
  add_matched(roles, role, listing, pattern, open_end, notices);
  return TRUE;
}

/* --- models --------------------------------------------------------------------------------- */

/* What decides whether a predicted folder's sub-folders are models. */
typedef struct {
  MsRoles *roles;
  MsRole *predicted;
  GHashTable *forms;  /* what actual masks may be called */
  GHashTable *splits; /* those of the actual masks */
} Cut;

/* The sub-folder of the predicted folder that a file lies in, as it is spelt. Caller frees; NULL:
 * in none. */
static char *
first_folder(const MsRole *role, const char *path)
{
  gsize length = strlen(role->folder);
  while (length > 0 && role->folder[length - 1] == '/')
    length--;
  if (strncmp(path, role->folder, length) != 0 || path[length] != '/')
    return NULL;
  const char *start = path + length + 1;
  const char *slash = strchr(start, '/');
  return slash ? g_strndup(start, (gsize)(slash - start)) : NULL;
}

/* The part of a file's path that would be a model's name: the first that is not a split of the
 * actual masks. FALSE: a file that lies in no such folder. `rest` is the stem without it. */
static gboolean
cut_stem(const Cut *cut, const MsRoleFile *file, char **model, char **rest)
{
  gsize length = 0;
  const char *split = ms_roles_split_of(cut->roles, file->stem, &length);
  if (split && !g_hash_table_contains(cut->splits, split)) {
    g_autofree char *folder = first_folder(cut->predicted, file->path);
    if (folder && g_strcmp0(ms_split_normalize(folder), split) == 0) {
      *model = g_steal_pointer(&folder);
      *rest = g_strdup(file->stem + length + 1);
      return TRUE;
    }
  }
  const char *start = split ? file->stem + length + 1 : file->stem;
  const char *slash = strchr(start, '/');
  if (!slash)
    return FALSE;
  *model = g_strndup(start, (gsize)(slash - start));
  *rest = split ? g_strconcat(split, slash, NULL) : g_strdup(slash + 1);
  return TRUE;
}

static gboolean
has_any_form(GHashTable *forms, const char *stem)
{
  gsize lengths[MS_STEM_MAX_FORMS];
  guint n = ms_stem_forms(stem, MS_ROLE_PREDICTED, FALSE, lengths);
  for (guint i = 0; i < n; i++) {
    g_autofree char *form = g_strndup(stem, lengths[i]);
    if (g_hash_table_contains(forms, form))
      return TRUE;
  }
  return FALSE;
}

/* Which sub-folders hold ids of the actual masks: name -> whether any does. NULL: the stems as they
 * are fit already, so that nothing is to be cut. */
static GHashTable *
survey_models(const Cut *cut)
{
  g_autoptr(GHashTable) models = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < cut->predicted->files->len; i++) {
    const MsRoleFile *file = &g_array_index(cut->predicted->files, MsRoleFile, i);
    g_autofree char *model = NULL, *rest = NULL;
    if (!cut_stem(cut, file, &model, &rest))
      continue;
    if (has_any_form(cut->forms, file->stem))
      return NULL;
    g_autofree char *normal = normalize_stem(rest);
    gboolean fits = has_any_form(cut->forms, normal) || g_hash_table_lookup(models, model) != NULL;
    g_hash_table_insert(models, g_steal_pointer(&model), GINT_TO_POINTER(fits));
  }
  return g_steal_pointer(&models);
}

static MsRole *
find_or_add_cut(GPtrArray *cut, const MsRole *predicted, const char *model)
{
  for (guint i = 0; i < cut->len; i++) {
    MsRole *role = g_ptr_array_index(cut, i);
    if (g_str_equal(role->name, model))
      return role;
  }
  g_autofree char *folder = g_build_filename(predicted->folder, model, NULL);
  MsRole *role = role_new(MS_ROLE_PREDICTED, model, folder);
  g_ptr_array_add(cut, role);
  return role;
}

static GHashTable *
collect_actual_forms(const MsRole *actual)
{
  GHashTable *forms = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < actual->files->len; i++)
    add_forms(forms, g_array_index(actual->files, MsRoleFile, i).stem, actual, FALSE);
  return forms;
}

static GHashTable *
collect_actual_splits(const MsRoles *roles, const MsRole *actual)
{
  GHashTable *splits = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < actual->files->len; i++) {
    gsize length;
    const char *stem = g_array_index(actual->files, MsRoleFile, i).stem;
    const char *split = ms_roles_split_of(roles, stem, &length);
    if (split && !g_hash_table_contains(splits, split))
      g_hash_table_add(splits, g_strdup(split));
  }
  return splits;
}

static gboolean
fits_any(GHashTable *models)
{
  GHashTableIter iter;
  gpointer fits;
  for (g_hash_table_iter_init(&iter, models); g_hash_table_iter_next(&iter, NULL, &fits);)
    if (fits)
      return TRUE;
  return FALSE;
}

/* Sorts the files of a predicted role into `cut`, one role a model, and leaves in it those that lie
 * in no sub-folder. */
static void
cut_files(const Cut *self, GHashTable *models, GPtrArray *cut, GPtrArray *notices)
{
  MsRole *predicted = self->predicted;
  g_autoptr(GHashTable) alone = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  guint n_direct = 0;
  for (guint i = 0; i < predicted->files->len; i++) {
    MsRoleFile file = g_array_index(predicted->files, MsRoleFile, i);
    g_autofree char *model = NULL, *rest = NULL;
    if (!cut_stem(self, &file, &model, &rest)) {
      g_array_index(predicted->files, MsRoleFile, n_direct++) = file;
    } else if (g_hash_table_lookup(models, model)) {
      g_autofree char *stem = normalize_stem(rest);
      gsize length;
      if (!ms_split_of_path(file.stem, &length)) /* else its spelling is noted already */
        note_stem_spelling(self->roles, rest);
      ms_roles_add_part(self->roles, find_or_add_cut(cut, predicted, model), file.path, file.part,
                        stem);
    } else if (!g_hash_table_contains(alone, model)) {
      g_autofree char *folder = g_build_filename(predicted->folder, model, NULL);
      ms_notices_add(notices, folder,
                     "None of the ids in this folder is an actual mask's; left alone");
      g_hash_table_add(alone, g_steal_pointer(&model));
    }
  }
  g_array_set_size(predicted->files, n_direct);
}

static const MsRole *
find_actual(const MsRoles *roles)
{
  for (guint i = 0; i < roles->roles->len; i++) {
    const MsRole *role = g_ptr_array_index(roles->roles, i);
    if (role->kind == MS_ROLE_ACTUAL)
      return role;
  }
  return NULL;
}

void
ms_roles_cut_models(MsRoles *roles, MsRole *predicted, GPtrArray *notices)
{
  const MsRole *actual = find_actual(roles);
  if (!actual)
    return;
  g_autoptr(GHashTable) forms = collect_actual_forms(actual);
  g_autoptr(GHashTable) splits = collect_actual_splits(roles, actual);
  const Cut self = {roles, predicted, forms, splits};
  g_autoptr(GHashTable) models = survey_models(&self);
  if (!models || !fits_any(models))
    return;
  g_autoptr(GPtrArray) cut = g_ptr_array_new();
  cut_files(&self, models, cut, notices);
  guint position = 0;
  g_ptr_array_find(roles->roles, predicted, &position);
  for (guint i = 0; i < cut->len; i++)
    g_ptr_array_insert(roles->roles, (int)(position + 1 + i), g_ptr_array_index(cut, i));
  if (predicted->files->len == 0)
    g_ptr_array_remove(roles->roles, predicted);
}
