/* SPDX-License-Identifier: MIT
 *
 * An array of NumPy's as the samples of a mask or an image.
 */
#pragma once

#include "io/npy.h"
#include "io/samples.h"

G_BEGIN_DECLS

/* Axes of length 1 are left out. Two axes: rows and columns. Booleans and uint8 and uint16 are
 * SCALED samples (of 1, 8 and 16 bits), other integers NUMBERS, floats FLOATS, settled. Three axes:
 * uint8 or uint16 of (height, width, 3 or 4) whose values are more than 0 and 1 are RGB or RGBA
 * samples; else the first axis or the last, whichever is shorter (the first, if they are alike), is
 * a channel for each class: of booleans and of 0 and 1 the one channel that is set, of floats the
 * highest one (the first of several), is the id, and `note` says so. Errors (MS_IO_ERROR): another
 * number of axes, two channels set in a pixel or none (naming the pixel), whole numbers beyond 0
 * and 1 in channels (which look like a volume: the message says that slices belong in NIfTI or in a
 * multi-page TIFF, or in a file each). */
MsSamples *ms_npy_to_samples(const MsNpy *npy, const char *name, GError **error);

G_END_DECLS
