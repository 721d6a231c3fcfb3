/* SPDX-License-Identifier: MIT
 *
 * Probability maps of all types as the values of one scale. Samples p of another scale than the
 * folder's become steps of it: the smallest step k with p <= k / maximum. Where the set's own
 * threshold t lies between two steps, what is in the step above it but not above t is moved down,
 * so that k is above ms_threshold_sample(t, maximum) exactly when p is above t.
 */
#include <math.h>
#include <string.h>

#include "set/reading-adjust.h"
#include "set/reading-apply.h"
#include "set/reading-survey.h"

#include "metric/rules.h"

/* --- floats --------------------------------------------------------------------------------- */

typedef struct {
  float edges[MS_READING_FLOAT_MAXIMUM + 1]; /* (float)(k / 4000.0) */
  guint32 below;                             /* the last step that the threshold keeps negative */
  float threshold;
} Steps;

static void
steps_init(Steps *steps, double threshold)
{
  for (guint k = 0; k <= MS_READING_FLOAT_MAXIMUM; k++)
    steps->edges[k] = (float)(k / (double)MS_READING_FLOAT_MAXIMUM);
  steps->below = ms_threshold_sample(threshold, MS_READING_FLOAT_MAXIMUM);
  steps->threshold = (float)threshold;
}

/* p from 0 to 1. */
static guint16
step_of(const Steps *steps, float p)
{
  guint32 k = (guint32)ceilf(p * MS_READING_FLOAT_MAXIMUM);

  k = MIN(k, MS_READING_FLOAT_MAXIMUM);
  while (k > 0 && p <= steps->edges[k - 1])
    k--;
  while (p > steps->edges[k]) /* the last edge is 1 */
    k++;
  if (k == steps->below + 1 && p <= steps->threshold)
    k--;
  return (guint16)k;
}

static gboolean
apply_floats(const MsReading *reading, const MsSamples *samples, const char *name, MsRaster *raster,
             GError **error)
{
  gboolean inverted = ms_reading_is_inverted(reading);
  Steps steps;

  if (reading->maximum != MS_READING_FLOAT_MAXIMUM)
    return ms_reading_refuse(error, name,
                             "holds fractions, but the first probability maps of its folder hold "
                             "whole numbers; save them alike");
  steps_init(&steps, reading->threshold);
  if (!ms_reading_init_raster(raster, samples, 16, name, error))
    return FALSE;
  for (int y = 0; y < samples->height; y++) {
    const float *row = (const float *)(const void *)(samples->pixels + (gsize)y * samples->stride);
    guint16 *out = ms_raster_row_writable(raster, y);

    for (int x = 0; x < samples->width; x++) {
      if (row[x] < -MS_READING_FLOAT_SLACK || row[x] > 1 + MS_READING_FLOAT_SLACK) {
        ms_raster_clear(raster);
        return ms_reading_refuse(error, name,
                                 "holds a value outside 0 to 1 at x %d, y %d, which is no "
                                 "probability",
                                 x, y);
      }
      out[x] = step_of(&steps, CLAMP(inverted ? 1 - row[x] : row[x], 0, 1));
    }
  }
  return TRUE;
}

/* --- whole numbers -------------------------------------------------------------------------- */

/* By sample, where `full` is the one that means 1; inverted, it means 0. */
static guint16 *
make_lookup(const MsReading *reading, guint32 full)
{
  guint16 *lookup = g_new(guint16, full + 1);
  guint32 below = ms_threshold_sample(reading->threshold, reading->maximum);
  guint32 own_below = ms_threshold_sample(reading->threshold, full);
  gboolean inverted = ms_reading_is_inverted(reading);

  for (guint32 value = 0; value <= full; value++) {
    guint64 step = ((guint64)value * reading->maximum + full - 1) / full;

    if (step == (guint64)below + 1 && value <= own_below)
      step--;
    lookup[inverted ? full - value : value] = (guint16)step;
  }
  return lookup;
}

/* FALSE at a sample above `full`; bits of the raster are 8 or 16. lookup NULL: samples stay. */
static gboolean
map_row(const guint16 *lookup, guint32 full, const void *scalars, int sample_bytes,
        MsRaster *raster, int y)
{
  const guint8 *bytes = scalars;
  const guint16 *words = scalars;
  const guint32 *numbers = scalars;
  guint8 *narrow = ms_raster_row_writable(raster, y);
  guint16 *wide = ms_raster_row_writable(raster, y);

  if (!lookup) {
    memcpy(narrow, scalars, (gsize)raster->width * sample_bytes);
    return TRUE;
  }
  for (int x = 0; x < raster->width; x++) {
    guint32 value = sample_bytes == 1 ? bytes[x] : sample_bytes == 2 ? words[x] : numbers[x];

    if (value > full)
      return FALSE;
    if (raster->bits == 8)
      narrow[x] = (guint8)lookup[value];
    else
      wide[x] = lookup[value];
  }
  return TRUE;
}

/* The folder's own scale. */
static gboolean
is_copied(const MsReading *reading, const MsSamples *samples, guint32 full)
{
  return full == reading->maximum && full == (samples->bytes == 1 ? G_MAXUINT8 : G_MAXUINT16) &&
         !ms_reading_is_inverted(reading);
}

static gboolean
apply_scaled(const MsReading *reading, const MsSamples *samples, guint32 full, const char *name,
             MsRaster *raster, GError **error)
{
  g_autofree guint16 *lookup =
      is_copied(reading, samples, full) ? NULL : make_lookup(reading, full);
  g_autofree void *scratch = g_malloc((gsize)samples->width * samples->bytes);

  if (!ms_reading_init_raster(raster, samples, reading->maximum <= G_MAXUINT8 ? 8 : 16, name,
                              error))
    return FALSE;
  for (int y = 0; y < samples->height; y++) {
    const void *scalars = ms_scalar_row(samples, reading->alpha, y, scratch);

    if (scalars && map_row(lookup, full, scalars, samples->bytes, raster, y))
      continue;
    ms_raster_clear(raster);
    if (!scalars)
      return ms_reading_refuse_color(error, name);
    return ms_reading_refuse(error, name,
                             "holds whole numbers beyond 0 and 1 of a type that has no largest "
                             "value, but the masks of its folder are probability maps");
  }
  return TRUE;
}

gboolean
ms_reading_apply_probability(const MsReading *reading, const MsSamples *samples, const char *name,
                             MsRaster *raster, GError **error)
{
  if (samples->color == MS_COLOR_PALETTE)
    return ms_reading_refuse(error, name,
                             "is a palette image, but the masks of its folder are probability "
                             "maps");
  if (samples->type == MS_SAMPLES_FLOATS)
    return apply_floats(reading, samples, name, raster, error);
  if (samples->type == MS_SAMPLES_NUMBERS)
    return apply_scaled(reading, samples, 1, name, raster, error);
  if (samples->bytes == 2 && reading->maximum <= G_MAXUINT8)
    return ms_reading_refuse(error, name,
                             "has 16 bits a sample, but the probability maps of its folder have 8; "
                             "save them alike");
  return apply_scaled(reading, samples, ms_samples_maximum(samples), name, raster, error);
}
