/* SPDX-License-Identifier: MIT
 *
 * One timer, which runs while scores change: a tick after a change tells of it, the first tick
 * after which nothing changed finds the scores at rest, and ends it.
 */
#include "app/board-keeper.h"

#define TICK_MS 200

struct _MsBoardKeeper {
  GObject parent_instance;

  guint model;
  guint n_models;
  guint timer;
  gboolean changed;      /* since the last tick */
  guint computing_model; /* of the running computation */

  /* Owned */
  MsEvaluation *evaluation;
  MsScoreboard **boards;   /* of each model; NULL: none that holds */
  GCancellable *computing; /* NULL: nothing is being computed */
};

G_DEFINE_FINAL_TYPE(MsBoardKeeper, ms_board_keeper, G_TYPE_OBJECT)

static guint changed_signal;

static void
emit_changed(MsBoardKeeper *self)
{
  g_signal_emit(self, changed_signal, 0);
}

static void
stop_computing(MsBoardKeeper *self)
{
  if (self->computing)
    g_cancellable_cancel(self->computing);
  g_clear_object(&self->computing);
}

static void
board_computed(GObject *source, GAsyncResult *result, gpointer user)
{
  g_autoptr(MsScoreboard) board = ms_scoreboard_compute_finish(result, NULL);
  MsBoardKeeper *self = user;

  if (!board)
    return; /* cancelled: there may be no keeper any more */
  g_clear_object(&self->computing);
  ms_scoreboard_unref(self->boards[board->model]);
  self->boards[board->model] = ms_scoreboard_ref(board);
  if (board->model == self->model)
    emit_changed(self);
}

static void
compute(MsBoardKeeper *self)
{
  stop_computing(self);
  self->computing = g_cancellable_new();
  self->computing_model = self->model;
  ms_scoreboard_compute_async(ms_scoreboard_prepare(self->evaluation, self->model), self->computing,
                              board_computed, self);
}

/* Whether no score of the model is still to come: all are there, or the user stopped the scoring.
 */
static gboolean
is_at_rest(MsBoardKeeper *self)
{
  guint n_examples = ms_set_get_n_examples(ms_evaluation_get_set(self->evaluation));
  gboolean running = ms_evaluation_is_running(self->evaluation);
  gboolean any = FALSE;

  for (guint i = 0; i < n_examples; i++) {
    gboolean scored = ms_evaluation_get_score(self->evaluation, i, self->model) != NULL;

    if (!scored && running)
      return FALSE;
    any |= scored;
  }
  return any;
}

static gboolean
is_computing(MsBoardKeeper *self)
{
  return self->computing && self->computing_model == self->model;
}

static gboolean tick(gpointer user);

/* What is slow to show, as the values of a million examples, is shown less often. */
static void
show_changes(MsBoardKeeper *self)
{
  gint64 start = g_get_monotonic_time();
  gint64 cost_ms;

  self->changed = FALSE;
  emit_changed(self);
  cost_ms = (g_get_monotonic_time() - start) / 1000;
  g_clear_handle_id(&self->timer, g_source_remove);
  self->timer = g_timeout_add((guint)MAX(TICK_MS, 4 * cost_ms), tick, self);
}

static gboolean
tick(gpointer user)
{
  MsBoardKeeper *self = user;

  self->timer = 0;
  if (self->changed)
    show_changes(self);
  else if (!self->boards[self->model] && !is_computing(self) && is_at_rest(self))
    compute(self);
  return G_SOURCE_REMOVE;
}

static void
start_timer(MsBoardKeeper *self)
{
  if (!self->timer)
    self->timer = g_timeout_add(TICK_MS, tick, self);
}

/* Drops the board of a model: at once gone from sight. Other values are told of with the next tick.
 */
static void
drop(MsBoardKeeper *self, guint model)
{
  gboolean had_one = self->boards[model] != NULL;

  if (self->computing && self->computing_model == model)
    stop_computing(self);
  g_clear_pointer(&self->boards[model], ms_scoreboard_unref);
  if (model != self->model)
    return;
  self->changed = TRUE;
  if (had_one)
    show_changes(self);
  else
    start_timer(self);
}

static void
one_scored(MsEvaluation *evaluation, guint example, guint model, MsBoardKeeper *self)
{
  drop(self, model);
}

static void
all_changed(MsEvaluation *evaluation, MsBoardKeeper *self)
{
  for (guint i = 0; i < self->n_models; i++)
    drop(self, i);
}

const MsScoreboard *
ms_board_keeper_get(MsBoardKeeper *self)
{
  return self->boards[self->model];
}

void
ms_board_keeper_set_model(MsBoardKeeper *self, guint model)
{
  g_return_if_fail(model < self->n_models);
  self->model = model;
  start_timer(self);
}

MsBoardKeeper *
ms_board_keeper_new(MsEvaluation *evaluation)
{
  MsBoardKeeper *self = g_object_new(MS_TYPE_BOARD_KEEPER, NULL);

  self->evaluation = g_object_ref(evaluation);
  self->n_models = ms_set_get_n_models(ms_evaluation_get_set(evaluation));
  self->boards = g_new0(MsScoreboard *, self->n_models);
  g_signal_connect(evaluation, "scored", G_CALLBACK(one_scored), self);
  g_signal_connect(evaluation, "changed", G_CALLBACK(all_changed), self);
  g_signal_connect_swapped(evaluation, "notify::running", G_CALLBACK(start_timer), self);
  return self;
}

static void
ms_board_keeper_dispose(GObject *object)
{
  MsBoardKeeper *self = MS_BOARD_KEEPER(object);

  stop_computing(self);
  g_clear_handle_id(&self->timer, g_source_remove);
  if (self->evaluation)
    g_signal_handlers_disconnect_by_data(self->evaluation, self);
  g_clear_object(&self->evaluation);
  G_OBJECT_CLASS(ms_board_keeper_parent_class)->dispose(object);
}

static void
ms_board_keeper_finalize(GObject *object)
{
  MsBoardKeeper *self = MS_BOARD_KEEPER(object);

  for (guint i = 0; i < self->n_models; i++)
    ms_scoreboard_unref(self->boards[i]);
  g_free(self->boards);
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
