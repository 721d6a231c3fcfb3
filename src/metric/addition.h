/* SPDX-License-Identifier: MIT
 *
 * What one example adds to a confusion: kinds and tallies made of cells of ids, cells of stacks or
 * label sets, under given rules. Made on the side, so that an error changes nothing.
 */
#pragma once

#include "metric/joint.h"
#include "metric/kinds.h"
#include "metric/labels.h"
#include "metric/rules.h"
#include "metric/stacks.h"
#include "metric/tallies.h"

#pragma GCC visibility push(hidden)

typedef struct {
  MsKindCounts kinds;
  uint64_t n_chances;     /* to be of any one class: counted pixels, or label sets */
  MsClassTallies tallies; /* sorted; none for comparisons of one class */
} MsAddition;

/* These take a zeroed addition, for ms_addition_clear() whatever they answer. UNKNOWN_ID:
 * *unknown_id (may be NULL) names the id. */

MsStatus ms_addition_of_ids(MsAddition *addition, const MsRules *rules, const MsCell *cells,
                            size_t n_cells, uint32_t *unknown_id);

/* INVALID: a cell holds a stack that is not there. */
MsStatus ms_addition_of_stacks(MsAddition *addition, const MsRules *rules, const MsCell *cells,
                               size_t n_cells, const MsStacks *actual, const MsStacks *predicted,
                               uint32_t *unknown_id);

/* Both sets over the same number of labels. */
MsStatus ms_addition_of_labels(MsAddition *addition, const MsRules *rules, const MsLabelSet *actual,
                               const MsLabelSet *predicted);

void ms_addition_clear(MsAddition *addition);

#pragma GCC visibility pop
