/* SPDX-License-Identifier: MIT */
#include "app/window.h"

#include "app/appearance.h"
#include "app/readout.h"
#include "app/settings.h"
#include "app/stage-layout.h"
#include "app/window-private.h"

#define THUMBNAIL_MS 400 /* a threshold that rests this long is painted in the list */
#define NARROW_WIDTH 960
#define LIST_WIDTH   272
#define CHECK_WIDTH  360
#define CHECK_NARROW 284

G_DEFINE_FINAL_TYPE(MsWindow, ms_window, GTK_TYPE_APPLICATION_WINDOW)

static void
message_dismissed(GtkButton *button, MsWindow *self)
{
  ms_window_dismiss_message(self);
}

/* --- the list --- */

static void
example_selected(MsExampleList *list, guint example, MsWindow *self)
{
  if (example == self->example) {
    ms_window_update_title(self);
    return;
  }
  self->example = example;
  ms_window_show_example(self);
}

static void
list_rearranged(MsExampleList *list, MsWindow *self)
{
  ms_window_follow_check(self);
  ms_window_update_title(self);
  ms_window_update_actions(self);
}

/* --- model, split, threshold, look --- */

void
ms_window_set_model(MsWindow *self, guint model)
{
  if (!self->set || model >= ms_set_get_n_models(self->set))
    return;
  self->model = model;
  self->updating_choices = TRUE;
  gtk_drop_down_set_selected(self->model_choice, model);
  self->updating_choices = FALSE;
  ms_window_update_thumbnails(self);
  ms_inspector_set_scope(self->inspector, model, self->split);
  ms_window_score(self);
  ms_window_show_example(self);
}

void
ms_window_select_first_if_hidden(MsWindow *self)
{
  if (ms_example_list_get_selected(self->list) == G_MAXUINT)
    ms_example_list_begin(self->list);
}

void
ms_window_set_split(MsWindow *self, const char *split)
{
  g_autofree char *copy = g_strdup(split);

  g_free(self->split);
  self->split = g_steal_pointer(&copy);
  if (!self->set)
    return;
  ms_example_list_set_split(self->list, self->split);
  ms_inspector_set_scope(self->inspector, self->model, self->split);
  ms_window_select_first_if_hidden(self);
  ms_window_update_title(self);
}

MsOverlayStyle
ms_window_get_style(MsWindow *self)
{
  MsOverlayStyle style = self->style;

  if (self->set && ms_set_get_labels(self->set))
    style.shown = MS_KIND_ALL;
  return style;
}

static MsGround
wanted_ground(MsWindow *self)
{
  return ms_appearance_is_dark(GTK_WIDGET(self)) ? MS_GROUND_DARK : MS_GROUND_LIGHT;
}

void
ms_window_update_thumbnails(MsWindow *self)
{
  MsOverlayStyle style;

  if (!self->thumbnails)
    return;
  style = ms_window_get_style(self);
  self->ground = wanted_ground(self);
  ms_thumbnails_set_look(self->thumbnails, self->model, &style, self->ground);
  ms_example_list_set_model(self->list, self->model);
}

static gboolean
thumbnails_due(gpointer user)
{
  MsWindow *self = user;

  self->thumbnail_timeout = 0;
  ms_window_update_thumbnails(self);
  return G_SOURCE_REMOVE;
}

void
ms_window_set_threshold(MsWindow *self, double threshold)
{
  if (!self->evaluation)
    return;
  g_clear_handle_id(&self->thumbnail_timeout, g_source_remove);
  self->thumbnail_timeout = g_timeout_add(THUMBNAIL_MS, thumbnails_due, self);
  ms_evaluation_set_threshold(self->evaluation, self->model, threshold);
  ms_inspector_update_threshold(self->inspector);
  if (ms_window_is_shown(self))
    ms_window_repaint(self);
}

void
ms_window_set_look(MsWindow *self)
{
  ms_canvas_set_style(self->canvas, &self->style);
  if (self->style.palette == MS_PALETTE_CLASSIC)
    gtk_widget_add_css_class(GTK_WIDGET(self), "classic");
  else
    gtk_widget_remove_css_class(GTK_WIDGET(self), "classic");
}

static void
model_chosen(GtkDropDown *choice, GParamSpec *pspec, MsWindow *self)
{
  if (!self->updating_choices)
    ms_window_set_model(self, gtk_drop_down_get_selected(choice));
}

static void
split_chosen(GtkDropDown *choice, GParamSpec *pspec, MsWindow *self)
{
  guint position = gtk_drop_down_get_selected(choice);

  if (!self->updating_choices && self->set)
    ms_window_set_split(self, position == 0 ? NULL : ms_set_get_splits(self->set)[position - 1]);
}

static void
threshold_asked(MsInspector *inspector, double threshold, MsWindow *self)
{
  ms_window_set_threshold(self, threshold);
}

/* --- canvas --- */

