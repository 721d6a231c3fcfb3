/* SPDX-License-Identifier: MIT
 *
 * Values of up to FEW_EXAMPLES examples, unless these have very many labels or joints, are summed
 * here and now. Of more there are live ones (ms_scoreboard_new_live()), which cost nothing by the
 * number of examples; exact ones, and all intervals, come from a worker once scores rest. Where
 * there are no live ones, values come from a worker all the time. One thing is computed at a time.
 * Values that are overtaken by a change are still finished, for late values are better than none;
 * intervals are not. A timer runs from each computation, and from each change of few examples, and
 * nothing begins before it ends: the last wish wins, and intervals are drawn when a whole period
 * passed without another.
 */
#include "app/board-keeper.h"

#define PERIOD_MS 200
/* While scores come in, a worker rests so many times as long as it took. */
#define REST 4

/* A few milliseconds' work at most: so many examples, with so many cells (labels, or pairs of
 * values in masks) to count. */
#define FEW_EXAMPLES 2000
#define FEW_CELLS    1000000

typedef struct {
  MsScoreboard *board; /* NULL: none yet */
  MsRuleset *rules;    /* that it was made under */
  gboolean holds;      /* no score has come or changed since */
  gboolean is_live;    /* its values are right up to the order of sums, and it does not hold */
  char *error;         /* why its successor could not be made */
} Entry;

struct _MsBoardKeeper {
  GObject parent_instance;

  guint model;
  guint n_models;
  guint timer;

  /* The running computation */
  guint job_model;
  gboolean job_draws;
  gboolean job_overtaken; /* something changed since it began */
  gint64 job_start;       /* monotonic time */

  /* Owned */
  MsEvaluation *evaluation;
  Entry *entries;          /* of each model */
  GCancellable *computing; /* NULL: nothing is being computed */
  MsRuleset *job_rules;    /* NULL likewise */
};

G_DEFINE_FINAL_TYPE(MsBoardKeeper, ms_board_keeper, G_TYPE_OBJECT)

static G_DEFINE_QUARK(ms - board - keeper, keeper)

static guint changed_signal;

static Entry *
in_view(MsBoardKeeper *self)
{
  return &self->entries[self->model];
}

/* The last thing that is done, unless the caller holds a reference: those who are told may let go
 * of the keeper. */
static void
emit_changed(MsBoardKeeper *self)
{
  g_signal_emit(self, changed_signal, 0);
}

static gboolean
is_of_rules(MsBoardKeeper *self, guint model)
{
  const Entry *entry = &self->entries[model];

  return entry->board && entry->rules == ms_evaluation_get_rules(self->evaluation, model);
}

static gboolean
is_current(MsBoardKeeper *self, guint model)
{
  return is_of_rules(self, model) && self->entries[model].holds;
}

/* --- computing --- */

static void
forget_job(MsBoardKeeper *self)
{
  g_clear_object(&self->computing);
  g_clear_pointer(&self->job_rules, ms_ruleset_unref);
}

static void
stop_computing(MsBoardKeeper *self)
{
  if (self->computing)
    g_cancellable_cancel(self->computing);
  forget_job(self);
}

static guint
ms_since(gint64 time)
{
  return (guint)((g_get_monotonic_time() - time) / G_TIME_SPAN_MILLISECOND);
}

/* Takes the board. NULL: it could not be made. */
static void
keep(Entry *entry, MsScoreboard *board, MsRuleset *rules, gboolean holds, const GError *error)
{
  g_clear_pointer(&entry->error, g_free);
  if (!board) {
    entry->error = g_strdup(error->message);
    return;
  }
  ms_scoreboard_unref(entry->board);
  entry->board = board;
  g_clear_pointer(&entry->rules, ms_ruleset_unref);
  entry->rules = ms_ruleset_ref(rules);
  entry->holds = holds;
  entry->is_live = FALSE;
}

/* Whether the values of the model in view are summed here and now. */
static gboolean
is_quick(MsBoardKeeper *self)
{
  guint n_examples = ms_set_get_n_examples(ms_evaluation_get_set(self->evaluation));

  return n_examples <= FEW_EXAMPLES &&
         ms_evaluation_is_quick(self->evaluation, self->model, FEW_CELLS);
}

/* Values up to the order of sums, which hold until exact ones are there. FALSE: there are none. */
static gboolean
take_live(MsBoardKeeper *self)
{
  MsScoreboard *board = ms_scoreboard_new_live(self->evaluation, self->model);

  if (!board)
    return FALSE;
  keep(in_view(self), board, ms_evaluation_get_rules(self->evaluation, self->model), FALSE, NULL);
  in_view(self)->is_live = TRUE;
  return TRUE;
}

static void pursue(MsBoardKeeper *self);

static gboolean
period_ended(gpointer user)
{
  MsBoardKeeper *self = user;

  self->timer = 0;
  pursue(self);
  return G_SOURCE_REMOVE;
}

