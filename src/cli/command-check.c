/* SPDX-License-Identifier: MIT
 *
 * maskscope check SET: what is wrong with a set, before anybody believes its scores.
 */
#include "cli/command.h"
#include "cli/message.h"
#include "cli/output.h"
#include "cli/session.h"
#include "report/check-report.h"
#include "set/option-values.h"

#include <math.h>

static const char help[] =
    "Usage: maskscope check SET [-o FILE] [--format text|json] [--examples N|all]\n"
    "\n"
    "Looks for what is wrong with a set before its scores are believed: files that do not pair,\n"
    "masks that are read as nobody meant, ids that do not match, predictions that are flipped or\n"
    "shifted, copies. Of each finding it says how sure it is, what it does to the score, and the\n"
    "option or line that mends it. Nothing is changed.\n"
    "\n"
    "  -o, --output FILE          write there; - is standard output. The ending says the format\n"
    "  --format text|json         else by FILE's ending, else text\n"
    "  --examples N|all           read so many examples, spread over the set, however long it\n"
    "                             takes; else up to " G_STRINGIFY(
        MS_CHECK_EXAMPLES) ", for some seconds\n";

static const char exit_help[] =
    "Exit status:\n"
    "  0  nothing was found, or notes alone: worth knowing, but no score\n"
    "     depends on it\n"
    "  1  could not run or write; the message says why\n"
    "  2  wrong usage\n"
    "  3  something was found\n";

typedef struct {
  char *output;
  char *format;
  char *examples;
} CheckOptions;

static void
check_options_clear(CheckOptions *options)
{
  g_free(options->output);
  g_free(options->format);
  g_free(options->examples);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(CheckOptions, check_options_clear)

/* Who says how many wants them all, however long it takes. */
static gboolean
parse_limits(const char *examples, MsCheckLimits *limits, GError **error)
{
  guint64 n;

  if (!examples)
    return TRUE;
  limits->seconds = HUGE_VAL;
  if (g_str_equal(examples, "all")) {
    limits->max_examples = G_MAXUINT;
    return TRUE;
  }
  if (!g_ascii_string_to_unsigned(examples, 10, 1, G_MAXUINT, &n, NULL))
    return ms_options_usage_error(error, "--examples takes a whole number from 1, or all, not '%s'",
                                  examples);
  limits->max_examples = (guint)n;
  return TRUE;
}

static MsCheck *
run_check(MsSession *session, const MsCheckLimits *limits, GError **error)
{
  MsCheck *check = ms_check_run(session->set, limits, ms_progress_update, &session->progress,
                                session->cancellable, error);

  ms_progress_erase(&session->progress);
  return check;
}

static gboolean
write_report(const MsCheck *check, const char *output, MsFormat format, GError **error)
{
  g_autoptr(MsFileWriter) file = ms_output_open(output, error);

  if (!file)
    return FALSE;
  if (!(format == MS_FORMAT_JSON ? ms_report_check_json(check, file, error)
                                 : ms_report_check_text(check, file, error)))
    return FALSE;
  return ms_file_writer_commit(file, error);
}

static MsExit
check_set(MsSession *session, const CheckOptions *options, GError **error)
{
  MsCheckLimits limits = {.jobs = session->options->jobs};
  g_autoptr(MsCheck) check = NULL;
  MsFormat format;

  if (!ms_output_choose_prose_format(options->format, options->output, &format, error) ||
      !parse_limits(options->examples, &limits, error))
    return MS_EXIT_USAGE;
  if (!ms_output_check(options->output, error) || !ms_session_open(session, error))
    return MS_EXIT_FAILED;
  check = run_check(session, &limits, error);
  if (!check || !write_report(check, options->output, format, error))
    return MS_EXIT_FAILED;
  return check->findings->len > check->n_notes ? MS_EXIT_FOUND : MS_EXIT_OK;
}

static MsExit
run(GStrv *arguments)
{
  g_auto(CheckOptions) options = {0};
  const GOptionEntry entries[] = {
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output, NULL, NULL},
      {"format", 0, 0, G_OPTION_ARG_STRING, &options.format, NULL, NULL},
      {"examples", 0, 0, G_OPTION_ARG_STRING, &options.examples, NULL, NULL},
      G_OPTION_ENTRY_NULL,
  };
  g_auto(MsSession) session = {0};
  g_autoptr(GError) error = NULL;
  MsExit status = MS_EXIT_USAGE;

  if (ms_session_init(&session, arguments, entries, &error) &&
      ms_session_take_set(&session, *arguments, &error))
    status = check_set(&session, &options, &error);
  return error ? ms_message_error(error, &ms_command_check) : status;
}

const MsCommand ms_command_check = {"check", help, run, FALSE, exit_help};
