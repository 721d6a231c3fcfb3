/* SPDX-License-Identifier: MIT
 *
 * How a picture is shown: percentiles from a histogram of all its samples, and the look-up table
 * that takes samples to the screen's 8 bits. Made for pictures of many megapixels: one pass each.
 */
#include "io/picture.h"

#include <string.h>

#define DARK_8 64 /* a quarter of full scale */

static guint
full_scale(const MsPicture *picture)
{
  return picture->bytes == 2 ? 65535 : 255;
}

/* Four tables side by side: equal neighbours do not wait for each other's counter. */
static void
count_8(const MsPicture *picture, guint64 *counts)
{
  gsize n = picture->stride * picture->height;
  const guint8 *p = picture->pixels;
  guint32 tables[4][256] = {{0}};
  gsize i = 0;

  G_STATIC_ASSERT(G_MAXUINT32 > (G_GUINT64_CONSTANT(1) << 31)); /* largest picture: 2^31 samples */
  for (; i + 4 <= n; i += 4) {
    tables[0][p[i]]++;
    tables[1][p[i + 1]]++;
    tables[2][p[i + 2]]++;
    tables[3][p[i + 3]]++;
  }
  for (; i < n; i++)
    tables[0][p[i]]++;
  for (int v = 0; v < 256; v++)
    counts[v] = (guint64)tables[0][v] + tables[1][v] + tables[2][v] + tables[3][v];
}

static void
count_16(const MsPicture *picture, guint64 *counts)
{
  const guint16 *p = (const guint16 *)(const void *)picture->pixels;
  gsize n = picture->stride / 2 * picture->height;

  for (gsize i = 0; i < n; i++)
    counts[p[i]]++;
}

static guint64 *
histogram(const MsPicture *picture)
{
  guint64 *counts = g_new0(guint64, full_scale(picture) + 1);

  if (picture->bytes == 2)
    count_16(picture, counts);
  else
    count_8(picture, counts);
  return counts;
}

/* The smallest value that at least `permille` of the samples do not exceed. */
static guint
quantile(const MsPicture *picture, const guint64 *counts, guint permille)
{
  guint64 n = (guint64)picture->width * picture->height * picture->channels;
  guint64 seen = 0;
  guint value = 0;

  for (;; value++) {
    seen += counts[value];
    if (seen * 1000 >= n * permille || value == full_scale(picture))
      return value;
  }
}

MsDisplayRange
ms_picture_full_range(const MsPicture *picture)
{
  return (MsDisplayRange){0, full_scale(picture)};
}

static inline guint
count_bright(const guint8 *samples, gsize n, guint8 least)
{
  guint bright = 0;

  for (gsize i = 0; i < n; i++)
    bright += samples[i] >= least;
  return bright;
}

/* Photographs have their half a percent of bright samples in their first rows: then nothing needs
 * to be counted. */
static gboolean
is_seen_to_be_bright(const MsPicture *picture)
{
  guint64 n = (guint64)picture->width * picture->height * picture->channels, bright = 0;

  if (picture->bytes != 1)
    return FALSE;
  for (int y = 0; y < picture->height && bright * 1000 <= n * 5; y++)
    bright += count_bright(picture->pixels + (gsize)y * picture->stride,
                           (gsize)picture->width * picture->channels, DARK_8);
  return bright * 1000 > n * 5;
}

static MsDisplayRange
auto_range(const MsPicture *picture, const guint64 *counts)
{
  MsDisplayRange range = {quantile(picture, counts, 5), quantile(picture, counts, 995)};

  return range.low < range.high ? range : ms_picture_full_range(picture);
}

static gboolean
wants_auto_range(const MsPicture *picture, const guint64 *counts)
{
  return picture->bytes == 2 || quantile(picture, counts, 995) < (full_scale(picture) + 1) / 4;
}

MsDisplayRange
ms_picture_auto_range(const MsPicture *picture)
{
  g_autofree guint64 *counts = histogram(picture);

  return auto_range(picture, counts);
}

gboolean
ms_picture_wants_auto_range(const MsPicture *picture)
{
  g_autofree guint64 *counts = histogram(picture);

  return wants_auto_range(picture, counts);
}

MsDisplayRange
ms_picture_wanted_range(const MsPicture *picture)
{
  g_autofree guint64 *counts = NULL;

  if (is_seen_to_be_bright(picture))
    return ms_picture_full_range(picture);
  counts = histogram(picture);
  return wants_auto_range(picture, counts) ? auto_range(picture, counts)
                                           : ms_picture_full_range(picture);
}

guint8 *
ms_picture_shades(const MsPicture *picture, MsDisplayRange range)
{
  guint n = full_scale(picture) + 1;
  guint8 *shades = g_malloc(n);
  guint span = range.high > range.low ? range.high - range.low : 1;

  for (guint v = 0; v < n; v++) {
    guint above = v > range.low ? MIN(v - range.low, span) : 0;

    shades[v] = ((guint64)above * 255 + span / 2) / span;
  }
  return shades;
}

