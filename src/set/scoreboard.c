/* SPDX-License-Identifier: MIT
 *
 * A board is filled by its job, then judged: what its standings say of training against validation.
 */
#include "set/scoreboard.h"

#include "io/error.h"
#include "set/describe.h"
#include "set/evaluation-private.h"
#include "set/scoreboard-private.h"
#include "set/split-pair.h"

typedef struct {
  MsScoreboard board;
  gatomicrefcount ref_count;
} OwnedBoard;

static void
standing_clear(gpointer data)
{
  MsStanding *standing = data;

  g_free(standing->split);
  ms_confusion_free(standing->pooled);
}

static void
add_standing(MsScoreboard *board, const char *split)
{
  MsStanding standing = {.split = g_strdup(split)};

  g_array_append_val(board->standings, standing);
}

/* With standings that are still empty. */
static MsScoreboard *
board_new(const MsScoreboardJob *job)
{
  OwnedBoard *owned = g_new0(OwnedBoard, 1);
  MsScoreboard *board = &owned->board;
  const char *const *splits = ms_set_get_splits(job->set);

  g_atomic_ref_count_init(&owned->ref_count);
  board->model = job->model;
  board->comparison = job->rules->rules.comparison;
  board->over_groups = ms_set_get_groups(job->set)[0] != NULL;
  board->drawn = job->draw;
  board->standings = g_array_new(FALSE, FALSE, sizeof(MsStanding));
  board->advice = g_ptr_array_new();
  g_array_set_clear_func(board->standings, standing_clear);
  add_standing(board, NULL);
  for (guint i = 0; splits[i]; i++)
    add_standing(board, splits[i]);
  return board;
}

MsScoreboard *
ms_scoreboard_ref(MsScoreboard *board)
{
  g_atomic_ref_count_inc(&((OwnedBoard *)board)->ref_count);
  return board;
}

void
ms_scoreboard_unref(MsScoreboard *board)
{
  if (!board || !g_atomic_ref_count_dec(&((OwnedBoard *)board)->ref_count))
    return;
  g_array_unref(board->standings);
  g_ptr_array_unref(board->advice);
  ms_totals_free(board->groups);
  g_free(board);
}

static MsStanding *
standing_at(const MsScoreboard *board, guint index)
{
  return &g_array_index(board->standings, MsStanding, index);
}

const MsStanding *
ms_scoreboard_find(const MsScoreboard *board, const char *split)
{
  for (guint i = 0; i < board->standings->len; i++)
    if (g_strcmp0(standing_at(board, i)->split, split) == 0)
      return standing_at(board, i);
  return NULL;
}

/* --- words ------------------------------------------------------------------------------------ */

gboolean
ms_scoreboard_format_interval(const MsInterval *interval, guint digits, char **low, char **high)
{
  *low = *high = NULL;
  if (interval->method == MS_INTERVAL_NONE)
    return FALSE;
  *low = ms_describe_ratio((MsValue){.value = interval->low, .defined = TRUE}, digits);
  *high = ms_describe_ratio((MsValue){.value = interval->high, .defined = TRUE}, digits);
  return TRUE;
}

char *
ms_scoreboard_describe_interval(const MsInterval *interval, guint digits)
{
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;

  if (!ms_scoreboard_format_interval(interval, digits, &low, &high))
    return NULL;
  return g_strdup_printf("%s to %s", low, high);
}

static gboolean
has_method(const MsScoreboard *board, MsIntervalMethod method)
{
  for (guint i = 0; i < board->standings->len; i++)
    for (guint metric = 0; metric < MS_N_SET_METRICS; metric++)
      if (standing_at(board, i)->intervals[metric].method == method)
        return TRUE;
  return FALSE;
}

static char *
describe_units(const MsScoreboard *board, const MsStanding *standing)
{
  g_autofree char *n = ms_describe_count(standing->n_units);

  if (board->over_groups)
    return ms_advice_describe_units(standing->n_groups, standing->n_units - standing->n_groups);
  return g_strdup_printf("%s %s", n, standing->n_units == 1 ? "example" : "examples");
}

char *
ms_scoreboard_describe_method(const MsScoreboard *board)
{
  gboolean drawn = has_method(board, MS_INTERVAL_BOOTSTRAP);
  gboolean normal = has_method(board, MS_INTERVAL_NORMAL);
  g_autofree char *resamples = ms_describe_count(MS_N_RESAMPLES);
  g_autofree char *units = describe_units(board, standing_at(board, 0));

  if (!drawn)
    return normal ? g_strdup_printf("95 %% intervals: normal approximation over %s", units) : NULL;
  return g_strdup_printf("95 %% intervals: percentile bootstrap over %s, %s resamples%s", units,
                         resamples,
                         normal ? "; normal approximation where there is too much to draw" : "");
}

/* --- evidence --------------------------------------------------------------------------------- */

static MsAdvicePart
part_of(const MsScoreboard *board, const MsStanding *standing)
{
  return (MsAdvicePart){.name = standing->split,
                        .n_scored = standing->tally.scored,
                        .n_groups = standing->n_groups,
                        .n_ungrouped =
                            board->over_groups ? standing->n_units - standing->n_groups : 0,
                        .labels = board->comparison == MS_COMPARE_LABELS,
                        .iou = standing->values[MS_SET_METRIC_IOU_MEAN],
                        .exact = standing->values[MS_SET_METRIC_EXACT_RATIO],
                        .iou_interval = standing->intervals[MS_SET_METRIC_IOU_MEAN]};
}

