/* SPDX-License-Identifier: MIT
 *
 * The findings of a set, from masks of a few pixels: the same as those of each pair by itself, for
 * any number of jobs, from pixels or from the store, cancelled at any time and following the rules.
 */
#include "set/diagnoses-private.h"

#include "evaluation-set.h"
#include "set/cache-folder.h"
#include "set/diagnoser-private.h"
#include "set/evaluation-private.h"
#include "set/masks.h"
#include "set/stamp-private.h"
#include "support/random.h"

enum { N_PAIRS = 24 };

/* An hour from now: no file is young, so that findings are kept. */
static gint64
later(void)
{
  return g_get_real_time() * 1000 + G_GINT64_CONSTANT(3600000000000);
}

static void
set_up_stored(Fixture *fixture, gconstpointer data)
{
  set_up(fixture, data);
  ms_stamp_use_clock(later);
}

static void
tear_down_stored(Fixture *fixture, gconstpointer data)
{
  g_autofree char *cache = ms_cache_path(NULL);

  ms_scorer_settle();
  test_remove_recursively(cache);
  tear_down(fixture, data);
}

static char *
random_art(TestRandom *random, int width, int height, const char *letters)
{
  GString *art = g_string_new(NULL);
  char letter = letters[0];

  for (int y = 0; y < height; y++) {
    if (y > 0)
      g_string_append_c(art, '\n');
    for (int x = 0; x < width; x++) {
      if (test_random_below(random, 3) == 0)
        letter = letters[test_random_below(random, (guint)strlen(letters))];
      g_string_append_c(art, letter);
    }
  }
  return g_string_free(art, FALSE);
}

/* In two splits. Letters of the predicted masks: three values make them a probability map. */
static void
write_pairs(Fixture *fixture, const char *actual_letters, const char *predicted_letters)
{
  TestRandom random = {77};

  for (guint i = 0; i < N_PAIRS; i++) {
    const char *split = i % 3 ? "train" : "val";
    g_autofree char *actual = random_art(&random, 16 + (int)i % 5, 12, actual_letters);
    g_autofree char *predicted = random_art(&random, 16 + (int)i % 5, 12, predicted_letters);
    g_autofree char *actual_name = g_strdup_printf("%s/actual/e%02u.png", split, i);
    g_autofree char *predicted_name = g_strdup_printf("%s/predictions/e%02u.png", split, i);

    test_write_mask(&fixture->folder, actual_name, actual);
    test_write_mask(&fixture->folder, predicted_name, i == 4 ? actual : predicted);
  }
}

static MsEvaluation *
open_scored(Fixture *fixture, guint jobs)
{
  MsEvaluation *evaluation;

  fixture->options->jobs = jobs;
  evaluation = new_evaluation(fixture);
  g_assert_cmpuint(ms_set_get_n_examples(ms_evaluation_get_set(evaluation)), ==, N_PAIRS);
  run(evaluation, 2);
  return evaluation;
}

static gboolean
is_found(gpointer diagnoses)
{
  return !ms_diagnoses_is_running(diagnoses);
}

static void
find_all(MsDiagnoses *diagnoses, guint first)
{
  ms_diagnoses_start(diagnoses, 0, first);
  wait_until(is_found, diagnoses);
  g_assert_cmpuint(ms_diagnoses_get_n_waiting(diagnoses, 0), ==, 0);
}

static MsFindings
find_in(const MsRaster *actual, const MsRaster *predicted, const MsRuleset *rules)
{
  const MsKindsSource source = {
      .rules = &rules->rules, .actual = actual, .predicted = predicted, .focus = MS_FOCUS_ALL};
  MsConfusion *confusion = NULL;
  MsDiagnosis diagnosis = {0};
  MsFindings findings;
  MsCounts counts;

  g_assert_cmpint(ms_diagnosis_init(&diagnosis, &source, TRUE, NULL), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_confusion_new(&rules->rules, &confusion), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_confusion_add_rasters(confusion, actual, predicted, NULL, NULL), ==,
                  MS_STATUS_OK);
  counts = ms_confusion_counts(confusion);
  ms_findings_init(&findings, &diagnosis, actual->width, actual->height, &counts,
                   ms_confusion_counted(confusion), ms_confusion_has_tn(confusion));
  g_assert_cmpuint(ms_findings_wrong(&findings), ==, ms_confusion_wrong(confusion));
  ms_confusion_free(confusion);
  ms_diagnosis_clear(&diagnosis);
  return findings;
}

