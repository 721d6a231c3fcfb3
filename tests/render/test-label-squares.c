/* SPDX-License-Identifier: MIT
 *
 * Tiles and strips of squares: as many as there are labels, told apart without their colours, and
 * an ellipsis where they are too many; at the size of a list and at twice that.
 */
#include "render/label-squares.h"

#include <glib.h>

#include "render/pictures.h"
#include "render/tone.h"

#define WIDTH  56
#define HEIGHT 42

typedef void (*Paint)(cairo_t *cr, const MsKind *kinds, size_t n_kinds, MsPalette palette,
                      int width, int height);

static cairo_surface_t *
paint(Paint what, const MsKind *kinds, size_t n_kinds, MsPalette palette, int scale)
{
  cairo_surface_t *surface =
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, WIDTH * scale, HEIGHT * scale);
  cairo_t *cr = cairo_create(surface);

  what(cr, kinds, n_kinds, palette, WIDTH * scale, HEIGHT * scale);
  cairo_destroy(cr);
  return surface;
}

static uint32_t
rgb_at(cairo_surface_t *surface, int x, int y)
{
  return test_surface_pixel(surface, x, y) & RGB_MASK;
}

/* Whether a pixel belongs to something that stands on the ground, which is at the corner. */
static gboolean
stands_out(cairo_surface_t *surface, int x, int y)
{
  return rgb_at(surface, x, y) != rgb_at(surface, 0, cairo_image_surface_get_height(surface) - 1);
}

/* How many squares begin: their top left corners have ground above and on the left. */
static guint
count_squares(cairo_surface_t *surface, int top)
{
  guint n = 0;

  for (int y = MAX(top, 1); y < cairo_image_surface_get_height(surface); y++)
    for (int x = 1; x < cairo_image_surface_get_width(surface); x++)
      n += stands_out(surface, x, y) && !stands_out(surface, x - 1, y) &&
           !stands_out(surface, x, y - 1);
  return n;
}

/* The first square from row `top` on and from the left; every square is of its size. */
static cairo_rectangle_int_t
first_square(cairo_surface_t *surface, int top)
{
  for (int y = top; y < cairo_image_surface_get_height(surface); y++) {
    for (int x = 0; x < cairo_image_surface_get_width(surface); x++) {
      cairo_rectangle_int_t box = {x, y, 0, 0};

      if (!stands_out(surface, x, y))
        continue;
      while (stands_out(surface, x + box.width, y))
        box.width++;
      while (stands_out(surface, x, y + box.height))
        box.height++;
      return box;
    }
  }
  g_assert_not_reached();
}

static MsKind *
make_kinds(guint n, MsKind kind)
{
  MsKind *kinds = g_new(MsKind, MAX(n, 1));

  for (guint i = 0; i < n; i++)
    kinds[i] = kind;
  return kinds;
}

static void
test_a_square_for_every_label(void)
{
  for (int scale = 1; scale <= 3; scale++) {
    for (guint n = 1; n <= 20; n++) {
      g_autofree MsKind *kinds = make_kinds(n, n % 2 ? MS_KIND_TP : MS_KIND_FN);
      cairo_surface_t *tile = paint(ms_label_tile_paint, kinds, n, MS_PALETTE_SAFE, scale);
      cairo_rectangle_int_t box = first_square(tile, 0);

      g_assert_cmpuint(count_squares(tile, 0), ==, n);
      g_assert_cmpint(box.width, ==, box.height);
      g_assert_cmpint(box.width, >=, 7 * scale);
      cairo_surface_destroy(tile);
    }
  }
}

/* Squares that were left out turn the last one into three dots, each smaller than any square. */
static void
test_too_many(void)
{
  for (int scale = 1; scale <= 2; scale++) {
    g_autofree MsKind *kinds = make_kinds(10000, MS_KIND_TP);
    cairo_surface_t *full = paint(ms_label_tile_paint, kinds, 20, MS_PALETTE_SAFE, scale);
    cairo_surface_t *more = paint(ms_label_tile_paint, kinds, 21, MS_PALETTE_SAFE, scale);
    cairo_surface_t *lots = paint(ms_label_tile_paint, kinds, 10000, MS_PALETTE_SAFE, scale);

    g_assert_cmpuint(count_squares(full, 0), ==, 20);
    g_assert_cmpuint(count_squares(more, 0), ==, 19 + 3);
    test_assert_same_picture(lots, more, "squares-lots");
    cairo_surface_destroy(full);
    cairo_surface_destroy(more);
    cairo_surface_destroy(lots);
  }
}

