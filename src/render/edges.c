/* SPDX-License-Identifier: MIT
 *
 * First which device pixels of a band are on a line, with as many rows and columns around it as the
 * casing reaches; then the colours. Everything is counted from the image's corner, so that a part
 * painted for itself fits what is beside it.
 */
#include "render/edges.h"

#include <glib.h>
#include <math.h>
#include <string.h>

#include "render/overlay-sampler.h"

#define ACTUAL    1u
#define PREDICTED 2u
#define ALL_LEFT  (MS_EDGE_LEFT | MS_EDGE_LEFT << MS_EDGE_PREDICTED_SHIFT)
#define ALL_TOP   (MS_EDGE_TOP | MS_EDGE_TOP << MS_EDGE_PREDICTED_SHIFT)
#define ALL_FLAGS 63u
#define SIDE      7u

void
ms_edges_mark(const uint32_t *above, const uint32_t *row, int n, int shift, uint8_t *flags)
{
  const uint32_t *up = above ? above : row;

  flags[0] |= (uint8_t)((up[0] != row[0] ? MS_EDGE_TOP | MS_EDGE_CORNER : 0) << shift);
  for (int x = 1; x < n; x++) {
    unsigned left = row[x] != row[x - 1], top = row[x] != up[x];
    unsigned corner = left | top | (row[x - 1] != up[x - 1]) | (up[x] != up[x - 1]);

    flags[x] |= (uint8_t)((left | top << 1 | corner << 2) << shift);
  }
}

/* ---- where ---- */

/* The part with a margin, as far as there is image. */
static cairo_rectangle_int_t
enlarge(const MsView *view, const cairo_rectangle_int_t *part, int margin)
{
  double left, top;
  int right, bottom;
  cairo_rectangle_int_t outer;

  ms_view_device_origin(view, &left, &top);
  right = (int)fmin(part->x + part->width + margin,
                    fmax(part->x + part->width, floor(left + view->image_width * view->zoom)));
  bottom = (int)fmin(part->y + part->height + margin,
                     fmax(part->y + part->height, floor(top + view->image_height * view->zoom)));
  outer.x = (int)fmax(part->x - margin, fmin(part->x, left));
  outer.y = (int)fmax(part->y - margin, fmin(part->y, top));
  outer.width = right - outer.x;
  outer.height = bottom - outer.y;
  return outer;
}

/* Whether each device row or column is among the first `width` of its cell. Of the first cell that
 * is not known: the margin is for that. */
static uint8_t *
find_first(const MsAxis *axis, int width)
{
  uint8_t *is_first = g_new(uint8_t, (gsize)axis->length);
  int since = width;

  for (int i = 0; i < axis->length; i++) {
    since = i > 0 && axis->cells[i] != axis->cells[i - 1] ? 0 : since + 1;
    is_first[i] = since < width;
  }
  return is_first;
}

void
ms_edge_painter_init(MsEdgePainter *painter, const MsView *view,
                     const cairo_rectangle_int_t *device, const MsPyramid *edges)
{
  cairo_rectangle_int_t outer;
  double left, top;
  int period;

  painter->width = view->device_scale >= 1.5 ? 2 : 1;
  outer = enlarge(view, device, 2 * painter->width);
  ms_sampler_init(&painter->sampler, view, &outer, edges);
  painter->inner = (cairo_rectangle_int_t){device->x - outer.x, device->y - outer.y, device->width,
                                           device->height};
  painter->is_first = painter->sampler.columns.taps == 1
                          ? find_first(&painter->sampler.columns, painter->width)
                          : NULL;
  ms_view_device_origin(view, &left, &top);
  period = (MS_EDGE_DASH + MS_EDGE_GAP) * painter->width;
  painter->phase = (int)fmod(fmod(outer.x - left + outer.y - top, period) + period, period);
}

void
ms_edge_painter_clear(MsEdgePainter *painter)
{
  ms_sampler_clear(&painter->sampler);
  g_clear_pointer(&painter->is_first, g_free);
}

/* ---- lines ---- */

/* Whether pixels are repeated, each edge at the beginning of its cell; else cells lie in pixels. */
static bool
is_enlarged(const MsEdgePainter *self)
{
  return self->is_first && self->sampler.rows.taps == 1;
}

static inline uint8_t
sides_of(unsigned flags)
{
  return (uint8_t)((flags & SIDE ? ACTUAL : 0) |
                   (flags & SIDE << MS_EDGE_PREDICTED_SHIFT ? PREDICTED : 0));
}

