/* SPDX-License-Identifier: MIT
 *
 * What a check looks at, and what it says of whole sets: the sample, splits, label sets, copies.
 * Each kind of finding with its healthy twin is in the command's tests.
 */
#include <math.h>

#include "label-set.h"
#include "set/check-clock.h"
#include "set/check-evidence.h"
#include "set/check-sample.h"
#include "support/masks.h"

static MsSet *
open_folder(const TestFolder *folder)
{
  g_autoptr(MsOptions) options = ms_options_new();
  g_autoptr(GError) error = NULL;
  MsSet *set;

  options->set = g_strdup(folder->path);
  options->no_cache = TRUE;
  set = ms_set_open(options, NULL, NULL, NULL, &error);
  g_assert_no_error(error);
  return set;
}

static MsCheck *
run(MsSet *set, guint max_examples)
{
  MsCheckLimits limits = {.max_examples = max_examples, .seconds = 3600, .jobs = 2};
  g_autoptr(GError) error = NULL;
  MsCheck *check = ms_check_run(set, &limits, NULL, NULL, NULL, &error);

  g_assert_no_error(error);
  return check;
}

static const MsCheckFinding *
find(const MsCheck *check, MsCheckKind kind)
{
  for (guint i = 0; i < check->findings->len; i++) {
    const MsCheckFinding *finding = g_ptr_array_index(check->findings, i);

    if (finding->kind == kind)
      return finding;
  }
  return NULL;
}

static void
assert_none(const MsCheck *check)
{
  for (guint i = 0; i < check->findings->len; i++) {
    const MsCheckFinding *finding = g_ptr_array_index(check->findings, i);

    g_error("found %s: %s", finding->title, finding->detail);
  }
}

/* A ragged shape that no other number gives. */
static char *
draw(guint number, gboolean predicted)
{
  GString *art = g_string_new(NULL);

  for (guint y = 0; y < 24; y++) {
    guint start = 2 + (number * 7 + y * y * (1 + number % 5)) % 6;
    guint end = 14 + (number + 3 * y) % 9 + (predicted && y % 3 == 0 ? 1 : 0);

    g_string_append(art, y ? "\n" : "");
    for (guint x = 0; x < 32; x++)
      g_string_append_c(art, y >= 2 + number % 3 && x >= start && x < end ? '#' : '.');
  }
  return g_string_free(art, FALSE);
}

static void
write_one(const TestFolder *folder, const char *role, const char *id, guint number)
{
  g_autofree char *name = g_strdup_printf("%s/%s.png", role, id);
  g_autofree char *art = draw(number, !g_str_equal(role, "actual"));

  test_write_mask(folder, name, art);
}

static void
write_split(const TestFolder *folder, const char *split, guint first, guint n)
{
  for (guint i = first; i < first + n; i++) {
    g_autofree char *id = g_strdup_printf("%s/e%03u", split, i);

    write_one(folder, "actual", id, i);
    write_one(folder, "predictions", id, i);
  }
}

/* A block that lies somewhere else for the next number. */
static void
write_far(const TestFolder *folder, const char *role, const char *id, guint number)
{
  g_autofree char *name = g_strdup_printf("%s/%s.png", role, id);
  g_autoptr(GString) art = g_string_new(NULL);
  guint left = 3 + number * 13 % 20, top = 3 + number * 7 % 11;

  for (guint y = 0; y < 24; y++) {
    g_string_append(art, y ? "\n" : "");
    for (guint x = 0; x < 32; x++)
      g_string_append_c(
          art, x >= left && x < left + 7 + number % 3 && y >= top && y < top + 6 ? '#' : '.');
  }
  test_write_mask(folder, name, art->str);
}

/* --- the sample ----------------------------------------------------------------------------- */

