/* SPDX-License-Identifier: MIT
 *
 * Folders, patterns or single files that the user named one by one.
 */
#include "io/file.h"
#include "set/layout-roles.h"
#include "set/layout.h"
#include "set/pattern.h"
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

static gboolean
add_path(MsRoles *roles, MsRole *role, MsInventory *inventory, GCancellable *cancellable,
         GError **error)
{
  if (ms_pattern_is(role->folder))
    return ms_roles_add_pattern(roles, role, role->folder, inventory->notices, cancellable, error);
  if (strchr(role->folder, '*') && !g_file_test(role->folder, G_FILE_TEST_EXISTS)) {
    g_autofree char *shown = ms_path_display(role->folder);
    g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_LAYOUT,
                "%s: a pattern needs {id} where the example's id stands", shown);
    return FALSE;
  }
  g_autoptr(MsListing) listing =
      ms_listing_new(role->folder, TRUE, inventory->notices, cancellable, error);
  if (!listing)
    return FALSE;
  ms_layout_note_others(inventory, listing);
  ms_roles_add_listing(roles, role, listing, NULL);
  return TRUE;
}

/* Patterns with a star go last: the others' ids tell which of several is meant. */
static gboolean
add_paths(MsRoles *roles, MsInventory *inventory, GCancellable *cancellable, GError **error)
{
  for (int stars = 0; stars <= 1; stars++)
    for (guint i = 0; i < roles->roles->len; i++) {
      MsRole *role = g_ptr_array_index(roles->roles, i);
      if ((strchr(role->folder, '*') != NULL) == stars &&
          !add_path(roles, role, inventory, cancellable, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_filled(const MsRoles *roles, GError **error)
{
  static const char *const what[] = {"images", "actual masks", "predicted masks"};
  for (guint i = 0; i < roles->roles->len; i++) {
    const MsRole *role = g_ptr_array_index(roles->roles, i);
    if (role->files->len > 0 || role->kind == MS_ROLE_IMAGE)
      continue;
    g_autofree char *shown = ms_path_display(role->folder);
    g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_EMPTY,
                ms_pattern_is(role->folder) ? "Nothing fits the pattern %s for the %s"
                                            : "%s holds no pictures that could be the %s",
                shown, what[role->kind]);
    return FALSE;
  }
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
  MsEntry *entry = ms_entry_new(id, predicted->len);
  g_ptr_array_add(inventory->entries, entry);
  ms_text_set(&entry->image, images);
  ms_text_set(&entry->actual, actual);
  for (guint i = 0; i < predicted->len; i++) {
    const MsModelOption *model = g_ptr_array_index(predicted, i);
    ms_inventory_add_model(inventory, model->name, model->path);
    ms_text_set(&entry->predicted[i], model->path);
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

static gboolean
add_folders(MsInventory *inventory, const char *images, const char *actual,
            const GPtrArray *predicted, GCancellable *cancellable, GError **error)
{
  g_autoptr(MsRoles) roles = ms_roles_new();
  if (images)
    ms_roles_add(roles, MS_ROLE_IMAGE, NULL, images);
  ms_roles_add(roles, MS_ROLE_ACTUAL, NULL, actual);
  for (guint i = 0; i < predicted->len; i++) {
    const MsModelOption *model = g_ptr_array_index(predicted, i);
    ms_roles_add(roles, MS_ROLE_PREDICTED, model->name, model->path);
  }
  inventory->title = title_of(actual);
  return add_paths(roles, inventory, cancellable, error) && check_filled(roles, error) &&
         ms_layout_pair(inventory, roles, cancellable, error);
}

MsInventory *
ms_layout_from_paths(const char *images, const char *actual, const GPtrArray *predicted,
                     GCancellable *cancellable, GError **error)
{
  if (!actual || predicted->len == 0) {
    g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_LAYOUT, "No %s masks were named: give %s",
                actual ? "predicted" : "actual",
                actual ? "--predicted [NAME=]DIR" : "--actual DIR");
    return NULL;
  }
  g_autoptr(MsInventory) inventory = ms_inventory_new();
  gboolean fine = is_single_file(actual)
                      ? add_single(inventory, images, actual, predicted, error)
                      : add_folders(inventory, images, actual, predicted, cancellable, error);
  return fine ? g_steal_pointer(&inventory) : NULL;
}
