/* SPDX-License-Identifier: MIT
 *
 * Curves worked by hand; then every step of random ones against a count at that threshold: of
 * values, of stacks as a whole and class by class, and of sets from their sums.
 */
#include "metric/threshold-curve.h"

#include "metric/confusion.h"
#include "stack-cases.h"

#define N_ROUNDS 200

/* Step: TP FP FN TN. */
static void
assert_point(const MsThresholdCurve *curve, size_t i, uint32_t step, MsCounts counts)
{
  g_assert_cmpuint(i, <, curve->n_points);
  g_assert_cmpuint(curve->points[i].step, ==, step);
  g_assert_cmpmem(&curve->points[i].sums.counts, sizeof counts, &counts, sizeof counts);
}

static MsThresholdCurve
curve_of(const MsThresholdCut *items, size_t n_items, uint32_t n_steps, MsEmptyRule empty)
{
  MsThresholdCuts cuts = {0};
  MsThresholdCurve curve;

  for (size_t i = 0; i < n_items; i++)
    g_assert_cmpint(ms_threshold_cuts_append(&cuts, items[i]), ==, MS_STATUS_OK);
  ms_threshold_cuts_join(&cuts);
  g_assert_cmpint(ms_threshold_curve_of_cuts(&curve, &cuts, n_steps, empty), ==, MS_STATUS_OK);
  ms_threshold_cuts_clear(&cuts);
  return curve;
}

static double
value_at(const MsThresholdCurve *curve, uint32_t step, MsCurveScore score)
{
  MsValue value = ms_threshold_curve_value(curve, ms_threshold_curve_find(curve, step), score);

  g_assert_true(value.defined);
  return value.value;
}

/* Actual positive pixels with the values 7, 7, 3; negative ones with 0 (five), 3 (four), 9. */
static void
test_by_hand(void)
{
  static const MsThresholdCut items[] = {{7, 2, 0}, {3, 1, 0}, {0, 0, 5}, {3, 0, 4}, {9, 0, 1}};
  MsThresholdCurve curve = curve_of(items, G_N_ELEMENTS(items), 10, MS_EMPTY_ONE);

  g_assert_cmpuint(curve.n_points, ==, 4);
  assert_point(&curve, 0, 0, (MsCounts){.tp = 3, .fp = 5, .fn = 0, .tn = 5});
  assert_point(&curve, 1, 3, (MsCounts){.tp = 2, .fp = 1, .fn = 1, .tn = 9});
  assert_point(&curve, 2, 7, (MsCounts){.tp = 0, .fp = 1, .fn = 3, .tn = 9});
  assert_point(&curve, 3, 9, (MsCounts){.tp = 0, .fp = 0, .fn = 3, .tn = 10});
  g_assert_true(ms_threshold_curve_find(&curve, 2) == &curve.points[0]);
  g_assert_true(ms_threshold_curve_find(&curve, 3) == &curve.points[1]);
  g_assert_true(ms_threshold_curve_find(&curve, 99) == &curve.points[3]);
  g_assert_cmpfloat(value_at(&curve, 4, MS_CURVE_IOU), ==, 2 / 4.0);
  g_assert_cmpfloat(value_at(&curve, 4, MS_CURVE_IOU_MEAN), ==, 2 / 4.0);
  g_assert_cmpfloat(value_at(&curve, 4, MS_CURVE_PRECISION), ==, 2 / 3.0);
  g_assert_cmpfloat(value_at(&curve, 0, MS_CURVE_PRECISION), ==, 3 / 8.0);
  g_assert_cmpfloat(value_at(&curve, 8, MS_CURVE_RECALL), ==, 0);
  g_assert_cmpfloat(value_at(&curve, 4, MS_CURVE_EXACT), ==, 0);
  ms_threshold_curve_clear(&curve);
}

/* The best threshold lies in the middle of the longest stretch: 0.5 at steps 1 to 2, then from 5 to
 * 9 (through a change that leaves the IoU as it is), and from 12 on. */
