/* SPDX-License-Identifier: MIT
 *
 * The two masks of an example counted without being interpreted pixel by pixel: rows of both files
 * are counted as they come, sample beside sample, and the few pairs of samples that occur are taken
 * through the readings afterwards. What comes of it is what masks (set/masks.h) and counting their
 * rasters give; wherever it might not be, the pair is left to them.
 */
#pragma once

#include "set/set.h"

G_BEGIN_DECLS

typedef struct {
  MsJoint *joint; /* compacted; the caller's */
  int width, height;
} MsRawCount;

/* FALSE: not so, and nothing is said about why: the pair must be read the usual way (also when
 * cancelled). */
gboolean ms_raw_count(MsRawCount *count, MsSet *set, MsExample *example, guint model,
                      MsScratch *scratch, GCancellable *cancellable);

G_END_DECLS
