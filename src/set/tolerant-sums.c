/* SPDX-License-Identifier: MIT */
#include "set/tolerant-sums.h"

#define RATIO_ONE ((double)(G_GUINT64_CONSTANT(1) << 36))

void
ms_tolerant_sums_add(MsTolerantSums *sums, const MsTolerantCounts *example, MsEmptyRule empty)
{
  MsValue iou = ms_score_counted_iou(&example->counts, example->n_counted, empty);

  sums->n_examples++;
  sums->n_counted += example->n_counted;
  sums->n_exact += example->exact;
  ms_counts_add(&sums->pooled, &example->counts);
  if (!iou.defined)
    return;
  sums->n_in_mean++;
  sums->iou += (guint64)(iou.value * RATIO_ONE + 0.5);
}

void
ms_tolerant_sums_remove(MsTolerantSums *sums, const MsTolerantCounts *example, MsEmptyRule empty)
{
  MsTolerantSums part = {0};

  ms_tolerant_sums_add(&part, example, empty);
  sums->n_examples -= part.n_examples;
  sums->n_counted -= part.n_counted;
  sums->n_exact -= part.n_exact;
  sums->n_in_mean -= part.n_in_mean;
  sums->iou -= part.iou;
  ms_counts_subtract(&sums->pooled, &part.pooled);
}

static MsValue
mean_of(double sum, guint64 n)
{
  return n > 0 ? (MsValue){.value = sum / (double)n, .defined = TRUE} : (MsValue){.defined = FALSE};
}

void
ms_tolerant_sums_get_scores(const MsTolerantSums *sums, MsEmptyRule empty, MsTolerantScores *scores)
{
  scores->iou_mean = mean_of((double)sums->iou / RATIO_ONE, sums->n_in_mean);
  scores->iou_pooled = ms_score_counted_iou(&sums->pooled, sums->n_counted, empty);
  scores->exact_ratio = mean_of((double)sums->n_exact, sums->n_examples);
}
