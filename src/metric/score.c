/* SPDX-License-Identifier: MIT
 *
 * Ratios of counts: exact integers until one division in double at the end.
 */
#include "metric/score.h"

void
ms_counts_add(MsCounts *sum, const MsCounts *more)
{
  sum->tp += more->tp;
  sum->fp += more->fp;
  sum->fn += more->fn;
  sum->tn += more->tn;
  sum->ignored += more->ignored;
}

void
ms_counts_subtract(MsCounts *sum, const MsCounts *part)
{
  sum->tp -= part->tp;
  sum->fp -= part->fp;
  sum->fn -= part->fn;
  sum->tn -= part->tn;
  sum->ignored -= part->ignored;
}

static bool
is_empty_pair(const MsCounts *counts)
{
  return counts->tp == 0 && counts->fp == 0 && counts->fn == 0;
}

static MsValue
overlap(const MsCounts *counts, uint64_t numerator, uint64_t divisor, MsEmptyRule empty)
{
  if (is_empty_pair(counts))
    return (MsValue){
        .value = empty == MS_EMPTY_ONE ? 1 : 0, .defined = empty != MS_EMPTY_SKIP, .by_rule = true};
  if (divisor == 0)
    return (MsValue){.value = 0, .defined = true, .by_rule = true};
  return (MsValue){.value = (double)numerator / (double)divisor, .defined = true};
}

MsValue
ms_score_iou(const MsCounts *counts, MsEmptyRule empty)
{
  return overlap(counts, counts->tp, counts->tp + counts->fp + counts->fn, empty);
}

MsValue
ms_score_counted_iou(const MsCounts *counts, uint64_t n_counted, MsEmptyRule empty)
{
  return n_counted > 0 ? ms_score_iou(counts, empty) : (MsValue){.defined = false};
}

MsValue
ms_score_dice(const MsCounts *counts, MsEmptyRule empty)
{
  return overlap(counts, 2 * counts->tp, 2 * counts->tp + counts->fp + counts->fn, empty);
}

MsValue
ms_score_precision(const MsCounts *counts, MsEmptyRule empty)
{
  return overlap(counts, counts->tp, counts->tp + counts->fp, empty);
}

MsValue
ms_score_recall(const MsCounts *counts, MsEmptyRule empty)
{
  return overlap(counts, counts->tp, counts->tp + counts->fn, empty);
}

MsValue
ms_score_accuracy(const MsCounts *counts)
{
  uint64_t right = counts->tp + counts->tn;
  uint64_t counted = right + counts->fp + counts->fn;

  if (counted == 0)
    return (MsValue){.defined = false};
  return (MsValue){.value = (double)right / (double)counted, .defined = true};
}
