/* SPDX-License-Identifier: MIT
 *
 * The accumulator: counts by kind, and tallies by class when there are several. Every change is
 * made ready on the side and then put in place at once, so that an error leaves everything as it
 * was and readers never meet half of it.
 */
#include "metric/confusion.h"

#include <stdlib.h>
#include <string.h>

#include "metric/outcome.h"
#include "metric/rules-private.h"
#include "metric/size.h"
#include "metric/tallies.h"

struct MsConfusion {
  MsRules rules; /* owns its arrays */
  MsKindCounts kinds;
  uint64_t n_chances;     /* to be of any one class: counted pixels, or label sets */
  MsClassTallies tallies; /* several classes only */
  MsClassCounts *classes;
  size_t n_classes;
  MsClassCounts foreground; /* one class only */
};

/* What one call adds. */
typedef struct {
  MsKindCounts kinds;
  uint64_t n_chances;
  MsClassTallies tallies; /* sorted */
} Addition;

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

static uint64_t
counted(const MsKindCounts *kinds)
{
  return kinds->tp + kinds->tn + kinds->fp + kinds->fn + kinds->confused;
}

static void
add_kinds(MsKindCounts *sum, const MsKindCounts *more)
{
  sum->tp += more->tp;
  sum->tn += more->tn;
  sum->fp += more->fp;
  sum->fn += more->fn;
  sum->confused += more->confused;
  sum->ignored += more->ignored;
}

