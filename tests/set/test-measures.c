/* SPDX-License-Identifier: MIT
 *
 * Boundary and instance metrics of examples: each class against the metric functions on planes of
 * that class alone, whatever is shared while they are worked out; segments of numbered objects,
 * of ids with a divisor and of COCO panoptic; and the pass over a set.
 */
#include "set/measures.h"

#include <math.h>

#include "metric/boundary.h"
#include "metric/reach.h"
#include "metric/surface.h"
#include "set/masks.h"
#include "set/measures-pass.h"
#include "set/segments.h"
#include "small-set.h"
#include "support/masks.h"
#include "support/random.h"

enum { N_EXAMPLES = 12, TOLERANCE = 2 };

static const MsMeasureRequest everything = {MS_MEASURES_ALL, TOLERANCE, TRUE};

/* --- sets ------------------------------------------------------------------------------------- */

/* Blocks of these letters. */
static char *
random_art(TestRandom *random, int width, int height, const char *letters)
{
  guint n_letters = (guint)strlen(letters);
  GString *art = g_string_new(NULL);
  g_autofree char *blocks = g_new(char, 64);

  for (int i = 0; i < 64; i++)
    blocks[i] = letters[test_random_below(random, n_letters)];
  for (int y = 0; y < height; y++) {
    for (int x = 0; x < width; x++)
      g_string_append_c(art, test_random_below(random, 12) == 0
                                 ? letters[test_random_below(random, n_letters)]
                                 : blocks[y / 5 % 8 * 8 + x / 5 % 8]);
    if (y + 1 < height)
      g_string_append_c(art, '\n');
  }
  return g_string_free(art, FALSE);
}

/* Every third predicted mask has nothing, and every fifth actual one. */
static void
write_random_set(const TestFolder *folder, const char *actual, const char *predicted)
{
  TestRandom random = {91};

  for (int i = 0; i < N_EXAMPLES; i++) {
    int width = 17 + i, height = 31 - i;
    g_autofree char *actual_name = g_strdup_printf("actual/e%02d.png", i);
    g_autofree char *predicted_name = g_strdup_printf("predictions/e%02d.png", i);
    g_autofree char *a = random_art(&random, width, height, i % 5 == 4 ? "." : actual);
    g_autofree char *p = random_art(&random, width, height, i % 3 == 0 ? "." : predicted);

    test_write_mask(folder, actual_name, a);
    test_write_mask(folder, predicted_name, p);
  }
}

static MsSet *
open_set(const TestFolder *folder, const char *words)
{
  g_autoptr(MsOptions) options = ms_options_new();
  g_auto(GStrv) arguments = g_strsplit(words, " ", -1);
  g_autoptr(GError) error = NULL;
  MsSet *set;

  g_assert_true(ms_options_parse(options, &arguments, NULL, &error));
  options->set = g_strdup(folder->path);
  set = ms_set_open(options, NULL, NULL, NULL, &error);
  g_assert_no_error(error);
  return set;
}

/* --- an example as it is measured ------------------------------------------------------------- */

typedef struct {
  MsFrame *frame;
  MsRuleset *rules; /* the set's */
  MsConfusion *confusion;
  MsExampleMeasures *measures;
} Measured;

static Measured
measure(MsSet *set, guint example, const MsMeasureRequest *request)
{
  g_autoptr(GError) error = NULL;
  Measured measured = {.frame = ms_frame_load(set, example, 0, NULL, &error),
                       .rules = ms_set_get_rules(set, 0)};

  g_assert_no_error(error);
  g_assert_cmpint(measured.frame->result->status, ==, MS_RESULT_OK);
  measured.confusion =
      ms_result_confusion(measured.frame->result, set, example, 0, measured.rules, &error);
  g_assert_no_error(error);
  measured.measures = ms_example_measures_of_frame(measured.frame, measured.rules,
                                                   measured.confusion, request, NULL, &error);
  g_assert_no_error(error);
  return measured;
}

static void
measured_clear(Measured *measured)
{
  ms_example_measures_free(measured->measures);
  ms_confusion_free(measured->confusion);
  ms_frame_unref(measured->frame);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Measured, measured_clear)

