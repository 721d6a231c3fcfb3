/* SPDX-License-Identifier: MIT
 *
 * No sentence contradicts itself: a number has enough digits to be on its side of its limit, and
 * where the digits of a rounding error would be needed, it is told as a little further off.
 */
#include "set/advice-words.h"

#include <math.h>

#include "set/advice.h"
#include "set/describe.h"

#define MAX_DIGITS      4
#define INTERVAL_DIGITS 2
#define LIMIT_DIGITS    2

static int
compare(double a, double b)
{
  return (a > b) - (a < b);
}

static char *
format_fixed(double value, guint digits)
{
  char format[16];
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_snprintf(format, sizeof format, "%%.%uf", digits);
  return g_strdup(g_ascii_formatd(buffer, sizeof buffer, format, value + 0.0)); /* no -0 */
}

/* The number of MAX_DIGITS next to the limit, on the value's side of it. */
static char *
format_apart(double value, double limit)
{
  double scale = pow(10, MAX_DIGITS);
  double steps = limit * scale;
  double step = fabs(steps - round(steps)) <= MS_ADVICE_ROUNDING
                    ? round(steps) + compare(value, limit)
                : value < limit ? floor(steps)
                                : ceil(steps);

  return format_fixed(step / scale, MAX_DIGITS);
}

/* With as few digits as put it on its side of the limit, and of 0 and 1; where MAX_DIGITS do not,
 * it is told as if it were a little further off. */
char *
ms_advice_format_beside(double value, double limit, guint digits)
{
  const double limits[] = {0, 1, limit};
  double crossed = limit;

  for (; digits <= MAX_DIGITS; digits++) {
    g_autofree char *text = format_fixed(value, digits);
    gboolean apart = TRUE;

    for (guint i = 0; i < G_N_ELEMENTS(limits); i++) {
      if (compare(g_ascii_strtod(text, NULL), limits[i]) == compare(value, limits[i]))
        continue;
      apart = FALSE;
      crossed = limits[i];
    }
    if (apart)
      return g_steal_pointer(&text);
  }
  return value == limit ? ms_describe_exact_number(value) : format_apart(value, crossed);
}

char *
ms_advice_format_limit(double limit)
{
  g_autofree char *text = ms_describe_beside(limit, limit, LIMIT_DIGITS);

  return g_ascii_strtod(text, NULL) == limit ? g_steal_pointer(&text)
                                             : ms_describe_exact_number(limit);
}

char *
ms_advice_format_interval(double low, double high, double limit)
{
  g_autofree char *from = ms_advice_format_beside(low, limit, INTERVAL_DIGITS);
  g_autofree char *to = ms_advice_format_beside(high, limit, INTERVAL_DIGITS);

  return g_strdup_printf("95 %% interval %s to %s", from, to);
}

char *
ms_advice_describe_units(guint64 n_groups, guint64 n_ungrouped)
{
  g_autofree char *groups = ms_describe_count(n_groups);
  g_autofree char *ungrouped = ms_describe_count(n_ungrouped);
  const char *examples = n_ungrouped == 1 ? "example" : "examples";

  if (n_groups == 0)
    return g_strdup_printf("%s %s without a group", ungrouped, examples);
  if (n_ungrouped == 0)
    return g_strdup_printf("%s %s", groups, n_groups == 1 ? "group" : "groups");
  return g_strdup_printf("%s %s and %s %s without one", groups, n_groups == 1 ? "group" : "groups",
                         ungrouped, examples);
}
