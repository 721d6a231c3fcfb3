/* SPDX-License-Identifier: MIT
 *
 * The accumulator: every rule of the definitions once by hand, then random pairs under random rules
 * against naive counts, then what must hold whatever the pixels are.
 */
#include "metric/confusion.h"

#include "stack-cases.h"

#define N_ROUNDS 300

static const uint32_t void_ids[] = {255};
static const uint32_t four_classes[] = {0, 1, 2, 3};

static MsRules
binary_rules(void)
{
  MsRules rules;

  ms_rules_init(&rules);
  return rules;
}

/* Classes 0 (background) to 3, 255 ignored. */
static MsRules
class_rules(void)
{
  return (MsRules){.comparison = MS_COMPARE_CLASSES,
                   .ignored = void_ids,
                   .n_ignored = G_N_ELEMENTS(void_ids),
                   .classes = four_classes,
                   .n_classes = G_N_ELEMENTS(four_classes)};
}

static MsCounts
class_counts(const MsConfusion *confusion, uint32_t id)
{
  size_t n_classes;
  const MsClassCounts *classes = ms_confusion_classes(confusion, &n_classes);

  for (size_t i = 0; i < n_classes; i++) {
    if (classes[i].id == id)
      return classes[i].counts;
  }
  g_test_message("class %u is not listed", id);
  g_test_fail();
  return (MsCounts){0};
}

static void
test_binary(void)
{
  MsRules rules = binary_rules();
  MsConfusion *confusion = confusion_of_ascii(&rules,
                                              "..##.\n"
                                              "..##.\n"
                                              ".....\n",
                                              "...#.\n"
                                              "..???\n"
                                              "....9\n");
  const MsClassCounts *classes;
  size_t n_classes;

  assert_counts(ms_confusion_counts(confusion), 3, 2, 1, 9);
  g_assert_true(ms_confusion_has_tn(confusion));
  classes = ms_confusion_classes(confusion, &n_classes);
  g_assert_cmpuint(n_classes, ==, 1);
  g_assert_cmpuint(classes[0].id, ==, MS_FOREGROUND_ID);
  assert_counts(classes[0].counts, 3, 2, 1, 9);
  assert_value(ms_confusion_score(confusion, MS_METRIC_IOU), 0.5);
  assert_value(ms_confusion_score(confusion, MS_METRIC_DICE), 6.0 / 9.0);
  assert_value(ms_confusion_score(confusion, MS_METRIC_PRECISION), 0.6);
  assert_value(ms_confusion_score(confusion, MS_METRIC_RECALL), 0.75);
  assert_value(ms_confusion_score(confusion, MS_METRIC_ACCURACY), 0.8);
  assert_value(ms_confusion_score(confusion, MS_METRIC_EXACT_MATCH), 0);
  assert_value(ms_class_score(&classes[0], MS_METRIC_IOU, MS_EMPTY_ONE), 0.5);
  g_assert_cmpuint(ms_confusion_wrong(confusion), ==, 3);
  ms_confusion_free(confusion);
}

/* 416 TP, 73 FP, 39 FN: columns of a mask 33 pixels wide. */
static void
test_documents(void)
{
  MsRules rules = binary_rules();
  MsRaster actual, predicted;
  MsConfusion *confusion;

  g_assert_cmpint(ms_raster_init(&actual, 33, 20, 8), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_raster_init(&predicted, 33, 20, 8), ==, MS_STATUS_OK);
  for (int i = 0; i < 416 + 39 + 73; i++) {
    ascii_set(&actual, i % 33, i / 33, i < 416 + 39);
    ascii_set(&predicted, i % 33, i / 33, i < 416 || i >= 416 + 39);
  }
  confusion = confusion_of(&rules, &actual, &predicted);
  assert_counts(ms_confusion_counts(confusion), 416, 73, 39, 33 * 20 - 528);
  assert_value(ms_confusion_score(confusion, MS_METRIC_IOU), 416.0 / 528.0);
  ms_confusion_free(confusion);
  ms_raster_clear(&actual);
  ms_raster_clear(&predicted);
}

