/* SPDX-License-Identifier: MIT
 *
 * Cells and label sets become kinds and tallies. Tallies are appended as they come and joined by
 * sorting.
 */
#include "metric/addition.h"

#include <stdlib.h>

#include "metric/kind-counts.h"
#include "metric/pairs.h"
#include "metric/rules-private.h"
#include "metric/size.h"
#include "metric/stack-sieve.h"

void
ms_addition_clear(MsAddition *addition)
{
  free(addition->tallies.items);
}

static MsStatus
refuse_id(uint32_t id, uint32_t *unknown_id)
{
  if (unknown_id)
    *unknown_id = id;
  return MS_STATUS_UNKNOWN_ID;
}

/* The tallies of one cell, at most two; returns how many. */
static size_t
tally_cell(const MsCell *cell, MsRole predicted_role, MsClassTally *tallies)
{
  bool right = cell->actual == cell->predicted;

  tallies[0] = (MsClassTally){
      .id = cell->actual, .tp = right ? cell->count : 0, .fn = right ? 0 : cell->count};
  if (right || predicted_role == MS_ROLE_NO_CLASS)
    return 1;
  tallies[1] = (MsClassTally){.id = cell->predicted, .fp = cell->count};
  return 2;
}

/* One class: whole runs of cells with the same actual id are alike but for the cut. */
static void
add_cells_of_one_class(MsAddition *addition, const MsRules *rules, const MsCell *cells,
                       size_t n_cells)
{
  uint32_t cut = ms_rules_cut(rules);

  for (size_t i = 0; i < n_cells;) {
    uint32_t id = cells[i].actual;
    MsRole actual = ms_rules_actual_role(rules, id);
    uint64_t above = 0, below = 0;

    for (; i < n_cells && cells[i].actual == id; i++) {
      if (cells[i].predicted > cut)
        above += cells[i].count;
      else
        below += cells[i].count;
    }
    ms_kind_counts_add(&addition->kinds, ms_kind_of_roles(actual, MS_ROLE_CLASS, true), above);
    ms_kind_counts_add(&addition->kinds, ms_kind_of_roles(actual, MS_ROLE_BACKGROUND, false),
                       below);
  }
  addition->n_chances = ms_kind_counts_counted(&addition->kinds);
}

static MsStatus
add_cells_of_classes(MsAddition *addition, const MsRules *rules, const MsCell *cells,
                     size_t n_cells, uint32_t *unknown_id)
{
  size_t n_tallies = 0;

  for (size_t i = 0; i < n_cells; i++) {
    const MsCell *cell = &cells[i];
    MsRole actual = ms_rules_actual_role(rules, cell->actual);
    MsRole predicted = ms_rules_predicted_role(rules, cell->predicted);
    bool same = ms_rules_same_class(rules, cell->actual, cell->predicted);

    if (actual == MS_ROLE_UNKNOWN)
      return refuse_id(cell->actual, unknown_id);
    ms_kind_counts_add(&addition->kinds, ms_kind_of_roles(actual, predicted, same), cell->count);
    if (actual != MS_ROLE_IGNORED)
      n_tallies += tally_cell(cell, predicted, addition->tallies.items + n_tallies);
  }
  addition->n_chances = ms_kind_counts_counted(&addition->kinds);
  addition->tallies.n_items = n_tallies;
  ms_tallies_sort(&addition->tallies);
  return MS_STATUS_OK;
}

MsStatus
ms_addition_of_ids(MsAddition *addition, const MsRules *rules, const MsCell *cells, size_t n_cells,
                   uint32_t *unknown_id)
{
  size_t most;
  MsStatus status;

  if (!ms_comparison_has_classes(rules->comparison)) {
    add_cells_of_one_class(addition, rules, cells, n_cells);
    return MS_STATUS_OK;
  }
  if (!ms_size_mul(n_cells, 2, &most))
    return MS_STATUS_TOO_LARGE;
  status = ms_tallies_alloc(&addition->tallies, most);
  if (status != MS_STATUS_OK)
    return status;
  return add_cells_of_classes(addition, rules, cells, n_cells, unknown_id);
}

