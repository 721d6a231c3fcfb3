/* SPDX-License-Identifier: MIT
 *
 * The map of kinds: drawn by hand, pixel by pixel against the definition, and in its sums against
 * the counts.
 */
#include "metric/kinds.h"

#include "metric/paths.h"
#include "stack-cases.h"

/* '.' TN, '+' TP, 'P' FP, 'N' FN, 'x' confused, '?' ignored. */
static char
kind_letter(uint8_t kind)
{
  switch (kind) {
  case MS_KIND_TN:
    return '.';
  case MS_KIND_TP:
    return '+';
  case MS_KIND_FP:
    return 'P';
  case MS_KIND_FN:
    return 'N';
  case MS_KIND_CONFUSED:
    return 'x';
  case MS_KIND_IGNORED:
    return '?';
  default:
    return '!';
  }
}

static void
assert_source(const MsKindsSource *source, const char *want)
{
  int width = source->actual->width, height = source->actual->height;
  g_autofree uint8_t *kinds = g_malloc((size_t)width * (size_t)height);
  g_autoptr(GString) got = g_string_new(NULL);

  g_assert_cmpint(ms_kinds_paint(source, 0, height, kinds, width), ==, MS_STATUS_OK);
  for (int i = 0; i < width * height; i++) {
    g_string_append_c(got, kind_letter(kinds[i]));
    if ((i + 1) % width == 0)
      g_string_append_c(got, '\n');
  }
  g_assert_cmpstr(got->str, ==, want);
}

/* In all depths, which are painted in different ways. */
static void
assert_focused(const MsRules *rules, const MsFocus *focus, const char *actual_text,
               const char *predicted_text, const char *want)
{
  static const int depths[] = {8, 16, 32};

  for (size_t i = 0; i < G_N_ELEMENTS(depths); i++) {
    MsRaster actual = ascii_raster(actual_text, depths[i]);
    MsRaster predicted = ascii_raster(predicted_text, depths[i]);

    assert_source(
        &(MsKindsSource){
            .rules = rules, .actual = &actual, .predicted = &predicted, .focus = *focus},
        want);
    ms_raster_clear(&actual);
    ms_raster_clear(&predicted);
  }
}

static void
assert_painted(const MsRules *rules, const char *actual_text, const char *predicted_text,
               const char *want)
{
  assert_focused(rules, &MS_FOCUS_ALL, actual_text, predicted_text, want);
}

static void
test_binary(void)
{
  MsRules rules;

  ms_rules_init(&rules);
  assert_painted(&rules, "..##\n..#?\n", ".5#.\n..##\n", ".P+N\n..++\n");
}

static void
test_threshold(void)
{
  MsRules rules;

  ms_rules_init(&rules);
  rules.comparison = MS_COMPARE_THRESHOLD;
  rules.threshold = 5;
  assert_painted(&rules, "..##\n..##\n", "4567\n567?\n", "..++\n.P++\n");
  rules.threshold = 255;
  assert_painted(&rules, ".#\n", "??\n", ".N\n");
}

static void
test_classes(void)
{
  static const uint32_t ignored[] = {255}, classes[] = {0, 1, 2, 3};
  MsRules rules = {.comparison = MS_COMPARE_CLASSES,
                   .ignored = ignored,
                   .n_ignored = 1,
                   .classes = classes,
                   .n_classes = 4};

  assert_painted(&rules, "0 0 0 1 1 1 ? ? 0 1 9\n", /* actual */
                 "0 2 9 1 0 2 0 ? ? ? 0\n",         /* predicted */
                 ".PN+Nx??NN?\n");
  rules.background = -1;
  assert_painted(&rules, "0011\n", "0201\n", "+xx+\n");
}

#define FOCUS_ACTUAL    "0 0 0 0 1 1 1 1 2 2 2 2 3 ? ? 1 9\n"
#define FOCUS_PREDICTED "0 1 2 9 0 1 2 9 0 1 2 3 3 1 0 ? 1\n"

static MsRules
focus_rules(void)
{
  static const uint32_t ignored[] = {255}, classes[] = {0, 1, 2, 3};

  return (MsRules){.comparison = MS_COMPARE_CLASSES,
                   .ignored = ignored,
                   .n_ignored = 1,
                   .classes = classes,
                   .n_classes = 4,
                   .ignore_unlisted = true};
}

