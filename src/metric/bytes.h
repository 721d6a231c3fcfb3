/* SPDX-License-Identifier: MIT
 *
 * How pairs of 8-bit rasters are counted. As long as either side holds two values (any two: 0 and
 * 1, 0 and 255), four counters and a vector kernel; from the first third value on, a table of all
 * 65,536 pairs, filled many pixels at once where there are runs and one by one where there is
 * noise.
 */
#pragma once

#include "metric/kernels.h"
#include "metric/pairs.h"

#pragma GCC visibility push(hidden)

typedef struct {
  const MsKernels *kernels;
  uint32_t table_limit; /* pixels that the table takes before its 32-bit counts are poured out */
  enum { MS_BYTES_NEW, MS_BYTES_TWO_VALUED, MS_BYTES_TABLE } state;
  MsTwoValues values; /* both values of a side are the same until it shows a second one */
  uint64_t counts[2][2];
  MsByteTable *table; /* NULL before a third value */
} MsBytes;

void ms_bytes_init(MsBytes *bytes, const MsKernels *kernels);
void ms_bytes_clear(MsBytes *bytes);
void ms_bytes_empty(MsBytes *bytes); /* the same, keeping the table's memory */

/* Counts n pixels; what the table cannot hold goes to pairs. Errors: as ms_pairs_add(). */
MsStatus ms_bytes_add(MsBytes *bytes, MsPairs *pairs, const uint8_t *actual,
                      const uint8_t *predicted, size_t n);

/* The most cells that ms_bytes_gather() can write, and what it writes: unsorted, none of count 0.
 */
size_t ms_bytes_max_cells(const MsBytes *bytes);
size_t ms_bytes_gather(const MsBytes *bytes, MsCell *cells);

#pragma GCC visibility pop
