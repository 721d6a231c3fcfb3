/* SPDX-License-Identifier: MIT
 *
 * What a PNG's bytes tell without inflating anything: its header, whether that is believable, and
 * the eXIf chunk. Shared by the PNG reader and the picture reader.
 */
#pragma once

#include <glib.h>

#include "io/samples.h"

G_BEGIN_DECLS

typedef struct {
  int width;
  int height;
  int depth;
  MsColorType color;
  gboolean interlaced;
} MsPngHeader;

/* Where the first chunk begins, and where the one behind IHDR does. */
#define MS_PNG_SIGNATURE_BYTES 8
#define MS_PNG_CHUNK_OVERHEAD  12 /* length, type, checksum */
#define MS_PNG_HEADER_BYTES    (MS_PNG_SIGNATURE_BYTES + MS_PNG_CHUNK_OVERHEAD + 13)

/* A number of PNG's: the highest byte first. */
static inline guint32
ms_png_number(const guint8 *bytes)
{
  return (guint32)bytes[0] << 24 | (guint32)bytes[1] << 16 | (guint32)bytes[2] << 8 | bytes[3];
}

/* Whether the checksum behind a chunk's data is right. chunk: at its length, all of it there. */
gboolean ms_png_chunk_is_sound(const guint8 *chunk, gsize length);

/* Signature and IHDR, its checksum and fields checked. The rest of the bytes may be missing. */
gboolean ms_png_header_parse(GBytes *bytes, const char *name, MsPngHeader *header, GError **error);

/* Whether `size` bytes of file can hold that picture, and the picture lies within the limits. */
gboolean ms_png_header_check_limits(const MsPngHeader *header, gsize size, const char *name,
                                    GError **error);

/* The EXIF orientation (1 to 8) of a PNG; 1 when it says none. */
int ms_png_orientation(GBytes *bytes);

G_END_DECLS
