/* SPDX-License-Identifier: MIT
 *
 * What an adjustment does to predicted masks beyond their ids: samples the other way round, which
 * is part of applying a reading, and pixels laid another way, which is done to the raster that came
 * of it. Ids are mapped with all others (MsReading's).
 */
#pragma once

#include "set/reading.h"

G_BEGIN_DECLS

/* Copies the adjustment into a model's reading, whose description then says so; NULL and an idle
 * one leave it alone. Errors (MS_OPTIONS_ERROR_USAGE): what makes no sense of masks that are read
 * so; folder: for messages. */
gboolean ms_reading_adjust(MsReading *reading, const MsAdjustment *adjustment, const char *folder,
                           GError **error);

gboolean ms_reading_is_inverted(const MsReading *reading);
/* Pixels change places. */
gboolean ms_reading_moves(const MsReading *reading);
/* Masks become as wide as they were high. */
gboolean ms_reading_swaps_sides(const MsReading *reading);

/* A raster of 0 and 1 the other way round. */
void ms_raster_invert_binary(MsRaster *raster);

/* Lays a raster as the reading's adjustment says; pixels that are left empty are `empty`, for which
 * its samples become wider where they must. Errors: TOO_LARGE, NO_MEMORY; it is
 * still a raster then, as before or half-way. */
MsStatus ms_reading_lay(const MsReading *reading, guint32 empty, MsRaster *raster);

G_END_DECLS
