/* SPDX-License-Identifier: MIT
 *
 * The JSON report. Its shape is written down in maskscope-report.schema.json, which a test holds
 * this file to: whoever adds a key adds it there. A value that does not exist is null.
 */
#include "report/table-private.h"

#include "report/notes.h"
#include "report/table-json-private.h"

static void
write_counts(MsJsonWriter *json, const MsCounts *counts, gboolean has_tn, guint64 ignored)
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

static void
write_classes(MsJsonWriter *json, MsSet *set, guint model, const MsConfusion *confusion,
              MsEmptyRule empty)
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
    write_counts(json, &classes[i].counts, TRUE, ms_confusion_counts(confusion).ignored);
    for (guint m = 0; m < G_N_ELEMENTS(metrics); m++)
      ms_json_member_value(json, ms_metric_info(metrics[m], ms_confusion_comparison(confusion))->id,
                           ms_class_score(&classes[i], metrics[m], empty));
    ms_json_close(json, '}');
  }
  ms_json_close(json, ']');
}

static void
write_mean_and_pooled(MsJsonWriter *json, const char *key, const MsTotals *totals, MsSetMetric mean,
                      MsSetMetric pooled)
{
  ms_json_key(json, key);
  ms_json_open(json, '{', ONE_LINE);
  ms_json_member_value(json, "mean", ms_totals_value(totals, mean));
  ms_json_member_value(json, "pooled", ms_totals_value(totals, pooled));
  ms_json_close(json, '}');
}

static void
write_totals(MsJsonWriter *json, MsEvaluation *evaluation, guint model, const MsTotals *totals)
{
  const MsConfusion *pooled = ms_totals_pooled(totals);
  MsCounts counts = ms_confusion_counts(pooled);
  MsEmptyRule empty = ms_evaluation_get_rules(evaluation, model)->rules.empty;

  write_counts(json, &counts, ms_confusion_has_tn(pooled), counts.ignored);
  write_mean_and_pooled(json, "iou", totals, MS_SET_METRIC_IOU_MEAN, MS_SET_METRIC_IOU_POOLED);
  write_mean_and_pooled(json, "dice", totals, MS_SET_METRIC_DICE_MEAN, MS_SET_METRIC_DICE_POOLED);
  ms_json_member_value(json, "exact_match_ratio",
                       ms_totals_value(totals, MS_SET_METRIC_EXACT_RATIO));
  ms_json_member_value(json, "miou", ms_totals_value(totals, MS_SET_METRIC_MIOU));
  ms_json_member_count(json, "exact", ms_totals_exact(totals));
  ms_json_member_count(json, "in_mean", ms_totals_in_mean(totals));
  write_classes(json, ms_evaluation_get_set(evaluation), model, pooled, empty);
}

static void
write_skipped(MsJsonWriter *json, MsEvaluation *evaluation, guint model, const char *split)
{
  MsSet *set = ms_evaluation_get_set(evaluation);
  guint n_examples;
  const guint *examples = ms_set_get_split_examples(set, split, &n_examples);

  ms_json_key(json, "skipped");
  ms_json_open(json, '[', MULTILINE);
  for (guint i = 0; i < n_examples; i++) {
    const MsScore *score = ms_evaluation_get_score(evaluation, examples[i], model);
    MsExample *example = ms_set_get_example(set, examples[i]);

    if (!score || score->status == MS_RESULT_OK)
      continue;
    ms_json_open(json, '{', ONE_LINE);
    ms_json_member_string(json, "example", ms_example_get_id(example));
    ms_json_member_string(json, "status", ms_report_status(score->status));
    ms_json_member_string(json, "reason", score->message);
    ms_json_close(json, '}');
  }
  ms_json_close(json, ']');
}

/* All examples of a model, or those of one split. */
static void
write_part(MsJsonWriter *json, MsEvaluation *evaluation, guint model, const char *split)
{
  MsTally tally;
  g_autoptr(MsTotals) totals = ms_evaluation_totals(evaluation, model, split, &tally);

  ms_json_open(json, '{', MULTILINE);
  ms_json_member_count(json, "examples", tally.examples);
  ms_json_member_count(json, "scored", tally.scored);
  ms_json_member_count(json, "resized", tally.resized);
  write_skipped(json, evaluation, model, split);
  write_totals(json, evaluation, model, totals);
  ms_json_close(json, '}');
}

static void
write_groups(MsJsonWriter *json, MsEvaluation *evaluation, guint model)
{
  g_autoptr(MsTotals) totals = ms_evaluation_group_totals(evaluation, model, NULL);

  ms_json_key(json, "groups");
  if (!totals) {
    ms_json_null(json);
    return;
  }
  ms_json_open(json, '{', MULTILINE);
  ms_json_member_count(json, "scored", ms_totals_scored(totals));
  write_totals(json, evaluation, model, totals);
  ms_json_close(json, '}');
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
      ms_json_string(json, ms_metric_info((MsMetric)metric, MS_COMPARE_BINARY)->id);
  }
  ms_json_close(json, ']');
}

