/* SPDX-License-Identifier: MIT
 *
 * The report for people: what was read and how, the scores of each model, the worst examples,
 * and what was left out. Every mean and every pooled number is named as such.
 */
#include "report/table-text-private.h"

#include "io/file.h"
#include "report/grid.h"
#include "report/notes.h"
#include "report/table-measures.h"
#include "set/describe.h"
#include "set/verdict.h"

#define MAX_WORST   10
#define MAX_LABELS  8 /* that a reason names */
#define MAX_SKIPPED 50

void
ms_report_text_heading(GString *text, const char *heading, MsSet *set, guint model)
{
  g_string_append_printf(text, "\n%s", heading);
  if (ms_set_get_n_models(set) > 1) {
    g_string_append(text, ", ");
    ms_text_append_clean(text, ms_set_get_model_name(set, model));
  }
  g_string_append_c(text, '\n');
}

static char *
format_ratio(MsValue value)
{
  return ms_describe_ratio(value, TEXT_DIGITS);
}

/* ---- the head: what was read, and how ---- */

static void
add_reading(MsGrid *grid, const char *role, const char *name, const MsReading *reading)
{
  MS_GRID_ADD(grid, role, name, reading ? reading->description : NULL);
}

/* Models read alike have the same rules: a line for the first, and for each that differs. */
static void
add_rules(MsGrid *grid, MsSet *set, MsEvaluation *evaluation)
{
  g_autofree char *last = NULL;

  for (guint model = 0; model < ms_set_get_n_models(set); model++) {
    g_autofree char *rules =
        ms_notes_bare_rules(set, ms_report_rules(set, evaluation, model), model, "; ");
    if (g_strcmp0(rules, last) != 0)
      MS_GRID_ADD(grid, "rules", last ? ms_set_get_model_name(set, model) : NULL, rules);
    g_free(last);
    last = g_steal_pointer(&rules);
  }
}

void
ms_report_text_head(GString *text, MsSet *set, MsEvaluation *evaluation)
{
  const char *path = ms_set_get_path(set);
  g_autofree char *shown = ms_path_display(path ? path : ms_set_get_title(set));
  guint n = ms_set_get_n_examples(set);
  g_autofree char *examples = ms_describe_count(n);
  g_autoptr(MsGrid) grid = ms_grid_new("lll");

  ms_text_append_clean(text, shown);
  g_string_append_printf(text, ": %s %s (", examples, n == 1 ? "example" : "examples");
  ms_text_append_clean(text, ms_set_get_layout(set));
  g_string_append(text, ")\n");

  MS_GRID_ADD(grid, NULL, NULL, NULL);
  add_reading(grid, "actual", NULL, ms_set_get_actual_reading(set));
  for (guint model = 0; model < ms_set_get_n_models(set); model++)
    add_reading(grid, "predicted", ms_set_get_model_name(set, model),
                ms_set_get_predicted_reading(set, model));
  add_rules(grid, set, evaluation);
  ms_grid_print(grid, TEXT_INDENT, text);
}

/* ---- classes ---- */

static void
add_class(MsGrid *grid, const char *name, const MsClassCounts *class_counts, MsEmptyRule empty)
{
  const MsCounts *counts = &class_counts->counts;
  g_autofree char *iou = format_ratio(ms_class_score(class_counts, MS_METRIC_IOU, empty));
  g_autofree char *dice = format_ratio(ms_class_score(class_counts, MS_METRIC_DICE, empty));
  g_autofree char *precision =
      format_ratio(ms_class_score(class_counts, MS_METRIC_PRECISION, empty));
  g_autofree char *recall = format_ratio(ms_class_score(class_counts, MS_METRIC_RECALL, empty));
  g_autofree char *tp = ms_describe_count(counts->tp);
  g_autofree char *fp = ms_describe_count(counts->fp);
  g_autofree char *fn = ms_describe_count(counts->fn);

  MS_GRID_ADD(grid, name, iou, dice, precision, recall, tp, fp, fn);
}

static void
append_class_grid(GString *text, MsSet *set, guint model, const MsConfusion *confusion)
{
  g_autoptr(MsGrid) grid = ms_grid_new("lrrrrrrr");
  MsEmptyRule empty = ms_set_get_rules(set, model)->rules.empty;
  size_t n_classes;
  const MsClassCounts *classes = ms_confusion_classes(confusion, &n_classes);

  MS_GRID_ADD(grid, ms_set_get_labels(set) ? "label" : "class", "IoU", "Dice", "precision",
              "recall", "TP", "FP", "FN");
  for (size_t i = 0; i < n_classes; i++) {
    g_autofree char *name = ms_set_class_name(set, model, classes[i].id);
    add_class(grid, name, &classes[i], empty);
  }
  ms_grid_print(grid, TEXT_INDENT, text);
}

