/* SPDX-License-Identifier: MIT
 *
 * Outlines of the actual and the predicted mask: lines along the edges between pixels of different
 * classes, one device pixel wide (two on a dense screen) at every zoom. Below 100 % a device pixel
 * has a line where any edge lies in it, so that none vanishes. Actual is solid, predicted dashed
 * and of another colour; a dark casing on both sides sets them off from any image.
 */
#pragma once

#include "render/palette.h"
#include "render/sampler.h"

#define MS_EDGE_ACTUAL    ((MsColor){0xff, 0xff, 0xff})
#define MS_EDGE_PREDICTED ((MsColor){0xff, 0xd8, 0x2e})
#define MS_EDGE_CASING    ((MsColor){0x16, 0x16, 0x16})
#define MS_EDGE_DASH      5 /* line widths that are on, */
#define MS_EDGE_GAP       3 /* and off */

/* Flags of a pixel in a pyramid of MS_PYRAMID_KINDS: of the actual mask, and three bits higher of
 * the predicted one. */
enum {
  MS_EDGE_LEFT = 1 << 0,   /* between it and the pixel on its left */
  MS_EDGE_TOP = 1 << 1,    /* and the one above */
  MS_EDGE_CORNER = 1 << 2, /* some edge ends in its top left corner */
};
#define MS_EDGE_PREDICTED_SHIFT 3

/* Adds the flags of a row of n numbers, equal ones of one class; above: the row over it, NULL at
 * the top. */
void ms_edges_mark(const uint32_t *above, const uint32_t *row, int n, int shift, uint8_t *flags);

/* ---- painting ---- */

/* Where lines run in a part of a view. */
typedef struct {
  MsSampler sampler;           /* of the part and a margin around it */
  cairo_rectangle_int_t inner; /* the part, in device pixels of the sampler */
  int width;                   /* of a line, device pixels */
  int phase;                   /* of the dashes at the sampler's first pixel */
  uint8_t *is_first;           /* by columns of the sampler: among the first of its cell */
} MsEdgePainter;

/* The pyramid must outlive it. */
void ms_edge_painter_init(MsEdgePainter *painter, const MsView *view,
                          const cairo_rectangle_int_t *device, const MsPyramid *edges);
void ms_edge_painter_clear(MsEdgePainter *painter);

/* Lines over rows first_row <= y < first_row + n_rows of the part, which begin at `pixels` (RGB24,
 * stride in bytes). On any thread, several at once. */
void ms_edge_painter_paint(const MsEdgePainter *painter, int first_row, int n_rows, uint8_t *pixels,
                           ptrdiff_t stride);
