/* SPDX-License-Identifier: MIT
 *
 * The overlay and its legend, set on a sheet.
 */
#include "render/figure.h"

#include <math.h>
#include <string.h>

#include "render/tone.h"

#define MIN_CONTENT 448                         /* with its margins at least 480 pixels */
#define MAX_CHIPS   (MS_FIGURE_MAX_CLASSES + 1) /* the last one says how many more there are */

/* In base sizes. */
#define SWATCH_SIZE     0.80
#define SWATCH_GAP      0.55
#define CHIP_GAP        1.30
#define CHIP_MAX_SPREAD 4.00

typedef enum { SWATCH_NONE, SWATCH_OUTLINE, SWATCH_FILLED } Swatch;

typedef struct {
  MsColor color;
  Swatch swatch;
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
  MsDrawing drawing;
  Legend legend;
} Figure;

static MsCaption
chip_count(const MsSheet *sheet, const char *label, uint64_t count)
{
  g_autofree char *number = ms_grouped_count(count);
  g_autofree char *string = g_strdup_printf("%s  %s", label, number);
  MsCaption caption = ms_sheet_caption(sheet, string, MS_SHEET_TEXT_SIZE, PANGO_WEIGHT_NORMAL);

  ms_caption_embolden(&caption, (guint)strlen(label));
  return caption;
}

static Chip *
legend_add(Figure *figure, MsColor color, Swatch swatch)
{
  Chip *chip = &figure->legend.chips[figure->legend.n_chips++];

  chip->color = color;
  chip->swatch = swatch;
  return chip;
}

static void
legend_add_kind(Figure *figure, const MsOverlayStyle *style, MsKind kind, uint64_t count)
{
  Chip *chip = legend_add(figure, ms_palette_kind_color(style->palette, kind),
                          style->shown & kind ? SWATCH_FILLED : SWATCH_OUTLINE);

  chip->count = chip_count(&figure->drawing.sheet, ms_kind_label(kind), count);
  chip->description = ms_sheet_caption(&figure->drawing.sheet, ms_kind_description(kind),
                                       MS_SHEET_DESCRIPTION_SIZE, PANGO_WEIGHT_NORMAL);
}

static void
legend_add_class(Figure *figure, const MsFigureClass *class)
{
  const MsSheet *sheet = &figure->drawing.sheet;
  Chip *chip = legend_add(figure, class->color, SWATCH_FILLED);

  chip->count = chip_count(sheet, class->name, class->pixels);
  ms_caption_shorten(&chip->count,
                     MAX(sheet->text_width - ms_sheet_length(sheet, SWATCH_SIZE + SWATCH_GAP), 1));
}

