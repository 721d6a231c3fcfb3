/* SPDX-License-Identifier: MIT
 *
 * The part of the JSON report that is about one example: its counts and scores, by class or label
 * where there are several.
 */
#include "report/table-json-private.h"

#include "report/table-measures.h"

void
ms_json_write_counts(MsJsonWriter *json, const MsCounts *counts, gboolean has_tn, guint64 ignored)
{
  ms_json_key(json, "counts");
  ms_json_open(json, '{', ONE_LINE);
  ms_json_member_count(json, "tp", counts->tp);
  ms_json_member_count(json, "fp", counts->fp);
  ms_json_member_count(json, "fn", counts->fn);
  ms_json_key(json, "tn");
  if (has_tn)
    ms_json_count(json, counts->tn);
  else
    ms_json_null(json);
  ms_json_member_count(json, "ignored", ignored);
  ms_json_close(json, '}');
}

void
ms_json_write_classes(MsJsonWriter *json, MsSet *set, guint model, const MsConfusion *confusion,
                      MsEmptyRule empty, const MsExampleMeasures *measures)
{
  static const MsMetric metrics[] = {MS_METRIC_IOU, MS_METRIC_DICE, MS_METRIC_PRECISION,
                                     MS_METRIC_RECALL};
  size_t n_classes;
  const MsClassCounts *classes = ms_confusion_classes(confusion, &n_classes);

  ms_json_key(json, "classes");
  ms_json_open(json, '[', MULTILINE);
  for (size_t i = 0; i < n_classes; i++) {
    g_autofree char *name = ms_set_class_name(set, model, classes[i].id);

    ms_json_open(json, '{', ONE_LINE);
    ms_json_member_count(json, "id", classes[i].id);
    ms_json_member_string(json, "name", name);
    ms_json_write_counts(json, &classes[i].counts, TRUE, ms_confusion_counts(confusion).ignored);
    for (guint m = 0; m < G_N_ELEMENTS(metrics); m++)
      ms_json_member_value(json, ms_metric_id(metrics[m]),
                           ms_class_score(&classes[i], metrics[m], empty));
    ms_json_write_class_measures(json, measures, classes[i].id);
    ms_json_close(json, '}');
  }
  ms_json_close(json, ']');
}

/* The scores whose value the empty-mask rule or a zero divisor set. */
static void
write_by_rule(MsJsonWriter *json, const MsConfusion *confusion)
{
  ms_json_key(json, "by_rule");
  ms_json_open(json, '[', ONE_LINE);
  for (guint metric = 0; metric < MS_N_METRICS; metric++) {
    MsValue value = ms_confusion_score(confusion, (MsMetric)metric);
    if (value.defined && value.by_rule)
      ms_json_string(json, ms_metric_id((MsMetric)metric));
  }
  ms_json_close(json, ']');
}

static void
write_names(MsJsonWriter *json, const char *key, const MsLabelData *labels, const GArray *marks,
            MsKind kind)
{
  ms_json_key(json, key);
  ms_json_open(json, '[', ONE_LINE);
  for (guint i = 0; i < marks->len; i++) {
    const MsLabelMark *mark = &g_array_index(marks, MsLabelMark, i);

    if (mark->kind == kind)
      ms_json_string(json, ms_label_data_name(labels, mark->label));
  }
  ms_json_close(json, ']');
}

static void
write_labels(MsJsonWriter *json, const MsReportItem *item)
{
  const MsLabelData *labels = ms_set_get_labels(item->set);
  g_autoptr(GArray) marks = NULL;

  if (!labels)
    return;
  marks = ms_label_data_marks(labels, ms_example_get_row(item->example), item->model, item->rules);
  ms_json_key(json, "labels");
  ms_json_open(json, '{', ONE_LINE);
  write_names(json, "right", labels, marks, MS_KIND_TP);
  write_names(json, "missed", labels, marks, MS_KIND_FN);
  write_names(json, "extra", labels, marks, MS_KIND_FP);
  ms_json_close(json, '}');
}

static void
write_item_scores(MsJsonWriter *json, const MsReportItem *item)
{
  MsCounts counts = ms_confusion_counts(item->confusion);

  ms_json_write_counts(json, &counts, ms_confusion_has_tn(item->confusion), counts.ignored);
  for (guint metric = 0; metric < MS_N_METRICS; metric++) {
    if (metric == MS_METRIC_EXACT_MATCH)
      continue;
    ms_json_member_value(json, ms_metric_id((MsMetric)metric),
                         ms_confusion_score(item->confusion, (MsMetric)metric));
  }
  ms_json_member_boolean(json, "exact_match", ms_confusion_exact(item->confusion));
  write_by_rule(json, item->confusion);
  if (ms_report_has_classes(item->set, item->model))
    ms_json_write_classes(json, item->set, item->model, item->confusion, item->rules->rules.empty,
                          item->measures);
  write_labels(json, item);
}

static void
write_no_scores(MsJsonWriter *json)
{
  ms_json_member_null(json, "counts");
  for (guint metric = 0; metric < MS_N_METRICS; metric++)
    if (metric != MS_METRIC_EXACT_MATCH)
      ms_json_member_null(json, ms_metric_id((MsMetric)metric));
  ms_json_member_null(json, "exact_match");
  ms_json_key(json, "by_rule");
  ms_json_open(json, '[', ONE_LINE);
  ms_json_close(json, ']');
}

void
ms_json_write_item(MsJsonWriter *json, MsEvaluation *evaluation, guint example, guint model,
                   const MsSetMeasures *measures)
{
  g_auto(MsReportItem) item = {0};

  ms_report_item_init(&item, evaluation, example, model, measures);
  ms_json_open(json, '{', ONE_LINE);
  ms_json_member_string(json, "example", ms_example_get_id(item.example));
  ms_json_member_string(json, "split", ms_example_get_split(item.example));
  ms_json_member_string(json, "group", ms_example_get_group(item.example));
  ms_json_member_string(json, "status", ms_report_status(item.status));
  ms_json_member_string(json, "message", item.message ? item.message : item.not_measured);
  ms_json_member_boolean(json, "resized", item.confusion && item.resized);
  if (item.confusion)
    write_item_scores(json, &item);
  else
    write_no_scores(json);
  if (measures)
    ms_json_write_measures(json, measures, item.measures);
  ms_json_close(json, '}');
}
