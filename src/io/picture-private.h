/* SPDX-License-Identifier: MIT
 *
 * How pictures are made, for the files that make them.
 */
#pragma once

#include "io/npy.h"
#include "io/picture.h"

G_BEGIN_DECLS

/* Takes the memory of the pixels over, rows one behind the other. */
MsPicture *ms_picture_new_take(int width, int height, int channels, int bytes, guint8 *pixels);

/* The same as ms_picture_from_samples(), but the samples are used up: nothing but freeing them may
 * follow. */
MsPicture *ms_picture_take_samples(MsSamples *samples, const char *name, GError **error);

/* Rows and columns of numbers as 16-bit grey, their smallest black and their largest white. NaN is
 * black, infinite is the nearer end; all alike is black. */
MsPicture *ms_picture_from_values(const MsNpy *values, const char *name, GError **error);

G_END_DECLS
