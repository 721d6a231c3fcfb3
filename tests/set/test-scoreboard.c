/* SPDX-License-Identifier: MIT
 *
 * Scoreboards of sets whose manifest names the same few masks again and again: mask K is right in K
 * of ten pixels, so that examples have the IoU K / 10. Then of the sample sets and of a real one.
 */
#include "set/option-values.h"
#include "set/scoreboard.h"

#include "support/data.h"
#include "support/masks.h"
#include "support/totals.h"

/* Longest wait for something that another thread does; reaching it fails the test. */
#define PATIENCE (60 * G_TIME_SPAN_SECOND)

typedef struct {
  TestFolder folder;
  MsOptions *options;
  GString *manifest;
  guint n_rows;
} Fixture;

static void
set_up(Fixture *fixture, gconstpointer data)
{
  fixture->folder = test_folder_new();
  fixture->options = ms_options_new();
  fixture->options->set = test_path(&fixture->folder, "set.csv");
  fixture->manifest = g_string_new("example,actual,predicted:one,predicted:two,split,group\n");
  test_write_run(&fixture->folder, "actual.png", 10, 1, 0, 10);
  for (int k = 0; k <= 10; k++) {
    g_autofree char *name = g_strdup_printf("%d.png", k);
    test_write_run(&fixture->folder, name, 10, 1, 0, k);
  }
}

static void
tear_down(Fixture *fixture, gconstpointer data)
{
  test_folder_clear(&fixture->folder);
  ms_options_free(fixture->options);
  g_string_free(fixture->manifest, TRUE);
}

/* An example a digit, "x" for 10; both models predict the same. split and group may be "". */
static void
add_examples(Fixture *fixture, const char *digits, const char *split, const char *group)
{
  for (const char *c = digits; *c; c++) {
    int k = *c == 'x' ? 10 : *c - '0';

    g_string_append_printf(fixture->manifest, "e%06u,actual.png,%d.png,%d.png,%s,%s\n",
                           fixture->n_rows++, k, k, split, group);
  }
}

static MsEvaluation *
open_evaluation(const MsOptions *options)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MsSet) set = ms_set_open(options, NULL, NULL, NULL, &error);

  g_assert_no_error(error);
  return ms_evaluation_new(set);
}

static MsEvaluation *
open_fixture(Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  g_file_set_contents(fixture->options->set, fixture->manifest->str, -1, &error);
  g_assert_no_error(error);
  return open_evaluation(fixture->options);
}

static void
run(MsEvaluation *evaluation)
{
  g_autoptr(GError) error = NULL;

  ms_evaluation_run(evaluation, 0, NULL, NULL, NULL, &error);
  g_assert_no_error(error);
}

static MsScoreboard *
compute_board(MsEvaluation *evaluation, guint model, gboolean draw)
{
  g_autoptr(MsScoreboardJob) job = ms_scoreboard_prepare(evaluation, model, draw);
  g_autoptr(GError) error = NULL;
  MsScoreboard *board = ms_scoreboard_compute(job, NULL, &error);

  g_assert_no_error(error);
  return board;
}

static MsScoreboard *
compute(MsEvaluation *evaluation, guint model)
{
  return compute_board(evaluation, model, TRUE);
}

static MsScoreboard *
compute_fixture(Fixture *fixture)
{
  g_autoptr(MsEvaluation) evaluation = open_fixture(fixture);

  run(evaluation);
  return compute(evaluation, 0);
}

static const MsAdvice *
find_kind(const MsScoreboard *board, MsAdviceKind kind)
{
  for (guint i = 0; i < board->advice->len; i++) {
    const MsAdvice *advice = g_ptr_array_index(board->advice, i);
    if (advice->kind == kind)
      return advice;
  }
  g_error("there is no %s", ms_advice_kind_id(kind));
}

static double
width_of(const MsInterval *interval)
{
  g_assert_cmpint(interval->method, !=, MS_INTERVAL_NONE);
  return interval->high - interval->low;
}

