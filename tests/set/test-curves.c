/* SPDX-License-Identifier: MIT
 *
 * Curves of sets, splits, classes and examples, at thresholds of all kinds, beside the examples
 * counted one by one under each: made sets, and real ones where there are any.
 */
#include "set/curves.h"

#include <math.h>

#include "evaluation-set.h"
#include "set/evaluation-private.h"
#include "set/option-values.h"
#include "support/data.h"
#include "support/random.h"

static const double thresholds[] = {0, 0.001, 0.04, 0.25, 0.327, 0.5, 0.75, 0.9, 0.999, 1};

/* --- counted one by one ----------------------------------------------------------------------- */

typedef struct {
  MsCounts counts;
  double iou;
  guint n_in_mean;
  guint n_exact;
  guint n_scored;
} Sums;

static MsCounts
counts_of_class(const MsConfusion *confusion, gint64 id)
{
  size_t n_classes;
  const MsClassCounts *classes = ms_confusion_classes(confusion, &n_classes);

  for (size_t i = 0; i < n_classes; i++)
    if (classes[i].id == id)
      return classes[i].counts;
  return (MsCounts){0};
}

static void
add_example(Sums *sums, const MsConfusion *confusion, gint64 class_id)
{
  gboolean all = class_id == MS_CURVE_ALL_CLASSES;
  MsCounts counts = all ? ms_confusion_counts(confusion) : counts_of_class(confusion, class_id);
  MsValue iou =
      all ? ms_confusion_score(confusion, MS_METRIC_IOU) : ms_score_iou(&counts, MS_EMPTY_SKIP);

  ms_counts_add(&sums->counts, &counts);
  sums->iou += iou.defined ? iou.value : 0;
  sums->n_in_mean += iou.defined;
  sums->n_exact += all ? ms_confusion_exact(confusion) : counts.fp + counts.fn == 0;
  sums->n_scored++;
}

static Sums
count_examples(MsEvaluation *evaluation, guint model, const char *split, gint64 class_id)
{
  MsSet *set = ms_evaluation_get_set(evaluation);
  Sums sums = {0};
  guint n;
  const guint *examples = ms_set_get_split_examples(set, split, &n);

  for (guint i = 0; i < n; i++) {
    g_autoptr(MsConfusion) confusion = ms_evaluation_dup_confusion(evaluation, examples[i], model);

    if (confusion)
      add_example(&sums, confusion, class_id);
  }
  return sums;
}

/* Settles, so that counts are those of the threshold. */
static void
move_threshold(MsEvaluation *evaluation, guint model, double threshold)
{
  gint64 deadline = g_get_monotonic_time() + PATIENCE;

  ms_evaluation_set_threshold(evaluation, model, threshold);
  while (ms_evaluation_is_counting(evaluation, model)) {
    g_assert_cmpint(g_get_monotonic_time(), <, deadline);
    g_main_context_iteration(NULL, FALSE);
  }
}

/* --- beside curves ---------------------------------------------------------------------------- */

static void
assert_ratio(MsValue value, guint64 divided, guint64 by)
{
  if (by > 0)
    g_assert_cmpfloat(fabs(value.value - (double)divided / (double)by), <, 1e-9);
  else
    g_assert_true(!value.defined || value.by_rule);
}

static void
assert_sums(const MsCurve *curve, double threshold, const Sums *sums)
{
  guint point = ms_curve_find_point(curve, threshold);
  const MsCounts *counts = &sums->counts;
  MsValue mean = ms_curve_get_value(curve, point, MS_CURVE_IOU_MEAN);

  g_assert_cmpuint(ms_curve_n_examples(curve), ==, sums->n_scored);
  assert_ratio(ms_curve_get_value(curve, point, MS_CURVE_IOU), counts->tp,
               counts->tp + counts->fp + counts->fn);
  assert_ratio(ms_curve_get_value(curve, point, MS_CURVE_PRECISION), counts->tp,
               counts->tp + counts->fp);
  assert_ratio(ms_curve_get_value(curve, point, MS_CURVE_RECALL), counts->tp,
               counts->tp + counts->fn);
  assert_ratio(ms_curve_get_value(curve, point, MS_CURVE_EXACT), sums->n_exact, sums->n_scored);
  g_assert_cmpint(mean.defined, ==, sums->n_in_mean > 0);
  if (mean.defined)
    g_assert_cmpfloat(fabs(mean.value - sums->iou / sums->n_in_mean), <, 1e-9);
}

