/* SPDX-License-Identifier: MIT
 *
 * A set as a sample of all the examples there could be: its units, which can be drawn again with
 * replacement, and the 95 % intervals that follow for its scores. A unit is what is drawn as a
 * whole: an example, or a group of examples (slices of a volume) that are no independent evidence.
 *
 * Percentile bootstrap: MS_N_RESAMPLES resamples, the 2.5th and 97.5th percentile of each score
 * over them, linear interpolation (Efron and Tibshirani, 1993). A seed gives the same intervals
 * whatever the number of threads, with the same build on any machine that computes in IEEE doubles
 * and no wider. Sets with more than MS_SAMPLE_MAX_UNITS units get the normal approximation
 * instead: score +- 1.96 standard errors, these by the delta method (linearised ratios), cut to the
 * score's range. mIoU goes over to it alone when units hold more than MS_SAMPLE_MAX_CELLS classes
 * in all.
 */
#pragma once

#include "metric/totals.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MS_N_RESAMPLES      2000
#define MS_SAMPLE_MAX_UNITS 100000
#define MS_SAMPLE_MAX_CELLS 500000

typedef enum {
  MS_INTERVAL_NONE,      /* there is none: fewer than two units, or the score does not exist */
  MS_INTERVAL_BOOTSTRAP, /* percentile bootstrap */
  MS_INTERVAL_NORMAL,    /* normal approximation */
} MsIntervalMethod;

typedef struct {
  MsIntervalMethod method;
  double low; /* meaningless with NONE */
  double high;
} MsInterval;

typedef struct MsSample MsSample;
typedef struct MsResamples MsResamples;

/* n_units units without an example yet. Copies what it needs of the rules. Errors: NO_MEMORY,
 * TOO_LARGE. */
MsStatus ms_sample_new(const MsRules *rules, size_t n_units, MsSample **sample);
void ms_sample_free(MsSample *sample); /* NULL is fine */

/* As ms_totals_set_background_in_mean(). */
void ms_sample_set_background_in_mean(MsSample *sample, bool in_mean);

/* Adds a scored example to unit < n_units (else INVALID). Units without an example are no units.
 * Errors: NO_MEMORY, TOO_LARGE; then the sample is only to be freed. */
MsStatus ms_sample_add(MsSample *sample, size_t unit, const MsConfusion *example);

/* Units that got an example. */
size_t ms_sample_n_units(const MsSample *sample);

/* Everything added, summed; lent. */
const MsTotals *ms_sample_totals(const MsSample *sample);

/* A set score of all units, the same double as ms_totals_value() of the same examples, up to the
 * order of sums. */
MsValue ms_sample_value(const MsSample *sample, MsSetMetric metric);

/* Draws. The sample is only read, so several threads may. control may be NULL. Errors: CANCELLED,
 * NO_MEMORY. */
MsStatus ms_sample_resample(const MsSample *sample, uint64_t seed, const MsControl *control,
                            MsResamples **resamples);
void ms_resamples_free(MsResamples *resamples); /* NULL is fine */

/* The 95 % interval of a score. Resamples in which the score does not exist are left out. */
MsInterval ms_resamples_interval(const MsResamples *resamples, MsSetMetric metric);

/* The 95 % interval of score(a) - score(b), for samples that have no unit in common and were drawn
 * with different seeds. NORMAL as soon as one of them is. */
MsInterval ms_resamples_difference(const MsResamples *a, const MsResamples *b, MsSetMetric metric);

#ifdef __cplusplus
}
#endif
