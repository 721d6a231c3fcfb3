/* SPDX-License-Identifier: MIT
 *
 * Scores against the threshold, in thresholds as people say them: 0 to 1, positive where a
 * probability or score is above. Of one example, or of a set or a split of it; of everything
 * together, or, of objects and labels with scores, of one class. Made in two steps: what there is
 * is taken on the thread that has it, the rest is computed anywhere.
 *
 * Every set score of a probability map or label set is there at once, from sums that are kept as
 * results come in. The others (of a class, of objects) are counted from a snapshot.
 */
#pragma once

#include "metric/threshold-curve.h"
#include "set/evaluation.h"

G_BEGIN_DECLS

#define MS_CURVE_ALL_CLASSES (-1)

/* Immutable and counted. */
typedef struct _MsCurve MsCurve;
MsCurve *ms_curve_ref(MsCurve *curve);
void ms_curve_unref(MsCurve *curve); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsCurve, ms_curve_unref)

typedef struct _MsCurveJob MsCurveJob;

/* Of an example from its result; the threshold of the rules does not matter. class_id: of that
 * class alone (its IoU does not exist where neither side has it), or MS_CURVE_ALL_CLASSES. NULL: no
 * threshold decides, or the example could not be scored. */
MsCurveJob *ms_curve_prepare_example(MsSet *set, guint example, guint model, MsResult *result,
                                     MsRuleset *rules, gint64 class_id);

/* Of what has come in so far of a split (NULL: the set), on the evaluation's thread, where it costs
 * next to nothing. Means of a class are over the examples that have it on either side. NULL: no
 * threshold decides. */
MsCurveJob *ms_curve_prepare_set(MsEvaluation *evaluation, guint model, const char *split,
                                 gint64 class_id);
void ms_curve_job_free(MsCurveJob *job); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsCurveJob, ms_curve_job_free)

/* Whether computing it is a matter of a blink, whatever the number of examples, and reads no file.
 */
gboolean ms_curve_job_is_quick(const MsCurveJob *job);

/* Computes, once a job; any thread. Errors: G_IO_ERROR_CANCELLED, MS_IO_ERROR_TOO_LARGE (memory),
 * MS_SET_ERROR_READING (an example whose counts cannot be read back). */
MsCurve *ms_curve_compute(MsCurveJob *job, GCancellable *cancellable, GError **error);

/* How many examples it is of. */
guint64 ms_curve_n_examples(const MsCurve *curve);

/* Points hold from their threshold up to the next one's; the first is at 0. */
guint ms_curve_n_points(const MsCurve *curve);
double ms_curve_get_threshold(const MsCurve *curve, guint point);
MsValue ms_curve_get_value(const MsCurve *curve, guint point, MsCurveScore score);
/* The point that holds at a threshold from 0 to 1. */
guint ms_curve_find_point(const MsCurve *curve, double threshold);

/* A threshold at which a point holds: close to the middle of these, in as few decimals as say it.
 */
double ms_curve_get_middle(const MsCurve *curve, guint point);

/* A threshold with the highest value of the score: close to the middle of the longest stretch of
 * such thresholds, in as few decimals as say it. FALSE: the score does not exist. */
gboolean ms_curve_find_best(const MsCurve *curve, MsCurveScore score, double *threshold,
                            MsValue *value);

G_END_DECLS
