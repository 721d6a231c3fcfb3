/* SPDX-License-Identifier: MIT
 *
 * Open addressing with linear probing. Slots are keyed by an address that differs from run to run,
 * so that no input can be made to collide; the order of the pairs does not depend on it.
 */
#include "metric/pair-counter.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_BITS 6
#define MAX_BITS   32

/* Pairs between two questions whether to go on. */
#define ASK_EVERY ((size_t)1 << 15)

static MsStatus
allocate(MsPairCounter *counter, unsigned bits)
{
  size_t n_slots = (size_t)1 << bits;

  counter->bits = bits;
  counter->slots = calloc(n_slots, sizeof *counter->slots);
  counter->pairs = malloc(n_slots / 2 * sizeof *counter->pairs);
  if (counter->slots && counter->pairs)
    return MS_STATUS_OK;
  ms_pair_counter_clear(counter);
  return MS_STATUS_NO_MEMORY;
}

MsStatus
ms_pair_counter_init(MsPairCounter *counter)
{
  memset(counter, 0, sizeof *counter);
  return allocate(counter, FIRST_BITS);
}

void
ms_pair_counter_clear(MsPairCounter *counter)
{
  free(counter->slots);
  free(counter->pairs);
  memset(counter, 0, sizeof *counter);
}

/* The slot of a pair: its own, or the free one it would get. */
static size_t
find_slot(const MsPairCounter *counter, uint32_t actual, uint32_t predicted)
{
  size_t mask = ((size_t)1 << counter->bits) - 1, i;
  uint64_t mixed = ((uint64_t)actual << 32 | predicted) ^ (uint64_t)(uintptr_t)counter->slots;

  mixed *= UINT64_C(0x9E3779B97F4A7C15);
  mixed ^= mixed >> 32;
  mixed *= UINT64_C(0xD6E8FEB86659FD93);
  for (i = (size_t)(mixed >> (64 - counter->bits)); counter->slots[i]; i = (i + 1) & mask) {
    const MsPairCount *pair = &counter->pairs[counter->slots[i] - 1];

    if (pair->actual == actual && pair->predicted == predicted)
      break;
  }
  return i;
}

static MsStatus
take_pairs(MsPairCounter *counter, const MsPairCounter *from)
{
  for (size_t i = 0; i < from->n_pairs; i++) {
    const MsPairCount *pair = &from->pairs[i];

    if (i % ASK_EVERY == ASK_EVERY - 1 && !ms_control_go_on(from->control, from->fraction))
      return MS_STATUS_CANCELLED;
    counter->slots[find_slot(counter, pair->actual, pair->predicted)] = (uint32_t)i + 1;
    counter->pairs[i] = *pair;
  }
  return MS_STATUS_OK;
}

static MsStatus
grow(MsPairCounter *counter)
{
  MsPairCounter grown = *counter;
  MsStatus status = MS_STATUS_TOO_LARGE;

  if (counter->bits < MAX_BITS)
    status = allocate(&grown, counter->bits + 1);
  if (status != MS_STATUS_OK)
    return status;
  status = take_pairs(&grown, counter);
  if (status != MS_STATUS_OK) {
    ms_pair_counter_clear(&grown);
    return status;
  }
  ms_pair_counter_clear(counter);
  *counter = grown;
  return MS_STATUS_OK;
}

MsStatus
ms_pair_counter_add(MsPairCounter *counter, uint32_t actual, uint32_t predicted, uint64_t count)
{
  size_t slot = find_slot(counter, actual, predicted);

  if (!counter->slots[slot]) {
    if (counter->n_pairs == (size_t)1 << (counter->bits - 1)) {
      MsStatus status = grow(counter);

      if (status != MS_STATUS_OK)
        return status;
      slot = find_slot(counter, actual, predicted);
    }
    counter->pairs[counter->n_pairs] = (MsPairCount){.actual = actual, .predicted = predicted};
    counter->slots[slot] = (uint32_t)++counter->n_pairs;
  }
  counter->pairs[counter->slots[slot] - 1].count += count;
  return MS_STATUS_OK;
}

void
ms_pair_counter_forget(MsPairCounter *counter)
{
  if (counter->n_pairs >= (size_t)1 << (counter->bits - 3)) {
    memset(counter->slots, 0, ((size_t)1 << counter->bits) * sizeof *counter->slots);
    counter->n_pairs = 0;
  }
  /* The last one first: a pair is found as long as those that came before it have their slots. */
  for (; counter->n_pairs > 0; counter->n_pairs--) {
    const MsPairCount *last = &counter->pairs[counter->n_pairs - 1];

    counter->slots[find_slot(counter, last->actual, last->predicted)] = 0;
  }
}
