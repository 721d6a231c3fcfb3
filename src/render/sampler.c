/* SPDX-License-Identifier: MIT
 *
 * Two axes over one level, so that both directions are sampled from the same cells.
 */
#include "render/sampler.h"

void
ms_sampler_init(MsSampler *sampler, const MsView *view, const cairo_rectangle_int_t *device,
                const MsPyramid *pyramid)
{
  const MsLevel *full = &pyramid->levels[0];
  double scale_x = (double)view->image_width / full->width * view->zoom;
  double scale_y = (double)view->image_height / full->height * view->zoom;
  int level = ms_axis_choose_level(pyramid, scale_x, scale_y);
  double origin_x, origin_y;

  ms_view_device_origin(view, &origin_x, &origin_y);
  sampler->level = &pyramid->levels[level];
  ms_axis_init(&sampler->columns, origin_x, device->x, device->width, scale_x, full->width, level,
               sampler->level->width);
  ms_axis_init(&sampler->rows, origin_y, device->y, device->height, scale_y, full->height, level,
               sampler->level->height);
}

void
ms_sampler_clear(MsSampler *sampler)
{
  ms_axis_clear(&sampler->columns);
  ms_axis_clear(&sampler->rows);
}

int
ms_sampler_n_columns(const MsSampler *sampler)
{
  const MsAxis *columns = &sampler->columns;
  size_t n = (size_t)columns->length * (size_t)columns->taps;

  return columns->cells[n - 1] - columns->cells[0] + 1;
}

const uint8_t *
ms_sampler_row(const MsSampler *sampler, int y, int tap, int pixel_bytes)
{
  ptrdiff_t row = sampler->rows.cells[(size_t)y * (size_t)sampler->rows.taps + (size_t)tap];
  ptrdiff_t column = sampler->columns.cells[0];

  return sampler->level->pixels + row * sampler->level->stride + column * pixel_bytes;
}

/* One tap a row has weight one whatever it is, so equal cells mean an equal row. */
bool
ms_sampler_repeats(const MsSampler *sampler, int y)
{
  const MsAxis *rows = &sampler->rows;

  return rows->taps == 1 && y > 0 && rows->cells[y] == rows->cells[y - 1];
}
