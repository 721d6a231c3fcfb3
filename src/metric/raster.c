/* SPDX-License-Identifier: MIT
 *
 * Memory of rasters. A raster that exists has sane sides, a whole number of bytes a sample, samples
 * aligned to their size and rows that do not overlap, so nothing downstream checks again.
 */
#include "metric/raster.h"

#include <stdlib.h>
#include <string.h>

#include "metric/size.h"

#define ROW_ALIGNMENT 64

static MsStatus
check_shape(int width, int height, int bits)
{
  if (width < 1 || height < 1 || (bits != 8 && bits != 16 && bits != 32))
    return MS_STATUS_INVALID;
  if (width > MS_RASTER_MAX_SIDE || height > MS_RASTER_MAX_SIDE)
    return MS_STATUS_TOO_LARGE;
  return MS_STATUS_OK;
}

MsStatus
ms_raster_init(MsRaster *raster, int width, int height, int bits)
{
  MsStatus status = check_shape(width, height, bits);
  size_t stride, size;
  uint8_t *owned;

  if (status != MS_STATUS_OK)
    return status;

  stride = ((size_t)width * (size_t)(bits / 8) + ROW_ALIGNMENT - 1) & ~(size_t)(ROW_ALIGNMENT - 1);
  if (!ms_size_mul(stride, (size_t)height, &size) || !ms_size_add(size, ROW_ALIGNMENT - 1, &size) ||
      size > PTRDIFF_MAX)
    return MS_STATUS_TOO_LARGE;

  /* calloc, not aligned_alloc and memset: large blocks come zeroed and untouched from the system.
   */
  owned = calloc(1, size);
  if (!owned)
    return MS_STATUS_NO_MEMORY;

  *raster = (MsRaster){
      .width = width,
      .height = height,
      .bits = bits,
      .stride = (ptrdiff_t)stride,
      .pixels = owned + (-(uintptr_t)owned & (ROW_ALIGNMENT - 1)),
      .owned = owned,
  };
  return MS_STATUS_OK;
}

MsStatus
ms_raster_wrap(MsRaster *raster, int width, int height, int bits, ptrdiff_t stride,
               const void *pixels)
{
  MsStatus status = check_shape(width, height, bits);
  ptrdiff_t sample = bits / 8;
  ptrdiff_t extent;

  if (status != MS_STATUS_OK)
    return status;
  if (!pixels || stride % sample != 0 || (uintptr_t)pixels % (uintptr_t)sample != 0)
    return MS_STATUS_INVALID;
  if (stride < width * sample && stride > -(width * sample))
    return MS_STATUS_INVALID;
  if (__builtin_mul_overflow(stride, (ptrdiff_t)height, &extent))
    return MS_STATUS_TOO_LARGE;

  *raster = (MsRaster){
      .width = width, .height = height, .bits = bits, .stride = stride, .pixels = pixels};
  return MS_STATUS_OK;
}

void
ms_raster_clear(MsRaster *raster)
{
  free(raster->owned);
  memset(raster, 0, sizeof *raster);
}

const void *
ms_raster_row(const MsRaster *raster, int y)
{
  return (const uint8_t *)raster->pixels + y * raster->stride;
}

void *
ms_raster_row_writable(MsRaster *raster, int y)
{
  return (uint8_t *)raster->pixels + y * raster->stride;
}

uint32_t
ms_raster_get(const MsRaster *raster, int x, int y)
{
  const void *row = ms_raster_row(raster, y);

  switch (raster->bits) {
  case 8:
    return ((const uint8_t *)row)[x];
  case 16:
    return ((const uint16_t *)row)[x];
  default:
    return ((const uint32_t *)row)[x];
  }
}