static void
assert_same(MsValue value, MsValue expected)
{
  g_assert_cmpint(value.defined, ==, expected.defined);
  if (expected.defined)
    g_assert_true(value.value == expected.value); /* infinite ones too */
}

static void
assert_is(MsValue value, double expected)
{
  g_assert_true(value.defined);
  g_assert_cmpfloat_with_epsilon(value.value, expected, 1e-12);
}

static MsPlanes
planes_alone(const Measured *measured, gint64 solo)
{
  const MsFrame *frame = measured->frame;
  const MsKindsSource source = {.rules = &measured->rules->rules,
                                .actual = &frame->actual,
                                .predicted = &frame->predicted,
                                .actual_stacks = frame->result->actual_stacks,
                                .predicted_stacks = frame->result->predicted_stacks,
                                .focus = {.solo = solo}};
  MsPlanes planes;

  g_assert_cmpint(ms_planes_init(&planes, &source, NULL), ==, MS_STATUS_OK);
  return planes;
}

static void
check_tolerant(const Measured *measured, const MsPlanes *planes, const MsCounts *counts,
               const MsMeasured *values)
{
  MsCounts mended;
  MsReach reach;

  g_assert_cmpint(ms_reach_find(planes, NULL, NULL, &reach), ==, MS_STATUS_OK);
  mended = ms_mend_apply(counts, &reach.within[TOLERANCE], TRUE);
  g_assert_cmpuint(values->tolerant.tp, ==, mended.tp);
  g_assert_cmpuint(values->tolerant.fp, ==, mended.fp);
  g_assert_cmpuint(values->tolerant.fn, ==, mended.fn);
  g_assert_cmpuint(values->tolerant.tn, ==, mended.tn);
  assert_same(values->iou_tolerant, ms_score_iou(&mended, measured->rules->rules.empty));
  assert_same(values->dice_tolerant, ms_score_dice(&mended, measured->rules->rules.empty));
}

/* A class alone (-1: the one there is), by what the metric functions say of its own planes. */
static void
check_class(const Measured *measured, gint64 solo, const MsCounts *counts, const MsMeasured *values)
{
  MsEmptyRule empty = measured->rules->rules.empty;
  MsPlanes planes = planes_alone(measured, solo);
  MsBands bands[2] = {0};
  MsSurface surface;

  g_assert_cmpuint(planes.n_numbers, <=, G_N_ELEMENTS(bands));
  g_assert_cmpint(ms_bands_count(&planes, NULL, bands), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_surface_measure(&planes, 1, TOLERANCE, NULL, &surface), ==, MS_STATUS_OK);
  assert_same(values->values[MS_MEASURE_BOUNDARY_IOU], ms_score_boundary_iou(&bands[1], empty));
  g_assert_true(values->values[MS_MEASURE_HAUSDORFF].value == surface.hausdorff);
  g_assert_true(values->values[MS_MEASURE_HD95].value == surface.hd95);
  g_assert_true(values->values[MS_MEASURE_ASSD].value == surface.assd);
  g_assert_true(values->values[MS_MEASURE_MASD].value == surface.masd);
  assert_same(values->values[MS_MEASURE_SURFACE_DICE], ms_score_surface_dice(&surface, empty));
  check_tolerant(measured, &planes, counts, values);
  ms_planes_clear(&planes);
}

/* How many classes were looked at. */
static guint
check_classes(const Measured *measured)
{
  size_t n_classes;
  const MsClassCounts *classes = ms_confusion_classes(measured->confusion, &n_classes);

  g_assert_cmpuint(measured->measures->classes->len, ==, n_classes);
  for (size_t i = 0; i < n_classes; i++) {
    const MsMeasured *values = ms_example_measures_find(measured->measures, classes[i].id);

    g_assert_nonnull(values);
    check_class(measured, classes[i].id, &classes[i].counts, values);
  }
  return (guint)n_classes;
}

