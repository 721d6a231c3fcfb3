/* SPDX-License-Identifier: MIT
 *
 * Opening sets: by options, dialog, drop, recent and reload. The set is found on another thread;
 * the one that is open stays until the new one is there. Of a large folder the first examples are
 * shown while the same thread reads all of it; then the whole takes their place.
 */
#include "app/compat.h"
#include "app/job.h"
#include "app/open-progress.h"
#include "app/reading-progress.h"
#include "app/settings.h"
#include "app/window-private.h"
#include "set/layout.h"
#include "set/paths.h"
#include "set/set-changes.h"

#define POLL_MS 250 /* how often the progress of opening is looked at */

/* Names of each folder that are looked at first: many screens of the list, in no time. */
#define N_FIRST_NAMES 200

/* Shared by the opening thread and the window. */
typedef struct {
  MsOptions *options;
  gboolean same;       /* it is the set that is open, read again or to its end */
  gboolean interrupts; /* such a reading, which goes on should this fail */
  gboolean quiet;      /* nobody asked for it, and it changes nothing where nothing has changed */
  gint64 begun;        /* µs since 1970 */
  MsOpenProgress progress;

  /* The same set as it is known */
  MsSet *known;       /* NULL: another one is opened */
  GPtrArray *results; /* MsResults, one a model */

  /* Out */
  MsEvaluation *evaluation; /* with what is known of it; NULL: nothing */
  GPtrArray *changed;       /* GArray of examples, one a model: the set is like the known one, but
                             * for these. NULL: it is another */
} OpenJob;

static void
open_job_clear(gpointer data)
{
  OpenJob *job = data;

  ms_options_free(job->options);
  ms_open_progress_clear(&job->progress);
  g_clear_object(&job->known);
  g_clear_object(&job->evaluation);
  g_clear_pointer(&job->results, g_ptr_array_unref);
  g_clear_pointer(&job->changed, g_ptr_array_unref);
}

static void
open_job_unref(gpointer job)
{
  g_atomic_rc_box_release_full(job, open_job_clear);
}

/* --- the thread: a first look at a large folder, then all of it --- */

typedef struct {
  GTask *task;
  MsSet *set;
} Part;

static void
part_free(gpointer data)
{
  Part *part = data;

  g_object_unref(part->task);
  g_object_unref(part->set);
  g_free(part);
}

static gboolean part_found(gpointer user);

/* Not g_main_context_invoke(), which calls on this thread when nobody runs the main loop. */
static void
hand_over(Part *part)
{
  g_autoptr(GSource) source = g_idle_source_new();

  g_source_set_priority(source, G_PRIORITY_DEFAULT);
  g_source_set_callback(source, part_found, part, part_free);
  g_source_attach(source, NULL);
}

/* The whole set, where there is nothing more to it. That a first look fails means nothing. */
static MsSet *
look_first(GTask *task, OpenJob *job, GCancellable *cancellable)
{
  gboolean whole = FALSE;
  g_autoptr(MsSet) set = ms_set_open_first(job->options, N_FIRST_NAMES, &whole, cancellable, NULL);
  Part *part;

  if (!set || whole)
    return g_steal_pointer(&set);
  part = g_new0(Part, 1);
  part->task = g_object_ref(task);
  part->set = g_steal_pointer(&set);
  hand_over(part);
  return NULL;
}

/* What has changed of a set that is like the known one. */
static void
find_changed(OpenJob *job, GCancellable *cancellable)
{
  job->changed = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
  for (guint i = 0; i < job->results->len; i++) {
    GArray *examples = g_array_new(FALSE, FALSE, sizeof(guint));

    ms_set_find_changed(job->known, i, g_ptr_array_index(job->results, i), examples, cancellable);
    g_ptr_array_add(job->changed, examples);
  }
}

/* So that nothing waits again that is known: the whole set is scored when it is seen. */
static void
compare(OpenJob *job, MsSet *set, GCancellable *cancellable)
{
  if (job->quiet && ms_set_is_like(job->known, set)) {
    find_changed(job, cancellable);
    return;
  }
  job->evaluation = ms_evaluation_new(set);
  ms_evaluation_adopt(job->evaluation, job->known, (MsResults *const *)job->results->pdata,
                      cancellable);
}

static void
open_thread(GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  OpenJob *job = data;
  GError *error = NULL;
  MsSet *set = job->same ? NULL : look_first(task, job, cancellable);

  if (!set)
    set = ms_set_open(job->options, ms_open_progress_tell, &job->progress, cancellable, &error);
  if (set && job->known)
    compare(job, set, cancellable);
  if (set)
    g_task_return_pointer(task, set, g_object_unref);
  else
    g_task_return_error(task, error);
}

