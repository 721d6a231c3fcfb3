/* SPDX-License-Identifier: MIT
 *
 * Lenses on the error: one kind of its anatomy alone, and errors near the actual edge forgiven. The
 * numbers of both are known once the example is analysed; the picture follows by a repaint. They
 * stay from example to example. A kind that is looked at alone is also what the list shows and
 * sorts by.
 */
#include "app/window-private.h"

/* --- tolerance --- */

static void
set_tolerance(GSimpleAction *action, GVariant *state, gpointer user)
{
  MsWindow *self = user;
  int pixels = CLAMP(g_variant_get_int32(state), 0, MS_REACH_MAX);

  g_simple_action_set_state(action, g_variant_new_int32(pixels));
  ms_inspector_set_tolerance(self->inspector, (guint)pixels);
  ms_legend_set_tolerance(self->legend, (guint)pixels);
  if (self->dim.tolerance == pixels)
    return;
  self->dim.tolerance = pixels;
  ms_window_painting_changed(self);
}

static void
change_tolerance(MsWindow *self, int pixels)
{
  g_action_group_change_action_state(G_ACTION_GROUP(self), "tolerance",
                                     g_variant_new_int32(pixels));
}

static void
step_tolerance(GtkWidget *widget, const char *name, GVariant *parameter)
{
  MsWindow *self = MS_WINDOW(widget);

  change_tolerance(self, self->dim.tolerance + g_variant_get_int32(parameter));
  ms_why_view_unfold_tolerance(ms_inspector_get_why(self->inspector));
}

static void
clear_tolerance(GtkWidget *widget, const char *name, GVariant *parameter)
{
  change_tolerance(MS_WINDOW(widget), 0);
}

static void
tolerance_moved(MsToleranceView *view, guint pixels, MsWindow *self)
{
  change_tolerance(self, (int)pixels);
}

/* --- one kind of error --- */

static void
set_error(GSimpleAction *action, GVariant *state, gpointer user)
{
  MsWindow *self = user;
  MsError error;
  int chosen = ms_error_from_id(g_variant_get_string(state, NULL), &error) ? (int)error : -1;

  g_simple_action_set_state(action,
                            g_variant_new_string(chosen < 0 ? "none" : ms_error_info(error)->id));
  ms_inspector_set_error(self->inspector, chosen);
  if (chosen == self->dim.error)
    return;
  self->dim.error = chosen;
  ms_window_painting_changed(self);
  ms_example_list_set_error(self->list, chosen < 0 ? MS_ANY_ERROR : chosen);
  if (chosen >= 0)
    ms_window_want_diagnoses(self);
}

/* The one that is looked at alone, once more: all of them again. */
static void
toggle_error(GSimpleAction *action, GVariant *parameter, gpointer user)
{
  g_autoptr(GVariant) state = g_action_get_state(G_ACTION(action));

  g_action_change_state(G_ACTION(action), g_variant_equal(state, parameter)
                                              ? g_variant_new_string("none")
                                              : parameter);
}

/* --- construction --- */

void
ms_window_class_init_lens_actions(GtkWidgetClass *class)
{
  gtk_widget_class_install_action(class, "win.step-tolerance", "i", step_tolerance);
  gtk_widget_class_install_action(class, "win.clear-tolerance", NULL, clear_tolerance);
}

void
ms_window_init_lens(MsWindow *self)
{
  static const GActionEntry actions[] = {
      {"tolerance", NULL, NULL, "0", set_tolerance},
      {"look-at-error", toggle_error, "s", "'none'", set_error},
  };

  self->dim.error = -1;
  g_action_map_add_action_entries(G_ACTION_MAP(self), actions, G_N_ELEMENTS(actions), self);
  g_signal_connect_object(ms_inspector_get_tolerance(self->inspector), "tolerance",
                          G_CALLBACK(tolerance_moved), self, 0);
}
