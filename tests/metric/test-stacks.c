/* SPDX-License-Identifier: MIT
 *
 * Stacks: drawn by hand, then random objects against naive ones pixel by pixel, then what must hold
 * whatever the objects are: their order does not show, and a threshold is as good as painting
 * only what survives it.
 */
#include "metric/stacks.h"

#include "stack-cases.h"

#define N_ROUNDS 150

static int64_t
score_in(const MsStacks *stacks, uint32_t stack, uint32_t class_id)
{
  size_t n_items;
  const MsStackItem *items = ms_stacks_items(stacks, stack, &n_items);

  for (size_t i = 0; i < n_items; i++) {
    if (items[i].class_id == class_id)
      return items[i].score;
  }
  return -1;
}

/* want: "class:score class:score" */
static void
assert_stack(const MsStacks *stacks, uint32_t stack, const char *want)
{
  g_autoptr(GString) got = g_string_new(NULL);
  size_t n_items;
  const MsStackItem *items = ms_stacks_items(stacks, stack, &n_items);

  for (size_t i = 0; i < n_items; i++)
    g_string_append_printf(got, "%s%u:%u", i ? " " : "", items[i].class_id, items[i].score);
  g_assert_cmpstr(got->str, ==, want);
}

static void
assert_raster(const MsRaster *raster, const char *text)
{
  MsRaster want = ascii_raster(text, 32);

  g_assert_cmpint(raster->width, ==, want.width);
  g_assert_cmpint(raster->height, ==, want.height);
  g_assert_cmpint(raster->bits, ==, 32);
  for (int y = 0; y < want.height; y++)
    g_assert_cmpmem(ms_raster_row(raster, y), (size_t)want.width * 4, ms_raster_row(&want, y),
                    (size_t)want.width * 4);
  ms_raster_clear(&want);
}

static void
test_by_hand(void)
{
  StackScene scene = {0};
  StackSide side;

  stack_scene_add(&scene, ".##..\n.##..\n.##..\n", 5, 100);
  stack_scene_add(&scene, ".....\n..##.\n..##.\n", 3, 50);
  stack_scene_add(&scene, ".....\n.....\n.##.#\n", 5, 200);
  stack_scene_add(&scene, ".....\n....#\n.##.#\n", 5, 40);
  side = stack_side(&scene);
  assert_raster(&side.raster, ".11..\n.1234\n.5635\n");
  g_assert_cmpuint(ms_stacks_count(side.stacks), ==, 7);
  assert_stack(side.stacks, 0, "");
  assert_stack(side.stacks, 1, "5:100");
  assert_stack(side.stacks, 2, "3:50 5:100");
  assert_stack(side.stacks, 3, "3:50");
  assert_stack(side.stacks, 4, "5:40");
  assert_stack(side.stacks, 5, "5:200");
  assert_stack(side.stacks, 6, "3:50 5:200");
  stack_side_clear(&side);
  stack_scene_clear(&scene);
}

/* Pieces of an object may meet; what is covered whole leaves no stack behind. */
static void
test_overpainted(void)
{
  MsStackPainter *painter;
  StackSide side;

  g_assert_cmpint(ms_stack_painter_new(3, 2, &painter), ==, MS_STATUS_OK);
  ms_stack_painter_begin(painter, 9, 1);
  for (int x = 0; x < 3; x++) {
    g_assert_cmpint(ms_stack_painter_column(painter, x, 0, 2), ==, MS_STATUS_OK);
    g_assert_cmpint(ms_stack_painter_column(painter, x, 1, 1), ==, MS_STATUS_OK);
    g_assert_cmpint(ms_stack_painter_column(painter, x, 2, 0), ==, MS_STATUS_OK);
  }
  ms_stack_painter_begin(painter, 9, MS_STACK_MAXIMUM);
  for (int x = 0; x < 3; x++)
    g_assert_cmpint(ms_stack_painter_column(painter, x, 0, 2), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_stack_painter_finish(painter, &side.raster, &side.stacks), ==, MS_STATUS_OK);
  assert_raster(&side.raster, "111\n111\n");
  g_assert_cmpuint(ms_stacks_count(side.stacks), ==, 2);
  assert_stack(side.stacks, 1, "9:2147483648");
  g_assert_cmpuint(ms_stacks_bytes(side.stacks), >=, sizeof(MsStackItem));
  g_assert_cmpuint(ms_stacks_bytes(side.stacks), <=, 128);
  stack_side_clear(&side);
}

