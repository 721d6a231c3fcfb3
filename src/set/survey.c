/* SPDX-License-Identifier: MIT
 *
 * Each task surveys the files of one folder, on one thread, in byte order of their ids, so that
 * results do not depend on how many threads there are. Files that cannot be decoded are passed over
 * here: they are reported when they are scored.
 */
#include "set/survey.h"

#include "io/file.h"
#include "set/load.h"
#include "set/text.h"

/* A manifest with more folders than this keeps a folder an example: then the column is one. */
#define MAX_FOLDERS 8

typedef struct {
  char *folder;     /* for messages and as key */
  GPtrArray *paths; /* lent: at most MS_READING_N_FILES */
  MsReadingSurvey *survey;
  MsReading *reading;
} Task;

typedef struct {
  GAsyncQueue *ticks; /* one for every file, passed over ones too */
  GCancellable *cancellable;
} Workshop;

static void
task_free(gpointer data)
{
  Task *task = data;
  g_free(task->folder);
  g_ptr_array_unref(task->paths);
  ms_reading_survey_free(task->survey);
  g_clear_pointer(&task->reading, ms_reading_free);
  g_free(task);
}

static Task *
task_new(const char *folder)
{
  Task *task = g_new0(Task, 1);
  task->folder = g_strdup(folder);
  task->paths = g_ptr_array_new();
  task->survey = ms_reading_survey_new();
  return task;
}

static void
clear_reading(gpointer data)
{
  ms_reading_free(data);
}

void
ms_role_reading_free(MsRoleReading *reading)
{
  if (!reading)
    return;
  g_clear_pointer(&reading->common, ms_reading_free);
  g_clear_pointer(&reading->by_folder, g_hash_table_unref);
  g_free(reading);
}

const MsReading *
ms_role_reading_find(const MsRoleReading *reading, const char *path)
{
  if (!reading->by_folder || !path)
    return reading->common;
  g_autofree char *folder = g_path_get_dirname(path);
  const MsReading *found = g_hash_table_lookup(reading->by_folder, folder);
  return found ? found : reading->common;
}

/* --- tasks ---------------------------------------------------------------------------------- */

static const char *
path_of(const MsEntry *entry, int model)
{
  return model < 0 ? entry->actual : entry->predicted[model];
}

static void
add_path(Task *task, const char *path)
{
  if (task->paths->len < MS_READING_N_FILES)
    g_ptr_array_add(task->paths, (char *)path);
}

/* The whole role as one task. model -1: the actual masks. */
static Task *
whole_task(const MsInventory *inventory, int model)
{
  const char *folder = inventory->actual_folder;
  if (model >= 0)
    folder = ((const MsFoundModel *)g_ptr_array_index(inventory->models, (guint)model))->folder;
  Task *task = task_new(folder);
  for (guint i = 0; i < inventory->entries->len; i++) {
    const char *path = path_of(g_ptr_array_index(inventory->entries, i), model);
    if (path)
      add_path(task, path);
  }
  return task;
}

static Task *
find_task(GPtrArray *tasks, const char *folder)
{
  for (guint i = 0; i < tasks->len; i++) {
    Task *task = g_ptr_array_index(tasks, i);
    if (g_str_equal(task->folder, folder))
      return task;
  }
  return NULL;
}

/* One task a folder, or one in all. */
static GPtrArray *
role_tasks(const MsInventory *inventory, int model)
{
  GPtrArray *tasks = g_ptr_array_new_with_free_func(task_free);
  for (guint i = 0; inventory->from_table && i < inventory->entries->len; i++) {
    const char *path = path_of(g_ptr_array_index(inventory->entries, i), model);
    if (!path)
      continue;
    g_autofree char *folder = g_path_get_dirname(path);
    Task *task = find_task(tasks, folder);
    if (!task && tasks->len == MAX_FOLDERS) {
      g_ptr_array_set_size(tasks, 0);
      break;
    }
    if (!task)
      g_ptr_array_add(tasks, task = task_new(folder));
    add_path(task, path);
  }
  if (tasks->len == 0)
    g_ptr_array_add(tasks, whole_task(inventory, model));
  return tasks;
}

static void
run_task(gpointer data, gpointer user)
{
  Task *task = data;
  Workshop *workshop = user;
  for (guint i = 0; i < task->paths->len; i++) {
    g_autoptr(MsSamples) samples =
        g_cancellable_is_cancelled(workshop->cancellable)
            ? NULL
            : ms_load_samples(g_ptr_array_index(task->paths, i), workshop->cancellable, NULL);
    if (samples)
      ms_reading_survey_add(task->survey, samples);
    g_async_queue_push(workshop->ticks, workshop);
  }
}

