/* SPDX-License-Identifier: MIT
 *
 * The sheet of a label set: a chip for every label that is right, missed or extra, with its sign
 * and colour, inside the margins whatever the names are; the image untouched. Discs are counted in
 * the classic green, which nothing but the disc of a right label is painted in.
 */
#include "render/label-figure.h"

#include <glib/gstdio.h>

#include "render/pictures.h"
#include "render/tone.h"
#include "support/random.h"

#define WHITE   0xffffffu
#define MARGIN  20 /* less than any sheet here has */
#define GREEN   0x00ff00u
#define N_KINDS 3

static const MsOverlayStyle safe = {MS_PALETTE_SAFE, MS_KIND_ALL};
static const MsOverlayStyle classic = {MS_PALETTE_CLASSIC, MS_KIND_ALL};
static const MsKind kinds[N_KINDS] = {MS_KIND_TP, MS_KIND_FN, MS_KIND_FP};

static const MsFigureLabel song[] = {
    {.name = "Happy", .kind = MS_KIND_TP},   {.name = "Sad", .kind = MS_KIND_TN},
    {.name = "Fast", .kind = MS_KIND_TP},    {.name = "Slow", .kind = MS_KIND_FP},
    {.name = "Melodic", .kind = MS_KIND_FN},
};

static MsLabelFigure
make_figure(const MsFigureLabel *labels, size_t n_labels)
{
  return (MsLabelFigure){
      .title = "song_01",
      .subtitle = "predicted · both label sets empty score 1",
      .headline = "IoU 0.500 = 2 / (2 + 1 + 1)",
      .verdict = "Not exact: missed Melodic, extra Slow",
      .labels = labels,
      .n_labels = n_labels,
  };
}

static MsLabelFigure
make_plain(const MsFigureLabel *labels, size_t n_labels)
{
  MsLabelFigure figure = make_figure(labels, n_labels);

  figure.plain = true;
  return figure;
}

static uint32_t
rgb_at(cairo_surface_t *sheet, int x, int y)
{
  return test_surface_pixel(sheet, x, y) & RGB_MASK;
}

static uint32_t
rgb_of(MsColor color)
{
  return (uint32_t)color.red << 16 | (uint32_t)color.green << 8 | color.blue;
}

static MsColor
color_of(uint32_t rgb)
{
  return (MsColor){(uint8_t)(rgb >> 16), (uint8_t)(rgb >> 8), (uint8_t)rgb};
}

/* The box around all pixels for which it holds; of width 0 when there are none. */
static cairo_rectangle_int_t
find_box(cairo_surface_t *sheet, gboolean (*holds)(uint32_t rgb, uint32_t user), uint32_t user)
{
  int left = G_MAXINT, top = G_MAXINT, right = -1, bottom = -1;

  for (int y = 0; y < cairo_image_surface_get_height(sheet); y++) {
    for (int x = 0; x < cairo_image_surface_get_width(sheet); x++) {
      if (!holds(rgb_at(sheet, x, y), user))
        continue;
      left = MIN(left, x);
      right = MAX(right, x);
      top = MIN(top, y);
      bottom = MAX(bottom, y);
    }
  }
  if (right < 0)
    return (cairo_rectangle_int_t){0, 0, 0, 0};
  return (cairo_rectangle_int_t){left, top, right - left + 1, bottom - top + 1};
}

static gboolean
is_equal(uint32_t rgb, uint32_t user)
{
  return rgb == user;
}

static gboolean
is_different(uint32_t rgb, uint32_t user)
{
  return rgb != user;
}

static guint
count_color(cairo_surface_t *sheet, uint32_t rgb)
{
  guint n = 0;

  for (int y = 0; y < cairo_image_surface_get_height(sheet); y++)
    for (int x = 0; x < cairo_image_surface_get_width(sheet); x++)
      n += rgb_at(sheet, x, y) == rgb;
  return n;
}