static void
test_empty(void)
{
  static const MsMetric ratios[] = {MS_METRIC_IOU, MS_METRIC_DICE, MS_METRIC_PRECISION,
                                    MS_METRIC_RECALL};

  for (int rule = MS_EMPTY_ONE; rule <= MS_EMPTY_SKIP; rule++) {
    MsRules rules = binary_rules();
    MsConfusion *both, *one;

    rules.empty = (MsEmptyRule)rule;
    both = confusion_of_ascii(&rules, "...\n", "...\n");
    one = confusion_of_ascii(&rules, "...\n", ".#.\n");
    for (size_t i = 0; i < G_N_ELEMENTS(ratios); i++) {
      MsValue value = ms_confusion_score(both, ratios[i]);

      g_assert_true(value.defined == (rule != MS_EMPTY_SKIP));
      g_assert_true(value.by_rule);
      if (value.defined)
        g_assert_cmpfloat(value.value, ==, rule == MS_EMPTY_ONE ? 1 : 0);
      assert_value(ms_confusion_score(one, ratios[i]), 0);
    }
    assert_value(ms_confusion_score(both, MS_METRIC_EXACT_MATCH), 1);
    assert_value(ms_confusion_score(both, MS_METRIC_ACCURACY), 1);
    assert_value(ms_confusion_score(one, MS_METRIC_EXACT_MATCH), 0);
    assert_value(ms_confusion_score(one, MS_METRIC_ACCURACY), 2.0 / 3.0);
    ms_confusion_free(both);
    ms_confusion_free(one);
  }
}

static void
test_classes(void)
{
  MsRules rules = class_rules();
  MsConfusion *confusion = confusion_of_ascii(&rules, "0 0 0 1 1 2 2 2\n", /* actual */
                                              "0 0 1 1 2 2 2 0\n" /* predicted */);
  MsKindCounts kinds = ms_confusion_kinds(confusion);
  size_t n_classes;

  ms_confusion_classes(confusion, &n_classes);
  g_assert_cmpuint(n_classes, ==, 3);
  assert_counts(class_counts(confusion, 0), 2, 1, 1, 4);
  assert_counts(class_counts(confusion, 1), 1, 1, 1, 5);
  assert_counts(class_counts(confusion, 2), 2, 1, 1, 4);
  assert_counts(ms_confusion_counts(confusion), 3, 2, 2, 0);
  g_assert_false(ms_confusion_has_tn(confusion));
  g_assert_cmpuint(kinds.tp, ==, 3);
  g_assert_cmpuint(kinds.tn, ==, 2);
  g_assert_cmpuint(kinds.fp, ==, 1);
  g_assert_cmpuint(kinds.fn, ==, 1);
  g_assert_cmpuint(kinds.confused, ==, 1);
  assert_value(ms_confusion_score(confusion, MS_METRIC_IOU), 3.0 / 7.0);
  assert_value(ms_confusion_score(confusion, MS_METRIC_ACCURACY), 5.0 / 8.0);
  ms_confusion_free(confusion);
}

/* Dropped by the actual id alone; predicted, the ignored id is a miss and nobody's FP. */
static void
test_ignored(void)
{
  MsRules rules = class_rules();
  MsConfusion *confusion = confusion_of_ascii(&rules, "? ? 1 1 0\n", /* actual */
                                              "1 ? ? 1 0\n" /* predicted */);
  MsKindCounts kinds = ms_confusion_kinds(confusion);

  assert_counts(class_counts(confusion, 1), 1, 0, 1, 1);
  assert_counts(class_counts(confusion, 0), 1, 0, 0, 2);
  g_assert_cmpuint(kinds.ignored, ==, 2);
  g_assert_cmpuint(kinds.fn, ==, 1);
  g_assert_cmpuint(ms_confusion_counted(confusion), ==, 3);
  g_assert_cmpuint(ms_confusion_counts(confusion).ignored, ==, 2);
  g_assert_false(ms_confusion_exact(confusion));
  ms_confusion_free(confusion);

  confusion = confusion_of_ascii(&rules, "??11\n", "1?11\n");
  g_assert_true(ms_confusion_exact(confusion));
  ms_confusion_free(confusion);
}

