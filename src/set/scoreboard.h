/* SPDX-License-Identifier: MIT
 *
 * The set-level scores of one model, with 95 % intervals and the advice that follows from them.
 * Drawing resamples takes a moment, so a board is made in two steps: results are taken on the
 * evaluation's thread, the rest is computed anywhere.
 *
 * A board has a standing for the whole set and one for each split. A unit is what intervals are
 * drawn from: an example, or where the set has groups, a group (metric/sample.h). A part is what
 * advice reads off a standing (set/advice.h).
 */
#pragma once

#include "set/advice.h"
#include "set/evaluation.h"

G_BEGIN_DECLS

/* Of more splits, only so many have intervals: the first, and so train, val and test. */
#define MS_SCOREBOARD_MAX_DRAWN 100

typedef struct {
  char *split; /* NULL: the whole set */
  MsTally tally;
  guint64 n_exact;
  guint64 n_in_mean; /* examples whose IoU entered the mean */
  guint64 n_units;   /* that intervals are drawn from: examples, or groups and what is in none */
  guint64 n_groups;  /* of these units */
  MsValue values[MS_N_SET_METRICS]; /* as ms_totals_value() gives them, digit for digit */
  MsInterval intervals[MS_N_SET_METRICS];
  MsConfusion *pooled; /* the counts of all its examples, by class; never NULL, read only */
} MsStanding;

/* Immutable and counted. */
typedef struct {
  guint model;
  MsComparison comparison;
  gboolean over_groups; /* intervals are drawn over groups */
  gboolean drawn;       /* intervals and advice are there, where there can be any */
  GArray *standings;    /* MsStanding: the whole set, then the splits in the set's order */
  GPtrArray *advice;    /* MsAdvice, as ms_advice_make() orders it; not drawn: empty */
  MsTotals *groups; /* drawn: groups scored like examples, their counts summed first; NULL: there
                     * are none */
  MsInterval group_intervals[MS_N_SET_METRICS]; /* of these scores, drawn over groups alone */
} MsScoreboard;

MsScoreboard *ms_scoreboard_ref(MsScoreboard *board);
void ms_scoreboard_unref(MsScoreboard *board);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsScoreboard, ms_scoreboard_unref)

/* NULL: the set has no such split. split NULL: the whole set. Lent. */
const MsStanding *ms_scoreboard_find(const MsScoreboard *board, const char *split);

/* The ends, as ms_describe_ratio() has them; the caller frees both. FALSE, with *low and *high
 * NULL: there is no interval. */
gboolean ms_scoreboard_format_interval(const MsInterval *interval, guint digits, char **low,
                                       char **high);
/* "0.741 to 0.829"; NULL: there is no interval. Caller frees. */
char *ms_scoreboard_describe_interval(const MsInterval *interval, guint digits);
/* "95 % intervals: percentile bootstrap over 24 examples, 2,000 resamples"; also of the
 * approximation, of groups, and of examples in none of them. NULL: there are no intervals. Caller
 * frees. */
char *ms_scoreboard_describe_method(const MsScoreboard *board);

/* A board of what has come in so far, under the rules in force, not drawn: at once, whatever the
 * number of examples, its values those of a computed one up to the order of sums. NULL: there are
 * no such sums (ms_evaluation_get_live_value()). On the evaluation's thread. */
MsScoreboard *ms_scoreboard_new_live(MsEvaluation *evaluation, guint model);

/* Holds on to the results there are so far, counted or not; on the evaluation's thread, where
 * it costs next to nothing. draw FALSE: values alone, without intervals and advice. */
typedef struct MsScoreboardJob MsScoreboardJob;
MsScoreboardJob *ms_scoreboard_prepare(MsEvaluation *evaluation, guint model, gboolean draw);
void ms_scoreboard_job_free(MsScoreboardJob *job);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsScoreboardJob, ms_scoreboard_job_free)

/* Computes, once a job; any thread. Errors: G_IO_ERROR_CANCELLED, MS_IO_ERROR_TOO_LARGE (memory),
 * MS_SET_ERROR_READING (of an example whose counts cannot be read back). */
MsScoreboard *ms_scoreboard_compute(MsScoreboardJob *job, GCancellable *cancellable,
                                    GError **error);

/* The same on a worker; takes the job. The callback gets a GTask to finish with. */
void ms_scoreboard_compute_async(MsScoreboardJob *job, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user);
MsScoreboard *ms_scoreboard_compute_finish(GAsyncResult *result, GError **error);

/* An MsScoreboard for each model, drawn, of the results there are, for reports. Progress (may be
 * NULL) is called from this thread. Errors: those of ms_scoreboard_compute(). */
GPtrArray *ms_scoreboard_compute_all(MsEvaluation *evaluation, MsSetProgress progress,
                                     gpointer user, GCancellable *cancellable, GError **error);

G_END_DECLS
