/* SPDX-License-Identifier: MIT
 *
 * Tiles and strips of squares: as many as there are labels, told apart without their colours, and
 * an ellipsis where they are too many; at the size of a list and at twice that, on light and dark.
 */
#include "render/label-squares.h"

#include <glib.h>

#include "render/pictures.h"
#include "render/tone.h"

#define WIDTH  56
#define HEIGHT 42

typedef void (*Paint)(cairo_t *cr, const MsKind *kinds, size_t n_kinds, MsPalette palette,
                      MsGround ground, int width, int height);

static cairo_surface_t *
paint_on(MsGround ground, MsPalette palette, Paint what, const MsKind *kinds, size_t n_kinds,
         int scale)
{
  cairo_surface_t *surface =
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, WIDTH * scale, HEIGHT * scale);
  cairo_t *cr = cairo_create(surface);

  what(cr, kinds, n_kinds, palette, ground, WIDTH * scale, HEIGHT * scale);
  cairo_destroy(cr);
  return surface;
}

static cairo_surface_t *
paint(Paint what, const MsKind *kinds, size_t n_kinds, int scale)
{
  return paint_on(MS_GROUND_LIGHT, MS_PALETTE_SAFE, what, kinds, n_kinds, scale);
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
      cairo_surface_t *tile = paint(ms_label_tile_paint, kinds, n, scale);
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
    cairo_surface_t *full = paint(ms_label_tile_paint, kinds, 20, scale);
    cairo_surface_t *more = paint(ms_label_tile_paint, kinds, 21, scale);
    cairo_surface_t *lots = paint(ms_label_tile_paint, kinds, 10000, scale);

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
    cairo_surface_t *tile = paint(ms_label_tile_paint, kinds, counts[i], 2);
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
check_look(MsGround ground, MsPalette palette, Paint what, guint n, int scale, int top)
{
  static const MsKind kinds[] = {MS_KIND_TP, MS_KIND_FN, MS_KIND_FP};

  for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
    g_autofree MsKind *all = make_kinds(n, kinds[i]);
    cairo_surface_t *tile = paint_on(ground, palette, what, all, n, scale);
    cairo_rectangle_int_t box = first_square(tile, top);
    MsColor color = ms_palette_kind_color(palette, kinds[i]);
    uint32_t middle = rgb_at(tile, box.x + box.width / 2, box.y + box.height / 2);
    /* Between the arms of a plus. */
    int inset = MAX(box.width / 4, 2);
    uint32_t corner = rgb_at(tile, box.x + inset, box.y + inset);

    if (kinds[i] == MS_KIND_FN) {
      g_assert_cmphex(middle, ==, corner);
      g_assert_cmphex(middle, !=, rgb_of(color));
      g_assert_cmphex(middle, !=, rgb_at(tile, box.x, box.y));
    } else {
      g_assert_cmphex(corner, ==, rgb_of(color));
      g_assert_cmphex(middle, ==, rgb_of(kinds[i] == MS_KIND_TP ? color : ms_color_sign_on(color)));
    }
    cairo_surface_destroy(tile);
  }
}

static int
strip_top(int scale)
{
  return HEIGHT * scale - ms_label_strip_height(WIDTH * scale, HEIGHT * scale);
}

static void
check_looks(MsGround ground, MsPalette palette, int scale)
{
  static const guint counts[] = {3, 8, 20};

  for (guint i = 0; i < G_N_ELEMENTS(counts); i++)
    check_look(ground, palette, ms_label_tile_paint, counts[i], scale, 0);
  check_look(ground, palette, ms_label_strip_paint, 3, scale, strip_top(scale));
  check_look(ground, palette, ms_label_strip_paint, 6, scale, strip_top(scale));
}

static void
test_looks(void)
{
  for (int palette = MS_PALETTE_SAFE; palette <= MS_PALETTE_CLASSIC; palette++)
    for (int scale = 1; scale <= 2; scale++) {
      check_looks(MS_GROUND_LIGHT, (MsPalette)palette, scale);
      check_looks(MS_GROUND_DARK, (MsPalette)palette, scale);
    }
}

static double
contrast_at(cairo_surface_t *surface, int x1, int y1, int x2, int y2)
{
  uint32_t first = rgb_at(surface, x1, y1), second = rgb_at(surface, x2, y2);

  return ms_color_contrast(
      (MsColor){(uint8_t)(first >> 16), (uint8_t)(first >> 8), (uint8_t)first},
      (MsColor){(uint8_t)(second >> 16), (uint8_t)(second >> 8), (uint8_t)second});
}

/* The edge against what is around it and, where a square is hollow, within; the plus against what
 * it stands on. */
