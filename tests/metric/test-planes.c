/* SPDX-License-Identifier: MIT
 *
 * Class numbers: drawn by hand, pixel by pixel against the definition, and what mending is worth
 * against a pair that was mended.
 */
#include "metric/planes.h"

#include "metric/confusion.h"
#include "stack-cases.h"

static MsPlanes
planes_of(const MsKindsSource *source)
{
  MsPlanes planes;

  g_assert_cmpint(ms_planes_init(&planes, source, NULL), ==, MS_STATUS_OK);
  return planes;
}

static char *
draw_numbers(const MsRaster *raster)
{
  GString *text = g_string_new(NULL);

  for (int y = 0; y < raster->height; y++) {
    for (int x = 0; x < raster->width; x++) {
      uint32_t number = ms_raster_get(raster, x, y);

      g_string_append_c(text, number == 0 ? '.' : (char)('0' + number));
    }
    g_string_append_c(text, '\n');
  }
  return g_string_free(text, FALSE);
}

static void
assert_numbers(const MsPlanes *planes, const char *actual, const char *predicted)
{
  g_autofree char *got_actual = draw_numbers(&planes->actual);
  g_autofree char *got_predicted = draw_numbers(&planes->predicted);

  g_assert_cmpstr(got_actual, ==, actual);
  g_assert_cmpstr(got_predicted, ==, predicted);
}

/* In all depths; ids: those of numbers 1 to n_ids. */
static void
assert_planes(const MsRules *rules, const MsFocus *focus, const char *actual_text,
              const char *predicted_text, const char *actual_numbers, const char *predicted_numbers,
              const uint32_t *ids, uint32_t n_ids)
{
  static const int depths[] = {8, 16, 32};

  for (size_t i = 0; i < 9; i++) {
    MsRaster actual = ascii_raster(actual_text, depths[i / 3]);
    MsRaster predicted = ascii_raster(predicted_text, depths[i % 3]);
    MsPlanes planes = planes_of(&(MsKindsSource){
        .rules = rules, .actual = &actual, .predicted = &predicted, .focus = *focus});

    assert_numbers(&planes, actual_numbers, predicted_numbers);
    g_assert_cmpuint(planes.n_numbers, ==, n_ids + 1);
    g_assert_cmpuint(ms_planes_id(&planes, 0), ==, MS_NO_CLASS);
    for (uint32_t number = 1; number <= n_ids; number++) {
      g_assert_cmpuint(ms_planes_id(&planes, number), ==, ids[number - 1]);
      g_assert_cmpuint(ms_planes_number(&planes, ids[number - 1]), ==, number);
    }
    g_assert_cmpuint(ms_planes_number(&planes, 77), ==, 0);
    ms_planes_clear(&planes);
    ms_raster_clear(&actual);
    ms_raster_clear(&predicted);
  }
}

static void
test_binary(void)
{
  static const uint32_t ignored[] = {255}, ids[] = {MS_FOREGROUND_ID};
  MsRules rules;

  ms_rules_init(&rules);
  rules.ignored = ignored;
  rules.n_ignored = 1;
  assert_planes(&rules, &MS_FOCUS_ALL, "..##?#\n..#?..\n", ".5#.#5\n..####\n", /* */
                "..11.1\n..1...\n", ".11..1\n..1.11\n", ids, 1);
  rules.comparison = MS_COMPARE_THRESHOLD;
  rules.threshold = 5;
  assert_planes(&rules, &MS_FOCUS_ALL, "..##?#\n", "567859\n", "..11.1\n", ".111.1\n", ids, 1);
}

static const uint32_t class_ids[] = {0, 1, 2, 3, 4}, void_id[] = {255};

static MsRules
class_rules(void)
{
  return (MsRules){.comparison = MS_COMPARE_CLASSES,
                   .ignored = void_id,
                   .n_ignored = 1,
                   .classes = class_ids,
                   .n_classes = G_N_ELEMENTS(class_ids)};
}

/* Class 3 occurs under an ignored pixel alone, 9 is no class. */
static void
test_classes(void)
{
  static const uint32_t ids[] = {1, 2, 4}, all[] = {0, 1};
  MsRules rules = class_rules();

  assert_planes(&rules, &MS_FOCUS_ALL, "0 0 1 1 4 ? ? 2\n", "0 1 2 9 4 1 3 0\n", /* */
                "..113..2\n", ".12.3...\n", ids, 3);
  rules.background = -1;
  assert_planes(&rules, &MS_FOCUS_ALL, "0011\n", "0101\n", "1122\n", "1212\n", all, 2);
}