static void
test_ignored_binary(void)
{
  MsRules rules = class_rules();
  MsConfusion *confusion;

  rules.comparison = MS_COMPARE_BINARY;
  confusion = confusion_of_ascii(&rules, "?.##\n", "##?.\n");
  assert_counts(ms_confusion_counts(confusion), 1, 1, 1, 0);
  g_assert_cmpuint(ms_confusion_counts(confusion).ignored, ==, 1);
  ms_confusion_free(confusion);
}

/* An actual background pixel taken for an id that is no class: wrong, but not in the headline. */
static void
test_no_class(void)
{
  MsRules rules = class_rules();
  MsConfusion *confusion = confusion_of_ascii(&rules, "0 0 1\n", "0 9 1\n");
  MsKindCounts kinds = ms_confusion_kinds(confusion);

  assert_counts(ms_confusion_counts(confusion), 1, 0, 0, 0);
  assert_counts(class_counts(confusion, 0), 1, 0, 1, 1);
  g_assert_cmpuint(kinds.fn, ==, 1);
  g_assert_cmpuint(ms_confusion_wrong(confusion), ==, 1);
  assert_value(ms_confusion_score(confusion, MS_METRIC_IOU), 1);
  assert_value(ms_confusion_score(confusion, MS_METRIC_EXACT_MATCH), 0);
  ms_confusion_free(confusion);
}

static void
test_everything_ignored(void)
{
  MsRules rules = class_rules();
  MsConfusion *confusion;
  const MsClassCounts *classes;
  size_t n_classes;

  confusion = confusion_of_ascii(&rules, "??\n", "01\n");
  for (int metric = 0; metric < MS_N_METRICS; metric++) {
    if (metric != MS_METRIC_EXACT_MATCH)
      assert_undefined(ms_confusion_score(confusion, (MsMetric)metric));
  }
  assert_value(ms_confusion_score(confusion, MS_METRIC_EXACT_MATCH), 1);
  ms_confusion_classes(confusion, &n_classes);
  g_assert_cmpuint(n_classes, ==, 0);
  ms_confusion_free(confusion);

  rules.comparison = MS_COMPARE_BINARY;
  confusion = confusion_of_ascii(&rules, "??\n", "01\n");
  assert_undefined(ms_confusion_score(confusion, MS_METRIC_IOU));
  classes = ms_confusion_classes(confusion, &n_classes);
  g_assert_cmpuint(n_classes, ==, 1);
  assert_undefined(ms_class_score(&classes[0], MS_METRIC_IOU, MS_EMPTY_ONE));
  assert_value(ms_class_score(&classes[0], MS_METRIC_EXACT_MATCH, MS_EMPTY_ONE), 1);
  ms_confusion_free(confusion);
}

static void
test_unknown_id(void)
{
  MsRules rules = class_rules();
  MsConfusion *confusion = confusion_of_ascii(&rules, "011\n", "001\n");
  MsRaster strange = ascii_raster("0197\n", 8), known = ascii_raster("0199\n", 8);
  uint32_t unknown_id = 0;

  g_assert_cmpint(ms_confusion_add_rasters(confusion, &strange, &known, NULL, &unknown_id), ==,
                  MS_STATUS_UNKNOWN_ID);
  g_assert_cmpuint(unknown_id, ==, 7);
  g_assert_cmpint(ms_confusion_add_rasters(confusion, &strange, &known, NULL, NULL), ==,
                  MS_STATUS_UNKNOWN_ID);
  assert_counts(ms_confusion_counts(confusion), 1, 0, 1, 0);
  g_assert_cmpuint(ms_confusion_counted(confusion), ==, 3);
  ms_confusion_free(confusion);

  rules.ignore_unlisted = true;
  confusion = confusion_of(&rules, &strange, &known);
  g_assert_cmpuint(ms_confusion_kinds(confusion).ignored, ==, 2);
  g_assert_true(ms_confusion_exact(confusion));
  ms_confusion_free(confusion);
  ms_raster_clear(&strange);
  ms_raster_clear(&known);
}

static bool
refuse(void *user, double fraction)
{
  return false;
}

