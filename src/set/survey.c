/* SPDX-License-Identifier: MIT
 *
 * Each task surveys the files of one role, on one thread, in byte order of their ids, so that
 * results do not depend on how many threads there are. Files that cannot be decoded are passed over
 * here: they are reported when they are scored.
 */
#include "set/survey.h"

#include "io/file.h"
#include "set/reading-adjust.h"
#include "set/reading-instances.h"
#include "set/reading-survey.h"
#include "set/signature.h"
#include "set/text.h"

typedef struct {
  const char *folder;               /* for messages */
  const char *model;                /* its name; NULL: actual masks */
  const MsAnnotations *annotations; /* NULL: files */
  GArray *places;                   /* MsPlace, lent: at most MS_READING_N_FILES */
  GPtrArray *names;                 /* the same for messages */
  GPtrArray *parents;               /* base names of the folders that these lie in */
  MsIdHints hints;                  /* what the survey begins with */
  MsReadingSurvey *survey;
} Task;

typedef struct {
  MsSurveyContext *context;
  GAsyncQueue *ticks; /* one for every file, passed over ones too */
} Workshop;

static void
task_free(gpointer data)
{
  Task *task = data;
  g_array_unref(task->places);
  g_ptr_array_unref(task->names);
  g_ptr_array_unref(task->parents);
  ms_reading_survey_free(task->survey);
  g_free(task);
}

static MsPlace
place_of(const MsEntry *entry, int model)
{
  if (model < 0)
    return (MsPlace){entry->actual, entry->actual_part};
  return (MsPlace){entry->predicted[model], entry->predicted_parts[model]};
}

static const MsAnnotations *
annotations_of(const MsInventory *inventory, int model)
{
  if (model < 0)
    return inventory->annotations;
  return ((const MsFoundModel *)g_ptr_array_index(inventory->models, (guint)model))->annotations;
}

/* Where a model's masks are records with classes, the actual ones hold class ids. */
static gboolean
has_annotated_classes(const MsInventory *inventory)
{
  for (guint i = 0; i < inventory->models->len; i++) {
    const MsAnnotations *annotations = annotations_of(inventory, (int)i);
    if (annotations && ms_reading_has_classes(ms_annotations_reading(annotations)))
      return TRUE;
  }
  return FALSE;
}

static MsRoleNames
names_of(const Task *task)
{
  return (MsRoleNames){task->folder, task->names, task->parents};
}

static void
set_hints(Task *task, const MsSurveyContext *context, int model)
{
  const MsRoleNames names = names_of(task);
  task->hints = ms_instances_hints(context->options, &names, task->model);
  task->hints.classes = model < 0 && has_annotated_classes(context->inventory);
  ms_reading_survey_set_hints(task->survey, &task->hints);
}

/* model -1: the actual masks. Records of an annotation file say by their format what they are. */
static Task *
task_new(const MsSurveyContext *context, int model)
{
  const MsInventory *inventory = context->inventory;
  Task *task = g_new0(Task, 1);
  task->folder = inventory->actual_folder;
  if (model >= 0) {
    const MsFoundModel *found = g_ptr_array_index(inventory->models, (guint)model);
    task->folder = found->folder;
    task->model = found->name;
  }
  task->places = g_array_new(FALSE, FALSE, sizeof(MsPlace));
  task->names = g_ptr_array_new_with_free_func(g_free);
  task->parents = g_ptr_array_new_with_free_func(g_free);
  task->survey = ms_reading_survey_new(inventory->from_table);
  task->annotations = annotations_of(inventory, model);
  for (guint i = 0;
       !task->annotations && i < inventory->entries->len && task->places->len < MS_READING_N_FILES;
       i++) {
    MsPlace place = place_of(g_ptr_array_index(inventory->entries, i), model);
    if (!place.path)
      continue;
    g_autofree char *base = g_path_get_basename(place.path);
    g_array_append_val(task->places, place);
    g_ptr_array_add(task->names, ms_text_id(base));
    g_autofree char *parent = g_path_get_dirname(place.path);
    g_ptr_array_add(task->parents, g_path_get_basename(parent));
  }
  set_hints(task, context, model);
  return task;
}

