/* SPDX-License-Identifier: MIT
 *
 * The sheet is measured first and painted second: every text becomes a caption of known size,
 * blocks are stacked downwards at whole pixels, then the surface is made to fit. All lengths are
 * multiples of one base size, which follows the picture's width, so that a figure keeps its looks
 * when the picture is scaled in a paper.
 */
#include "render/figure.h"

#include <math.h>
#include <string.h>

#include "render/caption.h"

#define MAX_SIDE    32767
#define MIN_CONTENT 448  /* with its margins at least 480 pixels */
#define BASE_SHARE  42.0 /* base sizes across the content */
#define MIN_BASE    12.0
#define MAX_BASE    48.0
#define MAX_CHIPS   5

#define INK   0.11
#define MUTED 0.40
#define RULE  0.84

/* Type scale and spacing, in base sizes. */
#define TITLE_SIZE       1.30
#define SUBTITLE_SIZE    0.90
#define CHIP_SIZE        1.00
#define DESCRIPTION_SIZE 0.80
#define HEADLINE_SIZE    1.15
#define VERDICT_SIZE     0.95
#define MARGIN           1.45
#define BLOCK_GAP        1.10
#define LINE_GAP         0.30
#define SWATCH_SIZE      0.80
#define SWATCH_GAP       0.55
#define CHIP_GAP         1.30
#define CHIP_MAX_SPREAD  4.00

typedef struct {
  MsKind kind;
  bool shown;
  MsCaption count; /* label and number */
  MsCaption description;
} Chip;

typedef struct {
  Chip chips[MAX_CHIPS];
  int n_chips;
  int columns;
  double pitch; /* from a chip to the next */
  double indent;
  int row_height;
} Legend;

typedef struct {
  cairo_t *measure;
  MsPalette palette;
  double base;
  int content; /* width between the margins */
  int margin;
  int picture_width, picture_height; /* on the sheet */
  int factor;                        /* sheet pixels a picture pixel */
  MsCaption title, subtitle, headline, verdict;
  Legend legend;
} Sheet;

static int
scaled(const Sheet *sheet, double bases)
{
  return (int)lround(sheet->base * bases);
}

/* 1234567 as "1,234,567", in every locale. */
static char *
grouped_count(uint64_t count)
{
  g_autofree char *digits = g_strdup_printf("%" G_GUINT64_FORMAT, (guint64)count);
  gsize n = strlen(digits);
  GString *grouped = g_string_sized_new(n + n / 3);

  for (gsize i = 0; i < n; i++) {
    if (i > 0 && (n - i) % 3 == 0)
      g_string_append_c(grouped, ',');
    g_string_append_c(grouped, digits[i]);
  }
  return g_string_free(grouped, FALSE);
}

/* `size` in base sizes. */
static MsCaption
sheet_caption(const Sheet *sheet, const char *string, double size, PangoWeight weight)
{
  return ms_caption_new(sheet->measure, string, size * sheet->base, weight);
}

static MsCaption
chip_count(const Sheet *sheet, MsKind kind, uint64_t count)
{
  const char *label = ms_kind_label(kind);
  g_autofree char *number = grouped_count(count);
  g_autofree char *string = g_strdup_printf("%s  %s", label, number);
  MsCaption caption = sheet_caption(sheet, string, CHIP_SIZE, PANGO_WEIGHT_NORMAL);

  ms_caption_embolden(&caption, (guint)strlen(label));
  return caption;
}

static void
legend_add(Sheet *sheet, const MsOverlayStyle *style, MsKind kind, uint64_t count)
{
  Chip *chip = &sheet->legend.chips[sheet->legend.n_chips++];

  chip->kind = kind;
  chip->shown = (style->shown & kind) != 0;
  chip->count = chip_count(sheet, kind, count);
  chip->description =
      sheet_caption(sheet, ms_kind_description(kind), DESCRIPTION_SIZE, PANGO_WEIGHT_NORMAL);
}

static int
widest_chip(const Legend *legend)
{
  int widest = 0;

  for (int i = 0; i < legend->n_chips; i++) {
    widest = MAX(widest, legend->chips[i].count.width);
    widest = MAX(widest, legend->chips[i].description.width);
  }
  return widest;
}

static int
columns_that_fit(const Sheet *sheet, double cell)
{
  double gap = sheet->base * CHIP_GAP;

  return MIN((int)((sheet->content + gap) / (cell + gap)), sheet->legend.n_chips);
}

/* Columns of one width; rows of as even a length as can be: four chips that do not fit in one row
 * make two rows of two. Descriptions go where not even two columns have room for them. */
