/* SPDX-License-Identifier: MIT
 *
 * An evaluation's results summed in id order, plainly: what boards are compared with.
 */
#pragma once

#include "set/evaluation.h"

/* The counts of an example that is scored, the caller's; noted in the tally in any case. */
static inline MsConfusion *
test_tally_example(MsEvaluation *self, guint example, guint model, MsTally *tally)
{
  MsScore score = ms_evaluation_get_score(self, example, model);

  tally->examples++;
  if (score.status == MS_RESULT_WAITING) {
    tally->waiting++;
    return NULL;
  }
  if (score.status != MS_RESULT_OK) {
    tally->skipped++;
    return NULL;
  }
  tally->scored++;
  tally->resized += score.resized;
  return ms_evaluation_dup_confusion(self, example, model);
}

/* split NULL: the whole set. tally may be NULL. The caller's to free. */
static inline MsTotals *
test_evaluation_totals(MsEvaluation *self, guint model, const char *split, MsTally *tally)
{
  g_autoptr(MsTotals) totals = NULL;
  MsTally counted = {0};
  MsStatus status = ms_totals_new(&ms_evaluation_get_rules(self, model)->rules, &totals);
  guint n_examples;
  const guint *examples =
      ms_set_get_split_examples(ms_evaluation_get_set(self), split, &n_examples);

  for (guint i = 0; i < n_examples && status == MS_STATUS_OK; i++) {
    g_autoptr(MsConfusion) confusion = test_tally_example(self, examples[i], model, &counted);

    if (confusion)
      status = ms_totals_add(totals, confusion);
  }
  if (tally)
    *tally = counted;
  return status == MS_STATUS_OK ? g_steal_pointer(&totals) : NULL;
}

/* The headline counts of an example that is scored. */
static inline MsCounts
test_counts(MsEvaluation *self, guint example, guint model)
{
  g_autoptr(MsConfusion) confusion = ms_evaluation_dup_confusion(self, example, model);

  g_assert_nonnull(confusion);
  return ms_confusion_counts(confusion);
}
