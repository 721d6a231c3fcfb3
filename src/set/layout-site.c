/* SPDX-License-Identifier: MIT */
#include "set/layout-site.h"

#include <string.h>

#include "io/file.h"
#include "set/layout-names.h"
#include "set/layout-roles.h"
#include "set/text.h"

#define MAX_LIST_BYTES (G_GUINT64_CONSTANT(64) << 20)

void
ms_site_init(MsLayoutSite *site, const MsFolder *folder, const GPtrArray *given,
             GCancellable *cancellable)
{
  *site = (MsLayoutSite){.folder = folder, .given = given, .cancellable = cancellable};
  site->inventory = ms_inventory_new();
  site->roles = ms_roles_new(site->inventory);
  site->roles->cancellable = cancellable;
  site->claimed = g_hash_table_new(NULL, NULL);
  site->places = g_array_new(FALSE, FALSE, sizeof(MsModelPlace));
  site->splits = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
}

void
ms_site_clear(MsLayoutSite *site)
{
  g_clear_pointer(&site->roles, ms_roles_free);
  g_clear_pointer(&site->inventory, ms_inventory_free);
  g_clear_pointer(&site->claimed, g_hash_table_unref);
  g_clear_pointer(&site->places, g_array_unref);
  g_clear_pointer(&site->splits, g_hash_table_unref);
}

const MsFolder *
ms_site_find(const MsFolder *folder, const char *name)
{
  for (guint i = 0; i < folder->folders->len; i++) {
    const MsFolder *below = g_ptr_array_index(folder->folders, i);
    if (below->n_pictures > 0 && g_ascii_strcasecmp(below->name, name) == 0)
      return below;
  }
  return NULL;
}

MsRole *
ms_site_role(MsLayoutSite *site, MsRoleKind kind, const MsFolder *folder)
{
  MsRole *role = ms_roles_find(site->roles, kind);
  return role ? role : ms_roles_add(site->roles, kind, NULL, folder->path);
}

MsRole *
ms_site_model(MsLayoutSite *site, const char *name, const MsFolder *folder)
{
  g_autofree char *id = ms_text_id(name);
  for (guint i = 0; i < site->roles->roles->len; i++) {
    MsRole *role = g_ptr_array_index(site->roles->roles, i);
    if (role->kind == MS_ROLE_PREDICTED && g_strcmp0(role->name, id) == 0)
      return role;
  }
  MsRole *role = ms_roles_add(site->roles, MS_ROLE_PREDICTED, id, folder->path);
  role->exact = TRUE;
  return role;
}

void
ms_site_claim(MsLayoutSite *site, const MsFolder *folder)
{
  g_hash_table_add(site->claimed, (gpointer)folder);
  for (guint i = 0; i < folder->folders->len; i++)
    ms_site_claim(site, g_ptr_array_index(folder->folders, i));
}

void
ms_site_leave(MsLayoutSite *site, const MsFolder *folder, const char *reason)
{
  ms_site_claim(site, folder);
  ms_notices_add(site->inventory->notices, folder->path, "%s", reason);
}

/* --- roles ------------------------------------------------------------------------------------ */

/* The folder of the resolution that counts, where there is nothing but resolutions in a folder. */
static const MsFolder *
enter_resolution(const MsFolder *folder)
{
  const MsFolder *chosen = NULL;
  if (folder->pictures->len > 0)
    return folder;
  for (guint i = 0; i < folder->folders->len; i++) {
    const MsFolder *below = g_ptr_array_index(folder->folders, i);
    if (!ms_name_is_resolution(below->name))
      return folder;
    if (!chosen || g_ascii_strcasecmp(below->name, "480p") == 0)
      chosen = below;
  }
  return chosen ? chosen : folder;
}

void
ms_site_add(MsLayoutSite *site, MsRoleKind kind, const MsFolder *folder, const char *split)
{
  const MsFolder *inner = enter_resolution(folder);
  g_autoptr(MsListing) listing = ms_listing_of(inner, TRUE);
  ms_roles_add_listing(site->roles, ms_site_role(site, kind, folder), listing, split);
  ms_layout_note_others(site->inventory, listing);
  ms_site_claim(site, folder);
  for (guint i = 0; inner != folder && i < folder->folders->len; i++) {
    const MsFolder *other = g_ptr_array_index(folder->folders, i);
    if (other != inner)
      ms_site_leave(site, other, "The same in another resolution; left alone");
  }
}

/* --- models ----------------------------------------------------------------------------------- */

static gboolean
is_named(const char *name)
{
  MsRoleKind kind;
  return ms_name_role(name, &kind) != MS_NAME_UNKNOWN && kind == MS_ROLE_PREDICTED;
}

/* Whether a folder called like predicted masks lies in it. */
static gboolean
holds_named(const MsFolder *folder, guint depth)
{
  for (guint i = 0; i < folder->folders->len; i++) {
    const MsFolder *below = g_ptr_array_index(folder->folders, i);
    if (below->n_pictures > 0 &&
        (is_named(below->name) || (depth > 0 && holds_named(below, depth - 1))))
      return TRUE;
  }
  return FALSE;
}

static gboolean
holds_claimed(const MsLayoutSite *site, const MsFolder *folder)
{
  if (g_hash_table_contains(site->claimed, folder))
    return TRUE;
  for (guint i = 0; i < folder->folders->len; i++)
    if (holds_claimed(site, g_ptr_array_index(folder->folders, i)))
      return TRUE;
  return FALSE;
}

