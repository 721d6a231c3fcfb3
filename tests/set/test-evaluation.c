/* SPDX-License-Identifier: MIT
 *
 * The scores of a set: the same for any number of jobs, cancelled and replaced at any time, and
 * following a threshold without the files.
 */
#include "set/scoreboard.h"

#include <math.h>

#include <glib/gstdio.h>

#include "set/option-values.h"
#include "set/recount.h"
#include "support/masks.h"
#include "support/totals.h"

/* Longest wait for something that another thread does; reaching it fails the test. */
#define PATIENCE (30 * G_TIME_SPAN_SECOND)

enum { N_MANY = 40 };

typedef struct {
  TestFolder folder;
  MsOptions *options;
  GArray *order; /* guint: 1000 * model + example of each "scored" */
  guint n_changed;
  GThread *thread; /* that signals must come on */
} Fixture;

static void
set_up(Fixture *fixture, gconstpointer data)
{
  fixture->folder = test_folder_new();
  fixture->options = ms_options_new();
  fixture->options->set = g_strdup(fixture->folder.path);
  fixture->thread = g_thread_self();
  fixture->order = g_array_new(FALSE, FALSE, sizeof(guint));
}

static void
tear_down(Fixture *fixture, gconstpointer data)
{
  test_folder_clear(&fixture->folder);
  ms_options_free(fixture->options);
  g_array_unref(fixture->order);
}

static void
on_scored(MsEvaluation *evaluation, guint example, guint model, Fixture *fixture)
{
  guint both = model * 1000 + example;

  g_assert_true(g_thread_self() == fixture->thread);
  g_assert_true(ms_evaluation_is_counting(evaluation, model) ||
                ms_evaluation_get_score(evaluation, example, model).status != MS_RESULT_WAITING);
  g_array_append_val(fixture->order, both);
}

static void
on_changed(MsEvaluation *evaluation, Fixture *fixture)
{
  fixture->n_changed++;
}

static MsEvaluation *
new_evaluation(Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MsSet) set = ms_set_open(fixture->options, NULL, NULL, NULL, &error);
  MsEvaluation *evaluation;

  g_assert_no_error(error);
  evaluation = ms_evaluation_new(set);
  g_signal_connect(evaluation, "scored", G_CALLBACK(on_scored), fixture);
  g_signal_connect(evaluation, "changed", G_CALLBACK(on_changed), fixture);
  return evaluation;
}

/* Two models; masks whose scores all differ. */
static void
write_many(Fixture *fixture)
{
  for (int i = 0; i < N_MANY; i++) {
    g_autofree char *actual = g_strdup_printf("actual/e%02d.png", i);
    g_autofree char *first = g_strdup_printf("predictions/first/e%02d.png", i);
    g_autofree char *second = g_strdup_printf("predictions/second/e%02d.png", i);

    test_write_run(&fixture->folder, actual, 16, 8, 0, 60);
    test_write_run(&fixture->folder, first, 16, 8, i, 60);
    test_write_run(&fixture->folder, second, 16, 8, 2 * i, 30);
  }
}

static void
run(MsEvaluation *evaluation, guint jobs)
{
  g_autoptr(GError) error = NULL;

  g_assert_true(ms_evaluation_run(evaluation, jobs, NULL, NULL, NULL, &error));
  g_assert_no_error(error);
}

typedef gboolean (*Condition)(gpointer user);

static void
wait_until(Condition condition, gpointer user)
{
  gint64 deadline = g_get_monotonic_time() + PATIENCE;

  while (!condition(user)) {
    g_assert_cmpint(g_get_monotonic_time(), <, deadline);
    if (!g_main_context_iteration(NULL, FALSE))
      g_thread_yield();
  }
}

static gboolean
is_finished(gpointer evaluation)
{
  return !ms_evaluation_is_running(evaluation);
}