static void
legend_arrange(Sheet *sheet)
{
  Legend *legend = &sheet->legend;
  double cell;
  int fitting, rows;

  legend->indent = scaled(sheet, SWATCH_SIZE + SWATCH_GAP);
  fitting = columns_that_fit(sheet, widest_chip(legend) + legend->indent);
  if (fitting < 2) {
    for (int i = 0; i < legend->n_chips; i++) {
      ms_caption_clear(&legend->chips[i].description);
    }
    fitting = MAX(columns_that_fit(sheet, widest_chip(legend) + legend->indent), 1);
  }
  rows = (legend->n_chips + fitting - 1) / fitting;
  legend->columns = (legend->n_chips + rows - 1) / rows;
  cell = widest_chip(legend) + legend->indent;
  legend->pitch = fmin((sheet->content + sheet->base * CHIP_GAP) / legend->columns,
                       cell + sheet->base * CHIP_MAX_SPREAD);
  legend->row_height = legend->chips[0].count.height + legend->chips[0].description.height;
}

static void
legend_make(Sheet *sheet, const MsOverlayStyle *style, const MsFigureText *text)
{
  const MsKindCounts *kinds = &text->kinds;

  legend_add(sheet, style, MS_KIND_TP, kinds->tp);
  legend_add(sheet, style, MS_KIND_FP, kinds->fp);
  legend_add(sheet, style, MS_KIND_FN, kinds->fn);
  if (text->has_confused)
    legend_add(sheet, style, MS_KIND_CONFUSED, kinds->confused);
  if (kinds->ignored > 0)
    legend_add(sheet, style, MS_KIND_IGNORED, kinds->ignored);
  legend_arrange(sheet);
}

static void
rounded_square(cairo_t *cr, double x, double y, double side, double radius)
{
  cairo_new_sub_path(cr);
  cairo_arc(cr, x + side - radius, y + radius, radius, -G_PI_2, 0);
  cairo_arc(cr, x + side - radius, y + side - radius, radius, 0, G_PI_2);
  cairo_arc(cr, x + radius, y + side - radius, radius, G_PI_2, G_PI);
  cairo_arc(cr, x + radius, y + radius, radius, G_PI, 3 * G_PI_2);
  cairo_close_path(cr);
}

/* Filled in the kind's colour, or its outline alone. */
static void
swatch_paint(const Sheet *sheet, const Chip *chip, cairo_t *cr, double x, double y)
{
  MsColor color = ms_palette_kind_color(sheet->palette, chip->kind);
  double side = scaled(sheet, SWATCH_SIZE);
  double line = MAX(1, scaled(sheet, 0.11));
  double inset = chip->shown ? 0 : line / 2;

  cairo_set_source_rgb(cr, color.red / 255.0, color.green / 255.0, color.blue / 255.0);
  rounded_square(cr, x + inset, y + inset, side - 2 * inset, side * 0.18);
  if (chip->shown) {
    cairo_fill(cr);
  } else {
    cairo_set_line_width(cr, line);
    cairo_stroke(cr);
  }
}

/* Returns the height used. */
static int
legend_paint(const Sheet *sheet, cairo_t *cr, int top)
{
  const Legend *legend = &sheet->legend;
  int gap = scaled(sheet, BLOCK_GAP * 0.6);
  int rows = (legend->n_chips + legend->columns - 1) / legend->columns;

  for (int i = 0; cr && i < legend->n_chips; i++) {
    const Chip *chip = &legend->chips[i];
    double x = sheet->margin + round(i % legend->columns * legend->pitch);
    double y = top + i / legend->columns * (legend->row_height + gap);
    double swatch_top = y + round((chip->count.height - scaled(sheet, SWATCH_SIZE)) / 2.0);

    swatch_paint(sheet, chip, cr, x, swatch_top);
    ms_caption_paint(&chip->count, cr, x + legend->indent, y, INK);
    ms_caption_paint(&chip->description, cr, x + legend->indent, y + chip->count.height, MUTED);
  }
  return rows * legend->row_height + (rows - 1) * gap;
}

/* Puts a line of text below `y` and returns its lower edge. NULL `cr` only measures. */
static int
stack_text(const Sheet *sheet, const MsCaption *text, cairo_t *cr, int y, double gap, double grey)
{
  if (!text->layout)
    return y;
  y += scaled(sheet, gap);
  if (cr)
    ms_caption_paint(text, cr, sheet->margin, y, grey);
  return y + text->height;
}

static int
stack_rule(const Sheet *sheet, cairo_t *cr, int y)
{
  int line = MAX(1, scaled(sheet, 0.06));

  y += scaled(sheet, BLOCK_GAP);
  if (cr) {
    cairo_set_source_rgb(cr, RULE, RULE, RULE);
    cairo_rectangle(cr, sheet->margin, y, sheet->content, line);
    cairo_fill(cr);
  }
  return y + line;
}

