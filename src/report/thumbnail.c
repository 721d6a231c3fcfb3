/* SPDX-License-Identifier: MIT
 *
 * The same composition as the canvas, on a view whose zoom fills the thumbnail instead of fitting
 * into it.
 */
#include "report/thumbnail.h"

#include "report/layers.h"

/* Stronger than on the canvas: a thumbnail is for finding errors, not for looking under them. */
#define THUMBNAIL_OPACITY 0.75

static void
fill_view(MsView *view, const MsLevel *base, int width, int height)
{
  ms_view_init(view);
  ms_view_set_size(view, width, height, 1);
  ms_view_set_image(view, base->width, base->height);
  ms_view_zoom_at(view, MAX((double)width / base->width, (double)height / base->height),
                  width / 2.0, height / 2.0);
}

/* Takes the layer. */
static void
paint_layer(cairo_t *cr, cairo_surface_t *layer, const cairo_rectangle_int_t *place, double opacity)
{
  if (!layer)
    return;
  cairo_set_source_surface(cr, layer, place->x, place->y);
  cairo_paint_with_alpha(cr, opacity);
  cairo_surface_destroy(layer);
}

static cairo_surface_t *
draw(const MsView *view, const MsPyramid *image, const MsPyramid *kinds,
     const MsOverlayStyle *style, int width, int height)
{
  cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create(surface);
  cairo_rectangle_int_t place;

  if (ms_compose_visible(view, &place)) {
    paint_layer(cr, ms_compose_image(view, image), &place, 1);
    if (kinds)
      paint_layer(cr, ms_compose_overlay(view, kinds, style), &place, THUMBNAIL_OPACITY);
  }
  cairo_destroy(cr);
  if (cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS)
    return surface;
  cairo_surface_destroy(surface);
  return NULL;
}

cairo_surface_t *
ms_thumbnail_new(const MsFrame *frame, const MsRuleset *rules, const MsOverlayStyle *style,
                 int width, int height)
{
  MsPyramid *image = ms_layers_shown_image(frame, TRUE, NULL);
  MsPyramid *kinds = ms_layers_kinds(frame, &rules->rules, NULL);
  cairo_surface_t *surface = NULL;

  if (image || kinds) {
    MsView view;
    fill_view(&view, kinds ? &kinds->levels[0] : &image->levels[0], width, height);
    surface = draw(&view, image, kinds, style, width, height);
  }
  ms_pyramid_free(kinds);
  ms_pyramid_free(image);
  return surface;
}
