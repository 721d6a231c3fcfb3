/* SPDX-License-Identifier: MIT
 *
 * The JSON report. Its shape is written down in maskscope-report.schema.json, which a test holds
 * this file to: whoever adds a key adds it there. A value that does not exist is null.
 */
#include "report/table-json-private.h"

#include "report/notes.h"
#include "report/table-measures.h"

/* The scores of the whole set, of a split, or of groups. */
typedef struct {
  const MsValue *values; /* by MsSetMetric */
  guint64 n_exact;
  guint64 n_in_mean;
  const MsConfusion *pooled;
  const MsInterval *intervals; /* by MsSetMetric */
  guint64 n_units;             /* that they were drawn from */
} Scores;

static void
write_mean_and_pooled(MsJsonWriter *json, const char *key, MsValue mean, MsValue pooled)
{
  ms_json_key(json, key);
  ms_json_open(json, '{', ONE_LINE);
  ms_json_member_value(json, "mean", mean);
  ms_json_member_value(json, "pooled", pooled);
  ms_json_close(json, '}');
}

static MsIntervalMethod
method_of(const MsInterval *intervals)
{
  MsIntervalMethod method = MS_INTERVAL_NONE;

  for (guint metric = 0; metric < MS_N_SET_METRICS; metric++) {
    MsIntervalMethod other = intervals[metric].method;

    if (other == MS_INTERVAL_BOOTSTRAP || method == MS_INTERVAL_NONE)
      method = other;
  }
  return method;
}

static void
write_interval(MsJsonWriter *json, const char *key, const MsInterval *interval)
{
  ms_json_key(json, key);
  if (interval->method == MS_INTERVAL_NONE) {
    ms_json_null(json);
    return;
  }
  ms_json_open(json, '[', ONE_LINE);
  ms_json_number(json, interval->low);
  ms_json_number(json, interval->high);
  ms_json_close(json, ']');
}

static void
write_intervals(MsJsonWriter *json, const MsScoreboard *board, const Scores *scores)
{
  static const char *const methods[] = {
      [MS_INTERVAL_NONE] = NULL,
      [MS_INTERVAL_BOOTSTRAP] = "bootstrap",
      [MS_INTERVAL_NORMAL] = "normal",
  };
  MsIntervalMethod method = method_of(scores->intervals);

  ms_json_key(json, "intervals");
  ms_json_open(json, '{', MULTILINE);
  ms_json_key(json, "level");
  ms_json_number(json, 0.95);
  ms_json_member_string(json, "method", methods[method]);
  ms_json_key(json, "resamples");
  if (method == MS_INTERVAL_BOOTSTRAP)
    ms_json_count(json, MS_N_RESAMPLES);
  else
    ms_json_null(json);
  ms_json_member_string(json, "over", board->over_groups ? "groups" : "examples");
  ms_json_member_count(json, "units", scores->n_units);
  for (guint metric = 0; metric < MS_N_SET_METRICS; metric++)
    if (metric != MS_SET_METRIC_HAMMING || board->comparison == MS_COMPARE_LABELS)
      write_interval(json, ms_set_metric_id((MsSetMetric)metric), &scores->intervals[metric]);
  ms_json_key(json, "approximate");
  ms_json_open(json, '[', ONE_LINE);
  for (guint metric = 0; metric < MS_N_SET_METRICS; metric++)
    if (scores->intervals[metric].method == MS_INTERVAL_NORMAL)
      ms_json_string(json, ms_set_metric_id((MsSetMetric)metric));
  ms_json_close(json, ']');
  ms_json_close(json, '}');
}

static void
write_scores(MsJsonWriter *json, MsEvaluation *evaluation, guint model, const Scores *scores)
{
  MsCounts counts = ms_confusion_counts(scores->pooled);
  MsEmptyRule empty = ms_evaluation_get_rules(evaluation, model)->rules.empty;
  const MsValue *values = scores->values;

  ms_json_write_counts(json, &counts, ms_confusion_has_tn(scores->pooled), counts.ignored);
  write_mean_and_pooled(json, "iou", values[MS_SET_METRIC_IOU_MEAN],
                        values[MS_SET_METRIC_IOU_POOLED]);
  write_mean_and_pooled(json, "dice", values[MS_SET_METRIC_DICE_MEAN],
                        values[MS_SET_METRIC_DICE_POOLED]);
  ms_json_member_value(json, "exact_match_ratio", values[MS_SET_METRIC_EXACT_RATIO]);
  if (ms_set_get_labels(ms_evaluation_get_set(evaluation)))
    ms_json_member_value(json, "hamming_accuracy", values[MS_SET_METRIC_HAMMING]);
  ms_json_member_value(json, "miou", values[MS_SET_METRIC_MIOU]);
  ms_json_member_count(json, "exact", scores->n_exact);
  ms_json_member_count(json, "in_mean", scores->n_in_mean);
  ms_json_write_classes(json, ms_evaluation_get_set(evaluation), model, scores->pooled, empty,
                        NULL);
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
    MsScore score = ms_evaluation_get_score(evaluation, examples[i], model);
    g_autoptr(MsExample) example = ms_set_dup_example(set, examples[i]);

    if (score.status == MS_RESULT_WAITING || score.status == MS_RESULT_OK)
      continue;
    ms_json_open(json, '{', ONE_LINE);
    ms_json_member_string(json, "example", ms_example_get_id(example));
    ms_json_member_string(json, "status", ms_report_status(score.status));
    ms_json_member_string(json, "reason", score.message);
    ms_json_close(json, '}');
  }
  ms_json_close(json, ']');
}

