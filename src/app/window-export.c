/* SPDX-License-Identifier: MIT
 *
 * What leaves the window: the example as a picture, in a file or on the clipboard, and its path.
 */
#include "app/compat.h"
#include "app/job.h"
#include "app/texture.h"
#include "app/window-private.h"
#include "io/file.h"
#include "report/export.h"

typedef struct {
  MsFrame *frame;
  MsRuleset *rules;
  MsExportOptions options;
  char *path; /* NULL: for the clipboard */
} ExportJob;

static void
export_job_free(gpointer data)
{
  ExportJob *job = data;

  ms_frame_unref(job->frame);
  ms_ruleset_unref(job->rules);
  ms_class_focus_unref(job->options.focus);
  g_free(job->path);
  g_free(job);
}

static ExportJob *
export_job_new(MsWindow *self, const char *path)
{
  ExportJob *job = g_new0(ExportJob, 1);

  job->frame = ms_frame_ref(self->shown->frame);
  job->rules = ms_ruleset_ref(self->shown->rules);
  job->path = g_strdup(path);
  ms_export_options_init(&job->options);
  job->options.style = ms_window_get_style(self);
  job->options.paint = ms_window_get_paint(self);
  job->options.focus = ms_class_focus_ref(self->shown->focus);
  job->options.opacity = gtk_adjustment_get_value(ms_legend_get_opacity(self->legend));
  job->options.auto_range = self->stretch;
  return job;
}

static void
start(MsWindow *self, ExportJob *job, GCancellable *cancellable, GTaskThreadFunc thread,
      GAsyncReadyCallback done)
{
  g_autoptr(GTask) task = ms_job_new(self, cancellable, done);

  g_task_set_source_tag(task, start);
  g_task_set_task_data(task, job, export_job_free);
  g_task_run_in_thread(task, thread);
}

/* The window went away while its last files were still written: nobody is left to tell. */
static gboolean
is_gone(MsWindow *self)
{
  return self->canvas == NULL;
}

static void
export_thread(GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  ExportJob *job = data;
  GError *error = NULL;

  if (ms_export_frame(job->frame, job->rules, &job->options, job->path, NULL, &error))
    g_task_return_boolean(task, TRUE);
  else
    g_task_return_error(task, error);
}

/* "Exported x.png to ~/out" */
static char *
describe_exported(const char *path)
{
  g_autofree char *full = g_canonicalize_filename(path, NULL);
  g_autofree char *base = g_path_get_basename(full);
  g_autofree char *folder = g_path_get_dirname(full);
  g_autofree char *name = g_filename_display_name(base);
  g_autofree char *shown = g_filename_display_name(folder);
  const char *home = g_get_home_dir();
  gsize length = strlen(home);
  gboolean inside = length > 1 && strncmp(shown, home, length) == 0 &&
                    (shown[length] == '/' || shown[length] == '\0');

  return g_strdup_printf("Exported %s to %s%s", name, inside ? "~" : "",
                         shown + (inside ? length : 0));
}

static void
export_done(GObject *source, GAsyncResult *result, gpointer user)
{
  MsWindow *self = MS_WINDOW(source);
  ExportJob *job = g_task_get_task_data(G_TASK(result));
  g_autofree char *said = describe_exported(job->path);
  g_autoptr(GError) error = NULL;

  gboolean written = g_task_propagate_boolean(G_TASK(result), &error);

  if (is_gone(self))
    return;
  if (written)
    ms_window_say(self, FALSE, "%s", said);
  else
    ms_window_say(self, TRUE, "%s", error->message);
}

gboolean
ms_window_can_export(MsWindow *self)
{
  return self->shown && self->shown->confusion;
}

/* Files are never cancelled: each is written or its failure is told. */
void
ms_window_export_to(MsWindow *self, const char *path)
{
  if (ms_window_can_export(self))
    start(self, export_job_new(self, path), NULL, export_thread, export_done);
}

