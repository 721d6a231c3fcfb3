/* SPDX-License-Identifier: MIT
 *
 * The scores of a set: the same for any number of jobs, cancelled and replaced at any time, and
 * following a threshold without the files.
 */
#include "set/scoreboard.h"

#include "evaluation-set.h"
#include "set/evaluation-private.h"
#include "set/recount.h"

static double
mean_iou(MsEvaluation *evaluation, guint model)
{
  g_autoptr(MsTotals) totals = test_evaluation_totals(evaluation, model, NULL, NULL);

  return ms_totals_value(totals, MS_SET_METRIC_IOU_MEAN).value;
}

static void
test_jobs(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) one = NULL;
  g_autoptr(MsEvaluation) four = NULL;

  write_many(fixture);
  one = new_evaluation(fixture);
  four = new_evaluation(fixture);
  run(one, 1);
  run(four, 4);
  assert_same_scores(one, four);
  g_assert_cmpfloat(mean_iou(one, 0), ==, mean_iou(four, 0));
  g_assert_cmpfloat(mean_iou(one, 1), ==, mean_iou(four, 1));
  g_assert_cmpfloat(mean_iou(one, 0), !=, mean_iou(one, 1));
  g_assert_cmpuint(fixture->order->len, ==, 4 * N_MANY);
}

typedef struct {
  guint done;
  guint total;
  GCancellable *cancel; /* cancelled at the first call */
} Progress;

static void
on_progress(const char *what, guint done, guint total, gpointer user)
{
  Progress *progress = user;

  g_assert_nonnull(what);
  g_assert_cmpuint(done, >, progress->done);
  g_assert_cmpuint(done, <=, total);
  progress->done = done;
  progress->total = total;
  if (progress->cancel)
    g_cancellable_cancel(progress->cancel);
}

static void
test_progress(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  Progress progress = {0};

  write_many(fixture);
  evaluation = new_evaluation(fixture);
  g_assert_true(ms_evaluation_run(evaluation, 2, on_progress, &progress, NULL, NULL));
  g_assert_cmpuint(progress.done, ==, 2 * N_MANY);
  g_assert_cmpuint(progress.total, ==, 2 * N_MANY);
}

static void
test_run_cancelled(Fixture *fixture, gconstpointer data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new();
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(GError) error = NULL;
  Progress progress = {.cancel = cancellable};

  write_many(fixture);
  evaluation = new_evaluation(fixture);
  g_assert_false(ms_evaluation_run(evaluation, 2, on_progress, &progress, cancellable, &error));
  g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint(fixture->order->len, >, 0);
  run(evaluation, 2);
  g_assert_cmpuint(fixture->order->len, ==, 2 * N_MANY);
}

static void
test_threshold(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;

  write_maps(fixture);
  evaluation = new_evaluation(fixture);
  ms_evaluation_start(evaluation, 0, 0);
  wait_until(is_finished, evaluation);
  g_assert_cmpfloat(ms_evaluation_get_score(evaluation, 0, 0).iou.value, ==, 4.0 / 5);
  g_assert_cmpfloat(ms_evaluation_get_score(evaluation, 1, 0).iou.value, ==, 4.0 / 5);
  ms_evaluation_set_threshold(evaluation, 0, 0.5);
  g_assert_cmpuint(fixture->n_changed, ==, 0);
  ms_evaluation_set_threshold(evaluation, 0, 128 / 255.0);
  g_assert_cmpuint(fixture->n_changed, ==, 1);
  g_assert_cmpuint(ms_evaluation_get_rules(evaluation, 0)->rules.threshold, ==, 128);
  g_assert_cmpfloat(ms_evaluation_get_score(evaluation, 0, 0).iou.value, ==, 2.0 / 4);
  g_assert_true(ms_evaluation_get_score(evaluation, 1, 0).exact);
  g_assert_cmpfloat(mean_iou(evaluation, 0), ==, (0.5 + 1) / 2);
  g_assert_cmpuint(ms_set_get_rules(ms_evaluation_get_set(evaluation), 0)->rules.threshold, ==,
                   127);
}

