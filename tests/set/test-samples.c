/* SPDX-License-Identifier: MIT
 *
 * The sample sets that ship with the program: the files in the tree are what the generator makes,
 * and they show what data/README.md says of them. PNG files are compared as decoded samples, since
 * their bytes depend on the version of zlib.
 */
#include <string.h>

#include "io/file.h"
#include "io/png.h"
#include "metric/confusion.h"
#include "set/curves.h"
#include "set/diagnoses.h"
#include "support/files.h"
#include "support/totals.h"

enum { N_TRAIN = 14, N_VAL = 10, TINY_AREA = 40, N_CELLS_TRAIN = 10, N_CELLS_VAL = 6 };

static const char *const set_names[] = {"cells", "lesions", "worked-example", "songs"};

static char *
tree_path(const char *first, ...)
{
  va_list rest;
  g_autofree char *below = NULL;

  va_start(rest, first);
  below = g_build_filename_valist(first, &rest);
  va_end(rest);
  return g_test_build_filename(G_TEST_DIST, "..", "data", below, NULL);
}

static GBytes *
read_file(const char *path)
{
  g_autoptr(GError) error = NULL;
  GBytes *bytes = ms_file_read(path, MS_FILE_MAX_BYTES, NULL, &error);

  g_assert_no_error(error);
  return bytes;
}

static MsSamples *
read_png(const char *path)
{
  g_autoptr(GBytes) bytes = read_file(path);
  g_autoptr(GError) error = NULL;
  MsSamples *samples = ms_png_decode(bytes, path, NULL, &error);

  g_assert_no_error(error);
  return samples;
}

/* Adds the paths, relative to the root, of all files below a folder. */
static void
list_files(const char *root, const char *below, GPtrArray *paths)
{
  g_autofree char *folder = g_build_filename(root, below, NULL);
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);

  g_assert_nonnull(dir);
  for (const char *name = g_dir_read_name(dir); name != NULL; name = g_dir_read_name(dir)) {
    g_autofree char *path = g_build_filename(below, name, NULL);
    g_autofree char *full = g_build_filename(root, path, NULL);

    if (g_file_test(full, G_FILE_TEST_IS_DIR))
      list_files(root, path, paths);
    else
      g_ptr_array_add(paths, g_steal_pointer(&path));
  }
}

static gint
compare_paths(gconstpointer a, gconstpointer b)
{
  return strcmp(*(char *const *)a, *(char *const *)b);
}

static GPtrArray *
files_of(const char *root, const char *set_name)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func(g_free);

  list_files(root, set_name, paths);
  g_ptr_array_sort(paths, compare_paths);
  return paths;
}

static gboolean
same_samples(const MsSamples *a, const MsSamples *b)
{
  return a->width == b->width && a->height == b->height && a->color == b->color &&
         a->depth == b->depth && memcmp(a->pixels, b->pixels, a->stride * a->height) == 0;
}

static gboolean
same_file(const char *path_a, const char *path_b)
{
  g_autoptr(GBytes) a = read_file(path_a);
  g_autoptr(GBytes) b = read_file(path_b);
  g_autoptr(MsSamples) samples_a = NULL;
  g_autoptr(MsSamples) samples_b = NULL;

  if (!ms_png_sniff(a))
    return g_bytes_equal(a, b);
  samples_a = read_png(path_a);
  samples_b = read_png(path_b);
  return same_samples(samples_a, samples_b);
}

