/* SPDX-License-Identifier: MIT
 *
 * The scores of a set at every threshold at once: for each step of the threshold the sums that set
 * scores are made of. An example is given as its cuts: at which step which of its pixels (or
 * labels) stop being predicted positive. Kept as differences from step to step, so that an example
 * costs as much as it has cuts, and in whole numbers, so that sums depend on no order. Shaped for a
 * million examples of 256 cuts.
 *
 * Ratios are kept in units of 2^-36, which makes means right to 1e-11.
 */
#pragma once

#include "metric/joint.h"
#include "metric/metrics.h"
#include "metric/score.h"
#include "metric/stacks.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Pixels that are predicted positive below this step, and negative from it on. Step 0: at none. */
typedef struct {
  uint32_t step;
  uint64_t n_positive; /* of them, actually positive */
  uint64_t n_negative;
} MsThresholdCut;

/* The cuts of one example; zeroed at first, and used again for the next. */
typedef struct {
  MsThresholdCut *items;
  size_t n_items;
  size_t capacity;
  uint32_t wrong_below; /* at steps below it the example is no exact match, whatever the counts; a
                         * cut lies there */
} MsThresholdCuts;

void ms_threshold_cuts_clear(MsThresholdCuts *cuts); /* gives the memory back */

/* From a joint's cells, as ms_joint_cells() has them, under rules of comparison THRESHOLD whatever
 * their threshold; step k is the threshold at which samples above k are positive. Errors: INVALID
 * (other rules), NO_MEMORY. */
MsStatus ms_threshold_cuts_of_cells(MsThresholdCuts *cuts, const MsRules *rules,
                                    const MsCell *cells, size_t n_cells);

/* From a joint of stack numbers, under rules of comparison STACKS whatever their threshold; step k
 * is the threshold k / (n_steps - 1). class_id: of that class alone; -1: of all but background
 * together. Errors: INVALID (other rules, one step, a stack that is not there), UNKNOWN_ID,
 * NO_MEMORY. */
MsStatus ms_threshold_cuts_of_stacks(MsThresholdCuts *cuts, const MsRules *rules,
                                     const MsCell *cells, size_t n_cells, const MsStacks *actual,
                                     const MsStacks *predicted, int64_t class_id, uint32_t n_steps);

/* One by one, in any order: from n_items = 0, then ms_threshold_cuts_join(). Errors: NO_MEMORY. */
MsStatus ms_threshold_cuts_append(MsThresholdCuts *cuts, MsThresholdCut cut);
void ms_threshold_cuts_join(MsThresholdCuts *cuts);

typedef struct MsThresholdSums MsThresholdSums;

/* Steps 0 to n_steps - 1. Errors: NO_MEMORY, TOO_LARGE. */
MsStatus ms_threshold_sums_new(size_t n_steps, MsEmptyRule empty, MsThresholdSums **sums);
void ms_threshold_sums_free(MsThresholdSums *sums); /* NULL is fine */

/* Adds an example; its cuts ascend. A cut beyond the last step: positive at every one. */
void ms_threshold_sums_add(MsThresholdSums *sums, const MsThresholdCuts *cuts);

/* Takes off one that was added before: exactly as if it never was. */
void ms_threshold_sums_remove(MsThresholdSums *sums, const MsThresholdCuts *cuts);

/* The sums at one step. */
typedef struct {
  MsCounts counts; /* pooled */
  uint64_t n_scored;
  uint64_t n_exact;
  uint64_t n_in_mean; /* that have an IoU, and so a Dice */
  uint64_t iou;       /* in units of 2^-36 */
  uint64_t dice;
} MsThresholdPoint;

/* What one example adds to the sums at a step, with these counts there. */
MsThresholdPoint ms_threshold_point_of_example(const MsCounts *counts, bool exact,
                                               MsEmptyRule empty);

/* Adds what the sums are at each of their steps to a point, which begins zeroed. */
void ms_threshold_sums_add_points(const MsThresholdSums *sums, MsThresholdPoint *points);

/* Adds what the sums are at a step < n_steps to a point, which begins zeroed. */
void ms_threshold_sums_add_point(const MsThresholdSums *sums, size_t step, MsThresholdPoint *point);

/* A set score of a point, as ms_totals_value() has it. MIOU: that of one class. */
MsValue ms_threshold_point_value(const MsThresholdPoint *point, MsEmptyRule empty,
                                 MsSetMetric metric);

#ifdef __cplusplus
}
#endif
