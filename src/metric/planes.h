/* SPDX-License-Identifier: MIT
 *
 * A pair of rasters as rules and focus see it, pixel by pixel: what each pixel is painted as, and
 * which class lies on it on either side. What looks for error regions, objects, edges and distances
 * works on these numbers, so that it knows of no encoding, threshold or ignored label.
 *
 * A class number is 0 where nothing lies: background, an id that is no class, and on both sides
 * where the pixel is ignored. Under binary and threshold comparisons, and where a class is looked
 * at alone, there is one class, with number 1. Where pixels may be of several classes, what lies
 * together on a pixel is taken as one class. A class that is hidden keeps its number; where it lies
 * nothing is wrong.
 */
#pragma once

#include "metric/kinds.h"
#include "metric/score.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MS_NO_CLASS UINT32_MAX

typedef struct MsPlaneClasses MsPlaneClasses;

/* Immutable once made. */
typedef struct {
  int width;
  int height;
  MsRaster kinds;  /* 8 bits: an MsKind a pixel, as ms_kinds_paint() paints it */
  MsRaster actual; /* a class number a pixel: 8, 16 or 32 bits, both alike */
  MsRaster predicted;
  uint32_t n_numbers; /* numbers are below it; at least 1 */
  MsPlaneClasses *classes;
} MsPlanes;

/* Several threads may be used. Errors: those of ms_kinds_paint(), NO_MEMORY, CANCELLED; the planes
 * are zeroed then. */
MsStatus ms_planes_init(MsPlanes *planes, const MsKindsSource *source, const MsControl *control);
void ms_planes_clear(MsPlanes *planes); /* zeroed ones are fine */

/* The id of a class number; of several classes that lie together the one that is painted. Of number
 * 0: MS_NO_CLASS. */
uint32_t ms_planes_id(const MsPlanes *planes, uint32_t number);
/* Of an id; 0 where it does not occur as a class of its own. */
uint32_t ms_planes_number(const MsPlanes *planes, uint32_t id);

/* What becomes of the headline counts (of those of the class that is looked at alone) when wrong
 * pixels take what is actual: so many false positives fewer, and so many false negatives that are
 * true positives. Of one class, false positives become true negatives. */
typedef struct {
  uint64_t pixels;
  uint64_t fp;
  uint64_t fn;
} MsMend;

/* Adds n wrong pixels of one kind, with these class numbers. */
void ms_planes_mend(const MsPlanes *planes, MsKind kind, uint32_t actual, uint32_t predicted,
                    uint64_t n, MsMend *mend);
void ms_mend_add(MsMend *sum, const MsMend *more);
/* The counts that follow: tp + mend.fn, fp - mend.fp, fn - mend.fn, tn + mend.fp where has_tn. A
 * mend that is not of these counts takes away no more than there is. */
MsCounts ms_mend_apply(const MsCounts *counts, const MsMend *mend, bool has_tn);

#ifdef __cplusplus
}
#endif
