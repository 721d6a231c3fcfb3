/* SPDX-License-Identifier: MIT
 *
 * The findings of a check as JSON. Its shape is written down in maskscope-check.schema.json, which
 * a test holds this file to: whoever adds a key adds it there. A value that does not exist is null.
 */
#include "report/check-report.h"
#include "report/table-json-private.h"

/* One a model; none of label sets. */
static void
write_scores(MsJsonWriter *json, const MsCheck *check)
{
  ms_json_key(json, "scores");
  ms_json_open(json, '[', MULTILINE);
  for (guint i = 0; check->scores && i < ms_set_get_n_models(check->set); i++) {
    ms_json_open(json, '{', ONE_LINE);
    ms_json_member_string(json, "model", ms_set_get_model_name(check->set, i));
    ms_json_member_string(json, "metric", ms_set_metric_id(MS_SET_METRIC_IOU_MEAN));
    ms_json_member_value(json, "value", check->scores[i].iou);
    ms_json_member_count(json, "examples", check->scores[i].n_scored);
    ms_json_close(json, '}');
  }
  ms_json_close(json, ']');
}

static void
write_sample(MsJsonWriter *json, const MsCheck *check)
{
  ms_json_key(json, "sample");
  ms_json_open(json, '{', ONE_LINE);
  ms_json_member_count(json, "examples", check->n_examples);
  ms_json_member_count(json, "pairs", check->n_pairs);
  ms_json_member_count(json, "files", check->n_files);
  ms_json_member_count(json, "compared", check->n_compared);
  ms_json_member_string(json, "description", check->sampling);
  ms_json_close(json, '}');
}

/* What it does to the score; null where nothing could be measured. */
static void
write_score(MsJsonWriter *json, const MsCheckFinding *finding)
{
  ms_json_key(json, "score");
  if (!finding->before.defined && !finding->after.defined) {
    ms_json_null(json);
    return;
  }
  ms_json_open(json, '{', ONE_LINE);
  ms_json_member_string(json, "metric", ms_set_metric_id(MS_SET_METRIC_IOU_MEAN));
  ms_json_member_value(json, "before", finding->before);
  ms_json_member_value(json, "after", finding->after);
  ms_json_member_count(json, "examples", finding->n_scored);
  ms_json_member_count(json, "unscored", finding->n_unscored);
  ms_json_close(json, '}');
}

static void
write_examples(MsJsonWriter *json, MsSet *set, const GArray *examples)
{
  ms_json_key(json, "shown");
  ms_json_open(json, '[', ONE_LINE);
  for (guint i = 0; examples && i < examples->len; i++)
    ms_json_string(json, ms_set_get_id(set, g_array_index(examples, guint, i)));
  ms_json_close(json, ']');
}

static void
write_also(MsJsonWriter *json, MsSet *set, const GArray *models)
{
  ms_json_key(json, "also");
  ms_json_open(json, '[', ONE_LINE);
  for (guint i = 0; models && i < models->len; i++)
    ms_json_string(json, ms_set_get_model_name(set, g_array_index(models, guint, i)));
  ms_json_close(json, ']');
}

static void
write_finding(MsJsonWriter *json, MsSet *set, const MsCheckFinding *finding)
{
  gboolean of_one = finding->model < ms_set_get_n_models(set);

  ms_json_open(json, '{', MULTILINE);
  ms_json_member_string(json, "kind", ms_check_kind_id(finding->kind));
  ms_json_member_string(json, "level", finding->is_note ? "note" : "finding");
  ms_json_member_string(json, "sureness", ms_sureness_id(finding->sureness));
  ms_json_member_string(json, "model", of_one ? ms_set_get_model_name(set, finding->model) : NULL);
  write_also(json, set, finding->also);
  ms_json_member_count(json, "examples", finding->n_examples);
  ms_json_member_count(json, "looked", finding->n_looked);
  ms_json_member_string(json, "title", finding->title);
  ms_json_member_string(json, "detail", finding->detail);
  write_score(json, finding);
  ms_json_member_string(json, "remedy", finding->remedy);
  ms_json_member_string(json, "option", finding->option);
  ms_json_member_string(json, "line", finding->line);
  write_examples(json, set, finding->examples);
  ms_json_close(json, '}');
}

static void
write_notices(MsJsonWriter *json, MsSet *set)
{
  const GPtrArray *notices = ms_set_get_notices(set);

  ms_json_key(json, "notices");
  ms_json_open(json, '[', MULTILINE);
  for (guint i = 0; i < notices->len; i++) {
    const MsNotice *notice = g_ptr_array_index(notices, i);

    ms_json_write_notice(json, notice->path, notice->message);
  }
  ms_json_close(json, ']');
}

gboolean
ms_report_check_json(const MsCheck *check, MsFileWriter *file, GError **error)
{
  g_auto(MsSink) sink = {0};
  MsJsonWriter json;

  ms_sink_init(&sink, file);
  ms_json_init(&json, &sink);
  ms_json_open(&json, '{', MULTILINE);
  ms_json_member_string(&json, "maskscope", MS_VERSION);
  ms_json_write_set(&json, check->set);
  ms_json_write_options(&json, check->set, NULL, NULL);
  write_sample(&json, check);
  write_scores(&json, check);
  ms_json_key(&json, "findings");
  ms_json_open(&json, '[', MULTILINE);
  for (guint i = 0; i < check->findings->len; i++)
    write_finding(&json, check->set, g_ptr_array_index(check->findings, i));
  ms_json_close(&json, ']');
  write_notices(&json, check->set);
  ms_json_close(&json, '}');
  g_string_append_c(sink.text, '\n');
  return ms_sink_end(&sink, error);
}
