/* SPDX-License-Identifier: MIT
 *
 * How well a plane of bytes lies on another one when it is moved by whole pixels: many moves are
 * tried and few are worth counting by class, so this counts what ranks them and nothing else.
 * Shaped for: a strip of some ten thousand pixels, hundreds of moves.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "metric/raster.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Of actual bytes: this pixel counts nowhere. */
#define MS_OFFSET_IGNORED 255u

/* Bytes of a class: neither that of background nor, actual, the ignored one. */
typedef struct {
  uint64_t right;     /* on both sides the same one */
  uint64_t actual;    /* actual ones */
  uint64_t predicted; /* predicted ones, where the pixel counts */
} MsOverlap;

/* A part of a plane: columns and rows first <= at < last. */
typedef struct {
  int first_x, last_x;
  int first_y, last_y;
} MsWindow;

/* Adds what lies in the window of `actual`, with `predicted` moved by (dx, dy): its byte at (x, y)
 * is compared with the actual one at (x + dx, y + dy). Rasters have 8 bits; the window lies in
 * `actual`, and moved back in `predicted`, else INVALID and nothing is added. */
MsStatus ms_overlap_add(MsOverlap *overlap, const MsRaster *actual, const MsRaster *predicted,
                        MsWindow window, int dx, int dy, uint8_t background);

/* right / (actual + predicted - right): the IoU over all classes. false: there is none. */
bool ms_overlap_iou(const MsOverlap *overlap, double *iou);

#ifdef __cplusplus
}
#endif
