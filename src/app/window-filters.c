/* SPDX-License-Identifier: MIT
 *
 * What is listed, and in which order, as actions. The order is a setting; filters last as long as
 * the window. The one by a kind of error is that of window-lens.c.
 */
#include "app/settings.h"
#include "app/sort-names.h"
#include "app/window-private.h"

static const char *const shows[MS_N_SHOWS] = {"all", "exact", "not-exact", "problems"};

static void
sort_changed(GSettings *settings, const char *key, MsWindow *self)
{
  g_autofree char *name = g_settings_get_string(settings, "sort");

  ms_example_list_set_sort(self->list, ms_sort_from_name(name),
                           g_settings_get_boolean(settings, "sort-reverse"));
  if (ms_example_list_needs_findings(self->list))
    ms_window_want_diagnoses(self);
}

static void
filter_show(GSimpleAction *action, GVariant *state, gpointer user)
{
  MsWindow *self = user;

  for (MsShow show = 0; show < MS_N_SHOWS; show++) {
    if (!g_str_equal(g_variant_get_string(state, NULL), shows[show]))
      continue;
    g_simple_action_set_state(action, state);
    ms_example_list_set_show(self->list, show);
  }
}

static void
filter_iou(GSimpleAction *action, GVariant *state, gpointer user)
{
  MsWindow *self = user;
  double lowest, highest;

  g_variant_get(state, "(dd)", &lowest, &highest);
  if (!(lowest >= 0 && lowest <= highest && highest <= 1))
    return;
  g_simple_action_set_state(action, state);
  ms_example_list_set_iou_range(self->list, lowest, highest);
}

static void
filter_class(GSimpleAction *action, GVariant *state, gpointer user)
{
  MsWindow *self = user;
  gint64 id = g_variant_get_int64(state);

  if (id != MS_ANY_CLASS && (id < 0 || id > G_MAXUINT32))
    return;
  g_simple_action_set_state(action, state);
  ms_example_list_set_class(self->list, id);
}

static void
filter_text(GSimpleAction *action, GVariant *parameter, gpointer user)
{
  MsWindow *self = user;

  ms_example_list_set_text(self->list, g_variant_get_string(parameter, NULL));
}

static void
clear_filters(GSimpleAction *action, GVariant *parameter, gpointer user)
{
  GtkWidget *widget = GTK_WIDGET(user);

  gtk_widget_activate_action(widget, "win.filter-show", "s", shows[MS_SHOW_ALL]);
  gtk_widget_activate_action(widget, "win.filter-iou", "(dd)", 0.0, 1.0);
  gtk_widget_activate_action(widget, "win.filter-class", "x", (gint64)MS_ANY_CLASS);
  g_action_group_change_action_state(G_ACTION_GROUP(user), "look-at-error",
                                     g_variant_new_string("none"));
  gtk_widget_activate_action(widget, "win.filter-text", "s", "");
}

void
ms_window_init_filter_actions(MsWindow *self)
{
  static const GActionEntry actions[] = {
      {"filter-show", NULL, "s", "'all'", filter_show},
      {"filter-iou", NULL, "(dd)", "(0.0, 1.0)", filter_iou},
      {"filter-class", NULL, "x", "int64 -1", filter_class},
      {"filter-text", filter_text, "s"},
      {"clear-filters", clear_filters},
  };
  static const char *const keys[] = {"sort", "sort-reverse"};
  GSettings *settings = ms_settings_get();

  g_action_map_add_action_entries(G_ACTION_MAP(self), actions, G_N_ELEMENTS(actions), self);
  for (guint i = 0; i < G_N_ELEMENTS(keys); i++) {
    g_autoptr(GAction) action = g_settings_create_action(settings, keys[i]);
    g_autofree char *changed = g_strconcat("changed::", keys[i], NULL);

    g_action_map_add_action(G_ACTION_MAP(self), action);
    g_signal_connect_object(settings, changed, G_CALLBACK(sort_changed), self, 0);
  }
  sort_changed(settings, NULL, self);
}
