/* SPDX-License-Identifier: MIT
 *
 * Between rows and Cairo's surfaces.
 */
#include "render/pixel-rows.h"

#include <string.h>

#define OPAQUE 0xff000000u

static bool
paint_whole(const MsPixelRows *rows, cairo_surface_t *surface)
{
  bool painted;

  if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS)
    return false;
  cairo_surface_flush(surface);
  painted = rows->paint(rows->user, 0, rows->height, cairo_image_surface_get_data(surface),
                        cairo_image_surface_get_stride(surface));
  cairo_surface_mark_dirty(surface);
  return painted;
}

cairo_surface_t *
ms_pixel_rows_surface(const MsPixelRows *rows)
{
  cairo_surface_t *surface =
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, rows->width, rows->height);

  if (paint_whole(rows, surface))
    return surface;
  cairo_surface_destroy(surface);
  return NULL;
}

/* A surface's fourth byte may hold anything. */
static bool
copy_rows(void *user, int first_row, int n_rows, uint8_t *pixels, ptrdiff_t stride)
{
  cairo_surface_t *surface = user;
  int width = cairo_image_surface_get_width(surface);
  ptrdiff_t from_stride = cairo_image_surface_get_stride(surface);
  const unsigned char *data = cairo_image_surface_get_data(surface) + first_row * from_stride;

  for (int y = 0; y < n_rows; y++) {
    const uint32_t *from = (const uint32_t *)(const void *)(data + y * from_stride);
    uint32_t *to = (uint32_t *)(void *)(pixels + y * stride);

    for (int x = 0; x < width; x++)
      to[x] = from[x] | OPAQUE;
  }
  return true;
}

MsPixelRows
ms_pixel_rows_of_surface(cairo_surface_t *surface)
{
  cairo_surface_flush(surface);
  return (MsPixelRows){cairo_image_surface_get_width(surface),
                       cairo_image_surface_get_height(surface), copy_rows, surface};
}
