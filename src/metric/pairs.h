/* SPDX-License-Identifier: MIT
 *
 * A hash from (actual sample, predicted sample) to a 64-bit count: what counts 16- and 32-bit
 * rasters, and where the faster counters pour their results. Which slot a pair gets differs from
 * run to run, so that no input can be made to collide; nothing that leaves depends on it.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "metric/joint.h"

#pragma GCC visibility push(hidden)

typedef struct {
  MsCell *slots; /* count 0: free */
  unsigned bits; /* log2 of the number of slots; 0 with no slots */
  size_t n_used;
} MsPairs;

void ms_pairs_clear(MsPairs *pairs);

/* Makes sure that n_more new pairs can be added without NO_MEMORY. */
MsStatus ms_pairs_reserve(MsPairs *pairs, size_t n_more);

/* count > 0. Errors: NO_MEMORY, TOO_LARGE, and the pairs are as before. */
MsStatus ms_pairs_add(MsPairs *pairs, uint32_t actual, uint32_t predicted, uint64_t count);

/* Writes the n_used cells in no order and returns their number. */
size_t ms_pairs_gather(const MsPairs *pairs, MsCell *cells);

#pragma GCC visibility pop
