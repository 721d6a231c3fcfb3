/* SPDX-License-Identifier: MIT
 *
 * maskscope export SET -o DIR: an annotated overlay, or a figure of labels, of every example and
 * model.
 */
#include "cli/command.h"
#include "cli/message.h"
#include "cli/picture-options.h"
#include "cli/session.h"
#include "io/file.h"
#include "report/export.h"

static const char help[] =
    "Usage: maskscope export SET -o DIR [--paint errors|actual|predicted] [--plain]\n"
    "                        [--opacity 0..1] [--palette safe|classic] [--show KIND[,KIND...]]\n"
    "\n"
    "Writes DIR/ID.png for every example: the image with its errors, or the classes of one side,\n"
    "painted over it, at full resolution, legend and scores under it. Of a label set it is a "
    "figure of the labels that are\n"
    "right, missed and extra. With several models: DIR/ID@MODEL.png.\n"
    "\n"
    "  -o, --output DIR           where to; made when it is not there\n" MS_PICTURE_HELP;

static MsExit
judge(const MsExportOutcome *outcome)
{
  if (outcome->written == 0 || outcome->failed > 0)
    return MS_EXIT_FAILED;
  return outcome->unscored > 0 ? MS_EXIT_UNSCORED : MS_EXIT_OK;
}

static void
print_outcome(const MsSession *session, const MsExportOutcome *outcome, const char *folder)
{
  g_autofree char *shown = ms_path_display(folder);

  ms_message_list(outcome->problems);
  if (outcome->written == 0)
    ms_message("%s: nothing could be exported", shown);
  else if (!session->options->quiet)
    ms_message("%s: %u %s written", shown, outcome->written,
               outcome->written == 1 ? "picture" : "pictures");
}

static MsExit
export_set(MsSession *session, const MsExportOptions *options, const char *folder, GError **error)
{
  g_auto(MsExportOutcome) outcome = {0};
  gboolean done;

  if (!ms_folder_check(folder, error) || !ms_session_open(session, error))
    return MS_EXIT_FAILED;
  ms_session_print_notices(session);
  done = ms_export_set(session->set, options, folder, session->options->jobs, ms_progress_update,
                       &session->progress, session->cancellable, &outcome, error);
  ms_progress_erase(&session->progress);
  if (!done)
    return MS_EXIT_FAILED;
  print_outcome(session, &outcome, folder);
  return judge(&outcome);
}

static gboolean
check_folder(const char *folder, GError **error)
{
  if (folder && !g_str_equal(folder, "-"))
    return TRUE;
  g_set_error_literal(error, MS_OPTIONS_ERROR, MS_OPTIONS_ERROR_USAGE,
                      "export needs -o DIR, the folder for the pictures");
  return FALSE;
}

static MsExit
run(GStrv *arguments)
{
  g_autofree char *folder = NULL;
  g_auto(MsPictureOptions) picture = {0};
  const GOptionEntry entries[] = {
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &folder, NULL, NULL},
      MS_PICTURE_ENTRIES(&picture),
      G_OPTION_ENTRY_NULL,
  };
  g_auto(MsSession) session = {0};
  g_autoptr(GError) error = NULL;
  MsExportOptions options;
  MsExit status = MS_EXIT_USAGE;

  ms_export_options_init(&options);
  if (ms_session_init(&session, arguments, entries, &error) &&
      ms_session_take_set(&session, *arguments, &error) && check_folder(folder, &error) &&
      ms_picture_options_apply(&picture, &options, &error))
    status = export_set(&session, &options, folder, &error);
  return error ? ms_message_error(error, &ms_command_export) : status;
}

const MsCommand ms_command_export = {"export", help, run, FALSE};
