/* SPDX-License-Identifier: MIT
 *
 * The parts of applying a reading to one file that reading.c is made of. All errors name the file.
 */
#pragma once

#include "set/reading.h"

G_BEGIN_DECLS

/* MS_IO_ERROR_UNSUPPORTED, "NAME: ..."; returns FALSE. */
gboolean ms_reading_refuse(GError **error, const char *name, const char *format, ...)
    G_GNUC_PRINTF(3, 4);
gboolean ms_reading_refuse_color(GError **error, const char *name);

/* A raster of the samples' size. */
gboolean ms_reading_init_raster(MsRaster *raster, const MsSamples *samples, int bits,
                                const char *name, GError **error);

gboolean ms_reading_apply_two_colors(const MsReading *reading, const MsSamples *samples,
                                     const char *name, MsRaster *raster, GError **error);
/* Of a palette its indices, which its colours must not contradict. */
gboolean ms_reading_apply_colors(const MsReading *reading, const MsSamples *samples,
                                 const char *name, MsRaster *raster, GError **error);

gboolean ms_reading_apply_probability(const MsReading *reading, const MsSamples *samples,
                                      const char *name, MsRaster *raster, GError **error);

G_END_DECLS
