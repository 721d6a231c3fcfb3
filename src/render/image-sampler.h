/* SPDX-License-Identifier: MIT
 *
 * Rows of an image as they are seen in a view: repeated above 100 %, averaged below.
 */
#pragma once

#include "render/sampler.h"

/* Device row y of the sampler, RGB24. `scratch` holds ms_sample_image_scratch() bytes. */
size_t ms_sample_image_scratch(const MsSampler *sampler);
void ms_sample_image_row(const MsSampler *sampler, int y, void *scratch, uint32_t *pixels);