static void
assert_same(const MsScoreboard *one, const MsScoreboard *other)
{
  g_assert_cmpuint(one->standings->len, ==, other->standings->len);
  for (guint i = 0; i < one->standings->len; i++) {
    const MsStanding *a = &g_array_index(one->standings, MsStanding, i);
    const MsStanding *b = &g_array_index(other->standings, MsStanding, i);

    g_assert_cmpstr(a->split, ==, b->split);
    for (guint metric = 0; metric < MS_N_SET_METRICS; metric++) {
      g_assert_cmpint(a->intervals[metric].method, ==, b->intervals[metric].method);
      g_assert_cmpfloat(a->intervals[metric].low, ==, b->intervals[metric].low);
      g_assert_cmpfloat(a->intervals[metric].high, ==, b->intervals[metric].high);
    }
  }
  for (guint i = 0; i < one->advice->len; i++)
    g_assert_cmpstr(((MsAdvice *)g_ptr_array_index(one->advice, i))->evidence, ==,
                    ((MsAdvice *)g_ptr_array_index(other->advice, i))->evidence);
}

/* --- values and intervals --------------------------------------------------------------------- */

static void
assert_pooled(const MsConfusion *pooled, const MsConfusion *expected)
{
  size_t n, n_expected;
  const MsClassCounts *classes = ms_confusion_classes(pooled, &n);
  const MsClassCounts *expected_classes = ms_confusion_classes(expected, &n_expected);
  MsKindCounts kinds = ms_confusion_kinds(pooled), expected_kinds = ms_confusion_kinds(expected);

  g_assert_cmpmem(&kinds, sizeof kinds, &expected_kinds, sizeof kinds);
  g_assert_cmpuint(n, ==, n_expected);
  for (size_t i = 0; i < n; i++) {
    g_assert_cmpuint(classes[i].id, ==, expected_classes[i].id);
    g_assert_cmpmem(&classes[i].counts, sizeof(MsCounts), &expected_classes[i].counts,
                    sizeof(MsCounts));
  }
}

static void
assert_standing(MsEvaluation *evaluation, const MsStanding *standing)
{
  MsTally tally;
  g_autoptr(MsTotals) totals = test_evaluation_totals(evaluation, 0, standing->split, &tally);

  g_assert_cmpmem(&standing->tally, sizeof tally, &tally, sizeof tally);
  g_assert_cmpuint(standing->n_exact, ==, ms_totals_exact(totals));
  g_assert_cmpuint(standing->n_in_mean, ==, ms_totals_in_mean(totals));
  for (guint metric = 0; metric < MS_N_SET_METRICS; metric++) {
    MsValue value = ms_totals_value(totals, (MsSetMetric)metric);

    g_assert_true(value.defined && standing->values[metric].defined);
    g_assert_cmpfloat(standing->values[metric].value, ==, value.value);
  }
  assert_pooled(standing->pooled, ms_totals_pooled(totals));
}

static void
assert_intervals(const MsStanding *standing)
{
  for (guint metric = 0; metric < MS_N_SET_METRICS; metric++) {
    const MsInterval *interval = &standing->intervals[metric];

    g_assert_cmpint(interval->method, ==, MS_INTERVAL_BOOTSTRAP);
    g_assert_cmpfloat(interval->low, <, standing->values[metric].value);
    g_assert_cmpfloat(interval->high, >, standing->values[metric].value);
  }
}

static void
test_values(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsScoreboard) board = NULL;

  add_examples(fixture, "9x87x9345", "train", "");
  add_examples(fixture, "1x23x4", "val", "");
  add_examples(fixture, "x6x", "", "");
  g_string_append(fixture->manifest, "missing,actual.png,,,val,\n");
  evaluation = open_fixture(fixture);
  run(evaluation);
  board = compute(evaluation, 0);
  g_assert_cmpuint(board->standings->len, ==, 3);
  g_assert_true(board->drawn);
  g_assert_false(board->over_groups);
  g_assert_null(board->groups);
  for (guint i = 0; i < board->standings->len; i++) {
    assert_standing(evaluation, &g_array_index(board->standings, MsStanding, i));
    assert_intervals(&g_array_index(board->standings, MsStanding, i));
  }
  g_assert_cmpuint(ms_scoreboard_find(board, NULL)->n_units, ==, 18);
  g_assert_cmpuint(ms_scoreboard_find(board, "val")->n_units, ==, 6);
  g_assert_cmpuint(ms_scoreboard_find(board, "val")->tally.skipped, ==, 1);
  g_assert_null(ms_scoreboard_find(board, "test"));
}

