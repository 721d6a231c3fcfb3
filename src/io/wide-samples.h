/* SPDX-License-Identifier: MIT
 *
 * Numbers of any type, in rows, as the samples that io/samples.h calls NUMBERS and FLOATS.
 */
#pragma once

#include "io/npy.h"
#include "io/samples.h"

G_BEGIN_DECLS

/* value * slope + intercept is meant. */
typedef struct {
  double slope;
  double intercept;
} MsScale;

/* `rows` has two dimensions of 1 to MS_RASTER_MAX_SIDE. Integers, also if scaled by whole numbers,
 * are NUMBERS (MS_IO_ERROR_UNSUPPORTED, naming the pixel, where one is not from -2^31 to 2^32 - 1).
 * The others are NUMBERS if all of them are such, else FLOATS. Settled. scale may be NULL. */
MsSamples *ms_wide_samples_new(const MsNpy *rows, const MsScale *scale, const char *name,
                               GError **error);

G_END_DECLS
