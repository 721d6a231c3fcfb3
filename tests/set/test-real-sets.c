/* SPDX-License-Identifier: MIT
 *
 * Real data sets, opened and scored as a user would, against counts that independent programs made:
 * every example, class and model, and the summaries' numbers to the decimals that they have.
 */
#include <math.h>
#include <string.h>

#include "io/file.h"
#include "io/table.h"
#include "set/evaluation.h"
#include "support/data.h"
#include "support/totals.h"

/* The expected ratios have six decimals; the means among them were taken of ratios rounded so. */
#define TOLERANCE 1.0000001e-6

typedef struct {
  MsTable *rows;      /* expected.csv */
  MsTable *summaries; /* expected_summary.csv */
  MsEvaluation *evaluation;
  MsTable *names; /* ids of class names where the set knows none */
  guint n_compared;
  guint n_wrong;
} RealSet;

static char *
data_path(const char *name)
{
  return g_build_filename(test_data(), "data", name, NULL);
}

static gboolean
has_data(void)
{
  if (test_data())
    return TRUE;
  g_test_skip("MASKSCOPE_TEST_DATA is not set");
  return FALSE;
}

static MsTable *
load_table(const char *name)
{
  g_autofree char *path = data_path(name);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = ms_file_read(path, MS_FILE_MAX_BYTES, NULL, &error);
  MsTable *table;

  g_assert_no_error(error);
  table = ms_table_parse(bytes, name, &error);
  g_assert_no_error(error);
  return table;
}

static const char *
cell(const MsTable *table, guint row, const char *column)
{
  int index = ms_table_find_column(table, column);

  g_assert_cmpint(index, >=, 0);
  return ms_table_cell(table, row, index);
}

static guint64
number(const MsTable *table, guint row, const char *column)
{
  return g_ascii_strtoull(cell(table, row, column), NULL, 10);
}

static void
add_model(MsOptions *options, const char *name, const char *path)
{
  MsModelOption *model = g_new0(MsModelOption, 1);

  model->name = g_strdup(name);
  model->path = data_path(path);
  g_ptr_array_add(options->predicted, model);
}

/* Opens and scores. */
static RealSet
open_real_set(const MsOptions *options, const char *expected)
{
  g_autofree char *rows = g_build_filename("expected", expected, "expected.csv", NULL);
  g_autofree char *summaries = g_build_filename("expected", expected, "expected_summary.csv", NULL);
  RealSet real = {.rows = load_table(rows), .summaries = load_table(summaries)};
  g_autoptr(GError) error = NULL;
  g_autoptr(MsSet) set = ms_set_open(options, NULL, NULL, NULL, &error);

  g_assert_no_error(error);
  real.evaluation = ms_evaluation_new(set);
  ms_evaluation_run(real.evaluation, 0, NULL, NULL, NULL, &error);
  g_assert_no_error(error);
  return real;
}

static void
close_real_set(RealSet *real, guint n_compared)
{
  g_assert_cmpuint(real->n_wrong, ==, 0);
  g_assert_cmpuint(real->n_compared, ==, n_compared);
  ms_table_free(real->rows);
  ms_table_free(real->summaries);
  g_clear_pointer(&real->names, ms_table_free);
  g_object_unref(real->evaluation);
}

static void G_GNUC_PRINTF(2, 3) complain(RealSet *real, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  if (real->n_wrong++ >= 10)
    return;
  va_start(arguments, format);
  text = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  g_test_message("%s", text);
}

static gboolean
ratio_agrees(const char *expected, MsValue value)
{
  if (*expected == '\0')
    return !value.defined || value.by_rule;
  return value.defined && fabs(g_ascii_strtod(expected, NULL) - value.value) <= TOLERANCE;
}

