/* SPDX-License-Identifier: MIT
 *
 * A job takes a snapshot of the results there are, which costs the evaluation's thread nothing by
 * the number of examples. The whole set and its splits are then summed and drawn apart from each
 * other, on as many threads as the options grant: examples in id order, so that values come out as
 * those of MsTotals, digit for digit, with a seed made of the split's name, so that neither threads
 * nor other splits show in an interval, models are drawn alike, and so is a split that was chosen.
 */
#include "set/control.h"
#include "set/recount.h"
#include "set/scoreboard-private.h"
#include "set/spread.h"

#define SEED G_GUINT64_CONSTANT(0x4d61736b73636f70)

/* Fewer examples are drawn in less time than threads take to start. */
#define MIN_EXAMPLES_FOR_THREADS 2000

/* Examples between two looks at the cancellable. */
#define EXAMPLES_A_LOOK 1024

/* What the threads of one job share. */
typedef struct {
  MsScoreboardJob *job;
  MsScoreboard *board;
  MsResamples **resamples;
  GCancellable *cancellable;
  int failure; /* atomic: MsStatus of one that failed */
} Work;

static void
fail(Work *work, MsStatus status)
{
  if (status != MS_STATUS_OK)
    g_atomic_int_set(&work->failure, (int)status);
}

/* --- results ---------------------------------------------------------------------------------- */

MsScoreboardJob *
ms_scoreboard_prepare(MsEvaluation *evaluation, guint model, gboolean draw)
{
  MsSet *set = ms_evaluation_get_set(evaluation);
  guint jobs = ms_set_get_options(set)->jobs;
  MsScoreboardJob *job = g_new0(MsScoreboardJob, 1);

  job->set = g_object_ref(set);
  job->model = model;
  job->draw = draw;
  job->rules = ms_ruleset_ref(ms_evaluation_get_rules(evaluation, model));
  job->results = ms_evaluation_snapshot(evaluation, model);
  job->settled = !ms_evaluation_is_counting(evaluation, model);
  job->n_threads = jobs ? jobs : g_get_num_processors();
  return job;
}

void
ms_scoreboard_job_free(MsScoreboardJob *job)
{
  if (!job)
    return;
  g_clear_error(&job->error);
  ms_ruleset_unref(job->rules);
  ms_results_drop(job->results);
  g_object_unref(job->set);
  g_free(job);
}

/* Results that were counted under other rules are counted anew, in the job's own snapshot. */
static MsStatus
settle(MsScoreboardJob *job, GCancellable *cancellable)
{
  g_autoptr(MsRecount) recount = NULL;

  if (job->settled)
    return MS_STATUS_OK;
  recount = ms_recount_new(job->set, job->model, g_steal_pointer(&job->results), job->rules, TRUE,
                           job->n_threads);
  ms_recount_run(recount, cancellable);
  job->results = g_steal_pointer(&recount->results);
  job->settled = TRUE;
  return g_cancellable_is_cancelled(cancellable) ? MS_STATUS_CANCELLED : MS_STATUS_OK;
}

void
ms_item_reader_clear(MsItemReader *reader)
{
  g_clear_pointer(&reader->confusion, ms_confusion_free);
}

/* FALSE: they cannot be made. */
static gboolean
read_counts(MsItemReader *reader, guint example, const MsRecord *record)
{
  MsScoreboardJob *job = reader->job;
  GError *error = NULL;

  if (record->has_tn)
    return ms_record_confusion(record, &job->rules->rules, &reader->confusion) == MS_STATUS_OK;
  ms_item_reader_clear(reader);
  reader->confusion =
      ms_recount_example(job->set, example, job->model, job->results, job->rules, &error);
  if (error && !g_atomic_pointer_compare_and_exchange(&job->error, NULL, error))
    g_error_free(error);
  return reader->confusion != NULL;
}

