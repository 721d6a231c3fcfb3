/* SPDX-License-Identifier: MIT
 *
 * What a window's pictures cost: image, kinds and classes of a 1200 x 850 view over a picture of
 * 4096 x 4096, at the zooms that take different paths, beside a plain fill of a surface of the same
 * size; both in one picture, as the canvas has them, on all threads; and the making of the
 * pyramids. Best of many runs.
 */
#include <glib.h>
#include <string.h>

#include "render/scene.h"
#include "support/random.h"

#define SIDE        4096
#define VIEW_WIDTH  1200
#define VIEW_HEIGHT 850
#define RUNS        30

static const MsOverlayStyle style = {MS_PALETTE_SAFE, MS_KIND_ALL};

typedef struct {
  MsView view;
  MsPyramid *image;
  MsPyramid *kinds;
  MsPyramid *colors;
} Scene;

static cairo_surface_t *
fill(const Scene *scene)
{
  cairo_surface_t *surface =
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, VIEW_WIDTH, VIEW_HEIGHT);
  cairo_t *cr = cairo_create(surface);

  cairo_set_source_rgb(cr, 0.5, 0.5, 0.5);
  cairo_paint(cr);
  cairo_destroy(cr);
  return surface;
}

static cairo_surface_t *
compose_image(const Scene *scene)
{
  return ms_compose_image(&scene->view, scene->image);
}

static cairo_surface_t *
compose_overlay(const Scene *scene)
{
  return ms_compose_overlay(&scene->view, scene->kinds, &style);
}

static cairo_surface_t *
compose_classes(const Scene *scene)
{
  return ms_compose_overlay(&scene->view, scene->colors, &style);
}

/* Image and kinds as the canvas has them: one picture, on all processors. */
static cairo_surface_t *
paint_scene(const Scene *scene)
{
  const MsScene whole = {
      .image = scene->image, .overlay = scene->kinds, .style = style, .opacity = 0.5};
  cairo_rectangle_int_t device;
  cairo_surface_t *surface =
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, VIEW_WIDTH, VIEW_HEIGHT);

  if (ms_compose_visible(&scene->view, &device))
    ms_scene_paint(&whole, &scene->view, &device, cairo_image_surface_get_data(surface),
                   cairo_image_surface_get_stride(surface));
  return surface;
}

static double
best_milliseconds(const Scene *scene, cairo_surface_t *(*paint)(const Scene *))
{
  gint64 best = G_MAXINT64;

  for (int i = 0; i < RUNS; i++) {
    gint64 start = g_get_monotonic_time();
    cairo_surface_t *surface = paint(scene);

    best = MIN(best, g_get_monotonic_time() - start);
    cairo_surface_destroy(surface);
  }
  return (double)best / 1000;
}

/* Noise over large regions, as masks are. */
static uint32_t
make_pixel(MsPyramidContent content, int x, int y, TestRandom *random)
{
  static const uint32_t colors[] = {0, 0xff804020u, 0xff204080u, 0xff208040u};
  gboolean noise = test_random_below(random, 50) == 0;
  int region = x / 512 + y / 512;

  if (content == MS_PYRAMID_IMAGE)
    return test_random(random);
  if (content == MS_PYRAMID_COLORS)
    return colors[noise ? 3 : region % 3];
  return noise ? MS_KIND_FP : region % 2 ? MS_KIND_TP : MS_KIND_TN;
}

static MsPyramid *
make_layer(MsPyramidContent content, TestRandom *random)
{
  MsPyramid *pyramid = ms_pyramid_new(SIDE, SIDE, content);
  MsLevel *level = &pyramid->levels[0];

  for (int y = 0; y < SIDE; y++) {
    for (int x = 0; x < SIDE; x++) {
      uint32_t pixel = make_pixel(content, x, y, random);

      memcpy(level->pixels + y * level->stride + x * pyramid->pixel_bytes, &pixel,
             (gsize)pyramid->pixel_bytes);
    }
  }
  return pyramid;
}

static double
reduce_milliseconds(MsPyramid *pyramid)
{
  gint64 start = g_get_monotonic_time();

  g_assert_cmpint(ms_pyramid_reduce(pyramid, NULL), ==, MS_STATUS_OK);
  return (double)(g_get_monotonic_time() - start) / 1000;
}

int
main(void)
{
  static const double zooms[] = {0.2, 0.25, 0.4, 0.5, 0.7, 1, 1.5, 4, 16};
  TestRandom random = {67};
  Scene scene = {.image = make_layer(MS_PYRAMID_IMAGE, &random),
                 .kinds = make_layer(MS_PYRAMID_KINDS, &random),
                 .colors = make_layer(MS_PYRAMID_COLORS, &random)};

  g_print("pyramids of %d x %d: image %.1f ms, kinds %.1f ms, classes %.1f ms\n", SIDE, SIDE,
          reduce_milliseconds(scene.image), reduce_milliseconds(scene.kinds),
          reduce_milliseconds(scene.colors));
  g_print("%d x %d\n%8s %10s %10s %10s %10s %10s\n", VIEW_WIDTH, VIEW_HEIGHT, "zoom", "image ms",
          "overlay ms", "classes ms", "scene ms", "fill ms");
  ms_view_init(&scene.view);
  ms_view_set_size(&scene.view, VIEW_WIDTH, VIEW_HEIGHT, 1);
  ms_view_set_image(&scene.view, SIDE, SIDE);
  for (guint i = 0; i < G_N_ELEMENTS(zooms); i++) {
    ms_view_zoom_at(&scene.view, zooms[i], 333, 444);
    ms_view_pan(&scene.view, -37, 51);
    g_print("%8.3g %10.2f %10.2f %10.2f %10.2f %10.2f\n", zooms[i],
            best_milliseconds(&scene, compose_image), best_milliseconds(&scene, compose_overlay),
            best_milliseconds(&scene, compose_classes), best_milliseconds(&scene, paint_scene),
            best_milliseconds(&scene, fill));
  }
  ms_pyramid_free(scene.image);
  ms_pyramid_free(scene.kinds);
  ms_pyramid_free(scene.colors);
  return 0;
}