static char *
class_name(RealSet *real, guint model, guint32 id)
{
  g_autofree char *wanted = g_strdup_printf("%u", id);

  if (!real->names)
    return ms_set_class_name(ms_evaluation_get_set(real->evaluation), model, id);
  for (guint row = 0; row < ms_table_n_rows(real->names); row++) {
    if (g_str_equal(cell(real->names, row, "Idx"), wanted)) {
      g_auto(GStrv) synonyms = g_strsplit(cell(real->names, row, "Name"), ";", 2);

      return g_strdup(synonyms[0]);
    }
  }
  return g_steal_pointer(&wanted);
}

/* The counts of an expected row's class; a class that does not occur counts nothing. */
static MsClassCounts
find_class(RealSet *real, guint model, const MsConfusion *confusion, const char *name)
{
  size_t n_classes;
  const MsClassCounts *classes = ms_confusion_classes(confusion, &n_classes);
  const MsLabelData *labels = ms_set_get_labels(ms_evaluation_get_set(real->evaluation));
  guint n_kinds = labels ? ms_label_data_n_labels(labels) : 1; /* each is counted by itself */
  MsClassCounts none = {.counts.tn = ms_confusion_counted(confusion) / n_kinds};

  for (size_t i = 0; i < n_classes; i++) {
    g_autofree char *candidate = class_name(real, model, classes[i].id);

    if (g_str_equal(candidate, name))
      return classes[i];
  }
  return none;
}

static void
compare_counts(RealSet *real, const MsTable *table, guint row, const MsCounts *counts,
               gboolean with_tn)
{
  if (counts->tp == number(table, row, "tp") && counts->fp == number(table, row, "fp") &&
      counts->fn == number(table, row, "fn") &&
      (!with_tn || counts->tn == number(table, row, "tn")))
    return;
  complain(real,
           "line %u: tp %" G_GUINT64_FORMAT " fp %" G_GUINT64_FORMAT " fn %" G_GUINT64_FORMAT
           " tn %" G_GUINT64_FORMAT ", expected %s %s %s %s",
           ms_table_line(table, row), counts->tp, counts->fp, counts->fn, counts->tn,
           cell(table, row, "tp"), cell(table, row, "fp"), cell(table, row, "fn"),
           cell(table, row, "tn"));
}

/* A binary set has one class, whatever the table calls it. */
static void
compare_row(RealSet *real, guint row, guint model, const MsConfusion *confusion)
{
  const char *name = cell(real->rows, row, "class");
  gboolean binary = ms_confusion_has_tn(confusion);
  gboolean all = g_str_equal(name, "ALL");
  MsClassCounts class_counts = {.counts = ms_confusion_counts(confusion)};
  gboolean exact = ms_confusion_exact(confusion);
  MsValue iou;

  if (!all && !binary) {
    class_counts = find_class(real, model, confusion, name);
    exact = class_counts.counts.fp + class_counts.counts.fn == 0;
  }
  iou = ms_class_score(&class_counts, MS_METRIC_IOU, MS_EMPTY_ONE);
  compare_counts(real, real->rows, row, &class_counts.counts, binary || !all);
  if (!ratio_agrees(cell(real->rows, row, "iou"), iou) ||
      (gboolean)number(real->rows, row, "exact_match") != exact)
    complain(real, "line %u: iou %.9g exact %d", ms_table_line(real->rows, row), iou.value, exact);
  real->n_compared++;
}

static void
compare_example(RealSet *real, guint row, guint example, guint model)
{
  MsScore score = ms_evaluation_get_score(real->evaluation, example, model);
  gboolean comparable = !g_str_equal(cell(real->rows, row, "class"), "NOT_COMPARABLE");

  if (!comparable) {
    real->n_compared++;
    if (score.status != MS_RESULT_SKIPPED)
      complain(real, "line %u: not skipped", ms_table_line(real->rows, row));
    return;
  }
  if (score.status != MS_RESULT_OK) {
    complain(real, "line %u: %s", ms_table_line(real->rows, row), score.message);
    return;
  }
  g_autoptr(MsConfusion) confusion = ms_evaluation_dup_confusion(real->evaluation, example, model);
  compare_row(real, row, model, confusion);
}

