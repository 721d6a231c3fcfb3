/* SPDX-License-Identifier: MIT
 *
 * The preview is made on another thread from a copy of what the rows say; a change of the rows
 * cancels it.
 */
#include "app/job.h"
#include "app/open-progress.h"
#include "app/set-window-private.h"
#include "app/tip.h"

#include "set/describe.h"
#include "set/option-values.h"
#include "set/text.h"

#define POLL_MS 250 /* how often the progress is looked at; what is done sooner shows none */

/* Shared by the thread and the window. */
typedef struct {
  MsOptions *options;
  char *around;
  MsOpenProgress progress;
} LookJob;

static void
look_job_clear(gpointer data)
{
  LookJob *job = data;

  ms_options_free(job->options);
  g_free(job->around);
  ms_open_progress_clear(&job->progress);
}

static void
look_job_unref(gpointer job)
{
  g_atomic_rc_box_release_full(job, look_job_clear);
}

static void
look_thread(GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  LookJob *job = data;
  GError *error = NULL;
  MsPreview *preview = ms_preview_new(job->options, job->around, ms_open_progress_tell,
                                      &job->progress, cancellable, &error);

  if (preview)
    g_task_return_pointer(task, preview, (GDestroyNotify)ms_preview_unref);
  else
    g_task_return_error(task, error);
}

/* --- showing -------------------------------------------------------------------------------- */

static void
show_places(MsSetWindow *self)
{
  static const MsPreviewPlace changed = {MS_PREVIEW_UNNAMED, (char *)"changed below", NULL};
  const MsPreview *preview = self->preview;
  g_autofree char *set = ms_set_row_get_path(self->set);
  guint i = 0;

  ms_set_row_show(self->set, self->whole ? &preview->set : set ? &changed : NULL);
  ms_set_row_show(self->images, &preview->images);
  ms_set_row_show(self->actual, &preview->actual);
  ms_set_row_show(self->manifest, &preview->manifest);
  ms_set_row_show(self->splits, &preview->splits);
  ms_set_row_show(self->classes, &preview->classes);
  for (MsSetRow *row = ms_set_window_first_model(self); row; row = ms_set_window_next_model(row)) {
    gboolean said = ms_set_window_is_model_said(self, row);

    ms_set_row_show(row, said && i < preview->n_predicted ? &preview->predicted[i++] : NULL);
  }
}

/* Those that no row shows, as the command takes them: what is opened and saved has them too. */
static void
show_rules(MsSetWindow *self)
{
  g_autoptr(MsOptions) given = ms_set_window_get_options(self);
  g_autoptr(MsOptions) rules = ms_options_copy(self->preview->paths ? self->preview->paths : given);

  ms_options_clear_places(rules);
  ms_text_set(&rules->splits, NULL);
  ms_text_set(&rules->classes, NULL);

  g_auto(GStrv) arguments = ms_options_to_arguments(rules);
  g_autofree char *list = g_strjoinv(" ", arguments);
  g_autofree char *text = g_strdup_printf("With these options: %s", list);

  gtk_label_set_text(self->rules, text);
  gtk_widget_set_visible(GTK_WIDGET(self->rules), *list != '\0');
}

static char *
describe_splits(const MsPreview *preview)
{
  GString *text = g_string_new(NULL);

  for (guint i = 0; i < preview->split_counts->len; i++) {
    const MsPreviewCount *split = g_ptr_array_index(preview->split_counts, i);
    g_autofree char *count = ms_describe_count(split->n);

    g_string_append_printf(text, "%s%s %s", i ? ", " : "Splits: ", split->name, count);
  }
  return g_string_free(text, FALSE);
}

static void
show_notices(MsSetWindow *self)
{
  const GPtrArray *notices = self->preview->notices;
  guint n = notices ? notices->len : 0;
  g_autofree char *label = g_strdup_printf("%u notice%s", n, n == 1 ? "" : "s");
  g_autoptr(GString) text = g_string_new(NULL);

  for (guint i = 0; i < MIN(n, 100); i++) {
    const MsNotice *notice = g_ptr_array_index(notices, i);

    g_string_append_printf(text, "%s%s%s%s", i ? "\n\n" : "", notice->path ? notice->path : "",
                           notice->path ? ": " : "", notice->message);
  }
  if (n > 100)
    g_string_append_printf(text, "\n\nand %u more", n - 100);
  gtk_menu_button_set_label(self->notices, label);
  gtk_label_set_text(self->notices_text, text->str);
  gtk_widget_set_visible(GTK_WIDGET(self->notices), n > 0);
}

static void
show_result(MsSetWindow *self)
{
  MsPreview *preview = self->preview;
  g_autofree char *counts = preview->problem ? g_strdup("") : ms_preview_describe(preview);
  g_autofree char *splits = describe_splits(preview);

  gtk_label_set_text(self->counts, counts);
  ms_tip_set(GTK_WIDGET(self->counts), *counts ? counts : NULL);
  gtk_widget_set_visible(self->summary, !preview->problem);
  gtk_label_set_text(self->more, splits);
  gtk_widget_set_visible(GTK_WIDGET(self->more), *splits != '\0');
  show_notices(self);
  gtk_label_set_text(self->message, preview->problem ? preview->problem : "");
  ms_tip_set(GTK_WIDGET(self->message), preview->problem_detail);
  ms_pair_table_set_preview(self->pairs, preview->problem ? NULL : preview);
  gtk_stack_set_visible_child_name(self->result, preview->problem ? "message" : "pairs");
}

static gboolean
names_no_places(const MsPreview *preview)
{
  return !preview->paths || preview->paths->folder;
}

