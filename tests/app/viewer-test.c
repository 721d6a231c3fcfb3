/* SPDX-License-Identifier: MIT */
#include "viewer-test.h"

#include "app/application.h"

static GtkApplication *application;

char *
viewer_test_sample(const char *name)
{
  return g_build_filename(g_test_get_dir(G_TEST_DIST), "..", "data", name, NULL);
}

gboolean
viewer_test_is_painted(MsWindow *window)
{
  return window->shown && window->shown->frame->set == window->set &&
         window->shown->frame->example == window->example &&
         window->shown->frame->model == window->model &&
         window->shown->rules == ms_evaluation_get_rules(window->evaluation, window->model);
}

gboolean
viewer_test_is_scored(MsWindow *window)
{
  for (guint i = 0; i < ms_set_get_n_examples(window->set); i++)
    if (!ms_evaluation_get_score(window->evaluation, i, window->model))
      return FALSE;
  return TRUE;
}

const char *
viewer_test_message(MsWindow *window)
{
  return gtk_revealer_get_reveal_child(window->message_revealer)
             ? gtk_label_get_text(window->message_text)
             : NULL;
}

MsWindow *
viewer_test_open(const char *path)
{
  MsWindow *window;

  if (!application) {
    g_autoptr(GError) error = NULL;

    application = GTK_APPLICATION(ms_application_new(ms_options_new()));
    g_application_register(G_APPLICATION(application), NULL, &error);
    g_assert_no_error(error);
  }
  window = ms_window_new(application);
  gtk_window_set_default_size(GTK_WINDOW(window), 1200, 850);
  test_display_focus(GTK_WINDOW(window));
  if (path) {
    ms_window_open_path(window, path);
    test_until(window->set && viewer_test_is_painted(window));
    test_display_settle(GTK_WIDGET(window));
  }
  return window;
}

void
viewer_test_close(MsWindow *window)
{
  gpointer weak = window;

  g_object_add_weak_pointer(G_OBJECT(window), &weak);
  gtk_window_destroy(GTK_WINDOW(window));
  test_until(weak == NULL);
}