static void
view_changed(MsCanvas *canvas, MsWindow *self)
{
  double zoom = ms_canvas_get_view(canvas)->zoom;

  ms_legend_set_zoom(self->legend, zoom);
  ms_zoom_button_set_zoom(self->zoom, zoom);
}

static void
pointed(MsCanvas *canvas, gboolean inside, int image_x, int image_y, MsWindow *self)
{
  g_autofree char *text =
      inside && self->shown ? ms_readout_at(self->shown, image_x, image_y) : g_strdup("");

  ms_legend_set_readout(self->legend, text);
}

static void
opacity_changed(GtkAdjustment *adjustment, MsWindow *self)
{
  ms_canvas_set_opacity(self->canvas, gtk_adjustment_get_value(adjustment));
}

/* --- appearance --- */

/* The style is still being worked out while this runs: rows are left alone until later. Only label
 * sets have a ground. */
static void
ms_window_css_changed(GtkWidget *widget, GtkCssStyleChange *change)
{
  MsWindow *self = MS_WINDOW(widget);

  GTK_WIDGET_CLASS(ms_window_parent_class)->css_changed(widget, change);
  if (!self->set || !ms_set_get_labels(self->set) || self->thumbnail_timeout ||
      wanted_ground(self) == self->ground)
    return;
  self->thumbnail_timeout = g_idle_add(thumbnails_due, self);
}

/* --- construction --- */

/* A narrow window gives the list its least width, so that the picture keeps some. */
static void
set_narrow(MsWindow *self, gboolean narrow)
{
  self->narrow = narrow;
  if (narrow)
    gtk_widget_add_css_class(GTK_WIDGET(self), "narrow");
  else
    gtk_widget_remove_css_class(GTK_WIDGET(self), "narrow");
  ms_label_view_set_narrow(self->label_view, narrow);
  gtk_widget_set_size_request(GTK_WIDGET(self->check_view), narrow ? CHECK_NARROW : CHECK_WIDTH,
                              -1);
  gtk_paned_set_position(self->panels, narrow ? 0 : LIST_WIDTH);
  ms_window_update_check_line(self);
}

static void
width_changed(MsWindow *self)
{
  int width, height;

  gtk_window_get_default_size(GTK_WINDOW(self), &width, &height);
  if (self->narrow != (width < NARROW_WIDTH))
    set_narrow(self, !self->narrow);
}

static void
picture_memory_changed(MsWindow *self)
{
  if (self->cache)
    ms_display_cache_set_bytes(self->cache, ms_settings_picture_bytes());
}