static guint64
true_positives(MsEvaluation *evaluation, guint example)
{
  return test_counts(evaluation, example, 0).tp;
}

static gboolean
has_changed(gpointer fixture)
{
  return ((Fixture *)fixture)->n_changed > 0;
}

/* Every example is counted under the rules in force: 16,384 of 65,536 values above 3/4, and so on.
 */
static gboolean
is_counted_at_three_quarters(gpointer evaluation)
{
  for (guint i = 0; i < ms_set_get_n_examples(ms_evaluation_get_set(evaluation)); i++) {
    MsScore score = ms_evaluation_get_score(evaluation, i, 0);

    if (score.status == MS_RESULT_WAITING || score.counts.tp != 8192)
      return FALSE;
  }
  return TRUE;
}

static void
test_threshold_of_many_cells(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsTotals) totals = NULL;

  write_ramps(fixture, 2);
  evaluation = new_evaluation(fixture);
  ms_evaluation_start(evaluation, 0, 0);
  wait_until(is_finished, evaluation);
  g_assert_cmpuint(true_positives(evaluation, 1), ==, 16384);
  ms_evaluation_set_threshold(evaluation, 0, 0.75);
  g_assert_cmpfloat(ms_evaluation_get_rules(evaluation, 0)->threshold, ==, 0.75);
  g_assert_cmpuint(fixture->n_changed, ==, 0);
  g_assert_cmpuint(true_positives(evaluation, 1), ==, 16384);
  wait_until(has_changed, fixture);
  g_assert_cmpuint(fixture->n_changed, ==, 1);
  g_assert_true(is_counted_at_three_quarters(evaluation));
  g_assert_cmpuint(ms_evaluation_get_score(evaluation, 1, 0).wrong, ==, 8192 + 24576);
  totals = test_evaluation_totals(evaluation, 0, NULL, NULL);
  g_assert_cmpuint(ms_confusion_counts(ms_totals_pooled(totals)).tp, ==, 2 * 8192);
}

/* Each wish stops the counting of the one before, so that the last is the only one that is told of.
 */
static void
test_last_threshold_wins(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;

  write_ramps(fixture, 2);
  evaluation = new_evaluation(fixture);
  ms_evaluation_start(evaluation, 0, 0);
  wait_until(is_finished, evaluation);
  for (guint i = 0; i < 20; i++)
    ms_evaluation_set_threshold(evaluation, 0, 0.1 + i / 100.0);
  ms_evaluation_set_threshold(evaluation, 0, 0.75);
  g_assert_true(ms_evaluation_is_counting(evaluation, 0));
  wait_until(is_counted_at_three_quarters, evaluation);
  g_assert_cmpuint(fixture->n_changed, ==, 1);
  g_assert_false(ms_evaluation_is_counting(evaluation, 0));
}

/* Results that come in under rules that moved, from a pass or from elsewhere. */
static void
test_result_under_moved_threshold(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsResult) result = NULL;

  write_ramps(fixture, 4);
  evaluation = new_evaluation(fixture);
  result = ms_pair_score(ms_evaluation_get_set(evaluation), 3, 0, NULL, NULL, NULL);
  ms_evaluation_set_threshold(evaluation, 0, 0.25);
  ms_evaluation_put(evaluation, 3, 0, result);
  g_assert_cmpuint(true_positives(evaluation, 3), ==, 24576);
  ms_evaluation_set_threshold(evaluation, 0, 0.75);
  g_assert_true(ms_evaluation_is_counting(evaluation, 0));
  ms_evaluation_start(evaluation, 0, 0);
  wait_until(is_finished, evaluation);
  wait_until(is_counted_at_three_quarters, evaluation);
  g_assert_cmpuint(fixture->order->len, ==, 4);
}

/* The same with few cells: counted before anybody hears of it. */
static void
test_small_result_under_moved_threshold(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;

  write_maps(fixture);
  evaluation = new_evaluation(fixture);
  ms_evaluation_set_threshold(evaluation, 0, 128 / 255.0);
  ms_evaluation_start(evaluation, 0, 0);
  wait_until(is_finished, evaluation);
  g_assert_cmpuint(fixture->n_changed, ==, 1);
  g_assert_true(ms_evaluation_get_score(evaluation, 1, 0).exact);
  g_assert_cmpfloat(mean_iou(evaluation, 0), ==, (0.5 + 1) / 2);
}

