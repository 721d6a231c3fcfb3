/* SPDX-License-Identifier: MIT
 *
 * An evaluation's results summed in id order, plainly: what boards are compared with.
 */
#pragma once

#include "set/evaluation.h"

/* The counts of an example that is scored, noted in the tally in any case. */
static inline const MsConfusion *
test_tally_example(MsEvaluation *self, guint example, guint model, MsTally *tally)
{
  const MsScore *score = ms_evaluation_get_score(self, example, model);

  tally->examples++;
  if (!score) {
    tally->waiting++;
    return NULL;
  }
  if (score->status != MS_RESULT_OK) {
    tally->skipped++;
    return NULL;
  }
  tally->scored++;
  tally->resized += ms_evaluation_get_result(self, example, model)->resized;
  return ms_evaluation_get_confusion(self, example, model);
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
    const MsConfusion *confusion = test_tally_example(self, examples[i], model, &counted);

    if (confusion)
      status = ms_totals_add(totals, confusion);
  }
  if (tally)
    *tally = counted;
  return status == MS_STATUS_OK ? g_steal_pointer(&totals) : NULL;
}