static void
test_centred(void)
{
  static const guint counts[] = {1, 2, 4, 6, 12, 20};

  for (guint i = 0; i < G_N_ELEMENTS(counts); i++) {
    g_autofree MsKind *kinds = make_kinds(counts[i], MS_KIND_TP);
    cairo_surface_t *tile = paint(ms_label_tile_paint, kinds, counts[i], MS_PALETTE_SAFE, 2);
    int left = 2 * WIDTH, right = 0, top = 2 * HEIGHT, bottom = 0;

    for (int y = 0; y < 2 * HEIGHT; y++) {
      for (int x = 0; x < 2 * WIDTH; x++) {
        if (!stands_out(tile, x, y))
          continue;
        left = MIN(left, x);
        right = MAX(right, x);
        top = MIN(top, y);
        bottom = MAX(bottom, y);
      }
    }
    g_assert_cmpint(left, >=, 6);
    g_assert_cmpint(top, >=, 6);
    g_assert_cmpint(ABS(left - (2 * WIDTH - 1 - right)), <=, 1);
    g_assert_cmpint(ABS(top - (2 * HEIGHT - 1 - bottom)), <=, 1);
    cairo_surface_destroy(tile);
  }
}

static uint32_t
rgb_of(MsColor color)
{
  return (uint32_t)color.red << 16 | (uint32_t)color.green << 8 | color.blue;
}

/* Right is filled, missed hollow; extra is filled around a plus. */
static void
check_look(MsPalette palette, Paint what, guint n, int scale, int top)
{
  static const MsKind kinds[] = {MS_KIND_TP, MS_KIND_FN, MS_KIND_FP};

  for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
    g_autofree MsKind *all = make_kinds(n, kinds[i]);
    cairo_surface_t *tile = paint(what, all, n, palette, scale);
    cairo_rectangle_int_t box = first_square(tile, top);
    MsColor color = ms_palette_kind_color(palette, kinds[i]);
    uint32_t middle = rgb_at(tile, box.x + box.width / 2, box.y + box.height / 2);
    /* Between the arms of a plus. */
    int inset = MAX(box.width / 4, 2);
    uint32_t corner = rgb_at(tile, box.x + inset, box.y + inset);

    if (kinds[i] == MS_KIND_TP)
      g_assert_cmphex(middle, ==, rgb_of(color));
    else if (kinds[i] == MS_KIND_FN)
      g_assert_cmphex(middle, ==, rgb_of(ms_white));
    else
      g_assert_cmphex(middle, ==, rgb_of(ms_color_sign_on(color)));
    g_assert_cmphex(corner, ==, kinds[i] == MS_KIND_FN ? rgb_of(ms_white) : rgb_of(color));
    cairo_surface_destroy(tile);
  }
}

static int
strip_top(int scale)
{
  return HEIGHT * scale - ms_label_strip_height(WIDTH * scale, HEIGHT * scale);
}

static void
test_looks(void)
{
  static const guint counts[] = {3, 8, 20};

  for (int palette = MS_PALETTE_SAFE; palette <= MS_PALETTE_CLASSIC; palette++) {
    for (int scale = 1; scale <= 2; scale++) {
      for (guint i = 0; i < G_N_ELEMENTS(counts); i++)
        check_look((MsPalette)palette, ms_label_tile_paint, counts[i], scale, 0);
      check_look((MsPalette)palette, ms_label_strip_paint, 3, scale, strip_top(scale));
      check_look((MsPalette)palette, ms_label_strip_paint, 6, scale, strip_top(scale));
    }
  }
}

