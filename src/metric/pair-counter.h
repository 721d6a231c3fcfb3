/* SPDX-License-Identifier: MIT
 *
 * How many pixels have which pair of class numbers, for one set of pixels after the other: memory
 * is kept, and forgetting costs what was counted.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "metric/status.h"

#pragma GCC visibility push(hidden)

typedef struct {
  uint32_t actual;
  uint32_t predicted;
  uint64_t count;
} MsPairCount;

typedef struct {
  MsPairCount *pairs; /* in the order in which they came */
  size_t n_pairs;
  uint32_t *slots;          /* 1 + the index of a pair; 0: free */
  unsigned bits;            /* log2 of the number of slots, of which pairs take at most half */
  const MsControl *control; /* set by who counts: asked while it grows; NULL: never */
  double fraction;          /* and told this */
} MsPairCounter;

/* Errors: NO_MEMORY. */
MsStatus ms_pair_counter_init(MsPairCounter *counter);
void ms_pair_counter_clear(MsPairCounter *counter); /* safe on a zeroed one */
/* Errors: NO_MEMORY, TOO_LARGE, CANCELLED. */
MsStatus ms_pair_counter_add(MsPairCounter *counter, uint32_t actual, uint32_t predicted,
                             uint64_t count);
void ms_pair_counter_forget(MsPairCounter *counter);

#pragma GCC visibility pop
