/* SPDX-License-Identifier: MIT
 *
 * Outlines lie on the edges between pixels at every zoom, heat is as light as it is hot, and what
 * is dimmed wins over what is right and loses against what is wrong.
 */
#include "render/edges.h"

#include <math.h>

#include "render/heat.h"
#include "render/pane.h"
#include "render/pictures.h"
#include "render/scene.h"

#define SIDE   200
#define GROUND 0x00406080u

static uint32_t
rgb(MsColor color)
{
  return (uint32_t)color.red << 16 | (uint32_t)color.green << 8 | color.blue;
}

static uint32_t
pixel_at(cairo_surface_t *surface, int x, int y)
{
  return test_surface_pixel(surface, x, y) & RGB_MASK;
}

/* Squares of numbers: actual one from 50 to 149, predicted one from `from` to 149. */
static MsPyramid *
edges_new(int from)
{
  MsPyramid *edges = test_kinds_new(SIDE, SIDE, 0);
  uint32_t rows[2][SIDE];

  for (int side = 0; side < 2; side++)
    for (int y = 0; y < SIDE; y++) {
      int first = side ? from : 50;

      for (int x = 0; x < SIDE; x++)
        rows[y % 2][x] = x >= first && x < 150 && y >= first && y < 150;
      ms_edges_mark(y > 0 ? rows[(y + 1) % 2] : NULL, rows[y % 2], SIDE,
                    side ? MS_EDGE_PREDICTED_SHIFT : 0, test_kinds_at(edges, 0, y));
    }
  test_pyramid_reduce(edges);
  return edges;
}

typedef struct {
  MsPyramid *image;
  MsPyramid *edges;
  MsView view;
} Drawn;

static void
drawn_init(Drawn *self, double zoom)
{
  self->image = test_image_new(SIDE, SIDE, GROUND);
  test_pyramid_reduce(self->image);
  self->edges = edges_new(90);
  ms_view_init(&self->view);
  ms_view_set_size(&self->view, 2000, 2000, 1);
  ms_view_set_image(&self->view, SIDE, SIDE);
  ms_view_zoom_at(&self->view, zoom, 1000, 1000);
}

static void
drawn_clear(Drawn *self)
{
  ms_pyramid_free(self->image);
  ms_pyramid_free(self->edges);
}

static cairo_surface_t *
paint(const Drawn *self, cairo_rectangle_int_t *device)
{
  MsScene scene = {.image = self->image, .edges = self->edges};
  cairo_surface_t *surface;

  g_assert_true(ms_compose_visible(&self->view, device));
  surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, device->width, device->height);
  cairo_surface_flush(surface);
  ms_scene_paint(&scene, &self->view, device, cairo_image_surface_get_data(surface),
                 cairo_image_surface_get_stride(surface));
  cairo_surface_mark_dirty(surface);
  return surface;
}

/* Along a row of the image that crosses the left edges of both: where the line of actual begins,
 * how wide it is, and that its neighbours are darker than the ground. */
static void
check_row(double zoom)
{
  Drawn drawn;
  cairo_rectangle_int_t device;
  cairo_surface_t *surface;
  int y, first = -1, n = 0, expected;

  drawn_init(&drawn, zoom);
  surface = paint(&drawn, &device);
  y = (int)(70.5 * zoom); /* above the predicted square */
  for (int x = 0; x < 80 * zoom; x++)
    if (pixel_at(surface, x, y) == rgb(MS_EDGE_ACTUAL)) {
      first = first < 0 ? x : first;
      n++;
    }
  expected = (int)ceil(50 * zoom - 0.5);
  g_assert_cmpint(ABS(first - expected), <=, zoom < 1 ? 1 : 0);
  g_assert_cmpint(n, <=, zoom < 1 ? 2 : 1);
  g_assert_cmphex(pixel_at(surface, first - 1, y) & 0xff, <, 0x50);
  g_assert_cmphex(pixel_at(surface, first + n, y) & 0xff, <, 0x50);
  g_assert_cmphex(pixel_at(surface, first - 2, y), ==, GROUND);
  g_assert_cmphex(pixel_at(surface, first + n + 1, y), ==, GROUND);
  cairo_surface_destroy(surface);
  drawn_clear(&drawn);
}

static void
test_lines(void)
{
  check_row(1);
  check_row(2.5);
  check_row(8);
  check_row(1.0 / 3);
}

/* Where both run along each other, the dashes of the one are on the line of the other; alone, they
 * are on the casing. */
static void
test_dashes(void)
{
  Drawn drawn;
  cairo_rectangle_int_t device;
  cairo_surface_t *surface;
  int actual = 0, predicted = 0, others = 0, alone = 0;

  drawn_init(&drawn, 4);
  surface = paint(&drawn, &device);
  for (int y = 4 * 100; y < 4 * 140; y++) {
    uint32_t both = pixel_at(surface, 4 * 150, y);

    actual += both == rgb(MS_EDGE_ACTUAL);
    predicted += both == rgb(MS_EDGE_PREDICTED);
    others += both != rgb(MS_EDGE_ACTUAL) && both != rgb(MS_EDGE_PREDICTED);
    alone += pixel_at(surface, 4 * 90, y) == rgb(MS_EDGE_PREDICTED);
  }
  g_assert_cmpint(predicted, ==, 160 * MS_EDGE_DASH / (MS_EDGE_DASH + MS_EDGE_GAP));
  g_assert_cmpint(actual, ==, 160 - predicted);
  g_assert_cmpint(others, ==, 0);
  g_assert_cmpint(alone, ==, predicted);
  cairo_surface_destroy(surface);
  drawn_clear(&drawn);
}