/* The example's own: means over the classes other than background that have a value. */
static void
check_means(const Measured *measured)
{
  const GArray *classes = measured->measures->classes;

  for (int measure = 0; measure < MS_N_MEASURES; measure++) {
    MsValue whole = measured->measures->whole.values[measure];
    double sum = 0;
    guint n = 0;

    for (guint i = 0; i < classes->len; i++) {
      const MsClassMeasured *class = &g_array_index(classes, MsClassMeasured, i);
      MsValue value = class->measured.values[measure];

      if (value.defined && !ms_confusion_is_background(measured->confusion, class->id)) {
        sum += value.value;
        n++;
      }
    }
    if (n > 0)
      g_assert_true(whole.defined && whole.value == sum / n);
  }
}

/* --- against the metric functions ------------------------------------------------------------- */

static void
test_one_class(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = NULL;

  write_random_set(&folder, ".#", "..#");
  set = open_set(&folder, "--empty skip");
  for (guint i = 0; i < N_EXAMPLES; i++) {
    g_auto(Measured) measured = measure(set, i, &everything);
    MsCounts counts = ms_confusion_counts(measured.confusion);

    g_assert_null(measured.measures->classes);
    check_class(&measured, -1, &counts, &measured.measures->whole);
  }
}

/* Some actual pixels are ignored, and 4 is predicted, which is no class. */
static void
test_classes(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = NULL;
  guint n_classes = 0;

  write_random_set(&folder, ".11234", "..1234");
  test_text(&folder, "classes.txt", "background\ncat\ndog\nbird\n");
  set = open_set(&folder, "--ignore 4");
  for (guint i = 0; i < N_EXAMPLES; i++) {
    g_auto(Measured) measured = measure(set, i, &everything);

    n_classes += check_classes(&measured);
    check_means(&measured);
  }
  g_assert_cmpuint(n_classes, >, 3 * N_EXAMPLES);
}

/* Without a class of the background, 0 is a class like others. */
static void
test_no_background(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = NULL;

  write_random_set(&folder, ".12", ".12");
  test_text(&folder, "classes.txt", "sky\ncat\ndog\n");
  set = open_set(&folder, "--background none");
  for (guint i = 0; i < N_EXAMPLES; i++) {
    g_auto(Measured) measured = measure(set, i, &everything);

    check_classes(&measured);
    check_means(&measured);
  }
}

/* A cat in columns 0 to 2, a dog in 2 and 3; a cat was found in columns 0 and 1, a dog in 2 to 4:
 * classes that lie together. */
#define IMAGE                                                                                      \
  "\"images\": [{\"id\": 7, \"file_name\": \"a.jpg\", \"width\": 6, \"height\": 4}],"              \
  "\"categories\": [{\"id\": 3, \"name\": \"cat\"}, {\"id\": 5, \"name\": \"dog\"}]"
#define FILL(counts) "\"segmentation\": {\"size\": [4, 6], \"counts\": [" counts "]}}"

static void
test_overlapping(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = NULL;
  g_auto(Measured) measured = {0};

  test_text(&folder, "instances_val.json",
            "{" IMAGE ", \"annotations\": ["
            "{\"id\": 1, \"image_id\": 7, \"category_id\": 3, \"iscrowd\": 0," FILL(
                "0, 12, 12") ",{\"id\": 2, \"image_id\": 7, \"category_id\": 5, \"iscrowd\": "
                             "0," FILL("8, 8, 8") "]}");
  test_text(&folder, "unet_results.json",
            "[{\"image_id\": 7, \"category_id\": 3, \"score\": 0.9," FILL(
                "0, 8, 16") ",{\"image_id\": 7, \"category_id\": 5, \"score\": 0.6," FILL("8, 12, "
                                                                                          "4") "]");
  set = open_set(&folder, "");
  measured = measure(set, 0, &everything);
  g_assert_nonnull(measured.frame->result->actual_stacks);
  g_assert_cmpuint(check_classes(&measured), >=, 2);
  check_means(&measured);
  assert_is(ms_example_measures_find(measured.measures, 3)->values[MS_MEASURE_HAUSDORFF], 1);
}

