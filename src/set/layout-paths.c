/* SPDX-License-Identifier: MIT
 *
 * Folders, patterns or single files that the user named one by one.
 */
#include "io/file.h"
#include "set/ending.h"
#include "set/layout-roles.h"
#include "set/layout.h"
#include "set/models.h"
#include "set/pattern.h"
#include "set/refuse-file.h"
#include "set/text.h"

/* A dangling link counts: whoever reads it says what is wrong with it. */
static gboolean
is_single_file(const char *path)
{
  return !ms_pattern_is(path) && !g_file_test(path, G_FILE_TEST_IS_DIR) &&
         g_file_test(path, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK);
}

static gboolean
check_is_file(const char *path, GError **error)
{
  if (is_single_file(path))
    return TRUE;
  g_autofree char *shown = ms_path_display(path);
  if (g_file_test(path, G_FILE_TEST_EXISTS) || ms_pattern_is(path))
    g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_LAYOUT,
                "%s is no file, but the actual mask is one: give folders or files, not both",
                shown);
  else
    g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_NOT_FOUND, "%s does not exist", shown);
  return FALSE;
}

/* What the user named, one by one. */
typedef struct {
  MsInventory *inventory;
  MsRoles *roles;
  GHashTable *order; /* MsRole -> the number of what was named */
  MsSearch *search;
} Paths;

typedef struct {
  MsRoleKind kind;
  const char *name; /* of a model, or NULL */
  const char *path;
} Named;

static gboolean
refuse_empty(const Named *named, GError **error)
{
  static const char *const what[] = {"images", "actual masks", "predicted masks"};
  g_autofree char *shown = ms_path_display(named->path);
  g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_EMPTY,
              ms_pattern_is(named->path) ? "Nothing fits the pattern %s for the %s"
                                         : "%s holds no pictures that could be the %s",
              shown, what[named->kind]);
  return FALSE;
}

static gboolean
add_pattern(Paths *self, const Named *named, GError **error)
{
  MsRole *role = ms_roles_add(self->roles, named->kind, named->name, named->path);
  if (!ms_roles_add_pattern(self->roles, role, named->path, self->inventory->notices, self->search,
                            error))
    return FALSE;
  return role->files->len > 0 || named->kind == MS_ROLE_IMAGE || refuse_empty(named, error);
}

static gboolean
add_folder(Paths *self, const Named *named, GError **error)
{
  g_autoptr(MsFolder) folder =
      ms_folder_list(named->path, self->inventory->notices, self->search, error);
  if (!folder)
    return FALSE;
  if (folder->n_pictures == 0 && named->kind != MS_ROLE_IMAGE)
    return refuse_empty(named, error);
  g_autoptr(MsListing) listing = ms_listing_of(folder, TRUE);
  ms_layout_note_others(self->inventory, listing);
  if (named->kind == MS_ROLE_PREDICTED) {
    const MsModelPlace place = {folder, NULL, named->name, MS_PLACE_GIVEN};
    g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(MsModelPlace));
    g_array_append_val(places, place);
    ms_models_add(self->roles, places, NULL, self->inventory->notices);
  } else {
    MsRole *role = ms_roles_add(self->roles, named->kind, NULL, named->path);
    ms_roles_add_listing(self->roles, role, listing, NULL);
  }
  return TRUE;
}

static gboolean
add_path(Paths *self, const Named *named, GError **error)
{
  if (ms_pattern_is(named->path))
    return add_pattern(self, named, error);
  if (g_file_test(named->path, G_FILE_TEST_IS_REGULAR)) {
    ms_refuse_file(named->path, ms_search_cancellable(self->search), error);
    return FALSE;
  }
  if (!strchr(named->path, '*') || g_file_test(named->path, G_FILE_TEST_EXISTS))
    return add_folder(self, named, error);
  g_autofree char *shown = ms_path_display(named->path);
  g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_LAYOUT,
              "%s: a pattern needs {id} where the example's id stands", shown);
  return FALSE;
}

static int
compare_order(gconstpointer a, gconstpointer b, gpointer order)
{
  guint left = GPOINTER_TO_UINT(g_hash_table_lookup(order, *(const MsRole *const *)a));
  guint right = GPOINTER_TO_UINT(g_hash_table_lookup(order, *(const MsRole *const *)b));
  return (left > right) - (left < right);
}

/* Patterns with a star go last: the others' ids tell which of several is meant. Models are shown in
 * the order in which they were named all the same. */
