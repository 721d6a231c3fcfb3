/* SPDX-License-Identifier: MIT
 *
 * A small seeded generator (xorshift64*): the same numbers on every machine and every run.
 */
#pragma once

#include <stdint.h>

typedef struct {
  uint64_t state; /* any seed but 0 */
} TestRandom;

static inline uint32_t
test_random(TestRandom *random)
{
  random->state ^= random->state >> 12;
  random->state ^= random->state << 25;
  random->state ^= random->state >> 27;
  return (uint32_t)((random->state * UINT64_C(2685821657736338717)) >> 32);
}

/* 0 <= result < limit */
static inline uint32_t
test_random_below(TestRandom *random, uint32_t limit)
{
  return (uint32_t)(((uint64_t)test_random(random) * limit) >> 32);
}
