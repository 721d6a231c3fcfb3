/* SPDX-License-Identifier: MIT
 *
 * A sample takes in examples, unit by unit. The scores of all of them are those of a MsTotals; what
 * is kept beside it is what intervals need.
 */
#include "metric/sample.h"

#include <stdlib.h>

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
  for (size_t i = 0; sample->n_cells > 0 && i < sample->n_places; i++)
    free(sample->units[i].classes.items);
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

static MsStatus
tally_classes(const MsConfusion *example, MsClassTallies *tallies)
{
  size_t n_classes;
  const MsClassCounts *classes = ms_confusion_classes(example, &n_classes);
  MsStatus status = ms_tallies_alloc(tallies, n_classes);

  if (status != MS_STATUS_OK)
    return status;
  for (size_t i = 0; i < n_classes; i++) {
    const MsCounts *counts = &classes[i].counts;

    tallies->items[i] =
        (MsClassTally){.id = classes[i].id, .tp = counts->tp, .fp = counts->fp, .fn = counts->fn};
  }
  return MS_STATUS_OK;
}

/* The classes of a unit together with those of one more example. */
static MsStatus
join_classes(const MsClassTallies *classes, const MsConfusion *example, MsClassTallies *joined)
{
  MsClassTallies more;
  MsStatus status = tally_classes(example, &more);

  if (status != MS_STATUS_OK)
    return status;
  if (classes->n_items == 0) {
    *joined = more;
    return MS_STATUS_OK;
  }
  status = ms_tallies_sum(classes, &more, joined);
  free(more.items);
  return status;
}

static void
add_to_sums(double *sums, const MsConfusion *example)
{
  MsCounts counts = ms_confusion_counts(example);
  MsValue iou = ms_confusion_score(example, MS_METRIC_IOU);
  MsValue dice = ms_confusion_score(example, MS_METRIC_DICE);
  uint64_t n_counted = ms_confusion_counted(example);

  if (iou.defined) {
    sums[MS_SUM_IOU] += iou.value;
    sums[MS_SUM_DICE] += dice.value;
    sums[MS_SUM_IN_MEAN]++;
  }
  sums[MS_SUM_TP] += (double)counts.tp;
  sums[MS_SUM_UNION] += (double)(counts.tp + counts.fp + counts.fn);
  sums[MS_SUM_EXACT] += ms_confusion_exact(example);
  sums[MS_SUM_SCORED]++;
  sums[MS_SUM_RIGHT] += (double)(n_counted - ms_confusion_wrong(example));
  sums[MS_SUM_COUNTED] += (double)n_counted;
}

MsStatus
ms_sample_add(MsSample *sample, size_t unit, const MsConfusion *example)
{
  MsClassTallies classes = {0};
  MsStatus status = MS_STATUS_OK;
  MsUnit *to;

  if (unit >= sample->n_places)
    return MS_STATUS_INVALID;
  to = &sample->units[unit];
  if (ms_sample_has_classes(sample))
    status = join_classes(&to->classes, example, &classes);
  if (status == MS_STATUS_OK)
    status = ms_totals_add(sample->totals, example);
  if (status != MS_STATUS_OK) {
    free(classes.items);
    return status;
  }

  sample->n_units += to->sums[MS_SUM_SCORED] == 0;
  sample->n_cells += classes.n_items - to->classes.n_items;
  free(to->classes.items);
  to->classes = classes;
  add_to_sums(to->sums, example);
  return MS_STATUS_OK;
}

size_t
ms_sample_n_units(const MsSample *sample)
{
  return sample->n_units;
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