/* Of one pair, read and diagnosed here. */
static MsFindings
find_directly(MsEvaluation *evaluation, guint index)
{
  MsSet *set = ms_evaluation_get_set(evaluation);
  MsRuleset *rules = ms_evaluation_get_rules(evaluation, 0);
  g_autoptr(MsExample) example = ms_set_dup_example(set, index);
  g_auto(MsMasks) masks = {0};

  g_assert_true(ms_masks_load(&masks, set, example, 0, NULL, NULL, NULL));
  return find_in(&masks.actual.raster, &masks.predicted.raster, rules);
}

static void
assert_same(const MsFindings *a, const MsFindings *b)
{
  g_autoptr(MsPacked) one = ms_findings_pack(a);
  g_autoptr(MsPacked) other = ms_findings_pack(b);
  gsize size, other_size;
  gconstpointer bytes = ms_packed_bytes(one, &size);
  gconstpointer other_bytes = ms_packed_bytes(other, &other_size);

  g_assert_cmpmem(bytes, size, other_bytes, other_size);
}

/* --- findings and sums ------------------------------------------------------------------------ */

typedef struct {
  guint n;
  guint n_exact;
  double iou;
  MsCounts pooled;
  MsAnatomy anatomy;
  MsMend forgiven;
  gboolean has_tn;
} Sums;

static Sums
sum_directly(MsEvaluation *evaluation, const char *split, guint k)
{
  MsSet *set = ms_evaluation_get_set(evaluation);
  Sums sums = {0};
  guint n;
  const guint *examples = ms_set_get_split_examples(set, split, &n);

  for (guint i = 0; i < n; i++) {
    MsFindings findings = find_directly(evaluation, examples[i]);

    sums.n++;
    sums.n_exact += ms_findings_is_exact_at(&findings, k);
    sums.iou += ms_findings_iou_at(&findings, k, MS_EMPTY_ONE).value;
    sums.has_tn = findings.has_tn;
    ms_counts_add(&sums.pooled, &findings.counts);
    ms_mend_add(&sums.forgiven, &findings.reach.within[k]);
    for (guint e = 0; e < MS_N_ERRORS; e++)
      ms_mend_add(&sums.anatomy.errors[e], &findings.anatomy.errors[e]);
  }
  return sums;
}

static void
assert_sums(MsDiagnoses *diagnoses, const char *split, guint k)
{
  Sums expected = sum_directly(ms_diagnoses_get_evaluation(diagnoses), split, k);
  MsCounts counts = ms_mend_apply(&expected.pooled, &expected.forgiven, expected.has_tn);
  MsPooledCounts pooled;
  MsTolerantScores scores;
  MsAnatomy anatomy;
  guint n;

  g_assert_true(ms_diagnoses_get_anatomy(diagnoses, 0, split, &anatomy, &pooled, &n));
  g_assert_cmpuint(n, ==, expected.n);
  g_assert_cmpmem(&anatomy, sizeof anatomy, &expected.anatomy, sizeof anatomy);
  g_assert_cmpmem(&pooled.counts, sizeof pooled.counts, &expected.pooled, sizeof expected.pooled);
  g_assert_true(ms_diagnoses_get_scores(diagnoses, 0, split, k, &scores, &n));
  g_assert_cmpuint(n, ==, expected.n);
  g_assert_cmpfloat_with_epsilon(scores.iou_mean.value, expected.iou / expected.n, 1e-10);
  g_assert_cmpfloat(scores.iou_pooled.value, ==, ms_score_iou(&counts, MS_EMPTY_ONE).value);
  g_assert_cmpfloat(scores.exact_ratio.value, ==, (double)expected.n_exact / expected.n);
}

