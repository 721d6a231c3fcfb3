/* SPDX-License-Identifier: MIT
 *
 * The same composition as the canvas, on a view whose zoom fills the thumbnail instead of fitting
 * into it. The squares of label sets come last.
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

/* Fills width x height from the top left corner. */
static void
paint_layers(cairo_t *cr, const MsPyramid *image, const MsPyramid *kinds,
             const MsOverlayStyle *style, int width, int height)
{
  cairo_rectangle_int_t place;
  MsView view;

  fill_view(&view, kinds ? &kinds->levels[0] : &image->levels[0], width, height);
  if (!ms_compose_visible(&view, &place))
    return;
  paint_layer(cr, ms_compose_image(&view, image), &place, 1);
  if (kinds)
    paint_layer(cr, ms_compose_overlay(&view, kinds, style), &place, THUMBNAIL_OPACITY);
}

/* Takes cr; gives the surface that it drew on. */
static cairo_surface_t *
finish(cairo_t *cr)
{
  cairo_surface_t *surface = cairo_surface_reference(cairo_get_target(cr));
  cairo_status_t status = cairo_status(cr);

  cairo_destroy(cr);
  if (status == CAIRO_STATUS_SUCCESS)
    return surface;
  cairo_surface_destroy(surface);
  return NULL;
}

static cairo_t *
begin(int width, int height)
{
  cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create(surface);

  cairo_surface_destroy(surface);
  return cr;
}

cairo_surface_t *
ms_thumbnail_new_painted(const MsPyramid *image, const MsPyramid *kinds,
                         const MsThumbnailLook *look)
{
  cairo_t *cr;

  if (!image && !kinds)
    return NULL;
  cr = begin(look->width, look->height);
  paint_layers(cr, image, kinds, &look->style, look->width, look->height);
  return finish(cr);
}

static cairo_surface_t *
draw_masks(const MsFrame *frame, const MsRuleset *rules, const MsPyramid *image,
           const MsThumbnailLook *look)
{
  MsPyramid *kinds = ms_layers_kinds(frame, &rules->rules, NULL, NULL, NULL, NULL);
  cairo_surface_t *surface = ms_thumbnail_new_painted(image, kinds, look);

  ms_pyramid_free(kinds);
  return surface;
}

/* ---- label sets ---- */

static void
append_kind(GArray *kinds, GArray *marks, MsKind kind)
{
  for (guint i = 0; i < marks->len; i++)
    if (g_array_index(marks, MsLabelMark, i).kind == kind)
      g_array_append_val(kinds, kind);
}

/* What became of the labels, wrong ones after right ones. */
static GArray *
label_kinds(const MsFrame *frame, const MsRuleset *rules)
{
  guint row = ms_set_get_row(frame->set, frame->example);
  g_autoptr(GArray) marks =
      ms_label_data_marks(ms_set_get_labels(frame->set), row, frame->model, rules);
  GArray *kinds = g_array_new(FALSE, FALSE, sizeof(MsKind));

  append_kind(kinds, marks, MS_KIND_TP);
  append_kind(kinds, marks, MS_KIND_FN);
  append_kind(kinds, marks, MS_KIND_FP);
  return kinds;
}

static void
remove_hidden(GArray *kinds, unsigned shown)
{
  for (guint i = kinds->len; i-- > 0;)
    if (!(g_array_index(kinds, MsKind, i) & shown))
      g_array_remove_index(kinds, i);
}

static void
paint_tile(cairo_t *cr, GArray *kinds, const MsThumbnailLook *look)
{
  gboolean none = kinds->len == 0;

  remove_hidden(kinds, look->style.shown);
  if (none)
    ms_label_tile_paint_none(cr, look->ground, look->width, look->height);
  else
    ms_label_tile_paint(cr, (const MsKind *)kinds->data, kinds->len, look->style.palette,
                        look->ground, look->width, look->height);
}

static void
paint_image_and_strip(cairo_t *cr, const MsPyramid *image, GArray *kinds,
                      const MsThumbnailLook *look)
{
  int strip = 0;

  remove_hidden(kinds, look->style.shown);
  if (kinds->len > 0)
    strip = ms_label_strip_height(look->width, look->height);
  paint_layers(cr, image, NULL, &look->style, look->width, look->height - strip);
  if (strip > 0)
    ms_label_strip_paint(cr, (const MsKind *)kinds->data, kinds->len, look->style.palette,
                         look->ground, look->width, look->height);
}

static cairo_surface_t *
draw_labels(const MsFrame *frame, const MsRuleset *rules, const MsPyramid *image,
            const MsThumbnailLook *look)
{
  g_autoptr(GArray) kinds = label_kinds(frame, rules);
  cairo_t *cr;

  if (!image && frame->result->status != MS_RESULT_OK)
    return NULL;
  cr = begin(look->width, look->height);
  if (image)
    paint_image_and_strip(cr, image, kinds, look);
  else
    paint_tile(cr, kinds, look);
  return finish(cr);
}

cairo_surface_t *
ms_thumbnail_new(const MsFrame *frame, const MsRuleset *rules, const MsThumbnailLook *look)
{
  MsPyramid *image = ms_layers_shown_image(frame, TRUE, NULL);
  cairo_surface_t *surface = ms_set_get_labels(frame->set) ? draw_labels(frame, rules, image, look)
                                                           : draw_masks(frame, rules, image, look);

  ms_pyramid_free(image);
  return surface;
}