/* All examples of a model, or those of one split. */
static void
write_part(MsJsonWriter *json, MsEvaluation *evaluation, const MsScoreboard *board,
           const MsSetMeasures *measures, guint index)
{
  const MsStanding *standing = &g_array_index(board->standings, MsStanding, index);
  const MsTally *tally = &standing->tally;
  Scores scores = {standing->values, standing->n_exact,   standing->n_in_mean,
                   standing->pooled, standing->intervals, standing->n_units};

  ms_json_open(json, '{', MULTILINE);
  ms_json_member_count(json, "examples", tally->examples);
  ms_json_member_count(json, "scored", tally->scored);
  ms_json_member_count(json, "resized", tally->resized);
  write_skipped(json, evaluation, board->model, standing->split);
  write_scores(json, evaluation, board->model, &scores);
  write_intervals(json, board, &scores);
  ms_json_write_part_measures(json, measures, ms_evaluation_get_set(evaluation), board->model,
                              standing->split);
  ms_json_close(json, '}');
}

static void
write_groups(MsJsonWriter *json, MsEvaluation *evaluation, const MsScoreboard *board)
{
  const MsTotals *totals = board->groups;
  MsValue values[MS_N_SET_METRICS];
  Scores scores = {.values = values, .intervals = board->group_intervals};

  ms_json_key(json, "groups");
  if (!totals) {
    ms_json_null(json);
    return;
  }
  for (guint metric = 0; metric < MS_N_SET_METRICS; metric++)
    values[metric] = ms_totals_value(totals, (MsSetMetric)metric);
  scores.n_exact = ms_totals_exact(totals);
  scores.n_in_mean = ms_totals_in_mean(totals);
  scores.pooled = ms_totals_pooled(totals);
  scores.n_units = ms_totals_scored(totals);
  ms_json_open(json, '{', MULTILINE);
  ms_json_member_count(json, "scored", ms_totals_scored(totals));
  write_scores(json, evaluation, board->model, &scores);
  write_intervals(json, board, &scores);
  ms_json_close(json, '}');
}

static void
write_model(MsJsonWriter *json, MsEvaluation *evaluation, const MsScoreboard *board,
            const MsSetMeasures *measures)
{
  MsSet *set = ms_evaluation_get_set(evaluation);
  guint model = board->model;

  ms_json_open(json, '{', MULTILINE);
  ms_json_member_string(json, "name", ms_set_get_model_name(set, model));
  ms_json_key(json, "set");
  write_part(json, evaluation, board, measures, 0);
  ms_json_key(json, "splits");
  ms_json_open(json, '{', MULTILINE);
  for (guint i = 1; i < board->standings->len; i++) {
    ms_json_key(json, g_array_index(board->standings, MsStanding, i).split);
    write_part(json, evaluation, board, measures, i);
  }
  ms_json_close(json, '}');
  write_groups(json, evaluation, board);
  ms_json_key(json, "per_example");
  ms_json_open(json, '[', MULTILINE);
  for (guint i = 0; i < ms_set_get_n_examples(set); i++)
    ms_json_write_item(json, evaluation, i, model, measures);
  ms_json_close(json, ']');
  ms_json_close(json, '}');
}

static void
write_values(MsJsonWriter *json, MsSetMetric metric, const MsAdviceValues *values)
{
  gboolean has_interval = values->gap.method != MS_INTERVAL_NONE;
  MsValue gap = {.value = values->training.value - values->validation.value,
                 .defined = values->training.defined && values->validation.defined};

  ms_json_key(json, ms_set_metric_id(metric));
  ms_json_open(json, '{', ONE_LINE);
  ms_json_member_value(json, "set", values->whole);
  ms_json_member_value(json, "training", values->training);
  ms_json_member_value(json, "validation", values->validation);
  ms_json_member_value(json, "gap", gap);
  ms_json_member_value(json, "low", (MsValue){.value = values->gap.low, .defined = has_interval});
  ms_json_member_value(json, "high", (MsValue){.value = values->gap.high, .defined = has_interval});
  ms_json_close(json, '}');
}

