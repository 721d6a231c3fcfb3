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
} MsPngHeader;

/* Signature and IHDR, its checksum and fields checked. The rest of the bytes may be missing. */
gboolean ms_png_header_parse(GBytes *bytes, const char *name, MsPngHeader *header, GError **error);

/* Whether `size` bytes of file can hold that picture, and the picture lies within the limits. */
gboolean ms_png_header_check_limits(const MsPngHeader *header, gsize size, const char *name,
                                    GError **error);

/* The EXIF orientation (1 to 8) of a PNG; 1 when it says none. */
int ms_png_orientation(GBytes *bytes);

G_END_DECLS
