/* SPDX-License-Identifier: MIT
 *
 * A bin for each step holds what changes there; a block, the sum of BLOCK_STEPS bins, so that the
 * sums at a step are those of some blocks and fewer bins than a block has. Differences may be
 * negative: they wrap, and what is summed from the first bin on never is.
 */
#include "metric/threshold-sums.h"

#include <stdlib.h>
#include <string.h>

#include "metric/rules-private.h"
#include "metric/size.h"

#define BLOCK_STEPS 256

#define RATIO_ONE ((double)(UINT64_C(1) << 36))

typedef struct {
  uint64_t tp;
  uint64_t fp;
  uint64_t iou;
  uint64_t dice;
  uint64_t n_in_mean;
  uint64_t n_exact;
} Bin;

struct MsThresholdSums {
  MsEmptyRule empty;
  size_t n_steps;
  Bin *bins;
  Bin *blocks;
  uint64_t n_positive; /* of all examples, actually so */
  uint64_t n_negative;
  uint64_t n_scored;
};

/* --- cuts ------------------------------------------------------------------------------------- */

void
ms_threshold_cuts_clear(MsThresholdCuts *cuts)
{
  free(cuts->items);
  *cuts = (MsThresholdCuts){0};
}

static MsStatus
reserve(MsThresholdCuts *cuts, size_t capacity)
{
  MsThresholdCut *items;
  size_t size;

  if (capacity <= cuts->capacity)
    return MS_STATUS_OK;
  if (!ms_size_add(capacity, cuts->capacity / 2, &capacity) ||
      !ms_size_mul(capacity, sizeof *items, &size))
    return MS_STATUS_NO_MEMORY;
  items = realloc(cuts->items, size);
  if (!items)
    return MS_STATUS_NO_MEMORY;
  cuts->items = items;
  cuts->capacity = capacity;
  return MS_STATUS_OK;
}

MsStatus
ms_threshold_cuts_append(MsThresholdCuts *cuts, MsThresholdCut cut)
{
  MsStatus status = reserve(cuts, cuts->n_items + 1);

  if (status == MS_STATUS_OK)
    cuts->items[cuts->n_items++] = cut;
  return status;
}

static int
compare_cuts(const void *a, const void *b)
{
  uint32_t first = ((const MsThresholdCut *)a)->step, second = ((const MsThresholdCut *)b)->step;

  return (first > second) - (first < second);
}

/* Of cuts that ascend, one a step. */
static void
unite_equal(MsThresholdCuts *cuts)
{
  size_t n = 0;

  for (size_t i = 0; i < cuts->n_items; i++) {
    MsThresholdCut cut = cuts->items[i];

    if (n > 0 && cuts->items[n - 1].step == cut.step) {
      cuts->items[n - 1].n_positive += cut.n_positive;
      cuts->items[n - 1].n_negative += cut.n_negative;
    } else {
      cuts->items[n++] = cut;
    }
  }
  cuts->n_items = n;
}

void
ms_threshold_cuts_join(MsThresholdCuts *cuts)
{
  if (cuts->n_items > 1)
    qsort(cuts->items, cuts->n_items, sizeof *cuts->items, compare_cuts);
  unite_equal(cuts);
}

static MsThresholdCut
cut_of(const MsCell *cell, MsRole actual)
{
  MsThresholdCut cut = {.step = cell->predicted};

  if (actual == MS_ROLE_CLASS)
    cut.n_positive = cell->count;
  else
    cut.n_negative = cell->count;
  return cut;
}

/* Cells of one actual id. */
typedef struct {
  const MsCell *next;
  const MsCell *end;
  MsRole role;
} Run;

static Run
take_run(const MsRules *rules, const MsCell *cells, const MsCell *end)
{
  Run run = {.next = cells, .end = cells};

  while (run.end < end && run.end->actual == cells->actual)
    run.end++;
  if (cells < end)
    run.role = ms_rules_actual_role(rules, cells->actual);
  return run;
}

static void
append_run(MsThresholdCuts *cuts, const Run *run)
{
  for (const MsCell *cell = run->next; cell < run->end; cell++)
    cuts->items[cuts->n_items++] = cut_of(cell, run->role);
}

/* What nearly every example is: pixels of background and of one other id. */
static void
merge_runs(MsThresholdCuts *cuts, Run first, Run second)
{
  while (first.next < first.end && second.next < second.end) {
    Run *lower = first.next->predicted <= second.next->predicted ? &first : &second;

    cuts->items[cuts->n_items++] = cut_of(lower->next++, lower->role);
  }
  append_run(cuts, &first);
  append_run(cuts, &second);
  unite_equal(cuts);
}