/* Not drawn: values are the same, and there is nothing but values. */
static void
test_undrawn(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsScoreboard) waiting = NULL;
  g_autoptr(MsScoreboard) board = NULL;
  g_autofree char *method = NULL;

  add_examples(fixture, "9x87x9345", "train", "a");
  add_examples(fixture, "1x23x41x23x4", "val", "b");
  evaluation = open_fixture(fixture);
  waiting = compute_board(evaluation, 0, FALSE);
  run(evaluation);
  board = compute_board(evaluation, 0, FALSE);
  method = ms_scoreboard_describe_method(board);
  g_assert_false(board->drawn);
  g_assert_null(method);
  g_assert_cmpuint(board->advice->len, ==, 0);
  g_assert_null(board->groups);
  g_assert_cmpuint(ms_scoreboard_find(board, NULL)->n_units, ==, 2);
  for (guint i = 0; i < board->standings->len; i++) {
    const MsStanding *standing = &g_array_index(board->standings, MsStanding, i);

    assert_standing(evaluation, standing);
    for (guint metric = 0; metric < MS_N_SET_METRICS; metric++)
      g_assert_cmpint(standing->intervals[metric].method, ==, MS_INTERVAL_NONE);
    g_assert_cmpuint(ms_confusion_counted(g_array_index(waiting->standings, MsStanding, i).pooled),
                     ==, 0);
  }
}

/* A handful of units, and none at all. */
static void
test_few(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsScoreboard) none = NULL;
  g_autoptr(MsScoreboard) one = NULL;
  g_autofree char *method = NULL;

  add_examples(fixture, "7", "train", "");
  evaluation = open_fixture(fixture);
  none = compute(evaluation, 0);
  run(evaluation);
  one = compute(evaluation, 0);
  g_assert_false(ms_scoreboard_find(none, "train")->values[MS_SET_METRIC_IOU_MEAN].defined);
  g_assert_cmpuint(ms_scoreboard_find(none, "train")->tally.waiting, ==, 1);
  g_assert_cmpuint(ms_scoreboard_find(one, "train")->n_units, ==, 1);
  for (guint metric = 0; metric < MS_N_SET_METRICS; metric++)
    g_assert_cmpint(ms_scoreboard_find(one, NULL)->intervals[metric].method, ==, MS_INTERVAL_NONE);
  method = ms_scoreboard_describe_method(one);
  g_assert_null(method);
  g_assert_false(((MsAdvice *)g_ptr_array_index(one->advice, 0))->given);
  g_assert_cmpstr(find_kind(none, MS_ADVICE_EXACT)->evidence, ==,
                  "Only 0 examples in the set; 10 are needed.");
}

/* Enough of them that threads are worthwhile. */
static void
test_threads(Fixture *fixture, gconstpointer data)
{
  static const char *const splits[] = {"train", "val", "test", ""};
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsEvaluation) threaded = NULL;
  g_autoptr(MsScoreboard) one = NULL;
  g_autoptr(MsScoreboard) four = NULL;

  for (guint i = 0; i < 500; i++)
    add_examples(fixture, "9x45x", splits[i % G_N_ELEMENTS(splits)], "");
  fixture->options->jobs = 1;
  evaluation = open_fixture(fixture);
  run(evaluation);
  one = compute(evaluation, 0);
  fixture->options->jobs = 4;
  threaded = open_fixture(fixture);
  run(threaded);
  four = compute(threaded, 0);
  assert_same(one, four);
}

/* Counts under a threshold that moved are made anew. */
static void
test_moved_threshold(Fixture *fixture, gconstpointer data)
{
  static const char *const arts[] = {"##+++...", "####.+..", "#++++..."};
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsScoreboard) before = NULL;
  g_autoptr(MsScoreboard) after = NULL;

  g_free(fixture->options->set);
  fixture->options->set = test_path(&fixture->folder, "maps");
  for (guint i = 0; i < G_N_ELEMENTS(arts); i++) {
    g_autofree char *actual = g_strdup_printf("maps/actual/%u.png", i);
    g_autofree char *predicted = g_strdup_printf("maps/predictions/%u.png", i);

    test_write_mask(&fixture->folder, actual, "####....");
    test_write_mask(&fixture->folder, predicted, arts[i]);
  }
  evaluation = open_evaluation(fixture->options);
  for (guint i = 0; i < G_N_ELEMENTS(arts); i++) {
    g_autoptr(MsResult) result =
        ms_pair_score(ms_evaluation_get_set(evaluation), i, 0, NULL, NULL, NULL);
    ms_evaluation_put(evaluation, i, 0, result);
  }
  before = compute(evaluation, 0);
  ms_evaluation_set_threshold(evaluation, 0, 128 / 255.0);
  after = compute(evaluation, 0);
  g_assert_cmpfloat(ms_scoreboard_find(before, NULL)->values[MS_SET_METRIC_IOU_POOLED].value, ==,
                    12.0 / 15);
  g_assert_cmpfloat(ms_scoreboard_find(after, NULL)->values[MS_SET_METRIC_IOU_POOLED].value, ==,
                    7.0 / 12);
  assert_standing(evaluation, ms_scoreboard_find(after, NULL));
}