/* --- what is shown meanwhile --- */

/* A spinner turns, and draws, even on a page that is not shown. */
static void
show_page(MsWindow *self, const char *name)
{
  gtk_spinner_set_spinning(self->opening_spinner, g_str_equal(name, "opening"));
  gtk_stack_set_visible_child_name(self->stack, name);
  ms_window_update_title(self);
}

gboolean
ms_window_is_opening(MsWindow *self)
{
  return g_strcmp0(gtk_stack_get_visible_child_name(self->stack), "opening") == 0;
}

/* Below the list where a set is shown, else in the middle of the window. */
static gboolean
show_progress(gpointer user)
{
  GTask *task = user;
  MsWindow *self = ms_job_get_owner(task);
  OpenJob *job = g_task_get_task_data(task);
  g_autofree char *text = ms_open_progress_describe(&job->progress, "Looking for examples");

  gtk_label_set_text(self->opening_label, text);
  if (job->same)
    ms_reading_progress_show(ms_example_list_get_reading(self->list), text);
  return G_SOURCE_CONTINUE;
}

/* Nothing is being read any more; a set that is a part says so. */
static void
show_rest(MsWindow *self)
{
  MsReadingProgress *reading = ms_example_list_get_reading(self->list);

  if (self->set && ms_set_is_partial(self->set))
    ms_reading_progress_show_part(reading, "Only the first examples of the folder");
  else
    ms_reading_progress_hide(reading);
}

/* The set's own folder for the list of recent ones: only what one path can name again. */
static void
remember(MsWindow *self, const MsOptions *options)
{
  if (!options->set)
    return;

  g_autofree char *path = g_canonicalize_filename(options->set, NULL);

  ms_settings_add_recent(path);
  ms_window_update_recent(self);
}

/* What is there, but does not say which folder is what, the user can say. */
static gboolean
can_be_set_up(const GError *error)
{
  return g_error_matches(error, MS_SET_ERROR, MS_SET_ERROR_LAYOUT) ||
         g_error_matches(error, MS_SET_ERROR, MS_SET_ERROR_EMPTY);
}

/* What the button beside it does needs no words about options. Caller frees. */
static char *
without_options(const char *message)
{
  const char *remedy = strstr(message, " " MS_LAYOUT_HOW_TO_TELL);

  return remedy ? g_strndup(message, (gsize)(remedy - message)) : g_strdup(message);
}

static void
open_failed(MsWindow *self, const OpenJob *job, const GError *error)
{
  show_page(self, self->set ? "viewer" : "welcome");
  show_rest(self);
  if (job->interrupts)
    ms_window_reload(self);
  else if (self->set && ms_set_is_partial(self->set))
    ms_window_score(self); /* which waited for the whole */
  g_clear_pointer(&self->refused, ms_options_free);
  self->refused = ms_options_copy(job->options);
  ms_window_update_actions(self);
  if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_autofree char *message = without_options(error->message);
  ms_window_say(self, TRUE, "%s", message);
  if (can_be_set_up(error))
    ms_window_offer_set_up(self);
  if (job->same)
    ms_window_bind_error(self);
}

static gboolean
is_read_alike(const MsReading *a, const MsReading *b)
{
  return a->encoding == b->encoding && a->positive == b->positive && a->maximum == b->maximum &&
         a->alpha == b->alpha;
}

static guint
find_model(MsSet *set, const char *name)
{
  for (guint i = 0; i < ms_set_get_n_models(set); i++)
    if (g_str_equal(ms_set_get_model_name(set, i), name))
      return i;
  return G_MAXUINT;
}

/* New files can say more of what is meant than the first ones did. */
static void
say_other_readings(MsWindow *self, MsSet *before, MsSet *now)
{
  const MsReading *actual = ms_set_get_actual_reading(now);

  if (!is_read_alike(ms_set_get_actual_reading(before), actual))
    ms_window_say(self, FALSE, "The actual side is read in another way now: %s",
                  actual->description);
  for (guint i = 0; i < ms_set_get_n_models(now); i++) {
    const char *name = ms_set_get_model_name(now, i);
    const MsReading *reading = ms_set_get_predicted_reading(now, i);
    guint known = find_model(before, name);

    if (known != G_MAXUINT && !is_read_alike(ms_set_get_predicted_reading(before, known), reading))
      ms_window_say(self, FALSE, "%s is read in another way now: %s", name, reading->description);
  }
}