static void
test_nothing_painted(void)
{
  StackScene scene = {.width = 2, .height = 1};
  StackSide side = stack_side(&scene);

  assert_raster(&side.raster, "..\n");
  g_assert_cmpuint(ms_stacks_count(side.stacks), ==, 1);
  stack_side_clear(&side);
  ms_stacks_free(NULL);
  ms_stack_painter_free(NULL);
}

static void
test_scores(void)
{
  g_assert_cmpuint(ms_stack_score(0), ==, 1);
  g_assert_cmpuint(ms_stack_score(-1), ==, 1);
  g_assert_cmpuint(ms_stack_score(1e-12), ==, 1);
  g_assert_cmpuint(ms_stack_score(0.5), ==, MS_STACK_MAXIMUM / 2);
  g_assert_cmpuint(ms_stack_score(1), ==, MS_STACK_MAXIMUM);
  g_assert_cmpuint(ms_stack_score(7), ==, MS_STACK_MAXIMUM);
  g_assert_cmpuint(ms_stack_score(0.0 / 0.0), ==, 1);
  g_assert_cmpuint(ms_stack_score(0), >, ms_threshold_sample(0, MS_STACK_MAXIMUM));
  g_assert_cmpuint(ms_stack_score(0.05), ==, ms_threshold_sample(0.05, MS_STACK_MAXIMUM));
  g_assert_cmpuint(ms_stack_score(0.0500000006), >, ms_threshold_sample(0.05, MS_STACK_MAXIMUM));
}

static void
test_ids(void)
{
  static const int depths[] = {8, 16, 32};

  for (size_t i = 0; i < G_N_ELEMENTS(depths); i++) {
    MsRaster ids = ascii_raster("00770\n3?700\n", depths[i]);
    StackSide side;

    g_assert_cmpint(ms_stacks_from_ids(&ids, 0, &side.raster, &side.stacks), ==, MS_STATUS_OK);
    assert_raster(&side.raster, "..11.\n231..\n");
    g_assert_cmpuint(ms_stacks_count(side.stacks), ==, 4);
    assert_stack(side.stacks, 1, "7:2147483648");
    assert_stack(side.stacks, 2, "3:2147483648");
    assert_stack(side.stacks, 3, "255:2147483648");
    stack_side_clear(&side);

    g_assert_cmpint(ms_stacks_from_ids(&ids, -1, &side.raster, &side.stacks), ==, MS_STATUS_OK);
    assert_raster(&side.raster, "11221\n34211\n");
    assert_stack(side.stacks, 1, "0:2147483648");
    stack_side_clear(&side);
    ms_raster_clear(&ids);
  }
}

/* Numbers in the order of the rows, none twice, none left over. */
static void
check_numbers(const StackSide *side)
{
  uint32_t last = 0;

  for (int y = 0; y < side->raster.height; y++) {
    for (int x = 0; x < side->raster.width; x++) {
      uint32_t stack = ms_raster_get(&side->raster, x, y);

      g_assert_cmpuint(stack, <=, last + 1);
      last = MAX(last, stack);
    }
  }
  g_assert_cmpuint(ms_stacks_count(side->stacks), ==, last + 1);
}

static bool
same_items(const MsStacks *stacks, uint32_t left, uint32_t right)
{
  size_t n_left, n_right;
  const MsStackItem *l = ms_stacks_items(stacks, left, &n_left);
  const MsStackItem *r = ms_stacks_items(stacks, right, &n_right);

  return n_left == n_right && memcmp(l, r, n_left * sizeof *l) == 0;
}

static void
check_against_naive(const StackScene *scene, const StackSide *side)
{
  for (int y = 0; y < scene->height; y++) {
    for (int x = 0; x < scene->width; x++) {
      uint32_t stack = ms_raster_get(&side->raster, x, y);
      size_t n_items, n_want = 0;
      const MsStackItem *items = ms_stacks_items(side->stacks, stack, &n_items);

      for (uint32_t id = 0; id < N_STACK_CLASSES; id++) {
        int64_t want = naive_stack_score(scene, x, y, id);

        g_assert_cmpint(score_in(side->stacks, stack, id), ==, want);
        n_want += want >= 0;
      }
      g_assert_cmpuint(n_items, ==, n_want);
      for (size_t i = 1; i < n_items; i++)
        g_assert_cmpuint(items[i - 1].class_id, <, items[i].class_id);
    }
  }
}

