/* SPDX-License-Identifier: MIT */
#include "set/radix.h"

#define DIGIT_BITS 11
#define N_DIGITS   6 /* that make 64 bits */
#define N_VALUES   (1u << DIGIT_BITS)

typedef guint Histogram[N_DIGITS][N_VALUES];

static guint
digit_of(guint64 key, guint digit)
{
  return (guint)(key >> (digit * DIGIT_BITS)) & (N_VALUES - 1);
}

static void
count_digits(const MsKeyed *items, gsize n, Histogram counts)
{
  for (gsize i = 0; i < n; i++)
    for (guint digit = 0; digit < N_DIGITS; digit++)
      counts[digit][digit_of(items[i].key, digit)]++;
}

/* From how many there are of each value to where the first of them goes. */
static void
sum_up(guint *counts)
{
  guint sum = 0;

  for (guint value = 0; value < N_VALUES; value++) {
    guint count = counts[value];

    counts[value] = sum;
    sum += count;
  }
}

MsKeyed *
ms_radix_sort(MsKeyed *items, MsKeyed *scratch, gsize n, GCancellable *cancellable)
{
  g_autofree Histogram *counts = g_malloc0(sizeof(Histogram));

  count_digits(items, n, *counts);
  for (guint digit = 0; n > 0 && digit < N_DIGITS; digit++) {
    guint *places = (*counts)[digit];
    MsKeyed *sorted = scratch;

    if (g_cancellable_is_cancelled(cancellable))
      return NULL;
    if (places[digit_of(items[0].key, digit)] == n)
      continue;
    sum_up(places);
    for (gsize i = 0; i < n; i++)
      sorted[places[digit_of(items[i].key, digit)]++] = items[i];
    scratch = items;
    items = sorted;
  }
  return items;
}
