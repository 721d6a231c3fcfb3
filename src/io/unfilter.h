/* SPDX-License-Identifier: MIT
 *
 * Undoes PNG's row filters, and spreads packed samples. Where a pixel is a byte or less it is made
 * for masks: rows that repeat the row above or their own left neighbour, which a filter turns into
 * zeros. Pixels of several bytes are those of photographs. Once per instruction set; every set
 * gives the same bytes.
 */
#pragma once

#include "io/unfilter-pixels.h"

G_BEGIN_DECLS

typedef enum {
  MS_FILTER_NONE,
  MS_FILTER_SUB,
  MS_FILTER_UP,
  MS_FILTER_AVERAGE,
  MS_FILTER_PAETH,
  MS_N_FILTERS
} MsFilter;

typedef struct {
  const char *name;
  void (*sub)(const guint8 *filtered, guint8 *out, gsize n);
  void (*up)(const guint8 *filtered, const guint8 *above, guint8 *out, gsize n);
  void (*spread_bits)(const guint8 *packed, guint8 *out, gsize n); /* n: samples */
  void (*spread_nibbles)(const guint8 *packed, guint8 *out, gsize n);
  MsPixelLoop sub_pixels; /* does not look above */
  MsPixelLoop average_pixels;
  MsPixelLoop paeth_pixels;
} MsUnfilter;

/* The fastest that this processor runs. */
const MsUnfilter *ms_unfilter_best(void);

/* All that this processor runs, the portable ones at index 0; NULL past the last. */
const MsUnfilter *ms_unfilter_nth(gsize index);

/* How far before the filtered row, at least, one begins that is undone over it. */
#define MS_UNFILTER_SLACK 8

/* A row of n bytes. above: the row above, undone; NULL: this is the first one. out may lie over
 * `filtered` when it begins MS_UNFILTER_SLACK bytes before it, or more; not over `above`. */
void ms_unfilter_row(const MsUnfilter *unfilter, MsFilter filter, const guint8 *filtered,
                     const guint8 *above, guint8 *out, gsize n);

/* The same of pixels of pixel_bytes, 1 to 4, of which n is a multiple. */
void ms_unfilter_pixels(const MsUnfilter *unfilter, MsFilter filter, int pixel_bytes,
                        const guint8 *filtered, const guint8 *above, guint8 *out, gsize n);

/* n samples of 1, 2 or 4 bits, the first in the highest bits, into a byte each. */
void ms_spread_row(const MsUnfilter *unfilter, int depth, const guint8 *packed, guint8 *out,
                   gsize n);

G_END_DECLS
