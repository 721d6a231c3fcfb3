/* SPDX-License-Identifier: MIT
 *
 * Scoring in the background: in which order, replaced, cancelled, paused and held at any time, and
 * what is told of it.
 */
#include "set/evaluation.h"

#include <math.h>

#include <glib/gstdio.h>

#include "evaluation-set.h"
#include "set/evaluation-private.h"
#include "set/scoreboard.h"
#include "set/stamp-private.h"

/* One worker, so that the order is that of the tasks. */
static void
test_background(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  guint total;
  gboolean running;

  write_many(fixture);
  fixture->options->jobs = 1;
  evaluation = new_evaluation(fixture);
  g_assert_cmpint(ms_evaluation_get_score(evaluation, 0, 0).status, ==, MS_RESULT_WAITING);
  ms_evaluation_start(evaluation, 1, 3);
  g_assert_true(ms_evaluation_is_running(evaluation));
  g_assert_cmpuint(ms_evaluation_get_total(evaluation), ==, 2 * N_MANY);
  g_assert_cmpuint(fixture->order->len, ==, 0);
  wait_until(is_finished, evaluation);
  g_assert_cmpuint(ms_evaluation_get_done(evaluation), ==, 2 * N_MANY);
  g_object_get(evaluation, "total", &total, "running", &running, NULL);
  g_assert_cmpuint(total, ==, 2 * N_MANY);
  g_assert_false(running);
  for (guint i = 0; i < N_MANY; i++) {
    g_assert_cmpuint(g_array_index(fixture->order, guint, i), ==, 1000 + (i + 3) % N_MANY);
    g_assert_cmpuint(g_array_index(fixture->order, guint, N_MANY + i), ==, (i + 3) % N_MANY);
  }
  ms_evaluation_start(evaluation, 0, 0); /* nothing is left to do */
  g_assert_false(ms_evaluation_is_running(evaluation));
}

static void
test_replaced(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsEvaluation) expected = NULL;
  guint n_running = 0;

  write_many(fixture);
  evaluation = new_evaluation(fixture);
  expected = new_evaluation(fixture);
  g_signal_connect(evaluation, "notify::running", G_CALLBACK(count_notify), &n_running);
  for (guint i = 0; i < 20; i++) {
    ms_evaluation_start(evaluation, i % 2, i);
    g_main_context_iteration(NULL, FALSE);
  }
  wait_until(is_finished, evaluation);
  g_assert_cmpuint(n_running % 2, ==, 0);
  run(expected, 1);
  assert_same_scores(evaluation, expected);
}

static void
restart_once(MsEvaluation *evaluation, guint example, guint model, gboolean *restarted)
{
  if (!*restarted) {
    *restarted = TRUE;
    ms_evaluation_start(evaluation, 0, 0);
  }
}

/* What the old pass still delivers is kept, but is not progress of the new one. */
static void
test_replaced_while_delivering(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  gboolean restarted = FALSE;

  write_many(fixture);
  evaluation = new_evaluation(fixture);
  g_signal_connect(evaluation, "scored", G_CALLBACK(restart_once), &restarted);
  ms_evaluation_start(evaluation, 0, 0);
  wait_until(is_finished, evaluation);
  g_assert_true(restarted);
  g_assert_cmpuint(ms_evaluation_get_total(evaluation), ==, 2 * N_MANY - 1);
  g_assert_cmpuint(ms_evaluation_get_done(evaluation), ==, 2 * N_MANY - 1);
  g_assert_cmpuint(fixture->order->len, ==, 2 * N_MANY);
}

static void
test_cancel(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;

  write_many(fixture);
  evaluation = new_evaluation(fixture);
  ms_evaluation_start(evaluation, 0, 0);
  ms_evaluation_cancel(evaluation);
  g_assert_false(ms_evaluation_is_running(evaluation));
  ms_evaluation_cancel(evaluation);
  ms_evaluation_start(evaluation, 0, 0);
  wait_until(is_finished, evaluation);
  g_assert_cmpuint(fixture->order->len, ==, 2 * N_MANY);
}

