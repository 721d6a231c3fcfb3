/* SPDX-License-Identifier: MIT
 *
 * Label sets whose scores other programs computed: every row of the expected table that speaks of a
 * multi-label case, through the accumulator and the totals.
 */
#include "metric/totals.h"

#include <math.h>
#include <stdlib.h>

#include "cases.h"
#include "support/data.h"

/* Cells by line; lines[0] is the header, the first cell of a line the example's name. */
typedef struct {
  GPtrArray *lines;
} Csv;

static Csv
read_csv(const char *path)
{
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;
  Csv csv = {g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev)};

  g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
  lines = g_strsplit(text, "\n", -1);
  for (char **line = lines; *line; line++) {
    if (*g_strchomp(*line) == '\0')
      continue;
    g_ptr_array_add(csv.lines, g_strsplit(*line, ",", -1));
  }
  return csv;
}

/* What a case says under one way to make labels of cells. */
typedef struct {
  MsTotals *totals;
  GPtrArray *examples; /* MsConfusion */
} Scores;

typedef struct {
  double threshold;
  bool inclusive; /* rule=ge */
} Rule;

static MsLabelSet
label_set(char **cells, const Rule *rule)
{
  size_t n_labels = g_strv_length(cells) - 1;
  MsLabelSet set;

  g_assert_cmpint(ms_label_set_init(&set, n_labels), ==, MS_STATUS_OK);
  for (size_t i = 0; i < n_labels; i++) {
    double value = g_ascii_strtod(cells[i + 1], NULL);

    if (value > rule->threshold || (rule->inclusive && value == rule->threshold))
      ms_label_set_add(&set, i);
  }
  return set;
}

static Scores
score_case(const char *folder, const char *name, const Rule *rule)
{
  static const MsRules rules = {.comparison = MS_COMPARE_LABELS};
  static const Rule yes_or_no = {.threshold = 0.5};
  bool has_scores = g_str_equal(name, "ml_scores");
  g_autofree char *actual_path = g_strdup_printf("%s/%s_actual.csv", folder, name);
  g_autofree char *predicted_path =
      g_strdup_printf("%s/%s_%s.csv", folder, name, has_scores ? "scores" : "predicted");
  Csv actual = read_csv(actual_path), predicted = read_csv(predicted_path);
  Scores scores = {.examples = g_ptr_array_new_with_free_func((GDestroyNotify)ms_confusion_free)};

  g_assert_cmpuint(actual.lines->len, ==, predicted.lines->len);
  g_assert_cmpint(ms_totals_new(&rules, &scores.totals), ==, MS_STATUS_OK);
  for (guint i = 1; i < actual.lines->len; i++) {
    MsLabelSet actual_set = label_set(actual.lines->pdata[i], &yes_or_no);
    MsLabelSet predicted_set = label_set(predicted.lines->pdata[i], has_scores ? rule : &yes_or_no);
    MsConfusion *example;

    g_assert_cmpint(ms_confusion_new(&rules, &example), ==, MS_STATUS_OK);
    g_assert_cmpint(ms_confusion_add_labels(example, &actual_set, &predicted_set), ==,
                    MS_STATUS_OK);
    g_assert_cmpint(ms_totals_add(scores.totals, example), ==, MS_STATUS_OK);
    g_ptr_array_add(scores.examples, example);
    ms_label_set_clear(&actual_set);
    ms_label_set_clear(&predicted_set);
  }
  g_ptr_array_unref(actual.lines);
  g_ptr_array_unref(predicted.lines);
  return scores;
}

static double
number(MsValue value)
{
  return value.defined ? value.value : NAN;
}

static double
label_iou(const Scores *scores, uint32_t label)
{
  size_t n_classes;
  const MsClassCounts *classes = ms_confusion_classes(ms_totals_pooled(scores->totals), &n_classes);

  for (size_t i = 0; i < n_classes; i++) {
    if (classes[i].id == label)
      return number(ms_class_score(&classes[i], MS_METRIC_IOU, MS_EMPTY_ONE));
  }
  return NAN;
}

/* The value of "key=..." in parameters; `fallback` without it. */
static double
parameter(const char *parameters, const char *key, double fallback)
{
  g_auto(GStrv) fields = g_strsplit(parameters, ";", -1);

  for (char **field = fields; *field; field++) {
    if (g_str_has_prefix(*field, key) && (*field)[strlen(key)] == '=')
      return g_ascii_strtod(*field + strlen(key) + 1, NULL);
  }
  return fallback;
}

