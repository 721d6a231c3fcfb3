/* SPDX-License-Identifier: MIT
 *
 * A set that changes while it is looked at. News of a file that an example is known by lead to that
 * example alone; all other news, and where news cannot be had a timer and the window's focus, have
 * the set opened again on another thread, which finds what is new. While a folder is missing
 * nothing is taken: what was read of it stays. What the chosen example's score was before is kept
 * until another is chosen or the user has seen it.
 */
#include "app/job.h"
#include "app/settings.h"
#include "app/tip.h"
#include "app/window-private.h"
#include "set/describe.h"
#include "set/example-table.h"
#include "set/set-changes.h"
#include "set/watcher.h"

/* Between two looks at the set: so long at least, and so many times what the last one took. */
#define LOOK_MS   400
#define LOOK_REST 4

/* A table that is being written cannot be read yet: it is told of what so many looks found. */
#define N_PATIENT 5

/* Where nothing tells of changes. */
#define POLL_LEAST_S 10
#define POLL_MOST_S  600
#define POLL_REST    30

typedef struct MsWindowLive {
  MsWatcher *watcher; /* NULL: none */
  MsWatcher *next;    /* takes its place when it is ready; NULL: none */
  char **folders;     /* that are watched */
  GCancellable *cancellable;
  gint64 opened; /* the set, µs since 1970 */

  guint look_timer;
  guint poll_timer;
  gint64 look_begun; /* monotonic time, of the last one */
  gint64 look_cost;  /* µs */
  gboolean look_runs;
  guint n_failed; /* looks, one after the other */
  char *said;     /* why they did, when that was said; NULL: it was not */

  /* The chosen example, as it was when its files first changed */
  char *changed_id; /* NULL: they have not */
  char *changed_model;
  MsValue before;
} Live;

static guint poll_ms; /* 0: by these */

static void look_soon(MsWindow *self);
static void poll_later(MsWindow *self);

static gboolean
is_wanted(void)
{
  return g_settings_get_boolean(ms_settings_get(), "watch");
}

/* --- what is said of it ----------------------------------------------------------------------- */

static char *
describe_state(MsWindow *self)
{
  Live *live = self->watching;
  const char *trouble = live->watcher ? ms_watcher_get_trouble(live->watcher) : NULL;

  if (!is_wanted())
    return g_strdup("New and changed files are not looked for. F5 reads the set again.");
  if (!trouble)
    return g_strdup("New and changed files are shown by themselves");
  return g_strdup_printf("New and changed files are looked for from time to time: %s", trouble);
}

static void
show_state(MsWindow *self)
{
  g_autofree char *text = describe_state(self);

  gtk_widget_set_visible(GTK_WIDGET(self->live), self->set && !ms_set_is_partial(self->set));
  ms_tip_set(GTK_WIDGET(self->live), text);
}

/* "0.712 → 0.744"; NULL: it is what it was. */
static char *
describe_change(MsWindow *self)
{
  const MsDisplay *shown = self->shown;
  MsValue now = shown->confusion ? ms_confusion_score(shown->confusion, MS_METRIC_IOU)
                                 : (MsValue){.defined = FALSE};
  g_autofree char *from = ms_describe_ratio(self->watching->before, 3);
  g_autofree char *to = ms_describe_ratio(now, 3);

  if (self->watching->before.defined == now.defined && self->watching->before.value == now.value)
    return NULL;
  return g_strdup_printf("%s \xe2\x86\x92 %s", from, to);
}

static void
forget_change(MsWindow *self)
{
  g_clear_pointer(&self->watching->changed_id, g_free);
  g_clear_pointer(&self->watching->changed_model, g_free);
}

static gboolean
is_changed_one(MsWindow *self, guint example, guint model)
{
  const Live *live = self->watching;

  return live->changed_id && g_str_equal(live->changed_id, ms_set_get_id(self->set, example)) &&
         g_str_equal(live->changed_model, ms_set_get_model_name(self->set, model));
}