/* A thread's. */
typedef struct {
  MsSurveyContext *context;
  MsLoader loader;
  const MsIdMap *ids;
} Reader;

/* A file in a state, and what decides what a survey notes of it. */
typedef struct {
  MsPlace place;
  MsHash key;
  MsStamp stamp;
} Subject;

static MsFileFacts *
find_facts(MsSurveyContext *context, const Subject *subject)
{
  g_autoptr(GBytes) bytes = ms_store_find_facts(context->store, &subject->key, &subject->stamp);
  MsFileFacts *facts = bytes ? ms_file_facts_from_bytes(bytes) : NULL;

  if (facts)
    __atomic_add_fetch(&context->n_known, 1, __ATOMIC_RELAXED);
  return facts;
}

static void
keep_facts(const MsSurveyContext *context, const Subject *subject, const MsFileFacts *facts)
{
  g_autoptr(GBytes) bytes = ms_file_facts_to_bytes(facts);

  ms_store_put_facts(context->store, &subject->key, &subject->stamp, bytes);
}

/* Of the pixels; NULL: they cannot be read. */
static MsFileFacts *
read_facts(const Reader *reader, MsPlace place)
{
  g_autoptr(MsSamples) samples =
      ms_load_samples(&reader->loader, place, reader->context->cancellable, NULL);

  __atomic_add_fetch(&reader->context->n_read, 1, __ATOMIC_RELAXED);
  return samples ? ms_file_facts_new(samples, reader->ids) : NULL;
}

/* Looked at before it is read: what is kept is of a file that was so then. */
static MsFileFacts *
get_facts(const Reader *reader, MsPlace place)
{
  MsSurveyContext *context = reader->context;
  Subject subject = {.place = place};
  MsFileFacts *facts;

  if (!context->store)
    return read_facts(reader, place);
  subject.key = ms_signature_of_facts(place, reader->loader.slice_axis, reader->ids);
  ms_stamp_look_place(place, &subject.stamp);
  facts = find_facts(context, &subject);
  if (facts)
    return facts;
  facts = read_facts(reader, place);
  if (facts)
    keep_facts(context, &subject, facts);
  return facts;
}

static void
run_task(gpointer data, gpointer user)
{
  Task *task = data;
  Workshop *workshop = user;
  g_autoptr(MsScratch) scratch = ms_scratch_new();
  Reader reader = {workshop->context, *workshop->context->loader, task->hints.ids};
  reader.loader.scratch = scratch;
  for (guint i = 0; i < task->places->len; i++) {
    g_autoptr(MsFileFacts) facts =
        g_cancellable_is_cancelled(workshop->context->cancellable)
            ? NULL
            : get_facts(&reader, g_array_index(task->places, MsPlace, i));
    if (facts)
      ms_reading_survey_add_facts(task->survey, facts, g_ptr_array_index(task->names, i));
    g_async_queue_push(workshop->ticks, workshop);
  }
}

