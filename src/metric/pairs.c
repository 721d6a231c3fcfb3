/* SPDX-License-Identifier: MIT
 *
 * Open addressing with linear probing, at most half full, slots keyed by the address of the table.
 * Cells are sorted by counting bytes from the low to the high end: as many passes as the pairs have
 * bytes that differ, three for a binary mask beside a 16-bit probability map.
 */
#include "metric/pairs.h"

#include <stdlib.h>
#include <string.h>

#include "metric/size.h"

#define FIRST_BITS 6
#define KEY_BYTES  8

void
ms_pairs_clear(MsPairs *pairs)
{
  free(pairs->slots);
  memset(pairs, 0, sizeof *pairs);
}

static inline uint64_t
key_of(uint32_t actual, uint32_t predicted)
{
  return (uint64_t)actual << 32 | predicted;
}

static inline size_t
first_slot(const MsPairs *pairs, uint64_t key)
{
  uint64_t mixed = key ^ (uint64_t)(uintptr_t)pairs * UINT64_C(0x9E3779B97F4A7C15);

  mixed ^= mixed >> 32;
  mixed *= UINT64_C(0xD6E8FEB86659FD93);
  mixed ^= mixed >> 32;
  mixed *= UINT64_C(0xD6E8FEB86659FD93);
  return (size_t)(mixed >> (64 - pairs->bits));
}

/* The slot of a pair: its own, or the free one it would get. */
static inline MsCell *
find_slot(const MsPairs *pairs, uint32_t actual, uint32_t predicted)
{
  size_t mask = ((size_t)1 << pairs->bits) - 1;
  size_t i = first_slot(pairs, key_of(actual, predicted));

  while (pairs->slots[i].count > 0 &&
         (pairs->slots[i].actual != actual || pairs->slots[i].predicted != predicted))
    i = (i + 1) & mask;
  return &pairs->slots[i];
}

static MsStatus
resize(MsPairs *pairs, unsigned bits)
{
  MsPairs old = *pairs;
  size_t size;
  MsCell *slots;

  if (bits >= sizeof(size_t) * 8 - 1 || !ms_size_mul((size_t)1 << bits, sizeof *slots, &size))
    return MS_STATUS_TOO_LARGE;
  slots = calloc(1, size);
  if (!slots)
    return MS_STATUS_NO_MEMORY;

  pairs->slots = slots;
  pairs->bits = bits;
  for (size_t i = 0; old.slots && i < (size_t)1 << old.bits; i++) {
    if (old.slots[i].count > 0)
      *find_slot(pairs, old.slots[i].actual, old.slots[i].predicted) = old.slots[i];
  }
  free(old.slots);
  return MS_STATUS_OK;
}

MsStatus
ms_pairs_reserve(MsPairs *pairs, size_t n_more)
{
  unsigned bits = pairs->slots ? pairs->bits : FIRST_BITS;
  size_t needed;

  if (!ms_size_add(pairs->n_used, n_more, &needed) || needed > SIZE_MAX / 4)
    return MS_STATUS_TOO_LARGE;
  while ((size_t)1 << bits < 2 * needed)
    bits++;
  if (pairs->slots && bits == pairs->bits)
    return MS_STATUS_OK;
  return resize(pairs, bits);
}

MsStatus
ms_pairs_add(MsPairs *pairs, uint32_t actual, uint32_t predicted, uint64_t count)
{
  MsCell *slot = NULL;

  if (pairs->slots) {
    slot = find_slot(pairs, actual, predicted);
    if (slot->count > 0) {
      slot->count += count;
      return MS_STATUS_OK;
    }
  }
  if (!slot || 2 * (pairs->n_used + 1) > (size_t)1 << pairs->bits) {
    MsStatus status = ms_pairs_reserve(pairs, 1);

    if (status != MS_STATUS_OK)
      return status;
    slot = find_slot(pairs, actual, predicted);
  }
  *slot = (MsCell){actual, predicted, count};
  pairs->n_used++;
  return MS_STATUS_OK;
}

size_t
ms_pairs_gather(const MsPairs *pairs, MsCell *cells)
{
  size_t n_cells = 0;

  for (size_t i = 0; pairs->slots && i < (size_t)1 << pairs->bits; i++) {
    if (pairs->slots[i].count > 0)
      cells[n_cells++] = pairs->slots[i];
  }
  return n_cells;
}

static inline uint64_t
cell_key(const MsCell *cell)
{
  return key_of(cell->actual, cell->predicted);
}

static inline unsigned
key_byte(const MsCell *cell, int byte)
{
  return (unsigned)(cell_key(cell) >> (8 * byte)) & 0xff;
}

/* One pass of the sort; false, with `to` untouched, when the byte is the same in all cells. */
static bool
sort_by_byte(const MsCell *from, MsCell *to, size_t n_cells, int byte)
{
  size_t starts[256] = {0};
  size_t start = 0;

  for (size_t i = 0; i < n_cells; i++)
    starts[key_byte(&from[i], byte)]++;
  if (starts[key_byte(&from[0], byte)] == n_cells)
    return false;
  for (int i = 0; i < 256; i++) {
    size_t count = starts[i];

    starts[i] = start;
    start += count;
  }
  for (size_t i = 0; i < n_cells; i++)
    to[starts[key_byte(&from[i], byte)]++] = from[i];
  return true;
}

static size_t
join_equal(MsCell *cells, size_t n_cells)
{
  size_t last = 0;

  for (size_t i = 1; i < n_cells; i++) {
    if (cells[i].actual == cells[last].actual && cells[i].predicted == cells[last].predicted)
      cells[last].count += cells[i].count;
    else
      cells[++last] = cells[i];
  }
  return last + 1;
}

static MsStatus
sort_many(MsCell *cells, size_t n_cells)
{
  MsCell *from = cells, *to, *spare = calloc(n_cells, sizeof *spare);

  if (!spare)
    return MS_STATUS_NO_MEMORY;
  to = spare;
  for (int byte = 0; byte < KEY_BYTES; byte++) {
    if (sort_by_byte(from, to, n_cells, byte)) {
      MsCell *swap = from;

      from = to;
      to = swap;
    }
  }
  if (from != cells)
    memcpy(cells, from, n_cells * sizeof *cells);
  free(spare);
  return MS_STATUS_OK;
}

static void
sort_few(MsCell *cells, size_t n_cells)
{
  for (size_t i = 1; i < n_cells; i++) {
    MsCell cell = cells[i];
    size_t place = i;

    for (; place > 0 && cell_key(&cells[place - 1]) > cell_key(&cell); place--)
      cells[place] = cells[place - 1];
    cells[place] = cell;
  }
}

static bool
are_sorted(const MsCell *cells, size_t n_cells)
{
  for (size_t i = 1; i < n_cells; i++)
    if (cell_key(&cells[i - 1]) > cell_key(&cells[i]))
      return false;
  return true;
}

#define FEW 16

MsStatus
ms_cells_sort(MsCell *cells, size_t *n_cells)
{
  MsStatus status = MS_STATUS_OK;

  if (*n_cells < 2)
    return MS_STATUS_OK;
  if (*n_cells <= FEW)
    sort_few(cells, *n_cells);
  else if (!are_sorted(cells, *n_cells))
    status = sort_many(cells, *n_cells);
  if (status == MS_STATUS_OK)
    *n_cells = join_equal(cells, *n_cells);
  return status;
}
