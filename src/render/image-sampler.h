/* SPDX-License-Identifier: MIT
 *
 * Rows of an image as they are seen in a view: repeated above 100 %, averaged below.
 */
#pragma once

#include "render/sampler.h"

/* Device row y of the sampler, RGB24 with the fourth byte 255. content: IMAGE or GREY. `scratch`
 * holds ms_sample_image_scratch() bytes. */
size_t ms_sample_image_scratch(const MsSampler *sampler);
void ms_sample_image_row(const MsSampler *sampler, MsPyramidContent content, int y, void *scratch,
                         uint32_t *pixels);
