/* SPDX-License-Identifier: MIT
 *
 * Files that change under an evaluation: what is scored again is, with every sum, what an
 * evaluation that never saw the old files has; a half-written file is waited for; and another
 * evaluation takes results over without reading.
 */
#include "evaluation-set.h"
#include "set/diagnoses.h"
#include "set/evaluation-private.h"

static gboolean
is_settled(gpointer evaluation)
{
  return ms_evaluation_is_settled(evaluation);
}

static void
note_rescored(MsEvaluation *evaluation, guint example, guint model, const MsScore *before,
              GArray *noted)
{
  g_array_append_val(noted, before->iou.value);
}

static void
score_all(MsEvaluation *evaluation)
{
  ms_evaluation_start(evaluation, 0, 0);
  wait_until(is_finished, evaluation);
}

static void
assert_same_live_values(MsEvaluation *one, MsEvaluation *other, double threshold)
{
  for (guint metric = 0; metric < MS_N_SET_METRICS; metric++) {
    MsValue a = {0}, b = {0};
    gboolean has_a = ms_evaluation_get_live_value(one, 0, NULL, metric, threshold, &a);
    gboolean has_b = ms_evaluation_get_live_value(other, 0, NULL, metric, threshold, &b);

    g_assert_true(has_a == has_b);
    g_assert_true(a.defined == b.defined);
    g_assert_cmpfloat_with_epsilon(a.value, b.value, 1e-9);
  }
}

static void
test_masks(Fixture *fixture, gconstpointer data)
{
  g_autoptr(GArray) before = g_array_new(FALSE, FALSE, sizeof(double));
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsEvaluation) fresh = NULL;
  double iou;

  write_many(fixture);
  evaluation = new_evaluation(fixture);
  g_signal_connect(evaluation, "rescored", G_CALLBACK(note_rescored), before);
  score_all(evaluation);
  iou = ms_evaluation_get_score(evaluation, 7, 0).iou.value;
  test_write_run(&fixture->folder, "predictions/first/e07.png", 16, 8, 0, 60);
  ms_evaluation_rescore(evaluation, 7, 0);
  ms_evaluation_rescore(evaluation, 8, 0); /* which is as it was */
  wait_until(is_settled, evaluation);
  g_assert_cmpuint(before->len, ==, 1);
  g_assert_cmpfloat(g_array_index(before, double, 0), ==, iou);
  g_assert_true(ms_evaluation_get_score(evaluation, 7, 0).exact);
  fresh = new_evaluation(fixture);
  score_all(fresh);
  assert_same_scores(evaluation, fresh);
  assert_same_live_values(evaluation, fresh, 0);
}

static void
test_maps(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsEvaluation) fresh = NULL;

  write_maps(fixture);
  evaluation = new_evaluation(fixture);
  score_all(evaluation);
  test_write_mask(&fixture->folder, "predictions/b.png", "#++++..#");
  ms_evaluation_rescore(evaluation, 1, 0);
  wait_until(is_settled, evaluation);
  fresh = new_evaluation(fixture);
  score_all(fresh);
  assert_same_scores(evaluation, fresh);
  assert_same_live_values(evaluation, fresh, ms_evaluation_get_rules(fresh, 0)->threshold);
  assert_same_live_values(evaluation, fresh, 200 / 255.0);
  assert_same_live_values(evaluation, fresh, 0.1);
}

/* Of the classes that it alone had nothing is left. */
static void
test_classes(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsEvaluation) fresh = NULL;

  test_write_class_set(&fixture->folder);
  evaluation = new_evaluation(fixture);
  score_all(evaluation);
  test_write_mask(&fixture->folder, "actual/one.png", "0022\n0022");
  test_write_mask(&fixture->folder, "predictions/one.png", "0022\n0020");
  ms_evaluation_rescore(evaluation, 0, 0);
  wait_until(is_settled, evaluation);
  fresh = new_evaluation(fixture);
  score_all(fresh);
  assert_same_scores(evaluation, fresh);
  assert_same_live_values(evaluation, fresh, 0);
}

