/* SPDX-License-Identifier: MIT
 *
 * Each band is filled with the image and then laid over, a few rows at a time, while they are in
 * the processor's cache.
 */
#include "report/overlay-rows.h"

#include "render/flat.h"
#include "report/layers.h"

#define CACHED_BYTES   (256 << 10) /* of a band's pixels that are worked on at once */
#define TILE_WIDTH     8192        /* of an image that is stretched */
#define ROWS_PER_CHECK 256

struct MsOverlayRows {
  MsPixelRows rows;
  MsFlat flat;

  const MsPicture *image; /* NULL: none, or stretched */
  guint8 *shades;         /* of the image */
  MsPyramid *stretched;   /* of an image of another size */

  MsKindsSource kinds;
  guint8 *kinds_buffer; /* NULL: kinds are not painted */
  MsClassPainter *painter;
  guint32 *colors_buffer; /* NULL: classes are not painted */
  GArray *classes;
};

/* ---- what lies under ---- */

static void
copy_image(const MsOverlayRows *self, int first_row, int n_rows, guint8 *pixels, ptrdiff_t stride)
{
  MsPicture part = *self->image;

  part.pixels += (gsize)first_row * part.stride;
  part.height = n_rows;
  ms_picture_to_rgb24(&part, self->shades, pixels, (gsize)stride);
}

/* As the canvas does it, on a view that shows a tile. */
static bool
stretch_tile(const MsOverlayRows *self, const cairo_rectangle_int_t *tile, guint8 *pixels,
             ptrdiff_t stride)
{
  MsView view = {
      .image_width = self->rows.width,
      .image_height = self->rows.height,
      .view_width = tile->width,
      .view_height = tile->height,
      .device_scale = 1,
      .zoom = 1,
      .centre_x = tile->x + tile->width / 2.0,
      .centre_y = tile->y + tile->height / 2.0,
  };
  cairo_surface_t *surface = ms_compose_image(&view, self->stretched);
  MsPixelRows rows;

  if (!surface)
    return false;
  rows = ms_pixel_rows_of_surface(surface);
  rows.paint(rows.user, 0, rows.height, pixels, stride);
  cairo_surface_destroy(surface);
  return true;
}

static bool
stretch_image(const MsOverlayRows *self, int first_row, int n_rows, guint8 *pixels,
              ptrdiff_t stride)
{
  for (int x = 0; x < self->rows.width; x += TILE_WIDTH) {
    cairo_rectangle_int_t tile = {x, first_row, MIN(TILE_WIDTH, self->rows.width - x), n_rows};

    if (!stretch_tile(self, &tile, pixels + 4 * (gsize)x, stride))
      return false;
  }
  return true;
}

static guint32 *
pixel_row(guint8 *pixels, int row, ptrdiff_t stride)
{
  return (guint32 *)(void *)(pixels + row * stride);
}

static bool
paint_image(const MsOverlayRows *self, int first_row, int n_rows, guint8 *pixels, ptrdiff_t stride)
{
  if (self->stretched)
    return stretch_image(self, first_row, n_rows, pixels, stride);
  if (self->image)
    copy_image(self, first_row, n_rows, pixels, stride);
  else
    for (int y = 0; y < n_rows; y++)
      ms_flat_ground(self->rows.width, pixel_row(pixels, y, stride));
  return true;
}

/* ---- what lies over it ---- */

static int
rows_at_once(const MsOverlayRows *self)
{
  return MAX(1, CACHED_BYTES / (4 * self->rows.width));
}

static bool
lay_kinds(const MsOverlayRows *self, int first_row, int n_rows, guint8 *pixels, ptrdiff_t stride)
{
  int width = self->rows.width;

  if (ms_kinds_paint(&self->kinds, first_row, n_rows, self->kinds_buffer, width) != MS_STATUS_OK)
    return false;
  for (int y = 0; y < n_rows; y++)
    ms_flat_lay_kinds(&self->flat, self->kinds_buffer + (gsize)y * (gsize)width, width,
                      pixel_row(pixels, y, stride));
  return true;
}

static void
lay_classes(const MsOverlayRows *self, int first_row, int n_rows, guint8 *pixels, ptrdiff_t stride)
{
  for (int y = 0; y < n_rows; y++) {
    ms_class_painter_paint(self->painter, first_row + y, self->colors_buffer);
    ms_flat_lay_colors(&self->flat, self->colors_buffer, self->rows.width,
                       pixel_row(pixels, y, stride));
  }
}