static cairo_surface_t *
draw_sheet(cairo_surface_t *image, const MsLabelFigure *figure, const MsOverlayStyle *style)
{
  MsPixelRows rows, sheet;
  MsDrawing *drawing;
  cairo_surface_t *surface;

  if (image)
    rows = ms_pixel_rows_of_surface(image);
  drawing = ms_label_figure_new(image ? &rows : NULL, figure, style);
  sheet = ms_drawing_rows(drawing);
  surface = ms_pixel_rows_surface(&sheet);
  ms_drawing_free(drawing);
  return surface;
}

/* Draws it; nothing but white is in its margins. */
static cairo_surface_t *
draw(cairo_surface_t *image, const MsLabelFigure *figure, const MsOverlayStyle *style)
{
  cairo_surface_t *sheet = draw_sheet(image, figure, style);
  cairo_rectangle_int_t box;

  g_assert_nonnull(sheet);
  g_assert_cmpint(cairo_image_surface_get_format(sheet), ==, CAIRO_FORMAT_RGB24);
  box = find_box(sheet, is_different, WHITE);
  g_assert_cmpint(box.x, >=, MARGIN);
  g_assert_cmpint(box.y, >=, MARGIN);
  g_assert_cmpint(box.x + box.width, <=, cairo_image_surface_get_width(sheet) - MARGIN);
  g_assert_cmpint(box.y + box.height, <=, cairo_image_surface_get_height(sheet) - MARGIN);
  return sheet;
}

static int
height_of(const MsLabelFigure *figure, const MsOverlayStyle *style)
{
  cairo_surface_t *sheet = draw(NULL, figure, style);
  int height = cairo_image_surface_get_height(sheet);

  cairo_surface_destroy(sheet);
  return height;
}

/* ---- colours and signs ---- */

static guint
kind_pixels(const MsLabelFigure *figure, const MsOverlayStyle *style, MsKind kind)
{
  cairo_surface_t *sheet = draw(NULL, figure, style);
  guint n = count_color(sheet, rgb_of(ms_palette_kind_color(style->palette, kind)));

  cairo_surface_destroy(sheet);
  return n;
}

static void
test_rows_have_the_kinds_colours(void)
{
  MsLabelFigure figure = make_figure(song, G_N_ELEMENTS(song));

  for (int palette = MS_PALETTE_SAFE; palette <= MS_PALETTE_CLASSIC; palette++) {
    for (guint i = 0; i < N_KINDS; i++) {
      MsOverlayStyle all = {(MsPalette)palette, MS_KIND_ALL};
      MsOverlayStyle others = {(MsPalette)palette, MS_KIND_ALL & ~(unsigned)kinds[i]};

      g_assert_cmpuint(kind_pixels(&figure, &all, kinds[i]), >, 200);
      g_assert_cmpuint(kind_pixels(&figure, &others, kinds[i]), ==, 0);
      g_assert_cmpint(height_of(&figure, &others), <, height_of(&figure, &all));
    }
  }
}

/* Whether the sign shows at a place of the disc of a lone chip; 0, 0 is its middle, 1 its edge. */
static gboolean
sign_at(MsKind kind, MsPalette palette, double x, double y)
{
  MsFigureLabel label = {.name = "", .kind = kind};
  MsLabelFigure figure = make_plain(&label, 1);
  MsOverlayStyle style = {palette, MS_KIND_ALL};
  MsColor color = ms_palette_kind_color(palette, kind);
  cairo_surface_t *sheet = draw(NULL, &figure, &style);
  /* The chip is as high as its edge, in which the disc is as far from the left as from above. */
  cairo_rectangle_int_t edge =
      find_box(sheet, is_equal, rgb_of(ms_color_against(color, ms_white, MS_CONTRAST_SIGN)));
  double radius = edge.height * 0.30;
  double middle_x = edge.x + edge.height * 0.5, middle_y = edge.y + edge.height * 0.5;
  uint32_t rgb = rgb_at(sheet, (int)(middle_x + x * radius), (int)(middle_y + y * radius));

  g_assert_cmpint(edge.height, >, 20);
  cairo_surface_destroy(sheet);
  if (rgb != rgb_of(color))
    g_assert_cmphex(rgb, ==, rgb_of(ms_color_sign_on(color)));
  return rgb != rgb_of(color);
}

