/* SPDX-License-Identifier: MIT
 *
 * Ids, labels and formulas are those of the table of metrics. An infinite distance is "inf", what
 * does not exist is empty or null; means leave infinite values out and say how many they were.
 */
#include "report/table-measures.h"

#include <math.h>

#include "report/grid.h"
#include "report/table-json-private.h"
#include "report/table-text-private.h"
#include "set/describe.h"
#include "set/segments.h"

#define DISTANCES "in pixels of the image plane, Euclidean; of a volume's slices 2-D, not in mm"
#define CLASSES                                                                                    \
  "each class against the rest; \"*\": the mean over classes other than background that occur "    \
  "and "                                                                                           \
  "have a value, infinite if one is (panoptic: over classes with something to count)"

static gboolean
is_wanted(const MsSetMeasures *measures, int measure)
{
  return (ms_set_measures_get_request(measures)->wanted & MS_MEASURE_BIT(measure)) != 0;
}

/* --- CSV -------------------------------------------------------------------------------------- */

void
ms_csv_append_measure_columns(GString *text, const MsSetMeasures *measures)
{
  for (int i = 0; i < MS_N_MEASURES; i++)
    if (is_wanted(measures, i))
      g_string_append_printf(text, ",%s", ms_measure_info((MsMeasure)i)->id);
  if (ms_set_measures_get_request(measures)->has_tolerant)
    g_string_append(text, ",iou_tolerant,exact_match_tolerant");
}

static void
append_value(GString *text, MsValue value)
{
  g_string_append_c(text, ',');
  if (value.defined && isinf(value.value)) {
    g_string_append(text, "inf");
  } else if (value.defined) {
    g_autofree char *number = ms_describe_exact_number(value.value);

    g_string_append(text, number);
  }
}

void
ms_csv_append_measures(GString *text, const MsSetMeasures *measures,
                       const MsExampleMeasures *example, const MsMeasured *measured)
{
  static const MsMeasured nothing = {0};
  const MsMeasured *shown = measured ? measured : &nothing;

  for (int i = 0; i < MS_N_MEASURES; i++)
    if (is_wanted(measures, i))
      append_value(text, shown->values[i]);
  if (!ms_set_measures_get_request(measures)->has_tolerant)
    return;
  append_value(text, shown->iou_tolerant);
  g_string_append(text, !example ? "," : example->exact_tolerant ? ",1" : ",0");
}

/* --- JSON ------------------------------------------------------------------------------------- */

static void
write_definition(MsJsonWriter *json, const MsMetricInfo *info)
{
  ms_json_key(json, info->id);
  ms_json_open(json, '{', MULTILINE);
  ms_json_member_string(json, "label", info->label);
  ms_json_member_string(json, "unit", info->unit);
  ms_json_member_string(json, "better", info->better == MS_BETTER_LOWER ? "lower" : "higher");
  ms_json_member_string(json, "formula", info->formula);
  ms_json_member_string(json, "on_empty", info->on_empty);
  ms_json_member_string(json, "source", info->source);
  ms_json_close(json, '}');
}

void
ms_json_write_measure_options(MsJsonWriter *json, const MsSetMeasures *measures)
{
  const MsMeasureRequest *request;

  if (!measures)
    return;
  request = ms_set_measures_get_request(measures);
  ms_json_key(json, "measures");
  ms_json_open(json, '{', MULTILINE);
  ms_json_member_count(json, "tolerance", request->tolerance);
  ms_json_member_boolean(json, "scores_at_tolerance", request->has_tolerant);
  ms_json_member_string(json, "distances", DISTANCES);
  ms_json_member_string(json, "classes", CLASSES);
  ms_json_key(json, "definitions");
  ms_json_open(json, '{', MULTILINE);
  for (int i = 0; i < MS_N_MEASURES; i++)
    if (is_wanted(measures, i))
      write_definition(json, ms_measure_info((MsMeasure)i));
  ms_json_close(json, '}');
  ms_json_close(json, '}');
}

/* The values of an example or a class; no_segments: why there are no panoptic ones, or NULL. */
static void
write_values(MsJsonWriter *json, const MsMeasureRequest *request, const MsMeasured *measured,
             const char *no_segments)
{
  if (request->wanted == MS_MEASURES_NONE)
    return;
  ms_json_key(json, "measures");
  ms_json_open(json, '{', ONE_LINE);
  for (int i = 0; i < MS_N_MEASURES; i++)
    if (request->wanted & MS_MEASURE_BIT(i))
      ms_json_member_value(json, ms_measure_info((MsMeasure)i)->id, measured->values[i]);
  if (no_segments)
    ms_json_member_string(json, "no_segments", no_segments);
  ms_json_close(json, '}');
}