/* Samples that are shown as they are need not be looked up. */
static gboolean
is_identity(const MsPicture *picture, const guint8 *shades)
{
  for (guint v = 0; picture->bytes == 1 && v < 256; v++)
    if (shades[v] != v)
      return FALSE;
  return picture->bytes == 1;
}

static inline guint32
rgb24(guint8 red, guint8 green, guint8 blue)
{
  return 0xff000000u | (guint32)red << 16 | (guint32)green << 8 | blue;
}

static inline guint
sample_at(const void *row, int index, int bytes)
{
  return bytes == 2 ? ((const guint16 *)row)[index] : ((const guint8 *)row)[index];
}

void
ms_picture_to_grey(const MsPicture *picture, const guint8 *shades, guint8 *pixels, gsize stride)
{
  gboolean copy = is_identity(picture, shades);

  for (int y = 0; y < picture->height; y++) {
    const guint8 *from = picture->pixels + (gsize)y * picture->stride;
    guint8 *to = pixels + (gsize)y * stride;

    if (copy)
      memcpy(to, from, (gsize)picture->width);
    else
      for (int x = 0; x < picture->width; x++)
        to[x] = shades[sample_at(from, x, picture->bytes)];
  }
}

/* Four bytes at once, of which the last is the next pixel's. */
static void
copy_colors(const guint8 *row, guint32 *to, int width)
{
  for (int x = 0; x < width - 1; x++) {
    guint32 four;

    memcpy(&four, row + 3 * (gsize)x, sizeof four);
    to[x] = 0xff000000u | GUINT32_FROM_BE(four) >> 8;
  }
  row += 3 * (gsize)(width - 1);
  to[width - 1] = rgb24(row[0], row[1], row[2]);
}

#if defined(__x86_64__) && G_BYTE_ORDER == G_LITTLE_ENDIAN

#include <immintrin.h>

/* Eight pixels at once: two times sixteen bytes, of which the last four are others'. */
__attribute__((target("avx2"))) static void
copy_colors_avx2(const guint8 *row, guint32 *to, int width)
{
  const __m256i place = _mm256_setr_epi8(2, 1, 0, -1, 5, 4, 3, -1, 8, 7, 6, -1, 11, 10, 9, -1, 2, 1,
                                         0, -1, 5, 4, 3, -1, 8, 7, 6, -1, 11, 10, 9, -1);
  const __m256i opaque = _mm256_set1_epi32((int)0xff000000u);
  int x = 0;

  for (; x + 10 <= width; x += 8) {
    const guint8 *from = row + 3 * (gsize)x;
    __m256i pixels = _mm256_inserti128_si256(
        _mm256_castsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)from)),
        _mm_loadu_si128((const __m128i *)(const void *)(from + 12)), 1);

    pixels = _mm256_or_si256(_mm256_shuffle_epi8(pixels, place), opaque);
    _mm256_storeu_si256((__m256i *)(void *)(to + x), pixels);
  }
  copy_colors(row + 3 * (gsize)x, to + x, width - x);
}

static void
copy_color_row(const guint8 *row, guint32 *to, int width)
{
  if (__builtin_cpu_supports("avx2"))
    copy_colors_avx2(row, to, width);
  else
    copy_colors(row, to, width);
}

#else

static void
copy_color_row(const guint8 *row, guint32 *to, int width)
{
  copy_colors(row, to, width);
}

#endif

/* Called with a constant for `bytes`, so that the compiler makes a loop for each. */
static inline void
show_row(const void *row, int bytes, guint32 *to, int width, int channels, const guint8 *shades)
{
  if (channels == 3) {
    for (int x = 0; x < width; x++)
      to[x] = rgb24(shades[sample_at(row, 3 * x, bytes)], shades[sample_at(row, 3 * x + 1, bytes)],
                    shades[sample_at(row, 3 * x + 2, bytes)]);
  } else {
    for (int x = 0; x < width; x++) {
      guint8 grey = shades[sample_at(row, x, bytes)];

      to[x] = rgb24(grey, grey, grey);
    }
  }
}

void
ms_picture_to_rgb24(const MsPicture *picture, const guint8 *shades, guint8 *pixels, gsize stride)
{
  gboolean copy = picture->channels == 3 && is_identity(picture, shades);

  for (int y = 0; y < picture->height; y++) {
    const guint8 *from = picture->pixels + (gsize)y * picture->stride;
    guint32 *to = (guint32 *)(void *)(pixels + (gsize)y * stride);

    if (copy)
      copy_color_row(from, to, picture->width);
    else if (picture->bytes == 2)
      show_row(from, 2, to, picture->width, picture->channels, shades);
    else
      show_row(from, 1, to, picture->width, picture->channels, shades);
  }
}