static void
legend_add_more(Figure *figure, int n_more)
{
  g_autofree char *count = ms_grouped_count((uint64_t)n_more);
  g_autofree char *string = g_strdup_printf("and %s more", count);

  legend_add(figure, ms_white, SWATCH_NONE)->count =
      ms_sheet_caption(&figure->drawing.sheet, string, MS_SHEET_TEXT_SIZE, PANGO_WEIGHT_NORMAL);
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
columns_that_fit(const Figure *figure, double cell)
{
  double gap = figure->drawing.sheet.base * CHIP_GAP;

  return MIN((int)((figure->drawing.sheet.text_width + gap) / (cell + gap)),
             figure->legend.n_chips);
}

/* Columns of one width; rows of as even a length as can be: four chips that do not fit in one row
 * make two rows of two. Descriptions go where not even two columns have room for them. */
static void
legend_arrange(Figure *figure)
{
  const MsSheet *sheet = &figure->drawing.sheet;
  Legend *legend = &figure->legend;
  double cell;
  int fitting, rows;

  if (legend->n_chips == 0)
    return;
  legend->indent = ms_sheet_length(sheet, SWATCH_SIZE + SWATCH_GAP);
  fitting = columns_that_fit(figure, widest_chip(legend) + legend->indent);
  if (fitting < 2) {
    for (int i = 0; i < legend->n_chips; i++) {
      ms_caption_clear(&legend->chips[i].description);
    }
    fitting = MAX(columns_that_fit(figure, widest_chip(legend) + legend->indent), 1);
  }
  rows = (legend->n_chips + fitting - 1) / fitting;
  legend->columns = (legend->n_chips + rows - 1) / rows;
  cell = widest_chip(legend) + legend->indent;
  legend->pitch = fmin((sheet->text_width + sheet->base * CHIP_GAP) / legend->columns,
                       cell + sheet->base * CHIP_MAX_SPREAD);
  legend->row_height = legend->chips[0].count.height + legend->chips[0].description.height;
}

static void
legend_add_kinds(Figure *figure, const MsOverlayStyle *style, const MsFigureText *text)
{
  const MsKindCounts *kinds = &text->kinds;

  legend_add_kind(figure, style, MS_KIND_TP, kinds->tp);
  legend_add_kind(figure, style, MS_KIND_FP, kinds->fp);
  legend_add_kind(figure, style, MS_KIND_FN, kinds->fn);
  if (text->has_confused)
    legend_add_kind(figure, style, MS_KIND_CONFUSED, kinds->confused);
  if (kinds->ignored > 0)
    legend_add_kind(figure, style, MS_KIND_IGNORED, kinds->ignored);
}

static void
legend_add_classes(Figure *figure, const MsFigureText *text)
{
  int n_named = MIN(text->n_classes, MS_FIGURE_MAX_CLASSES);

  for (int i = 0; i < n_named; i++)
    legend_add_class(figure, &text->classes[i]);
  if (text->n_classes > n_named)
    legend_add_more(figure, text->n_classes - n_named);
}

/* Filled, or its outline alone. */
static void
swatch_paint(const Figure *figure, const Chip *chip, cairo_t *cr, double x, double y)
{
  double side = ms_sheet_length(&figure->drawing.sheet, SWATCH_SIZE);
  double line = MAX(1, ms_sheet_length(&figure->drawing.sheet, 0.11));
  double inset = chip->swatch == SWATCH_FILLED ? 0 : line / 2;

  if (chip->swatch == SWATCH_NONE)
    return;
  ms_color_set_source(chip->color, cr);
  ms_rounded_box(cr, x + inset, y + inset, side - 2 * inset, side - 2 * inset, side * 0.18);
  if (chip->swatch == SWATCH_FILLED) {
    cairo_fill(cr);
  } else {
    cairo_set_line_width(cr, line);
    cairo_stroke(cr);
  }
}

static int
stack_legend(const Figure *figure, cairo_t *cr, int top)
{
  const MsSheet *sheet = &figure->drawing.sheet;
  const Legend *legend = &figure->legend;
  int gap = ms_sheet_length(sheet, MS_SHEET_BLOCK_GAP * 0.6);
  int rows;

  if (legend->n_chips == 0)
    return top;
  rows = (legend->n_chips + legend->columns - 1) / legend->columns;
  top += ms_sheet_length(sheet, MS_SHEET_BLOCK_GAP);
  for (int i = 0; cr && i < legend->n_chips; i++) {
    const Chip *chip = &legend->chips[i];
    double x = sheet->margin + round(i % legend->columns * legend->pitch);
    double y = top + i / legend->columns * (legend->row_height + gap);
    double side = ms_sheet_length(sheet, SWATCH_SIZE);

    swatch_paint(figure, chip, cr, x, y + round((chip->count.height - side) / 2.0));
    ms_caption_paint(&chip->count, cr, x + legend->indent, y, MS_SHEET_INK);
    ms_caption_paint(&chip->description, cr, x + legend->indent, y + chip->count.height,
                     MS_SHEET_MUTED);
  }
  return top + rows * legend->row_height + (rows - 1) * gap;
}

static int
stack(const MsDrawing *drawing, cairo_t *cr)
{
  const MsSheet *sheet = &drawing->sheet;
  int y = ms_sheet_picture_end(sheet);

  y = ms_sheet_stack_heading(sheet, cr, y, MS_SHEET_BLOCK_GAP * 0.9);
  y = stack_legend((const Figure *)drawing, cr, y);
  return ms_sheet_stack_conclusion(sheet, cr, y);
}

static void
clear(MsDrawing *drawing)
{
  Legend *legend = &((Figure *)drawing)->legend;

  for (int i = 0; i < legend->n_chips; i++) {
    ms_caption_clear(&legend->chips[i].count);
    ms_caption_clear(&legend->chips[i].description);
  }
}

MsDrawing *
ms_figure_new(const MsPixelRows *picture, const MsFigureText *text, const MsOverlayStyle *style)
{
  Figure *figure = g_new0(Figure, 1);
  MsSheet *sheet = &figure->drawing.sheet;

  figure->drawing.stack = stack;
  figure->drawing.clear = clear;
  ms_sheet_init(sheet, picture, MIN_CONTENT, MIN_CONTENT);
  ms_sheet_set_texts(sheet, text->title, text->subtitle, text->headline, text->verdict);
  ms_sheet_place_picture(sheet, sheet->margin);
  if (text->classes)
    legend_add_classes(figure, text);
  else
    legend_add_kinds(figure, style, text);
  legend_arrange(figure);
  return &figure->drawing;
}
