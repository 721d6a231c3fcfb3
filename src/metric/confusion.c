/* SPDX-License-Identifier: MIT
 *
 * The accumulator: counts by kind, and tallies by class when there are several. Every change is
 * made ready on the side and then put in place at once, so that an error leaves everything as it
 * was and readers never meet half of it.
 */
#include "metric/confusion.h"

#include <stdlib.h>
#include <string.h>

#include "metric/addition.h"
#include "metric/kind-counts.h"
#include "metric/outcome.h"
#include "metric/rules-private.h"

struct MsConfusion {
  MsRules rules; /* owns its arrays */
  MsKindCounts kinds;
  uint64_t n_chances;     /* to be of any one class: counted pixels, or label sets */
  MsClassTallies tallies; /* several classes only */
  MsClassCounts *classes;
  size_t n_classes;
  MsClassCounts foreground; /* one class only */
};

static bool
has_one_class(const MsConfusion *confusion)
{
  return !ms_comparison_has_classes(confusion->rules.comparison);
}

MsStatus
ms_confusion_new(const MsRules *rules, MsConfusion **confusion)
{
  MsConfusion *made = calloc(1, sizeof *made);
  MsStatus status;

  if (!made)
    return MS_STATUS_NO_MEMORY;
  status = ms_rules_copy(rules, &made->rules);
  if (status != MS_STATUS_OK) {
    free(made);
    return status;
  }
  made->foreground.id = MS_FOREGROUND_ID;
  *confusion = made;
  return MS_STATUS_OK;
}

void
ms_confusion_free(MsConfusion *confusion)
{
  if (!confusion)
    return;
  ms_rules_clear_copy(&confusion->rules);
  free(confusion->tallies.items);
  free(confusion->classes);
  free(confusion);
}

static MsCounts
binary_counts(const MsKindCounts *kinds)
{
  return (MsCounts){.tp = kinds->tp, .fp = kinds->fp, .fn = kinds->fn, .tn = kinds->tn};
}

static uint64_t
touched_by(const MsClassTally *tally)
{
  return tally->tp + tally->fp + tally->fn;
}

static MsClassCounts
class_of(const MsClassTally *tally, uint64_t n_chances)
{
  return (MsClassCounts){
      .id = tally->id,
      .counts = {
          .tp = tally->tp, .fp = tally->fp, .fn = tally->fn, .tn = n_chances - touched_by(tally)}};
}

/* The tallies of classes that occur, each against the rest of n_chances. */
static MsStatus
list_classes(const MsClassTallies *tallies, uint64_t n_chances, MsClassCounts **classes,
             size_t *n_classes)
{
  MsClassCounts *made = NULL;
  size_t n = 0;

  if (tallies->n_items > 0) {
    made = calloc(tallies->n_items, sizeof *made);
    if (!made)
      return MS_STATUS_NO_MEMORY;
  }
  for (size_t i = 0; i < tallies->n_items; i++) {
    if (touched_by(&tallies->items[i]) > 0)
      made[n++] = class_of(&tallies->items[i], n_chances);
  }
  *classes = made;
  *n_classes = n;
  return MS_STATUS_OK;
}

/* Without memory, as in most of a set's merges; false, with nothing changed: there is a class that
 * did not occur yet. */
static bool
add_to_known_classes(MsConfusion *confusion, const MsAddition *addition)
{
  const MsClassTallies *tallies = &confusion->tallies;

  if (confusion->n_classes != tallies->n_items ||
      !ms_tallies_add(&confusion->tallies, &addition->tallies))
    return false;
  for (size_t i = 0; i < confusion->n_classes; i++)
    confusion->classes[i] =
        class_of(&tallies->items[i], confusion->n_chances + addition->n_chances);
  return true;
}

static MsStatus
add_to_classes(MsConfusion *confusion, const MsAddition *addition)
{
  MsClassTallies tallies;
  MsClassCounts *classes;
  size_t n_classes;
  MsStatus status = ms_tallies_sum(&confusion->tallies, &addition->tallies, &tallies);

  if (status != MS_STATUS_OK)
    return status;
  status = list_classes(&tallies, confusion->n_chances + addition->n_chances, &classes, &n_classes);
  if (status != MS_STATUS_OK) {
    free(tallies.items);
    return status;
  }
  free(confusion->tallies.items);
  free(confusion->classes);
  confusion->tallies = tallies;
  confusion->classes = classes;
  confusion->n_classes = n_classes;
  return MS_STATUS_OK;
}

static MsStatus
apply(MsConfusion *confusion, const MsAddition *addition)
{
  if (!has_one_class(confusion) && !add_to_known_classes(confusion, addition)) {
    MsStatus status = add_to_classes(confusion, addition);

    if (status != MS_STATUS_OK)
      return status;
  }
  ms_kind_counts_merge(&confusion->kinds, &addition->kinds);
  confusion->n_chances += addition->n_chances;
  confusion->foreground.counts = binary_counts(&confusion->kinds);
  return MS_STATUS_OK;
}

