/* SPDX-License-Identifier: MIT
 *
 * Quickselect with the median of three as pivot; equal values, of which the scores of small samples
 * are full, stop both scans and so do not unbalance it.
 */
#include "metric/percentile.h"

static inline void
swap(double *a, double *b)
{
  double kept = *a;

  *a = *b;
  *b = kept;
}

static double
median_of_three(double a, double b, double c)
{
  if (a > b)
    swap(&a, &b);
  if (c <= a)
    return a;
  return c < b ? c : b;
}

/* Puts the value that sorting would put there at `rank`: none before it is larger, none after it is
 * smaller. */
static void
select_rank(double *values, size_t n_values, size_t rank)
{
  ptrdiff_t first = 0, last = (ptrdiff_t)n_values - 1, want = (ptrdiff_t)rank;

  while (first < last) {
    double pivot = median_of_three(values[first], values[first + (last - first) / 2], values[last]);
    ptrdiff_t low = first, high = last;

    while (low <= high) {
      while (values[low] < pivot)
        low++;
      while (values[high] > pivot)
        high--;
      if (low <= high)
        swap(&values[low++], &values[high--]);
    }
    if (want <= high)
      last = high;
    else if (want >= low)
      first = low;
    else
      return;
  }
}

double
ms_percentile(double *values, size_t n_values, double fraction)
{
  double place = fraction * (double)(n_values - 1);
  size_t rank = (size_t)place;
  double next;

  select_rank(values, n_values, rank);
  if (rank + 1 == n_values)
    return values[rank];
  next = values[rank + 1];
  for (size_t i = rank + 2; i < n_values; i++)
    next = values[i] < next ? values[i] : next;
  return values[rank] + (next - values[rank]) * (place - (double)rank);
}