/* The next run of pixels that count; none: an empty one. */
static Run
next_run(const MsRules *rules, const MsCell *cells, const MsCell *end)
{
  Run run = take_run(rules, cells, end);

  while (run.role == MS_ROLE_IGNORED && run.end < end)
    run = take_run(rules, run.end, end);
  if (run.role == MS_ROLE_IGNORED)
    run.next = run.end;
  return run;
}

MsStatus
ms_threshold_cuts_of_cells(MsThresholdCuts *cuts, const MsRules *rules, const MsCell *cells,
                           size_t n_cells)
{
  const MsCell *end = cells + n_cells;
  Run first, second, other;
  MsStatus status;

  cuts->n_items = 0;
  cuts->wrong_below = 0;
  if (rules->comparison != MS_COMPARE_THRESHOLD)
    return MS_STATUS_INVALID;
  status = reserve(cuts, n_cells);
  if (status != MS_STATUS_OK)
    return status;
  first = next_run(rules, cells, end);
  second = next_run(rules, first.end, end);
  other = next_run(rules, second.end, end);
  if (other.next == other.end) {
    merge_runs(cuts, first, second);
    return MS_STATUS_OK;
  }
  for (Run run = first; run.next < run.end; run = next_run(rules, run.end, end))
    append_run(cuts, &run);
  ms_threshold_cuts_join(cuts);
  return MS_STATUS_OK;
}

/* --- sums ------------------------------------------------------------------------------------- */

MsStatus
ms_threshold_sums_new(size_t n_steps, MsEmptyRule empty, MsThresholdSums **sums)
{
  MsThresholdSums *made;
  size_t n_blocks = n_steps / BLOCK_STEPS + 1, n_bins, size;

  if (!ms_size_mul(n_blocks, BLOCK_STEPS, &n_bins) || !ms_size_mul(n_bins, sizeof(Bin), &size))
    return MS_STATUS_TOO_LARGE;
  made = calloc(1, sizeof *made);
  if (!made)
    return MS_STATUS_NO_MEMORY;
  *made = (MsThresholdSums){.empty = empty,
                            .n_steps = n_steps,
                            .bins = calloc(1, size),
                            .blocks = calloc(n_blocks, sizeof(Bin))};
  if (!made->bins || !made->blocks) {
    ms_threshold_sums_free(made);
    return MS_STATUS_NO_MEMORY;
  }
  *sums = made;
  return MS_STATUS_OK;
}

void
ms_threshold_sums_free(MsThresholdSums *sums)
{
  if (!sums)
    return;
  free(sums->bins);
  free(sums->blocks);
  free(sums);
}

static void
add_bin(Bin *sum, const Bin *more)
{
  sum->tp += more->tp;
  sum->fp += more->fp;
  sum->iou += more->iou;
  sum->dice += more->dice;
  sum->n_in_mean += more->n_in_mean;
  sum->n_exact += more->n_exact;
}

static uint64_t
in_units(double ratio)
{
  return (uint64_t)(ratio * RATIO_ONE + 0.5);
}

/* What an example adds where so many of its pixels are predicted positive. */
static Bin
outcome_of(uint64_t tp, uint64_t fp, uint64_t n_positive, uint64_t n_negative, bool may_be_exact,
           MsEmptyRule empty)
{
  uint64_t n_union = n_positive + fp;
  Bin bin = {.tp = tp, .fp = fp, .n_exact = may_be_exact && tp == n_positive && fp == 0};

  if (n_union > 0) {
    bin.iou = in_units((double)tp / (double)n_union);
    bin.dice = in_units((double)(2 * tp) / (double)(tp + n_union));
    bin.n_in_mean = 1;
  } else if (n_negative > 0 && empty != MS_EMPTY_SKIP) {
    bin.iou = bin.dice = in_units(empty == MS_EMPTY_ONE);
    bin.n_in_mean = 1;
  }
  return bin;
}

static Bin
difference(const Bin *to, const Bin *from)
{
  return (Bin){.tp = to->tp - from->tp,
               .fp = to->fp - from->fp,
               .iou = to->iou - from->iou,
               .dice = to->dice - from->dice,
               .n_in_mean = to->n_in_mean - from->n_in_mean,
               .n_exact = to->n_exact - from->n_exact};
}

static void
add_at(MsThresholdSums *sums, size_t step, const Bin *change)
{
  add_bin(&sums->bins[step], change);
  add_bin(&sums->blocks[step / BLOCK_STEPS], change);
}

