/* SPDX-License-Identifier: MIT
 *
 * Every command of the window is an action; keys, buttons, menus and tests go through the same
 * names.
 */
#include "app/keys.h"
#include "app/settings.h"
#include "app/window-private.h"

/* One press of Ctrl+arrow, view pixels. */
#define PAN_STEP 80

/* --- browsing --- */

static void
next(GtkWidget *widget, const char *name, GVariant *parameter)
{
  ms_example_list_step(MS_WINDOW(widget)->list, 1);
}

static void
previous(GtkWidget *widget, const char *name, GVariant *parameter)
{
  ms_example_list_step(MS_WINDOW(widget)->list, -1);
}

static void
first(GtkWidget *widget, const char *name, GVariant *parameter)
{
  ms_example_list_jump(MS_WINDOW(widget)->list, FALSE);
}

static void
last(GtkWidget *widget, const char *name, GVariant *parameter)
{
  ms_example_list_jump(MS_WINDOW(widget)->list, TRUE);
}

/* Goes round, so that [ and ] alone compare two models. */
static void
step_model(GtkWidget *widget, const char *name, GVariant *parameter)
{
  MsWindow *self = MS_WINDOW(widget);
  int n = self->set ? (int)ms_set_get_n_models(self->set) : 0;

  if (n > 1)
    ms_window_set_model(self, (self->model + n + g_variant_get_int32(parameter)) % n);
}

static void
search(GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_settings_set_boolean(ms_settings_get(), "show-list", TRUE);
  ms_example_list_focus_search(MS_WINDOW(widget)->list);
}

static void
go_to(GtkWidget *widget, const char *name, GVariant *parameter)
{
  ms_window_go_to(MS_WINDOW(widget));
}

/* The way out of a flip, and of a long list, where Tab goes row by row. What is not there yet is
 * waited for no longer; on the picture itself, the marked rectangle goes. */
static void
focus_picture(GtkWidget *widget, const char *name, GVariant *parameter)
{
  MsWindow *self = MS_WINDOW(widget);

  if (ms_window_end_flip(self) ||
      (gtk_widget_has_focus(GTK_WIDGET(self->canvas)) && ms_window_unmark(self)) ||
      ms_window_leave_check(self))
    return;
  ms_window_stay(self);
  ms_window_focus_example(self);
}

/* --- looking --- */

static void
fit(GtkWidget *widget, const char *name, GVariant *parameter)
{
  ms_canvas_fit(MS_WINDOW(widget)->canvas);
}

static void
zoom_100(GtkWidget *widget, const char *name, GVariant *parameter)
{
  ms_canvas_zoom_to(MS_WINDOW(widget)->canvas, 1, FALSE);
}

static void
zoom_in(GtkWidget *widget, const char *name, GVariant *parameter)
{
  ms_canvas_zoom_step(MS_WINDOW(widget)->canvas, 1, FALSE);
}

static void
zoom_out(GtkWidget *widget, const char *name, GVariant *parameter)
{
  ms_canvas_zoom_step(MS_WINDOW(widget)->canvas, -1, FALSE);
}

static void
pan(GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *to = g_variant_get_string(parameter, NULL);
  int dx = g_str_equal(to, "left") - g_str_equal(to, "right");
  int dy = g_str_equal(to, "up") - g_str_equal(to, "down");

  ms_canvas_pan(MS_WINDOW(widget)->canvas, dx * PAN_STEP, dy * PAN_STEP);
}

static void
toggle_panels(GtkWidget *widget, const char *name, GVariant *parameter)
{
  GSettings *settings = ms_settings_get();
  gboolean any = ms_window_leave_check(MS_WINDOW(widget)) ||
                 g_settings_get_boolean(settings, "show-list") ||
                 g_settings_get_boolean(settings, "show-inspector");

  g_settings_set_boolean(settings, "show-list", !any);
  g_settings_set_boolean(settings, "show-inspector", !any);
}