static void
test_dispose_while_counting(Fixture *fixture, gconstpointer data)
{
  write_ramps(fixture, 2);
  for (guint i = 0; i < 10; i++) {
    MsEvaluation *evaluation = new_evaluation(fixture);
    gpointer set = ms_evaluation_get_set(evaluation);

    g_object_weak_ref(set, on_set_gone, &set);
    ms_evaluation_start(evaluation, 0, 0);
    wait_until(is_finished, evaluation);
    fixture->n_changed = 0;
    ms_evaluation_set_threshold(evaluation, 0, 0.75);
    for (guint j = 0; j < i; j++)
      g_main_context_iteration(NULL, FALSE);
    g_object_unref(evaluation);
    wait_until(is_gone, &set);
  }
}

/* What comes in while the others are being counted anew is not lost when these are swapped in. */
static void
test_result_while_counting(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsResult) third = NULL;
  g_autoptr(MsResult) fourth = NULL;

  write_ramps(fixture, 4);
  evaluation = new_evaluation(fixture);
  for (guint i = 0; i < 2; i++) {
    g_autoptr(MsResult) result =
        ms_pair_score(ms_evaluation_get_set(evaluation), i, 0, NULL, NULL, NULL);
    ms_evaluation_put(evaluation, i, 0, result);
  }
  third = ms_pair_score(ms_evaluation_get_set(evaluation), 2, 0, NULL, NULL, NULL);
  fourth = ms_pair_score(ms_evaluation_get_set(evaluation), 3, 0, NULL, NULL, NULL);
  ms_evaluation_set_threshold(evaluation, 0, 0.75);
  ms_evaluation_put(evaluation, 2, 0, third);
  g_assert_cmpint(ms_evaluation_get_score(evaluation, 2, 0).status, ==, MS_RESULT_WAITING);
  g_assert_null(ms_evaluation_dup_confusion(evaluation, 2, 0));
  g_assert_cmpuint(true_positives(evaluation, 1), ==, 16384);
  wait_until(has_changed, fixture);
  ms_evaluation_put(evaluation, 3, 0, fourth);
  g_assert_true(is_counted_at_three_quarters(evaluation));
  g_assert_cmpuint(fixture->n_changed, ==, 1);
}

/* Why counts could not be made stays to be read, and other rules may make them again. */
static void
test_recount_fails(Fixture *fixture, gconstpointer data)
{
  static const guint32 classes[] = {0};
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsRuleset) ruleset = NULL;
  g_autoptr(MsRecount) recount = NULL;
  g_autoptr(MsRecount) again = NULL;
  MsSet *set;
  MsRules rules;

  write_many(fixture);
  evaluation = new_evaluation(fixture);
  run(evaluation, 1);
  set = ms_evaluation_get_set(evaluation);
  ms_rules_init(&rules);
  rules.comparison = MS_COMPARE_CLASSES;
  rules.classes = classes;
  rules.n_classes = G_N_ELEMENTS(classes);
  ruleset = ms_ruleset_new(&rules, 0.5);
  recount = ms_recount_new(set, 0, ms_evaluation_snapshot(evaluation, 0), ruleset, TRUE, 2);
  ms_recount_run(recount, NULL);
  g_assert_cmpint(ms_results_get(recount->results, 2)->status, ==, MS_RESULT_ERROR);
  g_assert_cmpuint(ms_results_get(recount->results, 2)->tp, ==, 0);
  g_assert_cmpstr(ms_results_message(recount->results, 2), ==,
                  "e02: its actual mask holds id 1, which is no class");
  again = ms_recount_new(set, 0, ms_results_snapshot(recount->results), ms_set_get_rules(set, 0),
                         TRUE, 1);
  ms_recount_run(again, NULL);
  g_assert_cmpint(ms_results_get(again->results, 2)->status, ==, MS_RESULT_OK);
  g_assert_null(ms_results_message(again->results, 2));
  g_assert_cmpuint(ms_results_get(again->results, 2)->tp, ==, 58);
  g_assert_cmpint(ms_results_get(recount->results, 2)->status, ==, MS_RESULT_ERROR);
}

