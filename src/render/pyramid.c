/* SPDX-License-Identifier: MIT
 *
 * Builds the levels. Pixel i of level L covers pixels i * 2^L to (i + 1) * 2^L - 1 of the original,
 * as far as they exist. Each row of a level is made from two rows of the one above by a plain loop
 * that compilers turn into vector code. n_levels counts finished levels only, so a pyramid whose
 * reduction was stopped is still whole, and reducing it again goes on from there.
 */
#include "render/pyramid.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "metric/raster.h"
#include "metric/size.h"
#include "render/bands.h"
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
  void *pixels;

  if (posix_memalign(&pixels, whole >= HUGE_LEVEL ? HUGE_PAGE : ROW_ALIGNMENT, bytes) != 0)
    return NULL;
#ifdef MADV_HUGEPAGE
  if (whole >= HUGE_LEVEL)
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
reduce_row(const MsLevel *from, MsPyramidContent content, int y, const MsLevel *to)
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

static bool
is_smallest(const MsLevel *level)
{
  return level->width <= SMALLEST_SIDE && level->height <= SMALLEST_SIDE;
}

static bool
allocate_next(const MsPyramid *pyramid, const MsLevel *from, MsLevel *to)
{
  return level_allocate(to, (from->width + 1) / 2, (from->height + 1) / 2, pyramid->pixel_bytes);
}

MsStatus
ms_pyramid_reduce(MsPyramid *pyramid, const MsControl *control)
{
  while (pyramid->n_levels < MS_PYRAMID_MAX_LEVELS) {
    const MsLevel *from = &pyramid->levels[pyramid->n_levels - 1];
    MsLevel to;

    if (is_smallest(from))
      break;
    if (!allocate_next(pyramid, from, &to))
      return MS_STATUS_NO_MEMORY;
    if (!reduce_level(pyramid, from, &to, control)) {
      free(to.pixels);
      return MS_STATUS_CANCELLED;
    }
    pyramid->levels[pyramid->n_levels++] = to;
  }
  return MS_STATUS_OK;
}

/* ---- in bands ---- */

/* Rows of level 0 in a band: as many levels below are whole in it. */
#define BAND_LEVELS 7
#define BAND_ROWS   (1 << BAND_LEVELS)

typedef struct {
  MsPyramid *pyramid;
  MsPyramidFill fill;
  void *user;
  const MsControl *control;
  atomic_int status; /* MsStatus: of the first band that failed */
  atomic_int n_rows; /* of level 0, done */
} Filling;

static void
reduce_band(const MsPyramid *pyramid, int first_row, int n_rows)
{
  for (int i = 1; i < pyramid->n_levels && i <= BAND_LEVELS; i++) {
    const MsLevel *to = &pyramid->levels[i];
    int end = (first_row + n_rows + (1 << i) - 1) >> i;

    for (int y = first_row >> i; y < end; y++)
      reduce_row(&pyramid->levels[i - 1], pyramid->content, y, to);
  }
}

static void
fill_band(void *user, int first_row, int n_rows)
{
  Filling *filling = user;
  const MsLevel *level = &filling->pyramid->levels[0];
  double fraction = (double)atomic_load(&filling->n_rows) / level->height;
  MsStatus status = MS_STATUS_CANCELLED;

  if (atomic_load(&filling->status) != MS_STATUS_OK)
    return;
  if (ms_control_go_on(filling->control, fraction))
    status = filling->fill(filling->user, level, first_row, n_rows);
  if (status != MS_STATUS_OK) {
    atomic_store(&filling->status, (int)status);
    return;
  }
  reduce_band(filling->pyramid, first_row, n_rows);
  atomic_fetch_add(&filling->n_rows, n_rows);
}

static bool
allocate_levels(MsPyramid *pyramid)
{
  while (pyramid->n_levels < MS_PYRAMID_MAX_LEVELS) {
    const MsLevel *from = &pyramid->levels[pyramid->n_levels - 1];

    if (is_smallest(from))
      break;
    if (!allocate_next(pyramid, from, &pyramid->levels[pyramid->n_levels]))
      return false;
    pyramid->n_levels++;
  }
  return true;
}

MsStatus
ms_pyramid_fill(MsPyramid *pyramid, MsPyramidFill fill, void *user, const MsControl *control)
{
  Filling filling = {.pyramid = pyramid, .fill = fill, .user = user, .control = control};

  if (!allocate_levels(pyramid))
    return MS_STATUS_NO_MEMORY;
  atomic_init(&filling.status, MS_STATUS_OK);
  atomic_init(&filling.n_rows, 0);
  ms_bands_run(pyramid->levels[0].height, BAND_ROWS, fill_band, &filling);
  for (int i = BAND_LEVELS + 1; i < pyramid->n_levels; i++)
    for (int y = 0; y < pyramid->levels[i].height; y++)
      reduce_row(&pyramid->levels[i - 1], pyramid->content, y, &pyramid->levels[i]);
  return (MsStatus)atomic_load(&filling.status);
}
