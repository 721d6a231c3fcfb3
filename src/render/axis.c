/* SPDX-License-Identifier: MIT
 *
 * The mapping of one direction, computed once a picture. Below 100 % a device pixel overlaps one to
 * three cells of its level (more only on the smallest level, where there are few to sum).
 */
#include "render/axis.h"

#include <glib.h>
#include <math.h>

#define MAX_CELLS_ACROSS 8
/* Of a cell: what overlaps by less only touches, up to rounding errors. */
#define TOUCH 1e-7

typedef struct {
  double begin, end; /* what a device pixel covers, in cells */
  int first, last;   /* the cells it shows */
} Span;

typedef struct {
  double offset; /* device pixels from the original's edge to the first pixel */
  double cell;   /* device pixels a cell */
  double end;    /* the original's far edge, in cells: its last cell may be a part of one */
  int n_cells;
} Mapping;

static Span
span_of(const Mapping *map, int device)
{
  double near_edge = map->offset + device;
  Span span;

  if (map->cell >= 1.0) {
    span.begin = span.end = (near_edge + 0.5) / map->cell;
    span.first = span.last = (int)CLAMP(floor(span.begin), 0, map->n_cells - 1);
    return span;
  }
  span.begin = CLAMP(near_edge / map->cell, 0.0, map->end);
  span.end = CLAMP((near_edge + 1.0) / map->cell, 0.0, map->end);
  span.first = (int)CLAMP(floor(span.begin + TOUCH), 0, map->n_cells - 1);
  span.last = (int)CLAMP(ceil(span.end - TOUCH) - 1, span.first, map->n_cells - 1);
  return span;
}

/* Rounds the running sum, not the shares, so that they add up to one exactly. */
static void
write_span(const Span *span, int taps, int *cells, uint16_t *weight)
{
  double width = span->end - span->begin;
  int done = 0;

  for (int i = 0; i < taps; i++) {
    int cell = MIN(span->first + i, span->last);
    double share = cell < span->last && width > 0 ? (cell + 1 - span->begin) / width : 1.0;
    int sum = (int)(CLAMP(share, 0.0, 1.0) * MS_AXIS_WEIGHT_ONE + 0.5);

    cells[i] = cell;
    weight[i] = (uint16_t)(sum - done);
    done = sum;
  }
}

void
ms_axis_init(MsAxis *axis, double origin, int first, int length, double scale, int side, int level,
             int n_cells)
{
  Mapping map = {first - origin, ldexp(scale, level), ldexp(side, -level), n_cells};

  axis->length = length;
  axis->taps = 1;
  for (int d = 0; d < length; d++) {
    Span span = span_of(&map, d);

    axis->taps = MAX(axis->taps, span.last - span.first + 1);
  }
  axis->cells = g_new(int, (gsize)length *(gsize)axis->taps);
  axis->weight = g_new(uint16_t, (gsize)length * (gsize)axis->taps);
  for (int d = 0; d < length; d++) {
    Span span = span_of(&map, d);
    gsize at = (gsize)d * (gsize)axis->taps;

    write_span(&span, axis->taps, axis->cells + at, axis->weight + at);
  }
}

void
ms_axis_clear(MsAxis *axis)
{
  g_clear_pointer(&axis->cells, g_free);
  g_clear_pointer(&axis->weight, g_free);
}

int
ms_axis_choose_level(const MsPyramid *pyramid, double scale_x, double scale_y)
{
  double finer = fmax(scale_x, scale_y);
  double coarser = fmin(scale_x, scale_y);
  int level = 0;

  while (level + 1 < pyramid->n_levels &&
         (ldexp(finer, level + 1) <= 1.0 || ldexp(coarser, level) < 1.0 / MAX_CELLS_ACROSS))
    level++;
  return level;
}