/* Compares every row of an expected model, whose examples are called prefix + id + ending there. */
static void
compare_model(RealSet *real, guint model, const char *expected_model, const char *prefix,
              const char *ending)
{
  MsSet *set = ms_evaluation_get_set(real->evaluation);
  g_autoptr(GHashTable) examples = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < ms_set_get_n_examples(set); i++)
    g_hash_table_insert(examples, g_strconcat(prefix, ms_set_get_id(set, i), ending, NULL),
                        GUINT_TO_POINTER(i));
  for (guint row = 0; row < ms_table_n_rows(real->rows); row++) {
    const char *name = cell(real->rows, row, "example");
    gpointer example;

    if (!g_str_equal(cell(real->rows, row, "model"), expected_model) ||
        !g_str_has_prefix(name, prefix))
      continue;
    if (g_hash_table_lookup_extended(examples, name, NULL, &example))
      compare_example(real, row, GPOINTER_TO_UINT(example), model);
    else
      complain(real, "no example %s", name);
  }
}

static void
compare_summary(RealSet *real, guint model, const char *expected_model, const char *expected_split,
                const char *split)
{
  static const struct {
    const char *column;
    MsSetMetric metric;
  } columns[] = {
      {"pooled_iou", MS_SET_METRIC_IOU_POOLED},
      {"mean_example_iou_empty_as_1", MS_SET_METRIC_IOU_MEAN},
      {"exact_match_ratio", MS_SET_METRIC_EXACT_RATIO},
      {"mean_iou_over_classes", MS_SET_METRIC_MIOU},
  };
  g_autoptr(MsTotals) totals = test_evaluation_totals(real->evaluation, model, split, NULL);
  const MsConfusion *pooled = ms_totals_pooled(totals);
  gboolean found = FALSE;

  for (guint row = 0; row < ms_table_n_rows(real->summaries); row++) {
    const char *name = cell(real->summaries, row, "class");
    MsClassCounts counts = {.counts = ms_confusion_counts(pooled)};

    if (!g_str_equal(cell(real->summaries, row, "model"), expected_model) ||
        !g_str_equal(cell(real->summaries, row, "split"), expected_split))
      continue;
    if (!ms_confusion_has_tn(pooled) && !g_str_equal(name, "ALL"))
      counts = find_class(real, model, pooled, name);
    compare_counts(real, real->summaries, row, &counts.counts, FALSE);
    if (number(real->summaries, row, "n_examples") != ms_totals_scored(totals) &&
        g_str_equal(name, "ALL"))
      complain(real, "%u examples scored", (guint)ms_totals_scored(totals));
    real->n_compared++;
    found = TRUE;
    for (guint i = 0; g_str_equal(name, "ALL") && i < G_N_ELEMENTS(columns); i++) {
      MsValue value = ms_totals_value(totals, columns[i].metric);

      if (!ratio_agrees(cell(real->summaries, row, columns[i].column), value))
        complain(real, "%s, %s: %s %.9g, expected %s", expected_model, expected_split,
                 columns[i].column, value.value, cell(real->summaries, row, columns[i].column));
    }
  }
  g_assert_true(found);
}

static MsOptions *
dsb_options(const char *first, const char *second)
{
  MsOptions *options = ms_options_new();

  options->images = data_path("dsb2018_nuclei/flat/images");
  options->actual = data_path("dsb2018_nuclei/flat/masks");
  options->splits = data_path("dsb2018_nuclei/flat/splits.csv");
  add_model(options, "A_rf", first);
  add_model(options, "B_logreg", second);
  return options;
}

static void
compare_dsb(MsOptions *options, MsEncoding encoding)
{
  static const char *const models[] = {"A_rf", "B_logreg"};
  RealSet real = open_real_set(options, "dsb2018_nuclei");
  MsSet *set = ms_evaluation_get_set(real.evaluation);

  g_assert_cmpint(ms_set_get_predicted_reading(set, 0)->encoding, ==, encoding);
  for (guint i = 0; i < G_N_ELEMENTS(models); i++) {
    compare_model(&real, i, models[i], "", "");
    compare_summary(&real, i, models[i], "(all)", NULL);
    compare_summary(&real, i, models[i], "train", "train");
    compare_summary(&real, i, models[i], "val", "val");
  }
  close_real_set(&real, 2 * (52 * 2 + 3 * 2));
}