static void
open_tolerance(MsJsonWriter *json, const MsMeasureRequest *request)
{
  ms_json_key(json, "tolerance");
  ms_json_open(json, '{', ONE_LINE);
  ms_json_member_count(json, "pixels", request->tolerance);
}

static void
write_tolerant(MsJsonWriter *json, const MsMeasureRequest *request, const MsMeasured *measured,
               gboolean has_tn)
{
  open_tolerance(json, request);
  ms_json_write_counts(json, &measured->tolerant, has_tn, measured->tolerant.ignored);
  ms_json_member_value(json, "iou", measured->iou_tolerant);
  ms_json_member_value(json, "dice", measured->dice_tolerant);
}

void
ms_json_write_measures(MsJsonWriter *json, const MsSetMeasures *measures,
                       const MsExampleMeasures *example)
{
  const MsMeasureRequest *request = ms_set_measures_get_request(measures);

  if (!example && request->wanted != MS_MEASURES_NONE)
    ms_json_member_null(json, "measures");
  if (!example && request->has_tolerant)
    ms_json_member_null(json, "tolerance");
  if (!example)
    return;
  write_values(json, request, &example->whole, example->no_segments);
  if (!request->has_tolerant)
    return;
  write_tolerant(json, request, &example->whole, example->has_tn);
  ms_json_member_boolean(json, "exact_match", example->exact_tolerant);
  ms_json_close(json, '}');
}

void
ms_json_write_class_measures(MsJsonWriter *json, const MsExampleMeasures *example, guint32 class_id)
{
  const MsMeasured *measured = example ? ms_example_measures_find(example, class_id) : NULL;

  if (!measured)
    return;
  write_values(json, &example->request, measured, NULL);
  if (!example->request.has_tolerant)
    return;
  write_tolerant(json, &example->request, measured, TRUE);
  ms_json_close(json, '}');
}

static void
summarise(const MsSetMeasures *measures, MsSet *set, guint model, const char *split,
          MsMeasuresSummary *summary)
{
  guint n_examples;
  const guint *examples = ms_set_get_split_examples(set, split, &n_examples);

  ms_set_measures_summarise(measures, model, examples, n_examples, summary);
}

static void
write_means(MsJsonWriter *json, const MsSetMeasures *measures, const MsMeasuresSummary *summary)
{
  ms_json_key(json, "measures");
  ms_json_open(json, '{', MULTILINE);
  ms_json_member_count(json, "examples", summary->n_measured);
  for (int i = 0; i < MS_N_MEASURES; i++) {
    if (!is_wanted(measures, i))
      continue;
    ms_json_key(json, ms_measure_info((MsMeasure)i)->id);
    ms_json_open(json, '{', ONE_LINE);
    ms_json_member_value(json, "mean", summary->values[i].mean);
    ms_json_member_count(json, "in_mean", summary->values[i].n);
    ms_json_member_count(json, "infinite", summary->values[i].n_infinite);
    ms_json_close(json, '}');
  }
  ms_json_close(json, '}');
}

void
ms_json_write_part_measures(MsJsonWriter *json, const MsSetMeasures *measures, MsSet *set,
                            guint model, const char *split)
{
  MsMeasuresSummary summary;

  if (!measures)
    return;
  summarise(measures, set, model, split, &summary);
  if (ms_set_measures_get_request(measures)->wanted != MS_MEASURES_NONE)
    write_means(json, measures, &summary);
  if (!ms_set_measures_get_request(measures)->has_tolerant)
    return;
  open_tolerance(json, ms_set_measures_get_request(measures));
  ms_json_key(json, "iou");
  ms_json_open(json, '{', ONE_LINE);
  ms_json_member_value(json, "mean", summary.tolerant.iou_mean);
  ms_json_member_value(json, "pooled", summary.tolerant.iou_pooled);
  ms_json_close(json, '}');
  ms_json_member_value(json, "exact_match_ratio", summary.tolerant.exact_ratio);
  ms_json_member_count(json, "exact", summary.n_exact);
  ms_json_close(json, '}');
}

/* --- text ------------------------------------------------------------------------------------- */

/* "Surface Dice at 2 px" */
static char *
label_of(const MsMeasureRequest *request, MsMeasure measure)
{
  const char *label = ms_measure_info(measure)->label;

  if (measure == MS_MEASURE_SURFACE_DICE)
    return g_strdup_printf("%s at %u px", label, request->tolerance);
  return g_strdup(label);
}

static void
append_conventions(GString *text, const MsMeasureRequest *request)
{
  if (request->wanted & MS_MEASURES_SURFACE)
    ms_text_append_wrapped(text, "Distances are " DISTANCES ".", TEXT_INDENT, TEXT_WIDTH);
  if (request->has_tolerant) {
    g_autofree char *forgiven =
        g_strdup_printf("At the tolerance, errors within %u px of the actual edge are forgiven.",
                        request->tolerance);

    ms_text_append_wrapped(text, forgiven, TEXT_INDENT, TEXT_WIDTH);
  }
}

