/* SPDX-License-Identifier: MIT
 *
 * The pixels of one class number (metric/planes.h), row by row, a byte each: 1 of it, 0 not.
 * Shaped for masks that lie in a part of the image: what looks at rows looks at their bounds alone.
 */
#pragma once

#include "metric/raster.h"

#pragma GCC visibility push(hidden)

/* Half open; nothing: all four 0. */
typedef struct {
  int x0, y0;
  int x1, y1;
} MsBox;

bool ms_box_is_empty(const MsBox *box);
/* The smallest one around both; an empty one takes no part. */
MsBox ms_box_unite(const MsBox *a, const MsBox *b);

/* Pixels x0 <= x < x1 of row y, to bytes[0] on. */
void ms_class_row(const MsRaster *numbers, uint32_t number, int y, int x0, int x1, uint8_t *bytes);

/* Where it lies. Errors: NO_MEMORY, CANCELLED. */
MsStatus ms_class_bounds(const MsRaster *numbers, uint32_t number, const MsControl *control,
                         MsBox *box);

/* The first byte from `from` on that is not 0; n_bytes: none. */
int ms_bytes_next(const uint8_t *bytes, int n_bytes, int from);

#pragma GCC visibility pop
