/* SPDX-License-Identifier: MIT
 *
 * A curve has the steps that the sums of its comparison have (set/live-sums.h); a step is a
 * threshold of step / (n_steps - 1). Examples that are counted here are shared out among threads in
 * stretches, each with sums of its own, which are whole numbers, so that threads do not show.
 */
#include "set/curves.h"

#include <math.h>

#include "io/error.h"
#include "set/evaluation-private.h"
#include "set/packed-private.h"
#include "set/spread.h"

/* Examples between two looks at the cancellable. */
#define EXAMPLES_A_LOOK 64

/* Fewer examples are counted in less time than threads take to start. */
#define MIN_EXAMPLES_A_THREAD 500

/* A millisecond's work at most. */
#define FEW_CELLS 20000
#define FEW_STEPS 4001

struct _MsCurve {
  gatomicrefcount ref_count;
  MsThresholdCurve steps;
};

struct _MsCurveJob {
  MsSet *set;
  guint model;
  MsRuleset *rules;
  gint64 class_id;
  guint n_steps;

  /* One example */
  guint example;
  MsResult *result; /* NULL: of a set */

  /* A set */
  char *split;
  MsCounter *counter; /* whose live sums it is made of; NULL: of the results */
  MsResults *results;
  guint n_threads;
};

/* --- jobs ------------------------------------------------------------------------------------- */

/* NULL: no threshold decides. */
static MsCurveJob *
job_new(MsSet *set, guint model, MsRuleset *rules, gint64 class_id)
{
  guint n_steps = ms_live_sums_n_steps(rules);
  MsCurveJob *job;

  if (n_steps == 0)
    return NULL;
  job = g_new0(MsCurveJob, 1);
  job->set = g_object_ref(set);
  job->model = model;
  job->rules = ms_ruleset_ref(rules);
  job->n_steps = n_steps;
  job->class_id =
      ms_comparison_has_classes(rules->rules.comparison) ? class_id : MS_CURVE_ALL_CLASSES;
  return job;
}

MsCurveJob *
ms_curve_prepare_example(MsSet *set, guint example, guint model, MsResult *result, MsRuleset *rules,
                         gint64 class_id)
{
  MsCurveJob *job = result->status == MS_RESULT_OK ? job_new(set, model, rules, class_id) : NULL;

  if (!job)
    return NULL;
  job->example = example;
  job->result = ms_result_ref(result);
  return job;
}

MsCurveJob *
ms_curve_prepare_set(MsEvaluation *evaluation, guint model, const char *split, gint64 class_id)
{
  MsSet *set = ms_evaluation_get_set(evaluation);
  guint jobs = ms_set_get_options(set)->jobs;
  MsCurveJob *job = job_new(set, model, ms_evaluation_get_rules(evaluation, model), class_id);

  if (!job)
    return NULL;
  job->split = g_strdup(split);
  job->results = ms_evaluation_snapshot(evaluation, model);
  job->n_threads = jobs ? jobs : g_get_num_processors();
  if (job->class_id == MS_CURVE_ALL_CLASSES)
    job->counter = ms_counter_ref(evaluation->counter);
  return job;
}

void
ms_curve_job_free(MsCurveJob *job)
{
  if (!job)
    return;
  if (job->result)
    ms_result_unref(job->result);
  if (job->results)
    ms_results_drop(job->results);
  ms_counter_unref(job->counter);
  ms_ruleset_unref(job->rules);
  g_object_unref(job->set);
  g_free(job->split);
  g_free(job);
}

static gboolean
is_quick_example(const MsCurveJob *job)
{
  const MsLabelData *labels = ms_set_get_labels(job->set);
  const MsCell *cells;
  gsize n_cells;

  if (labels)
    return ms_label_data_n_labels(labels) <= FEW_CELLS;
  if (job->result->packed)
    n_cells = ms_packed_n_cells(job->result->packed);
  else if (ms_joint_cells(job->result->joint, &cells, &n_cells) != MS_STATUS_OK)
    return FALSE;
  return n_cells <= FEW_CELLS && job->rules->rules.comparison != MS_COMPARE_STACKS;
}