static void
test_dsb_hard(void)
{
  g_autoptr(MsOptions) options = NULL;

  if (!has_data())
    return;
  options = dsb_options("dsb2018_nuclei/flat/pred_A_rf", "dsb2018_nuclei/flat/pred_B_logreg");
  compare_dsb(options, MS_ENCODING_BINARY);
}

static void
test_dsb_soft(void)
{
  g_autoptr(MsOptions) options = NULL;

  if (!has_data())
    return;
  options = dsb_options("dsb2018_nuclei/flat/prob_A_rf", "dsb2018_nuclei/flat/prob_B_logreg");
  compare_dsb(options, MS_ENCODING_PROBABILITY);
}

static void
compare_changeformer(const char *samples, const char *const *models, guint n_compared)
{
  g_autoptr(MsOptions) options = ms_options_new();
  g_autofree char *images = g_build_filename("changeformer_samples", samples, "A", NULL);
  g_autofree char *actual = g_build_filename("changeformer_samples", samples, "label", NULL);
  g_autofree char *prefix = g_strconcat(samples, "/", NULL);
  RealSet real;

  options->images = data_path(images);
  options->actual = data_path(actual);
  for (guint i = 0; models[i]; i++) {
    g_autofree char *folder = g_build_filename("changeformer_samples", samples, models[i], NULL);

    add_model(options, models[i], folder);
  }
  real = open_real_set(options, "changeformer_samples");
  for (guint i = 0; models[i]; i++) {
    g_autofree char *expected = g_strconcat(prefix, models[i], NULL);

    compare_model(&real, i, expected, prefix, ".png");
    compare_model(&real, i, "(any)", prefix, ".png");
    compare_summary(&real, i, expected, samples, NULL);
  }
  close_real_set(&real, n_compared);
}

static void
test_levir(void)
{
  static const char *const models[] = {
      "predict_CD_BIT",           "predict_CD_ChangeFormerV6",
      "predict_CD_DTCDSCN",       "predict_CD_SiamUnet_conc",
      "predict_CD_SiamUnet_diff", "predict_CD_Unet",
      "predict_ChangeFormerV6",   NULL,
  };

  if (has_data())
    compare_changeformer("samples_LEVIR", models, 7 * (7 * 2 + 4 + 1 + 2));
}

static void
test_dsifn(void)
{
  static const char *const models[] = {
      "predict_BIT",
      "predict_ChangeFormerV6",
      "predict_DTCDSCN",
      "predict_SiamUnet_conc",
      "predict_SiamUnet_diff",
      "predict_Unet",
      NULL,
  };

  if (has_data())
    compare_changeformer("samples_DSIFN", models, 6 * (10 * 2 + 2));
}

/* void_counted: class 11 is a class like the others instead of being ignored. */
static MsOptions *
camvid_options(const char *split, gboolean void_counted)
{
  MsOptions *options = ms_options_new();
  g_autofree char *images = g_strdup_printf("camvid_segnet/%s", split);
  g_autofree char *actual = g_strdup_printf("camvid_segnet/%sannot", split);
  g_autofree char *forest = g_strdup_printf("camvid_segnet/%s_pred_rf", split);
  guint32 unlabelled = 11;

  options->images = data_path(images);
  options->actual = data_path(actual);
  options->classes = data_path("camvid_segnet/classes.csv");
  options->background_choice = MS_CHOICE_NONE;
  options->ignore_choice = void_counted ? MS_CHOICE_NONE : MS_CHOICE_GIVEN;
  if (!void_counted)
    g_array_append_val(options->ignore, unlabelled);
  add_model(options, "forest", forest);
  if (g_str_equal(split, "test"))
    add_model(options, "segnet", "camvid_segnet/predictions_indexed");
  return options;
}

