/* SPDX-License-Identifier: MIT
 *
 * A role's folder is what is left of its files' paths without their ids. Where files of other roles
 * lie among them, the text that follows the id tells them apart, as a pattern. What neither says
 * (splits above the folders, masks of several files) is found out by trying; sets of annotation
 * files need none.
 */
#include "set/preview-paths.h"

#include <string.h>

#include "set/ending.h"
#include "set/find.h"
#include "set/maskset.h"
#include "set/option-values.h"
#include "set/text.h"

#define MAX_SHOWN 4 /* folders of a role */

/* --- one role ------------------------------------------------------------------------------- */

typedef struct {
  const MsInventory *inventory;
  guint model; /* MS_LABEL_ACTUAL: the actual masks; MS_PREVIEW_IMAGES */
} Role;

static const char *
path_of(const Role *role, const MsEntry *entry, int *part)
{
  if (role->model == MS_PREVIEW_IMAGES) {
    *part = entry->image_part;
    return entry->image;
  }
  gboolean actual = role->model == MS_LABEL_ACTUAL;
  *part = actual ? entry->actual_part : entry->predicted_parts[role->model];
  return actual ? entry->actual : entry->predicted[role->model];
}

/* The length of the id that the file itself is called by: without the name of a part of it. */
static gsize
file_id_length(const MsEntry *entry, int part)
{
  gsize length = entry->group ? strlen(entry->group) : 0;
  gboolean cut = part >= 0 && length > 0 && strncmp(entry->id, entry->group, length) == 0 &&
                 entry->id[length] == '/';
  return cut ? length : strlen(entry->id);
}

/* The last part of a text that ends before `end`; the text's own beginning at least. */
static const char *
last_part(const char *text, const char *end)
{
  while (end > text && end[-1] != '/')
    end--;
  return end;
}

/* The folder of a path without those that its id names. Caller frees. */
static char *
folder_without_id(const MsEntry *entry, const char *path, int part)
{
  g_autofree char *folder = g_path_get_dirname(path);
  const char *id_end = last_part(entry->id, entry->id + file_id_length(entry, part));
  char *end = folder + strlen(folder);
  while (id_end > entry->id) {
    const char *id_part = last_part(entry->id, id_end - 1);
    char *folder_part = (char *)last_part(folder, end);
    gsize length = (gsize)(id_end - 1 - id_part);
    if (folder_part == folder || (gsize)(end - folder_part) != length ||
        memcmp(folder_part, id_part, length) != 0)
      break;
    id_end = id_part;
    end = folder_part - 1;
  }
  if (end == folder)
    end++; /* the root itself */
  *end = '\0';
  return g_steal_pointer(&folder);
}

/* One pattern for two folders, with a star for each part that differs; NULL: of another depth. */
static char *
merge_folders(const char *a, const char *b)
{
  g_auto(GStrv) parts = g_strsplit(a, "/", -1);
  g_auto(GStrv) others = g_strsplit(b, "/", -1);
  if (g_strv_length(parts) != g_strv_length(others))
    return NULL;
  for (guint i = 0; parts[i]; i++)
    if (!g_str_equal(parts[i], others[i]))
      ms_text_set(&parts[i], "*");
  return g_strjoinv("/", parts);
}

/* The folder that is left of all of the role's paths without their ids, with stars where there are
 * several; NULL: there are no files, or no such folder. */
static char *
find_folder(const Role *role)
{
  g_autofree char *folder = NULL, *before = NULL;
  for (guint i = 0; i < role->inventory->entries->len; i++) {
    const MsEntry *entry = g_ptr_array_index(role->inventory->entries, i);
    int part;
    const char *path = path_of(role, entry, &part);
    if (!path)
      continue;
    g_autofree char *own = folder_without_id(entry, path, part);
    if (g_strcmp0(before, own) == 0)
      continue;
    g_autofree char *merged = folder ? merge_folders(folder, own) : g_strdup(own);
    if (!merged)
      return NULL;
    ms_text_set(&folder, merged);
    ms_text_set(&before, own);
  }
  return g_steal_pointer(&folder);
}

