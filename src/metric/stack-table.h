/* SPDX-License-Identifier: MIT
 *
 * Stacks while they are collected: each set of items once, under a number that stays. Stack 0 is
 * the empty one. What stacks and their painter are made with.
 */
#pragma once

#include "metric/stacks.h"

#pragma GCC visibility push(hidden)

/* Stack i has the items starts[i] to starts[i + 1] - 1. */
struct MsStacks {
  MsStackItem *items;
  size_t n_items;
  uint32_t *starts;
  size_t n_stacks;
};

typedef struct {
  MsStacks stacks;
  size_t items_room;
  size_t starts_room;
  uint32_t *slots; /* numbers of stacks by what they hold; 0: free */
  unsigned bits;   /* log2 of the number of slots */
} MsStackTable;

/* With the empty stack. Errors: NO_MEMORY. */
MsStatus ms_stack_table_init(MsStackTable *table);
void ms_stack_table_clear(MsStackTable *table); /* safe on a zeroed one */

/* Room for n_items > 0 items of a stack, to be written ascending by class and then committed. Moves
 * the items of all stacks. Errors: NO_MEMORY, TOO_LARGE. */
MsStatus ms_stack_table_draft(MsStackTable *table, size_t n_items, MsStackItem **draft);
/* The number of the stack drafted last. Errors: NO_MEMORY, and the table is as before. */
MsStatus ms_stack_table_commit(MsStackTable *table, size_t n_items, uint32_t *stack);

/* The number of a copy of the n_items > 0 items, which lie outside the table. Errors: as above. */
MsStatus ms_stack_table_add(MsStackTable *table, const MsStackItem *items, size_t n_items,
                            uint32_t *stack);

/* Hands the stacks over and leaves the table cleared. Errors: NO_MEMORY, TOO_LARGE. */
MsStatus ms_stack_table_take(MsStackTable *table, MsStacks **stacks);

#pragma GCC visibility pop
