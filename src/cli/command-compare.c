/* SPDX-License-Identifier: MIT
 *
 * maskscope compare ACTUAL PREDICTED: one pair of masks, or of label sets out of two tables; its
 * counts and scores, and its overlay on demand.
 */
#include "cli/command.h"
#include "cli/measure-options.h"
#include "cli/message.h"
#include "cli/output.h"
#include "cli/picture-options.h"
#include "cli/session.h"
#include "io/error.h"
#include "io/file.h"
#include "report/export.h"
#include "report/notes.h"
#include "set/describe.h"
#include "set/option-values.h"

static const char help[] =
    "Usage: maskscope compare ACTUAL PREDICTED [--image FILE] [--overlay FILE.png] [-o FILE]\n"
    "       maskscope compare ACTUAL.csv PREDICTED.csv [--example ID] ...\n"
    "\n"
    "Compares two mask files, or the label sets of an example in two tables, and prints counts "
    "and\n"
    "scores.\n"
    "\n"
    "  --example ID               of label tables: which example, where they share more than one\n"
    "  --image FILE               the picture under the masks, for the overlay\n"
    "  --overlay FILE.png         write the overlay there\n"
    "  -o, --output FILE          write the scores there; - is standard output\n"
    "  --format csv|json|text     else by FILE's ending, else text on a terminal and CSV off "
    "it\n" MS_MEASURE_HELP MS_PICTURE_HELP;

typedef struct {
  char *example;
  char *image;
  char *overlay;
  char *output;
  char *format;
  MsPictureOptions picture;
  MsMeasureOptions measure;
  MsMeasureRequest request; /* what that comes to */
  gboolean measures;        /* whether it asks for anything */
} CompareOptions;

static void
compare_options_clear(CompareOptions *options)
{
  g_free(options->example);
  g_free(options->image);
  g_free(options->overlay);
  g_free(options->output);
  g_free(options->format);
  ms_picture_options_clear(&options->picture);
  ms_measure_options_clear(&options->measure);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(CompareOptions, compare_options_clear)

static gboolean
take_pair(MsOptions *options, char **arguments, GError **error)
{
  if (g_strv_length(arguments) != 2 || options->actual || options->manifest ||
      options->predicted->len > 0 || options->images) {
    g_set_error_literal(error, MS_OPTIONS_ERROR, MS_OPTIONS_ERROR_USAGE,
                        "compare takes two mask files or label tables, ACTUAL and PREDICTED, and "
                        "--image FILE");
    return FALSE;
  }
  options->actual = g_strdup(arguments[0]);
  ms_options_add_predicted(options, NULL, arguments[1]);
  return TRUE;
}

/* The files must be files: a folder here would be a set, which is another command's. image may be
 * NULL. */
static gboolean
check_files(const char *actual, const char *predicted, const char *image, GError **error)
{
  const char *paths[] = {actual, predicted};

  if (image && !g_file_test(image, G_FILE_TEST_EXISTS)) {
    g_autofree char *shown = ms_path_display(image);

    g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_NOT_FOUND, "%s does not exist", shown);
    return FALSE;
  }
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

static gboolean
find_example(MsSet *set, const char *id, guint *example, GError **error)
{
  *example = ms_set_find_example(set, id);
  if (*example != G_MAXUINT)
    return TRUE;
  g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_CHOICE,
              "There is no example \"%s\"; the first is \"%s\"", id, ms_set_get_id(set, 0));
  return FALSE;
}

/* The only one that has label sets on both sides. */
static gboolean
find_only_example(MsSet *set, guint *example, GError **error)
{
  guint n_examples = 0;
  g_autofree char *n = NULL;

  for (guint i = 0; i < ms_set_get_n_examples(set); i++) {
    if (ms_set_get_problem(set, i, 0))
      continue;
    *example = i;
    n_examples++;
  }
  if (n_examples == 1)
    return TRUE;
  if (n_examples == 0) {
    g_set_error_literal(error, MS_SET_ERROR, MS_SET_ERROR_EMPTY,
                        "No example has an actual and a predicted label set");
    return FALSE;
  }
  n = ms_describe_count(n_examples);
  return ms_options_usage_error(error,
                                "The tables share %s examples: choose one with --example ID, or "
                                "score all with 'maskscope evaluate --actual ACTUAL --predicted "
                                "PREDICTED'",
                                n);
}

static gboolean
choose_example(MsSet *set, const CompareOptions *options, guint *example, GError **error)
{
  *example = 0;
  if (!ms_set_get_labels(set) && options->example)
    return ms_options_usage_error(error, "--example chooses an example of label tables; these are "
                                         "two mask files");
  if (!ms_set_get_labels(set))
    return TRUE;
  return options->example ? find_example(set, options->example, example, error)
                          : find_only_example(set, example, error);
}