/* A path with {id} for its id wherever that begins a part of it below `root`. NULL: nowhere. */
static char *
path_to_pattern(const MsEntry *entry, const char *path, int part, const char *root)
{
  g_autofree char *id = g_strndup(entry->id, file_id_length(entry, part));
  gsize id_length = strlen(id);
  const char *rest = g_str_has_prefix(path, root) ? path + strlen(root) : path;
  g_autoptr(GString) pattern = g_string_new_len(path, rest - path);
  gboolean found = FALSE;
  while (*rest) {
    gboolean begins = rest > path && rest[-1] == '/' && strncmp(rest, id, id_length) == 0;
    if (begins)
      g_string_append(pattern, "{id}");
    else
      g_string_append_c(pattern, *rest);
    rest += begins ? id_length : 1;
    found |= begins;
  }
  return found ? g_strdup(pattern->str) : NULL;
}

/* The one pattern that all of the role's paths fit; NULL: there is none. */
static char *
find_pattern(const Role *role, const char *root)
{
  g_autofree char *pattern = NULL;
  for (guint i = 0; i < role->inventory->entries->len; i++) {
    const MsEntry *entry = g_ptr_array_index(role->inventory->entries, i);
    int part;
    const char *path = path_of(role, entry, &part);
    g_autofree char *own = path ? path_to_pattern(entry, path, part, root) : NULL;
    if (!path || (pattern && g_strcmp0(pattern, own) == 0))
      continue;
    if (pattern || !own)
      return NULL;
    pattern = g_steal_pointer(&own);
  }
  return g_steal_pointer(&pattern);
}

/* The role as the options name it; NULL: it has no files. Caller frees. */
static char *
name_role(const Role *role, const char *pattern_root)
{
  char *pattern = pattern_root ? find_pattern(role, pattern_root) : NULL;
  if (pattern)
    return pattern;
  g_autofree char *folder = find_folder(role);
  return folder && strchr(folder, '*') ? g_strdup_printf("%s/{id}", folder)
                                       : g_steal_pointer(&folder);
}

/* --- all roles ------------------------------------------------------------------------------ */

static char *
name_model(const MsInventory *inventory, guint index, const char *pattern_root)
{
  const MsFoundModel *model = g_ptr_array_index(inventory->models, index);
  const Role role = {inventory, index};
  char *name = model->annotations || inventory->labels ? NULL : name_role(&role, pattern_root);
  return name ? name : g_strdup(model->folder);
}

/* pattern_root: patterns are looked for in what follows it; NULL: folders alone. */
static MsOptions *
name_roles(const MsOptions *options, const MsInventory *inventory, const char *pattern_root)
{
  MsOptions *paths = ms_options_copy(options);
  const Role image = {inventory, MS_PREVIEW_IMAGES}, actual = {inventory, MS_LABEL_ACTUAL};
  gboolean files = !inventory->annotations && !inventory->labels;
  ms_text_set(&paths->set, NULL);
  g_ptr_array_set_size(paths->predicted, 0);
  g_free(paths->images);
  paths->images = name_role(&image, pattern_root);
  g_free(paths->actual);
  paths->actual = files ? name_role(&actual, pattern_root) : NULL;
  if (!paths->actual)
    paths->actual = g_strdup(inventory->actual_folder);
  for (guint i = 0; i < inventory->models->len; i++) {
    const MsFoundModel *model = g_ptr_array_index(inventory->models, i);
    g_autofree char *path = name_model(inventory, i, pattern_root);
    ms_options_add_predicted(paths, model->name, path);
  }
  return paths;
}

/* --- trying --------------------------------------------------------------------------------- */

static gboolean
is_same_entry(const MsEntry *a, const MsEntry *b, guint n_models)
{
  if (!g_str_equal(a->id, b->id) || g_strcmp0(a->split, b->split) != 0 ||
      g_strcmp0(a->image, b->image) != 0 || g_strcmp0(a->actual, b->actual) != 0 ||
      a->image_part != b->image_part || a->actual_part != b->actual_part)
    return FALSE;
  for (guint i = 0; i < n_models; i++)
    if (g_strcmp0(a->predicted[i], b->predicted[i]) != 0 ||
        a->predicted_parts[i] != b->predicted_parts[i])
      return FALSE;
  return TRUE;
}

