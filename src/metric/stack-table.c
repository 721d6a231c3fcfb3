/* SPDX-License-Identifier: MIT
 *
 * Open addressing with linear probing, at most half full. Slots are keyed by an address that
 * differs from run to run, so that no input can be made to collide; numbers do not depend on it.
 */
#include "metric/stack-table.h"

#include <stdlib.h>
#include <string.h>

#include "metric/size.h"

#define FIRST_BITS 8
#define FIRST_ROOM 64

/* What is not used any more may lie among the rest until the painter has it collected. */
#define MAX_ITEMS (2 * (size_t)MS_STACK_MAX_ITEMS)

MsStatus
ms_stack_table_init(MsStackTable *table)
{
  MsStackTable made = {.bits = FIRST_BITS, .starts_room = FIRST_ROOM, .items_room = FIRST_ROOM};

  made.slots = calloc((size_t)1 << FIRST_BITS, sizeof *made.slots);
  made.stacks.starts = calloc(FIRST_ROOM, sizeof *made.stacks.starts);
  made.stacks.items = calloc(FIRST_ROOM, sizeof *made.stacks.items);
  made.stacks.n_stacks = 1;
  if (!made.slots || !made.stacks.starts || !made.stacks.items) {
    ms_stack_table_clear(&made);
    return MS_STATUS_NO_MEMORY;
  }
  *table = made;
  return MS_STATUS_OK;
}

void
ms_stack_table_clear(MsStackTable *table)
{
  free(table->slots);
  free(table->stacks.starts);
  free(table->stacks.items);
  memset(table, 0, sizeof *table);
}

/* Makes *array hold `needed` elements of `size` bytes and some more; false: no memory. */
static bool
grow(void **array, size_t *room, size_t needed, size_t size)
{
  void *grown;

  if (needed <= *room)
    return true;
  needed = needed < 2 * *room ? 2 * *room : needed;
  grown = realloc(*array, needed * size);
  if (!grown)
    return false;
  *array = grown;
  *room = needed;
  return true;
}

MsStatus
ms_stack_table_draft(MsStackTable *table, size_t n_items, MsStackItem **draft)
{
  MsStacks *stacks = &table->stacks;
  void *items = stacks->items;
  bool has_room;

  if (n_items > MAX_ITEMS - stacks->n_items)
    return MS_STATUS_TOO_LARGE;
  has_room = grow(&items, &table->items_room, stacks->n_items + n_items, sizeof *stacks->items);
  stacks->items = items;
  *draft = stacks->items + stacks->n_items;
  return has_room ? MS_STATUS_OK : MS_STATUS_NO_MEMORY;
}

static size_t
first_slot(const MsStackTable *table, const MsStackItem *items, size_t n_items)
{
  uint64_t mixed = (uint64_t)(uintptr_t)table->slots * UINT64_C(0x9E3779B97F4A7C15);

  for (size_t i = 0; i < n_items; i++) {
    mixed ^= (uint64_t)items[i].class_id << 32 | items[i].score;
    mixed ^= mixed >> 32;
    mixed *= UINT64_C(0xD6E8FEB86659FD93);
  }
  mixed ^= mixed >> 32;
  mixed *= UINT64_C(0xD6E8FEB86659FD93);
  return (size_t)(mixed >> (64 - table->bits));
}

/* The slot of a stack: its own, or the free one it would get. */
static uint32_t *
find_slot(const MsStackTable *table, const MsStackItem *items, size_t n_items)
{
  size_t mask = ((size_t)1 << table->bits) - 1;
  size_t i = first_slot(table, items, n_items);

  for (; table->slots[i]; i = (i + 1) & mask) {
    size_t n_known;
    const MsStackItem *known = ms_stacks_items(&table->stacks, table->slots[i], &n_known);

    if (n_known == n_items && memcmp(known, items, n_items * sizeof *items) == 0)
      break;
  }
  return &table->slots[i];
}

static MsStatus
double_slots(MsStackTable *table)
{
  uint32_t *old = table->slots, *slots = calloc((size_t)2 << table->bits, sizeof *slots);

  if (!slots)
    return MS_STATUS_NO_MEMORY;
  table->slots = slots;
  table->bits++;
  for (size_t stack = 1; stack < table->stacks.n_stacks; stack++) {
    size_t n_items;
    const MsStackItem *items = ms_stacks_items(&table->stacks, (uint32_t)stack, &n_items);

    *find_slot(table, items, n_items) = (uint32_t)stack;
  }
  free(old);
  return MS_STATUS_OK;
}

MsStatus
ms_stack_table_commit(MsStackTable *table, size_t n_items, uint32_t *stack)
{
  MsStacks *stacks = &table->stacks;
  const MsStackItem *draft = stacks->items + stacks->n_items;
  void *starts = stacks->starts;
  uint32_t *slot;
  bool has_room;

  if (2 * stacks->n_stacks > (size_t)1 << table->bits) {
    MsStatus status = double_slots(table);

    if (status != MS_STATUS_OK)
      return status;
  }
  has_room = grow(&starts, &table->starts_room, stacks->n_stacks + 2, sizeof *stacks->starts);
  stacks->starts = starts;
  if (!has_room)
    return MS_STATUS_NO_MEMORY;

  slot = find_slot(table, draft, n_items);
  if (!*slot) {
    *slot = (uint32_t)stacks->n_stacks++;
    stacks->n_items += n_items;
    stacks->starts[stacks->n_stacks] = (uint32_t)stacks->n_items;
  }
  *stack = *slot;
  return MS_STATUS_OK;
}

MsStatus
ms_stack_table_add(MsStackTable *table, const MsStackItem *items, size_t n_items, uint32_t *stack)
{
  MsStackItem *draft;
  MsStatus status = ms_stack_table_draft(table, n_items, &draft);

  if (status != MS_STATUS_OK)
    return status;
  memcpy(draft, items, n_items * sizeof *items);
  return ms_stack_table_commit(table, n_items, stack);
}

/* Shrinking may fail only in theory, and then the old block is as good. */
static void *
trim(void *array, size_t n, size_t size)
{
  void *trimmed = n > 0 ? realloc(array, n * size) : NULL;

  return trimmed ? trimmed : array;
}

MsStatus
ms_stack_table_take(MsStackTable *table, MsStacks **stacks)
{
  MsStacks *made;

  if (table->stacks.n_items > MS_STACK_MAX_ITEMS)
    return MS_STATUS_TOO_LARGE;
  made = malloc(sizeof *made);
  if (!made)
    return MS_STATUS_NO_MEMORY;
  *made = table->stacks;
  made->items = trim(made->items, made->n_items, sizeof *made->items);
  made->starts = trim(made->starts, made->n_stacks + 1, sizeof *made->starts);
  table->stacks = (MsStacks){0};
  ms_stack_table_clear(table);
  *stacks = made;
  return MS_STATUS_OK;
}