static void
test_camvid(gconstpointer data)
{
  static const struct {
    const char *split;
    guint n_examples;
  } splits[] = {{"test", 39}, {"train", 16}, {"val", 15}};
  gboolean void_counted = GPOINTER_TO_INT(data);
  const char *suffix = void_counted ? "(void counted)" : "";
  g_autofree char *forest = g_strconcat("rf_local", suffix, NULL);
  g_autofree char *segnet = g_strconcat("segnet_real", suffix, NULL);
  guint n_rows = void_counted ? 13 : 12; /* classes and ALL */

  if (!has_data())
    return;
  for (guint i = 0; i < G_N_ELEMENTS(splits); i++) {
    g_autoptr(MsOptions) options = camvid_options(splits[i].split, void_counted);
    g_autofree char *prefix = g_strconcat(splits[i].split, "/", NULL);
    RealSet real = open_real_set(options, "camvid_segnet");
    guint n_models = ms_set_get_n_models(ms_evaluation_get_set(real.evaluation));

    compare_model(&real, 0, forest, prefix, ".png");
    compare_summary(&real, 0, forest, splits[i].split, NULL);
    if (n_models == 2) {
      compare_model(&real, 1, segnet, prefix, ".png");
      compare_summary(&real, 1, segnet, splits[i].split, NULL);
    }
    close_real_set(&real, n_models * n_rows * (splits[i].n_examples + 1));
  }
}

/* The expected models say `value >= T`, that is p > (T - 1) / 255. */
static void
test_sod(void)
{
  static const struct {
    const char *model;
    double threshold;
  } cases[] = {{"soft>=64", 63 / 255.0}, {"soft>=128", 0.5}, {"soft>=192", 191 / 255.0}};
  g_autoptr(MsOptions) options = NULL;

  if (!has_data())
    return;
  options = ms_options_new();
  options->actual = data_path("sod_soft/masks");
  add_model(options, NULL, "sod_soft/preds");
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    RealSet real;

    options->threshold = cases[i].threshold;
    real = open_real_set(options, "sod_soft");
    g_assert_cmpint(ms_set_get_actual_reading(ms_evaluation_get_set(real.evaluation))->encoding, ==,
                    MS_ENCODING_GREY);
    compare_model(&real, 0, cases[i].model, "", ".png");
    compare_summary(&real, 0, cases[i].model, "test", NULL);
    close_real_set(&real, 3 * 2 + 2);
  }
}

/* Empty pairs left out: the summary's other mean. */
static void
test_sod_skip_empty(void)
{
  g_autoptr(MsOptions) options = NULL;
  g_autoptr(MsTotals) totals = NULL;
  RealSet real;

  if (!has_data())
    return;
  options = ms_options_new();
  options->actual = data_path("sod_soft/masks");
  options->empty = MS_EMPTY_SKIP;
  options->has_threshold = TRUE;
  options->threshold = 191 / 255.0;
  add_model(options, NULL, "sod_soft/preds");
  real = open_real_set(options, "sod_soft");
  totals = test_evaluation_totals(real.evaluation, 0, NULL, NULL);
  g_assert_cmpuint(ms_totals_scored(totals), ==, 3);
  g_assert_cmpuint(ms_totals_in_mean(totals), ==, 2);
  g_assert_true(ratio_agrees("0.745161", ms_totals_value(totals, MS_SET_METRIC_IOU_MEAN)));
  close_real_set(&real, 0);
}

static void
test_ade20k(void)
{
  g_autoptr(MsOptions) options = NULL;
  guint32 unlabelled = 0;
  RealSet real;

  if (!has_data())
    return;
  options = ms_options_new();
  options->images = data_path("ade20k_sample/images");
  options->actual = data_path("ade20k_sample/annotations");
  options->ignore_choice = MS_CHOICE_GIVEN;
  g_array_append_val(options->ignore, unlabelled);
  add_model(options, NULL, "ade20k_sample/predictions");
  real = open_real_set(options, "ade20k_sample");
  real.names = load_table("ade20k_sample/objectInfo150.csv");
  compare_model(&real, 0, "sample_predictions", "", ".png");
  compare_summary(&real, 0, "sample_predictions", "val", NULL);
  close_real_set(&real, 28 + 16);
}

