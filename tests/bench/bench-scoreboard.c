/* SPDX-License-Identifier: MIT
 *
 * What a scoreboard costs: label sets of six labels, two thirds of the examples in train, a fifth
 * in val, the rest in no split. Held on to on the evaluation's thread; then values alone, and
 * intervals with them, in processor time on all threads beside the time that passes.
 */
#include <time.h>

#include "set/option-values.h"
#include "set/scoreboard.h"
#include "support/files.h"
#include "support/random.h"

#define N_LABELS 6

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

static const char *
split_of(guint example)
{
  return example % 15 < 10 ? "train" : example % 15 < 13 ? "val" : "";
}

/* A third of the labels are there; of all, one in ten is wrong. */
static void
append_example(GString *text, guint example, TestRandom *random)
{
  char cells[2][2 * N_LABELS + 1];

  for (guint i = 0; i < N_LABELS; i++) {
    gboolean is = test_random_below(random, 3) == 0;
    gboolean wrong = test_random_below(random, 10) == 0;

    cells[0][2 * i] = is ? (char)('a' + i) : ' ';
    cells[1][2 * i] = is != wrong ? (char)('a' + i) : ' ';
    cells[0][2 * i + 1] = cells[1][2 * i + 1] = ';';
  }
  cells[0][2 * N_LABELS] = cells[1][2 * N_LABELS] = '\0';
  g_string_append_printf(text, "e%07u,%s,%s,%s\n", example, cells[0], cells[1], split_of(example));
}

static MsEvaluation *
make_evaluation(const TestFolder *folder, guint n_examples)
{
  g_autoptr(GString) text = g_string_new("example,actual,predicted,split\n");
  g_autoptr(MsOptions) options = ms_options_new();
  g_autoptr(MsSet) set = NULL;
  g_autoptr(GError) error = NULL;
  MsEvaluation *evaluation;
  TestRandom random = {67};

  for (guint i = 0; i < n_examples; i++)
    append_example(text, i, &random);
  options->set = test_file(folder, "labels.csv", text->str, text->len);
  set = ms_set_open(options, NULL, NULL, NULL, &error);
  g_assert_no_error(error);
  evaluation = ms_evaluation_new(set);
  g_assert_true(ms_evaluation_run(evaluation, 0, NULL, NULL, NULL, NULL));
  return evaluation;
}

static void
measure(MsEvaluation *evaluation, gboolean draw, Cost *preparing, Cost *computing)
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

int
main(void)
{
  static const guint sizes[] = {24, 10000, 100000, 1000000};

  g_print("%10s %11s %21s %21s\n%10s %11s %10s %10s %10s %10s\n", "", "prepare", "values", "drawn",
          "examples", "ms", "cpu ms", "ms", "cpu ms", "ms");
  for (guint i = 0; i < G_N_ELEMENTS(sizes); i++) {
    g_auto(TestFolder) folder = test_folder_new();
    g_autoptr(MsEvaluation) evaluation = make_evaluation(&folder, sizes[i]);
    Cost preparing, values, drawn;

    measure(evaluation, TRUE, &preparing, &drawn);
    measure(evaluation, FALSE, &preparing, &values);
    g_print("%10u %11.1f %10.1f %10.1f %10.1f %10.1f\n", sizes[i], preparing.passed,
            values.processor, values.passed, drawn.processor, drawn.passed);
  }
  return 0;
}