static void
assert_all_direct(MsDiagnoses *diagnoses)
{
  MsEvaluation *evaluation = ms_diagnoses_get_evaluation(diagnoses);
  g_autoptr(MsFindingsTable) table = ms_diagnoses_snapshot(diagnoses, 0);
  MsAnatomy anatomy;

  for (guint i = 0; i < N_PAIRS; i++) {
    MsFindings expected = find_directly(evaluation, i), found;
    const MsFoundRecord *record = ms_diagnoses_get_record(diagnoses, i, 0);

    if (ms_findings_table_read(table, i, &found))
      assert_same(&expected, &found);
    else
      g_assert_cmpuint(ms_findings_wrong(&expected), ==, 0);
    g_assert_cmpint(record->status, ==, MS_FOUND_OK);
    g_assert_cmpuint(ms_found_record_wrong(record), ==, ms_findings_wrong(&expected));
    g_assert_cmpuint(record->largest, ==, expected.n_listed ? expected.regions[0].mend.pixels : 0);
  }
  for (guint k = 0; k <= MS_REACH_MAX; k++) {
    assert_sums(diagnoses, NULL, k);
    assert_sums(diagnoses, "train", k);
    assert_sums(diagnoses, "val", k);
  }
  g_assert_false(ms_diagnoses_get_anatomy(diagnoses, 0, "other", &anatomy, NULL, NULL));
}

static void
test_binary(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsDiagnoses) diagnoses = NULL;

  write_pairs(fixture, "..#", "..#");
  evaluation = open_scored(fixture, 0);
  diagnoses = ms_diagnoses_new(evaluation);
  g_assert_true(ms_diagnoses_is_cheap(diagnoses));
  g_assert_cmpuint(ms_diagnoses_get_n_waiting(diagnoses, 0), ==, N_PAIRS);
  find_all(diagnoses, 7);
  g_assert_cmpuint(ms_diagnoses_get_done(diagnoses), ==, N_PAIRS);
  g_assert_cmpuint(ms_diagnoses_get_total(diagnoses), ==, N_PAIRS);
  assert_all_direct(diagnoses);
}

static void
test_classes(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsDiagnoses) diagnoses = NULL;

  write_pairs(fixture, "..1234", "..1235");
  evaluation = open_scored(fixture, 0);
  diagnoses = ms_diagnoses_new(evaluation);
  find_all(diagnoses, 0);
  assert_all_direct(diagnoses);
}

static void
test_jobs(Fixture *fixture, gconstpointer data)
{
  MsTolerantScores scores[2];
  MsAnatomy anatomies[2];

  write_pairs(fixture, "..1234", "..1235");
  fixture->options->no_cache = TRUE;
  for (guint i = 0; i < 2; i++) {
    g_autoptr(MsEvaluation) evaluation = open_scored(fixture, i == 0 ? 1 : 4);
    g_autoptr(MsDiagnoses) diagnoses = ms_diagnoses_new(evaluation);

    find_all(diagnoses, i * 5);
    g_assert_true(ms_diagnoses_get_anatomy(diagnoses, 0, NULL, &anatomies[i], NULL, NULL));
    g_assert_true(ms_diagnoses_get_scores(diagnoses, 0, NULL, 2, &scores[i], NULL));
  }
  g_assert_cmpmem(&anatomies[0], sizeof anatomies[0], &anatomies[1], sizeof anatomies[1]);
  g_assert_cmpfloat(scores[0].iou_mean.value, ==, scores[1].iou_mean.value);
  g_assert_cmpfloat(scores[0].iou_pooled.value, ==, scores[1].iou_pooled.value);
}

/* --- the store -------------------------------------------------------------------------------- */

