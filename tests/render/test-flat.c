/* SPDX-License-Identifier: MIT
 *
 * Pictures for files: the overlay laid on rows is what Cairo paints, and a sheet that is painted in
 * bands is the one that is painted whole, also where it is wider than Cairo's surfaces.
 */
#include "render/flat.h"

#include <glib.h>
#include <string.h>

#include "render/figure.h"
#include "render/pictures.h"
#include "support/random.h"

#define WIDTH 509

static const MsOverlayStyle everything = {MS_PALETTE_SAFE, MS_KIND_ALL};

/* ---- laying ---- */

typedef struct {
  uint32_t image[WIDTH];
  uint8_t kinds[WIDTH];
  uint32_t colors[WIDTH];
} Row;

static void
fill_row(Row *row, TestRandom *random)
{
  for (int x = 0; x < WIDTH; x++) {
    row->image[x] = 0xff000000u | test_random_below(random, 1 << 24);
    row->kinds[x] = (uint8_t)test_random_below(random, MS_KIND_ALL + 1);
    row->colors[x] =
        test_random_below(random, 3) ? 0xff000000u | test_random_below(random, 1 << 24) : 0;
  }
}

static cairo_surface_t *
surface_of(cairo_format_t format, const uint32_t *pixels)
{
  cairo_surface_t *surface = cairo_image_surface_create(format, WIDTH, 1);

  memcpy(cairo_image_surface_get_data(surface), pixels, WIDTH * sizeof *pixels);
  cairo_surface_mark_dirty(surface);
  return surface;
}

/* What Cairo makes of the colours on the image. */
static cairo_surface_t *
paint_with_cairo(const uint32_t *image, const uint32_t *colors, double opacity)
{
  cairo_surface_t *picture = surface_of(CAIRO_FORMAT_RGB24, image);
  cairo_surface_t *over = surface_of(CAIRO_FORMAT_ARGB32, colors);
  cairo_t *cr = cairo_create(picture);

  cairo_set_source_surface(cr, over, 0, 0);
  cairo_paint_with_alpha(cr, opacity);
  cairo_destroy(cr);
  cairo_surface_destroy(over);
  return picture;
}

static void
assert_laid(const uint32_t *laid, const Row *row, const uint32_t *colors, double opacity)
{
  cairo_surface_t *expected = paint_with_cairo(row->image, colors, opacity);

  for (int x = 0; x < WIDTH; x++)
    g_assert_cmphex(laid[x], ==, 0xff000000u | test_surface_pixel(expected, x, 0));
  cairo_surface_destroy(expected);
}

static void
check_opacity(const Row *row, const MsOverlayStyle *style, double opacity)
{
  uint32_t laid[WIDTH], colors[WIDTH];
  MsFlat flat;

  ms_flat_init(&flat, style, opacity);
  memcpy(laid, row->image, sizeof laid);
  ms_flat_lay_colors(&flat, row->colors, WIDTH, laid);
  assert_laid(laid, row, row->colors, opacity);

  for (int x = 0; x < WIDTH; x++)
    colors[x] = ms_compose_kinds_color(style, row->kinds[x]);
  memcpy(laid, row->image, sizeof laid);
  ms_flat_lay_kinds(&flat, row->kinds, WIDTH, laid);
  assert_laid(laid, row, colors, opacity);
}

static void
test_laid_as_cairo_paints(void)
{
  static const double special[] = {0, 0.125, 0.25, 1.0 / 3, 0.5, 0.75, 0.999, 1};
  MsOverlayStyle some = {MS_PALETTE_CLASSIC, MS_KIND_FP | MS_KIND_IGNORED};
  TestRandom random = {71};
  Row row;

  for (int i = 0; i < 300; i++) {
    fill_row(&row, &random);
    check_opacity(&row, &everything, test_random_below(&random, 10001) / 10000.0);
  }
  for (guint i = 0; i < G_N_ELEMENTS(special); i++) {
    check_opacity(&row, &everything, special[i]);
    check_opacity(&row, &some, special[i]);
  }
}

/* ---- bands ---- */

static const MsFigureText text = {
    .title = "slides/example-0042",
    .subtitle = "model steady, split val, threshold 0.5",
    .headline = "IoU 0.788 = 416 / (416 + 73 + 39)",
    .verdict = "Not exact: 112 of 1,024 pixels differ",
    .kinds = {.tp = 416, .tn = 496, .fp = 73, .fn = 39},
};

static uint32_t
slope_pixel(int x, int y)
{
  return 0xff000000u | (uint32_t)(x & 0xff) << 16 | (uint32_t)(y & 0xff) << 8 | (x >> 8 & 0xff);
}

static bool
paint_slope(void *user, int first_row, int n_rows, uint8_t *pixels, ptrdiff_t stride)
{
  const MsPixelRows *rows = user;

  for (int y = 0; y < n_rows; y++)
    for (int x = 0; x < rows->width; x++)
      ((uint32_t *)(void *)(pixels + y * stride))[x] = slope_pixel(x, first_row + y);
  return true;
}

