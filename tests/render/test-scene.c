/* SPDX-License-Identifier: MIT
 *
 * What the canvas shows: image and overlay in one picture are what Cairo makes of the two, and a
 * picture that is shifted while the view moves is the one that is painted anew.
 */
#include "render/scene.h"

#include <glib.h>
#include <math.h>

#include "render/bands.h"
#include "render/pane.h"
#include "render/pictures.h"
#include "support/random.h"

static const double zooms[] = {1.0 / 32, 0.05, 0.21, 0.25, 0.37, 0.5, 0.7, 0.99, 1, 1.5, 3, 17, 64};

static double
random_fraction(TestRandom *random)
{
  return test_random_below(random, 1001) / 1000.0;
}

/* --- layers --- */

static MsPyramid *
random_image(int width, int height, TestRandom *random)
{
  MsPyramid *image = test_image_new(width, height, 0);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      *test_image_at(image, x, y) = 0xff000000u | test_random_below(random, 1 << 24);
  test_pyramid_reduce(image);
  return image;
}

static MsPyramid *
random_kinds(int width, int height, TestRandom *random)
{
  MsPyramid *kinds = test_kinds_new(width, height, 0);

  for (int i = 0; i < width * height / 20; i++) {
    int x = (int)test_random_below(random, (guint)width);
    int y = (int)test_random_below(random, (guint)height);

    *test_kinds_at(kinds, x, y) = (uint8_t)(1u << test_random_below(random, 5));
  }
  test_pyramid_reduce(kinds);
  return kinds;
}

static MsPyramid *
random_colors(int width, int height, TestRandom *random)
{
  static const uint32_t colors[] = {0, 0xff804020u, 0xff204080u, 0xff208040u};
  MsPyramid *pyramid = ms_pyramid_new(width, height, MS_PYRAMID_COLORS);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      *test_image_at(pyramid, x, y) = colors[test_random_below(random, G_N_ELEMENTS(colors))];
  test_pyramid_reduce(pyramid);
  return pyramid;
}

typedef struct {
  MsPyramid *image;
  MsPyramid *kinds;
  MsPyramid *colors;
  MsView view;
} Layers;

static void
layers_init(Layers *layers, int width, int height, TestRandom *random)
{
  layers->image = random_image(width, height, random);
  layers->kinds = random_kinds(width, height, random);
  layers->colors = random_colors(width, height, random);
  ms_view_init(&layers->view);
  ms_view_set_size(&layers->view, 150, 110, 1);
  ms_view_set_image(&layers->view, width, height);
}

static void
layers_clear(Layers *layers)
{
  ms_pyramid_free(layers->image);
  ms_pyramid_free(layers->kinds);
  ms_pyramid_free(layers->colors);
}

/* With and without an image; kinds, classes or nothing over it. */
static MsScene
random_scene(const Layers *layers, TestRandom *random)
{
  const MsPyramid *overlays[] = {layers->kinds, layers->kinds, layers->colors, NULL};
  MsScene scene = {.style = {MS_PALETTE_SAFE, MS_KIND_ALL}};

  scene.image = test_random_below(random, 4) ? layers->image : NULL;
  scene.overlay = overlays[test_random_below(random, G_N_ELEMENTS(overlays))];
  if (test_random_below(random, 2))
    scene.style = (MsOverlayStyle){MS_PALETTE_CLASSIC, test_random_below(random, MS_KIND_ALL + 1)};
  scene.opacity = random_fraction(random);
  return scene;
}

/* --- painting --- */

static cairo_surface_t *
paint_anew(const MsScene *scene, const MsView *view)
{
  cairo_rectangle_int_t device;
  cairo_surface_t *surface;

  g_assert_true(ms_compose_visible(view, &device));
  surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, device.width, device.height);
  cairo_surface_flush(surface);
  ms_scene_paint(scene, view, &device, cairo_image_surface_get_data(surface),
                 cairo_image_surface_get_stride(surface));
  cairo_surface_mark_dirty(surface);
  return surface;
}

static cairo_surface_t *
paint_with_cairo(const MsScene *scene, const MsView *view)
{
  cairo_surface_t *surface = ms_compose_image(view, scene->image);
  cairo_surface_t *overlay =
      scene->overlay ? ms_compose_overlay(view, scene->overlay, &scene->style) : NULL;
  cairo_t *cr = cairo_create(surface);

  if (overlay) {
    cairo_set_source_surface(cr, overlay, 0, 0);
    cairo_paint_with_alpha(cr, scene->opacity);
    cairo_surface_destroy(overlay);
  }
  cairo_destroy(cr);
  return surface;
}

