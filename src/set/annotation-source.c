/* SPDX-License-Identifier: MIT
 *
 * What a file is shows in its first bytes; reading it may correct that.
 */
#include "set/annotation-source.h"

#include "set/ending.h"

static const MsAnnotationKind coco_kinds[] = {[MS_COCO_INSTANCES] = MS_ANNOTATION_INSTANCES,
                                              [MS_COCO_RESULTS] = MS_ANNOTATION_RESULTS,
                                              [MS_COCO_PANOPTIC] = MS_ANNOTATION_PANOPTIC};

MsAnnotationKind
ms_annotation_file_kind(const char *path)
{
  MsCocoKind kind;

  if (ms_ending_is(path, ".json") && ms_coco_sniff_file(path, &kind))
    return coco_kinds[kind];
  if (ms_ending_is_of_table(path) && ms_run_table_is_one(path))
    return MS_ANNOTATION_RUNS;
  return MS_ANNOTATION_NONE;
}

MsAnnotationSource *
ms_annotation_source_new(const char *path, const char *name)
{
  MsAnnotationSource *source = g_new0(MsAnnotationSource, 1);

  source->path = g_strdup(path);
  source->name = g_strdup(name);
  source->kind = ms_annotation_file_kind(path);
  return source;
}

void
ms_annotation_source_free(MsAnnotationSource *source)
{
  if (!source)
    return;
  g_clear_pointer(&source->coco, ms_coco_unref);
  ms_run_table_free(source->runs);
  g_free(source->path);
  g_free(source->name);
  g_free(source);
}

static void
tell_progress(guint64 done, guint64 total, gpointer user)
{
  const MsAnnotationWatch *watch = user;

  if (watch->progress) /* in KiB: a file may have more bytes than a guint counts */
    watch->progress("Reading annotations", (guint)(done >> 10), (guint)(total >> 10), watch->user);
}

gboolean
ms_annotation_source_open(MsAnnotationSource *source, const MsAnnotationWatch *watch,
                          GError **error)
{
  if (source->kind == MS_ANNOTATION_NONE || source->coco || source->runs)
    return TRUE;
  if (source->kind == MS_ANNOTATION_RUNS) {
    source->runs = ms_run_table_load(source->path, watch->cancellable, error);
    return source->runs != NULL;
  }
  source->coco =
      ms_coco_open(source->path, tell_progress, (gpointer)watch, watch->cancellable, error);
  if (source->coco)
    source->kind = coco_kinds[ms_coco_kind(source->coco)];
  return source->coco != NULL;
}