static void
assert_same_rows(const uint32_t *band, cairo_surface_t *whole, int first, int n)
{
  int width = cairo_image_surface_get_width(whole);

  for (int y = 0; y < n; y++)
    for (int x = 0; x < width; x++)
      if ((band[y * width + x] ^ test_surface_pixel(whole, x, first + y)) & RGB_MASK)
        g_error("pixel %d, %d differs in a band", x, first + y);
}

static void
check_bands(int width, int height, int band_rows)
{
  MsPixelRows slope = {width, height, paint_slope, &slope};
  MsDrawing *drawing = ms_figure_new(&slope, &text, &everything);
  MsPixelRows sheet = ms_drawing_rows(drawing);
  cairo_surface_t *whole = ms_pixel_rows_surface(&sheet);
  g_autofree uint32_t *band = g_new(uint32_t, (gsize)sheet.width * (gsize)band_rows);

  g_assert_nonnull(whole);
  for (int y = 0; y < sheet.height; y += band_rows) {
    int n = MIN(band_rows, sheet.height - y);

    g_assert_true(sheet.paint(sheet.user, y, n, (uint8_t *)band, 4 * (ptrdiff_t)sheet.width));
    assert_same_rows(band, whole, y, n);
  }
  cairo_surface_destroy(whole);
  ms_drawing_free(drawing);
}

static void
test_bands_do_not_show(void)
{
  check_bands(640, 480, 1);
  check_bands(640, 480, 37);
  check_bands(30, 20, 7); /* enlarged */
  check_bands(225, 500, 64);
  check_bands(20000, 40, 11); /* more than a tile wide */
}

static guint
count_dark(const uint32_t *pixels, int n)
{
  guint count = 0;

  for (int i = 0; i < n; i++)
    count += (pixels[i] & 0xff) < 0x60;
  return count;
}

/* The picture is whole, and there is writing below it. */
static void
check_beyond_cairo(int width, int height)
{
  MsPixelRows slope = {width, height, paint_slope, &slope};
  MsDrawing *drawing = ms_figure_new(&slope, &text, &everything);
  MsPixelRows sheet = ms_drawing_rows(drawing);
  const MsSheet *base = &drawing->sheet;
  g_autofree uint32_t *row = g_new(uint32_t, (gsize)sheet.width);
  guint n_dark = 0;

  g_assert_null(ms_pixel_rows_surface(&sheet));
  g_assert_cmpint(sheet.width, >, width);
  g_assert_cmpint(sheet.height, >, height + 100);
  for (int y = 0; y < sheet.height; y++) {
    int picture_y = y - base->picture_y;

    g_assert_true(sheet.paint(sheet.user, y, 1, (uint8_t *)row, 4 * (ptrdiff_t)sheet.width));
    g_assert_cmphex(row[0] & RGB_MASK, ==, RGB_MASK);
    g_assert_cmphex(row[sheet.width - 1] & RGB_MASK, ==, RGB_MASK);
    if (picture_y >= height)
      n_dark += count_dark(row, sheet.width);
    else if (picture_y >= 0)
      for (int x = 0; x < width; x += MIN(width - 1, 997))
        g_assert_cmphex(row[base->picture_x + x], ==, slope_pixel(x, picture_y));
  }
  g_assert_cmpuint(n_dark, >, 1000);
  ms_drawing_free(drawing);
}

static void
test_beyond_cairo(void)
{
  check_beyond_cairo(40000, 3);
  check_beyond_cairo(3, 40000);
}

/* ---- surfaces ---- */

static void
test_surfaces(void)
{
  MsPixelRows slope = {21, 13, paint_slope, &slope}, exceeds = {1, 32768, paint_slope, &exceeds};
  cairo_surface_t *surface = ms_pixel_rows_surface(&slope), *again;
  MsPixelRows rows = ms_pixel_rows_of_surface(surface);

  g_assert_cmpint(rows.width, ==, 21);
  g_assert_cmpint(rows.height, ==, 13);
  again = ms_pixel_rows_surface(&rows);
  test_assert_same_picture(again, surface, "rows-again");
  g_assert_cmphex(test_surface_pixel(again, 20, 12), ==, slope_pixel(20, 12));
  g_assert_null(ms_pixel_rows_surface(&exceeds));
  cairo_surface_destroy(surface);
  cairo_surface_destroy(again);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/render/flat/laid-as-cairo-paints", test_laid_as_cairo_paints);
  g_test_add_func("/render/flat/bands-do-not-show", test_bands_do_not_show);
  g_test_add_func("/render/flat/beyond-cairo", test_beyond_cairo);
  g_test_add_func("/render/flat/surfaces", test_surfaces);
  return g_test_run();
}