MsStatus
ms_confusion_add_cells(MsConfusion *confusion, const MsCell *cells, size_t n_cells,
                       uint32_t *unknown_id)
{
  MsComparison comparison = confusion->rules.comparison;
  MsAddition addition = {0};
  MsStatus status;

  if (comparison == MS_COMPARE_LABELS || comparison == MS_COMPARE_STACKS)
    return MS_STATUS_INVALID;
  status = ms_addition_of_ids(&addition, &confusion->rules, cells, n_cells, unknown_id);
  if (status == MS_STATUS_OK)
    status = apply(confusion, &addition);
  ms_addition_clear(&addition);
  return status;
}

MsStatus
ms_confusion_add_joint(MsConfusion *confusion, MsJoint *joint, uint32_t *unknown_id)
{
  const MsCell *cells;
  size_t n_cells;
  MsStatus status = ms_joint_cells(joint, &cells, &n_cells);

  if (status == MS_STATUS_OK)
    status = ms_confusion_add_cells(confusion, cells, n_cells, unknown_id);
  return status;
}

MsStatus
ms_confusion_add_stack_cells(MsConfusion *confusion, const MsCell *cells, size_t n_cells,
                             const MsStacks *actual, const MsStacks *predicted,
                             uint32_t *unknown_id)
{
  MsAddition addition = {0};
  MsStatus status;

  if (confusion->rules.comparison != MS_COMPARE_STACKS)
    return MS_STATUS_INVALID;
  status = ms_addition_of_stacks(&addition, &confusion->rules, cells, n_cells, actual, predicted,
                                 unknown_id);
  if (status == MS_STATUS_OK)
    status = apply(confusion, &addition);
  ms_addition_clear(&addition);
  return status;
}

MsStatus
ms_confusion_add_stacks(MsConfusion *confusion, MsJoint *joint, const MsStacks *actual,
                        const MsStacks *predicted, uint32_t *unknown_id)
{
  const MsCell *cells;
  size_t n_cells;
  MsStatus status = ms_joint_cells(joint, &cells, &n_cells);

  if (status == MS_STATUS_OK)
    status = ms_confusion_add_stack_cells(confusion, cells, n_cells, actual, predicted, unknown_id);
  return status;
}

MsStatus
ms_confusion_add_rasters(MsConfusion *confusion, const MsRaster *actual, const MsRaster *predicted,
                         const MsControl *control, uint32_t *unknown_id)
{
  MsJoint *joint;
  MsStatus status = ms_joint_new(&joint);

  if (status != MS_STATUS_OK)
    return status;
  status = ms_joint_add(joint, actual, predicted, control);
  if (status == MS_STATUS_OK)
    status = ms_confusion_add_joint(confusion, joint, unknown_id);
  ms_joint_free(joint);
  return status;
}

MsStatus
ms_confusion_add_labels(MsConfusion *confusion, const MsLabelSet *actual,
                        const MsLabelSet *predicted)
{
  MsAddition addition = {0};
  MsStatus status;

  if (confusion->rules.comparison != MS_COMPARE_LABELS)
    return MS_STATUS_INVALID;
  if (actual->n_labels != predicted->n_labels)
    return MS_STATUS_SIZE_MISMATCH;
  status = ms_addition_of_labels(&addition, &confusion->rules, actual, predicted);
  if (status == MS_STATUS_OK)
    status = apply(confusion, &addition);
  ms_addition_clear(&addition);
  return status;
}

MsStatus
ms_confusion_set_kinds(MsConfusion *confusion, const MsKindCounts *kinds)
{
  if (!has_one_class(confusion))
    return MS_STATUS_INVALID;
  confusion->kinds = *kinds;
  confusion->n_chances = ms_kind_counts_counted(kinds);
  confusion->foreground.counts = binary_counts(kinds);
  return MS_STATUS_OK;
}

MsStatus
ms_confusion_merge(MsConfusion *confusion, const MsConfusion *other)
{
  MsAddition addition = {
      .kinds = other->kinds, .n_chances = other->n_chances, .tallies = other->tallies};

  return apply(confusion, &addition);
}

static bool
holds(const MsConfusion *confusion, const MsConfusion *other)
{
  const MsKindCounts *sum = &confusion->kinds, *part = &other->kinds;

  return sum->tp >= part->tp && sum->tn >= part->tn && sum->fp >= part->fp && sum->fn >= part->fn &&
         sum->confused >= part->confused && sum->ignored >= part->ignored &&
         confusion->n_chances >= other->n_chances;
}

/* Of classes that occur still; there are no more of them than there were. */
static void
list_left(MsConfusion *confusion)
{
  size_t n = 0;

  for (size_t i = 0; i < confusion->tallies.n_items; i++)
    if (touched_by(&confusion->tallies.items[i]) > 0)
      confusion->classes[n++] = class_of(&confusion->tallies.items[i], confusion->n_chances);
  confusion->n_classes = n;
}