static void
assert_opaque(cairo_surface_t *surface)
{
  const uint8_t *data = cairo_image_surface_get_data(surface);

  for (int y = 0; y < cairo_image_surface_get_height(surface); y++)
    for (int x = 0; x < cairo_image_surface_get_width(surface); x++) {
      const uint32_t *row = (const uint32_t *)(data + y * cairo_image_surface_get_stride(surface));

      g_assert_cmphex(row[x] >> 24, ==, 0xff);
    }
}

static void
test_as_cairo_paints(void)
{
  TestRandom random = {73};
  Layers layers;

  layers_init(&layers, 701, 467, &random);
  for (int i = 0; i < 400; i++) {
    MsScene scene = random_scene(&layers, &random);
    double x = 150 * random_fraction(&random), y = 110 * random_fraction(&random);
    cairo_surface_t *got, *expected;

    ms_view_zoom_at(&layers.view, zooms[i % G_N_ELEMENTS(zooms)], x, y);
    got = paint_anew(&scene, &layers.view);
    expected = paint_with_cairo(&scene, &layers.view);
    assert_opaque(got);
    test_assert_same_picture(got, expected, "scene");
    cairo_surface_destroy(got);
    cairo_surface_destroy(expected);
  }
  layers_clear(&layers);
}

/* --- grey --- */

/* The same picture in one byte a pixel and in four. */
static void
make_grey_twins(int width, int height, MsPyramid **grey, MsPyramid **image, TestRandom *random)
{
  *grey = ms_pyramid_new(width, height, MS_PYRAMID_GREY);
  *image = test_image_new(width, height, 0);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++) {
      uint8_t value = (uint8_t)test_random_below(random, 256);

      *test_kinds_at(*grey, x, y) = value;
      *test_image_at(*image, x, y) = 0xff000000u | value * 0x010101u;
    }
  test_pyramid_reduce(*grey);
  test_pyramid_reduce(*image);
}

static void
test_grey(void)
{
  TestRandom random = {83};
  MsScene scenes[2] = {{.style = {MS_PALETTE_SAFE, MS_KIND_ALL}, .opacity = 0.5}};
  MsPyramid *grey, *image;
  MsView view;

  make_grey_twins(701, 467, &grey, &image, &random);
  scenes[1] = scenes[0];
  scenes[0].image = grey;
  scenes[1].image = image;
  ms_view_init(&view);
  ms_view_set_size(&view, 150, 110, 1);
  ms_view_set_image(&view, 701, 467);
  for (guint i = 0; i < 4 * G_N_ELEMENTS(zooms); i++) {
    double x = 150 * random_fraction(&random), y = 110 * random_fraction(&random);
    cairo_surface_t *got, *expected;

    ms_view_zoom_at(&view, zooms[i % G_N_ELEMENTS(zooms)], x, y);
    got = paint_anew(&scenes[0], &view);
    expected = paint_anew(&scenes[1], &view);
    assert_opaque(got);
    test_assert_same_picture(got, expected, "grey");
    cairo_surface_destroy(got);
    cairo_surface_destroy(expected);
  }
  ms_pyramid_free(grey);
  ms_pyramid_free(image);
}

/* --- moving --- */

static void
move_randomly(MsView *view, TestRandom *random)
{
  double x = 150 * random_fraction(random), y = 110 * random_fraction(random);

  switch (test_random_below(random, 12)) {
  case 0:
    ms_view_zoom_at(view, zooms[test_random_below(random, G_N_ELEMENTS(zooms))], x, y);
    break;
  case 1:
    ms_view_set_size(view, 20 + x, 20 + y, 1 + test_random_below(random, 2));
    break;
  case 2:
    ms_view_fit(view);
    break;
  case 3:
    ms_view_pan(view, 10 * (x - 75), 10 * (y - 55));
    break;
  default:
    ms_view_pan(view, x - 75, y - 55);
  }
}

static void
check_pane(MsPane *pane, const MsView *view, const MsScene *scene)
{
  cairo_rectangle_int_t device, visible;
  cairo_surface_t *got = ms_pane_paint(pane, view, scene, &device);
  cairo_surface_t *expected = paint_anew(scene, view);

  g_assert_true(ms_compose_visible(view, &visible));
  g_assert_cmpmem(&device, sizeof device, &visible, sizeof visible);
  assert_opaque(got);
  test_assert_same_picture(got, expected, "pane");
  cairo_surface_destroy(expected);
}

