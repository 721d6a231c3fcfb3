/* SPDX-License-Identifier: MIT
 *
 * The first 33 bytes of a PNG and its chunk lengths, read by hand: what they promise is judged
 * before libpng sees the file or memory is taken.
 */
#include "io/png-header.h"

#include <string.h>

#include <libdeflate.h>

#include "io/error.h"
#include "io/exif.h"
#include "io/magic.h"
#include "io/png.h"
#include "metric/raster.h"

#define IHDR_BYTES 13

/* What one byte of deflate can become at most. */
#define DEFLATE_MAX_RATIO 1032

static const guint8 signature[MS_PNG_SIGNATURE_BYTES] = {0x89, 'P',  'N',  'G',
                                                         '\r', '\n', 0x1a, '\n'};

static const struct {
  guint number; /* as IHDR gives it */
  MsColorType color;
  guint depths; /* the allowed ones, added up */
} color_types[] = {
    {0, MS_COLOR_GREY, 1 + 2 + 4 + 8 + 16},
    {2, MS_COLOR_RGB, 8 + 16},
    {3, MS_COLOR_PALETTE, 1 + 2 + 4 + 8},
    {4, MS_COLOR_GREY_ALPHA, 8 + 16},
    {6, MS_COLOR_RGBA, 8 + 16},
};

gboolean
ms_png_chunk_is_sound(const guint8 *chunk, gsize length)
{
  return libdeflate_crc32(0, chunk + 4, 4 + length) == ms_png_number(chunk + 8 + length);
}

gboolean
ms_png_sniff(GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data(bytes, &size);

  return size >= MS_PNG_SIGNATURE_BYTES && memcmp(data, signature, MS_PNG_SIGNATURE_BYTES) == 0;
}

static gboolean
check_signature(GBytes *bytes, const char *name, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data(bytes, &size);
  g_autofree char *found = NULL;

  if (size == 0) {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_EMPTY, "%s: empty (0 bytes)", name);
    return FALSE;
  }
  if (memcmp(data, signature, MIN(size, MS_PNG_SIGNATURE_BYTES)) != 0) {
    found = ms_magic_describe(bytes);
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_FORMAT, "%s: not a PNG file (begins with %s)", name,
                found);
    return FALSE;
  }
  if (size < MS_PNG_HEADER_BYTES) {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_CORRUPT, "%s: truncated PNG (ends in its header)",
                name);
    return FALSE;
  }
  return TRUE;
}

static gboolean
parse_color(guint number, guint depth, MsPngHeader *header)
{
  for (gsize i = 0; i < G_N_ELEMENTS(color_types); i++) {
    if (color_types[i].number == number && depth != 0 && (depth & (depth - 1)) == 0 &&
        (color_types[i].depths & depth) != 0) {
      header->color = color_types[i].color;
      header->depth = depth;
      return TRUE;
    }
  }
  return FALSE;
}

gboolean
ms_png_header_parse(GBytes *bytes, const char *name, MsPngHeader *header, GError **error)
{
  const guint8 *chunk, *ihdr;

  if (!check_signature(bytes, name, error))
    return FALSE;
  chunk = (const guint8 *)g_bytes_get_data(bytes, NULL) + MS_PNG_SIGNATURE_BYTES;
  ihdr = chunk + 8;
  if (ms_png_number(chunk) != IHDR_BYTES || memcmp(chunk + 4, "IHDR", 4) != 0) {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_CORRUPT,
                "%s: damaged PNG (does not begin with an IHDR chunk)", name);
    return FALSE;
  }
  if (!ms_png_chunk_is_sound(chunk, IHDR_BYTES)) {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_CORRUPT,
                "%s: damaged PNG (the checksum of chunk IHDR is wrong)", name);
    return FALSE;
  }
  if (ms_png_number(ihdr) - 1 >= G_MAXINT32 || ms_png_number(ihdr + 4) - 1 >= G_MAXINT32 ||
      !parse_color(ihdr[9], ihdr[8], header) || ihdr[10] != 0 || ihdr[11] != 0 || ihdr[12] > 1) {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_CORRUPT,
                "%s: damaged PNG (impossible header: %u x %u, colour type %u, depth %u)", name,
                ms_png_number(ihdr), ms_png_number(ihdr + 4), ihdr[9], ihdr[8]);
    return FALSE;
  }
  header->width = ms_png_number(ihdr);
  header->height = ms_png_number(ihdr + 4);
  header->interlaced = ihdr[12] != 0;
  return TRUE;
}

gboolean
ms_png_header_check_limits(const MsPngHeader *header, gsize size, const char *name, GError **error)
{
  /* Sides below 2^31 and at most 64 bits a pixel: 2^62 pixels, so the bytes are kept in double. */
  double pixels = (double)header->width * header->height;
  double channels = ms_color_channels(header->color);
  double decoded = pixels * channels * (header->depth == 16 ? 2 : 1);

  if (header->width > MS_RASTER_MAX_SIDE || header->height > MS_RASTER_MAX_SIDE) {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE,
                "%s: %d x %d pixels; sides up to %d are read", name, header->width, header->height,
                MS_RASTER_MAX_SIDE);
    return FALSE;
  }
  if (pixels * channels * header->depth / 8 > (double)size * DEFLATE_MAX_RATIO) {
    g_set_error(
        error, MS_IO_ERROR, MS_IO_ERROR_CORRUPT,
        "%s: damaged PNG (the header promises %d x %d pixels, more than the file's %" G_GSIZE_FORMAT
        " bytes can hold)",
        name, header->width, header->height, size);
    return FALSE;
  }
  if (decoded > (double)MS_PNG_MAX_DECODED_BYTES) {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE,
                "%s: %d x %d pixels need %.0f bytes; up to %" G_GUINT64_FORMAT " are read", name,
                header->width, header->height, decoded, MS_PNG_MAX_DECODED_BYTES);
    return FALSE;
  }
  return TRUE;
}

gboolean
ms_png_read_header(GBytes *bytes, const char *name, int *width, int *height, int *depth,
                   MsColorType *color, GError **error)
{
  MsPngHeader header;

  if (!ms_png_header_parse(bytes, name, &header, error))
    return FALSE;
  *width = header.width;
  *height = header.height;
  *depth = header.depth;
  *color = header.color;
  return TRUE;
}

int
ms_png_orientation(GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data(bytes, &size);
  gsize offset = MS_PNG_SIGNATURE_BYTES;

  while (offset <= size && size - offset >= MS_PNG_CHUNK_OVERHEAD) {
    gsize length = ms_png_number(data + offset);

    if (length > size - offset - MS_PNG_CHUNK_OVERHEAD)
      break;
    if (memcmp(data + offset + 4, "eXIf", 4) == 0)
      return ms_exif_orientation(data + offset + 8, length);
    offset += MS_PNG_CHUNK_OVERHEAD + length;
  }
  return 1;
}