static void
test_dispose_while_running(Fixture *fixture, gconstpointer data)
{
  write_many(fixture);
  for (guint i = 0; i < 10; i++) {
    MsEvaluation *evaluation = new_evaluation(fixture);
    gpointer set = ms_evaluation_get_set(evaluation);

    g_object_weak_ref(set, on_set_gone, &set);
    ms_evaluation_start(evaluation, 0, 0);
    for (guint j = 0; j < i; j++)
      g_main_context_iteration(NULL, FALSE);
    g_object_unref(evaluation);
    wait_until(is_gone, &set);
  }
}

static void
count_signal(MsEvaluation *evaluation, guint *n)
{
  (*n)++;
}

/* The same pair of masks again and again. */
static void
write_same(Fixture *fixture, guint n)
{
  g_autoptr(GString) manifest = g_string_new("example,actual,predicted\n");

  test_write_run(&fixture->folder, "actual.png", 10, 1, 0, 10);
  for (guint i = 0; i < n; i++)
    g_string_append_printf(manifest, "e%04u,actual.png,actual.png\n", i);
  g_free(fixture->options->set);
  fixture->options->set = test_file(&fixture->folder, "many.csv", manifest->str, manifest->len);
}

static guint
count_scored(MsEvaluation *evaluation)
{
  g_autoptr(MsScoreboard) board = ms_scoreboard_new_live(evaluation, 0);

  return ms_scoreboard_find(board, NULL)->tally.scored;
}

/* Results that come in by the hundred have no signal each: here all but what a worker may keep to
 * itself wait before the first comes in. */
static void
test_many_at_once(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  guint n_many = 0;

  write_same(fixture, 3000);
  fixture->options->jobs = 1;
  evaluation = new_evaluation(fixture);
  g_signal_connect(evaluation, "scored-many", G_CALLBACK(count_signal), &n_many);
  ms_evaluation_start(evaluation, 0, 0);
  while (count_scored(evaluation) < 3000)
    g_thread_yield();
  wait_until(is_finished, evaluation);
  g_assert_cmpuint(ms_evaluation_get_done(evaluation), ==, 3000);
  g_assert_cmpuint(n_many, >, 0);
  g_assert_cmpuint(fixture->order->len, <=, 3000 - MS_PASS_AT_ONCE);
  for (guint i = 0; i < 3000; i++)
    g_assert_true(ms_evaluation_get_score(evaluation, i, 0).exact);
}

typedef struct {
  GArray *seen; /* guint: how often each example came */
  guint most;   /* at once */
} Delivered;

static void
note_delivered(GObject *owner, MsPass *pass, const MsCounted *results, guint n_results)
{
  Delivered *delivered = g_object_get_data(owner, "delivered");

  delivered->most = MAX(delivered->most, n_results);
  for (guint i = 0; i < n_results; i++)
    g_array_index(delivered->seen, guint, results[i].example)++;
}

/* However many results wait, the owner's thread gets them some at a time, and each once. */
static void
test_delivered_by_parts(Fixture *fixture, gconstpointer data)
{
  enum { N = 3000 };
  const MsPassPlan plan = {MS_PASS_BY_MODEL, 0, 7};
  g_autoptr(GArray) seen = g_array_new(FALSE, TRUE, sizeof(guint));
  g_autoptr(MsResultsHeap) heap = ms_results_heap_new(MS_RESULTS_HEAP_BYTES);
  g_autoptr(GObject) owner = g_object_new(G_TYPE_OBJECT, NULL);
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsCounter) counter = NULL;
  g_autoptr(MsScorer) scorer = NULL;
  g_autoptr(MsResults) none = NULL;
  g_autoptr(MsPass) pass = NULL;
  Delivered delivered = {seen, 0};
  GThreadPool *pool = ms_pass_pool_new(2, FALSE);

  write_same(fixture, N);
  evaluation = new_evaluation(fixture);
  counter = ms_counter_new(ms_evaluation_get_set(evaluation), heap);
  scorer = ms_scorer_new(ms_evaluation_get_set(evaluation));
  none = ms_results_new_in(N, heap);
  g_array_set_size(seen, N);
  g_object_set_data(owner, "delivered", &delivered);
  pass = ms_pass_new(&plan, scorer, counter, &none, NULL, NULL);
  ms_pass_deliver_to(pass, g_main_context_default(), owner, note_delivered);
  ms_pass_push(pass, pool, 2);
  g_thread_pool_free(pool, FALSE, TRUE); /* when all workers have ended */
  while (g_main_context_iteration(NULL, FALSE))
    ;
  g_assert_cmpuint(delivered.most, ==, MS_PASS_AT_ONCE);
  for (guint i = 0; i < N; i++)
    g_assert_cmpuint(g_array_index(seen, guint, i), ==, 1);
}

