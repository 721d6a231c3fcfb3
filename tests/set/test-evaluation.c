/* SPDX-License-Identifier: MIT
 *
 * The scores of a set: the same for any number of jobs, cancelled and replaced at any time, and
 * following a threshold without the files.
 */
#include "set/scoreboard.h"

#include "set/slot.h"
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
  g_assert_nonnull(ms_evaluation_get_result(evaluation, example, model));
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

      g_assert_nonnull(a);
      g_assert_nonnull(b);
      g_assert_cmpint(a->status, ==, b->status);
      g_assert_cmpstr(a->message, ==, b->message);
      g_assert_cmpfloat(a->iou.value, ==, b->iou.value);
      g_assert_cmpuint(a->wrong, ==, b->wrong);
      g_assert_cmpuint(a->counted, ==, b->counted);
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
  g_assert_null(ms_evaluation_get_score(evaluation, 0, 0));
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
  return ms_confusion_counts(ms_evaluation_dup_confusion(evaluation, example, 0)).tp;
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

    if (score.status == MS_RESULT_WAITING || true_positives(evaluation, i) != 8192)
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

/* The wishes between the first, which is being counted, and the last are never counted. */
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
  wait_until(is_counted_at_three_quarters, evaluation);
  g_assert_cmpuint(fixture->n_changed, ==, 2);
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
  g_assert_null(ms_evaluation_get_score(evaluation, 3, 0));
  g_assert_null(ms_evaluation_dup_confusion(evaluation, 3, 0));
  ms_evaluation_set_threshold(evaluation, 0, 0.75);
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

/* Why counts could not be made stays to be read. */
static void
test_recount_fails(Fixture *fixture, gconstpointer data)
{
  static const guint32 classes[] = {0};
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsRuleset) ruleset = NULL;
  g_autoptr(GArray) recounts = ms_recounts_new();
  MsSet *set;
  MsRules rules;
  MsSlot slot = {0};

  write_many(fixture);
  evaluation = new_evaluation(fixture);
  set = ms_evaluation_get_set(evaluation);
  ms_rules_init(&rules);
  rules.comparison = MS_COMPARE_CLASSES;
  rules.classes = classes;
  rules.n_classes = G_N_ELEMENTS(classes);
  ruleset = ms_ruleset_new(&rules, 0.5);
  slot.result = ms_pair_score(set, 2, 0, NULL, NULL, NULL);
  ms_slot_set_rules(&slot, ms_set_get_rules(set, 0));
  g_assert_cmpint(slot.score.status, ==, MS_RESULT_OK);
  ms_recounts_add(recounts, set, 2, 0, slot.result, ruleset);
  ms_recounts_run(recounts);
  ms_slot_take(&slot, &g_array_index(recounts, MsRecount, 0));
  g_assert_cmpint(slot.score.status, ==, MS_RESULT_ERROR);
  g_assert_cmpstr(slot.score.message, ==, "e02: its actual mask holds id 1, which is no class");
  g_assert_null(ms_slot_confusion(&slot));
  ms_slot_clear(&slot);
}

/* A run keeps counts, not joints. */
static void
test_run_gives_up_joints(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;

  write_ramps(fixture, 2);
  evaluation = new_evaluation(fixture);
  run(evaluation, 2);
  for (guint i = 0; i < 2; i++) {
    g_assert_null(ms_evaluation_get_result(evaluation, i, 0)->joint);
    g_assert_cmpuint(true_positives(evaluation, i), ==, 16384);
  }
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
  g_assert_true(ms_evaluation_get_result(evaluation, 5, 1) == result);
  g_assert_nonnull(ms_evaluation_get_score(evaluation, 5, 1));
  g_assert_null(ms_evaluation_get_result(evaluation, 5, 0));
  run(evaluation, 1);
  g_assert_true(ms_evaluation_get_result(evaluation, 5, 1) == result);
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
  MsScore score;

  test_write_tiny_set(&fixture->folder);
  evaluation = new_evaluation(fixture);
  run(evaluation, 1);
  score = ms_evaluation_get_score(evaluation, 2, 0); /* val/bad */
  g_assert_cmpint(score.status, ==, MS_RESULT_ERROR);
  g_assert_nonnull(strstr(score.message, "bad.png"));
  g_assert_cmpstr(score.message, ==, ms_evaluation_get_result(evaluation, 2, 0)->message);
  g_assert_null(ms_evaluation_dup_confusion(evaluation, 2, 0));
  g_assert_false(score.iou.defined);
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
  ADD("run-gives-up-joints", test_run_gives_up_joints);
  ADD("put", test_put);
  ADD("totals", test_totals);
  ADD("totals-resized", test_totals_resized);
  ADD("order-of-sums", test_order_of_sums);
  ADD("failed-score", test_failed_score);
  return g_test_run();
}