static void
test_moving(void)
{
  TestRandom random = {79};
  MsPane *pane = ms_pane_new();
  Layers layers;
  MsScene scene;

  layers_init(&layers, 701, 467, &random);
  scene = random_scene(&layers, &random);
  for (int i = 0; i < 1000; i++) {
    if (test_random_below(&random, 20) == 0)
      scene = random_scene(&layers, &random);
    move_randomly(&layers.view, &random);
    check_pane(pane, &layers.view, &scene);
  }
  ms_pane_free(pane);
  layers_clear(&layers);
}

static uint32_t
rgb_at(cairo_surface_t *surface, int x, int y)
{
  return test_surface_pixel(surface, x, y) & RGB_MASK;
}

/* A pan that changes a pixel under it unnoticed shows what was kept: so it is kept, and forgotten
 * when told so. */
static void
test_kept_and_forgotten(void)
{
  MsPyramid *image = test_image_new(300, 300, 0xff102030u);
  MsScene scene = {.image = image, .style = {MS_PALETTE_SAFE, MS_KIND_ALL}, .opacity = 1};
  MsPane *pane = ms_pane_new();
  cairo_rectangle_int_t device;
  cairo_surface_t *picture;
  MsView view;

  ms_view_init(&view);
  ms_view_set_size(&view, 100, 100, 1);
  ms_view_set_image(&view, 300, 300);
  ms_view_zoom_at(&view, 1, 50, 50);
  ms_pane_paint(pane, &view, &scene, &device);
  for (int y = 0; y < 300; y++)
    for (int x = 0; x < 300; x++)
      *test_image_at(image, x, y) = 0xff405060u;
  ms_view_pan(&view, 10, 0);
  picture = ms_pane_paint(pane, &view, &scene, &device);
  g_assert_cmphex(rgb_at(picture, 9, 50), ==, 0x405060);
  g_assert_cmphex(rgb_at(picture, 10, 50), ==, 0x102030);
  ms_pane_forget(pane);
  picture = ms_pane_paint(pane, &view, &scene, &device);
  g_assert_cmphex(rgb_at(picture, 10, 50), ==, 0x405060);
  ms_pane_free(pane);
  ms_pyramid_free(image);
}

/* What somebody still draws from is not painted over. */
static void
test_lent(void)
{
  MsPyramid *image = test_image_new(300, 300, 0xff102030u);
  MsScene scene = {.image = image, .style = {MS_PALETTE_SAFE, MS_KIND_ALL}, .opacity = 1};
  MsPane *pane = ms_pane_new();
  cairo_rectangle_int_t device;
  cairo_surface_t *first;
  MsView view;

  ms_view_init(&view);
  ms_view_set_size(&view, 100, 100, 1);
  ms_view_set_image(&view, 300, 300);
  first = cairo_surface_reference(ms_pane_paint(pane, &view, &scene, &device));
  g_assert_true(ms_pane_paint(pane, &view, &scene, &device) != first);
  g_assert_true(ms_pane_paint(pane, &view, &scene, &device) != first);
  g_assert_cmphex(rgb_at(first, 1, 1), ==, 0x102030);
  cairo_surface_destroy(first);
  ms_view_set_image(&view, 0, 0);
  g_assert_null(ms_pane_paint(pane, &view, &scene, &device));
  ms_pane_free(pane);
  ms_pyramid_free(image);
}

/* --- bands --- */

static void
count_rows(void *user, int first_row, int n_rows)
{
  gint *rows = user;

  for (int y = first_row; y < first_row + n_rows; y++)
    g_atomic_int_inc(&rows[y]);
}

static void
test_bands(void)
{
  for (int n_rows = 0; n_rows < 200; n_rows++)
    for (int band = 1; band < 70; band += 11) {
      gint rows[200] = {0};

      ms_bands_run(n_rows, band, count_rows, rows);
      for (int y = 0; y < 200; y++)
        g_assert_cmpint(rows[y], ==, y < n_rows);
    }
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/render/scene/as-cairo-paints", test_as_cairo_paints);
  g_test_add_func("/render/scene/grey", test_grey);
  g_test_add_func("/render/scene/moving", test_moving);
  g_test_add_func("/render/scene/kept-and-forgotten", test_kept_and_forgotten);
  g_test_add_func("/render/scene/lent", test_lent);
  g_test_add_func("/render/scene/bands", test_bands);
  return g_test_run();
}
