/* SPDX-License-Identifier: MIT
 *
 * That what is painted lies where the pixels are: against naive sampling at many zooms, places and
 * display scales; that no wrong pixel is lost on the way down; that image and overlay agree.
 */
#include "render/compose.h"

#include <glib/gstdio.h>
#include <math.h>

#include "render/pictures.h"
#include "support/random.h"

static const MsOverlayStyle everything = {MS_PALETTE_SAFE, MS_KIND_ALL};

/* From the one that loses to the one that wins. */
static const MsKind ranked[] = {MS_KIND_TN, MS_KIND_IGNORED, MS_KIND_TP,
                                MS_KIND_FP, MS_KIND_FN,      MS_KIND_CONFUSED};

static uint32_t
argb_of(MsPalette palette, MsKind kind)
{
  MsColor color = ms_palette_kind_color(palette, kind);

  if (kind == MS_KIND_TN)
    return 0;
  return 0xff000000u | (uint32_t)color.red << 16 | (uint32_t)color.green << 8 | color.blue;
}

static guint
rank_of_kinds(unsigned kinds)
{
  guint rank = 0;

  for (guint i = 1; i < G_N_ELEMENTS(ranked); i++)
    rank = kinds & ranked[i] ? i : rank;
  return rank;
}

static guint
rank_of_pixel(const MsOverlayStyle *style, uint32_t argb)
{
  for (guint i = 0; i < G_N_ELEMENTS(ranked); i++) {
    if (argb_of(style->palette, ranked[i]) == argb)
      return i;
  }
  g_error("%08x is no kind's colour", argb);
}

static MsView
view_at(const MsPyramid *masks, double width, double height, double device_scale, double zoom,
        double centre_x, double centre_y)
{
  const MsLevel *level = &masks->levels[0];
  MsView view = {level->width, level->height, width, height, device_scale, false, zoom, 0, 0};

  view.centre_x = centre_x * level->width;
  view.centre_y = centre_y * level->height;
  ms_view_pan(&view, 0, 0); /* settles the place */
  return view;
}

static double
random_fraction(TestRandom *random)
{
  return test_random_below(random, 1000) / 1000.0;
}

/* Anywhere on the masks. One random number a statement: C leaves the order of arguments open. */
static MsView
random_view(const MsPyramid *masks, double width, double height, double device_scale, double zoom,
            TestRandom *random)
{
  double centre_x = random_fraction(random);
  double centre_y = random_fraction(random);

  return view_at(masks, width, height, device_scale, zoom, centre_x, centre_y);
}

static MsPyramid *
random_kinds(int width, int height, guint32 one_in, TestRandom *random)
{
  MsPyramid *kinds = test_kinds_new(width, height, 0);

  for (int y = 0; y < height; y++) {
    for (int x = 0; x < width; x++) {
      if (test_random_below(random, one_in) == 0)
        *test_kinds_at(kinds, x, y) = (uint8_t)(1u << test_random_below(random, 5));
    }
  }
  test_pyramid_reduce(kinds);
  return kinds;
}

/* Union of the kinds in image pixels that overlap x0 to x1, y0 to y1. */
static unsigned
kinds_within(const MsPyramid *kinds, double x0, double y0, double x1, double y1)
{
  const MsLevel *level = &kinds->levels[0];
  unsigned united = 0;

  for (int y = (int)MAX(floor(y0), 0); y < MIN(ceil(y1), level->height); y++) {
    for (int x = (int)MAX(floor(x0), 0); x < MIN(ceil(x1), level->width); x++)
      united |= *test_kinds_at(kinds, x, y);
  }
  return united;
}

/* Above 100 %: exactly the pixel under the centre. Below: all kinds that overlap, and none from
 * farther than one cell, which is less than one device pixel. */
