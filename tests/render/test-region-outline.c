/* SPDX-License-Identifier: MIT
 *
 * The line around a region: by hand where pixels are pixels of the screen, then beside what the
 * overlay paints of random regions at many zooms.
 */
#include "render/region-outline.h"

#include <math.h>

#include "render/compose.h"
#include "render/pictures.h"
#include "support/random.h"

#define LIGHT 0xffffffffu
#define DARK  0xff202020u

typedef struct {
  MsRegion region;
  GArray *runs;
  MsPyramid *kinds;
} Shape;

static Shape
shape_new(int width, int height)
{
  return (Shape){.runs = g_array_new(FALSE, FALSE, sizeof(MsRun)),
                 .kinds = test_kinds_new(width, height, 0)};
}

static void
shape_clear(Shape *shape)
{
  g_array_unref(shape->runs);
  ms_pyramid_free(shape->kinds);
}

/* Rows from the top, from left to right. */
static void
add_run(Shape *shape, int x, int y, int length)
{
  MsRegion *region = &shape->region;
  MsRun run = {x, y, length};
  int left = shape->runs->len == 0 ? x : MIN(region->x, x);
  int right = shape->runs->len == 0 ? x + length : MAX(region->x + region->width, x + length);

  if (shape->runs->len == 0)
    region->y = y;
  region->x = left;
  region->width = right - left;
  region->height = y + 1 - region->y;
  g_array_append_val(shape->runs, run);
  for (int i = 0; i < length; i++)
    *test_kinds_at(shape->kinds, x + i, y) = MS_KIND_FP;
}

static cairo_surface_t *
paint(const Shape *shape, const MsView *view, cairo_rectangle_int_t *device)
{
  return ms_region_outline_paint(view, &shape->region, (const MsRun *)(void *)shape->runs->data,
                                 shape->runs->len, device);
}

static MsView
view_of(const Shape *shape, double side, double scale, double zoom)
{
  const MsLevel *level = &shape->kinds->levels[0];
  MsView view;

  ms_view_init(&view);
  ms_view_set_size(&view, side, side, scale);
  ms_view_set_image(&view, level->width, level->height);
  ms_view_zoom_at(&view, zoom, side / 2, side / 2);
  return view;
}

/* '#' light, '+' dark, '.' nothing. */
static void
assert_picture(cairo_surface_t *surface, const char *const *rows)
{
  for (int y = 0; rows[y]; y++)
    for (int x = 0; rows[y][x]; x++) {
      guint32 pixel = test_surface_pixel(surface, x, y);
      char got = pixel == LIGHT ? '#' : pixel == DARK ? '+' : pixel == 0 ? '.' : '?';

      if (got != rows[y][x])
        g_error("%d, %d: %c instead of %c", x, y, got, rows[y][x]);
    }
}

static void
test_by_hand(void)
{
  static const char *const rows[] = {"++++++++++++++++++++++++",
                                     "+######################+",
                                     "+######################+",
                                     "+##..................##+",
                                     "+##.#############..####+",
                                     "+##.#############..####+",
                                     NULL};
  Shape shape = shape_new(60, 60);
  MsView view = view_of(&shape, 60, 1, 1);
  cairo_rectangle_int_t device;
  cairo_surface_t *surface;

  add_run(&shape, 10, 20, 18);
  for (int y = 21; y < 40; y++) {
    add_run(&shape, 10, y, 1);
    add_run(&shape, 24, y, 2);
  }
  surface = paint(&shape, &view, &device);
  g_assert_cmpint(device.x, ==, 7);
  g_assert_cmpint(device.y, ==, 17);
  g_assert_cmpint(device.width, ==, 24);
  g_assert_cmpint(device.height, ==, 26);
  assert_picture(surface, rows);
  cairo_surface_destroy(surface);
  shape_clear(&shape);
}

/* How far, in device pixels, the next one is that the overlay paints. */
static int
distance_to_painted(cairo_surface_t *overlay, const cairo_rectangle_int_t *visible, int x, int y,
                    int most)
{
  int best = most + 1;

  for (int dy = -most; dy <= most; dy++)
    for (int dx = -most; dx <= most; dx++) {
      int column = x + dx - visible->x, row = y + dy - visible->y;

      if (column >= 0 && row >= 0 && column < visible->width && row < visible->height &&
          test_surface_pixel(overlay, column, row))
        best = MIN(best, MAX(ABS(dx), ABS(dy)));
    }
  return best;
}

