/* SPDX-License-Identifier: MIT
 *
 * Sub is a sum of all bytes to the left, Up one addition: both go by vectors, or by the eight bytes
 * of a word. Average and Paeth wait for the byte to the left, so that what pays is to pass over
 * what masks are made of: words of zeros over a flat or an equal neighbourhood.
 */
#include "io/unfilter.h"

#include <stdlib.h>
#include <string.h>

/* A byte in every place of a word, or a 16-bit lane's low half in every lane. */
#define EVERY_BYTE G_GUINT64_CONSTANT(0x0101010101010101)
#define EVERY_LANE G_GUINT64_CONSTANT(0x0001000100010001)
#define LOW_HALVES G_GUINT64_CONSTANT(0x00ff00ff00ff00ff)

/* The byte at the lowest address is the lowest one. */
static inline guint64
get_word(const guint8 *bytes)
{
  guint64 word;

  memcpy(&word, bytes, sizeof word);
  return GUINT64_FROM_LE(word);
}

static inline void
put_word(guint8 *bytes, guint64 word)
{
  word = GUINT64_TO_LE(word);
  memcpy(bytes, &word, sizeof word);
}

/* --- portable --------------------------------------------------------------------------------- */

static void
sub_rest(const guint8 *filtered, guint8 *out, gsize n, guint8 left)
{
  for (gsize i = 0; i < n; i++)
    out[i] = left = (guint8)(left + filtered[i]);
}

/* Even and odd bytes in lanes of 16 bits, which the sums of eight bytes and one do not overflow. */
static void
sub_portable(const guint8 *filtered, guint8 *out, gsize n)
{
  guint64 left = 0;
  gsize i = 0;

  for (; i + 8 <= n; i += 8) {
    guint64 word = get_word(filtered + i);
    guint64 even = (word & LOW_HALVES) * EVERY_LANE;
    guint64 odd = ((word >> 8) & LOW_HALVES) * EVERY_LANE;
    guint64 base = even + left * EVERY_LANE;

    word = ((base + (odd << 16)) & LOW_HALVES) | ((base + odd) & LOW_HALVES) << 8;
    put_word(out + i, word);
    left = word >> 56;
  }
  sub_rest(filtered + i, out + i, n - i, (guint8)left);
}

static void
up_portable(const guint8 *filtered, const guint8 *above, guint8 *out, gsize n)
{
  const guint64 high = 0x80 * EVERY_BYTE;
  gsize i = 0;

  for (; i + 8 <= n; i += 8) {
    guint64 a = get_word(filtered + i), b = get_word(above + i);

    put_word(out + i, ((a & ~high) + (b & ~high)) ^ ((a ^ b) & high));
  }
  for (; i < n; i++)
    out[i] = (guint8)(filtered[i] + above[i]);
}

static void
spread_bits_rest(guint8 packed, guint8 *out, gsize n)
{
  for (gsize i = 0; i < n; i++)
    out[i] = (packed >> (7 - i)) & 1;
}

static void
spread_bits_portable(const guint8 *packed, guint8 *out, gsize n)
{
  const guint64 own_bit = G_GUINT64_CONSTANT(0x0102040810204080);
  gsize i = 0;

  for (; i + 8 <= n; i += 8) {
    guint64 bits = (packed[i / 8] * EVERY_BYTE) & own_bit;

    put_word(out + i, ((bits + 0x7f * EVERY_BYTE) >> 7) & EVERY_BYTE);
  }
  if (i < n)
    spread_bits_rest(packed[i / 8], out + i, n - i);
}

/* Four bytes of two samples each as a word of eight. */
static void
spread_nibbles_portable(const guint8 *packed, guint8 *out, gsize n)
{
  const guint64 low = G_GUINT64_CONSTANT(0x000f000f000f000f);
  gsize i = 0;

  for (; i + 8 <= n; i += 8) {
    guint64 bytes;
    guint32 four;

    memcpy(&four, packed + i / 2, sizeof four);
    four = GUINT32_FROM_LE(four);
    bytes = (four | (guint64)four << 16) & G_GUINT64_CONSTANT(0x0000ffff0000ffff);
    bytes = (bytes | bytes << 8) & G_GUINT64_CONSTANT(0x00ff00ff00ff00ff);
    put_word(out + i, (bytes >> 4 & low) | (bytes & low) << 8);
  }
  for (; i < n; i++)
    out[i] = (packed[i / 2] >> (4 - 4 * (i % 2))) & 15;
}

static const MsUnfilter portable = {
    "portable",    sub_portable,      up_portable,    spread_bits_portable, spread_nibbles_portable,
    ms_sub_pixels, ms_average_pixels, ms_paeth_pixels};

/* --- AVX2 ------------------------------------------------------------------------------------- */

#if defined(__x86_64__) || defined(__i386__)

#include <immintrin.h>

#define AVX2 __attribute__((target("avx2")))