static void
check_pixel(const MsView *view, const MsPyramid *kinds, const MsOverlayStyle *style,
            double from_origin_x, double from_origin_y, uint32_t argb)
{
  double x0 = from_origin_x / view->zoom, y0 = from_origin_y / view->zoom;
  double x1 = (from_origin_x + 1) / view->zoom, y1 = (from_origin_y + 1) / view->zoom;
  double reach = 1 / view->zoom, tiny = 1e-6;
  guint rank = rank_of_pixel(style, argb);

  if (view->zoom >= 1) {
    const MsLevel *level = &kinds->levels[0];
    int x = MIN((int)floor((from_origin_x + 0.5) / view->zoom), level->width - 1);
    int y = MIN((int)floor((from_origin_y + 0.5) / view->zoom), level->height - 1);

    g_assert_cmpint(rank, ==, rank_of_kinds(*test_kinds_at(kinds, x, y) & style->shown));
    return;
  }
  g_assert_cmpint(rank, >=,
                  rank_of_kinds(kinds_within(kinds, x0 + tiny, y0 + tiny, x1 - tiny, y1 - tiny) &
                                style->shown));
  if (rank > 0)
    g_assert_true(kinds_within(kinds, x0 - reach, y0 - reach, x1 + reach, y1 + reach) &
                  style->shown & ranked[rank]);
}

static void
check_overlay(const MsView *view, const MsPyramid *kinds, const MsOverlayStyle *style)
{
  cairo_surface_t *overlay = ms_compose_overlay(view, kinds, style);
  cairo_rectangle_int_t visible;
  double origin_x, origin_y;

  g_assert_nonnull(overlay);
  g_assert_true(ms_compose_visible(view, &visible));
  g_assert_cmpint(cairo_image_surface_get_format(overlay), ==, CAIRO_FORMAT_ARGB32);
  g_assert_cmpint(cairo_image_surface_get_width(overlay), ==, visible.width);
  g_assert_cmpint(cairo_image_surface_get_height(overlay), ==, visible.height);
  ms_view_device_origin(view, &origin_x, &origin_y);
  for (int y = 0; y < visible.height; y++) {
    for (int x = 0; x < visible.width; x++)
      check_pixel(view, kinds, style, visible.x + x - origin_x, visible.y + y - origin_y,
                  test_surface_pixel(overlay, x, y));
  }
  cairo_surface_destroy(overlay);
}

static void
test_against_naive(void)
{
  static const double zooms[] = {64,  8,   3,    2.7,    2,    1.5,  1.0000001, 1,    0.999,
                                 0.9, 0.5, 0.37, 1 / 3., 0.26, 0.25, 0.1,       0.06, 1.0 / 32};
  TestRandom random = {37};
  MsPyramid *kinds = random_kinds(1237, 901, 60, &random);

  for (guint i = 0; i < G_N_ELEMENTS(zooms); i++) {
    for (int device_scale = 1; device_scale <= 2; device_scale++) {
      MsView view = random_view(kinds, 120, 90, device_scale, zooms[i], &random);

      check_overlay(&view, kinds, &everything);
    }
  }
  ms_pyramid_free(kinds);
}

static void
test_random_views(void)
{
  TestRandom random = {41};

  for (int i = 0; i < 150; i++) {
    int image_width = 1 + (int)test_random_below(&random, 400);
    int image_height = 1 + (int)test_random_below(&random, 400);
    double width = 1 + test_random_below(&random, 150);
    double height = 1 + test_random_below(&random, 150);
    double zoom = exp2(10 * random_fraction(&random) - 5);
    MsPyramid *kinds = random_kinds(image_width, image_height, 20, &random);
    MsView view = random_view(kinds, width, height, 1 + i % 2, zoom, &random);
    MsOverlayStyle style = {i % 3 ? MS_PALETTE_SAFE : MS_PALETTE_CLASSIC,
                            test_random_below(&random, MS_KIND_ALL + 1)};

    check_overlay(&view, kinds, &style);
    ms_pyramid_free(kinds);
  }
}