static gboolean
is_same(const MsInventory *a, const MsInventory *b)
{
  if (a->entries->len != b->entries->len || a->models->len != b->models->len ||
      !a->labels != !b->labels)
    return FALSE;
  for (guint i = 0; i < a->entries->len; i++)
    if (!is_same_entry(g_ptr_array_index(a->entries, i), g_ptr_array_index(b->entries, i),
                       a->models->len))
      return FALSE;
  return TRUE;
}

/* How many files each role has. */
static guint
count_files(const MsInventory *inventory, guint model)
{
  const Role role = {inventory, model};
  guint n = 0;
  int part;
  for (guint i = 0; i < inventory->entries->len; i++)
    n += path_of(&role, g_ptr_array_index(inventory->entries, i), &part) != NULL;
  return n;
}

/* The same but for what examples are called. */
static gboolean
is_alike(const MsInventory *a, const MsInventory *b)
{
  if (a->entries->len != b->entries->len || a->models->len != b->models->len ||
      count_files(a, MS_PREVIEW_IMAGES) != count_files(b, MS_PREVIEW_IMAGES) ||
      count_files(a, MS_LABEL_ACTUAL) != count_files(b, MS_LABEL_ACTUAL))
    return FALSE;
  for (guint i = 0; i < a->models->len; i++)
    if (count_files(a, i) != count_files(b, i))
      return FALSE;
  return TRUE;
}

typedef enum { OTHER, ALIKE, SAME } Likeness;

static Likeness
try_paths(const MsOptions *paths, const MsInventory *inventory, GCancellable *cancellable)
{
  g_autoptr(MsOptions) copy = ms_options_copy(paths);
  MsSearch search = {.cancellable = cancellable};
  g_autoptr(MsInventory) found = ms_find_set(copy, &search, NULL);
  if (!found || !is_alike(inventory, found))
    return OTHER;
  return is_same(inventory, found) ? SAME : ALIKE;
}

/* Whether all masks are records of annotation files, which are read once: opening them again would
 * cost as much as the first time, and only says what is known. */
static gboolean
are_records(const MsInventory *inventory)
{
  for (guint i = 0; i < inventory->models->len; i++)
    if (!((const MsFoundModel *)g_ptr_array_index(inventory->models, i))->annotations)
      return FALSE;
  return inventory->annotations != NULL;
}

/* Whether the images are just those of the folder that are called by the ids. */
static gboolean
are_named_by_id(const MsInventory *inventory, const char *folder)
{
  for (guint i = 0; i < inventory->entries->len; i++) {
    const MsEntry *entry = g_ptr_array_index(inventory->entries, i);
    g_autofree char *path = entry->image ? g_build_filename(folder, entry->id, NULL) : NULL;

    if (path &&
        (entry->image_part != MS_PART_WHOLE || ms_text_stem_length(entry->image) != strlen(path) ||
         !g_str_has_prefix(entry->image, path)))
      return FALSE;
  }
  return TRUE;
}

/* The files themselves, and the folder of the images. */
static MsOptions *
paths_of_records(const MsOptions *options, const MsInventory *inventory, gboolean *exact)
{
  MsOptions *paths = name_roles(options, inventory, NULL);

  *exact = !paths->images || are_named_by_id(inventory, paths->images);
  return paths;
}

static MsOptions *
paths_of_folder(const MsOptions *options, const MsInventory *inventory, gboolean *exact,
                GCancellable *cancellable)
{
  const char *root = options->set ? options->set : "";
  if (are_records(inventory))
    return paths_of_records(options, inventory, exact);
  g_autoptr(MsOptions) folders = name_roles(options, inventory, NULL);
  Likeness likeness = try_paths(folders, inventory, cancellable);
  *exact = likeness == SAME;
  if (*exact)
    return g_steal_pointer(&folders);
  g_autoptr(MsOptions) patterns = name_roles(options, inventory, root);
  *exact = try_paths(patterns, inventory, cancellable) == SAME;
  if (*exact)
    return g_steal_pointer(&patterns);
  return likeness == ALIKE ? g_steal_pointer(&folders) : NULL;
}