static void
test_signs(void)
{
  for (int p = MS_PALETTE_SAFE; p <= MS_PALETTE_CLASSIC; p++) {
    MsPalette palette = (MsPalette)p;

    for (guint i = 1; i < N_KINDS; i++) {
      g_assert_true(sign_at(kinds[i], palette, 0, 0));
      g_assert_true(sign_at(kinds[i], palette, -0.35, 0));
      g_assert_true(sign_at(kinds[i], palette, 0.35, 0));
    }
    g_assert_false(sign_at(MS_KIND_FN, palette, 0, -0.35));
    g_assert_false(sign_at(MS_KIND_FN, palette, 0, 0.35));
    g_assert_true(sign_at(MS_KIND_FP, palette, 0, -0.35));
    g_assert_true(sign_at(MS_KIND_FP, palette, 0, 0.35));
    g_assert_false(sign_at(MS_KIND_TP, palette, 0, -0.35));
    g_assert_false(sign_at(MS_KIND_TP, palette, -0.35, -0.35));
    g_assert_true(sign_at(MS_KIND_TP, palette, -0.12, 0.37));
    g_assert_true(sign_at(MS_KIND_TP, palette, 0.45, -0.28));
  }
}

/* Where neither sign nor colour nor chip is, the rows of two kinds differ: that is their word. */
static void
test_words(void)
{
  cairo_surface_t *columns[N_KINDS];

  for (guint i = 0; i < N_KINDS; i++) {
    MsFigureLabel label = {.name = "x", .kind = kinds[i]};
    MsLabelFigure figure = make_plain(&label, 1);
    cairo_surface_t *sheet = draw(NULL, &figure, &safe);
    cairo_rectangle_int_t chip =
        find_box(sheet, is_equal, rgb_of(ms_palette_kind_color(MS_PALETTE_SAFE, kinds[i])));
    cairo_t *cr;

    columns[i] = cairo_image_surface_create(CAIRO_FORMAT_RGB24, chip.x - 5,
                                            cairo_image_surface_get_height(sheet));
    cr = cairo_create(columns[i]);
    cairo_set_source_surface(cr, sheet, 0, 0);
    cairo_paint(cr);
    cairo_destroy(cr);
    cairo_surface_destroy(sheet);
  }
  for (guint i = 0; i < N_KINDS; i++) {
    g_autofree char *diff = NULL;

    g_assert_cmpint(test_count_different(columns[i], columns[(i + 1) % N_KINDS], "words", &diff), >,
                    50);
    g_unlink(diff);
  }
  for (guint i = 0; i < N_KINDS; i++)
    cairo_surface_destroy(columns[i]);
}

/* ---- what is written on chips ---- */

/* The chip of a lone label: the box of its edge. */
static cairo_rectangle_int_t
chip_box(cairo_surface_t *sheet, const MsFigureLabel *label, MsPalette palette)
{
  MsColor color = ms_palette_kind_color(palette, label->kind);

  return find_box(sheet, is_equal, rgb_of(ms_color_against(color, ms_white, MS_CONTRAST_SIGN)));
}

static int
chip_width(const char *name, MsKind kind, const char *score)
{
  MsFigureLabel label = {name, kind, score};
  MsLabelFigure figure = make_plain(&label, 1);
  cairo_surface_t *sheet = draw(NULL, &figure, &safe);
  int width = chip_box(sheet, &label, MS_PALETTE_SAFE).width;

  cairo_surface_destroy(sheet);
  return width;
}

static void
test_scores(void)
{
  int without = chip_width("Happy", MS_KIND_TP, NULL);
  int usual = chip_width("Happy", MS_KIND_TP, "0.71");

  g_assert_cmpint(usual, >, without + 20);
  /* Figures of one width. */
  g_assert_cmpint(chip_width("Happy", MS_KIND_TP, "0.88"), ==, usual);
  g_assert_cmpint(chip_width("Happy", MS_KIND_TP, "1.00"), ==, usual);
  g_assert_cmpint(chip_width("Happy", MS_KIND_FN, "0.11"), ==, usual);
  g_assert_cmpint(chip_width("Happy", MS_KIND_TP, "0.5004"), >, usual + 5);
}

