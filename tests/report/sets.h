/* SPDX-License-Identifier: MIT
 *
 * Opens and scores a folder, for tests of reports.
 */
#pragma once

#include "report/table.h"
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

typedef struct {
  TestFolder folder;
  char *path;
  MsFileWriter *file;
} TestReport;

static inline TestReport
test_report_begin(void)
{
  TestReport report = {.folder = test_folder_new()};
  g_autoptr(GError) error = NULL;

  report.path = test_path(&report.folder, "report");
  report.file = ms_file_writer_open(report.path, &error);
  g_assert_no_error(error);
  return report;
}

static inline char *
test_report_end(TestReport *report)
{
  g_autoptr(GError) error = NULL;
  char *text;

  ms_file_writer_commit(report->file, &error);
  g_assert_no_error(error);
  g_file_get_contents(report->path, &text, NULL, &error);
  g_assert_no_error(error);
  ms_file_writer_free(report->file);
  g_free(report->path);
  test_folder_clear(&report->folder);
  return text;
}

/* What is written of a set, or of a pair. */
static inline char *
test_report_table(MsEvaluation *evaluation, const GPtrArray *boards, MsFormat format)
{
  TestReport report = test_report_begin();

  g_assert_true(ms_report_table(evaluation, boards, NULL, format, report.file, NULL));
  return test_report_end(&report);
}

static inline char *
test_report_pair(MsEvaluation *evaluation, guint example, MsFormat format)
{
  TestReport report = test_report_begin();

  g_assert_true(ms_report_pair(evaluation, example, 0, NULL, format, report.file, NULL));
  return test_report_end(&report);
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