static MsDiagnoser *
look_at_all(Fixture *fixture, double threshold)
{
  g_autoptr(MsEvaluation) evaluation = open_scored(fixture, 0);
  g_autoptr(MsDiagnoser) diagnoser = NULL;

  ms_evaluation_set_threshold(evaluation, 0, threshold);
  diagnoser = ms_diagnoser_new(ms_evaluation_get_set(evaluation), 0,
                               ms_evaluation_get_rules(evaluation, 0), evaluation->scorer);
  for (guint i = 0; i < N_PAIRS; i++) {
    MsFoundItem item;

    g_assert_true(ms_diagnoser_look(diagnoser, i, NULL, NULL, &item));
    g_assert_true(!item.is_repeat && item.record.status == MS_FOUND_OK && item.place != 0);
    g_assert_true(ms_diagnoser_look(diagnoser, i, NULL, NULL, &item));
    g_assert_true(item.is_repeat);
  }
  ms_scorer_flush(evaluation->scorer);
  return g_steal_pointer(&diagnoser);
}

static void
assert_sources(Fixture *fixture, double threshold, guint n_stored)
{
  g_autoptr(MsDiagnoser) diagnoser = look_at_all(fixture, threshold);
  guint64 stored, read;

  ms_diagnoser_get_sources(diagnoser, &stored, &read);
  g_assert_cmpuint(stored, ==, n_stored);
  g_assert_cmpuint(read, ==, N_PAIRS - n_stored);
}

/* Findings of other rules are others. */
static void
test_store(Fixture *fixture, gconstpointer data)
{
  write_pairs(fixture, "..#", "..+#");
  assert_sources(fixture, 0.5, 0);
  assert_sources(fixture, 0.5, N_PAIRS);
  assert_sources(fixture, 0.25, 0);
  assert_sources(fixture, 0.5, N_PAIRS);
}

static void
test_store_changed(Fixture *fixture, gconstpointer data)
{
  write_pairs(fixture, "..#", "..+#");
  assert_sources(fixture, 0.5, 0);
  test_write_mask(&fixture->folder, "train/predictions/e01.png",
                  "................#\n................+");
  test_write_mask(&fixture->folder, "train/actual/e01.png", "................#\n................#");
  assert_sources(fixture, 0.5, N_PAIRS - 1);
  fixture->options->no_cache = TRUE;
  assert_sources(fixture, 0.5, 0);
}

/* What comes from the store is what came from the pixels. */
static void
test_stored_again(Fixture *fixture, gconstpointer data)
{
  write_pairs(fixture, "..1234", "..1235");
  for (guint i = 0; i < 2; i++) {
    g_autoptr(MsEvaluation) evaluation = open_scored(fixture, 0);
    g_autoptr(MsDiagnoses) diagnoses = ms_diagnoses_new(evaluation);

    find_all(diagnoses, 0);
    assert_all_direct(diagnoses);
    ms_scorer_flush(evaluation->scorer);
  }
}

/* --- rules, cancelling, holding --------------------------------------------------------------- */

static void
count_changed(MsDiagnoses *diagnoses, guint model, guint *n)
{
  g_assert_cmpuint(model, ==, 0);
  (*n)++;
}

static void
test_rules(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsDiagnoses) diagnoses = NULL;
  guint n_changed = 0;

  write_pairs(fixture, "..#", "..+#");
  evaluation = open_scored(fixture, 0);
  diagnoses = ms_diagnoses_new(evaluation);
  find_all(diagnoses, 0);
  g_signal_connect(diagnoses, "changed", G_CALLBACK(count_changed), &n_changed);
  ms_evaluation_set_threshold(evaluation, 0, 0.75);
  g_assert_cmpuint(n_changed, ==, 1);
  g_assert_cmpuint(ms_diagnoses_get_n_waiting(diagnoses, 0), ==, N_PAIRS);
  g_assert_false(ms_diagnoses_is_running(diagnoses)); /* nobody asked */
  find_all(diagnoses, 0);
  assert_all_direct(diagnoses);
}

