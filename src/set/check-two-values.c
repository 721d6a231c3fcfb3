/* SPDX-License-Identifier: MIT
 *
 * Both are positive as they are read, so counts under the set's rules stay what they were. The
 * finding takes one of them for background, whichever fits better.
 */
#include "set/check-two-values.h"

#include <string.h>

#include "set/check-private.h"

/* --- counting ------------------------------------------------------------------------------- */

static gboolean
has_two_values(const MsReading *reading)
{
  return reading && reading->encoding == MS_ENCODING_BINARY && reading->positive < 0 &&
         !reading->numbered && !reading->ids && reading->values && reading->values->len == 2 &&
         g_array_index(reading->values, guint32, 0) != 0;
}

void
ms_check_two_values_keep(MsRaster *raster, const MsReading *reading, const MsSamples *samples)
{
  if (!has_two_values(reading) || reading->adjustment || samples->color != MS_COLOR_GREY ||
      samples->type != MS_SAMPLES_SCALED || samples->depth != 8 ||
      ms_raster_init(raster, samples->width, samples->height, 8) != MS_STATUS_OK)
    return;
  for (int y = 0; y < samples->height; y++)
    memcpy(ms_raster_row_writable(raster, y), samples->pixels + (gsize)y * samples->stride,
           (gsize)samples->width);
}

void
ms_check_two_values_count(MsCheckPair *pair, const MsMasks *masks, const MsRaster *raster)
{
  MsJoint *joint = NULL;

  if (!raster->pixels || !pair->joint || ms_joint_new(&joint) != MS_STATUS_OK)
    return;
  if (ms_joint_add(joint, &masks->actual.raster, raster, NULL) == MS_STATUS_OK &&
      ms_joint_compact(joint) == MS_STATUS_OK) {
    MsJoint *other = pair->joint;

    pair->joint = joint;
    joint = other;
  }
  ms_joint_free(joint);
}

/* --- the finding ---------------------------------------------------------------------------- */

static void
add(const MsCheckEvidence *evidence, guint model, const MsCheckEffect *effect, const MsIdMap *map,
    guint32 background, guint32 positive, GPtrArray *findings)
{
  MsAdjustment *adjustment = ms_adjustment_new(NULL);
  MsCheckFinding *finding = ms_check_add(
      findings, MS_CHECK_SCALE, ms_check_sureness(effect->n_changed), model,
      g_strdup_printf("Background is %u in predictions, so every pixel is positive", background),
      g_strdup_printf("Predicted masks hold %u and %u and no 0, and what is not 0 is "
                      "positive; %u lies where actual masks are positive",
                      MIN(background, positive), MAX(background, positive), positive));

  ms_check_effect_tell(effect, evidence, finding);
  adjustment->ids = ms_id_map_copy(map);
  ms_check_finding_adjust(evidence, finding, adjustment,
                          g_strdup_printf("Take a predicted %u for background", background));
}

/* TRUE: it was it. */
static gboolean
try_background(const MsCheckEvidence *evidence, guint model, guint32 background, guint32 positive,
               GPtrArray *findings)
{
  g_autoptr(MsIdMap) map = ms_id_map_new();
  g_auto(MsCheckEffect) effect = {0};

  ms_check_map(map, background, 0);
  ms_check_effect_init_map(&effect, evidence, model, map);
  if (!ms_check_effect_helps(&effect, MS_CHECK_GAIN))
    return FALSE;
  add(evidence, model, &effect, map, background, positive, findings);
  return TRUE;
}

void
ms_check_two_values(const MsCheckEvidence *evidence, guint model, GPtrArray *findings)
{
  const MsReading *reading = ms_set_get_predicted_reading(evidence->set, model);
  guint32 low, high;

  if (!has_two_values(reading) ||
      ms_set_get_rules(evidence->set, model)->rules.comparison != MS_COMPARE_BINARY)
    return;
  low = g_array_index(reading->values, guint32, 0);
  high = g_array_index(reading->values, guint32, 1);
  if (!try_background(evidence, model, low, high, findings))
    try_background(evidence, model, high, low, findings);
}
