/* SPDX-License-Identifier: MIT
 *
 * Set scores that are kept live, beside the totals of the same examples counted one by one.
 */
#include "set/scoreboard.h"

#include <math.h>

#include <glib/gstdio.h>

#include "evaluation-set.h"
#include "set/evaluation-private.h"
#include "set/option-values.h"

/* Every metric of a split under the rules in force, beside the totals of the examples. but: a
 * metric of which there is no live value; MS_N_SET_METRICS: none such. */
static void
assert_live(MsEvaluation *evaluation, guint model, const char *split, MsSetMetric but)
{
  g_autoptr(MsTotals) totals = test_evaluation_totals(evaluation, model, split, NULL);
  double threshold = ms_evaluation_get_rules(evaluation, model)->threshold;

  for (guint metric = 0; metric < MS_N_SET_METRICS; metric++) {
    MsValue expected = ms_totals_value(totals, (MsSetMetric)metric);
    MsValue value = {.defined = FALSE};
    gboolean known = ms_evaluation_get_live_value(evaluation, model, split, (MsSetMetric)metric,
                                                  threshold, &value);

    g_assert_cmpint(known, ==, metric != but);
    if (!known)
      continue;
    g_assert_cmpint(value.defined, ==, expected.defined);
    if (expected.defined)
      g_assert_cmpfloat(fabs(value.value - expected.value), <, 1e-9);
  }
}

/* Settles, so that totals are those of the threshold. */
static void
move_threshold(MsEvaluation *evaluation, guint model, double threshold)
{
  gint64 deadline = g_get_monotonic_time() + PATIENCE;

  ms_evaluation_set_threshold(evaluation, model, threshold);
  while (ms_evaluation_is_counting(evaluation, model)) {
    g_assert_cmpint(g_get_monotonic_time(), <, deadline);
    g_main_context_iteration(NULL, FALSE);
  }
}

/* Of 8 and of 16 bits; at every step of the slider that tells something. */
static void
test_live_values(Fixture *fixture, gconstpointer data)
{
  static const double thresholds[] = {0, 0.001, 0.25, 0.3333333, 0.5, 128 / 255.0, 0.75, 0.999, 1};

  for (guint deep = 0; deep < 2; deep++) {
    g_autoptr(MsEvaluation) evaluation = NULL;

    if (deep)
      write_ramps(fixture, 2);
    else
      write_maps(fixture);
    if (deep) {
      g_autofree char *a = test_path(&fixture->folder, "predictions/a.png");
      g_autofree char *b = test_path(&fixture->folder, "predictions/b.png");

      g_unlink(a);
      g_unlink(b);
    }
    evaluation = new_evaluation(fixture);
    assert_live(evaluation, 0, NULL, MS_N_SET_METRICS);
    ms_evaluation_start(evaluation, 0, 0);
    wait_until(is_finished, evaluation);
    for (guint i = 0; i < G_N_ELEMENTS(thresholds); i++) {
      move_threshold(evaluation, 0, thresholds[i]);
      assert_live(evaluation, 0, NULL, MS_N_SET_METRICS);
    }
  }
}

static void
assert_same_board(MsEvaluation *evaluation)
{
  g_autoptr(MsScoreboardJob) job = ms_scoreboard_prepare(evaluation, 0, FALSE);
  g_autoptr(MsScoreboard) board = ms_scoreboard_compute(job, NULL, NULL);
  g_autoptr(MsScoreboard) live = ms_scoreboard_new_live(evaluation, 0);

  g_assert_cmpuint(board->standings->len, ==, live->standings->len);
  for (guint i = 0; i < board->standings->len; i++) {
    const MsStanding *a = &g_array_index(board->standings, MsStanding, i);
    const MsStanding *b = &g_array_index(live->standings, MsStanding, i);
    MsKindCounts kinds = ms_confusion_kinds(a->pooled), live_kinds = ms_confusion_kinds(b->pooled);

    g_assert_cmpstr(a->split, ==, b->split);
    g_assert_cmpmem(&a->tally, sizeof a->tally, &b->tally, sizeof b->tally);
    g_assert_cmpuint(a->n_exact, ==, b->n_exact);
    g_assert_cmpuint(a->n_in_mean, ==, b->n_in_mean);
    g_assert_cmpmem(&kinds, sizeof kinds, &live_kinds, sizeof kinds);
    for (guint metric = 0; metric < MS_N_SET_METRICS; metric++) {
      g_assert_cmpint(a->values[metric].defined, ==, b->values[metric].defined);
      g_assert_cmpfloat(fabs(a->values[metric].value - b->values[metric].value), <, 1e-9);
    }
  }
}