static void
write_item_scores(MsJsonWriter *json, const MsReportItem *item)
{
  MsCounts counts = ms_confusion_counts(item->confusion);

  write_counts(json, &counts, ms_confusion_has_tn(item->confusion), counts.ignored);
  for (guint metric = 0; metric < MS_N_METRICS; metric++) {
    if (metric == MS_METRIC_EXACT_MATCH)
      continue;
    ms_json_member_value(json, ms_metric_info((MsMetric)metric, MS_COMPARE_BINARY)->id,
                         ms_confusion_score(item->confusion, (MsMetric)metric));
  }
  ms_json_member_boolean(json, "exact_match", ms_confusion_exact(item->confusion));
  write_by_rule(json, item->confusion);
  if (ms_report_has_classes(item->set, item->model))
    write_classes(json, item->set, item->model, item->confusion, item->rules->rules.empty);
}

static void
write_no_scores(MsJsonWriter *json)
{
  ms_json_member_null(json, "counts");
  for (guint metric = 0; metric < MS_N_METRICS; metric++)
    if (metric != MS_METRIC_EXACT_MATCH)
      ms_json_member_null(json, ms_metric_info((MsMetric)metric, MS_COMPARE_BINARY)->id);
  ms_json_member_null(json, "exact_match");
  ms_json_key(json, "by_rule");
  ms_json_open(json, '[', ONE_LINE);
  ms_json_close(json, ']');
}

static void
write_item(MsJsonWriter *json, MsEvaluation *evaluation, guint example, guint model)
{
  MsReportItem item;

  ms_report_item_init(&item, evaluation, example, model);
  ms_json_open(json, '{', ONE_LINE);
  ms_json_member_string(json, "example", ms_example_get_id(item.example));
  ms_json_member_string(json, "split", ms_example_get_split(item.example));
  ms_json_member_string(json, "group", ms_example_get_group(item.example));
  ms_json_member_string(json, "status", ms_report_status(item.status));
  ms_json_member_string(json, "message", item.message);
  ms_json_member_boolean(json, "resized", item.confusion && item.result->resized);
  if (item.confusion)
    write_item_scores(json, &item);
  else
    write_no_scores(json);
  ms_json_close(json, '}');
}

static void
write_model(MsJsonWriter *json, MsEvaluation *evaluation, guint model)
{
  MsSet *set = ms_evaluation_get_set(evaluation);
  const char *const *splits = ms_set_get_splits(set);

  ms_json_open(json, '{', MULTILINE);
  ms_json_member_string(json, "name", ms_set_get_model_name(set, model));
  ms_json_key(json, "set");
  write_part(json, evaluation, model, NULL);
  ms_json_key(json, "splits");
  ms_json_open(json, '{', MULTILINE);
  for (guint i = 0; splits[i]; i++) {
    ms_json_key(json, splits[i]);
    write_part(json, evaluation, model, splits[i]);
  }
  ms_json_close(json, '}');
  write_groups(json, evaluation, model);
  ms_json_key(json, "per_example");
  ms_json_open(json, '[', MULTILINE);
  for (guint i = 0; i < ms_set_get_n_examples(set); i++)
    write_item(json, evaluation, i, model);
  ms_json_close(json, ']');
  ms_json_close(json, '}');
}

static void
write_advice(MsJsonWriter *json, MsEvaluation *evaluation)
{
  g_autoptr(GPtrArray) advice = ms_notes_advice(evaluation);

  ms_json_key(json, "advice");
  ms_json_open(json, '[', MULTILINE);
  for (guint i = 0; i < advice->len; i++)
    ms_json_string(json, g_ptr_array_index(advice, i));
  ms_json_close(json, ']');
}

static void
write_notices(MsJsonWriter *json, MsSet *set)
{
  const GPtrArray *notices = ms_set_get_notices(set);

  ms_json_key(json, "notices");
  ms_json_open(json, '[', MULTILINE);
  for (guint i = 0; i < notices->len; i++) {
    const MsNotice *notice = g_ptr_array_index(notices, i);

    ms_json_open(json, '{', ONE_LINE);
    ms_json_member_string(json, "path", notice->path);
    ms_json_member_string(json, "message", notice->message);
    ms_json_close(json, '}');
  }
  ms_json_close(json, ']');
}

static void
begin(MsJsonWriter *json, GString *text, MsEvaluation *evaluation)
{
  ms_json_init(json, text);
  ms_json_open(json, '{', MULTILINE);
  ms_json_member_string(json, "maskscope", MS_VERSION);
  ms_json_write_set(json, ms_evaluation_get_set(evaluation));
  ms_json_write_options(json, evaluation);
}

static GString *
end(MsJsonWriter *json, MsEvaluation *evaluation)
{
  write_advice(json, evaluation);
  write_notices(json, ms_evaluation_get_set(evaluation));
  ms_json_close(json, '}');
  return g_string_append_c(json->text, '\n');
}

GString *
ms_report_json(MsEvaluation *evaluation)
{
  MsJsonWriter json;

  begin(&json, g_string_new(NULL), evaluation);
  ms_json_key(&json, "models");
  ms_json_open(&json, '[', MULTILINE);
  for (guint i = 0; i < ms_set_get_n_models(ms_evaluation_get_set(evaluation)); i++)
    write_model(&json, evaluation, i);
  ms_json_close(&json, ']');
  return end(&json, evaluation);
}

GString *
ms_report_json_pair(MsEvaluation *evaluation, guint example, guint model)
{
  MsJsonWriter json;

  begin(&json, g_string_new(NULL), evaluation);
  ms_json_member_string(&json, "model",
                        ms_set_get_model_name(ms_evaluation_get_set(evaluation), model));
  ms_json_key(&json, "pair");
  write_item(&json, evaluation, example, model);
  return end(&json, evaluation);
}
