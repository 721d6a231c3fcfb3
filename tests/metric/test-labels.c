/* SPDX-License-Identifier: MIT
 *
 * Label sets as bits, and their counts through the accumulator of masks.
 */
#include "metric/labels.h"

#include "cases.h"
#include "metric/totals.h"

static const MsRules label_rules = {.comparison = MS_COMPARE_LABELS};

/* "##..#": a column a label. */
static MsLabelSet
labels(const char *drawing)
{
  MsLabelSet set;

  g_assert_cmpint(ms_label_set_init(&set, strlen(drawing)), ==, MS_STATUS_OK);
  for (size_t i = 0; drawing[i]; i++) {
    if (drawing[i] == '#')
      ms_label_set_add(&set, i);
  }
  return set;
}

static MsConfusion *
confusion_of_labels(const MsRules *rules, const char *actual, const char *predicted)
{
  MsLabelSet actual_set = labels(actual), predicted_set = labels(predicted);
  MsConfusion *confusion;

  g_assert_cmpint(ms_confusion_new(rules, &confusion), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_confusion_add_labels(confusion, &actual_set, &predicted_set), ==,
                  MS_STATUS_OK);
  ms_label_set_clear(&actual_set);
  ms_label_set_clear(&predicted_set);
  return confusion;
}

static void
test_bits(void)
{
  static const size_t sizes[] = {0, 1, 63, 64, 65, 200};

  for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
    MsLabelSet set;

    g_assert_cmpint(ms_label_set_init(&set, sizes[i]), ==, MS_STATUS_OK);
    g_assert_cmpuint(ms_label_set_count(&set), ==, 0);
    for (size_t label = 0; label < sizes[i]; label += 3) {
      g_assert_false(ms_label_set_has(&set, label));
      ms_label_set_add(&set, label);
      ms_label_set_add(&set, label);
      g_assert_true(ms_label_set_has(&set, label));
    }
    g_assert_cmpuint(ms_label_set_count(&set), ==, (sizes[i] + 2) / 3);
    ms_label_set_clear(&set);
    g_assert_null(set.words);
  }
}

/* Happy, Fast, Melodic, Slow, Sad. */
static void
test_song(void)
{
  MsConfusion *song = confusion_of_labels(&label_rules, "###..", "##.#.");
  MsKindCounts kinds = ms_confusion_kinds(song);
  const MsClassCounts *classes;
  size_t n_classes;

  assert_counts(ms_confusion_counts(song), 2, 1, 1, 0);
  g_assert_false(ms_confusion_has_tn(song));
  assert_value(ms_confusion_score(song, MS_METRIC_IOU), 0.5);
  assert_value(ms_confusion_score(song, MS_METRIC_DICE), 2.0 / 3.0);
  assert_value(ms_confusion_score(song, MS_METRIC_ACCURACY), 3.0 / 5.0);
  assert_value(ms_confusion_score(song, MS_METRIC_EXACT_MATCH), 0);
  g_assert_cmpuint(kinds.tn, ==, 1);
  g_assert_cmpuint(ms_confusion_counted(song), ==, 5);
  g_assert_cmpuint(ms_confusion_wrong(song), ==, 2);

  classes = ms_confusion_classes(song, &n_classes);
  g_assert_cmpuint(n_classes, ==, 4);
  g_assert_cmpuint(classes[3].id, ==, 3);
  assert_counts(classes[3].counts, 0, 1, 0, 0);
  ms_confusion_free(song);
}

static void
test_set(void)
{
  static const char *const examples[][2] = {
      {"###..", "##.#."}, {"...##", "...##"}, {".....", "....."}, {"#....", "....."}};
  MsTotals *totals;
  const MsClassCounts *classes;
  size_t n_classes;

  g_assert_cmpint(ms_totals_new(&label_rules, &totals), ==, MS_STATUS_OK);
  for (size_t i = 0; i < G_N_ELEMENTS(examples); i++) {
    MsConfusion *example = confusion_of_labels(&label_rules, examples[i][0], examples[i][1]);

    g_assert_cmpint(ms_totals_add(totals, example), ==, MS_STATUS_OK);
    ms_confusion_free(example);
  }
  assert_value(ms_totals_value(totals, MS_SET_METRIC_IOU_MEAN), 0.625);
  assert_value(ms_totals_value(totals, MS_SET_METRIC_IOU_POOLED), 4.0 / 7.0);
  assert_value(ms_totals_value(totals, MS_SET_METRIC_MIOU), 0.6);
  assert_value(ms_totals_value(totals, MS_SET_METRIC_EXACT_RATIO), 0.5);
  assert_value(ms_totals_value(totals, MS_SET_METRIC_HAMMING), 17.0 / 20);
  classes = ms_confusion_classes(ms_totals_pooled(totals), &n_classes);
  g_assert_cmpuint(n_classes, ==, 5);
  assert_counts(classes[0].counts, 1, 0, 1, 2);
  assert_counts(classes[4].counts, 1, 0, 0, 3);
  ms_totals_free(totals);
}

