/* SPDX-License-Identifier: MIT
 *
 * Sorted lists of tallies; sums are made beside the old list, so that a failed allocation changes
 * nothing.
 */
#include "metric/tallies.h"

#include <stdlib.h>

#include "metric/size.h"

MsStatus
ms_tallies_alloc(MsClassTallies *tallies, size_t n_items)
{
  MsClassTally *items = NULL;
  size_t size;

  if (!ms_size_mul(n_items, sizeof *items, &size))
    return MS_STATUS_TOO_LARGE;
  if (n_items > 0) {
    items = malloc(size);
    if (!items)
      return MS_STATUS_NO_MEMORY;
  }
  *tallies = (MsClassTallies){.items = items, .n_items = n_items};
  return MS_STATUS_OK;
}

static int
compare_ids(const void *left, const void *right)
{
  uint32_t l = ((const MsClassTally *)left)->id, r = ((const MsClassTally *)right)->id;

  return (l > r) - (l < r);
}

static void
add(MsClassTally *sum, const MsClassTally *more)
{
  sum->tp += more->tp;
  sum->fp += more->fp;
  sum->fn += more->fn;
}

/* Appends in order of ids; an id as the last one's joins it. */
static void
append(MsClassTallies *tallies, const MsClassTally *tally)
{
  MsClassTally *last = tallies->n_items > 0 ? &tallies->items[tallies->n_items - 1] : NULL;

  if (last && last->id == tally->id)
    add(last, tally);
  else
    tallies->items[tallies->n_items++] = *tally;
}

void
ms_tallies_sort(MsClassTallies *tallies)
{
  size_t n_items = tallies->n_items;

  if (n_items == 0)
    return;
  qsort(tallies->items, n_items, sizeof *tallies->items, compare_ids);
  tallies->n_items = 0;
  for (size_t i = 0; i < n_items; i++) {
    MsClassTally tally = tallies->items[i];

    append(tallies, &tally);
  }
}

static bool
has_all(const MsClassTallies *tallies, const MsClassTallies *others)
{
  size_t i = 0;

  for (size_t other = 0; other < others->n_items; other++, i++) {
    while (i < tallies->n_items && tallies->items[i].id < others->items[other].id)
      i++;
    if (i == tallies->n_items || tallies->items[i].id != others->items[other].id)
      return false;
  }
  return true;
}

bool
ms_tallies_add(MsClassTallies *sum, const MsClassTallies *more)
{
  MsClassTally *to = sum->items;

  if (!has_all(sum, more))
    return false;
  for (size_t i = 0; i < more->n_items; i++) {
    while (to->id != more->items[i].id)
      to++;
    add(to, &more->items[i]);
  }
  return true;
}

static bool
holds(const MsClassTally *sum, const MsClassTally *part)
{
  return sum->tp >= part->tp && sum->fp >= part->fp && sum->fn >= part->fn;
}

bool
ms_tallies_subtract(MsClassTallies *sum, const MsClassTallies *part)
{
  MsClassTally *from = sum->items;

  if (!has_all(sum, part))
    return false;
  for (size_t i = 0; i < part->n_items; i++) {
    while (from->id != part->items[i].id)
      from++;
    if (!holds(from, &part->items[i]))
      return false;
  }
  from = sum->items;
  for (size_t i = 0; i < part->n_items; i++) {
    while (from->id != part->items[i].id)
      from++;
    from->tp -= part->items[i].tp;
    from->fp -= part->items[i].fp;
    from->fn -= part->items[i].fn;
  }
  return true;
}

MsStatus
ms_tallies_sum(const MsClassTallies *left, const MsClassTallies *right, MsClassTallies *sum)
{
  size_t l = 0, r = 0, most;
  MsClassTallies made;
  MsStatus status;

  if (!ms_size_add(left->n_items, right->n_items, &most))
    return MS_STATUS_TOO_LARGE;
  status = ms_tallies_alloc(&made, most);
  if (status != MS_STATUS_OK)
    return status;

  made.n_items = 0;
  while (l < left->n_items || r < right->n_items) {
    bool take_left =
        r == right->n_items || (l < left->n_items && left->items[l].id <= right->items[r].id);

    append(&made, take_left ? &left->items[l++] : &right->items[r++]);
  }
  *sum = made;
  return MS_STATUS_OK;
}
