/* SPDX-License-Identifier: MIT
 *
 * Binary predictions of two values of which none is 0, so that every pixel is positive: their
 * samples are counted beside the actual mask, which tells which of the two is background.
 */
#pragma once

#include "set/check-evidence.h"
#include "set/reading.h"

G_BEGIN_DECLS

/* Keeps the samples of a mask that is read so; raster is empty, and stays so of others. */
void ms_check_two_values_keep(MsRaster *raster, const MsReading *reading, const MsSamples *samples);

/* Puts the joint with these samples in the place of the pair's, where there is one. */
void ms_check_two_values_count(MsCheckPair *pair, const MsMasks *masks, const MsRaster *raster);

G_END_DECLS