/* What is put twice, or by a pass too, counts once; what is skipped does not. */
static void
test_live_values_of_splits(Fixture *fixture, gconstpointer data)
{
  static const char manifest[] = "example,actual,predicted,split\n"
                                 "a,actual.png,one.png,train\n"
                                 "b,actual.png,two.png,val\n"
                                 "c,actual.png,three.png,\n"
                                 "d,actual.png,,train\n"
                                 "e,actual.png,two.png,train\n";
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsResult) result = NULL;

  test_write_mask(&fixture->folder, "actual.png", "####....");
  test_write_mask(&fixture->folder, "one.png", "##+++...");
  test_write_mask(&fixture->folder, "two.png", "####.+..");
  test_write_mask(&fixture->folder, "three.png", "+++++++#");
  g_free(fixture->options->set);
  fixture->options->set = test_file(&fixture->folder, "splits.csv", manifest, sizeof manifest - 1);
  evaluation = new_evaluation(fixture);
  result = ms_pair_score(ms_evaluation_get_set(evaluation), 1, 0, NULL, NULL, NULL);
  ms_evaluation_put(evaluation, 1, 0, result);
  ms_evaluation_put(evaluation, 1, 0, result);
  run(evaluation, 2);
  assert_same_board(evaluation);
  for (double threshold = 0.25; threshold < 1; threshold += 0.3) {
    MsValue value;

    move_threshold(evaluation, 0, threshold);
    assert_live(evaluation, 0, NULL, MS_N_SET_METRICS);
    assert_live(evaluation, 0, "train", MS_N_SET_METRICS);
    assert_live(evaluation, 0, "val", MS_N_SET_METRICS);
    g_assert_false(ms_evaluation_get_live_value(evaluation, 0, "test", MS_SET_METRIC_IOU_MEAN,
                                                threshold, &value));
  }
}

static void
test_live_values_of_labels(Fixture *fixture, gconstpointer data)
{
  g_autoptr(GString) actual = g_string_new("example,a,b,c\n");
  g_autoptr(GString) scores = g_string_new("example,a,b,c\n");
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autofree char *path = NULL;
  MsValue value;

  for (guint i = 0; i < 100; i++) {
    g_string_append_printf(actual, "e%02u,%u,%u,%u\n", i, i % 2, i % 3 == 0, i % 7 == 0);
    g_string_append_printf(scores, "e%02u,0.%u,0.%03u,%s\n", i, i % 10, i * 9, i % 4 ? "0" : "1");
  }
  g_clear_pointer(&fixture->options->set, g_free);
  fixture->options->actual = test_file(&fixture->folder, "actual.csv", actual->str, actual->len);
  path = test_file(&fixture->folder, "scores.csv", scores->str, scores->len);
  ms_options_add_predicted(fixture->options, NULL, path);
  evaluation = new_evaluation(fixture);
  run(evaluation, 2);
  assert_live(evaluation, 0, NULL, MS_N_SET_METRICS);
  for (guint i = 0; i <= 1000; i += 9) {
    if (i == 500)
      continue;
    move_threshold(evaluation, 0, i / 1000.0);
    assert_live(evaluation, 0, NULL, MS_SET_METRIC_MIOU);
  }
  g_assert_false(
      ms_evaluation_get_live_value(evaluation, 0, NULL, MS_SET_METRIC_IOU_MEAN, 0.33333, &value));
}

/* --- cuts of label scores --------------------------------------------------------------------- */

static MsCounts
sum_above(const MsThresholdCuts *cuts, guint step)
{
  MsCounts counts = {0};

  for (size_t i = 0; i < cuts->n_items; i++) {
    const MsThresholdCut *cut = &cuts->items[i];
    gboolean above = cut->step > step;

    counts.tp += above ? cut->n_positive : 0;
    counts.fp += above ? cut->n_negative : 0;
    counts.fn += above ? 0 : cut->n_positive;
  }
  return counts;
}

