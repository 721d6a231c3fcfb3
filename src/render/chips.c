/* SPDX-License-Identifier: MIT
 *
 * Letters of all chips stand on one baseline, whatever script and font they are of. Signs are
 * drawn, not typed: no font needs to have them.
 */
#include "render/chips.h"

#include "render/tone.h"

#define TINT       0.13
#define SCORE_GREY 0.28
#define SCORE_SIZE 0.92
#define MORE_GREY  MS_SHEET_MUTED
#define EDGE_WIDTH 0.08

/* In base sizes. */
#define HEIGHT     2.05
#define DISC       1.24
#define DISC_INSET 0.40
#define NAME_GAP   0.45
#define SCORE_GAP  0.55
#define END_INSET  0.85
#define CHIP_GAP   0.55
#define LINE_GAP   0.55

int
ms_chips_line_height(const MsSheet *sheet)
{
  return ms_sheet_length(sheet, HEIGHT);
}

void
ms_chips_init(MsChips *chips, MsKind kind, MsPalette palette, int width, int max_lines)
{
  *chips = (MsChips){
      .kind = kind,
      .palette = palette,
      .width = width,
      .max_lines = max_lines,
      .chips = g_array_new(FALSE, FALSE, sizeof(MsChip)),
  };
}

void
ms_chips_clear(MsChips *chips)
{
  for (guint i = 0; chips->chips && i < chips->chips->len; i++) {
    MsChip *chip = &g_array_index(chips->chips, MsChip, i);

    ms_caption_clear(&chip->name);
    ms_caption_clear(&chip->score);
  }
  g_clear_pointer(&chips->chips, g_array_unref);
  ms_caption_clear(&chips->more);
}

static int
line_pitch(const MsSheet *sheet)
{
  return ms_chips_line_height(sheet) + ms_sheet_length(sheet, LINE_GAP);
}

/* The next place that is `width` wide; false when that would be one line too many. */
static bool
find_place(MsChips *chips, const MsSheet *sheet, int width, int max_lines, int *x, int *y)
{
  bool fits = chips->x == 0 || chips->x + width <= chips->width;
  int line = fits ? chips->y : chips->y + line_pitch(sheet);

  if (line / line_pitch(sheet) >= max_lines)
    return false;
  *x = fits ? chips->x : 0;
  *y = line;
  chips->x = *x + width + ms_sheet_length(sheet, CHIP_GAP);
  chips->y = line;
  chips->height = line + ms_chips_line_height(sheet);
  return true;
}

static int
name_left(const MsSheet *sheet)
{
  return ms_sheet_length(sheet, DISC_INSET + DISC + NAME_GAP);
}

static MsChip
make_chip(const MsChips *chips, const MsSheet *sheet, const char *name, const char *score)
{
  MsChip chip = {
      .name = ms_sheet_caption(sheet, name, MS_SHEET_TEXT_SIZE, PANGO_WEIGHT_NORMAL),
      .score = ms_sheet_caption(sheet, score, SCORE_SIZE, PANGO_WEIGHT_NORMAL),
  };
  int rest = name_left(sheet) + ms_sheet_length(sheet, END_INSET);

  if (chip.score.layout)
    rest += ms_sheet_length(sheet, SCORE_GAP) + chip.score.width;
  ms_caption_shorten(&chip.name, MAX(chips->width - rest, 1));
  chip.width = rest + chip.name.width;
  return chip;
}

bool
ms_chips_add(MsChips *chips, const MsSheet *sheet, const char *name, const char *score)
{
  MsChip chip = make_chip(chips, sheet, name, score);

  if (find_place(chips, sheet, chip.width, chips->max_lines, &chip.x, &chip.y)) {
    g_array_append_val(chips->chips, chip);
    return true;
  }
  ms_caption_clear(&chip.name);
  ms_caption_clear(&chip.score);
  return false;
}

void
ms_chips_end(MsChips *chips, const MsSheet *sheet, uint64_t n_more)
{
  g_autofree char *count = ms_grouped_count(n_more);
  g_autofree char *text = g_strdup_printf("and %s more", count);

  if (n_more == 0)
    return;
  chips->more = ms_sheet_caption(sheet, text, MS_SHEET_TEXT_SIZE, PANGO_WEIGHT_NORMAL);
  find_place(chips, sheet, chips->more.width, G_MAXINT, &chips->more_x, &chips->more_y);
}