static void
test_solo(void)
{
  static const uint32_t hidden[] = {0, 1};
  MsRules rules = focus_rules();

  assert_focused(&rules, &(MsFocus){.solo = 1}, FOCUS_ACTUAL, FOCUS_PREDICTED,
                 ".P..N+NN.P...??N?\n");
  assert_focused(&rules, &(MsFocus){.solo = 0}, FOCUS_ACTUAL, FOCUS_PREDICTED,
                 "+NNNP...P....??.?\n");
  assert_focused(&rules, &(MsFocus){.solo = 255}, FOCUS_ACTUAL, FOCUS_PREDICTED,
                 ".............??.?\n");
  assert_focused(&rules, &(MsFocus){.solo = 1, .hidden = hidden, .n_hidden = 2}, FOCUS_ACTUAL,
                 FOCUS_PREDICTED, ".P..N+NN.P...??N?\n");
}

static void
test_hidden(void)
{
  static const uint32_t hidden[] = {1, 9, 255};
  MsRules rules = focus_rules();
  MsFocus focus = {.solo = -1, .hidden = hidden, .n_hidden = 3};

  assert_painted(&rules, FOCUS_ACTUAL, FOCUS_PREDICTED, ".PPNN+xNNx+x+??N?\n");
  assert_focused(&rules, &focus, FOCUS_ACTUAL, FOCUS_PREDICTED, "..PN....N.+x+??.?\n");
  rules.background = -1;
  assert_focused(&rules, &focus, FOCUS_ACTUAL, FOCUS_PREDICTED, "+.xN....x.+x+??.?\n");
}

/* One class alone: the focus has nothing to say. */
static void
test_focus_of_one_class(void)
{
  static const uint32_t hidden[] = {0, 1}, ignored[] = {255};
  MsRules rules = {.comparison = MS_COMPARE_BINARY};

  for (int round = 0; round < 2; round++) {
    assert_focused(&rules, &(MsFocus){.solo = 3, .hidden = hidden, .n_hidden = 2}, "..##\n",
                   ".#.#\n", ".PN+\n");
    rules.ignored = ignored;
    rules.n_ignored = 1;
  }
}

static void
test_stacks(void)
{
  static const uint32_t ignored[] = {8}, classes[] = {1, 2, 3}, hidden[] = {2};
  MsRules rules = {.comparison = MS_COMPARE_STACKS,
                   .background = -1,
                   .threshold = 50,
                   .ignored = ignored,
                   .n_ignored = 1,
                   .classes = classes,
                   .n_classes = 3};
  StackScene actual = {0}, predicted = {0};
  StackSide actual_side, predicted_side;
  MsKindsSource source = {.rules = &rules, .focus = MS_FOCUS_ALL};

  stack_scene_add(&actual, "..######..##..\n", 1, 1);
  stack_scene_add(&actual, ".....####...#.\n", 2, 1);
  stack_scene_add(&actual, ".........#...#\n", 8, 1);
  stack_scene_add(&predicted, ".##..##....#..\n", 1, 51);
  stack_scene_add(&predicted, "...#..###..##.\n", 2, 90);
  stack_scene_add(&predicted, "....#...#..#..\n", 3, 50);
  stack_scene_add(&predicted, "........#..#.#\n", 3, 60);
  stack_scene_add(&predicted, "#..........#..\n", 9, 99);
  actual_side = stack_side(&actual);
  predicted_side = stack_side(&predicted);
  source.actual = &actual_side.raster;
  source.predicted = &predicted_side.raster;
  source.actual_stacks = actual_side.stacks;
  source.predicted_stacks = predicted_side.stacks;
  assert_source(&source, "NP+xNN+NP?NP+?\n");
  source.focus.solo = 1;
  assert_source(&source, ".P+NN++N.?N+.?\n");
  source.focus = (MsFocus){.solo = -1, .hidden = hidden, .n_hidden = 1};
  assert_source(&source, "NP+.N++..?N..?\n");
  rules.background = 1;
  source.focus = MS_FOCUS_ALL;
  assert_source(&source, "N..P.N++P?.P+?\n");
  source.focus.solo = 1;
  assert_source(&source, ".P+NN++N.?N+.?\n");
  stack_side_clear(&actual_side);
  stack_side_clear(&predicted_side);
  stack_scene_clear(&actual);
  stack_scene_clear(&predicted);
}

/* Any focus: mostly all classes. */
static MsFocus
random_focus(TestRandom *random)
{
  static const uint32_t hidden[] = {0, 1, 2, 4, 5};
  MsFocus focus = MS_FOCUS_ALL;
  uint32_t first = test_random_below(random, G_N_ELEMENTS(hidden));

  if (test_random_below(random, 3) == 0)
    focus.solo = test_random_below(random, 5);
  if (test_random_below(random, 2)) {
    focus.hidden = hidden + first;
    focus.n_hidden = 1 + test_random_below(random, (uint32_t)G_N_ELEMENTS(hidden) - first);
  }
  return focus;
}

