/* SPDX-License-Identifier: MIT
 *
 * Reduced copies of an image and of its kinds, each half the size of the one before (odd sides
 * round up), so that a zoomed-out view costs what its screen pixels cost. The image is averaged;
 * kinds are united (every kind in a cell stays in it), so that no wrong pixel can vanish.
 * Immutable after construction; built off the main thread.
 */
#pragma once

#include <cairo.h>
#include <stddef.h>
#include <stdint.h>

#include "metric/status.h"

#define MS_PYRAMID_MAX_LEVELS 24

typedef struct {
  int width;
  int height;
  ptrdiff_t stride; /* bytes */
  uint8_t *pixels;  /* image: RGB24 (4 bytes a pixel); kinds: one byte of MsKind flags a pixel */
} MsLevel;

typedef struct {
  int n_levels;
  int pixel_bytes;                       /* 4: image, 1: kinds */
  MsLevel levels[MS_PYRAMID_MAX_LEVELS]; /* level 0 is the original size */
} MsPyramid;

/* Level 0 allocated and to be filled by the caller through levels[0], then ms_pyramid_reduce().
 * pixel_bytes is 4 or 1. NULL without memory or with sides outside 1 .. MS_RASTER_MAX_SIDE. */
MsPyramid *ms_pyramid_new(int width, int height, int pixel_bytes);

/* Makes the smaller levels, down to the first that fits 64 x 64. Errors: NO_MEMORY, CANCELLED. */
MsStatus ms_pyramid_reduce(MsPyramid *pyramid, const MsControl *control);
void ms_pyramid_free(MsPyramid *pyramid); /* NULL is fine */

/* Bytes held, all levels. */
size_t ms_pyramid_bytes(const MsPyramid *pyramid);