/* Hidden classes keep their numbers; a class alone has number 1. */
static void
test_focus(void)
{
  static const uint32_t ids[] = {1, 2}, alone[] = {2}, hidden[] = {1};
  MsRules rules = class_rules();
  MsFocus hides = {.solo = -1, .hidden = hidden, .n_hidden = 1}, solo = {.solo = 2};

  assert_planes(&rules, &hides, "0 1 2 2 ?\n", "1 2 1 0 2\n", ".122.\n", "121..\n", ids, 2);
  assert_planes(&rules, &solo, "0 1 2 2 ?\n", "1 2 1 0 2\n", "..11.\n", ".1...\n", alone, 1);
}

/* Two overlapping objects are a third class, which is no class of its own. */
static void
test_stacks(void)
{
  MsRules rules = {.comparison = MS_COMPARE_STACKS, .threshold = 50, .background = -1};
  StackScene scenes[2] = {{.n_objects = 0}, {.n_objects = 0}};
  StackSide actual, predicted;
  MsMend mend = {0};
  MsPlanes planes;

  stack_scene_add(&scenes[0], "###...\n", 5, 60);
  stack_scene_add(&scenes[0], ".####.\n", 8, 90);
  stack_scene_add(&scenes[1], "####..\n", 5, 60);
  stack_scene_add(&scenes[1], ".#####\n", 8, 40);
  stack_scene_add(&scenes[1], "....##\n", 8, 51);
  actual = stack_side(&scenes[0]);
  predicted = stack_side(&scenes[1]);
  planes = planes_of(&(MsKindsSource){.rules = &rules,
                                      .actual = &actual.raster,
                                      .predicted = &predicted.raster,
                                      .actual_stacks = actual.stacks,
                                      .predicted_stacks = predicted.stacks,
                                      .focus = MS_FOCUS_ALL});
  assert_numbers(&planes, "12233.\n", "111133\n");
  g_assert_cmpuint(planes.n_numbers, ==, 4);
  g_assert_cmpuint(ms_planes_id(&planes, 1), ==, 5);
  g_assert_cmpuint(ms_planes_id(&planes, 2), ==, 8);
  g_assert_cmpuint(ms_planes_id(&planes, 3), ==, 8);
  g_assert_cmpuint(ms_planes_number(&planes, 8), ==, 3);
  g_assert_cmpuint(ms_planes_number(&planes, 6), ==, 0);

  ms_planes_mend(&planes, MS_KIND_FN, 2, 1, 3, &mend);
  g_assert_true(mend.pixels == 3 && mend.fp == 0 && mend.fn == 3);
  ms_planes_mend(&planes, MS_KIND_CONFUSED, 3, 1, 1, &mend);
  g_assert_true(mend.pixels == 4 && mend.fp == 1 && mend.fn == 4);
  ms_planes_mend(&planes, MS_KIND_FN, 2, 0, 1, &mend);
  g_assert_true(mend.pixels == 5 && mend.fp == 1 && mend.fn == 6);
  ms_planes_mend(&planes, MS_KIND_TP, 2, 2, 9, &mend);
  g_assert_true(mend.pixels == 5 && mend.fp == 1 && mend.fn == 6);
  ms_planes_clear(&planes);
  for (int i = 0; i < 2; i++)
    stack_scene_clear(&scenes[i]);
  stack_side_clear(&actual);
  stack_side_clear(&predicted);
}

static void
test_mend_apply(void)
{
  MsCounts counts = {.tp = 10, .fp = 4, .fn = 3, .tn = 20};

  assert_counts(ms_mend_apply(&counts, &(MsMend){.pixels = 3, .fp = 1, .fn = 2}, true), 12, 3, 1,
                21);
  assert_counts(ms_mend_apply(&counts, &(MsMend){.pixels = 2, .fp = 2, .fn = 2}, false), 12, 2, 1,
                20);
  assert_counts(ms_mend_apply(&counts, &(MsMend){.pixels = 99, .fp = 50, .fn = 49}, true), 13, 0, 0,
                24);
}