static void
take_set(MsWindow *self, OpenJob *job, MsSet *set)
{
  gboolean viewed = g_strcmp0(gtk_stack_get_visible_child_name(self->stack), "viewer") == 0;

  g_clear_pointer(&self->options, ms_options_free);
  self->options = ms_options_copy(job->options);
  g_clear_pointer(&self->refused, ms_options_free);
  if (!job->same)
    ms_window_hush(self);
  else if (!job->quiet)
    ms_window_withdraw_error(self);
  if (job->quiet)
    ms_window_note_shown(self);
  ms_window_set_set(self, set, job->evaluation, job->same);
  ms_window_watch_set(self, job->begun);
  show_page(self, "viewer");
  if (!job->same || !viewed)
    ms_window_focus_example(self);
  if (job->quiet)
    say_other_readings(self, job->known, set);
  else
    remember(self, self->options);
  ms_window_update_actions(self);
}

static gboolean
part_found(gpointer user)
{
  Part *part = user;
  MsWindow *self = ms_job_get_owner(part->task);
  OpenJob *job = g_task_get_task_data(part->task);
  GCancellable *cancellable = g_task_get_cancellable(part->task);

  if (cancellable != self->open_cancellable || g_cancellable_is_cancelled(cancellable))
    return G_SOURCE_REMOVE; /* another was asked for since, or none */
  take_set(self, job, part->set);
  job->same = TRUE;
  show_progress(part->task);
  return G_SOURCE_REMOVE;
}

static void
open_done(GObject *source, GAsyncResult *result, gpointer user)
{
  MsWindow *self = MS_WINDOW(source);
  OpenJob *job = g_task_get_task_data(G_TASK(result));
  GCancellable *cancellable = g_task_get_cancellable(G_TASK(result));
  g_autoptr(GError) error = NULL;
  g_autoptr(MsSet) set = g_task_propagate_pointer(G_TASK(result), &error);

  if (cancellable != self->open_cancellable)
    return; /* another was asked for since */
  g_clear_handle_id(&self->open_poll, g_source_remove);
  g_clear_object(&self->open_cancellable);
  if (job->quiet && (!set || job->changed)) {
    ms_window_update_actions(self);
    ms_window_looked_again(
        self, set ? job->changed : NULL,
        g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || !error ? NULL : error->message);
    return;
  }
  if (!set) {
    open_failed(self, job, error);
    return;
  }
  take_set(self, job, set);
  show_rest(self);
}

/* What is known of the set that is open, for when it is opened again. */
static void
take_known(MsWindow *self, OpenJob *job)
{
  job->known = g_object_ref(self->set);
  job->results = g_ptr_array_new_with_free_func((GDestroyNotify)ms_results_unref);
  for (guint i = 0; i < ms_set_get_n_models(self->set); i++)
    g_ptr_array_add(job->results, ms_evaluation_snapshot(self->evaluation, i));
}

/* Takes the job, whose options are still to be set. */
static void
run_job(MsWindow *self, OpenJob *job, const MsOptions *options)
{
  gboolean same = job->same;
  g_autoptr(GTask) task = NULL;

  job->interrupts = !same && self->set && self->open_cancellable;
  if (self->open_cancellable)
    g_cancellable_cancel(self->open_cancellable);
  g_clear_object(&self->open_cancellable);
  g_clear_handle_id(&self->open_poll, g_source_remove);
  self->open_cancellable = g_cancellable_new();

  ms_open_progress_init(&job->progress);
  job->options = ms_options_copy(options);
  job->begun = g_get_real_time();
  if (same && self->set && !ms_set_is_partial(self->set))
    take_known(self, job);
  task = ms_job_new(self, self->open_cancellable, open_done);
  g_task_set_source_tag(task, run_job);
  g_task_set_task_data(task, job, open_job_unref);
  if (!job->quiet) {
    self->open_poll = g_timeout_add_full(G_PRIORITY_DEFAULT, POLL_MS, show_progress,
                                         g_object_ref(task), g_object_unref);
    show_progress(task);
  }
  if (!same)
    show_page(self, "opening");
  ms_window_update_actions(self);
  g_task_run_in_thread(task, open_thread);
}

static void
open_set(MsWindow *self, const MsOptions *options, gboolean same)
{
  OpenJob *job = g_atomic_rc_box_new0(OpenJob);

  job->same = same;
  run_job(self, job, options);
}

void
ms_window_look_again(MsWindow *self)
{
  OpenJob *job = g_atomic_rc_box_new0(OpenJob);

  job->same = job->quiet = TRUE;
  run_job(self, job, self->options);
}