/* Lit pixels of one wrong image pixel: some, and none farther off than one device pixel. */
static void
check_single_pixel(const MsView *view, const MsPyramid *kinds, int image_x, int image_y)
{
  cairo_surface_t *overlay = ms_compose_overlay(view, kinds, &everything);
  cairo_rectangle_int_t visible;
  double origin_x, origin_y;
  int lit = 0;

  g_assert_true(ms_compose_visible(view, &visible));
  ms_view_device_origin(view, &origin_x, &origin_y);
  for (int y = 0; y < visible.height; y++) {
    for (int x = 0; x < visible.width; x++) {
      double from_x = visible.x + x - (origin_x + image_x * view->zoom);
      double from_y = visible.y + y - (origin_y + image_y * view->zoom);

      if (test_surface_pixel(overlay, x, y) == 0)
        continue;
      lit++;
      g_assert_cmpfloat(from_x, >, -2);
      g_assert_cmpfloat(from_y, >, -2);
      g_assert_cmpfloat(from_x, <, view->zoom + 1);
      g_assert_cmpfloat(from_y, <, view->zoom + 1);
    }
  }
  g_assert_cmpint(lit, >, 0);
  cairo_surface_destroy(overlay);
}

static void
test_wrong_pixel_never_vanishes(void)
{
  static const double zooms[] = {5, 1, 0.77, 0.5, 0.37, 0.25, 0.2, 0.13, 0.1, 0.05, 0.04};
  static const int places[][2] = {{0, 0},       {4999, 4999}, {0, 4999},
                                  {4999, 2500}, {1234, 4321}, {2047, 2048}};
  MsPyramid *kinds;

  for (guint i = 0; i < G_N_ELEMENTS(places); i++) {
    kinds = test_kinds_new(5000, 5000, MS_KIND_TN);
    *test_kinds_at(kinds, places[i][0], places[i][1]) = MS_KIND_FP;
    test_pyramid_reduce(kinds);
    for (guint j = 0; j < G_N_ELEMENTS(zooms); j++) {
      MsView view = view_at(kinds, 301, 200, 1, zooms[j], (places[i][0] + 0.3) / 5000,
                            (places[i][1] + 0.8) / 5000);

      check_single_pixel(&view, kinds, places[i][0], places[i][1]);
    }
    ms_pyramid_free(kinds);
  }
}

/* Far below the smallest level there are sums over many cells. */
static void
test_whole_image_in_one_pixel(void)
{
  MsPyramid *kinds = test_kinds_new(60, 60, MS_KIND_TP);
  MsPyramid *image = test_image_new(60, 60, 0x336699);
  MsView view = view_at(kinds, 100, 100, 1, 1.0 / 64, 0.5, 0.5);
  cairo_surface_t *overlay, *picture;

  *test_kinds_at(kinds, 59, 31) = MS_KIND_CONFUSED;
  test_pyramid_reduce(kinds);
  overlay = ms_compose_overlay(&view, kinds, &everything);
  picture = ms_compose_image(&view, image);
  g_assert_cmpint(cairo_image_surface_get_width(overlay), ==, 1);
  g_assert_cmpint(cairo_image_surface_get_height(overlay), ==, 1);
  g_assert_cmphex(test_surface_pixel(overlay, 0, 0), ==,
                  argb_of(MS_PALETTE_SAFE, MS_KIND_CONFUSED));
  g_assert_cmphex(test_surface_pixel(picture, 0, 0) & RGB_MASK, ==, 0x336699);
  cairo_surface_destroy(overlay);
  cairo_surface_destroy(picture);
  ms_pyramid_free(kinds);
  ms_pyramid_free(image);
}

/* The image that has each kind's colour where the kind is. */
static MsPyramid *
image_of_kinds(const MsPyramid *kinds)
{
  const MsLevel *level = &kinds->levels[0];
  MsPyramid *image = test_image_new(level->width, level->height, 0);

  for (int y = 0; y < level->height; y++) {
    for (int x = 0; x < level->width; x++)
      *test_image_at(image, x, y) =
          argb_of(MS_PALETTE_SAFE, (MsKind)*test_kinds_at(kinds, x, y)) | 0xff000000u;
  }
  test_pyramid_reduce(image);
  return image;
}

