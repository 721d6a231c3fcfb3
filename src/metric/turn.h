/* SPDX-License-Identifier: MIT
 *
 * Rasters laid the other way: the eight ways in which a rectangle of pixels can lie, and moves by
 * whole pixels. Samples are copied, never changed.
 */
#pragma once

#include <stdbool.h>

#include "metric/raster.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What is done to a raster. Turns are clockwise. */
typedef enum {
  MS_TURN_NONE,
  MS_TURN_FLIP_X, /* left and right change places */
  MS_TURN_FLIP_Y, /* top and bottom do */
  MS_TURN_180,
  MS_TURN_TRANSPOSE, /* x and y do */
  MS_TURN_90,
  MS_TURN_270,
  MS_TURN_ANTI_TRANSPOSE, /* x and y do, from the other corner */
  MS_N_TURNS
} MsTurn;

/* Whether what it makes is as wide as the raster was high. */
bool ms_turn_swaps_sides(MsTurn turn);

/* The turn that undoes it. */
MsTurn ms_turn_inverse(MsTurn turn);

/* The one that does what `first` and then `second` do. */
MsTurn ms_turn_then(MsTurn first, MsTurn second);

/* A move (dx, dy) before the turn is that move after it. */
void ms_turn_move(MsTurn turn, int *dx, int *dy);

/* Makes `to`, another raster, which then owns its memory. Errors: INVALID (no such turn),
 * TOO_LARGE, NO_MEMORY. */
MsStatus ms_raster_turn(const MsRaster *from, MsTurn turn, MsRaster *to);

/* The same size; the sample at (x, y) comes to (x + dx, y + dy), what leaves is lost, what is left
 * empty holds `fill`, which must fit (else INVALID). Errors as above. */
MsStatus ms_raster_shift(const MsRaster *from, int dx, int dy, uint32_t fill, MsRaster *to);

#ifdef __cplusplus
}
#endif