void
ms_window_open(MsWindow *self, const MsOptions *options)
{
  open_set(self, options, FALSE);
}

void
ms_window_open_path(MsWindow *self, const char *path)
{
  g_autoptr(MsOptions) options = ms_options_new();

  options->set = g_strdup(path);
  ms_window_open(self, options);
}

void
ms_window_open_sample(MsWindow *self, const char *name)
{
  g_autofree char *path = ms_paths_sample(name);

  ms_window_open_path(self, path);
}

void
ms_window_reload(MsWindow *self)
{
  ms_window_reopen(self, self->options);
}

void
ms_window_reopen(MsWindow *self, const MsOptions *options)
{
  open_set(self, options, self->set != NULL);
}

static void
set_up_done(MsSetWindow *set_window, const MsOptions *options, MsWindow *self)
{
  ms_window_open(self, options);
}

/* Closed, though its work may keep it in memory for a while. */
static void
set_up_closed(MsSetWindow *set_window, MsWindow *self)
{
  g_clear_weak_pointer(&self->set_window);
}

void
ms_window_set_up(MsWindow *self, const MsOptions *options)
{
  if (!self->set_window) {
    g_set_weak_pointer(&self->set_window, ms_set_window_new(GTK_WINDOW(self)));
    g_signal_connect_object(self->set_window, "open", G_CALLBACK(set_up_done), self, 0);
    g_signal_connect_object(self->set_window, "destroy", G_CALLBACK(set_up_closed), self, 0);
  }
  ms_set_window_set_options(self->set_window, options);
  gtk_window_present(GTK_WINDOW(self->set_window));
}

static void
file_chosen(GFile *file, gpointer user)
{
  g_autofree char *path = file ? g_file_get_path(file) : NULL;

  if (path)
    ms_window_open_path(MS_WINDOW(user), path);
}

void
ms_window_choose_folder(MsWindow *self)
{
  ms_compat_choose_folder(GTK_WINDOW(self), "Open the folder of a set", file_chosen,
                          G_OBJECT(self));
}

void
ms_window_choose_file(MsWindow *self)
{
  static const char *const patterns[] = {"*.maskset", "*.csv", "*.tsv", NULL};

  ms_compat_choose_file(GTK_WINDOW(self), "Open a set file or table",
                        "Set files, manifests and label tables", patterns, file_chosen,
                        G_OBJECT(self));
}

static gboolean
dropped(GtkDropTarget *target, const GValue *value, double x, double y, MsWindow *self)
{
  GSList *files = g_value_get_boxed(value);

  if (!files)
    return FALSE;
  file_chosen(files->data, self);
  return TRUE;
}

void
ms_window_init_drop(MsWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new(GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect(target, "drop", G_CALLBACK(dropped), self);
  gtk_widget_add_controller(GTK_WIDGET(self), GTK_EVENT_CONTROLLER(target));
}

static GtkWidget *
recent_row_new(const char *path)
{
  GtkWidget *row = gtk_list_box_row_new();
  GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *name = g_path_get_basename(path);
  g_autofree char *folder = g_path_get_dirname(path);
  GtkWidget *name_label = gtk_label_new(name);
  GtkWidget *folder_label = gtk_label_new(folder);

  gtk_label_set_xalign(GTK_LABEL(name_label), 0);
  gtk_label_set_xalign(GTK_LABEL(folder_label), 0);
  gtk_label_set_ellipsize(GTK_LABEL(folder_label), PANGO_ELLIPSIZE_START);
  gtk_widget_add_css_class(folder_label, "caption");
  gtk_box_append(GTK_BOX(box), name_label);
  gtk_box_append(GTK_BOX(box), folder_label);
  gtk_list_box_row_set_child(GTK_LIST_BOX_ROW(row), box);
  gtk_actionable_set_action_name(GTK_ACTIONABLE(row), "win.open-path");
  gtk_actionable_set_action_target(GTK_ACTIONABLE(row), "s", path);
  return row;
}

void
ms_window_update_recent(MsWindow *self)
{
  g_auto(GStrv) recent = g_settings_get_strv(ms_settings_get(), "recent");
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child(GTK_WIDGET(self->recent))))
    gtk_list_box_remove(self->recent, child);
  for (guint i = 0; recent[i] && i < 5; i++)
    gtk_list_box_append(self->recent, recent_row_new(recent[i]));
  gtk_widget_set_visible(self->recent_box, recent[0] != NULL);
}