static MsCurve *
curve_of_set(MsEvaluation *evaluation, guint model, const char *split, gint64 class_id)
{
  g_autoptr(MsCurveJob) job = ms_curve_prepare_set(evaluation, model, split, class_id);
  g_autoptr(GError) error = NULL;
  MsCurve *curve = ms_curve_compute(job, NULL, &error);

  g_assert_no_error(error);
  return curve;
}

/* The curve taken at one threshold holds for all of them. */
static void
assert_curve(MsEvaluation *evaluation, guint model, const char *split, gint64 class_id)
{
  g_autoptr(MsCurve) curve = curve_of_set(evaluation, model, split, class_id);

  g_assert_cmpfloat(ms_curve_get_threshold(curve, 0), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS(thresholds); i++) {
    Sums sums;

    move_threshold(evaluation, model, thresholds[i]);
    sums = count_examples(evaluation, model, split, class_id);
    assert_sums(curve, thresholds[i], &sums);
  }
}

/* At the best threshold the evaluation has the score that the curve promised, and nowhere on the
 * slider a better one. */
static void
assert_best(MsEvaluation *evaluation, guint model, const char *split)
{
  g_autoptr(MsCurve) curve = curve_of_set(evaluation, model, split, MS_CURVE_ALL_CLASSES);
  double threshold;
  MsValue best;
  Sums sums;

  g_assert_true(ms_curve_find_best(curve, MS_CURVE_IOU_MEAN, &threshold, &best));
  move_threshold(evaluation, model, threshold);
  sums = count_examples(evaluation, model, split, MS_CURVE_ALL_CLASSES);
  g_assert_cmpfloat(fabs(best.value - sums.iou / sums.n_in_mean), <, 1e-9);
  for (guint i = 0; i < ms_curve_n_points(curve); i++) {
    g_assert_cmpuint(ms_curve_find_point(curve, ms_curve_get_middle(curve, i)), ==, i);
    g_assert_cmpfloat(ms_curve_get_value(curve, i, MS_CURVE_IOU_MEAN).value, <=, best.value);
  }
}

static void
assert_example(MsEvaluation *evaluation, guint example, guint model, gint64 class_id)
{
  MsSet *set = ms_evaluation_get_set(evaluation);
  g_autoptr(GError) error = NULL;
  g_autoptr(MsResult) result = ms_pair_score(set, example, model, NULL, NULL, &error);
  g_autoptr(MsCurveJob) job = ms_curve_prepare_example(
      set, example, model, result, ms_evaluation_get_rules(evaluation, model), class_id);
  g_autoptr(MsCurve) curve = ms_curve_compute(job, NULL, &error);

  g_assert_no_error(error);
  for (guint i = 0; i < G_N_ELEMENTS(thresholds); i++) {
    g_autoptr(MsConfusion) confusion = NULL;
    Sums sums = {0};

    move_threshold(evaluation, model, thresholds[i]);
    confusion = ms_evaluation_dup_confusion(evaluation, example, model);
    add_example(&sums, confusion, class_id);
    assert_sums(curve, thresholds[i], &sums);
  }
}

/* Everything and each split; the first examples. */
static void
assert_curves(MsEvaluation *evaluation, gint64 class_id)
{
  MsSet *set = ms_evaluation_get_set(evaluation);
  const char *const *splits = ms_set_get_splits(set);

  for (guint model = 0; model < ms_set_get_n_models(set); model++) {
    assert_curve(evaluation, model, NULL, class_id);
    for (guint i = 0; splits[i]; i++)
      assert_curve(evaluation, model, splits[i], class_id);
    for (guint i = 0; i < MIN(ms_set_get_n_examples(set), 4); i++)
      if (ms_evaluation_get_score(evaluation, i, model).status == MS_RESULT_OK)
        assert_example(evaluation, i, model, class_id);
    if (class_id == MS_CURVE_ALL_CLASSES)
      assert_best(evaluation, model, NULL);
  }
}

