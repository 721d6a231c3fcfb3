/* SPDX-License-Identifier: MIT
 *
 * Where the cells of a field of view lie, and for each pixel whose it is. Cells are strewn until
 * there is no room for more.
 */
#include <math.h>

#include "cells.h"
#include "noise.h"

enum { N_TRIES = 6000, LAYER_PLACE = 11, LAYER_SHAPE = 23, LAYER_DEBRIS = 37, LAYER_NUCLEUS = 41 };

/* Background between two cells that touch, pixels. */
static const double line_between = 2.2;

static Cell
cell_candidate(const Culture *culture, int try)
{
  const CellsItem *item = culture->item;
  uint32_t seed = item->seed * 31 + LAYER_PLACE;
  double turn = 2 * noise_fraction(seed, try, 3) - 1;
  Cell cell = {
      .x = culture->width * noise_fraction(seed, try, 0),
      .y = culture->height * noise_fraction(seed, try, 1),
      .radius = item->radius * (1 + item->spread * (2 * noise_fraction(seed, try, 2) - 1)),
      .aspect = 1.02 + 0.2 * noise_fraction(seed, try, 4),
      .cosine = (1 - turn * turn) / (1 + turn * turn),
      .sine = 2 * turn / (1 + turn * turn),
      .stain = item->stain * (0.82 + 0.36 * noise_fraction(seed, try, 5)),
  };

  return cell;
}

static gboolean
has_room(const Culture *culture, const Cell *cell)
{
  for (int i = 0; i < culture->n_cells; i++) {
    const Cell *other = &culture->cells[i];
    double dx = cell->x - other->x, dy = cell->y - other->y;
    double apart = culture->item->room * (cell->radius + other->radius);

    if (dx * dx + dy * dy < apart * apart)
      return FALSE;
  }
  return TRUE;
}

static void
strew(Culture *culture)
{
  for (int i = 0; i < N_TRIES && culture->n_cells < culture->item->n_cells; i++) {
    Cell cell = cell_candidate(culture, i);

    if (has_room(culture, &cell))
      culture->cells[culture->n_cells++] = cell;
  }
}

double
culture_border_at(const Culture *culture, int index, int octaves, double x, double y)
{
  const Cell *cell = &culture->cells[index];
  double dx = x - cell->x, dy = y - cell->y;
  double u = (cell->cosine * dx + cell->sine * dy) / cell->aspect;
  double v = (cell->cosine * dy - cell->sine * dx) * cell->aspect;
  double away = sqrt(u * u + v * v);
  double size = 0.9 * cell->radius;
  double stray = octaves > 1 ? 0.24 : 0.16;
  uint32_t seed = culture->item->seed * 31 + LAYER_SHAPE + 7u * (uint32_t)index;

  if (away > 1.8 * cell->radius)
    return away - cell->radius;
  return away - cell->radius * (1 + stray * noise_fractal(seed, x / size, y / size, octaves));
}

/* It lies off the centre. */
double
culture_nucleus_at(const Culture *culture, int index, double x, double y)
{
  const Cell *cell = &culture->cells[index];
  uint32_t seed = culture->item->seed * 31 + LAYER_NUCLEUS;
  double off_x = (noise_fraction(seed, index, 1) - 0.5) * 0.4 * cell->radius;
  double off_y = (noise_fraction(seed, index, 2) - 0.5) * 0.4 * cell->radius;
  double dx = x - cell->x - off_x, dy = y - cell->y - off_y;
  double size = cell->radius * (0.34 + 0.14 * noise_fraction(seed, index, 3));

  return sqrt(dx * dx + dy * dy) - size * (1 + 0.25 * noise_fractal(seed + 13, x / 16, y / 16, 1));
}

static void
survey_pixel(Culture *culture, int x, int y)
{
  gsize at = (gsize)y * culture->width + x;
  double first = 1000, second = 1000;

  for (int i = 0; i < culture->n_cells; i++) {
    double border = culture_border_at(culture, i, 2, x + 0.5, y + 0.5);

    if (border < first) {
      second = first;
      first = border;
      culture->owner[at] = i;
    } else if (border < second) {
      second = border;
    }
  }
  culture->field[at] = MAX(first, line_between - (second - first));
}

/* Of a few places the one farthest from any cell, or the first that is far enough. */
static Debris
debris_place(const Culture *culture, int index)
{
  uint32_t seed = culture->item->seed * 31 + LAYER_DEBRIS;
  Debris best = {.radius = 7 + 10 * noise_fraction(seed, index, 2)};
  double best_room = -1000;

  for (int i = 0; i < 40; i++) {
    int x = (int)(culture->width * (0.03 + 0.94 * noise_fraction(seed + 1, index, i)));
    int y = (int)(culture->height * (0.03 + 0.94 * noise_fraction(seed + 2, index, i)));
    double room = culture->field[(gsize)y * culture->width + x];

    if (room > best_room) {
      best.x = x;
      best.y = y;
      best_room = room;
    }
    if (room > best.radius + 6)
      break;
  }
  return best;
}

void
culture_init(Culture *culture, int width, int height, const CellsItem *item)
{
  gsize n_pixels = (gsize)width * height;

  *culture = (Culture){.width = width, .height = height, .item = item};
  strew(culture);
  culture->field = g_new(double, n_pixels);
  culture->owner = g_new0(int, n_pixels);
  for (int y = 0; y < height; y++) {
    for (int x = 0; x < width; x++)
      survey_pixel(culture, x, y);
  }
  for (int i = 0; i < item->n_debris; i++)
    culture->debris[culture->n_debris++] = debris_place(culture, i);
}

void
culture_clear(Culture *culture)
{
  g_clear_pointer(&culture->field, g_free);
  g_clear_pointer(&culture->owner, g_free);
}

void
culture_mask(const Culture *culture, Mask *mask)
{
  mask_from_field(mask, culture->field, 0);
}

double
culture_debris_at(const Culture *culture, double x, double y, int *index)
{
  double ragged = 1 + 0.35 * noise_gradient(culture->item->seed + 71, x / 12, y / 12);
  double nearest = 1000;

  for (int i = 0; i < culture->n_debris; i++) {
    const Debris *debris = &culture->debris[i];
    double dx = x - debris->x, dy = y - debris->y;
    double away = sqrt(dx * dx + dy * dy) - debris->radius * ragged;

    if (away < nearest) {
      nearest = away;
      if (index != NULL)
        *index = i;
    }
  }
  return nearest;
}
