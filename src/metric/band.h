/* SPDX-License-Identifier: MIT
 *
 * The inner band of objects: which pixels of a raster of numbers lie within d of the border of
 * their object, by chessboard distance, where an object is an 8-connected component of one number.
 * No object need be known for it: the others are those whose surrounding square of 2 d + 1 pixels
 * a side lies in the image and holds one number alone. Rows are gone through once, in time that
 * follows the pixels whatever d is, and in memory that follows the width.
 */
#pragma once

#include "metric/raster.h"

#pragma GCC visibility push(hidden)

/* Fields are for ms_band_holds(). */
typedef struct {
  MsRaster numbers; /* borrowed */
  int width;        /* d */
  int y;
  int n_fed;  /* rows that have been looked at: those above it, y, and d below */
  int *since; /* of each column, the first of the rows up to the last one fed in all of which d
               * pixels either side have the same one number */
  int limit;  /* since when that must be for the pixel of row y to be further inside */
} MsBand;

/* Starts above row 0. The raster must outlive the band; what number 0 means is the caller's.
 * Errors: NO_MEMORY. */
MsStatus ms_band_init(MsBand *band, const MsRaster *numbers, int width);
void ms_band_clear(MsBand *band); /* a zeroed one is fine */

/* To the next row, at most to the last one. */
void ms_band_next(MsBand *band);

/* Of pixel x of the row that it is at. */
static inline bool
ms_band_holds(const MsBand *band, int x)
{
  return band->since[x] > band->limit;
}

#pragma GCC visibility pop