/* --- made sets -------------------------------------------------------------------------------- */

static void
parse(Fixture *fixture, const char *words)
{
  g_auto(GStrv) arguments = g_strsplit(words, " ", -1);
  g_autoptr(GError) error = NULL;

  for (guint i = 0; arguments[i]; i++) { /* '@': a file of the folder */
    g_auto(GStrv) parts = g_strsplit(arguments[i], "@", 2);

    g_free(arguments[i]);
    arguments[i] = parts[1] ? g_strconcat(parts[0], fixture->folder.path, "/", parts[1], NULL)
                            : g_strdup(parts[0]);
  }
  g_clear_pointer(&fixture->options->set, g_free);
  g_assert_true(ms_options_parse(fixture->options, &arguments, NULL, &error));
  g_assert_no_error(error);
  if (arguments[0])
    fixture->options->set = g_strdup(arguments[0]);
}

static void
put(Fixture *fixture, const char *name, const GString *text)
{
  g_free(test_file(&fixture->folder, name, text->str, text->len));
}

/* Of 8 bits, in two splits and outside them; some empty, one not there. */
static void
test_maps(Fixture *fixture, gconstpointer data)
{
  static const char *const splits[] = {"train", "val", ""};
  g_autoptr(GString) manifest = g_string_new("example,actual,predicted,split\n");
  g_autoptr(MsEvaluation) evaluation = NULL;
  TestRandom random = {61};

  for (guint i = 0; i < 12; i++) {
    g_autofree char *actual = g_strdup_printf("a%u.png", i);
    g_autofree char *predicted = g_strdup_printf("p%u.png", i);
    g_autoptr(MsSamples) a = ms_samples_new(16, 16, MS_COLOR_GREY, 8, "a", NULL);
    g_autoptr(MsSamples) p = ms_samples_new(16, 16, MS_COLOR_GREY, 8, "p", NULL);
    g_autoptr(GBytes) a_png = NULL;
    g_autoptr(GBytes) p_png = NULL;

    for (guint k = 0; k < 256; k++) {
      a->pixels[k] = i % 5 != 4 && test_random_below(&random, 3) == 0 ? 255 : 0;
      p->pixels[k] = (guint8)MIN(test_random_below(&random, 256) / 2 + a->pixels[k] / 2u, 255);
    }
    a_png = ms_png_encode(a, 1, NULL, NULL);
    p_png = ms_png_encode(p, 1, NULL, NULL);
    g_free(test_file(&fixture->folder, actual, g_bytes_get_data(a_png, NULL),
                     g_bytes_get_size(a_png)));
    g_free(test_file(&fixture->folder, predicted, g_bytes_get_data(p_png, NULL),
                     g_bytes_get_size(p_png)));
    g_string_append_printf(manifest, "e%02u,%s,%s,%s\n", i, actual, i == 7 ? "" : predicted,
                           splits[i % 3]);
  }
  put(fixture, "set.csv", manifest);
  parse(fixture, "@set.csv");
  evaluation = new_evaluation(fixture);
  run(evaluation, 2);
  assert_curves(evaluation, MS_CURVE_ALL_CLASSES);
}

/* 16 bits have 65,536 steps, and a best threshold that no few decimals say. */
static void
test_ramps(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;

  write_ramps(fixture, 2);
  evaluation = new_evaluation(fixture);
  run(evaluation, 2);
  assert_curve(evaluation, 0, NULL, MS_CURVE_ALL_CLASSES);
  assert_best(evaluation, 0, NULL);
}