static gboolean
run_tasks(MsSurveyContext *context, const GPtrArray *tasks, GError **error)
{
  guint jobs = context->options->jobs ? context->options->jobs : g_get_num_processors();
  g_autoptr(GAsyncQueue) ticks = g_async_queue_new();
  Workshop workshop = {context, ticks};
  GThreadPool *pool = g_thread_pool_new(run_task, &workshop, (int)jobs, FALSE, NULL);
  guint total = 0;
  for (guint i = 0; i < tasks->len; i++) {
    Task *task = g_ptr_array_index(tasks, i);
    total += task->places->len;
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

static const MsAdjustment *
adjustment_of(const MsSurveyContext *context, const Task *task)
{
  return task->model ? ms_options_find_adjustment(context->options, task->model) : NULL;
}

static gboolean
maps_ids(const MsIdMap *ids)
{
  return ids && ms_id_map_n_ranges(ids) > 0;
}

/* Records name their classes; nothing is mapped there, and never in silence. */
static MsReading *
read_annotations(const MsSurveyContext *context, const Task *task, GError **error)
{
  const MsAdjustment *adjustment = adjustment_of(context, task);
  g_autofree char *shown = ms_path_display(task->folder);
  if (!maps_ids(task->hints.ids) && !(adjustment && maps_ids(adjustment->ids)))
    return ms_reading_copy(ms_annotations_reading(task->annotations));
  g_set_error(
      error, MS_OPTIONS_ERROR, MS_OPTIONS_ERROR_USAGE,
      "%s: ids are mapped in mask files, not in annotation files, which name their classes; "
      "--map-actual and --map-predicted map those of one side, --adjust those of one model",
      shown);
  return NULL;
}

/* A role without a file is said to be so where its examples are. */
static MsReading *
decide_files(const MsSurveyContext *context, const Task *task, const MsReading *actual,
             GError **error)
{
  g_autofree char *shown = ms_path_display(task->folder);
  MsReading *reading = ms_reading_decide(task->survey, actual, context->options, context->table,
                                         context->found_table, shown, error);
  if (reading && task->places->len == 0) {
    reading->guessed = FALSE;
    ms_text_set(&reading->description, "there is no file to look at");
  }
  if (reading && reading->guessed)
    ms_notices_add(context->inventory->notices, task->folder, "%s", reading->description);
  return reading;
}

static MsReading *
decide_task(const MsSurveyContext *context, const Task *task, const MsReading *actual,
            GError **error)
{
  g_autofree char *shown = ms_path_display(task->folder);
  g_autoptr(MsReading) reading = task->annotations ? read_annotations(context, task, error)
                                                   : decide_files(context, task, actual, error);
  if (!reading || !ms_reading_adjust(reading, adjustment_of(context, task), shown, error))
    return NULL;
  return g_steal_pointer(&reading);
}

/* Whether a role numbers objects by its name, and whether it fits beside one that does. */
static gboolean
is_named_so(const Task *task)
{
  const MsRoleNames names = names_of(task);
  return !task->annotations && !task->hints.ids && ms_instances_are_named(&names) &&
         !ms_reading_survey_is_binary(task->survey);
}

static gboolean
fits_beside(const Task *task)
{
  return is_named_so(task) || (!task->annotations && ms_reading_survey_is_binary(task->survey));
}

/* Folders called instances hold numbered objects of one class, where the other side holds such too
 * or binary masks. */
static void
guess_instances(const MsSurveyContext *context, const GPtrArray *tasks)
{
  const MsClassTable *asked = context->found_table ? NULL : context->table;
  if (!ms_instances_may_be_guessed(context->options, asked))
    return;
  for (guint i = 0; i < tasks->len; i++)
    if (!fits_beside(g_ptr_array_index(tasks, i)))
      return;
  for (guint i = 0; i < tasks->len; i++) {
    Task *task = g_ptr_array_index(tasks, i);
    if (!is_named_so(task))
      continue;
    task->hints.plain = task->hints.guessed = TRUE;
    ms_reading_survey_set_hints(task->survey, &task->hints);
  }
}

/* Tells the actual masks, which are decided first, that those of every model are binary ones. */
static void
look_beside(const GPtrArray *tasks)
{
  Task *actual = g_ptr_array_index(tasks, 0);
  actual->hints.binary_beside = tasks->len > 1;
  for (guint i = 1; i < tasks->len; i++) {
    const Task *task = g_ptr_array_index(tasks, i);
    actual->hints.binary_beside &=
        !task->annotations && ms_reading_survey_is_plain_mask(task->survey);
  }
  ms_reading_survey_set_hints(actual->survey, &actual->hints);
}

GPtrArray *
ms_survey_roles(MsSurveyContext *context, GError **error)
{
  g_autoptr(GPtrArray) tasks = g_ptr_array_new_with_free_func(task_free);
  for (int model = -1; model < (int)context->inventory->models->len; model++)
    g_ptr_array_add(tasks, task_new(context, model));
  if (!run_tasks(context, tasks, error))
    return NULL;
  guess_instances(context, tasks);
  look_beside(tasks);
  g_autoptr(GPtrArray) readings = g_ptr_array_new_with_free_func((GDestroyNotify)ms_reading_free);
  for (guint i = 0; i < tasks->len; i++) {
    const MsReading *actual = i == 0 ? NULL : g_ptr_array_index(readings, 0);
    MsReading *reading = decide_task(context, g_ptr_array_index(tasks, i), actual, error);
    if (!reading)
      return NULL;
    g_ptr_array_add(readings, reading);
  }
  return g_steal_pointer(&readings);
}