/* Of ids: what is looked at of an id, then its kind as ever. */
static MsKind
naive_focused_kind(const MsKindsSource *source, uint32_t a, uint32_t p)
{
  const MsRules *rules = source->rules;
  const MsFocus *focus = &source->focus;
  MsKind kind = naive_kind(rules, a, p);
  bool p_is_class = !naive_is_in(rules->ignored, rules->n_ignored, p) &&
                    (!rules->classes || naive_is_in(rules->classes, rules->n_classes, p));
  bool hides_a = a != rules->background && naive_is_in(focus->hidden, focus->n_hidden, a);
  bool hides_p =
      p_is_class && p != rules->background && naive_is_in(focus->hidden, focus->n_hidden, p);

  if (kind == MS_KIND_IGNORED || rules->comparison != MS_COMPARE_CLASSES)
    return kind;
  if (focus->solo >= 0) {
    if (a == focus->solo)
      return p == focus->solo ? MS_KIND_TP : MS_KIND_FN;
    return p == focus->solo && p_is_class ? MS_KIND_FP : MS_KIND_TN;
  }
  return hides_a || hides_p ? MS_KIND_TN : kind;
}

static void
check_rows(const MsKindsSource *source, int first, int n_rows, const uint8_t *kinds, size_t stride)
{
  int width = source->actual->width, height = source->actual->height;

  for (int y = 0; y < height; y++) {
    for (size_t x = 0; x < stride; x++) {
      bool painted = y < n_rows && x < (size_t)width;
      uint8_t want = 0xee;

      if (painted)
        want = (uint8_t)naive_focused_kind(source, ms_raster_get(source->actual, (int)x, first + y),
                                           ms_raster_get(source->predicted, (int)x, first + y));
      g_assert_cmpuint(kinds[(size_t)y * stride + x], ==, want);
    }
  }
}

static void
test_random_pairs(void)
{
  TestRandom random = {41};
  const MsKernels *kernels;

  for (int round = 0; round < 600; round++) {
    CasePair pair = case_pair(&random, round % 2 ? 8 : 0, round % 2 ? 8 : 0);
    MsRules rules = case_rules(&random);
    MsKindsSource source = {.rules = &rules,
                            .actual = &pair.actual,
                            .predicted = &pair.predicted,
                            .focus = MS_FOCUS_ALL};
    int width = pair.actual.width, height = pair.actual.height;
    int first = (int)test_random_below(&random, (uint32_t)height);
    int n_rows = (int)test_random_below(&random, (uint32_t)(height - first) + 1);
    size_t stride = (size_t)width + test_random_below(&random, 9);
    g_autofree uint8_t *kinds = g_malloc(stride * (size_t)height);

    if (round % 4 > 1)
      source.focus = random_focus(&random);
    for (size_t k = 0; (kernels = ms_kernels_nth(k)); k++) {
      memset(kinds, 0xee, stride * (size_t)height);
      g_assert_cmpint(
          ms_kinds_paint_with(kernels, &source, first, n_rows, kinds, (ptrdiff_t)stride), ==,
          MS_STATUS_OK);
      check_rows(&source, first, n_rows, kinds, stride);
    }
    case_pair_clear(&pair);
  }
}

static MsKindCounts
painted_counts(const MsKindsSource *source)
{
  size_t n_pixels = (size_t)source->actual->width * (size_t)source->actual->height;
  g_autofree uint8_t *kinds = g_malloc(n_pixels);
  MsKindCounts counts = {0};

  g_assert_cmpint(ms_kinds_paint(source, 0, source->actual->height, kinds, source->actual->width),
                  ==, MS_STATUS_OK);
  for (size_t i = 0; i < n_pixels; i++) {
    counts.tp += kinds[i] == MS_KIND_TP;
    counts.tn += kinds[i] == MS_KIND_TN;
    counts.fp += kinds[i] == MS_KIND_FP;
    counts.fn += kinds[i] == MS_KIND_FN;
    counts.confused += kinds[i] == MS_KIND_CONFUSED;
    counts.ignored += kinds[i] == MS_KIND_IGNORED;
  }
  return counts;
}

static void
assert_kind_counts(const MsKindCounts *got, const MsKindCounts *want)
{
  g_assert_cmpmem(got, sizeof *got, want, sizeof *want);
}

