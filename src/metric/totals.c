/* SPDX-License-Identifier: MIT
 *
 * Set scores: one merged confusion for what is pooled, running sums for means, and a counter of
 * exact matches. Groups are confusions by number, made when their first example comes.
 */
#include "metric/totals.h"

#include <stdlib.h>

#include "metric/outcome.h"
#include "metric/rules-private.h"

typedef struct {
  double sum;
  uint64_t n_values;
} Mean;

struct MsTotals {
  MsRules rules; /* owns its arrays */
  MsConfusion *pooled;
  uint64_t n_scored;
  uint64_t n_exact;
  Mean iou;
  Mean dice;
  bool background_in_mean;
};

struct MsGroups {
  MsRules rules; /* owns its arrays */
  MsConfusion **members;
  size_t n_groups;
};

MsStatus
ms_totals_new(const MsRules *rules, MsTotals **totals)
{
  MsTotals *made = calloc(1, sizeof *made);
  MsStatus status;

  if (!made)
    return MS_STATUS_NO_MEMORY;
  made->background_in_mean = true;
  status = ms_rules_copy(rules, &made->rules);
  if (status == MS_STATUS_OK)
    status = ms_confusion_new(rules, &made->pooled);
  if (status != MS_STATUS_OK) {
    ms_totals_free(made);
    return status;
  }
  *totals = made;
  return MS_STATUS_OK;
}

void
ms_totals_free(MsTotals *totals)
{
  if (!totals)
    return;
  ms_rules_clear_copy(&totals->rules);
  ms_confusion_free(totals->pooled);
  free(totals);
}

static void
add_to_mean(Mean *mean, MsValue value)
{
  if (!value.defined)
    return;
  mean->sum += value.value;
  mean->n_values++;
}

static void
take_off_mean(Mean *mean, MsValue value)
{
  if (!value.defined)
    return;
  mean->n_values--;
  mean->sum = mean->n_values > 0 ? mean->sum - value.value : 0;
}

static MsValue
mean_value(const Mean *mean)
{
  if (mean->n_values == 0)
    return (MsValue){.defined = false};
  return (MsValue){.value = mean->sum / (double)mean->n_values, .defined = true};
}

MsStatus
ms_totals_add_outcome(MsTotals *totals, const MsConfusion *example, const MsOutcome *outcome)
{
  MsStatus status = ms_confusion_merge(totals->pooled, example);

  if (status != MS_STATUS_OK)
    return status;
  totals->n_scored++;
  totals->n_exact += outcome->n_wrong == 0;
  add_to_mean(&totals->iou, outcome->iou);
  add_to_mean(&totals->dice, outcome->dice);
  return MS_STATUS_OK;
}

MsStatus
ms_totals_add(MsTotals *totals, const MsConfusion *example)
{
  MsOutcome outcome = ms_confusion_outcome(example);

  return ms_totals_add_outcome(totals, example, &outcome);
}

MsStatus
ms_totals_remove(MsTotals *totals, const MsConfusion *example)
{
  MsOutcome outcome = ms_confusion_outcome(example);
  MsStatus status;

  if (totals->n_scored == 0 || totals->iou.n_values < outcome.iou.defined ||
      totals->dice.n_values < outcome.dice.defined ||
      totals->n_exact < (uint64_t)(outcome.n_wrong == 0))
    return MS_STATUS_INVALID;
  status = ms_confusion_unmerge(totals->pooled, example);
  if (status != MS_STATUS_OK)
    return status;
  totals->n_scored--;
  totals->n_exact -= outcome.n_wrong == 0;
  take_off_mean(&totals->iou, outcome.iou);
  take_off_mean(&totals->dice, outcome.dice);
  return MS_STATUS_OK;
}

void
ms_totals_set_background_in_mean(MsTotals *totals, bool in_mean)
{
  totals->background_in_mean = in_mean;
}

uint64_t
ms_totals_scored(const MsTotals *totals)
{
  return totals->n_scored;
}

uint64_t
ms_totals_exact(const MsTotals *totals)
{
  return totals->n_exact;
}

