/* SPDX-License-Identifier: MIT
 *
 * Points are appended to room for as many as there can be.
 */
#include "metric/threshold-curve.h"

#include <stdlib.h>
#include <string.h>

#include "metric/size.h"

static MsStatus
init(MsThresholdCurve *curve, size_t capacity, uint32_t n_steps, MsEmptyRule empty)
{
  MsCurvePoint *points;
  size_t size;

  if (n_steps == 0)
    return MS_STATUS_INVALID;
  if (!ms_size_mul(capacity, sizeof *points, &size))
    return MS_STATUS_TOO_LARGE;
  points = malloc(size);
  if (!points)
    return MS_STATUS_NO_MEMORY;
  *curve = (MsThresholdCurve){.empty = empty, .n_steps = n_steps, .points = points};
  return MS_STATUS_OK;
}

void
ms_threshold_curve_clear(MsThresholdCurve *curve)
{
  free(curve->points);
  *curve = (MsThresholdCurve){.points = NULL};
}

/* --- of one example --------------------------------------------------------------------------- */

static MsCounts
counts_above_all(const MsThresholdCuts *cuts)
{
  MsCounts counts = {0};

  for (size_t i = 0; i < cuts->n_items; i++) {
    counts.tp += cuts->items[i].n_positive;
    counts.fp += cuts->items[i].n_negative;
  }
  return counts;
}

static void
pass_cut(MsCounts *counts, const MsThresholdCut *cut)
{
  counts->tp -= cut->n_positive;
  counts->fn += cut->n_positive;
  counts->fp -= cut->n_negative;
  counts->tn += cut->n_negative;
}

static void
append(MsThresholdCurve *curve, uint32_t step, const MsCounts *counts, uint32_t wrong_below)
{
  bool exact = counts->fp + counts->fn == 0 && step >= wrong_below;

  curve->points[curve->n_points++] = (MsCurvePoint){
      .step = step, .sums = ms_threshold_point_of_example(counts, exact, curve->empty)};
}

MsStatus
ms_threshold_curve_of_cuts(MsThresholdCurve *curve, const MsThresholdCuts *cuts, uint32_t n_steps,
                           MsEmptyRule empty)
{
  MsCounts counts = counts_above_all(cuts);
  MsStatus status;
  size_t i = 0;

  status = init(curve, cuts->n_items + 1, n_steps, empty);
  if (status != MS_STATUS_OK)
    return status;
  if (cuts->n_items > 0 && cuts->items[0].step == 0)
    pass_cut(&counts, &cuts->items[i++]);
  append(curve, 0, &counts, cuts->wrong_below);
  for (; i < cuts->n_items && cuts->items[i].step < n_steps; i++) {
    pass_cut(&counts, &cuts->items[i]);
    append(curve, cuts->items[i].step, &counts, cuts->wrong_below);
  }
  return MS_STATUS_OK;
}

/* --- of many ---------------------------------------------------------------------------------- */

static bool
is_same(const MsThresholdPoint *a, const MsThresholdPoint *b)
{
  return a->counts.tp == b->counts.tp && a->counts.fp == b->counts.fp && a->iou == b->iou &&
         a->n_in_mean == b->n_in_mean && a->n_exact == b->n_exact;
}

static size_t
count_changes(const MsThresholdPoint *points, uint32_t n_steps)
{
  size_t n = 1;

  for (uint32_t step = 1; step < n_steps; step++)
    n += !is_same(&points[step], &points[step - 1]);
  return n;
}

MsStatus
ms_threshold_curve_of_points(MsThresholdCurve *curve, const MsThresholdPoint *points,
                             uint32_t n_steps, MsEmptyRule empty)
{
  MsStatus status = init(curve, count_changes(points, n_steps), n_steps, empty);

  if (status != MS_STATUS_OK)
    return status;
  for (uint32_t step = 0; step < n_steps; step++)
    if (step == 0 || !is_same(&points[step], &points[step - 1]))
      curve->points[curve->n_points++] = (MsCurvePoint){.step = step, .sums = points[step]};
  return MS_STATUS_OK;
}

/* --- asking ----------------------------------------------------------------------------------- */

const MsCurvePoint *
ms_threshold_curve_find(const MsThresholdCurve *curve, uint32_t step)
{
  size_t low = 0, high = curve->n_points; /* it is one of these */

  while (high - low > 1) {
    size_t middle = low + (high - low) / 2;

    if (curve->points[middle].step <= step)
      low = middle;
    else
      high = middle;
  }
  return &curve->points[low];
}

static bool
is_counted(const MsCounts *counts)
{
  return counts->tp + counts->fp + counts->fn + counts->tn > 0;
}

MsValue
ms_threshold_curve_value(const MsThresholdCurve *curve, const MsCurvePoint *point,
                         MsCurveScore score)
{
  const MsCounts *counts = &point->sums.counts;
  MsEmptyRule empty = curve->empty;

  switch (score) {
  case MS_CURVE_IOU:
    return ms_threshold_point_value(&point->sums, empty, MS_SET_METRIC_IOU_POOLED);
  case MS_CURVE_IOU_MEAN:
    return ms_threshold_point_value(&point->sums, empty, MS_SET_METRIC_IOU_MEAN);
  case MS_CURVE_EXACT:
    return ms_threshold_point_value(&point->sums, empty, MS_SET_METRIC_EXACT_RATIO);
  case MS_CURVE_PRECISION:
    return is_counted(counts) ? ms_score_precision(counts, empty) : (MsValue){.defined = false};
  case MS_CURVE_RECALL:
    return is_counted(counts) ? ms_score_recall(counts, empty) : (MsValue){.defined = false};
  case MS_N_CURVE_SCORES:
    break;
  }
  return (MsValue){.defined = false};
}

/* Points from `from` on that have the same value of the score; returns the first that has not. */
static size_t
end_of_stretch(const MsThresholdCurve *curve, MsCurveScore score, size_t from, MsValue value)
{
  size_t i = from + 1;

  while (i < curve->n_points) {
    MsValue next = ms_threshold_curve_value(curve, &curve->points[i], score);

    if (!next.defined || next.value != value.value)
      break;
    i++;
  }
  return i;
}

static uint32_t
last_step_before(const MsThresholdCurve *curve, size_t point)
{
  return (point < curve->n_points ? curve->points[point].step : curve->n_steps) - 1;
}

bool
ms_threshold_curve_best(const MsThresholdCurve *curve, MsCurveScore score, MsCurveBest *best)
{
  bool found = false;

  for (size_t i = 0, end; i < curve->n_points; i = end) {
    MsValue value = ms_threshold_curve_value(curve, &curve->points[i], score);
    MsCurveBest stretch = {.first = curve->points[i].step, .value = value};
    bool is_longer;

    end = value.defined ? end_of_stretch(curve, score, i, value) : i + 1;
    stretch.last = last_step_before(curve, end);
    is_longer = found && stretch.last - stretch.first > best->last - best->first;
    if (value.defined && (!found || value.value > best->value.value ||
                          (value.value == best->value.value && is_longer))) {
      *best = stretch;
      found = true;
    }
  }
  return found;
}
