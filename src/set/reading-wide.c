/* SPDX-License-Identifier: MIT
 *
 * Masks are runs: a number like the one before it is not looked up again.
 */
#include "set/reading-wide.h"

#include "set/compare-ids.h"

static void
mark_number(MsWideNumbers *numbers, guint32 number)
{
  if (number <= G_MAXUINT16)
    numbers->seen[number] = 1;
  else if (MS_SAMPLE_IS_NEGATIVE(number))
    numbers->is_negative = TRUE;
  else if (g_hash_table_size(numbers->large) < numbers->max_large)
    g_hash_table_add(numbers->large, GUINT_TO_POINTER(number));
}

static guint32
number_at(const MsSamples *samples, const guint8 *row, int x)
{
  if (samples->bytes == 1)
    return row[x];
  if (samples->bytes == 2)
    return ((const guint16 *)(const void *)row)[x];
  return ((const guint32 *)(const void *)row)[x];
}

void
ms_wide_numbers_mark(MsWideNumbers *numbers, const MsSamples *samples)
{
  guint32 last = number_at(samples, samples->pixels, 0);

  mark_number(numbers, last);
  for (int y = 0; y < samples->height; y++) {
    const guint8 *row = samples->pixels + (gsize)y * samples->stride;

    for (int x = 0; x < samples->width; x++) {
      guint32 number = number_at(samples, row, x);

      if (number != last)
        mark_number(numbers, number);
      last = number;
    }
  }
}

void
ms_floats_range(const MsSamples *samples, float *lowest, float *highest)
{
  const float *values = (const float *)(const void *)samples->pixels;
  gsize n_pixels = (gsize)samples->width * (gsize)samples->height;

  *lowest = *highest = values[0];
  for (gsize i = 1; i < n_pixels; i++) {
    *lowest = MIN(*lowest, values[i]);
    *highest = MAX(*highest, values[i]);
  }
}

GArray *
ms_wide_large_sorted(GHashTable *large)
{
  GArray *sorted = g_array_new(FALSE, FALSE, sizeof(guint32));
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init(&iter, large);
  while (g_hash_table_iter_next(&iter, &key, NULL)) {
    guint32 number = GPOINTER_TO_UINT(key);

    g_array_append_val(sorted, number);
  }
  g_array_sort(sorted, ms_compare_ids);
  return sorted;
}
