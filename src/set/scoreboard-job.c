/* SPDX-License-Identifier: MIT
 *
 * A job holds on to the results there are, which is all that a million examples leave time for on
 * the evaluation's thread. The whole set and its splits are then summed and drawn apart from each
 * other, on as many threads as the options grant: examples in id order, so that values come out as
 * those of ms_evaluation_totals(), with a seed made of the split's name, so that neither threads
 * nor other splits show in an interval, and models are drawn alike.
 */
#include "set/control.h"
#include "set/scoreboard-private.h"

#define SEED G_GUINT64_CONSTANT(0x4d61736b73636f70)

/* Fewer examples are drawn in less time than threads take to start. */
#define MIN_EXAMPLES_FOR_THREADS 2000

/* Examples between two looks at the cancellable. */
#define EXAMPLES_A_LOOK 1024

/* --- results ---------------------------------------------------------------------------------- */

static void
take_item(MsScoreboardItem *item, MsEvaluation *evaluation, guint example, guint model)
{
  const MsScore *score = ms_evaluation_get_score(evaluation, example, model);

  item->state = score ? MS_ITEM_SKIPPED : MS_ITEM_WAITING;
  if (!score || score->status != MS_RESULT_OK)
    return;
  item->state = MS_ITEM_COUNTED;
  item->result = ms_result_ref(ms_evaluation_get_result(evaluation, example, model));
}

MsScoreboardJob *
ms_scoreboard_prepare(MsEvaluation *evaluation, guint model)
{
  MsSet *set = ms_evaluation_get_set(evaluation);
  guint jobs = ms_set_get_options(set)->jobs;
  MsScoreboardJob *job = g_new0(MsScoreboardJob, 1);

  job->set = g_object_ref(set);
  job->model = model;
  job->rules = ms_ruleset_ref(ms_evaluation_get_rules(evaluation, model));
  job->moved = job->rules != ms_set_get_rules(set, model);
  job->n_threads = jobs ? jobs : g_get_num_processors();
  job->items = g_new0(MsScoreboardItem, ms_set_get_n_examples(set));
  for (guint i = 0; i < ms_set_get_n_examples(set); i++)
    take_item(&job->items[i], evaluation, i, model);
  return job;
}

/* Where the job ran: to let go of a million results takes a moment too. */
static void
drop_items(MsScoreboardJob *job)
{
  for (guint i = 0; job->items && i < ms_set_get_n_examples(job->set); i++) {
    if (job->moved)
      ms_confusion_free(job->items[i].confusion);
    ms_result_unref(job->items[i].result);
  }
  g_clear_pointer(&job->items, g_free);
}

void
ms_scoreboard_job_free(MsScoreboardJob *job)
{
  if (!job)
    return;
  drop_items(job);
  ms_ruleset_unref(job->rules);
  g_object_unref(job->set);
  g_free(job);
}

/* The counts under the rules; FALSE: cancelled. */
static gboolean
count_items(MsScoreboardJob *job, GCancellable *cancellable)
{
  for (guint i = 0; i < ms_set_get_n_examples(job->set); i++) {
    MsScoreboardItem *item = &job->items[i];

    if (i % EXAMPLES_A_LOOK == 0 && g_cancellable_is_cancelled(cancellable))
      return FALSE;
    if (item->state != MS_ITEM_COUNTED)
      continue;
    item->confusion =
        job->moved ? ms_result_confusion(item->result, job->set, i, job->model, job->rules, NULL)
                   : item->result->confusion;
    if (!item->confusion)
      item->state = MS_ITEM_SKIPPED;
  }
  return TRUE;
}

/* --- sums ------------------------------------------------------------------------------------- */

/* The units of a sample, numbered as they come. An example without a group is one by itself. */
typedef struct {
  GHashTable *numbers; /* of groups */
  guint n_units;
} Units;

static guint
unit_of(Units *units, const char *group)
{
  gpointer number;

  if (!group)
    return units->n_units++;
  if (!g_hash_table_lookup_extended(units->numbers, group, NULL, &number)) {
    number = GUINT_TO_POINTER(units->n_units++);
    g_hash_table_insert(units->numbers, (gpointer)group, number);
  }
  return GPOINTER_TO_UINT(number);
}

static MsStatus
add_item(MsStanding *standing, MsSample *sample, Units *units, const MsScoreboardItem *item,
         const char *group)
{
  standing->tally.examples++;
  standing->tally.waiting += item->state == MS_ITEM_WAITING;
  standing->tally.skipped += item->state == MS_ITEM_SKIPPED;
  if (item->state != MS_ITEM_COUNTED)
    return MS_STATUS_OK;
  standing->tally.scored++;
  standing->tally.resized += item->result->resized;
  standing->n_exact += ms_confusion_exact(item->confusion);
  standing->n_in_mean += ms_confusion_score(item->confusion, MS_METRIC_IOU).defined;
  return ms_sample_add(sample, unit_of(units, group), item->confusion);
}