static bool
paint_cached(const MsOverlayRows *self, int first_row, int n_rows, guint8 *pixels, ptrdiff_t stride)
{
  if (!paint_image(self, first_row, n_rows, pixels, stride))
    return false;
  if (self->kinds_buffer)
    return lay_kinds(self, first_row, n_rows, pixels, stride);
  if (self->colors_buffer)
    lay_classes(self, first_row, n_rows, pixels, stride);
  return true;
}

static bool
paint(void *user, int first_row, int n_rows, uint8_t *pixels, ptrdiff_t stride)
{
  const MsOverlayRows *self = user;
  int at_once = rows_at_once(self);

  for (int y = 0; y < n_rows; y += at_once)
    if (!paint_cached(self, first_row + y, MIN(at_once, n_rows - y), pixels + y * stride, stride))
      return false;
  return true;
}

/* ---- construction ---- */

static gboolean
set_image(MsOverlayRows *self, const MsFrame *frame, gboolean stretch, const MsControl *control)
{
  if (!frame->image)
    return TRUE;
  if (frame->image->width != self->rows.width || frame->image->height != self->rows.height) {
    self->stretched = ms_layers_shown_image(frame, stretch, control);
    return self->stretched != NULL;
  }
  self->image = frame->image;
  self->shades = ms_picture_shades(frame->image, ms_layers_shown_range(frame, stretch));
  return TRUE;
}

static gboolean
set_kinds(MsOverlayRows *self, const MsFrame *frame, const MsRules *rules,
          const MsExportOptions *options)
{
  if (!ms_layers_kinds_source(frame, rules, options->focus, &self->kinds))
    return FALSE;
  self->kinds_buffer = g_try_malloc_n((gsize)rows_at_once(self), (gsize)self->rows.width);
  return self->kinds_buffer != NULL;
}

/* A first look at all rows: the legend says how many pixels each class has. */
static gboolean
set_classes(MsOverlayRows *self, const MsFrame *frame, const MsRules *rules,
            const MsExportOptions *options, const MsControl *control)
{
  self->painter = ms_class_painter_new(frame, options->paint, rules, options->focus);
  self->colors_buffer = g_try_new(guint32, (gsize)self->rows.width);
  if (!self->painter || !self->colors_buffer)
    return FALSE;
  for (int y = 0; y < self->rows.height; y++) {
    if (y % ROWS_PER_CHECK == 0 && !ms_control_go_on(control, 0))
      return FALSE;
    ms_class_painter_paint(self->painter, y, self->colors_buffer);
  }
  self->classes = ms_class_painter_list(self->painter);
  return TRUE;
}

MsOverlayRows *
ms_overlay_rows_new(const MsFrame *frame, const MsRules *rules, const MsExportOptions *options,
                    const MsControl *control)
{
  g_autoptr(MsOverlayRows) self = g_new0(MsOverlayRows, 1);

  self->rows = (MsPixelRows){.paint = paint, .user = self};
  ms_frame_get_size(frame, &self->rows.width, &self->rows.height);
  ms_flat_init(&self->flat, &options->style, options->opacity);
  if (!set_image(self, frame, options->auto_range, control) ||
      !(options->paint == MS_PAINT_ERRORS ? set_kinds(self, frame, rules, options)
                                          : set_classes(self, frame, rules, options, control)))
    return NULL;
  return g_steal_pointer(&self);
}

MsOverlayRows *
ms_overlay_rows_new_image(const MsFrame *frame, gboolean stretch)
{
  MsOverlayRows *self = g_new0(MsOverlayRows, 1);

  self->rows = (MsPixelRows){frame->image->width, frame->image->height, paint, self};
  set_image(self, frame, stretch, NULL);
  return self;
}

void
ms_overlay_rows_free(MsOverlayRows *self)
{
  if (!self)
    return;
  ms_pyramid_free(self->stretched);
  ms_class_painter_free(self->painter);
  g_clear_pointer(&self->classes, g_array_unref);
  g_free(self->shades);
  g_free(self->kinds_buffer);
  g_free(self->colors_buffer);
  g_free(self);
}

const MsPixelRows *
ms_overlay_rows_get(MsOverlayRows *self)
{
  return &self->rows;
}

const GArray *
ms_overlay_rows_classes(const MsOverlayRows *self)
{
  return self->classes;
}
