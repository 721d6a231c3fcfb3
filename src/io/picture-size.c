/* SPDX-License-Identifier: MIT
 *
 * The chunks of a PNG and the segments of a JPEG are walked by hand. The orientation may stand
 * behind a PNG's pixels, so that the file is read whole, but nothing is inflated.
 */
#include "io/picture-size.h"

#include <string.h>

#include "io/exif.h"
#include "io/file-start.h"
#include "io/file.h"
#include "io/png-header.h"
#include "io/png.h"
#include "metric/raster.h"

/* A JPEG's segments before its frame: EXIF with a thumbnail, a colour profile. */
#define START_BYTES (1u << 20)

typedef struct {
  int width, height;
  int orientation;
} Size;

static gboolean
read_png(const char *path, Size *size, GCancellable *cancellable)
{
  g_autoptr(GBytes) bytes = ms_file_read(path, MS_FILE_MAX_BYTES, cancellable, NULL);
  MsPngHeader header;

  if (!bytes || !ms_png_header_parse(bytes, path, &header, NULL))
    return FALSE;
  *size = (Size){header.width, header.height, ms_png_orientation(bytes)};
  return TRUE;
}

static guint
get_16(const guint8 *p)
{
  return (guint)p[0] << 8 | p[1];
}

static gboolean
is_frame(guint8 code)
{
  return code >= 0xc0 && code <= 0xcf && code != 0xc4 && code != 0xc8 && code != 0xcc;
}

/* The first block of EXIF counts. */
static void
take_exif(const guint8 *content, gsize length, Size *size)
{
  if (size->orientation == 0 && length > 6 && memcmp(content, "Exif\0\0", 6) == 0)
    size->orientation = ms_exif_orientation(content + 6, length - 6);
}

static gboolean
read_jpeg(const guint8 *data, gsize n, Size *size)
{
  gsize at = 2;

  while (at + 9 <= n && data[at] == 0xff) {
    const guint8 *segment = data + at + 2;
    guint8 code = data[at + 1];
    gsize length = get_16(segment);

    if (code == 0xff) { /* filling */
      at++;
      continue;
    }
    if (is_frame(code)) {
      size->height = (int)get_16(segment + 3);
      size->width = (int)get_16(segment + 5);
      return TRUE;
    }
    if (length < 2 || length > n - at - 2)
      return FALSE;
    if (code == 0xe1)
      take_exif(segment + 2, length - 2, size);
    at += 2 + length;
  }
  return FALSE;
}

static gboolean
read_header(const char *path, Size *size, GCancellable *cancellable)
{
  g_autoptr(GBytes) start = ms_file_read_start(path, START_BYTES, NULL);
  const guint8 *data;
  gsize n;

  if (!start)
    return FALSE;
  if (ms_png_sniff(start))
    return read_png(path, size, cancellable);
  data = g_bytes_get_data(start, &n);
  return n >= 3 && memcmp(data, "\xff\xd8\xff", 3) == 0 && read_jpeg(data, n, size);
}

gboolean
ms_picture_read_turned_size(const char *path, int *width, int *height, int *orientation,
                            GCancellable *cancellable)
{
  Size size = {0};
  gboolean sideways;

  if (!read_header(path, &size, cancellable) || size.width < 1 || size.height < 1 ||
      size.width > MS_RASTER_MAX_SIDE || size.height > MS_RASTER_MAX_SIDE)
    return FALSE;
  sideways = size.orientation >= 5;
  *orientation = MAX(size.orientation, 1);
  *width = sideways ? size.height : size.width;
  *height = sideways ? size.width : size.height;
  return TRUE;
}

gboolean
ms_picture_read_size(const char *path, int *width, int *height, GCancellable *cancellable)
{
  int orientation;

  return ms_picture_read_turned_size(path, width, height, &orientation, cancellable);
}
