/* SPDX-License-Identifier: MIT
 *
 * Error regions: wrong pixels of one kind (FP, FN, confused) that touch, also at corners. Rows are
 * taken as runs, so that time and memory follow the runs, not the pixels, once these have been
 * looked at.
 */
#pragma once

#include "metric/planes.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
  MsKind kind;
  uint32_t actual; /* ids of the most frequent pair of classes in it (of like ones that with the */
  uint32_t predicted; /* lowest numbers); MS_NO_CLASS: nothing */
  uint64_t n_of_pair; /* pixels of that pair; fewer than mend.pixels: there are others in it */
  MsMend mend;        /* its pixels, and what mending it is worth */
  int x, y;           /* bounds, image pixels */
  int width, height;
  int inside_x; /* the middle of its longest run (the first of like ones): a pixel of it */
  int inside_y;
} MsRegion;

typedef struct MsRegions MsRegions;

/* Errors: NO_MEMORY, TOO_LARGE (2^31 runs), CANCELLED. */
MsStatus ms_regions_new(const MsPlanes *planes, const MsControl *control, MsRegions **regions);
void ms_regions_free(MsRegions *regions); /* NULL is fine */
size_t ms_regions_bytes(const MsRegions *regions);

/* Largest first; of like ones, by their first pixel in row order. Lent. */
const MsRegion *ms_regions_get(const MsRegions *regions, size_t *n_regions);

/* The region at a pixel inside the image; -1: that pixel is not wrong. */
ptrdiff_t ms_regions_find(const MsRegions *regions, int x, int y);

/* Pixels x to x + length - 1 of row y. */
typedef struct {
  int x, y;
  int length;
} MsRun;

/* Its runs in row order, for drawing; runs of a row do not touch. Lent. */
const MsRun *ms_regions_runs(const MsRegions *regions, size_t region, size_t *n_runs);

#ifdef __cplusplus
}
#endif
