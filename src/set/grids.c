/* SPDX-License-Identifier: MIT
 *
 * An entry is one slice of a volume, so most entries are passed over as seen.
 */
#include "set/grids.h"

#include "io/file.h"
#include "io/nifti.h"
#include "set/ending.h"
#include "set/parts.h"

/* The volumes of one model beside the actual ones. */
typedef struct {
  GHashTable *actual; /* path -> MsNiftiHeader, or NULL: cannot be read; of all models */
  GHashTable *seen;   /* paths of predicted volumes */
  const char *first_actual;
  const char *first_predicted;
  const char *difference; /* of those; NULL: none differ */
  guint n_different;
} Grids;

static gboolean
is_volume(const char *path)
{
  return path && ms_parts_are_possible(path) &&
         (ms_ending_is(path, ".nii") || ms_ending_is(path, ".nii.gz"));
}

static const MsNiftiHeader *
look_up_actual(const Grids *self, const char *path)
{
  g_autofree MsNiftiHeader *header = NULL;
  gpointer found;
  if (g_hash_table_lookup_extended(self->actual, path, NULL, &found))
    return found;
  header = g_new0(MsNiftiHeader, 1);
  if (!ms_nifti_read_header_of_file(path, header, NULL))
    g_clear_pointer(&header, g_free);
  found = g_steal_pointer(&header);
  g_hash_table_insert(self->actual, (char *)path, found);
  return found;
}

static void
compare(Grids *self, const char *actual, const char *predicted)
{
  const char *difference;
  MsNiftiHeader header;
  if (!is_volume(actual) || !is_volume(predicted) ||
      !g_hash_table_add(self->seen, (char *)predicted))
    return;
  const MsNiftiHeader *wanted = look_up_actual(self, actual);
  if (!wanted || !ms_nifti_read_header_of_file(predicted, &header, NULL) ||
      ms_nifti_same_grid(wanted, &header, &difference))
    return;
  if (self->n_different++ > 0)
    return;
  self->first_actual = actual;
  self->first_predicted = predicted;
  self->difference = difference;
}

static void
note_differences(const MsInventory *inventory, const Grids *self)
{
  if (self->n_different == 0)
    return;
  g_autofree char *actual = ms_path_display(self->first_actual);
  g_autofree char *more = self->n_different == 1
                              ? g_strdup("")
                              : g_strdup_printf("; so it is with %u volumes", self->n_different);
  ms_notices_add(inventory->notices, self->first_predicted,
                 "This volume and %s are on different grids (%s); voxels are compared as they are "
                 "stored, whatever their headers say%s",
                 actual, self->difference, more);
}

gboolean
ms_inventory_check_grids(MsInventory *inventory, GCancellable *cancellable, GError **error)
{
  g_autoptr(GHashTable) actual = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
  for (guint model = 0; model < inventory->models->len; model++) {
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    Grids self = {.actual = actual, .seen = seen};
    for (guint i = 0; i < inventory->entries->len; i++) {
      const MsEntry *entry = g_ptr_array_index(inventory->entries, i);
      if (g_cancellable_set_error_if_cancelled(cancellable, error))
        return FALSE;
      compare(&self, entry->actual, entry->predicted[model]);
    }
    note_differences(inventory, &self);
  }
  return TRUE;
}