static MsCounts
label_counts(const MsConfusion *confusion, uint32_t label)
{
  size_t n_classes;
  const MsClassCounts *classes = ms_confusion_classes(confusion, &n_classes);

  for (size_t i = 0; i < n_classes; i++) {
    if (classes[i].id == label)
      return classes[i].counts;
  }
  g_test_message("label %u is not listed", label);
  g_test_fail();
  return (MsCounts){0};
}

/* A label is listed once some example has it, and its TN are the examples where neither side does,
 * also those from before. */
static void
test_labels_that_come_late(void)
{
  MsConfusion *confusion = confusion_of_labels(&label_rules, "#....", "#....");
  MsLabelSet fourth = labels("...#."), none = labels(".....");
  size_t n_classes;

  for (int i = 0; i < 3; i++)
    g_assert_cmpint(ms_confusion_add_labels(confusion, &none, &none), ==, MS_STATUS_OK);
  ms_confusion_classes(confusion, &n_classes);
  g_assert_cmpuint(n_classes, ==, 1);
  g_assert_cmpint(ms_confusion_add_labels(confusion, &fourth, &none), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_confusion_add_labels(confusion, &none, &fourth), ==, MS_STATUS_OK);

  ms_confusion_classes(confusion, &n_classes);
  g_assert_cmpuint(n_classes, ==, 2);
  assert_counts(label_counts(confusion, 0), 1, 0, 0, 5);
  assert_counts(label_counts(confusion, 3), 0, 1, 1, 4);
  g_assert_cmpuint(ms_confusion_kinds(confusion).tn, ==, 6 * 5 - 3);
  g_assert_cmpuint(ms_confusion_counted(confusion), ==, 6 * 5);
  g_assert_cmpuint(ms_confusion_kinds(confusion).confused, ==, 0);
  ms_label_set_clear(&fourth);
  ms_label_set_clear(&none);
  ms_confusion_free(confusion);
}

static void
test_ignored_label(void)
{
  static const uint32_t ignored[] = {1, 1, 7};
  MsRules rules = label_rules;
  MsConfusion *confusion;

  rules.ignored = ignored;
  rules.n_ignored = G_N_ELEMENTS(ignored);
  confusion = confusion_of_labels(&rules, "##.", "#.#");
  assert_counts(ms_confusion_counts(confusion), 1, 1, 0, 0);
  g_assert_cmpuint(ms_confusion_counts(confusion).ignored, ==, 1);
  g_assert_cmpuint(ms_confusion_counted(confusion), ==, 2);
  ms_confusion_free(confusion);

  confusion = confusion_of_labels(&rules, ".#.", "...");
  g_assert_true(ms_confusion_exact(confusion));
  assert_value(ms_confusion_score(confusion, MS_METRIC_IOU), 1);
  g_assert_true(ms_confusion_score(confusion, MS_METRIC_IOU).by_rule);
  ms_confusion_free(confusion);
}

/* No other label can be taken for one that is not listed: it is not counted, whatever the rules say
 * of actual ids that are not. */
static void
test_unlisted_label(void)
{
  static const uint32_t listed[] = {0, 2, 9};
  MsRules rules = label_rules;

  rules.classes = listed;
  rules.n_classes = G_N_ELEMENTS(listed);
  for (int round = 0; round < 2; round++) {
    MsConfusion *confusion;

    rules.ignore_unlisted = round;
    confusion = confusion_of_labels(&rules, "##..", ".###");
    assert_counts(ms_confusion_counts(confusion), 0, 1, 1, 0);
    g_assert_cmpuint(ms_confusion_kinds(confusion).ignored, ==, 2);
    g_assert_cmpuint(ms_confusion_counted(confusion), ==, 2);
    g_assert_true(ms_rules_is_ignored(&rules, 1));
    g_assert_false(ms_rules_is_ignored(&rules, 2));
    ms_confusion_free(confusion);
  }
}

