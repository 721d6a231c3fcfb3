/* SPDX-License-Identifier: MIT
 *
 * Which examples a check reads: spread over splits, over what models predicted, and over the set.
 * The same set always gives the same ones.
 */
#pragma once

#include "set/set.h"

G_BEGIN_DECLS

/* At most so many examples (guint), in an order in which the first few are spread like all of them.
 * Those that can be scored go before those that lack a mask. Free with g_array_unref(). */
GArray *ms_check_sample(MsSet *set, guint max_examples);

/* A place in one of n_stretches equal stretches of n places, and not always in the same part of it:
 * names may have a rhythm. */
guint ms_check_sample_place(guint n, guint n_stretches, guint stretch);

/* Whether the example at that place of the order is left out: `elapsed` seconds were spent, the
 * longest that one example took was `longest`, and there are `seconds`. Some are read when these
 * are over; of examples that each take as long as all should, two. */
gboolean ms_check_time_is_over(guint place, double elapsed, double longest, double seconds);

G_END_DECLS