/* The mends of all wrong pixels leave nothing wrong in the counts. */
static void
assert_mends_all(const MsPlanes *planes, const MsCounts *counts, bool has_tn)
{
  MsMend mend = {0};
  MsCounts mended;

  for (int y = 0; y < planes->height; y++) {
    for (int x = 0; x < planes->width; x++)
      ms_planes_mend(planes, (MsKind)ms_raster_get(&planes->kinds, x, y),
                     ms_raster_get(&planes->actual, x, y), ms_raster_get(&planes->predicted, x, y),
                     1, &mend);
  }
  g_assert_cmpuint(mend.fp, ==, counts->fp);
  g_assert_cmpuint(mend.fn, ==, counts->fn);
  mended = ms_mend_apply(counts, &mend, has_tn);
  g_assert_cmpuint(mended.tp, ==, counts->tp + counts->fn);
  g_assert_cmpuint(mended.tn, ==, counts->tn + (has_tn ? counts->fp : 0));
}

/* The id of a pixel's class by the rules; MS_NO_CLASS: none. */
static uint32_t
naive_id(const MsRules *rules, uint32_t sample, bool ignored)
{
  bool listed = !rules->classes || naive_is_in(rules->classes, rules->n_classes, sample);

  if (ignored || !listed || sample == rules->background ||
      naive_is_in(rules->ignored, rules->n_ignored, sample))
    return MS_NO_CLASS;
  return sample;
}

static void
assert_naive(const MsPlanes *planes, const MsRules *rules, const CasePair *pair)
{
  for (int y = 0; y < planes->height; y++) {
    for (int x = 0; x < planes->width; x++) {
      uint32_t a = ms_raster_get(&pair->actual, x, y), p = ms_raster_get(&pair->predicted, x, y);
      uint32_t actual = ms_raster_get(&planes->actual, x, y);
      uint32_t predicted = ms_raster_get(&planes->predicted, x, y);
      MsKind kind = naive_kind(rules, a, p);
      bool ignored = kind == MS_KIND_IGNORED;

      g_assert_cmpint(ms_raster_get(&planes->kinds, x, y), ==, kind);
      g_assert_true(actual < planes->n_numbers && predicted < planes->n_numbers);
      if (rules->comparison == MS_COMPARE_CLASSES) {
        g_assert_cmpuint(ms_planes_id(planes, actual), ==, naive_id(rules, a, ignored));
        g_assert_cmpuint(ms_planes_id(planes, predicted), ==, naive_id(rules, p, ignored));
      } else {
        g_assert_cmpuint(actual, ==, kind == MS_KIND_TP || kind == MS_KIND_FN);
        g_assert_cmpuint(predicted, ==, kind == MS_KIND_TP || kind == MS_KIND_FP);
      }
    }
  }
}

static void
test_random_pairs(void)
{
  TestRandom random = {.state = 601};

  for (int i = 0; i < 600; i++) {
    CasePair pair = case_pair(&random, 0, 0);
    MsRules rules = case_rules(&random);
    MsPlanes planes = planes_of(&(MsKindsSource){.rules = &rules,
                                                 .actual = &pair.actual,
                                                 .predicted = &pair.predicted,
                                                 .focus = MS_FOCUS_ALL});

    assert_naive(&planes, &rules, &pair);
    if (!rules.classes || rules.comparison != MS_COMPARE_CLASSES) {
      MsConfusion *confusion = confusion_of(&rules, &pair.actual, &pair.predicted);
      MsCounts counts = ms_confusion_counts(confusion);

      assert_mends_all(&planes, &counts, ms_confusion_has_tn(confusion));
      ms_confusion_free(confusion);
    }
    ms_planes_clear(&planes);
    case_pair_clear(&pair);
  }
}

static void
test_random_stacks(void)
{
  TestRandom random = {.state = 602};

  for (int i = 0; i < 200; i++) {
    int width = 1 + (int)test_random_below(&random, 40), height = 1 + i % 9;
    StackScene scenes[2] = {stack_scene_random(&random, width, height),
                            stack_scene_random(&random, width, height)};
    StackSide actual = stack_side(&scenes[0]), predicted = stack_side(&scenes[1]);
    MsRules rules = stack_rules_random(&random);
    MsConfusion *confusion = stack_confusion(&rules, &actual, &predicted);
    MsCounts counts = ms_confusion_counts(confusion);
    MsPlanes planes = planes_of(&(MsKindsSource){.rules = &rules,
                                                 .actual = &actual.raster,
                                                 .predicted = &predicted.raster,
                                                 .actual_stacks = actual.stacks,
                                                 .predicted_stacks = predicted.stacks,
                                                 .focus = MS_FOCUS_ALL});

    assert_mends_all(&planes, &counts, false);
    ms_confusion_free(confusion);
    ms_planes_clear(&planes);
    for (int side = 0; side < 2; side++)
      stack_scene_clear(&scenes[side]);
    stack_side_clear(&actual);
    stack_side_clear(&predicted);
  }
}