static void
add_kind(MsKindCounts *kinds, MsKind kind, uint64_t count)
{
  switch (kind) {
  case MS_KIND_TN:
    kinds->tn += count;
    break;
  case MS_KIND_TP:
    kinds->tp += count;
    break;
  case MS_KIND_FP:
    kinds->fp += count;
    break;
  case MS_KIND_FN:
    kinds->fn += count;
    break;
  case MS_KIND_CONFUSED:
    kinds->confused += count;
    break;
  case MS_KIND_IGNORED:
    kinds->ignored += count;
    break;
  }
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
add_to_known_classes(MsConfusion *confusion, const Addition *addition)
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
add_to_classes(MsConfusion *confusion, const Addition *addition)
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
apply(MsConfusion *confusion, const Addition *addition)
{
  if (!has_one_class(confusion) && !add_to_known_classes(confusion, addition)) {
    MsStatus status = add_to_classes(confusion, addition);

    if (status != MS_STATUS_OK)
      return status;
  }
  add_kinds(&confusion->kinds, &addition->kinds);
  confusion->n_chances += addition->n_chances;
  confusion->foreground.counts = binary_counts(&confusion->kinds);
  return MS_STATUS_OK;
}

/* The tallies of one cell, at most two; returns how many. */
static size_t
tally_cell(const MsCell *cell, MsRole predicted_role, MsClassTally *tallies)
{
  bool right = cell->actual == cell->predicted;

  tallies[0] = (MsClassTally){
      .id = cell->actual, .tp = right ? cell->count : 0, .fn = right ? 0 : cell->count};
  if (right || predicted_role == MS_ROLE_NO_CLASS)
    return 1;
  tallies[1] = (MsClassTally){.id = cell->predicted, .fp = cell->count};
  return 2;
}

static MsStatus
add_cells(const MsRules *rules, const MsCell *cells, size_t n_cells, Addition *addition,
          uint32_t *unknown_id)
{
  bool by_class = rules->comparison == MS_COMPARE_CLASSES;
  size_t n_tallies = 0;

  for (size_t i = 0; i < n_cells; i++) {
    const MsCell *cell = &cells[i];
    MsRole actual = ms_rules_actual_role(rules, cell->actual);
    MsRole predicted = ms_rules_predicted_role(rules, cell->predicted);
    bool same = ms_rules_same_class(rules, cell->actual, cell->predicted);

    if (actual == MS_ROLE_UNKNOWN) {
      if (unknown_id)
        *unknown_id = cell->actual;
      return MS_STATUS_UNKNOWN_ID;
    }
    add_kind(&addition->kinds, ms_kind_of_roles(actual, predicted, same), cell->count);
    if (by_class && actual != MS_ROLE_IGNORED)
      n_tallies += tally_cell(cell, predicted, addition->tallies.items + n_tallies);
  }
  addition->n_chances = counted(&addition->kinds);
  addition->tallies.n_items = n_tallies;
  ms_tallies_sort(&addition->tallies);
  return MS_STATUS_OK;
}

MsStatus
ms_confusion_add_joint(MsConfusion *confusion, MsJoint *joint, uint32_t *unknown_id)
{
  Addition addition = {0};
  const MsCell *cells;
  size_t n_cells, most = 0;
  MsStatus status;

  if (confusion->rules.comparison == MS_COMPARE_LABELS)
    return MS_STATUS_INVALID;
  status = ms_joint_cells(joint, &cells, &n_cells);
  if (status != MS_STATUS_OK)
    return status;
  if (!has_one_class(confusion) && !ms_size_mul(n_cells, 2, &most))
    return MS_STATUS_TOO_LARGE;
  status = ms_tallies_alloc(&addition.tallies, most);
  if (status != MS_STATUS_OK)
    return status;

  status = add_cells(&confusion->rules, cells, n_cells, &addition, unknown_id);
  if (status == MS_STATUS_OK)
    status = apply(confusion, &addition);
  free(addition.tallies.items);
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

/* A label that either side has. */
static void
add_label(const MsRules *rules, uint32_t label, bool actual, bool predicted, Addition *addition)
{
  MsClassTally tally = {.id = label, .tp = actual && predicted, .fp = !actual, .fn = !predicted};

  if (!ms_rules_is_class(rules, label))
    return;
  addition->kinds.tp += tally.tp;
  addition->kinds.fp += tally.fp;
  addition->kinds.fn += tally.fn;
  addition->tallies.items[addition->tallies.n_items++] = tally;
}

/* Labels that neither side has are not looked at, however many there are: they follow from the
 * rest. */
static void
add_labels(const MsRules *rules, const MsLabelSet *actual, const MsLabelSet *predicted,
           Addition *addition)
{
  size_t n_labels = actual->n_labels, n_classes = ms_rules_count_labels(rules, n_labels);

  addition->tallies.n_items = 0;
  for (size_t first = 0; first < n_labels; first += MS_LABEL_WORD_BITS) {
    uint64_t a = actual->words[first / MS_LABEL_WORD_BITS];
    uint64_t p = predicted->words[first / MS_LABEL_WORD_BITS];

    for (uint64_t either = a | p; either; either &= either - 1) {
      int bit = __builtin_ctzll(either);

      add_label(rules, (uint32_t)first + (uint32_t)bit, a >> bit & 1, p >> bit & 1, addition);
    }
  }
  addition->n_chances = 1;
  addition->kinds.tn = n_classes - addition->tallies.n_items;
  addition->kinds.ignored = n_labels - n_classes;
}

MsStatus
ms_confusion_add_labels(MsConfusion *confusion, const MsLabelSet *actual,
                        const MsLabelSet *predicted)
{
  size_t most = ms_label_set_count(actual) + ms_label_set_count(predicted);
  Addition addition = {0};
  MsStatus status;

  if (confusion->rules.comparison != MS_COMPARE_LABELS)
    return MS_STATUS_INVALID;
  if (actual->n_labels != predicted->n_labels)
    return MS_STATUS_SIZE_MISMATCH;
  status = ms_tallies_alloc(&addition.tallies, most);
  if (status != MS_STATUS_OK)
    return status;

  add_labels(&confusion->rules, actual, predicted, &addition);
  status = apply(confusion, &addition);
  free(addition.tallies.items);
  return status;
}

MsStatus
ms_confusion_merge(MsConfusion *confusion, const MsConfusion *other)
{
  Addition addition = {
      .kinds = other->kinds, .n_chances = other->n_chances, .tallies = other->tallies};

  return apply(confusion, &addition);
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
  return counted(&confusion->kinds);
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