static void
assert_same_scores(MsEvaluation *one, MsEvaluation *other)
{
  MsSet *set = ms_evaluation_get_set(one);

  for (guint model = 0; model < ms_set_get_n_models(set); model++) {
    for (guint example = 0; example < ms_set_get_n_examples(set); example++) {
      MsScore a = ms_evaluation_get_score(one, example, model);
      MsScore b = ms_evaluation_get_score(other, example, model);

      g_assert_cmpint(a.status, !=, MS_RESULT_WAITING);
      g_assert_cmpint(a.status, ==, b.status);
      g_assert_cmpstr(a.message, ==, b.message);
      g_assert_cmpfloat(a.iou.value, ==, b.iou.value);
      g_assert_cmpuint(a.wrong, ==, b.wrong);
      g_assert_cmpuint(a.counted, ==, b.counted);
    }
  }
}

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

/* One worker, so that the order is that of the tasks. */
static void
test_background(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  guint total;
  gboolean running;

  write_many(fixture);
  fixture->options->jobs = 1;
  evaluation = new_evaluation(fixture);
  g_assert_cmpint(ms_evaluation_get_score(evaluation, 0, 0).status, ==, MS_RESULT_WAITING);
  ms_evaluation_start(evaluation, 1, 3);
  g_assert_true(ms_evaluation_is_running(evaluation));
  g_assert_cmpuint(ms_evaluation_get_total(evaluation), ==, 2 * N_MANY);
  g_assert_cmpuint(fixture->order->len, ==, 0);
  wait_until(is_finished, evaluation);
  g_assert_cmpuint(ms_evaluation_get_done(evaluation), ==, 2 * N_MANY);
  g_object_get(evaluation, "total", &total, "running", &running, NULL);
  g_assert_cmpuint(total, ==, 2 * N_MANY);
  g_assert_false(running);
  for (guint i = 0; i < N_MANY; i++) {
    g_assert_cmpuint(g_array_index(fixture->order, guint, i), ==, 1000 + (i + 3) % N_MANY);
    g_assert_cmpuint(g_array_index(fixture->order, guint, N_MANY + i), ==, (i + 3) % N_MANY);
  }
  ms_evaluation_start(evaluation, 0, 0); /* nothing is left to do */
  g_assert_false(ms_evaluation_is_running(evaluation));
}

static void
count_notify(GObject *object, GParamSpec *pspec, guint *n)
{
  (*n)++;
}

static void
test_replaced(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsEvaluation) expected = NULL;
  guint n_running = 0;

  write_many(fixture);
  evaluation = new_evaluation(fixture);
  expected = new_evaluation(fixture);
  g_signal_connect(evaluation, "notify::running", G_CALLBACK(count_notify), &n_running);
  for (guint i = 0; i < 20; i++) {
    ms_evaluation_start(evaluation, i % 2, i);
    g_main_context_iteration(NULL, FALSE);
  }
  wait_until(is_finished, evaluation);
  g_assert_cmpuint(n_running % 2, ==, 0);
  run(expected, 1);
  assert_same_scores(evaluation, expected);
}

static void
restart_once(MsEvaluation *evaluation, guint example, guint model, gboolean *restarted)
{
  if (!*restarted) {
    *restarted = TRUE;
    ms_evaluation_start(evaluation, 0, 0);
  }
}

/* What the old pass still delivers is kept, but is not progress of the new one. */
static void
test_replaced_while_delivering(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  gboolean restarted = FALSE;

  write_many(fixture);
  evaluation = new_evaluation(fixture);
  g_signal_connect(evaluation, "scored", G_CALLBACK(restart_once), &restarted);
  ms_evaluation_start(evaluation, 0, 0);
  wait_until(is_finished, evaluation);
  g_assert_true(restarted);
  g_assert_cmpuint(ms_evaluation_get_total(evaluation), ==, 2 * N_MANY - 1);
  g_assert_cmpuint(ms_evaluation_get_done(evaluation), ==, 2 * N_MANY - 1);
  g_assert_cmpuint(fixture->order->len, ==, 2 * N_MANY);
}

static void
test_cancel(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;

  write_many(fixture);
  evaluation = new_evaluation(fixture);
  ms_evaluation_start(evaluation, 0, 0);
  ms_evaluation_cancel(evaluation);
  g_assert_false(ms_evaluation_is_running(evaluation));
  ms_evaluation_cancel(evaluation);
  ms_evaluation_start(evaluation, 0, 0);
  wait_until(is_finished, evaluation);
  g_assert_cmpuint(fixture->order->len, ==, 2 * N_MANY);
}

