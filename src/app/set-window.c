/* SPDX-License-Identifier: MIT
 *
 * Two ways to say what a set is. As a whole: the rows below mirror what was recognised, and are
 * filled when the preview comes. By its parts: from the first row that the user changes on, the
 * rows say it, under the rules that the whole had.
 */
#include "app/set-window.h"

#include "app/compat.h"
#include "app/job.h"
#include "app/set-window-private.h"
#include "app/tip.h"
#include "io/file.h"
#include "set/ending.h"
#include "set/maskset-write.h"
#include "set/option-values.h"
#include "set/text.h"

#define DEFAULT_WIDTH  900
#define DEFAULT_HEIGHT 820

#define NAME_TAKEN   "Another model has this name"
#define NAME_ODD_WHY "a .maskset file cannot hold"
#define NAME_ODD     "A name that " NAME_ODD_WHY

#define DEBOUNCE_MS 150 /* typing that pauses this long is looked at */

G_DEFINE_FINAL_TYPE(MsSetWindow, ms_set_window, GTK_TYPE_WINDOW)

enum { OPEN, N_SIGNALS };

static guint signals[N_SIGNALS];

/* --- rows ----------------------------------------------------------------------------------- */

void
ms_set_window_for_each_row(MsSetWindow *self, void (*function)(MsSetRow *row, gconstpointer data),
                           gconstpointer data)
{
  MsSetRow *rows[] = {self->images, self->actual, self->manifest, self->splits, self->classes};

  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
    function(rows[i], data);
  for (MsSetRow *row = ms_set_window_first_model(self); row; row = ms_set_window_next_model(row))
    function(row, data);
}

/* A path stays what it is, shown from elsewhere. */
static void
rebase(MsSetRow *row, gconstpointer base)
{
  g_autofree char *path = ms_set_row_get_path(row);

  ms_set_row_set_base(row, base);
  ms_set_row_set_path(row, path);
}

static void
set_base(MsSetWindow *self, const char *set)
{
  gboolean file = set && (ms_ending_is(set, ".maskset") || ms_ending_is_of_table(set));
  g_autofree char *base = file ? g_path_get_dirname(set) : g_strdup(set);

  ms_text_set(&self->base, base);
  ms_set_window_for_each_row(self, rebase, base);
}

gboolean
ms_set_window_is_model_said(MsSetWindow *self, MsSetRow *row)
{
  g_autofree char *path = ms_set_row_get_path(row);

  return path || self->whole;
}

/* --- names of models ------------------------------------------------------------------------ */

static gboolean
has_name(MsSetRow *row, const char *name, gboolean usual)
{
  g_autofree char *own = usual ? ms_set_row_get_shown_name(row) : ms_set_row_get_name(row);

  return g_strcmp0(own, name) == 0;
}

static gboolean
is_name_taken(MsSetWindow *self, MsSetRow *row)
{
  gboolean usual = self->preview != NULL; /* else it may be another by now */
  g_autofree char *name = usual ? ms_set_row_get_shown_name(row) : ms_set_row_get_name(row);
  MsSetRow *other = ms_set_window_first_model(self);

  while (name && other != row && !has_name(other, name, usual))
    other = ms_set_window_next_model(other);
  return name && other != row;
}

static void
check_names(MsSetWindow *self)
{
  self->names_taken = self->names_odd = FALSE;
  for (MsSetRow *row = ms_set_window_first_model(self); row; row = ms_set_window_next_model(row)) {
    g_autofree char *name = ms_set_row_get_name(row);
    gboolean taken = is_name_taken(self, row);
    gboolean odd = name && !ms_maskset_can_name(name);

    ms_set_row_set_name_problem(row, taken ? NAME_TAKEN : odd ? NAME_ODD : NULL);
    self->names_taken |= taken;
    self->names_odd |= odd;
  }
}

static void
update_actions(MsSetWindow *self)
{
  const MsPreview *preview = self->preview;
  g_autofree char *set = ms_set_row_get_path(self->set);
  gboolean savable = preview && preview->savable;

  check_names(self);
  if (preview || self->names_taken)
    gtk_widget_action_set_enabled(GTK_WIDGET(self), "set.open",
                                  preview && !preview->problem && !self->names_taken);
  if (preview || self->names_taken || self->names_odd)
    gtk_widget_action_set_enabled(GTK_WIDGET(self), "set.save",
                                  savable && !self->names_taken && !self->names_odd);
  gtk_widget_set_visible(self->restore, !self->whole && self->mirrored && set);
}