/* Only what is asked for is there. */
static void
test_wanted(void)
{
  static const MsMeasureRequest request = {MS_MEASURE_BIT(MS_MEASURE_MASD), TOLERANCE, FALSE};
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = NULL;
  g_auto(Measured) measured = {0};

  test_write_class_set(&folder);
  set = open_set(&folder, "");
  measured = measure(set, 0, &request);
  for (int i = 0; i < MS_N_MEASURES; i++)
    g_assert_cmpint(measured.measures->whole.values[i].defined, ==, i == MS_MEASURE_MASD);
  g_assert_false(measured.measures->whole.iou_tolerant.defined);
  g_assert_null(measured.measures->no_segments);
  g_assert_null(ms_example_measures_find(measured.measures, 7));
}

/* All is ignored: nothing has a value. */
static void
test_nothing_counted(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = NULL;
  g_auto(Measured) measured = {0};

  test_text(&folder, "classes.txt", "background\ncat\n");
  test_write_mask(&folder, "actual/a.png", "99\n99");
  test_write_mask(&folder, "predictions/a.png", "11\n00");
  set = open_set(&folder, "--ignore 9");
  measured = measure(set, 0, &everything);
  for (int i = 0; i < MS_N_MEASURES; i++)
    g_assert_false(measured.measures->whole.values[i].defined);
  g_assert_false(measured.measures->whole.iou_tolerant.defined);
  g_assert_true(measured.measures->exact_tolerant);
}

/* --- segments --------------------------------------------------------------------------------- */

static void
assert_panoptic(const MsMeasured *measured, double pq, double sq, double rq)
{
  assert_is(measured->values[MS_MEASURE_PQ], pq);
  assert_is(measured->values[MS_MEASURE_SQ], sq);
  assert_is(measured->values[MS_MEASURE_RQ], rq);
}

/* Ids need not be alike: 1 and 3 match at 3/4; 2 is missed. */
static void
test_numbered(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = NULL;
  g_auto(Measured) measured = {0};

  test_write_mask(&folder, "actual/a.png", "1100\n1122");
  test_write_mask(&folder, "predictions/a.png", "3300\n3000");
  set = open_set(&folder, "--instances plain");
  measured = measure(set, 0, &everything);
  g_assert_null(measured.measures->no_segments);
  assert_panoptic(&measured.measures->whole, 0.5, 0.75, 2.0 / 3);
}

/* Class 1: 11 and 12 match wholly and at 2/3; class 2: 21 is predicted as class 1's 13. Of three
 * segments found, two match of class 1; of class 2 none. */
static void
test_divisor(void)
{
  static const guint8 actual[] = {11, 11, 12, 12, 12, 0, 21, 21};
  static const guint8 predicted[] = {15, 15, 14, 14, 0, 0, 13, 13};
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = NULL;
  g_auto(Measured) measured = {0};

  test_text(&folder, "classes.txt", "background\ncat\ndog\n");
  test_mask_row(&folder, "actual/a.png", actual, G_N_ELEMENTS(actual));
  test_mask_row(&folder, "predictions/a.png", predicted, G_N_ELEMENTS(predicted));
  set = open_set(&folder, "--instances 10");
  measured = measure(set, 0, &everything);
  assert_panoptic(ms_example_measures_find(measured.measures, 1), (1 + 2.0 / 3) / 2.5,
                  (1 + 2.0 / 3) / 2, 2 / 2.5);
  assert_panoptic(ms_example_measures_find(measured.measures, 2), 0, 0, 0);
  assert_panoptic(&measured.measures->whole, (1 + 2.0 / 3) / 5, (1 + 2.0 / 3) / 4, 0.4);
}

static void
write_segments(const TestFolder *folder, const char *name, const guint8 *ids, int n)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MsSamples) samples = ms_samples_new(n, 1, MS_COLOR_RGB, 8, name, &error);
  g_autoptr(GBytes) bytes = NULL;

  g_assert_no_error(error);
  for (int x = 0; x < n; x++)
    samples->pixels[3 * x] = ids[x];
  bytes = ms_png_encode(samples, 1, NULL, &error);
  g_assert_no_error(error);
  g_free(test_file(folder, name, g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes)));
}