static void
test_random_objects(void)
{
  TestRandom random = {81};

  for (int round = 0; round < N_ROUNDS; round++) {
    int width = 1 + (int)test_random_below(&random, 40);
    StackScene scene = stack_scene_random(&random, width, 1 + (int)test_random_below(&random, 40));
    StackSide side = stack_side(&scene);
    size_t n_stacks = ms_stacks_count(side.stacks);

    check_numbers(&side);
    check_against_naive(&scene, &side);
    for (uint32_t i = 1; i < n_stacks; i++)
      g_assert_false(same_items(side.stacks, i - 1, i));
    for (int i = 0; i < 200; i++) {
      uint32_t left = test_random_below(&random, (uint32_t)n_stacks);
      uint32_t right = test_random_below(&random, (uint32_t)n_stacks);

      g_assert_true(left == right || !same_items(side.stacks, left, right));
    }
    stack_side_clear(&side);
    stack_scene_clear(&scene);
  }
}

static void
assert_same_sides(const StackSide *left, const StackSide *right)
{
  size_t n_stacks = ms_stacks_count(left->stacks);

  g_assert_cmpuint(ms_stacks_count(right->stacks), ==, n_stacks);
  for (int y = 0; y < left->raster.height; y++) {
    for (int x = 0; x < left->raster.width; x++)
      g_assert_cmpuint(ms_raster_get(&left->raster, x, y), ==, ms_raster_get(&right->raster, x, y));
  }
  for (uint32_t i = 0; i < n_stacks; i++) {
    size_t n_left, n_right;
    const MsStackItem *l = ms_stacks_items(left->stacks, i, &n_left);
    const MsStackItem *r = ms_stacks_items(right->stacks, i, &n_right);

    g_assert_cmpmem(l, n_left * sizeof *l, r, n_right * sizeof *r);
  }
}

static void
shuffle(TestRandom *random, StackScene *scene)
{
  for (size_t i = scene->n_objects; i > 1; i--) {
    size_t other = test_random_below(random, (uint32_t)i);
    StackObject object = scene->objects[i - 1];

    scene->objects[i - 1] = scene->objects[other];
    scene->objects[other] = object;
  }
}

static void
test_order(void)
{
  TestRandom random = {82};

  for (int round = 0; round < N_ROUNDS; round++) {
    StackScene scene = stack_scene_random(&random, 37, 23);
    StackSide side = stack_side(&scene), other;

    shuffle(&random, &scene);
    other = stack_side(&scene);
    assert_same_sides(&side, &other);
    stack_side_clear(&side);
    stack_side_clear(&other);
    stack_scene_clear(&scene);
  }
}

/* Noise over noise: every object makes a new stack of nearly every pixel, and most stacks that ever
 * were are of use to nobody. */
static void
test_many_stacks(void)
{
  TestRandom random = {83};
  StackScene scene = {.width = 80, .height = 90, .n_objects = MAX_STACK_OBJECTS};
  StackSide side, other;

  for (size_t i = 0; i < scene.n_objects; i++) {
    scene.objects[i] =
        (StackObject){case_raster(&random, 80, 90, 8, 2, 2), (uint32_t)i % N_STACK_CLASSES,
                      test_random_below(&random, 1000)};
  }
  side = stack_side(&scene);
  g_assert_cmpuint(ms_stacks_count(side.stacks), >, 80 * 90 / 2);
  g_assert_cmpuint(ms_stacks_bytes(side.stacks), <, 80 * 90 * (N_STACK_CLASSES * 8 + 4));
  check_numbers(&side);
  check_against_naive(&scene, &side);
  shuffle(&random, &scene);
  other = stack_side(&scene);
  assert_same_sides(&side, &other);
  stack_side_clear(&side);
  stack_side_clear(&other);
  for (size_t i = 0; i < scene.n_objects; i++)
    case_clear(&scene.objects[i].shape);
}