static void
start_period(MsBoardKeeper *self, guint ms)
{
  g_clear_handle_id(&self->timer, g_source_remove);
  self->timer = g_timeout_add(ms, period_ended, self);
}

static void
compute_here(MsBoardKeeper *self)
{
  g_autoptr(MsScoreboardJob) job = ms_scoreboard_prepare(self->evaluation, self->model, FALSE);
  g_autoptr(GError) error = NULL;
  MsScoreboard *board = ms_scoreboard_compute(job, NULL, &error);

  stop_computing(self);
  keep(in_view(self), board, ms_evaluation_get_rules(self->evaluation, self->model), TRUE, error);
  start_period(self, PERIOD_MS);
  emit_changed(self);
}

/* No score of the model in view is still to come: all are there, or the user stopped the scoring.
 */
static gboolean
is_at_rest(MsBoardKeeper *self)
{
  const MsTally *tally = &ms_scoreboard_find(in_view(self)->board, NULL)->tally;

  if (ms_evaluation_is_running(self->evaluation))
    return tally->waiting == 0;
  return tally->waiting < tally->examples;
}

static void
board_computed(GObject *source, GAsyncResult *result, gpointer user)
{
  g_autoptr(GError) error = NULL;
  MsScoreboard *board = ms_scoreboard_compute_finish(result, &error);
  g_autoptr(MsBoardKeeper) self = NULL;
  Entry *entry;

  if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* there may be no keeper any more */
  self = g_object_ref(user);
  entry = &self->entries[self->job_model];
  if (self->job_overtaken && entry->is_live)
    ms_scoreboard_unref(board); /* what is shown is newer */
  else
    keep(entry, board, self->job_rules, !self->job_overtaken, error);
  if (in_view(self)->board &&
      !is_at_rest(self)) /* scoring has the processors for most of the time */
    start_period(self, MAX(PERIOD_MS, REST * ms_since(self->job_start)));
  forget_job(self);
  emit_changed(self);
  pursue(self);
}

static void
compute_on_worker(MsBoardKeeper *self, gboolean draw)
{
  MsScoreboardJob *job = ms_scoreboard_prepare(self->evaluation, self->model, draw);

  self->computing = g_cancellable_new();
  self->job_model = self->model;
  self->job_rules = ms_ruleset_ref(ms_evaluation_get_rules(self->evaluation, self->model));
  self->job_draws = draw;
  self->job_overtaken = FALSE;
  self->job_start = g_get_monotonic_time();
  ms_scoreboard_compute_async(job, self->computing, board_computed, self);
  start_period(self, PERIOD_MS);
}

/* Live values will do while scores come in or are being counted anew. */
static void
pursue_large(MsBoardKeeper *self)
{
  gboolean live = take_live(self);
  gboolean counting = ms_evaluation_is_counting(self->evaluation, self->model);

  if (!live || (is_at_rest(self) && !counting))
    compute_on_worker(self, FALSE);
  emit_changed(self);
}

/* Begins what is to be computed next, unless something is still under way. */
static void
pursue(MsBoardKeeper *self)
{
  if (self->computing || self->timer || !self->evaluation || in_view(self)->error)
    return;
  if (is_current(self, self->model)) {
    if (!in_view(self)->board->drawn && is_at_rest(self))
      compute_on_worker(self, TRUE);
  } else if (is_quick(self)) {
    compute_here(self);
  } else {
    pursue_large(self);
  }
}

/* --- what changes --- */

/* A score of the model is another one. */
static void
overtake(MsBoardKeeper *self, guint model)
{
  Entry *entry = &self->entries[model];

  entry->holds = FALSE;
  g_clear_pointer(&entry->error, g_free);
  if (!self->computing || self->job_model != model)
    return;
  self->job_overtaken = TRUE;
  if (self->job_draws)
    stop_computing(self);
}

/* Of many that come at once a few times a second are told. */
static void
one_scored(MsEvaluation *evaluation, guint example, guint model, MsBoardKeeper *self)
{
  gboolean had_intervals = is_current(self, model) && self->entries[model].board->drawn;

  overtake(self, model);
  if (model != self->model)
    return;
  if (!self->timer)
    start_period(self, PERIOD_MS);
  if (had_intervals)
    emit_changed(self);
}

/* A board that counted every result under the rules in force is still right. */
static gboolean
is_touched(MsBoardKeeper *self, guint model)
{
  const Entry *entry = &self->entries[model];

  return !is_current(self, model) || ms_scoreboard_find(entry->board, NULL)->tally.waiting > 0;
}

/* So many that none of them is told of: any model may be meant that is not whole yet. */
static void
many_scored(MsEvaluation *evaluation, MsBoardKeeper *self)
{
  gboolean had_intervals = is_current(self, self->model) && in_view(self)->board->drawn;

  for (guint i = 0; i < self->n_models; i++)
    if (is_touched(self, i))
      overtake(self, i);
  if (!self->timer)
    start_period(self, PERIOD_MS);
  if (had_intervals && !is_current(self, self->model))
    emit_changed(self);
}