static void
test_image_and_overlay_agree(void)
{
  static const double zooms[] = {1, 1.01, 1.5, 2, 2.3, 3, 4, 7.9, 16, 64};
  TestRandom random = {43};
  MsPyramid *kinds = random_kinds(333, 222, 2, &random);
  MsPyramid *image = image_of_kinds(kinds);

  for (guint i = 0; i < 3 * G_N_ELEMENTS(zooms); i++) {
    MsView view = random_view(kinds, 211, 187, 1 + i % 2, zooms[i / 3], &random);
    cairo_surface_t *overlay = ms_compose_overlay(&view, kinds, &everything);
    cairo_surface_t *picture = ms_compose_image(&view, image);

    g_assert_cmpint(cairo_image_surface_get_format(picture), ==, CAIRO_FORMAT_RGB24);
    test_assert_same_picture(picture, overlay, "image-and-overlay");
    cairo_surface_destroy(overlay);
    cairo_surface_destroy(picture);
  }
  ms_pyramid_free(kinds);
  ms_pyramid_free(image);
}

static void
test_whole_zoom_shows_flat_squares(void)
{
  TestRandom random = {47};
  MsPyramid *kinds = random_kinds(40, 30, 2, &random);
  MsPyramid *image = image_of_kinds(kinds);
  MsView view = view_at(kinds, 500, 400, 1, 5, 0.5, 0.5);
  cairo_surface_t *picture = ms_compose_image(&view, image);

  g_assert_cmpint(cairo_image_surface_get_width(picture), ==, 200);
  g_assert_cmpint(cairo_image_surface_get_height(picture), ==, 150);
  for (int y = 0; y < 150; y++) {
    for (int x = 0; x < 200; x++)
      g_assert_cmphex(test_surface_pixel(picture, x, y), ==, *test_image_at(image, x / 5, y / 5));
  }
  cairo_surface_destroy(picture);
  ms_pyramid_free(kinds);
  ms_pyramid_free(image);
}

/* Centre of the light in the picture, in image pixels. */
static void
centre_of_mass(const MsView *view, cairo_surface_t *picture, double *image_x, double *image_y)
{
  cairo_rectangle_int_t visible;
  double mass = 0, x_moment = 0, y_moment = 0, origin_x, origin_y;

  g_assert_true(ms_compose_visible(view, &visible));
  ms_view_device_origin(view, &origin_x, &origin_y);
  for (int y = 0; y < visible.height; y++) {
    for (int x = 0; x < visible.width; x++) {
      double light = test_surface_pixel(picture, x, y) & 0xff;

      mass += light;
      x_moment += light * (visible.x + x + 0.5 - origin_x);
      y_moment += light * (visible.y + y + 0.5 - origin_y);
    }
  }
  g_assert_cmpfloat(mass, >, 0);
  *image_x = x_moment / mass / view->zoom;
  *image_y = y_moment / mass / view->zoom;
}

static void
test_centre_of_mass_stays(void)
{
  static const double zooms[] = {4,    2,    1,   0.9,  0.7,  0.51, 0.5,  0.49,
                                 0.37, 0.26, 0.2, 0.13, 0.11, 0.07, 0.05, 0.04};
  MsPyramid *image = test_image_new(1003, 777, 0);

  for (int y = 301; y < 342; y++) {
    for (int x = 577; x < 640; x++)
      *test_image_at(image, x, y) = 0xffffffffu;
  }
  test_pyramid_reduce(image);
  for (guint i = 0; i < G_N_ELEMENTS(zooms); i++) {
    MsView view = view_at(image, 500, 400, 1, zooms[i], 608.5 / 1003, 321.5 / 777);
    cairo_surface_t *picture = ms_compose_image(&view, image);
    double x, y;

    centre_of_mass(&view, picture, &x, &y);
    g_assert_cmpfloat(fabs(x - 608.5) * zooms[i], <, zooms[i]> 1 ? zooms[i] / 2 : 0.1);
    g_assert_cmpfloat(fabs(y - 321.5) * zooms[i], <, zooms[i]> 1 ? zooms[i] / 2 : 0.1);
    cairo_surface_destroy(picture);
  }
  ms_pyramid_free(image);
}