/* --- changes -------------------------------------------------------------------------------- */

/* The user has changed something. */
static void
changed(MsSetWindow *self)
{
  gtk_label_set_text(self->note, "");
  ms_tip_set(GTK_WIDGET(self->note), NULL);
  ms_set_window_look(self, DEBOUNCE_MS);
  update_actions(self);
}

static void
follow(MsSetRow *row, gconstpointer other)
{
  ms_set_row_follow(row, (MsSetRow *)other);
}

/* The parts that were recognised are changed: from now on they say what the set is. */
static void
say_by_parts(MsSetWindow *self, MsSetRow *row)
{
  if (self->whole && self->preview && self->preview->paths) {
    ms_options_free(self->options);
    self->options = ms_options_copy(self->preview->paths);
  }
  self->whole = FALSE;
  ms_set_window_for_each_row(self, follow, row);
}

static void
place_changed(MsSetRow *row, MsSetWindow *self)
{
  say_by_parts(self, row);
  changed(self);
}

/* Splits and classes may be given to a whole set too. */
static void
rule_changed(MsSetRow *row, MsSetWindow *self)
{
  changed(self);
}

static void
set_changed(MsSetRow *row, MsSetWindow *self)
{
  g_autofree char *set = ms_set_row_get_path(row);

  self->whole = set != NULL;
  set_base(self, set);
  changed(self);
}

static void
model_removed(MsSetRow *row, MsSetWindow *self)
{
  MsSetRow *next = ms_set_window_next_model(row);

  say_by_parts(self, NULL);
  ms_set_row_focus(next ? next : self->actual);
  gtk_box_remove(self->models, GTK_WIDGET(row));
  changed(self);
}

static MsSetRow *
add_model(MsSetWindow *self, const char *name, const char *path)
{
  MsSetRow *row = ms_set_row_new_model();

  ms_set_row_align(row, self->heads, self->states, self->ends);
  ms_set_row_set_base(row, self->base);
  ms_set_row_set_name(row, name);
  ms_set_row_set_path(row, path);
  ms_set_row_offer_same(row, self->actual);
  g_signal_connect(row, "changed", G_CALLBACK(place_changed), self);
  g_signal_connect(row, "removed", G_CALLBACK(model_removed), self);
  gtk_box_append(self->models, GTK_WIDGET(row));
  return row;
}

/* As many rows of models as options have, at least one; rows stay, so that the focus does. */
static void
fill_models(MsSetWindow *self, const MsOptions *options)
{
  guint n = options ? options->predicted->len : 0;
  MsSetRow *row = ms_set_window_first_model(self);

  for (guint i = 0; i < MAX(n, 1); i++) {
    const MsModelOption *model = i < n ? g_ptr_array_index(options->predicted, i) : NULL;

    if (!row)
      row = add_model(self, NULL, NULL);
    ms_set_row_set_name(row, model ? model->name : NULL);
    ms_set_row_set_path(row, model ? model->path : NULL);
    row = ms_set_window_next_model(row);
  }
  while (row) {
    MsSetRow *next = ms_set_window_next_model(row);

    gtk_box_remove(self->models, GTK_WIDGET(row));
    row = next;
  }
}

/* Rows that few sets need are there for those. */
static void
fill_rare(MsSetRow *row, const char *path)
{
  ms_set_row_set_path(row, path);
  gtk_widget_set_visible(GTK_WIDGET(row), path != NULL);
}

void
ms_set_window_fill(MsSetWindow *self, const MsOptions *options)
{
  ms_set_row_set_path(self->images, options ? options->images : NULL);
  ms_set_row_set_path(self->actual, options ? options->actual : NULL);
  ms_set_row_set_path(self->classes, options ? options->classes : NULL);
  fill_rare(self->manifest, options ? options->manifest : NULL);
  fill_rare(self->splits, options ? options->splits : NULL);
  fill_models(self, options);
  gtk_widget_set_visible(self->places, !(options && options->manifest));
}

/* --- options -------------------------------------------------------------------------------- */

static void
take_path(char **member, MsSetRow *row)
{
  g_free(*member);
  *member = ms_set_row_get_path(row);
}

static void
take_models(MsSetWindow *self, MsOptions *options)
{
  for (MsSetRow *row = ms_set_window_first_model(self); row; row = ms_set_window_next_model(row)) {
    g_autofree char *name = ms_set_row_get_name(row);
    g_autofree char *path = ms_set_row_get_path(row);

    if (path)
      ms_options_add_predicted(options, name, path);
  }
}

