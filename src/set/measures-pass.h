/* SPDX-License-Identifier: MIT
 *
 * Boundary and instance metrics of every example that is scored, for the command: examples on as
 * many threads as are wanted, each with one example's pixels in memory, and their values in id
 * order whatever the number of threads. Shaped for many: of an example 64 bytes are kept, of it and
 * of each of its classes 8 bytes, 8 for each value asked for, and 40 for scores at a tolerance.
 */
#pragma once

#include "set/evaluation.h"
#include "set/measures.h"
#include "set/tolerant-sums.h"

G_BEGIN_DECLS

typedef struct MsSetMeasures MsSetMeasures;

/* Measures every example with a score, of every model, under the rules in force; what failed has a
 * message, as has what is no longer what was scored. Progress is called from this thread. jobs 0:
 * one a processor. NULL when cancelled. */
MsSetMeasures *ms_set_measures_new(MsEvaluation *evaluation, const MsMeasureRequest *request,
                                   guint jobs, MsSetProgress progress, gpointer user,
                                   GCancellable *cancellable, GError **error);
/* Of one pair that is measured already, under this rule. */
MsSetMeasures *ms_set_measures_new_of_one(guint example, guint model, MsEmptyRule empty,
                                          const MsExampleMeasures *measures);
void ms_set_measures_free(MsSetMeasures *measures); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsSetMeasures, ms_set_measures_free)

const MsMeasureRequest *ms_set_measures_get_request(const MsSetMeasures *measures);

/* NULL: it has no score, or could not be measured. The caller's. */
MsExampleMeasures *ms_set_measures_dup(const MsSetMeasures *measures, guint example, guint model);

/* "not measured: WHY"; NULL: it was measured, or has no score. Lent. */
const char *ms_set_measures_get_failure(const MsSetMeasures *measures, guint example, guint model);

/* "ID (MODEL): not measured: WHY", for each that was not; lent. */
const GPtrArray *ms_set_measures_get_failures(const MsSetMeasures *measures);

/* What a part of a set has. */
typedef struct {
  struct {
    MsValue mean; /* over the examples with a finite value */
    guint64 n;
    guint64 n_infinite; /* left out of it */
  } values[MS_N_MEASURES];
  guint64 n_measured;
  guint64 n_exact;           /* where wanted: at the tolerance, of the examples measured ... */
  MsTolerantScores tolerant; /* ... as the viewer has them */
} MsMeasuresSummary;

/* Of these examples (ascending) for a model. */
void ms_set_measures_summarise(const MsSetMeasures *measures, guint model, const guint *examples,
                               guint n_examples, MsMeasuresSummary *summary);

G_END_DECLS
