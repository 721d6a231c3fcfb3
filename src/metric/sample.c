/* SPDX-License-Identifier: MIT
 *
 * A sample takes in examples, unit by unit. The scores of all of them are those of a MsTotals; what
 * is kept beside it is what intervals need.
 */
#include "metric/sample.h"

#include <stdlib.h>
#include <string.h>

#include "metric/outcome.h"
#include "metric/rules-private.h"
#include "metric/sample-private.h"
#include "metric/size.h"

MsStatus
ms_sample_new(const MsRules *rules, size_t n_units, MsSample **sample)
{
  MsSample *made;
  size_t size;
  MsStatus status;

  /* One more, so that there is memory to be had for no units. */
  if (!ms_size_add(n_units, 1, &size) || !ms_size_mul(size, sizeof *made->units, &size))
    return MS_STATUS_TOO_LARGE;
  made = calloc(1, sizeof *made);
  if (!made)
    return MS_STATUS_NO_MEMORY;
  *made = (MsSample){.comparison = rules->comparison,
                     .empty = rules->empty,
                     .background = ms_rules_background(rules),
                     .background_in_mean = true,
                     .units = calloc(1, size),
                     .n_places = n_units};
  status = made->units ? ms_totals_new(rules, &made->totals) : MS_STATUS_NO_MEMORY;
  if (status != MS_STATUS_OK) {
    ms_sample_free(made);
    return status;
  }
  *sample = made;
  return MS_STATUS_OK;
}

void
ms_sample_free(MsSample *sample)
{
  if (!sample)
    return;
  free(sample->block.items);
  free(sample->units);
  ms_totals_free(sample->totals);
  free(sample);
}

void
ms_sample_set_background_in_mean(MsSample *sample, bool in_mean)
{
  sample->background_in_mean = in_mean;
  ms_totals_set_background_in_mean(sample->totals, in_mean);
}

/* Room for n more classes at the end of the block. */
static MsStatus
reserve(MsSample *sample, size_t n)
{
  size_t capacity, size;
  MsClassTally *items;

  if (n <= sample->block_capacity - sample->block.n_items)
    return MS_STATUS_OK;
  if (!ms_size_add(sample->block.n_items, n, &capacity) ||
      !ms_size_add(capacity, sample->block_capacity / 2, &capacity) ||
      !ms_size_mul(capacity, sizeof *items, &size))
    return MS_STATUS_TOO_LARGE;
  items = realloc(sample->block.items, size);
  if (!items)
    return MS_STATUS_NO_MEMORY;
  sample->block.items = items;
  sample->block_capacity = capacity;
  return MS_STATUS_OK;
}

static void
list_tallies(const MsClassCounts *classes, size_t n_classes, MsClassTally *tallies)
{
  for (size_t i = 0; i < n_classes; i++) {
    const MsCounts *counts = &classes[i].counts;

    tallies[i] =
        (MsClassTally){.id = classes[i].id, .tp = counts->tp, .fp = counts->fp, .fn = counts->fn};
  }
}

/* The classes that lie behind the block become a unit's. */
static void
take_classes(MsSample *sample, MsUnit *unit, size_t n_classes)
{
  sample->n_cells += n_classes - unit->n_classes;
  unit->first_class = sample->block.n_items;
  unit->n_classes = n_classes;
  sample->block.n_items += n_classes;
}

static MsStatus
join_classes(MsSample *sample, MsUnit *unit, const MsClassTallies *more)
{
  MsClassTallies classes = ms_sample_unit_classes(sample, unit), joined;
  MsStatus status;

  if (ms_tallies_add(&classes, more))
    return MS_STATUS_OK;
  status = ms_tallies_sum(&classes, more, &joined);
  if (status != MS_STATUS_OK)
    return status;
  status = reserve(sample, joined.n_items);
  if (status == MS_STATUS_OK) {
    memcpy(sample->block.items + sample->block.n_items, joined.items,
           joined.n_items * sizeof *joined.items);
    take_classes(sample, unit, joined.n_items);
  }
  free(joined.items);
  return status;
}

static MsStatus
add_classes(MsSample *sample, MsUnit *unit, const MsConfusion *example)
{
  size_t n_classes;
  const MsClassCounts *classes = ms_confusion_classes(example, &n_classes);
  MsStatus status = reserve(sample, n_classes);
  MsClassTallies more;

  if (status != MS_STATUS_OK || n_classes == 0)
    return status;
  more = (MsClassTallies){sample->block.items + sample->block.n_items, n_classes};
  list_tallies(classes, n_classes, more.items);
  if (unit->n_classes > 0)
    return join_classes(sample, unit, &more);
  take_classes(sample, unit, n_classes);
  return MS_STATUS_OK;
}

static void
add_to_sums(double *sums, const MsOutcome *outcome)
{
  const MsCounts *counts = &outcome->counts;

  if (outcome->iou.defined) {
    sums[MS_SUM_IOU] += outcome->iou.value;
    sums[MS_SUM_DICE] += outcome->dice.value;
    sums[MS_SUM_IN_MEAN]++;
  }
  sums[MS_SUM_TP] += (double)counts->tp;
  sums[MS_SUM_UNION] += (double)(counts->tp + counts->fp + counts->fn);
  sums[MS_SUM_EXACT] += outcome->n_wrong == 0;
  sums[MS_SUM_SCORED]++;
  sums[MS_SUM_RIGHT] += (double)(outcome->n_counted - outcome->n_wrong);
  sums[MS_SUM_COUNTED] += (double)outcome->n_counted;
}

MsStatus
ms_sample_add(MsSample *sample, size_t unit, const MsConfusion *example)
{
  MsOutcome outcome = ms_confusion_outcome(example);
  MsStatus status = MS_STATUS_OK;
  MsUnit *to;

  if (unit >= sample->n_places)
    return MS_STATUS_INVALID;
  to = &sample->units[unit];
  if (ms_sample_has_classes(sample))
    status = add_classes(sample, to, example);
  if (status == MS_STATUS_OK)
    status = ms_totals_add_outcome(sample->totals, example, &outcome);
  if (status != MS_STATUS_OK)
    return status;
  sample->n_units += to->sums[MS_SUM_SCORED] == 0;
  add_to_sums(to->sums, &outcome);
  return MS_STATUS_OK;
}

size_t
ms_sample_n_units(const MsSample *sample)
{
  return sample->n_units;
}

const MsTotals *
ms_sample_totals(const MsSample *sample)
{
  return sample->totals;
}

MsValue
ms_sample_value(const MsSample *sample, MsSetMetric metric)
{
  return ms_totals_value(sample->totals, metric);
}

const MsClassCounts *
ms_sample_classes(const MsSample *sample, size_t *n_classes)
{
  return ms_confusion_classes(ms_totals_pooled(sample->totals), n_classes);
}

bool
ms_sample_takes_in(const MsSample *sample, const MsClassCounts *counts)
{
  return sample->background_in_mean || counts->id != sample->background;
}

size_t
ms_sample_class_index(const MsClassCounts *classes, size_t n_classes, size_t from, uint32_t id)
{
  size_t low = from, high = n_classes;

  if (classes[from].id == id)
    return from;
  while (low + 1 < high) {
    size_t middle = low + (high - low) / 2;

    if (classes[middle].id <= id)
      low = middle;
    else
      high = middle;
  }
  return low;
}