static void
test_everything_ignored(void)
{
  static const uint32_t ignored[] = {0, 1};
  MsRules rules = label_rules;
  MsConfusion *confusion;

  rules.ignored = ignored;
  rules.n_ignored = G_N_ELEMENTS(ignored);
  confusion = confusion_of_labels(&rules, "#.", ".#");
  assert_undefined(ms_confusion_score(confusion, MS_METRIC_IOU));
  assert_undefined(ms_confusion_score(confusion, MS_METRIC_ACCURACY));
  assert_value(ms_confusion_score(confusion, MS_METRIC_EXACT_MATCH), 1);
  ms_confusion_free(confusion);
}

/* Label sets under rules for rasters. */
static void
test_labels_refused(void)
{
  static const MsComparison others[] = {MS_COMPARE_BINARY, MS_COMPARE_THRESHOLD,
                                        MS_COMPARE_CLASSES};
  MsLabelSet two = labels("#."), three = labels("#..");
  MsConfusion *confusion = confusion_of_labels(&label_rules, "#.", "##");

  g_assert_cmpint(ms_confusion_add_labels(confusion, &two, &three), ==, MS_STATUS_SIZE_MISMATCH);
  g_assert_cmpint(ms_confusion_add_labels(confusion, &three, &two), ==, MS_STATUS_SIZE_MISMATCH);
  g_assert_cmpuint(ms_confusion_counted(confusion), ==, 2);
  assert_counts(label_counts(confusion, 0), 1, 0, 0, 0);
  ms_confusion_free(confusion);
  for (size_t i = 0; i < G_N_ELEMENTS(others); i++) {
    MsRules rules = {.comparison = others[i], .background = -1};

    g_assert_cmpint(ms_confusion_new(&rules, &confusion), ==, MS_STATUS_OK);
    g_assert_cmpint(ms_confusion_comparison(confusion), ==, others[i]);
    g_assert_cmpint(ms_confusion_add_labels(confusion, &two, &two), ==, MS_STATUS_INVALID);
    g_assert_cmpuint(ms_confusion_counted(confusion), ==, 0);
    ms_confusion_free(confusion);
  }
  ms_label_set_clear(&two);
  ms_label_set_clear(&three);
}

/* Rasters under rules for label sets. */
static void
test_rasters_refused(void)
{
  MsConfusion *confusion = confusion_of_labels(&label_rules, "#.", "##");
  MsRaster mask = ascii_raster("01\n", 8);
  MsJoint *joint;

  g_assert_cmpint(ms_confusion_comparison(confusion), ==, MS_COMPARE_LABELS);
  g_assert_cmpint(ms_joint_new(&joint), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_confusion_add_joint(confusion, joint, NULL), ==, MS_STATUS_INVALID);
  g_assert_cmpint(ms_joint_add(joint, &mask, &mask, NULL), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_confusion_add_joint(confusion, joint, NULL), ==, MS_STATUS_INVALID);
  g_assert_cmpint(ms_confusion_add_rasters(confusion, &mask, &mask, NULL, NULL), ==,
                  MS_STATUS_INVALID);
  g_assert_cmpuint(ms_confusion_counted(confusion), ==, 2);
  ms_joint_free(joint);
  ms_raster_clear(&mask);
  ms_confusion_free(confusion);
}

/* Whatever the rules say of a background: label 0 is a label like others. */
static void
test_no_background(void)
{
  for (int64_t background = -1; background <= 1; background++) {
    MsRules rules = {.comparison = MS_COMPARE_LABELS, .background = background};
    MsConfusion *confusion = confusion_of_labels(&rules, "##.", "#.#");
    MsTotals *totals;

    assert_counts(ms_confusion_counts(confusion), 1, 1, 1, 0);
    g_assert_cmpint(ms_totals_new(&rules, &totals), ==, MS_STATUS_OK);
    ms_totals_set_background_in_mean(totals, false);
    g_assert_cmpint(ms_totals_add(totals, confusion), ==, MS_STATUS_OK);
    assert_value(ms_totals_value(totals, MS_SET_METRIC_MIOU), 1.0 / 3);
    ms_totals_free(totals);
    ms_confusion_free(confusion);
  }
}

typedef struct {
  MsKindCounts kinds;
  MsCounts by_label[150];
} NaiveCounts;

static bool
naive_is_label(const MsRules *rules, uint32_t label)
{
  return !naive_is_in(rules->ignored, rules->n_ignored, label) &&
         (!rules->classes || naive_is_in(rules->classes, rules->n_classes, label));
}