static double
ramp_at(double image_x, double image_y)
{
  return 20 + image_x / 8 + image_y / 16;
}

/* A slope must come out as the same slope at every zoom, without steps between levels. */
static void
test_average_of_a_slope(void)
{
  static const double zooms[] = {0.99, 0.8, 0.6, 0.5, 0.45, 0.3, 0.25, 0.21, 0.15};
  MsPyramid *image = test_image_new(900, 901, 0);

  for (int y = 0; y < 901; y++) {
    for (int x = 0; x < 900; x++)
      *test_image_at(image, x, y) = (uint32_t)lround(ramp_at(x + 0.5, y + 0.5)) * 0x010101u;
  }
  test_pyramid_reduce(image);
  for (guint i = 0; i < G_N_ELEMENTS(zooms); i++) {
    MsView view = view_at(image, 1000, 1000, 1, zooms[i], 0.5, 0.5);
    cairo_surface_t *picture = ms_compose_image(&view, image);

    for (int y = 2; y < cairo_image_surface_get_height(picture) - 2; y++) {
      for (int x = 2; x < cairo_image_surface_get_width(picture) - 2; x++) {
        double expected = ramp_at((x + 0.5) / zooms[i], (y + 0.5) / zooms[i]);

        g_assert_cmpfloat(fabs((test_surface_pixel(picture, x, y) >> 8 & 0xff) - expected), <, 2.0);
      }
    }
    cairo_surface_destroy(picture);
  }
  ms_pyramid_free(image);
}

static void
test_plain_image_stays_plain(void)
{
  TestRandom random = {53};
  MsPyramid *image = test_image_new(611, 499, 0xfe01c8);

  test_pyramid_reduce(image);
  for (int i = 0; i < 200; i++) {
    double zoom = exp2(8 * random_fraction(&random) - 5);
    MsView view = random_view(image, 170, 160, 1, zoom, &random);
    cairo_surface_t *picture = ms_compose_image(&view, image);

    for (int y = 0; y < cairo_image_surface_get_height(picture); y++) {
      for (int x = 0; x < cairo_image_surface_get_width(picture); x++)
        g_assert_cmphex(test_surface_pixel(picture, x, y) & RGB_MASK, ==, 0xfe01c8);
    }
    cairo_surface_destroy(picture);
  }
  ms_pyramid_free(image);
}

/* An image of another size is stretched over the masks: its halves meet where theirs do. */
static void
check_stretched(int image_width, int image_height, double zoom)
{
  MsPyramid *masks = test_kinds_new(400, 300, 0);
  MsPyramid *image = test_image_new(image_width, image_height, 0x0000ff);
  MsView view = view_at(masks, 2000, 2000, 1, zoom, 0.5, 0.5);
  cairo_surface_t *picture;
  int width, height;

  for (int y = 0; y < image_height; y++) {
    for (int x = 0; x < image_width / 2; x++)
      *test_image_at(image, x, y) = 0xffff0000u;
  }
  test_pyramid_reduce(image);
  picture = ms_compose_image(&view, image);
  width = cairo_image_surface_get_width(picture);
  height = cairo_image_surface_get_height(picture);
  g_assert_cmpint(width, ==, 400 * zoom);
  g_assert_cmpint(height, ==, 300 * zoom);
  for (int y = 0; y < height; y++) {
    g_assert_cmphex(test_surface_pixel(picture, width / 2 - 1, y) & RGB_MASK, ==, 0xff0000);
    g_assert_cmphex(test_surface_pixel(picture, width / 2, y) & RGB_MASK, ==, 0x0000ff);
  }
  cairo_surface_destroy(picture);
  ms_pyramid_free(image);
  ms_pyramid_free(masks);
}

static void
test_image_of_another_size(void)
{
  static const double zooms[] = {0.25, 0.5, 1, 2, 4};

  for (guint i = 0; i < G_N_ELEMENTS(zooms); i++) {
    check_stretched(200, 150, zooms[i]);
    check_stretched(800, 600, zooms[i]);
    check_stretched(4000, 30, zooms[i]);
    check_stretched(16, 3000, zooms[i]);
    check_stretched(2, 1, zooms[i]);
  }
}