MsStatus
ms_confusion_unmerge(MsConfusion *confusion, const MsConfusion *other)
{
  if (!holds(confusion, other) || !ms_tallies_subtract(&confusion->tallies, &other->tallies))
    return MS_STATUS_INVALID;
  ms_kind_counts_unmerge(&confusion->kinds, &other->kinds);
  confusion->n_chances -= other->n_chances;
  confusion->foreground.counts = binary_counts(&confusion->kinds);
  list_left(confusion);
  return MS_STATUS_OK;
}

MsCounts
ms_confusion_counts(const MsConfusion *confusion)
{
  MsCounts counts = {0};

  if (has_one_class(confusion)) {
    counts = binary_counts(&confusion->kinds);
  } else {
    for (size_t i = 0; i < confusion->n_classes; i++) {
      if (confusion->classes[i].id != ms_rules_background(&confusion->rules))
        ms_counts_add(&counts, &confusion->classes[i].counts);
    }
    counts.tn = 0;
  }
  counts.ignored = confusion->kinds.ignored;
  return counts;
}

bool
ms_confusion_has_tn(const MsConfusion *confusion)
{
  return has_one_class(confusion);
}

MsComparison
ms_confusion_comparison(const MsConfusion *confusion)
{
  return confusion->rules.comparison;
}

bool
ms_confusion_is_background(const MsConfusion *confusion, uint32_t id)
{
  return !has_one_class(confusion) && id == ms_rules_background(&confusion->rules);
}

const MsClassCounts *
ms_confusion_classes(const MsConfusion *confusion, size_t *n_classes)
{
  *n_classes = has_one_class(confusion) ? 1 : confusion->n_classes;
  return has_one_class(confusion) ? &confusion->foreground : confusion->classes;
}

MsKindCounts
ms_confusion_kinds(const MsConfusion *confusion)
{
  return confusion->kinds;
}

uint64_t
ms_confusion_counted(const MsConfusion *confusion)
{
  return ms_kind_counts_counted(&confusion->kinds);
}

uint64_t
ms_confusion_wrong(const MsConfusion *confusion)
{
  return confusion->kinds.fp + confusion->kinds.fn + confusion->kinds.confused;
}

bool
ms_confusion_exact(const MsConfusion *confusion)
{
  return ms_confusion_wrong(confusion) == 0;
}

static MsValue
score_counts(const MsCounts *counts, MsMetric metric, MsEmptyRule empty)
{
  switch (metric) {
  case MS_METRIC_IOU:
    return ms_score_iou(counts, empty);
  case MS_METRIC_DICE:
    return ms_score_dice(counts, empty);
  case MS_METRIC_PRECISION:
    return ms_score_precision(counts, empty);
  case MS_METRIC_RECALL:
    return ms_score_recall(counts, empty);
  case MS_METRIC_ACCURACY:
    return ms_score_accuracy(counts);
  case MS_METRIC_EXACT_MATCH:
    return (MsValue){.value = counts->fp + counts->fn == 0, .defined = true};
  case MS_N_METRICS:
    break;
  }
  return (MsValue){.defined = false};
}

MsValue
ms_confusion_score(const MsConfusion *confusion, MsMetric metric)
{
  MsCounts counts = ms_confusion_counts(confusion);
  uint64_t n_counted = ms_confusion_counted(confusion);
  uint64_t n_wrong = ms_confusion_wrong(confusion);

  if (metric == MS_METRIC_EXACT_MATCH)
    return (MsValue){.value = n_wrong == 0, .defined = true};
  if (n_counted == 0)
    return (MsValue){.defined = false};
  if (metric == MS_METRIC_ACCURACY)
    return (MsValue){.value = (double)(n_counted - n_wrong) / (double)n_counted, .defined = true};
  return score_counts(&counts, metric, confusion->rules.empty);
}

MsOutcome
ms_confusion_outcome(const MsConfusion *confusion)
{
  MsOutcome outcome = {.counts = ms_confusion_counts(confusion),
                       .n_counted = ms_confusion_counted(confusion),
                       .n_wrong = ms_confusion_wrong(confusion)};

  if (outcome.n_counted > 0) {
    outcome.iou = ms_score_iou(&outcome.counts, confusion->rules.empty);
    outcome.dice = ms_score_dice(&outcome.counts, confusion->rules.empty);
  }
  return outcome;
}

MsValue
ms_class_score(const MsClassCounts *counts, MsMetric metric, MsEmptyRule empty)
{
  const MsCounts *c = &counts->counts;

  if (metric != MS_METRIC_EXACT_MATCH && c->tp + c->fp + c->fn + c->tn == 0)
    return (MsValue){.defined = false};
  return score_counts(c, metric, empty);
}
