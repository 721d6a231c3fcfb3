/* SPDX-License-Identifier: MIT
 *
 * Reads the sample of a check: workers take examples in the order of the sample until the time is
 * over, so that what was read is spread like all of it. Of an example only counts stay.
 */
#include "set/check-evidence.h"

#include <string.h>

#include "set/check-again.h"
#include "set/check-codes.h"
#include "set/check-copies.h"
#include "set/check-file.h"
#include "set/check-label-rows.h"
#include "set/check-sample.h"
#include "set/check-two-values.h"
#include "set/in-writing.h"
#include "set/set-private.h"
#include "set/spread.h"

/* Histograms with more cells are kept of the first few examples alone. */
#define MAX_CELLS       (1u << 13)
#define MAX_FIRST_CELLS (1u << 17)
#define N_FIRST         16

/* Of the time for reading, what each role's files may take beside it, all in all. */
#define COPIES_SHARE 0.3

/* Of the time for reading, what is kept for looking once more. */
#define AGAIN_SHARE 0.12

typedef struct {
  MsSet *set;
  GArray *sample;           /* guint, in the order of reading */
  MsCheckExample *examples; /* one for each; without pairs: not read */
  guint n_models;
  MsCheckClock clock;
  GAsyncQueue *scratches; /* of threads that are between two examples */
  GThread *caller;
  guint n_done; /* atomic */
  int longest;  /* atomic: milliseconds that one example took */
  MsSetProgress progress;
  gpointer user;
  GCancellable *cancellable;
} Gathering;

static void
example_clear(MsCheckExample *example, guint n_models)
{
  ms_check_file_clear(&example->image);
  ms_check_file_clear(&example->actual);
  for (guint i = 0; example->pairs && i < n_models; i++) {
    MsCheckPair *pair = &example->pairs[i];

    ms_check_file_clear(&pair->predicted);
    g_free(pair->message);
    ms_joint_free(pair->joint);
    ms_confusion_free(pair->confusion);
    ms_confusion_free(pair->resized);
    g_clear_pointer(&pair->trials, g_array_unref);
    g_free(pair->moves);
    if (pair->stamps)
      ms_check_codes_clear(pair->stamps);
    g_free(pair->stamps);
    g_clear_pointer(&pair->others, g_array_unref);
  }
  g_free(example->pairs);
}

void
ms_check_evidence_free(MsCheckEvidence *evidence)
{
  for (guint i = 0; i < evidence->n_examples; i++)
    example_clear(&evidence->examples[i], evidence->n_models);
  g_free(evidence->examples);
  for (guint i = 0; evidence->leans && i < evidence->n_models; i++)
    g_array_unref(evidence->leans[i].examples);
  g_free(evidence->leans);
  ms_check_copies_clear(&evidence->images);
  ms_check_copies_clear(&evidence->actual);
  g_clear_pointer(&evidence->label_rows, g_array_unref);
  g_clear_object(&evidence->set);
  g_free(evidence);
}

/* --- a pair --------------------------------------------------------------------------------- */

/* An example on its way, on one thread. */
typedef struct {
  Gathering *gathering;
  MsCheckExample *example;
  MsExample *object;
  MsScratch *scratch;
  MsMask actual;       /* kept for the models to come; empty: not read yet, or not lent */
  MsRaster two_values; /* of the predicted mask; empty: it is none of these */
  guint place;         /* in the order of reading */
  guint model;
} Reader;

static gboolean
is_being_written(const Reader *reader, gboolean is_actual)
{
  return ms_in_writing_holds_path(is_actual
                                      ? ms_example_get_actual(reader->object)
                                      : ms_example_get_predicted(reader->object, reader->model));
}

static void
see(gpointer user, gboolean is_actual, const MsSamples *samples, const GError *reason)
{
  Reader *reader = user;
  MsCheckFile *file =
      is_actual ? &reader->example->actual : &reader->example->pairs[reader->model].predicted;

  if (file->is_there) /* the same actual mask, once more */
    return;
  file->is_there = TRUE;
  file->is_read = !reason;
  file->message = reason ? g_strdup(reason->message) : NULL;
  file->is_unfinished = reason && is_being_written(reader, is_actual);
  if (samples)
    ms_check_file_note_samples(file, samples, reader->gathering->cancellable);
  if (samples && !is_actual)
    ms_check_two_values_keep(&reader->two_values,
                             ms_set_get_predicted_reading(reader->gathering->set, reader->model),
                             samples);
}

static void
note_record(MsCheckFile *file, const MsMask *mask, GCancellable *cancellable)
{
  if (file->is_read && !file->has_hash)
    ms_check_file_note_mask(file, mask, cancellable);
}

/* Once it is turned as it was asked for. */
static void
note_size(MsCheckFile *file, const MsRaster *raster)
{
  if (!raster->pixels)
    return;
  file->width = raster->width;
  file->height = raster->height;
}

static gboolean
is_small_enough(MsJoint *joint, guint place, guint n_models)
{
  gsize most = place < N_FIRST ? MAX(MAX_FIRST_CELLS / n_models, MAX_CELLS) : MAX_CELLS;
  const MsCell *cells;
  size_t n_cells;

  return ms_joint_cells(joint, &cells, &n_cells) == MS_STATUS_OK && n_cells <= most;
}

