/* SPDX-License-Identifier: MIT
 *
 * Set scores that are kept live, beside the totals of the same examples counted one by one.
 */
#include "set/scoreboard.h"

#include <math.h>

#include <glib/gstdio.h>

#include "evaluation-set.h"
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
  return g_test_run();
}