static void
test_refused(void)
{
  MsRules rules = binary_rules();
  MsConfusion *confusion = confusion_of_ascii(&rules, "#\n", "#\n");
  MsRaster mask = ascii_raster("##\n", 8), taller = ascii_raster("##\n##\n", 8);
  MsControl control = {refuse, NULL};

  g_assert_cmpint(ms_confusion_add_rasters(confusion, &mask, &taller, NULL, NULL), ==,
                  MS_STATUS_SIZE_MISMATCH);
  g_assert_cmpint(ms_confusion_add_rasters(confusion, &mask, &mask, &control, NULL), ==,
                  MS_STATUS_CANCELLED);
  g_assert_cmpuint(ms_confusion_counted(confusion), ==, 1);
  ms_confusion_free(confusion);
  ms_confusion_free(NULL);
  ms_raster_clear(&mask);
  ms_raster_clear(&taller);
}

/* Counts of one class straight from the pixels. */
static MsCounts
naive_class(const MsRules *rules, const CasePair *pair, uint32_t id)
{
  MsCounts counts = {0};

  for (int y = 0; y < pair->actual.height; y++) {
    for (int x = 0; x < pair->actual.width; x++) {
      uint32_t a = ms_raster_get(&pair->actual, x, y), p = ms_raster_get(&pair->predicted, x, y);

      if (naive_kind(rules, a, p) == MS_KIND_IGNORED)
        continue;
      counts.tp += a == id && p == id;
      counts.fp += a != id && p == id;
      counts.fn += a == id && p != id;
      counts.tn += a != id && p != id;
    }
  }
  return counts;
}

static MsKindCounts
naive_kinds(const MsRules *rules, const CasePair *pair)
{
  MsKindCounts kinds = {0};

  for (int y = 0; y < pair->actual.height; y++) {
    for (int x = 0; x < pair->actual.width; x++) {
      MsKind kind = naive_kind(rules, ms_raster_get(&pair->actual, x, y),
                               ms_raster_get(&pair->predicted, x, y));

      kinds.tp += kind == MS_KIND_TP;
      kinds.tn += kind == MS_KIND_TN;
      kinds.fp += kind == MS_KIND_FP;
      kinds.fn += kind == MS_KIND_FN;
      kinds.confused += kind == MS_KIND_CONFUSED;
      kinds.ignored += kind == MS_KIND_IGNORED;
    }
  }
  return kinds;
}

/* A few of the listed classes against the pixels, and all of them in sum. */
static void
check_classes(const MsRules *rules, const CasePair *pair, const MsConfusion *confusion)
{
  size_t n_classes, step;
  const MsClassCounts *classes = ms_confusion_classes(confusion, &n_classes);
  uint64_t n_actual = 0;

  step = n_classes / 8 + 1;
  for (size_t i = 0; i < n_classes; i++) {
    if (i % step == 0) {
      MsCounts want = naive_class(rules, pair, classes[i].id);

      assert_counts(classes[i].counts, want.tp, want.fp, want.fn, want.tn);
    }
    g_assert_cmpuint(classes[i].counts.tp + classes[i].counts.fp + classes[i].counts.fn, >, 0);
    g_assert_true(i == 0 || classes[i - 1].id < classes[i].id);
    n_actual += classes[i].counts.tp + classes[i].counts.fn;
  }
  g_assert_cmpuint(n_actual, ==, ms_confusion_counted(confusion));
}

static void
test_random_pairs(void)
{
  TestRandom random = {51};

  for (int round = 0; round < N_ROUNDS; round++) {
    CasePair pair = case_pair(&random, 0, 0);
    MsRules rules = case_rules(&random);
    MsConfusion *confusion = confusion_of(&rules, &pair.actual, &pair.predicted);
    MsKindCounts got = ms_confusion_kinds(confusion), want = naive_kinds(&rules, &pair);
    MsCounts counts = ms_confusion_counts(confusion);

    g_assert_cmpmem(&got, sizeof got, &want, sizeof want);
    if (rules.comparison == MS_COMPARE_CLASSES) {
      check_classes(&rules, &pair, confusion);
      g_assert_cmpuint(counts.tp, ==, got.tp);
      g_assert_cmpuint(counts.fp, ==, got.fp + got.confused);
      g_assert_cmpuint(counts.fn, <=, got.fn + got.confused);
      if (!rules.classes && rules.n_ignored == 0)
        g_assert_cmpuint(counts.fn, ==, got.fn + got.confused);
    } else {
      assert_counts(counts, got.tp, got.fp, got.fn, got.tn);
    }
    ms_confusion_free(confusion);
    case_pair_clear(&pair);
  }
}