/* Whether the metric is one that the module has; then *got is its value. */
static bool
compute(const Scores *scores, const char *metric, const char *parameters, double *got)
{
  static const struct {
    const char *name;
    MsSetMetric metric;
  } set_metrics[] = {
      {"iou_samples", MS_SET_METRIC_IOU_MEAN}, {"iou_micro", MS_SET_METRIC_IOU_POOLED},
      {"iou_macro", MS_SET_METRIC_MIOU},       {"exact_match_ratio", MS_SET_METRIC_EXACT_RATIO},
      {"f1_samples", MS_SET_METRIC_DICE_MEAN},
  };
  const MsConfusion *pooled = ms_totals_pooled(scores->totals);
  MsKindCounts kinds = ms_confusion_kinds(pooled);
  guint example = (guint)parameter(parameters, "example", 0);

  g_assert_cmpuint(example, <, scores->examples->len);
  for (size_t i = 0; i < G_N_ELEMENTS(set_metrics); i++) {
    if (g_str_equal(metric, set_metrics[i].name)) {
      *got = number(ms_totals_value(scores->totals, set_metrics[i].metric));
      return true;
    }
  }
  if (g_str_equal(metric, "tp"))
    *got = (double)kinds.tp;
  else if (g_str_equal(metric, "fp"))
    *got = (double)kinds.fp;
  else if (g_str_equal(metric, "fn"))
    *got = (double)kinds.fn;
  else if (g_str_equal(metric, "tn"))
    *got = (double)kinds.tn;
  else if (g_str_equal(metric, "hamming_loss"))
    *got = 1 - number(ms_totals_value(scores->totals, MS_SET_METRIC_HAMMING));
  else if (g_str_equal(metric, "iou_label"))
    *got = label_iou(scores, (uint32_t)parameter(parameters, "label", -1));
  else if (g_str_equal(metric, "iou_example"))
    *got = number(ms_confusion_score(scores->examples->pdata[example], MS_METRIC_IOU));
  else if (g_str_equal(metric, "exact_match_example"))
    *got = ms_confusion_exact(scores->examples->pdata[example]);
  else
    return false;
  return true;
}

static bool
is_equal(double got, const char *want)
{
  double value = g_ascii_strtod(want, NULL);

  if (g_str_equal(want, "nan"))
    return isnan(got);
  return fabs(got - value) <= 1e-9 * fmax(1, fabs(value));
}

static void
test_helper(void)
{
  g_assert_true(is_equal(0.5, "0.5"));
  g_assert_true(is_equal(NAN, "nan"));
  g_assert_false(is_equal(0.5, "0.500001"));
  g_assert_false(is_equal(0, "nan"));
  g_assert_false(is_equal(NAN, "0"));
  g_assert_cmpfloat(parameter("rule=gt;t=0.25", "t", 9), ==, 0.25);
  g_assert_cmpfloat(parameter("rule=gt;t=0.25", "label", 9), ==, 9);
}

static void
test_multilabel(void)
{
  const char *data = test_data();
  g_autofree char *folder = NULL, *expected_path = NULL;
  Csv expected;
  int n_compared = 0;

  if (!data) {
    g_test_skip("MASKSCOPE_TEST_DATA is not set");
    return;
  }
  folder = g_build_filename(data, "vectors", "multilabel", NULL);
  expected_path = g_build_filename(data, "vectors", "expected.csv", NULL);
  expected = read_csv(expected_path);
  for (guint i = 1; i < expected.lines->len; i++) {
    char **row = expected.lines->pdata[i];
    Rule rule = {.inclusive = strstr(row[2], "rule=ge") != NULL,
                 .threshold = parameter(row[2], "t", 0.5)};
    double got = 0;
    Scores scores;

    if (!g_str_has_prefix(row[0], "ml_"))
      continue;
    scores = score_case(folder, row[0], &rule);
    if (!compute(&scores, row[1], row[2], &got) || !is_equal(got, row[3])) {
      g_test_message("%s %s %s: %.17g, expected %s", row[0], row[1], row[2], got, row[3]);
      g_test_fail();
    }
    n_compared++;
    ms_totals_free(scores.totals);
    g_ptr_array_unref(scores.examples);
  }
  g_test_message("%d rows compared", n_compared);
  g_assert_cmpint(n_compared, >, 150);
  g_ptr_array_unref(expected.lines);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/metric/vectors/helper", test_helper);
  g_test_add_func("/metric/vectors/multilabel", test_multilabel);
  return g_test_run();
}
