/* SPDX-License-Identifier: MIT
 *
 * The numbers in sentences of advice, beside the limits that decide on them. All results are the
 * caller's to free.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* 0.9 - 0.8 is a gap of 0.1. */
#define MS_ADVICE_ROUNDING 1e-9

/* At least so many digits, and at most four, but for a value that is the limit. */
char *ms_advice_format_beside(double value, double limit, guint digits);

/* "0.50"; all its digits where it has more. */
char *ms_advice_format_limit(double limit);

/* "95 % interval 0.13 to 0.45" */
char *ms_advice_format_interval(double low, double high, double limit);

G_END_DECLS