static void
generate(const char *folder)
{
  g_autofree char *program =
      g_test_build_filename(G_TEST_BUILT, "..", "data", "maskscope-generate-samples", NULL);
  char *arguments[] = {program, (char *)folder, NULL};
  g_autoptr(GError) error = NULL;
  int status = -1;

  g_spawn_sync(NULL, arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error(error);
  g_assert_cmpint(status, ==, 0);
}

static void
test_tree_is_generated(void)
{
  g_auto(TestFolder) made = test_folder_new();
  g_autofree char *kept = g_test_build_filename(G_TEST_DIST, "..", "data", NULL);

  generate(made.path);
  for (guint i = 0; i < G_N_ELEMENTS(set_names); i++) {
    g_autoptr(GPtrArray) made_files = files_of(made.path, set_names[i]);
    g_autoptr(GPtrArray) kept_files = files_of(kept, set_names[i]);

    g_assert_cmpuint(made_files->len, ==, kept_files->len);
    for (guint j = 0; j < made_files->len; j++) {
      g_autofree char *made_path = g_build_filename(made.path, made_files->pdata[j], NULL);
      g_autofree char *kept_path = g_build_filename(kept, kept_files->pdata[j], NULL);

      g_assert_cmpstr(made_files->pdata[j], ==, kept_files->pdata[j]);
      if (!same_file(made_path, kept_path))
        g_test_fail_printf(
            "%s is not what the generator makes: compile the target regenerate-samples", kept_path);
    }
  }
}

/* The comparison above must be able to fail. */
static void
test_difference_is_seen(void)
{
  g_autofree char *actual = tree_path("worked-example", "actual", "mask_pair.png", NULL);
  g_autofree char *predicted = tree_path("worked-example", "predicted", "mask_pair.png", NULL);

  g_assert_true(same_file(actual, actual));
  g_assert_false(same_file(actual, predicted));
}

static void
test_worked_example(void)
{
  g_autofree char *actual_path = tree_path("worked-example", "actual", "mask_pair.png", NULL);
  g_autofree char *predicted_path = tree_path("worked-example", "predicted", "mask_pair.png", NULL);
  g_autoptr(MsSamples) actual = read_png(actual_path);
  g_autoptr(MsSamples) predicted = read_png(predicted_path);
  g_autoptr(MsConfusion) confusion = NULL;
  MsRaster actual_raster, predicted_raster;
  MsCounts counts;
  MsRules rules;

  ms_rules_init(&rules);
  g_assert_cmpint(ms_raster_wrap(&actual_raster, actual->width, actual->height, 8,
                                 (ptrdiff_t)actual->stride, actual->pixels),
                  ==, MS_STATUS_OK);
  g_assert_cmpint(ms_raster_wrap(&predicted_raster, predicted->width, predicted->height, 8,
                                 (ptrdiff_t)predicted->stride, predicted->pixels),
                  ==, MS_STATUS_OK);
  g_assert_cmpint(ms_confusion_new(&rules, &confusion), ==, MS_STATUS_OK);
  g_assert_cmpint(
      ms_confusion_add_rasters(confusion, &actual_raster, &predicted_raster, NULL, NULL), ==,
      MS_STATUS_OK);
  counts = ms_confusion_counts(confusion);
  g_assert_cmpuint(counts.tp, ==, 416);
  g_assert_cmpuint(counts.fn, ==, 39);
  g_assert_cmpuint(counts.fp, ==, 73);
  g_assert_cmpuint(counts.tn, ==, 48 * 48 - 416 - 39 - 73);
}

/* A sample set and all its scores. */
typedef struct {
  MsSet *set;
  MsEvaluation *evaluation;
} Sample;

static guint
model_named(MsSet *set, const char *name)
{
  for (guint i = 0; i < ms_set_get_n_models(set); i++) {
    if (g_str_equal(ms_set_get_model_name(set, i), name))
      return i;
  }
  g_error("the set has no model %s", name);
}

static void
sample_open(Sample *sample, gconstpointer name)
{
  g_autoptr(MsOptions) options = ms_options_new();
  g_autoptr(GError) error = NULL;

  options->set = tree_path(name, NULL);
  sample->set = ms_set_open(options, NULL, NULL, NULL, &error);
  g_assert_no_error(error);
  sample->evaluation = ms_evaluation_new(sample->set);
  g_assert_true(ms_evaluation_run(sample->evaluation, 1, NULL, NULL, NULL, &error));
  g_assert_no_error(error);
}

static void
sample_close(Sample *sample, gconstpointer unused)
{
  g_clear_object(&sample->evaluation);
  g_clear_object(&sample->set);
}

typedef struct {
  double iou; /* mean */
  guint64 exact;
} Level;

static Level
level_of(Sample *sample, const char *model, const char *split, guint n_examples)
{
  guint index = model_named(sample->set, model);
  MsTally tally;
  g_autoptr(MsTotals) totals = test_evaluation_totals(sample->evaluation, index, split, &tally);
  MsValue mean = ms_totals_value(totals, MS_SET_METRIC_IOU_MEAN);

  g_assert_cmpuint(tally.examples, ==, n_examples);
  g_assert_cmpuint(tally.scored, ==, n_examples);
  g_assert_true(mean.defined);
  g_test_message("%s %s: mean IoU %.3f, %u exact", model, split, mean.value,
                 (guint)ms_totals_exact(totals));
  return (Level){mean.value, ms_totals_exact(totals)};
}

static void
test_lesions_set(Sample *lesions, gconstpointer unused)
{
  guint overfit = model_named(lesions->set, "overfit"),
        steady = model_named(lesions->set, "steady");
  g_autofree char *positive = ms_set_class_name(lesions->set, overfit, MS_FOREGROUND_ID);

  g_assert_cmpuint(ms_set_get_n_examples(lesions->set), ==, N_TRAIN + N_VAL);
  g_assert_cmpuint(ms_set_get_n_models(lesions->set), ==, 2);
  g_assert_cmpint(ms_set_get_actual_reading(lesions->set)->encoding, ==, MS_ENCODING_BINARY);
  g_assert_cmpint(ms_set_get_predicted_reading(lesions->set, overfit)->encoding, ==,
                  MS_ENCODING_BINARY);
  g_assert_cmpint(ms_set_get_predicted_reading(lesions->set, steady)->encoding, ==,
                  MS_ENCODING_PROBABILITY);
  g_assert_cmpstr(positive, ==, "lesion");
}

static void
test_lesions_models(Sample *lesions, gconstpointer unused)
{
  Level overfit_train = level_of(lesions, "overfit", "train", N_TRAIN);
  Level overfit_val = level_of(lesions, "overfit", "val", N_VAL);
  Level steady_train = level_of(lesions, "steady", "train", N_TRAIN);
  Level steady_val = level_of(lesions, "steady", "val", N_VAL);

  g_assert_cmpuint(overfit_train.exact, ==, 4);
  g_assert_cmpuint(overfit_val.exact, ==, 0);
  g_assert_cmpuint(steady_train.exact, ==, 1);
  g_assert_cmpuint(steady_val.exact, ==, 1);
  g_assert_cmpfloat(overfit_train.iou, >, 0.95);
  g_assert_cmpfloat(overfit_train.iou - overfit_val.iou, >=, 0.15);
  g_assert_cmpfloat(ABS(steady_train.iou - steady_val.iou), <, 0.05);
}

static guint
example_named(MsSet *set, const char *id)
{
  for (guint i = 0; i < ms_set_get_n_examples(set); i++) {
    if (g_str_equal(ms_set_get_id(set, i), id))
      return i;
  }
  g_error("the set has no example %s", id);
}

static MsCounts
counts_of(Sample *sample, const char *id, const char *model)
{
  guint index = model_named(sample->set, model);

  return test_counts(sample->evaluation, example_named(sample->set, id), index);
}

static void
test_lesions_special(Sample *lesions, gconstpointer unused)
{
  MsCounts part = counts_of(lesions, "val/lesion_16", "overfit");
  MsCounts extra = counts_of(lesions, "val/lesion_18", "overfit");
  MsCounts tiny = counts_of(lesions, "val/lesion_20", "overfit");
  MsCounts normal = counts_of(lesions, "val/lesion_21", "overfit");
  MsCounts unseen = counts_of(lesions, "val/lesion_21", "steady");

  g_assert_cmpuint(part.fn, >, 10 * part.fp);
  g_assert_cmpuint(extra.fp, >, 10 * extra.fn);
  g_assert_cmpuint(tiny.tp + tiny.fn, >, 0);
  g_assert_cmpuint(tiny.tp + tiny.fn, <=, TINY_AREA);
  g_assert_cmpuint(normal.tp + normal.fn, ==, 0);
  g_assert_cmpuint(normal.fp, >, 0);
  g_assert_cmpuint(unseen.tp + unseen.fn + unseen.fp, ==, 0);
}

static void
test_cells_set(Sample *cells, gconstpointer unused)
{
  guint eager = model_named(cells->set, "eager");
  g_autofree char *positive = ms_set_class_name(cells->set, eager, MS_FOREGROUND_ID);

  g_assert_cmpuint(ms_set_get_n_examples(cells->set), ==, N_CELLS_TRAIN + N_CELLS_VAL);
  g_assert_cmpuint(ms_set_get_n_models(cells->set), ==, 1);
  g_assert_cmpuint(ms_set_get_notices(cells->set)->len, ==, 0);
  g_assert_cmpint(ms_set_get_actual_reading(cells->set)->encoding, ==, MS_ENCODING_BINARY);
  g_assert_cmpint(ms_set_get_predicted_reading(cells->set, eager)->encoding, ==,
                  MS_ENCODING_PROBABILITY);
  g_assert_cmpstr(positive, ==, "cell");
}

static MsCurve *
curve_of(Sample *sample, const char *split)
{
  g_autoptr(MsCurveJob) job =
      ms_curve_prepare_set(sample->evaluation, 0, split, MS_CURVE_ALL_CLASSES);
  g_autoptr(GError) error = NULL;
  MsCurve *curve = ms_curve_compute(job, NULL, &error);

  g_assert_no_error(error);
  return curve;
}

static double
mean_at(const MsCurve *curve, double threshold)
{
  return ms_curve_get_value(curve, ms_curve_find_point(curve, threshold), MS_CURVE_IOU_MEAN).value;
}

/* The table of data/README.md: the best threshold is not the one that everybody begins with. */
static void
test_cells_threshold(Sample *cells, gconstpointer unused)
{
  static const struct {
    const char *split;
    double half, best, highest;
  } said[] = {
      {"train", 0.750, 0.68, 0.780},
      {"val", 0.669, 0.69, 0.701},
      {NULL, 0.720, 0.69, 0.751},
  };

  for (guint i = 0; i < G_N_ELEMENTS(said); i++) {
    g_autoptr(MsCurve) curve = curve_of(cells, said[i].split);
    double best;
    MsValue highest;

    g_assert_true(ms_curve_find_best(curve, MS_CURVE_IOU_MEAN, &best, &highest));
    g_test_message("%s: mean IoU %.3f at 0.5, %.3f at %.2f", said[i].split ? said[i].split : "all",
                   mean_at(curve, 0.5), highest.value, best);
    g_assert_cmpfloat_with_epsilon(mean_at(curve, 0.5), said[i].half, 0.0005001);
    g_assert_cmpfloat_with_epsilon(best, said[i].best, 0.005001);
    g_assert_cmpfloat_with_epsilon(highest.value, said[i].highest, 0.0005001);
  }
}

/* The shares of data/README.md: every kind of error that two classes can have is there. */
static void
test_cells_anatomy(Sample *cells, gconstpointer unused)
{
  static const double said[MS_N_ERRORS] = {
      [MS_ERROR_BOUNDARY] = 0.649, [MS_ERROR_EXTENT] = 0.113,   [MS_ERROR_MISSED] = 0.164,
      [MS_ERROR_SPURIOUS] = 0.075, [MS_ERROR_CONFUSED] = 0.000,
  };
  g_autoptr(MsDiagnoses) diagnoses = ms_diagnoses_new(cells->evaluation);
  MsAnatomy anatomy;
  MsPooledCounts pooled;
  guint n_examples;

  ms_diagnoses_start(diagnoses, 0, 0);
  while (ms_diagnoses_is_running(diagnoses))
    g_main_context_iteration(NULL, TRUE);
  g_assert_true(ms_diagnoses_get_anatomy(diagnoses, 0, NULL, &anatomy, &pooled, &n_examples));
  g_assert_cmpuint(n_examples, ==, N_CELLS_TRAIN + N_CELLS_VAL);
  for (MsError error = 0; error < MS_N_ERRORS; error++) {
    double share =
        (double)anatomy.errors[error].pixels / (double)(pooled.counts.fp + pooled.counts.fn);

    g_test_message("%s: %.3f of the wrong pixels", ms_error_info(error)->label, share);
    g_assert_cmpfloat_with_epsilon(share, said[error], 0.0005001);
  }
}

static void
test_songs(void)
{
  g_autoptr(MsOptions) options = ms_options_new();
  g_autoptr(GError) error = NULL;
  g_autoptr(MsSet) set = NULL;
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsTotals) totals = NULL;
  MsTally tally;
  MsCounts counts;

  options->set = tree_path("songs", NULL);
  set = ms_set_open(options, NULL, NULL, NULL, &error);
  g_assert_no_error(error);
  g_assert_cmpuint(ms_label_data_n_labels(ms_set_get_labels(set)), ==, 5);
  g_assert_cmpuint(ms_set_get_notices(set)->len, ==, 0);
  evaluation = ms_evaluation_new(set);
  g_assert_true(ms_evaluation_run(evaluation, 1, NULL, NULL, NULL, &error));
  totals = test_evaluation_totals(evaluation, 0, NULL, &tally);
  g_assert_cmpuint(tally.examples, ==, 12);
  g_assert_cmpuint(tally.scored, ==, 12);
  g_assert_cmpuint(ms_totals_exact(totals), ==, 4);
  counts = test_counts(evaluation, example_named(set, "song_01"), 0);
  g_assert_cmpuint(counts.tp, ==, 2);
  g_assert_cmpuint(counts.fp, ==, 1);
  g_assert_cmpuint(counts.fn, ==, 1);
  g_assert_cmpfloat(ms_score_iou(&counts, MS_EMPTY_ONE).value, ==, 0.5);
  counts = test_counts(evaluation, example_named(set, "song_07"), 0);
  g_assert_cmpuint(counts.tp + counts.fp + counts.fn, ==, 0);
}

static void
add(const char *path, const char *set, void (*test)(Sample *sample, gconstpointer unused))
{
  g_test_add(path, Sample, set, sample_open, test, sample_close);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/samples/tree-is-generated", test_tree_is_generated);
  g_test_add_func("/samples/difference-is-seen", test_difference_is_seen);
  g_test_add_func("/samples/worked-example", test_worked_example);
  g_test_add_func("/samples/songs", test_songs);
  add("/samples/cells/set", "cells", test_cells_set);
  add("/samples/cells/threshold", "cells", test_cells_threshold);
  add("/samples/cells/anatomy", "cells", test_cells_anatomy);
  add("/samples/lesions/set", "lesions", test_lesions_set);
  add("/samples/lesions/models", "lesions", test_lesions_models);
  add("/samples/lesions/special", "lesions", test_lesions_special);
  return g_test_run();
}
