/* SPDX-License-Identifier: MIT
 *
 * The sheet around a picture: the picture untouched in it, the legend in the overlay's colours, and
 * texts of every length without harm.
 */
#include "render/figure.h"

#include <glib.h>
#include <string.h>

#include "render/pictures.h"
#include "support/random.h"

#define WHITE 0xffffffu

static const MsOverlayStyle everything = {MS_PALETTE_SAFE, MS_KIND_ALL};

static const MsFigureText usual = {
    .title = "lesions/example-0042",
    .subtitle = "model steady, split val, threshold 0.5",
    .headline = "IoU 0.788 = 416 / (416 + 73 + 39)",
    .verdict = "Not exact: 112 of 1,024 pixels differ",
    .kinds = {.tp = 416, .tn = 496, .fp = 73, .fn = 39},
};

static cairo_surface_t *
draw(cairo_surface_t *picture, const MsFigureText *text, const MsOverlayStyle *style)
{
  MsPixelRows rows = ms_pixel_rows_of_surface(picture), sheet;
  MsDrawing *drawing = ms_figure_new(&rows, text, style);
  cairo_surface_t *surface;

  sheet = ms_drawing_rows(drawing);
  surface = ms_pixel_rows_surface(&sheet);
  ms_drawing_free(drawing);
  return surface;
}

/* Colours that no part of the sheet has: red and green of every pixel are odd ones out. */
static cairo_surface_t *
noisy_picture(int width, int height)
{
  cairo_surface_t *picture = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
  TestRandom random = {61};

  cairo_surface_flush(picture);
  for (int y = 0; y < height; y++) {
    uint32_t *row = (uint32_t *)(cairo_image_surface_get_data(picture) +
                                 (ptrdiff_t)y * cairo_image_surface_get_stride(picture));

    for (int x = 0; x < width; x++)
      row[x] = 0xff000000u | 0x0a00f0u | test_random_below(&random, 256) << 8;
  }
  cairo_surface_mark_dirty(picture);
  return picture;
}

static gboolean
is_picture_pixel(uint32_t pixel)
{
  return (pixel & 0xff00ffu) == 0x0a00f0u;
}

/* The box around all pixels of the picture on the sheet. */
static cairo_rectangle_int_t
find_picture(cairo_surface_t *sheet)
{
  int left = G_MAXINT, top = G_MAXINT, right = -1, bottom = -1;

  for (int y = 0; y < cairo_image_surface_get_height(sheet); y++) {
    for (int x = 0; x < cairo_image_surface_get_width(sheet); x++) {
      if (!is_picture_pixel(test_surface_pixel(sheet, x, y)))
        continue;
      left = MIN(left, x);
      right = MAX(right, x);
      top = MIN(top, y);
      bottom = MAX(bottom, y);
    }
  }
  return (cairo_rectangle_int_t){left, top, right - left + 1, bottom - top + 1};
}

static void
check_picture(int width, int height, int factor)
{
  cairo_surface_t *picture = noisy_picture(width, height);
  cairo_surface_t *sheet = draw(picture, &usual, &everything);
  cairo_rectangle_int_t box;
  int sheet_width;

  g_assert_nonnull(sheet);
  g_assert_cmpint(cairo_image_surface_get_format(sheet), ==, CAIRO_FORMAT_RGB24);
  sheet_width = cairo_image_surface_get_width(sheet);
  box = find_picture(sheet);
  g_assert_cmpint(box.width, ==, width * factor);
  g_assert_cmpint(box.height, ==, height * factor);
  g_assert_cmpint(sheet_width, >=, 480);
  g_assert_cmpint(ABS(sheet_width - box.width - 2 * box.x), <=, 1);
  g_assert_cmpint(cairo_image_surface_get_height(sheet), >, box.y + box.height + 100);
  for (int y = 0; y < box.height; y++) {
    for (int x = 0; x < box.width; x++)
      g_assert_cmphex(test_surface_pixel(sheet, box.x + x, box.y + y) & RGB_MASK, ==,
                      test_surface_pixel(picture, x / factor, y / factor) & RGB_MASK);
  }
  cairo_surface_destroy(sheet);
  cairo_surface_destroy(picture);
}

static void
test_picture_is_untouched(void)
{
  check_picture(640, 480, 1);
  check_picture(1601, 33, 1);
  check_picture(225, 100, 1);
  check_picture(300, 421, 1);
}