static void
add_mean(MsGrid *grid, const char *label, const char *value, guint64 n, guint64 n_infinite)
{
  g_autofree char *counted = ms_describe_count(n);
  g_autofree char *infinite = n_infinite > 0 ? ms_describe_count(n_infinite) : NULL;

  MS_GRID_ADD(grid, label, value, counted, infinite);
}

static void
add_means(MsGrid *grid, const MsSetMeasures *measures, const MsMeasuresSummary *summary)
{
  const MsMeasureRequest *request = ms_set_measures_get_request(measures);

  for (int i = 0; i < MS_N_MEASURES; i++) {
    g_autofree char *label = label_of(request, (MsMeasure)i);
    g_autofree char *value =
        ms_describe_measure((MsMeasure)i, summary->values[i].mean, TEXT_DIGITS);

    if (is_wanted(measures, i))
      add_mean(grid, label, value, summary->values[i].n, summary->values[i].n_infinite);
  }
}

static void
add_tolerant(MsGrid *grid, const MsMeasureRequest *request, const MsMeasuresSummary *summary)
{
  const struct {
    const char *name;
    MsValue value;
  } rows[] = {{"Mean IoU", summary->tolerant.iou_mean},
              {"Pooled IoU", summary->tolerant.iou_pooled},
              {"Exact match ratio", summary->tolerant.exact_ratio}};

  for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autofree char *label = g_strdup_printf("%s at %u px", rows[i].name, request->tolerance);
    g_autofree char *value = ms_describe_ratio(rows[i].value, TEXT_DIGITS);

    add_mean(grid, label, value, summary->n_measured, 0);
  }
}

static void
append_why_none(GString *text, const MsMeasureRequest *request, const char *why)
{
  g_autofree char *sentence = NULL;

  if (!why || !(request->wanted & MS_MEASURES_PANOPTIC))
    return;
  sentence = g_strdup_printf("Panoptic quality: n/a, %s.", why);
  ms_text_append_wrapped(text, sentence, TEXT_INDENT, TEXT_WIDTH);
}

void
ms_text_append_measures(GString *text, const MsSetMeasures *measures, MsEvaluation *evaluation)
{
  MsSet *set = ms_evaluation_get_set(evaluation);
  const MsMeasureRequest *request;

  if (!measures)
    return;
  request = ms_set_measures_get_request(measures);
  for (guint model = 0; model < ms_set_get_n_models(set); model++) {
    g_autoptr(MsGrid) grid = ms_grid_new("lrrr");
    MsMeasuresSummary summary;

    summarise(measures, set, model, NULL, &summary);
    MS_GRID_ADD(grid, NULL, "mean", "examples", "infinite");
    add_means(grid, measures, &summary);
    if (request->has_tolerant)
      add_tolerant(grid, request, &summary);
    ms_report_text_heading(text, "Boundaries and instances, means over examples", set, model);
    ms_grid_print(grid, TEXT_INDENT, text);
    append_why_none(text, request, ms_segments_why_none(set, model));
  }
  append_conventions(text, request);
}

void
ms_text_append_pair_measures(GString *text, const MsSetMeasures *measures, const MsReportItem *item)
{
  const MsExampleMeasures *example = item->measures;
  const MsMeasureRequest *request;
  g_autoptr(MsGrid) grid = ms_grid_new("lrl");

  if (!measures || !example)
    return;
  request = ms_set_measures_get_request(measures);
  MS_GRID_ADD(grid, NULL, NULL, NULL);
  for (int i = 0; i < MS_N_MEASURES; i++) {
    g_autofree char *label = label_of(request, (MsMeasure)i);
    g_autofree char *value =
        ms_describe_measure((MsMeasure)i, example->whole.values[i], TEXT_DIGITS);

    if (is_wanted(measures, i))
      MS_GRID_ADD(grid, label, value, ms_measure_info((MsMeasure)i)->formula);
  }
  if (request->has_tolerant) {
    g_autofree char *label = g_strdup_printf("IoU at %u px", request->tolerance);
    g_autofree char *exact = g_strdup_printf("Exact match at %u px", request->tolerance);
    g_autofree char *value = ms_describe_ratio(example->whole.iou_tolerant, TEXT_DIGITS);

    MS_GRID_ADD(grid, label, value, "errors within the tolerance forgiven");
    MS_GRID_ADD(grid, exact, example->exact_tolerant ? "yes" : "no", NULL);
  }
  g_string_append(text, "\nBoundaries and instances\n");
  ms_grid_print(grid, TEXT_INDENT, text);
  append_why_none(text, request, example->no_segments);
  append_conventions(text, request);
}
