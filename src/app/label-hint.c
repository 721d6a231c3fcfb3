/* SPDX-License-Identifier: MIT */
#include "app/label-hint.h"

#include "set/describe.h"

/* Counting goes over all examples: no longer than a frame. */
#define MAX_EXAMPLES 20000

static const MsClassCounts *
find_label(const MsConfusion *confusion, guint label)
{
  size_t n;
  const MsClassCounts *classes = ms_confusion_classes(confusion, &n);

  for (size_t i = 0; i < n; i++)
    if (classes[i].id == label)
      return &classes[i];
  return NULL;
}

static char *
describe(const char *name, const MsClassCounts *counts, MsEmptyRule empty)
{
  g_autofree char *iou = ms_describe_ratio(ms_class_score(counts, MS_METRIC_IOU, empty), 3);
  g_autofree char *right = ms_describe_count(counts->counts.tp);
  g_autofree char *missed = ms_describe_count(counts->counts.fn);
  g_autofree char *extra = ms_describe_count(counts->counts.fp);

  return g_strdup_printf("%s: IoU %s over the set (%s right, %s missed, %s extra)", name, iou,
                         right, missed, extra);
}

char *
ms_label_hint(MsEvaluation *evaluation, const MsFrame *frame, guint label, gboolean name_alone)
{
  const char *name = ms_label_data_name(ms_set_get_labels(frame->set), label);
  g_autoptr(MsTotals) totals = NULL;
  const MsClassCounts *counts = NULL;

  if (evaluation && !ms_evaluation_is_running(evaluation) &&
      ms_set_get_n_examples(frame->set) <= MAX_EXAMPLES)
    totals = ms_evaluation_totals(evaluation, frame->model, NULL, NULL);
  if (totals)
    counts = find_label(ms_totals_pooled(totals), label);
  if (counts)
    return describe(name, counts, ms_evaluation_get_rules(evaluation, frame->model)->rules.empty);
  return name_alone ? g_strdup(name) : NULL;
}
