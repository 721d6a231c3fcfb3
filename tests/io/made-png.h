/* SPDX-License-Identifier: MIT
 *
 * PNG files made byte by byte for tests: every filter on every row, any cut of the image data into
 * chunks, any other chunk between them. Sound ones are sound PNG; damage is done to their bytes.
 */
#pragma once

#include <stdlib.h>
#include <string.h>

#include <zlib.h>

#include "io/samples.h"
#include "support/random.h"

typedef struct {
  int width;
  int height;
  int color;      /* as IHDR gives it: 0, 2, 3, 4, 6 */
  int depth;      /* 1, 2, 4, 8; of colours, and with alpha, 8 */
  int filter;     /* 0 to 4: of every row; 5: mixed */
  gboolean noisy; /* any samples; else runs, as masks have them */
  int level;
  int window_bits;
  guint n_palette; /* colour 3 */
  gboolean alphas;
  gboolean others;   /* chunks that may be skipped */
  guint cuts;        /* into how many chunks the image data are cut; with gaps of no bytes */
  gboolean trailing; /* bytes behind the end */
} TestMadePng;

static inline void
test_put_32(GByteArray *bytes, guint32 value)
{
  guint8 four[4] = {(guint8)(value >> 24), (guint8)(value >> 16), (guint8)(value >> 8),
                    (guint8)value};

  g_byte_array_append(bytes, four, 4);
}

static inline void
test_put_chunk(GByteArray *bytes, const char *type, const void *data, gsize size)
{
  guint start = bytes->len + 4;

  test_put_32(bytes, (guint32)size);
  g_byte_array_append(bytes, (const guint8 *)type, 4);
  if (size > 0)
    g_byte_array_append(bytes, data, (guint)size);
  test_put_32(bytes, (guint32)crc32(0, bytes->data + start, 4 + (uInt)size));
}

/* Makes every checksum of chunks right again, as far as their lengths are. */
static inline void
test_mend_checksums(guint8 *data, gsize size)
{
  for (gsize offset = 8; offset + 12 <= size;) {
    guint32 length = (guint32)data[offset] << 24 | (guint32)data[offset + 1] << 16 |
                     (guint32)data[offset + 2] << 8 | data[offset + 3];
    guint32 crc;

    if (length > size - offset - 12)
      return;
    crc = (guint32)crc32(0, data + offset + 4, 4 + (uInt)length);
    for (int i = 0; i < 4; i++)
      data[offset + 8 + length + i] = (guint8)(crc >> (24 - 8 * i));
    offset += 12 + (gsize)length;
  }
}

static inline guint8
test_predict(int filter, guint8 left, guint8 up, guint8 corner)
{
  int to_left = abs(up - corner), to_up = abs(left - corner),
      to_corner = abs(left + up - 2 * corner);

  switch (filter) {
  case 1:
    return left;
  case 2:
    return up;
  case 3:
    return (guint8)((left + up) / 2);
  case 4:
    if (to_left <= to_up && to_left <= to_corner)
      return left;
    return to_up <= to_corner ? up : corner;
  default:
    return 0;
  }
}

/* Samples a pixel. */
static inline gsize
test_made_channels(const TestMadePng *made)
{
  return made->color == 2 ? 3 : made->color == 4 ? 2 : made->color == 6 ? 4 : 1;
}

static inline void
test_filter_row(int filter, const guint8 *row, const guint8 *above, guint8 *out, gsize n,
                gsize pixel)
{
  *out++ = (guint8)filter;
  for (gsize i = 0; i < n; i++)
    out[i] = (guint8)(row[i] - test_predict(filter, i >= pixel ? row[i - pixel] : 0,
                                            above ? above[i] : 0,
                                            i >= pixel && above ? above[i - pixel] : 0));
}

/* Packed rows. Runs go on as the row above does, but for a few pixels. */
static inline guint8 *
test_make_rows(TestRandom *random, const TestMadePng *made, gsize row_bytes)
{
  guint8 *rows = g_malloc(row_bytes * (gsize)made->height + 1);
  guint8 value = 0;

  for (gsize i = 0; i < row_bytes * (gsize)made->height; i++) {
    if (made->noisy || test_random_below(random, 16) == 0)
      value = (guint8)test_random(random);
    else if (i >= row_bytes && test_random_below(random, 4) > 0)
      value = rows[i - row_bytes];
    rows[i] = value;
  }
  return rows;
}

static inline guint8 *
test_compress(const guint8 *data, gsize size, const TestMadePng *made, gsize *n_compressed)
{
  z_stream stream = {0};
  guint8 *out;

  g_assert_cmpint(
      deflateInit2(&stream, made->level, Z_DEFLATED, made->window_bits, 8, Z_DEFAULT_STRATEGY), ==,
      Z_OK);
  stream.avail_out = (uInt)deflateBound(&stream, size);
  out = g_malloc(stream.avail_out);
  stream.next_out = out;
  stream.next_in = (guint8 *)data;
  stream.avail_in = (uInt)size;
  g_assert_cmpint(deflate(&stream, Z_FINISH), ==, Z_STREAM_END);
  *n_compressed = stream.total_out;
  deflateEnd(&stream);
  return out;
}