/* A soloed class shows its own counts. */
static void
check_solo(const MsKindsSource *source, const MsConfusion *confusion, MsJoint *joint)
{
  MsKindsSource soloed = *source;
  size_t n_classes;
  const MsClassCounts *classes = ms_confusion_classes(confusion, &n_classes);

  for (size_t i = 0; i < MIN(n_classes, 20); i++) {
    const MsCounts *counts = &classes[i].counts;
    MsKindCounts want = {.tp = counts->tp,
                         .fp = counts->fp,
                         .fn = counts->fn,
                         .tn = counts->tn,
                         .ignored = ms_confusion_kinds(confusion).ignored};
    MsKindCounts got;

    soloed.focus = (MsFocus){.solo = classes[i].id};
    g_assert_cmpint(ms_kinds_count(&soloed, joint, &got), ==, MS_STATUS_OK);
    assert_kind_counts(&got, &want);
    got = painted_counts(&soloed);
    assert_kind_counts(&got, &want);
  }
}

/* Hiding classes takes from every kind but the true negatives, of which stacks may agree. */
static void
check_hiding(const MsKindCounts *all, const MsKindCounts *some, const MsRules *rules)
{
  g_assert_cmpuint(some->fp, <=, all->fp);
  g_assert_cmpuint(some->fn, <=, all->fn);
  g_assert_cmpuint(some->confused, <=, all->confused);
  g_assert_cmpuint(some->ignored, ==, all->ignored);
  g_assert_true(rules->comparison == MS_COMPARE_STACKS || some->tp <= all->tp);
}

/* What is painted, what is counted of it and what the confusion says. */
static void
check_sums(TestRandom *random, MsKindsSource *source, const MsConfusion *confusion, MsJoint *joint)
{
  MsKindCounts scored = ms_confusion_kinds(confusion), painted, counted;

  source->focus = MS_FOCUS_ALL;
  painted = painted_counts(source);
  g_assert_cmpint(ms_kinds_count(source, joint, &counted), ==, MS_STATUS_OK);
  assert_kind_counts(&painted, &scored);
  assert_kind_counts(&counted, &scored);
  if (ms_comparison_has_classes(source->rules->comparison))
    check_solo(source, confusion, joint);

  source->focus = random_focus(random);
  painted = painted_counts(source);
  g_assert_cmpint(ms_kinds_count(source, joint, &counted), ==, MS_STATUS_OK);
  assert_kind_counts(&counted, &painted);
  if (source->focus.solo < 0)
    check_hiding(&scored, &counted, source->rules);
}

/* What is seen is what is scored. */
static void
test_sums(void)
{
  TestRandom random = {42};

  for (int round = 0; round < 300; round++) {
    CasePair pair = case_pair(&random, 0, 0);
    MsRules rules = case_rules(&random);
    MsKindsSource source = {.rules = &rules, .actual = &pair.actual, .predicted = &pair.predicted};
    MsConfusion *confusion = confusion_of(&rules, &pair.actual, &pair.predicted);
    MsJoint *joint;

    g_assert_cmpint(ms_joint_new(&joint), ==, MS_STATUS_OK);
    g_assert_cmpint(ms_joint_add(joint, &pair.actual, &pair.predicted, NULL), ==, MS_STATUS_OK);
    check_sums(&random, &source, confusion, joint);
    ms_joint_free(joint);
    ms_confusion_free(confusion);
    case_pair_clear(&pair);
  }
}

static void
check_stack_pixels(const MsKindsSource *source, const StackScene *actual,
                   const StackScene *predicted)
{
  int width = source->actual->width, height = source->actual->height;
  g_autofree uint8_t *kinds = g_malloc((size_t)width * (size_t)height);

  g_assert_cmpint(ms_kinds_paint(source, 0, height, kinds, width), ==, MS_STATUS_OK);
  for (int y = 0; y < height; y++) {
    for (int x = 0; x < width; x++) {
      NaiveStackPixel pixel = naive_stack_pixel(source->rules, actual, predicted, x, y);

      g_assert_cmpuint(kinds[y * width + x], ==,
                       naive_stack_kind(&pixel, source->rules, &source->focus));
    }
  }
}

static void
test_random_stacks(void)
{
  TestRandom random = {43};

  for (int round = 0; round < 200; round++) {
    int width = 1 + (int)test_random_below(&random, 30);
    int height = 1 + (int)test_random_below(&random, 20);
    StackScene actual = stack_scene_random(&random, width, height);
    StackScene predicted = stack_scene_random(&random, width, height);
    StackSide actual_side = stack_side(&actual), predicted_side = stack_side(&predicted);
    MsRules rules = stack_rules_random(&random);
    MsConfusion *confusion = stack_confusion(&rules, &actual_side, &predicted_side);
    MsJoint *joint = stack_joint(&actual_side, &predicted_side);
    MsKindsSource source = {.rules = &rules,
                            .actual = &actual_side.raster,
                            .predicted = &predicted_side.raster,
                            .actual_stacks = actual_side.stacks,
                            .predicted_stacks = predicted_side.stacks,
                            .focus = random_focus(&random)};

    check_stack_pixels(&source, &actual, &predicted);
    check_sums(&random, &source, confusion, joint);
    ms_joint_free(joint);
    ms_confusion_free(confusion);
    stack_side_clear(&actual_side);
    stack_side_clear(&predicted_side);
    stack_scene_clear(&actual);
    stack_scene_clear(&predicted);
  }
}