/* The darkest pixel beside the disc against the chip's ground. */
static double
text_contrast(const MsFigureLabel *label, MsPalette palette)
{
  MsLabelFigure figure = make_plain(label, 1);
  MsOverlayStyle style = {palette, MS_KIND_ALL};
  cairo_surface_t *sheet = draw(NULL, &figure, &style);
  cairo_rectangle_int_t box = chip_box(sheet, label, palette);
  int left = box.x + box.height, right = box.x + box.width - box.height / 3;
  MsColor ground = color_of(rgb_at(sheet, left - 3, box.y + 5));
  double contrast = 1;

  for (int y = box.y + 5; y < box.y + box.height - 5; y++)
    for (int x = left; x < right; x++)
      contrast = MAX(contrast, ms_color_contrast(color_of(rgb_at(sheet, x, y)), ground));
  cairo_surface_destroy(sheet);
  return contrast;
}

static void
test_contrast(void)
{
  for (int palette = MS_PALETTE_SAFE; palette <= MS_PALETTE_CLASSIC; palette++) {
    for (guint i = 0; i < N_KINDS; i++) {
      MsFigureLabel name = {.name = "HLEI", .kind = kinds[i]};
      MsFigureLabel score = {.name = "", .kind = kinds[i], .score = "0.11"};
      MsColor color = ms_palette_kind_color((MsPalette)palette, kinds[i]);

      g_assert_cmpfloat(text_contrast(&name, (MsPalette)palette), >=, 7);
      g_assert_cmpfloat(text_contrast(&score, (MsPalette)palette), >=, 4.5);
      g_assert_cmpfloat(ms_color_contrast(ms_color_sign_on(color), color), >=, 3);
    }
  }
}

static gboolean
is_dark(uint32_t rgb, uint32_t user)
{
  return (rgb >> 16 & 0xff) < user && (rgb >> 8 & 0xff) < user && (rgb & 0xff) < user;
}

/* Letters lie within their chip: nothing dark is right of it, nor below. */
static void
assert_inside(const char *name)
{
  MsFigureLabel label = {name, MS_KIND_TP, "0.90"};
  MsLabelFigure figure = make_plain(&label, 1);
  cairo_surface_t *sheet = draw(NULL, &figure, &safe);
  cairo_rectangle_int_t box = chip_box(sheet, &label, MS_PALETTE_SAFE);
  cairo_rectangle_int_t dark = find_box(sheet, is_dark, 90);

  g_assert_cmpint(dark.x + dark.width, <, box.x + box.width - 5);
  g_assert_cmpint(dark.y, >, box.y);
  g_assert_cmpint(dark.y + dark.height, <, box.y + box.height);
  cairo_surface_destroy(sheet);
}

static void
test_names(void)
{
  g_autofree char *wide = g_strnfill(2000000, 'W');
  MsFigureLabel label = {.name = "x", .kind = MS_KIND_TP};
  MsLabelFigure figure = make_plain(&label, 1);
  int height = height_of(&figure, &safe);
  const char *names[] = {
      wide,
      "two\nlines\rof\tname",
      "caf\xe9 \xff\xfe",
      "",
      "Грусть",
      "שמח",
      "موسيقى هادئة للغاية وجميلة جدا في الليل الطويل تحت ضوء القمر وعلى شاطئ البحر الأزرق الكبير"};

  for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
    label.name = names[i];
    g_assert_cmpint(height_of(&figure, &safe), ==, height);
    assert_inside(names[i]);
  }
  /* Too long by far, or not by much: both end where the sheet ends. */
  g_assert_cmpint(chip_width(wide, MS_KIND_TP, NULL), <, 896);
  g_assert_cmpint(chip_width(wide, MS_KIND_TP, NULL), >, 700);
  g_assert_cmpint(chip_width("שמח", MS_KIND_TP, NULL), <, 200);
}

/* ---- many ---- */

static MsFigureLabel *
make_labels(guint n, MsKind kind)
{
  MsFigureLabel *labels = g_new0(MsFigureLabel, n);

  for (guint i = 0; i < n; i++)
    labels[i] = (MsFigureLabel){.name = i % 3 ? "Happy" : "Mouth slightly open", .kind = kind};
  return labels;
}