static void
test_tiny_picture_is_enlarged(void)
{
  check_picture(224, 100, 2);
  check_picture(64, 64, 7);
  check_picture(28, 28, 16);
  check_picture(1, 1, 448);
  check_picture(3, 100, 4);
}

static guint
count_color(cairo_surface_t *sheet, int from_y, uint32_t rgb)
{
  guint n = 0;

  for (int y = from_y; y < cairo_image_surface_get_height(sheet); y++) {
    for (int x = 0; x < cairo_image_surface_get_width(sheet); x++)
      n += (test_surface_pixel(sheet, x, y) & RGB_MASK) == rgb;
  }
  return n;
}

static guint
swatch_pixels(const MsFigureText *text, const MsOverlayStyle *style, MsKind kind)
{
  cairo_surface_t *picture = noisy_picture(800, 40);
  cairo_surface_t *sheet = draw(picture, text, style);
  cairo_rectangle_int_t box = find_picture(sheet);
  MsColor color = ms_palette_kind_color(style->palette, kind);
  guint n = count_color(sheet, box.y + box.height,
                        (guint)color.red << 16 | (guint)color.green << 8 | color.blue);

  cairo_surface_destroy(sheet);
  cairo_surface_destroy(picture);
  return n;
}

static void
test_swatches_have_the_overlay_colours(void)
{
  static const MsKind kinds[] = {MS_KIND_TP, MS_KIND_FP, MS_KIND_FN, MS_KIND_CONFUSED,
                                 MS_KIND_IGNORED};
  MsFigureText text = usual;

  text.has_confused = true;
  text.kinds.ignored = 5;
  for (int palette = MS_PALETTE_SAFE; palette <= MS_PALETTE_CLASSIC; palette++) {
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
      MsOverlayStyle all = {(MsPalette)palette, MS_KIND_ALL};
      MsOverlayStyle others = {(MsPalette)palette, MS_KIND_ALL & ~(unsigned)kinds[i]};
      guint filled = swatch_pixels(&text, &all, kinds[i]);
      guint hollow = swatch_pixels(&text, &others, kinds[i]);

      g_assert_cmpuint(filled, >, 120);
      g_assert_cmpuint(hollow + 80, <, filled); /* letters may hold some of its grey */
    }
  }
}

static void
test_chips_that_do_not_apply(void)
{
  MsFigureText text = usual;

  g_assert_cmpuint(swatch_pixels(&text, &everything, MS_KIND_CONFUSED), ==, 0);
  text.has_confused = true;
  g_assert_cmpuint(swatch_pixels(&text, &everything, MS_KIND_CONFUSED), >, 120);
}

/* Nothing but white within the margin around picture and texts. */
static void
assert_white_frame(cairo_surface_t *sheet)
{
  int width = cairo_image_surface_get_width(sheet), height = cairo_image_surface_get_height(sheet);

  for (int y = 0; y < height; y++) {
    for (int x = 0; x < width; x++) {
      if (x < 12 || y < 12 || x >= width - 12 || y >= height - 12)
        g_assert_cmphex(test_surface_pixel(sheet, x, y) & RGB_MASK, ==, WHITE);
    }
  }
}

static int
sheet_height(int width, const MsFigureText *text)
{
  cairo_surface_t *picture = noisy_picture(width, 30);
  cairo_surface_t *sheet = draw(picture, text, &everything);
  int height = cairo_image_surface_get_height(sheet);

  assert_white_frame(sheet);
  cairo_surface_destroy(sheet);
  cairo_surface_destroy(picture);
  return height;
}

static void
test_long_texts_stay_inside(void)
{
  g_autofree char *long_text = g_strnfill(5000, 'W');
  g_autofree char *long_words = g_strnfill(5000, ' ');
  MsFigureText text = usual;

  for (int i = 0; i < 5000; i += 2)
    long_words[i] = 'm';
  text.title = long_text;
  g_assert_cmpint(sheet_height(500, &text), ==, sheet_height(500, &usual));
  text.title = "two\nlines\nof title";
  g_assert_cmpint(sheet_height(500, &text), ==, sheet_height(500, &usual));
  text.title = text.headline = text.verdict = long_text;
  text.subtitle = long_words;
  text.kinds =
      (MsKindCounts){G_MAXUINT64, G_MAXUINT64, G_MAXUINT64, G_MAXUINT64, G_MAXUINT64, G_MAXUINT64};
  text.has_confused = true;
  g_assert_cmpint(sheet_height(40, &text), <, 1500);
  g_assert_cmpint(sheet_height(3000, &text), <, 3000);
}

