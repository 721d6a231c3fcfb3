/* SPDX-License-Identifier: MIT
 *
 * What a unit of a sample is worth: sums over its examples, so that every set score but the mean
 * over classes is a ratio of two sums over units, and TP, FP and FN by class for that one. Both
 * ways to an interval read it: metric/bootstrap.c weighs the units, metric/linearise.c looks how
 * far each lies from the whole.
 */
#pragma once

#include "metric/sample.h"
#include "metric/tallies.h"
#include "metric/totals.h"

#pragma GCC visibility push(hidden)

/* Doubles hold counts exactly up to 2^53: a thousand million images of nine megapixels. */
typedef enum {
  MS_SUM_IOU, /* of the examples that have one */
  MS_SUM_DICE,
  MS_SUM_IN_MEAN, /* examples that have an IoU, and so a Dice */
  MS_SUM_TP,      /* headline counts */
  MS_SUM_UNION,   /* TP + FP + FN */
  MS_SUM_EXACT,
  MS_SUM_SCORED,
  MS_SUM_RIGHT,
  MS_SUM_COUNTED,
  MS_N_SUMS
} MsSum;

typedef struct {
  double sums[MS_N_SUMS]; /* none SCORED: no unit */
  size_t first_class;     /* in the sample's block; several classes only */
  size_t n_classes;
} MsUnit;

struct MsSample {
  MsTotals *totals;
  MsComparison comparison;
  MsEmptyRule empty;
  int64_t background; /* -1: none */
  bool background_in_mean;
  MsUnit *units;
  size_t n_places; /* units and those without an example */
  size_t n_units;
  size_t n_cells;        /* classes that units hold, in all */
  MsClassTallies block;  /* all units' classes; a list that grew leaves its old place unused */
  size_t block_capacity; /* of which n_items are taken */
};

/* The classes of a unit, ascending by id; lent until the next example. */
static inline MsClassTallies
ms_sample_unit_classes(const MsSample *sample, const MsUnit *unit)
{
  return (MsClassTallies){.items =
                              unit->n_classes > 0 ? sample->block.items + unit->first_class : NULL,
                          .n_items = unit->n_classes};
}

/* A score is numerator / denominator of sums; not for MIOU. */
typedef struct {
  double numerator;
  double denominator;
} MsRatio;

static inline MsRatio
ms_sums_ratio(const double *sums, MsSetMetric metric)
{
  switch (metric) {
  case MS_SET_METRIC_IOU_MEAN:
    return (MsRatio){sums[MS_SUM_IOU], sums[MS_SUM_IN_MEAN]};
  case MS_SET_METRIC_DICE_MEAN:
    return (MsRatio){sums[MS_SUM_DICE], sums[MS_SUM_IN_MEAN]};
  case MS_SET_METRIC_DICE_POOLED:
    return (MsRatio){2 * sums[MS_SUM_TP], sums[MS_SUM_TP] + sums[MS_SUM_UNION]};
  case MS_SET_METRIC_EXACT_RATIO:
    return (MsRatio){sums[MS_SUM_EXACT], sums[MS_SUM_SCORED]};
  case MS_SET_METRIC_HAMMING:
    return (MsRatio){sums[MS_SUM_RIGHT], sums[MS_SUM_COUNTED]};
  default:
    return (MsRatio){sums[MS_SUM_TP], sums[MS_SUM_UNION]};
  }
}

/* Whether the mean over classes is one, and not the pooled IoU of the only class. */
static inline bool
ms_sample_has_classes(const MsSample *sample)
{
  return ms_comparison_has_classes(sample->comparison);
}

/* The classes of all units, ascending by id, and whether the mean over classes takes one in. */
const MsClassCounts *ms_sample_classes(const MsSample *sample, size_t *n_classes);
bool ms_sample_takes_in(const MsSample *sample, const MsClassCounts *counts);

/* Where a unit's class is in ms_sample_classes(). Units list theirs in the same order, so that it
 * is at `from` or later: the place after that of the class before. */
size_t ms_sample_class_index(const MsClassCounts *classes, size_t n_classes, size_t from,
                             uint32_t id);

#pragma GCC visibility pop
