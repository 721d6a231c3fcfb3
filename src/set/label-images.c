/* SPDX-License-Identifier: MIT */
#include "set/label-images.h"

#include "set/pattern.h"
#include "set/roles.h"
#include "set/text.h"

typedef struct {
  MsInventory *inventory;
  GHashTable *entries; /* id -> MsEntry */
  GHashTable *found;   /* MsEntry -> how many files fit */
  guint n_strangers;   /* files that fit nothing */
  char *stranger;      /* the first of them */
} Images;

static void
add_image(Images *self, MsEntry *entry, const char *path)
{
  guint n = GPOINTER_TO_UINT(g_hash_table_lookup(self->found, entry));
  if (n == 0 && entry->image)
    return; /* the table's own goes before */
  entry->image = n == 0 ? ms_inventory_keep(self->inventory, path) : NULL;
  g_hash_table_insert(self->found, entry, GUINT_TO_POINTER(n + 1));
}

static void
add_file(Images *self, const char *path, const char *id, const char *other_id)
{
  MsEntry *entry = g_hash_table_lookup(self->entries, id);
  if (!entry)
    entry = g_hash_table_lookup(self->entries, other_id);
  if (entry)
    add_image(self, entry, path);
  else if (self->n_strangers++ == 0)
    self->stranger = g_strdup(path);
}

static gboolean
add_folder(Images *self, const char *folder, GCancellable *cancellable, GError **error)
{
  MsSearch search = {.cancellable = cancellable};
  g_autoptr(MsListing) listing =
      ms_listing_new(folder, TRUE, self->inventory->notices, &search, error);
  for (guint i = 0; listing && i < listing->names->len; i++) {
    const char *name = g_ptr_array_index(listing->names, i);
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *id = ms_text_id(name);
    g_autofree char *stem = g_strndup(id, ms_text_stem_length(id));
    add_file(self, path, id, stem);
  }
  return listing != NULL;
}

/* The ids that are known tell which is meant where a pattern leaves several. */
static gboolean
add_pattern(Images *self, const char *pattern, GCancellable *cancellable, GError **error)
{
  g_autoptr(MsRoles) roles = ms_roles_new(self->inventory);
  MsSearch search = {.cancellable = cancellable};
  MsRole *known = ms_roles_add(roles, MS_ROLE_ACTUAL, NULL, self->inventory->actual_folder);
  MsRole *images = ms_roles_add(roles, MS_ROLE_IMAGE, NULL, pattern);
  known->exact = TRUE;
  for (guint i = 0; i < self->inventory->entries->len; i++) {
    const MsEntry *entry = g_ptr_array_index(self->inventory->entries, i);
    ms_roles_add_file(roles, known, "", entry->id);
  }
  if (!ms_roles_add_pattern(roles, images, pattern, self->inventory->notices, &search, error))
    return FALSE;
  for (guint i = 0; i < images->files->len; i++) {
    const MsRoleFile *file = &g_array_index(images->files, MsRoleFile, i);
    add_file(self, file->path, file->stem, file->stem);
  }
  return TRUE;
}

static void
note(const Images *self, const char *images)
{
  const MsEntry *first = NULL;
  guint n = 0;
  for (guint i = self->inventory->entries->len; i-- > 0;) {
    const MsEntry *entry = g_ptr_array_index(self->inventory->entries, i);
    if (GPOINTER_TO_UINT(g_hash_table_lookup(self->found, entry)) > 1) {
      first = entry;
      n++;
    }
  }
  if (n > 0)
    ms_notices_add(self->inventory->notices, images,
                   "More than one image fits the id of %u %s, the first is %s: none is taken", n,
                   n == 1 ? "example" : "examples", first->id);
  if (self->n_strangers > 0)
    ms_notices_add(self->inventory->notices, self->stranger, "%u %s here the id of no example",
                   self->n_strangers, self->n_strangers == 1 ? "image has" : "images have");
}

gboolean
ms_label_images_add(MsInventory *inventory, const char *images, GCancellable *cancellable,
                    GError **error)
{
  g_autoptr(GHashTable) entries = g_hash_table_new(g_str_hash, g_str_equal);
  g_autoptr(GHashTable) found = g_hash_table_new(NULL, NULL);
  Images self = {.inventory = inventory, .entries = entries, .found = found};
  for (guint i = 0; i < inventory->entries->len; i++) {
    MsEntry *entry = g_ptr_array_index(inventory->entries, i);
    g_hash_table_insert(entries, (char *)entry->id, entry);
  }
  gboolean fine = ms_pattern_is(images) ? add_pattern(&self, images, cancellable, error)
                                        : add_folder(&self, images, cancellable, error);
  if (fine)
    note(&self, images);
  g_free(self.stranger);
  return fine;
}