/* The second half of a key of tallies while they are summed; the first is the class. */
enum { TALLY_TP, TALLY_FP, TALLY_FN };

static MsStatus
tally_stacks(MsPairs *tallies, MsStackPair pair, uint64_t count)
{
  MsStatus status = MS_STATUS_OK;
  MsStackStep step;

  while (status == MS_STATUS_OK && ms_stack_pair_next(&pair, &step)) {
    uint32_t missing = step.predicted ? TALLY_TP : TALLY_FN;

    status = ms_pairs_add(tallies, step.class_id, step.actual ? missing : TALLY_FP, count);
  }
  return status;
}

static MsStatus
gather_tallies(const MsPairs *sums, MsClassTallies *tallies)
{
  MsCell *cells;
  size_t n_cells;
  MsStatus status = ms_tallies_alloc(tallies, sums->n_used);

  if (status != MS_STATUS_OK || sums->n_used == 0)
    return status;
  cells = malloc(sums->n_used * sizeof *cells);
  if (!cells)
    return MS_STATUS_NO_MEMORY;
  n_cells = ms_pairs_gather(sums, cells);
  for (size_t i = 0; i < n_cells; i++)
    tallies->items[i] = (MsClassTally){.id = cells[i].actual,
                                       .tp = cells[i].predicted == TALLY_TP ? cells[i].count : 0,
                                       .fp = cells[i].predicted == TALLY_FP ? cells[i].count : 0,
                                       .fn = cells[i].predicted == TALLY_FN ? cells[i].count : 0};
  ms_tallies_sort(tallies);
  free(cells);
  return MS_STATUS_OK;
}

/* Writes the cells as the sieves leave them, equal ones joined. */
static MsStatus
sieve_cells(const MsCell *cells, size_t n_cells, const MsStackSieve *actual,
            const MsStackSieve *predicted, MsCell *sieved, size_t *n_sieved)
{
  for (size_t i = 0; i < n_cells; i++)
    sieved[i] = (MsCell){.actual = actual->by_stack[cells[i].actual],
                         .predicted = predicted->by_stack[cells[i].predicted],
                         .count = cells[i].count};
  *n_sieved = n_cells;
  return ms_cells_sort(sieved, n_sieved);
}

static MsStatus
add_sieved_cells(MsAddition *addition, const MsRules *rules, const MsCell *cells, size_t n_cells,
                 const MsStackSieve *actual, const MsStackSieve *predicted)
{
  static const MsFocus all = {.solo = -1};
  MsStatus status = MS_STATUS_OK;
  MsPairs tallies = {0};

  for (size_t i = 0; i < n_cells && status == MS_STATUS_OK; i++) {
    const MsCell *cell = &cells[i];
    MsKind kind = ms_stack_kind(actual, cell->actual, predicted, cell->predicted, &all,
                                ms_rules_background(rules));

    ms_kind_counts_add(&addition->kinds, kind, cell->count);
    if (kind != MS_KIND_IGNORED)
      status = tally_stacks(
          &tallies, ms_stack_pair(actual, cell->actual, predicted, cell->predicted), cell->count);
  }
  if (status == MS_STATUS_OK)
    status = gather_tallies(&tallies, &addition->tallies);
  ms_pairs_clear(&tallies);
  addition->n_chances = ms_kind_counts_counted(&addition->kinds);
  return status;
}

static MsStatus
check_cells(const MsRules *rules, const MsCell *cells, size_t n_cells, const MsStacks *actual,
            const MsStackSieve *actual_sieve, const MsStacks *predicted, uint32_t *unknown_id)
{
  for (size_t i = 0; i < n_cells; i++) {
    if (cells[i].actual >= ms_stacks_count(actual) ||
        cells[i].predicted >= ms_stacks_count(predicted))
      return MS_STATUS_INVALID;
    if (actual_sieve->by_stack[cells[i].actual] == MS_SIEVED_UNKNOWN)
      return refuse_id(ms_stack_unknown_id(rules, actual, cells[i].actual), unknown_id);
  }
  return MS_STATUS_OK;
}