static gboolean
is_gone(gpointer pointer)
{
  return g_atomic_pointer_get((gpointer *)pointer) == NULL;
}

static void
on_set_gone(gpointer user, GObject *gone)
{
  g_atomic_pointer_set((gpointer *)user, NULL);
}

static void
test_dispose_while_running(Fixture *fixture, gconstpointer data)
{
  write_many(fixture);
  for (guint i = 0; i < 10; i++) {
    MsEvaluation *evaluation = new_evaluation(fixture);
    gpointer set = ms_evaluation_get_set(evaluation);

    g_object_weak_ref(set, on_set_gone, &set);
    ms_evaluation_start(evaluation, 0, 0);
    for (guint j = 0; j < i; j++)
      g_main_context_iteration(NULL, FALSE);
    g_object_unref(evaluation);
    wait_until(is_gone, &set);
  }
}

/* Actual is binary, predicted a map with the values 0, 128 and 255. */
static void
write_maps(Fixture *fixture)
{
  test_write_mask(&fixture->folder, "actual/a.png", "####....");
  test_write_mask(&fixture->folder, "predictions/a.png", "##+++...");
  test_write_mask(&fixture->folder, "actual/b.png", "####....");
  test_write_mask(&fixture->folder, "predictions/b.png", "####.+..");
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

/* A ramp of all 16-bit values over alternating columns: more cells than are counted at once. At a
 * threshold t, 65,535 (1 - t) values lie above, half of them right. */
static void
write_ramps(Fixture *fixture, guint n)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MsSamples) ramp = ms_samples_new(256, 256, MS_COLOR_GREY, 16, "ramp", &error);
  g_autoptr(MsSamples) actual = ms_samples_new(256, 256, MS_COLOR_GREY, 8, "actual", &error);

  g_assert_no_error(error);
  for (guint i = 0; i < 65536; i++) {
    ((guint16 *)(void *)ramp->pixels)[i] = (guint16)i;
    actual->pixels[i] = i % 2 ? 255 : 0;
  }
  for (guint i = 0; i < n; i++) {
    g_autofree char *actual_name = g_strdup_printf("actual/r%u.png", i);
    g_autofree char *ramp_name = g_strdup_printf("predictions/r%u.png", i);
    g_autoptr(GBytes) actual_png = ms_png_encode(actual, 1, NULL, &error);
    g_autoptr(GBytes) ramp_png = ms_png_encode(ramp, 1, NULL, &error);

    g_assert_no_error(error);
    g_free(test_file(&fixture->folder, actual_name, g_bytes_get_data(actual_png, NULL),
                     g_bytes_get_size(actual_png)));
    g_free(test_file(&fixture->folder, ramp_name, g_bytes_get_data(ramp_png, NULL),
                     g_bytes_get_size(ramp_png)));
  }
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

/* --- background ------------------------------------------------------------------------------- */

static void
count_signal(MsEvaluation *evaluation, guint *n)
{
  (*n)++;
}