/* One that was asked for goes on under the rules that are in force then. */
static void
test_rules_change_meanwhile(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsDiagnoses) diagnoses = NULL;

  write_pairs(fixture, "..#", "..+#");
  evaluation = open_scored(fixture, 0);
  diagnoses = ms_diagnoses_new(evaluation);
  ms_diagnoses_start(diagnoses, 0, 0);
  ms_evaluation_set_threshold(evaluation, 0, 0.75);
  g_assert_true(ms_diagnoses_is_running(diagnoses));
  wait_until(is_found, diagnoses);
  g_assert_cmpuint(ms_diagnoses_get_n_waiting(diagnoses, 0), ==, 0);
  assert_all_direct(diagnoses);
}

static gboolean
has_some(gpointer diagnoses)
{
  return ms_diagnoses_get_n_waiting(diagnoses, 0) < N_PAIRS;
}

static void
test_cancel(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsDiagnoses) diagnoses = NULL;

  write_pairs(fixture, "..#", "..#");
  evaluation = open_scored(fixture, 1);
  diagnoses = ms_diagnoses_new(evaluation);
  for (guint i = 0; i < 8; i++) {
    ms_diagnoses_start(diagnoses, 0, i * 3);
    ms_diagnoses_cancel(diagnoses);
    g_assert_false(ms_diagnoses_is_running(diagnoses));
  }
  ms_diagnoses_start(diagnoses, 0, 3);
  wait_until(has_some, diagnoses);
  ms_diagnoses_cancel(diagnoses);
  find_all(diagnoses, 0);
  assert_all_direct(diagnoses);
}

static void
test_gone_meanwhile(Fixture *fixture, gconstpointer data)
{
  write_pairs(fixture, "..#", "..#");
  for (guint i = 0; i < 8; i++) {
    g_autoptr(MsEvaluation) evaluation = open_scored(fixture, 2);
    g_autoptr(MsDiagnoses) diagnoses = ms_diagnoses_new(evaluation);

    ms_diagnoses_start(diagnoses, 0, 0);
    ms_diagnoses_get_walk(diagnoses, 0);
    for (guint k = 0; k < i; k++)
      g_main_context_iteration(NULL, FALSE);
  }
}

/* Nothing is found while somebody looks at something, or the pass rests. */
static void
test_held(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsDiagnoses) diagnoses = NULL;

  write_pairs(fixture, "..#", "..#");
  evaluation = open_scored(fixture, 1);
  diagnoses = ms_diagnoses_new(evaluation);
  ms_evaluation_hold(evaluation);
  ms_diagnoses_start(diagnoses, 0, 0);
  ms_diagnoses_pause(diagnoses);
  g_assert_true(ms_diagnoses_is_paused(diagnoses));
  g_assert_false(ms_evaluation_is_paused(evaluation));
  ms_evaluation_release(evaluation);
  g_assert_false(ms_gate_is_open(evaluation->side_gate));
  ms_diagnoses_resume(diagnoses);
  g_assert_true(ms_gate_is_open(evaluation->side_gate));
  wait_until(is_found, diagnoses);
  assert_all_direct(diagnoses);
}

static void
pause_at_end(MsDiagnoses *diagnoses)
{
  if (ms_diagnoses_get_done(diagnoses) == ms_diagnoses_get_total(diagnoses))
    ms_diagnoses_pause(diagnoses);
}

/* Examples that were past the gate end a pass; the next one does not rest. */
static void
test_paused_at_end(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsDiagnoses) diagnoses = NULL;

  write_pairs(fixture, "..#", "..#");
  evaluation = open_scored(fixture, 1);
  diagnoses = ms_diagnoses_new(evaluation);
  g_signal_connect(diagnoses, "notify::done", G_CALLBACK(pause_at_end), NULL);
  find_all(diagnoses, 0);
  g_assert_false(ms_diagnoses_is_paused(diagnoses));
}

/* Of an exact match the score says everything. */
static void
test_exact(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsDiagnoses) diagnoses = NULL;
  guint64 stored, read;

  fixture->options->no_cache = TRUE;
  write_pairs(fixture, "..#", "..#");
  evaluation = open_scored(fixture, 1);
  diagnoses = ms_diagnoses_new(evaluation);
  find_all(diagnoses, 0);
  ms_diagnoser_get_sources(ms_diagnoses_get_model_of(diagnoses, 0)->diagnoser, &stored, &read);
  g_assert_cmpuint(read, ==, N_PAIRS - 1);
  assert_all_direct(diagnoses);
}

