/* SPDX-License-Identifier: MIT
 *
 * The whole picture at 100 %, for files: made by the very functions that draw the canvas.
 */
#include "render/compose.h"

#include <glib.h>

#define MAX_SURFACE_SIDE 32767
#define FLAT_TILE_SIDE   2048

/* False without memory: a picture with a part of its overlay missing is none. */
static bool
paint_tile(cairo_t *cr, const MsView *whole, const MsPyramid *overlay, const MsOverlayStyle *style,
           double opacity, const cairo_rectangle_int_t *tile)
{
  MsView view = *whole;
  cairo_surface_t *painted;

  view.view_width = tile->width;
  view.view_height = tile->height;
  view.centre_x = tile->x + tile->width / 2.0;
  view.centre_y = tile->y + tile->height / 2.0;
  painted = ms_compose_overlay(&view, overlay, style);
  if (!painted)
    return false;
  cairo_set_source_surface(cr, painted, tile->x, tile->y);
  cairo_paint_with_alpha(cr, opacity);
  cairo_surface_destroy(painted);
  return true;
}

/* In tiles, so that the overlay never stands in memory whole beside the picture, and because Cairo
 * silently paints nothing from a source of its greatest size. */
static bool
paint_overlay_flat(cairo_surface_t *picture, const MsView *view, const MsPyramid *overlay,
                   const MsOverlayStyle *style, double opacity)
{
  cairo_t *cr = cairo_create(picture);
  bool painted = true;

  for (int y = 0; y < view->image_height; y += FLAT_TILE_SIDE) {
    for (int x = 0; x < view->image_width; x += FLAT_TILE_SIDE) {
      cairo_rectangle_int_t tile = {x, y, MIN(FLAT_TILE_SIDE, view->image_width - x),
                                    MIN(FLAT_TILE_SIDE, view->image_height - y)};

      painted = painted && paint_tile(cr, view, overlay, style, opacity, &tile);
    }
  }
  painted = painted && cairo_status(cr) == CAIRO_STATUS_SUCCESS;
  cairo_destroy(cr);
  return painted;
}

cairo_surface_t *
ms_compose_flat(const MsPyramid *image, const MsPyramid *overlay, const MsOverlayStyle *style,
                double opacity)
{
  int width = overlay->levels[0].width;
  int height = overlay->levels[0].height;
  MsView view = {width, height, width, height, 1.0, false, 1.0, width / 2.0, height / 2.0};
  cairo_surface_t *picture;

  if (width > MAX_SURFACE_SIDE || height > MAX_SURFACE_SIDE)
    return NULL;
  picture = ms_compose_image(&view, image);
  if (picture && !paint_overlay_flat(picture, &view, overlay, style, opacity))
    g_clear_pointer(&picture, cairo_surface_destroy);
  if (picture)
    cairo_surface_flush(picture);
  return picture;
}
