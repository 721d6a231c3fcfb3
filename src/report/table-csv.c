/* SPDX-License-Identifier: MIT
 *
 * The CSV report: one row per example, model and class; RFC 4180 quoting, LF, no byte order mark.
 * Other programs rely on the header and on every rule below: what does not exist is an empty cell,
 * ratios read back as the same double, exact_match and ignored speak for the whole example.
 */
#include "report/table-private.h"

#include <string.h>

#include "report/notes.h"
#include "report/table-measures.h"
#include "set/describe.h"

#define HEADER                                                                                     \
  "example,split,model,class,tp,fp,fn,tn,ignored,iou,dice,precision,recall,exact_match,status,"    \
  "message"

#define N_NUMBERS 10 /* the columns tp to exact_match */

static void
append_header(GString *text, const MsSetMeasures *measures)
{
  g_string_append(text, HEADER);
  if (measures)
    ms_csv_append_measure_columns(text, measures);
  g_string_append_c(text, '\n');
}

static void
append_cell(GString *text, const char *value)
{
  if (!value)
    return;
  if (!strpbrk(value, ",\"\n\r")) {
    g_string_append(text, value);
    return;
  }
  g_string_append_c(text, '"');
  for (const char *c = value; *c; c++) {
    if (*c == '"')
      g_string_append_c(text, '"');
    g_string_append_c(text, *c);
  }
  g_string_append_c(text, '"');
}

static void
append_first_cells(GString *text, const MsReportItem *item, const char *class_name)
{
  append_cell(text, ms_example_get_id(item->example));
  g_string_append_c(text, ',');
  append_cell(text, ms_example_get_split(item->example));
  g_string_append_c(text, ',');
  append_cell(text, ms_set_get_model_name(item->set, item->model));
  g_string_append_c(text, ',');
  append_cell(text, class_name);
}

static void
append_ratio(GString *text, MsValue value)
{
  g_string_append_c(text, ',');
  if (value.defined) {
    g_autofree char *number = ms_describe_exact_number(value.value);
    g_string_append(text, number);
  }
}

/* tp to ignored; a tn that does not exist is empty. */
static void
append_counts(GString *text, const MsCounts *counts, gboolean has_tn, guint64 ignored)
{
  g_string_append_printf(text,
                         ",%" G_GUINT64_FORMAT ",%" G_GUINT64_FORMAT ",%" G_GUINT64_FORMAT ",",
                         counts->tp, counts->fp, counts->fn);
  if (has_tn)
    g_string_append_printf(text, "%" G_GUINT64_FORMAT, counts->tn);
  g_string_append_printf(text, ",%" G_GUINT64_FORMAT, ignored);
}

/* The row's last cells; measured NULL: nothing was. */
static void
end_row(GString *text, const MsReportItem *item, const MsSetMeasures *measures,
        const MsMeasured *measured)
{
  if (measures)
    ms_csv_append_measures(text, measures, item->measures, measured);
  g_string_append_c(text, '\n');
}

/* What is to be known of a pair with scores. */
static void
append_message(GString *text, const MsReportItem *item)
{
  g_autofree char *adjusted = ms_notes_adjustment(item->set, item->model);
  g_autoptr(GPtrArray) notes = g_ptr_array_new();
  g_autofree char *message = NULL;

  if (adjusted)
    g_ptr_array_add(notes, adjusted);
  if (item->resized)
    g_ptr_array_add(notes, (char *)MS_NOTE_RESIZED);
  if (item->not_measured)
    g_ptr_array_add(notes, (char *)item->not_measured);
  g_ptr_array_add(notes, NULL);
  message = g_strjoinv("; ", (char **)notes->pdata);
  append_cell(text, message);
}

static void
end_scored_row(GString *text, const MsReportItem *item, const MsSetMeasures *measures,
               const MsMeasured *measured)
{
  g_string_append(text, ms_confusion_exact(item->confusion) ? ",1" : ",0");
  g_string_append(text, ",ok,");
  append_message(text, item);
  end_row(text, item, measures, measured);
}

static const MsMetric ratio_columns[] = {MS_METRIC_IOU, MS_METRIC_DICE, MS_METRIC_PRECISION,
                                         MS_METRIC_RECALL};

static void
append_class_row(GString *text, const MsReportItem *item, const MsClassCounts *class_counts,
                 const MsSetMeasures *measures)
{
  g_autofree char *name = ms_set_class_name(item->set, item->model, class_counts->id);

  append_first_cells(text, item, name);
  append_counts(text, &class_counts->counts, TRUE, ms_confusion_counts(item->confusion).ignored);
  for (guint i = 0; i < G_N_ELEMENTS(ratio_columns); i++)
    append_ratio(text, ms_class_score(class_counts, ratio_columns[i], item->rules->rules.empty));
  end_scored_row(text, item, measures,
                 item->measures ? ms_example_measures_find(item->measures, class_counts->id)
                                : NULL);
}

/* The example as a whole: the positive class of a binary one, `*` for several. */
static void
append_headline_row(GString *text, const MsReportItem *item, const char *class_name,
                    const MsSetMeasures *measures)
{
  MsCounts counts = ms_confusion_counts(item->confusion);

  append_first_cells(text, item, class_name);
  append_counts(text, &counts, ms_confusion_has_tn(item->confusion), counts.ignored);
  for (guint i = 0; i < G_N_ELEMENTS(ratio_columns); i++)
    append_ratio(text, ms_confusion_score(item->confusion, ratio_columns[i]));
  end_scored_row(text, item, measures, item->measures ? &item->measures->whole : NULL);
}

static void
append_unscored_row(GString *text, const MsReportItem *item, const MsSetMeasures *measures)
{
  append_first_cells(text, item, "*");
  for (guint i = 0; i < N_NUMBERS; i++)
    g_string_append_c(text, ',');
  g_string_append_printf(text, ",%s,", ms_report_status(item->status));
  append_cell(text, item->message);
  end_row(text, item, measures, NULL);
}

static void
append_scored_rows(GString *text, const MsReportItem *item, const MsSetMeasures *measures)
{
  if (ms_report_has_classes(item->set, item->model)) {
    size_t n_classes;
    const MsClassCounts *classes = ms_confusion_classes(item->confusion, &n_classes);

    for (size_t i = 0; i < n_classes; i++)
      append_class_row(text, item, &classes[i], measures);
    append_headline_row(text, item, "*", measures);
  } else {
    g_autofree char *name = ms_set_class_name(item->set, item->model, MS_FOREGROUND_ID);

    append_headline_row(text, item, name, measures);
  }
}

static void
append_item(GString *text, MsEvaluation *evaluation, guint example, guint model,
            const MsSetMeasures *measures)
{
  g_auto(MsReportItem) item = {0};

  ms_report_item_init(&item, evaluation, example, model, measures);
  if (item.confusion)
    append_scored_rows(text, &item, measures);
  else
    append_unscored_row(text, &item, measures);
}

void
ms_report_csv(MsSink *sink, MsEvaluation *evaluation, const MsSetMeasures *measures)
{
  MsSet *set = ms_evaluation_get_set(evaluation);

  append_header(sink->text, measures);
  for (guint example = 0; example < ms_set_get_n_examples(set); example++) {
    for (guint model = 0; model < ms_set_get_n_models(set); model++) {
      append_item(sink->text, evaluation, example, model, measures);
      ms_sink_drain(sink);
    }
  }
}

void
ms_report_csv_pair(MsSink *sink, MsEvaluation *evaluation, guint example, guint model,
                   const MsSetMeasures *measures)
{
  append_header(sink->text, measures);
  append_item(sink->text, evaluation, example, model, measures);
}