/* Those that were given beside the set. */
static void
add_given_models(MsSetWindow *self, MsOptions *options)
{
  for (guint i = 0; self->given->set && i < self->given->predicted->len; i++) {
    const MsModelOption *model = g_ptr_array_index(self->given->predicted, i);

    ms_options_add_predicted(options, model->name, model->path);
  }
}

MsOptions *
ms_set_window_get_options(MsSetWindow *self)
{
  MsOptions *options = ms_options_copy(self->whole ? self->given : self->options);

  ms_options_clear_places(options);
  ms_text_set(&options->set, NULL);
  take_path(&options->classes, self->classes);
  take_path(&options->splits, self->splits);
  if (self->whole) {
    take_path(&options->set, self->set);
    add_given_models(self, options);
    return options;
  }
  take_path(&options->manifest, self->manifest);
  if (options->manifest)
    return options;
  take_path(&options->images, self->images);
  take_path(&options->actual, self->actual);
  take_models(self, options);
  return options;
}

void
ms_set_window_set_options(MsSetWindow *self, const MsOptions *options)
{
  g_autofree char *set =
      options && options->set ? g_canonicalize_filename(options->set, NULL) : NULL;

  ms_options_free(self->given);
  self->given = options ? ms_options_copy(options) : ms_options_new();
  ms_options_free(self->options);
  self->options = ms_options_copy(self->given);
  self->whole = set != NULL;
  self->mirrored = FALSE;
  ms_set_row_set_path(self->set, set);
  set_base(self, set);
  ms_set_window_fill(self, options);
  ms_set_window_look(self, 0);
  update_actions(self);
}

MsPreview *
ms_set_window_get_preview(MsSetWindow *self)
{
  return self->preview;
}

/* --- saving --------------------------------------------------------------------------------- */

typedef struct {
  MsOptions *options;
  char *title;
  char *path;
} SaveJob;

static void
save_job_free(gpointer data)
{
  SaveJob *job = data;

  ms_options_free(job->options);
  g_free(job->title);
  g_free(job->path);
  g_free(job);
}

static void
save_thread(GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  SaveJob *job = data;
  GError *error = NULL;

  if (ms_maskset_write(job->options, job->title, job->path, &error))
    g_task_return_boolean(task, TRUE);
  else
    g_task_return_error(task, error);
}

static void
say_not_saved(MsSetWindow *self, const char *cause)
{
  g_autofree char *text = g_strdup_printf("Not saved: %s", cause);

  gtk_label_set_text(self->note, text);
  ms_tip_set(GTK_WIDGET(self->note), text);
}

/* The file is shown from now on, as it is read again. */
static void
save_done(GObject *source, GAsyncResult *result, gpointer user)
{
  MsSetWindow *self = MS_SET_WINDOW(source);
  SaveJob *job = g_task_get_task_data(G_TASK(result));
  g_autofree char *name = g_path_get_basename(job->path);
  g_autofree char *shown = ms_text_id(name);
  g_autoptr(MsOptions) options = ms_options_copy(job->options);
  g_autoptr(GError) error = NULL;

  gboolean written = g_task_propagate_boolean(G_TASK(result), &error);

  if (!self->given)
    return; /* the window is gone */
  if (!written) {
    say_not_saved(self, error->message);
    return;
  }
  ms_options_clear_places(options);
  ms_text_set(&options->splits, NULL);
  ms_text_set(&options->classes, NULL);
  ms_text_set(&options->set, job->path);
  g_autofree char *saved = g_strdup_printf("Saved as %s", shown);
  gtk_label_set_text(self->note, saved);
  ms_tip_set(GTK_WIDGET(self->note), NULL);
  ms_set_window_set_options(self, options);
}

/* NULL: nothing does. */
static const char *
find_hindrance(MsSetWindow *self)
{
  if (self->preview->problem)
    return self->preview->problem;
  if (self->names_taken)
    return "two models have the same name";
  if (self->names_odd)
    return "a model has a name that " NAME_ODD_WHY;
  return self->preview->savable ? NULL : "no list of folders says this set";
}

