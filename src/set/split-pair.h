/* SPDX-License-Identifier: MIT
 *
 * Which splits of a set are its training and its validation examples, and whether they can be
 * set against each other: examples of one group (slices of a volume) are no independent evidence,
 * so that a group in both splits makes them samples with units in common.
 */
#pragma once

#include "set/set.h"

G_BEGIN_DECLS

typedef struct {
  const char *name; /* lent by the set; NULL: there is none */
  char *unclear;    /* a sentence, where several splits could be it; NULL */
} MsSplitRole;

typedef struct {
  MsSplitRole training;
  MsSplitRole validation; /* `val`, else `test` */
  char *overlap;          /* a sentence, where groups are in both; NULL */
} MsSplitPair;

/* By any usual spelling of the splits' names; any thread. */
void ms_split_pair_init(MsSplitPair *pair, MsSet *set);
void ms_split_pair_clear(MsSplitPair *pair);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MsSplitPair, ms_split_pair_clear)

G_END_DECLS