gboolean
ms_curve_job_is_quick(const MsCurveJob *job)
{
  if (job->result)
    return is_quick_example(job);
  return job->n_steps <= FEW_STEPS && job->counter &&
         ms_live_sums_has_points(ms_counter_get_sums(job->counter, job->model), job->split,
                                 job->n_steps);
}

/* Of a class, an example that has nothing of it has no overlap. */
static MsEmptyRule
empty_rule(const MsCurveJob *job)
{
  return job->class_id == MS_CURVE_ALL_CLASSES ? job->rules->rules.empty : MS_EMPTY_SKIP;
}

/* --- cuts of an example ----------------------------------------------------------------------- */

static MsStatus
cut_labels(const MsCurveJob *job, guint example, MsThresholdCuts *cuts)
{
  MsRules rules = job->rules->rules;
  guint32 id = (guint32)job->class_id;

  if (job->class_id != MS_CURVE_ALL_CLASSES) {
    rules.classes = &id;
    rules.n_classes = 1;
  }
  return ms_label_data_cut(ms_set_get_labels(job->set), ms_set_get_row(job->set, example),
                           job->model, &rules, cuts);
}

static MsStatus
cut_cells(const MsCurveJob *job, MsJoint *joint, const MsStacks *actual, const MsStacks *predicted,
          MsThresholdCuts *cuts)
{
  const MsRules *rules = &job->rules->rules;
  const MsCell *cells;
  gsize n_cells;
  MsStatus status = ms_joint_cells(joint, &cells, &n_cells);

  if (status != MS_STATUS_OK)
    return status;
  if (rules->comparison != MS_COMPARE_STACKS)
    return ms_threshold_cuts_of_cells(cuts, rules, cells, n_cells);
  if (!actual)
    return MS_STATUS_INVALID;
  return ms_threshold_cuts_of_stacks(cuts, rules, cells, n_cells, actual, predicted, job->class_id,
                                     job->n_steps);
}

static MsStatus
cut_packed(const MsCurveJob *job, const MsPacked *packed, GCancellable *cancellable,
           MsThresholdCuts *cuts)
{
  MsStacks *actual = NULL, *predicted = NULL;
  MsJoint *joint = NULL;
  MsStatus status = ms_packed_unpack(packed, &joint, &actual, &predicted);

  if (status == MS_STATUS_OK && g_cancellable_is_cancelled(cancellable))
    status = MS_STATUS_CANCELLED;
  if (status == MS_STATUS_OK)
    status = cut_cells(job, joint, actual, predicted, cuts);
  ms_joint_free(joint);
  ms_stacks_free(actual);
  ms_stacks_free(predicted);
  return status;
}

static MsStatus
cut_result(const MsCurveJob *job, GCancellable *cancellable, MsThresholdCuts *cuts)
{
  g_autoptr(MsPacked) packed = NULL;

  if (ms_set_get_labels(job->set))
    return cut_labels(job, job->example, cuts);
  packed = ms_result_dup_packed(job->result);
  return packed ? cut_packed(job, packed, cancellable, cuts) : MS_STATUS_NO_MEMORY;
}

/* --- a set, counted --------------------------------------------------------------------------- */

typedef struct {
  const MsCurveJob *job;
  GCancellable *cancellable;
  const guint *examples;
  guint n_examples;
  guint n_parts;
  MsThresholdSums **sums; /* of each part */
  gint failed;            /* atomic: an example that failed, and 1; 0: none */
  MsStatus failure;       /* of it */
  gint no_memory;         /* atomic: for sums */
  gint unreadable;        /* atomic: an example that cannot be read back, and 1; 0: none */
} Count;

/* An example with an id that is no class is in no sum: the list says why. */
static MsStatus
count_example(Count *count, guint example, MsThresholdSums *sums, MsThresholdCuts *cuts)
{
  const MsCurveJob *job = count->job;
  gboolean labels = ms_set_get_labels(job->set) != NULL;
  const MsRecord *record = ms_results_get(job->results, example);
  g_autoptr(MsPacked) packed = NULL;
  MsStatus status;

  if (labels ? record->status != MS_RESULT_OK && !record->uncounted
             : !ms_results_has_packed(job->results, example))
    return MS_STATUS_OK;
  packed = labels ? NULL : ms_results_dup_packed(job->results, example);
  if (!labels && !packed) {
    g_atomic_int_set(&count->unreadable, (gint)example + 1);
    return MS_STATUS_INVALID;
  }
  status =
      labels ? cut_labels(job, example, cuts) : cut_packed(job, packed, count->cancellable, cuts);
  if (status == MS_STATUS_OK)
    ms_threshold_sums_add(sums, cuts);
  return status == MS_STATUS_UNKNOWN_ID ? MS_STATUS_OK : status;
}

