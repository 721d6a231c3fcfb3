/* SPDX-License-Identifier: MIT */
#include "app/window.h"

#include "app/readout.h"
#include "app/settings.h"
#include "app/window-private.h"

#define SPINNER_MS   200 /* a load that takes longer shows a spinner */
#define MESSAGE_MS   6000
#define THUMBNAIL_MS 400 /* a threshold that rests this long is painted in the list */
#define NARROW_WIDTH 960
#define LIST_WIDTH   272
#define N_AHEAD      3 /* neighbours decoded in the direction of travel */

G_DEFINE_FINAL_TYPE(MsWindow, ms_window, GTK_TYPE_APPLICATION_WINDOW)

/* --- messages --- */

static gboolean
message_over(gpointer user)
{
  MsWindow *self = user;

  self->message_timeout = 0;
  gtk_revealer_set_reveal_child(self->message_revealer, FALSE);
  return G_SOURCE_REMOVE;
}

void
ms_window_say(MsWindow *self, gboolean error, const char *format, ...)
{
  va_list arguments;
  g_autofree char *text = NULL;

  va_start(arguments, format);
  text = g_strdup_vprintf(format, arguments);
  va_end(arguments);

  if (self->error_stands && gtk_revealer_get_reveal_child(self->message_revealer)) {
    g_autofree char *both = g_strdup_printf("%s\n%s", gtk_label_get_text(self->message_text), text);

    gtk_label_set_text(self->message_text, both);
    return;
  }
  g_clear_handle_id(&self->message_timeout, g_source_remove);
  self->error_stands = error;
  gtk_label_set_text(self->message_text, text);
  gtk_revealer_set_reveal_child(self->message_revealer, TRUE);
  if (!error)
    self->message_timeout = g_timeout_add(MESSAGE_MS, message_over, self);
}

static void
message_dismissed(GtkButton *button, MsWindow *self)
{
  g_clear_handle_id(&self->message_timeout, g_source_remove);
  gtk_revealer_set_reveal_child(self->message_revealer, FALSE);
}

/* --- the example that is shown --- */

static gboolean
is_shown(MsWindow *self)
{
  return self->shown && self->shown->frame->set == self->set &&
         self->shown->frame->example == self->example && self->shown->frame->model == self->model;
}

static const char *
shown_id(MsWindow *self)
{
  return ms_example_get_id(ms_set_get_example(self->set, self->shown->frame->example));
}

/* Names what is on screen, which may for a moment not be what was chosen. */
static void
update_title(MsWindow *self)
{
  if (!self->set) {
    gtk_label_set_text(self->title, "Maskscope");
    gtk_widget_set_visible(GTK_WIDGET(self->subtitle), FALSE);
    gtk_window_set_title(GTK_WINDOW(self), "Maskscope");
    return;
  }

  const char *title = ms_set_get_title(self->set);
  guint position = ms_example_list_get_position(self->list);
  guint n = ms_example_list_get_n_shown(self->list);
  g_autofree char *window_title = g_strdup_printf("%s – Maskscope", title);
  g_autofree char *subtitle = NULL;

  if (!self->shown)
    subtitle = g_strdup("");
  else if (position == GTK_INVALID_LIST_POSITION || !is_shown(self))
    subtitle = g_strdup(shown_id(self));
  else
    subtitle = g_strdup_printf("%s · %u of %u", shown_id(self), position + 1, n);
  gtk_label_set_text(self->title, title);
  gtk_label_set_text(self->subtitle, subtitle);
  gtk_widget_set_visible(GTK_WIDGET(self->subtitle), *subtitle != '\0');
  gtk_window_set_title(GTK_WINDOW(self), window_title);
}

static void
show_canvas_message(MsWindow *self, MsDisplay *display)
{
  const char *text = display ? display->message : NULL;

  if (display && !text)
    text = display->frame->image_message;
  gtk_label_set_text(self->canvas_message_text, text ? text : "");
  gtk_widget_set_visible(self->canvas_message, text != NULL);
}

static void
describe_canvas(MsWindow *self, MsDisplay *display)
{
  g_autofree char *text = display ? ms_readout_describe(display) : g_strdup("No example is shown");

  ms_canvas_set_description(self->canvas, text);
}

static void
stop_spinner(MsWindow *self)
{
  g_clear_handle_id(&self->spinner_timeout, g_source_remove);
  gtk_spinner_stop(self->spinner);
  gtk_widget_set_visible(GTK_WIDGET(self->spinner), FALSE);
}

