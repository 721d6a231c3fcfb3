/* SPDX-License-Identifier: MIT
 *
 * Mask pairs whose scores independent programs computed: read with the program's own readings,
 * counted by its own metric module, compared row by row. Binary and probability pairs are read as
 * the program would without being told anything; multi-class ones as class ids.
 *
 * Left out, by name below: metrics that the program does not have, and `value >= 0`, which a strict
 * threshold cannot say. Edges, distances, instance, panoptic, run-length and multi-label cases
 * belong to their own tests.
 */
#include "metric/threshold-curve.h"
#include "metric/totals.h"
#include "set/evaluation.h"
#include "set/pair.h"
#include "support/files.h"
#include "support/totals.h"
#include "vectors.h"

static const char *const left_out[] = {
    "assd",
    "boundary_d",
    "boundary_gt_px",
    "boundary_inter_px",
    "boundary_iou",
    "fwiou",
    "hd",
    "hd95",
    "masd",
    "boundary_pred_px",
    "mdice",
    "nsd",
    "rle_area",
    "rle_bbox",
    "mean_miou_examples",
    NULL,
};

/* The joint of a pair as the program reads it when nothing is said; NULL when sizes differ. */
static MsJoint *
count_pair(const Vectors *vectors, guint row, MsEncoding *encodings)
{
  g_autoptr(MsOptions) options = ms_options_new();
  g_autoptr(MsSamples) gt = load_samples(vectors, row, "gt");
  g_autoptr(MsSamples) pred = load_samples(vectors, row, "pred");
  g_autoptr(MsReading) actual_reading = decide(gt, NULL, options);
  g_autoptr(MsReading) predicted_reading = decide(pred, actual_reading, options);
  MsRaster actual = {0};
  MsRaster predicted = {0};
  MsJoint *joint = NULL;
  MsStatus status;

  apply(actual_reading, gt, &actual);
  apply(predicted_reading, pred, &predicted);
  encodings[0] = actual_reading->encoding;
  encodings[1] = predicted_reading->encoding;
  g_assert_cmpint(ms_joint_new(&joint), ==, MS_STATUS_OK);
  status = ms_joint_add(joint, &actual, &predicted, NULL);
  ms_raster_clear(&actual);
  ms_raster_clear(&predicted);
  if (status == MS_STATUS_OK)
    return joint;
  g_assert_cmpint(status, ==, MS_STATUS_SIZE_MISMATCH);
  ms_joint_free(joint);
  return NULL;
}

static MsJoint *
count_class_pair(const Vectors *vectors, guint row)
{
  g_autoptr(GArray) none = g_array_new(FALSE, FALSE, sizeof(guint32));
  MsReading reading = {.encoding = MS_ENCODING_CLASSES, .positive = -1, .ignored = none};
  g_autoptr(MsSamples) gt = load_samples(vectors, row, "gt");
  g_autoptr(MsSamples) pred = load_samples(vectors, row, "pred");
  MsRaster actual = {0};
  MsRaster predicted = {0};
  MsJoint *joint = NULL;

  apply(&reading, gt, &actual);
  apply(&reading, pred, &predicted);
  g_assert_cmpint(ms_joint_new(&joint), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_joint_add(joint, &actual, &predicted, NULL), ==, MS_STATUS_OK);
  ms_raster_clear(&actual);
  ms_raster_clear(&predicted);
  return joint;
}

static void
add_joint(MsTotals *totals, const MsRules *rules, MsJoint *joint)
{
  g_autoptr(MsConfusion) confusion = NULL;

  g_assert_cmpint(ms_confusion_new(rules, &confusion), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_confusion_add_joint(confusion, joint, NULL), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_totals_add(totals, confusion), ==, MS_STATUS_OK);
}

static double
class_value(const MsTotals *totals, const char *metric, const char *parameters)
{
  size_t n_classes;
  const MsClassCounts *classes = ms_confusion_classes(ms_totals_pooled(totals), &n_classes);
  gint64 id = parameter(parameters, "class");

  for (size_t i = 0; i < n_classes; i++) {
    const MsCounts *counts = &classes[i].counts;

    if (classes[i].id != id)
      continue;
    if (g_str_equal(metric, "class_iou"))
      return to_double(ms_class_score(&classes[i], MS_METRIC_IOU, MS_EMPTY_ONE));
    return g_str_equal(metric, "class_tp")   ? counts->tp
           : g_str_equal(metric, "class_fp") ? counts->fp
                                             : counts->fn;
  }
  return g_str_equal(metric, "class_iou") ? NAN : 0;
}

