/* SPDX-License-Identifier: MIT
 *
 * A stained smear: how much stain the light passes through at each pixel, then its colour on one
 * ramp from glass to nucleus. One ramp and few steps keep the files small.
 */
#include <math.h>

#include "cells.h"
#include "noise.h"

enum { LAYER_PHOTO = 41 };

static const struct {
  double stain;
  double rgb[3];
} ramp[] = {
    {0.00, {247, 242, 240}}, {0.16, {238, 222, 230}}, {0.40, {216, 176, 205}},
    {0.62, {170, 122, 178}}, {0.82, {112, 78, 148}},  {1.00, {66, 44, 108}},
};

static double
fractal(const Culture *culture, uint32_t layer, double x, double y, double size, int octaves)
{
  return noise_fractal(culture->item->seed * 31 + LAYER_PHOTO + 13 * layer, x / size, y / size,
                       octaves);
}

static double
cell_stain(const Culture *culture, gsize at, double x, double y)
{
  const Cell *cell = &culture->cells[culture->owner[at]];
  double field = culture->field[at];
  double edge = noise_step(1.2, -1.8, field);
  double rim = noise_step(-5, -1, field) * edge;
  double nucleus = noise_step(1.3, -1.3, culture_nucleus_at(culture, culture->owner[at], x, y));
  double body = 0.25 + 0.06 * rim + 0.06 * fractal(culture, 2, x, y, 17, 1);
  double chromatin = 0.74 + 0.14 * fractal(culture, 3, x, y, 7, 1);

  return cell->stain * edge * (body + nucleus * (chromatin - body));
}

static double
stain_at(const Culture *culture, int x, int y)
{
  gsize at = (gsize)y * culture->width + x;
  double dx = (x + 0.5) / culture->width - 0.5, dy = (y + 0.5) / culture->height - 0.5;
  double glass = 0.05 + 0.035 * fractal(culture, 4, x, y, 130, 2) + 0.16 * (dx * dx + dy * dy);
  double debris = culture_debris_at(culture, x + 0.5, y + 0.5, NULL);
  double speck = 0.40 + 0.16 * fractal(culture, 5, x, y, 7, 1);

  return glass + cell_stain(culture, at, x + 0.5, y + 0.5) + speck * noise_step(1.2, -1.6, debris);
}

void
culture_colors(guint8 (*colors)[3])
{
  for (int shade = 0; shade < CELLS_N_SHADES; shade++) {
    double stain = shade / (CELLS_N_SHADES - 1.0);
    guint i = 0;

    while (ramp[i + 1].stain < stain)
      i++;
    for (int c = 0; c < 3; c++) {
      double t = (stain - ramp[i].stain) / (ramp[i + 1].stain - ramp[i].stain);

      colors[shade][c] = (guint8)(ramp[i].rgb[c] + t * (ramp[i + 1].rgb[c] - ramp[i].rgb[c]) + 0.5);
    }
  }
}

guint8 *
culture_photograph(const Culture *culture)
{
  guint8 *shades = g_new(guint8, (gsize)culture->width * culture->height);

  for (int y = 0; y < culture->height; y++) {
    for (int x = 0; x < culture->width; x++) {
      double stain = noise_clamp(stain_at(culture, x, y), 0, 1);

      shades[(gsize)y * culture->width + x] = (guint8)(stain * (CELLS_N_SHADES - 1) + 0.5);
    }
  }
  return shades;
}