static void repaint(MsWindow *self);

static void
show_display(MsWindow *self, MsDisplay *display)
{
  if (display)
    ms_display_ref(display);
  g_clear_pointer(&self->shown, ms_display_unref);
  self->shown = display;
  stop_spinner(self);
  ms_canvas_set_display(self->canvas, display);
  ms_inspector_set_display(self->inspector, display);
  update_title(self);
  show_canvas_message(self, display);
  describe_canvas(self, display);

  MsKindCounts kinds = {0};

  if (display && display->confusion)
    kinds = ms_confusion_kinds(display->confusion);
  ms_legend_set_counts(self->legend, display && display->confusion ? &kinds : NULL,
                       display && display->rules->rules.comparison == MS_COMPARE_CLASSES);
  ms_window_update_actions(self);
  if (display && display->rules != ms_evaluation_get_rules(self->evaluation, self->model))
    repaint(self);
}

/* --- repainting under other rules: at most one at a time, the last wish wins --- */

typedef struct {
  MsDisplay *display;
  MsRuleset *rules;
  guint generation;
} RepaintJob;

static void
repaint_thread(GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  RepaintJob *job = data;
  GError *error = NULL;
  MsDisplay *display = ms_display_repaint(job->display, job->rules, cancellable, &error);

  if (display)
    g_task_return_pointer(task, display, (GDestroyNotify)ms_display_unref);
  else
    g_task_return_error(task, error);
}

static void
repaint_job_free(gpointer data)
{
  RepaintJob *job = data;

  ms_display_unref(job->display);
  ms_ruleset_unref(job->rules);
  g_free(job);
}

static void
repaint_done(GObject *source, GAsyncResult *result, gpointer user)
{
  MsWindow *self = MS_WINDOW(source);
  g_autoptr(MsDisplay) display = g_task_propagate_pointer(G_TASK(result), NULL);
  RepaintJob *job = g_task_get_task_data(G_TASK(result));
  gboolean again = self->paint_again;

  self->busy_paint = self->paint_again = FALSE;
  if (display && self->cache && job->generation == self->generation) {
    ms_display_cache_put(self->cache, display);
    if (display->frame->example == self->example && display->frame->model == self->model) {
      show_display(self, display);
      return;
    }
  }
  if (again && is_shown(self))
    repaint(self);
}

static void
repaint(MsWindow *self)
{
  if (self->busy_paint) {
    self->paint_again = TRUE;
    return;
  }

  RepaintJob *job = g_new0(RepaintJob, 1);
  g_autoptr(GTask) task = g_task_new(self, NULL, repaint_done, NULL);

  job->display = ms_display_ref(self->shown);
  job->rules = ms_ruleset_ref(ms_evaluation_get_rules(self->evaluation, self->model));
  job->generation = self->generation;
  self->busy_paint = TRUE;
  g_task_set_source_tag(task, repaint);
  g_task_set_task_data(task, job, repaint_job_free);
  g_task_run_in_thread(task, repaint_thread);
}

/* --- stepping --- */

static gboolean
show_spinner(gpointer user)
{
  MsWindow *self = user;

  self->spinner_timeout = 0;
  gtk_widget_set_visible(GTK_WIDGET(self->spinner), TRUE);
  gtk_spinner_start(self->spinner);
  return G_SOURCE_REMOVE;
}

/* The example itself, then neighbours the way the user is going, then the one before. */
static void
want_displays(MsWindow *self)
{
  guint wanted[N_AHEAD + 2];
  guint n = 0;

  wanted[n++] = self->example;
  for (int i = 1; i <= N_AHEAD; i++) {
    guint ahead = ms_example_list_peek(self->list, i * self->travel);

    if (ahead != G_MAXUINT && ahead != self->example)
      wanted[n++] = ahead;
  }

  guint behind = ms_example_list_peek(self->list, -self->travel);

  if (behind != G_MAXUINT && behind != self->example)
    wanted[n++] = behind;
  ms_display_cache_want(self->cache, wanted, n, self->model);
}

/* Until the new example is decoded the old one stays on screen, whole: never one's picture beside
 * the other's numbers. */
static void
show_example(MsWindow *self)
{
  MsDisplay *display;

  if (self->example == G_MAXUINT) {
    show_display(self, NULL);
    return;
  }
  want_displays(self);
  display = ms_display_cache_get(self->cache, self->example, self->model);
  if (display)
    show_display(self, display);
  else if (!self->spinner_timeout)
    self->spinner_timeout = g_timeout_add(SPINNER_MS, show_spinner, self);
  ms_window_update_actions(self);
}