static MsFrame *
load_pair(MsSession *session, guint example, const char *image, GError **error)
{
  g_autoptr(MsFrame) frame =
      ms_frame_load_over(session->set, example, 0, image, session->cancellable, error);

  if (frame && frame->result->status != MS_RESULT_OK) {
    g_set_error_literal(error, MS_IO_ERROR, MS_IO_ERROR_UNSUPPORTED, frame->result->message);
    return NULL;
  }
  return g_steal_pointer(&frame);
}

static bool
go_on(void *user, double fraction)
{
  MsSession *session = user;

  ms_progress_update("Overlay, %", (guint)(100 * fraction), 100, &session->progress);
  return !g_cancellable_is_cancelled(session->cancellable);
}

static gboolean
write_overlay(MsSession *session, const MsFrame *frame, const CompareOptions *options,
              const MsExportOptions *export, GError **error)
{
  MsControl control = {go_on, session};
  gboolean written;

  if (frame->image_message)
    ms_message("%s", frame->image_message);
  if (!options->overlay)
    return TRUE;
  written = ms_export_frame(frame, ms_set_get_rules(session->set, 0), export, options->overlay,
                            &control, error);
  ms_progress_erase(&session->progress);
  return written;
}

static MsSetMeasures *
measure(MsSession *session, MsEvaluation *evaluation, MsFrame *frame, const CompareOptions *options,
        GError **error)
{
  g_autoptr(MsConfusion) confusion = ms_evaluation_dup_confusion(evaluation, frame->example, 0);
  const MsRuleset *rules = ms_evaluation_get_rules(evaluation, 0);
  g_autoptr(MsExampleMeasures) measures = ms_example_measures_of_frame(
      frame, rules, confusion, &options->request, session->cancellable, error);

  if (!measures)
    return NULL;
  return ms_set_measures_new_of_one(frame->example, 0, rules->rules.empty, measures);
}

static gboolean
write_scores(MsSession *session, MsFrame *frame, const CompareOptions *options, MsFormat format,
             GError **error)
{
  g_autoptr(MsEvaluation) evaluation = ms_evaluation_new(session->set);
  g_autoptr(MsSetMeasures) measures = NULL;
  g_autoptr(MsFileWriter) file = NULL;
  MsScore score;

  ms_evaluation_put(evaluation, frame->example, 0, frame->result);
  score = ms_evaluation_get_score(evaluation, frame->example, 0);
  if (score.status != MS_RESULT_OK) {
    g_set_error_literal(error, MS_IO_ERROR, MS_IO_ERROR_UNSUPPORTED, score.message);
    return FALSE;
  }
  if (frame->result->resized)
    ms_message(MS_NOTE_RESIZED);
  if (options->measures && !(measures = measure(session, evaluation, frame, options, error)))
    return FALSE;
  file = ms_output_open(options->output, error);
  return file && ms_report_pair(evaluation, frame->example, 0, measures, format, file, error) &&
         ms_file_writer_commit(file, error);
}

static MsExit
compare(MsSession *session, CompareOptions *options, GError **error)
{
  g_autoptr(MsFrame) frame = NULL;
  MsExportOptions export;
  MsFormat format;
  guint example;

  ms_export_options_init(&export);
  if (!ms_picture_options_apply(&options->picture, &export, error) ||
      !ms_output_choose_format(options->format, options->output, &format, error) ||
      !ms_measure_options_apply(&options->measure, &options->request, &options->measures, error))
    return MS_EXIT_USAGE;
  if (!ms_output_check(options->output, error) ||
      (options->overlay && !ms_file_writer_check(options->overlay, error)) ||
      !ms_session_open(session, error))
    return MS_EXIT_FAILED;
  ms_session_print_notices(session);
  if (!ms_measure_options_fit(&options->measure, session->set, error) ||
      !choose_example(session->set, options, &example, error))
    return MS_EXIT_FAILED;
  frame = load_pair(session, example, options->image, error);
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
      {"example", 0, 0, G_OPTION_ARG_FILENAME, &options.example, NULL, NULL},
      {"image", 0, 0, G_OPTION_ARG_FILENAME, &options.image, NULL, NULL},
      {"overlay", 0, 0, G_OPTION_ARG_FILENAME, &options.overlay, NULL, NULL},
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output, NULL, NULL},
      {"format", 0, 0, G_OPTION_ARG_STRING, &options.format, NULL, NULL},
      MS_MEASURE_ENTRIES(&options.measure),
      MS_PICTURE_ENTRIES(&options.picture),
      G_OPTION_ENTRY_NULL,
  };
  g_auto(MsSession) session = {0};
  g_autoptr(GError) error = NULL;
  MsExit status = MS_EXIT_FAILED;

  if (ms_session_init(&session, arguments, entries, &error) &&
      take_pair(session.options, *arguments, &error) &&
      check_files((*arguments)[0], (*arguments)[1], options.image, &error))
    status = compare(&session, &options, &error);
  return error ? ms_message_error(error, &ms_command_compare) : status;
}

const MsCommand ms_command_compare = {"compare", help, run, FALSE};