/* Every square's edge can be seen on the ground, in every palette. */
static void
test_edges(void)
{
  static const MsKind kinds[] = {MS_KIND_TP, MS_KIND_FN, MS_KIND_FP};

  for (int palette = MS_PALETTE_SAFE; palette <= MS_PALETTE_CLASSIC; palette++) {
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
      cairo_surface_t *tile = paint(ms_label_tile_paint, &kinds[i], 1, (MsPalette)palette, 1);
      cairo_rectangle_int_t box = first_square(tile, 0);
      uint32_t edge = rgb_at(tile, box.x, box.y), ground = rgb_at(tile, 0, 0);
      MsColor colors[] = {
          {(uint8_t)(edge >> 16), (uint8_t)(edge >> 8), (uint8_t)edge},
          {(uint8_t)(ground >> 16), (uint8_t)(ground >> 8), (uint8_t)ground},
      };

      g_assert_cmpfloat(ms_color_contrast(colors[0], colors[1]), >=, 3);
      cairo_surface_destroy(tile);
    }
  }
}

static void
test_strip(void)
{
  static const MsKind kinds[] = {MS_KIND_TP, MS_KIND_FN, MS_KIND_FP};

  for (int scale = 1; scale <= 2; scale++) {
    cairo_surface_t *tile = paint(ms_label_strip_paint, kinds, 3, MS_PALETTE_SAFE, scale);
    int top = strip_top(scale);

    g_assert_cmpint(top, >=, HEIGHT * scale * 2 / 3);
    /* Nothing was painted above it: black is what a new surface is. */
    g_assert_cmphex(rgb_at(tile, 0, top - 1), ==, 0);
    g_assert_cmphex(rgb_at(tile, WIDTH * scale / 2, top - 1), ==, 0);
    g_assert_cmphex(rgb_at(tile, 0, top), !=, 0);
    g_assert_cmpuint(count_squares(tile, top + 1), ==, 3);
    cairo_surface_destroy(tile);
  }
}

static void
test_none(void)
{
  cairo_surface_t *tile = cairo_image_surface_create(CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  cairo_surface_t *bare = paint(ms_label_tile_paint, NULL, 0, MS_PALETTE_SAFE, 1);
  cairo_t *cr = cairo_create(tile);

  ms_label_tile_paint_none(cr, WIDTH, HEIGHT);
  cairo_destroy(cr);
  g_assert_cmphex(rgb_at(tile, 0, 0), ==, rgb_at(bare, 0, 0));
  g_assert_true(stands_out(tile, WIDTH / 2, HEIGHT / 2));
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      g_assert_false(stands_out(bare, x, y));
  cairo_surface_destroy(tile);
  cairo_surface_destroy(bare);
}

/* A tile smaller than its margins is still painted. */
static void
test_tiny(void)
{
  static const MsKind kinds[] = {MS_KIND_TP, MS_KIND_FN, MS_KIND_FP};

  for (int side = 1; side < 12; side++) {
    cairo_surface_t *tile = cairo_image_surface_create(CAIRO_FORMAT_RGB24, side, side);
    cairo_t *cr = cairo_create(tile);

    ms_label_tile_paint(cr, kinds, 3, MS_PALETTE_SAFE, side, side);
    ms_label_strip_paint(cr, kinds, 3, MS_PALETTE_SAFE, side, side);
    ms_label_tile_paint_none(cr, side, side);
    g_assert_cmpint(cairo_status(cr), ==, CAIRO_STATUS_SUCCESS);
    cairo_destroy(cr);
    cairo_surface_destroy(tile);
  }
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/render/label-squares/a-square-for-every-label", test_a_square_for_every_label);
  g_test_add_func("/render/label-squares/too-many", test_too_many);
  g_test_add_func("/render/label-squares/centred", test_centred);
  g_test_add_func("/render/label-squares/looks", test_looks);
  g_test_add_func("/render/label-squares/edges", test_edges);
  g_test_add_func("/render/label-squares/strip", test_strip);
  g_test_add_func("/render/label-squares/none", test_none);
  g_test_add_func("/render/label-squares/tiny", test_tiny);
  return g_test_run();
}