/* Without ignored labels, exchanging the sides exchanges FP and FN and leaves IoU and Dice. */
static void
test_swap(void)
{
  TestRandom random = {52};

  for (int round = 0; round < N_ROUNDS; round++) {
    CasePair pair = case_pair(&random, 0, 0);
    MsRules rules = {.comparison = round % 2 ? MS_COMPARE_CLASSES : MS_COMPARE_BINARY};
    MsConfusion *there = confusion_of(&rules, &pair.actual, &pair.predicted);
    MsConfusion *back = confusion_of(&rules, &pair.predicted, &pair.actual);
    MsCounts counts = ms_confusion_counts(there), swapped = ms_confusion_counts(back);
    double iou = ms_confusion_score(there, MS_METRIC_IOU).value;
    double dice = ms_confusion_score(there, MS_METRIC_DICE).value;

    assert_counts(swapped, counts.tp, counts.fn, counts.fp, counts.tn);
    assert_value(ms_confusion_score(back, MS_METRIC_IOU), iou);
    assert_value(ms_confusion_score(back, MS_METRIC_PRECISION),
                 ms_confusion_score(there, MS_METRIC_RECALL).value);
    g_assert_cmpfloat_with_epsilon(dice, 2 * iou / (1 + iou), 1e-12);
    g_assert_cmpfloat(iou, >=, 0);
    g_assert_cmpfloat(iou, <=, 1);
    ms_confusion_free(there);
    ms_confusion_free(back);
    case_pair_clear(&pair);
  }
}

static void
assert_same(const MsConfusion *left, const MsConfusion *right)
{
  MsKindCounts left_kinds = ms_confusion_kinds(left), right_kinds = ms_confusion_kinds(right);
  size_t n_left, n_right;
  const MsClassCounts *left_classes = ms_confusion_classes(left, &n_left);
  const MsClassCounts *right_classes = ms_confusion_classes(right, &n_right);

  g_assert_cmpmem(&left_kinds, sizeof left_kinds, &right_kinds, sizeof right_kinds);
  g_assert_cmpuint(n_left, ==, n_right);
  for (size_t i = 0; i < n_left; i++) {
    const MsCounts *want = &right_classes[i].counts;

    g_assert_cmpuint(left_classes[i].id, ==, right_classes[i].id);
    assert_counts(left_classes[i].counts, want->tp, want->fp, want->fn, want->tn);
  }
}

/* Rows counted apart and merged, in either order, are the whole. */
static void
test_merge(void)
{
  TestRandom random = {53};

  for (int round = 0; round < N_ROUNDS; round++) {
    CasePair pair = case_pair(&random, 0, 0);
    MsRules rules = case_rules(&random);
    int height = pair.actual.height, split = (int)test_random_below(&random, (uint32_t)height + 1);
    MsConfusion *whole = confusion_of(&rules, &pair.actual, &pair.predicted), *parts[2];

    for (int i = 0; i < 2; i++) {
      MsJoint *joint;

      g_assert_cmpint(ms_joint_new(&joint), ==, MS_STATUS_OK);
      g_assert_cmpint(ms_joint_add_rows(joint, &pair.actual, &pair.predicted, i ? split : 0,
                                        i ? height - split : split),
                      ==, MS_STATUS_OK);
      g_assert_cmpint(ms_confusion_new(&rules, &parts[i]), ==, MS_STATUS_OK);
      g_assert_cmpint(ms_confusion_add_joint(parts[i], joint, NULL), ==, MS_STATUS_OK);
      ms_joint_free(joint);
    }
    g_assert_cmpint(ms_confusion_merge(parts[round % 2], parts[1 - round % 2]), ==, MS_STATUS_OK);
    assert_same(parts[round % 2], whole);
    ms_confusion_free(parts[0]);
    ms_confusion_free(parts[1]);
    ms_confusion_free(whole);
    case_pair_clear(&pair);
  }
}

