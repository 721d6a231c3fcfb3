/* SPDX-License-Identifier: MIT
 *
 * The loops of io/unfilter.h for pixels of 2, 3 or 4 bytes, whose filters look a whole pixel to the
 * left. For its tables alone. n: bytes of the row, a multiple of pixel_bytes; above is never NULL.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef void (*MsPixelLoop)(const guint8 *filtered, const guint8 *above, guint8 *out, gsize n,
                            int pixel_bytes);

void ms_sub_pixels(const guint8 *filtered, const guint8 *above, guint8 *out, gsize n,
                   int pixel_bytes);
void ms_average_pixels(const guint8 *filtered, const guint8 *above, guint8 *out, gsize n,
                       int pixel_bytes);
void ms_paeth_pixels(const guint8 *filtered, const guint8 *above, guint8 *out, gsize n,
                     int pixel_bytes);

#if defined(__x86_64__) || defined(__i386__)
void ms_sub_pixels_avx2(const guint8 *filtered, const guint8 *above, guint8 *out, gsize n,
                        int pixel_bytes);
void ms_average_pixels_avx2(const guint8 *filtered, const guint8 *above, guint8 *out, gsize n,
                            int pixel_bytes);
void ms_paeth_pixels_avx2(const guint8 *filtered, const guint8 *above, guint8 *out, gsize n,
                          int pixel_bytes);
#endif

/* Average where there is no row above. */
void ms_average_first_pixels(const guint8 *filtered, guint8 *out, gsize n, int pixel_bytes);

/* Added to the one of three that is nearest to left + up - corner. */
static inline guint8
ms_paeth_byte(guint8 filtered, int left, int up, int corner)
{
  int by_left = up - corner, by_up = left - corner, by_corner = by_left + by_up;
  int from_left = ABS(by_left), from_up = ABS(by_up), from_corner = ABS(by_corner);
  int nearest = from_up <= from_corner ? up : corner;

  return (guint8)(filtered + (from_left <= from_up && from_left <= from_corner ? left : nearest));
}

G_END_DECLS