/* Until as many results have come in. */
typedef struct {
  MsEvaluation *evaluation;
  guint done;
} Wish;

static gboolean
is_done(gpointer user)
{
  Wish *wish = user;

  return ms_evaluation_get_done(wish->evaluation) >= wish->done;
}

/* A look at the time of files that does not end before it may. */
static struct {
  GMutex lock;
  GCond changed;
  guint n_before; /* looks that end at once */
  gboolean may_end;
} slow_look;

static gint64
look_slowly(void)
{
  g_mutex_lock(&slow_look.lock);
  if (slow_look.n_before > 0)
    slow_look.n_before--;
  else
    while (!slow_look.may_end)
      g_cond_wait(&slow_look.changed, &slow_look.lock);
  g_mutex_unlock(&slow_look.lock);
  return G_MAXINT64;
}

/* What a worker has scored does not wait for what it is at, which may take it long. */
static void
test_behind_a_slow_one(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  Wish wish;

  write_many(fixture);
  fixture->options->jobs = 1;
  evaluation = new_evaluation(fixture);
  slow_look.n_before = 20 * 2; /* before and after each is read */
  slow_look.may_end = FALSE;
  ms_stamp_use_clock(look_slowly);
  ms_evaluation_start(evaluation, 0, 0);
  wish = (Wish){evaluation, 20};
  wait_until(is_done, &wish);
  g_assert_cmpuint(ms_evaluation_get_done(evaluation), ==, 20);
  g_mutex_lock(&slow_look.lock);
  slow_look.may_end = TRUE;
  g_cond_signal(&slow_look.changed);
  g_mutex_unlock(&slow_look.lock);
  wait_until(is_finished, evaluation);
  ms_stamp_use_clock(NULL);
}

static void
pause_once(MsEvaluation *evaluation, guint example, guint model, gboolean *paused)
{
  if (!*paused) {
    *paused = TRUE;
    ms_evaluation_pause(evaluation);
  }
}

/* The state of all workers is not known from outside, but that the pass ends is: not while it is
 * paused, if there is anything left that a worker had not begun. */
static void
test_pause(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  guint n_paused = 0;
  gboolean paused = TRUE;

  write_many(fixture);
  evaluation = new_evaluation(fixture);
  g_signal_connect(evaluation, "notify::paused", G_CALLBACK(count_notify), &n_paused);
  ms_evaluation_pause(evaluation); /* nothing runs */
  g_assert_false(ms_evaluation_is_paused(evaluation));
  ms_evaluation_hold(evaluation);
  ms_evaluation_start(evaluation, 0, 0);
  ms_evaluation_pause(evaluation);
  ms_evaluation_release(evaluation);
  g_object_get(evaluation, "paused", &paused, NULL);
  g_assert_true(paused && ms_evaluation_is_paused(evaluation));
  g_assert_true(ms_evaluation_is_running(evaluation));
  for (guint i = 0; i < 1000; i++)
    g_main_context_iteration(NULL, FALSE);
  g_assert_cmpuint(ms_evaluation_get_done(evaluation), ==, 0);
  ms_evaluation_resume(evaluation);
  g_assert_false(ms_evaluation_is_paused(evaluation));
  wait_until(is_finished, evaluation);
  g_assert_cmpuint(n_paused, ==, 2);
  g_assert_cmpuint(fixture->order->len, ==, 2 * N_MANY);
}

/* Held twice, released once: nothing happens. A new start goes on where it was paused. */
static void
test_hold(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  gboolean paused = FALSE;
  Wish wish;

  write_many(fixture);
  evaluation = new_evaluation(fixture);
  ms_evaluation_hold(evaluation);
  ms_evaluation_hold(evaluation);
  ms_evaluation_start(evaluation, 0, 0);
  ms_evaluation_release(evaluation);
  for (guint i = 0; i < 1000; i++)
    g_main_context_iteration(NULL, FALSE);
  g_assert_cmpuint(ms_evaluation_get_done(evaluation), ==, 0);
  g_assert_false(ms_evaluation_is_paused(evaluation));
  g_signal_connect(evaluation, "scored", G_CALLBACK(pause_once), &paused);
  ms_evaluation_release(evaluation);
  wish = (Wish){evaluation, 1};
  wait_until(is_done, &wish);
  g_assert_true(paused);
  ms_evaluation_start(evaluation, 0, 0);
  g_assert_false(ms_evaluation_is_paused(evaluation));
  wait_until(is_finished, evaluation);
  g_assert_cmpuint(fixture->order->len, ==, 2 * N_MANY);
}

