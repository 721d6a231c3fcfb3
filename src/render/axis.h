/* SPDX-License-Identifier: MIT
 *
 * Which cells of a pyramid level each device column (or row) of a view shows: the one mapping that
 * image and overlay share, so that they cannot come apart. Device pixel d covers
 * [(d - origin) / scale, (d + 1 - origin) / scale) of the original. Cells at least a device pixel
 * wide: the cell under the pixel's centre. Smaller ones: all cells it overlaps, with their shares.
 */
#pragma once

#include <stdint.h>

#include "render/pyramid.h"

#define MS_AXIS_WEIGHT_ONE 256

typedef struct {
  int length;       /* device pixels */
  int taps;         /* cells a device pixel, at least 1 */
  int *cells;       /* length * taps, ascending; the last cell repeats where fewer overlap */
  uint16_t *weight; /* length * taps; sums to MS_AXIS_WEIGHT_ONE a pixel, 0 for repeats */
} MsAxis;

/* Device pixels first <= d < first + length; `scale` device pixels a pixel of the original, whose
 * side is `side`; `n_cells` the side of level `level`. */
void ms_axis_init(MsAxis *axis, double origin, int first, int length, double scale, int side,
                  int level, int n_cells);
void ms_axis_clear(MsAxis *axis);

/* The coarsest level whose cells are no larger than a device pixel. Where the two directions are
 * scaled very differently the finer one gives way before the other needs long sums. */
int ms_axis_choose_level(const MsPyramid *pyramid, double scale_x, double scale_y);