static void
display_ready(MsDisplayCache *cache, guint example, guint model, MsWindow *self)
{
  if (example == self->example && model == self->model && !is_shown(self))
    show_display(self, ms_display_cache_get(cache, example, model));
}

static void
example_selected(MsExampleList *list, guint example, MsWindow *self)
{
  if (example == self->example) {
    update_title(self);
    return;
  }
  self->example = example;
  show_example(self);
}

static void
list_rearranged(MsExampleList *list, MsWindow *self)
{
  update_title(self);
  ms_window_update_actions(self);
}

/* --- model, split, threshold, look --- */

static void
evaluate(MsWindow *self)
{
  if (self->stopped)
    return;
  ms_evaluation_start(self->evaluation, self->model,
                      self->example == G_MAXUINT ? 0 : self->example);
}

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
  evaluate(self);
  show_example(self);
}

static void
select_first_if_hidden(MsWindow *self)
{
  if (ms_example_list_get_selected(self->list) == G_MAXUINT)
    ms_example_list_jump(self->list, FALSE);
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
  select_first_if_hidden(self);
  update_title(self);
}

void
ms_window_update_thumbnails(MsWindow *self)
{
  if (!self->thumbnails)
    return;
  ms_thumbnails_set_look(self->thumbnails, self->model, &self->style);
  ms_example_list_set_model(self->list, self->model);
}

static gboolean
threshold_rests(gpointer user)
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
  self->thumbnail_timeout = g_timeout_add(THUMBNAIL_MS, threshold_rests, self);
  ms_evaluation_set_threshold(self->evaluation, self->model, threshold);
  ms_inspector_update_threshold(self->inspector);
  if (is_shown(self))
    repaint(self);
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

/* --- a set --- */

static void
fill_choices(MsWindow *self)
{
  const char *const *splits = ms_set_get_splits(self->set);
  g_autoptr(GtkStringList) models = gtk_string_list_new(NULL);
  g_autoptr(GtkStringList) names = gtk_string_list_new((const char *[]){"All splits", NULL});

  for (guint i = 0; i < ms_set_get_n_models(self->set); i++)
    gtk_string_list_append(models, ms_set_get_model_name(self->set, i));
  for (guint i = 0; splits[i]; i++)
    gtk_string_list_append(names, splits[i]);
  self->updating_choices = TRUE;
  gtk_drop_down_set_model(self->model_choice, G_LIST_MODEL(models));
  gtk_drop_down_set_model(self->split_choice, G_LIST_MODEL(names));
  gtk_drop_down_set_selected(self->split_choice, 0);
  self->updating_choices = FALSE;
  gtk_widget_set_visible(GTK_WIDGET(self->model_choice), ms_set_get_n_models(self->set) > 1);
  gtk_widget_set_visible(GTK_WIDGET(self->split_choice), splits[0] != NULL);
}

static void
unset_set(MsWindow *self)
{
  if (!self->set)
    return;
  g_clear_handle_id(&self->thumbnail_timeout, g_source_remove);
  show_display(self, NULL);
  self->example = G_MAXUINT;
  g_signal_handlers_disconnect_by_data(self->cache, self);
  ms_example_list_set_evaluation(self->list, NULL, NULL, 0);
  ms_inspector_set_evaluation(self->inspector, NULL, 0);
  ms_evaluation_cancel(self->evaluation);
  g_object_run_dispose(G_OBJECT(self->thumbnails));
  g_object_run_dispose(G_OBJECT(self->cache));
  g_clear_object(&self->thumbnails);
  g_clear_object(&self->cache);
  g_clear_object(&self->evaluation);
  g_clear_object(&self->set);
  g_clear_pointer(&self->split, g_free);
}

static void
make_cache(MsWindow *self)
{
  self->generation++;
  self->cache = ms_display_cache_new(self->evaluation, self->stretch);
  g_signal_connect(self->cache, "ready", G_CALLBACK(display_ready), self);
}

void
ms_window_rebuild_cache(MsWindow *self)
{
  if (!self->cache)
    return;
  g_signal_handlers_disconnect_by_data(self->cache, self);
  g_object_run_dispose(G_OBJECT(self->cache));
  g_clear_object(&self->cache);
  make_cache(self);
  g_clear_pointer(&self->shown, ms_display_unref);
  show_example(self);
}

