/* SPDX-License-Identifier: MIT
 *
 * Pictures for one view: the image, and the overlay of error kinds or of classes, both at device
 * resolution and both sampled by one rule, so that they lie exactly on each other. Above 100 %
 * pixels are repeated (nearest neighbour); below, the image is averaged, a device pixel takes every
 * kind that lies inside it, and of classes the most frequent one. Cost depends on the device pixels
 * of the view only.
 */
#pragma once

#include <cairo.h>

#include "render/palette.h"
#include "render/pyramid.h"
#include "render/view.h"

/* Which kinds are painted, and how. */
typedef struct {
  MsPalette palette;
  unsigned shown; /* MsKind flags */
} MsOverlayStyle;

/* Where in the view (device pixels, whole) the visible part of the image lies; false when nothing
 * of it is visible. */
bool ms_compose_visible(const MsView *view, cairo_rectangle_int_t *device);

/* The visible part of the image, RGB24, of the size of ms_compose_visible(). NULL image: a plain
 * neutral grey. `image` may have another size than the masks: it is stretched over them. Answers
 * NULL, as the overlay does, when nothing is visible or memory is short. */
cairo_surface_t *ms_compose_image(const MsView *view, const MsPyramid *image);

/* The visible part of the overlay, ARGB32 (premultiplied, each pixel opaque or empty): kinds in the
 * colours of the style, or class colours, which have no style. Among several shown kinds in one
 * device pixel the wrong ones win: confused over FN over FP over TP over ignored. What is not shown
 * hides nothing. */
cairo_surface_t *ms_compose_overlay(const MsView *view, const MsPyramid *overlay,
                                    const MsOverlayStyle *style);

/* The whole image with its overlay at 100 %, as one opaque RGB24 surface. opacity 0 to 1.
 * `image` may be NULL. Sides up to 32,767 (Cairo's limit): NULL above. */
cairo_surface_t *ms_compose_flat(const MsPyramid *image, const MsPyramid *overlay,
                                 const MsOverlayStyle *style, double opacity);