static void
test_missing_texts_leave_no_gap(void)
{
  MsFigureText none = {.kinds = usual.kinds};
  MsFigureText empty = {"", "", "", "", usual.kinds, false};
  MsFigureText no_subtitle = usual;

  no_subtitle.subtitle = NULL;
  g_assert_cmpint(sheet_height(600, &none), ==, sheet_height(600, &empty));
  g_assert_cmpint(sheet_height(600, &none), <, sheet_height(600, &no_subtitle));
  g_assert_cmpint(sheet_height(600, &no_subtitle), <, sheet_height(600, &usual));
}

static void
test_broken_utf8_is_drawn(void)
{
  MsFigureText text = usual;

  text.title = "caf\xe9 \xff\xfe.png";
  text.subtitle = "\xc3";
  g_assert_cmpint(sheet_height(600, &text), >, 100);
}

static void
test_limits(void)
{
  cairo_surface_t *wide = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 32767, 1);
  cairo_surface_t *high = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 1, 32767);

  g_assert_null(draw(wide, &usual, &everything));
  g_assert_null(draw(high, &usual, &everything));
  cairo_surface_destroy(wide);
  cairo_surface_destroy(high);
}

static void
test_same_input_same_pixels(void)
{
  cairo_surface_t *picture = noisy_picture(320, 240);
  cairo_surface_t *once = draw(picture, &usual, &everything);
  cairo_surface_t *again = draw(picture, &usual, &everything);

  test_assert_same_picture(again, once, "figure-again");
  cairo_surface_destroy(picture);
  cairo_surface_destroy(once);
  cairo_surface_destroy(again);
}

/* ---- classes ---- */

static guint
count_class_pixels(const MsFigureText *text, uint32_t rgb)
{
  cairo_surface_t *picture = noisy_picture(800, 40);
  cairo_surface_t *sheet = draw(picture, text, &everything);
  cairo_rectangle_int_t box = find_picture(sheet);
  guint n = count_color(sheet, box.y + box.height, rgb);

  cairo_surface_destroy(sheet);
  cairo_surface_destroy(picture);
  return n;
}

/* Each has a swatch of its colour, and kinds have none; more than can be named are counted. */
static void
test_classes(void)
{
  static const char *const long_name = "a class whose name goes on and on until no sheet is wide "
                                       "enough for it, and then for a while longer, to be sure";
  MsFigureClass classes[40];
  MsFigureText text = usual;
  MsColor kind = ms_palette_kind_color(MS_PALETTE_SAFE, MS_KIND_TP);

  for (guint i = 0; i < G_N_ELEMENTS(classes); i++)
    classes[i] =
        (MsFigureClass){i == 3 ? long_name : "road", {200, (uint8_t)(i + 1), 50}, 1000 - i};
  text.classes = classes;
  text.n_classes = G_N_ELEMENTS(classes);
  for (guint i = 0; i < G_N_ELEMENTS(classes); i++) {
    uint32_t rgb = 200u << 16 | (i + 1) << 8 | 50;

    if (i < MS_FIGURE_MAX_CLASSES)
      g_assert_cmpuint(count_class_pixels(&text, rgb), >, 50);
    else
      g_assert_cmpuint(count_class_pixels(&text, rgb), ==, 0);
  }
  g_assert_cmpuint(
      count_class_pixels(&text, (uint32_t)kind.red << 16 | (uint32_t)kind.green << 8 | kind.blue),
      ==, 0);
  text.n_classes = 0;
  g_assert_cmpuint(count_class_pixels(&text, 0xc80132), ==, 0);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/render/figure/picture-is-untouched", test_picture_is_untouched);
  g_test_add_func("/render/figure/tiny-picture-is-enlarged", test_tiny_picture_is_enlarged);
  g_test_add_func("/render/figure/swatches", test_swatches_have_the_overlay_colours);
  g_test_add_func("/render/figure/chips-that-do-not-apply", test_chips_that_do_not_apply);
  g_test_add_func("/render/figure/long-texts-stay-inside", test_long_texts_stay_inside);
  g_test_add_func("/render/figure/missing-texts-leave-no-gap", test_missing_texts_leave_no_gap);
  g_test_add_func("/render/figure/broken-utf8-is-drawn", test_broken_utf8_is_drawn);
  g_test_add_func("/render/figure/limits", test_limits);
  g_test_add_func("/render/figure/same-input-same-pixels", test_same_input_same_pixels);
  g_test_add_func("/render/figure/classes", test_classes);
  return g_test_run();
}