static void
assert_cuts(const MsLabelData *labels, guint row, const MsRules *rules)
{
  MsThresholdCuts cuts = {0};

  g_assert_cmpint(ms_label_data_cut(labels, row, 0, rules, &cuts), ==, MS_STATUS_OK);
  for (guint step = 0; step < MS_LABEL_STEPS; step += step % 40 ? 1 : 3) {
    double threshold = step / (double)(MS_LABEL_STEPS - 1);
    MsCounts counts = sum_above(&cuts, step), expected;
    g_autoptr(MsConfusion) confusion = NULL;
    guint found;

    g_assert_true(ms_label_data_find_step(threshold, &found) && found == step);
    g_assert_cmpint(ms_confusion_new(rules, &confusion), ==, MS_STATUS_OK);
    g_assert_cmpint(ms_label_data_count(labels, row, 0, threshold, confusion), ==, MS_STATUS_OK);
    expected = ms_confusion_counts(confusion);
    g_assert_cmpuint(counts.tp, ==, expected.tp);
    g_assert_cmpuint(counts.fp, ==, expected.fp);
    g_assert_cmpuint(counts.fn, ==, expected.fn);
  }
  ms_threshold_cuts_clear(&cuts);
}

/* Scores on the very steps, as each precision has them, beside them and beyond them. */
static double
score_of(MsLabelPrecision precision, guint number)
{
  double score = (number * 97 % 4003) / 4000.0 + (number % 3 == 0 ? 1e-5 : 0);

  if (number % 50 == 0)
    return number % 100 ? -0.5 : 1.5;
  if (precision == MS_LABEL_HALF)
    return rint(score * 1024) / 1024;
  return precision == MS_LABEL_SINGLE ? (double)(float)score : score;
}

static void
test_cuts_of_labels(void)
{
  enum { N_ROWS = 12 };
  static const char *const names[] = {"a", "b", "c", "d", "e", "f", NULL};
  static const MsLabelPrecision precisions[] = {MS_LABEL_DOUBLE, MS_LABEL_SINGLE, MS_LABEL_HALF};
  static const guint32 ignored[] = {1, 4};

  for (guint i = 0; i < G_N_ELEMENTS(precisions); i++) {
    MsLabelData *labels = ms_label_data_new(names, N_ROWS, 1, "cuts", NULL);
    MsRules rules;

    ms_rules_init(&rules);
    rules.comparison = MS_COMPARE_LABELS;
    g_assert_true(ms_label_data_make_scores(labels, 0, precisions[i], NULL));
    for (guint row = 0; row < N_ROWS; row++) {
      ms_label_data_set_present(labels, MS_LABEL_ACTUAL, row);
      ms_label_data_set_present(labels, 0, row);
      for (guint label = 0; label < 6; label++) {
        if ((row + label) % 3 == 0)
          ms_label_data_add(labels, MS_LABEL_ACTUAL, row, label);
        ms_label_data_set_score(labels, 0, row, label, score_of(precisions[i], row * 6 + label));
      }
      rules.ignored = row % 2 ? ignored : NULL;
      rules.n_ignored = row % 2 ? G_N_ELEMENTS(ignored) : 0;
      assert_cuts(labels, row, &rules);
    }
    ms_label_data_unref(labels);
  }
}

static void
test_steps_of_labels(void)
{
  guint step;

  g_assert_false(ms_label_data_find_step(0.00001, &step));
  g_assert_false(ms_label_data_find_step(-0.00025, &step));
  g_assert_false(ms_label_data_find_step(1.00025, &step));
}

static void
test_live_values_of_hard_masks(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;

  write_many(fixture);
  evaluation = new_evaluation(fixture);
  run(evaluation, 2);
  assert_live(evaluation, 0, NULL, MS_N_SET_METRICS);
  assert_live(evaluation, 1, NULL, MS_N_SET_METRICS);
}

/* While results come in, and at once when the threshold moves. */
static void
test_live_board(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsResult) result = NULL;

  write_ramps(fixture, 3);
  evaluation = new_evaluation(fixture);
  assert_same_board(evaluation);
  result = ms_pair_score(ms_evaluation_get_set(evaluation), 1, 0, NULL, NULL, NULL);
  ms_evaluation_put(evaluation, 1, 0, result);
  assert_same_board(evaluation);
  run(evaluation, 1);
  assert_same_board(evaluation);
  ms_evaluation_set_threshold(evaluation, 0, 0.125);
  g_assert_true(ms_evaluation_is_counting(evaluation, 0));
  assert_same_board(evaluation);
}

