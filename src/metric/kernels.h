/* SPDX-License-Identifier: MIT
 *
 * The loops that look at pixels, once per instruction set. Every set gives the same integers; the
 * tests run them all against each other.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "metric/byte-tables.h"

#pragma GCC visibility push(hidden)

/* How many pixels from the first on hold the pair (actual[0], predicted[0]): 1 to n, n >= 1. */
typedef size_t (*MsRunFinder)(const void *actual, const void *predicted, size_t n);

/* Two values on either side, and a pixel is one of the four pairs. */
typedef struct {
  uint8_t actual[2];
  uint8_t predicted[2];
} MsTwoValues;

typedef struct {
  uint64_t actual;    /* pixels whose actual sample is actual[1] */
  uint64_t predicted; /* whose predicted sample is predicted[1] */
  uint64_t both;      /* both of it */
} MsTwoCounts;

typedef struct {
  const char *name;
  /* Counts n pixels; false, with *counts untouched, when any sample is none of its two values. */
  bool (*two_valued)(const uint8_t *actual, const uint8_t *predicted, size_t n,
                     const MsTwoValues *values, MsTwoCounts *counts);
  /* Adds the counts of 1-bit samples, eight a byte; the second value is 1. */
  void (*bits)(const uint8_t *actual, const uint8_t *predicted, size_t n_bytes,
               MsTwoCounts *counts);
  /* Counts the first pixels and returns how many: all n, or up to where noise makes pixel by pixel
   * the better way. At least one. */
  size_t (*count)(const uint8_t *actual, const uint8_t *predicted, size_t n, MsByteTable *table);
  /* Paints the first pixels, likewise. */
  size_t (*paint)(const uint8_t *actual, const uint8_t *predicted, size_t n,
                  const MsByteKinds *table, uint8_t *kinds);
} MsKernels;

/* The fastest that this processor runs. */
const MsKernels *ms_kernels_best(void);

/* All that this processor runs, the portable ones at index 0; NULL past the last. */
const MsKernels *ms_kernels_nth(size_t index);

/* The finder for samples of 8, 16 or 32 bits on either side. */
MsRunFinder ms_run_finder(int actual_bits, int predicted_bits);

#pragma GCC visibility pop
