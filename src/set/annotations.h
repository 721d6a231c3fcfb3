/* SPDX-License-Identifier: MIT
 *
 * Masks that are records of an annotation file rather than files of their own: COCO instances and
 * results, COCO panoptic, Kaggle's run lengths. One object for each role (the actual masks, each
 * model); an example's part is its record there. What kinds there are is known only to those who
 * make them. Immutable and counted; any thread may load from it.
 */
#pragma once

#include <gio/gio.h>

#include "metric/raster.h"
#include "metric/stacks.h"
#include "set/classes.h"
#include "set/reading.h"

G_BEGIN_DECLS

/* One mask as the metric module takes it. */
typedef struct {
  MsRaster raster;
  MsStacks *stacks; /* the raster holds their numbers; NULL: ids or values */
} MsMask;

void ms_mask_clear(MsMask *mask);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MsMask, ms_mask_clear)

/* The size that a mask should have where its record does not say; 0 x 0: nobody knows. */
typedef struct {
  int width;
  int height;
} MsMaskSize;

/* A segment of a mask that is a map of them. */
typedef struct {
  guint32 id;
  guint32 class_id;
  gboolean crowd; /* many objects in one */
} MsSegment;

typedef struct {
  /* Fills a zeroed mask. Errors name file and place. */
  gboolean (*load)(gpointer data, int record, MsMaskSize size, MsMask *mask,
                   GCancellable *cancellable, GError **error);
  void (*free)(gpointer data);
  /* Whether the annotation file is still what was read of it when the set was opened. */
  gboolean (*is_current)(gpointer data);
  /* The file beside it that a record's mask is in, the caller's; NULL: there is none. May be NULL.
   */
  char *(*dup_file)(gpointer data, int record);
  /* Ids of segments instead of their classes, 0 where there is none, into a zeroed raster;
   * segments: the caller's MsSegment, ascending by id. Errors as above. NULL: masks are no maps of
   * segments.
   */
  gboolean (*load_segments)(gpointer data, int record, MsRaster *ids, GArray **segments,
                            GCancellable *cancellable, GError **error);
} MsAnnotationsType;

typedef struct MsAnnotations MsAnnotations;

/* Takes over data, reading (how its masks are read, in words too: encoding STACKS, CLASSES or
 * BINARY) and table (the classes that it names; may be NULL). needs_size: its records do not say
 * how large the masks are. */
MsAnnotations *ms_annotations_new(const MsAnnotationsType *type, gpointer data, MsReading *reading,
                                  MsClassTable *table, gboolean needs_size);
void ms_annotations_unref(MsAnnotations *annotations); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsAnnotations, ms_annotations_unref)

const MsReading *ms_annotations_reading(const MsAnnotations *annotations);
const MsClassTable *ms_annotations_table(const MsAnnotations *annotations); /* NULL: none */
gboolean ms_annotations_needs_size(const MsAnnotations *annotations);

/* Whether its file has not changed since it was opened. */
gboolean ms_annotations_is_current(const MsAnnotations *annotations);
/* The file beside it that a record's mask is in (panoptic: its PNG), the caller's; NULL: none. */
char *ms_annotations_dup_file(const MsAnnotations *annotations, int record);

gboolean ms_annotations_load(const MsAnnotations *annotations, int record, MsMaskSize size,
                             MsMask *mask, GCancellable *cancellable, GError **error);

/* Whether masks are maps of segments; then they can be had as such. */
gboolean ms_annotations_have_segments(const MsAnnotations *annotations);
gboolean ms_annotations_load_segments(const MsAnnotations *annotations, int record, MsRaster *ids,
                                      GArray **segments, GCancellable *cancellable, GError **error);

G_END_DECLS
