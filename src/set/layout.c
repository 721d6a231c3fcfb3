/* SPDX-License-Identifier: MIT
 *
 * The table's layouts are asked in their order, each with a site of its own; then the only folder
 * in a folder that holds nothing else; then the names of the folders tell.
 */
#include "set/layout.h"

#include <string.h>

#include "io/file.h"
#include "set/layout-names.h"
#include "set/layout-roles.h"
#include "set/layout-table.h"
#include "set/text.h"

#define MAX_LISTED 12

/* --- errors ----------------------------------------------------------------------------------- */

static char *
list_folders(const MsFolder *folder)
{
  g_autoptr(GString) list = g_string_new(NULL);
  guint n = folder->folders->len;
  for (guint i = 0; i < n && i < MAX_LISTED; i++) {
    const MsFolder *below = g_ptr_array_index(folder->folders, i);
    g_string_append_printf(list, "%s%s", i ? ", " : "", below->name);
  }
  if (n > MAX_LISTED)
    g_string_append_printf(list, " and %u more", n - MAX_LISTED);
  return ms_text_id(list->str);
}

static gboolean
holds_predicted_by_name(const MsFolder *folder, guint depth)
{
  for (guint i = 0; i < folder->folders->len; i++) {
    const MsFolder *below = g_ptr_array_index(folder->folders, i);
    MsRoleKind kind;
    if (below->n_pictures > 0 && ms_name_role(below->name, &kind) != MS_NAME_UNKNOWN &&
        kind == MS_ROLE_PREDICTED)
      return TRUE;
    if (depth > 0 && holds_predicted_by_name(below, depth - 1))
      return TRUE;
  }
  return FALSE;
}

static void
set_roles_error(const MsFolder *folder, gboolean actual, GError **error)
{
  gboolean predicted = !actual && holds_predicted_by_name(folder, 1);
  g_autofree char *shown = ms_path_display(folder->path);
  g_autofree char *list = list_folders(folder);
  if (folder->folders->len == 0 && !actual)
    g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_EMPTY,
                "%s holds no folders, and no names that tell masks apart. " MS_LAYOUT_HOW_TO_TELL,
                shown);
  else if (folder->n_pictures == 0)
    g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_EMPTY,
                "%s holds no pictures that could be masks. " MS_LAYOUT_HOW_TO_TELL, shown);
  else if (!actual && !predicted)
    g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_LAYOUT,
                "%s has no folder that is named like actual masks or like predicted ones, only "
                "%s. " MS_LAYOUT_HOW_TO_TELL,
                shown, list);
  else
    g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_LAYOUT,
                "%s has %s masks, but no %s ones%s%s. " MS_LAYOUT_HOW_TO_TELL, shown,
                actual ? "actual" : "predicted", actual ? "predicted" : "actual",
                *list ? ": its folders are " : "", list);
}

/* --- recognising ------------------------------------------------------------------------------ */

/* Where a layout tells: the lists of splits go by ids, or by sequences. */
static void
apply_splits(const MsLayoutSite *site)
{
  const GPtrArray *entries = site->inventory->entries;
  for (guint i = 0; g_hash_table_size(site->splits) > 0 && i < entries->len; i++) {
    MsEntry *entry = g_ptr_array_index(entries, i);
    const char *split = g_hash_table_lookup(site->splits, entry->id);
    if (!split && entry->group)
      split = g_hash_table_lookup(site->splits, entry->group);
    if (split && !entry->split)
      entry->split = g_string_chunk_insert_const(site->inventory->strings, split);
  }
}

/* From what a layout took to an inventory. */
static gboolean
finish(MsLayoutSite *site, const char *name, GError **error)
{
  MsInventory *inventory = site->inventory;
  if (site->roles->roles->len == 0 && inventory->entries->len > 0)
    return TRUE; /* masks that are no files */
  gboolean actual = ms_roles_find(site->roles, MS_ROLE_ACTUAL) != NULL;
  if (!actual || !ms_roles_find(site->roles, MS_ROLE_PREDICTED)) {
    set_roles_error(site->folder, actual, error);
    return FALSE;
  }
  inventory->layout = ms_layout_describe(site->roles, name);
  if (!ms_layout_pair(inventory, site->roles, site->cancellable, error))
    return FALSE;
  ms_layout_group_sequences(inventory, site->sequences);
  apply_splits(site);
  if (!inventory->class_folder)
    ms_text_set(&inventory->class_folder, site->folder->path);
  return TRUE;
}