/* --- label sets ----------------------------------------------------------------------------- */

/* Every row that is expected of two models of the set of songs, with their summaries. */
static void
compare_songs(RealSet *real, const guint *models)
{
  static const char *const expected[] = {"A_logreg", "B_rf"};

  for (guint i = 0; i < G_N_ELEMENTS(expected); i++) {
    compare_model(real, models[i], expected[i], "", "");
    compare_summary(real, models[i], expected[i], "(all)", NULL);
    compare_summary(real, models[i], expected[i], "train", "train");
    compare_summary(real, models[i], expected[i], "test", "test");
  }
  close_real_set(real, 2 * 7 * (593 + 3));
}

/* The folder as it is: four models, splits beside them. */
static void
test_songs_folder(void)
{
  static const char *const names[] = {"pred_A_logreg", "pred_B_rf", "prob_A_logreg", "prob_B_rf"};
  g_autoptr(MsOptions) options = NULL;
  RealSet real;
  MsSet *set;

  if (!has_data())
    return;
  options = ms_options_new();
  options->set = data_path("emotions_multilabel");
  real = open_real_set(options, "emotions_multilabel");
  set = ms_evaluation_get_set(real.evaluation);
  g_assert_cmpuint(ms_set_get_n_models(set), ==, G_N_ELEMENTS(names));
  for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
    g_assert_cmpstr(ms_set_get_model_name(set, i), ==, names[i]);
    g_assert_cmpint(ms_set_get_predicted_reading(set, i)->encoding, ==,
                    i < 2 ? MS_ENCODING_LABELS : MS_ENCODING_LABEL_SCORES);
  }
  compare_songs(&real, (const guint[]){0, 1});
}

static void
test_songs_tables(void)
{
  g_autoptr(MsOptions) options = NULL;
  RealSet real;

  if (!has_data())
    return;
  options = ms_options_new();
  options->actual = data_path("emotions_multilabel/actual.csv");
  options->splits = data_path("emotions_multilabel/splits.csv");
  add_model(options, "B", "emotions_multilabel/pred_B_rf.csv");
  add_model(options, "A", "emotions_multilabel/pred_A_logreg.csv");
  real = open_real_set(options, "emotions_multilabel");
  compare_songs(&real, (const guint[]){1, 0});
}

static MsCounts
song_counts(const RealSet *real, const char *id, guint model)
{
  MsSet *set = ms_evaluation_get_set(real->evaluation);

  for (guint i = 0; i < ms_set_get_n_examples(set); i++)
    if (g_str_equal(ms_set_get_id(set, i), id))
      return test_counts(real->evaluation, i, model);
  g_error("no song %s", id);
}

/* Whether two models have the same counts and values, example by example and as a whole. */
static void
assert_same_model(const RealSet *real, guint first, guint second)
{
  g_autoptr(MsTotals) left = test_evaluation_totals(real->evaluation, first, NULL, NULL);
  g_autoptr(MsTotals) right = test_evaluation_totals(real->evaluation, second, NULL, NULL);

  for (guint i = 0; i < ms_set_get_n_examples(ms_evaluation_get_set(real->evaluation)); i++) {
    MsCounts a = test_counts(real->evaluation, i, first);
    MsCounts b = test_counts(real->evaluation, i, second);

    g_assert_cmpuint(a.tp, ==, b.tp);
    g_assert_cmpuint(a.fp, ==, b.fp);
    g_assert_cmpuint(a.fn, ==, b.fn);
  }
  for (guint metric = 0; metric < MS_N_SET_METRICS; metric++)
    g_assert_cmpfloat(ms_totals_value(left, metric).value, ==,
                      ms_totals_value(right, metric).value);
}