static gboolean
add_paths(Paths *self, const GArray *all, GError **error)
{
  for (int stars = 0; stars <= 1; stars++)
    for (guint i = 0; i < all->len; i++) {
      const Named *named = &g_array_index(all, Named, i);
      guint n_before = self->roles->roles->len;
      if ((strchr(named->path, '*') != NULL) != stars)
        continue;
      if (!add_path(self, named, error))
        return FALSE;
      for (guint j = n_before; j < self->roles->roles->len; j++)
        g_hash_table_insert(self->order, g_ptr_array_index(self->roles->roles, j),
                            GUINT_TO_POINTER(i));
    }
  g_ptr_array_sort_with_data(self->roles->roles, compare_order, self->order);
  return TRUE;
}

/* One example of single files, whatever they are called. */
static gboolean
add_single(MsInventory *inventory, const char *images, const char *actual,
           const GPtrArray *predicted, GError **error)
{
  if (images && !check_is_file(images, error))
    return FALSE;
  g_autofree char *base = g_path_get_basename(actual);
  base[ms_text_stem_length(base)] = '\0';
  g_autofree char *id = ms_text_id(base);
  MsEntry *entry = ms_entry_new(ms_inventory_keep(inventory, id), predicted->len);
  g_ptr_array_add(inventory->entries, entry);
  entry->image = ms_inventory_keep(inventory, images);
  entry->actual = ms_inventory_keep(inventory, actual);
  for (guint i = 0; i < predicted->len; i++) {
    const MsModelOption *model = g_ptr_array_index(predicted, i);
    ms_inventory_add_model(inventory, model->name, model->path);
    entry->predicted[i] = ms_inventory_keep(inventory, model->path);
    if (!check_is_file(model->path, error))
      return FALSE;
  }
  ms_inventory_name_models(inventory);
  ms_text_set(&inventory->actual_folder, actual);
  ms_text_set(&inventory->layout, "single files");
  ms_text_set(&inventory->title, id);
  return TRUE;
}

/* The folder that holds the actual masks' folder gives the set its name. */
static char *
title_of(const char *actual)
{
  g_autoptr(MsPattern) pattern = ms_pattern_is(actual) ? ms_pattern_new(actual) : NULL;
  g_autofree char *absolute = g_canonicalize_filename(pattern ? pattern->folder : actual, NULL);
  g_autofree char *parent = g_path_get_dirname(absolute);
  g_autofree char *name = g_path_get_basename(parent);
  return ms_text_id(name);
}

static void
add_named(GArray *all, MsRoleKind kind, const char *name, const char *path)
{
  Named named = {kind, name, path};
  if (path)
    g_array_append_val(all, named);
}

static gboolean
add_folders(MsInventory *inventory, const char *images, const char *actual,
            const GPtrArray *predicted, MsSearch *search, GError **error)
{
  g_autoptr(MsRoles) roles = ms_roles_new(inventory);
  g_autoptr(GHashTable) order = g_hash_table_new(NULL, NULL);
  g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(Named));
  Paths self = {inventory, roles, order, search};
  roles->cancellable = ms_search_cancellable(search);
  add_named(all, MS_ROLE_IMAGE, NULL, images);
  add_named(all, MS_ROLE_ACTUAL, NULL, actual);
  for (guint i = 0; i < predicted->len; i++) {
    const MsModelOption *model = g_ptr_array_index(predicted, i);
    add_named(all, MS_ROLE_PREDICTED, model->name, model->path);
  }
  inventory->title = title_of(actual);
  if (!add_paths(&self, all, error))
    return FALSE;
  ms_search_listed(search);
  if (!ms_layout_pair(inventory, roles, ms_search_cancellable(search), error))
    return FALSE;
  ms_layout_group_sequences(inventory, FALSE);
  return TRUE;
}

MsInventory *
ms_layout_from_paths(const char *images, const char *actual, const GPtrArray *predicted,
                     MsSearch *search, GError **error)
{
  if (!actual || predicted->len == 0) {
    g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_LAYOUT, "No %s masks were named: give %s",
                actual ? "predicted" : "actual",
                actual ? "--predicted [NAME=]DIR" : "--actual DIR");
    return NULL;
  }
  if (is_single_file(actual) && ms_ending_is(actual, ".json")) {
    ms_refuse_file(actual, ms_search_cancellable(search), error);
    return NULL;
  }
  g_autoptr(MsInventory) inventory = ms_inventory_new();
  gboolean fine = is_single_file(actual)
                      ? add_single(inventory, images, actual, predicted, error)
                      : add_folders(inventory, images, actual, predicted, search, error);
  return fine ? g_steal_pointer(&inventory) : NULL;
}
