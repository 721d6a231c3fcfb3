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

void
ms_sheet_init(MsSheet *sheet, int width, int height, int room, int min_content)
{
  int longer = MAX(width, height);

  *sheet = (MsSheet){.measure = ms_caption_measure_new()};
  sheet->factor = longer > 0 ? MAX(1, room / longer) : 1;
  sheet->picture_width = width * sheet->factor;
  sheet->picture_height = height * sheet->factor;
  sheet->content = sheet->picture_width >= min_content ? sheet->picture_width : room;
  sheet->base = CLAMP(sheet->content / BASE_SHARE, MIN_BASE, MAX_BASE);
  sheet->margin = ms_sheet_length(sheet, MARGIN);
}

void
ms_sheet_set_texts(MsSheet *sheet, const char *title, const char *subtitle, const char *headline,
                   const char *verdict)
{
  sheet->title = ms_sheet_caption(sheet, title, TITLE_SIZE, PANGO_WEIGHT_BOLD);
  ms_caption_fit_line(&sheet->title, sheet->content);
  sheet->subtitle = ms_sheet_caption(sheet, subtitle, SUBTITLE_SIZE, PANGO_WEIGHT_NORMAL);
  ms_caption_fit_lines(&sheet->subtitle, sheet->content, 3);
  sheet->headline = ms_sheet_caption(sheet, headline, HEADLINE_SIZE, PANGO_WEIGHT_BOLD);
  ms_caption_fit_lines(&sheet->headline, sheet->content, 2);
  sheet->verdict = ms_sheet_caption(sheet, verdict, VERDICT_SIZE, PANGO_WEIGHT_NORMAL);
  ms_caption_fit_lines(&sheet->verdict, sheet->content, 2);
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

/* Nearest neighbour on a whole factor and a whole origin: every pixel as it is. */
int
ms_sheet_stack_picture(const MsSheet *sheet, cairo_surface_t *picture, cairo_t *cr, int y,
                       double gap)
{
  y += ms_sheet_length(sheet, gap);
  if (cr) {
    cairo_save(cr);
    cairo_translate(cr, sheet->margin + (sheet->content - sheet->picture_width) / 2, y);
    cairo_rectangle(cr, 0, 0, sheet->picture_width, sheet->picture_height);
    cairo_clip(cr);
    cairo_scale(cr, sheet->factor, sheet->factor);
    cairo_set_source_surface(cr, picture, 0, 0);
    cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_NEAREST);
    cairo_paint(cr);
    cairo_restore(cr);
  }
  return y + sheet->picture_height;
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

cairo_surface_t *
ms_sheet_paint(const MsSheet *sheet, MsSheetStack stack, const void *figure)
{
  int width = sheet->content + 2 * sheet->margin;
  int height = stack(figure, NULL) + sheet->margin;
  cairo_surface_t *surface;
  cairo_status_t status;
  cairo_t *cr;

  if (width > MS_SHEET_MAX_SIDE || height > MS_SHEET_MAX_SIDE)
    return NULL;
  surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
  cr = cairo_create(surface);
  cairo_set_source_rgb(cr, 1, 1, 1);
  cairo_paint(cr);
  stack(figure, cr);
  status = cairo_status(cr);
  cairo_destroy(cr);
  if (status != CAIRO_STATUS_SUCCESS)
    g_clear_pointer(&surface, cairo_surface_destroy);
  else
    cairo_surface_flush(surface);
  return surface;
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
