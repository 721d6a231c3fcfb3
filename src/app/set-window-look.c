/* SPDX-License-Identifier: MIT
 *
 * The preview is made on another thread from a copy of what the rows say; a change of the rows
 * cancels it.
 */
#include "app/set-window-private.h"

#include "set/describe.h"
#include "set/option-values.h"
#include "set/text.h"

#define POLL_MS 250 /* how often the progress is looked at; what is done sooner shows none */

/* Shared by the thread, which writes, and the window, which looks now and then. */
typedef struct {
  MsOptions *options;
  char *around;
  GMutex lock;
  char *what;
  guint done, total;
} LookJob;

static void
look_job_clear(gpointer data)
{
  LookJob *job = data;

  ms_options_free(job->options);
  g_free(job->around);
  g_mutex_clear(&job->lock);
  g_free(job->what);
}

static void
look_job_unref(gpointer job)
{
  g_atomic_rc_box_release_full(job, look_job_clear);
}

static void
progressed(const char *what, guint done, guint total, gpointer user)
{
  LookJob *job = user;

  g_mutex_lock(&job->lock);
  ms_text_set(&job->what, what);
  job->done = done;
  job->total = total;
  g_mutex_unlock(&job->lock);
}

static void
look_thread(GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  LookJob *job = data;
  GError *error = NULL;
  MsPreview *preview =
      ms_preview_new(job->options, job->around, progressed, job, cancellable, &error);

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
    g_autofree char *path = ms_set_row_get_path(row);
    gboolean said = path || self->whole;

    ms_set_row_show(row, said && i < preview->n_predicted ? &preview->predicted[i++] : NULL);
  }
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
  gtk_widget_set_tooltip_text(GTK_WIDGET(self->counts), *counts ? counts : NULL);
  gtk_widget_set_visible(self->summary, !preview->problem);
  gtk_label_set_text(self->more, splits);
  gtk_widget_set_visible(GTK_WIDGET(self->more), *splits != '\0');
  show_notices(self);
  gtk_label_set_text(self->message, preview->problem ? preview->problem : "");
  gtk_widget_set_tooltip_text(GTK_WIDGET(self->message), preview->problem_detail);
  ms_pair_table_set_preview(self->pairs, preview->problem ? NULL : preview);
  gtk_stack_set_visible_child_name(self->result, preview->problem ? "message" : "pairs");
}

/* A set that no paths say: where its files are, for reading only. */
static void
hint(MsSetRow *row, const MsPreviewPlace *place)
{
  ms_set_row_set_hint(row, place && place->state == MS_PREVIEW_FOUND ? place->detail : NULL);
}

static void
show_hints(MsSetWindow *self)
{
  const MsPreview *preview = self->preview;
  gboolean wanted = self->whole && !preview->problem && !preview->paths;
  guint i = 0;

  hint(self->images, wanted ? &preview->images : NULL);
  hint(self->actual, wanted ? &preview->actual : NULL);
  for (MsSetRow *row = ms_set_window_first_model(self); row; row = ms_set_window_next_model(row))
    hint(row, wanted && i < preview->n_predicted ? &preview->predicted[i++] : NULL);
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
    ms_set_window_fill(self, preview->paths ? preview->paths : names);
  self->mirrored = !preview->problem;
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
  show_hints(self);
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
  MsSetWindow *self = g_task_get_source_object(task);
  LookJob *job = g_task_get_task_data(task);
  g_autofree char *text = NULL;

  g_mutex_lock(&job->lock);
  if (job->total > 0)
    text = g_strdup_printf("%s: %d %%", job->what, (int)(100.0 * job->done / job->total));
  else
    text = g_strdup_printf("%s…", job->what ? job->what : "Looking");
  g_mutex_unlock(&job->lock);
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
  g_mutex_init(&job->lock);
  job->options = ms_set_window_get_options(self);
  if (g_strcmp0(self->base, self->listed) != 0)
    job->around = g_strdup(self->base);
  task = g_task_new(self, self->cancellable, look_done, NULL);
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