static void
until_counted(MsEvaluation *evaluation)
{
  gint64 deadline = g_get_monotonic_time() + PATIENCE;
  guint last = ms_set_get_n_examples(ms_evaluation_get_set(evaluation)) - 1;

  while (ms_evaluation_is_counting(evaluation, 0) ||
         ms_evaluation_get_score(evaluation, last, 0).status == MS_RESULT_WAITING) {
    g_assert_cmpint(g_get_monotonic_time(), <, deadline);
    if (!g_main_context_iteration(NULL, FALSE))
      g_thread_yield();
  }
}

static MsScoreboard *
compute_moved(Fixture *fixture, guint jobs)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  MsScoreboard *board;
  MsSet *set;

  fixture->options->jobs = jobs;
  evaluation = open_evaluation(fixture->options);
  set = ms_evaluation_get_set(evaluation);
  for (guint i = 0; i < ms_set_get_n_examples(set); i++) {
    g_autoptr(MsResult) result = ms_pair_score_labels(set, i, 0);
    ms_evaluation_put(evaluation, i, 0, result);
  }
  ms_evaluation_set_threshold(evaluation, 0, 0.25);
  until_counted(evaluation);
  for (guint i = 0; i < ms_set_get_n_examples(set); i++)
    g_assert_cmpuint(ms_evaluation_get_score(evaluation, i, 0).counts.tp, ==,
                     test_counts(evaluation, i, 0).tp);
  board = compute(evaluation, 0);
  assert_standing(evaluation, ms_scoreboard_find(board, NULL));
  return board;
}

/* Enough label sets that they are counted anew on several threads. */
static void
test_moved_threads(Fixture *fixture, gconstpointer data)
{
  g_autoptr(GString) actual = g_string_new("example,a,b\n");
  g_autoptr(GString) scores = g_string_new("example,a,b\n");
  g_autofree char *path = NULL;
  g_autoptr(MsScoreboard) one = NULL;
  g_autoptr(MsScoreboard) four = NULL;

  for (guint i = 0; i < 5000; i++) {
    g_string_append_printf(actual, "e%04u,%u,%u\n", i, i % 2, i % 3 == 0);
    g_string_append_printf(scores, "e%04u,0.%u,0.%u\n", i, i % 10, i % 7);
  }
  g_clear_pointer(&fixture->options->set, g_free);
  fixture->options->actual = test_file(&fixture->folder, "actual.csv", actual->str, actual->len);
  path = test_file(&fixture->folder, "scores.csv", scores->str, scores->len);
  ms_options_add_predicted(fixture->options, NULL, path);
  one = compute_moved(fixture, 1);
  four = compute_moved(fixture, 4);
  assert_same(one, four);
}

/* Models are drawn alike, splits apart from each other. */
static void
test_draws(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsScoreboard) one = NULL;
  g_autoptr(MsScoreboard) two = NULL;
  const MsAdvice *gap;

  add_examples(fixture, "123456789x", "train", "");
  add_examples(fixture, "123456789x", "val", "");
  evaluation = open_fixture(fixture);
  run(evaluation);
  one = compute(evaluation, 0);
  two = compute(evaluation, 1);
  assert_same(one, two);
  gap = find_kind(one, MS_ADVICE_GAP);
  g_assert_false(gap->given);
  g_assert_true(g_str_has_prefix(gap->evidence, "The gap of mean IoU is 0.000 (95 % interval -0."));
}