static guint
disc_pixels(const MsLabelFigure *figure)
{
  return kind_pixels(figure, &classic, MS_KIND_TP);
}

static void
test_a_chip_for_every_label(void)
{
  static const guint counts[] = {1, 5, 80};
  g_autofree MsFigureLabel *labels = make_labels(80, MS_KIND_TP);
  MsLabelFigure one = make_figure(labels, 1);
  guint disc = disc_pixels(&one);
  int height = 0;

  g_assert_cmpuint(disc, >, 200);
  for (guint i = 0; i < G_N_ELEMENTS(counts); i++) {
    MsLabelFigure figure = make_figure(labels, counts[i]);

    g_assert_cmpuint(disc_pixels(&figure), ==, counts[i] * disc);
    g_assert_cmpint(height_of(&figure, &classic), >=, height);
    height = height_of(&figure, &classic);
  }
  g_assert_cmpint(height, >, height_of(&one, &classic) + 500);
}

static void
test_height_is_bounded(void)
{
  g_autofree MsFigureLabel *labels = make_labels(10000, MS_KIND_TP);
  MsLabelFigure one = make_figure(labels, 1);
  MsLabelFigure many = make_figure(labels, 1000);
  MsLabelFigure lots = make_figure(labels, 10000);
  guint n_discs = disc_pixels(&lots) / disc_pixels(&one);
  cairo_surface_t *many_sheet, *lots_sheet;
  g_autofree char *diff = NULL;

  g_assert_cmpuint(n_discs, >, 80);
  g_assert_cmpuint(n_discs, <, 400);
  g_assert_cmpuint(disc_pixels(&many), ==, disc_pixels(&lots));
  g_assert_cmpint(height_of(&lots, &classic), ==, height_of(&many, &classic));
  g_assert_cmpint(height_of(&lots, &classic), <, 2500);
  /* How many more there are is said. */
  many_sheet = draw(NULL, &many, &classic);
  lots_sheet = draw(NULL, &lots, &classic);
  g_assert_cmpint(test_count_different(many_sheet, lots_sheet, "more", &diff), >, 20);
  g_unlink(diff);
  cairo_surface_destroy(many_sheet);
  cairo_surface_destroy(lots_sheet);
  for (guint i = 0; i < 10000; i++)
    labels[i].kind = MS_KIND_TN;
  g_assert_cmpint(height_of(&lots, &classic), <, height_of(&one, &classic) + 50);
}

static void
test_no_labels(void)
{
  MsFigureLabel absent[] = {{.name = "Happy", .kind = MS_KIND_TN},
                            {.name = "Sad", .kind = MS_KIND_TN}};
  MsLabelFigure none = make_plain(NULL, 0);
  MsLabelFigure two = make_plain(absent, 2);
  MsLabelFigure hidden = make_plain(song, G_N_ELEMENTS(song));
  MsOverlayStyle nothing = {MS_PALETTE_SAFE, 0};
  cairo_surface_t *sheets[] = {draw(NULL, &none, &safe), draw(NULL, &two, &safe),
                               draw(NULL, &hidden, &nothing)};
  g_autofree char *diff = NULL;

  /* Words stand in place of the chips, others where there only is nothing to show. */
  g_assert_cmpint(find_box(sheets[0], is_different, WHITE).width, >, 100);
  test_assert_same_picture(sheets[1], sheets[0], "no-labels");
  g_assert_cmpint(test_count_different(sheets[2], sheets[0], "not-shown", &diff), !=, 0);
  g_unlink(diff);
  for (guint i = 0; i < G_N_ELEMENTS(sheets); i++)
    cairo_surface_destroy(sheets[i]);
}

/* ---- texts ---- */

static void
test_missing_texts_leave_no_gap(void)
{
  MsLabelFigure usual = make_figure(song, G_N_ELEMENTS(song));
  MsLabelFigure none = usual, empty = usual, no_subtitle = usual, note = usual;

  none.title = none.subtitle = none.headline = none.verdict = NULL;
  empty.title = empty.subtitle = empty.headline = empty.verdict = "";
  no_subtitle.subtitle = NULL;
  note.image_note = "images/song_01.png: no such file";
  g_assert_cmpint(height_of(&none, &safe), ==, height_of(&empty, &safe));
  g_assert_cmpint(height_of(&none, &safe), <, height_of(&no_subtitle, &safe));
  g_assert_cmpint(height_of(&no_subtitle, &safe), <, height_of(&usual, &safe));
  g_assert_cmpint(height_of(&usual, &safe), <, height_of(&note, &safe));
}

