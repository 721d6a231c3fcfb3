/* SPDX-License-Identifier: MIT
 *
 * Standard errors without resamples: a score near its value is as good as linear in the units, and
 * the variance of a sum of independent units is known (delta method). For a ratio R of sums of y
 * and x over n units, n / (n - 1) times the sum of (y - R x)^2, over the square of the sum of x.
 */
#pragma once

#include "metric/sample.h"

#pragma GCC visibility push(hidden)

/* Of every score of a sample of two units or more, but of those that do not exist and of a mean
 * over several classes: these are 0. Errors: CANCELLED. */
MsStatus ms_linearise_ratios(const MsSample *sample, const MsControl *control,
                             double errors[MS_N_SET_METRICS]);

/* Of the mean over several classes, which exists. Errors: CANCELLED, NO_MEMORY. */
MsStatus ms_linearise_classes(const MsSample *sample, const MsControl *control, double *error);

#pragma GCC visibility pop