/* --- one made elsewhere, and the walk --------------------------------------------------------- */

static void
put_one(MsDiagnoses *diagnoses, guint index, const MsRuleset *rules)
{
  MsEvaluation *evaluation = ms_diagnoses_get_evaluation(diagnoses);
  MsSet *set = ms_evaluation_get_set(evaluation);
  g_autoptr(MsFrame) frame = ms_frame_load(set, index, 0, NULL, NULL);
  MsFindings findings = find_in(&frame->actual, &frame->predicted, rules);

  ms_diagnoses_put(diagnoses, index, 0, rules, frame->result, &findings);
}

static void
test_put(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsDiagnoses) diagnoses = NULL;
  g_autoptr(MsRuleset) past = NULL;
  guint n_changed = 0;

  write_pairs(fixture, "..#", "..+#");
  evaluation = open_scored(fixture, 0);
  diagnoses = ms_diagnoses_new(evaluation);
  g_signal_connect(diagnoses, "changed", G_CALLBACK(count_changed), &n_changed);
  put_one(diagnoses, 3, ms_evaluation_get_rules(evaluation, 0));
  put_one(diagnoses, 3, ms_evaluation_get_rules(evaluation, 0));
  g_assert_cmpuint(n_changed, ==, 1);
  g_assert_cmpuint(ms_diagnoses_get_n_waiting(diagnoses, 0), ==, N_PAIRS - 1);
  past = ms_ruleset_with_threshold(ms_evaluation_get_rules(evaluation, 0), 0.9);
  put_one(diagnoses, 5, past);
  g_assert_cmpuint(ms_diagnoses_get_n_waiting(diagnoses, 0), ==, N_PAIRS - 1);
  find_all(diagnoses, 0);
  assert_all_direct(diagnoses);
}

/* Files that changed since they were scored: what is kept is all of the masks that were looked at.
 */
static void
test_put_changed(Fixture *fixture, gconstpointer data)
{
  const char *art = "................#\n................#";
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsDiagnoses) diagnoses = NULL;
  g_autoptr(MsFindingsTable) table = NULL;
  MsTolerantScores scores;
  MsFindings findings;

  write_pairs(fixture, "..#", "..#");
  evaluation = open_scored(fixture, 0);
  diagnoses = ms_diagnoses_new(evaluation);
  test_write_mask(&fixture->folder, "train/actual/e01.png", art);
  test_write_mask(&fixture->folder, "train/predictions/e01.png", art);
  put_one(diagnoses, ms_set_find_example(ms_evaluation_get_set(evaluation), "train/e01"),
          ms_evaluation_get_rules(evaluation, 0));
  table = ms_diagnoses_snapshot(diagnoses, 0);
  g_assert_true(ms_findings_table_read(
      table, ms_set_find_example(ms_evaluation_get_set(evaluation), "train/e01"), &findings));
  g_assert_cmpuint(findings.counts.tp, ==, 2);
  g_assert_cmpuint(findings.counts.tn, ==, 32);
  g_assert_cmpuint(findings.counts.fp + findings.counts.fn, ==, 0);
  g_assert_true(ms_diagnoses_get_scores(diagnoses, 0, NULL, 0, &scores, NULL));
  g_assert_cmpfloat(scores.iou_pooled.value, ==, 1);
}

typedef struct {
  MsDiagnoses *diagnoses;
  guint n_examples;
} Walked;

static gboolean
has_walk(gpointer user)
{
  const Walked *walked = user;
  const MsWalk *walk = ms_diagnoses_get_walk(walked->diagnoses, 0);

  return walk && walk->n_examples == walked->n_examples;
}