static void
save(MsSetWindow *self)
{
  g_autoptr(GTask) task = NULL;
  SaveJob *job;

  const char *hindrance = find_hindrance(self);

  if (hindrance) {
    g_clear_pointer(&self->save_path, g_free);
    say_not_saved(self, hindrance);
    return;
  }
  job = g_new0(SaveJob, 1);
  job->options = ms_options_copy(self->preview->savable);
  job->title = g_strdup(self->preview->title);
  job->path = g_steal_pointer(&self->save_path);
  task = ms_job_new(self, NULL, save_done);
  g_task_set_source_tag(task, save);
  g_task_set_task_data(task, job, save_job_free);
  g_task_run_in_thread(task, save_thread);
}

void
ms_set_window_save_to(MsSetWindow *self, const char *path)
{
  g_autofree char *named =
      g_strconcat(path, ms_ending_is(path, ".maskset") ? "" : ".maskset", NULL);

  ms_text_set(&self->save_path, named);
  if (self->preview)
    save(self);
}

static void
save_chosen(GFile *file, gpointer user)
{
  g_autofree char *path = file ? g_file_get_path(file) : NULL;

  if (path)
    ms_set_window_save_to(MS_SET_WINDOW(user), path);
}

static void
save_activated(GtkWidget *widget, const char *action, GVariant *parameter)
{
  MsSetWindow *self = MS_SET_WINDOW(widget);
  const char *title = self->preview && self->preview->title ? self->preview->title : "set";
  g_autofree char *name = g_strdup_printf("%s.maskset", title);

  ms_compat_choose_save(GTK_WINDOW(self), "Save this set", self->base, g_strdelimit(name, "/", '_'),
                        save_chosen, G_OBJECT(self));
}

/* --- other commands -------------------------------------------------------------------------- */

static void
open_activated(GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autoptr(MsOptions) options = ms_set_window_get_options(MS_SET_WINDOW(widget));

  g_signal_emit(widget, signals[OPEN], 0, options);
  gtk_window_close(GTK_WINDOW(widget));
}

/* As if nothing had been changed below. */
static void
restore_activated(GtkWidget *widget, const char *action, GVariant *parameter)
{
  MsSetWindow *self = MS_SET_WINDOW(widget);
  g_autoptr(MsOptions) options = ms_options_copy(self->given);

  if (!options->set)
    ms_options_clear_places(options);
  g_free(options->set);
  options->set = ms_set_row_get_path(self->set);
  gtk_label_set_text(self->note, "");
  ms_set_window_set_options(self, options);
}

static void
add_model_activated(GtkWidget *widget, const char *action, GVariant *parameter)
{
  ms_set_row_focus(add_model(MS_SET_WINDOW(widget), NULL, NULL));
}

void
ms_set_window_previewed(MsSetWindow *self)
{
  update_actions(self);
  if (self->preview->savable && !self->preview->is_exact)
    gtk_label_set_text(self->note,
                       "What the folders are called says more than a list of them could: a "
                       ".maskset file of this set names the folder as a whole");
  if (self->save_path)
    save(self);
}

/* --- object --------------------------------------------------------------------------------- */

static void
ms_set_window_dispose(GObject *object)
{
  MsSetWindow *self = MS_SET_WINDOW(object);

  ms_set_window_stop_looking(self);
  g_clear_pointer(&self->given, ms_options_free);
  g_clear_pointer(&self->options, ms_options_free);
  g_clear_pointer(&self->preview, ms_preview_unref);
  gtk_widget_dispose_template(GTK_WIDGET(self), MS_TYPE_SET_WINDOW);
  G_OBJECT_CLASS(ms_set_window_parent_class)->dispose(object);
}

static void
ms_set_window_finalize(GObject *object)
{
  MsSetWindow *self = MS_SET_WINDOW(object);

  g_free(self->base);
  g_free(self->listed);
  g_free(self->save_path);
  G_OBJECT_CLASS(ms_set_window_parent_class)->finalize(object);
}