static void
bind_settings(MsWindow *self)
{
  GSettings *settings = ms_settings_get();
  GtkAdjustment *opacity = ms_legend_get_opacity(self->legend);

  g_signal_connect_object(opacity, "value-changed", G_CALLBACK(opacity_changed), self, 0);
  g_settings_bind(settings, "opacity", opacity, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind(settings, "show-list", self->list, "visible", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind(settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind(settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind(settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
  opacity_changed(opacity, self);
  g_signal_connect_object(settings, "changed::picture-memory", G_CALLBACK(picture_memory_changed),
                          self, G_CONNECT_SWAPPED);
  set_narrow(self, FALSE);
  g_signal_connect(self, "notify::default-width", G_CALLBACK(width_changed), NULL);
  width_changed(self);
}

static void
ms_window_dispose(GObject *object)
{
  MsWindow *self = MS_WINDOW(object);

  g_clear_handle_id(&self->open_poll, g_source_remove);
  ms_window_dispose_message(self);
  if (self->open_cancellable)
    g_cancellable_cancel(self->open_cancellable);
  if (self->copy_cancellable)
    g_cancellable_cancel(self->copy_cancellable);
  if (self->canvas)
    ms_window_unset_set(self);
  g_clear_handle_id(&self->reading_timeout, g_source_remove);
  ms_window_dispose_why(self);
  ms_window_dispose_check(self);
  ms_window_dispose_live(self);
  g_clear_weak_pointer(&self->set_window);
  g_clear_object(&self->open_cancellable);
  g_clear_object(&self->copy_cancellable);
  g_clear_object(&self->area_counter);
  gtk_widget_dispose_template(GTK_WIDGET(self), MS_TYPE_WINDOW);
  ms_window_remove_actions(self);
  G_OBJECT_CLASS(ms_window_parent_class)->dispose(object);
}

static void
ms_window_finalize(GObject *object)
{
  MsWindow *self = MS_WINDOW(object);

  g_clear_pointer(&self->options, ms_options_free);
  g_clear_pointer(&self->refused, ms_options_free);
  g_clear_pointer(&self->focus, ms_class_focus_unref);
  g_clear_pointer(&self->dim.analysis, ms_analysis_unref);
  g_free(self->split);
  G_OBJECT_CLASS(ms_window_parent_class)->finalize(object);
}

static void
bind_template(GtkWidgetClass *class)
{
  gtk_widget_class_bind_template_child(class, MsWindow, title);
  gtk_widget_class_bind_template_child(class, MsWindow, subtitle);
  gtk_widget_class_bind_template_child(class, MsWindow, go_to);
  gtk_widget_class_bind_template_child(class, MsWindow, go_to_entry);
  gtk_widget_class_bind_template_child(class, MsWindow, go_to_message);
  gtk_widget_class_bind_template_child(class, MsWindow, model_choice);
  gtk_widget_class_bind_template_child(class, MsWindow, split_choice);
  gtk_widget_class_bind_template_child(class, MsWindow, stack);
  gtk_widget_class_bind_template_child(class, MsWindow, opening_spinner);
  gtk_widget_class_bind_template_child(class, MsWindow, opening_label);
  gtk_widget_class_bind_template_child(class, MsWindow, recent);
  gtk_widget_class_bind_template_child(class, MsWindow, recent_box);
  gtk_widget_class_bind_template_child(class, MsWindow, panels);
  gtk_widget_class_bind_template_child(class, MsWindow, list);
  gtk_widget_class_bind_template_child(class, MsWindow, picture);
  gtk_widget_class_bind_template_child(class, MsWindow, canvas);
  gtk_widget_class_bind_template_child(class, MsWindow, minimap);
  gtk_widget_class_bind_template_child(class, MsWindow, area_card);
  gtk_widget_class_bind_template_child(class, MsWindow, canvas_message);
  gtk_widget_class_bind_template_child(class, MsWindow, canvas_message_text);
  gtk_widget_class_bind_template_child(class, MsWindow, zoom);
  gtk_widget_class_bind_template_child(class, MsWindow, label_view);
  gtk_widget_class_bind_template_child(class, MsWindow, reading);
  gtk_widget_class_bind_template_child(class, MsWindow, reading_text);
  gtk_widget_class_bind_template_child(class, MsWindow, spinner);
  gtk_widget_class_bind_template_child(class, MsWindow, legend);
  gtk_widget_class_bind_template_child(class, MsWindow, inspector);
  gtk_widget_class_bind_template_child(class, MsWindow, side);
  gtk_widget_class_bind_template_child(class, MsWindow, check_view);
  gtk_widget_class_bind_template_child(class, MsWindow, check_line);
  gtk_widget_class_bind_template_child(class, MsWindow, check_words);
  gtk_widget_class_bind_template_child(class, MsWindow, live);
  gtk_widget_class_bind_template_child(class, MsWindow, message_revealer);
  gtk_widget_class_bind_template_child(class, MsWindow, message_text);
  gtk_widget_class_bind_template_child(class, MsWindow, message_set_up);
  gtk_widget_class_bind_template_callback(class, message_dismissed);
  gtk_widget_class_bind_template_callback(class, example_selected);
  gtk_widget_class_bind_template_callback(class, list_rearranged);
  gtk_widget_class_bind_template_callback(class, model_chosen);
  gtk_widget_class_bind_template_callback(class, split_chosen);
  gtk_widget_class_bind_template_callback(class, threshold_asked);
  gtk_widget_class_bind_template_callback(class, view_changed);
  gtk_widget_class_bind_template_callback(class, pointed);
}

static void
ms_window_class_init(MsWindowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);

  g_type_ensure(MS_TYPE_AREA_CARD);
  g_type_ensure(MS_TYPE_CANVAS);
  g_type_ensure(MS_TYPE_CHECK_VIEW);
  g_type_ensure(MS_TYPE_EXAMPLE_LIST);
  g_type_ensure(MS_TYPE_INSPECTOR);
  g_type_ensure(MS_TYPE_LABEL_VIEW);
  g_type_ensure(MS_TYPE_LEGEND);
  g_type_ensure(MS_TYPE_MINIMAP);
  g_type_ensure(MS_TYPE_STAGE_LAYOUT);
  g_type_ensure(MS_TYPE_ZOOM_BUTTON);
  G_OBJECT_CLASS(class)->dispose = ms_window_dispose;
  G_OBJECT_CLASS(class)->finalize = ms_window_finalize;
  widget_class->css_changed = ms_window_css_changed;
  gtk_widget_class_set_template_from_resource(widget_class,
                                              "/org/maskscope/Maskscope/ui/window.ui");
  bind_template(widget_class);
  ms_window_class_init_actions(widget_class);
}

static void
ms_window_init(MsWindow *self)
{
  self->example = G_MAXUINT;
  self->stretch = TRUE;
  self->style.shown = MS_KIND_ALL;
  gtk_widget_init_template(GTK_WIDGET(self));
  ms_window_init_message(self);
  ms_window_init_why(self);
  ms_window_init_check(self);
  ms_window_init_actions(self);
  ms_window_init_drop(self);
  ms_window_init_go_to(self);
  ms_window_init_tools(self);
  ms_window_init_live(self);
  bind_settings(self);
  ms_window_update_recent(self);
  ms_inspector_set_evaluation(self->inspector, NULL, 0);
  ms_window_update_title(self);
  ms_window_update_actions(self);
}

MsWindow *
ms_window_new(GtkApplication *application)
{
  return g_object_new(MS_TYPE_WINDOW, "application", application, NULL);
}
