/* SPDX-License-Identifier: MIT
 *
 * One example and one label in common are enough: whatever else does not fit is for the join to
 * tell.
 */
#include "set/label-kin.h"

#include "set/label-side-private.h"

void
ms_label_kin_clear(MsLabelKin *self)
{
  g_clear_pointer(&self->ids, g_hash_table_unref);
}

static gboolean
read_ids(MsLabelKin *self, GCancellable *cancellable, GError **error)
{
  const MsLabelFile *file = self->actual->file;
  if (self->ids)
    return TRUE;
  self->ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (guint row = 0; row < file->n_rows; row++) {
    if (!ms_label_go_on(row, cancellable, error))
      return FALSE;
    char *id = ms_label_file_id(file, row);
    if (id)
      g_hash_table_add(self->ids, id);
  }
  return TRUE;
}

/* Mostly the first row tells. */
static gboolean
check_examples(MsLabelKin *self, const MsLabelFile *file, GCancellable *cancellable, GError **error)
{
  if (!read_ids(self, cancellable, error))
    return FALSE;
  for (guint row = 0; row < file->n_rows; row++) {
    if (!ms_label_go_on(row, cancellable, error))
      return FALSE;
    g_autofree char *id = ms_label_file_id(file, row);
    if (id && g_hash_table_contains(self->ids, id))
      return TRUE;
  }
  g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_LAYOUT, "%s names no example of %s", file->name,
              self->actual->file->name);
  return FALSE;
}

static gboolean
check_labels(const MsLabelKin *self, const MsLabelSide *side, GError **error)
{
  for (guint i = 0; i < side->places->len; i++) {
    const MsLabelPlace *place = g_ptr_array_index(side->places, i);
    if (ms_label_side_has(self->actual, place->name))
      return TRUE;
  }
  g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_LAYOUT, "%s has no column for any label of %s",
              side->file->name, self->actual->file->name);
  return FALSE;
}

gboolean
ms_label_kin_check(MsLabelKin *self, const MsLabelSide *side, GCancellable *cancellable,
                   GError **error)
{
  gboolean named =
      side->form == MS_LABEL_FORM_COLUMNS && self->actual->form == MS_LABEL_FORM_COLUMNS;
  gboolean ids = ms_label_file_has_ids(side->file) && ms_label_file_has_ids(self->actual->file);
  return (!named || check_labels(self, side, error)) &&
         (!ids || check_examples(self, side->file, cancellable, error));
}
