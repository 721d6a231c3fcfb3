/* SPDX-License-Identifier: MIT
 *
 * The segments of both sides of an example, for panoptic quality: ids as they are in the files, not
 * the classes that a reading makes of them. They exist where both sides are maps of instances: ids
 * that a divisor splits into class and object, numbered objects of one class, or COCO's panoptic
 * segments.
 *
 * Actual pixels that are ignored count on neither side (of COCO panoptic they are void), background
 * is no segment, and a predicted segment of no class is none.
 */
#pragma once

#include <gio/gio.h>

#include "io/scratch.h"
#include "metric/panoptic.h"
#include "set/ruleset.h"
#include "set/set.h"

G_BEGIN_DECLS

typedef struct {
  MsJoint *joint;
  MsPanopticRules rules; /* crowds: those of the array below */
  GArray *crowds;        /* guint32 */
  GArray *classes; /* guint32: the class ids of segments, in the order of their places from 1 */
} MsSegments;

/* NULL: a model's masks and the actual ones have segments; else why they do not, static. */
const char *ms_segments_why_none(MsSet *set, guint model);

/* Reads and counts; synchronous, for workers. scratch: this thread's, or NULL. Start from a zeroed
 * struct. Errors name the file: those of reading it, sizes that differ, too many segments. */
gboolean ms_segments_load(MsSegments *segments, MsSet *set, guint example, guint model,
                          const MsRuleset *rules, MsScratch *scratch, GCancellable *cancellable,
                          GError **error);
void ms_segments_clear(MsSegments *segments); /* a zeroed one is fine */
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MsSegments, ms_segments_clear)

/* Of the class at a place from 1 on; 0: summed over all. FALSE: no memory. */
gboolean ms_segments_count(const MsSegments *segments, guint place, MsPanoptic *panoptic);

G_END_DECLS