/* NULL without an error: the layout is another. */
static MsInventory *
try_layout(const MsLayout *layout, const MsFolder *folder, const GPtrArray *given,
           GCancellable *cancellable, GError **error)
{
  MsLayoutSite site;
  MsInventory *inventory = NULL;
  ms_site_init(&site, folder, given, cancellable);
  if (layout->recognize(&site, error) == MS_LAYOUT_TAKEN && finish(&site, layout->name, error))
    inventory = g_steal_pointer(&site.inventory);
  ms_site_clear(&site);
  return inventory;
}

/* The only folder with pictures in a folder that has none itself, unless its name tells what it
 * is: a set that was packed in a folder. NULL: there is none. */
static const MsFolder *
find_wrapped(const MsFolder *folder)
{
  const MsFolder *found = NULL;
  MsRoleKind kind;
  for (guint i = 0; i < folder->folders->len; i++) {
    const MsFolder *below = g_ptr_array_index(folder->folders, i);
    if (below->n_pictures == 0)
      continue;
    if (found)
      return NULL;
    found = below;
  }
  if (!found || folder->pictures->len > 0 || ms_split_normalize(found->name) ||
      ms_name_role(found->name, &kind) == MS_NAME_EXACT)
    return NULL;
  return found;
}

static MsInventory *
recognize_listed(const MsFolder *folder, const GPtrArray *given, GCancellable *cancellable,
                 GError **error)
{
  static const MsLayout by_names = {NULL, ms_layout_by_names};
  gsize n_layouts;
  const MsLayout *layouts = ms_layout_table(&n_layouts);
  for (gsize i = 0; i < n_layouts; i++) {
    g_autoptr(GError) cause = NULL;
    MsInventory *inventory = try_layout(&layouts[i], folder, given, cancellable, &cause);
    if (inventory)
      return inventory;
    if (cause) {
      g_propagate_error(error, g_steal_pointer(&cause));
      return NULL;
    }
  }
  const MsFolder *wrapped = find_wrapped(folder);
  return wrapped ? recognize_listed(wrapped, given, cancellable, error)
                 : try_layout(&by_names, folder, given, cancellable, error);
}

/* --- folders ---------------------------------------------------------------------------------- */

static void
given_free(gpointer data)
{
  MsGivenModel *given = data;
  ms_folder_free(given->folder);
  g_free(given);
}

/* NULL: one of the folders cannot be listed. */
static GPtrArray *
list_given(const GPtrArray *predicted, GPtrArray *notices, MsSearch *search, GError **error)
{
  g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(given_free);
  for (guint i = 0; predicted && i < predicted->len; i++) {
    const MsModelOption *model = g_ptr_array_index(predicted, i);
    MsFolder *folder = ms_folder_list(model->path, notices, search, error);
    if (!folder)
      return NULL;
    MsGivenModel *given = g_new0(MsGivenModel, 1);
    given->name = model->name;
    given->folder = folder;
    g_ptr_array_add(all, given);
  }
  return g_steal_pointer(&all);
}

static void
move_notices(GPtrArray *from, GPtrArray *to)
{
  while (from->len > 0)
    g_ptr_array_insert(to, 0, g_ptr_array_steal_index(from, from->len - 1));
}

/* What could not be read may be just what is missed. */
static void
blame_unreadable(const GPtrArray *notices, GError **error)
{
  for (guint i = 0; error && *error && i < notices->len; i++) {
    const MsNotice *notice = g_ptr_array_index(notices, i);
    g_autofree char *message = NULL;

    if (!g_str_has_prefix(notice->message, MS_LISTING_UNREADABLE))
      continue;
    message = g_strdup_printf("%s. %s: %s", (*error)->message, notice->path, notice->message);
    g_free((*error)->message);
    (*error)->message = g_steal_pointer(&message);
    return;
  }
}

MsInventory *
ms_layout_recognize_with(const char *path, const GPtrArray *predicted, MsSearch *search,
                         GError **error)
{
  g_autoptr(GPtrArray) notices = ms_notices_new();
  g_autoptr(MsFolder) folder = ms_folder_list(path, notices, search, error);
  g_autoptr(GPtrArray) given = folder ? list_given(predicted, notices, search, error) : NULL;
  MsInventory *inventory;
  if (!given)
    return NULL;
  ms_search_listed(search);
  inventory = recognize_listed(folder, given, ms_search_cancellable(search), error);
  if (!inventory) {
    blame_unreadable(notices, error);
    return NULL;
  }
  move_notices(notices, inventory->notices);
  g_autofree char *absolute = g_canonicalize_filename(path, NULL);
  g_autofree char *title = g_path_get_basename(absolute);
  inventory->title = ms_text_id(title);
  ms_text_set(&inventory->path, path);
  return inventory;
}
