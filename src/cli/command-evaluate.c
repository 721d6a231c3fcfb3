/* SPDX-License-Identifier: MIT
 *
 * maskscope evaluate SET: every example and the set, as a table for people or programs.
 */
#include <unistd.h>

#include "cli/command.h"
#include "cli/levels.h"
#include "cli/measure-options.h"
#include "cli/message.h"
#include "cli/output.h"
#include "cli/session.h"
#include "report/notes.h"

static const char help[] =
    "Usage: maskscope evaluate SET [-o FILE] [--format csv|json|text] [--fail-under "
    "NAME=VALUE]...\n"
    "       [--metrics LIST|all] [--tolerance K]\n"
    "\n"
    "Scores every example of a set and prints a row per example, model and class (CSV), the same\n"
    "with set totals (JSON), or a table for people (text).\n"
    "\n"
    "  -o, --output FILE          write there; - is standard output. The ending says the format\n"
    "  --format csv|json|text     else by FILE's ending, else text on a terminal and CSV off it\n"
    "  --fail-under NAME=VALUE    end with status 4 when a model scores below; NAME is iou.mean,\n"
    "                             iou.pooled, dice.mean, dice.pooled, miou or exact, of label "
    "sets\n"
    "                             also hamming\n" MS_MEASURE_HELP;

typedef struct {
  char *output;
  char *format;
  char **fail_under;
  MsMeasureOptions measure;
  MsMeasureRequest request; /* what that comes to */
  gboolean measures;        /* whether it asks for anything */
} EvaluateOptions;

static void
evaluate_options_clear(EvaluateOptions *options)
{
  g_free(options->output);
  g_free(options->format);
  g_strfreev(options->fail_under);
  ms_measure_options_clear(&options->measure);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(EvaluateOptions, evaluate_options_clear)

/* The reasons go to standard error unless the reader sees them in the report itself. */
static gboolean
reasons_are_on_screen(const EvaluateOptions *options, MsFormat format)
{
  return format == MS_FORMAT_TEXT && ms_output_is_standard(options->output) &&
         isatty(STDOUT_FILENO);
}

static void
collect_skipped(MsEvaluation *evaluation, guint model, GPtrArray *lines, guint *n_unscored)
{
  MsSet *set = ms_evaluation_get_set(evaluation);

  for (guint i = 0; i < ms_set_get_n_examples(set); i++) {
    MsScore score = ms_evaluation_get_score(evaluation, i, model);
    const char *id = ms_set_get_id(set, i);

    if (score.status == MS_RESULT_OK)
      continue;
    *n_unscored += score.has_actual;
    g_ptr_array_add(lines, g_strdup_printf("%s (%s): %s", id, ms_set_get_model_name(set, model),
                                           score.message));
  }
}

static guint
report_skipped(MsSession *session, MsEvaluation *evaluation, gboolean print)
{
  g_autoptr(GPtrArray) lines = ms_notes_resized(evaluation);
  guint n_unscored = 0;

  for (guint model = 0; model < ms_set_get_n_models(session->set); model++)
    collect_skipped(evaluation, model, lines, &n_unscored);
  if (print)
    ms_message_list(lines);
  return n_unscored;
}

static MsExit
judge(MsSession *session, MsEvaluation *evaluation, const GArray *levels, guint n_unmeasured,
      gboolean print_reasons, GError **error)
{
  g_autoptr(GPtrArray) misses = ms_levels_check(levels, evaluation, error);
  guint n_unscored = n_unmeasured + report_skipped(session, evaluation, print_reasons);

  if (!misses)
    return MS_EXIT_FAILED;
  ms_message_list(misses);
  if (misses->len > 0)
    return MS_EXIT_BELOW;
  return n_unscored > 0 ? MS_EXIT_UNSCORED : MS_EXIT_OK;
}

/* Whoever could not be measured is told of, here and in the report. NULL, without an error, where
 * nothing is asked for. */
static MsSetMeasures *
measure(MsSession *session, MsEvaluation *evaluation, const EvaluateOptions *options,
        GError **error)
{
  MsSetMeasures *measures;

  if (!options->measures)
    return NULL;
  measures = ms_session_measure(session, evaluation, &options->request, error);
  if (measures && !session->options->quiet)
    ms_message_list(ms_set_measures_get_failures(measures));
  return measures;
}

static gboolean
write_report(MsSession *session, MsEvaluation *evaluation, const EvaluateOptions *options,
             MsFormat format, guint *n_unmeasured, GError **error)
{
  g_autoptr(GPtrArray) boards = NULL;
  g_autoptr(MsSetMeasures) measures = NULL;
  g_autoptr(MsFileWriter) file = NULL;

  if (!ms_session_evaluate(session, evaluation, error))
    return FALSE;
  if (ms_report_wants_boards(format)) {
    boards = ms_session_compute_boards(session, evaluation, error);
    if (!boards)
      return FALSE;
  }
  measures = measure(session, evaluation, options, error);
  if (options->measures && !measures)
    return FALSE;
  *n_unmeasured = measures ? ms_set_measures_get_failures(measures)->len : 0;
  file = ms_output_open(options->output, error);
  return file && ms_report_table(evaluation, boards, measures, format, file, error) &&
         ms_file_writer_commit(file, error);
}

static MsExit
evaluate(MsSession *session, EvaluateOptions *options, GError **error)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(GArray) levels = ms_levels_parse((const char *const *)options->fail_under, error);
  guint n_unmeasured = 0;
  gboolean on_screen;
  MsFormat format;

  if (!levels || !ms_output_choose_format(options->format, options->output, &format, error) ||
      !ms_measure_options_apply(&options->measure, &options->request, &options->measures, error))
    return MS_EXIT_USAGE;
  if (!ms_output_check(options->output, error) || !ms_session_open(session, error) ||
      !ms_levels_fit(levels, session->set, error) ||
      !ms_measure_options_fit(&options->measure, session->set, error))
    return MS_EXIT_FAILED;
  on_screen = reasons_are_on_screen(options, format);
  if (!on_screen)
    ms_session_print_notices(session);
  evaluation = ms_evaluation_new(session->set);
  if (!write_report(session, evaluation, options, format, &n_unmeasured, error))
    return MS_EXIT_FAILED;
  return judge(session, evaluation, levels, n_unmeasured, !on_screen && !session->options->quiet,
               error);
}

static MsExit
run(GStrv *arguments)
{
  g_auto(EvaluateOptions) options = {0};
  const GOptionEntry entries[] = {
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output, NULL, NULL},
      {"format", 0, 0, G_OPTION_ARG_STRING, &options.format, NULL, NULL},
      {"fail-under", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.fail_under, NULL, NULL},
      MS_MEASURE_ENTRIES(&options.measure),
      G_OPTION_ENTRY_NULL,
  };
  g_auto(MsSession) session = {0};
  g_autoptr(GError) error = NULL;
  MsExit status = MS_EXIT_USAGE;

  if (ms_session_init(&session, arguments, entries, &error) &&
      ms_session_take_set(&session, *arguments, &error))
    status = evaluate(&session, &options, &error);
  return error ? ms_message_error(error, &ms_command_evaluate) : status;
}

const MsCommand ms_command_evaluate = {"evaluate", help, run, FALSE};
