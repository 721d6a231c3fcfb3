/* SPDX-License-Identifier: MIT
 *
 * The 8-connected components of equal samples of a raster, as runs of its rows: pixels of one value
 * that touch, also at corners. What is 0 belongs to none. Time and memory follow the runs, once the
 * pixels have been looked at.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "metric/raster.h"

#pragma GCC visibility push(hidden)

/* Pixels x to x + length - 1 of a row. */
typedef struct {
  int x;
  int length;
  uint32_t component;
} MsComponentRun;

typedef struct {
  MsComponentRun *runs; /* in row order; those of one component do not touch within a row */
  uint32_t *rows;       /* row y has the runs rows[y] to rows[y + 1] - 1 */
  int height;
  size_t n_runs;
  uint32_t n_components; /* numbered from 0 by their first pixel in row order */
} MsComponents;

/* Of the samples only the bits of the mask count: UINT32_MAX for class numbers, MS_KIND_WRONG for
 * kinds. Errors: NO_MEMORY, TOO_LARGE (2^31 runs), CANCELLED; the components are zeroed then. */
MsStatus ms_components_init(MsComponents *components, const MsRaster *raster, uint32_t mask,
                            const MsControl *control);
void ms_components_clear(MsComponents *components); /* zeroed ones are fine */
size_t ms_components_bytes(const MsComponents *components);

/* The index of the run at a pixel inside the raster; -1: its sample is 0. */
ptrdiff_t ms_components_find(const MsComponents *components, int x, int y);

#pragma GCC visibility pop