static void
test_half_written(Fixture *fixture, gconstpointer data)
{
  g_autoptr(GBytes) whole = test_mask_png("##..\n##..");
  gsize size;
  const char *bytes = g_bytes_get_data(whole, &size);
  g_autoptr(MsEvaluation) evaluation = NULL;

  test_write_class_set(&fixture->folder);
  g_free(test_file(&fixture->folder, "actual/three.png", bytes, size));
  g_free(test_file(&fixture->folder, "predictions/three.png", bytes, size / 2));
  fixture->options->classes = g_strdup("voc");
  evaluation = new_evaluation(fixture);
  score_all(evaluation);
  g_assert_cmpint(ms_evaluation_get_score(evaluation, 1, 0).status, ==, MS_RESULT_WAITING);
  g_free(test_file(&fixture->folder, "predictions/three.png", bytes, size));
  wait_until(is_settled, evaluation);
  g_assert_cmpint(ms_evaluation_get_score(evaluation, 1, 0).status, !=, MS_RESULT_WAITING);
}

static void
test_adopted(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsEvaluation) next = NULL;
  g_autoptr(MsResults) first = NULL;
  g_autoptr(MsResults) second = NULL;
  guint64 n_stored, n_read;

  fixture->options->no_cache = TRUE;
  write_many(fixture);
  evaluation = new_evaluation(fixture);
  score_all(evaluation);
  test_write_run(&fixture->folder, "predictions/first/e07.png", 16, 8, 0, 60);
  test_write_run(&fixture->folder, "actual/e00a.png", 16, 8, 0, 60);
  first = ms_evaluation_snapshot(evaluation, 0);
  second = ms_evaluation_snapshot(evaluation, 1);
  next = new_evaluation(fixture);
  g_assert_true(ms_evaluation_adopt(next, ms_evaluation_get_set(evaluation),
                                    (MsResults *const[]){first, second}, NULL));
  g_assert_cmpint(ms_evaluation_get_score(next, 0, 0).status, ==, MS_RESULT_OK);
  g_assert_cmpint(ms_evaluation_get_score(next, 1, 0).status, ==, MS_RESULT_WAITING); /* new */
  g_assert_cmpint(ms_evaluation_get_score(next, 8, 0).status, ==, MS_RESULT_WAITING); /* e07 */
  g_assert_cmpint(ms_evaluation_get_score(next, 8, 1).status, ==, MS_RESULT_OK);
  score_all(next);
  ms_scorer_get_sources(next->scorer, &n_stored, &n_read);
  g_assert_cmpuint(n_read, ==, 1);
  g_assert_true(ms_evaluation_get_score(next, 8, 0).exact);
}

static gboolean
is_found(gpointer diagnoses)
{
  return ms_diagnoses_get_n_waiting(diagnoses, 0) == 0;
}

static void
test_findings(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsDiagnoses) diagnoses = NULL;
  MsAnatomy before = {0}, after = {0};
  MsPooledCounts pooled;
  guint n;

  write_many(fixture);
  evaluation = new_evaluation(fixture);
  diagnoses = ms_diagnoses_new(evaluation);
  score_all(evaluation);
  ms_diagnoses_start(diagnoses, 0, 0);
  wait_until(is_found, diagnoses);
  ms_diagnoses_get_anatomy(diagnoses, 0, NULL, &before, &pooled, &n);
  for (guint i = 0; i < 3; i++) { /* the first is exact */
    MsScore score = ms_evaluation_get_score(evaluation, i, 0);

    ms_diagnoses_forget(diagnoses, i, 0, &score);
  }
  g_assert_cmpuint(ms_diagnoses_get_n_waiting(diagnoses, 0), ==, 3);
  ms_diagnoses_get_anatomy(diagnoses, 0, NULL, &after, &pooled, &n);
  g_assert_cmpuint(n, ==, N_MANY - 3);
  ms_diagnoses_start(diagnoses, 0, 0);
  wait_until(is_found, diagnoses);
  ms_diagnoses_get_anatomy(diagnoses, 0, NULL, &after, &pooled, &n);
  g_assert_cmpuint(n, ==, N_MANY);
  g_assert_cmpmem(&before, sizeof before, &after, sizeof after);
}

#define ADD(name, function)                                                                        \
  g_test_add("/set/again/" name, Fixture, NULL, set_up, function, tear_down)

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  ADD("masks", test_masks);
  ADD("maps", test_maps);
  ADD("classes", test_classes);
  ADD("half-written", test_half_written);
  ADD("adopted", test_adopted);
  ADD("findings", test_findings);
  return g_test_run();
}