static void
test_refused(void)
{
  static const int outside[][3] = {{-1, 0, 1}, {3, 0, 1}, {0, -1, 1}, {0, 0, 3},
                                   {0, 2, 1},  {0, 3, 0}, {0, 0, -1}, {0, G_MAXINT, G_MAXINT}};
  MsStackPainter *painter;
  StackSide side;

  g_assert_cmpint(ms_stack_painter_new(0, 1, &painter), ==, MS_STATUS_INVALID);
  g_assert_cmpint(ms_stack_painter_new(1, MS_RASTER_MAX_SIDE + 1, &painter), ==,
                  MS_STATUS_TOO_LARGE);
  g_assert_cmpint(ms_stack_painter_new(3, 2, &painter), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_stack_painter_column(painter, 0, 0, 1), ==, MS_STATUS_INVALID);
  ms_stack_painter_begin(painter, 1, 1);
  for (size_t i = 0; i < G_N_ELEMENTS(outside); i++)
    g_assert_cmpint(ms_stack_painter_column(painter, outside[i][0], outside[i][1], outside[i][2]),
                    ==, MS_STATUS_INVALID);
  for (uint32_t id = 2; id <= MS_STACK_MAX_CLASSES; id++) {
    ms_stack_painter_begin(painter, id * 7919 % 104729, id);
    g_assert_cmpint(ms_stack_painter_column(painter, 2, 1, 1), ==, MS_STATUS_OK);
  }
  ms_stack_painter_begin(painter, 200001, 1);
  g_assert_cmpint(ms_stack_painter_column(painter, 2, 1, 1), ==, MS_STATUS_OK);
  ms_stack_painter_begin(painter, 200000, 1);
  g_assert_cmpint(ms_stack_painter_column(painter, 2, 1, 1), ==, MS_STATUS_TOO_LARGE);
  g_assert_cmpint(ms_stack_painter_column(painter, 1, 1, 1), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_stack_painter_finish(painter, &side.raster, &side.stacks), ==, MS_STATUS_OK);
  assert_raster(&side.raster, "...\n.12\n");
  stack_side_clear(&side);

  g_assert_cmpint(ms_stack_painter_new(1, 1, &painter), ==, MS_STATUS_OK);
  ms_stack_painter_free(painter);
}

static void
assert_tally(const MsClassCounts *class_counts, const StackScene *actual,
             const StackScene *predicted, const MsRules *rules)
{
  MsCounts want = {0};

  for (int y = 0; y < actual->height; y++) {
    for (int x = 0; x < actual->width; x++) {
      NaiveStackPixel pixel = naive_stack_pixel(rules, actual, predicted, x, y);
      bool a = pixel.actual >> class_counts->id & 1, p = pixel.predicted >> class_counts->id & 1;

      if (pixel.ignored)
        continue;
      want.tp += a && p;
      want.fp += !a && p;
      want.fn += a && !p;
      want.tn += !a && !p;
    }
  }
  assert_counts(class_counts->counts, want.tp, want.fp, want.fn, want.tn);
}

static void
check_counts(const MsRules *rules, const StackScene *actual, const StackScene *predicted,
             const MsConfusion *confusion)
{
  size_t n_classes;
  const MsClassCounts *classes = ms_confusion_classes(confusion, &n_classes);
  MsCounts sum = {0};
  bool exact = true;

  for (size_t i = 0; i < n_classes; i++) {
    assert_tally(&classes[i], actual, predicted, rules);
    g_assert_cmpuint(classes[i].counts.tp + classes[i].counts.fp + classes[i].counts.fn, >, 0);
    g_assert_true(i == 0 || classes[i - 1].id < classes[i].id);
    if (classes[i].id != rules->background)
      ms_counts_add(&sum, &classes[i].counts);
  }
  assert_counts(ms_confusion_counts(confusion), sum.tp, sum.fp, sum.fn, 0);
  for (int y = 0; y < actual->height; y++) {
    for (int x = 0; x < actual->width; x++) {
      NaiveStackPixel pixel = naive_stack_pixel(rules, actual, predicted, x, y);
      uint32_t differs = pixel.actual ^ pixel.predicted;

      if (rules->background >= 0)
        differs &= ~(1u << rules->background);
      exact &= pixel.ignored || (!differs && !pixel.no_class);
    }
  }
  g_assert_true(ms_confusion_exact(confusion) == exact);
}

static void
test_random_counts(void)
{
  TestRandom random = {84};

  for (int round = 0; round < N_ROUNDS; round++) {
    StackScene actual = stack_scene_random(&random, 19, 13);
    StackScene predicted = stack_scene_random(&random, 19, 13);
    StackSide actual_side = stack_side(&actual), predicted_side = stack_side(&predicted);
    MsRules rules = stack_rules_random(&random);
    MsConfusion *confusion = stack_confusion(&rules, &actual_side, &predicted_side);

    check_counts(&rules, &actual, &predicted, confusion);
    ms_confusion_free(confusion);
    stack_side_clear(&actual_side);
    stack_side_clear(&predicted_side);
    stack_scene_clear(&actual);
    stack_scene_clear(&predicted);
  }
}

