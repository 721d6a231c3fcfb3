/* SPDX-License-Identifier: MIT
 *
 * Every text becomes a caption of known size before anything is painted, so that the surface can
 * be made to fit.
 */
#include "render/sheet.h"

#include <math.h>
#include <string.h>

#define BASE_SHARE 42.0 /* base sizes across the content */
#define MIN_BASE   12.0
#define MAX_BASE   48.0

#define RULE 0.84

#define WHITE       0xff
#define TILE_SIDE   16384 /* of the surfaces that texts are painted on; well below Cairo's limit */
#define STRIPE_ROWS 32    /* of them, from a multiple of it on */

/* Type scale and spacing, in base sizes. */
#define TITLE_SIZE    1.30
#define SUBTITLE_SIZE 0.90
#define HEADLINE_SIZE 1.15
#define VERDICT_SIZE  0.95
#define MARGIN        1.45

int
ms_sheet_length(const MsSheet *sheet, double bases)
{
  return (int)lround(sheet->base * bases);
}

MsCaption
ms_sheet_caption(const MsSheet *sheet, const char *string, double size, PangoWeight weight)
{
  return ms_caption_new(sheet->measure, string, size * sheet->base, weight);
}

/* Texts begin at the left and are short of a surface's limit however wide the sheet is. */
void
ms_sheet_init(MsSheet *sheet, const MsPixelRows *picture, int room, int min_content)
{
  int longer = picture ? MAX(picture->width, picture->height) : 0;

  *sheet = (MsSheet){.measure = ms_caption_measure_new(), .factor = 1};
  if (picture) {
    sheet->picture = *picture;
    sheet->factor = MAX(1, room / longer);
    sheet->picture_width = picture->width * sheet->factor;
    sheet->picture_height = picture->height * sheet->factor;
  }
  sheet->content = sheet->picture_width >= min_content ? sheet->picture_width : room;
  sheet->text_width = MIN(sheet->content, TILE_SIDE);
  sheet->base = CLAMP(sheet->content / BASE_SHARE, MIN_BASE, MAX_BASE);
  sheet->margin = ms_sheet_length(sheet, MARGIN);
}

void
ms_sheet_set_texts(MsSheet *sheet, const char *title, const char *subtitle, const char *headline,
                   const char *verdict)
{
  sheet->title = ms_sheet_caption(sheet, title, TITLE_SIZE, PANGO_WEIGHT_BOLD);
  ms_caption_fit_line(&sheet->title, sheet->text_width);
  sheet->subtitle = ms_sheet_caption(sheet, subtitle, SUBTITLE_SIZE, PANGO_WEIGHT_NORMAL);
  ms_caption_fit_lines(&sheet->subtitle, sheet->text_width, 3);
  sheet->headline = ms_sheet_caption(sheet, headline, HEADLINE_SIZE, PANGO_WEIGHT_BOLD);
  ms_caption_fit_lines(&sheet->headline, sheet->text_width, 2);
  sheet->verdict = ms_sheet_caption(sheet, verdict, VERDICT_SIZE, PANGO_WEIGHT_NORMAL);
  ms_caption_fit_lines(&sheet->verdict, sheet->text_width, 2);
}

void
ms_sheet_clear(MsSheet *sheet)
{
  ms_caption_clear(&sheet->title);
  ms_caption_clear(&sheet->subtitle);
  ms_caption_clear(&sheet->headline);
  ms_caption_clear(&sheet->verdict);
  cairo_destroy(sheet->measure);
}

int
ms_sheet_stack_text(const MsSheet *sheet, const MsCaption *text, cairo_t *cr, int y, double gap,
                    double grey)
{
  if (!text->layout)
    return y;
  y += ms_sheet_length(sheet, gap);
  if (cr)
    ms_caption_paint(text, cr, sheet->margin, y, grey);
  return y + text->height;
}

int
ms_sheet_stack_heading(const MsSheet *sheet, cairo_t *cr, int y, double gap)
{
  y = ms_sheet_stack_text(sheet, &sheet->title, cr, y, gap, MS_SHEET_INK);
  return ms_sheet_stack_text(sheet, &sheet->subtitle, cr, y, MS_SHEET_LINE_GAP, MS_SHEET_MUTED);
}

