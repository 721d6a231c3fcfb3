/* SPDX-License-Identifier: MIT
 *
 * The numbers of each pixel written into it, and faint lines between the pixels, where a view is
 * magnified so far that there is room: what the masks hold, "A" of the actual and "P" of the
 * predicted one, in black or white, whichever stands out from what is painted there. Laid out once
 * a view; drawing is two runs of glyphs.
 */
#pragma once

#include <cairo.h>
#include <stdbool.h>

#include "render/view.h"

typedef struct MsPixelValues MsPixelValues;

/* ASCII: digits and ".,-+"; "" writes nothing. */
typedef struct {
  char actual[16];
  char predicted[16];
} MsPixelText;

/* Of a pixel of the view's image. */
typedef void (*MsPixelTextOf)(void *user, int image_x, int image_y, MsPixelText *text);

MsPixelValues *ms_pixel_values_new(void);
void ms_pixel_values_free(MsPixelValues *values); /* NULL is fine */

/* From 4000 % on; on fine screens, where pixels are smaller, from twice that on. */
bool ms_pixel_values_fit(const MsView *view);

/* For a view, over a picture (RGB24) of its device pixels `visible`. */
void ms_pixel_values_lay_out(MsPixelValues *values, const MsView *view, cairo_surface_t *picture,
                             const cairo_rectangle_int_t *visible, MsPixelTextOf text_of,
                             void *user);

/* Draws what was laid out last, in device pixels of the view. */
void ms_pixel_values_draw(const MsPixelValues *values, cairo_t *cr);
