/* SPDX-License-Identifier: MIT
 *
 * Which samples occur in a pair of rasters: what class numbers are given to. Each sample has a
 * place, the same on both sides: the sample itself, or where samples are large and few, its rank
 * among those that there are.
 */
#pragma once

#include <string.h>

#include "metric/kinds.h"

#pragma GCC visibility push(hidden)

typedef struct {
  uint32_t *samples; /* ascending, each once; NULL: places are samples */
  size_t n_places;
  uint8_t *occurs[2];   /* by place: in a pixel that is not ignored; actual, predicted */
  uint32_t *numbers[2]; /* by place: 0, until somebody writes them */
} MsPlaces;

/* kinds: as painted. Errors: NO_MEMORY, CANCELLED; nothing is to be cleared then. */
MsStatus ms_places_init(MsPlaces *places, const MsKindsSource *source, const MsRaster *kinds,
                        const MsControl *control);
void ms_places_clear(MsPlaces *places); /* safe on zeroed ones */

/* Of a sample that has one. */
size_t ms_places_find(const MsPlaces *places, uint32_t sample);
uint32_t ms_places_sample(const MsPlaces *places, size_t place);

/* The kinds of a row that has ignored pixels; NULL: it has none. */
static inline const uint8_t *
ms_row_with_ignored(const MsRaster *kinds, int y)
{
  const uint8_t *row = ms_raster_row(kinds, y);

  return memchr(row, MS_KIND_IGNORED, (size_t)kinds->width) ? row : NULL;
}

#pragma GCC visibility pop