/* Results that come in by the hundred have no signal each. */
static void
test_many_at_once(Fixture *fixture, gconstpointer data)
{
  g_autoptr(GString) manifest = g_string_new("example,actual,predicted\n");
  g_autoptr(MsEvaluation) evaluation = NULL;
  guint n_many = 0;

  test_write_run(&fixture->folder, "actual.png", 10, 1, 0, 10);
  for (guint i = 0; i < 3000; i++)
    g_string_append_printf(manifest, "e%04u,actual.png,actual.png\n", i);
  g_free(fixture->options->set);
  fixture->options->set = test_file(&fixture->folder, "many.csv", manifest->str, manifest->len);
  fixture->options->jobs = 1;
  evaluation = new_evaluation(fixture);
  g_signal_connect(evaluation, "scored-many", G_CALLBACK(count_signal), &n_many);
  ms_evaluation_hold(evaluation);
  ms_evaluation_start(evaluation, 0, 0);
  ms_evaluation_release(evaluation);
  wait_until(is_finished, evaluation);
  g_assert_cmpuint(ms_evaluation_get_done(evaluation), ==, 3000);
  g_assert_true(fixture->order->len == 3000 || n_many > 0);
  for (guint i = 0; i < 3000; i++)
    g_assert_true(ms_evaluation_get_score(evaluation, i, 0).exact);
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

/* Until as many results have come in. */
typedef struct {
  MsEvaluation *evaluation;
  guint done;
} Wish;

static gboolean
is_done(gpointer user)
{
  Wish *wish = user;

  return ms_evaluation_get_done(wish->evaluation) >= wish->done;
}

static void
pause_once(MsEvaluation *evaluation, guint example, guint model, gboolean *paused)
{
  if (!*paused) {
    *paused = TRUE;
    ms_evaluation_pause(evaluation);
  }
}

/* The state of all workers is not known from outside, but that the pass ends is: not while it is
 * paused, if there is anything left that a worker had not begun. */
static void
test_pause(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  guint n_paused = 0;
  gboolean paused = TRUE;

  write_many(fixture);
  evaluation = new_evaluation(fixture);
  g_signal_connect(evaluation, "notify::paused", G_CALLBACK(count_notify), &n_paused);
  ms_evaluation_pause(evaluation); /* nothing runs */
  g_assert_false(ms_evaluation_is_paused(evaluation));
  ms_evaluation_hold(evaluation);
  ms_evaluation_start(evaluation, 0, 0);
  ms_evaluation_pause(evaluation);
  ms_evaluation_release(evaluation);
  g_object_get(evaluation, "paused", &paused, NULL);
  g_assert_true(paused && ms_evaluation_is_paused(evaluation));
  g_assert_true(ms_evaluation_is_running(evaluation));
  for (guint i = 0; i < 1000; i++)
    g_main_context_iteration(NULL, FALSE);
  g_assert_cmpuint(ms_evaluation_get_done(evaluation), ==, 0);
  ms_evaluation_resume(evaluation);
  g_assert_false(ms_evaluation_is_paused(evaluation));
  wait_until(is_finished, evaluation);
  g_assert_cmpuint(n_paused, ==, 2);
  g_assert_cmpuint(fixture->order->len, ==, 2 * N_MANY);
}

/* Held twice, released once: nothing happens. A new start goes on where it was paused. */
static void
test_hold(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  gboolean paused = FALSE;
  Wish wish;

  write_many(fixture);
  evaluation = new_evaluation(fixture);
  ms_evaluation_hold(evaluation);
  ms_evaluation_hold(evaluation);
  ms_evaluation_start(evaluation, 0, 0);
  ms_evaluation_release(evaluation);
  for (guint i = 0; i < 1000; i++)
    g_main_context_iteration(NULL, FALSE);
  g_assert_cmpuint(ms_evaluation_get_done(evaluation), ==, 0);
  g_assert_false(ms_evaluation_is_paused(evaluation));
  g_signal_connect(evaluation, "scored", G_CALLBACK(pause_once), &paused);
  ms_evaluation_release(evaluation);
  wish = (Wish){evaluation, 1};
  wait_until(is_done, &wish);
  g_assert_true(paused);
  ms_evaluation_start(evaluation, 0, 0);
  g_assert_false(ms_evaluation_is_paused(evaluation));
  wait_until(is_finished, evaluation);
  g_assert_cmpuint(fixture->order->len, ==, 2 * N_MANY);
}

static void
test_dispose_while_held(Fixture *fixture, gconstpointer data)
{
  MsEvaluation *evaluation;
  gpointer set;

  write_many(fixture);
  evaluation = new_evaluation(fixture);
  set = ms_evaluation_get_set(evaluation);
  g_object_weak_ref(set, on_set_gone, &set);
  ms_evaluation_hold(evaluation);
  ms_evaluation_start(evaluation, 0, 0);
  g_object_unref(evaluation);
  wait_until(is_gone, &set);
}

/* A clock that goes on by a second with each look. */
static gint64 seconds;

static gint64
look_at_clock(void)
{
  return seconds++ * G_USEC_PER_SEC;
}

static void
note_rate(MsEvaluation *evaluation, GParamSpec *pspec, gboolean *known)
{
  double per_second, seconds_left;

  ms_evaluation_get_rate(evaluation, &per_second, &seconds_left);
  if (!ms_evaluation_is_running(evaluation) || ms_evaluation_get_done(evaluation) == 0)
    return;
  *known = TRUE;
  g_assert_cmpfloat(per_second, >, 0);
  g_assert_cmpfloat(per_second, <=, 2 * N_MANY);
  g_assert_cmpfloat(fabs(seconds_left * per_second - (ms_evaluation_get_total(evaluation) -
                                                      ms_evaluation_get_done(evaluation))),
                    <, 1e-6);
}

static void
test_rate(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  double per_second, seconds_left;
  gboolean known = FALSE;

  write_many(fixture);
  evaluation = new_evaluation(fixture);
  ms_evaluation_set_clock(evaluation, look_at_clock);
  g_signal_connect(evaluation, "notify::done", G_CALLBACK(note_rate), &known);
  ms_evaluation_start(evaluation, 0, 0);
  ms_evaluation_get_rate(evaluation, &per_second, &seconds_left);
  g_assert_cmpfloat(per_second, ==, 0);
  g_assert_cmpfloat(seconds_left, <, 0);
  wait_until(is_finished, evaluation);
  g_assert_true(known);
  ms_evaluation_get_rate(evaluation, &per_second, &seconds_left);
  g_assert_cmpfloat(per_second, ==, 0);
}

/* Files that go while the set is being scored are errors; the others are scored. */
static void
test_vanished_files(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;

  write_many(fixture);
  evaluation = new_evaluation(fixture);
  for (guint i = 0; i < N_MANY; i += 2) {
    g_autofree char *name = g_strdup_printf("predictions/first/e%02u.png", i);
    g_autofree char *path = test_path(&fixture->folder, name);

    g_assert_cmpint(g_unlink(path), ==, 0);
  }
  ms_evaluation_start(evaluation, 0, 0);
  wait_until(is_finished, evaluation);
  for (guint i = 0; i < N_MANY; i++) {
    MsScore score = ms_evaluation_get_score(evaluation, i, 0);

    g_assert_cmpint(score.status, ==, i % 2 ? MS_RESULT_OK : MS_RESULT_ERROR);
    g_assert_true(i % 2 || strstr(score.message, ".png"));
    g_assert_cmpint(ms_evaluation_get_score(evaluation, i, 1).status, ==, MS_RESULT_OK);
  }
}

/* --- live values ------------------------------------------------------------------------------ */

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
  g_test_add("/evaluation/" name, Fixture, NULL, set_up, function, tear_down)
  ADD("jobs", test_jobs);
  ADD("progress", test_progress);
  ADD("run-cancelled", test_run_cancelled);
  ADD("background", test_background);
  ADD("replaced", test_replaced);
  ADD("replaced-while-delivering", test_replaced_while_delivering);
  ADD("cancel", test_cancel);
  ADD("dispose-while-running", test_dispose_while_running);
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
  ADD("many-at-once", test_many_at_once);
  ADD("snapshot", test_snapshot);
  ADD("pause", test_pause);
  ADD("hold", test_hold);
  ADD("dispose-while-held", test_dispose_while_held);
  ADD("rate", test_rate);
  ADD("vanished-files", test_vanished_files);
  ADD("live-values", test_live_values);
  ADD("live-values-of-splits", test_live_values_of_splits);
  ADD("live-values-of-labels", test_live_values_of_labels);
  ADD("live-values-of-hard-masks", test_live_values_of_hard_masks);
  ADD("live-board", test_live_board);
  ADD("put", test_put);
  ADD("totals", test_totals);
  ADD("totals-resized", test_totals_resized);
  ADD("order-of-sums", test_order_of_sums);
  ADD("failed-score", test_failed_score);
  return g_test_run();
}