/* All but the intervals. */
static MsStatus
sum_up(const MsScoreboardJob *job, GCancellable *cancellable, MsStanding *standing,
       MsSample **sample)
{
  guint n_examples;
  const guint *examples = ms_set_get_split_examples(job->set, standing->split, &n_examples);
  g_autoptr(GHashTable) numbers = g_hash_table_new(g_str_hash, g_str_equal);
  Units units = {.numbers = numbers};
  MsStatus status = ms_sample_new(&job->rules->rules, n_examples, sample);

  for (guint i = 0; i < n_examples && status == MS_STATUS_OK; i++) {
    MsExample *example = ms_set_get_example(job->set, examples[i]);

    status = add_item(standing, *sample, &units, &job->items[examples[i]],
                      ms_example_get_group(example));
    if (i % EXAMPLES_A_LOOK == 0 && g_cancellable_is_cancelled(cancellable))
      status = MS_STATUS_CANCELLED;
  }
  if (status != MS_STATUS_OK)
    return status;
  standing->n_units = ms_sample_n_units(*sample);
  for (guint metric = 0; metric < MS_N_SET_METRICS; metric++)
    standing->values[metric] = ms_sample_value(*sample, (MsSetMetric)metric);
  return MS_STATUS_OK;
}

/* --- intervals -------------------------------------------------------------------------------- */

typedef struct {
  const MsScoreboardJob *job;
  MsStanding *standings;
  MsResamples **resamples;
  GCancellable *cancellable;
  int failure; /* atomic: MsStatus of one that failed */
} Drawing;

/* FNV-1a. */
static guint64
seed_of(const char *split)
{
  guint64 hash = G_GUINT64_CONSTANT(0xcbf29ce484222325);

  for (const char *c = split; c && *c; c++)
    hash = (hash ^ (guint8)*c) * G_GUINT64_CONSTANT(0x100000001b3);
  return split ? SEED ^ hash : SEED;
}

static MsStatus
draw(Drawing *drawing, MsStanding *standing, const MsSample *sample, MsResamples **resamples)
{
  MsControl control = ms_control_for(drawing->cancellable);
  MsStatus status = ms_sample_resample(sample, seed_of(standing->split), &control, resamples);

  for (guint metric = 0; metric < MS_N_SET_METRICS && status == MS_STATUS_OK; metric++)
    standing->intervals[metric] = ms_resamples_interval(*resamples, (MsSetMetric)metric);
  return status;
}

/* number: the standing's, from 1. */
static void
fill_standing(gpointer number, gpointer user)
{
  Drawing *drawing = user;
  guint index = GPOINTER_TO_UINT(number) - 1;
  MsStanding *standing = &drawing->standings[index];
  MsSample *sample = NULL;
  MsStatus status = sum_up(drawing->job, drawing->cancellable, standing, &sample);

  if (status == MS_STATUS_OK && index <= MS_SCOREBOARD_MAX_DRAWN)
    status = draw(drawing, standing, sample, &drawing->resamples[index]);
  if (status != MS_STATUS_OK)
    g_atomic_int_set(&drawing->failure, (int)status);
  ms_sample_free(sample);
}

static void
fill_standings(Drawing *drawing, guint n_standings)
{
  guint n_threads = MIN(drawing->job->n_threads, n_standings);
  GThreadPool *pool = NULL;

  if (ms_set_get_n_examples(drawing->job->set) >= MIN_EXAMPLES_FOR_THREADS && n_threads > 1)
    pool = g_thread_pool_new(fill_standing, drawing, (int)n_threads, FALSE, NULL);
  for (guint i = 1; i <= n_standings; i++) {
    if (pool)
      g_thread_pool_push(pool, GUINT_TO_POINTER(i), NULL);
    else
      fill_standing(GUINT_TO_POINTER(i), drawing);
  }
  if (pool)
    g_thread_pool_free(pool, FALSE, TRUE);
}

MsStatus
ms_scoreboard_job_run(MsScoreboardJob *job, MsStanding *standings, guint n_standings,
                      MsResamples **resamples, GCancellable *cancellable)
{
  Drawing drawing = {
      .job = job, .standings = standings, .resamples = resamples, .cancellable = cancellable};

  g_return_val_if_fail(job->items, MS_STATUS_INVALID);
  if (count_items(job, cancellable))
    fill_standings(&drawing, n_standings);
  else
    drawing.failure = MS_STATUS_CANCELLED;
  drop_items(job);
  return (MsStatus)drawing.failure;
}
