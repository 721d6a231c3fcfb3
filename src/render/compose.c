/* SPDX-License-Identifier: MIT
 *
 * Samples pyramids into Cairo surfaces: the device pixels, never the image, bound the cost. Rows
 * that show the same cells are copied.
 */
#include "render/compose.h"

#include <glib.h>
#include <math.h>
#include <string.h>

#include "render/image-sampler.h"
#include "render/overlay-sampler.h"

#define MAX_SURFACE_SIDE 32767
#define SLACK            1e-6

/* First device pixel and number of them that a side of the image touches inside the view. */
static bool
visible_range(double origin, double image_side, double device_side, int *first, int *length)
{
  double begin = fmax(origin, 0.0);
  double end = fmin(ceil(origin + image_side - SLACK), ceil(device_side - SLACK));

  if (!(end > begin))
    return false;
  *first = (int)begin;
  *length = (int)fmin(end - begin, MAX_SURFACE_SIDE);
  return true;
}

bool
ms_compose_visible(const MsView *view, cairo_rectangle_int_t *device)
{
  double origin_x, origin_y;

  if (view->image_width < 1 || view->image_height < 1 || !(view->zoom > 0))
    return false;
  ms_view_device_origin(view, &origin_x, &origin_y);
  return visible_range(origin_x, view->image_width * view->zoom,
                       view->view_width * view->device_scale, &device->x, &device->width) &&
         visible_range(origin_y, view->image_height * view->zoom,
                       view->view_height * view->device_scale, &device->y, &device->height);
}

static void
sample_image(const MsSampler *sampler, MsPyramidContent content, unsigned char *data, int stride)
{
  g_autofree void *scratch = g_malloc(ms_sample_image_scratch(sampler));

  for (int y = 0; y < sampler->rows.length; y++) {
    unsigned char *out = data + (ptrdiff_t)y * stride;

    if (ms_sampler_repeats(sampler, y))
      memcpy(out, out - stride, 4 * (gsize)sampler->columns.length);
    else
      ms_sample_image_row(sampler, content, y, scratch, (uint32_t *)out);
  }
}

static void
fill_ground(int width, int height, unsigned char *data, int stride)
{
  for (int y = 0; y < height; y++) {
    uint32_t *row = (uint32_t *)(data + (ptrdiff_t)y * stride);

    for (int x = 0; x < width; x++)
      row[x] = MS_COMPOSE_GROUND;
  }
}

/* A surface whose pixels may be written, or NULL without memory. */
static cairo_surface_t *
surface_new(cairo_format_t format, int width, int height)
{
  cairo_surface_t *surface = cairo_image_surface_create(format, width, height);

  if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS) {
    cairo_surface_destroy(surface);
    return NULL;
  }
  cairo_surface_flush(surface);
  return surface;
}

cairo_surface_t *
ms_compose_image(const MsView *view, const MsPyramid *image)
{
  cairo_rectangle_int_t device;
  cairo_surface_t *surface;

  if (!ms_compose_visible(view, &device))
    return NULL;
  surface = surface_new(CAIRO_FORMAT_RGB24, device.width, device.height);
  if (!surface)
    return NULL;
  if (image) {
    MsSampler sampler;

    ms_sampler_init(&sampler, view, &device, image);
    sample_image(&sampler, image->content, cairo_image_surface_get_data(surface),
                 cairo_image_surface_get_stride(surface));
    ms_sampler_clear(&sampler);
  } else {
    fill_ground(device.width, device.height, cairo_image_surface_get_data(surface),
                cairo_image_surface_get_stride(surface));
  }
  cairo_surface_mark_dirty(surface);
  return surface;
}

/* The colour of every union of kinds. */
typedef struct {
  uint32_t argb[MS_KIND_PAINTED + 1];
} ColorTable;

static uint32_t
opaque(MsColor color)
{
  return 0xff000000u | (uint32_t)color.red << 16 | (uint32_t)color.green << 8 |
         (uint32_t)color.blue;
}

uint32_t
ms_compose_kinds_color(const MsOverlayStyle *style, unsigned kinds)
{
  static const unsigned priority[] = {MS_KIND_CONFUSED, MS_KIND_FN, MS_KIND_FP,
                                      MS_KIND_DIM,      MS_KIND_TP, MS_KIND_IGNORED};

  for (gsize i = 0; i < G_N_ELEMENTS(priority); i++) {
    if (!(kinds & (style->shown | MS_KIND_DIM) & priority[i]))
      continue;
    if (priority[i] == MS_KIND_DIM)
      return opaque(MS_PALETTE_DIM);
    return opaque(ms_palette_kind_color(style->palette, (MsKind)priority[i]));
  }
  return 0;
}

static void
color_table_init(ColorTable *table, const MsOverlayStyle *style)
{
  for (unsigned kinds = 0; kinds <= MS_KIND_PAINTED; kinds++)
    table->argb[kinds] = ms_compose_kinds_color(style, kinds);
}

static void
sample_kinds(const MsSampler *sampler, const MsOverlayStyle *style, unsigned char *data, int stride)
{
  g_autofree void *scratch = g_malloc(ms_sample_kinds_scratch(sampler));
  g_autofree uint8_t *kinds = g_malloc((gsize)sampler->columns.length);
  ColorTable colors;

  color_table_init(&colors, style);
  for (int y = 0; y < sampler->rows.length; y++) {
    uint32_t *out = (uint32_t *)(data + (ptrdiff_t)y * stride);

    if (!ms_sampler_repeats(sampler, y))
      ms_sample_kinds_row(sampler, y, scratch, kinds);
    for (int x = 0; x < sampler->columns.length; x++)
      out[x] = colors.argb[kinds[x] & MS_KIND_PAINTED];
  }
}

static void
sample_colors(const MsSampler *sampler, unsigned char *data, int stride)
{
  g_autofree void *scratch = g_malloc(ms_sample_colors_scratch(sampler));

  for (int y = 0; y < sampler->rows.length; y++) {
    unsigned char *out = data + (ptrdiff_t)y * stride;

    if (ms_sampler_repeats(sampler, y))
      memcpy(out, out - stride, 4 * (gsize)sampler->columns.length);
    else
      ms_sample_colors_row(sampler, y, scratch, (uint32_t *)out);
  }
}

/* ---- overlay ---- */

cairo_surface_t *
ms_compose_overlay(const MsView *view, const MsPyramid *overlay, const MsOverlayStyle *style)
{
  cairo_rectangle_int_t device;
  cairo_surface_t *surface;
  MsSampler sampler;

  if (!ms_compose_visible(view, &device))
    return NULL;
  surface = surface_new(CAIRO_FORMAT_ARGB32, device.width, device.height);
  if (!surface)
    return NULL;
  ms_sampler_init(&sampler, view, &device, overlay);
  if (overlay->content == MS_PYRAMID_COLORS)
    sample_colors(&sampler, cairo_image_surface_get_data(surface),
                  cairo_image_surface_get_stride(surface));
  else
    sample_kinds(&sampler, style, cairo_image_surface_get_data(surface),
                 cairo_image_surface_get_stride(surface));
  ms_sampler_clear(&sampler);
  cairo_surface_mark_dirty(surface);
  return surface;
}