static void
test_best(void)
{
  static const MsThresholdCut items[] = {{1, 0, 4}, {3, 1, 0},  {5, 0, 2},
                                         {7, 1, 2}, {10, 1, 0}, {12, 0, 1}};
  static const MsThresholdCut flat[] = {{0, 0, 6}, {4, 1, 0}};
  MsThresholdCurve curve = curve_of(items, G_N_ELEMENTS(items), 14, MS_EMPTY_ONE);
  MsCurveBest best;

  /* TP FP FN: 0 3,9,0  1 3,5,0  3 2,5,1  5 2,3,1  7 1,1,2  10 0,1,3  12 0,0,3 */
  g_assert_true(ms_threshold_curve_best(&curve, MS_CURVE_IOU, &best));
  g_assert_cmpuint(best.first, ==, 1);
  g_assert_cmpuint(best.last, ==, 2);
  g_assert_cmpfloat(best.value.value, ==, 3 / 8.0);
  g_assert_true(ms_threshold_curve_best(&curve, MS_CURVE_PRECISION, &best));
  g_assert_cmpuint(best.first, ==, 7);
  g_assert_cmpuint(best.last, ==, 9);
  ms_threshold_curve_clear(&curve);

  curve = curve_of(flat, G_N_ELEMENTS(flat), 14, MS_EMPTY_ONE);
  g_assert_true(ms_threshold_curve_best(&curve, MS_CURVE_IOU, &best));
  g_assert_cmpuint(best.first, ==, 0);
  g_assert_cmpuint(best.last, ==, 3);
  g_assert_cmpfloat(best.value.value, ==, 1);
  g_assert_true(ms_threshold_curve_best(&curve, MS_CURVE_EXACT, &best));
  g_assert_cmpuint(best.last, ==, 3);
  ms_threshold_curve_clear(&curve);
}

/* IoU 1/2 at steps 0 to 1, 4 to 6 and 8 to 10; the second stretch consists of two points. */
static void
test_longest(void)
{
  static const struct {
    uint32_t step;
    uint64_t tp, fp, fn;
  } steps[] = {{0, 2, 2, 0}, {2, 1, 2, 1}, {4, 2, 2, 0}, {5, 1, 0, 1}, {7, 0, 0, 2}, {8, 1, 1, 0}};
  MsThresholdPoint points[11] = {0};
  MsThresholdCurve curve;
  MsCurveBest best;
  guint k = 0;

  for (uint32_t step = 0; step < G_N_ELEMENTS(points); step++) {
    if (k + 1 < G_N_ELEMENTS(steps) && steps[k + 1].step == step)
      k++;
    points[step].counts = (MsCounts){.tp = steps[k].tp, .fp = steps[k].fp, .fn = steps[k].fn};
  }
  g_assert_cmpint(ms_threshold_curve_of_points(&curve, points, G_N_ELEMENTS(points), MS_EMPTY_ONE),
                  ==, MS_STATUS_OK);
  g_assert_cmpuint(curve.n_points, ==, 6);
  g_assert_true(ms_threshold_curve_best(&curve, MS_CURVE_IOU, &best));
  g_assert_cmpuint(best.first, ==, 4);
  g_assert_cmpuint(best.last, ==, 6);
  g_assert_false(ms_threshold_curve_best(&curve, MS_CURVE_IOU_MEAN, &best));
  ms_threshold_curve_clear(&curve);
}

