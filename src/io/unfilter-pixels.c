/* SPDX-License-Identifier: MIT
 *
 * Each pixel waits for the one to its left, so that a pixel at a time goes through a register: a
 * byte in a lane of 8 bits, or of 16 where there are differences. Four bytes are moved whatever a
 * pixel has, so long as the row has so many left: what is written too much is written again.
 */
#include "io/unfilter-pixels.h"

#include <string.h>

/* --- portable --------------------------------------------------------------------------------- */

void
ms_sub_pixels(const guint8 *filtered, const guint8 *above, guint8 *out, gsize n, int pixel_bytes)
{
  gsize pixel = (gsize)pixel_bytes;

  for (gsize i = 0; i < n; i++)
    out[i] = (guint8)(filtered[i] + (i < pixel ? 0 : out[i - pixel]));
}

void
ms_average_pixels(const guint8 *filtered, const guint8 *above, guint8 *out, gsize n,
                  int pixel_bytes)
{
  gsize pixel = (gsize)pixel_bytes;

  for (gsize i = 0; i < n; i++)
    out[i] = (guint8)(filtered[i] + ((i < pixel ? 0 : out[i - pixel]) + above[i]) / 2);
}

void
ms_average_first_pixels(const guint8 *filtered, guint8 *out, gsize n, int pixel_bytes)
{
  gsize pixel = (gsize)pixel_bytes;

  for (gsize i = 0; i < n; i++)
    out[i] = (guint8)(filtered[i] + (i < pixel ? 0 : out[i - pixel]) / 2);
}

void
ms_paeth_pixels(const guint8 *filtered, const guint8 *above, guint8 *out, gsize n, int pixel_bytes)
{
  gsize pixel = (gsize)pixel_bytes;

  for (gsize i = 0; i < n; i++)
    out[i] = i < pixel ? (guint8)(filtered[i] + above[i])
                       : ms_paeth_byte(filtered[i], out[i - pixel], above[i], above[i - pixel]);
}

/* --- AVX2 ------------------------------------------------------------------------------------- */

#if defined(__x86_64__) || defined(__i386__)

#include <immintrin.h>

/* Of the instructions those on 16 bytes, in their three-address form. */
#define AVX2      __attribute__((target("avx2")))
#define AVX2_PART AVX2 __attribute__((always_inline)) static inline

AVX2_PART __m128i
get_pixel(const guint8 *from, gsize n)
{
  gint32 four = 0;

  memcpy(&four, from, n);
  return _mm_cvtsi32_si128(four);
}

AVX2_PART void
put_pixel(__m128i pixel, guint8 *to, gsize n)
{
  gint32 four = _mm_cvtsi128_si32(pixel);

  memcpy(to, &four, n);
}

typedef struct {
  __m128i left; /* as the step likes it */
  __m128i corner;
} Neighbours;

AVX2_PART __m128i
sub_step(Neighbours *near, __m128i filtered, __m128i above)
{
  return near->left = _mm_add_epi8(filtered, near->left);
}

/* The processor's average rounds up: that of the complements is the complement of what is wanted,
 * and so from complement to complement it takes two instructions. */
AVX2_PART __m128i
average_step(Neighbours *near, __m128i filtered, __m128i above)
{
  const __m128i ones = _mm_set1_epi8(-1);

  near->left = _mm_sub_epi8(_mm_avg_epu8(near->left, _mm_xor_si128(above, ones)), filtered);
  return _mm_xor_si128(near->left, ones);
}

AVX2_PART __m128i
paeth_step(Neighbours *near, __m128i filtered, __m128i above)
{
  __m128i up = _mm_cvtepu8_epi16(above), left = near->left, corner = near->corner;
  __m128i by_left = _mm_sub_epi16(up, corner), by_up = _mm_sub_epi16(left, corner);
  __m128i from_corner = _mm_abs_epi16(_mm_add_epi16(by_left, by_up));
  __m128i from_left = _mm_abs_epi16(by_left), from_up = _mm_abs_epi16(by_up);
  __m128i least = _mm_min_epi16(_mm_min_epi16(from_left, from_up), from_corner);
  __m128i nearest = _mm_blendv_epi8(corner, up, _mm_cmpeq_epi16(from_up, least));

  nearest = _mm_blendv_epi8(nearest, left, _mm_cmpeq_epi16(from_left, least));
  near->corner = up;
  near->left = _mm_add_epi8(nearest, _mm_cvtepu8_epi16(filtered));
  return _mm_packus_epi16(near->left, near->left);
}

typedef __m128i (*Step)(Neighbours *near, __m128i filtered, __m128i above);

/* Called with constants for step, pixel, and start: what every byte is to the left of the row. */
AVX2_PART void
undo(Step step, char start, const guint8 *filtered, const guint8 *above, guint8 *out, gsize n,
     gsize pixel)
{
  Neighbours near = {_mm_set1_epi8(start), _mm_setzero_si128()};
  gsize i = 0;

  for (; i + 4 <= n; i += pixel)
    put_pixel(step(&near, get_pixel(filtered + i, 4), get_pixel(above + i, 4)), out + i, 4);
  for (; i < n; i += pixel)
    put_pixel(step(&near, get_pixel(filtered + i, pixel), get_pixel(above + i, pixel)), out + i,
              pixel);
}

AVX2_PART void
undo_any(Step step, char start, const guint8 *filtered, const guint8 *above, guint8 *out, gsize n,
         int pixel_bytes)
{
  if (pixel_bytes == 2)
    undo(step, start, filtered, above, out, n, 2);
  else if (pixel_bytes == 3)
    undo(step, start, filtered, above, out, n, 3);
  else
    undo(step, start, filtered, above, out, n, 4);
}

AVX2 void
ms_sub_pixels_avx2(const guint8 *filtered, const guint8 *above, guint8 *out, gsize n,
                   int pixel_bytes)
{
  undo_any(sub_step, 0, filtered, filtered, out, n, pixel_bytes);
}

AVX2 void
ms_average_pixels_avx2(const guint8 *filtered, const guint8 *above, guint8 *out, gsize n,
                       int pixel_bytes)
{
  undo_any(average_step, -1, filtered, above, out, n, pixel_bytes);
}

AVX2 void
ms_paeth_pixels_avx2(const guint8 *filtered, const guint8 *above, guint8 *out, gsize n,
                     int pixel_bytes)
{
  undo_any(paeth_step, 0, filtered, above, out, n, pixel_bytes);
}

#endif