static void
assert_refused(const MsKindsSource *source, int first_row, int n_rows, MsStatus want)
{
  uint8_t kinds[4] = {7, 7, 7, 7};

  g_assert_cmpint(ms_kinds_paint(source, first_row, n_rows, kinds, 2), ==, want);
  g_assert_cmpuint(kinds[0], ==, 7);
}

static void
assert_not_counted(const MsKindsSource *source)
{
  MsKindCounts counts = {.tp = 7};
  MsJoint *joint;

  g_assert_cmpint(ms_joint_new(&joint), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_joint_add(joint, source->actual, source->predicted, NULL), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_kinds_count(source, joint, &counts), ==, MS_STATUS_INVALID);
  g_assert_cmpuint(counts.tp, ==, 7);
  ms_joint_free(joint);
}

static void
test_refused(void)
{
  MsRaster mask = ascii_raster("12\n34\n", 8), wider = ascii_raster("123\n345\n", 8);
  MsRules rules;
  MsKindsSource source = {
      .rules = &rules, .actual = &mask, .predicted = &wider, .focus = MS_FOCUS_ALL};

  ms_rules_init(&rules);
  assert_refused(&source, 0, 2, MS_STATUS_SIZE_MISMATCH);
  source.predicted = &mask;
  assert_refused(&source, 1, 2, MS_STATUS_INVALID);
  assert_refused(&source, -1, 1, MS_STATUS_INVALID);
  rules.comparison = MS_COMPARE_LABELS;
  assert_refused(&source, 0, 2, MS_STATUS_INVALID);
  assert_not_counted(&source);
  ms_raster_clear(&mask);
  ms_raster_clear(&wider);
}

/* Numbers of stacks that are not there, and stacks left out. */
static void
test_refused_stacks(void)
{
  MsRaster mask = ascii_raster("12\n34\n", 8), numbers;
  MsRules rules = {.comparison = MS_COMPARE_STACKS, .background = -1};
  MsStacks *stacks;
  MsKindsSource source = {
      .rules = &rules, .actual = &mask, .predicted = &mask, .focus = MS_FOCUS_ALL};

  assert_refused(&source, 0, 2, MS_STATUS_INVALID);
  g_assert_cmpint(ms_stacks_from_ids(&mask, 4, &numbers, &stacks), ==, MS_STATUS_OK);
  source.actual_stacks = stacks;
  assert_not_counted(&source);
  source.predicted_stacks = stacks;
  assert_refused(&source, 0, 2, MS_STATUS_INVALID);
  assert_not_counted(&source);
  source.actual = &numbers;
  assert_refused(&source, 0, 2, MS_STATUS_INVALID);
  assert_refused(&source, 1, 1, MS_STATUS_INVALID);
  assert_not_counted(&source);
  source.actual = &mask;
  source.predicted = &numbers;
  assert_refused(&source, 0, 2, MS_STATUS_INVALID);
  assert_not_counted(&source);
  source.actual = &numbers;
  assert_source(&source, "++\n+.\n");
  ms_stacks_free(stacks);
  ms_raster_clear(&numbers);
  ms_raster_clear(&mask);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/metric/kinds/binary", test_binary);
  g_test_add_func("/metric/kinds/threshold", test_threshold);
  g_test_add_func("/metric/kinds/classes", test_classes);
  g_test_add_func("/metric/kinds/solo", test_solo);
  g_test_add_func("/metric/kinds/hidden", test_hidden);
  g_test_add_func("/metric/kinds/focus-of-one-class", test_focus_of_one_class);
  g_test_add_func("/metric/kinds/stacks", test_stacks);
  g_test_add_func("/metric/kinds/random", test_random_pairs);
  g_test_add_func("/metric/kinds/random-stacks", test_random_stacks);
  g_test_add_func("/metric/kinds/sums", test_sums);
  g_test_add_func("/metric/kinds/refused", test_refused);
  g_test_add_func("/metric/kinds/refused-stacks", test_refused_stacks);
  return g_test_run();
}
