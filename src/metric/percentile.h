/* SPDX-License-Identifier: MIT
 *
 * Percentiles of a few thousand values, by selection: nothing is sorted that nobody asks for.
 */
#pragma once

#include <stddef.h>

#pragma GCC visibility push(hidden)

/* The value at `fraction` (0 to 1) of the way from the smallest to the largest of n >= 1 values, by
 * linear interpolation between neighbours in order. Changes the order of the values. */
double ms_percentile(double *values, size_t n_values, double fraction);

#pragma GCC visibility pop