/* Everything under the picture, painted or (NULL `cr`) measured: the sheet's height. */
static int
stack_caption(const Sheet *sheet, cairo_t *cr)
{
  int y = sheet->margin + sheet->picture_height;

  y = stack_text(sheet, &sheet->title, cr, y, BLOCK_GAP * 0.9, INK);
  y = stack_text(sheet, &sheet->subtitle, cr, y, LINE_GAP, MUTED);
  y += scaled(sheet, BLOCK_GAP);
  y += legend_paint(sheet, cr, y);
  if (sheet->headline.layout || sheet->verdict.layout) {
    y = stack_rule(sheet, cr, y);
    y = stack_text(sheet, &sheet->headline, cr, y, BLOCK_GAP * 0.8, INK);
    y = stack_text(sheet, &sheet->verdict, cr, y, LINE_GAP, MUTED);
  }
  return y + sheet->margin;
}

/* Nearest neighbour on a whole factor and a whole origin: every pixel as it is. */
static void
picture_paint(const Sheet *sheet, cairo_surface_t *picture, cairo_t *cr)
{
  int left = sheet->margin + (sheet->content - sheet->picture_width) / 2;

  cairo_save(cr);
  cairo_translate(cr, left, sheet->margin);
  cairo_rectangle(cr, 0, 0, sheet->picture_width, sheet->picture_height);
  cairo_clip(cr);
  cairo_scale(cr, sheet->factor, sheet->factor);
  cairo_set_source_surface(cr, picture, 0, 0);
  cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_NEAREST);
  cairo_paint(cr);
  cairo_restore(cr);
}

static void
sheet_init(Sheet *sheet, int width, int height, const MsFigureText *text,
           const MsOverlayStyle *style)
{
  int longer = MAX(width, height);

  *sheet = (Sheet){.palette = style->palette};
  sheet->measure = ms_caption_measure_new();
  sheet->factor = MAX(1, MIN_CONTENT / longer);
  sheet->picture_width = width * sheet->factor;
  sheet->picture_height = height * sheet->factor;
  sheet->content = MAX(sheet->picture_width, MIN_CONTENT);
  sheet->base = CLAMP(sheet->content / BASE_SHARE, MIN_BASE, MAX_BASE);
  sheet->margin = scaled(sheet, MARGIN);

  sheet->title = sheet_caption(sheet, text->title, TITLE_SIZE, PANGO_WEIGHT_BOLD);
  ms_caption_fit_line(&sheet->title, sheet->content);
  sheet->subtitle = sheet_caption(sheet, text->subtitle, SUBTITLE_SIZE, PANGO_WEIGHT_NORMAL);
  ms_caption_fit_lines(&sheet->subtitle, sheet->content, 3);
  sheet->headline = sheet_caption(sheet, text->headline, HEADLINE_SIZE, PANGO_WEIGHT_BOLD);
  ms_caption_fit_lines(&sheet->headline, sheet->content, 2);
  sheet->verdict = sheet_caption(sheet, text->verdict, VERDICT_SIZE, PANGO_WEIGHT_NORMAL);
  ms_caption_fit_lines(&sheet->verdict, sheet->content, 2);
  legend_make(sheet, style, text);
}

static void
sheet_clear(Sheet *sheet)
{
  ms_caption_clear(&sheet->title);
  ms_caption_clear(&sheet->subtitle);
  ms_caption_clear(&sheet->headline);
  ms_caption_clear(&sheet->verdict);
  for (int i = 0; i < sheet->legend.n_chips; i++) {
    ms_caption_clear(&sheet->legend.chips[i].count);
    ms_caption_clear(&sheet->legend.chips[i].description);
  }
  cairo_destroy(sheet->measure);
}

static cairo_surface_t *
sheet_paint(const Sheet *sheet, cairo_surface_t *picture)
{
  int width = sheet->content + 2 * sheet->margin;
  int height = stack_caption(sheet, NULL);
  cairo_surface_t *surface;
  cairo_status_t status;
  cairo_t *cr;

  if (width > MAX_SIDE || height > MAX_SIDE)
    return NULL;
  surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
  cr = cairo_create(surface);
  cairo_set_source_rgb(cr, 1, 1, 1);
  cairo_paint(cr);
  picture_paint(sheet, picture, cr);
  stack_caption(sheet, cr);
  status = cairo_status(cr);
  cairo_destroy(cr);
  if (status != CAIRO_STATUS_SUCCESS)
    g_clear_pointer(&surface, cairo_surface_destroy);
  else
    cairo_surface_flush(surface);
  return surface;
}

cairo_surface_t *
ms_figure_new(cairo_surface_t *picture, const MsFigureText *text, const MsOverlayStyle *style)
{
  int width = cairo_image_surface_get_width(picture);
  int height = cairo_image_surface_get_height(picture);
  cairo_surface_t *surface;
  Sheet sheet;

  if (width < 1 || height < 1)
    return NULL;
  sheet_init(&sheet, width, height, text, style);
  surface = sheet_paint(&sheet, picture);
  sheet_clear(&sheet);
  return surface;
}
