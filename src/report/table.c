/* SPDX-License-Identifier: MIT
 *
 * Chooses the writer, and gathers what all three know of one example: its status and its counts
 * under the rules in force.
 */
#include "report/table.h"

#include "report/table-private.h"

void
ms_report_item_init(MsReportItem *item, MsEvaluation *evaluation, guint example, guint model,
                    const MsSetMeasures *measures)
{
  MsSet *set = ms_evaluation_get_set(evaluation);
  MsConfusion *confusion = ms_evaluation_dup_confusion(evaluation, example, model);
  MsScore score = ms_evaluation_get_score(evaluation, example, model); /* fails with its counts */

  *item = (MsReportItem){
      .set = set,
      .example = ms_set_dup_example(set, example),
      .model = model,
      .rules = ms_evaluation_get_rules(evaluation, model),
      .resized = score.resized,
      .status = score.status == MS_RESULT_WAITING ? MS_RESULT_SKIPPED : score.status,
      .message = score.status == MS_RESULT_WAITING ? "not scored yet" : score.message,
      .confusion = confusion,
      .measures = measures ? ms_set_measures_dup(measures, example, model) : NULL,
      .not_measured = measures ? ms_set_measures_get_failure(measures, example, model) : NULL,
  };
}

void
ms_report_item_clear(MsReportItem *item)
{
  g_clear_object(&item->example);
  g_clear_pointer(&item->confusion, ms_confusion_free);
  g_clear_pointer(&item->measures, ms_example_measures_free);
}

MsRuleset *
ms_report_rules(MsSet *set, MsEvaluation *evaluation, guint model)
{
  return evaluation ? ms_evaluation_get_rules(evaluation, model) : ms_set_get_rules(set, model);
}

gboolean
ms_report_has_classes(MsSet *set, guint model)
{
  return ms_comparison_has_classes(ms_set_get_rules(set, model)->rules.comparison);
}

gboolean
ms_report_tells(MsSet *set, const MsAdvice *advice)
{
  return advice->given || ms_set_get_options(set)->advice.explain;
}

const char *
ms_report_status(MsResultStatus status)
{
  switch (status) {
  case MS_RESULT_OK:
    return "ok";
  case MS_RESULT_SKIPPED:
    return "skipped";
  case MS_RESULT_ERROR:
  default:
    return "error";
  }
}

gboolean
ms_report_wants_boards(MsFormat format)
{
  return format != MS_FORMAT_CSV;
}

static gboolean
is_counted(MsEvaluation *evaluation)
{
  guint n_models = ms_set_get_n_models(ms_evaluation_get_set(evaluation));

  for (guint model = 0; model < n_models; model++)
    if (ms_evaluation_is_counting(evaluation, model))
      return FALSE;
  return TRUE;
}

gboolean
ms_report_table(MsEvaluation *evaluation, const GPtrArray *boards, const MsSetMeasures *measures,
                MsFormat format, MsFileWriter *file, GError **error)
{
  g_auto(MsSink) sink = {0};

  g_return_val_if_fail(is_counted(evaluation), FALSE);
  ms_sink_init(&sink, file);
  switch (format) {
  case MS_FORMAT_JSON:
    ms_report_json(&sink, evaluation, boards, measures);
    break;
  case MS_FORMAT_TEXT:
    ms_report_text(&sink, evaluation, boards, measures);
    break;
  case MS_FORMAT_CSV:
  default:
    ms_report_csv(&sink, evaluation, measures);
    break;
  }
  return ms_sink_end(&sink, error);
}

gboolean
ms_report_pair(MsEvaluation *evaluation, guint example, guint model, const MsSetMeasures *measures,
               MsFormat format, MsFileWriter *file, GError **error)
{
  g_auto(MsSink) sink = {0};

  g_return_val_if_fail(is_counted(evaluation), FALSE);
  ms_sink_init(&sink, file);
  switch (format) {
  case MS_FORMAT_JSON:
    ms_report_json_pair(&sink, evaluation, example, model, measures);
    break;
  case MS_FORMAT_TEXT:
    ms_report_text_pair(&sink, evaluation, example, model, measures);
    break;
  case MS_FORMAT_CSV:
  default:
    ms_report_csv_pair(&sink, evaluation, example, model, measures);
    break;
  }
  return ms_sink_end(&sink, error);
}