/* The first one is told of. */
static void
fail_at(Count *count, guint example, MsStatus status)
{
  if (g_atomic_int_compare_and_exchange(&count->failed, 0, (gint)example + 1))
    count->failure = status;
}

static void
count_part(guint part, gpointer user)
{
  Count *count = user;
  guint first = (guint)((guint64)count->n_examples * part / count->n_parts);
  guint end = (guint)((guint64)count->n_examples * (part + 1) / count->n_parts);
  MsThresholdCuts cuts = {0};
  MsStatus status =
      ms_threshold_sums_new(count->job->n_steps, empty_rule(count->job), &count->sums[part]);

  for (guint i = first; i < end && status == MS_STATUS_OK; i++) {
    if (i % EXAMPLES_A_LOOK == 0 && g_cancellable_is_cancelled(count->cancellable))
      break;
    status = count_example(count, count->examples[i], count->sums[part], &cuts);
    if (status != MS_STATUS_OK)
      fail_at(count, count->examples[i], status);
  }
  ms_threshold_cuts_clear(&cuts);
  if (!count->sums[part])
    g_atomic_int_set(&count->no_memory, TRUE);
}

static gboolean
fail_for_memory(GError **error)
{
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE,
              "Not enough memory for the scores at every threshold");
  return FALSE;
}

static gboolean
fail_for(const MsCurveJob *job, guint example, MsStatus status, GError **error)
{
  g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_READING, "%s: %s", ms_set_get_id(job->set, example),
              ms_status_string(status));
  return FALSE;
}

static gboolean
check_count(const Count *count, GError **error)
{
  if (g_cancellable_set_error_if_cancelled(count->cancellable, error))
    return FALSE;
  if (count->unreadable > 0) {
    g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_READING,
                "%s: its counts cannot be read back from the folder of temporary files",
                ms_set_get_id(count->job->set, (guint)count->unreadable - 1));
    return FALSE;
  }
  if (count->no_memory || (count->failed > 0 && count->failure == MS_STATUS_NO_MEMORY))
    return fail_for_memory(error);
  return count->failed == 0 ||
         fail_for(count->job, (guint)count->failed - 1, count->failure, error);
}

/* Adds to points at every step. */
static gboolean
count_set(const MsCurveJob *job, MsThresholdPoint *points, GCancellable *cancellable,
          GError **error)
{
  Count count = {.job = job, .cancellable = cancellable};
  gboolean counted;

  count.examples = ms_set_get_split_examples(job->set, job->split, &count.n_examples);
  count.n_parts = CLAMP(count.n_examples / MIN_EXAMPLES_A_THREAD, 1, job->n_threads);
  count.sums = g_new0(MsThresholdSums *, count.n_parts);
  ms_spread(count.n_parts, job->n_threads, count_part, &count);
  counted = check_count(&count, error);
  for (guint i = 0; i < count.n_parts; i++) {
    if (counted)
      ms_threshold_sums_add_points(count.sums[i], points);
    ms_threshold_sums_free(count.sums[i]);
  }
  g_free(count.sums);
  return counted;
}

/* --- curves ----------------------------------------------------------------------------------- */

MsCurve *
ms_curve_ref(MsCurve *curve)
{
  g_atomic_ref_count_inc(&curve->ref_count);
  return curve;
}

void
ms_curve_unref(MsCurve *curve)
{
  if (!curve || !g_atomic_ref_count_dec(&curve->ref_count))
    return;
  ms_threshold_curve_clear(&curve->steps);
  g_free(curve);
}

/* Takes the steps. */
static MsCurve *
curve_new(const MsThresholdCurve *steps)
{
  MsCurve *curve = g_new(MsCurve, 1);

  g_atomic_ref_count_init(&curve->ref_count);
  curve->steps = *steps;
  return curve;
}