uint64_t
ms_totals_in_mean(const MsTotals *totals)
{
  return totals->iou.n_values;
}

const MsConfusion *
ms_totals_pooled(const MsTotals *totals)
{
  return totals->pooled;
}

static MsValue
mean_over_classes(const MsTotals *totals)
{
  const MsRules *rules = &totals->rules;
  const MsClassCounts *classes;
  size_t n_classes;
  Mean mean = {0};

  if (!ms_comparison_has_classes(rules->comparison))
    return ms_confusion_score(totals->pooled, MS_METRIC_IOU);
  classes = ms_confusion_classes(totals->pooled, &n_classes);
  for (size_t i = 0; i < n_classes; i++) {
    if (classes[i].id != ms_rules_background(rules) || totals->background_in_mean)
      add_to_mean(&mean, ms_class_score(&classes[i], MS_METRIC_IOU, rules->empty));
  }
  return mean_value(&mean);
}

MsValue
ms_totals_value(const MsTotals *totals, MsSetMetric metric)
{
  switch (metric) {
  case MS_SET_METRIC_IOU_MEAN:
    return mean_value(&totals->iou);
  case MS_SET_METRIC_IOU_POOLED:
    return ms_confusion_score(totals->pooled, MS_METRIC_IOU);
  case MS_SET_METRIC_DICE_MEAN:
    return mean_value(&totals->dice);
  case MS_SET_METRIC_DICE_POOLED:
    return ms_confusion_score(totals->pooled, MS_METRIC_DICE);
  case MS_SET_METRIC_MIOU:
    return mean_over_classes(totals);
  case MS_SET_METRIC_EXACT_RATIO:
    return mean_value(&(Mean){(double)totals->n_exact, totals->n_scored});
  case MS_SET_METRIC_HAMMING:
    return ms_confusion_score(totals->pooled, MS_METRIC_ACCURACY);
  case MS_N_SET_METRICS:
    break;
  }
  return (MsValue){.defined = false};
}

MsStatus
ms_groups_new(const MsRules *rules, size_t n_groups, MsGroups **groups)
{
  MsGroups *made = calloc(1, sizeof *made);
  MsStatus status;

  if (!made)
    return MS_STATUS_NO_MEMORY;
  status = ms_rules_copy(rules, &made->rules);
  if (status == MS_STATUS_OK && n_groups > 0) {
    made->members = calloc(n_groups, sizeof *made->members);
    if (!made->members)
      status = MS_STATUS_NO_MEMORY;
  }
  if (status != MS_STATUS_OK) {
    ms_groups_free(made);
    return status;
  }
  made->n_groups = n_groups;
  *groups = made;
  return MS_STATUS_OK;
}

void
ms_groups_free(MsGroups *groups)
{
  if (!groups)
    return;
  for (size_t i = 0; i < groups->n_groups; i++)
    ms_confusion_free(groups->members[i]);
  free(groups->members);
  ms_rules_clear_copy(&groups->rules);
  free(groups);
}

MsStatus
ms_groups_add(MsGroups *groups, size_t group, const MsConfusion *example)
{
  if (group >= groups->n_groups)
    return MS_STATUS_INVALID;
  if (!groups->members[group]) {
    MsStatus status = ms_confusion_new(&groups->rules, &groups->members[group]);

    if (status != MS_STATUS_OK)
      return status;
  }
  return ms_confusion_merge(groups->members[group], example);
}

const MsConfusion *
ms_groups_counts(const MsGroups *groups, size_t group)
{
  return group < groups->n_groups ? groups->members[group] : NULL;
}

MsStatus
ms_groups_totals(const MsGroups *groups, MsTotals **totals)
{
  MsTotals *made;
  MsStatus status = ms_totals_new(&groups->rules, &made);

  if (status != MS_STATUS_OK)
    return status;
  for (size_t i = 0; i < groups->n_groups && status == MS_STATUS_OK; i++) {
    if (groups->members[i])
      status = ms_totals_add(made, groups->members[i]);
  }
  if (status != MS_STATUS_OK) {
    ms_totals_free(made);
    return status;
  }
  *totals = made;
  return MS_STATUS_OK;
}
