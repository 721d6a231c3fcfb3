/* SPDX-License-Identifier: MIT
 *
 * All that the sums of a set take from one example, made at once: for a million examples, asking
 * for each number by itself is most of the time.
 */
#pragma once

#include "metric/totals.h"

#pragma GCC visibility push(hidden)

typedef struct {
  MsCounts counts; /* as ms_confusion_counts() */
  uint64_t n_counted;
  uint64_t n_wrong;
  MsValue iou; /* as ms_confusion_score() */
  MsValue dice;
} MsOutcome;

MsOutcome ms_confusion_outcome(const MsConfusion *confusion);

/* ms_totals_add() of an example whose outcome is known. */
MsStatus ms_totals_add_outcome(MsTotals *totals, const MsConfusion *example,
                               const MsOutcome *outcome);

#pragma GCC visibility pop