static void
test_dispose_while_held(Fixture *fixture, gconstpointer data)
{
  MsEvaluation *evaluation;
  gpointer set;

  write_many(fixture);
  evaluation = new_evaluation(fixture);
  set = ms_evaluation_get_set(evaluation);
  g_object_weak_ref(set, on_set_gone, &set);
  ms_evaluation_hold(evaluation);
  ms_evaluation_start(evaluation, 0, 0);
  g_object_unref(evaluation);
  wait_until(is_gone, &set);
}

/* A clock that goes on by a second with each look. */
static gint64 seconds;

static gint64
look_at_clock(void)
{
  return seconds++ * G_USEC_PER_SEC;
}

static void
note_rate(MsEvaluation *evaluation, GParamSpec *pspec, gboolean *known)
{
  double per_second, seconds_left;

  ms_evaluation_get_rate(evaluation, &per_second, &seconds_left);
  if (!ms_evaluation_is_running(evaluation) || ms_evaluation_get_done(evaluation) == 0)
    return;
  *known = TRUE;
  g_assert_cmpfloat(per_second, >, 0);
  g_assert_cmpfloat(per_second, <=, 2 * N_MANY);
  g_assert_cmpfloat(fabs(seconds_left * per_second - (ms_evaluation_get_total(evaluation) -
                                                      ms_evaluation_get_done(evaluation))),
                    <, 1e-6);
}

static void
test_rate(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  double per_second, seconds_left;
  gboolean known = FALSE;

  write_many(fixture);
  evaluation = new_evaluation(fixture);
  evaluation->clock = look_at_clock;
  g_signal_connect(evaluation, "notify::done", G_CALLBACK(note_rate), &known);
  ms_evaluation_start(evaluation, 0, 0);
  ms_evaluation_get_rate(evaluation, &per_second, &seconds_left);
  g_assert_cmpfloat(per_second, ==, 0);
  g_assert_cmpfloat(seconds_left, <, 0);
  wait_until(is_finished, evaluation);
  g_assert_true(known);
  ms_evaluation_get_rate(evaluation, &per_second, &seconds_left);
  g_assert_cmpfloat(per_second, ==, 0);
}

/* Files that go while the set is being scored are errors; the others are scored. */
static void
test_vanished_files(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;

  write_many(fixture);
  evaluation = new_evaluation(fixture);
  for (guint i = 0; i < N_MANY; i += 2) {
    g_autofree char *name = g_strdup_printf("predictions/first/e%02u.png", i);
    g_autofree char *path = test_path(&fixture->folder, name);

    g_assert_cmpint(g_unlink(path), ==, 0);
  }
  ms_evaluation_start(evaluation, 0, 0);
  wait_until(is_finished, evaluation);
  for (guint i = 0; i < N_MANY; i++) {
    MsScore score = ms_evaluation_get_score(evaluation, i, 0);

    g_assert_cmpint(score.status, ==, i % 2 ? MS_RESULT_OK : MS_RESULT_ERROR);
    g_assert_true(i % 2 || strstr(score.message, ".png"));
    g_assert_cmpint(ms_evaluation_get_score(evaluation, i, 1).status, ==, MS_RESULT_OK);
  }
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
  g_test_add("/background/" name, Fixture, NULL, set_up, function, tear_down)
  ADD("background", test_background);
  ADD("replaced", test_replaced);
  ADD("replaced-while-delivering", test_replaced_while_delivering);
  ADD("cancel", test_cancel);
  ADD("dispose-while-running", test_dispose_while_running);
  ADD("many-at-once", test_many_at_once);
  ADD("delivered-by-parts", test_delivered_by_parts);
  ADD("behind-a-slow-one", test_behind_a_slow_one);
  ADD("pause", test_pause);
  ADD("hold", test_hold);
  ADD("dispose-while-held", test_dispose_while_held);
  ADD("rate", test_rate);
  ADD("vanished-files", test_vanished_files);
  return g_test_run();
}