static double
set_value(const MsTotals *totals, const char *metric)
{
  static const struct {
    const char *name;
    MsSetMetric metric;
  } names[] = {
      {"exact_match_ratio", MS_SET_METRIC_EXACT_RATIO},
      {"mean_iou_examples", MS_SET_METRIC_IOU_MEAN},
      {"mean_dice_examples", MS_SET_METRIC_DICE_MEAN},
      {"pooled_iou", MS_SET_METRIC_IOU_POOLED},
      {"pooled_dice", MS_SET_METRIC_DICE_POOLED},
      {"miou", MS_SET_METRIC_MIOU},
  };

  if (g_str_equal(metric, "n_examples"))
    return ms_totals_scored(totals);
  if (g_str_equal(metric, "n_exact"))
    return ms_totals_exact(totals);
  for (guint i = 0; i < G_N_ELEMENTS(names); i++)
    if (g_str_equal(metric, names[i].name))
      return to_double(ms_totals_value(totals, names[i].metric));
  g_error("unknown metric %s", metric);
}

/* A single pair is a set of one: its scores are those of the pooled counts. */
static double
value_of(const MsTotals *totals, const char *metric, const char *parameters)
{
  static const struct {
    const char *name;
    MsMetric metric;
  } names[] = {
      {"iou", MS_METRIC_IOU},
      {"dice", MS_METRIC_DICE},
      {"precision", MS_METRIC_PRECISION},
      {"recall", MS_METRIC_RECALL},
      {"accuracy", MS_METRIC_ACCURACY},
      {"pooled_accuracy", MS_METRIC_ACCURACY},
      {"exact_match", MS_METRIC_EXACT_MATCH},
  };
  const MsConfusion *pooled = ms_totals_pooled(totals);
  MsCounts counts = ms_confusion_counts(pooled);

  for (guint i = 0; i < G_N_ELEMENTS(names); i++)
    if (g_str_equal(metric, names[i].name))
      return to_double(ms_confusion_score(pooled, names[i].metric));
  if (g_str_equal(metric, "tp"))
    return counts.tp;
  if (g_str_equal(metric, "fp"))
    return counts.fp;
  if (g_str_equal(metric, "fn"))
    return counts.fn;
  if (g_str_equal(metric, "tn"))
    return counts.tn;
  if (g_str_has_prefix(metric, "class_"))
    return class_value(totals, metric, parameters);
  return set_value(totals, metric);
}

static void
compare_case(Vectors *vectors, const char *name, const MsTotals *totals)
{
  GArray *rows = g_hash_table_lookup(vectors->rows_of, name);

  g_assert_nonnull(rows);
  for (guint i = 0; i < rows->len; i++) {
    guint row = g_array_index(rows, guint, i);
    const char *metric = cell(vectors->expected, row, "metric");

    if (g_strv_contains(left_out, metric) || g_str_has_prefix(metric, "rle_"))
      continue;
    compare(vectors, row, value_of(totals, metric, cell(vectors->expected, row, "parameters")));
  }
}

/* Rules that borrow from the struct they stand in. */
typedef struct {
  MsRules rules;
  guint32 ignored;
  guint32 classes[1000];
} CaseRules;

static void
init_binary(CaseRules *rules)
{
  ms_rules_init(&rules->rules);
}

static void
init_classes(CaseRules *rules, const char *parameters)
{
  gint64 n_classes = parameter(parameters, "num_classes");
  gint64 ignored = parameter(parameters, "ignore");

  ms_rules_init(&rules->rules);
  g_assert_cmpint(n_classes, >, 0);
  g_assert_cmpint(n_classes, <=, 1000);
  for (guint i = 0; i < n_classes; i++)
    rules->classes[i] = i;
  rules->ignored = ignored;
  rules->rules.comparison = MS_COMPARE_CLASSES;
  rules->rules.background = -1;
  rules->rules.classes = rules->classes;
  rules->rules.n_classes = n_classes;
  rules->rules.ignored = &rules->ignored;
  rules->rules.n_ignored = ignored >= 0;
}

static guint
find_case(const Vectors *vectors, const char *name)
{
  for (guint row = 0; row < ms_table_n_rows(vectors->manifest); row++)
    if (g_str_equal(cell(vectors->manifest, row, "case"), name))
      return row;
  g_error("no case %s", name);
}

static void
init_rules(CaseRules *rules, const Vectors *vectors, guint row)
{
  if (is_kind(vectors, row, "multiclass"))
    init_classes(rules, cell(vectors->manifest, row, "parameters"));
  else
    init_binary(rules);
}