/* NULL: there is no such split. *resamples NULL: nor was anything drawn of it. */
static const MsAdvicePart *
take_part(const MsScoreboard *board, const char *split, MsResamples *const *all_resamples,
          MsAdvicePart *part, const MsResamples **resamples)
{
  const MsStanding *standing = split ? ms_scoreboard_find(board, split) : NULL;

  *resamples = NULL;
  if (!standing)
    return NULL;
  *part = part_of(board, standing);
  *resamples = all_resamples[standing - standing_at(board, 0)];
  return part;
}

static void
take_advice(MsScoreboard *board, MsSet *set, MsResamples *const *resamples)
{
  g_auto(MsSplitPair) pair = {.overlap = NULL};
  MsAdvicePart parts[2];
  const MsResamples *training, *validation;
  MsAdviceEvidence evidence = {.whole = part_of(board, standing_at(board, 0))};

  ms_split_pair_init(&pair, set);
  evidence.training = take_part(board, pair.training.name, resamples, &parts[0], &training);
  evidence.validation = take_part(board, pair.validation.name, resamples, &parts[1], &validation);
  evidence.training_unclear = pair.training.unclear;
  evidence.validation_unclear = pair.validation.unclear;
  evidence.overlap = pair.overlap;
  if (training && validation && !pair.overlap) {
    evidence.iou_gap = ms_resamples_difference(training, validation, MS_SET_METRIC_IOU_MEAN);
    evidence.exact_gap = ms_resamples_difference(training, validation, MS_SET_METRIC_EXACT_RATIO);
  }
  g_ptr_array_unref(board->advice);
  board->advice = ms_advice_make(&evidence, &ms_set_get_options(set)->advice);
}

/* --- computing -------------------------------------------------------------------------------- */

MsScoreboard *
ms_scoreboard_compute(MsScoreboardJob *job, GCancellable *cancellable, GError **error)
{
  g_autoptr(MsScoreboard) board = board_new(job);
  guint n_standings = board->standings->len;
  g_autofree MsResamples **resamples = g_new0(MsResamples *, n_standings);
  MsStatus status = ms_scoreboard_job_run(job, board, resamples, cancellable);

  if (status == MS_STATUS_OK && job->draw)
    take_advice(board, job->set, resamples);
  for (guint i = 0; i < n_standings; i++)
    ms_resamples_free(resamples[i]);
  if (status == MS_STATUS_OK)
    return g_steal_pointer(&board);
  if (job->error)
    g_propagate_error(error, g_steal_pointer(&job->error));
  else if (!g_cancellable_set_error_if_cancelled(cancellable, error))
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE, "The scores of %s cannot be summed: %s",
                ms_set_get_title(job->set), ms_status_string(status));
  return NULL;
}

MsScoreboard *
ms_scoreboard_new_live(MsEvaluation *evaluation, guint model)
{
  const MsScoreboardJob job = {.set = ms_evaluation_get_set(evaluation),
                               .model = model,
                               .rules = ms_evaluation_get_rules(evaluation, model)};
  MsLiveSums *sums = ms_evaluation_get_sums(evaluation, model);
  g_autoptr(MsScoreboard) board = board_new(&job);

  for (guint i = 0; i < board->standings->len; i++)
    if (!ms_live_sums_fill(sums, job.rules, i, standing_at(board, i)))
      return NULL;
  return g_steal_pointer(&board);
}

static void
compute_in_thread(GTask *task, gpointer source, gpointer job, GCancellable *cancellable)
{
  GError *error = NULL;
  MsScoreboard *board = ms_scoreboard_compute(job, cancellable, &error);

  if (board)
    g_task_return_pointer(task, board, (GDestroyNotify)ms_scoreboard_unref);
  else
    g_task_return_error(task, error);
}

void
ms_scoreboard_compute_async(MsScoreboardJob *job, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user)
{
  g_autoptr(GTask) task = g_task_new(NULL, cancellable, callback, user);

  g_task_set_check_cancellable(task, FALSE);   /* finish() does, and the error tells who stopped */
  job->n_threads = MAX(job->n_threads - 1, 1); /* one is left to the main thread */
  g_task_set_source_tag(task, ms_scoreboard_compute_async);
  g_task_set_task_data(task, job, (GDestroyNotify)ms_scoreboard_job_free);
  g_task_run_in_thread(task, compute_in_thread);
}

MsScoreboard *
ms_scoreboard_compute_finish(GAsyncResult *result, GError **error)
{
  GCancellable *cancellable = g_task_get_cancellable(G_TASK(result));
  g_autoptr(MsScoreboard) board = g_task_propagate_pointer(G_TASK(result), error);

  if (!board || g_cancellable_set_error_if_cancelled(cancellable, error))
    return NULL;
  return g_steal_pointer(&board);
}

GPtrArray *
ms_scoreboard_compute_all(MsEvaluation *evaluation, MsSetProgress progress, gpointer user,
                          GCancellable *cancellable, GError **error)
{
  guint n_models = ms_set_get_n_models(ms_evaluation_get_set(evaluation));
  g_autoptr(GPtrArray) boards = g_ptr_array_new_with_free_func((GDestroyNotify)ms_scoreboard_unref);

  for (guint model = 0; model < n_models; model++) {
    g_autoptr(MsScoreboardJob) job = NULL;
    MsScoreboard *board;

    if (progress)
      progress("Drawing resamples", model, n_models, user);
    job = ms_scoreboard_prepare(evaluation, model, TRUE);
    board = ms_scoreboard_compute(job, cancellable, error);
    if (!board)
      return NULL;
    g_ptr_array_add(boards, board);
  }
  return g_steal_pointer(&boards);
}