/* A set that no paths say: where its files are, in words. */
static void
show_recognised_place(MsSetRow *row, const MsPreviewPlace *place)
{
  if (place->state == MS_PREVIEW_FOUND && place->detail)
    ms_set_row_set_recognised(row, place->detail);
}

static void
show_recognised(MsSetWindow *self)
{
  const MsPreview *preview = self->preview;
  MsSetRow *row = ms_set_window_first_model(self);

  if (preview->problem || !names_no_places(preview))
    return;
  show_recognised_place(self->images, &preview->images);
  show_recognised_place(self->actual, &preview->actual);
  for (guint i = 0; row && i < preview->n_predicted; i++) {
    show_recognised_place(row, &preview->predicted[i]);
    row = ms_set_window_next_model(row);
  }
}

/* The rows mirror a set that is said as a whole. */
static void
mirror(MsSetWindow *self)
{
  const MsPreview *preview = self->preview;
  g_autoptr(MsOptions) names = ms_options_new();

  for (guint i = 0; i < preview->models->len; i++)
    ms_options_add_predicted(names, ((MsPreviewCount *)g_ptr_array_index(preview->models, i))->name,
                             NULL);
  if (!preview->problem || self->mirrored)
    ms_set_window_fill(self, names_no_places(preview) ? names : preview->paths);
  self->mirrored = !preview->problem;
  show_recognised(self);
}

/* What models without a name are called, as far as rows and models are the same ones. */
static void
show_names(MsSetWindow *self)
{
  const GPtrArray *models = self->preview->models;
  guint n = 0, i = 0;
  MsSetRow *row;

  for (row = ms_set_window_first_model(self); row; row = ms_set_window_next_model(row))
    n += ms_set_window_is_model_said(self, row);
  for (row = ms_set_window_first_model(self); row; row = ms_set_window_next_model(row)) {
    gboolean same = n == models->len && ms_set_window_is_model_said(self, row);
    const MsPreviewCount *model = same ? g_ptr_array_index(models, i++) : NULL;

    ms_set_row_set_usual_name(row, model ? model->name : NULL);
  }
}

/* Labels are no masks. */
static void
show_words(MsSetWindow *self)
{
  gboolean labels = self->preview->is_labels;

  if (self->preview->problem)
    return;
  g_object_set(self->actual, "title", labels ? "Actual labels" : "Actual masks", NULL);
  for (MsSetRow *row = ms_set_window_first_model(self); row; row = ms_set_window_next_model(row))
    g_object_set(row, "placeholder",
                 labels ? "Table of its predicted labels" : "Folder of its predicted masks", NULL);
}

static void
set_folders(MsSetRow *row, gconstpointer folders)
{
  ms_set_row_set_folders(row, folders);
}

static void
show_preview(MsSetWindow *self)
{
  if (self->whole)
    mirror(self);
  show_words(self);
  show_names(self);
  show_rules(self);
  show_places(self);
  show_result(self);
  ms_set_window_previewed(self);
}

/* --- running -------------------------------------------------------------------------------- */

void
ms_set_window_stop_looking(MsSetWindow *self)
{
  g_clear_handle_id(&self->debounce, g_source_remove);
  g_clear_handle_id(&self->poll, g_source_remove);
  if (self->cancellable)
    g_cancellable_cancel(self->cancellable);
  g_clear_object(&self->cancellable);
}

static gboolean
show_progress(gpointer user)
{
  GTask *task = user;
  MsSetWindow *self = ms_job_get_owner(task);
  LookJob *job = g_task_get_task_data(task);
  g_autofree char *text = ms_open_progress_describe(&job->progress, "Looking…");

  gtk_label_set_text(self->counts, text);
  gtk_widget_set_visible(self->summary, TRUE);
  gtk_spinner_start(self->spinner);
  return G_SOURCE_CONTINUE;
}

static void
look_done(GObject *source, GAsyncResult *result, gpointer user)
{
  MsSetWindow *self = MS_SET_WINDOW(source);
  LookJob *job = g_task_get_task_data(G_TASK(result));
  g_autoptr(MsPreview) preview = g_task_propagate_pointer(G_TASK(result), NULL);

  if (g_task_get_cancellable(G_TASK(result)) != self->cancellable || !preview)
    return; /* the rows have changed since */
  ms_set_window_stop_looking(self);
  gtk_spinner_stop(self->spinner);
  self->preview = g_steal_pointer(&preview);
  if (g_strcmp0(self->base, self->listed) != 0) {
    ms_text_set(&self->listed, job->around);
    ms_set_window_for_each_row(self, set_folders, self->preview->folders);
  }
  show_preview(self);
}

static gboolean
look_now(gpointer user)
{
  MsSetWindow *self = user;
  LookJob *job = g_atomic_rc_box_new0(LookJob);
  g_autoptr(GTask) task = NULL;

  self->debounce = 0;
  self->cancellable = g_cancellable_new();
  ms_open_progress_init(&job->progress);
  job->options = ms_set_window_get_options(self);
  if (g_strcmp0(self->base, self->listed) != 0)
    job->around = g_strdup(self->base);
  task = ms_job_new(self, self->cancellable, look_done);
  g_task_set_source_tag(task, look_now);
  g_task_set_task_data(task, job, look_job_unref);
  g_task_run_in_thread(task, look_thread);
  self->poll = g_timeout_add_full(G_PRIORITY_DEFAULT, POLL_MS, show_progress, g_object_ref(task),
                                  g_object_unref);
  return G_SOURCE_REMOVE;
}

void
ms_set_window_look(MsSetWindow *self, guint milliseconds)
{
  ms_set_window_stop_looking(self);
  g_clear_pointer(&self->preview, ms_preview_unref);
  self->debounce = g_timeout_add(milliseconds, look_now, self);
}