/* Five like slices are hardly more evidence than one. */
static void
test_groups(Fixture *fixture, gconstpointer data)
{
  static const char *const groups[] = {"a", "b", "c", "d"};
  static const char *const slices[] = {"22222", "55555", "88888", "xxxxx"};
  g_autoptr(MsScoreboard) grouped = NULL;
  g_autoptr(MsScoreboard) single = NULL;
  g_autofree char *method = NULL;

  for (guint i = 0; i < G_N_ELEMENTS(groups); i++)
    add_examples(fixture, slices[i], "", "");
  single = compute_fixture(fixture);
  g_string_truncate(fixture->manifest, strcspn(fixture->manifest->str, "\n") + 1);
  for (guint i = 0; i < G_N_ELEMENTS(groups); i++)
    add_examples(fixture, slices[i], "", groups[i]);
  add_examples(fixture, "66", "", "");
  grouped = compute_fixture(fixture);
  g_assert_true(grouped->over_groups);
  g_assert_cmpuint(ms_scoreboard_find(single, NULL)->n_units, ==, 20);
  g_assert_cmpuint(ms_scoreboard_find(grouped, NULL)->n_units, ==, 6);
  g_assert_cmpfloat(
      width_of(&ms_scoreboard_find(grouped, NULL)->intervals[MS_SET_METRIC_IOU_MEAN]), >,
      1.4 * width_of(&ms_scoreboard_find(single, NULL)->intervals[MS_SET_METRIC_IOU_MEAN]));
  method = ms_scoreboard_describe_method(grouped);
  g_assert_cmpstr(method, ==,
                  "95 % intervals: percentile bootstrap over 4 groups and 2 examples without one, "
                  "2,000 resamples");
}

/* The two slices of volume "one" are scored by their sum; what is in no group is in none here. */
static void
test_group_totals(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsScoreboard) board = NULL;

  add_examples(fixture, "28", "", "one");
  add_examples(fixture, "4", "", "two");
  add_examples(fixture, "x", "", "");
  board = compute_fixture(fixture);
  g_assert_cmpuint(ms_totals_scored(board->groups), ==, 2);
  g_assert_cmpfloat(ms_totals_value(board->groups, MS_SET_METRIC_IOU_MEAN).value, ==,
                    (10.0 / 20 + 4.0 / 10) / 2);
  g_assert_cmpint(board->group_intervals[MS_SET_METRIC_IOU_MEAN].method, ==, MS_INTERVAL_BOOTSTRAP);
  g_assert_cmpfloat(board->group_intervals[MS_SET_METRIC_IOU_MEAN].low, ==, 4.0 / 10);
  g_assert_cmpfloat(board->group_intervals[MS_SET_METRIC_IOU_MEAN].high, ==, 10.0 / 20);
}

/* The examples of a split have the same intervals whether it was chosen or is one of several. */
static void
test_chosen_split(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsScoreboard) all = NULL;
  g_autoptr(MsScoreboard) chosen = NULL;

  add_examples(fixture, "9x87x93452", "train", "");
  add_examples(fixture, "1x23x4", "val", "");
  all = compute_fixture(fixture);
  fixture->options->split = g_strdup("train");
  chosen = compute_fixture(fixture);
  for (guint metric = 0; metric < MS_N_SET_METRICS; metric++) {
    const MsInterval *expected = &ms_scoreboard_find(all, "train")->intervals[metric];

    g_assert_cmpfloat(ms_scoreboard_find(chosen, NULL)->intervals[metric].low, ==, expected->low);
    g_assert_cmpfloat(ms_scoreboard_find(chosen, NULL)->intervals[metric].high, ==, expected->high);
    g_assert_cmpfloat(ms_scoreboard_find(chosen, "train")->intervals[metric].low, ==,
                      expected->low);
  }
}

/* All have values, the first hundred and the whole set intervals. */
static void
test_many_splits(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsScoreboard) board = NULL;

  for (guint i = 0; i < 150; i++) {
    g_autofree char *split = g_strdup_printf("part%u", i);
    add_examples(fixture, "28", split, "");
  }
  add_examples(fixture, "9999999999", "train", "");
  add_examples(fixture, "3333333333", "val", "");
  board = compute_fixture(fixture);
  g_assert_cmpuint(board->standings->len, ==, 153);
  for (guint i = 0; i < board->standings->len; i++) {
    const MsStanding *standing = &g_array_index(board->standings, MsStanding, i);

    g_assert_true(standing->values[MS_SET_METRIC_IOU_MEAN].defined);
    g_assert_cmpint(standing->intervals[MS_SET_METRIC_IOU_MEAN].method, ==,
                    i <= MS_SCOREBOARD_MAX_DRAWN ? MS_INTERVAL_BOOTSTRAP : MS_INTERVAL_NONE);
  }
  g_assert_true(find_kind(board, MS_ADVICE_GAP)->given);
}

/* --- advice ----------------------------------------------------------------------------------- */