static void
test_no_image_is_one_grey(void)
{
  MsPyramid *masks = test_kinds_new(50, 40, 0);
  MsView view = view_at(masks, 300, 300, 1, 3.5, 0.5, 0.5);
  cairo_surface_t *picture = ms_compose_image(&view, NULL);
  uint32_t ground = test_surface_pixel(picture, 0, 0);

  g_assert_cmpint(ground & 0xff, ==, ground >> 8 & 0xff);
  g_assert_cmpint(ground & 0xff, ==, ground >> 16 & 0xff);
  for (int y = 0; y < cairo_image_surface_get_height(picture); y++) {
    for (int x = 0; x < cairo_image_surface_get_width(picture); x++)
      g_assert_cmphex(test_surface_pixel(picture, x, y), ==, ground);
  }
  cairo_surface_destroy(picture);
  ms_pyramid_free(masks);
}

/* Every union of kinds under every choice of shown ones. */
static void
test_priority_and_toggles(void)
{
  for (unsigned kinds = 0; kinds <= MS_KIND_ALL; kinds++) {
    MsPyramid *masks = test_kinds_new(1, 1, (uint8_t)kinds);
    MsView view = view_at(masks, 10, 10, 1, 1, 0.5, 0.5);

    for (unsigned shown = 0; shown <= MS_KIND_ALL; shown++) {
      MsOverlayStyle style = {MS_PALETTE_CLASSIC, shown};
      cairo_surface_t *overlay = ms_compose_overlay(&view, masks, &style);

      g_assert_cmphex(test_surface_pixel(overlay, 0, 0), ==,
                      argb_of(MS_PALETTE_CLASSIC, ranked[rank_of_kinds(kinds & shown)]));
      cairo_surface_destroy(overlay);
    }
    ms_pyramid_free(masks);
  }
}

static void
test_visible(void)
{
  MsPyramid *masks = test_kinds_new(100, 60, 0);
  MsView view = view_at(masks, 300, 300, 2, 4, 0.5, 0.5);
  cairo_rectangle_int_t visible;

  g_assert_true(ms_compose_visible(&view, &visible));
  g_assert_cmpint(visible.x, ==, 100);
  g_assert_cmpint(visible.y, ==, 180);
  g_assert_cmpint(visible.width, ==, 400);
  g_assert_cmpint(visible.height, ==, 240);
  view = view_at(masks, 30, 40, 1, 8, 0.1, 0.9);
  g_assert_true(ms_compose_visible(&view, &visible));
  g_assert_cmpint(visible.x, ==, 0);
  g_assert_cmpint(visible.y, ==, 0);
  g_assert_cmpint(visible.width, ==, 30);
  g_assert_cmpint(visible.height, ==, 40);
  view.view_width = 0;
  g_assert_false(ms_compose_visible(&view, &visible));
  g_assert_null(ms_compose_image(&view, NULL));
  g_assert_null(ms_compose_overlay(&view, masks, &everything));
  ms_view_init(&view);
  g_assert_false(ms_compose_visible(&view, &visible));
  ms_pyramid_free(masks);
}

/* ---- class colours ---- */

static const uint32_t class_colors[] = {0, 0xff804020u, 0xff204080u, 0xff208040u};

/* Patches of the classes, and the same painted ones as kinds. */
static MsPyramid *
random_classes(int width, int height, MsPyramid **kinds, TestRandom *random)
{
  MsPyramid *colors = ms_pyramid_new(width, height, MS_PYRAMID_COLORS);
  uint32_t patches[8][8];

  for (int i = 0; i < 64; i++)
    patches[i / 8][i % 8] = class_colors[test_random_below(random, G_N_ELEMENTS(class_colors))];
  *kinds = test_kinds_new(width, height, 0);
  for (int y = 0; y < height; y++) {
    for (int x = 0; x < width; x++) {
      uint32_t color =
          test_random_below(random, 20) == 0 ? class_colors[3] : patches[y / 9 % 8][x / 13 % 8];

      *test_image_at(colors, x, y) = color;
      *test_kinds_at(*kinds, x, y) = color ? MS_KIND_TP : 0;
    }
  }
  test_pyramid_reduce(colors);
  test_pyramid_reduce(*kinds);
  return colors;
}