/* What is worth keeping of a result that nobody else has; takes it over. */
static void
take_result(const Reader *reader, MsCheckPair *pair, MsResult *taken)
{
  g_autoptr(MsResult) result = taken;

  pair->status = result->status;
  pair->message = g_steal_pointer(&result->message);
  pair->confusion = g_steal_pointer(&result->confusion);
  if (result->joint && !result->actual_stacks &&
      is_small_enough(result->joint, reader->place, reader->gathering->n_models))
    pair->joint = g_steal_pointer(&result->joint);
}

static MsResult *
score(const Reader *reader, MsMasks *masks)
{
  return ms_masks_score(masks, reader->gathering->set, reader->object, reader->model,
                        reader->gathering->cancellable, NULL);
}

/* Scores the predicted mask in the size of the actual one. FALSE only when cancelled. */
static gboolean
score_resized(const Reader *reader, MsCheckPair *pair, MsMasks *masks)
{
  g_autoptr(MsResult) result = NULL;

  if (!ms_masks_resize(masks))
    return TRUE;
  result = score(reader, masks);
  if (result)
    pair->resized = g_steal_pointer(&result->confusion);
  return result != NULL;
}

static gboolean
count_pair(const Reader *reader, MsCheckPair *pair, MsMasks *masks)
{
  Gathering *self = reader->gathering;
  MsRuleset *rules = ms_set_get_rules(self->set, reader->model);
  gboolean differ = masks->status == MS_RESULT_SKIPPED && masks->has_actual && masks->has_predicted;
  gboolean stacked = rules->rules.comparison == MS_COMPARE_STACKS;
  MsResult *result = score(reader, masks);

  if (!result)
    return FALSE;
  take_result(reader, pair, result);
  if (stacked || (pair->status != MS_RESULT_OK && !differ))
    return TRUE;
  return ms_check_try(pair, masks, rules, self->cancellable) &&
         (!differ || score_resized(reader, pair, masks));
}

/* Kept for the next model, where that may have it as it is. */
static void
keep_actual(Reader *reader, MsMasks *masks)
{
  const MsRules *rules = &ms_set_get_rules(reader->gathering->set, reader->model)->rules;

  if (!masks->has_actual || reader->actual.raster.pixels ||
      rules->comparison == MS_COMPARE_STACKS || masks->actual.stacks)
    return;
  reader->actual = masks->actual;
  masks->actual = (MsMask){0};
}

static gboolean
read_pair(Reader *reader)
{
  Gathering *self = reader->gathering;
  MsCheckPair *pair = &reader->example->pairs[reader->model];
  const MsMasksWatch watch = {.seen = see,
                              .user = reader,
                              .actual =
                                  reader->actual.raster.pixels ? &reader->actual.raster : NULL};
  g_auto(MsMasks) masks = {0};

  pair->example = reader->example->example;
  pair->model = reader->model;
  pair->close = reader->place < MS_CHECK_N_CLOSE;
  if (!ms_masks_load_watched(&masks, self->set, reader->object, reader->model, &watch,
                             reader->scratch, self->cancellable, NULL))
    return FALSE;
  note_record(&reader->example->actual, &masks.actual, self->cancellable);
  note_record(&pair->predicted, &masks.predicted, self->cancellable);
  note_size(&pair->predicted, &masks.predicted.raster);
  if (!count_pair(reader, pair, &masks))
    return FALSE;
  ms_check_two_values_count(pair, &masks, &reader->two_values);
  ms_raster_clear(&reader->two_values);
  keep_actual(reader, &masks);
  return TRUE;
}

/* --- an example ----------------------------------------------------------------------------- */

/* FALSE only when cancelled. */
static gboolean
read_example(Reader *reader)
{
  Gathering *self = reader->gathering;

  reader->example->pairs = g_new0(MsCheckPair, MAX(self->n_models, 1));
  if (!ms_check_file_read_image(&reader->example->image, self->set,
                                ms_example_image_place(reader->object), self->cancellable))
    return FALSE;
  for (reader->model = 0; reader->model < self->n_models; reader->model++)
    if (!read_pair(reader))
      return FALSE;
  return TRUE;
}

static gboolean
is_over(Gathering *self, guint place)
{
  double longest = (double)g_atomic_int_get(&self->longest) / 1000;

  return g_cancellable_is_cancelled(self->cancellable) ||
         ms_check_time_is_over(place, ms_check_clock_elapsed(&self->clock), longest,
                               self->clock.seconds);
}

static void
note_time(Gathering *self, gint64 start)
{
  int milliseconds = (int)MIN((g_get_monotonic_time() - start) / 1000, G_MAXINT);
  int longest;

  do
    longest = g_atomic_int_get(&self->longest);
  while (milliseconds > longest &&
         !g_atomic_int_compare_and_exchange(&self->longest, longest, milliseconds));
}