/* Folders that were named, but whose models were not, may have been cut into several models. */
static MsOptions *
paths_of_parts(const MsOptions *options, const MsInventory *inventory, gboolean *exact,
               GCancellable *cancellable)
{
  g_autoptr(MsOptions) paths = ms_options_copy(options);
  gboolean named = TRUE;
  for (guint i = 0; i < options->predicted->len; i++)
    named &= ((const MsModelOption *)g_ptr_array_index(options->predicted, i))->name != NULL;
  if (named)
    return g_steal_pointer(&paths);
  g_ptr_array_set_size(paths->predicted, 0);
  for (guint i = 0; i < inventory->models->len; i++) {
    const MsFoundModel *model = g_ptr_array_index(inventory->models, i);
    ms_options_add_predicted(paths, model->name, model->folder);
  }
  if (are_records(inventory)) /* which are never cut into models */
    return g_steal_pointer(&paths);
  *exact = try_paths(paths, inventory, cancellable) == SAME;
  return *exact ? g_steal_pointer(&paths) : paths_of_folder(options, inventory, exact, cancellable);
}

/* What a .maskset file says, as if it had been said here. */
static MsOptions *
paths_of_maskset(const MsOptions *options, const char *path, GCancellable *cancellable)
{
  g_autoptr(MsOptions) paths = ms_options_copy(options);
  g_autofree char *title = NULL;
  ms_text_set(&paths->set, NULL);
  return ms_maskset_load(path, paths, &title, cancellable, NULL) ? g_steal_pointer(&paths) : NULL;
}

static MsOptions *
paths_of_manifest(const MsOptions *options, const char *path)
{
  MsOptions *paths = ms_options_copy(options);
  ms_text_set(&paths->manifest, path);
  ms_text_set(&paths->set, NULL);
  return paths;
}

gboolean
ms_preview_paths(const MsOptions *options, const MsInventory *inventory, MsOptions **paths,
                 gboolean *exact, GCancellable *cancellable, GError **error)
{
  const char *opened = inventory->path ? inventory->path : options->set;
  *exact = TRUE;
  if (!options->set)
    *paths = paths_of_parts(options, inventory, exact, cancellable);
  else if (ms_ending_is(opened, ".maskset"))
    *paths = paths_of_maskset(options, opened, cancellable);
  else if (ms_ending_is_of_table(opened))
    *paths = paths_of_manifest(options, opened);
  else
    *paths = paths_of_folder(options, inventory, exact, cancellable);
  *exact &= *paths != NULL;
  return !g_cancellable_set_error_if_cancelled(cancellable, error);
}

MsOptions *
ms_preview_folders(const MsOptions *options, const MsInventory *inventory)
{
  return name_roles(options, inventory, NULL);
}

/* --- where files are ------------------------------------------------------------------------- */

/* Relative to the set where it is inside. */
static char *
show_folder(const char *folder, const char *set)
{
  gsize length = set ? strlen(set) : 0;
  while (length > 1 && set[length - 1] == '/')
    length--;
  gboolean inside = length > 0 && strncmp(folder, set, length) == 0 && folder[length] == '/';
  return ms_text_id(inside ? folder + length + 1 : folder);
}

char *
ms_preview_where(const MsOptions *options, const MsInventory *inventory, guint model)
{
  const Role role = {inventory, model};
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
  for (guint i = 0; i < inventory->entries->len && names->len < MAX_SHOWN; i++) {
    const MsEntry *entry = g_ptr_array_index(inventory->entries, i);
    int part;
    const char *path = path_of(&role, entry, &part);
    g_autofree char *folder = path ? folder_without_id(entry, path, part) : NULL;
    g_autofree char *name = folder ? show_folder(folder, options->set) : NULL;
    if (name && !g_ptr_array_find_with_equal_func(names, name, g_str_equal, NULL))
      g_ptr_array_add(names, g_steal_pointer(&name));
  }
  if (names->len == MAX_SHOWN)
    g_ptr_array_add(names, g_strdup("…"));
  g_ptr_array_add(names, NULL);
  return g_strjoinv(", ", (GStrv)names->pdata);
}
