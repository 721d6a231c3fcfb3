/* SPDX-License-Identifier: MIT
 *
 * Scores of one example, or of one class of a set, against the threshold: from its cuts
 * (metric/threshold-sums.h) to a point for each step at which anything changes.
 */
#pragma once

#include "metric/threshold-sums.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
  uint32_t step;   /* samples above it are positive: the counts hold from this step up to the next
                    * point's */
  MsCounts counts; /* of the one class */
} MsCurvePoint;

typedef struct {
  MsCurvePoint *points; /* ascending by step; the first has step 0 */
  size_t n_points;
} MsThresholdCurve;

/* Cuts that ascend, of what has n_positive actually positive and n_negative other pixels in all.
 * Errors: INVALID (cuts of more than there is), NO_MEMORY. */
MsStatus ms_threshold_curve_init(MsThresholdCurve *curve, const MsThresholdCuts *cuts,
                                 uint64_t n_positive, uint64_t n_negative);
void ms_threshold_curve_clear(MsThresholdCurve *curve);

/* The point with the highest IoU; of like ones the middle of the longest stretch of steps (the
 * first such), so that the best threshold stands as far from worse ones as it can. n_steps: one
 * above the last step there can be. *step: the middle. false: no points, or the IoU exists at none.
 */
bool ms_threshold_curve_best(const MsThresholdCurve *curve, uint32_t n_steps, MsEmptyRule empty,
                             uint32_t *step, MsValue *iou);

#ifdef __cplusplus
}
#endif