static gboolean
run_tasks(const MsSurveyContext *context, GPtrArray *const *roles, guint n_roles, GError **error)
{
  guint jobs = context->options->jobs ? context->options->jobs : g_get_num_processors();
  g_autoptr(GAsyncQueue) ticks = g_async_queue_new();
  Workshop workshop = {ticks, context->cancellable};
  GThreadPool *pool = g_thread_pool_new(run_task, &workshop, (int)jobs, FALSE, NULL);
  guint total = 0;
  for (guint i = 0; i < n_roles; i++)
    for (guint j = 0; j < roles[i]->len; j++) {
      Task *task = g_ptr_array_index(roles[i], j);
      total += task->paths->len;
      g_thread_pool_push(pool, task, NULL);
    }
  for (guint done = 0; done < total; done++) {
    g_async_queue_pop(ticks);
    if (context->progress)
      context->progress("Looking at masks", done + 1, total, context->user);
  }
  g_thread_pool_free(pool, FALSE, TRUE);
  return !g_cancellable_set_error_if_cancelled(context->cancellable, error);
}

/* --- decisions ------------------------------------------------------------------------------ */

static gboolean
decide_task(const MsSurveyContext *context, Task *task, const MsReading *actual, GError **error)
{
  g_autofree char *shown = ms_path_display(task->folder);
  task->reading = ms_reading_decide(task->survey, actual, context->options, context->table,
                                    context->found_table, shown, error);
  return task->reading != NULL;
}

static void
note_guess(const MsSurveyContext *context, const char *folder, const MsReading *reading)
{
  if (reading->guessed)
    ms_notices_add(context->inventory->notices, folder, "%s", reading->description);
}

/* Whether the encoding ends in a raster of 0 and 1. */
static gboolean
is_two_valued(const MsReading *reading)
{
  return reading->encoding == MS_ENCODING_BINARY || reading->encoding == MS_ENCODING_GREY ||
         reading->encoding == MS_ENCODING_TWO_COLORS;
}

static gboolean
decide_whole(const MsSurveyContext *context, int model, const MsReading *actual,
             MsRoleReading *result, GError **error)
{
  g_autoptr(GPtrArray) tasks = g_ptr_array_new_with_free_func(task_free);
  Task *task = whole_task(context->inventory, model);
  g_ptr_array_add(tasks, task);
  if (!run_tasks(context, &tasks, 1, error) || !decide_task(context, task, actual, error))
    return FALSE;
  note_guess(context, task->folder, task->reading);
  result->common = g_steal_pointer(&task->reading);
  return TRUE;
}

/* Folders whose masks are two-valued may each be read in their own way; all others must be alike,
 * and are decided as one. */
static gboolean
decide_role(const MsSurveyContext *context, GPtrArray *tasks, int model, const MsReading *actual,
            MsRoleReading *result, GError **error)
{
  gboolean apart = tasks->len > 1;
  for (guint i = 0; i < tasks->len; i++) {
    Task *task = g_ptr_array_index(tasks, i);
    if (!decide_task(context, task, actual, error))
      return FALSE;
    apart &= is_two_valued(task->reading);
  }
  if (tasks->len > 1 && !apart)
    return decide_whole(context, model, actual, result, error);
  if (apart)
    result->by_folder = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, clear_reading);
  for (guint i = 0; i < tasks->len; i++) {
    Task *task = g_ptr_array_index(tasks, i);
    note_guess(context, task->folder, task->reading);
    if (apart)
      g_hash_table_insert(result->by_folder, g_strdup(task->folder),
                          ms_reading_copy(task->reading));
  }
  result->common = g_steal_pointer(&((Task *)g_ptr_array_index(tasks, 0))->reading);
  return TRUE;
}

GPtrArray *
ms_survey_roles(const MsSurveyContext *context, GError **error)
{
  guint n_roles = context->inventory->models->len + 1;
  g_autoptr(GPtrArray) roles = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
  for (guint i = 0; i < n_roles; i++)
    g_ptr_array_add(roles, role_tasks(context->inventory, (int)i - 1));
  if (!run_tasks(context, (GPtrArray *const *)roles->pdata, n_roles, error))
    return NULL;
  g_autoptr(GPtrArray) readings =
      g_ptr_array_new_with_free_func((GDestroyNotify)ms_role_reading_free);
  for (guint i = 0; i < n_roles; i++) {
    MsRoleReading *reading = g_new0(MsRoleReading, 1);
    g_ptr_array_add(readings, reading);
    const MsReading *actual =
        i == 0 ? NULL : ((const MsRoleReading *)g_ptr_array_index(readings, 0))->common;
    if (!decide_role(context, g_ptr_array_index(roles, i), (int)i - 1, actual, reading, error))
      return NULL;
  }
  return g_steal_pointer(&readings);
}
