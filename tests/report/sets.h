/* SPDX-License-Identifier: MIT
 *
 * Opens and scores a folder, for tests of reports.
 */
#pragma once

#include "set/scoreboard.h"
#include "support/masks.h"

static inline MsSet *
test_open_set(const TestFolder *folder)
{
  g_autoptr(MsOptions) options = ms_options_new();
  g_autoptr(GError) error = NULL;
  MsSet *set;

  options->set = g_strdup(folder->path);
  set = ms_set_open(options, NULL, NULL, NULL, &error);
  g_assert_no_error(error);
  return set;
}

static inline MsEvaluation *
test_evaluate(MsSet *set, guint jobs)
{
  MsEvaluation *evaluation = ms_evaluation_new(set);
  g_autoptr(GError) error = NULL;

  ms_evaluation_run(evaluation, jobs, NULL, NULL, NULL, &error);
  g_assert_no_error(error);
  return evaluation;
}

static inline GPtrArray *
test_boards(MsEvaluation *evaluation)
{
  return ms_scoreboard_compute_all(evaluation, NULL, NULL, NULL, NULL);
}

/* Index of an id; fails the test when there is none. */
static inline guint
test_find_example(MsSet *set, const char *id)
{
  for (guint i = 0; i < ms_set_get_n_examples(set); i++)
    if (g_str_equal(ms_set_get_id(set, i), id))
      return i;
  g_error("no example %s", id);
}