static void
read_part(guint place, gpointer user)
{
  Gathering *self = user;
  guint index = g_array_index(self->sample, guint, place);
  Reader reader = {.gathering = self, .example = &self->examples[place], .place = place};
  gint64 start;
  guint n_done;

  ms_check_clock_wait(&self->clock, self->cancellable);
  if (is_over(self, place))
    return;
  start = g_get_monotonic_time();
  reader.object = ms_set_dup_example(self->set, index);
  reader.scratch = g_async_queue_try_pop(self->scratches);
  if (!reader.scratch)
    reader.scratch = ms_scratch_new();
  reader.example->example = index;
  read_example(&reader);
  ms_mask_clear(&reader.actual);
  ms_raster_clear(&reader.two_values);
  g_async_queue_push(self->scratches, reader.scratch);
  g_object_unref(reader.object);
  note_time(self, start);
  n_done = (guint)g_atomic_int_add(&self->n_done, 1) + 1;
  if (self->progress && g_thread_self() == self->caller)
    self->progress("Checking", n_done, self->sample->len, self->user);
}

/* --- the sample ----------------------------------------------------------------------------- */

static gint
compare_examples(gconstpointer a, gconstpointer b)
{
  const MsCheckExample *one = a, *other = b;

  return (one->example > other->example) - (one->example < other->example);
}

/* Those that were read, in the order of the set. */
static void
take_examples(MsCheckEvidence *evidence, Gathering *gathering)
{
  evidence->examples = g_steal_pointer(&gathering->examples);
  for (guint i = 0; i < gathering->sample->len; i++)
    if (evidence->examples[i].pairs)
      evidence->examples[evidence->n_examples++] = evidence->examples[i];
  qsort(evidence->examples, evidence->n_examples, sizeof *evidence->examples, compare_examples);
}

static guint
jobs_of(const MsCheckLimits *limits)
{
  return limits && limits->jobs ? limits->jobs : g_get_num_processors();
}

static double
seconds_of(const MsCheckLimits *limits)
{
  return limits && limits->seconds > 0 ? limits->seconds : MS_CHECK_SECONDS;
}

/* With so large a share of the time. */
static MsCheckClock
start_clock(const MsCheckLimits *limits, double share)
{
  return ms_check_clock_start(share * seconds_of(limits), limits ? limits->gate : NULL);
}

static void
read_sample(MsCheckEvidence *evidence, const MsCheckLimits *limits, MsSetProgress progress,
            gpointer user, GCancellable *cancellable)
{
  guint max_examples = limits && limits->max_examples ? limits->max_examples : MS_CHECK_EXAMPLES;
  g_autoptr(GArray) sample = ms_check_sample(evidence->set, max_examples);
  g_autoptr(GAsyncQueue) scratches = g_async_queue_new_full((GDestroyNotify)ms_scratch_free);
  Gathering gathering = {
      .set = evidence->set,
      .sample = sample,
      .examples = g_new0(MsCheckExample, MAX(sample->len, 1)),
      .n_models = evidence->n_models,
      .clock = start_clock(limits, 1 - AGAIN_SHARE),
      .scratches = scratches,
      .caller = g_thread_self(),
      .progress = progress,
      .user = user,
      .cancellable = cancellable,
  };

  ms_spread(sample->len, jobs_of(limits), read_part, &gathering);
  take_examples(evidence, &gathering);
}

static void
find_copies(MsCheckEvidence *evidence, const MsCheckLimits *limits, GCancellable *cancellable)
{
  guint jobs = jobs_of(limits);
  MsCheckClock clock = start_clock(limits, COPIES_SHARE);

  if (g_strv_length((GStrv)ms_set_get_splits(evidence->set)) < 2)
    return;
  ms_check_copies_find(&evidence->images, evidence->set, MS_FILE_IMAGE, &clock, jobs, cancellable);
  if (ms_set_get_labels(evidence->set) || ms_set_get_annotations(evidence->set, MS_SET_ACTUAL))
    return;
  clock = start_clock(limits, COPIES_SHARE);
  ms_check_copies_find(&evidence->actual, evidence->set, MS_FILE_ACTUAL, &clock, jobs, cancellable);
}

MsCheckEvidence *
ms_check_gather(MsSet *set, const MsCheckLimits *limits, MsSetProgress progress, gpointer user,
                GCancellable *cancellable, GError **error)
{
  g_autoptr(MsCheckEvidence) evidence = g_new0(MsCheckEvidence, 1);
  MsCheckClock clock;

  evidence->set = g_object_ref(set);
  evidence->n_models = ms_set_get_n_models(set);
  evidence->cancellable = cancellable;
  if (ms_set_get_labels(set))
    ms_check_label_rows_sample(evidence, seconds_of(limits));
  else
    read_sample(evidence, limits, progress, user, cancellable);
  if (g_cancellable_set_error_if_cancelled(cancellable, error))
    return NULL; /* of the last example some pairs alone were read */
  clock = start_clock(limits, AGAIN_SHARE);
  ms_check_look_again(evidence, jobs_of(limits), &clock, cancellable);
  find_copies(evidence, limits, cancellable);
  if (g_cancellable_set_error_if_cancelled(cancellable, error))
    return NULL;
  return g_steal_pointer(&evidence);
}
