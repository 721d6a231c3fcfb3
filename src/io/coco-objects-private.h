/* SPDX-License-Identifier: MIT
 *
 * One annotation of an object as it stands in the file, before its mask is made.
 */
#pragma once

#include "io/coco-private.h"

G_BEGIN_DECLS

typedef enum {
  MS_COCO_NO_MASK,
  MS_COCO_POLYGONS,
  MS_COCO_COUNTS,
  MS_COCO_STRING,
} MsCocoForm;

typedef struct {
  MsCocoNumber id;
  MsCocoNumber category;
  gboolean crowd;
  gboolean has_score;
  double score;

  MsCocoForm form;
  GArray *coordinates; /* double, of all polygons */
  GArray *lengths;     /* guint, how many of them each polygon has */
  GArray *counts;      /* guint32 */
  GString *string;     /* compressed counts */
  gboolean has_size;
  gint64 size[2]; /* height, width */

  guint64 max_counts;
} MsCocoAnnotation;

void ms_coco_annotation_init(MsCocoAnnotation *self, guint64 max_counts);
void ms_coco_annotation_clear(MsCocoAnnotation *self);

/* Takes the next value, an annotation, in place of what was there. */
gboolean ms_coco_annotation_take(MsCocoAnnotation *self, MsJsonReader *reader, GError **error);

G_END_DECLS
