/* SPDX-License-Identifier: MIT
 *
 * Whole numbers of up to 32 bits and floats: which occur in a file, for the survey and for a
 * manifest's rows.
 */
#pragma once

#include "io/samples.h"

G_BEGIN_DECLS

/* Which whole numbers occur. */
typedef struct {
  guint8 *seen;      /* 65,536 flags, lent */
  GHashTable *large; /* guint32 above 65,535, lent; no more than max_large are noted */
  guint max_large;
  gboolean is_negative;
} MsWideNumbers;

/* NUMBERS alone. */
void ms_wide_numbers_mark(MsWideNumbers *numbers, const MsSamples *samples);

/* FLOATS alone. */
void ms_floats_range(const MsSamples *samples, float *lowest, float *highest);

/* Ascending; guint32. Free with g_array_unref(). */
GArray *ms_wide_large_sorted(GHashTable *large);

G_END_DECLS