int
ms_sheet_place_picture(MsSheet *sheet, int y)
{
  sheet->picture_x = sheet->margin + (sheet->content - sheet->picture_width) / 2;
  sheet->picture_y = y;
  return ms_sheet_picture_end(sheet);
}

int
ms_sheet_picture_end(const MsSheet *sheet)
{
  return sheet->picture_y + sheet->picture_height;
}

static int
stack_rule(const MsSheet *sheet, cairo_t *cr, int y)
{
  int line = MAX(1, ms_sheet_length(sheet, 0.06));

  y += ms_sheet_length(sheet, MS_SHEET_BLOCK_GAP);
  if (cr) {
    cairo_set_source_rgb(cr, RULE, RULE, RULE);
    cairo_rectangle(cr, sheet->margin, y, sheet->content, line);
    cairo_fill(cr);
  }
  return y + line;
}

int
ms_sheet_stack_conclusion(const MsSheet *sheet, cairo_t *cr, int y)
{
  if (!sheet->headline.layout && !sheet->verdict.layout)
    return y;
  y = stack_rule(sheet, cr, y);
  y = ms_sheet_stack_text(sheet, &sheet->headline, cr, y, MS_SHEET_BLOCK_GAP * 0.8, MS_SHEET_INK);
  return ms_sheet_stack_text(sheet, &sheet->verdict, cr, y, MS_SHEET_LINE_GAP, MS_SHEET_MUTED);
}

/* ---- painting ---- */

/* Rows of the sheet that are asked for, and where they go. */
typedef struct {
  int first, end;
  uint8_t *pixels;
  ptrdiff_t stride;
} Band;

static int
sheet_width(const MsSheet *sheet)
{
  return sheet->content + 2 * sheet->margin;
}

static bool
paint_tile(const MsDrawing *drawing, const Band *band, int x, int width)
{
  cairo_surface_t *surface =
      cairo_image_surface_create_for_data(band->pixels + 4 * (ptrdiff_t)x, CAIRO_FORMAT_RGB24,
                                          width, band->end - band->first, (int)band->stride);
  cairo_t *cr = cairo_create(surface);
  bool painted;

  cairo_translate(cr, -x, -band->first);
  drawing->stack(drawing, cr);
  cairo_surface_flush(surface);
  painted = cairo_status(cr) == CAIRO_STATUS_SUCCESS;
  cairo_destroy(cr);
  cairo_surface_destroy(surface);
  return painted;
}

static bool
paint_tiles(const MsDrawing *drawing, const Band *band)
{
  int width = sheet_width(&drawing->sheet);

  for (int x = 0; x < width; x += TILE_SIDE)
    if (!paint_tile(drawing, band, x, MIN(TILE_SIDE, width - x)))
      return false;
  return true;
}

static void
make_white(const MsDrawing *drawing, const Band *band)
{
  for (int y = 0; y < band->end - band->first; y++)
    memset(band->pixels + y * band->stride, WHITE, 4 * (size_t)sheet_width(&drawing->sheet));
}

/* A stripe of which only some rows are asked for. */
static bool
paint_cut_stripe(const MsDrawing *drawing, const Band *band, int stripe_first)
{
  size_t row = 4 * (size_t)sheet_width(&drawing->sheet);
  g_autofree uint8_t *pixels = g_malloc_n(STRIPE_ROWS, row);
  Band stripe = {stripe_first, stripe_first + STRIPE_ROWS, pixels, (ptrdiff_t)row};

  make_white(drawing, &stripe);
  if (!paint_tiles(drawing, &stripe))
    return false;
  for (int y = MAX(band->first, stripe.first); y < MIN(band->end, stripe.end); y++)
    memcpy(band->pixels + (y - band->first) * band->stride,
           pixels + (y - stripe.first) * stripe.stride, row);
  return true;
}

/* In stripes that are the same whatever rows are asked for: how Cairo rounds a glyph's place
 * depends on where its surface begins. */
