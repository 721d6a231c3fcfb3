/* SPDX-License-Identifier: MIT
 *
 * Image, overlay and outlines as one opaque picture of a view: what the canvas shows. The same
 * samples and the same arithmetic as ms_compose_image(), ms_compose_overlay() and, for files,
 * render/flat.h.
 */
#pragma once

#include "render/compose.h"

/* Borrows the pyramids. */
typedef struct {
  const MsPyramid *image;   /* NULL: the ground */
  const MsPyramid *overlay; /* kinds, class colours, or (GREY) probability. NULL: none */
  const MsPyramid *edges;   /* render/edges.h. NULL: none */
  bool faded;               /* the image without colours and with less contrast */
  MsOverlayStyle style;
  double opacity; /* 0 to 1 */
} MsScene;

bool ms_scene_equal(const MsScene *a, const MsScene *b);

/* Fills the device pixels `device` of the view, none of which lies outside ms_compose_visible(), in
 * Cairo's RGB24 layout with the fourth byte 255; the first one goes to pixels, stride in bytes.
 * Several threads work on it. */
void ms_scene_paint(const MsScene *scene, const MsView *view, const cairo_rectangle_int_t *device,
                    uint8_t *pixels, ptrdiff_t stride);