/* As many classes as need wider numbers: n ids in a row, from `first` on. */
static void
assert_many(uint32_t n_ids, uint32_t first, uint32_t step, int want_bits)
{
  MsRules rules = {.comparison = MS_COMPARE_CLASSES, .background = -1};
  MsRaster actual, predicted;
  MsPlanes planes;

  g_assert_cmpint(ms_raster_init(&actual, (int)n_ids, 1, 32), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_raster_init(&predicted, (int)n_ids, 1, 32), ==, MS_STATUS_OK);
  for (uint32_t i = 0; i < n_ids; i++) {
    ascii_set(&actual, (int)i, 0, first + i * step);
    ascii_set(&predicted, (int)i, 0, first + (n_ids - 1 - i) * step);
  }
  planes = planes_of(&(MsKindsSource){
      .rules = &rules, .actual = &actual, .predicted = &predicted, .focus = MS_FOCUS_ALL});
  g_assert_cmpuint(planes.n_numbers, ==, n_ids + 1);
  g_assert_cmpint(planes.actual.bits, ==, want_bits);
  g_assert_cmpint(planes.predicted.bits, ==, want_bits);
  for (uint32_t i = 0; i < n_ids; i++) {
    g_assert_cmpuint(ms_raster_get(&planes.actual, (int)i, 0), ==, i + 1);
    g_assert_cmpuint(ms_raster_get(&planes.predicted, (int)i, 0), ==, n_ids - i);
  }
  ms_planes_clear(&planes);
  ms_raster_clear(&actual);
  ms_raster_clear(&predicted);
}

static void
test_many_classes(void)
{
  assert_many(255, 0, 1, 8);
  assert_many(256, 0, 1, 16);
  assert_many(65535, 0, 1, 16);
  assert_many(65536, 0, 1, 32);
  assert_many(255, 5, 1u << 23, 8);
  assert_many(70000, UINT32_MAX - 69999 * 7, 7, 32);
}

typedef struct {
  int n_left;
} Patience;

static bool
lose_patience(void *user, double fraction)
{
  Patience *patience = user;

  g_assert_cmpfloat(fraction, >=, 0);
  g_assert_cmpfloat(fraction, <=, 1);
  return patience->n_left-- > 0;
}

static void
test_errors(void)
{
  MsRules rules = class_rules(), labels = {.comparison = MS_COMPARE_LABELS};
  MsRaster actual = ascii_raster("0123\n", 8), predicted = ascii_raster("0123\n", 32);
  MsRaster other = ascii_raster("012\n", 8);
  MsKindsSource source = {
      .rules = &rules, .actual = &actual, .predicted = &predicted, .focus = MS_FOCUS_ALL};
  MsStatus status = MS_STATUS_CANCELLED;
  MsPlanes planes;
  int n_asked = 0;

  for (; status == MS_STATUS_CANCELLED; n_asked++) {
    Patience patience = {.n_left = n_asked};

    status =
        ms_planes_init(&planes, &source, &(MsControl){.go_on = lose_patience, .user = &patience});
    if (status == MS_STATUS_CANCELLED)
      g_assert_true(!planes.kinds.owned && !planes.classes && planes.width == 0);
  }
  g_assert_cmpint(status, ==, MS_STATUS_OK);
  g_assert_cmpint(n_asked, ==, 6);
  ms_planes_clear(&planes);
  ms_planes_clear(&planes);

  source.predicted = &other;
  g_assert_cmpint(ms_planes_init(&planes, &source, NULL), ==, MS_STATUS_SIZE_MISMATCH);
  source.predicted = &predicted;
  source.rules = &labels;
  g_assert_cmpint(ms_planes_init(&planes, &source, NULL), ==, MS_STATUS_INVALID);
  g_assert_null(planes.kinds.owned);
  ms_raster_clear(&actual);
  ms_raster_clear(&predicted);
  ms_raster_clear(&other);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/metric/planes/binary", test_binary);
  g_test_add_func("/metric/planes/classes", test_classes);
  g_test_add_func("/metric/planes/focus", test_focus);
  g_test_add_func("/metric/planes/stacks", test_stacks);
  g_test_add_func("/metric/planes/mend-apply", test_mend_apply);
  g_test_add_func("/metric/planes/random-pairs", test_random_pairs);
  g_test_add_func("/metric/planes/random-stacks", test_random_stacks);
  g_test_add_func("/metric/planes/many-classes", test_many_classes);
  g_test_add_func("/metric/planes/errors", test_errors);
  return g_test_run();
}
