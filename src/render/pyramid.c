/* SPDX-License-Identifier: MIT
 *
 * Builds the levels. Pixel i of level L covers pixels i * 2^L to (i + 1) * 2^L - 1 of the original,
 * as far as they exist. Each row of a level is made from two rows of the one above by a plain loop
 * that compilers turn into vector code. n_levels counts finished levels only, so a pyramid whose
 * reduction was stopped is still whole, and reducing it again goes on from there.
 */
#include "render/pyramid.h"

#include <math.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "metric/raster.h"
#include "metric/size.h"
#include "render/majority.h"

#define SMALLEST_SIDE  64
#define ROW_ALIGNMENT  64
#define ROWS_PER_CHECK 64
#define HUGE_PAGE      ((size_t)2 << 20)
#define HUGE_LEVEL     ((size_t)4 << 20)

/* Many megabytes at once: in pages of 4 KiB the kernel would take as long to hand them out as it
 * takes to fill them. */
static uint8_t *
allocate_pixels(size_t bytes)
{
  size_t whole = bytes - bytes % HUGE_PAGE;
  uint8_t *pixels = aligned_alloc(whole >= HUGE_LEVEL ? HUGE_PAGE : ROW_ALIGNMENT, bytes);

#ifdef MADV_HUGEPAGE
  if (pixels && whole >= HUGE_LEVEL)
    madvise(pixels, whole, MADV_HUGEPAGE);
#endif
  return pixels;
}

static bool
level_allocate(MsLevel *level, int width, int height, int pixel_bytes)
{
  size_t row, bytes;

  if (!ms_size_mul((size_t)width, (size_t)pixel_bytes, &row) ||
      !ms_size_add(row, ROW_ALIGNMENT - 1, &row))
    return false;
  row -= row % ROW_ALIGNMENT;
  if (!ms_size_mul(row, (size_t)height, &bytes))
    return false;
  level->pixels = allocate_pixels(bytes);
  if (!level->pixels)
    return false;
  level->width = width;
  level->height = height;
  level->stride = (ptrdiff_t)row;
  return true;
}

MsPyramid *
ms_pyramid_new(int width, int height, MsPyramidContent content)
{
  int pixel_bytes = content == MS_PYRAMID_KINDS || content == MS_PYRAMID_GREY ? 1 : 4;
  MsPyramid *pyramid;

  if (width < 1 || height < 1 || width > MS_RASTER_MAX_SIDE || height > MS_RASTER_MAX_SIDE)
    return NULL;
  pyramid = calloc(1, sizeof *pyramid);
  if (!pyramid)
    return NULL;
  if (!level_allocate(&pyramid->levels[0], width, height, pixel_bytes)) {
    free(pyramid);
    return NULL;
  }
  pyramid->content = content;
  pyramid->n_levels = 1;
  pyramid->pixel_bytes = pixel_bytes;
  return pyramid;
}

void
ms_pyramid_free(MsPyramid *pyramid)
{
  if (!pyramid)
    return;
  for (int i = 0; i < pyramid->n_levels; i++)
    free(pyramid->levels[i].pixels);
  free(pyramid);
}

size_t
ms_pyramid_bytes(const MsPyramid *pyramid)
{
  size_t bytes = sizeof *pyramid;

  for (int i = 0; i < pyramid->n_levels; i++)
    bytes += (size_t)pyramid->levels[i].stride * (size_t)pyramid->levels[i].height;
  return bytes;
}

/* Two channels a word, eight spare bits above each: sums of four cannot meet. */
static inline uint32_t
average_of_four(uint32_t a, uint32_t b, uint32_t c, uint32_t d)
{
  const uint32_t lanes = 0x00ff00ff;
  uint32_t even = (a & lanes) + (b & lanes) + (c & lanes) + (d & lanes) + 0x00020002;
  uint32_t odd = ((a >> 8) & lanes) + ((b >> 8) & lanes) + ((c >> 8) & lanes) + ((d >> 8) & lanes) +
                 0x00020002;

  return ((even >> 2) & lanes) | (((odd >> 2) & lanes) << 8);
}