static void
fullscreen(GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (gtk_window_is_fullscreen(GTK_WINDOW(widget)))
    gtk_window_unfullscreen(GTK_WINDOW(widget));
  else
    gtk_window_fullscreen(GTK_WINDOW(widget));
}

/* --- stateful ones: which kinds are painted, palette, stretching --- */

static void
show_kind(GSimpleAction *action, GVariant *state, gpointer user)
{
  MsWindow *self = user;
  MsKind kind = GPOINTER_TO_INT(g_object_get_data(G_OBJECT(action), "kind"));

  g_simple_action_set_state(action, state);
  if (g_variant_get_boolean(state))
    self->style.shown |= kind;
  else
    self->style.shown &= ~kind;
  ms_window_update_region_kinds(self);
  ms_window_set_look(self);
}

static void
set_stretch(GSimpleAction *action, GVariant *state, gpointer user)
{
  MsWindow *self = user;

  g_simple_action_set_state(action, state);
  self->stretch = g_variant_get_boolean(state);
  ms_window_rebuild_cache(self);
}

static void
palette_changed(GSettings *settings, const char *key, MsWindow *self)
{
  g_autofree char *name = g_settings_get_string(settings, "palette");

  self->style.palette = g_str_equal(name, "classic") ? MS_PALETTE_CLASSIC : MS_PALETTE_SAFE;
  ms_window_set_look(self);
  ms_window_update_thumbnails(self);
}

static const struct {
  const char *action;
  MsKind kind;
} shown_kinds[] = {
    {"show-tp", MS_KIND_TP},           {"show-fp", MS_KIND_FP},
    {"show-fn", MS_KIND_FN},           {"show-confused", MS_KIND_CONFUSED},
    {"show-ignored", MS_KIND_IGNORED},
};

static void
add_kind_action(MsWindow *self, const char *name, MsKind kind)
{
  g_autoptr(GSimpleAction) action =
      g_simple_action_new_stateful(name, NULL, g_variant_new_boolean(TRUE));

  g_object_set_data(G_OBJECT(action), "kind", GINT_TO_POINTER(kind));
  g_signal_connect(action, "change-state", G_CALLBACK(show_kind), self);
  g_action_map_add_action(G_ACTION_MAP(self), G_ACTION(action));
}

static void
add_settings_action(MsWindow *self, const char *key)
{
  g_autoptr(GAction) action = g_settings_create_action(ms_settings_get(), key);

  g_action_map_add_action(G_ACTION_MAP(self), action);
}

/* --- files --- */

static void
open_folder(GtkWidget *widget, const char *name, GVariant *parameter)
{
  ms_window_choose_folder(MS_WINDOW(widget));
}

static void
open_file(GtkWidget *widget, const char *name, GVariant *parameter)
{
  ms_window_choose_file(MS_WINDOW(widget));
}

static void
open_sample(GtkWidget *widget, const char *name, GVariant *parameter)
{
  ms_window_open_sample(MS_WINDOW(widget), g_variant_get_string(parameter, NULL));
}

static void
open_path(GtkWidget *widget, const char *name, GVariant *parameter)
{
  ms_window_open_path(MS_WINDOW(widget), g_variant_get_string(parameter, NULL));
}

/* With the set that is open, as it was recognised; else with what could not be opened. */
static void
set_up(GtkWidget *widget, const char *name, GVariant *parameter)
{
  MsWindow *self = MS_WINDOW(widget);

  ms_window_set_up(self, self->set ? self->options : self->refused);
}

static void
set_up_refused(GtkWidget *widget, const char *name, GVariant *parameter)
{
  MsWindow *self = MS_WINDOW(widget);

  ms_window_hush(self);
  ms_window_set_up(self, self->refused);
}

static void
cancel_open(GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_cancellable_cancel(MS_WINDOW(widget)->open_cancellable);
}

static void
reload(GtkWidget *widget, const char *name, GVariant *parameter)
{
  ms_window_reload(MS_WINDOW(widget));
}

static void export(GtkWidget *widget, const char *name, GVariant *parameter)
{
  ms_window_export(MS_WINDOW(widget));
}

