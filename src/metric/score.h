/* SPDX-License-Identifier: MIT
 *
 * Counts and the ratios made of them. A value that does not exist is `defined = false`; a value
 * that a rule set rather than a division says so. Formulas and empty values are those of the
 * descriptor table in metric/metrics.h.
 */
#pragma once

#include <stdint.h>

#include "metric/rules.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
  uint64_t tp;
  uint64_t fp;
  uint64_t fn;
  uint64_t tn;
  uint64_t ignored;
} MsCounts;

typedef struct {
  double value; /* meaningless unless defined */
  bool defined;
  bool by_rule; /* set by the empty-mask rule, or 0 because the divisor is 0 */
} MsValue;

void ms_counts_add(MsCounts *sum, const MsCounts *more);
/* What was added before. */
void ms_counts_subtract(MsCounts *sum, const MsCounts *part);

/* TP / (TP + FP + FN). All three 0: the empty rule. */
MsValue ms_score_iou(const MsCounts *counts, MsEmptyRule empty);
/* The same of counts over so many counted pixels; nothing counted: undefined. */
MsValue ms_score_counted_iou(const MsCounts *counts, uint64_t n_counted, MsEmptyRule empty);
/* 2 TP / (2 TP + FP + FN). All three 0: the empty rule. */
MsValue ms_score_dice(const MsCounts *counts, MsEmptyRule empty);
/* TP / (TP + FP). TP, FP and FN 0: the empty rule; only TP + FP 0: 0 by rule. */
MsValue ms_score_precision(const MsCounts *counts, MsEmptyRule empty);
/* TP / (TP + FN). TP, FP and FN 0: the empty rule; only TP + FN 0: 0 by rule. */
MsValue ms_score_recall(const MsCounts *counts, MsEmptyRule empty);
/* (TP + TN) / (TP + FP + FN + TN). Nothing counted: undefined. */
MsValue ms_score_accuracy(const MsCounts *counts);

#ifdef __cplusplus
}
#endif