/* Far from the edges of the view, where the overlay itself is cut. */
static void
assert_hugs(const Shape *shape, const MsView *view)
{
  static const MsOverlayStyle style = {MS_PALETTE_SAFE, MS_KIND_ALL};
  int scale = (int)view->device_scale, side = (int)(view->view_width * scale);
  cairo_rectangle_int_t visible, device;
  cairo_surface_t *overlay = ms_compose_overlay(view, shape->kinds, &style);
  cairo_surface_t *line = paint(shape, view, &device);

  g_assert_true(ms_compose_visible(view, &visible));
  for (int y = MAX(device.y, 8); y < MIN(device.y + device.height, side - 8); y++)
    for (int x = MAX(device.x, 8); x < MIN(device.x + device.width, side - 8); x++) {
      int distance = distance_to_painted(overlay, &visible, x, y, 3 * scale);
      guint32 pixel = test_surface_pixel(line, x - device.x, y - device.y);

      if (distance == 0)
        g_assert_cmphex(pixel, ==, 0);
      else if (distance <= 2 * scale)
        g_assert_cmphex(pixel, ==, LIGHT);
      else if (distance <= 3 * scale)
        g_assert_cmphex(pixel, ==, DARK);
    }
  cairo_surface_destroy(line);
  cairo_surface_destroy(overlay);
}

static void
test_hugs_what_is_painted(void)
{
  static const double zooms[] = {0.51, 0.7, 0.99, 1, 1.5, 3, 7.3, 16};
  TestRandom random = {41};

  for (guint i = 0; i < 10 * G_N_ELEMENTS(zooms); i++) {
    Shape shape = shape_new(301, 301);
    MsView view = view_of(&shape, 140, 1 + i % 2, zooms[i % G_N_ELEMENTS(zooms)]);

    for (int y = 100; y < 200; y++)
      add_run(&shape, 100 + (int)test_random_below(&random, 40), y,
              1 + (int)test_random_below(&random, 60));
    test_pyramid_reduce(shape.kinds);
    assert_hugs(&shape, &view);
    shape_clear(&shape);
  }
}

/* One pixel of a large image: nothing of it is hidden, and the brackets stand around it. */
static void
test_tiny(void)
{
  Shape shape = shape_new(3000, 3000);
  MsView view = view_of(&shape, 300, 1, 0.1);
  cairo_rectangle_int_t device;
  cairo_surface_t *surface;

  add_run(&shape, 1505, 1505, 1);
  surface = paint(&shape, &view, &device);
  g_assert_cmpint(device.width, ==, 27);
  g_assert_cmphex(test_surface_pixel(surface, 13, 13), ==, 0);
  g_assert_cmphex(test_surface_pixel(surface, 12, 13), ==, LIGHT);
  g_assert_cmphex(test_surface_pixel(surface, 10, 13), ==, DARK);
  for (int corner = 0; corner < 4; corner++)
    g_assert_cmphex(test_surface_pixel(surface, corner % 2 ? 25 : 1, corner / 2 ? 25 : 1), ==,
                    LIGHT);
  g_assert_cmphex(test_surface_pixel(surface, 13, 1), ==, 0);
  cairo_surface_destroy(surface);
  shape_clear(&shape);
}

static void
test_out_of_sight(void)
{
  Shape shape = shape_new(3000, 3000);
  MsView view = view_of(&shape, 300, 1, 2);
  cairo_rectangle_int_t device;

  add_run(&shape, 5, 5, 3);
  g_assert_null(paint(&shape, &view, &device));
  shape_clear(&shape);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/render/region-outline/by-hand", test_by_hand);
  g_test_add_func("/render/region-outline/hugs-what-is-painted", test_hugs_what_is_painted);
  g_test_add_func("/render/region-outline/tiny", test_tiny);
  g_test_add_func("/render/region-outline/out-of-sight", test_out_of_sight);
  return g_test_run();
}