static void
test_labels(Fixture *fixture, gconstpointer data)
{
  g_autoptr(GString) actual = g_string_new("example,a,b,c\n");
  g_autoptr(GString) scores = g_string_new("example,a,b,c\n");
  g_autoptr(MsEvaluation) evaluation = NULL;

  for (guint i = 0; i < 60; i++) {
    g_string_append_printf(actual, "e%02u,%u,%u,0\n", i, i % 2, i % 3 == 0);
    g_string_append_printf(scores, "e%02u,0.%u,0.%03u,%s\n", i, i % 10, i * 9, i % 4 ? "0" : "1");
  }
  put(fixture, "actual.csv", actual);
  put(fixture, "scores.csv", scores);
  parse(fixture, "--actual @actual.csv --predicted @scores.csv");
  evaluation = new_evaluation(fixture);
  run(evaluation, 2);
  assert_curves(evaluation, MS_CURVE_ALL_CLASSES);
  for (gint64 label = 0; label < 3; label++)
    assert_curves(evaluation, label);
}

#define IMAGES                                                                                     \
  "\"images\": [{\"id\": 7, \"width\": 6, \"height\": 4, \"file_name\": \"a.png\"},"               \
  "             {\"id\": 9, \"width\": 6, \"height\": 4, \"file_name\": \"b.png\"}],"              \
  "\"categories\": [{\"id\": 3, \"name\": \"cat\"}, {\"id\": 5, \"name\": \"dog\"}]"

/* In a: a cat in columns 0 to 2, a dog in columns 2 and 3. b is empty. */
static const char instances[] = "{" IMAGES ", \"annotations\": ["
                                "{\"id\": 1, \"image_id\": 7, \"category_id\": 3, \"iscrowd\": 0,"
                                " \"segmentation\": {\"size\": [4, 6], \"counts\": [0, 12, 12]}},"
                                "{\"id\": 2, \"image_id\": 7, \"category_id\": 5, \"iscrowd\": 1,"
                                " \"segmentation\": {\"size\": [4, 6], \"counts\": [8, 8, 8]}}]}";

/* A cat in columns 0 and 1 at 0.9, another in column 4 at 0.3, a dog in columns 2 and 3 at 0.6; in
 * b a cat at 0.25. */
static const char results_json[] =
    "[{\"image_id\": 7, \"category_id\": 3, \"score\": 0.9,"
    "  \"segmentation\": {\"size\": [4, 6], \"counts\": [0, 8, 16]}},"
    " {\"image_id\": 7, \"category_id\": 3, \"score\": 0.3,"
    "  \"segmentation\": {\"size\": [4, 6], \"counts\": [16, 4, 4]}},"
    " {\"image_id\": 9, \"category_id\": 3, \"score\": 0.25,"
    "  \"segmentation\": {\"size\": [4, 6], \"counts\": [16, 4, 4]}},"
    " {\"image_id\": 7, \"category_id\": 5, \"score\": 0.6,"
    "  \"segmentation\": {\"size\": [4, 6], \"counts\": [8, 8, 8]}}]";

static void
test_objects(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;

  g_free(test_file(&fixture->folder, "actual.json", instances, sizeof instances - 1));
  g_free(test_file(&fixture->folder, "results.json", results_json, sizeof results_json - 1));
  parse(fixture, "@actual.json --predicted @results.json");
  evaluation = new_evaluation(fixture);
  run(evaluation, 2);
  assert_curves(evaluation, MS_CURVE_ALL_CLASSES);
  assert_curves(evaluation, 3);
  assert_curves(evaluation, 5);
}

/* Counts that cannot be taken apart are no example that cannot be compared: they are told of. */
static void
test_damaged(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsPacked) damaged = ms_packed_new_from_bytes("\xff\xff", 2);
  g_autoptr(MsCurveJob) job = NULL;
  g_autoptr(GError) error = NULL;
  MsResults *results;
  MsRecord record;

  g_free(test_file(&fixture->folder, "actual.json", instances, sizeof instances - 1));
  g_free(test_file(&fixture->folder, "results.json", results_json, sizeof results_json - 1));
  parse(fixture, "@actual.json --predicted @results.json");
  evaluation = new_evaluation(fixture);
  run(evaluation, 1);
  results = evaluation->models[0].results;
  record = *ms_results_get(results, 0);
  ms_results_put_placed(results, 0, &record, ms_results_heap_add(evaluation->heap, damaged), NULL);
  job = ms_curve_prepare_set(evaluation, 0, NULL, 3);
  g_assert_null(ms_curve_compute(job, NULL, &error));
  g_assert_error(error, MS_SET_ERROR, MS_SET_ERROR_READING);
  g_assert_true(g_str_has_prefix(error->message, "a: "));
}