static void
save_chosen(GFile *file, gpointer user)
{
  g_autofree char *path = file ? g_file_get_path(file) : NULL;

  if (path)
    ms_window_export_to(MS_WINDOW(user), path);
}

void
ms_window_export(MsWindow *self)
{
  const char *id = ms_set_get_id(self->shown->frame->set, self->shown->frame->example);
  g_autofree char *name = g_strdup_printf(
      "%s %s.png", id, ms_set_get_model_name(self->shown->frame->set, self->shown->frame->model));
  const char *path = ms_set_get_path(self->set);
  g_autofree char *full = path ? g_canonicalize_filename(path, NULL) : NULL;
  g_autofree char *folder = !full || g_file_test(full, G_FILE_TEST_IS_DIR)
                                ? g_steal_pointer(&full)
                                : g_path_get_dirname(full);

  ms_compat_choose_save(GTK_WINDOW(self), "Export this picture", folder,
                        g_strdelimit(name, "/", '_'), save_chosen, G_OBJECT(self));
}

/* --- clipboard --- */

static void
copy_thread(GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  ExportJob *job = data;
  GError *error = NULL;
  cairo_surface_t *surface = ms_export_surface(job->frame, job->rules, &job->options, &error);

  if (surface)
    g_task_return_pointer(task, surface, (GDestroyNotify)cairo_surface_destroy);
  else
    g_task_return_error(task, error);
}

static void
copy_done(GObject *source, GAsyncResult *result, gpointer user)
{
  MsWindow *self = MS_WINDOW(source);
  g_autoptr(GError) error = NULL;
  cairo_surface_t *surface = g_task_propagate_pointer(G_TASK(result), &error);

  if (!surface) {
    if (!g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      ms_window_say(self, TRUE, "%s", error->message);
    return;
  }

  g_autoptr(GdkTexture) texture = ms_texture_new(surface);

  gdk_clipboard_set_texture(gtk_widget_get_clipboard(GTK_WIDGET(self)), texture);
  ms_window_say(self, FALSE, "The picture is on the clipboard");
}

void
ms_window_copy(MsWindow *self)
{
  ExportJob *job = export_job_new(self, NULL);

  if (self->copy_cancellable)
    g_cancellable_cancel(self->copy_cancellable);
  g_clear_object(&self->copy_cancellable);
  self->copy_cancellable = g_cancellable_new();
  job->options.annotate = FALSE;
  start(self, job, self->copy_cancellable, copy_thread, copy_done);
}

char *
ms_window_dup_example_path(MsWindow *self)
{
  g_autoptr(MsExample) example =
      self->shown ? ms_set_dup_example(self->shown->frame->set, self->shown->frame->example) : NULL;
  const char *path = example ? ms_example_get_image(example) : NULL;

  if (!example || path)
    return g_strdup(path);
  if (ms_set_get_labels(self->set))
    return g_strdup(ms_set_get_path(self->set));
  path = ms_example_get_actual(example);
  return g_strdup(path ? path : ms_example_get_predicted(example, self->model));
}

void
ms_window_copy_path(MsWindow *self)
{
  g_autofree char *path = ms_window_dup_example_path(self);
  g_autofree char *full = path ? g_canonicalize_filename(path, NULL) : NULL;
  g_autofree char *shown = full ? g_filename_display_name(full) : NULL;

  if (!shown)
    return;
  gdk_clipboard_set_text(gtk_widget_get_clipboard(GTK_WIDGET(self)), shown);
  ms_window_say(self, FALSE, "Copied %s", shown);
}

void
ms_window_show_in_folder(MsWindow *self)
{
  g_autofree char *path = ms_window_dup_example_path(self);
  g_autofree char *full = path ? g_canonicalize_filename(path, NULL) : NULL;

  if (full)
    ms_compat_show_in_folder(GTK_WINDOW(self), full);
}
