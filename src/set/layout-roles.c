/* SPDX-License-Identifier: MIT
 *
 * Models are cut out of a folder only once all roles are listed: the actual masks' ids decide.
 */
#include "set/layout-roles.h"

#include "set/pairing.h"
#include "set/text.h"

void
ms_layout_note_others(MsInventory *inventory, const MsListing *listing)
{
  if (listing->n_others > 0) {
    g_autofree char *shown = ms_text_id(listing->other);
    ms_notices_add(inventory->notices, listing->folder,
                   "Files that are no pictures are left alone: %u, such as %s", listing->n_others,
                   shown);
  }
}

static char *
describe_roles(const MsRoles *roles)
{
  g_autoptr(GString) text = g_string_new(NULL);
  for (guint i = 0; i < roles->roles->len; i++) {
    const MsRole *role = g_ptr_array_index(roles->roles, i);
    g_autofree char *name = g_path_get_basename(role->folder);
    g_autofree char *shown = ms_text_id(name);
    g_string_append_printf(text, "%s%s", i ? ", " : "", shown);
  }
  return g_strdup(text->str);
}

/* Cuts predicted folders into models where nobody gave them a name. */
static void
cut_nameless(MsRoles *roles, GPtrArray *notices)
{
  g_autoptr(GPtrArray) nameless = g_ptr_array_new();
  for (guint i = 0; i < roles->roles->len; i++) {
    MsRole *role = g_ptr_array_index(roles->roles, i);
    if (role->kind == MS_ROLE_PREDICTED && !role->name && !role->exact)
      g_ptr_array_add(nameless, role);
  }
  for (guint i = 0; i < nameless->len; i++)
    ms_roles_cut_models(roles, g_ptr_array_index(nameless, i), notices);
}

gboolean
ms_layout_pair(MsInventory *inventory, MsRoles *roles, GCancellable *cancellable, GError **error)
{
  cut_nameless(roles, inventory->notices);
  for (guint i = 0; i < roles->roles->len; i++) {
    const MsRole *role = g_ptr_array_index(roles->roles, i);
    if (role->kind == MS_ROLE_PREDICTED)
      ms_inventory_add_model(inventory, role->name, role->folder);
    else if (role->kind == MS_ROLE_ACTUAL)
      ms_text_set(&inventory->actual_folder, role->folder);
  }
  ms_inventory_name_models(inventory);
  g_autofree char *layout = describe_roles(roles);
  if (!inventory->layout)
    ms_text_set(&inventory->layout, layout);
  return ms_pair_roles(roles, inventory, cancellable, error);
}