static MsStatus
add_stacks(MsAddition *addition, const MsRules *rules, const MsCell *cells, size_t n_cells,
           const MsStackSieve *actual, const MsStackSieve *predicted)
{
  MsCell *sieved = NULL;
  size_t n_sieved, size;
  MsStatus status;

  if (n_cells == 0)
    return MS_STATUS_OK;
  if (!ms_size_mul(n_cells, sizeof *sieved, &size))
    return MS_STATUS_TOO_LARGE;
  sieved = malloc(size);
  if (!sieved)
    return MS_STATUS_NO_MEMORY;
  status = sieve_cells(cells, n_cells, actual, predicted, sieved, &n_sieved);
  if (status == MS_STATUS_OK)
    status = add_sieved_cells(addition, rules, sieved, n_sieved, actual, predicted);
  free(sieved);
  return status;
}

MsStatus
ms_addition_of_stacks(MsAddition *addition, const MsRules *rules, const MsCell *cells,
                      size_t n_cells, const MsStacks *actual, const MsStacks *predicted,
                      uint32_t *unknown_id)
{
  MsStackSieve actual_sieve = {0}, predicted_sieve = {0};
  MsStatus status = ms_stack_sieve_actual(&actual_sieve, rules, actual);

  if (status == MS_STATUS_OK)
    status = ms_stack_sieve_predicted(&predicted_sieve, rules, predicted);
  if (status == MS_STATUS_OK)
    status = check_cells(rules, cells, n_cells, actual, &actual_sieve, predicted, unknown_id);
  if (status == MS_STATUS_OK)
    status = add_stacks(addition, rules, cells, n_cells, &actual_sieve, &predicted_sieve);
  ms_stack_sieve_clear(&actual_sieve);
  ms_stack_sieve_clear(&predicted_sieve);
  return status;
}

/* A label that either side has. */
static void
add_label(MsAddition *addition, const MsRules *rules, uint32_t label, bool actual, bool predicted)
{
  MsClassTally tally = {.id = label, .tp = actual && predicted, .fp = !actual, .fn = !predicted};

  if (!ms_rules_is_class(rules, label))
    return;
  addition->kinds.tp += tally.tp;
  addition->kinds.fp += tally.fp;
  addition->kinds.fn += tally.fn;
  addition->tallies.items[addition->tallies.n_items++] = tally;
}

/* Labels that neither side has are not looked at, however many there are: they follow from the
 * rest. */
MsStatus
ms_addition_of_labels(MsAddition *addition, const MsRules *rules, const MsLabelSet *actual,
                      const MsLabelSet *predicted)
{
  size_t n_labels = actual->n_labels, n_classes = ms_rules_count_labels(rules, n_labels);
  MsStatus status = ms_tallies_alloc(&addition->tallies,
                                     ms_label_set_count(actual) + ms_label_set_count(predicted));

  if (status != MS_STATUS_OK)
    return status;
  addition->tallies.n_items = 0;
  for (size_t first = 0; first < n_labels; first += MS_LABEL_WORD_BITS) {
    uint64_t a = actual->words[first / MS_LABEL_WORD_BITS];
    uint64_t p = predicted->words[first / MS_LABEL_WORD_BITS];

    for (uint64_t either = a | p; either; either &= either - 1) {
      int bit = __builtin_ctzll(either);

      add_label(addition, rules, (uint32_t)first + (uint32_t)bit, a >> bit & 1, p >> bit & 1);
    }
  }
  addition->n_chances = 1;
  addition->kinds.tn = n_classes - addition->tallies.n_items;
  addition->kinds.ignored = n_labels - n_classes;
  return MS_STATUS_OK;
}
