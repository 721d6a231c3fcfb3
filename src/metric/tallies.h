/* SPDX-License-Identifier: MIT
 *
 * TP, FP and FN by class: a list sorted by id, one tally an id, made for few classes in a mask and
 * not broken by many thousands of instance ids.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "metric/status.h"

#pragma GCC visibility push(hidden)

typedef struct {
  uint32_t id;
  uint64_t tp;
  uint64_t fp;
  uint64_t fn;
} MsClassTally;

typedef struct {
  MsClassTally *items;
  size_t n_items;
} MsClassTallies;

/* Sorts by id and joins equal ids. */
void ms_tallies_sort(MsClassTallies *tallies);

/* Adds a sorted list to one that has all its ids; false, with nothing changed: one is missing. */
bool ms_tallies_add(MsClassTallies *sum, const MsClassTallies *more);

/* Takes a sorted list off one that it was added to; false, with nothing changed: it cannot have
 * been. What is left may be tallies of nothing. */
bool ms_tallies_subtract(MsClassTallies *sum, const MsClassTallies *part);

/* A new list: the sum of two sorted ones. Errors: NO_MEMORY, TOO_LARGE. */
MsStatus ms_tallies_sum(const MsClassTallies *left, const MsClassTallies *right,
                        MsClassTallies *sum);

/* Room for n_items, none of them set; NULL items for none. Freed with free(items). */
MsStatus ms_tallies_alloc(MsClassTallies *tallies, size_t n_items);

#pragma GCC visibility pop