MsScoreboardItem
ms_item_reader_read(MsItemReader *reader, guint example)
{
  const MsRecord *record = ms_results_get(reader->job->results, example);

  if (record->status == MS_RESULT_WAITING)
    return (MsScoreboardItem){.state = MS_ITEM_WAITING};
  if (record->status != MS_RESULT_OK)
    return (MsScoreboardItem){.state = MS_ITEM_SKIPPED};
  if (!read_counts(reader, example, record))
    return (MsScoreboardItem){.state = MS_ITEM_FAILED};
  return (MsScoreboardItem){
      .state = MS_ITEM_COUNTED, .resized = record->resized, .confusion = reader->confusion};
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

/* What examples are added to: totals alone, or a sample that has them; the other is NULL. */
typedef struct {
  MsTotals *totals;
  MsSample *sample; /* where something is to be drawn */
  Units units;
} Sum;

static MsStatus
sum_init(Sum *sum, const MsRules *rules, guint n_examples, gboolean draw)
{
  *sum = (Sum){.units.numbers = g_hash_table_new(g_str_hash, g_str_equal)};
  return draw ? ms_sample_new(rules, n_examples, &sum->sample) : ms_totals_new(rules, &sum->totals);
}

static void
sum_clear(Sum *sum)
{
  g_hash_table_unref(sum->units.numbers);
  ms_totals_free(sum->totals);
  ms_sample_free(sum->sample);
}

static MsStatus
add_item(Sum *sum, MsTally *tally, const MsScoreboardItem *item, const char *group)
{
  guint unit;

  if (item->state == MS_ITEM_FAILED)
    return MS_STATUS_INVALID;
  tally->examples++;
  tally->waiting += item->state == MS_ITEM_WAITING;
  tally->skipped += item->state == MS_ITEM_SKIPPED;
  if (item->state != MS_ITEM_COUNTED)
    return MS_STATUS_OK;
  tally->scored++;
  tally->resized += item->resized;
  unit = unit_of(&sum->units, group);
  return sum->sample ? ms_sample_add(sum->sample, unit, item->confusion)
                     : ms_totals_add(sum->totals, item->confusion);
}

static MsStatus
add_items(MsScoreboardJob *job, GCancellable *cancellable, MsStanding *standing, Sum *sum)
{
  guint n_examples;
  const guint *examples = ms_set_get_split_examples(job->set, standing->split, &n_examples);
  gboolean has_groups = ms_set_get_groups(job->set)[0] != NULL;
  MsItemReader reader = {.job = job};
  MsStatus status = MS_STATUS_OK;

  for (guint i = 0; i < n_examples && status == MS_STATUS_OK; i++) {
    MsScoreboardItem item = ms_item_reader_read(&reader, examples[i]);
    const char *group = NULL;

    if (has_groups)
      group = ms_set_get_group(job->set, examples[i]);
    status = add_item(sum, &standing->tally, &item, group);
    if (i % EXAMPLES_A_LOOK == 0 && g_cancellable_is_cancelled(cancellable))
      status = MS_STATUS_CANCELLED;
  }
  ms_item_reader_clear(&reader);
  return status;
}

/* All but the intervals. */
static MsStatus
take_values(const MsScoreboardJob *job, const Sum *sum, MsStanding *standing)
{
  const MsTotals *totals = sum->sample ? ms_sample_totals(sum->sample) : sum->totals;
  MsStatus status = ms_confusion_new(&job->rules->rules, &standing->pooled);

  if (status == MS_STATUS_OK)
    status = ms_confusion_merge(standing->pooled, ms_totals_pooled(totals));
  standing->n_exact = ms_totals_exact(totals);
  standing->n_in_mean = ms_totals_in_mean(totals);
  standing->n_units = sum->units.n_units;
  standing->n_groups = g_hash_table_size(sum->units.numbers);
  for (guint metric = 0; metric < MS_N_SET_METRICS; metric++)
    standing->values[metric] = ms_totals_value(totals, (MsSetMetric)metric);
  return status;
}

/* --- intervals -------------------------------------------------------------------------------- */

/* The examples of a chosen split are drawn as they are where it is one of several. */
static const char *
seeding_name(const MsScoreboardJob *job, const char *split)
{
  gboolean chosen = ms_set_get_options(job->set)->split != NULL;

  return split || !chosen ? split : ms_set_get_splits(job->set)[0];
}

/* FNV-1a. */
guint64
ms_scoreboard_job_seed(const MsScoreboardJob *job, const char *part)
{
  const char *split = seeding_name(job, part);
  guint64 hash = G_GUINT64_CONSTANT(0xcbf29ce484222325);

  for (const char *c = split; c && *c; c++)
    hash = (hash ^ (guint8)*c) * G_GUINT64_CONSTANT(0x100000001b3);
  return split ? SEED ^ hash : SEED;
}

static MsStatus
draw(const Work *work, MsStanding *standing, const MsSample *sample, MsResamples **resamples)
{
  MsControl control = ms_control_for(work->cancellable);
  guint64 seed = ms_scoreboard_job_seed(work->job, standing->split);
  MsStatus status = ms_sample_resample(sample, seed, &control, resamples);

  for (guint metric = 0; metric < MS_N_SET_METRICS && status == MS_STATUS_OK; metric++)
    standing->intervals[metric] = ms_resamples_interval(*resamples, (MsSetMetric)metric);
  return status;
}

static MsStatus
fill(Work *work, guint index, Sum *sum)
{
  MsStanding *standing = &g_array_index(work->board->standings, MsStanding, index);
  MsStatus status = add_items(work->job, work->cancellable, standing, sum);

  if (status == MS_STATUS_OK)
    status = take_values(work->job, sum, standing);
  if (status == MS_STATUS_OK && sum->sample)
    status = draw(work, standing, sum->sample, &work->resamples[index]);
  return status;
}

static void
fill_standing(guint index, gpointer user)
{
  Work *work = user;
  const MsScoreboardJob *job = work->job;
  const char *split = g_array_index(work->board->standings, MsStanding, index).split;
  guint n_examples;
  Sum sum;
  MsStatus status;

  ms_set_get_split_examples(job->set, split, &n_examples);
  status =
      sum_init(&sum, &job->rules->rules, n_examples, job->draw && index <= MS_SCOREBOARD_MAX_DRAWN);
  if (status == MS_STATUS_OK)
    status = fill(work, index, &sum);
  fail(work, status);
  sum_clear(&sum);
}

MsStatus
ms_scoreboard_job_run(MsScoreboardJob *job, MsScoreboard *board, MsResamples **resamples,
                      GCancellable *cancellable)
{
  Work work = {.job = job, .board = board, .resamples = resamples, .cancellable = cancellable};
  gboolean few = ms_set_get_n_examples(job->set) < MIN_EXAMPLES_FOR_THREADS;

  fail(&work, settle(job, cancellable));
  if (work.failure == MS_STATUS_OK)
    ms_spread(board->standings->len, few ? 1 : job->n_threads, fill_standing, &work);
  if (work.failure == MS_STATUS_OK && job->draw)
    fail(&work, ms_scoreboard_job_score_groups(job, board, cancellable));
  g_clear_pointer(&job->results, ms_results_unref);
  return (MsStatus)work.failure;
}