/* ---- painting ---- */

/* Strokes around a centre, in halves of the disc's radius. */
static void
sign_path(cairo_t *cr, MsKind kind, double x, double y, double unit)
{
  if (kind == MS_KIND_TP) {
    cairo_move_to(cr, x - 0.95 * unit, y + 0.08 * unit);
    cairo_line_to(cr, x - 0.25 * unit, y + 0.78 * unit);
    cairo_line_to(cr, x + 1.00 * unit, y - 0.70 * unit);
    return;
  }
  cairo_move_to(cr, x - unit, y);
  cairo_line_to(cr, x + unit, y);
  if (kind == MS_KIND_FP) {
    cairo_move_to(cr, x, y - unit);
    cairo_line_to(cr, x, y + unit);
  }
}

static void
paint_sign(const MsSheet *sheet, cairo_t *cr, MsKind kind, MsColor color, double x, double y)
{
  double radius = sheet->base * DISC / 2;

  ms_color_set_source(color, cr);
  cairo_arc(cr, x, y, radius, 0, 2 * G_PI);
  cairo_fill(cr);
  ms_color_set_source(ms_color_sign_on(color), cr);
  cairo_set_line_width(cr, radius * 0.27);
  cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
  sign_path(cr, kind, x, y, radius / 2);
  cairo_stroke(cr);
}

static void
paint_box(const MsChips *chips, const MsSheet *sheet, cairo_t *cr, double x, double y, int width)
{
  MsColor color = ms_palette_kind_color(chips->palette, chips->kind);
  int height = ms_chips_line_height(sheet);
  double line = MAX(1, ms_sheet_length(sheet, EDGE_WIDTH));

  ms_rounded_box(cr, x + line / 2, y + line / 2, width - line, height - line, (height - line) / 2);
  ms_color_set_source(chips->kind == MS_KIND_FN ? ms_white : ms_color_mix(ms_white, color, TINT),
                      cr);
  cairo_fill_preserve(cr);
  ms_color_set_source(ms_color_against(color, ms_white, MS_CONTRAST_SIGN), cr);
  cairo_set_line_width(cr, line);
  cairo_stroke(cr);
  paint_sign(sheet, cr, chips->kind, color,
             x + ms_sheet_length(sheet, DISC_INSET) + sheet->base * DISC / 2, y + height / 2.0);
}

/* Where the letters of a line that begins at y stand. */
static double
baseline(const MsSheet *sheet, double y)
{
  MsCaption usual = ms_sheet_caption(sheet, "x", MS_SHEET_TEXT_SIZE, PANGO_WEIGHT_NORMAL);
  double top = y + (ms_chips_line_height(sheet) - usual.height) / 2;
  double line = top + ms_caption_baseline(&usual);

  ms_caption_clear(&usual);
  return line;
}

static void
paint_text(const MsCaption *text, cairo_t *cr, double x, double line, double grey)
{
  if (text->layout)
    ms_caption_paint(text, cr, x, line - ms_caption_baseline(text), grey);
}

static void
paint_chip(const MsChips *chips, const MsSheet *sheet, const MsChip *chip, cairo_t *cr, double x,
           double y)
{
  double line = baseline(sheet, y);
  double end = x + chip->width - ms_sheet_length(sheet, END_INSET);

  paint_box(chips, sheet, cr, x, y, chip->width);
  paint_text(&chip->name, cr, x + name_left(sheet), line, MS_SHEET_INK);
  paint_text(&chip->score, cr, end - chip->score.width, line, SCORE_GREY);
}

void
ms_chips_paint(const MsChips *chips, const MsSheet *sheet, cairo_t *cr, double x, double y)
{
  for (guint i = 0; i < chips->chips->len; i++) {
    const MsChip *chip = &g_array_index(chips->chips, MsChip, i);

    paint_chip(chips, sheet, chip, cr, x + chip->x, y + chip->y);
  }
  paint_text(&chips->more, cr, x + chips->more_x, baseline(sheet, y + chips->more_y), MORE_GREY);
}