/* One joint answers every threshold. */
static void
test_thresholds(void)
{
  TestRandom random = {54};
  MsRaster actual = case_raster(&random, 97, 61, 8, 2, 20);
  MsRaster predicted = case_raster(&random, 97, 61, 8, 256, 1);
  MsJoint *joint;
  uint64_t last_positive = UINT64_MAX;

  g_assert_cmpint(ms_joint_new(&joint), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_joint_add(joint, &actual, &predicted, NULL), ==, MS_STATUS_OK);
  for (uint32_t threshold = 0; threshold <= 255; threshold++) {
    MsRules rules = {.comparison = MS_COMPARE_THRESHOLD, .threshold = threshold};
    MsConfusion *fresh = confusion_of(&rules, &actual, &predicted), *again;
    MsCounts counts = ms_confusion_counts(fresh);

    g_assert_cmpint(ms_confusion_new(&rules, &again), ==, MS_STATUS_OK);
    g_assert_cmpint(ms_confusion_add_joint(again, joint, NULL), ==, MS_STATUS_OK);
    assert_same(again, fresh);
    g_assert_cmpuint(counts.tp + counts.fp, <=, last_positive);
    last_positive = counts.tp + counts.fp;
    ms_confusion_free(fresh);
    ms_confusion_free(again);
  }
  g_assert_cmpuint(last_positive, ==, 0);
  ms_joint_free(joint);
  case_clear(&actual);
  case_clear(&predicted);
}

static const uint32_t stack_classes[] = {1, 2};
static const uint32_t stack_ignored[] = {8};

static MsRules
stack_rules(void)
{
  return (MsRules){.comparison = MS_COMPARE_STACKS,
                   .threshold = 50,
                   .background = -1,
                   .ignored = stack_ignored,
                   .n_ignored = 1,
                   .classes = stack_classes,
                   .n_classes = 2};
}

static void
test_stacks(void)
{
  MsRules rules = stack_rules();
  StackScene actual = {0}, predicted = {0};
  StackSide actual_side, predicted_side;
  MsConfusion *confusion;
  MsKindCounts kinds;

  stack_scene_add(&actual, ".####.\n", 1, 1);
  stack_scene_add(&actual, "...###\n", 2, 1);
  stack_scene_add(&predicted, "####..\n", 1, 60);
  stack_scene_add(&predicted, "...##.\n", 2, 51);
  actual_side = stack_side(&actual);
  predicted_side = stack_side(&predicted);

  confusion = stack_confusion(&rules, &actual_side, &predicted_side);
  assert_counts(class_counts(confusion, 1), 3, 1, 1, 1);
  assert_counts(class_counts(confusion, 2), 2, 0, 1, 3);
  assert_counts(ms_confusion_counts(confusion), 5, 1, 2, 0);
  g_assert_false(ms_confusion_has_tn(confusion));
  g_assert_cmpuint(ms_confusion_counted(confusion), ==, 6);
  kinds = ms_confusion_kinds(confusion);
  g_assert_cmpuint(kinds.tp, ==, 3);
  g_assert_cmpuint(kinds.fp, ==, 1);
  g_assert_cmpuint(kinds.fn, ==, 2);
  assert_value(ms_confusion_score(confusion, MS_METRIC_IOU), 5.0 / 8.0);
  assert_value(ms_confusion_score(confusion, MS_METRIC_ACCURACY), 0.5);
  ms_confusion_free(confusion);

  rules.threshold = 51;
  confusion = stack_confusion(&rules, &actual_side, &predicted_side);
  assert_counts(class_counts(confusion, 2), 0, 0, 3, 3);
  ms_confusion_free(confusion);

  rules.background = 1;
  confusion = stack_confusion(&rules, &actual_side, &predicted_side);
  assert_counts(class_counts(confusion, 1), 3, 1, 1, 1);
  assert_counts(ms_confusion_counts(confusion), 0, 0, 3, 0);
  g_assert_cmpuint(ms_confusion_wrong(confusion), ==, 3);
  ms_confusion_free(confusion);

  stack_side_clear(&actual_side);
  stack_side_clear(&predicted_side);
  stack_scene_clear(&actual);
  stack_scene_clear(&predicted);
}

