/* SPDX-License-Identifier: MIT
 *
 * A part of an example, counted by itself: its pixels alone, under the rules and the focus that the
 * whole is looked at with.
 */
#pragma once

#include "report/class-focus.h"
#include "set/pair.h"

G_BEGIN_DECLS

typedef struct {
  int x, y; /* image pixels */
  int width, height;
} MsArea;

typedef struct {
  MsArea area;
  MsKindCounts kinds; /* of the classes that are looked at */
  MsValue iou;        /* of the class that is looked at alone, else of all */
  guint64 counted;    /* pixels that are not ignored, and how many of them are wrong */
  guint64 wrong;
} MsAreaCounts;

/* Synchronous, for worker threads. The area lies inside the masks. FALSE, with an error, where the
 * pair cannot be compared, an id in the area is no class, or when cancelled. */
gboolean ms_area_count(const MsFrame *frame, const MsRuleset *rules, const MsClassFocus *focus,
                       const MsArea *area, GCancellable *cancellable, MsAreaCounts *counts,
                       GError **error);

G_END_DECLS
