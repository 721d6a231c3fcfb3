/* SPDX-License-Identifier: MIT
 *
 * Sets whose actual or predicted masks are records of annotation files (COCO, panoptic, Kaggle's
 * run lengths): from files and folders named one by one to an inventory. What is an annotation file
 * is told by what it holds; the other side may be folders of masks.
 */
#pragma once

#include "set/inventory.h"
#include "set/options.h"
#include "set/set.h"

G_BEGIN_DECLS

typedef enum {
  MS_ANNOTATION_NONE,
  MS_ANNOTATION_INSTANCES,
  MS_ANNOTATION_RESULTS,
  MS_ANNOTATION_PANOPTIC,
  MS_ANNOTATION_RUNS,
} MsAnnotationKind;

/* What a file is; of a large one no more than the beginning is read. Folders are NONE. */
MsAnnotationKind ms_annotation_file_kind(const char *path);

/* Whether the actual masks or those of a model are an annotation file. */
gboolean ms_annotations_are_meant(const MsOptions *options);

/* images may be NULL, or a folder in which the file names of the annotations are; `predicted` holds
 * MsModelOption. Every image of COCO's actual annotations is an example, and without any
 * detection its prediction is empty. Errors: MS_SET_ERROR_LAYOUT (COCO results without an
 * annotation file that names their images, where ids do not tell; kinds that do not go together),
 * those of the readers. */
MsInventory *ms_annotations_find(const char *images, const char *actual, const GPtrArray *predicted,
                                 MsSetProgress progress, gpointer user, GCancellable *cancellable,
                                 GError **error);

/* A set's folder that holds such files, or an annotation file with those around it. `predicted`
 * holds MsModelOption: predicted masks that lie elsewhere; without any, they are looked for.
 * Images are found by the names that the annotations give them. NULL without an error: it is
 * another kind of set. */
MsInventory *ms_annotations_recognize(const char *path, const GPtrArray *predicted,
                                      MsSetProgress progress, gpointer user,
                                      GCancellable *cancellable, GError **error);

G_END_DECLS