static MsCurve *
compute_example(const MsCurveJob *job, GCancellable *cancellable, GError **error)
{
  MsThresholdCuts cuts = {0};
  MsThresholdCurve steps;
  MsStatus status = cut_result(job, cancellable, &cuts);

  if (status == MS_STATUS_OK)
    status = ms_threshold_curve_of_cuts(&steps, &cuts, job->n_steps, empty_rule(job));
  ms_threshold_cuts_clear(&cuts);
  if (status == MS_STATUS_OK)
    return curve_new(&steps);
  if (g_cancellable_set_error_if_cancelled(cancellable, error))
    return NULL;
  if (status == MS_STATUS_NO_MEMORY)
    fail_for_memory(error);
  else
    fail_for(job, job->example, status, error);
  return NULL;
}

static MsCurve *
compute_set(const MsCurveJob *job, GCancellable *cancellable, GError **error)
{
  g_autofree MsThresholdPoint *points = g_try_new0(MsThresholdPoint, job->n_steps);
  MsThresholdCurve steps;

  if (!points) {
    fail_for_memory(error);
    return NULL;
  }
  if (!job->counter || !ms_live_sums_add_points(ms_counter_get_sums(job->counter, job->model),
                                                job->split, job->n_steps, points)) {
    if (!count_set(job, points, cancellable, error))
      return NULL;
  }
  if (ms_threshold_curve_of_points(&steps, points, job->n_steps, empty_rule(job)) == MS_STATUS_OK)
    return curve_new(&steps);
  fail_for_memory(error);
  return NULL;
}

MsCurve *
ms_curve_compute(MsCurveJob *job, GCancellable *cancellable, GError **error)
{
  if (g_cancellable_set_error_if_cancelled(cancellable, error))
    return NULL;
  return job->result ? compute_example(job, cancellable, error)
                     : compute_set(job, cancellable, error);
}

guint64
ms_curve_n_examples(const MsCurve *curve)
{
  return curve->steps.points[0].sums.n_scored;
}

guint
ms_curve_n_points(const MsCurve *curve)
{
  return (guint)curve->steps.n_points;
}

static double
threshold_of_step(const MsCurve *curve, guint32 step)
{
  return step / (double)MAX(curve->steps.n_steps - 1, 1);
}

double
ms_curve_get_threshold(const MsCurve *curve, guint point)
{
  return threshold_of_step(curve, curve->steps.points[point].step);
}

MsValue
ms_curve_get_value(const MsCurve *curve, guint point, MsCurveScore score)
{
  return ms_threshold_curve_value(&curve->steps, &curve->steps.points[point], score);
}

static guint32
step_at(const MsCurve *curve, double threshold)
{
  return ms_threshold_sample(CLAMP(threshold, 0, 1), curve->steps.n_steps - 1);
}

guint
ms_curve_find_point(const MsCurve *curve, double threshold)
{
  return (guint)(ms_threshold_curve_find(&curve->steps, step_at(curve, threshold)) -
                 curve->steps.points);
}

/* In the middle half of a stretch. */
static double
round_inside(const MsCurve *curve, guint32 first, guint32 last)
{
  double low = threshold_of_step(curve, first);
  double high = MIN(threshold_of_step(curve, last + 1), 1);
  double middle = (low + high) / 2;

  for (double unit = 100; unit <= 1000; unit *= 10) {
    double rounded = rint(middle * unit) / unit;
    guint32 step = step_at(curve, rounded);

    if (fabs(rounded - middle) <= (high - low) / 4 && step >= first && step <= last)
      return rounded;
  }
  return threshold_of_step(curve, first + (last - first) / 2);
}

double
ms_curve_get_middle(const MsCurve *curve, guint point)
{
  const MsThresholdCurve *steps = &curve->steps;
  guint32 end = point + 1 < steps->n_points ? steps->points[point + 1].step : steps->n_steps;

  return round_inside(curve, steps->points[point].step, end - 1);
}

gboolean
ms_curve_find_best(const MsCurve *curve, MsCurveScore score, double *threshold, MsValue *value)
{
  MsCurveBest best;

  if (!ms_threshold_curve_best(&curve->steps, score, &best))
    return FALSE;
  *threshold = round_inside(curve, best.first, best.last);
  *value = best.value;
  return TRUE;
}
