/* SPDX-License-Identifier: MIT
 *
 * The set is opened and scored on the main thread, which has nothing else to do; workers belong
 * to the layers below.
 */
#include "cli/session.h"

#include "cli/interrupt.h"
#include "cli/message.h"
#include "report/notes.h"

gboolean
ms_session_init(MsSession *session, GStrv *arguments, const GOptionEntry *extra, GError **error)
{
  session->options = ms_options_new();
  if (!ms_options_parse(session->options, arguments, extra, error))
    return FALSE;
  ms_progress_init(&session->progress, session->options->quiet);
  session->cancellable = ms_interrupt_new();
  return TRUE;
}

void
ms_session_clear(MsSession *session)
{
  ms_progress_clear(&session->progress);
  g_clear_object(&session->set);
  g_clear_object(&session->cancellable);
  g_clear_pointer(&session->options, ms_options_free);
}

static gboolean
has_folders(const MsOptions *options)
{
  return options->manifest || options->actual || options->predicted->len > 0;
}

gboolean
ms_session_take_set(MsSession *session, char **arguments, GError **error)
{
  guint n = g_strv_length(arguments);

  if (n > 1) {
    g_set_error(error, MS_OPTIONS_ERROR, MS_OPTIONS_ERROR_USAGE,
                "one SET at a time; '%s' is one too many", arguments[1]);
    return FALSE;
  }
  if (n == 0 && !has_folders(session->options)) {
    g_set_error_literal(error, MS_OPTIONS_ERROR, MS_OPTIONS_ERROR_USAGE,
                        "which SET? Name a folder, a .maskset file or a manifest, or give "
                        "--actual and --predicted");
    return FALSE;
  }
  if (n == 1) {
    g_free(session->options->set);
    session->options->set = g_strdup(arguments[0]);
  }
  return TRUE;
}

gboolean
ms_session_open(MsSession *session, GError **error)
{
  session->set = ms_set_open(session->options, ms_progress_update, &session->progress,
                             session->cancellable, error);
  ms_progress_erase(&session->progress);
  return session->set != NULL;
}

static void
keep_notice(MsEvaluation *evaluation, const char *notice, GPtrArray *notices)
{
  g_ptr_array_add(notices, g_strdup(notice));
}

gboolean
ms_session_evaluate(MsSession *session, MsEvaluation *evaluation, GError **error)
{
  g_autoptr(GPtrArray) notices = g_ptr_array_new_with_free_func(g_free);
  gulong handler = g_signal_connect(evaluation, "notice", G_CALLBACK(keep_notice), notices);
  gboolean done = ms_evaluation_run(evaluation, session->options->jobs, ms_progress_update,
                                    &session->progress, session->cancellable, error);

  g_signal_handler_disconnect(evaluation, handler);
  ms_progress_erase(&session->progress);
  if (!session->options->quiet)
    ms_message_list(notices);
  return done;
}

MsSetMeasures *
ms_session_measure(MsSession *session, MsEvaluation *evaluation, const MsMeasureRequest *request,
                   GError **error)
{
  MsSetMeasures *measures =
      ms_set_measures_new(evaluation, request, session->options->jobs, ms_progress_update,
                          &session->progress, session->cancellable, error);

  ms_progress_erase(&session->progress);
  return measures;
}

GPtrArray *
ms_session_compute_boards(MsSession *session, MsEvaluation *evaluation, GError **error)
{
  GPtrArray *boards = ms_scoreboard_compute_all(evaluation, ms_progress_update, &session->progress,
                                                session->cancellable, error);

  ms_progress_erase(&session->progress);
  return boards;
}

void
ms_session_print_notices(MsSession *session)
{
  g_autoptr(GPtrArray) notices = ms_notes_notices(session->set);

  if (!session->options->quiet)
    ms_message_list(notices);
}