static void
add_case(MsTotals *totals, const MsRules *rules, const Vectors *vectors, guint row)
{
  MsEncoding encodings[2] = {MS_ENCODING_BINARY, MS_ENCODING_BINARY};
  MsJoint *joint = is_kind(vectors, row, "multiclass") ? count_class_pair(vectors, row)
                                                       : count_pair(vectors, row, encodings);

  g_assert_nonnull(joint);
  g_assert_cmpint(encodings[0], ==, MS_ENCODING_BINARY);
  g_assert_cmpint(encodings[1], ==, MS_ENCODING_BINARY);
  add_joint(totals, rules, joint);
  ms_joint_free(joint);
}

static void
test_kind(gconstpointer kind)
{
  Vectors vectors;
  CaseRules rules;

  if (!open_vectors(&vectors))
    return;
  for (guint row = 0; row < ms_table_n_rows(vectors.manifest); row++) {
    g_autoptr(MsTotals) totals = NULL;

    if (!is_kind(&vectors, row, kind))
      continue;
    init_rules(&rules, &vectors, row);
    g_assert_cmpint(ms_totals_new(&rules.rules, &totals), ==, MS_STATUS_OK);
    add_case(totals, &rules.rules, &vectors, row);
    compare_case(&vectors, cell(vectors.manifest, row, "case"), totals);
  }
  close_vectors(&vectors, g_str_equal(kind, "binary") ? 1570 : 600);
}

static void
test_sets(void)
{
  g_autoptr(GHashTable) sets = NULL;
  Vectors vectors;
  GHashTableIter iter;
  gpointer name, rows;

  if (!open_vectors(&vectors))
    return;
  sets = index_rows(vectors.sets, "set");
  g_hash_table_iter_init(&iter, sets);
  while (g_hash_table_iter_next(&iter, &name, &rows)) {
    g_autoptr(MsTotals) totals = NULL;
    CaseRules rules;

    for (guint i = 0; i < ((GArray *)rows)->len; i++) {
      guint member = g_array_index((GArray *)rows, guint, i);
      guint row = find_case(&vectors, cell(vectors.sets, member, "case"));

      if (i == 0) {
        init_rules(&rules, &vectors, row);
        g_assert_cmpint(ms_totals_new(&rules.rules, &totals), ==, MS_STATUS_OK);
      }
      add_case(totals, &rules.rules, &vectors, row);
    }
    compare_case(&vectors, name, totals);
  }
  close_vectors(&vectors, 190);
}

/* The binary pairs of a set as a manifest, all encodings in one folder, nothing said. */
static char *
write_manifest(const Vectors *vectors, const TestFolder *folder, const GArray *members)
{
  g_autoptr(GString) text = g_string_new("example,actual,predicted\n");

  for (guint i = 0; i < members->len; i++) {
    guint row = find_case(vectors, cell(vectors->sets, g_array_index(members, guint, i), "case"));

    if (!is_kind(vectors, row, "binary"))
      return NULL;
    g_string_append_printf(text, "%s,%s/%s,%s/%s\n", cell(vectors->manifest, row, "case"),
                           vectors->folder, cell(vectors->manifest, row, "gt"), vectors->folder,
                           cell(vectors->manifest, row, "pred"));
  }
  return test_file(folder, "set.csv", text->str, text->len);
}

static void
compare_manifest(Vectors *vectors, const char *name, const char *path)
{
  g_autoptr(MsOptions) options = ms_options_new();
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsTotals) totals = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(MsSet) set = NULL;

  options->set = g_strdup(path);
  set = ms_set_open(options, NULL, NULL, NULL, &error);
  g_assert_no_error(error);
  evaluation = ms_evaluation_new(set);
  g_assert_true(ms_evaluation_run(evaluation, 1, NULL, NULL, NULL, &error));
  totals = test_evaluation_totals(evaluation, 0, NULL, NULL);
  compare_case(vectors, name, totals);
}

static void
test_manifests(void)
{
  g_autoptr(GHashTable) sets = NULL;
  Vectors vectors;
  GHashTableIter iter;
  gpointer name, members;

  if (!open_vectors(&vectors))
    return;
  sets = index_rows(vectors.sets, "set");
  g_hash_table_iter_init(&iter, sets);
  while (g_hash_table_iter_next(&iter, &name, &members)) {
    g_auto(TestFolder) folder = test_folder_new();
    g_autofree char *path = write_manifest(&vectors, &folder, members);

    if (path)
      compare_manifest(&vectors, name, path);
  }
  close_vectors(&vectors, 80);
}

static double
soft_iou(MsJoint *joint, gint64 threshold)
{
  g_autoptr(MsTotals) totals = NULL;
  MsRules rules;

  ms_rules_init(&rules);
  rules.comparison = MS_COMPARE_THRESHOLD;
  rules.threshold = threshold;
  g_assert_cmpint(ms_totals_new(&rules, &totals), ==, MS_STATUS_OK);
  add_joint(totals, &rules, joint);
  return value_of(totals, "iou", "");
}

