/* SPDX-License-Identifier: MIT
 *
 * Rows of an overlay as they are seen in a view, before anything is said of colours and opacity:
 * kinds are united, of classes the most frequent one is taken. Below 100 % each device pixel looks
 * at all cells that it overlaps.
 */
#pragma once

#include "render/sampler.h"

/* Device row y of kinds, a byte a pixel. `scratch` holds ms_sample_kinds_scratch() bytes. */
size_t ms_sample_kinds_scratch(const MsSampler *sampler);
void ms_sample_kinds_row(const MsSampler *sampler, int y, void *scratch, uint8_t *kinds);

/* Device row y of class colours, ARGB32. `scratch` holds ms_sample_colors_scratch() bytes. */
size_t ms_sample_colors_scratch(const MsSampler *sampler);
void ms_sample_colors_row(const MsSampler *sampler, int y, void *scratch, uint32_t *colors);
