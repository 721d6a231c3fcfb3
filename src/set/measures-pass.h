/* SPDX-License-Identifier: MIT
 *
 * Boundary and instance metrics of every example that is scored, for the command: examples on as
 * many threads as are wanted, each with one example's pixels in memory, and their values in id
 * order whatever the number of threads.
 */
#pragma once

#include "set/evaluation.h"
#include "set/measures.h"

G_BEGIN_DECLS

typedef struct MsSetMeasures MsSetMeasures;

/* Measures every example with a score, of every model, under the rules in force; what failed has a
 * message. Progress is called from this thread. jobs 0: one a processor. NULL when cancelled. */
MsSetMeasures *ms_set_measures_new(MsEvaluation *evaluation, const MsMeasureRequest *request,
                                   guint jobs, MsSetProgress progress, gpointer user,
                                   GCancellable *cancellable, GError **error);
/* Of one pair that is measured already, which it takes. */
MsSetMeasures *ms_set_measures_new_of_one(MsSet *set, guint example, guint model,
                                          MsExampleMeasures *measures);
void ms_set_measures_free(MsSetMeasures *measures); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsSetMeasures, ms_set_measures_free)

const MsMeasureRequest *ms_set_measures_get_request(const MsSetMeasures *measures);

/* NULL: it has no score, or could not be measured. Lent. */
const MsExampleMeasures *ms_set_measures_get(const MsSetMeasures *measures, guint example,
                                             guint model);

/* "ID (MODEL): why it was not measured", for each that was not; lent. */
const GPtrArray *ms_set_measures_get_failures(const MsSetMeasures *measures);

/* What a part of a set has. */
typedef struct {
  struct {
    MsValue mean; /* over the examples with a finite value */
    guint64 n;
    guint64 n_infinite; /* left out of it */
  } values[MS_N_MEASURES];
  guint64 n_measured;
  MsCounts tolerant; /* where wanted: at the tolerance, summed ... */
  MsValue iou_mean;
  MsValue iou_pooled;
  guint64 n_exact;
  MsValue exact_ratio; /* ... of the examples measured */
} MsMeasuresSummary;

/* Of these examples (ascending) for a model. */
void ms_set_measures_summarise(const MsSetMeasures *measures, guint model, MsEmptyRule empty,
                               const guint *examples, guint n_examples, MsMeasuresSummary *summary);

G_END_DECLS