/* It follows what comes in, and begins anew with other rules. */
static void
test_walk(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsDiagnoses) diagnoses = NULL;
  const MsWalk *walk;
  guint n_steps = 0;

  write_pairs(fixture, "..#", "..+#");
  evaluation = open_scored(fixture, 0);
  diagnoses = ms_diagnoses_new(evaluation);
  g_assert_null(ms_diagnoses_get_walk(diagnoses, 0));
  wait_until(has_walk, &(Walked){diagnoses, 0});
  find_all(diagnoses, 0);
  wait_until(has_walk, &(Walked){diagnoses, N_PAIRS});
  walk = ms_diagnoses_get_walk(diagnoses, 0);
  for (guint i = 0; i < N_PAIRS; i++)
    n_steps += MIN(ms_diagnoses_get_record(diagnoses, i, 0)->n_regions, MS_FINDINGS_REGIONS);
  g_assert_cmpuint(walk->n_steps, ==, n_steps);
  for (guint i = 1; i < walk->n_steps; i++)
    g_assert_cmpuint(walk->steps[i - 1].pixels, >=, walk->steps[i].pixels);
  ms_evaluation_set_threshold(evaluation, 0, 0.75);
  wait_until(has_walk, &(Walked){diagnoses, 0});
}

static void
test_label_sets(Fixture *fixture, gconstpointer data)
{
  const char *text = "example,actual,predicted\na,x;y,x\nb,y,y\n";
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsDiagnoses) diagnoses = NULL;

  g_free(fixture->options->set);
  fixture->options->set = test_file(&fixture->folder, "labels.csv", text, strlen(text));
  evaluation = new_evaluation(fixture);
  diagnoses = ms_diagnoses_new(evaluation);
  g_assert_false(ms_diagnoses_is_cheap(diagnoses));
  ms_diagnoses_start(diagnoses, 0, 0);
  g_assert_false(ms_diagnoses_is_running(diagnoses));
  g_assert_cmpuint(ms_diagnoses_get_n_waiting(diagnoses, 0), ==, 0);
}

/* What cannot be compared waits no more, and counts nowhere. */
static void
test_problems(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsDiagnoses) diagnoses = NULL;
  MsAnatomy anatomy;
  guint n;

  write_pairs(fixture, "..#", "..#");
  test_write_mask(&fixture->folder, "train/actual/e01.png", "...#");
  g_free(test_file(&fixture->folder, "train/predictions/e02.png", "no mask", 7));
  test_write_mask(&fixture->folder, "train/predictions/e00x.png", "...#");
  fixture->options->jobs = 2;
  evaluation = new_evaluation(fixture);
  run(evaluation, 2);
  diagnoses = ms_diagnoses_new(evaluation);
  find_all(diagnoses, 0);
  g_assert_true(ms_diagnoses_get_anatomy(diagnoses, 0, NULL, &anatomy, NULL, &n));
  g_assert_cmpuint(n, ==, N_PAIRS - 2);
}

static void
add(const char *path, void (*test)(Fixture *fixture, gconstpointer data))
{
  g_test_add(path, Fixture, NULL, set_up_stored, test, tear_down_stored);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  add("/diagnoses/binary", test_binary);
  add("/diagnoses/classes", test_classes);
  add("/diagnoses/jobs", test_jobs);
  add("/diagnoses/store", test_store);
  add("/diagnoses/store-changed", test_store_changed);
  add("/diagnoses/stored-again", test_stored_again);
  add("/diagnoses/rules", test_rules);
  add("/diagnoses/rules-change-meanwhile", test_rules_change_meanwhile);
  add("/diagnoses/cancel", test_cancel);
  add("/diagnoses/gone-meanwhile", test_gone_meanwhile);
  add("/diagnoses/held", test_held);
  add("/diagnoses/paused-at-end", test_paused_at_end);
  add("/diagnoses/exact", test_exact);
  add("/diagnoses/put", test_put);
  add("/diagnoses/put-changed", test_put_changed);
  add("/diagnoses/walk", test_walk);
  add("/diagnoses/label-sets", test_label_sets);
  add("/diagnoses/problems", test_problems);
  return g_test_run();
}