static void
test_long_texts_stay_inside(void)
{
  g_autofree char *long_text = g_strnfill(1000000, 'W');
  MsLabelFigure usual = make_figure(song, G_N_ELEMENTS(song));
  MsLabelFigure figure = usual;

  figure.title = long_text;
  g_assert_cmpint(height_of(&figure, &safe), ==, height_of(&usual, &safe));
  figure.subtitle = figure.headline = figure.verdict = figure.image_note = long_text;
  g_assert_cmpint(height_of(&figure, &safe), <, height_of(&usual, &safe) + 300);
}

static void
test_line_breaks_add_no_lines(void)
{
  g_autofree char *breaks = g_strnfill(500, '\n');
  MsFigureLabel labels[] = {{.name = breaks, .kind = MS_KIND_TN},
                            {.name = "a\nb", .kind = MS_KIND_TN}};
  MsFigureLabel usual_labels[] = {{.name = "Sad", .kind = MS_KIND_TN},
                                  {.name = "Slow", .kind = MS_KIND_TN}};
  MsLabelFigure usual = make_figure(usual_labels, 2);
  MsLabelFigure figure = make_figure(labels, 2);

  figure.verdict = "Not exact:\nmissed\na";
  g_assert_cmpint(ABS(height_of(&figure, &safe) - height_of(&usual, &safe)), <=, 30);
}

static void
test_quiet_lines(void)
{
  MsFigureLabel labels[] = {{.name = "Happy", .kind = MS_KIND_TP},
                            {.name = "Sad", .kind = MS_KIND_TN},
                            {.name = "Slow", .kind = MS_KIND_IGNORED}};
  MsOverlayStyle no_ignored = {MS_PALETTE_SAFE, MS_KIND_ALL & ~(unsigned)MS_KIND_IGNORED};
  MsLabelFigure right = make_figure(labels, 1), absent = make_figure(labels, 2);
  MsLabelFigure ignored = make_figure(labels, 3), plain = make_plain(labels, 3);
  MsLabelFigure plain_right = make_plain(labels, 1);

  g_assert_cmpint(height_of(&right, &safe), <, height_of(&absent, &safe));
  g_assert_cmpint(height_of(&absent, &safe), <, height_of(&ignored, &safe));
  g_assert_cmpint(height_of(&absent, &safe), ==, height_of(&ignored, &no_ignored));
  g_assert_cmpint(height_of(&plain, &safe), ==, height_of(&plain_right, &safe));
  g_assert_cmpint(height_of(&plain, &safe), <, height_of(&right, &safe));
}

/* ---- the image ---- */

#define BLUE_KEY 0xf3u

/* No other part of a sheet has this blue with no red. */
static gboolean
is_image_pixel(uint32_t rgb, uint32_t user)
{
  return (rgb & 0xff00ff) == user;
}

static cairo_surface_t *
noisy_image(int width, int height)
{
  cairo_surface_t *image = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
  TestRandom random = {97};

  cairo_surface_flush(image);
  for (int y = 0; y < height; y++) {
    uint32_t *row = (uint32_t *)(cairo_image_surface_get_data(image) +
                                 (ptrdiff_t)y * cairo_image_surface_get_stride(image));

    for (int x = 0; x < width; x++)
      row[x] = BLUE_KEY | test_random_below(&random, 256) << 8;
  }
  cairo_surface_mark_dirty(image);
  return image;
}

