/* SPDX-License-Identifier: MIT
 *
 * The descriptor table. A metric exists when it has a row here; the tests hold the rows complete.
 */
#include "metric/metrics.h"

#include <string.h>

#define RATIO .unit = "", .minimum = 0, .maximum = 1, .better = MS_BETTER_HIGHER

static const MsMetricInfo metrics[MS_N_METRICS] = {
    [MS_METRIC_IOU] = {RATIO, .id = "iou", .label = "IoU", .formula = "TP / (TP + FP + FN)",
                       .on_empty = "both empty: the empty rule (1); one empty: 0",
                       .source = "Jaccard, 1901 (Jaccard index)"},
    [MS_METRIC_DICE] = {RATIO, .id = "dice", .label = "Dice", .formula = "2 TP / (2 TP + FP + FN)",
                        .on_empty = "both empty: the empty rule (1); one empty: 0",
                        .source = "Dice, 1945 (the same number as F1)"},
    [MS_METRIC_PRECISION] = {RATIO, .id = "precision", .label = "Precision",
                             .formula = "TP / (TP + FP)",
                             .on_empty = "both empty: the empty rule (1); one empty: 0",
                             .source = "Kent et al., 1955"},
    [MS_METRIC_RECALL] = {RATIO, .id = "recall", .label = "Recall", .formula = "TP / (TP + FN)",
                          .on_empty = "both empty: the empty rule (1); one empty: 0",
                          .source = "Kent et al., 1955"},
    [MS_METRIC_ACCURACY] = {RATIO, .id = "accuracy", .label = "Pixel accuracy",
                            .formula = "(TP + TN) / all counted",
                            .on_empty = "nothing counted: does not exist",
                            .source = "Long, Shelhamer and Darrell, CVPR 2015"},
    [MS_METRIC_EXACT_MATCH] = {RATIO, .id = "exact_match", .label = "Exact match",
                               .formula = "1 when no counted pixel differs, else 0",
                               .on_empty = "nothing counted: 1",
                               .source = "subset accuracy of one example"},
};

static const MsMetricInfo set_metrics[MS_N_SET_METRICS] = {
    [MS_SET_METRIC_IOU_MEAN] = {RATIO, .id = "iou.mean", .label = "Mean IoU",
                                .formula = "sum of the examples' IoU / examples with an IoU",
                                .on_empty = "no example has an IoU: does not exist",
                                .source = "Jaccard index, macro average over examples"},
    [MS_SET_METRIC_IOU_POOLED] = {RATIO, .id = "iou.pooled", .label = "Pooled IoU",
                                  .formula = "TP / (TP + FP + FN), counts of all examples summed",
                                  .on_empty = "nothing positive in the set: the empty rule (1)",
                                  .source = "Jaccard index, micro average"},
    [MS_SET_METRIC_DICE_MEAN] = {RATIO, .id = "dice.mean", .label = "Mean Dice",
                                 .formula = "sum of the examples' Dice / examples with a Dice",
                                 .on_empty = "no example has a Dice: does not exist",
                                 .source = "Dice coefficient, macro average over examples"},
    [MS_SET_METRIC_DICE_POOLED] = {RATIO, .id = "dice.pooled", .label = "Pooled Dice",
                                   .formula =
                                       "2 TP / (2 TP + FP + FN), counts of all examples summed",
                                   .on_empty = "nothing positive in the set: the empty rule (1)",
                                   .source = "Dice coefficient, micro average"},
    [MS_SET_METRIC_MIOU] = {RATIO, .id = "miou", .label = "Mean IoU over classes",
                            .formula = "sum of the classes' pooled IoU / classes that occur",
                            .on_empty = "no class occurs: does not exist",
                            .source = "Long, Shelhamer and Darrell, CVPR 2015 (mean IU)"},
    [MS_SET_METRIC_EXACT_RATIO] = {RATIO, .id = "exact", .label = "Exact match ratio",
                                   .formula = "examples with an exact match / examples scored",
                                   .on_empty = "no example scored: does not exist",
                                   .source = "subset accuracy"},
    [MS_SET_METRIC_HAMMING] = {RATIO, .id = "hamming", .label = "Pooled pixel accuracy",
                               .formula = "(TP + TN) / all counted, counts of all examples summed",
                               .on_empty = "nothing counted: does not exist",
                               .source = "Long, Shelhamer and Darrell, CVPR 2015"},
};

/* Rows that label sets word in another way; those without an id are worded alike. */
static const MsMetricInfo label_metrics[MS_N_METRICS] = {
    [MS_METRIC_ACCURACY] = {RATIO, .id = "accuracy", .label = "Hamming accuracy",
                            .formula = "(TP + TN) / all labels",
                            .on_empty = "no label counted: does not exist",
                            .source = "1 - Hamming loss (Schapire and Singer, 1999)"},
    [MS_METRIC_EXACT_MATCH] = {RATIO, .id = "exact_match", .label = "Exact match",
                               .formula = "1 when every label is right, else 0",
                               .on_empty = "no label counted: 1",
                               .source = "subset accuracy of one example"},
};

static const MsMetricInfo label_set_metrics[MS_N_SET_METRICS] = {
    [MS_SET_METRIC_MIOU] = {RATIO, .id = "miou", .label = "Mean IoU over labels",
                            .formula = "sum of the labels' pooled IoU / labels that occur",
                            .on_empty = "no label occurs: does not exist",
                            .source = "Jaccard index, macro average over labels"},
    [MS_SET_METRIC_HAMMING] = {RATIO, .id = "hamming", .label = "Hamming accuracy",
                               .formula = "(TP + TN) / all labels of all examples",
                               .on_empty = "no label counted: does not exist",
                               .source = "1 - Hamming loss (Schapire and Singer, 1999)"},
};

const MsMetricInfo *
ms_metric_info(MsMetric metric, MsComparison comparison)
{
  bool own = comparison == MS_COMPARE_LABELS && label_metrics[metric].id;

  return own ? &label_metrics[metric] : &metrics[metric];
}

const MsMetricInfo *
ms_set_metric_info(MsSetMetric metric, MsComparison comparison)
{
  bool own = comparison == MS_COMPARE_LABELS && label_set_metrics[metric].id;

  return own ? &label_set_metrics[metric] : &set_metrics[metric];
}

const char *
ms_metric_id(MsMetric metric)
{
  return metrics[metric].id;
}

const char *
ms_set_metric_id(MsSetMetric metric)
{
  return set_metrics[metric].id;
}

bool
ms_set_metric_is_shown(MsSetMetric metric, MsComparison comparison)
{
  switch (metric) {
  case MS_SET_METRIC_MIOU:
    return ms_comparison_has_classes(comparison);
  case MS_SET_METRIC_HAMMING:
    return comparison == MS_COMPARE_LABELS;
  default:
    return true;
  }
}

bool
ms_set_metric_from_id(const char *id, MsSetMetric *metric)
{
  for (int i = 0; i < MS_N_SET_METRICS; i++) {
    if (strcmp(set_metrics[i].id, id) == 0) {
      *metric = (MsSetMetric)i;
      return true;
    }
  }
  return false;
}