static void
bind_template(GtkWidgetClass *class)
{
  gtk_widget_class_set_template_from_resource(class, "/org/maskscope/Maskscope/ui/set-window.ui");
  gtk_widget_class_bind_template_child(class, MsSetWindow, heads);
  gtk_widget_class_bind_template_child(class, MsSetWindow, states);
  gtk_widget_class_bind_template_child(class, MsSetWindow, ends);
  gtk_widget_class_bind_template_child(class, MsSetWindow, set);
  gtk_widget_class_bind_template_child(class, MsSetWindow, places);
  gtk_widget_class_bind_template_child(class, MsSetWindow, images);
  gtk_widget_class_bind_template_child(class, MsSetWindow, actual);
  gtk_widget_class_bind_template_child(class, MsSetWindow, models);
  gtk_widget_class_bind_template_child(class, MsSetWindow, add);
  gtk_widget_class_bind_template_child(class, MsSetWindow, manifest);
  gtk_widget_class_bind_template_child(class, MsSetWindow, splits);
  gtk_widget_class_bind_template_child(class, MsSetWindow, classes);
  gtk_widget_class_bind_template_child(class, MsSetWindow, rules);
  gtk_widget_class_bind_template_child(class, MsSetWindow, summary);
  gtk_widget_class_bind_template_child(class, MsSetWindow, counts);
  gtk_widget_class_bind_template_child(class, MsSetWindow, more);
  gtk_widget_class_bind_template_child(class, MsSetWindow, spinner);
  gtk_widget_class_bind_template_child(class, MsSetWindow, notices);
  gtk_widget_class_bind_template_child(class, MsSetWindow, notices_text);
  gtk_widget_class_bind_template_child(class, MsSetWindow, result);
  gtk_widget_class_bind_template_child(class, MsSetWindow, message);
  gtk_widget_class_bind_template_child(class, MsSetWindow, pairs);
  gtk_widget_class_bind_template_child(class, MsSetWindow, note);
  gtk_widget_class_bind_template_child(class, MsSetWindow, restore);
  gtk_widget_class_bind_template_child(class, MsSetWindow, open);
  gtk_widget_class_bind_template_callback(class, set_changed);
  gtk_widget_class_bind_template_callback(class, place_changed);
  gtk_widget_class_bind_template_callback(class, rule_changed);
}

static void
ms_set_window_class_init(MsSetWindowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);

  g_type_ensure(MS_TYPE_SET_ROW);
  g_type_ensure(MS_TYPE_PAIR_TABLE);
  G_OBJECT_CLASS(class)->dispose = ms_set_window_dispose;
  G_OBJECT_CLASS(class)->finalize = ms_set_window_finalize;
  signals[OPEN] = g_signal_new("open", MS_TYPE_SET_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 1, G_TYPE_POINTER);
  bind_template(widget_class);
  gtk_widget_class_install_action(widget_class, "set.add-model", NULL, add_model_activated);
  gtk_widget_class_install_action(widget_class, "set.restore", NULL, restore_activated);
  gtk_widget_class_install_action(widget_class, "set.save", NULL, save_activated);
  gtk_widget_class_install_action(widget_class, "set.open", NULL, open_activated);
  gtk_widget_class_add_binding_action(widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action(widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close",
                                      NULL);
  gtk_widget_class_add_binding_action(widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "set.save", NULL);
}

static void
ms_set_window_init(MsSetWindow *self)
{
  gtk_widget_init_template(GTK_WIDGET(self));
  ms_set_row_align(self->set, self->heads, self->states, self->ends);
  ms_set_row_align(self->images, self->heads, self->states, self->ends);
  ms_set_row_align(self->actual, self->heads, self->states, self->ends);
  ms_set_row_align(self->manifest, self->heads, self->states, self->ends);
  ms_set_row_align(self->splits, self->heads, self->states, self->ends);
  ms_set_row_align(self->classes, self->heads, self->states, self->ends);
  gtk_widget_action_set_enabled(GTK_WIDGET(self), "set.open", FALSE);
  gtk_widget_action_set_enabled(GTK_WIDGET(self), "set.save", FALSE);
}

/* Tall enough for several models, where the screen is. */
static void
fit_to_monitor(MsSetWindow *self)
{
  GListModel *monitors = gdk_display_get_monitors(gtk_widget_get_display(GTK_WIDGET(self)));
  g_autoptr(GdkMonitor) monitor = g_list_model_get_item(monitors, 0);
  GdkRectangle area = {0, 0, DEFAULT_WIDTH, DEFAULT_HEIGHT};

  if (monitor)
    gdk_monitor_get_geometry(monitor, &area);
  gtk_window_set_default_size(GTK_WINDOW(self), MIN(DEFAULT_WIDTH, area.width),
                              MIN(DEFAULT_HEIGHT, area.height * 9 / 10));
}

MsSetWindow *
ms_set_window_new(GtkWindow *parent)
{
  MsSetWindow *self = g_object_new(MS_TYPE_SET_WINDOW, "transient-for", parent, NULL);

  fit_to_monitor(self);
  ms_set_window_set_options(self, NULL);
  return self;
}