static inline void
test_put_image_data(GByteArray *bytes, TestRandom *random, const guint8 *data, gsize size,
                    guint cuts)
{
  gsize done = 0;

  for (guint i = 0; i < cuts; i++) {
    gsize rest = size - done;
    gsize n = i + 1 == cuts ? rest : test_random_below(random, (guint32)rest + 1) / 2;

    test_put_chunk(bytes, "IDAT", data + done, n);
    done += n;
  }
}

static inline void
test_put_palette(GByteArray *bytes, TestRandom *random, const TestMadePng *made)
{
  guint8 noise[768];

  for (guint i = 0; i < sizeof noise; i++)
    noise[i] = (guint8)test_random(random);
  test_put_chunk(bytes, "PLTE", noise, 3 * (gsize)made->n_palette);
  if (made->alphas)
    test_put_chunk(bytes, "tRNS", noise, 1 + test_random_below(random, made->n_palette));
}

/* pixels (may be NULL) becomes the samples, a byte each; free with g_free(). */
static inline GBytes *
test_make_png(TestRandom *random, const TestMadePng *made, guint8 **pixels)
{
  gsize width = (gsize)made->width, height = (gsize)made->height;
  gsize channels = test_made_channels(made), n_samples = width * channels, n_compressed;
  gsize row_bytes = (n_samples * (gsize)made->depth + 7) / 8;
  g_autofree guint8 *rows = test_make_rows(random, made, row_bytes);
  g_autofree guint8 *filtered = g_malloc((row_bytes + 1) * height);
  g_autofree guint8 *compressed = NULL;
  GByteArray *bytes = g_byte_array_new();
  guint8 ihdr[13] = {0,
                     0,
                     (guint8)(width >> 8),
                     (guint8)width,
                     0,
                     0,
                     (guint8)(height >> 8),
                     (guint8)height,
                     (guint8)made->depth,
                     (guint8)made->color,
                     0,
                     0,
                     0};

  for (gsize y = 0; y < height; y++)
    test_filter_row(made->filter < 5 ? made->filter : (int)test_random_below(random, 5),
                    rows + y * row_bytes, y ? rows + (y - 1) * row_bytes : NULL,
                    filtered + y * (row_bytes + 1), row_bytes, channels);
  compressed = test_compress(filtered, (row_bytes + 1) * height, made, &n_compressed);
  g_byte_array_append(bytes, (const guint8 *)"\x89PNG\r\n\x1a\n", 8);
  test_put_chunk(bytes, "IHDR", ihdr, sizeof ihdr);
  if (made->others)
    test_put_chunk(bytes, "gAMA", "\0\0\xb1\x8f", 4);
  if (made->color == 3)
    test_put_palette(bytes, random, made);
  if (made->others)
    test_put_chunk(bytes, "abCd", "anything", 8);
  test_put_image_data(bytes, random, compressed, n_compressed, made->cuts);
  if (made->others)
    test_put_chunk(bytes, "tEXt", "Title\0of it", 11);
  test_put_chunk(bytes, "IEND", NULL, 0);
  if (made->trailing)
    g_byte_array_append(bytes, (const guint8 *)"trailing bytes", 14);

  if (pixels) {
    *pixels = g_malloc(n_samples * height);
    for (gsize i = 0; i < n_samples * height; i++) {
      gsize bit = i % n_samples * (gsize)made->depth;
      guint8 byte = rows[i / n_samples * row_bytes + bit / 8];

      (*pixels)[i] =
          (guint8)((byte >> (8 - (gsize)made->depth - bit % 8)) & ((1 << made->depth) - 1));
    }
  }
  return g_byte_array_free_to_bytes(bytes);
}

/* A sound one of any kind. */
static inline TestMadePng
test_any_made_png(TestRandom *random)
{
  static const int depths[] = {1, 2, 4, 8, 8, 8};
  static const int colors[] = {0, 0, 3, 3, 2, 4, 6};
  TestMadePng made = {.width = 1 + (int)test_random_below(random, 70),
                      .height = 1 + (int)test_random_below(random, 40),
                      .color = colors[test_random_below(random, G_N_ELEMENTS(colors))],
                      .depth = depths[test_random_below(random, G_N_ELEMENTS(depths))],
                      .filter = (int)test_random_below(random, 6),
                      .noisy = test_random_below(random, 2) == 0,
                      .level = (int)test_random_below(random, 10),
                      .window_bits = 15,
                      .alphas = test_random_below(random, 2) == 0,
                      .others = test_random_below(random, 3) == 0,
                      .cuts = 1 + test_random_below(random, 4),
                      .trailing = test_random_below(random, 8) == 0};

  if (test_random_below(random, 16) == 0)
    made.width = 200 + (int)test_random_below(random, 800);
  if (test_made_channels(&made) > 1)
    made.depth = 8;
  made.n_palette = 1 + test_random_below(random, 1u << made.depth);
  return made;
}