static void
check_image(int width, int height, int factor, int sheet_width)
{
  cairo_surface_t *image = noisy_image(width, height);
  MsLabelFigure figure = make_figure(song, G_N_ELEMENTS(song));
  cairo_surface_t *sheet = draw(image, &figure, &safe);
  cairo_rectangle_int_t box = find_box(sheet, is_image_pixel, BLUE_KEY);
  cairo_rectangle_int_t chips =
      find_box(sheet, is_equal, rgb_of(ms_palette_kind_color(MS_PALETTE_SAFE, MS_KIND_TP)));

  g_assert_cmpint(box.width, ==, width * factor);
  g_assert_cmpint(box.height, ==, height * factor);
  g_assert_cmpint(ABS(cairo_image_surface_get_width(sheet) - box.width - 2 * box.x), <=, 1);
  g_assert_cmpint(ABS(cairo_image_surface_get_width(sheet) - sheet_width), <=, 2);
  g_assert_cmpint(chips.y, >, box.y + box.height);
  for (int y = 0; y < box.height; y++)
    for (int x = 0; x < box.width; x++)
      g_assert_cmphex(rgb_at(sheet, box.x + x, box.y + y), ==,
                      rgb_at(image, x / factor, y / factor));
  cairo_surface_destroy(sheet);
  cairo_surface_destroy(image);
}

/* Margins are 2.9 / 42 of the content's width. */
static void
test_image_is_untouched(void)
{
  check_image(1200, 300, 1, 1283);
  check_image(640, 480, 1, 684);
  check_image(500, 900, 1, 958);
  check_image(300, 200, 2, 642);
  check_image(32, 32, 28, 958);
  check_image(1, 1, 896, 958);
}

static void
test_plain_with_image(void)
{
  cairo_surface_t *image = noisy_image(640, 100);
  MsLabelFigure figure = make_plain(song, G_N_ELEMENTS(song));
  cairo_surface_t *sheet = draw(image, &figure, &safe);
  cairo_rectangle_int_t box = find_box(sheet, is_image_pixel, BLUE_KEY);

  g_assert_cmpint(box.x, ==, box.y);
  cairo_surface_destroy(sheet);
  cairo_surface_destroy(image);
}

static void
test_limits(void)
{
  MsLabelFigure figure = make_figure(song, G_N_ELEMENTS(song));
  cairo_surface_t *wide = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 32767, 1);
  cairo_surface_t *high = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 1, 32767);

  g_assert_null(draw_sheet(wide, &figure, &safe));
  g_assert_null(draw_sheet(high, &figure, &safe));
  cairo_surface_destroy(wide);
  cairo_surface_destroy(high);
}

static void
test_same_input_same_pixels(void)
{
  MsLabelFigure figure = make_figure(song, G_N_ELEMENTS(song));
  cairo_surface_t *once = draw(NULL, &figure, &safe);
  cairo_surface_t *again = draw(NULL, &figure, &safe);

  test_assert_same_picture(again, once, "label-figure-again");
  cairo_surface_destroy(once);
  cairo_surface_destroy(again);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/render/label-figure/colours", test_rows_have_the_kinds_colours);
  g_test_add_func("/render/label-figure/signs", test_signs);
  g_test_add_func("/render/label-figure/words", test_words);
  g_test_add_func("/render/label-figure/scores", test_scores);
  g_test_add_func("/render/label-figure/contrast", test_contrast);
  g_test_add_func("/render/label-figure/names", test_names);
  g_test_add_func("/render/label-figure/a-chip-for-every-label", test_a_chip_for_every_label);
  g_test_add_func("/render/label-figure/height-is-bounded", test_height_is_bounded);
  g_test_add_func("/render/label-figure/no-labels", test_no_labels);
  g_test_add_func("/render/label-figure/missing-texts", test_missing_texts_leave_no_gap);
  g_test_add_func("/render/label-figure/long-texts", test_long_texts_stay_inside);
  g_test_add_func("/render/label-figure/line-breaks", test_line_breaks_add_no_lines);
  g_test_add_func("/render/label-figure/quiet-lines", test_quiet_lines);
  g_test_add_func("/render/label-figure/image-is-untouched", test_image_is_untouched);
  g_test_add_func("/render/label-figure/plain-with-image", test_plain_with_image);
  g_test_add_func("/render/label-figure/limits", test_limits);
  g_test_add_func("/render/label-figure/same-input-same-pixels", test_same_input_same_pixels);
  return g_test_run();
}
