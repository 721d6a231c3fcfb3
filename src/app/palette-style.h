/* SPDX-License-Identifier: MIT
 *
 * The swatches of the window in the very colours that render paints with.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Adds rules for `.tp .swatch` and so on, and for windows of the class `classic`. */
void ms_palette_style_add(GdkDisplay *display);

G_END_DECLS