static void
test_sample_is_spread(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = NULL;
  g_autoptr(GArray) sample = NULL, again = NULL;
  guint n_val = 0, n_val_first = 0, n_late = 0;

  write_split(&folder, "train", 0, 120);
  write_split(&folder, "val", 200, 6);
  set = open_folder(&folder);
  sample = ms_check_sample(set, 32);
  again = ms_check_sample(set, 32);
  g_assert_cmpmem(sample->data, sample->len * sizeof(guint), again->data,
                  again->len * sizeof(guint));
  g_assert_cmpuint(sample->len, ==, 32);
  for (guint i = 0; i < sample->len; i++) {
    guint example = g_array_index(sample, guint, i);
    gboolean val = g_str_equal(ms_set_get_split(set, example), "val");

    for (guint j = 0; j < i; j++)
      g_assert_cmpuint(g_array_index(sample, guint, j), !=, example);
    n_val += val;
    n_val_first += val && i < 8;
    n_late += !val && example >= 60;
  }
  g_assert_cmpuint(n_val, ==, 6);
  g_assert_cmpuint(n_val_first, ==, 4);
  g_assert_cmpuint(n_late, ==, 13);
}

/* Of large examples no one is begun that would end long after the time is over. */
static void
test_sample_in_time(void)
{
  g_assert_false(ms_check_time_is_over(0, 100, 100, 3));
  g_assert_false(ms_check_time_is_over(1, 100, 100, 3));
  g_assert_false(ms_check_time_is_over(2, 4, 4, 3));
  g_assert_true(ms_check_time_is_over(2, 6, 6, 3));
  g_assert_false(ms_check_time_is_over(15, 8, 0.5, 3));
  g_assert_true(ms_check_time_is_over(15, 8, 1.5, 3));
  g_assert_false(ms_check_time_is_over(200, 2.9, 0.5, 3));
  g_assert_true(ms_check_time_is_over(200, 3.1, 0.5, 3));
  g_assert_false(ms_check_time_is_over(200, 1e6, 1e5, HUGE_VAL));
}

static void
test_sample_prefers_pairs(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = NULL;
  g_autoptr(GArray) some = NULL, all = NULL;

  for (guint i = 0; i < 20; i++) {
    g_autofree char *id = g_strdup_printf("e%02u", i);

    write_one(&folder, "actual", id, i);
    if (i % 4 == 0)
      write_one(&folder, "predictions", id, i);
  }
  set = open_folder(&folder);
  some = ms_check_sample(set, 5);
  all = ms_check_sample(set, 100);
  for (guint i = 0; i < 5; i++)
    g_assert_cmpuint(g_array_index(some, guint, i) % 4, ==, 0);
  g_assert_cmpuint(all->len, ==, 20);
}

static void
test_healthy(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = NULL;
  g_autoptr(MsCheck) whole = NULL, some = NULL;

  write_split(&folder, "train", 0, 20);
  write_split(&folder, "val", 40, 10);
  set = open_folder(&folder);
  whole = run(set, 0);
  some = run(set, 8);
  assert_none(whole);
  assert_none(some);
  g_assert_cmpstr(whole->sampling, ==, "every example was looked at");
  g_assert_cmpstr(some->sampling, ==, "8 of 30 examples were looked at");
  g_assert_cmpuint(whole->n_pairs, ==, 30);
}