/* One pixel of another class, at every zoom. */
static void
test_no_edge_vanishes(void)
{
  static const double zooms[] = {0.05, 0.11, 0.3, 0.5, 0.77, 1, 3};

  for (guint i = 0; i < G_N_ELEMENTS(zooms); i++) {
    Drawn drawn;
    cairo_rectangle_int_t device;
    cairo_surface_t *surface;
    int n = 0;

    drawn_init(&drawn, zooms[i]);
    ms_pyramid_free(drawn.edges);
    drawn.edges = test_kinds_new(SIDE, SIDE, 0);
    *test_kinds_at(drawn.edges, 101, 33) = MS_EDGE_LEFT | MS_EDGE_TOP | MS_EDGE_CORNER;
    test_pyramid_reduce(drawn.edges);
    surface = paint(&drawn, &device);
    for (int y = 0; y < device.height; y++)
      for (int x = 0; x < device.width; x++)
        n += pixel_at(surface, x, y) == rgb(MS_EDGE_ACTUAL);
    g_assert_cmpint(n, >, 0);
    cairo_surface_destroy(surface);
    drawn_clear(&drawn);
  }
}

/* A pan paints strips: dashes and casing go on across their seams. */
static void
test_seams(void)
{
  static const double zooms[] = {0.4, 1, 2.5, 13};

  for (guint i = 0; i < G_N_ELEMENTS(zooms); i++) {
    MsPane *moved = ms_pane_new();
    Drawn drawn;
    MsScene scene;

    drawn_init(&drawn, zooms[i]);
    scene = (MsScene){.image = drawn.image, .edges = drawn.edges};
    ms_view_set_size(&drawn.view, 61, 47, 1);
    for (int step = 0; step < 30; step++) {
      MsPane *anew = ms_pane_new();
      cairo_rectangle_int_t device;
      cairo_surface_t *expected;

      ms_view_pan(&drawn.view, step % 2 ? 7 : -5, step % 3 ? -3 : 8);
      expected = ms_pane_paint(anew, &drawn.view, &scene, &device);
      test_assert_same_picture(ms_pane_paint(moved, &drawn.view, &scene, &device), expected,
                               "edges");
      ms_pane_free(anew);
    }
    ms_pane_free(moved);
    drawn_clear(&drawn);
  }
}

/* --- heat --- */

static double
lightness(MsColor color)
{
  return 0.2126 * color.red + 0.7152 * color.green + 0.0722 * color.blue;
}

static void
test_heat(void)
{
  MsPyramid *heat = ms_pyramid_new(2, 1, MS_PYRAMID_GREY);
  MsScene scene = {.overlay = heat, .opacity = 1};
  cairo_rectangle_int_t device;
  cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 2, 1);
  MsView view;

  for (int i = 1; i < MS_HEAT_STEPS; i++)
    g_assert_cmpfloat(lightness(ms_heat_color(i)), >, lightness(ms_heat_color(i - 1)) - 0.5);
  g_assert_cmpfloat(lightness(ms_heat_color(255)), >, lightness(ms_heat_color(0)) + 150);
  heat->levels[0].pixels[0] = 0;
  heat->levels[0].pixels[1] = 200;
  ms_view_init(&view);
  ms_view_set_size(&view, 2, 1, 1);
  ms_view_set_image(&view, 2, 1);
  g_assert_true(ms_compose_visible(&view, &device));
  ms_scene_paint(&scene, &view, &device, cairo_image_surface_get_data(surface),
                 cairo_image_surface_get_stride(surface));
  cairo_surface_mark_dirty(surface);
  g_assert_cmphex(pixel_at(surface, 0, 0), ==, rgb(ms_heat_color(0)));
  g_assert_cmphex(pixel_at(surface, 1, 0), ==, rgb(ms_heat_color(200)));
  cairo_surface_destroy(surface);
  ms_pyramid_free(heat);
}

/* --- dimmed --- */

static void
test_dim(void)
{
  MsOverlayStyle style = {MS_PALETTE_SAFE, MS_KIND_ALL};
  uint32_t dim = 0xff000000u | rgb(MS_PALETTE_DIM);

  g_assert_cmphex(ms_compose_kinds_color(&style, MS_KIND_DIM), ==, dim);
  g_assert_cmphex(ms_compose_kinds_color(&style, MS_KIND_DIM | MS_KIND_TP | MS_KIND_IGNORED), ==,
                  dim);
  g_assert_cmphex(ms_compose_kinds_color(&style, MS_KIND_DIM | MS_KIND_FP), ==,
                  ms_compose_kinds_color(&style, MS_KIND_FP));
  style.shown = 0;
  g_assert_cmphex(ms_compose_kinds_color(&style, MS_KIND_DIM | MS_KIND_TP), ==, dim);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/render/edges/lines", test_lines);
  g_test_add_func("/render/edges/dashes", test_dashes);
  g_test_add_func("/render/edges/no-edge-vanishes", test_no_edge_vanishes);
  g_test_add_func("/render/edges/seams", test_seams);
  g_test_add_func("/render/edges/heat", test_heat);
  g_test_add_func("/render/edges/dim", test_dim);
  return g_test_run();
}
