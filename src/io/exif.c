/* SPDX-License-Identifier: MIT
 *
 * A bounds-checked walk over the first directory of an EXIF block; no offset is trusted.
 */
#include "io/exif.h"

#include <string.h>

#define TAG_ORIENTATION 0x0112
#define TYPE_SHORT      3
#define ENTRY_BYTES     12

typedef struct {
  const guint8 *data;
  gsize size;
  gboolean big_endian;
} Tiff;

/* 0 beyond the end: no field that is looked for is valid with 0. */
static guint
get_16(const Tiff *tiff, gsize offset)
{
  const guint8 *p;

  if (offset > tiff->size || tiff->size - offset < 2)
    return 0;
  p = tiff->data + offset;
  return tiff->big_endian ? (guint)p[0] << 8 | p[1] : (guint)p[1] << 8 | p[0];
}

static gsize
get_32(const Tiff *tiff, gsize offset)
{
  gsize first = get_16(tiff, offset);
  gsize second = get_16(tiff, offset + 2);

  return tiff->big_endian ? first << 16 | second : second << 16 | first;
}

static int
orientation_in_directory(const Tiff *tiff, gsize directory)
{
  guint n_entries = get_16(tiff, directory);

  for (guint i = 0; i < n_entries; i++) {
    gsize entry = directory + 2 + (gsize)i * ENTRY_BYTES;
    guint value = get_16(tiff, entry + 8);

    if (get_16(tiff, entry) == TAG_ORIENTATION)
      return get_16(tiff, entry + 2) == TYPE_SHORT && value >= 1 && value <= 8 ? (int)value : 1;
  }
  return 1;
}

int
ms_exif_orientation(const guint8 *data, gsize size)
{
  Tiff tiff = {data, size, FALSE};

  if (size < 8)
    return 1;
  if (memcmp(data, "MM\0*", 4) == 0)
    tiff.big_endian = TRUE;
  else if (memcmp(data, "II*\0", 4) != 0)
    return 1;
  return orientation_in_directory(&tiff, get_32(&tiff, 4));
}