/* What changes at each step, added or taken off; sums wrap. */
static void
apply(MsThresholdSums *sums, const MsThresholdCuts *cuts, bool adds)
{
  const Bin nothing = {0};
  uint64_t n_positive = 0, n_negative = 0, tp, fp;
  size_t i = 0;
  Bin now, change;

  for (size_t k = 0; k < cuts->n_items; k++) {
    n_positive += cuts->items[k].n_positive;
    n_negative += cuts->items[k].n_negative;
  }
  tp = n_positive;
  fp = n_negative;
  if (cuts->n_items > 0 && cuts->items[0].step == 0) {
    tp -= cuts->items[0].n_positive;
    fp -= cuts->items[0].n_negative;
    i = 1;
  }
  now = outcome_of(tp, fp, n_positive, n_negative, cuts->wrong_below == 0, sums->empty);
  change = adds ? now : difference(&nothing, &now);
  add_at(sums, 0, &change);
  for (; i < cuts->n_items && cuts->items[i].step < sums->n_steps; i++) {
    Bin before = now;

    tp -= cuts->items[i].n_positive;
    fp -= cuts->items[i].n_negative;
    now = outcome_of(tp, fp, n_positive, n_negative, cuts->items[i].step >= cuts->wrong_below,
                     sums->empty);
    change = adds ? difference(&now, &before) : difference(&before, &now);
    add_at(sums, cuts->items[i].step, &change);
  }
  sums->n_positive += adds ? n_positive : -n_positive;
  sums->n_negative += adds ? n_negative : -n_negative;
  sums->n_scored += adds ? 1 : -UINT64_C(1);
}

void
ms_threshold_sums_add(MsThresholdSums *sums, const MsThresholdCuts *cuts)
{
  apply(sums, cuts, true);
}

void
ms_threshold_sums_remove(MsThresholdSums *sums, const MsThresholdCuts *cuts)
{
  apply(sums, cuts, false);
}

MsThresholdPoint
ms_threshold_point_of_example(const MsCounts *counts, bool exact, MsEmptyRule empty)
{
  Bin bin = outcome_of(counts->tp, counts->fp, counts->tp + counts->fn, counts->fp + counts->tn,
                       exact, empty);

  return (MsThresholdPoint){.counts = *counts,
                            .n_scored = 1,
                            .n_exact = bin.n_exact,
                            .n_in_mean = bin.n_in_mean,
                            .iou = bin.iou,
                            .dice = bin.dice};
}

/* sum: of all bins up to a step. */
static void
add_to_point(const MsThresholdSums *sums, const Bin *sum, MsThresholdPoint *point)
{
  ms_counts_add(&point->counts, &(MsCounts){.tp = sum->tp,
                                            .fp = sum->fp,
                                            .fn = sums->n_positive - sum->tp,
                                            .tn = sums->n_negative - sum->fp});
  point->n_scored += sums->n_scored;
  point->n_exact += sum->n_exact;
  point->n_in_mean += sum->n_in_mean;
  point->iou += sum->iou;
  point->dice += sum->dice;
}

void
ms_threshold_sums_add_points(const MsThresholdSums *sums, MsThresholdPoint *points)
{
  Bin sum = {0};

  for (size_t step = 0; step < sums->n_steps; step++) {
    add_bin(&sum, &sums->bins[step]);
    add_to_point(sums, &sum, &points[step]);
  }
}

void
ms_threshold_sums_add_point(const MsThresholdSums *sums, size_t step, MsThresholdPoint *point)
{
  size_t block = step / BLOCK_STEPS;
  Bin sum = {0};

  for (size_t i = 0; i < block; i++)
    add_bin(&sum, &sums->blocks[i]);
  for (size_t i = block * BLOCK_STEPS; i <= step; i++)
    add_bin(&sum, &sums->bins[i]);
  add_to_point(sums, &sum, point);
}

static MsValue
mean_of(double sum, uint64_t n)
{
  if (n == 0)
    return (MsValue){.defined = false};
  return (MsValue){.value = sum / (double)n, .defined = true};
}

static MsValue
pooled_of(const MsCounts *counts, MsEmptyRule empty, MsSetMetric metric)
{
  if (counts->tp + counts->fp + counts->fn + counts->tn == 0)
    return (MsValue){.defined = false};
  if (metric == MS_SET_METRIC_HAMMING)
    return ms_score_accuracy(counts);
  return metric == MS_SET_METRIC_DICE_POOLED ? ms_score_dice(counts, empty)
                                             : ms_score_iou(counts, empty);
}

MsValue
ms_threshold_point_value(const MsThresholdPoint *point, MsEmptyRule empty, MsSetMetric metric)
{
  switch (metric) {
  case MS_SET_METRIC_IOU_MEAN:
    return mean_of((double)point->iou / RATIO_ONE, point->n_in_mean);
  case MS_SET_METRIC_DICE_MEAN:
    return mean_of((double)point->dice / RATIO_ONE, point->n_in_mean);
  case MS_SET_METRIC_EXACT_RATIO:
    return mean_of((double)point->n_exact, point->n_scored);
  default:
    return pooled_of(&point->counts, empty, metric);
  }
}