static void
write_piece(MsJsonWriter *json, const char *model, const MsAdvice *advice)
{
  ms_json_open(json, '{', MULTILINE);
  ms_json_member_string(json, "model", model);
  ms_json_member_string(json, "kind", ms_advice_kind_id(advice->kind));
  ms_json_member_boolean(json, "given", advice->given);
  ms_json_member_string(json, "headline", advice->headline);
  ms_json_member_string(json, "evidence", advice->evidence);
  ms_json_member_string(json, "remedy", advice->remedy);
  ms_json_key(json, "values");
  ms_json_open(json, '{', MULTILINE);
  write_values(json, MS_SET_METRIC_IOU_MEAN, &advice->iou);
  write_values(json, MS_SET_METRIC_EXACT_RATIO, &advice->exact);
  ms_json_close(json, '}');
  ms_json_close(json, '}');
}

/* boards NULL: none of a single pair. */
static void
write_advice(MsJsonWriter *json, MsSet *set, const GPtrArray *boards)
{
  ms_json_key(json, "advice");
  ms_json_open(json, '[', MULTILINE);
  for (guint i = 0; boards && i < boards->len; i++) {
    const MsScoreboard *board = g_ptr_array_index(boards, i);

    for (guint j = 0; j < board->advice->len; j++)
      if (ms_report_tells(set, g_ptr_array_index(board->advice, j)))
        write_piece(json, ms_set_get_model_name(set, board->model),
                    g_ptr_array_index(board->advice, j));
  }
  ms_json_close(json, ']');
}

void
ms_json_write_notice(MsJsonWriter *json, const char *path, const char *message)
{
  ms_json_open(json, '{', ONE_LINE);
  ms_json_member_string(json, "path", path);
  ms_json_member_string(json, "message", message);
  ms_json_close(json, '}');
}

static void
write_notices(MsJsonWriter *json, MsEvaluation *evaluation)
{
  const GPtrArray *notices = ms_set_get_notices(ms_evaluation_get_set(evaluation));
  g_autoptr(GPtrArray) examples = ms_notes_examples(evaluation);

  ms_json_key(json, "notices");
  ms_json_open(json, '[', MULTILINE);
  for (guint i = 0; i < notices->len; i++) {
    const MsNotice *notice = g_ptr_array_index(notices, i);

    ms_json_write_notice(json, notice->path, notice->message);
  }
  for (guint i = 0; i < examples->len; i++)
    ms_json_write_notice(json, NULL, g_ptr_array_index(examples, i));
  ms_json_close(json, ']');
}

static void
begin(MsJsonWriter *json, MsSink *sink, MsEvaluation *evaluation, const MsSetMeasures *measures)
{
  ms_json_init(json, sink);
  ms_json_open(json, '{', MULTILINE);
  ms_json_member_string(json, "maskscope", MS_VERSION);
  ms_json_write_set(json, ms_evaluation_get_set(evaluation));
  ms_json_write_options(json, ms_evaluation_get_set(evaluation), evaluation, measures);
}

static void
end(MsJsonWriter *json, MsEvaluation *evaluation, const GPtrArray *boards)
{
  write_advice(json, ms_evaluation_get_set(evaluation), boards);
  write_notices(json, evaluation);
  ms_json_close(json, '}');
  g_string_append_c(json->sink->text, '\n');
}

void
ms_report_json(MsSink *sink, MsEvaluation *evaluation, const GPtrArray *boards,
               const MsSetMeasures *measures)
{
  MsJsonWriter json;

  begin(&json, sink, evaluation, measures);
  ms_json_key(&json, "models");
  ms_json_open(&json, '[', MULTILINE);
  for (guint i = 0; i < boards->len; i++)
    write_model(&json, evaluation, g_ptr_array_index(boards, i), measures);
  ms_json_close(&json, ']');
  end(&json, evaluation, boards);
}

void
ms_report_json_pair(MsSink *sink, MsEvaluation *evaluation, guint example, guint model,
                    const MsSetMeasures *measures)
{
  MsJsonWriter json;

  begin(&json, sink, evaluation, measures);
  ms_json_member_string(&json, "model",
                        ms_set_get_model_name(ms_evaluation_get_set(evaluation), model));
  ms_json_key(&json, "pair");
  ms_json_write_item(&json, evaluation, example, model, measures);
  end(&json, evaluation, NULL);
}