/* Nothing actual: right from where nothing is predicted. Nothing at all: exact, and no more. */
static void
test_empty(void)
{
  static const MsThresholdCut items[] = {{0, 0, 5}, {6, 0, 1}};
  MsThresholdCurve curve = curve_of(items, G_N_ELEMENTS(items), 10, MS_EMPTY_ONE);
  const MsCurvePoint *end = ms_threshold_curve_find(&curve, 9);
  MsCurveBest best;

  g_assert_cmpfloat(value_at(&curve, 5, MS_CURVE_IOU), ==, 0);
  g_assert_cmpfloat(value_at(&curve, 6, MS_CURVE_IOU), ==, 1);
  g_assert_cmpfloat(value_at(&curve, 6, MS_CURVE_EXACT), ==, 1);
  g_assert_true(ms_threshold_curve_value(&curve, end, MS_CURVE_PRECISION).by_rule);
  ms_threshold_curve_clear(&curve);

  curve = curve_of(items, G_N_ELEMENTS(items), 10, MS_EMPTY_SKIP);
  g_assert_true(ms_threshold_curve_best(&curve, MS_CURVE_IOU, &best));
  g_assert_cmpuint(best.last, ==, 5);
  ms_threshold_curve_clear(&curve);

  curve = curve_of(NULL, 0, 1, MS_EMPTY_ONE);
  g_assert_false(ms_threshold_curve_best(&curve, MS_CURVE_IOU, &best));
  g_assert_false(ms_threshold_curve_value(&curve, curve.points, MS_CURVE_RECALL).defined);
  g_assert_cmpfloat(value_at(&curve, 0, MS_CURVE_EXACT), ==, 1);
  ms_threshold_curve_clear(&curve);
  g_assert_cmpint(ms_threshold_curve_of_cuts(&curve, &(MsThresholdCuts){0}, 0, MS_EMPTY_ONE), ==,
                  MS_STATUS_INVALID);
}

/* --- against counting ------------------------------------------------------------------------- */

static void
assert_same(MsValue value, MsValue expected)
{
  g_assert_cmpint(value.defined, ==, expected.defined);
  if (expected.defined) {
    g_assert_cmpfloat(value.value, ==, expected.value);
    g_assert_cmpint(value.by_rule, ==, expected.by_rule);
  }
}

static void
assert_counted(const MsThresholdCurve *curve, uint32_t step, const MsConfusion *confusion)
{
  const MsCurvePoint *point = ms_threshold_curve_find(curve, step);
  MsCounts counts = ms_confusion_counts(confusion);

  g_assert_cmpuint(point->sums.counts.tp, ==, counts.tp);
  g_assert_cmpuint(point->sums.counts.fp, ==, counts.fp);
  g_assert_cmpuint(point->sums.counts.fn, ==, counts.fn);
  assert_same(ms_threshold_curve_value(curve, point, MS_CURVE_IOU),
              ms_confusion_score(confusion, MS_METRIC_IOU));
  assert_same(ms_threshold_curve_value(curve, point, MS_CURVE_PRECISION),
              ms_confusion_score(confusion, MS_METRIC_PRECISION));
  assert_same(ms_threshold_curve_value(curve, point, MS_CURVE_RECALL),
              ms_confusion_score(confusion, MS_METRIC_RECALL));
  g_assert_cmpuint(point->sums.n_exact, ==, ms_confusion_exact(confusion));
}

/* Few of all values occur, the ends among them; of 8 and of 16 bits. */
static MsJoint *
random_joint(TestRandom *random, uint32_t maximum)
{
  int width = 1 + (int)test_random_below(random, 60);
  uint32_t n_ids = 1 + test_random_below(random, 4);
  MsRaster actual, predicted;
  MsJoint *joint;

  g_assert_cmpint(ms_raster_init(&actual, width, 1, 8), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_raster_init(&predicted, width, 1, 16), ==, MS_STATUS_OK);
  for (int x = 0; x < width; x++) {
    bool at_end = test_random_below(random, 8) == 0;

    ascii_set(&actual, x, 0, test_random_below(random, n_ids));
    ascii_set(&predicted, x, 0, at_end ? maximum : test_random_below(random, maximum + 1));
  }
  g_assert_cmpint(ms_joint_new(&joint), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_joint_add(joint, &actual, &predicted, NULL), ==, MS_STATUS_OK);
  ms_raster_clear(&actual);
  ms_raster_clear(&predicted);
  return joint;
}

static MsThresholdCurve
curve_of_joint(MsJoint *joint, const MsRules *rules, uint32_t n_steps)
{
  MsThresholdCuts cuts = {0};
  MsThresholdCurve curve;
  const MsCell *cells;
  size_t n_cells;

  g_assert_cmpint(ms_joint_cells(joint, &cells, &n_cells), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_threshold_cuts_of_cells(&cuts, rules, cells, n_cells), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_threshold_curve_of_cuts(&curve, &cuts, n_steps, rules->empty), ==,
                  MS_STATUS_OK);
  ms_threshold_cuts_clear(&cuts);
  return curve;
}

