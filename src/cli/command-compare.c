/* SPDX-License-Identifier: MIT
 *
 * maskscope compare ACTUAL PREDICTED: one pair, its counts and scores, and its overlay on demand.
 */
#include "cli/command.h"
#include "cli/message.h"
#include "cli/output.h"
#include "cli/picture-options.h"
#include "cli/session.h"
#include "io/error.h"
#include "io/file.h"
#include "report/export.h"
#include "report/notes.h"
#include "set/option-values.h"

static const char help[] =
    "Usage: maskscope compare ACTUAL PREDICTED [--image FILE] [--overlay FILE.png] [-o FILE]\n"
    "\n"
    "Compares two mask files and prints counts and scores.\n"
    "\n"
    "  --image FILE               the picture under the masks, for the overlay\n"
    "  --overlay FILE.png         write the overlay there\n"
    "  -o, --output FILE          write the scores there; - is standard output\n"
    "  --format csv|json|text     else by FILE's ending, else text on a terminal and CSV off "
    "it\n" MS_PICTURE_HELP;

typedef struct {
  char *image;
  char *overlay;
  char *output;
  char *format;
  MsPictureOptions picture;
} CompareOptions;

static void
compare_options_clear(CompareOptions *options)
{
  g_free(options->image);
  g_free(options->overlay);
  g_free(options->output);
  g_free(options->format);
  ms_picture_options_clear(&options->picture);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(CompareOptions, compare_options_clear)

/* The pair becomes a set of one example. */
static gboolean
take_pair(MsOptions *options, char **arguments, const char *image, GError **error)
{

  if (g_strv_length(arguments) != 2 || options->actual || options->manifest ||
      options->predicted->len > 0 || options->images) {
    g_set_error_literal(error, MS_OPTIONS_ERROR, MS_OPTIONS_ERROR_USAGE,
                        "compare takes two mask files, ACTUAL and PREDICTED, and --image FILE");
    return FALSE;
  }
  options->actual = g_strdup(arguments[0]);
  options->images = g_strdup(image);
  ms_options_add_predicted(options, NULL, arguments[1]);
  return TRUE;
}

/* The files must be files: a folder here would be a set, which is another command's. */
static gboolean
check_files(const char *actual, const char *predicted, GError **error)
{
  const char *paths[] = {actual, predicted};

  for (guint i = 0; i < G_N_ELEMENTS(paths); i++) {
    if (g_file_test(paths[i], G_FILE_TEST_IS_DIR)) {
      g_autofree char *shown = ms_path_display(paths[i]);

      g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_OPEN,
                  "%s: a folder, not a mask file; 'maskscope evaluate' scores folders", shown);
      return FALSE;
    }
  }
  return TRUE;
}

static MsFrame *
load_pair(MsSession *session, GError **error)
{
  g_autoptr(MsFrame) frame = ms_frame_load(session->set, 0, 0, session->cancellable, error);

  if (frame && frame->result->status != MS_RESULT_OK) {
    g_set_error_literal(error, MS_IO_ERROR, MS_IO_ERROR_UNSUPPORTED, frame->result->message);
    return NULL;
  }
  return g_steal_pointer(&frame);
}

static gboolean
write_overlay(MsSession *session, const MsFrame *frame, const CompareOptions *options,
              const MsExportOptions *export, GError **error)
{
  if (frame->image_message)
    ms_message("%s", frame->image_message);
  if (!options->overlay)
    return TRUE;
  return ms_export_frame(frame, ms_set_get_rules(session->set, 0), export, options->overlay, error);
}

static gboolean
write_scores(MsSession *session, MsFrame *frame, const CompareOptions *options, MsFormat format,
             GError **error)
{
  g_autoptr(MsEvaluation) evaluation = ms_evaluation_new(session->set);
  g_autoptr(GString) report = NULL;
  const MsScore *score;

  ms_evaluation_put(evaluation, 0, 0, frame->result);
  score = ms_evaluation_get_score(evaluation, 0, 0);
  if (score->status != MS_RESULT_OK) {
    g_set_error_literal(error, MS_IO_ERROR, MS_IO_ERROR_UNSUPPORTED, score->message);
    return FALSE;
  }
  if (frame->result->resized)
    ms_message(MS_NOTE_RESIZED);
  report = ms_report_pair(evaluation, 0, 0, format);
  return ms_output_write(options->output, report, error);
}

static MsExit
compare(MsSession *session, const CompareOptions *options, GError **error)
{
  g_autoptr(MsFrame) frame = NULL;
  MsExportOptions export;
  MsFormat format;

  ms_export_options_init(&export);
  if (!ms_picture_options_apply(&options->picture, &export, error) ||
      !ms_output_choose_format(options->format, options->output, &format, error))
    return MS_EXIT_USAGE;
  if (!ms_session_open(session, error))
    return MS_EXIT_FAILED;
  ms_session_print_notices(session);
  frame = load_pair(session, error);
  if (!frame || !write_scores(session, frame, options, format, error) ||
      !write_overlay(session, frame, options, &export, error))
    return MS_EXIT_FAILED;
  return MS_EXIT_OK;
}

static MsExit
run(GStrv *arguments)
{
  g_auto(CompareOptions) options = {0};
  const GOptionEntry entries[] = {
      {"image", 0, 0, G_OPTION_ARG_FILENAME, &options.image, NULL, NULL},
      {"overlay", 0, 0, G_OPTION_ARG_FILENAME, &options.overlay, NULL, NULL},
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output, NULL, NULL},
      {"format", 0, 0, G_OPTION_ARG_STRING, &options.format, NULL, NULL},
      MS_PICTURE_ENTRIES(&options.picture),
      G_OPTION_ENTRY_NULL,
  };
  g_auto(MsSession) session = {0};
  g_autoptr(GError) error = NULL;
  MsExit status = MS_EXIT_FAILED;

  if (ms_session_init(&session, arguments, entries, &error) &&
      take_pair(session.options, *arguments, options.image, &error) &&
      check_files((*arguments)[0], (*arguments)[1], &error))
    status = compare(&session, &options, &error);
  return error ? ms_message_error(error, &ms_command_compare) : status;
}

const MsCommand ms_command_compare = {"compare", help, run};