void
ms_window_update_change(MsWindow *self)
{
  g_autofree char *text = NULL;

  if (!self->watching->changed_id)
    return;
  if (!self->set || self->example == G_MAXUINT || !is_changed_one(self, self->example, self->model))
    forget_change(self);
  else if (self->shown)
    text = describe_change(self);
  ms_inspector_show_change(self->inspector, text);
}

static void
change_dismissed(MsInspector *inspector, MsWindow *self)
{
  forget_change(self);
}

/* --- one example ------------------------------------------------------------------------------ */

/* What is on the screen stays there until the new one is. */
static void
show_again(MsWindow *self)
{
  g_clear_pointer(&self->shown, ms_display_unref);
  ms_window_show_example(self);
}

static void
drop_pictures(MsWindow *self, guint example, guint model)
{
  ms_display_cache_forget(self->cache, example, model);
  if (model == G_MAXUINT || model == self->model)
    ms_thumbnails_outdate(self->thumbnails, example);
  if (example == self->example && (model == G_MAXUINT || model == self->model))
    show_again(self);
}

static void
note_before(MsWindow *self, MsValue iou)
{
  Live *live = self->watching;

  if (is_changed_one(self, self->example, self->model))
    return;
  forget_change(self);
  live->changed_id = g_strdup(ms_set_get_id(self->set, self->example));
  live->changed_model = g_strdup(ms_set_get_model_name(self->set, self->model));
  live->before = iou;
}

void
ms_window_note_shown(MsWindow *self)
{
  const MsDisplay *shown = self->shown;

  if (self->set && self->example != G_MAXUINT && shown && shown->confusion &&
      shown->frame->example == self->example)
    note_before(self, ms_confusion_score(shown->confusion, MS_METRIC_IOU));
}

/* Files that contradict how their folder is read are errors, until it is read in another way. */
static void
rescored(MsEvaluation *evaluation, guint example, guint model, const MsScore *before,
         MsWindow *self)
{
  if (example == self->example && model == self->model)
    note_before(self, before->iou);
  if (ms_evaluation_get_score(evaluation, example, model).status == MS_RESULT_ERROR)
    look_soon(self);
  ms_diagnoses_forget(self->diagnoses, example, model, before);
  drop_pictures(self, example, model);
  ms_window_check_later(self);
}

/* A file that was being written when it was to be shown is whole. */
static void
scored(MsEvaluation *evaluation, guint example, guint model, MsWindow *self)
{
  if (example == self->example && model == self->model && self->shown &&
      ms_result_is_unfinished(self->shown->frame->result))
    drop_pictures(self, example, model);
}

void
ms_window_watch_results(MsWindow *self)
{
  g_signal_connect(self->evaluation, "rescored", G_CALLBACK(rescored), self);
  g_signal_connect(self->evaluation, "scored", G_CALLBACK(scored), self);
}

/* The image counts in no score. */
static void
take_file(MsWindow *self, const MsChangedFile *file)
{
  ms_window_check_later(self);
  if (file->role == MS_FILE_IMAGE)
    drop_pictures(self, file->example, G_MAXUINT);
  else if (file->role >= MS_FILE_PREDICTED)
    ms_evaluation_rescore(self->evaluation, file->example, file->role - MS_FILE_PREDICTED);
  else
    for (guint i = 0; i < ms_set_get_n_models(self->set); i++)
      ms_evaluation_rescore(self->evaluation, file->example, i);
}

/* --- from files to examples ------------------------------------------------------------------- */

typedef struct {
  MsSet *set;
  GPtrArray *paths; /* char *: files that are complete */
  GPtrArray *gone;  /* char *: and that are not there any more */
  GArray *found;    /* MsChangedFile, of those that are complete */
  gboolean others;  /* the set may be another one */
} Search;

static void
search_free(gpointer data)
{
  Search *search = data;

  g_object_unref(search->set);
  g_ptr_array_unref(search->paths);
  g_ptr_array_unref(search->gone);
  g_array_unref(search->found);
  g_free(search);
}

static void
search_thread(GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Search *search = data;
  g_autoptr(GArray) lost = g_array_new(FALSE, FALSE, sizeof(MsChangedFile));

  search->others = ms_set_find_files(search->set, search->paths, search->found);
  search->others |= ms_set_find_files(search->set, search->gone, lost) || lost->len > 0;
  g_task_return_boolean(task, TRUE);
}

