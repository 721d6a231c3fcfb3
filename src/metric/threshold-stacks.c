/* SPDX-License-Identifier: MIT
 *
 * Cuts of a pair of stacks: each class of a pixel is positive up to the step of its predicted
 * score. A predicted class that is none makes its pixel wrong where nothing else is predicted on
 * it; where nothing is there either, no count tells, and `wrong_below` does.
 */
#include "metric/threshold-sums.h"

#include <math.h>

#include "metric/stack-sieve.h"

/* Cuts are joined when there are so many times as many as steps: cells and their classes may be
 * many millions. */
#define JOIN_AT 16

typedef struct {
  MsThresholdCuts *cuts;
  const MsRules *rules;
  int64_t class_id; /* -1: all but background */
  uint32_t n_steps;
} Cutter;

/* The first step that a score is not above. */
static uint32_t
step_of_score(uint32_t n_steps, uint32_t score)
{
  double last = n_steps - 1;
  uint32_t step = (uint32_t)ceil((double)score / MS_STACK_MAXIMUM * last);

  while (step > 0 && score <= ms_threshold_sample((step - 1) / last, MS_STACK_MAXIMUM))
    step--;
  while (step < n_steps && score > ms_threshold_sample(step / last, MS_STACK_MAXIMUM))
    step++;
  return step;
}

static MsStatus
append(Cutter *cutter, uint32_t step, uint64_t n_positive, uint64_t n_negative)
{
  MsThresholdCut cut = {.step = step, .n_positive = n_positive, .n_negative = n_negative};

  if (cutter->cuts->n_items / JOIN_AT > cutter->n_steps)
    ms_threshold_cuts_join(cutter->cuts);
  return ms_threshold_cuts_append(cutter->cuts, cut);
}

static bool
is_wanted(const Cutter *cutter, uint32_t class_id)
{
  if (cutter->class_id >= 0)
    return class_id == cutter->class_id;
  return class_id != ms_rules_background(cutter->rules);
}

/* A class of a cell; a score is 0 where it is not predicted. */
static MsStatus
cut_class(Cutter *cutter, uint32_t class_id, bool is_actual, uint32_t score, uint64_t count)
{
  uint32_t step = score ? step_of_score(cutter->n_steps, score) : 0;

  if (!is_wanted(cutter, class_id))
    return MS_STATUS_OK;
  if (is_actual)
    return append(cutter, step, count, 0);
  return ms_rules_is_class(cutter->rules, class_id) ? append(cutter, step, 0, count) : MS_STATUS_OK;
}

/* Two stacks, walked side by side. */
static MsStatus
cut_pair(Cutter *cutter, const MsStackPair *pair, uint64_t count)
{
  MsStatus status = MS_STATUS_OK;
  size_t a = 0, p = 0;

  while (status == MS_STATUS_OK && (a < pair->n_actual || p < pair->n_predicted)) {
    bool is_actual =
        a < pair->n_actual &&
        (p == pair->n_predicted || pair->actual[a].class_id <= pair->predicted[p].class_id);
    uint32_t id = is_actual ? pair->actual[a].class_id : pair->predicted[p].class_id;
    bool is_predicted = p < pair->n_predicted && pair->predicted[p].class_id == id;

    status = cut_class(cutter, id, is_actual, is_predicted ? pair->predicted[p].score : 0, count);
    a += is_actual;
    p += is_predicted;
  }
  return status;
}

/* Where no class is, a predicted one that is none is an error that no count has. */
static void
raise_wrong_below(Cutter *cutter, const MsStackPair *pair)
{
  uint32_t of_classes = 0, of_others = 0, step;

  for (size_t i = 0; i < pair->n_actual; i++)
    if (is_wanted(cutter, pair->actual[i].class_id))
      return;
  for (size_t i = 0; i < pair->n_predicted; i++) {
    const MsStackItem *item = &pair->predicted[i];
    uint32_t *most = ms_rules_is_class(cutter->rules, item->class_id) ? &of_classes : &of_others;

    if (item->score > *most)
      *most = item->score;
  }
  if (of_others <= of_classes)
    return;
  step = step_of_score(cutter->n_steps, of_others);
  if (step > cutter->cuts->wrong_below)
    cutter->cuts->wrong_below = step;
}

static MsStatus
cut_cell(Cutter *cutter, const MsStackPair *pair, uint64_t count, uint64_t *n_counted)
{
  MsRole role = ms_stack_actual_role(cutter->rules, pair->actual, pair->n_actual);

  if (role == MS_ROLE_UNKNOWN)
    return MS_STATUS_UNKNOWN_ID;
  if (role == MS_ROLE_IGNORED)
    return MS_STATUS_OK;
  *n_counted += count;
  if (cutter->class_id < 0)
    raise_wrong_below(cutter, pair);
  return cut_pair(cutter, pair, count);
}

/* What is counted and of no class at any step: only of one class are these true negatives. */
static MsStatus
finish(Cutter *cutter, uint64_t n_counted)
{
  MsThresholdCuts *cuts = cutter->cuts;
  uint64_t n_cut = 0;
  MsStatus status = MS_STATUS_OK;

  for (size_t i = 0; i < cuts->n_items; i++)
    n_cut += cuts->items[i].n_positive + cuts->items[i].n_negative;
  if (n_counted > n_cut)
    status = append(cutter, 0, 0, n_counted - n_cut);
  if (status == MS_STATUS_OK && cuts->wrong_below > 0)
    status = append(cutter, cuts->wrong_below, 0, 0);
  ms_threshold_cuts_join(cuts);
  return status;
}

MsStatus
ms_threshold_cuts_of_stacks(MsThresholdCuts *cuts, const MsRules *rules, const MsCell *cells,
                            size_t n_cells, const MsStacks *actual, const MsStacks *predicted,
                            int64_t class_id, uint32_t n_steps)
{
  Cutter cutter = {.cuts = cuts, .rules = rules, .class_id = class_id, .n_steps = n_steps};
  MsStatus status = MS_STATUS_OK;
  uint64_t n_counted = 0;

  cuts->n_items = 0;
  cuts->wrong_below = 0;
  if (rules->comparison != MS_COMPARE_STACKS || n_steps < 2)
    return MS_STATUS_INVALID;
  for (size_t i = 0; i < n_cells && status == MS_STATUS_OK; i++) {
    MsStackPair pair;

    if (cells[i].actual >= ms_stacks_count(actual) ||
        cells[i].predicted >= ms_stacks_count(predicted))
      return MS_STATUS_INVALID;
    pair.actual = ms_stacks_items(actual, cells[i].actual, &pair.n_actual);
    pair.predicted = ms_stacks_items(predicted, cells[i].predicted, &pair.n_predicted);
    status = cut_cell(&cutter, &pair, cells[i].count, &n_counted);
  }
  return status == MS_STATUS_OK ? finish(&cutter, n_counted) : status;
}
