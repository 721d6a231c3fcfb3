/* SPDX-License-Identifier: MIT
 *
 * Writing the sets: folders are made as needed, old files replaced. What cannot be written ends the
 * program with a message.
 */
#pragma once

#include <glib.h>

/* An 8-bit PNG of 1 (grey) or 3 (RGB) channels, rows without padding. */
void output_png(const char *path, const guint8 *pixels, int width, int height, int channels);

/* The same of indices into a palette of colours, 3 bytes each. */
void output_palette_png(const char *path, const guint8 *indices, int width, int height,
                        const guint8 (*colors)[3], int n_colors);

void output_text(const char *path, const char *text);
