/* SPDX-License-Identifier: MIT
 *
 * One descriptor for every metric: the only place that knows its id, label, range and formula. The
 * viewer, the command and the reports take their words from here.
 */
#pragma once

#include <stddef.h>

#include "metric/rules.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Scores of one example. */
typedef enum {
  MS_METRIC_IOU,
  MS_METRIC_DICE,
  MS_METRIC_PRECISION,
  MS_METRIC_RECALL,
  MS_METRIC_ACCURACY,
  MS_METRIC_EXACT_MATCH,
  MS_N_METRICS
} MsMetric;

/* Scores of a set. */
typedef enum {
  MS_SET_METRIC_IOU_MEAN,
  MS_SET_METRIC_IOU_POOLED,
  MS_SET_METRIC_DICE_MEAN,
  MS_SET_METRIC_DICE_POOLED,
  MS_SET_METRIC_MIOU,
  MS_SET_METRIC_EXACT_RATIO,
  MS_SET_METRIC_HAMMING, /* shown for label sets; of masks it is the pooled pixel accuracy */
  MS_N_SET_METRICS
} MsSetMetric;

typedef enum { MS_BETTER_HIGHER, MS_BETTER_LOWER } MsBetter;

typedef struct {
  const char *id;    /* as in column names and options: "iou", "iou.mean", "exact" */
  const char *label; /* as on screen: "IoU", "Mean IoU" */
  const char *name;  /* where the label is short for it: in full; else NULL */
  const char *unit;  /* "" for ratios */
  double minimum;
  double maximum;
  MsBetter better;
  const char *formula;  /* "TP / (TP + FP + FN)" */
  const char *on_empty; /* its value when there is nothing to divide */
  const char *source;   /* where the definition comes from */
} MsMetricInfo;

/* In the words of what is compared: pixels and classes, or labels. */
const MsMetricInfo *ms_metric_info(MsMetric metric, MsComparison comparison);
const MsMetricInfo *ms_set_metric_info(MsSetMetric metric, MsComparison comparison);

/* As in columns and options, whatever is compared. */
const char *ms_metric_id(MsMetric metric);
const char *ms_set_metric_id(MsSetMetric metric);

/* Whether a table of scores for people has it: the mean over classes only where there are several,
 * HAMMING only for label sets. */
bool ms_set_metric_is_shown(MsSetMetric metric, MsComparison comparison);

/* By id; false, with *metric untouched, when there is none. */
bool ms_set_metric_from_id(const char *id, MsSetMetric *metric);

#ifdef __cplusplus
}
#endif
