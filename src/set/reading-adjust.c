/* SPDX-License-Identifier: MIT
 *
 * Turned first, then moved. What cannot be done is said when the set is opened, not file by file.
 */
#include "set/reading-adjust.h"

#include "set/option-values.h"

static gboolean
can_be_inverted(const MsReading *reading)
{
  return !ms_reading_has_classes(reading);
}

/* NULL: they can be mapped. */
static const char *
why_no_ids(const MsReading *reading)
{
  switch (reading->encoding) {
  case MS_ENCODING_PROBABILITY:
    return reading->ids ? NULL : "they are read as probabilities";
  case MS_ENCODING_COLORS:
  case MS_ENCODING_TWO_COLORS:
    return "they are read by their colours";
  default:
    return NULL;
  }
}

static gboolean
check_sense(const MsReading *reading, const MsAdjustment *adjustment, const char *folder,
            GError **error)
{
  gboolean ids = adjustment->ids && ms_id_map_n_ranges(adjustment->ids) > 0;
  const char *why = ids ? why_no_ids(reading) : NULL;

  if (why)
    return ms_options_usage_error(
        error, "%s: the ids of these masks cannot be mapped by --adjust: %s", folder, why);
  if (adjustment->inverted && !can_be_inverted(reading))
    return ms_options_usage_error(error,
                                  "%s: these masks hold classes, and there is no opposite of a "
                                  "class: --adjust with invert is for binary masks and "
                                  "probabilities; with 0=1,1=0 two ids change places",
                                  folder);
  return TRUE;
}

gboolean
ms_reading_adjust(MsReading *reading, const MsAdjustment *adjustment, const char *folder,
                  GError **error)
{
  g_autofree char *words = adjustment ? ms_adjustment_describe(adjustment) : NULL;
  char *description;

  if (!words)
    return TRUE;
  if (!check_sense(reading, adjustment, folder, error))
    return FALSE;
  description = g_strdup_printf("%s; adjusted: %s", reading->description, words);
  g_free(reading->description);
  reading->description = description;
  reading->adjustment = ms_adjustment_copy(adjustment);
  return TRUE;
}

gboolean
ms_reading_is_inverted(const MsReading *reading)
{
  return reading->adjustment && reading->adjustment->inverted;
}

gboolean
ms_reading_moves(const MsReading *reading)
{
  return reading->adjustment && ms_adjustment_moves(reading->adjustment);
}

gboolean
ms_reading_swaps_sides(const MsReading *reading)
{
  return reading->adjustment && ms_turn_swaps_sides(reading->adjustment->turn);
}

void
ms_raster_invert_binary(MsRaster *raster)
{
  for (int y = 0; y < raster->height; y++) {
    guint8 *row = ms_raster_row_writable(raster, y);

    for (int x = 0; x < raster->width; x++)
      row[x] = !row[x];
  }
}

/* --- pixels laid another way ------------------------------------------------------------------ */

static void
replace(MsRaster *raster, MsRaster other)
{
  ms_raster_clear(raster);
  *raster = other;
}

static MsStatus
widen(MsRaster *raster)
{
  MsRaster wide;
  MsStatus status = ms_raster_init(&wide, raster->width, raster->height, 32);

  if (status != MS_STATUS_OK)
    return status;
  for (int y = 0; y < raster->height; y++) {
    guint32 *row = ms_raster_row_writable(&wide, y);

    for (int x = 0; x < raster->width; x++)
      row[x] = ms_raster_get(raster, x, y);
  }
  replace(raster, wide);
  return MS_STATUS_OK;
}

static MsStatus
turn(MsRaster *raster, MsTurn way)
{
  MsRaster turned;
  MsStatus status;

  if (way == MS_TURN_NONE)
    return MS_STATUS_OK;
  status = ms_raster_turn(raster, way, &turned);
  if (status == MS_STATUS_OK)
    replace(raster, turned);
  return status;
}

static MsStatus
move(MsRaster *raster, int dx, int dy, guint32 empty)
{
  MsRaster moved;
  MsStatus status = MS_STATUS_OK;

  if (dx == 0 && dy == 0)
    return MS_STATUS_OK;
  if (raster->bits < 32 && empty >> raster->bits != 0)
    status = widen(raster);
  if (status == MS_STATUS_OK)
    status = ms_raster_shift(raster, dx, dy, empty, &moved);
  if (status == MS_STATUS_OK)
    replace(raster, moved);
  return status;
}

MsStatus
ms_reading_lay(const MsReading *reading, guint32 empty, MsRaster *raster)
{
  const MsAdjustment *adjustment = reading->adjustment;
  MsStatus status;

  if (!adjustment)
    return MS_STATUS_OK;
  status = turn(raster, adjustment->turn);
  if (status == MS_STATUS_OK)
    status = move(raster, adjustment->shift_x, adjustment->shift_y, empty);
  return status;
}