static void
test_cancelled(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new();
  g_autoptr(GError) error = NULL;

  write_split(&folder, "val", 0, 3);
  set = open_folder(&folder);
  g_cancellable_cancel(cancellable);
  g_assert_null(ms_check_run(set, NULL, NULL, NULL, cancellable, &error));
  g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* --- splits --------------------------------------------------------------------------------- */

static void
test_splits_without_masks(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = NULL;
  g_autoptr(MsCheck) check = NULL;

  write_split(&folder, "val", 0, 4);
  for (guint i = 50; i < 54; i++) {
    g_autofree char *trained = g_strdup_printf("train/e%03u", i);
    g_autofree char *secret = g_strdup_printf("test/e%03u", i + 20);

    write_one(&folder, "actual", trained, i);
    write_one(&folder, "predictions", secret, i);
  }
  set = open_folder(&folder);
  check = run(set, 0);
  assert_none(check);
}

static void
test_missing(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = NULL;
  g_autoptr(MsCheck) check = NULL;
  const MsCheckFinding *finding;

  write_split(&folder, "val", 0, 4);
  write_one(&folder, "actual", "val/e900", 9);
  set = open_folder(&folder);
  check = run(set, 1);
  finding = find(check, MS_CHECK_UNPAIRED);
  g_assert_nonnull(finding);
  g_assert_cmpuint(finding->n_examples, ==, 1);
  g_assert_cmpuint(finding->n_looked, ==, 5);
  g_assert_cmpuint(g_array_index(finding->examples, guint, 0), ==, 4);
  g_assert_true(strstr(finding->detail, "e900") != NULL);
}

/* Two empty masks are no leak; a shape in two splits is one, beyond the sample too. */
static void
test_leak(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *shape = draw(7, FALSE);
  g_autoptr(MsSet) set = NULL, leaking = NULL;
  g_autoptr(MsCheck) check = NULL, found = NULL;
  const MsCheckFinding *finding;

  write_split(&folder, "train", 0, 6);
  write_split(&folder, "val", 20, 6);
  test_write_mask(&folder, "actual/train/empty.png", "................\n................");
  test_write_mask(&folder, "actual/val/empty.png", "................\n................");
  test_write_mask(&folder, "predictions/train/empty.png", "................\n................");
  test_write_mask(&folder, "predictions/val/empty.png", "................\n................");
  set = open_folder(&folder);
  check = run(set, 0);
  assert_none(check);
  for (guint i = 0; i < 2; i++) {
    g_autofree char *name = g_strdup_printf("actual/%s/same%u.png", i ? "val" : "train", i);

    test_write_mask(&folder, name, shape);
  }
  leaking = open_folder(&folder);
  found = run(leaking, 1);
  finding = find(found, MS_CHECK_LEAK);
  g_assert_nonnull(finding);
  g_assert_cmpint(finding->sureness, ==, MS_SURENESS_LIKELY);
  g_assert_cmpuint(finding->n_examples, ==, 2);
  g_assert_cmpuint(finding->n_looked, ==, 16);
}

/* What there was no time for is told. */
static void
test_leak_in_no_time(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = NULL;
  g_autoptr(MsCheck) check = NULL;
  const MsCheckLimits limits = {.seconds = 1e-9, .jobs = 1};
  g_autofree char *words = NULL;

  write_split(&folder, "train", 0, 20);
  write_split(&folder, "val", 40, 20);
  set = open_folder(&folder);
  check = ms_check_run(set, &limits, NULL, NULL, NULL, NULL);
  g_assert_cmpuint(check->n_files, ==, 40);
  g_assert_cmpuint(check->n_compared, <, 40);
  words = g_strdup_printf("; %u of 40 files ", check->n_compared);
  g_assert_true(strstr(check->sampling, words) != NULL);
}

/* --- at most so much ------------------------------------------------------------------------- */

static void
spin(gint64 until)
{
  while (g_get_monotonic_time() < until)
    ;
}

/* What is waited at a closed gate is no time that was spent. */
static void
test_clock(void)
{
  g_autoptr(MsGate) gate = ms_gate_new();
  gint64 before = g_get_monotonic_time();
  MsCheckClock clock = ms_check_clock_start(HUGE_VAL, gate), brief;

  for (guint i = 0; i < 2; i++) {
    ms_gate_hold(gate);
    ms_gate_hold(gate);
    spin(g_get_monotonic_time() + 1000);
    ms_gate_release(gate);
    spin(g_get_monotonic_time() + 1000);
    g_assert_cmpint(ms_gate_get_closed_time(gate), >=, 2000 * (i + 1));
    ms_gate_release(gate);
  }
  g_assert_cmpfloat(ms_check_clock_elapsed(&clock), <=,
                    (double)(g_get_monotonic_time() - before - 4000) / G_USEC_PER_SEC);
  g_assert_cmpfloat(ms_check_clock_elapsed(&clock), >=, 0);
  g_assert_false(ms_check_clock_is_over(&clock, 0.5));
  brief = ms_check_clock_start(1e-3, NULL);
  spin(brief.start + 1001);
  g_assert_true(ms_check_clock_is_over(&brief, 1));
}

typedef struct {
  MsGate *gate;
  GThread *opener;
  gint is_open; /* atomic */
} Barrier;

static gpointer
open_gate(gpointer data)
{
  Barrier *barrier = data;

  spin(g_get_monotonic_time() + 20000);
  g_atomic_int_set(&barrier->is_open, TRUE);
  ms_gate_release(barrier->gate);
  return NULL;
}

static void
close_gate(const char *what, guint done, guint total, gpointer user)
{
  Barrier *barrier = user;

  if (barrier->opener) {
    g_assert_true(g_atomic_int_get(&barrier->is_open));
    return;
  }
  ms_gate_hold(barrier->gate);
  barrier->opener = g_thread_new("opener", open_gate, barrier);
}

/* Nobody goes on to another example while the gate is closed. */
static void
test_gate(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = NULL;
  g_autoptr(MsGate) gate = ms_gate_new();
  g_autoptr(MsCheck) check = NULL;
  const MsCheckLimits limits = {.seconds = 3600, .jobs = 1, .gate = gate};
  Barrier barrier = {.gate = gate};

  write_split(&folder, "val", 0, 5);
  set = open_folder(&folder);
  check = ms_check_run(set, &limits, close_gate, &barrier, NULL, NULL);
  g_thread_join(barrier.opener);
  g_assert_cmpuint(check->n_pairs, ==, 5);
}

static void
count_sides(gpointer user, gboolean is_actual, const MsSamples *samples, const GError *reason)
{
  guint *n_sides = user;

  n_sides[is_actual]++;
}

static void
test_actual_alone(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = NULL;
  g_autoptr(MsExample) example = NULL;
  g_auto(MsMasks) masks = {0};
  guint n_sides[2] = {0};
  const MsMasksWatch watch = {.seen = count_sides, .user = n_sides, .without_predicted = TRUE};

  write_split(&folder, "val", 0, 2);
  set = open_folder(&folder);
  example = ms_set_dup_example(set, 1);
  g_assert_true(ms_masks_load_watched(&masks, set, example, 0, &watch, NULL, NULL, NULL));
  g_assert_true(masks.has_actual);
  g_assert_false(masks.has_predicted);
  g_assert_cmpint(masks.actual.raster.width, ==, 32);
  g_assert_cmpuint(n_sides[TRUE], ==, 1);
  g_assert_cmpuint(n_sides[FALSE], ==, 0);
}

#define N_MANY (MS_CHECK_N_CLOSE + 24)

/* Predictions that belong to the next example: as many of them are compared as there are few, and
 * of no more anything is kept. */
static void
test_many_others(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = NULL;
  g_autoptr(MsCheck) check = NULL;
  g_autoptr(MsCheckEvidence) evidence = NULL;
  const MsCheckLimits limits = {.max_examples = G_MAXUINT, .seconds = HUGE_VAL, .jobs = 2};
  const MsCheckFinding *finding;
  guint n_stamps = 0, n_moves = 0, n_others = 0;

  for (guint i = 0; i < N_MANY; i++) {
    g_autofree char *id = g_strdup_printf("e%03u", i);

    write_far(&folder, "actual", id, i);
    write_far(&folder, "predictions", id, i + 1);
  }
  set = open_folder(&folder);
  check = run(set, G_MAXUINT);
  finding = find(check, MS_CHECK_OTHER_EXAMPLE);
  g_assert_nonnull(finding);
  g_assert_cmpstr(finding->title, ==, "Predictions belong to the next example");
  g_assert_cmpuint(finding->n_looked, ==, MS_CHECK_N_CLOSE);
  evidence = ms_check_gather(set, &limits, NULL, NULL, NULL, NULL);
  g_assert_cmpuint(evidence->n_examples, ==, N_MANY);
  for (guint i = 0; i < N_MANY; i++) {
    n_stamps += evidence->examples[i].pairs->stamps != NULL;
    n_moves += evidence->examples[i].pairs->moves != NULL;
    n_others += evidence->examples[i].pairs->others != NULL;
  }
  g_assert_cmpuint(n_stamps, ==, MS_CHECK_N_CLOSE);
  g_assert_cmpuint(n_moves, ==, MS_CHECK_N_CLOSE);
  g_assert_cmpuint(n_others, ==, MS_CHECK_N_CLOSE);
}

/* --- label sets ----------------------------------------------------------------------------- */

/* Forty examples of three labels; predict says what is predicted of example i. */
static MsSet *
open_labels(const TestFolder *folder, const char *(*predict)(guint i), gboolean twice)
{
  static const char *const sets[] = {"sad", "happy;calm", "happy", "calm;sad"};
  g_autoptr(GString) actual = g_string_new("example,labels\n");
  g_autoptr(GString) predicted = g_string_new("example,calm,happy,sad\n");

  for (guint i = 0; i < 40; i++) {
    const char *labels;

    g_string_append_printf(actual, "e%02u,%s\n", i, sets[i % 4]);
    labels = predict ? predict(i) : sets[i / 2 % 4];
    g_string_append_printf(predicted, "e%02u,%d,%d,%d\n", i, strstr(labels, "calm") != NULL,
                           strstr(labels, "happy") != NULL, strstr(labels, "sad") != NULL);
  }
  test_text(folder, "actual.csv", actual->str);
  test_text(folder, "a.csv", predicted->str);
  test_text(folder, "b.csv", predicted->str);
  return label_set_open(folder, twice ? "actual=actual.csv predicted=A=a.csv predicted=B=b.csv"
                                      : "actual=actual.csv predicted=A=a.csv");
}

static const char *
never_sad(guint i)
{
  return i % 3 ? "happy" : "calm;happy";
}

static const char *
nothing(guint i)
{
  return i == 0 ? "happy" : "";
}

static const char *
always_calm(guint i)
{
  return i == 1 ? "sad;happy" : "calm";
}

static void
assert_found(const char *(*predict)(guint i), gboolean twice, MsCheckKind kind, guint n_examples)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = open_labels(&folder, predict, twice);
  g_autoptr(MsCheck) check = run(set, 0);
  const MsCheckFinding *finding = find(check, kind);

  g_assert_nonnull(finding);
  g_assert_cmpuint(check->findings->len, ==, 1);
  g_assert_cmpuint(finding->n_examples, ==, n_examples);
  g_assert_cmpuint(finding->examples->len, ==, n_examples);
  g_assert_cmpstr(check->sampling, ==, "every example was looked at");
}

