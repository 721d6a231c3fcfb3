/* SPDX-License-Identifier: MIT
 *
 * What rules leave of stacks: of the actual ones every class, of the predicted ones those that are
 * classes and whose score is above the threshold. Stacks of which the same is left have the same
 * number, so what is then asked is asked of few pairs: by counting (metric/addition.c) and by
 * painting (metric/kinds.c).
 */
#pragma once

#include "metric/rules-private.h"
#include "metric/stack-table.h"

#pragma GCC visibility push(hidden)

/* In place of a number: an ignored class lies there; a class lies there that the rules do not know;
 * something is predicted, and nothing of it is a class. */
#define MS_SIEVED_IGNORED  (UINT32_MAX - 0)
#define MS_SIEVED_UNKNOWN  (UINT32_MAX - 1)
#define MS_SIEVED_NO_CLASS (UINT32_MAX - 2)

typedef struct {
  MsStackTable left;  /* all scores 0 */
  uint32_t *by_stack; /* numbers in `left`, or one of the above */
} MsStackSieve;

/* Errors: NO_MEMORY, TOO_LARGE. */
MsStatus ms_stack_sieve_actual(MsStackSieve *sieve, const MsRules *rules, const MsStacks *stacks);
MsStatus ms_stack_sieve_predicted(MsStackSieve *sieve, const MsRules *rules,
                                  const MsStacks *stacks);
void ms_stack_sieve_clear(MsStackSieve *sieve); /* safe on a zeroed one */

/* Of an actual stack: IGNORED, UNKNOWN, else CLASS. */
MsRole ms_stack_actual_role(const MsRules *rules, const MsStackItem *items, size_t n_items);

/* Of an actual stack that is UNKNOWN: the first class that the rules do not know. */
uint32_t ms_stack_unknown_id(const MsRules *rules, const MsStacks *stacks, uint32_t stack);

/* Two sieved stacks, walked side by side. */
typedef struct {
  const MsStackItem *actual;
  size_t n_actual;
  const MsStackItem *predicted;
  size_t n_predicted;
} MsStackPair;

/* Empty for what is no number. */
MsStackPair ms_stack_pair(const MsStackSieve *actual_sieve, uint32_t actual,
                          const MsStackSieve *predicted_sieve, uint32_t predicted);

/* A class that either side has. */
typedef struct {
  uint32_t class_id;
  bool actual;
  bool predicted;
} MsStackStep;

/* Takes the next class off the pair, ascending by id; false: there is none. */
bool ms_stack_pair_next(MsStackPair *pair, MsStackStep *step);

/* What two sieved stacks are painted as. background: the class that counts as none, or -1. */
MsKind ms_stack_kind(const MsStackSieve *actual_sieve, uint32_t actual,
                     const MsStackSieve *predicted_sieve, uint32_t predicted, const MsFocus *focus,
                     int64_t background);

#pragma GCC visibility pop
