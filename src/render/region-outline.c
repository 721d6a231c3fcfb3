/* SPDX-License-Identifier: MIT
 *
 * The region's device pixels are a map of bytes; the line is what widening that map adds. So the
 * cost follows the pixels on screen, beside one short row of bytes for each run in sight.
 */
#include "render/region-outline.h"

#include <glib.h>
#include <math.h>
#include <string.h>

#include "render/bands.h"

#define LIGHT 0xffffffffu
#define DARK  0xff202020u

/* Device pixels at a scale of 1. */
#define LIGHT_WIDTH 2
#define DARK_WIDTH  1
#define TINY        16 /* smaller ones have brackets: */
#define GAP         6  /* so far away */
#define ARM         7  /* and so long */

#define BAND_ROWS 32
#define TOUCH     1e-7 /* as in render/axis.c */

typedef struct {
  double origin_x, origin_y, zoom;
  int scale;
  int light, band;             /* widths: of the light band, of both */
  cairo_rectangle_int_t map;   /* device pixels that the bytes stand for: more than is painted */
  cairo_rectangle_int_t place; /* what is painted */
  uint8_t *covered;
} Outline;

/* First device pixel that shows an image coordinate, or (far edge) the one behind the last. */
static int
edge_of(double origin, double zoom, int image, bool far)
{
  double device = origin + image * zoom;

  if (zoom >= 1)
    device = ceil(device - 0.5);
  else
    device = far ? ceil(device - TOUCH) : floor(device + TOUCH);
  return (int)CLAMP(device, -1e8, 1e8);
}

static cairo_rectangle_int_t
bounds_of(const Outline *self, const MsRegion *region)
{
  int x = edge_of(self->origin_x, self->zoom, region->x, false);
  int y = edge_of(self->origin_y, self->zoom, region->y, false);

  return (cairo_rectangle_int_t){
      x, y, edge_of(self->origin_x, self->zoom, region->x + region->width, true) - x,
      edge_of(self->origin_y, self->zoom, region->y + region->height, true) - y};
}

static cairo_rectangle_int_t
grown(cairo_rectangle_int_t box, int by)
{
  return (cairo_rectangle_int_t){box.x - by, box.y - by, box.width + 2 * by, box.height + 2 * by};
}

static cairo_rectangle_int_t
intersect(cairo_rectangle_int_t a, cairo_rectangle_int_t b)
{
  int x = MAX(a.x, b.x), y = MAX(a.y, b.y);

  return (cairo_rectangle_int_t){x, y, MIN(a.x + a.width, b.x + b.width) - x,
                                 MIN(a.y + a.height, b.y + b.height) - y};
}

static bool
is_tiny(const Outline *self, const cairo_rectangle_int_t *bounds)
{
  return MAX(bounds->width, bounds->height) < TINY * self->scale;
}

/* The map has one light and dark band more than what is painted on each side, so that what lies
 * just outside widens into it. */
static bool
outline_init(Outline *self, const MsView *view, const MsRegion *region)
{
  cairo_rectangle_int_t screen = {0, 0, (int)ceil(view->view_width * view->device_scale),
                                  (int)ceil(view->view_height * view->device_scale)};
  cairo_rectangle_int_t bounds;

  ms_view_device_origin(view, &self->origin_x, &self->origin_y);
  self->zoom = view->zoom;
  self->scale = MAX(1, (int)floor(view->device_scale + 0.5));
  self->light = LIGHT_WIDTH * self->scale;
  self->band = self->light + DARK_WIDTH * self->scale;
  bounds = bounds_of(self, region);
  self->place = intersect(
      grown(bounds, is_tiny(self, &bounds) ? (GAP + ARM) * self->scale : self->band), screen);
  if (self->place.width <= 0 || self->place.height <= 0)
    return false;
  self->map = grown(self->place, self->band);
  self->covered = g_try_malloc0((gsize)self->map.width * (gsize)self->map.height);
  return self->covered != NULL;
}

/* --- what the region covers --- */

static uint8_t *
row_of(const Outline *self, int device_y)
{
  return self->covered + (gsize)(device_y - self->map.y) * (gsize)self->map.width;
}

static void
cover(Outline *self, const MsRun *run)
{
  const cairo_rectangle_int_t *map = &self->map;
  int first = MAX(edge_of(self->origin_x, self->zoom, run->x, false), map->x);
  int end =
      MIN(edge_of(self->origin_x, self->zoom, run->x + run->length, true), map->x + map->width);
  int top = MAX(edge_of(self->origin_y, self->zoom, run->y, false), map->y);
  int bottom = MIN(edge_of(self->origin_y, self->zoom, run->y + 1, true), map->y + map->height);

  if (end <= first)
    return;
  for (int y = top; y < bottom; y++)
    memset(row_of(self, y) + (first - map->x), 1, (gsize)(end - first));
}

/* The first run at or below an image row. */
static size_t
find_row(const MsRun *runs, size_t n_runs, double image_y)
{
  size_t first = 0, end = n_runs;

  while (first < end) {
    size_t middle = first + (end - first) / 2;

    if (runs[middle].y < image_y)
      first = middle + 1;
    else
      end = middle;
  }
  return first;
}

