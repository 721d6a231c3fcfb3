/* SPDX-License-Identifier: MIT
 *
 * Label sets as bits, and their counts through the accumulator of masks.
 */
#include "metric/labels.h"

#include "cases.h"
#include "metric/totals.h"

static const MsRules label_rules = {.comparison = MS_COMPARE_CLASSES, .background = -1};

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
  classes = ms_confusion_classes(ms_totals_pooled(totals), &n_classes);
  g_assert_cmpuint(n_classes, ==, 5);
  assert_counts(classes[0].counts, 1, 0, 1, 2);
  assert_counts(classes[4].counts, 1, 0, 0, 3);
  ms_totals_free(totals);
}

static void
test_ignored_label(void)
{
  static const uint32_t ignored[] = {1};
  MsRules rules = label_rules;
  MsConfusion *confusion;

  rules.ignored = ignored;
  rules.n_ignored = 1;
  confusion = confusion_of_labels(&rules, "##.", "#.#");
  assert_counts(ms_confusion_counts(confusion), 1, 1, 0, 0);
  g_assert_cmpuint(ms_confusion_counts(confusion).ignored, ==, 1);
  g_assert_cmpuint(ms_confusion_counted(confusion), ==, 2);
  ms_confusion_free(confusion);
}

static void
test_refused(void)
{
  MsLabelSet two = labels("#."), three = labels("#..");
  MsRules binary, with_background = label_rules;
  MsConfusion *confusion;

  ms_rules_init(&binary);
  with_background.background = 0;
  g_assert_cmpint(ms_confusion_new(&label_rules, &confusion), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_confusion_add_labels(confusion, &two, &three), ==, MS_STATUS_SIZE_MISMATCH);
  g_assert_cmpuint(ms_confusion_counted(confusion), ==, 0);
  ms_confusion_free(confusion);
  g_assert_cmpint(ms_confusion_new(&binary, &confusion), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_confusion_add_labels(confusion, &two, &two), ==, MS_STATUS_INVALID);
  ms_confusion_free(confusion);
  g_assert_cmpint(ms_confusion_new(&with_background, &confusion), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_confusion_add_labels(confusion, &two, &two), ==, MS_STATUS_INVALID);
  ms_confusion_free(confusion);
  ms_label_set_clear(&two);
  ms_label_set_clear(&three);
}

/* As many labels as there are, over several words, against counting one by one. */
static void
test_random_sets(void)
{
  TestRandom random = {31};

  for (int round = 0; round < 200; round++) {
    size_t n_labels = test_random_below(&random, 150);
    g_autofree char *actual = g_strnfill(n_labels, '.');
    g_autofree char *predicted = g_strnfill(n_labels, '.');
    uint64_t tp = 0, fp = 0, fn = 0;
    MsConfusion *confusion;

    for (size_t i = 0; i < n_labels; i++) {
      actual[i] = test_random_below(&random, 3) ? '.' : '#';
      predicted[i] = test_random_below(&random, 3) ? actual[i] : '#';
      tp += actual[i] == '#' && predicted[i] == '#';
      fp += actual[i] != '#' && predicted[i] == '#';
      fn += actual[i] == '#' && predicted[i] != '#';
    }
    confusion = confusion_of_labels(&label_rules, actual, predicted);
    assert_counts(ms_confusion_counts(confusion), tp, fp, fn, 0);
    g_assert_cmpuint(ms_confusion_counted(confusion), ==, n_labels);
    g_assert_true(ms_confusion_exact(confusion) == (fp + fn == 0));
    g_assert_true(ms_confusion_score(confusion, MS_METRIC_IOU).defined == (n_labels > 0));
    ms_confusion_free(confusion);
  }
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/metric/labels/bits", test_bits);
  g_test_add_func("/metric/labels/song", test_song);
  g_test_add_func("/metric/labels/set", test_set);
  g_test_add_func("/metric/labels/ignored", test_ignored_label);
  g_test_add_func("/metric/labels/refused", test_refused);
  g_test_add_func("/metric/labels/random", test_random_sets);
  return g_test_run();
}
