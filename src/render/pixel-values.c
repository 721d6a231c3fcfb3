/* SPDX-License-Identifier: MIT */
#include "render/pixel-values.h"

#include <glib.h>
#include <math.h>
#include <pango/pangocairo.h>

#define LEAST_ZOOM   40.0
#define FINE_ZOOM    80.0 /* at most, of fine screens */
#define FONT_SHARE   0.24 /* of a pixel */
#define LEAST_FONT   9.0  /* view pixels */
#define LARGEST_FONT 15.0
#define LINE         1.2  /* font sizes from line to line */
#define ASCENT       0.73 /* of digits, in font sizes */
#define PADDING      2    /* device pixels that stay free beside a text */
#define BRIGHT       124  /* black stands out from what is brighter */
#define N_CHARACTERS 128
#define CUT          '+' /* there is more */

typedef struct {
  unsigned long index;
  double advance;
} Glyph;

struct MsPixelValues {
  int font_size; /* device pixels; 0: none yet */
  cairo_scaled_font_t *font;
  Glyph glyphs[N_CHARACTERS];
  GArray *runs[2]; /* cairo_glyph_t; black, white */
  cairo_rectangle_int_t visible;
  GArray *lines; /* cairo_rectangle_int_t */
};

MsPixelValues *
ms_pixel_values_new(void)
{
  MsPixelValues *values = g_new0(MsPixelValues, 1);

  for (int i = 0; i < 2; i++)
    values->runs[i] = g_array_new(FALSE, FALSE, sizeof(cairo_glyph_t));
  values->lines = g_array_new(FALSE, FALSE, sizeof(cairo_rectangle_int_t));
  return values;
}

void
ms_pixel_values_free(MsPixelValues *values)
{
  if (!values)
    return;
  g_clear_pointer(&values->font, cairo_scaled_font_destroy);
  for (int i = 0; i < 2; i++)
    g_array_unref(values->runs[i]);
  g_array_unref(values->lines);
  g_free(values);
}

bool
ms_pixel_values_fit(const MsView *view)
{
  return view->zoom >= fmin(LEAST_ZOOM * view->device_scale, FINE_ZOOM);
}

/* --- the font --- */

/* Digits are as wide as the widest of them. */
static void
measure(MsPixelValues *values)
{
  static const char characters[] = "0123456789.,-+AP ";
  double digit = 0;

  for (const char *c = characters; *c; c++) {
    cairo_text_extents_t extents;
    cairo_glyph_t *glyphs = NULL;
    int n_glyphs = 0;

    if (cairo_scaled_font_text_to_glyphs(values->font, 0, 0, c, 1, &glyphs, &n_glyphs, NULL, NULL,
                                         NULL) != CAIRO_STATUS_SUCCESS ||
        n_glyphs != 1)
      continue;
    cairo_scaled_font_glyph_extents(values->font, glyphs, 1, &extents);
    values->glyphs[(int)*c] = (Glyph){glyphs[0].index, extents.x_advance};
    if (g_ascii_isdigit(*c))
      digit = MAX(digit, extents.x_advance);
    cairo_glyph_free(glyphs);
  }
  for (int c = '0'; c <= '9'; c++)
    values->glyphs[c].advance = digit;
}

static void
load_font(MsPixelValues *values, int size)
{
  PangoFontMap *map = pango_cairo_font_map_get_default();
  PangoContext *context;
  PangoFontDescription *description;
  PangoFont *font;

  if (size == values->font_size)
    return;
  g_clear_pointer(&values->font, cairo_scaled_font_destroy);
  values->font_size = size;
  context = pango_font_map_create_context(map);
  description = pango_font_description_from_string("Sans");
  pango_font_description_set_absolute_size(description, (double)size * PANGO_SCALE);
  font = pango_font_map_load_font(map, context, description);
  if (font) {
    values->font =
        cairo_scaled_font_reference(pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(font)));
    measure(values);
    g_object_unref(font);
  }
  pango_font_description_free(description);
  g_object_unref(context);
}

/* --- layout --- */

typedef struct {
  MsPixelValues *values;
  double origin_x, origin_y, zoom;
  cairo_surface_t *picture;
} Layout;

static int
first_device(double origin, double zoom, int image)
{
  return (int)ceil(origin + image * zoom - 0.5);
}

/* 0: black, 1: white. */
static int
find_ink(const Layout *layout, int device_x, int device_y)
{
  const cairo_rectangle_int_t *visible = &layout->values->visible;
  int x = CLAMP(device_x - visible->x, 0, visible->width - 1);
  int y = CLAMP(device_y - visible->y, 0, visible->height - 1);
  const uint8_t *row = cairo_image_surface_get_data(layout->picture) +
                       (gsize)y * (gsize)cairo_image_surface_get_stride(layout->picture);
  uint32_t rgb = ((const uint32_t *)(const void *)row)[x];
  unsigned light = (299 * (rgb >> 16 & 0xff) + 587 * (rgb >> 8 & 0xff) + 114 * (rgb & 0xff)) / 1000;

  return light <= BRIGHT;
}

static double
width_of(const MsPixelValues *values, const char *text)
{
  double width = 0;

  for (; *text; text++)
    width += values->glyphs[(int)*text & (N_CHARACTERS - 1)].advance;
  return width;
}

static void
append(const Layout *layout, int ink, const char *text, double x, double baseline)
{
  MsPixelValues *values = layout->values;

  for (; *text; text++) {
    const Glyph *shape = &values->glyphs[(int)*text & (N_CHARACTERS - 1)];
    cairo_glyph_t glyph = {shape->index, x, baseline};

    g_array_append_val(values->runs[ink], glyph);
    x += shape->advance;
  }
}