static void
cover_runs(Outline *self, const MsRun *runs, size_t n_runs)
{
  double top = (self->map.y - self->origin_y) / self->zoom - 2;
  double bottom = (self->map.y + self->map.height - self->origin_y) / self->zoom + 1;

  for (size_t i = find_row(runs, n_runs, top); i < n_runs && runs[i].y <= bottom; i++)
    cover(self, &runs[i]);
}

/* --- widening --- */

static uint32_t *
surface_row(cairo_surface_t *surface, int y)
{
  return (uint32_t *)(void *)(cairo_image_surface_get_data(surface) +
                              (gsize)y * (gsize)cairo_image_surface_get_stride(surface));
}

/* out[x]: whether anything within `by` of x, and within `by` rows of the row, is covered. */
static void
widen(const Outline *self, int device_y, int by, uint8_t *column, uint8_t *out)
{
  gsize width = (gsize)self->map.width;

  memset(column, 0, width);
  for (int y = device_y - by; y <= device_y + by; y++) {
    const uint8_t *row = row_of(self, y);

    for (gsize x = 0; x < width; x++)
      column[x] |= row[x];
  }
  memset(out, 0, width);
  for (gsize shift = 0; shift <= (gsize)(2 * by); shift++)
    for (gsize x = (gsize)by; x + (gsize)by < width; x++)
      out[x] |= column[x - (gsize)by + shift];
}

typedef struct {
  const Outline *outline;
  cairo_surface_t *surface;
} Painter;

static void
paint_row(const Outline *self, int device_y, const uint8_t *light, const uint8_t *dark,
          uint32_t *out)
{
  const uint8_t *inside = row_of(self, device_y) + self->band;

  light += self->band;
  dark += self->band;
  for (int x = 0; x < self->place.width; x++)
    out[x] = inside[x] ? 0 : light[x] ? LIGHT : dark[x] ? DARK : 0;
}

static void
paint_rows(void *user, int first_row, int n_rows)
{
  const Painter *painter = user;
  const Outline *self = painter->outline;
  gsize width = (gsize)self->map.width;
  g_autofree uint8_t *scratch = g_malloc(3 * width);
  uint8_t *column = scratch, *light = scratch + width, *dark = scratch + 2 * width;

  for (int y = first_row; y < first_row + n_rows; y++) {
    int device_y = self->place.y + y;

    widen(self, device_y, self->light, column, light);
    widen(self, device_y, self->band, column, dark);
    paint_row(self, device_y, light, dark, surface_row(painter->surface, y));
  }
}

/* --- brackets --- */

static void
paint_box(const Outline *self, cairo_surface_t *surface, cairo_rectangle_int_t box, uint32_t color)
{
  cairo_rectangle_int_t part = intersect(box, self->place);

  for (int y = part.y; y < part.y + part.height; y++) {
    uint32_t *row = surface_row(surface, y - self->place.y);

    for (int x = part.x; x < part.x + part.width; x++)
      row[x - self->place.x] = color;
  }
}

/* One corner: its point, and which way its arms go. */
static void
paint_bracket(const Outline *self, cairo_surface_t *surface, int x, int y, int right, int down)
{
  int arm = ARM * self->scale, thick = self->light, casing = self->band - self->light;
  cairo_rectangle_int_t across = {right ? x : x - arm, down ? y : y - thick, arm, thick};
  cairo_rectangle_int_t along = {right ? x : x - thick, down ? y : y - arm, thick, arm};

  paint_box(self, surface, grown(across, casing), DARK);
  paint_box(self, surface, grown(along, casing), DARK);
  paint_box(self, surface, across, LIGHT);
  paint_box(self, surface, along, LIGHT);
}

static void
paint_brackets(const Outline *self, cairo_surface_t *surface, const cairo_rectangle_int_t *bounds)
{
  cairo_rectangle_int_t box =
      grown(*bounds, (GAP + ARM) * self->scale - (self->band - self->light));

  for (int corner = 0; corner < 4; corner++) {
    int left = corner % 2 == 0, top = corner / 2 == 0;

    paint_bracket(self, surface, left ? box.x : box.x + box.width, top ? box.y : box.y + box.height,
                  left, top);
  }
}

cairo_surface_t *
ms_region_outline_paint(const MsView *view, const MsRegion *region, const MsRun *runs,
                        size_t n_runs, cairo_rectangle_int_t *device)
{
  Outline outline;
  cairo_rectangle_int_t bounds;
  cairo_surface_t *surface;

  if (!(view->zoom > 0) || view->image_width < 1 || !outline_init(&outline, view, region))
    return NULL;
  surface =
      cairo_image_surface_create(CAIRO_FORMAT_ARGB32, outline.place.width, outline.place.height);
  if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS) {
    g_free(outline.covered);
    cairo_surface_destroy(surface);
    return NULL;
  }
  cairo_surface_flush(surface);
  cover_runs(&outline, runs, n_runs);
  ms_bands_run(outline.place.height, BAND_ROWS, paint_rows, &(Painter){&outline, surface});
  bounds = bounds_of(&outline, region);
  if (is_tiny(&outline, &bounds))
    paint_brackets(&outline, surface, &bounds);
  cairo_surface_mark_dirty(surface);
  g_free(outline.covered);
  *device = outline.place;
  return surface;
}