/* After a run too, rules may change. */
static void
test_threshold_after_run(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;

  write_maps(fixture);
  evaluation = new_evaluation(fixture);
  run(evaluation, 2);
  ms_evaluation_set_threshold(evaluation, 0, 128 / 255.0);
  g_assert_cmpfloat(mean_iou(evaluation, 0), ==, (0.5 + 1) / 2);
}

static void
test_threshold_of_hard_masks(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;

  write_many(fixture);
  evaluation = new_evaluation(fixture);
  ms_evaluation_set_threshold(evaluation, 0, 0.9);
  g_assert_cmpuint(fixture->n_changed, ==, 0);
}

static void
test_put(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsResult) result = NULL;

  write_many(fixture);
  evaluation = new_evaluation(fixture);
  result = ms_pair_score(ms_evaluation_get_set(evaluation), 5, 1, NULL, NULL, NULL);
  ms_evaluation_put(evaluation, 5, 1, result);
  ms_evaluation_put(evaluation, 5, 1, result);
  g_assert_cmpuint(fixture->order->len, ==, 1);
  g_assert_cmpint(ms_evaluation_get_score(evaluation, 5, 1).status, ==, MS_RESULT_OK);
  g_assert_cmpint(ms_evaluation_get_score(evaluation, 5, 0).status, ==, MS_RESULT_WAITING);
  run(evaluation, 1);
  g_assert_cmpuint(fixture->order->len, ==, 2 * N_MANY);
}

static gboolean
is_scored(gpointer evaluation)
{
  return ms_evaluation_get_score(evaluation, 0, 0).status == MS_RESULT_OK;
}

/* Very many values are counted elsewhere; few here and now. */
static void
test_put_soon(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsResult) large = NULL;
  g_autoptr(MsResult) small = NULL;

  write_ramps(fixture, 1);
  test_write_mask(&fixture->folder, "actual/small.png", "####");
  test_write_mask(&fixture->folder, "predictions/small.png", "##..");
  evaluation = new_evaluation(fixture);
  large = ms_pair_score(ms_evaluation_get_set(evaluation), 0, 0, NULL, NULL, NULL);
  small = ms_pair_score(ms_evaluation_get_set(evaluation), 1, 0, NULL, NULL, NULL);
  ms_evaluation_put_soon(evaluation, 1, 0, small);
  g_assert_cmpuint(fixture->order->len, ==, 1);
  ms_evaluation_put_soon(evaluation, 0, 0, large);
  ms_evaluation_put_soon(evaluation, 0, 0, large);
  g_assert_false(is_scored(evaluation));
  wait_until(is_scored, evaluation);
  g_assert_cmpuint(true_positives(evaluation, 0), ==, 16384);
  ms_evaluation_put_soon(evaluation, 0, 0, large);
  g_assert_cmpuint(fixture->order->len, ==, 2);
}

static gboolean
is_quick_in(MsSet *set, const MsResult *result, guint64 max_bytes)
{
  g_autoptr(MsResultsHeap) heap = ms_results_heap_new(max_bytes);
  g_autoptr(MsCounter) counter = ms_counter_new(set, heap);

  return ms_counter_is_quick(counter, result);
}

/* What could be written into a file is not for a thread that must not wait. */
static void
test_put_soon_into_file(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsResult) result = NULL;
  MsSet *set;

  write_maps(fixture);
  evaluation = new_evaluation(fixture);
  set = ms_evaluation_get_set(evaluation);
  result = ms_pair_score(set, 0, 0, NULL, NULL, NULL);
  g_assert_true(is_quick_in(set, result, MS_RESULTS_HEAP_BYTES));
  g_assert_false(is_quick_in(set, result, 0));
  g_assert_true(ms_result_pack(result));
  g_assert_true(is_quick_in(set, result, MS_RESULTS_HEAP_BYTES));
  g_assert_false(is_quick_in(set, result, 0));
}