static void
test_gap(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsScoreboard) too_few = NULL;
  g_autoptr(MsScoreboard) enough = NULL;
  g_autoptr(MsScoreboard) strict = NULL;

  add_examples(fixture, "9x98x99x89", "train", "");
  add_examples(fixture, "545534454", "val", "");
  too_few = compute_fixture(fixture);
  add_examples(fixture, "4", "val", "");
  enough = compute_fixture(fixture);
  fixture->options->advice.gap = 0.6;
  strict = compute_fixture(fixture);
  g_assert_cmpstr(find_kind(too_few, MS_ADVICE_GAP)->evidence, ==,
                  "Only 9 examples on val; 10 are needed.");
  g_assert_true(find_kind(enough, MS_ADVICE_GAP)->given);
  g_assert_true(g_str_has_prefix(find_kind(enough, MS_ADVICE_GAP)->evidence,
                                 "Mean IoU is 0.910 on train (10 examples) and 0.430 on val (10 "
                                 "examples): 0.480 higher"));
  g_assert_false(find_kind(strict, MS_ADVICE_GAP)->given);
}

/* What is drawn on both sides is no evidence for either, however large the gap. */
static void
test_shared_groups(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsScoreboard) apart = NULL;
  g_autoptr(MsScoreboard) shared = NULL;
  const MsAdvice *gap;

  for (guint i = 0; i < 20; i++) {
    g_autofree char *group = g_strdup_printf("g%02u", i);
    add_examples(fixture, i < 10 ? "9x" : "45", i < 10 ? "train" : "val", group);
  }
  apart = compute_fixture(fixture);
  g_assert_true(find_kind(apart, MS_ADVICE_GAP)->given);
  add_examples(fixture, "4", "val", "g00");
  add_examples(fixture, "9", "train", "g11");
  add_examples(fixture, "9", "train", "");
  shared = compute_fixture(fixture);
  gap = find_kind(shared, MS_ADVICE_GAP);
  g_assert_false(gap->given);
  g_assert_cmpstr(gap->evidence, ==,
                  "2 groups are in both train and val, so neither is evidence against the other: "
                  "make a split that keeps groups whole.");
}

static void
assert_gap(Fixture *fixture, const char *training, const char *validation, const char *more,
           const char *prefix)
{
  g_autoptr(MsScoreboard) board = NULL;

  g_string_truncate(fixture->manifest, strcspn(fixture->manifest->str, "\n") + 1);
  add_examples(fixture, "9999999999", training, "");
  add_examples(fixture, "3333333333", validation, "");
  add_examples(fixture, "5555555555", more, "");
  board = compute_fixture(fixture);
  if (!g_str_has_prefix(find_kind(board, MS_ADVICE_GAP)->evidence, prefix))
    g_error("'%s' does not begin with '%s'", find_kind(board, MS_ADVICE_GAP)->evidence, prefix);
}

static void
test_split_names(Fixture *fixture, gconstpointer data)
{
  assert_gap(fixture, "Training", "valid", "more",
             "Mean IoU is 0.900 on Training (10 examples) and 0.300 on valid (10 examples)");
  assert_gap(fixture, "train", "test", "more",
             "Mean IoU is 0.900 on train (10 examples) and 0.300 on test");
  assert_gap(fixture, "train", "val", "test",
             "Mean IoU is 0.900 on train (10 examples) and 0.300 on val");
  assert_gap(fixture, "train", "val", "Training",
             "Mean IoU is 0.900 on train (10 examples) and 0.300 on val");
  assert_gap(fixture, "Train", "val", "trn", "Both Train and trn could be the split train.");
  assert_gap(fixture, "train", "valid", "dev", "Both dev and valid could be the split val.");
  assert_gap(fixture, "first", "val", "more", "There is no split named train.");
}

static void
test_none(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsScoreboard) board = NULL;

  add_examples(fixture, "9999999999", "train", "");
  add_examples(fixture, "3333333333", "val", "");
  fixture->options->advice.none = TRUE;
  board = compute_fixture(fixture);
  g_assert_cmpuint(board->advice->len, ==, 0);
}

/* --- elsewhere, and not at all ---------------------------------------------------------------- */

static void
test_cancelled(Fixture *fixture, gconstpointer data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new();
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsScoreboardJob) job = NULL;
  g_autoptr(GError) error = NULL;

  add_examples(fixture, "123456789x", "train", "");
  evaluation = open_fixture(fixture);
  run(evaluation);
  job = ms_scoreboard_prepare(evaluation, 0, TRUE);
  g_cancellable_cancel(cancellable);
  g_assert_null(ms_scoreboard_compute(job, cancellable, &error));
  g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error(&error);
  g_assert_null(ms_scoreboard_compute_all(evaluation, NULL, NULL, cancellable, &error));
  g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