static void
search_done(GObject *source, GAsyncResult *result, gpointer user)
{
  MsWindow *self = MS_WINDOW(source);
  Search *search = g_task_get_task_data(G_TASK(result));

  if (search->set != self->set) { /* another came, which may have been begun before */
    if (self->set)
      look_soon(self);
    return;
  }
  for (guint i = 0; i < search->found->len; i++)
    take_file(self, &g_array_index(search->found, MsChangedFile, i));
  if (search->others)
    look_soon(self);
}

static GPtrArray *
copy_paths(const GPtrArray *paths)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func(g_free);

  for (guint i = 0; i < paths->len; i++)
    g_ptr_array_add(copy, g_strdup(g_ptr_array_index(paths, i)));
  return copy;
}

/* What is written under another name and renamed leaves a name that is gone, and nobody's. */
static void
search_files(MsWindow *self, const MsWatchNews *news)
{
  Search *search = g_new0(Search, 1);
  g_autoptr(GTask) task = ms_job_new(self, NULL, search_done);

  search->set = g_object_ref(self->set);
  search->paths = copy_paths(news->complete);
  search->gone = copy_paths(news->gone);
  search->found = g_array_new(FALSE, FALSE, sizeof(MsChangedFile));
  g_task_set_source_tag(task, search_files);
  g_task_set_task_data(task, search, search_free);
  g_task_run_in_thread(task, search_thread);
}

/* --- the set, opened again -------------------------------------------------------------------- */

static gboolean
may_look(MsWindow *self)
{
  const Live *live = self->watching;

  return self->set && !self->open_cancellable && !ms_set_is_partial(self->set) &&
         !(live->watcher && ms_watcher_get_n_missing(live->watcher) > 0);
}

static gboolean
look_is_due(gpointer user)
{
  MsWindow *self = user;
  Live *live = self->watching;

  if (!self->set || !is_wanted()) {
    live->look_timer = 0;
    return G_SOURCE_REMOVE;
  }
  if (!may_look(self))
    return G_SOURCE_CONTINUE; /* until it may, or another set is there */
  live->look_timer = 0;
  live->look_begun = g_get_monotonic_time();
  live->look_runs = TRUE;
  ms_window_look_again(self);
  return G_SOURCE_REMOVE;
}

/* Of many wishes one is followed, after a rest. */
static void
look_soon(MsWindow *self)
{
  Live *live = self->watching;
  gint64 rested = g_get_monotonic_time() - live->look_begun;
  gint64 rest = live->look_begun ? LOOK_REST * live->look_cost - rested : 0;

  if (!live->look_timer)
    live->look_timer =
        g_timeout_add((guint)MAX(LOOK_MS, rest / G_TIME_SPAN_MILLISECOND), look_is_due, self);
}

/* Of a look that ends; what else the set is opened for costs nothing here. */
static void
note_cost(Live *live)
{
  if (live->look_runs)
    live->look_cost = g_get_monotonic_time() - live->look_begun;
  live->look_runs = FALSE;
}

static void
note_success(Live *live)
{
  live->n_failed = 0;
  g_clear_pointer(&live->said, g_free);
}

static void
note_failure(MsWindow *self, const char *message)
{
  Live *live = self->watching;

  if (live->n_failed < N_PATIENT && ++live->n_failed < N_PATIENT) {
    look_soon(self);
    return;
  }
  if (g_strcmp0(live->said, message) != 0)
    ms_window_say(self, FALSE, "%s", message);
  g_free(live->said);
  live->said = g_strdup(message);
}

void
ms_window_looked_again(MsWindow *self, const GPtrArray *changed, const char *message)
{
  note_cost(self->watching);
  if (message)
    note_failure(self, message);
  else if (changed)
    note_success(self->watching);
  for (guint model = 0; changed && model < changed->len; model++) {
    const GArray *examples = g_ptr_array_index(changed, model);

    for (guint i = 0; i < examples->len; i++)
      ms_evaluation_rescore(self->evaluation, g_array_index(examples, guint, i), model);
  }
  poll_later(self);
}