static void
assert_tally(MsEvaluation *evaluation, guint model, const char *split, MsTally expected)
{
  MsTally tally;
  g_autoptr(MsTotals) totals = test_evaluation_totals(evaluation, model, split, &tally);

  g_assert_cmpuint(tally.examples, ==, expected.examples);
  g_assert_cmpuint(tally.scored, ==, expected.scored);
  g_assert_cmpuint(tally.skipped, ==, expected.skipped);
  g_assert_cmpuint(tally.waiting, ==, expected.waiting);
  g_assert_cmpuint(tally.resized, ==, expected.resized);
  g_assert_cmpuint(ms_totals_scored(totals), ==, expected.scored);
}

/* What there is no memory for could not be counted under other rules: it says so, and is an error
 * under all of them. */
static void
test_put_without_memory(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsResult) result = NULL;
  MsScore score;

  write_maps(fixture);
  evaluation = new_evaluation(fixture);
  result = ms_pair_score(ms_evaluation_get_set(evaluation), 1, 0, NULL, NULL, NULL);
  g_clear_pointer(&result->joint, ms_joint_free);
  ms_evaluation_put(evaluation, 1, 0, result);
  ms_evaluation_set_threshold(evaluation, 0, 0.25);
  score = ms_evaluation_get_score(evaluation, 1, 0);
  g_assert_cmpint(score.status, ==, MS_RESULT_ERROR);
  g_assert_true(g_str_has_prefix(score.message, "b: its counts cannot be kept"));
  assert_tally(evaluation, 0, NULL, (MsTally){.examples = 2, .skipped = 1, .waiting = 1});
}

static void
test_totals(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsTotals) totals = NULL;

  test_write_tiny_set(&fixture->folder);
  evaluation = new_evaluation(fixture);
  assert_tally(evaluation, 0, NULL, (MsTally){.examples = 4, .waiting = 4});
  run(evaluation, 2);
  assert_tally(evaluation, 0, NULL, (MsTally){.examples = 4, .scored = 3, .skipped = 1});
  assert_tally(evaluation, 0, "train", (MsTally){.examples = 2, .scored = 2});
  assert_tally(evaluation, 0, "val", (MsTally){.examples = 2, .scored = 1, .skipped = 1});
  assert_tally(evaluation, 1, "val", (MsTally){.examples = 2, .skipped = 2});
  assert_tally(evaluation, 0, "nowhere", (MsTally){0});
  totals = test_evaluation_totals(evaluation, 0, NULL, NULL);
  g_assert_cmpfloat(ms_totals_value(totals, MS_SET_METRIC_IOU_MEAN).value, ==,
                    (3.0 / 4 + 1 + 1.0 / 2) / 3);
  g_assert_cmpfloat(ms_totals_value(totals, MS_SET_METRIC_IOU_POOLED).value, ==, 4.0 / 6);
}

static void
test_totals_resized(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;

  test_write_tiny_set(&fixture->folder);
  fixture->options->resize_predicted = TRUE;
  evaluation = new_evaluation(fixture);
  run(evaluation, 1);
  assert_tally(evaluation, 1, "val",
               (MsTally){.examples = 2, .scored = 1, .skipped = 1, .resized = 1});
}

/* 0.1 + 0.2 + 0.3 is another double than 0.3 + 0.2 + 0.1: means are summed in id order, whatever
 * the order in which results came in. */
