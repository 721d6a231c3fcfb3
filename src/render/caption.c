/* SPDX-License-Identifier: MIT
 *
 * Pango layouts behind a narrow door: every function that could change a size measures anew.
 */
#include "render/caption.h"

#define MAX_CHARACTERS 10000 /* more than the widest sheet has room for */

cairo_t *
ms_caption_measure_new(void)
{
  cairo_surface_t *scratch = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 1, 1);
  cairo_font_options_t *options = cairo_font_options_create();
  cairo_t *measure = cairo_create(scratch);

  cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  cairo_set_font_options(measure, options);
  cairo_font_options_destroy(options);
  cairo_surface_destroy(scratch);
  return measure;
}

static void
measure_again(MsCaption *caption)
{
  pango_layout_get_pixel_size(caption->layout, &caption->width, &caption->height);
}

static void
set_attributes(MsCaption *caption, guint n_bold_bytes)
{
  PangoAttrList *attributes = pango_attr_list_new();
  PangoAttribute *bold = pango_attr_weight_new(PANGO_WEIGHT_BOLD);

  pango_attr_list_insert(attributes, pango_attr_font_features_new("tnum=1"));
  bold->start_index = 0;
  bold->end_index = n_bold_bytes;
  pango_attr_list_insert(attributes, bold);
  pango_layout_set_attributes(caption->layout, attributes);
  pango_attr_list_unref(attributes);
  measure_again(caption);
}

/* Valid UTF-8 of bounded length. */
static char *
make_text(const char *string)
{
  g_autofree char *valid = g_utf8_make_valid(string, -1);
  glong length = g_utf8_strlen(valid, -1);
  g_autofree char *head = NULL;

  if (length <= MAX_CHARACTERS)
    return g_steal_pointer(&valid);
  head = g_utf8_substring(valid, 0, MAX_CHARACTERS / 2);
  return g_strconcat(head, "…", g_utf8_offset_to_pointer(valid, length - MAX_CHARACTERS / 2), NULL);
}

MsCaption
ms_caption_new(cairo_t *measure, const char *string, double size, PangoWeight weight)
{
  g_autofree char *text = NULL;
  PangoFontDescription *font;
  MsCaption caption = {0};

  if (!string || !*string)
    return caption;
  text = make_text(string);
  font = pango_font_description_from_string("Sans");
  pango_font_description_set_weight(font, weight);
  pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
  caption.layout = pango_cairo_create_layout(measure);
  pango_layout_set_font_description(caption.layout, font);
  pango_layout_set_text(caption.layout, text, -1);
  pango_font_description_free(font);
  set_attributes(&caption, 0);
  return caption;
}

void
ms_caption_clear(MsCaption *caption)
{
  g_clear_object(&caption->layout);
  caption->width = caption->height = 0;
}

void
ms_caption_embolden(MsCaption *caption, guint n_bytes)
{
  if (caption->layout)
    set_attributes(caption, n_bytes);
}

void
ms_caption_fit_line(MsCaption *caption, int width)
{
  if (!caption->layout)
    return;
  pango_layout_set_single_paragraph_mode(caption->layout, TRUE);
  pango_layout_set_ellipsize(caption->layout, PANGO_ELLIPSIZE_MIDDLE);
  pango_layout_set_width(caption->layout, width * PANGO_SCALE);
  measure_again(caption);
}

void
ms_caption_fit_lines(MsCaption *caption, int width, int max_lines)
{
  if (!caption->layout)
    return;
  pango_layout_set_single_paragraph_mode(caption->layout, TRUE);
  pango_layout_set_wrap(caption->layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_ellipsize(caption->layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_height(caption->layout, -max_lines);
  pango_layout_set_width(caption->layout, width * PANGO_SCALE);
  measure_again(caption);
}

void
ms_caption_shorten(MsCaption *caption, int width)
{
  if (!caption->layout)
    return;
  pango_layout_set_single_paragraph_mode(caption->layout, TRUE);
  measure_again(caption);
  if (caption->width <= width)
    return;
  pango_layout_set_ellipsize(caption->layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_width(caption->layout, width * PANGO_SCALE);
  measure_again(caption);
}

int
ms_caption_baseline(const MsCaption *caption)
{
  return PANGO_PIXELS(pango_layout_get_baseline(caption->layout));
}

void
ms_caption_paint(const MsCaption *caption, cairo_t *cr, double x, double y, double grey)
{
  if (!caption->layout)
    return;
  cairo_set_source_rgb(cr, grey, grey, grey);
  cairo_move_to(cr, x, y);
  pango_cairo_show_layout(cr, caption->layout);
}