typedef struct {
  gboolean done;
  gboolean stopped; /* the work itself was */
  MsScoreboard *board;
  GError *error;
} Answer;

static void
on_computed(GObject *source, GAsyncResult *result, gpointer user)
{
  Answer *answer = user;

  answer->stopped = g_task_had_error(G_TASK(result));
  answer->board = ms_scoreboard_compute_finish(result, &answer->error);
  answer->done = TRUE;
}

static void
wait_for(const Answer *answer)
{
  gint64 deadline = g_get_monotonic_time() + PATIENCE;

  while (!answer->done) {
    g_assert_cmpint(g_get_monotonic_time(), <, deadline);
    if (!g_main_context_iteration(NULL, FALSE))
      g_thread_yield();
  }
}

static void
test_async(Fixture *fixture, gconstpointer data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new();
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsScoreboard) expected = NULL;
  Answer answer = {0}, cancelled = {0};

  add_examples(fixture, "123456789x", "train", "");
  add_examples(fixture, "x987", "val", "");
  evaluation = open_fixture(fixture);
  run(evaluation);
  expected = compute(evaluation, 0);
  ms_scoreboard_compute_async(ms_scoreboard_prepare(evaluation, 0, TRUE), cancellable, on_computed,
                              &answer);
  wait_for(&answer);
  g_assert_no_error(answer.error);
  g_assert_false(answer.stopped);
  assert_same(answer.board, expected);
  g_cancellable_cancel(cancellable);
  ms_scoreboard_compute_async(ms_scoreboard_prepare(evaluation, 0, TRUE), cancellable, on_computed,
                              &cancelled);
  wait_for(&cancelled);
  g_assert_true(cancelled.stopped);
  g_assert_null(cancelled.board);
  g_assert_error(cancelled.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  ms_scoreboard_unref(answer.board);
  g_error_free(cancelled.error);
}

static void
on_progress(const char *what, guint done, guint total, gpointer user)
{
  g_assert_nonnull(what);
  g_assert_cmpuint(done, <, total);
  ++*(guint *)user;
}

static void
test_all(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(GPtrArray) boards = NULL;
  guint n_calls = 0;

  add_examples(fixture, "123456789x", "train", "");
  evaluation = open_fixture(fixture);
  run(evaluation);
  boards = ms_scoreboard_compute_all(evaluation, on_progress, &n_calls, NULL, NULL);
  g_assert_cmpuint(boards->len, ==, 2);
  g_assert_cmpuint(n_calls, ==, 2);
  g_assert_cmpuint(((MsScoreboard *)g_ptr_array_index(boards, 1))->model, ==, 1);
}

/* --- words ------------------------------------------------------------------------------------ */

static char *
describe_method_of(MsIntervalMethod miou, MsIntervalMethod others, guint64 n_units)
{
  MsStanding standing = {.n_units = n_units};
  g_autoptr(GArray) standings = g_array_new(FALSE, FALSE, sizeof standing);
  MsScoreboard board = {.standings = standings};

  for (guint metric = 0; metric < MS_N_SET_METRICS; metric++)
    standing.intervals[metric].method = metric == MS_SET_METRIC_MIOU ? miou : others;
  g_array_append_val(standings, standing);
  return ms_scoreboard_describe_method(&board);
}

