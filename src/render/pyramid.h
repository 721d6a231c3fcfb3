/* SPDX-License-Identifier: MIT
 *
 * Reduced copies of an image and of what lies over it, each half the size of the one before (odd
 * sides round up), so that a zoomed-out view costs what its screen pixels cost. The image is
 * averaged; kinds are united (every kind in a cell stays in it), so that no wrong pixel can vanish;
 * of class colours a cell takes the most frequent of its four, painted ones before bare ground
 * (render/majority.h). Immutable after construction; built off the main thread.
 */
#pragma once

#include <cairo.h>
#include <stddef.h>
#include <stdint.h>

#include "metric/status.h"

#define MS_PYRAMID_MAX_LEVELS 24

typedef enum {
  MS_PYRAMID_IMAGE,  /* RGB24 with the fourth byte 255, 4 bytes a pixel */
  MS_PYRAMID_GREY,   /* an image without colours, a byte a pixel */
  MS_PYRAMID_KINDS,  /* MsKind flags, a byte a pixel */
  MS_PYRAMID_COLORS, /* of classes: ARGB32, 4 bytes a pixel; opaque, or 0 for bare ground */
} MsPyramidContent;

typedef struct {
  int width;
  int height;
  ptrdiff_t stride; /* bytes */
  uint8_t *pixels;
} MsLevel;

typedef struct {
  MsPyramidContent content;
  int n_levels;
  int pixel_bytes;                       /* 4 or 1 */
  MsLevel levels[MS_PYRAMID_MAX_LEVELS]; /* level 0 is the original size */
} MsPyramid;

/* Level 0 allocated and to be filled by the caller through levels[0], then ms_pyramid_reduce().
 * NULL without memory or with sides outside 1 .. MS_RASTER_MAX_SIDE. */
MsPyramid *ms_pyramid_new(int width, int height, MsPyramidContent content);

/* Makes the smaller levels, down to the first that fits 64 x 64. Errors: NO_MEMORY, CANCELLED. */
MsStatus ms_pyramid_reduce(MsPyramid *pyramid, const MsControl *control);

/* Fills rows first_row <= y < first_row + n_rows of level 0; on any thread, several at once. */
typedef MsStatus (*MsPyramidFill)(void *user, const MsLevel *level, int first_row, int n_rows);

/* Has level 0 filled in bands and makes the smaller levels of each while it is in the processor's
 * cache, on several threads; the control is asked from any of them. Errors: those of `fill`,
 * NO_MEMORY, CANCELLED; then the pyramid is good for nothing but being freed. */
MsStatus ms_pyramid_fill(MsPyramid *pyramid, MsPyramidFill fill, void *user,
                         const MsControl *control);

void ms_pyramid_free(MsPyramid *pyramid); /* NULL is fine */

/* Bytes held, all levels. */
size_t ms_pyramid_bytes(const MsPyramid *pyramid);