static void
export_to(GtkWidget *widget, const char *name, GVariant *parameter)
{
  ms_window_export_to(MS_WINDOW(widget), g_variant_get_string(parameter, NULL));
}

static void
copy(GtkWidget *widget, const char *name, GVariant *parameter)
{
  ms_window_copy(MS_WINDOW(widget));
}

static void
copy_path(GtkWidget *widget, const char *name, GVariant *parameter)
{
  ms_window_copy_path(MS_WINDOW(widget));
}

static void
show_in_folder(GtkWidget *widget, const char *name, GVariant *parameter)
{
  ms_window_show_in_folder(MS_WINDOW(widget));
}

static void
show_keys(GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_window_present(GTK_WINDOW(ms_keys_window_new(GTK_WINDOW(widget))));
}

/* --- the table --- */

void
ms_window_class_init_actions(GtkWidgetClass *class)
{
  gtk_widget_class_install_action(class, "win.next", NULL, next);
  gtk_widget_class_install_action(class, "win.previous", NULL, previous);
  gtk_widget_class_install_action(class, "win.first", NULL, first);
  gtk_widget_class_install_action(class, "win.last", NULL, last);
  gtk_widget_class_install_action(class, "win.step-model", "i", step_model);
  gtk_widget_class_install_action(class, "win.search", NULL, search);
  gtk_widget_class_install_action(class, "win.go-to", NULL, go_to);
  gtk_widget_class_install_action(class, "win.focus-picture", NULL, focus_picture);
  gtk_widget_class_install_action(class, "win.fit", NULL, fit);
  gtk_widget_class_install_action(class, "win.zoom-100", NULL, zoom_100);
  gtk_widget_class_install_action(class, "win.zoom-in", NULL, zoom_in);
  gtk_widget_class_install_action(class, "win.zoom-out", NULL, zoom_out);
  gtk_widget_class_install_action(class, "win.pan", "s", pan);
  gtk_widget_class_install_action(class, "win.toggle-panels", NULL, toggle_panels);
  gtk_widget_class_install_action(class, "win.fullscreen", NULL, fullscreen);
  gtk_widget_class_install_action(class, "win.open-folder", NULL, open_folder);
  gtk_widget_class_install_action(class, "win.open-file", NULL, open_file);
  gtk_widget_class_install_action(class, "win.open-sample", "s", open_sample);
  gtk_widget_class_install_action(class, "win.open-path", "s", open_path);
  gtk_widget_class_install_action(class, "win.set-up", NULL, set_up);
  gtk_widget_class_install_action(class, "win.set-up-refused", NULL, set_up_refused);
  gtk_widget_class_install_action(class, "win.cancel-open", NULL, cancel_open);
  gtk_widget_class_install_action(class, "win.reload", NULL, reload);
  gtk_widget_class_install_action(class, "win.export", NULL, export);
  gtk_widget_class_install_action(class, "win.export-to", "s", export_to);
  gtk_widget_class_install_action(class, "win.copy", NULL, copy);
  gtk_widget_class_install_action(class, "win.copy-path", NULL, copy_path);
  gtk_widget_class_install_action(class, "win.show-in-folder", NULL, show_in_folder);
  gtk_widget_class_install_action(class, "win.keys", NULL, show_keys);
  ms_window_class_init_check_actions(class);
  ms_window_class_init_class_actions(class);
  ms_window_class_init_region_actions(class);
  ms_window_class_init_walk_actions(class);
  ms_window_class_init_lens_actions(class);
  ms_window_class_init_scoring_actions(class);
  ms_window_class_init_tool_actions(class);
}