AVX2 static void
sub_avx2(const guint8 *filtered, guint8 *out, gsize n)
{
  const __m256i last = _mm256_set1_epi8(15);
  __m256i left = _mm256_setzero_si256();
  gsize i = 0;

  for (; i + sizeof left <= n; i += sizeof left) {
    __m256i sums = _mm256_loadu_si256((const __m256i *)(filtered + i));
    __m256i totals, low;

    sums = _mm256_add_epi8(sums, _mm256_slli_si256(sums, 1));
    sums = _mm256_add_epi8(sums, _mm256_slli_si256(sums, 2));
    sums = _mm256_add_epi8(sums, _mm256_slli_si256(sums, 4));
    sums = _mm256_add_epi8(sums, _mm256_slli_si256(sums, 8));
    /* The two halves are summed apart; the upper one lacks the total of the lower. */
    totals = _mm256_shuffle_epi8(sums, last);
    low = _mm256_permute2x128_si256(totals, totals, 0x08);
    sums = _mm256_add_epi8(sums, _mm256_add_epi8(low, left));
    _mm256_storeu_si256((__m256i *)(out + i), sums);
    totals = _mm256_add_epi8(totals, _mm256_permute2x128_si256(totals, totals, 0x01));
    left = _mm256_add_epi8(left, totals);
  }
  sub_rest(filtered + i, out + i, n - i, (guint8)_mm256_extract_epi8(left, 0));
}

AVX2 static void
up_avx2(const guint8 *filtered, const guint8 *above, guint8 *out, gsize n)
{
  gsize i = 0;

  for (; i + sizeof(__m256i) <= n; i += sizeof(__m256i)) {
    __m256i a = _mm256_loadu_si256((const __m256i *)(filtered + i));
    __m256i b = _mm256_loadu_si256((const __m256i *)(above + i));

    _mm256_storeu_si256((__m256i *)(out + i), _mm256_add_epi8(a, b));
  }
  up_portable(filtered + i, above + i, out + i, n - i);
}

AVX2 static void
spread_bits_avx2(const guint8 *packed, guint8 *out, gsize n)
{
  const __m256i own_byte = _mm256_setr_epi8(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2,
                                            2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3);
  const __m256i own_bit = _mm256_set1_epi64x(0x0102040810204080);
  gsize i = 0;

  for (; i + sizeof own_bit <= n; i += sizeof own_bit) {
    gint32 four;
    __m256i bits;

    memcpy(&four, packed + i / 8, sizeof four);
    bits = _mm256_and_si256(_mm256_shuffle_epi8(_mm256_set1_epi32(four), own_byte), own_bit);
    bits = _mm256_cmpeq_epi8(bits, own_bit); /* -1 where it is set */
    _mm256_storeu_si256((__m256i *)(out + i), _mm256_abs_epi8(bits));
  }
  spread_bits_portable(packed + i / 8, out + i, n - i);
}

AVX2 static void
spread_nibbles_avx2(const guint8 *packed, guint8 *out, gsize n)
{
  const __m256i low = _mm256_set1_epi16(15);
  gsize i = 0;

  for (; i + sizeof low <= n; i += sizeof low) {
    __m256i lanes =
        _mm256_cvtepu8_epi16(_mm_loadu_si128((const __m128i *)(const void *)(packed + i / 2)));

    lanes = _mm256_or_si256(_mm256_srli_epi16(lanes, 4),
                            _mm256_slli_epi16(_mm256_and_si256(lanes, low), 8));
    _mm256_storeu_si256((__m256i *)(out + i), lanes);
  }
  spread_nibbles_portable(packed + i / 2, out + i, n - i);
}

static const MsUnfilter avx2 = {"AVX2",
                                sub_avx2,
                                up_avx2,
                                spread_bits_avx2,
                                spread_nibbles_avx2,
                                ms_sub_pixels_avx2,
                                ms_average_pixels_avx2,
                                ms_paeth_pixels_avx2};

static const MsUnfilter *
fast_unfilter(void)
{
  return __builtin_cpu_supports("avx2") ? &avx2 : NULL;
}

#else

static const MsUnfilter *
fast_unfilter(void)
{
  return NULL;
}

#endif

const MsUnfilter *
ms_unfilter_best(void)
{
  const MsUnfilter *fast = fast_unfilter();

  return fast ? fast : &portable;
}

const MsUnfilter *
ms_unfilter_nth(gsize index)
{
  if (index == 0)
    return &portable;
  return index == 1 ? fast_unfilter() : NULL;
}

/* --- what waits for the byte to the left ------------------------------------------------------ */

static void
average_first_row(const guint8 *filtered, guint8 *out, gsize n)
{
  guint8 left = 0;

  for (gsize i = 0; i < n; i++)
    out[i] = left = (guint8)(filtered[i] + left / 2);
}

static guint8
average_bytes(const guint8 *filtered, const guint8 *above, guint8 *out, gsize n, guint8 left)
{
  for (gsize i = 0; i < n; i++)
    out[i] = left = (guint8)(filtered[i] + (left + above[i]) / 2);
  return left;
}

