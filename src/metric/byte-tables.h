/* SPDX-License-Identifier: MIT
 *
 * Two tables over pairs of bytes: how often each occurs, and what each is painted as. The loops of
 * metric/kernels.h fill and read them; metric/bytes.h and metric/kinds.c own them.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define MS_N_BYTES 256

/* Counters a pair, side by side: in noise, pixels of one pair would wait for each other's store. */
#define MS_BYTE_LANES 4

/* Places a row; rows 4 KiB apart would share a few lines of the cache. */
#define MS_BYTE_PLACES (MS_N_BYTES + 20)

typedef struct {
  uint64_t n_pixels;
  bool has_row[MS_N_BYTES]; /* actual samples that occurred; the other rows are not even zeroed */
  uint32_t counts[MS_N_BYTES][MS_BYTE_PLACES][MS_BYTE_LANES];
} MsByteTable;

static inline void
ms_byte_table_add(MsByteTable *table, uint8_t actual, uint8_t predicted, unsigned lane,
                  uint32_t count)
{
  if (!table->has_row[actual]) {
    memset(table->counts[actual], 0, sizeof table->counts[actual]);
    table->has_row[actual] = true;
  }
  table->counts[actual][predicted][lane] += count;
}

/* More than the sum of the largest place of either side and 1. */
#define MS_N_BYTE_KINDS 64

typedef struct {
  uint8_t actual[MS_N_BYTES]; /* where in `kinds` the actual sample's role begins */
  uint8_t predicted[MS_N_BYTES];
  uint8_t kinds[MS_N_BYTE_KINDS]; /* at actual + predicted + (one id on both sides) */
} MsByteKinds;

static inline uint8_t
ms_byte_kind(const MsByteKinds *table, uint8_t actual, uint8_t predicted)
{
  return table->kinds[table->actual[actual] + table->predicted[predicted] + (actual == predicted)];
}