/* Pixels under an ignored class count nowhere. What is predicted and no class is a miss only where
 * no class is predicted beside it. */
static void
test_stacks_ignored(void)
{
  MsRules rules = stack_rules();
  StackScene actual = {0}, predicted = {0};
  StackSide actual_side, predicted_side;
  MsConfusion *confusion;

  stack_scene_add(&actual, "###...\n", 1, 1);
  stack_scene_add(&actual, "#.....\n", 8, 1);
  stack_scene_add(&actual, ".....#\n", 9, 1);
  stack_scene_add(&predicted, ".#....\n", 1, 60);
  stack_scene_add(&predicted, "######\n", 9, 60);
  stack_scene_add(&predicted, "####..\n", 8, 60);
  actual_side = stack_side(&actual);
  predicted_side = stack_side(&predicted);

  rules.ignore_unlisted = true;
  confusion = stack_confusion(&rules, &actual_side, &predicted_side);
  assert_counts(ms_confusion_counts(confusion), 1, 0, 1, 0);
  g_assert_cmpuint(ms_confusion_counts(confusion).ignored, ==, 2);
  g_assert_cmpuint(ms_confusion_counted(confusion), ==, 4);
  g_assert_cmpuint(ms_confusion_kinds(confusion).fn, ==, 3);
  g_assert_false(ms_confusion_exact(confusion));
  ms_confusion_free(confusion);
  stack_side_clear(&actual_side);
  stack_side_clear(&predicted_side);
  stack_scene_clear(&actual);
  stack_scene_clear(&predicted);
}

static void
assert_stacks_refused(MsConfusion *confusion, const StackSide *actual, const StackSide *predicted,
                      const MsStacks *actual_stacks, MsStatus want)
{
  MsJoint *joint = stack_joint(actual, predicted);
  uint32_t unknown_id = 0;

  g_assert_cmpint(
      ms_confusion_add_stacks(confusion, joint, actual_stacks, predicted->stacks, &unknown_id), ==,
      want);
  g_assert_cmpint(ms_confusion_add_stacks(confusion, joint, actual_stacks, predicted->stacks, NULL),
                  ==, want);
  g_assert_cmpuint(unknown_id, ==, want == MS_STATUS_UNKNOWN_ID ? 9 : 0);
  g_assert_cmpuint(ms_confusion_counted(confusion), ==, 0);
  ms_joint_free(joint);
}

static void
test_stacks_refused(void)
{
  MsRules rules = stack_rules(), by_ids = class_rules();
  StackScene strange = {0}, known = {0}, nothing = {.width = 3, .height = 1};
  StackSide strange_side, known_side, empty_side;
  MsConfusion *confusion, *of_ids;
  MsJoint *joint;

  stack_scene_add(&strange, ".##\n", 1, 1);
  stack_scene_add(&strange, "..#\n", 9, 1);
  stack_scene_add(&known, "##.\n", 1, 60);
  strange_side = stack_side(&strange);
  known_side = stack_side(&known);
  empty_side = stack_side(&nothing);
  g_assert_cmpint(ms_confusion_new(&rules, &confusion), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_confusion_new(&by_ids, &of_ids), ==, MS_STATUS_OK);

  assert_stacks_refused(confusion, &strange_side, &known_side, strange_side.stacks,
                        MS_STATUS_UNKNOWN_ID);
  assert_stacks_refused(confusion, &known_side, &known_side, empty_side.stacks, MS_STATUS_INVALID);
  assert_stacks_refused(of_ids, &known_side, &known_side, known_side.stacks, MS_STATUS_INVALID);
  joint = stack_joint(&known_side, &known_side);
  g_assert_cmpint(ms_confusion_add_joint(confusion, joint, NULL), ==, MS_STATUS_INVALID);
  ms_joint_free(joint);

  ms_confusion_free(confusion);
  ms_confusion_free(of_ids);
  stack_side_clear(&strange_side);
  stack_side_clear(&known_side);
  stack_side_clear(&empty_side);
  stack_scene_clear(&strange);
  stack_scene_clear(&known);
}

