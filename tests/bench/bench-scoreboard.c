/* SPDX-License-Identifier: MIT
 *
 * What the scores of a set cost, by its size and by what is compared: binary masks, probability
 * maps of some 200 values, label sets with scores. What the evaluation's thread pays: for each
 * result, for a start, for a step of the threshold with live values of all parts, for preparing a
 * scoreboard. What workers pay: counting anew after a step, values, intervals with them, each in
 * processor time beside the time that passes. Two thirds of the examples are in train, a fifth in
 * val, the rest in no split. No file is read but to open the set.
 */
#include <time.h>

#include "set/option-values.h"
#include "set/results-private.h"
#include "set/scoreboard.h"
#include "support/files.h"
#include "support/masks.h"
#include "support/random.h"

#define N_LABELS 6
/* Different histograms, used again and again. */
#define N_HISTOGRAMS 64
#define SIDE         64
#define N_STEPS      9 /* of the threshold, of which the middle one by time is shown */

typedef enum { BINARY, PROBABILITY, LABELS } Kind;

static const char *const kind_names[] = {"binary", "maps", "labels"};

typedef struct {
  double processor; /* ms */
  double passed;
} Cost;

static double
now(clockid_t clock)
{
  struct timespec time;

  clock_gettime(clock, &time);
  return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static void
start(Cost *cost)
{
  *cost = (Cost){now(CLOCK_PROCESS_CPUTIME_ID), now(CLOCK_MONOTONIC)};
}

static void
stop(Cost *cost)
{
  *cost =
      (Cost){now(CLOCK_PROCESS_CPUTIME_ID) - cost->processor, now(CLOCK_MONOTONIC) - cost->passed};
}

/* --- sets ------------------------------------------------------------------------------------- */

static const char *
split_of(guint example)
{
  return example % 15 < 10 ? "train" : example % 15 < 13 ? "val" : "";
}

static MsSet *
open_set(MsOptions *options)
{
  g_autoptr(GError) error = NULL;
  MsSet *set;

  options->no_cache = TRUE;
  set = ms_set_open(options, NULL, NULL, NULL, &error);
  g_assert_no_error(error);
  return set;
}

/* Every example names the same two files, which say how masks are read. */
static MsSet *
open_masks(const TestFolder *folder, Kind kind, guint n_examples)
{
  g_autoptr(GString) text = g_string_new("example,actual,predicted,split\n");
  g_autoptr(MsOptions) options = ms_options_new();

  test_write_mask(folder, "actual.png", "####....");
  test_write_mask(folder, "predicted.png", kind == BINARY ? "####...." : "##+++...");
  for (guint i = 0; i < n_examples; i++)
    g_string_append_printf(text, "e%07u,actual.png,predicted.png,%s\n", i, split_of(i));
  options->set = test_file(folder, "masks.csv", text->str, text->len);
  return open_set(options);
}

/* A third of the labels are there; scores lean to the right side. */
static MsSet *
open_labels(const TestFolder *folder, guint n_examples)
{
  g_autoptr(GString) actual = g_string_new("example,a,b,c,d,e,f,split\n");
  g_autoptr(GString) scores = g_string_new("example,a,b,c,d,e,f\n");
  g_autoptr(MsOptions) options = ms_options_new();
  g_autofree char *predicted = NULL;
  TestRandom random = {67};

  for (guint i = 0; i < n_examples; i++) {
    g_string_append_printf(actual, "e%07u", i);
    g_string_append_printf(scores, "e%07u", i);
    for (guint label = 0; label < N_LABELS; label++) {
      guint is = test_random_below(&random, 3) == 0;

      g_string_append_printf(actual, ",%u", is);
      g_string_append_printf(scores, ",0.%03u", test_random_below(&random, 700) + 300 * is);
    }
    g_string_append_printf(actual, ",%s\n", split_of(i));
    g_string_append_c(scores, '\n');
  }
  options->actual = test_file(folder, "actual.csv", actual->str, actual->len);
  predicted = test_file(folder, "scores.csv", scores->str, scores->len);
  ms_options_add_predicted(options, NULL, predicted);
  return open_set(options);
}

static MsPacked *
make_histogram(Kind kind, TestRandom *random)
{
  MsRaster actual, predicted;
  MsPacked *packed;
  MsJoint *joint;

  ms_raster_init(&actual, SIDE, SIDE, 8);
  ms_raster_init(&predicted, SIDE, SIDE, 8);
  for (int y = 0; y < SIDE; y++) {
    guint8 *a = ms_raster_row_writable(&actual, y), *p = ms_raster_row_writable(&predicted, y);

    for (int x = 0; x < SIDE; x++) {
      a[x] = test_random_below(random, 3) == 0;
      p[x] = (guint8)(kind == BINARY ? a[x] != (test_random_below(random, 10) == 0)
                                     : test_random_below(random, 156) + 100 * a[x]);
    }
  }
  ms_joint_new(&joint);
  ms_joint_add(joint, &actual, &predicted, NULL);
  ms_joint_compact(joint);
  packed = ms_packed_new(joint, NULL, NULL);
  ms_joint_free(joint);
  ms_raster_clear(&actual);
  ms_raster_clear(&predicted);
  return packed;
}

/* --- results ---------------------------------------------------------------------------------- */

static void
put_masks(MsEvaluation *evaluation, Kind kind)
{
  MsSet *set = ms_evaluation_get_set(evaluation);
  MsPacked *histograms[N_HISTOGRAMS];
  TestRandom random = {71};

  for (guint i = 0; i < N_HISTOGRAMS; i++)
    histograms[i] = make_histogram(kind, &random);
  for (guint i = 0; i < ms_set_get_n_examples(set); i++) {
    g_autoptr(MsResult) result =
        ms_result_new_packed(set, i, 0, histograms[i % N_HISTOGRAMS], SIDE, SIDE, FALSE);

    ms_evaluation_put(evaluation, i, 0, result);
  }
  for (guint i = 0; i < N_HISTOGRAMS; i++)
    ms_packed_unref(histograms[i]);
}

static void
put_labels(MsEvaluation *evaluation)
{
  MsSet *set = ms_evaluation_get_set(evaluation);

  for (guint i = 0; i < ms_set_get_n_examples(set); i++) {
    g_autoptr(MsResult) result = ms_pair_score_labels(set, i, 0);

    ms_evaluation_put(evaluation, i, 0, result);
  }
}

/* --- what is measured ------------------------------------------------------------------------- */

static int
compare_doubles(const void *a, const void *b)
{
  double first = *(const double *)a, second = *(const double *)b;

  return (first > second) - (first < second);
}

static double
median(double *values, guint n)
{
  qsort(values, n, sizeof *values, compare_doubles);
  return values[n / 2];
}

static void
wait_until_counted(MsEvaluation *evaluation)
{
  while (ms_evaluation_is_counting(evaluation, 0))
    g_main_context_iteration(NULL, TRUE);
}

/* What the slider costs the evaluation's thread, and then workers until scores have followed. */
static void
measure_steps(MsEvaluation *evaluation, double *step, Cost *counting)
{
  double steps[N_STEPS];

  for (guint i = 0; i < N_STEPS; i++) {
    g_autoptr(MsScoreboard) live = NULL;
    Cost cost;

    start(&cost);
    ms_evaluation_set_threshold(evaluation, 0, 0.3 + i * 0.05);
    live = ms_scoreboard_new_live(evaluation, 0);
    stop(&cost);
    steps[i] = cost.passed;
  }
  *step = median(steps, N_STEPS);
  wait_until_counted(evaluation);
  start(counting);
  ms_evaluation_set_threshold(evaluation, 0, 0.25);
  wait_until_counted(evaluation);
  stop(counting);
}

static void
measure_board(MsEvaluation *evaluation, gboolean draw, Cost *preparing, Cost *computing)
{
  g_autoptr(MsScoreboardJob) job = NULL;
  g_autoptr(MsScoreboard) board = NULL;
  g_autoptr(GError) error = NULL;

  start(preparing);
  job = ms_scoreboard_prepare(evaluation, 0, draw);
  stop(preparing);
  start(computing);
  board = ms_scoreboard_compute(job, NULL, &error);
  stop(computing);
  g_assert_no_error(error);
}

static void
measure(Kind kind, guint n_examples)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set =
      kind == LABELS ? open_labels(&folder, n_examples) : open_masks(&folder, kind, n_examples);
  g_autoptr(MsEvaluation) evaluation = ms_evaluation_new(set);
  g_autoptr(MsResults) results = NULL;
  Cost starting, putting, preparing, values, drawn, counting = {0};
  double step = 0;

  ms_evaluation_hold(evaluation);
  start(&starting);
  ms_evaluation_start(evaluation, 0, n_examples / 2);
  stop(&starting);
  ms_evaluation_cancel(evaluation);
  start(&putting);
  if (kind == LABELS)
    put_labels(evaluation);
  else
    put_masks(evaluation, kind);
  stop(&putting);
  measure_board(evaluation, TRUE, &preparing, &drawn);
  measure_board(evaluation, FALSE, &preparing, &values);
  if (kind != BINARY)
    measure_steps(evaluation, &step, &counting);
  results = ms_evaluation_snapshot(evaluation, 0);
  g_print("%-7s %9u %7.2f %7.2f %7.2f %7.2f %8.0f %8.0f %8.0f %8.0f %8.0f %8.0f %7.0f\n",
          kind_names[kind], n_examples, putting.passed * 1e3 / n_examples, starting.passed, step,
          preparing.passed, counting.processor, counting.passed, values.processor, values.passed,
          drawn.processor, drawn.passed, (double)ms_results_bytes(results) / n_examples);
}

int
main(void)
{
  static const guint sizes[] = {1000, 100000, 1000000};

  g_print("%-7s %9s %7s %7s %7s %7s %17s %17s %17s %7s\n"
          "%-7s %9s %7s %7s %7s %7s %8s %8s %8s %8s %8s %8s %7s\n",
          "", "", "put", "start", "step", "prepare", "counted anew", "values", "drawn", "bytes an",
          "", "examples", "us each", "ms", "ms", "ms", "cpu ms", "ms", "cpu ms", "ms", "cpu ms",
          "ms", "example");
  for (guint i = 0; i < G_N_ELEMENTS(sizes); i++)
    for (guint kind = BINARY; kind <= LABELS; kind++)
      measure((Kind)kind, sizes[i]);
  return 0;
}