#define PANOPTIC(segments)                                                                         \
  "\"annotations\": [{\"image_id\": 7, \"file_name\": \"a.png\", \"segments_info\": [" segments    \
  "]}]}"
#define PANOPTIC_HEAD                                                                              \
  "{\"images\": [{\"id\": 7, \"file_name\": \"a.jpg\", \"width\": 10, \"height\": 1}],"            \
  "\"categories\": [{\"id\": 1, \"name\": \"sky\"}, {\"id\": 200, \"name\": \"road\"}],"

/* Sky: 30 and 50 match at 2 of 2 + 3 - 2 less one void pixel; 60, mostly on void, is none too many.
 * Road: 40 is a crowd, and what lies on it is neither. */
static void
test_panoptic(void)
{
  static const guint8 actual[] = {30, 30, 0, 0, 0, 0, 40, 40, 40, 30};
  static const guint8 predicted[] = {50, 50, 50, 60, 60, 60, 70, 70, 60, 0};
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = NULL;
  g_auto(Measured) measured = {0};

  test_text(&folder, "panoptic_val.json",
            PANOPTIC_HEAD PANOPTIC("{\"id\": 30, \"category_id\": 1, \"iscrowd\": 0},"
                                   "{\"id\": 40, \"category_id\": 200, \"iscrowd\": 1}"));
  test_text(&folder, "predictions.json",
            "{" PANOPTIC("{\"id\": 50, \"category_id\": 1}, {\"id\": 60, \"category_id\": 1},"
                         "{\"id\": 70, \"category_id\": 200}"));
  write_segments(&folder, "panoptic_val/a.png", actual, G_N_ELEMENTS(actual));
  write_segments(&folder, "predictions/a.png", predicted, G_N_ELEMENTS(predicted));
  set = open_set(&folder, "");
  measured = measure(set, 0, &everything);
  g_assert_null(measured.measures->no_segments);
  assert_panoptic(ms_example_measures_find(measured.measures, 1), 2.0 / 3, 2.0 / 3, 1);
  g_assert_false(ms_example_measures_find(measured.measures, 200)->values[MS_MEASURE_PQ].defined);
  assert_panoptic(&measured.measures->whole, 2.0 / 3, 2.0 / 3, 1);
}

static void
test_no_segments(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = NULL;
  g_auto(Measured) measured = {0};

  test_write_class_set(&folder);
  set = open_set(&folder, "");
  g_assert_nonnull(ms_segments_why_none(set, 0));
  measured = measure(set, 0, &everything);
  g_assert_cmpstr(measured.measures->no_segments, ==, "needs instance maps on both sides");
  g_assert_false(measured.measures->whole.values[MS_MEASURE_PQ].defined);
  g_assert_true(measured.measures->whole.values[MS_MEASURE_HD95].defined);
}

/* --- cancelling ------------------------------------------------------------------------------- */

