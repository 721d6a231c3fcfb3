/* SPDX-License-Identifier: MIT
 *
 * The scores of a sample's resamples: as many units as it has, drawn with replacement.
 */
#pragma once

#include "metric/sample.h"

#pragma GCC visibility push(hidden)

/* Replicate i of every score is of the same resample i. */
typedef struct {
  double values[MS_N_SET_METRICS][MS_N_RESAMPLES];
  bool exists[MS_N_SET_METRICS][MS_N_RESAMPLES];
} MsReplicates;

/* Without `by_class`, the mean over several classes is left out and its replicates are not set.
 * Errors: CANCELLED, NO_MEMORY. */
MsStatus ms_bootstrap(const MsSample *sample, uint64_t seed, bool by_class,
                      const MsControl *control, MsReplicates *replicates);

#pragma GCC visibility pop