/* The model in view has other scores than those of its board. */
static void
catch_up(MsBoardKeeper *self)
{
  if (is_quick(self)) {
    compute_here(self);
  } else if (self->computing || self->timer) {
    take_live(self);
    emit_changed(self);
  } else {
    pursue_large(self);
  }
}

static void
all_changed(MsEvaluation *evaluation, MsBoardKeeper *self)
{
  gboolean touched = is_touched(self, self->model);

  for (guint i = 0; i < self->n_models; i++)
    if (is_touched(self, i))
      overtake(self, i);
  if (touched)
    catch_up(self);
}

static void
running_changed(MsEvaluation *evaluation, GParamSpec *pspec, MsBoardKeeper *self)
{
  if (!self->timer)
    start_period(self, PERIOD_MS);
}

void
ms_board_keeper_update_rules(MsBoardKeeper *self)
{
  gboolean under_way = self->computing && self->job_model == self->model;
  MsRuleset *latest = under_way ? self->job_rules : in_view(self)->rules;

  if (latest != ms_evaluation_get_rules(self->evaluation, self->model))
    all_changed(self->evaluation, self);
}

void
ms_board_keeper_set_model(MsBoardKeeper *self, guint model)
{
  g_return_if_fail(model < self->n_models);
  self->model = model;
  if (self->computing && self->job_model != model)
    stop_computing(self);
  if (is_current(self, model))
    pursue(self);
  else
    catch_up(self);
}

/* --- what there is --- */

const MsScoreboard *
ms_board_keeper_get(MsBoardKeeper *self)
{
  return in_view(self)->board;
}

gboolean
ms_board_keeper_is_current(MsBoardKeeper *self)
{
  return is_current(self, self->model);
}

gboolean
ms_board_keeper_is_outdated(MsBoardKeeper *self)
{
  return !is_of_rules(self, self->model);
}

const char *
ms_board_keeper_get_error(MsBoardKeeper *self)
{
  return in_view(self)->error;
}

/* --- construction --- */

static MsBoardKeeper *
keeper_new(MsEvaluation *evaluation)
{
  MsBoardKeeper *self = g_object_new(MS_TYPE_BOARD_KEEPER, NULL);

  self->evaluation = g_object_ref(evaluation);
  self->n_models = ms_set_get_n_models(ms_evaluation_get_set(evaluation));
  self->entries = g_new0(Entry, self->n_models);
  g_signal_connect_object(evaluation, "scored", G_CALLBACK(one_scored), self, 0);
  g_signal_connect_object(evaluation, "scored-many", G_CALLBACK(many_scored), self, 0);
  g_signal_connect_object(evaluation, "changed", G_CALLBACK(all_changed), self, 0);
  g_signal_connect_object(evaluation, "notify::running", G_CALLBACK(running_changed), self, 0);
  g_object_set_qdata(G_OBJECT(evaluation), keeper_quark(), self);
  return self;
}

MsBoardKeeper *
ms_board_keeper_for(MsEvaluation *evaluation)
{
  MsBoardKeeper *keeper = g_object_get_qdata(G_OBJECT(evaluation), keeper_quark());

  return keeper ? g_object_ref(keeper) : keeper_new(evaluation);
}

static void
ms_board_keeper_dispose(GObject *object)
{
  MsBoardKeeper *self = MS_BOARD_KEEPER(object);

  stop_computing(self);
  g_clear_handle_id(&self->timer, g_source_remove);
  if (self->evaluation) {
    g_signal_handlers_disconnect_by_data(self->evaluation, self);
    g_object_set_qdata(G_OBJECT(self->evaluation), keeper_quark(), NULL);
  }
  g_clear_object(&self->evaluation);
  G_OBJECT_CLASS(ms_board_keeper_parent_class)->dispose(object);
}

static void
ms_board_keeper_finalize(GObject *object)
{
  MsBoardKeeper *self = MS_BOARD_KEEPER(object);

  for (guint i = 0; i < self->n_models; i++) {
    ms_scoreboard_unref(self->entries[i].board);
    g_clear_pointer(&self->entries[i].rules, ms_ruleset_unref);
    g_free(self->entries[i].error);
  }
  g_free(self->entries);
  G_OBJECT_CLASS(ms_board_keeper_parent_class)->finalize(object);
}

static void
ms_board_keeper_class_init(MsBoardKeeperClass *class)
{
  G_OBJECT_CLASS(class)->dispose = ms_board_keeper_dispose;
  G_OBJECT_CLASS(class)->finalize = ms_board_keeper_finalize;
  changed_signal = g_signal_new("changed", MS_TYPE_BOARD_KEEPER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
ms_board_keeper_init(MsBoardKeeper *self)
{
}