static void
test_cancelled(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(GCancellable) cancellable = g_cancellable_new();
  g_autoptr(GError) error = NULL;
  g_autoptr(MsSet) set = NULL;
  g_auto(Measured) measured = {0};

  test_write_class_set(&folder);
  set = open_set(&folder, "");
  measured = measure(set, 0, &everything);
  g_cancellable_cancel(cancellable);
  g_assert_null(ms_example_measures_of_frame(measured.frame, measured.rules, measured.confusion,
                                             &everything, cancellable, &error));
  g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* --- the pass over a set ---------------------------------------------------------------------- */

static MsEvaluation *
evaluate(MsSet *set)
{
  MsEvaluation *evaluation = ms_evaluation_new(set);
  g_autoptr(GError) error = NULL;

  ms_evaluation_run(evaluation, 2, NULL, NULL, NULL, &error);
  g_assert_no_error(error);
  return evaluation;
}

static MsSetMeasures *
measure_set(MsEvaluation *evaluation, guint jobs)
{
  g_autoptr(GError) error = NULL;
  MsSetMeasures *measures =
      ms_set_measures_new(evaluation, &everything, jobs, NULL, NULL, NULL, &error);

  g_assert_no_error(error);
  return measures;
}

static void
assert_alike(const MsExampleMeasures *one, const MsExampleMeasures *other)
{
  for (int i = 0; i < MS_N_MEASURES; i++)
    assert_same(one->whole.values[i], other->whole.values[i]);
  assert_same(one->whole.iou_tolerant, other->whole.iou_tolerant);
  g_assert_cmpint(one->exact_tolerant, ==, other->exact_tolerant);
  g_assert_cmpuint(one->classes->len, ==, other->classes->len);
  for (guint i = 0; i < one->classes->len; i++) {
    const MsClassMeasured *a = &g_array_index(one->classes, MsClassMeasured, i);
    const MsClassMeasured *b = &g_array_index(other->classes, MsClassMeasured, i);

    g_assert_cmpuint(a->id, ==, b->id);
    for (int measure = 0; measure < MS_N_MEASURES; measure++)
      assert_same(a->measured.values[measure], b->measured.values[measure]);
    assert_same(a->measured.iou_tolerant, b->measured.iou_tolerant);
  }
}

static void
assert_kept(const MsSetMeasures *measures, guint example, const MsExampleMeasures *expected)
{
  g_autoptr(MsExampleMeasures) kept = ms_set_measures_dup(measures, example, 0);

  assert_alike(kept, expected);
}

/* The same to the last bit with one thread and with four, and as of each example alone. */
static void
test_jobs(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = NULL;
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsSetMeasures) one = NULL;
  g_autoptr(MsSetMeasures) four = NULL;

  write_random_set(&folder, ".12", "..12");
  test_text(&folder, "classes.txt", "background\ncat\ndog\n");
  set = open_set(&folder, "");
  evaluation = evaluate(set);
  one = measure_set(evaluation, 1);
  four = measure_set(evaluation, 4);
  for (guint i = 0; i < N_EXAMPLES; i++) {
    g_auto(Measured) alone = measure(set, i, &everything);

    assert_kept(one, i, alone.measures);
    assert_kept(four, i, alone.measures);
  }
  g_assert_cmpuint(ms_set_measures_get_failures(one)->len, ==, 0);
}

static void
count_progress(const char *step, guint n_done, guint n_all, gpointer user)
{
  guint *most = user;

  g_assert_cmpuint(n_done, >=, *most);
  g_assert_cmpuint(n_all, ==, 3);
  *most = n_done;
}

/* Unscored examples have nothing; infinite values are left out of means and counted; what can no
 * longer be read says so. */
static void
test_summary(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *gone = test_path(&folder, "predictions/a.png");
  g_autoptr(MsSet) set = NULL;
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsSetMeasures) measures = NULL;
  g_autoptr(MsSetMeasures) later = NULL;
  const guint examples[] = {0, 1, 2, 3};
  MsMeasuresSummary summary;
  guint n_done = 0;

  test_write_mask(&folder, "actual/a.png", "##..\n##..");
  test_write_mask(&folder, "predictions/a.png", "##..\n#...");
  test_write_mask(&folder, "actual/b.png", "....\n....");
  test_write_mask(&folder, "predictions/b.png", "....\n....");
  test_write_mask(&folder, "actual/c.png", "....\n....");
  test_write_mask(&folder, "predictions/c.png", "#...\n....");
  test_write_mask(&folder, "actual/d.png", "##..\n##..");
  set = open_set(&folder, "");
  evaluation = evaluate(set);
  measures = ms_set_measures_new(evaluation, &everything, 1, count_progress, &n_done, NULL, NULL);
  g_assert_null(ms_set_measures_dup(measures, 3, 0));
  ms_set_measures_summarise(measures, 0, examples, 4, &summary);
  g_assert_cmpuint(summary.n_measured, ==, 3);
  assert_is(summary.values[MS_MEASURE_HAUSDORFF].mean, 0.5);
  g_assert_cmpuint(summary.values[MS_MEASURE_HAUSDORFF].n, ==, 2);
  g_assert_cmpuint(summary.values[MS_MEASURE_HAUSDORFF].n_infinite, ==, 1);
  g_assert_false(summary.values[MS_MEASURE_PQ].mean.defined);
  assert_is(summary.tolerant.iou_mean, 2.0 / 3);
  assert_is(summary.tolerant.iou_pooled, 0.8);
  assert_is(summary.tolerant.exact_ratio, 2.0 / 3);

  g_remove(gone);
  later = measure_set(evaluation, 2);
  g_assert_null(ms_set_measures_dup(later, 0, 0));
  g_assert_cmpuint(ms_set_measures_get_failures(later)->len, ==, 1);
  g_assert_true(g_str_has_prefix(ms_set_measures_get_failures(later)->pdata[0],
                                 "a (predictions): not measured: "));
}