/* --- the place to return to when a set is read again --- */

typedef struct {
  char *id;
  char *split;
  GHashTable *thresholds; /* model name -> double, of the models that have one */
} Place;

static Place *
place_new(MsWindow *self)
{
  Place *place = g_new0(Place, 1);

  place->thresholds = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  place->split = g_strdup(self->split);
  if (self->example != G_MAXUINT)
    place->id = g_strdup(ms_example_get_id(ms_set_get_example(self->set, self->example)));
  for (guint i = 0; i < ms_set_get_n_models(self->set); i++) {
    MsRuleset *rules = ms_evaluation_get_rules(self->evaluation, i);

    if (rules->rules.comparison == MS_COMPARE_THRESHOLD)
      g_hash_table_insert(place->thresholds, g_strdup(ms_set_get_model_name(self->set, i)),
                          g_memdup2(&rules->threshold, sizeof rules->threshold));
  }
  return place;
}

static void
place_free(Place *place)
{
  g_free(place->id);
  g_free(place->split);
  g_hash_table_unref(place->thresholds);
  g_free(place);
}

static void
restore_thresholds(MsWindow *self, Place *place)
{
  for (guint i = 0; i < ms_set_get_n_models(self->set); i++) {
    const double *threshold =
        g_hash_table_lookup(place->thresholds, ms_set_get_model_name(self->set, i));
    MsRuleset *rules = ms_evaluation_get_rules(self->evaluation, i);

    if (threshold && rules->rules.comparison == MS_COMPARE_THRESHOLD)
      ms_evaluation_set_threshold(self->evaluation, i, *threshold);
  }
}

static void
restore_place(MsWindow *self, Place *place)
{
  const char *const *splits = ms_set_get_splits(self->set);
  guint n = place->id ? ms_set_get_n_examples(self->set) : 0;

  restore_thresholds(self, place);
  for (guint i = 0; place->split && splits[i]; i++)
    if (g_str_equal(splits[i], place->split))
      gtk_drop_down_set_selected(self->split_choice, i + 1);
  for (guint i = 0; i < n; i++)
    if (g_str_equal(ms_example_get_id(ms_set_get_example(self->set, i)), place->id)) {
      ms_example_list_select(self->list, i);
      return;
    }
}

void
ms_window_set_set(MsWindow *self, MsSet *set)
{
  gboolean again = self->reloading && self->set;
  Place *place = again ? place_new(self) : NULL;
  guint model = again ? self->model : 0;

  unset_set(self);
  self->set = g_object_ref(set);
  self->model = model < ms_set_get_n_models(set) ? model : 0;
  self->stopped = self->reloading = FALSE;
  self->travel = 1;
  self->evaluation = ms_evaluation_new(set);
  make_cache(self);
  self->thumbnails =
      ms_thumbnails_new(self->evaluation, gtk_widget_get_scale_factor(GTK_WIDGET(self)));
  ms_thumbnails_set_look(self->thumbnails, self->model, &self->style);
  fill_choices(self);
  ms_example_list_set_evaluation(self->list, self->evaluation, self->thumbnails, self->model);
  ms_example_list_set_split(self->list, NULL);
  ms_inspector_set_evaluation(self->inspector, self->evaluation, self->model);
  if (place) {
    restore_place(self, place);
    place_free(place);
  }
  select_first_if_hidden(self);
  ms_window_set_model(self, self->model);
}

/* --- canvas --- */