/* One label after the other, straight from the definitions. */
static void
naive_add(const MsRules *rules, const char *actual, const char *predicted, NaiveCounts *naive)
{
  for (uint32_t i = 0; actual[i]; i++) {
    bool a = actual[i] == '#', p = predicted[i] == '#';
    bool counts = naive_is_label(rules, i);

    naive->kinds.ignored += !counts;
    naive->kinds.tp += counts && a && p;
    naive->kinds.fp += counts && !a && p;
    naive->kinds.fn += counts && a && !p;
    naive->kinds.tn += counts && !a && !p;
    naive->by_label[i].tp += counts && a && p;
    naive->by_label[i].fp += counts && !a && p;
    naive->by_label[i].fn += counts && a && !p;
    naive->by_label[i].tn += counts && !a && !p;
  }
}

static void
check_against(const NaiveCounts *naive, const MsConfusion *confusion)
{
  MsKindCounts kinds = ms_confusion_kinds(confusion);
  size_t n_classes, n_want = 0;

  g_assert_cmpmem(&kinds, sizeof kinds, &naive->kinds, sizeof naive->kinds);
  for (uint32_t i = 0; i < G_N_ELEMENTS(naive->by_label); i++) {
    const MsCounts *want = &naive->by_label[i];

    if (want->tp + want->fp + want->fn == 0)
      continue;
    assert_counts(label_counts(confusion, i), want->tp, want->fp, want->fn, want->tn);
    n_want++;
  }
  ms_confusion_classes(confusion, &n_classes);
  g_assert_cmpuint(n_classes, ==, n_want);
}

static void
draw_labels(TestRandom *random, uint32_t one_in, char *drawing)
{
  for (; *drawing; drawing++)
    *drawing = test_random_below(random, one_in) ? '.' : '#';
}

/* Sets over several words, in two heaps that are merged, against counting one by one. */
static void
test_random_sets(void)
{
  static const uint32_t ignored[] = {0, 3, 63, 64, 149}, listed[] = {0, 1, 2, 3, 62, 63, 64, 130};
  TestRandom random = {31};

  for (int round = 0; round < 300; round++) {
    size_t n_labels = test_random_below(&random, 150);
    g_autofree char *actual = g_strnfill(n_labels, '#');
    g_autofree char *predicted = g_strnfill(n_labels, '#');
    int n_examples = (int)test_random_below(&random, 8);
    MsRules rules = label_rules;
    NaiveCounts naive = {0};
    MsConfusion *heaps[2];

    rules.ignored = test_random_below(&random, 2) ? ignored : NULL;
    rules.n_ignored = rules.ignored ? G_N_ELEMENTS(ignored) : 0;
    rules.classes = test_random_below(&random, 2) ? listed : NULL;
    rules.n_classes = rules.classes ? G_N_ELEMENTS(listed) : 0;
    for (int i = 0; i < 2; i++)
      g_assert_cmpint(ms_confusion_new(&rules, &heaps[i]), ==, MS_STATUS_OK);
    for (int i = 0; i < n_examples; i++) {
      MsConfusion *example;

      draw_labels(&random, 2 + (uint32_t)round % 30, actual);
      draw_labels(&random, 2 + (uint32_t)round % 30, predicted);
      naive_add(&rules, actual, predicted, &naive);
      example = confusion_of_labels(&rules, actual, predicted);
      g_assert_cmpint(ms_confusion_merge(heaps[i % 2], example), ==, MS_STATUS_OK);
      ms_confusion_free(example);
    }
    g_assert_cmpint(ms_confusion_merge(heaps[round % 2], heaps[1 - round % 2]), ==, MS_STATUS_OK);
    check_against(&naive, heaps[round % 2]);
    ms_confusion_free(heaps[0]);
    ms_confusion_free(heaps[1]);
  }
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/metric/labels/bits", test_bits);
  g_test_add_func("/metric/labels/song", test_song);
  g_test_add_func("/metric/labels/set", test_set);
  g_test_add_func("/metric/labels/late", test_labels_that_come_late);
  g_test_add_func("/metric/labels/ignored", test_ignored_label);
  g_test_add_func("/metric/labels/unlisted", test_unlisted_label);
  g_test_add_func("/metric/labels/everything-ignored", test_everything_ignored);
  g_test_add_func("/metric/labels/labels-refused", test_labels_refused);
  g_test_add_func("/metric/labels/rasters-refused", test_rasters_refused);
  g_test_add_func("/metric/labels/no-background", test_no_background);
  g_test_add_func("/metric/labels/random", test_random_sets);
  return g_test_run();
}
