/* SPDX-License-Identifier: MIT
 *
 * What tests of evaluations share: a folder with masks, an evaluation of it whose signals are
 * noted, and waiting.
 */
#pragma once

#include "set/evaluation.h"
#include "support/masks.h"
#include "support/totals.h"

/* Longest wait for something that another thread does; reaching it fails the test. */
#define PATIENCE (30 * G_TIME_SPAN_SECOND)

enum { N_MANY = 40 };

typedef struct {
  TestFolder folder;
  MsOptions *options;
  GArray *order; /* guint: 1000 * model + example of each "scored" */
  guint n_changed;
  GThread *thread; /* that signals must come on */
} Fixture;

static inline void
set_up(Fixture *fixture, gconstpointer data)
{
  fixture->folder = test_folder_new();
  fixture->options = ms_options_new();
  fixture->options->set = g_strdup(fixture->folder.path);
  fixture->thread = g_thread_self();
  fixture->order = g_array_new(FALSE, FALSE, sizeof(guint));
}

static inline void
tear_down(Fixture *fixture, gconstpointer data)
{
  test_folder_clear(&fixture->folder);
  ms_options_free(fixture->options);
  g_array_unref(fixture->order);
}

static inline void
on_scored(MsEvaluation *evaluation, guint example, guint model, Fixture *fixture)
{
  guint both = model * 1000 + example;

  g_assert_true(g_thread_self() == fixture->thread);
  g_assert_true(ms_evaluation_is_counting(evaluation, model) ||
                ms_evaluation_get_score(evaluation, example, model).status != MS_RESULT_WAITING);
  g_array_append_val(fixture->order, both);
}

static inline void
on_changed(MsEvaluation *evaluation, Fixture *fixture)
{
  fixture->n_changed++;
}

static inline MsEvaluation *
new_evaluation(Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MsSet) set = ms_set_open(fixture->options, NULL, NULL, NULL, &error);
  MsEvaluation *evaluation;

  g_assert_no_error(error);
  evaluation = ms_evaluation_new(set);
  g_signal_connect(evaluation, "scored", G_CALLBACK(on_scored), fixture);
  g_signal_connect(evaluation, "changed", G_CALLBACK(on_changed), fixture);
  return evaluation;
}

/* Two models; masks whose scores all differ. */
static inline void
write_many(Fixture *fixture)
{
  for (int i = 0; i < N_MANY; i++) {
    g_autofree char *actual = g_strdup_printf("actual/e%02d.png", i);
    g_autofree char *first = g_strdup_printf("predictions/first/e%02d.png", i);
    g_autofree char *second = g_strdup_printf("predictions/second/e%02d.png", i);

    test_write_run(&fixture->folder, actual, 16, 8, 0, 60);
    test_write_run(&fixture->folder, first, 16, 8, i, 60);
    test_write_run(&fixture->folder, second, 16, 8, 2 * i, 30);
  }
}

static inline void
run(MsEvaluation *evaluation, guint jobs)
{
  g_autoptr(GError) error = NULL;

  g_assert_true(ms_evaluation_run(evaluation, jobs, NULL, NULL, NULL, &error));
  g_assert_no_error(error);
}

typedef gboolean (*Condition)(gpointer user);

static inline void
wait_until(Condition condition, gpointer user)
{
  gint64 deadline = g_get_monotonic_time() + PATIENCE;

  while (!condition(user)) {
    g_assert_cmpint(g_get_monotonic_time(), <, deadline);
    if (!g_main_context_iteration(NULL, FALSE))
      g_thread_yield();
  }
}

static inline gboolean
is_finished(gpointer evaluation)
{
  return !ms_evaluation_is_running(evaluation);
}

/* Actual is binary, predicted a map with the values 0, 128 and 255. */
static inline void
write_maps(Fixture *fixture)
{
  test_write_mask(&fixture->folder, "actual/a.png", "####....");
  test_write_mask(&fixture->folder, "predictions/a.png", "##+++...");
  test_write_mask(&fixture->folder, "actual/b.png", "####....");
  test_write_mask(&fixture->folder, "predictions/b.png", "####.+..");
}

/* A ramp of all 16-bit values over alternating columns: more cells than are counted at once. At a
 * threshold t, 65,535 (1 - t) values lie above, half of them right. */
static inline void
write_ramps(Fixture *fixture, guint n)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MsSamples) ramp = ms_samples_new(256, 256, MS_COLOR_GREY, 16, "ramp", &error);
  g_autoptr(MsSamples) actual = ms_samples_new(256, 256, MS_COLOR_GREY, 8, "actual", &error);

  g_assert_no_error(error);
  for (guint i = 0; i < 65536; i++) {
    ((guint16 *)(void *)ramp->pixels)[i] = (guint16)i;
    actual->pixels[i] = i % 2 ? 255 : 0;
  }
  for (guint i = 0; i < n; i++) {
    g_autofree char *actual_name = g_strdup_printf("actual/r%u.png", i);
    g_autofree char *ramp_name = g_strdup_printf("predictions/r%u.png", i);
    g_autoptr(GBytes) actual_png = ms_png_encode(actual, 1, NULL, &error);
    g_autoptr(GBytes) ramp_png = ms_png_encode(ramp, 1, NULL, &error);

    g_assert_no_error(error);
    g_free(test_file(&fixture->folder, actual_name, g_bytes_get_data(actual_png, NULL),
                     g_bytes_get_size(actual_png)));
    g_free(test_file(&fixture->folder, ramp_name, g_bytes_get_data(ramp_png, NULL),
                     g_bytes_get_size(ramp_png)));
  }
}

static inline void
count_notify(GObject *object, GParamSpec *pspec, guint *n)
{
  (*n)++;
}

static inline void
assert_same_scores(MsEvaluation *one, MsEvaluation *other)
{
  MsSet *set = ms_evaluation_get_set(one);

  for (guint model = 0; model < ms_set_get_n_models(set); model++) {
    for (guint example = 0; example < ms_set_get_n_examples(set); example++) {
      MsScore a = ms_evaluation_get_score(one, example, model);
      MsScore b = ms_evaluation_get_score(other, example, model);

      g_assert_cmpint(a.status, !=, MS_RESULT_WAITING);
      g_assert_cmpint(a.status, ==, b.status);
      g_assert_cmpstr(a.message, ==, b.message);
      g_assert_cmpfloat(a.iou.value, ==, b.iou.value);
      g_assert_cmpuint(a.wrong, ==, b.wrong);
      g_assert_cmpuint(a.counted, ==, b.counted);
    }
  }
}

static inline gboolean
is_gone(gpointer pointer)
{
  return g_atomic_pointer_get((gpointer *)pointer) == NULL;
}

static inline void
on_set_gone(gpointer user, GObject *gone)
{
  g_atomic_pointer_set((gpointer *)user, NULL);
}