static void
view_changed(MsCanvas *canvas, MsWindow *self)
{
  ms_legend_set_zoom(self->legend, ms_canvas_get_view(canvas)->zoom);
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

/* --- construction --- */

/* A narrow window gives the list its least width, so that the picture keeps some. */
static void
width_changed(MsWindow *self)
{
  int width, height;
  gboolean narrow;

  gtk_window_get_default_size(GTK_WINDOW(self), &width, &height);
  narrow = width < NARROW_WIDTH;
  if (narrow == self->narrow)
    return;
  self->narrow = narrow;
  gtk_paned_set_position(self->panels, narrow ? 0 : LIST_WIDTH);
}

static void
bind_settings(MsWindow *self)
{
  GSettings *settings = ms_settings_get();
  GtkAdjustment *opacity = ms_legend_get_opacity(self->legend);

  g_signal_connect_object(opacity, "value-changed", G_CALLBACK(opacity_changed), self, 0);
  g_settings_bind(settings, "opacity", opacity, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind(settings, "show-list", self->list, "visible", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind(settings, "show-inspector", self->inspector, "visible", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind(settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind(settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind(settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
  opacity_changed(opacity, self);
  gtk_paned_set_position(self->panels, LIST_WIDTH);
  g_signal_connect(self, "notify::default-width", G_CALLBACK(width_changed), NULL);
  width_changed(self);
}

static void
ms_window_dispose(GObject *object)
{
  MsWindow *self = MS_WINDOW(object);

  g_clear_handle_id(&self->open_poll, g_source_remove);
  g_clear_handle_id(&self->message_timeout, g_source_remove);
  if (self->open_cancellable)
    g_cancellable_cancel(self->open_cancellable);
  if (self->copy_cancellable)
    g_cancellable_cancel(self->copy_cancellable);
  if (self->canvas)
    unset_set(self);
  g_clear_handle_id(&self->spinner_timeout, g_source_remove);
  g_clear_object(&self->open_cancellable);
  g_clear_object(&self->copy_cancellable);
  gtk_widget_dispose_template(GTK_WIDGET(self), MS_TYPE_WINDOW);
  G_OBJECT_CLASS(ms_window_parent_class)->dispose(object);
}

static void
ms_window_finalize(GObject *object)
{
  MsWindow *self = MS_WINDOW(object);

  g_clear_pointer(&self->options, ms_options_free);
  g_free(self->split);
  G_OBJECT_CLASS(ms_window_parent_class)->finalize(object);
}

static void
bind_template(GtkWidgetClass *class)
{
  gtk_widget_class_bind_template_child(class, MsWindow, title);
  gtk_widget_class_bind_template_child(class, MsWindow, subtitle);
  gtk_widget_class_bind_template_child(class, MsWindow, model_choice);
  gtk_widget_class_bind_template_child(class, MsWindow, split_choice);
  gtk_widget_class_bind_template_child(class, MsWindow, stack);
  gtk_widget_class_bind_template_child(class, MsWindow, opening_spinner);
  gtk_widget_class_bind_template_child(class, MsWindow, opening_label);
  gtk_widget_class_bind_template_child(class, MsWindow, recent);
  gtk_widget_class_bind_template_child(class, MsWindow, recent_box);
  gtk_widget_class_bind_template_child(class, MsWindow, panels);
  gtk_widget_class_bind_template_child(class, MsWindow, list);
  gtk_widget_class_bind_template_child(class, MsWindow, middle);
  gtk_widget_class_bind_template_child(class, MsWindow, canvas);
  gtk_widget_class_bind_template_child(class, MsWindow, canvas_message);
  gtk_widget_class_bind_template_child(class, MsWindow, canvas_message_text);
  gtk_widget_class_bind_template_child(class, MsWindow, spinner);
  gtk_widget_class_bind_template_child(class, MsWindow, legend);
  gtk_widget_class_bind_template_child(class, MsWindow, inspector);
  gtk_widget_class_bind_template_child(class, MsWindow, message_revealer);
  gtk_widget_class_bind_template_child(class, MsWindow, message_text);
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

  g_type_ensure(MS_TYPE_CANVAS);
  g_type_ensure(MS_TYPE_EXAMPLE_LIST);
  g_type_ensure(MS_TYPE_INSPECTOR);
  g_type_ensure(MS_TYPE_LEGEND);
  G_OBJECT_CLASS(class)->dispose = ms_window_dispose;
  G_OBJECT_CLASS(class)->finalize = ms_window_finalize;
  gtk_widget_class_set_template_from_resource(widget_class,
                                              "/org/maskscope/Maskscope/ui/window.ui");
  bind_template(widget_class);
  ms_window_class_init_actions(widget_class);
}

static void
ms_window_init(MsWindow *self)
{
  self->example = G_MAXUINT;
  self->travel = 1;
  self->stretch = TRUE;
  self->style.shown = MS_KIND_ALL;
  gtk_widget_init_template(GTK_WIDGET(self));
  ms_window_init_actions(self);
  ms_window_init_drop(self);
  bind_settings(self);
  ms_window_update_recent(self);
  ms_inspector_set_evaluation(self->inspector, NULL, 0);
  update_title(self);
  ms_window_update_actions(self);
}

MsWindow *
ms_window_new(GtkApplication *application)
{
  return g_object_new(MS_TYPE_WINDOW, "application", application, NULL);
}