void
ms_window_init_actions(MsWindow *self)
{
  GSettings *settings = ms_settings_get();
  static const GActionEntry stretch[] = {{"stretch", NULL, NULL, "true", set_stretch}};

  for (guint i = 0; i < G_N_ELEMENTS(shown_kinds); i++)
    add_kind_action(self, shown_kinds[i].action, shown_kinds[i].kind);
  g_action_map_add_action_entries(G_ACTION_MAP(self), stretch, 1, self);
  add_settings_action(self, "minimap");
  add_settings_action(self, "palette");
  add_settings_action(self, "picture-memory");
  add_settings_action(self, "show-list");
  add_settings_action(self, "show-inspector");
  add_settings_action(self, "watch");
  g_signal_connect_object(settings, "changed::palette", G_CALLBACK(palette_changed), self, 0);
  palette_changed(settings, "palette", self);
  ms_window_init_look_actions(self);
  ms_window_init_filter_actions(self);
  ms_window_init_region_actions(self);
  ms_window_init_walk(self);
  ms_window_init_lens(self);
  ms_window_init_scoring_actions(self);
  ms_window_init_keys(self);
}

void
ms_window_remove_actions(MsWindow *self)
{
  g_auto(GStrv) names = g_action_group_list_actions(G_ACTION_GROUP(self));

  for (guint i = 0; names[i]; i++)
    g_action_map_remove_action(G_ACTION_MAP(self), names[i]);
}

static void
set_enabled(MsWindow *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action(G_ACTION_MAP(self), name);

  g_simple_action_set_enabled(G_SIMPLE_ACTION(action), enabled);
}

/* What is done to a picture: label sets have one when they have an image, and no kinds of pixels in
 * it. */
static void
update_picture_actions(MsWindow *self)
{
  static const char *const view_actions[] = {"win.fit", "win.zoom-100", "win.zoom-in",
                                             "win.zoom-out", "win.pan"};
  gboolean labels = self->set && ms_set_get_labels(self->set);
  gboolean picture = self->shown && (!labels || self->shown->image);

  for (guint i = 0; i < G_N_ELEMENTS(view_actions); i++)
    gtk_widget_action_set_enabled(GTK_WIDGET(self), view_actions[i], picture);
  for (guint i = 0; i < G_N_ELEMENTS(shown_kinds); i++)
    set_enabled(self, shown_kinds[i].action, !labels);
  set_enabled(self, "stretch", !labels || picture);
  gtk_widget_action_set_enabled(GTK_WIDGET(self), "win.mark-rectangle", picture && !labels);
}

void
ms_window_update_actions(MsWindow *self)
{
  GtkWidget *widget = GTK_WIDGET(self);
  gboolean open = self->set && !ms_window_is_opening(self);
  gboolean shown = self->shown != NULL;
  gboolean scored = ms_window_can_export(self);
  g_autofree char *path = ms_window_dup_example_path(self);

  gtk_widget_action_set_enabled(widget, "win.next",
                                open && ms_example_list_peek(self->list, 1) != G_MAXUINT);
  gtk_widget_action_set_enabled(widget, "win.previous",
                                open && ms_example_list_peek(self->list, -1) != G_MAXUINT);
  gtk_widget_action_set_enabled(widget, "win.first", open);
  gtk_widget_action_set_enabled(widget, "win.last", open);
  gtk_widget_action_set_enabled(widget, "win.step-model",
                                open && ms_set_get_n_models(self->set) > 1);
  gtk_widget_action_set_enabled(widget, "win.search", open);
  gtk_widget_action_set_enabled(widget, "win.go-to", shown);
  gtk_widget_action_set_enabled(widget, "win.focus-picture", shown || self->page_is_check);
  gtk_widget_action_set_enabled(widget, "win.reload", self->options != NULL);
  gtk_widget_action_set_enabled(widget, "win.export", scored);
  gtk_widget_action_set_enabled(widget, "win.export-to", scored);
  gtk_widget_action_set_enabled(widget, "win.copy", scored);
  gtk_widget_action_set_enabled(widget, "win.copy-path", path != NULL);
  gtk_widget_action_set_enabled(widget, "win.show-in-folder", path != NULL);
  gtk_widget_action_set_enabled(widget, "win.cancel-open", self->open_cancellable != NULL);
  update_picture_actions(self);
  ms_window_update_look_actions(self);
  ms_window_update_check_actions(self);
  ms_window_update_class_actions(self);
  ms_window_update_region_actions(self);
  ms_window_update_scoring_actions(self);
}