/* In the middle; where there is no room, first without its letter, then cut. */
static void
append_centred(const Layout *layout, int ink, char letter, const char *number, double centre,
               double baseline)
{
  char text[24];
  double room = layout->zoom - 2 * PADDING;
  const char *shown = text;
  gsize length;

  g_snprintf(text, sizeof text, "%c %s", letter, number);
  if (width_of(layout->values, shown) > room)
    shown += 2;
  length = strlen(text);
  while (width_of(layout->values, shown) > room && length > 4) {
    text[--length] = '\0';
    text[length - 1] = CUT;
  }
  append(layout, ink, shown, round(centre - width_of(layout->values, shown) / 2), baseline);
}

static void
lay_out_pixel(const Layout *layout, int x, int y, const MsPixelText *text)
{
  double size = layout->values->font_size;
  double centre_x = layout->origin_x + (x + 0.5) * layout->zoom;
  double centre_y = layout->origin_y + (y + 0.5) * layout->zoom;
  int ink = find_ink(layout, (int)centre_x, (int)centre_y);
  bool both = *text->actual && *text->predicted;
  double baseline = round(centre_y + size * ASCENT / 2 - (both ? size * LINE / 2 : 0));

  if (*text->actual)
    append_centred(layout, ink, 'A', text->actual, centre_x, baseline);
  if (*text->predicted)
    append_centred(layout, ink, 'P', text->predicted, centre_x,
                   both ? baseline + round(size * LINE) : baseline);
}

/* One along the first device pixel of each row and column of pixels but those at the edges. */
static void
lay_out_lines(const Layout *layout, const MsView *view, const cairo_rectangle_int_t *shown)
{
  const cairo_rectangle_int_t *visible = &layout->values->visible;
  int thick = MAX(1, (int)view->device_scale);

  for (int x = MAX(shown->x, 1); x < shown->x + shown->width; x++) {
    cairo_rectangle_int_t line = {first_device(layout->origin_x, layout->zoom, x), visible->y,
                                  thick, visible->height};

    g_array_append_val(layout->values->lines, line);
  }
  for (int y = MAX(shown->y, 1); y < shown->y + shown->height; y++) {
    cairo_rectangle_int_t line = {visible->x, first_device(layout->origin_y, layout->zoom, y),
                                  visible->width, thick};

    g_array_append_val(layout->values->lines, line);
  }
}

/* The pixels of which something is seen. */
static cairo_rectangle_int_t
find_shown(const Layout *layout, const MsView *view)
{
  const cairo_rectangle_int_t *visible = &layout->values->visible;
  int x = (int)floor((visible->x - layout->origin_x) / layout->zoom);
  int y = (int)floor((visible->y - layout->origin_y) / layout->zoom);
  int end_x = (int)ceil((visible->x + visible->width - layout->origin_x) / layout->zoom);
  int end_y = (int)ceil((visible->y + visible->height - layout->origin_y) / layout->zoom);

  x = MAX(x, 0);
  y = MAX(y, 0);
  return (cairo_rectangle_int_t){x, y, MIN(end_x, view->image_width) - x,
                                 MIN(end_y, view->image_height) - y};
}

void
ms_pixel_values_lay_out(MsPixelValues *values, const MsView *view, cairo_surface_t *picture,
                        const cairo_rectangle_int_t *visible, MsPixelTextOf text_of, void *user)
{
  Layout layout = {.values = values, .zoom = view->zoom, .picture = picture};
  double size = CLAMP(view->zoom * FONT_SHARE, LEAST_FONT * view->device_scale,
                      LARGEST_FONT * view->device_scale);
  cairo_rectangle_int_t shown;

  for (int i = 0; i < 2; i++)
    g_array_set_size(values->runs[i], 0);
  g_array_set_size(values->lines, 0);
  values->visible = *visible;
  load_font(values, (int)size);
  if (!values->font)
    return;
  ms_view_device_origin(view, &layout.origin_x, &layout.origin_y);
  shown = find_shown(&layout, view);
  lay_out_lines(&layout, view, &shown);
  for (int y = shown.y; y < shown.y + shown.height; y++)
    for (int x = shown.x; x < shown.x + shown.width; x++) {
      MsPixelText text = {0};

      text_of(user, x, y, &text);
      lay_out_pixel(&layout, x, y, &text);
    }
}

/* --- drawing --- */

static void
draw_lines(const MsPixelValues *values, cairo_t *cr)
{
  cairo_set_source_rgba(cr, 0.5, 0.5, 0.5, 0.5);
  for (guint i = 0; i < values->lines->len; i++) {
    const cairo_rectangle_int_t *line = &g_array_index(values->lines, cairo_rectangle_int_t, i);

    cairo_rectangle(cr, line->x, line->y, line->width, line->height);
    cairo_fill(cr);
  }
}

void
ms_pixel_values_draw(const MsPixelValues *values, cairo_t *cr)
{
  const cairo_rectangle_int_t *visible = &values->visible;

  if (!values->font)
    return;
  cairo_save(cr);
  cairo_rectangle(cr, visible->x, visible->y, visible->width, visible->height);
  cairo_clip(cr);
  draw_lines(values, cr);
  cairo_set_scaled_font(cr, values->font);
  for (int ink = 0; ink < 2; ink++) {
    const GArray *run = values->runs[ink];

    cairo_set_source_rgb(cr, ink, ink, ink);
    cairo_show_glyphs(cr, (const cairo_glyph_t *)(const void *)run->data, (int)run->len);
  }
  cairo_restore(cr);
}