static void
test_order_of_sums(Fixture *fixture, gconstpointer data)
{
  static const char manifest[] = "example,actual,predicted,group\n"
                                 "a,actual.png,one.png,p\n"
                                 "b,actual.png,two.png,q\n"
                                 "c,actual.png,three.png,r\n";
  const double forward = (1.0 / 10 + 2.0 / 10) + 3.0 / 10, backward = (3.0 / 10 + 2.0 / 10) + 0.1;
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsScoreboardJob) job = NULL;
  g_autoptr(MsScoreboard) board = NULL;

  test_write_mask(&fixture->folder, "actual.png", "##########");
  test_write_mask(&fixture->folder, "one.png", "#.........");
  test_write_mask(&fixture->folder, "two.png", "##........");
  test_write_mask(&fixture->folder, "three.png", "###.......");
  g_free(fixture->options->set);
  fixture->options->set = test_file(&fixture->folder, "sums.csv", manifest, sizeof manifest - 1);
  evaluation = new_evaluation(fixture);
  for (guint example = 3; example-- > 0;) {
    g_autoptr(MsResult) result =
        ms_pair_score(ms_evaluation_get_set(evaluation), example, 0, NULL, NULL, NULL);

    ms_evaluation_put(evaluation, example, 0, result);
  }
  g_assert_cmpfloat(forward / 3, !=, backward / 3);
  g_assert_cmpfloat(mean_iou(evaluation, 0), ==, forward / 3);
  board = ms_scoreboard_compute(job = ms_scoreboard_prepare(evaluation, 0, TRUE), NULL, NULL);
  g_assert_cmpfloat(ms_totals_value(board->groups, MS_SET_METRIC_IOU_MEAN).value, ==, forward / 3);
}

static void
test_failed_score(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsResult) result = NULL;
  MsScore score;

  test_write_tiny_set(&fixture->folder);
  evaluation = new_evaluation(fixture);
  run(evaluation, 1);
  score = ms_evaluation_get_score(evaluation, 2, 0); /* val/bad */
  g_assert_cmpint(score.status, ==, MS_RESULT_ERROR);
  g_assert_nonnull(strstr(score.message, "bad.png"));
  result = ms_pair_score(ms_evaluation_get_set(evaluation), 2, 0, NULL, NULL, NULL);
  g_assert_cmpstr(score.message, ==, result->message);
  g_assert_null(ms_evaluation_dup_confusion(evaluation, 2, 0));
  g_assert_false(score.iou.defined);
}

/* A snapshot stays as it was. */
static void
test_snapshot(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsResults) before = NULL;
  g_autoptr(MsResults) after = NULL;

  write_maps(fixture);
  evaluation = new_evaluation(fixture);
  before = ms_evaluation_snapshot(evaluation, 0);
  run(evaluation, 1);
  after = ms_evaluation_snapshot(evaluation, 0);
  ms_evaluation_set_threshold(evaluation, 0, 128 / 255.0);
  g_assert_cmpint(ms_results_get(before, 0)->status, ==, MS_RESULT_WAITING);
  g_assert_cmpuint(ms_results_get(after, 0)->fp, ==, 1);
  g_assert_cmpuint(ms_results_get(after, 0)->classes, ==, 2);
  g_assert_cmpuint(ms_evaluation_get_score(evaluation, 0, 0).counts.fp, ==, 0);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
  g_test_add("/evaluation/" name, Fixture, NULL, set_up, function, tear_down)
  ADD("jobs", test_jobs);
  ADD("progress", test_progress);
  ADD("run-cancelled", test_run_cancelled);
  ADD("threshold", test_threshold);
  ADD("threshold-of-hard-masks", test_threshold_of_hard_masks);
  ADD("threshold-of-many-cells", test_threshold_of_many_cells);
  ADD("last-threshold-wins", test_last_threshold_wins);
  ADD("result-under-moved-threshold", test_result_under_moved_threshold);
  ADD("small-result-under-moved-threshold", test_small_result_under_moved_threshold);
  ADD("dispose-while-counting", test_dispose_while_counting);
  ADD("recount-fails", test_recount_fails);
  ADD("result-while-counting", test_result_while_counting);
  ADD("threshold-after-run", test_threshold_after_run);
  ADD("snapshot", test_snapshot);
  ADD("put", test_put);
  ADD("put-soon", test_put_soon);
  ADD("put-soon-into-file", test_put_soon_into_file);
  ADD("put-without-memory", test_put_without_memory);
  ADD("totals", test_totals);
  ADD("totals-resized", test_totals_resized);
  ADD("order-of-sums", test_order_of_sums);
  ADD("failed-score", test_failed_score);
  return g_test_run();
}
