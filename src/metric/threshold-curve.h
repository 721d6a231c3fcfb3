/* SPDX-License-Identifier: MIT
 *
 * Scores against the threshold, as a curve: a point for each step at which anything changes, of one
 * example (or of one class of it) from its cuts, or of many from their sums. What a step is, is
 * said in metric/threshold-sums.h. In the order of the points, recall never rises; as points of
 * precision and recall they are those whose precision exists (`by_rule` false): where nothing is
 * predicted there is none.
 */
#pragma once

#include "metric/threshold-sums.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
  MS_CURVE_IOU,       /* of the counts summed: pooled; of one example its own */
  MS_CURVE_IOU_MEAN,  /* the mean over examples */
  MS_CURVE_PRECISION, /* of the counts summed */
  MS_CURVE_RECALL,    /* likewise */
  MS_CURVE_EXACT,     /* the share of examples that match exactly; of one example 0 or 1 */
  MS_N_CURVE_SCORES
} MsCurveScore;

/* From this step up to the next point's. */
typedef struct {
  uint32_t step;
  MsThresholdPoint sums;
} MsCurvePoint;

typedef struct {
  MsEmptyRule empty;
  uint32_t n_steps;     /* one above the last step there can be */
  MsCurvePoint *points; /* ascending by step; the first has step 0 */
  size_t n_points;
} MsThresholdCurve;

/* Of one example, by cuts that ascend; one beyond the last step is positive at every one. Errors:
 * INVALID (no step at all), TOO_LARGE, NO_MEMORY. */
MsStatus ms_threshold_curve_of_cuts(MsThresholdCurve *curve, const MsThresholdCuts *cuts,
                                    uint32_t n_steps, MsEmptyRule empty);
/* Of the sums at each of n_steps steps. Errors: likewise. */
MsStatus ms_threshold_curve_of_points(MsThresholdCurve *curve, const MsThresholdPoint *points,
                                      uint32_t n_steps, MsEmptyRule empty);
void ms_threshold_curve_clear(MsThresholdCurve *curve); /* safe on a zeroed one */

/* The point that holds at a step (that of the last one beyond it); lent. There must be points. */
const MsCurvePoint *ms_threshold_curve_find(const MsThresholdCurve *curve, uint32_t step);

/* A score of a point of the curve; values that a rule sets are those of metric/score.h. Nothing
 * counted: undefined, but an exact match. */
MsValue ms_threshold_curve_value(const MsThresholdCurve *curve, const MsCurvePoint *point,
                                 MsCurveScore score);

/* The steps first to last, all with the highest value of the score: the longest such stretch, and
 * of several as long the first, so that the middle stands as far from worse ones as it can. */
typedef struct {
  uint32_t first;
  uint32_t last;
  MsValue value;
} MsCurveBest;

/* false: the score exists at no step. */
bool ms_threshold_curve_best(const MsThresholdCurve *curve, MsCurveScore score, MsCurveBest *best);

#ifdef __cplusplus
}
#endif