/* `below` equals `above` where the last row stands alone: the average of each pixel twice. */
static void
reduce_image_row(const uint32_t *restrict above, const uint32_t *restrict below, int width,
                 uint32_t *restrict out)
{
  int pairs = width / 2;

  for (int x = 0; x < pairs; x++)
    out[x] = average_of_four(above[2 * x], above[2 * x + 1], below[2 * x], below[2 * x + 1]);
  if (width % 2)
    out[pairs] =
        average_of_four(above[width - 1], above[width - 1], below[width - 1], below[width - 1]);
}

static void
reduce_grey_row(const uint8_t *restrict above, const uint8_t *restrict below, int width,
                uint8_t *restrict out)
{
  int pairs = width / 2;

  for (int x = 0; x < pairs; x++)
    out[x] =
        (uint8_t)((above[2 * x] + above[2 * x + 1] + below[2 * x] + below[2 * x + 1] + 2) / 4u);
  if (width % 2)
    out[pairs] = (uint8_t)((2 * above[width - 1] + 2 * below[width - 1] + 2) / 4u);
}

static void
reduce_kinds_row(const uint8_t *restrict above, const uint8_t *restrict below, int width,
                 uint8_t *restrict out)
{
  int pairs = width / 2;

  for (int x = 0; x < pairs; x++)
    out[x] = above[2 * x] | above[2 * x + 1] | below[2 * x] | below[2 * x + 1];
  if (width % 2)
    out[pairs] = above[width - 1] | below[width - 1];
}

static void
reduce_colors_row(const uint32_t *restrict above, const uint32_t *restrict below, int width,
                  uint32_t *restrict out)
{
  int pairs = width / 2;

  for (int x = 0; x < pairs; x++)
    out[x] = ms_majority_of_four(above[2 * x], above[2 * x + 1], below[2 * x], below[2 * x + 1]);
  if (width % 2)
    out[pairs] =
        ms_majority_of_four(above[width - 1], above[width - 1], below[width - 1], below[width - 1]);
}

static void
reduce_row(const MsLevel *from, MsPyramidContent content, int y, MsLevel *to)
{
  const uint8_t *above = from->pixels + 2 * y * from->stride;
  const uint8_t *below = 2 * y + 1 < from->height ? above + from->stride : above;
  uint8_t *out = to->pixels + y * to->stride;

  if (content == MS_PYRAMID_IMAGE)
    reduce_image_row((const uint32_t *)above, (const uint32_t *)below, from->width,
                     (uint32_t *)out);
  else if (content == MS_PYRAMID_GREY)
    reduce_grey_row(above, below, from->width, out);
  else if (content == MS_PYRAMID_COLORS)
    reduce_colors_row((const uint32_t *)above, (const uint32_t *)below, from->width,
                      (uint32_t *)out);
  else
    reduce_kinds_row(above, below, from->width, out);
}

/* The fraction is told in pixels made: of all levels together about a third of the original. */
static bool
reduce_level(const MsPyramid *pyramid, const MsLevel *from, MsLevel *to, const MsControl *control)
{
  double whole = (double)pyramid->levels[0].width * pyramid->levels[0].height;
  double before = 1.0 - (double)from->width * from->height / whole;

  for (int y = 0; y < to->height; y++) {
    double here = (double)y * to->width * 3.0 / whole;

    if (y % ROWS_PER_CHECK == 0 && !ms_control_go_on(control, fmin(before + here, 1.0)))
      return false;
    reduce_row(from, pyramid->content, y, to);
  }
  return true;
}

MsStatus
ms_pyramid_reduce(MsPyramid *pyramid, const MsControl *control)
{
  while (pyramid->n_levels < MS_PYRAMID_MAX_LEVELS) {
    const MsLevel *from = &pyramid->levels[pyramid->n_levels - 1];
    MsLevel to;

    if (from->width <= SMALLEST_SIDE && from->height <= SMALLEST_SIDE)
      break;
    if (!level_allocate(&to, (from->width + 1) / 2, (from->height + 1) / 2, pyramid->pixel_bytes))
      return MS_STATUS_NO_MEMORY;
    if (!reduce_level(pyramid, from, &to, control)) {
      free(to.pixels);
      return MS_STATUS_CANCELLED;
    }
    pyramid->levels[pyramid->n_levels++] = to;
  }
  return MS_STATUS_OK;
}
