/* SPDX-License-Identifier: MIT */
#include "set/layout-roles.h"

#include <string.h>

#include "set/models.h"
#include "set/name-sort.h"
#include "set/pairing.h"
#include "set/text.h"

void
ms_layout_note_others(MsInventory *inventory, const MsListing *listing)
{
  if (listing->n_others == 0)
    return;
  g_autofree char *shown = ms_text_id(listing->other);
  ms_notices_add(inventory->notices, listing->folder,
                 "Files that are no pictures are left alone: %u, such as %s", listing->n_others,
                 shown);
}

char *
ms_layout_describe(const MsRoles *roles, const char *name)
{
  g_autoptr(GString) text = g_string_new(name);
  const char *last = NULL;
  for (guint i = 0; i < roles->roles->len; i++) {
    const MsRole *role = g_ptr_array_index(roles->roles, i);
    if (g_strcmp0(last, role->folder) == 0)
      continue; /* images and masks that lie together */
    g_autofree char *folder = g_path_get_basename(role->folder);
    g_autofree char *shown = ms_text_id(folder);
    g_string_append_printf(text, "%s%s", last ? ", " : name ? ": " : "", shown);
    last = role->folder;
  }
  return g_strdup(text->str);
}

static void
take_role(MsInventory *inventory, const MsRole *role)
{
  if (role->kind == MS_ROLE_PREDICTED)
    ms_inventory_add_model(inventory, role->name, role->folder);
  else if (role->kind == MS_ROLE_ACTUAL)
    ms_text_set(&inventory->actual_folder, role->folder);
  if (role->n_others == 0)
    return;
  g_autofree char *shown = ms_text_id(role->other);
  ms_notices_add(inventory->notices, role->folder,
                 "Files that show others in another form are left alone: %u, such as %s",
                 role->n_others, shown);
}

gboolean
ms_layout_pair(MsInventory *inventory, MsRoles *roles, GCancellable *cancellable, GError **error)
{
  MsRole *images = ms_roles_find(roles, MS_ROLE_IMAGE);
  if (images)
    ms_models_rehome(roles, images);
  for (guint i = 0; i < roles->roles->len; i++)
    take_role(inventory, g_ptr_array_index(roles->roles, i));
  ms_inventory_name_models(inventory);
  if (!inventory->layout)
    inventory->layout = ms_layout_describe(roles, NULL);
  return ms_pair_roles(roles, inventory, cancellable, error);
}

/* --- sequences -------------------------------------------------------------------------------- */

/* Where the folders of an id end, if there are others than a usual split's; G_MAXSIZE: none. */
static gsize
sequence_length(const char *id)
{
  gsize split_length = 0;
  const char *slash = strrchr(id, '/');
  if (!slash || (ms_split_of_path(id, &split_length) && id + split_length == slash))
    return G_MAXSIZE;
  return (gsize)(slash - id);
}

static gboolean
is_numbered(const char *id)
{
  return g_ascii_isdigit(id[strlen(id) - 1]);
}

/* What ids in folders are called without these, with the ids, in byte order. NULL: a name has no
 * number. */
static GArray *
sort_frames(const MsInventory *inventory)
{
  g_autoptr(GArray) frames = g_array_new(FALSE, FALSE, sizeof(MsNamed));
  for (guint i = 0; i < inventory->entries->len; i++) {
    const char *id = ((const MsEntry *)g_ptr_array_index(inventory->entries, i))->id;
    gsize length = sequence_length(id);
    if (length == G_MAXSIZE)
      continue;
    if (!is_numbered(id))
      return NULL;
    MsNamed frame = {id + length + 1, (char *)id};
    g_array_append_val(frames, frame);
  }
  ms_names_sort((MsNamed *)(void *)frames->data, frames->len);
  return g_steal_pointer(&frames);
}

/* Whether frames of two folders are called alike. */
static gboolean
holds_sequences(const MsInventory *inventory)
{
  g_autoptr(GArray) frames = sort_frames(inventory);
  const MsNamed *first = NULL;
  for (guint i = 0; frames && i < frames->len; i++) {
    const MsNamed *frame = &g_array_index(frames, MsNamed, i);
    const char *id = frame->data;
    if (!first || strcmp(first->name, frame->name) != 0)
      first = frame;
    else if (strncmp(first->data, id, (gsize)(frame->name - id)) != 0)
      return TRUE;
  }
  return FALSE;
}

void
ms_layout_group_sequences(MsInventory *inventory, gboolean all)
{
  const char *last = NULL;
  if (!all && !holds_sequences(inventory))
    return;
  for (guint i = 0; i < inventory->entries->len; i++) {
    MsEntry *entry = g_ptr_array_index(inventory->entries, i);
    gsize length = sequence_length(entry->id);
    if (length == G_MAXSIZE)
      continue;
    if (!last || strncmp(last, entry->id, length) != 0 || last[length] != '\0')
      last = g_string_chunk_insert_len(inventory->strings, entry->id, (gssize)length);
    if (!entry->group)
      entry->group = last;
    if (entry->split && !ms_split_normalize(entry->split))
      entry->split = NULL; /* a sequence, not a split */
  }
}