static gboolean
is_told(const MsLayoutSite *site, const MsFolder *folder)
{
  for (guint i = 0; i < site->places->len; i++)
    if (g_array_index(site->places, MsModelPlace, i).folder == folder)
      return TRUE;
  return FALSE;
}

/* Why a folder that is not called like predicted masks can hold none; NULL: it may. */
static const char *
why_no_place(const MsFolder *folder)
{
  MsRoleKind kind;
  if (ms_name_is_other(folder->name) || ms_name_role(folder->name, &kind) == MS_NAME_EXACT)
    return "By its name this folder holds other things than a model's masks; left alone";
  return NULL;
}

static void add_inner_places(MsLayoutSite *site, const MsFolder *folder, const char *split,
                             const char *name);

/* Adds a place, or says why it is none. `told` is what is known of its name beside a split. */
static void
add_place(MsLayoutSite *site, const MsFolder *folder, const char *split, const char *told)
{
  gboolean named = is_named(folder->name) || (told && is_named(told));
  MsModelPlace place = {folder, split, told, named ? MS_PLACE_NAMED : MS_PLACE_UNKNOWN};
  GPtrArray *notices = site->inventory->notices;
  const char *reason = named ? NULL : why_no_place(folder);
  if (folder->n_pictures == 0 && named)
    ms_notices_add(notices, folder->path, "This folder holds no pictures; left alone");
  else if (folder->n_pictures == 0)
    return;
  else if (ms_name_is_twin(folder->name, folder->parent->folders))
    ms_notices_add(notices, folder->path, "A twin of another folder in another form; left alone");
  else if (!named && folder->pictures->len == 0 && holds_named(folder, 1))
    add_inner_places(site, folder, split, told ? told : folder->name);
  else if (reason)
    ms_notices_add(notices, folder->path, "%s", reason);
  else
    g_array_append_val(site->places, place);
}

/* "unet/predictions" is unet's, and what else lies in "unet" is not asked about. */
static void
add_inner_places(MsLayoutSite *site, const MsFolder *folder, const char *split, const char *name)
{
  for (guint i = 0; i < folder->folders->len; i++) {
    const MsFolder *below = g_ptr_array_index(folder->folders, i);
    g_autofree char *longer = ms_name_is_predicted_word(below->name)
                                  ? g_strdup(name)
                                  : g_strconcat(name, "/", below->name, NULL);
    if (is_named(below->name) || holds_named(below, 0))
      add_place(site, below, split, g_string_chunk_insert(site->roles->strings, longer));
    else if (below->n_pictures > 0)
      ms_notices_add(site->inventory->notices, below->path,
                     "Not a folder of this set by its name; left alone");
  }
}

void
ms_site_add_place(MsLayoutSite *site, const MsFolder *folder, const char *split, const char *name)
{
  guint n_before = site->places->len;
  add_place(site, folder, g_string_chunk_insert(site->roles->strings, split),
            g_string_chunk_insert(site->roles->strings, name));
  if (site->places->len == n_before)
    ms_site_claim(site, folder);
}

/* `above` is the path of the folders between the set's and this one, or NULL. */
static void
collect_places(MsLayoutSite *site, const MsFolder *folder, const char *above)
{
  for (guint i = 0; i < folder->folders->len; i++) {
    const MsFolder *below = g_ptr_array_index(folder->folders, i);
    if (holds_claimed(site, below)) {
      g_autofree char *path =
          above ? g_strconcat(above, "/", below->name, NULL) : g_strdup(below->name);
      collect_places(site, below, g_string_chunk_insert(site->roles->strings, path));
    } else if (!is_told(site, below)) {
      add_place(site, below, above, NULL);
    }
  }
}

static void
take_given_places(MsLayoutSite *site)
{
  g_array_set_size(site->places, 0);
  for (guint i = 0; i < site->given->len; i++) {
    const MsGivenModel *given = g_ptr_array_index(site->given, i);
    MsModelPlace place = {given->folder, NULL, given->name, MS_PLACE_GIVEN};
    g_array_append_val(site->places, place);
  }
}

void
ms_site_add_models(MsLayoutSite *site)
{
  if (site->given->len > 0)
    take_given_places(site);
  else
    collect_places(site, site->folder, NULL);
  ms_models_add(site->roles, site->places, site->claimed, site->inventory->notices);
}

/* --- what is told beside ---------------------------------------------------------------------- */

static void
add_line(MsLayoutSite *site, const char *line, const char *split)
{
  g_autofree char *id = g_strndup(line, strcspn(line, " \t\r"));
  id[ms_text_stem_length(id)] = '\0';
  if (*id && !g_hash_table_contains(site->splits, id))
    g_hash_table_insert(site->splits, g_steal_pointer(&id), g_strdup(split));
}

void
ms_site_read_split(MsLayoutSite *site, const MsFolder *folder, const char *file_name,
                   const char *split)
{
  g_autofree char *path = g_build_filename(folder->path, file_name, NULL);
  g_autoptr(GError) cause = NULL;
  g_autoptr(GBytes) bytes = ms_file_read(path, MAX_LIST_BYTES, site->cancellable, &cause);
  if (!bytes) {
    ms_notices_add(site->inventory->notices, path, "Not read as a list of examples: %s",
                   cause->message);
    return;
  }
  gsize size;
  const char *data = g_bytes_get_data(bytes, &size);
  for (const char *end = data + size; data < end;) {
    const char *stop = memchr(data, '\n', (gsize)(end - data));
    gsize length = (gsize)((stop ? stop : end) - data);
    g_autofree char *line = g_strndup(data, length);
    add_line(site, line, split);
    data += length + (stop ? 1 : 0);
  }
}
