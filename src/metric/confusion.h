/* SPDX-License-Identifier: MIT
 *
 * The mergeable accumulator of TP, FP, FN and TN per class under given rules. It is filled from
 * joint histograms (pixels) or label sets, for one example or a whole set, and answers every
 * score. 64-bit counts; merging is associative and commutative, so threads and tiles do not show.
 *
 * A pixel whose actual id is ignored adds to `ignored` only. A predicted id that is no class is a
 * miss (FN) of the true class and an FP of none. A pixel of one class taken for another is an FN of
 * the first and an FP of the second. Where a pixel may be of several classes (STACKS), each class
 * is counted by itself: it is a TP of those that both sides have, an FN of those that the actual
 * side alone has, an FP of those that the predicted one alone has.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "metric/joint.h"
#include "metric/kinds.h"
#include "metric/labels.h"
#include "metric/metrics.h"
#include "metric/rules.h"
#include "metric/score.h"
#include "metric/stacks.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct MsConfusion MsConfusion;

/* Binary and threshold comparisons know one class, with this id. */
#define MS_FOREGROUND_ID 1u

typedef struct {
  uint32_t id;
  MsCounts counts; /* one class against the rest of the counted pixels; `ignored` is 0 here */
} MsClassCounts;

/* Copies what it needs of the rules. Errors: NO_MEMORY. */
MsStatus ms_confusion_new(const MsRules *rules, MsConfusion **confusion);
void ms_confusion_free(MsConfusion *confusion); /* NULL is fine */

/* Adds the cells of a joint of ids or values. INVALID: the rules compare label sets or stacks.
 * UNKNOWN_ID: *unknown_id (may be NULL) names the first actual id that the rules do not know, and
 * the confusion is as before. */
MsStatus ms_confusion_add_joint(MsConfusion *confusion, MsJoint *joint, uint32_t *unknown_id);

/* The same of cells in ascending order of (actual, predicted), each pair once, counts not 0. */
MsStatus ms_confusion_add_cells(MsConfusion *confusion, const MsCell *cells, size_t n_cells,
                                uint32_t *unknown_id);

/* Adds the cells of a joint of stack numbers, under rules of comparison STACKS, else INVALID. A
 * pixel on which a class lies that is ignored (or unlisted, with ignore_unlisted) adds to `ignored`
 * alone. A predicted class that is none is left out of account where another predicted class of the
 * pixel is one, else as above. UNKNOWN_ID as above, of an actual class. A stack number that is not
 * there: INVALID, and the confusion is as before. */
MsStatus ms_confusion_add_stacks(MsConfusion *confusion, MsJoint *joint, const MsStacks *actual,
                                 const MsStacks *predicted, uint32_t *unknown_id);

/* The same of cells, as above. */
MsStatus ms_confusion_add_stack_cells(MsConfusion *confusion, const MsCell *cells, size_t n_cells,
                                      const MsStacks *actual, const MsStacks *predicted,
                                      uint32_t *unknown_id);

/* Counts a pair of rasters: a joint of it, then ms_confusion_add_joint(). */
MsStatus ms_confusion_add_rasters(MsConfusion *confusion, const MsRaster *actual,
                                  const MsRaster *predicted, const MsControl *control,
                                  uint32_t *unknown_id);

/* Counts one example of label sets, under rules of comparison LABELS, else INVALID. Both sets over
 * the same number of labels, else SIZE_MISMATCH; all examples of a confusion, and of those merged
 * into it, have that number. A label that is ignored or no class adds to `ignored` only. */
MsStatus ms_confusion_add_labels(MsConfusion *confusion, const MsLabelSet *actual,
                                 const MsLabelSet *predicted);

/* Makes it what one example with these counts is; none are confused. INVALID: there are several
 * classes. */
MsStatus ms_confusion_set_kinds(MsConfusion *confusion, const MsKindCounts *kinds);

/* Adds `other`, made with the same rules. */
MsStatus ms_confusion_merge(MsConfusion *confusion, const MsConfusion *other);

/* Takes off what was merged before, so that it is as if it never was. INVALID, with nothing
 * changed: it cannot have been. */
MsStatus ms_confusion_unmerge(MsConfusion *confusion, const MsConfusion *other);

/* The headline counts. Binary: the positive class, with TN. Several classes: TP, FP, FN summed over
 * all classes but background; TN does not exist (ms_confusion_has_tn) and is 0. */
MsCounts ms_confusion_counts(const MsConfusion *confusion);
bool ms_confusion_has_tn(const MsConfusion *confusion);

/* What its rules compare. */
MsComparison ms_confusion_comparison(const MsConfusion *confusion);

/* Whether an id is that of background, whose counts are no headline ones. */
bool ms_confusion_is_background(const MsConfusion *confusion, uint32_t id);

/* Classes that occur in actual or predicted (background too, ignored ones not), ascending by id;
 * lent until the next change. Binary: the positive class alone, always there. */
const MsClassCounts *ms_confusion_classes(const MsConfusion *confusion, size_t *n_classes);

MsKindCounts ms_confusion_kinds(const MsConfusion *confusion);

/* Counted pixels (or labels), and how many of them are wrong. */
uint64_t ms_confusion_counted(const MsConfusion *confusion);
uint64_t ms_confusion_wrong(const MsConfusion *confusion);

/* No counted pixel differs. True when nothing is counted. */
bool ms_confusion_exact(const MsConfusion *confusion);

/* A score of the example, from the headline counts (accuracy: right / counted pixels). Nothing
 * counted: undefined, but exact match 1. */
MsValue ms_confusion_score(const MsConfusion *confusion, MsMetric metric);

/* The same of one class against the rest. */
MsValue ms_class_score(const MsClassCounts *counts, MsMetric metric, MsEmptyRule empty);

#ifdef __cplusplus
}
#endif