/* A row tells of one version of the files: masks that are others by now are not measured. */
static void
test_changed(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = NULL;
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsSetMeasures) measures = NULL;

  test_write_class_set(&folder);
  set = open_set(&folder, "");
  evaluation = evaluate(set);
  test_write_mask(&folder, "predictions/two.png", "2211\n0000");
  measures = measure_set(evaluation, 2);
  g_assert_null(ms_set_measures_dup(measures, ms_set_find_example(set, "two"), 0));
  g_assert_cmpstr(ms_set_measures_get_failure(measures, ms_set_find_example(set, "two"), 0), ==,
                  "not measured: its files changed after they were scored; run again");
  g_assert_cmpuint(ms_set_measures_get_failures(measures)->len, ==, 1);
}

/* Where everything is ignored no pooled score exists, whatever the rule for empty masks. */
static void
test_pooled_of_nothing(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = NULL;
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsSetMeasures) measures = NULL;
  const guint example = 0;
  MsMeasuresSummary summary;

  test_write_mask(&folder, "actual/a.png", "2222\n2222");
  test_write_mask(&folder, "predictions/a.png", "1100\n0000");
  test_text(&folder, "classes.txt", "background\ncat\ndog\n");
  set = open_set(&folder, "--ignore 2");
  evaluation = evaluate(set);
  measures = measure_set(evaluation, 1);
  ms_set_measures_summarise(measures, 0, &example, 1, &summary);
  g_assert_cmpuint(summary.n_measured, ==, 1);
  g_assert_false(summary.tolerant.iou_mean.defined);
  g_assert_false(summary.tolerant.iou_pooled.defined);
}

static void
cancel(const char *step, guint n_done, guint n_all, gpointer cancellable)
{
  g_cancellable_cancel(cancellable);
}

static void
test_pass_cancelled(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(GCancellable) cancellable = g_cancellable_new();
  g_autoptr(GError) error = NULL;
  g_autoptr(MsSet) set = NULL;
  g_autoptr(MsEvaluation) evaluation = NULL;

  write_random_set(&folder, ".12", "..12");
  test_text(&folder, "classes.txt", "background\ncat\ndog\n");
  set = open_set(&folder, "");
  evaluation = evaluate(set);
  g_assert_null(
      ms_set_measures_new(evaluation, &everything, 2, cancel, cancellable, cancellable, &error));
  g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/measures/one-class", test_one_class);
  g_test_add_func("/measures/classes", test_classes);
  g_test_add_func("/measures/no-background", test_no_background);
  g_test_add_func("/measures/overlapping", test_overlapping);
  g_test_add_func("/measures/wanted", test_wanted);
  g_test_add_func("/measures/nothing-counted", test_nothing_counted);
  g_test_add_func("/segments/numbered", test_numbered);
  g_test_add_func("/segments/divisor", test_divisor);
  g_test_add_func("/segments/panoptic", test_panoptic);
  g_test_add_func("/segments/none", test_no_segments);
  g_test_add_func("/measures/cancelled", test_cancelled);
  g_test_add_func("/pass/jobs", test_jobs);
  g_test_add_func("/pass/summary", test_summary);
  g_test_add_func("/pass/changed", test_changed);
  g_test_add_func("/pass/pooled-of-nothing", test_pooled_of_nothing);
  g_test_add_func("/pass/cancelled", test_pass_cancelled);
  return g_test_run();
}