/* --- news ------------------------------------------------------------------------------------- */

static char *
name_folders(const GPtrArray *folders)
{
  const char *first = g_ptr_array_index(folders, 0);
  g_autofree char *shown = g_filename_display_name(first);

  return folders->len == 1 ? g_steal_pointer(&shown)
                           : g_strdup_printf("%s and %u other %s", shown, folders->len - 1,
                                             folders->len == 2 ? "folder" : "folders");
}

static void
say_vanished(MsWindow *self, const GPtrArray *folders)
{
  g_autofree char *names = name_folders(folders);

  ms_window_say(self, TRUE,
                "%s: not there any more. What was read stays as it is, until the folder is back or "
                "F5 reads the set again.",
                names);
  ms_window_bind_error(self);
}

static void
say_back(MsWindow *self, const GPtrArray *folders)
{
  g_autofree char *names = name_folders(folders);

  ms_window_withdraw_error(self);
  ms_window_say(self, FALSE, "%s: back again", names);
}

/* What could not be read meanwhile is read now. */
static void
take_back(MsWindow *self)
{
  gboolean failed = self->shown && self->shown->frame->result->status == MS_RESULT_ERROR;

  ms_display_cache_forget(self->cache, G_MAXUINT, G_MAXUINT);
  ms_thumbnails_outdate(self->thumbnails, G_MAXUINT);
  if (failed)
    show_again(self);
  look_soon(self);
}

static void
take_news(MsWatcher *watcher, const MsWatchNews *news, MsWindow *self)
{
  if (!self->set)
    return;
  if (news->vanished->len > 0)
    say_vanished(self, news->vanished);
  if (news->back->len > 0) {
    say_back(self, news->back);
    take_back(self);
  }
  if (news->others)
    look_soon(self);
  if (news->complete->len > 0 || news->gone->len > 0)
    search_files(self, news);
}

/* --- watching --------------------------------------------------------------------------------- */

static void
drop_watcher(MsWindow *self, MsWatcher **watcher)
{
  if (*watcher)
    g_signal_handlers_disconnect_by_data(*watcher, self);
  g_clear_object(watcher);
}

static gboolean
poll_is_due(gpointer user)
{
  MsWindow *self = user;

  self->watching->poll_timer = 0;
  if (may_look(self))
    look_soon(self);
  else
    poll_later(self);
  return G_SOURCE_REMOVE;
}

/* Where nothing tells of changes, the seldomer the longer a look takes. */
static void
poll_later(MsWindow *self)
{
  Live *live = self->watching;
  gint64 rest = POLL_REST * live->look_cost / G_TIME_SPAN_SECOND;

  g_clear_handle_id(&live->poll_timer, g_source_remove);
  if (!live->watcher || !ms_watcher_get_trouble(live->watcher))
    return;
  live->poll_timer = poll_ms ? g_timeout_add(poll_ms, poll_is_due, self)
                             : g_timeout_add_seconds((guint)CLAMP(rest, POLL_LEAST_S, POLL_MOST_S),
                                                     poll_is_due, self);
}

void
ms_window_poll_every(guint milliseconds)
{
  poll_ms = milliseconds;
}

static void
trouble_changed(MsWatcher *watcher, MsWindow *self)
{
  show_state(self);
  poll_later(self);
}

/* What changed between the opening of the set and now was not told. */
static void
watcher_ready(MsWatcher *watcher, MsWindow *self)
{
  Live *live = self->watching;

  if (watcher == live->next) {
    drop_watcher(self, &live->watcher);
    live->watcher = g_steal_pointer(&live->next);
  }
  if (ms_watcher_changed_since(watcher, live->opened))
    look_soon(self);
  trouble_changed(watcher, self);
}

static MsWatcher *
new_watcher(MsWindow *self)
{
  const char *path = ms_set_get_path(self->set);
  MsWatcher *watcher = ms_watcher_new((const char *const *)self->watching->folders,
                                      ms_set_get_options(self->set)->set ? path : NULL);

  g_signal_connect(watcher, "ready", G_CALLBACK(watcher_ready), self);
  g_signal_connect(watcher, "news", G_CALLBACK(take_news), self);
  g_signal_connect(watcher, "trouble", G_CALLBACK(trouble_changed), self);
  return watcher;
}