/* Nothing added to what is flat stays flat. */
static void
average(const guint8 *filtered, const guint8 *above, guint8 *out, gsize n)
{
  guint8 left = 0;
  gsize i = 0;

  for (; i + 8 <= n; i += 8) {
    guint64 flat = left * EVERY_BYTE;

    if (get_word(filtered + i) == 0 && get_word(above + i) == flat)
      put_word(out + i, flat);
    else
      left = average_bytes(filtered + i, above + i, out + i, 8, left);
  }
  average_bytes(filtered + i, above + i, out + i, n - i, left);
}

/* Bytes one by one where there is noise: more and more of them as long as it goes on. */
#define MAX_BURST 16

/* Nothing added goes on as the row above does where left and corner are one, and goes on as on the
 * left where the row above is flat: up to the first byte of which that does not hold. */
static void
paeth(const guint8 *filtered, const guint8 *above, guint8 *out, gsize n)
{
  guint8 left = 0, corner = 0;
  gsize i = 0, burst = 1;

  while (i < n) {
    gsize end;

    if (i + 8 <= n) {
      guint64 added = get_word(filtered + i), up = get_word(above + i);
      guint64 differs = left == corner ? added : added | (up ^ corner * EVERY_BYTE);
      gsize run = differs ? (gsize)__builtin_ctzll(differs) / 8 : 8;

      put_word(out + i, left == corner ? up : left * EVERY_BYTE);
      burst = run > 0 ? 1 : MIN(2 * burst, MAX_BURST);
      i += run;
      if (run > 0) {
        left = out[i - 1];
        corner = above[i - 1];
      }
      if (run == 8)
        continue;
    } else {
      burst = 8;
    }
    for (end = MIN(i + burst, n); i < end; i++) {
      out[i] = left = ms_paeth_byte(filtered[i], left, above[i], corner);
      corner = above[i];
    }
  }
}

void
ms_unfilter_row(const MsUnfilter *unfilter, MsFilter filter, const guint8 *filtered,
                const guint8 *above, guint8 *out, gsize n)
{
  if (!above && filter == MS_FILTER_UP)
    filter = MS_FILTER_NONE;
  if (!above && filter == MS_FILTER_PAETH)
    filter = MS_FILTER_SUB;
  switch (filter) {
  case MS_FILTER_NONE:
    memmove(out, filtered, n);
    break;
  case MS_FILTER_SUB:
    unfilter->sub(filtered, out, n);
    break;
  case MS_FILTER_UP:
    unfilter->up(filtered, above, out, n);
    break;
  case MS_FILTER_AVERAGE:
    if (above)
      average(filtered, above, out, n);
    else
      average_first_row(filtered, out, n);
    break;
  case MS_FILTER_PAETH:
    paeth(filtered, above, out, n);
    break;
  case MS_N_FILTERS:
    g_return_if_reached();
  }
}

/* What looks to the left in another way than where a pixel is a byte. */
static MsPixelLoop
pixel_loop(const MsUnfilter *unfilter, MsFilter filter, gboolean first_row)
{
  if (filter == MS_FILTER_SUB || (first_row && filter == MS_FILTER_PAETH))
    return unfilter->sub_pixels;
  if (filter == MS_FILTER_PAETH)
    return unfilter->paeth_pixels;
  return filter == MS_FILTER_AVERAGE ? unfilter->average_pixels : NULL;
}

void
ms_unfilter_pixels(const MsUnfilter *unfilter, MsFilter filter, int pixel_bytes,
                   const guint8 *filtered, const guint8 *above, guint8 *out, gsize n)
{
  MsPixelLoop loop = pixel_bytes > 1 ? pixel_loop(unfilter, filter, !above) : NULL;

  if (!loop)
    ms_unfilter_row(unfilter, filter, filtered, above, out, n);
  else if (!above && filter == MS_FILTER_AVERAGE)
    ms_average_first_pixels(filtered, out, n, pixel_bytes);
  else
    loop(filtered, above, out, n, pixel_bytes);
}

/* --- packed samples --------------------------------------------------------------------------- */

/* Two bytes of four samples each. */
static void
spread_twos(const guint8 *packed, guint8 *out, gsize n)
{
  const guint64 low = G_GUINT64_CONSTANT(0x0000000300000003);
  gsize i = 0;

  for (; i + 8 <= n; i += 8) {
    guint64 bytes = packed[i / 4] | (guint64)packed[i / 4 + 1] << 32;

    put_word(out + i, (bytes >> 6 & low) | (bytes >> 4 & low) << 8 | (bytes >> 2 & low) << 16 |
                          (bytes & low) << 24);
  }
  for (; i < n; i++)
    out[i] = (packed[i / 4] >> (6 - 2 * (i % 4))) & 3;
}

void
ms_spread_row(const MsUnfilter *unfilter, int depth, const guint8 *packed, guint8 *out, gsize n)
{
  if (depth == 1)
    unfilter->spread_bits(packed, out, n);
  else if (depth == 2)
    spread_twos(packed, out, n);
  else
    unfilter->spread_nibbles(packed, out, n);
}