static void
assert_same_confusions(const MsConfusion *left, const MsConfusion *right)
{
  MsKindCounts left_kinds = ms_confusion_kinds(left), right_kinds = ms_confusion_kinds(right);
  size_t n_left, n_right;
  const MsClassCounts *l = ms_confusion_classes(left, &n_left);
  const MsClassCounts *r = ms_confusion_classes(right, &n_right);

  g_assert_cmpmem(&left_kinds, sizeof left_kinds, &right_kinds, sizeof right_kinds);
  g_assert_cmpuint(n_left, ==, n_right);
  for (size_t i = 0; i < n_left; i++) {
    g_assert_cmpuint(l[i].id, ==, r[i].id);
    g_assert_cmpmem(&l[i].counts, sizeof l[i].counts, &r[i].counts, sizeof r[i].counts);
  }
}

static void
test_thresholds(void)
{
  TestRandom random = {85};

  for (int round = 0; round < 20; round++) {
    StackScene actual = stack_scene_random(&random, 29, 17);
    StackScene predicted = stack_scene_random(&random, 29, 17);
    StackSide actual_side = stack_side(&actual), predicted_side = stack_side(&predicted);
    MsRules rules = stack_rules_random(&random), zero = rules;

    zero.threshold = 0;
    for (uint32_t threshold = 0; threshold <= 110; threshold += 5) {
      StackSide survivors = stack_side_above(&predicted, threshold);
      MsConfusion *repainted = stack_confusion(&zero, &actual_side, &survivors), *swept;

      rules.threshold = threshold;
      swept = stack_confusion(&rules, &actual_side, &predicted_side);
      assert_same_confusions(swept, repainted);
      ms_confusion_free(swept);
      ms_confusion_free(repainted);
      stack_side_clear(&survivors);
    }
    stack_side_clear(&actual_side);
    stack_side_clear(&predicted_side);
    stack_scene_clear(&actual);
    stack_scene_clear(&predicted);
  }
}

/* Where every pixel has one class at most, stacks count as ids do. */
static void
test_as_ids(void)
{
  TestRandom random = {86};

  for (int round = 0; round < N_ROUNDS; round++) {
    CasePair pair = case_pair(&random, 0, 0);
    MsRules rules = case_rules(&random), stacked;
    StackSide actual, predicted;
    MsConfusion *by_ids, *by_stacks;

    rules.comparison = MS_COMPARE_CLASSES;
    rules.threshold = 0;
    stacked = rules;
    stacked.comparison = MS_COMPARE_STACKS;
    by_ids = confusion_of(&rules, &pair.actual, &pair.predicted);
    g_assert_cmpint(ms_stacks_from_ids(&pair.actual, -1, &actual.raster, &actual.stacks), ==,
                    MS_STATUS_OK);
    g_assert_cmpint(ms_stacks_from_ids(&pair.predicted, -1, &predicted.raster, &predicted.stacks),
                    ==, MS_STATUS_OK);
    by_stacks = stack_confusion(&stacked, &actual, &predicted);
    assert_same_confusions(by_ids, by_stacks);
    ms_confusion_free(by_ids);
    ms_confusion_free(by_stacks);
    stack_side_clear(&actual);
    stack_side_clear(&predicted);
    case_pair_clear(&pair);
  }
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/metric/stacks/by-hand", test_by_hand);
  g_test_add_func("/metric/stacks/overpainted", test_overpainted);
  g_test_add_func("/metric/stacks/nothing-painted", test_nothing_painted);
  g_test_add_func("/metric/stacks/scores", test_scores);
  g_test_add_func("/metric/stacks/ids", test_ids);
  g_test_add_func("/metric/stacks/random", test_random_objects);
  g_test_add_func("/metric/stacks/order", test_order);
  g_test_add_func("/metric/stacks/many", test_many_stacks);
  g_test_add_func("/metric/stacks/refused", test_refused);
  g_test_add_func("/metric/stacks/counts", test_random_counts);
  g_test_add_func("/metric/stacks/thresholds", test_thresholds);
  g_test_add_func("/metric/stacks/as-ids", test_as_ids);
  return g_test_run();
}
