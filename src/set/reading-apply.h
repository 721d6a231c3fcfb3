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

/* Of actual masks: whether samples of that value count nowhere. */
gboolean ms_reading_ignores(const MsReading *reading, guint32 value);

/* Of a checked reading: whether a file of that kind may hold that sample. Any one may be the
 * positive value of a kind that none is known of; ms_reading_check_kind() looks at those files
 * first. */
gboolean ms_reading_expects(const MsReading *reading, MsSampleForm form, guint32 value);
gboolean ms_reading_check_kind(const MsReading *reading, const MsSamples *samples, const char *name,
                               GError **error);
/* Says which samples were not expected; returns FALSE. */
gboolean ms_reading_refuse_strangers(const MsReading *reading, const MsSamples *samples,
                                     const char *name, GError **error);
/* Of a grey folder's file without positive pixels: whether it is black, so that it holds no ids. */
gboolean ms_reading_check_black(const MsReading *reading, const MsSamples *samples,
                                const char *name, GError **error);
/* Whether the mask lies where the folder's masks do, in alpha or not. */
gboolean ms_reading_check_alpha(const MsReading *reading, const MsSamples *samples,
                                const char *name, GError **error);

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
