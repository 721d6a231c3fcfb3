/* SPDX-License-Identifier: MIT
 *
 * One descriptor for every boundary and instance metric, as metric/metrics.h has them for the
 * others: the only place that knows its id, label, unit, formula and source. These take a pair's
 * pixels, or its instance maps, so they are worked out where they are asked for.
 */
#pragma once

#include "metric/metrics.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
  MS_MEASURE_BOUNDARY_IOU,
  MS_MEASURE_HAUSDORFF,
  MS_MEASURE_HD95,
  MS_MEASURE_ASSD,
  MS_MEASURE_MASD,
  MS_MEASURE_SURFACE_DICE,
  MS_MEASURE_PQ,
  MS_MEASURE_SQ,
  MS_MEASURE_RQ,
  MS_N_MEASURES
} MsMeasure;

/* Any of them, as bits. */
typedef uint32_t MsMeasures;
#define MS_MEASURE_BIT(measure) (1u << (measure))
#define MS_MEASURES_NONE        0u
#define MS_MEASURES_ALL         (MS_MEASURE_BIT(MS_N_MEASURES) - 1)
/* Those that are worked out together. */
#define MS_MEASURES_SURFACE                                                                        \
  (MS_MEASURE_BIT(MS_MEASURE_HAUSDORFF) | MS_MEASURE_BIT(MS_MEASURE_HD95) |                        \
   MS_MEASURE_BIT(MS_MEASURE_ASSD) | MS_MEASURE_BIT(MS_MEASURE_MASD) |                             \
   MS_MEASURE_BIT(MS_MEASURE_SURFACE_DICE))
#define MS_MEASURES_PANOPTIC                                                                       \
  (MS_MEASURE_BIT(MS_MEASURE_PQ) | MS_MEASURE_BIT(MS_MEASURE_SQ) | MS_MEASURE_BIT(MS_MEASURE_RQ))

/* The tolerance of surface Dice where none is chosen, in pixels; the largest is MS_REACH_MAX. */
#define MS_TOLERANCE_DEFAULT 2

/* Distances have unit "px" and may be infinite. */
const MsMetricInfo *ms_measure_info(MsMeasure measure);

/* By id; false, with *measure untouched, when there is none. */
bool ms_measure_from_id(const char *id, MsMeasure *measure);

#ifdef __cplusplus
}
#endif