static void
check_contrasts(MsGround ground, MsPalette palette, Paint what, int top, MsKind kind)
{
  cairo_surface_t *tile = paint_on(ground, palette, what, &kind, 1, 2);
  cairo_rectangle_int_t box = first_square(tile, top);
  int middle_x = box.x + box.width / 2, middle_y = box.y + box.height / 2;

  g_assert_cmpfloat(contrast_at(tile, box.x, box.y, 0, 2 * HEIGHT - 1), >=, 3);
  if (kind == MS_KIND_FN)
    g_assert_cmpfloat(contrast_at(tile, box.x, box.y, middle_x, middle_y), >=, 3);
  if (kind == MS_KIND_FP)
    g_assert_cmpfloat(
        contrast_at(tile, middle_x, middle_y, box.x + box.width / 4, box.y + box.height / 4), >=,
        3);
  cairo_surface_destroy(tile);
}

/* Every edge and sign can be seen, on either ground and in every palette. */
static void
test_contrasts(void)
{
  static const MsKind kinds[] = {MS_KIND_TP, MS_KIND_FN, MS_KIND_FP};

  for (int ground = MS_GROUND_LIGHT; ground <= MS_GROUND_DARK; ground++)
    for (int palette = MS_PALETTE_SAFE; palette <= MS_PALETTE_CLASSIC; palette++)
      for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
        check_contrasts((MsGround)ground, (MsPalette)palette, ms_label_tile_paint, 0, kinds[i]);
        check_contrasts((MsGround)ground, (MsPalette)palette, ms_label_strip_paint,
                        strip_top(2) + 1, kinds[i]);
      }
}

/* The three dots, and the sign of the empty set, which is drawn with soft edges. */
static void
test_quiet_signs(void)
{
  g_autofree MsKind *kinds = make_kinds(21, MS_KIND_TP);

  for (int ground = MS_GROUND_LIGHT; ground <= MS_GROUND_DARK; ground++) {
    cairo_surface_t *many =
        paint_on((MsGround)ground, MS_PALETTE_SAFE, ms_label_tile_paint, kinds, 21, 2);
    cairo_surface_t *none = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 2 * WIDTH, 2 * HEIGHT);
    cairo_t *cr = cairo_create(none);
    int x = 2 * WIDTH - 1;

    /* From the right, half a square above the lowest row's foot, the last dot comes first. */
    cairo_rectangle_int_t box = first_square(many, 0);
    int y = 2 * HEIGHT - 1 - box.y - (box.height - 1) / 2;

    while (!stands_out(many, x, y))
      x--;
    g_assert_cmpint(x, >, WIDTH);
    g_assert_cmpfloat(contrast_at(many, x, y, 0, 0), >=, 3);
    ms_label_tile_paint_none(cr, (MsGround)ground, 2 * WIDTH, 2 * HEIGHT);
    cairo_destroy(cr);
    g_assert_cmpfloat(contrast_at(none, WIDTH, HEIGHT, 0, 0), >=, 3);
    cairo_surface_destroy(many);
    cairo_surface_destroy(none);
  }
}

/* As light, and as dark, as lists are. */
static void
test_grounds(void)
{
  cairo_surface_t *light =
      paint_on(MS_GROUND_LIGHT, MS_PALETTE_SAFE, ms_label_tile_paint, NULL, 0, 1);
  cairo_surface_t *dark =
      paint_on(MS_GROUND_DARK, MS_PALETTE_SAFE, ms_label_tile_paint, NULL, 0, 1);

  g_assert_cmphex(rgb_at(light, 0, 0) & 0xff, >, 0xe0);
  g_assert_cmphex(rgb_at(dark, 0, 0) & 0xff, <, 0x48);
  cairo_surface_destroy(light);
  cairo_surface_destroy(dark);
}

static void
test_strip(void)
{
  static const MsKind kinds[] = {MS_KIND_TP, MS_KIND_FN, MS_KIND_FP};

  for (int scale = 1; scale <= 2; scale++) {
    cairo_surface_t *tile = paint(ms_label_strip_paint, kinds, 3, scale);
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
  cairo_surface_t *bare = paint(ms_label_tile_paint, NULL, 0, 1);
  cairo_t *cr = cairo_create(tile);

  ms_label_tile_paint_none(cr, MS_GROUND_LIGHT, WIDTH, HEIGHT);
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

    ms_label_tile_paint(cr, kinds, 3, MS_PALETTE_SAFE, MS_GROUND_DARK, side, side);
    ms_label_strip_paint(cr, kinds, 3, MS_PALETTE_SAFE, MS_GROUND_DARK, side, side);
    ms_label_tile_paint_none(cr, MS_GROUND_DARK, side, side);
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
  g_test_add_func("/render/label-squares/contrasts", test_contrasts);
  g_test_add_func("/render/label-squares/quiet-signs", test_quiet_signs);
  g_test_add_func("/render/label-squares/grounds", test_grounds);
  g_test_add_func("/render/label-squares/strip", test_strip);
  g_test_add_func("/render/label-squares/none", test_none);
  g_test_add_func("/render/label-squares/tiny", test_tiny);
  return g_test_run();
}
