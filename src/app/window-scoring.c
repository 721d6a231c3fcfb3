/* SPDX-License-Identifier: MIT
 *
 * The scoring in the background: when it runs, and the commands that pause, stop and start it, and
 * the search for error regions with it (window-diagnoses.c). What
 * the user paused or stopped stays so, whatever else changes, until it is started or the set is
 * read again.
 */
#include "app/window-private.h"

/* While a folder is still being read its disk has other work, and the part of it that is shown is
 * not what is to be scored. */
static gboolean
may_score(MsWindow *self)
{
  return self->evaluation && !self->stopped &&
         !(ms_set_is_partial(self->set) && self->open_cancellable);
}

void
ms_window_score(MsWindow *self)
{
  gboolean paused;

  if (!may_score(self)) {
    ms_window_diagnose(self);
    return;
  }
  paused = ms_evaluation_is_paused(self->evaluation);
  ms_evaluation_start(self->evaluation, self->model,
                      self->example == G_MAXUINT ? 0 : self->example);
  if (paused)
    ms_evaluation_pause(self->evaluation);
  ms_window_diagnose(self);
}

static void
pause_scoring(GSimpleAction *action, GVariant *state, gpointer user)
{
  MsWindow *self = user;

  ms_window_pause_diagnoses(self, g_variant_get_boolean(state));
  if (g_variant_get_boolean(state))
    ms_evaluation_pause(self->evaluation);
  else
    ms_evaluation_resume(self->evaluation);
}

static void
stop_scoring(GtkWidget *widget, const char *name, GVariant *parameter)
{
  MsWindow *self = MS_WINDOW(widget);

  self->stopped |= ms_evaluation_is_running(self->evaluation);
  ms_window_stop_diagnoses(self);
  ms_evaluation_cancel(self->evaluation);
}

static void
start_scoring(GtkWidget *widget, const char *name, GVariant *parameter)
{
  MsWindow *self = MS_WINDOW(widget);

  self->stopped = self->diagnoses_stopped = FALSE;
  ms_window_score(self);
  ms_window_update_scoring_actions(self);
}

void
ms_window_update_scoring_actions(MsWindow *self)
{
  gboolean scoring = self->evaluation && ms_evaluation_is_running(self->evaluation);
  gboolean searching = self->diagnoses && ms_diagnoses_is_running(self->diagnoses);
  gboolean running = scoring || searching;
  gboolean paused = (scoring && ms_evaluation_is_paused(self->evaluation)) ||
                    (searching && ms_diagnoses_is_paused(self->diagnoses));
  GAction *pause = g_action_map_lookup_action(G_ACTION_MAP(self), "pause-scoring");

  g_simple_action_set_enabled(G_SIMPLE_ACTION(pause), running);
  g_simple_action_set_state(G_SIMPLE_ACTION(pause), g_variant_new_boolean(paused));
  gtk_widget_action_set_enabled(GTK_WIDGET(self), "win.stop-scoring", running);
  gtk_widget_action_set_enabled(GTK_WIDGET(self), "win.start-scoring",
                                self->stopped || self->diagnoses_stopped);
}

static void
notice(MsEvaluation *evaluation, const char *text, MsWindow *self)
{
  ms_window_say(self, FALSE, "%s", text);
}

void
ms_window_watch_scoring(MsWindow *self)
{
  self->stopped = FALSE;
  g_signal_connect_object(self->evaluation, "notify::running",
                          G_CALLBACK(ms_window_update_scoring_actions), self, G_CONNECT_SWAPPED);
  g_signal_connect_object(self->evaluation, "notify::paused",
                          G_CALLBACK(ms_window_update_scoring_actions), self, G_CONNECT_SWAPPED);
  g_signal_connect_object(self->evaluation, "notice", G_CALLBACK(notice), self, 0);
}

void
ms_window_class_init_scoring_actions(GtkWidgetClass *class)
{
  gtk_widget_class_install_action(class, "win.stop-scoring", NULL, stop_scoring);
  gtk_widget_class_install_action(class, "win.start-scoring", NULL, start_scoring);
}

void
ms_window_init_scoring_actions(MsWindow *self)
{
  static const GActionEntry pause[] = {{"pause-scoring", NULL, NULL, "false", pause_scoring}};

  g_action_map_add_action_entries(G_ACTION_MAP(self), pause, 1, self);
}