static void
test_words(void)
{
  const MsInterval narrow = {MS_INTERVAL_BOOTSTRAP, 0.7414, 0.8286};
  const MsInterval near = {MS_INTERVAL_NORMAL, 0.0001, 0.9999};
  const MsInterval none = {MS_INTERVAL_NONE, 0, 0};
  char *low, *high;
  g_autofree char *narrow_text = ms_scoreboard_describe_interval(&narrow, 3);
  g_autofree char *near_text = ms_scoreboard_describe_interval(&near, 3);
  g_autofree char *drawn = describe_method_of(MS_INTERVAL_BOOTSTRAP, MS_INTERVAL_BOOTSTRAP, 12345);
  g_autofree char *normal = describe_method_of(MS_INTERVAL_NORMAL, MS_INTERVAL_NORMAL, 1000000);
  g_autofree char *mixed = describe_method_of(MS_INTERVAL_NORMAL, MS_INTERVAL_BOOTSTRAP, 90000);

  g_assert_cmpstr(narrow_text, ==, "0.741 to 0.829");
  g_assert_cmpstr(near_text, ==, "0.001 to 0.999");
  g_assert_null(ms_scoreboard_describe_interval(&none, 3));
  g_assert_true(ms_scoreboard_format_interval(&near, 2, &low, &high));
  g_assert_cmpstr(low, ==, "0.01");
  g_assert_cmpstr(high, ==, "0.99");
  g_free(low);
  g_free(high);
  g_assert_false(ms_scoreboard_format_interval(&none, 3, &low, &high));
  g_assert_null(low);
  g_assert_null(high);
  g_assert_cmpstr(drawn, ==,
                  "95 % intervals: percentile bootstrap over 12,345 examples, 2,000 resamples");
  g_assert_cmpstr(normal, ==, "95 % intervals: normal approximation over 1,000,000 examples");
  g_assert_cmpstr(mixed, ==,
                  "95 % intervals: percentile bootstrap over 90,000 examples, 2,000 resamples; "
                  "normal approximation where there is too much to draw");
}

/* --- sets that others made -------------------------------------------------------------------- */

static void
assert_only(const MsScoreboard *board, MsAdviceKind kind, gboolean given)
{
  for (guint i = 0; i < board->advice->len; i++) {
    const MsAdvice *advice = g_ptr_array_index(board->advice, i);

    g_test_message("%s: %s", advice->headline, advice->evidence);
    g_assert_cmpint(advice->given, ==, given && advice->kind == kind);
  }
}

static void
test_lesions(void)
{
  g_autoptr(MsOptions) options = ms_options_new();
  g_autoptr(MsEvaluation) evaluation = NULL;

  options->set = g_test_build_filename(G_TEST_DIST, "..", "data", "lesions", NULL);
  evaluation = open_evaluation(options);
  run(evaluation);
  for (guint model = 0; model < 2; model++) {
    g_autoptr(MsScoreboard) board = compute(evaluation, model);
    const char *name = ms_set_get_model_name(ms_evaluation_get_set(evaluation), model);

    assert_only(board, MS_ADVICE_GAP, g_str_equal(name, "overfit"));
  }
}

/* A forest that knows its training songs by heart, and a regression that does not. */
static void
test_emotions(void)
{
  g_autoptr(MsOptions) options = ms_options_new();
  g_autoptr(MsEvaluation) evaluation = NULL;
  const char *root = test_data();

  if (!root) {
    g_test_skip("MASKSCOPE_TEST_DATA is not set");
    return;
  }
  options->actual = g_build_filename(root, "data", "emotions_multilabel", "actual.csv", NULL);
  options->splits = g_build_filename(root, "data", "emotions_multilabel", "splits.csv", NULL);
  for (guint i = 0; i < 2; i++) {
    MsModelOption *model = g_new0(MsModelOption, 1);

    model->path = g_build_filename(root, "data", "emotions_multilabel",
                                   i == 0 ? "pred_A_logreg.csv" : "pred_B_rf.csv", NULL);
    g_ptr_array_add(options->predicted, model);
  }
  evaluation = open_evaluation(options);
  run(evaluation);
  for (guint model = 0; model < 2; model++) {
    g_autoptr(MsScoreboard) board = compute(evaluation, model);

    g_assert_cmpint(board->comparison, ==, MS_COMPARE_LABELS);
    assert_only(board, MS_ADVICE_GAP, TRUE);
  }
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
  g_test_add("/scoreboard/" name, Fixture, NULL, set_up, function, tear_down)
  ADD("values", test_values);
  ADD("undrawn", test_undrawn);
  ADD("few", test_few);
  ADD("threads", test_threads);
  ADD("moved-threshold", test_moved_threshold);
  ADD("moved-threads", test_moved_threads);
  ADD("draws", test_draws);
  ADD("groups", test_groups);
  ADD("group-totals", test_group_totals);
  ADD("chosen-split", test_chosen_split);
  ADD("many-splits", test_many_splits);
  ADD("gap", test_gap);
  ADD("shared-groups", test_shared_groups);
  ADD("split-names", test_split_names);
  ADD("none", test_none);
  ADD("cancelled", test_cancelled);
  ADD("async", test_async);
  ADD("all", test_all);
  g_test_add_func("/scoreboard/words", test_words);
  g_test_add_func("/scoreboard/lesions", test_lesions);
  g_test_add_func("/scoreboard/emotions", test_emotions);
  return g_test_run();
}