/* Whether a pixel of the colour lies within, in image pixels. */
static gboolean
color_within(const MsPyramid *colors, double x0, double y0, double x1, double y1, uint32_t color)
{
  const MsLevel *level = &colors->levels[0];

  for (int y = (int)MAX(floor(y0), 0); y < MIN(ceil(y1), level->height); y++) {
    for (int x = (int)MAX(floor(x0), 0); x < MIN(ceil(x1), level->width); x++)
      if (*test_image_at(colors, x, y) == color)
        return TRUE;
  }
  return FALSE;
}

/* Of the pixels that a device pixel overlaps, told row by row, the colour that most painted ones
 * have; the first of equals. */
static uint32_t
most_frequent(const MsPyramid *colors, double x0, double y0, double x1, double y1)
{
  const MsLevel *level = &colors->levels[0];
  int first_x = (int)MAX(floor(x0), 0), end_x = (int)MIN(ceil(x1), level->width);
  int first_y = (int)MAX(floor(y0), 0), end_y = (int)MIN(ceil(y1), level->height);
  int n_columns = end_x - first_x, n = n_columns * (end_y - first_y), most = 0;
  uint32_t best = 0;

  for (int i = 0; i < n; i++) {
    uint32_t color = *test_image_at(colors, first_x + i % n_columns, first_y + i / n_columns);
    int count = 0;

    for (int j = 0; j < n; j++)
      count += *test_image_at(colors, first_x + j % n_columns, first_y + j / n_columns) == color;
    if (color != 0 && count > most) {
      most = count;
      best = color;
    }
  }
  return best;
}

/* Painted exactly where the kinds are; above 100 % the very pixel, a little below the most frequent
 * one, farther below a colour from nearby and never a mixed one. */
static void
check_classes(const MsView *view, const MsPyramid *colors, const MsPyramid *kinds)
{
  cairo_surface_t *classes = ms_compose_overlay(view, colors, &everything);
  cairo_surface_t *overlay = ms_compose_overlay(view, kinds, &everything);
  const MsLevel *level = &colors->levels[0];
  cairo_rectangle_int_t visible;
  double origin_x, origin_y;

  g_assert_true(ms_compose_visible(view, &visible));
  ms_view_device_origin(view, &origin_x, &origin_y);
  for (int y = 0; y < visible.height; y++) {
    for (int x = 0; x < visible.width; x++) {
      uint32_t color = test_surface_pixel(classes, x, y);
      double image_x = (visible.x + x + 0.5 - origin_x) / view->zoom;
      double image_y = (visible.y + y + 0.5 - origin_y) / view->zoom;
      double reach = 1.5 / view->zoom, half = 0.5 / view->zoom, tiny = 1e-6;

      g_assert_cmpint(color != 0, ==, test_surface_pixel(overlay, x, y) != 0);
      if (view->zoom >= 1)
        g_assert_cmphex(color, ==,
                        *test_image_at(colors, MIN((int)image_x, level->width - 1),
                                       MIN((int)image_y, level->height - 1)));
      else if (view->zoom > 0.5)
        g_assert_cmphex(color, ==,
                        most_frequent(colors, image_x - half + tiny, image_y - half + tiny,
                                      image_x + half - tiny, image_y + half - tiny));
      else if (color != 0)
        g_assert_true(color_within(colors, image_x - reach, image_y - reach, image_x + reach,
                                   image_y + reach, color));
    }
  }
  cairo_surface_destroy(classes);
  cairo_surface_destroy(overlay);
}

