/* SPDX-License-Identifier: MIT
 *
 * Exact Euclidean distances from pixels to the nearest of a set of pixels (sites), asked row by
 * row. Sites are kept by column, four bytes each, so memory follows the sites and the width, not
 * the area. Near sites are found by looking at the columns beside; where that takes long, a row's
 * lower envelope of parabolas answers in time proportional to the width (Meijster et al., "A
 * General Algorithm for Computing Distance Transforms in Linear Time", 2000).
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "metric/status.h"

#pragma GCC visibility push(hidden)

#define MS_DISTANCE_NONE UINT64_MAX /* there are no sites */

typedef struct MsSites MsSites;

/* n_in_column: how many sites each of `width` columns will be given. Errors: NO_MEMORY, TOO_LARGE.
 */
MsStatus ms_sites_new(int width, const uint32_t *n_in_column, MsSites **sites);
void ms_sites_free(MsSites *sites); /* NULL is fine */

/* Of each column in ascending order of y. */
void ms_sites_add(MsSites *sites, int x, int y);

/* Squared distances from n pixels of row y, in ascending order of x, 0 <= x < width. Rows must be
 * asked for in ascending order, once all sites are there. */
void ms_sites_measure(MsSites *sites, int y, const int *xs, int n, uint64_t *squared);

#pragma GCC visibility pop