static void
assert_recall_falls(const MsThresholdCurve *curve)
{
  for (size_t i = 1; i < curve->n_points; i++) {
    g_assert_cmpuint(curve->points[i - 1].step, <, curve->points[i].step);
    g_assert_cmpuint(curve->points[i - 1].sums.counts.tp, >=, curve->points[i].sums.counts.tp);
  }
}

static void
test_values(void)
{
  static const uint32_t ignored[] = {2};
  static const uint32_t maxima[] = {1, 255, 4000, 65535};
  TestRandom random = {51};

  for (guint round = 0; round < N_ROUNDS; round++) {
    uint32_t maximum = maxima[round % G_N_ELEMENTS(maxima)], stride = maximum > 1000 ? 61 : 1;
    MsJoint *joint = random_joint(&random, maximum);
    MsThresholdCurve curve;
    MsRules rules;

    ms_rules_init(&rules);
    rules.comparison = MS_COMPARE_THRESHOLD;
    rules.empty = (MsEmptyRule)(round % 3);
    rules.ignored = ignored;
    rules.n_ignored = round % 2;
    curve = curve_of_joint(joint, &rules, maximum + 1);
    assert_recall_falls(&curve);
    for (uint32_t step = 0; step <= maximum; step += stride) {
      MsConfusion *confusion;

      rules.threshold = step;
      g_assert_cmpint(ms_confusion_new(&rules, &confusion), ==, MS_STATUS_OK);
      g_assert_cmpint(ms_confusion_add_joint(confusion, joint, NULL), ==, MS_STATUS_OK);
      assert_counted(&curve, step, confusion);
      ms_confusion_free(confusion);
    }
    ms_threshold_curve_clear(&curve);
    ms_joint_free(joint);
  }
}

/* --- stacks ----------------------------------------------------------------------------------- */

#define STACK_STEPS 201

typedef struct {
  StackSide actual;
  StackSide predicted;
  MsJoint *joint; /* owned, as the others */
} StackExample;

/* Scores all over the range, on steps and between them. */
static void
spread_scores(StackScene *scene, TestRandom *random)
{
  for (size_t i = 0; i < scene->n_objects; i++)
    scene->objects[i].score =
        test_random_below(random, 3) == 0
            ? ms_threshold_sample(test_random_below(random, STACK_STEPS) / (STACK_STEPS - 1.0),
                                  MS_STACK_MAXIMUM)
            : 1 + test_random_below(random, MS_STACK_MAXIMUM);
}

static StackExample
stack_example(TestRandom *random)
{
  int width = 1 + (int)test_random_below(random, 9), height = 1 + (int)test_random_below(random, 9);
  StackScene actual = stack_scene_random(random, width, height);
  StackScene predicted = stack_scene_random(random, width, height);
  StackExample example;

  if (test_random_below(random, 4) == 0) {
    stack_scene_clear(&actual);
    actual.n_objects = 0;
  }
  spread_scores(&predicted, random);
  example.actual = stack_side(&actual);
  example.predicted = stack_side(&predicted);
  example.joint = stack_joint(&example.actual, &example.predicted);
  stack_scene_clear(&actual);
  stack_scene_clear(&predicted);
  return example;
}

static void
stack_example_clear(StackExample *example)
{
  ms_joint_free(example->joint);
  stack_side_clear(&example->actual);
  stack_side_clear(&example->predicted);
}

static MsThresholdCurve
curve_of_stacks(const StackExample *example, const MsRules *rules, int64_t class_id)
{
  MsThresholdCuts cuts = {0};
  MsThresholdCurve curve;
  const MsCell *cells;
  size_t n_cells;

  g_assert_cmpint(ms_joint_cells(example->joint, &cells, &n_cells), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_threshold_cuts_of_stacks(&cuts, rules, cells, n_cells, example->actual.stacks,
                                              example->predicted.stacks, class_id, STACK_STEPS),
                  ==, MS_STATUS_OK);
  g_assert_cmpint(ms_threshold_curve_of_cuts(&curve, &cuts, STACK_STEPS, rules->empty), ==,
                  MS_STATUS_OK);
  ms_threshold_cuts_clear(&cuts);
  return curve;
}

