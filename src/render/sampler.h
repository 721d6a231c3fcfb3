/* SPDX-License-Identifier: MIT
 *
 * Which part of which pyramid level a surface shows: the level, and for each device row and column
 * its cells. Columns are counted from the first cell shown.
 */
#pragma once

#include <cairo.h>
#include <stdbool.h>

#include "render/axis.h"
#include "render/view.h"

typedef struct {
  const MsLevel *level;
  MsAxis columns;
  MsAxis rows;
} MsSampler;

/* For the device pixels `device` of the view, none of which lies beyond the image. The pyramid is
 * stretched over the view's image, whatever its size, and must outlive the sampler. */
void ms_sampler_init(MsSampler *sampler, const MsView *view, const cairo_rectangle_int_t *device,
                     const MsPyramid *pyramid);
void ms_sampler_clear(MsSampler *sampler);

/* Cells from the first column shown to the last. */
int ms_sampler_n_columns(const MsSampler *sampler);

/* The row of cells of tap `tap` of device row y, from the first column shown on. */
const uint8_t *ms_sampler_row(const MsSampler *sampler, int y, int tap, int pixel_bytes);

/* Whether device row y shows what the one above it shows. */
bool ms_sampler_repeats(const MsSampler *sampler, int y);
