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

/* Under masks without an image, 0xffRRGGBB: light enough for every kind's colour, and at rest on
 * both a light and a dark window. */
#define MS_COMPOSE_GROUND 0xffa8a8a8u

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
 * device pixel the wrong ones win: confused over FN over FP over dimmed ones over TP over ignored.
 * What is not shown hides nothing; what is dimmed is always shown. */
cairo_surface_t *ms_compose_overlay(const MsView *view, const MsPyramid *overlay,
                                    const MsOverlayStyle *style);

/* The colour of a union of kinds under a style, ARGB32, opaque; 0 where nothing of it is shown. */
uint32_t ms_compose_kinds_color(const MsOverlayStyle *style, unsigned kinds);