static MsThresholdCurve
soft_curve(MsJoint *joint)
{
  MsThresholdCuts cuts = {0};
  MsThresholdCurve curve;
  const MsCell *cells;
  size_t n_cells;
  MsRules rules;

  ms_rules_init(&rules);
  rules.comparison = MS_COMPARE_THRESHOLD;
  g_assert_cmpint(ms_joint_cells(joint, &cells, &n_cells), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_threshold_cuts_of_cells(&cuts, &rules, cells, n_cells), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_threshold_curve_of_cuts(&curve, &cuts, 256, rules.empty), ==, MS_STATUS_OK);
  ms_threshold_cuts_clear(&cuts);
  return curve;
}

static double
curve_iou(const MsThresholdCurve *curve, guint32 step)
{
  return ms_threshold_curve_value(curve, ms_threshold_curve_find(curve, step), MS_CURVE_IOU).value;
}

/* The smallest of the best, in the vectors. */
static guint32
first_best(const MsThresholdCurve *curve, double iou)
{
  guint32 step = 0;

  while (curve_iou(curve, step) != iou)
    step++;
  return step;
}

static void
compare_soft(Vectors *vectors, const char *name, MsJoint *joint)
{
  GArray *rows = g_hash_table_lookup(vectors->rows_of, name);
  MsThresholdCurve curve = soft_curve(joint);
  MsCurveBest best;

  g_assert_true(ms_threshold_curve_best(&curve, MS_CURVE_IOU, &best));
  for (guint i = 0; i < rows->len; i++) {
    guint row = g_array_index(rows, guint, i);
    const char *metric = cell(vectors->expected, row, "metric");
    const char *parameters = cell(vectors->expected, row, "parameters");
    gint64 threshold = parameter(parameters, "t");

    if (g_str_equal(metric, "best_threshold")) {
      compare(vectors, row, first_best(&curve, best.value.value));
    } else if (g_str_equal(metric, "best_iou")) {
      compare(vectors, row, best.value.value);
    } else if (g_str_has_prefix(parameters, "rule=gt")) {
      g_assert_cmpuint(ms_threshold_sample(threshold / 255.0, 255), ==, threshold);
      g_assert_cmpfloat(soft_iou(joint, threshold), ==, curve_iou(&curve, (guint32)threshold));
      compare(vectors, row, curve_iou(&curve, (guint32)threshold));
    } else if (threshold > 0) {
      compare(vectors, row, curve_iou(&curve, (guint32)threshold - 1));
    }
  }
  ms_threshold_curve_clear(&curve);
}

static void
test_soft(void)
{
  Vectors vectors;

  if (!open_vectors(&vectors))
    return;
  for (guint row = 0; row < ms_table_n_rows(vectors.manifest); row++) {
    MsEncoding encodings[2];
    MsJoint *joint;

    if (!is_kind(&vectors, row, "soft"))
      continue;
    joint = count_pair(&vectors, row, encodings);
    g_assert_cmpint(encodings[0], ==, MS_ENCODING_BINARY);
    g_assert_cmpint(encodings[1], ==, MS_ENCODING_PROBABILITY);
    compare_soft(&vectors, cell(vectors.manifest, row, "case"), joint);
    ms_joint_free(joint);
  }
  close_vectors(&vectors, 2052);
}

static void
test_mismatch(void)
{
  Vectors vectors;

  if (!open_vectors(&vectors))
    return;
  for (guint row = 0; row < ms_table_n_rows(vectors.manifest); row++) {
    MsEncoding encodings[2];

    if (!is_kind(&vectors, row, "mismatch"))
      continue;
    g_assert_null(count_pair(&vectors, row, encodings));
    vectors.n_compared++;
  }
  close_vectors(&vectors, 4);
}

/* The comparison itself must be able to fail. */
static void
test_comparison(void)
{
  g_assert_true(agrees(0.5, 0.5 + 1e-10));
  g_assert_false(agrees(0.5, 0.5 + 1e-8));
  g_assert_false(agrees(417, 416));
  g_assert_false(agrees(0, NAN));
  g_assert_false(agrees(NAN, 0));
  g_assert_true(agrees(NAN, NAN));
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/vectors/comparison", test_comparison);
  g_test_add_data_func("/vectors/binary", "binary", test_kind);
  g_test_add_data_func("/vectors/multiclass", "multiclass", test_kind);
  g_test_add_func("/vectors/sets", test_sets);
  g_test_add_func("/vectors/manifests", test_manifests);
  g_test_add_func("/vectors/soft", test_soft);
  g_test_add_func("/vectors/mismatch", test_mismatch);
  return g_test_run();
}
