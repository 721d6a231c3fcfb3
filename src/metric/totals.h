/* SPDX-License-Identifier: MIT
 *
 * The scores of a set: pooled (counts summed first), mean (examples scored first, then averaged)
 * and the exact match ratio. Means are summed in the order of the calls, so callers add examples
 * in id order and get the same digits whatever the number of threads.
 */
#pragma once

#include "metric/confusion.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct MsTotals MsTotals;

/* Rules as for the examples' confusions. */
MsStatus ms_totals_new(const MsRules *rules, MsTotals **totals);
void ms_totals_free(MsTotals *totals); /* NULL is fine */

/* Adds one scored example (or one group, its members merged first). */
MsStatus ms_totals_add(MsTotals *totals, const MsConfusion *example);

/* Takes off one that was added before: counts are as if it never was, means to the last digits.
 * INVALID, with nothing changed: it cannot have been. */
MsStatus ms_totals_remove(MsTotals *totals, const MsConfusion *example);

/* mIoU leaves the background class out of its mean when false; true at first. */
void ms_totals_set_background_in_mean(MsTotals *totals, bool in_mean);

uint64_t ms_totals_scored(const MsTotals *totals); /* examples added */
uint64_t ms_totals_exact(const MsTotals *totals);  /* of them exact matches */
/* Examples whose IoU entered the mean: those with a defined IoU. */
uint64_t ms_totals_in_mean(const MsTotals *totals);

/* Everything added, merged; lent. */
const MsConfusion *ms_totals_pooled(const MsTotals *totals);

/* A set score; undefined when no example, or no class, has a value. IoU of a class absent from
 * both sides of the whole set is n/a and leaves the mean over classes. */
MsValue ms_totals_value(const MsTotals *totals, MsSetMetric metric);

/* Collects examples by group; each group's counts are summed, then groups are scored like examples.
 * Groups are numbered by the caller, 0 to n_groups - 1. */
typedef struct MsGroups MsGroups;
MsStatus ms_groups_new(const MsRules *rules, size_t n_groups, MsGroups **groups);
void ms_groups_free(MsGroups *groups);
MsStatus ms_groups_add(MsGroups *groups, size_t group, const MsConfusion *example);
/* The summed counts of a group; NULL: it got no example. Lent until the next add. */
const MsConfusion *ms_groups_counts(const MsGroups *groups, size_t group);
/* Totals over the groups that got an example, in order of their numbers; the caller's to free. */
MsStatus ms_groups_totals(const MsGroups *groups, MsTotals **totals);

#ifdef __cplusplus
}
#endif
