/* SPDX-License-Identifier: MIT
 *
 * The object around whatever kind of annotation file: counting references, and nothing else.
 */
#include "set/annotations.h"

struct MsAnnotations {
  gatomicrefcount ref_count;
  const MsAnnotationsType *type;
  gpointer data;
  MsReading *reading;
  MsClassTable *table;
  gboolean needs_size;
};

void
ms_mask_clear(MsMask *mask)
{
  ms_raster_clear(&mask->raster);
  g_clear_pointer(&mask->stacks, ms_stacks_free);
}

MsAnnotations *
ms_annotations_new(const MsAnnotationsType *type, gpointer data, MsReading *reading,
                   MsClassTable *table, gboolean needs_size)
{
  MsAnnotations *annotations = g_new0(MsAnnotations, 1);

  g_atomic_ref_count_init(&annotations->ref_count);
  annotations->type = type;
  annotations->data = data;
  annotations->reading = reading;
  annotations->table = table;
  annotations->needs_size = needs_size;
  return annotations;
}

void
ms_annotations_unref(MsAnnotations *annotations)
{
  if (!annotations || !g_atomic_ref_count_dec(&annotations->ref_count))
    return;
  annotations->type->free(annotations->data);
  ms_reading_free(annotations->reading);
  ms_class_table_free(annotations->table);
  g_free(annotations);
}

const MsReading *
ms_annotations_reading(const MsAnnotations *annotations)
{
  return annotations->reading;
}

const MsClassTable *
ms_annotations_table(const MsAnnotations *annotations)
{
  return annotations->table;
}

gboolean
ms_annotations_needs_size(const MsAnnotations *annotations)
{
  return annotations->needs_size;
}

gboolean
ms_annotations_is_current(const MsAnnotations *annotations)
{
  return annotations->type->is_current(annotations->data);
}

char *
ms_annotations_dup_file(const MsAnnotations *annotations, int record)
{
  const MsAnnotationsType *type = annotations->type;

  return type->dup_file ? type->dup_file(annotations->data, record) : NULL;
}

gboolean
ms_annotations_load(const MsAnnotations *annotations, int record, MsMaskSize size, MsMask *mask,
                    GCancellable *cancellable, GError **error)
{
  return annotations->type->load(annotations->data, record, size, mask, cancellable, error);
}

gboolean
ms_annotations_have_segments(const MsAnnotations *annotations)
{
  return annotations->type->load_segments != NULL;
}

gboolean
ms_annotations_load_segments(const MsAnnotations *annotations, int record, MsRaster *ids,
                             GArray **segments, GCancellable *cancellable, GError **error)
{
  return annotations->type->load_segments(annotations->data, record, ids, segments, cancellable,
                                          error);
}
