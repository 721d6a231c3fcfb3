/* SPDX-License-Identifier: MIT
 *
 * A board is filled by its job, then judged: splits that are training and validation are looked up
 * by any usual spelling of their names.
 */
#include "set/scoreboard.h"

#include "set/describe.h"
#include "set/inventory.h"
#include "set/scoreboard-private.h"

typedef struct {
  MsScoreboard board;
  gatomicrefcount ref_count;
} OwnedBoard;

static void
standing_clear(gpointer data)
{
  g_free(((MsStanding *)data)->split);
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

char *
ms_scoreboard_describe_interval(const MsInterval *interval, guint digits)
{
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;

  if (interval->method == MS_INTERVAL_NONE)
    return NULL;
  low = ms_describe_ratio((MsValue){.value = interval->low, .defined = TRUE}, digits);
  high = ms_describe_ratio((MsValue){.value = interval->high, .defined = TRUE}, digits);
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

char *
ms_scoreboard_describe_method(const MsScoreboard *board)
{
  gboolean drawn = has_method(board, MS_INTERVAL_BOOTSTRAP);
  gboolean normal = has_method(board, MS_INTERVAL_NORMAL);
  guint64 n_units = standing_at(board, 0)->n_units;
  const char *unit = board->over_groups ? "group" : "example";
  g_autofree char *n = ms_describe_count(n_units);
  g_autofree char *resamples = ms_describe_count(MS_N_RESAMPLES);
  g_autofree char *units = g_strdup_printf("%s %s%s", n, unit, n_units == 1 ? "" : "s");

  if (!drawn)
    return normal ? g_strdup_printf("95 %% intervals: normal approximation over %s", units) : NULL;
  return g_strdup_printf("95 %% intervals: percentile bootstrap over %s, %s resamples%s", units,
                         resamples,
                         normal ? "; normal approximation where there is too much to draw" : "");
}

/* --- evidence --------------------------------------------------------------------------------- */

/* A split that is training or validation. */
typedef struct {
  guint standing; /* 0: there is none */
  char *unclear;  /* a sentence, where several claim to be it */
} Side;

/* The split of that very name, else the only one that is another spelling of it. */
static Side
find_side(const MsScoreboard *board, const char *normal)
{
  const char *first = NULL;
  Side side = {0};

  for (guint i = 1; i < board->standings->len; i++) {
    const char *split = standing_at(board, i)->split;

    if (g_str_equal(split, normal)) {
      g_free(side.unclear);
      return (Side){.standing = i};
    }
    if (g_strcmp0(ms_split_normalize(split), normal) != 0 || side.unclear)
      continue;
    if (first)
      side.unclear = g_strdup_printf("Both %s and %s could be the split %s.", first, split, normal);
    side.standing = first ? 0 : i;
    first = split;
  }
  return side;
}

static MsAdvicePart
part_of(const MsScoreboard *board, guint index)
{
  const MsStanding *standing = standing_at(board, index);

  return (MsAdvicePart){.name = standing->split,
                        .n_scored = standing->tally.scored,
                        .n_groups = board->over_groups ? standing->n_units : 0,
                        .labels = board->comparison == MS_COMPARE_LABELS,
                        .iou = standing->values[MS_SET_METRIC_IOU_MEAN],
                        .exact = standing->values[MS_SET_METRIC_EXACT_RATIO],
                        .iou_interval = standing->intervals[MS_SET_METRIC_IOU_MEAN]};
}

/* Either side may not have been drawn. */
static void
take_gaps(MsAdviceEvidence *evidence, const MsResamples *training, const MsResamples *validation)
{
  if (!training || !validation)
    return;
  evidence->iou_gap = ms_resamples_difference(training, validation, MS_SET_METRIC_IOU_MEAN);
  evidence->exact_gap = ms_resamples_difference(training, validation, MS_SET_METRIC_EXACT_RATIO);
}

static void
take_advice(MsScoreboard *board, MsResamples *const *resamples, const MsAdviceLimits *limits)
{
  Side training = find_side(board, "train");
  Side validation = find_side(board, "val");
  MsAdvicePart parts[2];
  MsAdviceEvidence evidence = {.whole = part_of(board, 0)};

  if (!validation.standing && !validation.unclear)
    validation = find_side(board, "test");
  if (training.standing) {
    parts[0] = part_of(board, training.standing);
    evidence.training = &parts[0];
  }
  if (validation.standing) {
    parts[1] = part_of(board, validation.standing);
    evidence.validation = &parts[1];
  }
  take_gaps(&evidence, training.standing ? resamples[training.standing] : NULL,
            validation.standing ? resamples[validation.standing] : NULL);
  evidence.training_unclear = training.unclear;
  evidence.validation_unclear = validation.unclear;
  g_ptr_array_unref(board->advice);
  board->advice = ms_advice_make(&evidence, limits);
  g_free(training.unclear);
  g_free(validation.unclear);
}

/* --- computing -------------------------------------------------------------------------------- */

MsScoreboard *
ms_scoreboard_compute(MsScoreboardJob *job, GCancellable *cancellable, GError **error)
{
  g_autoptr(MsScoreboard) board = board_new(job);
  guint n_standings = board->standings->len;
  g_autofree MsResamples **resamples = g_new0(MsResamples *, n_standings);
  MsStatus status =
      ms_scoreboard_job_run(job, standing_at(board, 0), n_standings, resamples, cancellable);

  if (status == MS_STATUS_OK)
    take_advice(board, resamples, &ms_set_get_options(job->set)->advice);
  for (guint i = 0; i < n_standings; i++)
    ms_resamples_free(resamples[i]);
  if (status == MS_STATUS_OK)
    return g_steal_pointer(&board);
  if (!g_cancellable_set_error_if_cancelled(cancellable, error))
    g_error("%s", ms_status_string(status));
  return NULL;
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

  job->n_threads = MAX(job->n_threads - 1, 1); /* one is left to the main thread */
  g_task_set_source_tag(task, ms_scoreboard_compute_async);
  g_task_set_task_data(task, job, (GDestroyNotify)ms_scoreboard_job_free);
  g_task_run_in_thread(task, compute_in_thread);
}

MsScoreboard *
ms_scoreboard_compute_finish(GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer(G_TASK(result), error);
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
    job = ms_scoreboard_prepare(evaluation, model);
    board = ms_scoreboard_compute(job, cancellable, error);
    if (!board)
      return NULL;
    g_ptr_array_add(boards, board);
  }
  return g_steal_pointer(&boards);
}