static bool
paint_texts(const MsDrawing *drawing, const Band *band)
{
  const MsSheet *sheet = &drawing->sheet;

  if (band->first >= sheet->picture_y && band->end <= ms_sheet_picture_end(sheet))
    return true;
  for (int first = band->first - band->first % STRIPE_ROWS; first < band->end;
       first += STRIPE_ROWS) {
    Band stripe = {first, first + STRIPE_ROWS, band->pixels + (first - band->first) * band->stride,
                   band->stride};
    bool whole = stripe.first >= band->first && stripe.end <= band->end;

    if (!(whole ? paint_tiles(drawing, &stripe) : paint_cut_stripe(drawing, band, first)))
      return false;
  }
  return true;
}

/* From one row of the picture, at the beginning of its place, all rows of the sheet that show it.
 */
static void
enlarge_row(const MsSheet *sheet, const uint32_t *row, const Band *band, int picture_row)
{
  int top = sheet->picture_y + picture_row * sheet->factor;

  for (int y = MAX(top, band->first); y < MIN(top + sheet->factor, band->end); y++) {
    uint32_t *out =
        (uint32_t *)(void *)(band->pixels + (y - band->first) * band->stride) + sheet->picture_x;

    for (int x = 0; x < sheet->picture_width; x++)
      out[x] = row[x / sheet->factor];
  }
}

static bool
paint_enlarged(const MsSheet *sheet, const Band *band, int first, int end)
{
  const MsPixelRows *picture = &sheet->picture;
  int first_row = (first - sheet->picture_y) / sheet->factor;
  int n_rows = (end - 1 - sheet->picture_y) / sheet->factor + 1 - first_row;
  g_autofree uint32_t *rows = g_new(uint32_t, (gsize)picture->width * (gsize)n_rows);

  if (!picture->paint(picture->user, first_row, n_rows, (uint8_t *)rows,
                      4 * (ptrdiff_t)picture->width))
    return false;
  for (int y = 0; y < n_rows; y++)
    enlarge_row(sheet, rows + (gsize)y * (gsize)picture->width, band, first_row + y);
  return true;
}

static bool
paint_picture(const MsSheet *sheet, const Band *band)
{
  int first = MAX(band->first, sheet->picture_y), end = MIN(band->end, ms_sheet_picture_end(sheet));

  if (first >= end)
    return true;
  if (sheet->factor > 1)
    return paint_enlarged(sheet, band, first, end);
  return sheet->picture.paint(sheet->picture.user, first - sheet->picture_y, end - first,
                              band->pixels + (first - band->first) * band->stride +
                                  4 * (ptrdiff_t)sheet->picture_x,
                              band->stride);
}

static bool
paint_rows(void *user, int first_row, int n_rows, uint8_t *pixels, ptrdiff_t stride)
{
  const MsDrawing *drawing = user;
  Band band = {first_row, first_row + n_rows, pixels, stride};

  make_white(drawing, &band);
  return paint_texts(drawing, &band) && paint_picture(&drawing->sheet, &band);
}

MsPixelRows
ms_drawing_rows(MsDrawing *drawing)
{
  const MsSheet *sheet = &drawing->sheet;

  return (MsPixelRows){sheet_width(sheet), drawing->stack(drawing, NULL) + sheet->margin,
                       paint_rows, drawing};
}

void
ms_drawing_free(MsDrawing *drawing)
{
  if (!drawing)
    return;
  drawing->clear(drawing);
  ms_sheet_clear(&drawing->sheet);
  g_free(drawing);
}

void
ms_rounded_box(cairo_t *cr, double x, double y, double width, double height, double radius)
{
  cairo_new_sub_path(cr);
  cairo_arc(cr, x + width - radius, y + radius, radius, -G_PI_2, 0);
  cairo_arc(cr, x + width - radius, y + height - radius, radius, 0, G_PI_2);
  cairo_arc(cr, x + radius, y + height - radius, radius, G_PI_2, G_PI);
  cairo_arc(cr, x + radius, y + radius, radius, G_PI, 3 * G_PI_2);
  cairo_close_path(cr);
}

char *
ms_grouped_count(uint64_t count)
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