/* Probabilities as text and as arrays are the same, and so are the labels made with p >= 0.5 but
 * for two values of B_rf that are 0.5, which is not above 0.5: a right label of song_401 and a
 * wrong one of song_428. */
static void
test_songs_scores(void)
{
  enum { HARD_A, HARD_B, TEXT_A, TEXT_B, ARRAY_A, ARRAY_B };
  static const char *const files[] = {
      "pred_A_logreg.csv", "pred_B_rf.csv",     "prob_A_logreg.csv",
      "prob_B_rf.csv",     "prob_A_logreg.npy", "prob_B_rf.npy",
  };
  g_autoptr(MsOptions) options = NULL;
  g_autoptr(MsTotals) hard = NULL;
  g_autoptr(MsTotals) soft = NULL;
  MsCounts hard_counts, soft_counts;
  RealSet real;

  if (!has_data())
    return;
  options = ms_options_new();
  options->actual = data_path("emotions_multilabel/actual.csv");
  for (guint i = 0; i < G_N_ELEMENTS(files); i++) {
    g_autofree char *path = g_build_filename("emotions_multilabel", files[i], NULL);

    add_model(options, files[i], path);
  }
  real = open_real_set(options, "emotions_multilabel");
  assert_same_model(&real, HARD_A, TEXT_A);
  assert_same_model(&real, TEXT_A, ARRAY_A);
  assert_same_model(&real, TEXT_B, ARRAY_B);
  hard = test_evaluation_totals(real.evaluation, HARD_B, NULL, NULL);
  soft = test_evaluation_totals(real.evaluation, TEXT_B, NULL, NULL);
  hard_counts = ms_confusion_counts(ms_totals_pooled(hard));
  soft_counts = ms_confusion_counts(ms_totals_pooled(soft));
  g_assert_cmpuint(soft_counts.tp, ==, hard_counts.tp - 1);
  g_assert_cmpuint(soft_counts.fn, ==, hard_counts.fn + 1);
  g_assert_cmpuint(soft_counts.fp, ==, hard_counts.fp - 1);
  g_assert_cmpuint(ms_totals_exact(soft), ==, ms_totals_exact(hard) + 1);
  hard_counts = song_counts(&real, "song_401", HARD_B);
  soft_counts = song_counts(&real, "song_401", TEXT_B);
  g_assert_cmpuint(soft_counts.fn, ==, hard_counts.fn + 1);
  g_assert_cmpuint(soft_counts.fp, ==, hard_counts.fp);
  hard_counts = song_counts(&real, "song_428", HARD_B);
  soft_counts = song_counts(&real, "song_428", TEXT_B);
  g_assert_cmpuint(soft_counts.fn, ==, hard_counts.fn);
  g_assert_cmpuint(soft_counts.fp, ==, hard_counts.fp - 1);
  close_real_set(&real, 0);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/real-sets/dsb2018-hard", test_dsb_hard);
  g_test_add_func("/real-sets/dsb2018-soft", test_dsb_soft);
  g_test_add_func("/real-sets/changeformer-levir", test_levir);
  g_test_add_func("/real-sets/changeformer-dsifn", test_dsifn);
  g_test_add_data_func("/real-sets/camvid", GINT_TO_POINTER(FALSE), test_camvid);
  g_test_add_data_func("/real-sets/camvid-void-counted", GINT_TO_POINTER(TRUE), test_camvid);
  g_test_add_func("/real-sets/sod", test_sod);
  g_test_add_func("/real-sets/sod-skip-empty", test_sod_skip_empty);
  g_test_add_func("/real-sets/ade20k", test_ade20k);
  g_test_add_func("/real-sets/songs-folder", test_songs_folder);
  g_test_add_func("/real-sets/songs-tables", test_songs_tables);
  g_test_add_func("/real-sets/songs-scores", test_songs_scores);
  return g_test_run();
}