static void
append_classes(GString *text, MsSet *set, const MsScoreboard *board)
{
  const MsStanding *whole = ms_scoreboard_find(board, NULL);
  guint model = board->model;

  if (!ms_report_has_classes(set, model) || whole->tally.scored == 0)
    return;
  ms_report_text_heading(text,
                         ms_set_get_labels(set) ? "Labels, pooled over all examples"
                                                : "Classes, pooled over all examples",
                         set, model);
  append_class_grid(text, set, model, whole->pooled);
}

/* ---- the worst examples ---- */

typedef struct {
  guint example;
  double iou;
} Ranked;

static int
compare_ranked(const void *a, const void *b)
{
  const Ranked *x = a, *y = b;

  if (x->iou != y->iou)
    return x->iou < y->iou ? -1 : 1;
  return x->example < y->example ? -1 : x->example > y->example;
}

static GArray *
rank_examples(MsEvaluation *evaluation, guint model)
{
  GArray *ranked = g_array_new(FALSE, FALSE, sizeof(Ranked));
  guint n = ms_set_get_n_examples(ms_evaluation_get_set(evaluation));

  for (guint i = 0; i < n; i++) {
    MsScore score = ms_evaluation_get_score(evaluation, i, model);
    if (score.status == MS_RESULT_OK && score.iou.defined) {
      Ranked entry = {i, score.iou.value};
      g_array_append_val(ranked, entry);
    }
  }
  g_array_sort(ranked, compare_ranked);
  return ranked;
}

/* "missed Melodic, extra Slow"; NULL for masks, and where no label is wrong. */
static char *
describe_labels(MsEvaluation *evaluation, guint model, guint example)
{
  MsSet *set = ms_evaluation_get_set(evaluation);
  const MsRuleset *rules = ms_evaluation_get_rules(evaluation, model);
  g_autofree char *missed = NULL;
  g_autofree char *extra = NULL;

  if (!ms_set_get_labels(set))
    return NULL;
  missed = ms_verdict_labels(set, example, model, rules, MS_KIND_FN, MAX_LABELS);
  extra = ms_verdict_labels(set, example, model, rules, MS_KIND_FP, MAX_LABELS);
  return g_strconcat(missed ? "missed " : "", missed ? missed : "", missed && extra ? ", " : "",
                     extra ? "extra " : "", extra ? extra : "", NULL);
}

static void
add_ranked(MsGrid *grid, MsEvaluation *evaluation, guint model, guint index)
{
  g_autoptr(MsExample) example = ms_set_dup_example(ms_evaluation_get_set(evaluation), index);
  g_autofree char *reason = describe_labels(evaluation, model, index);
  MsScore score = ms_evaluation_get_score(evaluation, index, model);
  g_autofree char *iou = format_ratio(score.iou);
  g_autofree char *wrong = ms_describe_count(score.wrong);
  g_autofree char *counted = ms_describe_count(score.counted);

  MS_GRID_ADD(grid, iou, score.exact ? "yes" : "no", wrong, counted, ms_example_get_split(example),
              ms_example_get_id(example), reason);
}

static void
append_worst(GString *text, MsEvaluation *evaluation, guint model)
{
  MsSet *set = ms_evaluation_get_set(evaluation);
  g_autoptr(GArray) ranked = rank_examples(evaluation, model);
  g_autoptr(MsGrid) grid = ms_grid_new("rlrrlll");
  const char *counted = ms_set_get_labels(set) ? "of labels" : "of pixels";

  if (ranked->len == 0)
    return;
  MS_GRID_ADD(grid, "IoU", "exact", "wrong", counted, "split", "example", "reason");
  for (guint i = 0; i < MIN(ranked->len, MAX_WORST); i++)
    add_ranked(grid, evaluation, model, g_array_index(ranked, Ranked, i).example);
  ms_report_text_heading(text, "Worst examples", set, model);
  ms_grid_print(grid, TEXT_INDENT, text);
}

/* ---- what was left out ---- */

static guint
add_skipped(MsGrid *grid, MsEvaluation *evaluation, guint model, guint n_listed)
{
  MsSet *set = ms_evaluation_get_set(evaluation);
  const char *name = ms_set_get_n_models(set) > 1 ? ms_set_get_model_name(set, model) : NULL;

  for (guint i = 0; i < ms_set_get_n_examples(set); i++) {
    MsScore score = ms_evaluation_get_score(evaluation, i, model);
    if (score.status == MS_RESULT_WAITING || score.status == MS_RESULT_OK)
      continue;
    if (n_listed < MAX_SKIPPED)
      MS_GRID_ADD(grid, ms_set_get_id(set, i), name, score.message);
    n_listed++;
  }
  return n_listed;
}