static void
test_labels(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = open_labels(&folder, NULL, FALSE);
  g_autoptr(MsCheck) check = run(set, 0);

  assert_none(check);
  assert_found(never_sad, FALSE, MS_CHECK_NEVER_PREDICTED, 20);
  assert_found(nothing, FALSE, MS_CHECK_EMPTY_PREDICTED, 39);
  assert_found(always_calm, FALSE, MS_CHECK_SAME_PREDICTION, 39);
  assert_found(NULL, TRUE, MS_CHECK_SAME_MODELS, 40);
}

int
main(int argc, char *argv[])
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/check/sample/spread", test_sample_is_spread);
  g_test_add_func("/check/sample/in-time", test_sample_in_time);
  g_test_add_func("/check/sample/pairs-first", test_sample_prefers_pairs);
  g_test_add_func("/check/healthy", test_healthy);
  g_test_add_func("/check/cancelled", test_cancelled);
  g_test_add_func("/check/splits-without-masks", test_splits_without_masks);
  g_test_add_func("/check/missing", test_missing);
  g_test_add_func("/check/leak", test_leak);
  g_test_add_func("/check/leak/in-no-time", test_leak_in_no_time);
  g_test_add_func("/check/bounds/clock", test_clock);
  g_test_add_func("/check/bounds/gate", test_gate);
  g_test_add_func("/check/bounds/actual-alone", test_actual_alone);
  g_test_add_func("/check/bounds/others", test_many_others);
  g_test_add_func("/check/labels", test_labels);
  return g_test_run();
}