/* Scored by two at once, an example counts once. */
static void
test_added_twice(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsResult) result = NULL;
  MsLiveScratch scratch = {.cells = NULL};
  MsStanding standing = {.split = NULL};
  MsLiveSums *sums;
  MsSet *set;

  write_maps(fixture);
  evaluation = new_evaluation(fixture);
  set = ms_evaluation_get_set(evaluation);
  sums = ms_live_sums_new(set, 0);
  result = ms_pair_score(set, 1, 0, NULL, NULL, NULL);
  g_assert_true(ms_result_pack(result));
  g_assert_true(ms_live_sums_add(sums, 1, result, result->packed, &scratch));
  g_assert_false(ms_live_sums_add(sums, 1, result, result->packed, &scratch));
  g_assert_true(ms_live_sums_fill(sums, ms_set_get_rules(set, 0), 0, &standing));
  g_assert_cmpuint(standing.tally.scored, ==, 1);
  g_assert_cmpuint(standing.tally.waiting, ==, 1);
  ms_confusion_free(standing.pooled);
  ms_live_scratch_clear(&scratch);
  ms_live_sums_free(sums);
}

/* A histogram that there is no memory for: no sums are better than wrong ones. */
static void
test_no_memory(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsResult) result = NULL;
  MsLiveScratch scratch = {.cells = NULL};
  MsLiveSums *sums;
  MsValue value;
  MsSet *set;

  write_maps(fixture);
  evaluation = new_evaluation(fixture);
  set = ms_evaluation_get_set(evaluation);
  sums = ms_live_sums_new(set, 0);
  result = ms_pair_score(set, 1, 0, NULL, NULL, NULL);
  g_assert_true(ms_live_sums_add(sums, 1, result, NULL, &scratch));
  g_assert_false(ms_live_sums_get_value(sums, NULL, MS_SET_METRIC_IOU_MEAN, 0.5, &value));
  ms_live_scratch_clear(&scratch);
  ms_live_sums_free(sums);
}

/* Sums and results hold the same one of two, whichever thread comes to put it first. */
static void
test_changed_meanwhile(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsResult) before = NULL;
  g_autoptr(MsResult) after = NULL;
  g_autoptr(MsPacked) packed = NULL;
  MsLiveScratch scratch = {.cells = NULL};
  MsCounted counted;

  write_many(fixture);
  evaluation = new_evaluation(fixture);
  before = ms_pair_score(ms_evaluation_get_set(evaluation), 0, 0, NULL, NULL, NULL);
  after = ms_pair_score(ms_evaluation_get_set(evaluation), 9, 0, NULL, NULL, NULL);
  packed = ms_result_dup_packed(before);
  ms_counter_count(evaluation->counter, 0, 0, before, packed, &scratch, &counted);
  ms_evaluation_put(evaluation, 0, 0, after);
  ms_evaluation_put_results(evaluation, &counted, 1);
  g_assert_cmpuint(ms_evaluation_get_score(evaluation, 0, 0).counts.tp, ==,
                   ms_confusion_counts(before->confusion).tp);
  g_assert_cmpuint(ms_confusion_counts(before->confusion).tp, !=,
                   ms_confusion_counts(after->confusion).tp);
  assert_same_board(evaluation);
  ms_live_scratch_clear(&scratch);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
  g_test_add("/live-values/" name, Fixture, NULL, set_up, function, tear_down)
  ADD("maps", test_live_values);
  ADD("splits", test_live_values_of_splits);
  ADD("labels", test_live_values_of_labels);
  ADD("hard-masks", test_live_values_of_hard_masks);
  ADD("board", test_live_board);
  ADD("added-twice", test_added_twice);
  ADD("no-memory", test_no_memory);
  ADD("changed-meanwhile", test_changed_meanwhile);
  g_test_add_func("/live-values/cuts-of-labels", test_cuts_of_labels);
  g_test_add_func("/live-values/steps-of-labels", test_steps_of_labels);
  return g_test_run();
}
