/* SPDX-License-Identifier: MIT
 *
 * A raster of unsigned samples, one a pixel: class ids, or the values of a probability map. Row 0
 * is the top one; image coordinates are whole pixels from the top left corner. A raster either owns
 * its memory or borrows it; once handed to another thread it is not written any more.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "metric/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Largest width or height that any part of the program accepts. */
#define MS_RASTER_MAX_SIDE 1000000

typedef struct {
  int width;
  int height;
  int bits;           /* bits a sample: 8, 16 or 32, native byte order */
  ptrdiff_t stride;   /* bytes from a row to the next; may exceed the row or be negative */
  const void *pixels; /* the first sample of row 0 */
  void *owned;        /* what ms_raster_clear() frees; NULL when borrowed */
} MsRaster;

/* Allocates a zeroed raster that owns its memory, rows aligned to 64 bytes.
 * Errors: INVALID (sides < 1 or bits not 8, 16, 32), TOO_LARGE, NO_MEMORY. */
MsStatus ms_raster_init(MsRaster *raster, int width, int height, int bits);

/* Describes memory that stays the caller's and must outlive the raster. */
MsStatus ms_raster_wrap(MsRaster *raster, int width, int height, int bits, ptrdiff_t stride,
                        const void *pixels);

/* Frees owned memory and zeroes the struct. Safe on a zeroed raster. */
void ms_raster_clear(MsRaster *raster);

/* Row y (0 <= y < height), to read. */
const void *ms_raster_row(const MsRaster *raster, int y);

/* Row y of a raster that owns its memory, to write before it is published. */
void *ms_raster_row_writable(MsRaster *raster, int y);

/* The sample at image coordinates (x, y), which must lie inside. */
uint32_t ms_raster_get(const MsRaster *raster, int x, int y);

#ifdef __cplusplus
}
#endif