/* What was merged and taken off again, in any order, never was. */
static void
test_unmerge(void)
{
  enum { N_PAIRS = 9 };
  TestRandom random = {55};

  for (int round = 0; round < N_ROUNDS; round++) {
    MsRules rules = case_rules(&random);
    MsConfusion *all, *rest, *parts[N_PAIRS];
    gboolean stays[N_PAIRS];

    g_assert_cmpint(ms_confusion_new(&rules, &all), ==, MS_STATUS_OK);
    g_assert_cmpint(ms_confusion_new(&rules, &rest), ==, MS_STATUS_OK);
    for (int i = 0; i < N_PAIRS; i++) {
      CasePair pair = case_pair(&random, 0, 0);

      stays[i] = test_random_below(&random, 2) == 0;
      parts[i] = confusion_of(&rules, &pair.actual, &pair.predicted);
      g_assert_cmpint(ms_confusion_merge(all, parts[i]), ==, MS_STATUS_OK);
      if (stays[i])
        g_assert_cmpint(ms_confusion_merge(rest, parts[i]), ==, MS_STATUS_OK);
      case_pair_clear(&pair);
    }
    for (int i = N_PAIRS; i-- > 0;)
      if (!stays[i])
        g_assert_cmpint(ms_confusion_unmerge(all, parts[i]), ==, MS_STATUS_OK);
    assert_same(all, rest);
    g_assert_cmpint(ms_confusion_exact(all), ==, ms_confusion_exact(rest));
    for (int i = 0; i < N_PAIRS; i++)
      ms_confusion_free(parts[i]);
    ms_confusion_free(all);
    ms_confusion_free(rest);
  }
}

/* What cannot have been merged is refused, and changes nothing. */
static void
test_unmerge_refused(void)
{
  MsRules rules;
  MsConfusion *sum, *stranger, *before;

  ms_rules_init(&rules);
  rules.comparison = MS_COMPARE_CLASSES;
  sum = confusion_of_ascii(&rules, "0112\n", "0122\n");
  before = confusion_of_ascii(&rules, "0112\n", "0122\n");
  stranger = confusion_of_ascii(&rules, "01133\n", "01233\n");
  g_assert_cmpint(ms_confusion_unmerge(sum, stranger), ==, MS_STATUS_INVALID);
  assert_same(sum, before);
  ms_confusion_free(sum);
  ms_confusion_free(before);
  ms_confusion_free(stranger);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/metric/confusion/binary", test_binary);
  g_test_add_func("/metric/confusion/documents", test_documents);
  g_test_add_func("/metric/confusion/empty", test_empty);
  g_test_add_func("/metric/confusion/classes", test_classes);
  g_test_add_func("/metric/confusion/ignored", test_ignored);
  g_test_add_func("/metric/confusion/ignored-binary", test_ignored_binary);
  g_test_add_func("/metric/confusion/no-class", test_no_class);
  g_test_add_func("/metric/confusion/everything-ignored", test_everything_ignored);
  g_test_add_func("/metric/confusion/unknown-id", test_unknown_id);
  g_test_add_func("/metric/confusion/refused", test_refused);
  g_test_add_func("/metric/confusion/random", test_random_pairs);
  g_test_add_func("/metric/confusion/unmerge", test_unmerge);
  g_test_add_func("/metric/confusion/unmerge-refused", test_unmerge_refused);
  g_test_add_func("/metric/confusion/swap", test_swap);
  g_test_add_func("/metric/confusion/merge", test_merge);
  g_test_add_func("/metric/confusion/thresholds", test_thresholds);
  g_test_add_func("/metric/confusion/stacks", test_stacks);
  g_test_add_func("/metric/confusion/stacks-ignored", test_stacks_ignored);
  g_test_add_func("/metric/confusion/stacks-refused", test_stacks_refused);
  return g_test_run();
}