static gboolean
is_watched(Live *live, char **folders)
{
  if (!live->watcher || !live->folders || g_strv_length(live->folders) != g_strv_length(folders))
    return FALSE;
  for (guint i = 0; folders[i]; i++)
    if (!g_strv_contains((const char *const *)live->folders, folders[i]))
      return FALSE;
  return TRUE;
}

static void
list_thread(GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer(task, ms_set_list_folders(data), (GDestroyNotify)g_strfreev);
}

static void
list_done(GObject *source, GAsyncResult *result, gpointer user)
{
  MsWindow *self = MS_WINDOW(source);
  Live *live = self->watching;
  g_auto(GStrv) folders = g_task_propagate_pointer(G_TASK(result), NULL);

  if (!folders || g_task_get_cancellable(G_TASK(result)) != live->cancellable)
    return;
  if (is_watched(live, folders)) {
    show_state(self);
    return;
  }
  g_strfreev(live->folders);
  live->folders = g_steal_pointer(&folders);
  drop_watcher(self, &live->next);
  live->next = new_watcher(self);
}

void
ms_window_watch_set(MsWindow *self, gint64 opened)
{
  Live *live = self->watching;
  g_autoptr(GTask) task = NULL;

  note_cost(live);
  note_success(live);
  live->opened = opened;
  show_state(self);
  if (!self->set || ms_set_is_partial(self->set) || !is_wanted())
    return;
  g_clear_object(&live->cancellable);
  live->cancellable = g_cancellable_new();
  task = ms_job_new(self, live->cancellable, list_done);
  g_task_set_source_tag(task, ms_window_watch_set);
  g_task_set_task_data(task, g_object_ref(self->set), g_object_unref);
  g_task_run_in_thread(task, list_thread);
  poll_later(self);
}

void
ms_window_unwatch(MsWindow *self)
{
  Live *live = self->watching;

  if (live->cancellable)
    g_cancellable_cancel(live->cancellable);
  g_clear_object(&live->cancellable);
  drop_watcher(self, &live->watcher);
  drop_watcher(self, &live->next);
  g_clear_pointer(&live->folders, g_strfreev);
  note_success(live);
  g_clear_handle_id(&live->look_timer, g_source_remove);
  g_clear_handle_id(&live->poll_timer, g_source_remove);
  live->look_cost = live->look_begun = 0;
  live->look_runs = FALSE;
}

gboolean
ms_window_is_watching(MsWindow *self)
{
  return self->watching->watcher && !self->watching->next;
}

static void
wish_changed(GSettings *settings, const char *key, MsWindow *self)
{
  if (!self->watching)
    return; /* closed */
  ms_window_unwatch(self);
  if (!self->set)
    return;
  ms_window_watch_set(self, self->watching->opened);
  if (is_wanted())
    look_soon(self);
}

/* Whoever comes back to the window wants to see what is there. */
static void
focus_changed(MsWindow *self)
{
  const Live *live = self->watching;

  if (gtk_window_is_active(GTK_WINDOW(self)) && live->watcher &&
      ms_watcher_get_trouble(live->watcher) && is_wanted())
    look_soon(self);
}

void
ms_window_init_live(MsWindow *self)
{
  self->watching = g_new0(Live, 1);
  g_signal_connect_object(ms_settings_get(), "changed::watch", G_CALLBACK(wish_changed), self, 0);
  g_signal_connect(self, "notify::is-active", G_CALLBACK(focus_changed), NULL);
  g_signal_connect_object(self->inspector, "change-dismissed", G_CALLBACK(change_dismissed), self,
                          0);
}

void
ms_window_dispose_live(MsWindow *self)
{
  if (!self->watching)
    return;
  g_signal_handlers_disconnect_by_func(self, focus_changed, NULL);
  ms_window_unwatch(self);
  forget_change(self);
  g_clear_pointer(&self->watching, g_free);
}
