/* SPDX-License-Identifier: MIT */
#include "app/curve-lines.h"

#include "app/compat.h"

typedef struct {
  const char *light; /* NULL: that of text */
  const char *dark;
  double width;
  double dashes[4];
  int n_dashes;
} Line;

static const Line lines[MS_N_CURVE_SCORES] = {
    [MS_CURVE_IOU] = {NULL, NULL, 2.2, {0}, 0},
    [MS_CURVE_IOU_MEAN] = {NULL, NULL, 2.2, {0}, 0},
    [MS_CURVE_PRECISION] = {"#D55E00", "#F0883E", 1.5, {6, 2.5}, 2},
    [MS_CURVE_RECALL] = {"#0072B2", "#56B4E9", 1.5, {2.5, 2}, 2},
    [MS_CURVE_EXACT] = {"#008060", "#2FC79B", 1.2, {7, 2, 1.5, 2}, 4},
};

static gboolean
is_light(const GdkRGBA *color)
{
  return color->red + color->green + color->blue > 1.5F;
}

void
ms_curve_line_set_source(cairo_t *cr, MsCurveScore score, const GdkRGBA *text)
{
  const Line *line = &lines[score];
  GdkRGBA color = *text;

  if (line->light)
    gdk_rgba_parse(&color, is_light(text) ? line->dark : line->light);
  gdk_cairo_set_source_rgba(cr, &color);
  cairo_set_line_width(cr, line->width);
  cairo_set_dash(cr, line->dashes, line->n_dashes, 0);
}

static void
draw_sample(GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer user)
{
  GdkRGBA text;

  ms_compat_get_color(GTK_WIDGET(area), &text);
  ms_curve_line_set_source(cr, (MsCurveScore)GPOINTER_TO_UINT(user), &text);
  cairo_move_to(cr, 0, height / 2.0);
  cairo_line_to(cr, width, height / 2.0);
  cairo_stroke(cr);
}

void
ms_curve_line_show_sample(GtkDrawingArea *area, MsCurveScore score)
{
  gtk_drawing_area_set_draw_func(area, draw_sample, GUINT_TO_POINTER(score), NULL);
}
