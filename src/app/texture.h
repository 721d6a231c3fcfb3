/* SPDX-License-Identifier: MIT
 *
 * Pictures from render as textures, without a copy.
 */
#pragma once

#include <cairo.h>
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The texture takes over the surface (an image surface that nobody draws on any more). */
GdkTexture *ms_texture_new(cairo_surface_t *surface);
/* The same where every pixel's fourth byte is 255 as it is, or its alpha. */
GdkTexture *ms_texture_wrap(cairo_surface_t *surface);

G_END_DECLS
