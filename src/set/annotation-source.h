/* SPDX-License-Identifier: MIT
 *
 * One side of a set, the actual masks or a model's, as the file that holds them, opened. Whoever
 * looks for a set opens files to choose among them and hands them on, so that none is read twice.
 */
#pragma once

#include "io/coco.h"
#include "set/annotation-roles.h"
#include "set/roles.h"
#include "set/run-table.h"

G_BEGIN_DECLS

typedef struct {
  char *path;
  char *name; /* of the model; NULL: none given */
  MsAnnotationKind kind;
  MsCoco *coco;     /* once opened, as the kind has it */
  MsRunTable *runs; /* the same */
  MsRole *role;     /* in the set that is being found; lent */
} MsAnnotationSource;

/* The kind is as the file's beginning says. */
MsAnnotationSource *ms_annotation_source_new(const char *path, const char *name);
void ms_annotation_source_free(MsAnnotationSource *source); /* NULL is fine */

/* Who is told of the reading of files, and what ends it. */
typedef struct {
  MsSetProgress progress; /* may be NULL */
  gpointer user;
  GCancellable *cancellable;
} MsAnnotationWatch;

/* Reads the file, unless it has been read; a folder is left as it is. The kind is certain then. */
gboolean ms_annotation_source_open(MsAnnotationSource *source, const MsAnnotationWatch *watch,
                                   GError **error);

/* The inventory of sources, MsAnnotationSource: the actual masks, then each model's. Otherwise as
 * ms_annotations_find(). Tables of run lengths become the inventory's. */
MsInventory *ms_annotations_find_opened(const char *images, const GPtrArray *sources,
                                        const MsAnnotationWatch *watch, GError **error);

G_END_DECLS
