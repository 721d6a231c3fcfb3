/* SPDX-License-Identifier: MIT
 *
 * How pairs with 16- or 32-bit samples are counted: run by run into a hash. A 16-bit probability
 * map would fill the hash with tens of thousands of pairs; once there are that many, the few actual
 * ids beside which they occur get a row of 65,536 counters each.
 */
#pragma once

#include "metric/kernels.h"
#include "metric/pairs.h"

#pragma GCC visibility push(hidden)

#define MS_WIDE_MAX_ROWS 4

typedef struct {
  uint32_t actual;
  uint64_t *counts; /* by predicted sample */
} MsWideRow;

typedef struct {
  MsWideRow rows[MS_WIDE_MAX_ROWS];
  size_t n_rows;
} MsWide;

void ms_wide_clear(MsWide *wide);

/* Counts n pixels into rows and pairs. Errors: as ms_pairs_add(). */
MsStatus ms_wide_add(MsWide *wide, MsPairs *pairs, const void *actual, int actual_bits,
                     const void *predicted, int predicted_bits, size_t n);

/* The most cells that ms_wide_gather() can write, and what it writes: none of count 0. */
size_t ms_wide_max_cells(const MsWide *wide);
size_t ms_wide_gather(const MsWide *wide, MsCell *cells);

#pragma GCC visibility pop