static MsCounts
counts_of_class(const MsConfusion *confusion, uint32_t id)
{
  size_t n_classes;
  const MsClassCounts *classes = ms_confusion_classes(confusion, &n_classes);

  for (size_t i = 0; i < n_classes; i++)
    if (classes[i].id == id)
      return classes[i].counts;
  return (MsCounts){.tn = ms_confusion_counted(confusion)};
}

static void
test_stacks(void)
{
  TestRandom random = {52};
  guint n_exact = 0;

  for (guint round = 0; round < N_ROUNDS; round++) {
    StackExample example = stack_example(&random);
    MsRules rules = stack_rules_random(&random);
    MsThresholdCurve all = curve_of_stacks(&example, &rules, -1);
    MsThresholdCurve one = curve_of_stacks(&example, &rules, 3);

    for (uint32_t step = 0; step < STACK_STEPS; step++) {
      MsConfusion *confusion;
      MsCounts counts;

      rules.threshold = ms_threshold_sample(step / (STACK_STEPS - 1.0), MS_STACK_MAXIMUM);
      g_assert_cmpint(ms_confusion_new(&rules, &confusion), ==, MS_STATUS_OK);
      g_assert_cmpint(ms_confusion_add_stacks(confusion, example.joint, example.actual.stacks,
                                              example.predicted.stacks, NULL),
                      ==, MS_STATUS_OK);
      assert_counted(&all, step, confusion);
      n_exact += ms_confusion_exact(confusion);
      counts = counts_of_class(confusion, 3);
      g_assert_cmpmem(&ms_threshold_curve_find(&one, step)->sums.counts, sizeof counts, &counts,
                      sizeof counts);
      ms_confusion_free(confusion);
    }
    ms_threshold_curve_clear(&all);
    ms_threshold_curve_clear(&one);
    stack_example_clear(&example);
  }
  g_assert_cmpuint(n_exact, >, 0);
}

/* The curve of a set is that of its sums at each step, which differ step by step or not at all. */
static void
test_sums(void)
{
  TestRandom random = {53};
  MsThresholdCuts cuts = {0};
  MsThresholdPoint points[256] = {0};
  MsThresholdCurve curve;
  MsThresholdSums *sums;
  MsRules rules;

  ms_rules_init(&rules);
  rules.comparison = MS_COMPARE_THRESHOLD;
  g_assert_cmpint(ms_threshold_sums_new(256, rules.empty, &sums), ==, MS_STATUS_OK);
  for (guint i = 0; i < 9; i++) {
    MsJoint *joint = random_joint(&random, 255);
    const MsCell *cells;
    size_t n_cells;

    g_assert_cmpint(ms_joint_cells(joint, &cells, &n_cells), ==, MS_STATUS_OK);
    g_assert_cmpint(ms_threshold_cuts_of_cells(&cuts, &rules, cells, n_cells), ==, MS_STATUS_OK);
    ms_threshold_sums_add(sums, &cuts);
    ms_joint_free(joint);
  }
  ms_threshold_sums_add_points(sums, points);
  g_assert_cmpint(ms_threshold_curve_of_points(&curve, points, 256, rules.empty), ==, MS_STATUS_OK);
  g_assert_cmpuint(curve.n_points, <, 256);
  assert_recall_falls(&curve);
  for (uint32_t step = 0; step < 256; step++) {
    MsThresholdPoint point = {0};

    ms_threshold_sums_add_point(sums, step, &point);
    g_assert_cmpmem(&point, sizeof point, &ms_threshold_curve_find(&curve, step)->sums,
                    sizeof point);
  }
  ms_threshold_curve_clear(&curve);
  ms_threshold_cuts_clear(&cuts);
  ms_threshold_sums_free(sums);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/threshold-curve/by-hand", test_by_hand);
  g_test_add_func("/threshold-curve/best", test_best);
  g_test_add_func("/threshold-curve/longest", test_longest);
  g_test_add_func("/threshold-curve/empty", test_empty);
  g_test_add_func("/threshold-curve/values", test_values);
  g_test_add_func("/threshold-curve/stacks", test_stacks);
  g_test_add_func("/threshold-curve/sums", test_sums);
  return g_test_run();
}
