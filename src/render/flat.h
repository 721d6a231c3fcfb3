/* SPDX-License-Identifier: MIT
 *
 * The overlay laid on rows of the image at 100 %, for files. Pixel for pixel what Cairo makes of
 * ms_compose_image() and, painted on it with an opacity, ms_compose_overlay(); without a surface,
 * and so without its limits and its second look at every pixel.
 */
#pragma once

#include "render/compose.h"

typedef struct {
  uint32_t over[MS_KIND_PAINTED + 1]; /* of each union of kinds: its colour's part of the sum */
  uint8_t left[MS_KIND_PAINTED + 1];  /* what is left of the image under it, 0 to 255 */
  uint8_t opacity;                    /* 0 to 255 */
} MsFlat;

/* opacity 0 to 1. */
void ms_flat_init(MsFlat *flat, const MsOverlayStyle *style, double opacity);

/* n pixels of an image's row, RGB24, under kinds, or under colours as MS_PYRAMID_COLORS holds
 * them. */
void ms_flat_lay_kinds(const MsFlat *flat, const uint8_t *kinds, int n, uint32_t *pixels);
void ms_flat_lay_colors(const MsFlat *flat, const uint32_t *colors, int n, uint32_t *pixels);

/* The ground where there is no image. */
void ms_flat_ground(int n, uint32_t *pixels);