static bool
is_first_row(const MsEdgePainter *self, int y)
{
  const int *cells = self->sampler.rows.cells;

  for (int i = 0; i < self->width && y - i > 0; i++)
    if (cells[y - i] != cells[y - i - 1])
      return true;
  return false;
}

/* Row y of the sampler: which sides have a line at each device pixel. */
static void
find_lines(const MsEdgePainter *self, int y, void *scratch, uint8_t *lines)
{
  int n = self->sampler.columns.length;

  ms_sample_kinds_row(&self->sampler, y, scratch, lines);
  if (!is_enlarged(self)) {
    for (int x = 0; x < n; x++)
      lines[x] = sides_of(lines[x]);
  } else if (is_first_row(self, y)) {
    for (int x = 0; x < n; x++)
      lines[x] = sides_of(lines[x] & (self->is_first[x] ? ALL_FLAGS : ALL_TOP));
  } else {
    for (int x = 0; x < n; x++)
      lines[x] = sides_of(lines[x] & (self->is_first[x] ? ALL_LEFT : 0));
  }
}

static void
unite(uint8_t *restrict to, const uint8_t *restrict from, int n)
{
  for (int x = 0; x < n; x++)
    to[x] |= from[x];
}

/* ---- colours ---- */

static uint32_t
opaque(MsColor color)
{
  return 0xff000000u | (uint32_t)color.red << 16 | (uint32_t)color.green << 8 |
         (uint32_t)color.blue;
}

/* Two parts of the casing to one of what it lies on. */
static uint32_t
case_pixel(uint32_t pixel)
{
  uint32_t thirds = (pixel >> 2 & 0x003f3f3fu) + (pixel >> 4 & 0x000f0f0fu);

  return 0xff000000u | (thirds + 0x000d0d0du);
}

static bool
is_near_line(const uint8_t *near_rows, int x, int n, int width)
{
  for (int i = MAX(0, x - width); i <= MIN(n - 1, x + width); i++)
    if (near_rows[i])
      return true;
  return false;
}

/* near_rows: the lines of this row and of those within a line's width. */
static void
color_row(const MsEdgePainter *self, int y, const uint8_t *lines, const uint8_t *near_rows,
          uint32_t *pixels)
{
  int n = self->sampler.columns.length, period = (MS_EDGE_DASH + MS_EDGE_GAP) * self->width;
  uint32_t actual = opaque(MS_EDGE_ACTUAL), predicted = opaque(MS_EDGE_PREDICTED);

  for (int x = 0; x < self->inner.width; x++) {
    int at = x + self->inner.x;
    bool dash = (self->phase + at + y) % period < MS_EDGE_DASH * self->width;

    if (lines[at] & PREDICTED && dash)
      pixels[x] = predicted;
    else if (lines[at] & ACTUAL)
      pixels[x] = actual;
    else if (is_near_line(near_rows, at, n, self->width))
      pixels[x] = case_pixel(pixels[x]);
  }
}

static bool
is_empty(const uint8_t *row, int n)
{
  return row[0] == 0 && memcmp(row, row + 1, (size_t)n - 1) == 0;
}

void
ms_edge_painter_paint(const MsEdgePainter *self, int first_row, int n_rows, uint8_t *pixels,
                      ptrdiff_t stride)
{
  int n = self->sampler.columns.length;
  int begin = MAX(0, first_row + self->inner.y - self->width);
  int end = MIN(self->sampler.rows.length, first_row + n_rows + self->inner.y + self->width);
  g_autofree uint8_t *lines = g_new(uint8_t, (gsize)n * (gsize)(end - begin));
  g_autofree uint8_t *near_rows = g_new(uint8_t, (gsize)n);
  g_autofree void *scratch = g_malloc(ms_sample_kinds_scratch(&self->sampler));

  for (int y = begin; y < end; y++)
    find_lines(self, y, scratch, lines + (gsize)n * (gsize)(y - begin));
  for (int row = 0; row < n_rows; row++, pixels += stride) {
    int y = first_row + row + self->inner.y;

    memset(near_rows, 0, (size_t)n);
    for (int i = MAX(begin, y - self->width); i < MIN(end, y + self->width + 1); i++)
      unite(near_rows, lines + (gsize)n * (gsize)(i - begin), n);
    if (!is_empty(near_rows, n))
      color_row(self, y, lines + (gsize)n * (gsize)(y - begin), near_rows, (uint32_t *)pixels);
  }
}
