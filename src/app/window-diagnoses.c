/* SPDX-License-Identifier: MIT
 *
 * The search for error regions in the background: when it runs. It follows the scoring, which is
 * faster and tells more; who asks for it does not wait for that.
 */
#include "app/window-private.h"

/* While a folder is still being read, what is shown of it is not what is to be searched. */
static gboolean
may_diagnose(MsWindow *self)
{
  if (!self->diagnoses || self->diagnoses_stopped ||
      (ms_set_is_partial(self->set) && self->open_cancellable))
    return FALSE;
  return self->diagnoses_wanted || (ms_diagnoses_is_cheap(self->diagnoses) && !self->stopped &&
                                    !ms_evaluation_is_running(self->evaluation));
}

void
ms_window_diagnose(MsWindow *self)
{
  gboolean is_there;
  gboolean paused;

  if (!may_diagnose(self))
    return;
  is_there = ms_diagnoses_is_running(self->diagnoses)
                 ? ms_diagnoses_get_model(self->diagnoses) == self->model
                 : ms_diagnoses_get_n_waiting(self->diagnoses, self->model) == 0;
  if (is_there)
    return;
  paused = ms_diagnoses_is_paused(self->diagnoses);
  ms_diagnoses_start(self->diagnoses, self->model, self->example == G_MAXUINT ? 0 : self->example);
  if (paused)
    ms_diagnoses_pause(self->diagnoses);
}

void
ms_window_want_diagnoses(MsWindow *self)
{
  if (!self->diagnoses)
    return; /* what the list is sorted by is asked when a set comes */
  self->diagnoses_wanted = TRUE;
  self->diagnoses_stopped = FALSE;
  ms_window_diagnose(self);
  ms_window_update_scoring_actions(self);
}

void
ms_window_pause_diagnoses(MsWindow *self, gboolean paused)
{
  if (paused)
    ms_diagnoses_pause(self->diagnoses);
  else
    ms_diagnoses_resume(self->diagnoses);
}

void
ms_window_stop_diagnoses(MsWindow *self)
{
  self->diagnoses_stopped |= ms_diagnoses_is_running(self->diagnoses);
  ms_diagnoses_cancel(self->diagnoses);
}

static void
notice(MsDiagnoses *diagnoses, const char *text, MsWindow *self)
{
  ms_window_say(self, FALSE, "%s", text);
}

/* Findings that wait again, under other rules, without a pass that begins anew by itself. */
static void
findings_changed(MsDiagnoses *diagnoses, guint model, MsWindow *self)
{
  if (model == self->model && !ms_diagnoses_is_running(diagnoses))
    ms_window_diagnose(self);
}

void
ms_window_watch_diagnoses(MsWindow *self)
{
  self->diagnoses = ms_diagnoses_new(self->evaluation);
  self->diagnoses_stopped = FALSE;
  self->diagnoses_wanted = ms_example_list_needs_findings(self->list);
  g_signal_connect_object(self->evaluation, "notify::running", G_CALLBACK(ms_window_diagnose), self,
                          G_CONNECT_SWAPPED);
  g_signal_connect_object(self->diagnoses, "changed", G_CALLBACK(findings_changed), self, 0);
  g_signal_connect_object(self->diagnoses, "notify::running",
                          G_CALLBACK(ms_window_update_scoring_actions), self, G_CONNECT_SWAPPED);
  g_signal_connect_object(self->diagnoses, "notify::paused",
                          G_CALLBACK(ms_window_update_scoring_actions), self, G_CONNECT_SWAPPED);
  g_signal_connect_object(self->diagnoses, "notice", G_CALLBACK(notice), self, 0);
}
