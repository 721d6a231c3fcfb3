/* SPDX-License-Identifier: MIT
 *
 * Which classes are looked at. The focus stays from example to example and from model to model of a
 * set; nothing in it changes a score.
 */
#include "app/window-private.h"

void
ms_window_set_focus_of_classes(MsWindow *self, MsClassFocus *focus)
{
  ms_class_focus_ref(focus);
  ms_class_focus_unref(self->focus);
  self->focus = focus;
  ms_inspector_set_focus(self->inspector, focus);
  ms_window_update_class_actions(self);
  ms_window_painting_changed(self);
}

static void
solo_class(GtkWidget *widget, const char *name, GVariant *parameter)
{
  MsWindow *self = MS_WINDOW(widget);
  g_autoptr(MsClassFocus) focus =
      ms_class_focus_toggle_solo(self->focus, g_variant_get_uint32(parameter));

  ms_window_set_focus_of_classes(self, focus);
}

static void
hide_class(GtkWidget *widget, const char *name, GVariant *parameter)
{
  MsWindow *self = MS_WINDOW(widget);
  g_autoptr(MsClassFocus) focus =
      ms_class_focus_toggle_hidden(self->focus, g_variant_get_uint32(parameter));

  ms_window_set_focus_of_classes(self, focus);
}

static void
show_all_classes(GtkWidget *widget, const char *name, GVariant *parameter)
{
  ms_window_set_focus_of_classes(MS_WINDOW(widget), NULL);
}

void
ms_window_class_init_class_actions(GtkWidgetClass *class)
{
  gtk_widget_class_install_action(class, "win.solo-class", "u", solo_class);
  gtk_widget_class_install_action(class, "win.hide-class", "u", hide_class);
  gtk_widget_class_install_action(class, "win.show-all-classes", NULL, show_all_classes);
}

static gboolean
has_classes(MsWindow *self)
{
  return self->set && !ms_set_get_labels(self->set) &&
         ms_comparison_has_classes(
             ms_evaluation_get_rules(self->evaluation, self->model)->rules.comparison);
}

void
ms_window_update_class_actions(MsWindow *self)
{
  GtkWidget *widget = GTK_WIDGET(self);
  gboolean classes = has_classes(self);

  gtk_widget_action_set_enabled(widget, "win.solo-class", classes);
  gtk_widget_action_set_enabled(widget, "win.hide-class", classes);
  gtk_widget_action_set_enabled(widget, "win.show-all-classes", classes && self->focus);
}
