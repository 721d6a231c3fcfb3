/* SPDX-License-Identifier: MIT
 *
 * A small picture of a frame with its overlay, or with its label set as squares, for lists.
 */
#pragma once

#include "render/compose.h"
#include "render/label-squares.h"
#include "set/pair.h"

G_BEGIN_DECLS

/* width x height device pixels, RGB24: the picture cropped to fill, errors kept visible. Label
 * sets: a square for each label that is right, missed or extra, in a strip under the image or,
 * where there is none, on a tile of its own, on `ground`. NULL when there is nothing to show. */
cairo_surface_t *ms_thumbnail_new(const MsFrame *frame, const MsRuleset *rules,
                                  const MsOverlayStyle *style, MsGround ground, int width,
                                  int height);

G_END_DECLS