static void
append_skipped(GString *text, MsEvaluation *evaluation)
{
  g_autoptr(MsGrid) grid = ms_grid_new("lll");
  guint n = 0;

  MS_GRID_ADD(grid, NULL, NULL, NULL);
  for (guint model = 0; model < ms_set_get_n_models(ms_evaluation_get_set(evaluation)); model++)
    n = add_skipped(grid, evaluation, model, n);
  if (n == 0)
    return;
  g_string_append(text, "\nSkipped\n");
  ms_grid_print(grid, TEXT_INDENT, text);
  if (n > MAX_SKIPPED)
    g_string_append_printf(text, "%*sand %u more; the CSV and JSON reports list all\n", TEXT_INDENT,
                           "", n - MAX_SKIPPED);
}

static void
append_sentence(GString *text, const char *sentence)
{
  g_string_append_printf(text, "%*s", TEXT_INDENT, "");
  ms_text_append_clean(text, sentence);
  g_string_append_c(text, '\n');
}

static void
append_notices(GString *text, MsEvaluation *evaluation)
{
  g_autoptr(GPtrArray) sentences = ms_notes_notices(ms_evaluation_get_set(evaluation));
  g_autoptr(GPtrArray) examples = ms_notes_examples(evaluation);

  g_ptr_array_extend_and_steal(sentences, g_steal_pointer(&examples));
  if (sentences->len > 0)
    g_string_append(text, "\nNotices\n");
  for (guint i = 0; i < sentences->len; i++)
    append_sentence(text, g_ptr_array_index(sentences, i));
}

void
ms_report_text(MsSink *sink, MsEvaluation *evaluation, const GPtrArray *boards,
               const MsSetMeasures *measures)
{
  GString *text = sink->text;
  guint n_models = ms_set_get_n_models(ms_evaluation_get_set(evaluation));

  ms_report_text_head(text, ms_evaluation_get_set(evaluation), evaluation);
  ms_report_text_scores(text, evaluation, boards);
  ms_report_text_advice(text, evaluation, boards);
  for (guint model = 0; model < n_models; model++)
    append_classes(text, ms_evaluation_get_set(evaluation), g_ptr_array_index(boards, model));
  ms_text_append_measures(text, measures, evaluation);
  for (guint model = 0; model < n_models; model++)
    append_worst(text, evaluation, model);
  append_skipped(text, evaluation);
  append_notices(text, evaluation);
}

/* ---- one pair ---- */

static void
append_pair_scores(GString *text, const MsReportItem *item)
{
  MsCounts counts = ms_confusion_counts(item->confusion);
  g_autoptr(MsGrid) grid = ms_grid_new("lrl");
  g_autofree char *match = ms_verdict(item->set, ms_example_get_index(item->example), item->model,
                                      item->rules, item->confusion);

  MS_GRID_ADD(grid, NULL, NULL, NULL);
  for (guint metric = 0; metric < MS_N_METRICS; metric++) {
    g_autofree char *ratio = NULL;
    g_autofree char *formula = NULL;

    if (metric == MS_METRIC_EXACT_MATCH)
      continue;
    ratio = format_ratio(ms_confusion_score(item->confusion, (MsMetric)metric));
    formula = ms_describe_formula(item->confusion, (MsMetric)metric, item->rules->rules.empty);
    MS_GRID_ADD(grid, ms_metric_info((MsMetric)metric, item->rules->rules.comparison)->label, ratio,
                formula);
  }
  ms_grid_print(grid, TEXT_INDENT, text);
  append_sentence(text, match);
  g_string_append_printf(
      text, "%*sTP %" G_GUINT64_FORMAT ", FP %" G_GUINT64_FORMAT ", FN %" G_GUINT64_FORMAT,
      TEXT_INDENT, "", counts.tp, counts.fp, counts.fn);
  if (ms_confusion_has_tn(item->confusion))
    g_string_append_printf(text, ", TN %" G_GUINT64_FORMAT, counts.tn);
  g_string_append_printf(text, ", ignored %" G_GUINT64_FORMAT "\n", counts.ignored);
}

void
ms_report_text_pair(MsSink *sink, MsEvaluation *evaluation, guint example, guint model,
                    const MsSetMeasures *measures)
{
  GString *text = sink->text;
  g_auto(MsReportItem) item = {0};

  ms_report_item_init(&item, evaluation, example, model, measures);
  ms_report_text_head(text, item.set, evaluation);
  g_string_append_c(text, '\n');
  if (ms_set_get_labels(item.set))
    append_sentence(text, ms_example_get_id(item.example));
  if (!item.confusion) {
    append_sentence(text, item.message);
    return;
  }
  append_pair_scores(text, &item);
  if (item.resized)
    append_sentence(text, MS_NOTE_RESIZED);
  if (ms_report_has_classes(item.set, model)) {
    g_string_append_c(text, '\n');
    append_class_grid(text, item.set, model, item.confusion);
  }
  ms_text_append_pair_measures(text, measures, &item);
}