static void
test_classes_lie_on_kinds(void)
{
  static const double zooms[] = {0.04, 0.1, 0.25, 0.3, 0.5, 0.55, 0.6, 0.75, 0.99, 1, 1.5, 2, 7.3};
  TestRandom random = {71};
  MsPyramid *kinds, *colors = random_classes(611, 407, &kinds, &random);

  for (guint i = 0; i < G_N_ELEMENTS(zooms); i++) {
    MsView view = random_view(colors, 180, 140, 1 + i % 2, zooms[i], &random);

    check_classes(&view, colors, kinds);
  }
  ms_pyramid_free(kinds);
  ms_pyramid_free(colors);
}

/* Three quarters of a device pixel outvote one, and ground has no vote. */
static void
test_most_frequent_class_wins(void)
{
  MsPyramid *colors = ms_pyramid_new(4, 2, MS_PYRAMID_COLORS);
  static const uint32_t pixels[2][4] = {{1, 2, 0, 0}, {2, 2, 0, 1}};
  MsView view = {4, 2, 2, 1, 1, false, 0.5, 2, 1};
  cairo_surface_t *classes;

  for (int y = 0; y < 2; y++)
    for (int x = 0; x < 4; x++)
      *test_image_at(colors, x, y) = class_colors[pixels[y][x]];
  test_pyramid_reduce(colors);
  classes = ms_compose_overlay(&view, colors, &everything);
  g_assert_cmphex(test_surface_pixel(classes, 0, 0), ==, class_colors[2]);
  g_assert_cmphex(test_surface_pixel(classes, 1, 0), ==, class_colors[1]);
  cairo_surface_destroy(classes);
  ms_pyramid_free(colors);
}

static void
test_comparison_can_fail(void)
{
  MsPyramid *kinds = test_kinds_new(9, 7, MS_KIND_TP);
  MsView view = view_at(kinds, 9, 7, 1, 1, 0.5, 0.5);
  cairo_surface_t *right = ms_compose_overlay(&view, kinds, &everything), *wrong;
  char *path = NULL;

  g_assert_cmpint(test_count_different(right, right, "deliberate", &path), ==, 0);
  g_assert_null(path);
  *test_kinds_at(kinds, 4, 4) = MS_KIND_FN;
  wrong = ms_compose_overlay(&view, kinds, &everything);
  g_assert_cmpint(test_count_different(wrong, right, "deliberate", &path), ==, 1);
  g_assert_true(g_file_test(path, G_FILE_TEST_IS_REGULAR));
  g_assert_cmpint(g_remove(path), ==, 0);
  g_free(path);
  cairo_surface_destroy(right);
  cairo_surface_destroy(wrong);
  ms_pyramid_free(kinds);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/render/compose/against-naive", test_against_naive);
  g_test_add_func("/render/compose/random-views", test_random_views);
  g_test_add_func("/render/compose/wrong-pixel-never-vanishes", test_wrong_pixel_never_vanishes);
  g_test_add_func("/render/compose/whole-image-in-one-pixel", test_whole_image_in_one_pixel);
  g_test_add_func("/render/compose/image-and-overlay-agree", test_image_and_overlay_agree);
  g_test_add_func("/render/compose/whole-zoom-shows-flat-squares",
                  test_whole_zoom_shows_flat_squares);
  g_test_add_func("/render/compose/centre-of-mass-stays", test_centre_of_mass_stays);
  g_test_add_func("/render/compose/average-of-a-slope", test_average_of_a_slope);
  g_test_add_func("/render/compose/plain-image-stays-plain", test_plain_image_stays_plain);
  g_test_add_func("/render/compose/image-of-another-size", test_image_of_another_size);
  g_test_add_func("/render/compose/no-image-is-one-grey", test_no_image_is_one_grey);
  g_test_add_func("/render/compose/priority-and-toggles", test_priority_and_toggles);
  g_test_add_func("/render/compose/visible", test_visible);
  g_test_add_func("/render/compose/classes-lie-on-kinds", test_classes_lie_on_kinds);
  g_test_add_func("/render/compose/most-frequent-class-wins", test_most_frequent_class_wins);
  g_test_add_func("/render/compose/comparison-can-fail", test_comparison_can_fail);
  return g_test_run();
}
