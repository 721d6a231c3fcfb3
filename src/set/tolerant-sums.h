/* SPDX-License-Identifier: MIT
 *
 * What the scores of examples at one tolerance add up to. Whole numbers, ratios in units of 2^-36,
 * so that neither order nor who asks shows in a digit.
 */
#pragma once

#include <glib.h>

#include "metric/score.h"

G_BEGIN_DECLS

/* Over the examples that were added. */
typedef struct {
  MsValue iou_mean;
  MsValue iou_pooled;
  MsValue exact_ratio;
} MsTolerantScores;

/* Of an example, at the tolerance. */
typedef struct {
  MsCounts counts;
  guint64 n_counted; /* pixels that are not ignored; 0: there are no scores */
  gboolean exact;
} MsTolerantCounts;

/* Start from a zeroed struct. */
typedef struct {
  guint64 n_examples;
  guint64 n_in_mean; /* that have an IoU */
  guint64 iou;       /* their sum, in units of 2^-36 */
  guint64 n_exact;
  guint64 n_counted;
  MsCounts pooled;
} MsTolerantSums;

void ms_tolerant_sums_add(MsTolerantSums *sums, const MsTolerantCounts *example, MsEmptyRule empty);
/* Takes off one that was added. */
void ms_tolerant_sums_remove(MsTolerantSums *sums, const MsTolerantCounts *example,
                             MsEmptyRule empty);
void ms_tolerant_sums_get_scores(const MsTolerantSums *sums, MsEmptyRule empty,
                                 MsTolerantScores *scores);

G_END_DECLS
