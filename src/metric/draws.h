/* SPDX-License-Identifier: MIT
 *
 * Drawing units with replacement. Every resample has a generator of its own, started from the seed
 * and the resample's number, so that no resample depends on how many were drawn before it.
 * SplitMix64 (Steele, Lea and Flood, 2014): a counter and a mixer, two draws a step.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The distance between two states; odd, so that a generator meets every state. */
#define MS_DRAWS_STEP UINT64_C(0x9E3779B97F4A7C15)

static inline uint64_t
ms_draws_mix(uint64_t bits)
{
  bits = (bits ^ bits >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
  bits = (bits ^ bits >> 27) * UINT64_C(0x94D049BB133111EB);
  return bits ^ bits >> 31;
}

/* No two resamples of a seed start in the same state. */
static inline uint64_t
ms_draws_start(uint64_t seed, uint64_t resample)
{
  return ms_draws_mix(ms_draws_mix(seed + MS_DRAWS_STEP) + resample);
}

static inline uint64_t
ms_draws_next(uint64_t *state)
{
  *state += MS_DRAWS_STEP;
  return ms_draws_mix(*state);
}

/* The lower 32 bits as a number below limit. Some numbers are likelier than others, by
 * limit / 2^32 at most: one part in 40,000 for 100,000 units, far below what resamples tell. */
static inline uint32_t
ms_draws_below(uint64_t bits, uint32_t limit)
{
  return (uint32_t)((bits & UINT32_MAX) * limit >> 32);
}

/* How often each of n_units is drawn in n_units draws. A count of more than 65,535, which 100,000
 * draws could reach in theory, has a probability below 10^-250,000. */
static inline void
ms_draws_weigh(uint64_t seed, uint64_t resample, uint32_t n_units, uint16_t *weights)
{
  uint64_t state = ms_draws_start(seed, resample);

  memset(weights, 0, n_units * sizeof *weights);
  for (uint32_t i = 0; i + 1 < n_units; i += 2) {
    uint64_t bits = ms_draws_next(&state);

    weights[ms_draws_below(bits, n_units)]++;
    weights[ms_draws_below(bits >> 32, n_units)]++;
  }
  if (n_units % 2)
    weights[ms_draws_below(ms_draws_next(&state), n_units)]++;
}