/* --- what is no curve ------------------------------------------------------------------------- */

static void
test_none(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;

  write_many(fixture);
  evaluation = new_evaluation(fixture);
  g_assert_null(ms_curve_prepare_set(evaluation, 0, NULL, MS_CURVE_ALL_CLASSES));
}

/* Before a result came in: of no example, and nothing is best. */
static void
test_early(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsCurve) curve = NULL;
  double threshold;
  MsValue value;

  write_maps(fixture);
  evaluation = new_evaluation(fixture);
  curve = curve_of_set(evaluation, 0, NULL, MS_CURVE_ALL_CLASSES);
  g_assert_cmpuint(ms_curve_n_examples(curve), ==, 0);
  g_assert_false(ms_curve_find_best(curve, MS_CURVE_IOU_MEAN, &threshold, &value));
}

static void
test_cancelled(Fixture *fixture, gconstpointer data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new();
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsCurveJob) job = NULL;
  g_autoptr(GError) error = NULL;

  write_maps(fixture);
  evaluation = new_evaluation(fixture);
  run(evaluation, 1);
  job = ms_curve_prepare_set(evaluation, 0, NULL, MS_CURVE_ALL_CLASSES);
  g_cancellable_cancel(cancellable);
  g_assert_null(ms_curve_compute(job, cancellable, &error));
  g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* --- real sets -------------------------------------------------------------------------------- */

static void
test_real(Fixture *fixture, gconstpointer words)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autofree char *data = NULL;
  g_auto(GStrv) parts = NULL;
  g_autofree char *joined = NULL;

  if (!test_data()) {
    g_test_skip("MASKSCOPE_TEST_DATA is not set");
    return;
  }
  data = g_strconcat(test_data(), "/data/", NULL);
  parts = g_strsplit(words, "DATA/", -1);
  joined = g_strjoinv(data, parts);
  parse(fixture, joined);
  evaluation = new_evaluation(fixture);
  run(evaluation, 2);
  assert_curves(evaluation, MS_CURVE_ALL_CLASSES);
  if (ms_comparison_has_classes(ms_evaluation_get_rules(evaluation, 0)->rules.comparison))
    assert_curves(evaluation, 1);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
#define ADD(name, words, function)                                                                 \
  g_test_add("/curves/" name, Fixture, words, set_up, function, tear_down)
  ADD("maps", NULL, test_maps);
  ADD("ramps", NULL, test_ramps);
  ADD("labels", NULL, test_labels);
  ADD("objects", NULL, test_objects);
  ADD("damaged", NULL, test_damaged);
  ADD("none", NULL, test_none);
  ADD("early", NULL, test_early);
  ADD("cancelled", NULL, test_cancelled);
  ADD("real/nuclei",
      "--actual DATA/dsb2018_nuclei/flat/masks --predicted DATA/dsb2018_nuclei/flat/prob_A_rf "
      "--predicted DATA/dsb2018_nuclei/flat/prob_B_logreg "
      "--splits DATA/dsb2018_nuclei/flat/splits.csv",
      test_real);
  ADD("real/saliency", "DATA/sod_soft", test_real);
  ADD("real/emotions",
      "--actual DATA/emotions_multilabel/actual.csv "
      "--predicted DATA/emotions_multilabel/prob_A_logreg.csv "
      "--splits DATA/emotions_multilabel/splits.csv",
      test_real);
  ADD("real/objects",
      "DATA/coco_instances100/instances_val2014_100.json --predicted "
      "DATA/coco_instances100/instances_val2014_fakesegm100_results.json",
      test_real);
  return g_test_run();
}
