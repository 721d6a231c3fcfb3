/* SPDX-License-Identifier: MIT
 *
 * Every stack is looked at once, and with it every rule; after that, lists of classes are walked
 * that are as short as what is left.
 */
#include "metric/stack-sieve.h"

#include <stdlib.h>
#include <string.h>

typedef MsStatus (*SieveStack)(MsStackSieve *sieve, const MsRules *rules, const MsStackItem *items,
                               size_t n_items, uint32_t *number);

void
ms_stack_sieve_clear(MsStackSieve *sieve)
{
  ms_stack_table_clear(&sieve->left);
  free(sieve->by_stack);
  memset(sieve, 0, sizeof *sieve);
}

MsRole
ms_stack_actual_role(const MsRules *rules, const MsStackItem *items, size_t n_items)
{
  MsRole role = MS_ROLE_CLASS;

  for (size_t i = 0; i < n_items; i++) {
    if (ms_rules_is_ignored(rules, items[i].class_id))
      return MS_ROLE_IGNORED;
    if (!ms_rules_is_class(rules, items[i].class_id))
      role = MS_ROLE_UNKNOWN;
  }
  return role;
}

uint32_t
ms_stack_unknown_id(const MsRules *rules, const MsStacks *stacks, uint32_t stack)
{
  size_t n_items, i = 0;
  const MsStackItem *items = ms_stacks_items(stacks, stack, &n_items);

  while (i + 1 < n_items && ms_rules_is_class(rules, items[i].class_id))
    i++;
  return items[i].class_id;
}

static MsStatus
sieve_actual(MsStackSieve *sieve, const MsRules *rules, const MsStackItem *items, size_t n_items,
             uint32_t *number)
{
  MsRole role = ms_stack_actual_role(rules, items, n_items);
  MsStackItem *draft;
  MsStatus status;

  if (role == MS_ROLE_IGNORED || role == MS_ROLE_UNKNOWN) {
    *number = role == MS_ROLE_IGNORED ? MS_SIEVED_IGNORED : MS_SIEVED_UNKNOWN;
    return MS_STATUS_OK;
  }
  status = ms_stack_table_draft(&sieve->left, n_items, &draft);
  if (status != MS_STATUS_OK)
    return status;
  for (size_t i = 0; i < n_items; i++)
    draft[i] = (MsStackItem){.class_id = items[i].class_id};
  return ms_stack_table_commit(&sieve->left, n_items, number);
}

static MsStatus
sieve_predicted(MsStackSieve *sieve, const MsRules *rules, const MsStackItem *items, size_t n_items,
                uint32_t *number)
{
  size_t n_left = 0, n_above = 0;
  MsStackItem *draft;
  MsStatus status = ms_stack_table_draft(&sieve->left, n_items, &draft);

  if (status != MS_STATUS_OK)
    return status;
  for (size_t i = 0; i < n_items; i++) {
    if (items[i].score <= rules->threshold)
      continue;
    n_above++;
    if (ms_rules_is_class(rules, items[i].class_id))
      draft[n_left++] = (MsStackItem){.class_id = items[i].class_id};
  }
  *number = n_above > 0 ? MS_SIEVED_NO_CLASS : 0;
  return n_left > 0 ? ms_stack_table_commit(&sieve->left, n_left, number) : MS_STATUS_OK;
}

static MsStatus
sieve_stacks(MsStackSieve *sieve, const MsRules *rules, const MsStacks *stacks,
             SieveStack sieve_one)
{
  MsStackSieve made = {.by_stack = calloc(stacks->n_stacks, sizeof *made.by_stack)};
  MsStatus status = made.by_stack ? ms_stack_table_init(&made.left) : MS_STATUS_NO_MEMORY;

  for (size_t stack = 1; stack < stacks->n_stacks && status == MS_STATUS_OK; stack++) {
    size_t n_items;
    const MsStackItem *items = ms_stacks_items(stacks, (uint32_t)stack, &n_items);

    status = sieve_one(&made, rules, items, n_items, &made.by_stack[stack]);
  }
  if (status == MS_STATUS_OK)
    *sieve = made;
  else
    ms_stack_sieve_clear(&made);
  return status;
}

MsStatus
ms_stack_sieve_actual(MsStackSieve *sieve, const MsRules *rules, const MsStacks *stacks)
{
  return sieve_stacks(sieve, rules, stacks, sieve_actual);
}

MsStatus
ms_stack_sieve_predicted(MsStackSieve *sieve, const MsRules *rules, const MsStacks *stacks)
{
  return sieve_stacks(sieve, rules, stacks, sieve_predicted);
}

static const MsStackItem *
items_left(const MsStackSieve *sieve, uint32_t number, size_t *n_items)
{
  return ms_stacks_items(&sieve->left.stacks, number < sieve->left.stacks.n_stacks ? number : 0,
                         n_items);
}

MsStackPair
ms_stack_pair(const MsStackSieve *actual_sieve, uint32_t actual,
              const MsStackSieve *predicted_sieve, uint32_t predicted)
{
  MsStackPair pair;

  pair.actual = items_left(actual_sieve, actual, &pair.n_actual);
  pair.predicted = items_left(predicted_sieve, predicted, &pair.n_predicted);
  return pair;
}

bool
ms_stack_pair_next(MsStackPair *pair, MsStackStep *step)
{
  if (pair->n_actual == 0 && pair->n_predicted == 0)
    return false;
  step->actual = pair->n_actual > 0 &&
                 (pair->n_predicted == 0 || pair->actual->class_id <= pair->predicted->class_id);
  step->predicted = pair->n_predicted > 0 &&
                    (!step->actual || pair->actual->class_id == pair->predicted->class_id);
  step->class_id = step->actual ? pair->actual->class_id : pair->predicted->class_id;
  pair->actual += step->actual;
  pair->n_actual -= step->actual;
  pair->predicted += step->predicted;
  pair->n_predicted -= step->predicted;
  return true;
}

MsKind
ms_stack_kind(const MsStackSieve *actual_sieve, uint32_t actual,
              const MsStackSieve *predicted_sieve, uint32_t predicted, const MsFocus *focus,
              int64_t background)
{
  MsStackPair pair = ms_stack_pair(actual_sieve, actual, predicted_sieve, predicted);
  bool no_class = predicted == MS_SIEVED_NO_CLASS && focus->solo < 0;
  bool right = false, missing = false, extra = false, hidden = false;
  MsStackStep step;

  if (actual == MS_SIEVED_IGNORED || actual == MS_SIEVED_UNKNOWN)
    return MS_KIND_IGNORED;
  while (ms_stack_pair_next(&pair, &step)) {
    bool is_background = focus->solo < 0 && step.class_id == background;

    if (is_background)
      continue;
    if (!ms_focus_sees(focus, step.class_id)) {
      hidden |= focus->solo < 0;
      continue;
    }
    right |= step.actual && step.predicted;
    missing |= !step.predicted;
    extra |= !step.actual;
  }
  if (hidden && (missing || extra || no_class))
    return MS_KIND_TN;
  if (no_class)
    return MS_KIND_FN;
  if (missing)
    return extra ? MS_KIND_CONFUSED : MS_KIND_FN;
  if (extra)
    return MS_KIND_FP;
  return right ? MS_KIND_TP : MS_KIND_TN;
}
