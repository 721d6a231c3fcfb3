/* SPDX-License-Identifier: MIT
 *
 * Which classes are looked at, and whether they or the errors lie over the image. The focus stays
 * from example to example and from model to model of a set; nothing in it changes a score.
 */
#include "app/settings.h"
#include "app/window-private.h"

/* What is shown is painted anew at once, its neighbours when they are. */
static void
painting_changed(MsWindow *self)
{
  if (!self->cache)
    return;
  ms_display_cache_set_painting(self->cache, self->focus, self->paint);
  if (ms_window_is_shown(self))
    ms_window_repaint(self);
}

void
ms_window_set_focus_of_classes(MsWindow *self, MsClassFocus *focus)
{
  ms_class_focus_ref(focus);
  ms_class_focus_unref(self->focus);
  self->focus = focus;
  ms_inspector_set_focus(self->inspector, focus);
  ms_window_update_class_actions(self);
  painting_changed(self);
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

static void
paint_changed(GSettings *settings, const char *key, MsWindow *self)
{
  g_autofree char *name = g_settings_get_string(settings, "paint");

  ms_paint_from_name(name, &self->paint);
  painting_changed(self);
}

void
ms_window_class_init_class_actions(GtkWidgetClass *class)
{
  gtk_widget_class_install_action(class, "win.solo-class", "u", solo_class);
  gtk_widget_class_install_action(class, "win.hide-class", "u", hide_class);
  gtk_widget_class_install_action(class, "win.show-all-classes", NULL, show_all_classes);
}

void
ms_window_init_class_actions(MsWindow *self)
{
  GSettings *settings = ms_settings_get();
  g_autoptr(GAction) paint = g_settings_create_action(settings, "paint");

  g_action_map_add_action(G_ACTION_MAP(self), paint);
  g_signal_connect_object(settings, "changed::paint", G_CALLBACK(paint_changed), self, 0);
  paint_changed(settings, "paint", self);
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
