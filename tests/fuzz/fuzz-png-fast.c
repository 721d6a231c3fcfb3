/* SPDX-License-Identifier: MIT
 *
 * The fast PNG reader beside libpng, on the bytes as they are, with the checksums of their chunks
 * made right, and with that of the stream as well: the same samples or the same error.
 */
#include <stdint.h>
#include <string.h>

#include <zlib.h>

#include "io/png-header.h"
#include "io/png.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Streams with gaps in their code tables are taken by the one and refused by the other. */
static gboolean
is_about_codes(const GError *error)
{
  return strstr(error->message, "invalid") || strstr(error->message, "too many length");
}

static void
compare(const guint8 *data, gsize size)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static(data, size);
  g_autoptr(GError) error = NULL, expected_error = NULL;
  g_autoptr(MsSamples) samples = ms_png_decode(bytes, "input", NULL, &error);
  g_autoptr(MsSamples) expected = ms_png_decode_reference(bytes, "input", NULL, &expected_error);

  g_assert_true((samples != NULL) == (error == NULL));
  if (samples && expected_error && is_about_codes(expected_error))
    return;
  g_assert_true((samples != NULL) == (expected != NULL));
  if (error)
    g_assert_cmpstr(error->message, ==, expected_error->message);
  if (!samples)
    return;
  g_assert_cmpint(samples->n_palette, ==, expected->n_palette);
  g_assert_cmpmem(samples->palette, sizeof samples->palette, expected->palette,
                  sizeof expected->palette);
  g_assert_true(samples->width == expected->width && samples->height == expected->height &&
                samples->color == expected->color && samples->depth == expected->depth &&
                samples->channels == expected->channels && samples->bytes == expected->bytes);
  g_assert_cmpmem(samples->pixels, samples->stride * (gsize)samples->height, expected->pixels,
                  expected->stride * (gsize)expected->height);
}

/* The next chunk whose data are all there; FALSE: there is none. */
static gboolean
next_chunk(const guint8 *data, gsize size, gsize *offset, gsize *length)
{
  if (*offset > size || size - *offset < MS_PNG_CHUNK_OVERHEAD)
    return FALSE;
  *length = ms_png_number(data + *offset);
  return *length <= size - *offset - MS_PNG_CHUNK_OVERHEAD;
}

static void
put_number(guint8 *bytes, gulong number)
{
  for (int i = 0; i < 4; i++)
    bytes[i] = (guint8)(number >> (24 - 8 * i));
}

static void
mend_chunks(guint8 *data, gsize size)
{
  gsize length;

  for (gsize offset = MS_PNG_SIGNATURE_BYTES; next_chunk(data, size, &offset, &length);
       offset += MS_PNG_CHUNK_OVERHEAD + length)
    put_number(data + offset + 8 + length, crc32(0, data + offset + 4, 4 + (uInt)length));
}

/* Of what the stream inflates to, as far as that is little. Puts it behind the stream's end. */
static void
mend_stream(guint8 *data, gsize size)
{
  static guint8 out[1 << 16];
  z_stream stream = {0};
  gsize offset = MS_PNG_SIGNATURE_BYTES, length, header = 2, n_left = 4;
  int state = Z_OK;
  gulong sum = 0;

  if (inflateInit2(&stream, -15) != Z_OK)
    return;
  stream.next_out = out;
  stream.avail_out = sizeof out;
  for (; next_chunk(data, size, &offset, &length); offset += MS_PNG_CHUNK_OVERHEAD + length) {
    guint8 *content = data + offset + 8;
    gsize skipped = MIN(header, length);

    if (memcmp(data + offset + 4, "IDAT", 4) != 0)
      continue;
    header -= skipped;
    stream.next_in = content + skipped;
    stream.avail_in = (uInt)(length - skipped);
    if (state == Z_OK && stream.avail_in > 0)
      state = inflate(&stream, Z_NO_FLUSH);
    if (state == Z_STREAM_END && n_left == 4)
      sum = adler32(adler32(0, NULL, 0), out, (uInt)stream.total_out);
    for (; state == Z_STREAM_END && stream.avail_in > 0 && n_left > 0; stream.avail_in--)
      *stream.next_in++ = (guint8)(sum >> (8 * --n_left));
  }
  inflateEnd(&stream);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  g_autofree guint8 *copy = g_memdup2(data, size);

  compare(data, size);
  if (size < MS_PNG_HEADER_BYTES)
    return 0;
  mend_chunks(copy, size);
  compare(copy, size);
  mend_stream(copy, size);
  mend_chunks(copy, size);
  compare(copy, size);
  return 0;
}
