/* SPDX-License-Identifier: MIT
 *
 * A model that says cell too readily: its masks reach too far at even odds, it half believes in
 * debris and in what lies between neighbours, and it hardly sees some cells. A probability is what
 * the model gives a thing at most, times a soft edge.
 */
#include <math.h>

#include "cells.h"
#include "noise.h"

enum { LAYER_MODEL = 59 };

/* No sign of a thing is seen so far from it, pixels. */
static const double far_off = 24;

/* What the model makes of a cell. */
typedef struct {
  double peak;     /* probability in the middle of it */
  double reach;    /* pixels too far, at even odds */
  double softness; /* of its edge, pixels */
  gboolean halved; /* seen on the side that the direction points away from */
  double side_x, side_y;
  gboolean hollow;
  int joined_to; /* -1: to none */
} Sight;

static double
fraction(const Culture *culture, int index, int what)
{
  return noise_fraction(culture->item->seed * 31 + LAYER_MODEL, index, what);
}

static int
nearest_cell(const Culture *culture, int index)
{
  const Cell *cell = &culture->cells[index];
  double nearest = 1e9;
  int best = -1;

  for (int i = 0; i < culture->n_cells; i++) {
    double dx = culture->cells[i].x - cell->x, dy = culture->cells[i].y - cell->y;

    if (i != index && dx * dx + dy * dy < nearest) {
      nearest = dx * dx + dy * dy;
      best = i;
    }
  }
  return best;
}

/* Whether the cell is among a share of all, spread evenly: so that small shares come out. */
static gboolean
falls_to(const Culture *culture, int index, double from, double share)
{
  double rank = 0;

  for (int i = 0; i < culture->n_cells; i++)
    rank += fraction(culture, i, 0) < fraction(culture, index, 0);
  rank = (rank + 0.5) / culture->n_cells;
  return rank >= from && rank < from + share;
}

static Sight
sight_of(const Culture *culture, int index)
{
  const CellsItem *item = culture->item;
  double turn = 2 * fraction(culture, index, 1) - 1;
  gboolean flip = fraction(culture, index, 2) < 0.5;
  gboolean missed = falls_to(culture, index, 0, item->missed);
  Sight sight = {
      .peak = missed ? 0.10 + 0.32 * fraction(culture, index, 3)
                     : 0.90 + 0.09 * fraction(culture, index, 3),
      .reach = item->reach + 3 * (fraction(culture, index, 4) - 0.5),
      .softness = 1.6 + 0.9 * fraction(culture, index, 5),
      .halved = falls_to(culture, index, item->missed, item->halved),
      .side_x = (flip ? -1 : 1) * (1 - turn * turn) / (1 + turn * turn),
      .side_y = (flip ? -1 : 1) * 2 * turn / (1 + turn * turn),
      .hollow = falls_to(culture, index, 1 - item->hollow, item->hollow),
      .joined_to = falls_to(culture, index, item->missed + item->halved, item->joined)
                       ? nearest_cell(culture, index)
                       : -1,
  };

  return sight;
}

/* 0 to 1, one half at 0. */
static double
soft(double value, double softness)
{
  return 1 / (1 + noise_exp(noise_clamp(-value / softness, -30, 30)));
}

static double
cell_odds(const Culture *culture, int index, const Sight *sight, double x, double y, double wobble)
{
  const Cell *cell = &culture->cells[index];
  double border = culture_border_at(culture, index, 1, x, y);
  double odds;

  if (border > far_off)
    return 0;
  odds = sight->peak * soft(sight->reach + 1.6 * wobble - border, sight->softness);

  if (sight->halved) {
    double side = (x - cell->x) * sight->side_x + (y - cell->y) * sight->side_y;

    odds *= 1 - 0.86 * soft(side + 7 * wobble + 0.05 * cell->radius, 3.5);
  }
  if (sight->hollow)
    odds *= 1 - 0.8 * soft(1.5 + 2 * wobble - culture_nucleus_at(culture, index, x, y), 2);
  return odds;
}

static double
distance_to_segment(double x, double y, const Cell *a, const Cell *b)
{
  double dx = b->x - a->x, dy = b->y - a->y;
  double along = ((x - a->x) * dx + (y - a->y) * dy) / (dx * dx + dy * dy + 1e-9);
  double t = noise_clamp(along, 0, 1);
  double ex = a->x + t * dx - x, ey = a->y + t * dy - y;

  return sqrt(ex * ex + ey * ey);
}

/* What the model takes the space between two neighbours for. */
static double
joint_odds(const Culture *culture, int index, const Sight *sight, double x, double y, double wobble)
{
  const Cell *cell = &culture->cells[index], *other;
  double width, away;

  if (sight->joined_to < 0)
    return 0;
  other = &culture->cells[sight->joined_to];
  width = 0.5 * (cell->radius + other->radius);
  away = distance_to_segment(x, y, cell, other) + 6 * wobble;
  if (away > width + far_off)
    return 0;
  return (0.46 + 0.36 * fraction(culture, index, 6)) * soft(width - away, 3);
}

static double
debris_odds(const Culture *culture, double x, double y)
{
  int index = 0;
  double away = culture_debris_at(culture, x, y, &index);

  return away > far_off ? 0 : (0.42 + 0.42 * fraction(culture, index, 7)) * soft(2 - away, 1.6);
}

/* Either of two signs is enough. */
static double
either(double a, double b)
{
  return a + b - a * b;
}

static double
odds_at(const Culture *culture, const Sight *sights, double x, double y)
{
  double wobble = noise_fractal(culture->item->seed * 31 + LAYER_MODEL + 7, x / 24, y / 24, 1);
  double odds = debris_odds(culture, x, y);

  for (int i = 0; i < culture->n_cells; i++) {
    odds = either(odds, cell_odds(culture, i, &sights[i], x, y, wobble));
    odds = either(odds, joint_odds(culture, i, &sights[i], x, y, wobble));
  }
  return odds;
}

void
culture_predict(const Culture *culture, Mask *predicted)
{
  Sight sights[CELLS_MAX];

  for (int i = 0; i < culture->n_cells; i++)
    sights[i] = sight_of(culture, i);
  for (int y = 0; y < culture->height; y++) {
    for (int x = 0; x < culture->width; x++)
      predicted->pixels[(gsize)y * culture->width + x] =
          (guint8)(85 * odds_at(culture, sights, x + 0.5, y + 0.5) + 0.5) * 3;
  }
}
