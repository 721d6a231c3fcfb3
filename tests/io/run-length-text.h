/* SPDX-License-Identifier: MIT
 *
 * Run lengths as COCO's compressed string, six bits a character, to check what the reader makes of
 * it there and back; and how many pixels they cover.
 */
#pragma once

#include "io/run-length.h"

static inline void
test_append_number(GString *text, gint64 number)
{
  gboolean more;

  do {
    int group = (int)(number & 31);

    number >>= 5;
    more = number != (group & 16 ? -1 : 0);
    g_string_append_c(text, (char)(48 + group + (more ? 32 : 0)));
  } while (more);
}

/* Caller frees. */
static inline char *
test_run_length_string(const MsRunLength *mask)
{
  GString *text = g_string_sized_new(2 * (gsize)mask->n_runs + 1);

  for (guint i = 0; i < mask->n_runs; i++)
    test_append_number(text, i > 2 ? (gint64)mask->runs[i] - mask->runs[i - 2] : mask->runs[i]);
  return g_string_free(text, FALSE);
}

/* Foreground pixels. */
static inline guint64
test_run_length_area(const MsRunLength *mask)
{
  guint64 area = 0;

  for (guint i = 1; i < mask->n_runs; i += 2)
    area += mask->runs[i];
  return area;
}
