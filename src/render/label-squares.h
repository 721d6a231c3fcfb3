/* SPDX-License-Identifier: MIT
 *
 * A label set at the size of a stamp: one square a label, for lists. Right is filled, missed is
 * hollow, extra is filled with a plus, so that colour is not the only sign. On a neutral
 * ground, light or dark as the list is: edges and signs have a contrast of 3 or more on both.
 */
#pragma once

#include <cairo.h>
#include <stddef.h>

#include "render/palette.h"

typedef enum { MS_GROUND_LIGHT, MS_GROUND_DARK } MsGround;

/* kinds: TP, FN or FP, in the order they are drawn. Paints a whole tile of width x height device
 * pixels: the squares centred in rows, none larger than a few of them need, so that tiles of a list
 * look alike. More than fit: the last square is an ellipsis. No kinds: an empty tile. */
void ms_label_tile_paint(cairo_t *cr, const MsKind *kinds, size_t n_kinds, MsPalette palette,
                         MsGround ground, int width, int height);

/* The sign of the empty set on a tile: no labels, and none predicted. */
void ms_label_tile_paint_none(cairo_t *cr, MsGround ground, int width, int height);

/* A single row at the bottom of a tile whose upper part is a picture; the strip's height. */
int ms_label_strip_height(int width, int height);
void ms_label_strip_paint(cairo_t *cr, const MsKind *kinds, size_t n_kinds, MsPalette palette,
                          MsGround ground, int width, int height);
