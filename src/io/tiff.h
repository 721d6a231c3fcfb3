/* SPDX-License-Identifier: MIT
 *
 * TIFF and BigTIFF through libtiff, as raw samples: 1, 2, 4, 8 and 16 bits unsigned, signed and
 * 32-bit integers, 16-, 32- and 64-bit floats; strips and tiles; grey (WhiteIsZero keeps its raw
 * samples), palette (indices), RGB with or without alpha; chunky and planar. A page is an image of
 * full size: reduced copies and transparency masks are none. Limits, checked before memory is
 * taken: sides up to MS_RASTER_MAX_SIDE, up to 2^31 bytes of decoded samples, MS_TIFF_MAX_PAGES.
 * libtiff's messages become errors that name the file; nothing is printed.
 */
#pragma once

#include <gio/gio.h>

#include "io/samples.h"

G_BEGIN_DECLS

#define MS_TIFF_MAX_PAGES 65535u

gboolean ms_tiff_sniff(GBytes *bytes);

/* Pages of a file, of which only the directories are read. */
gboolean ms_tiff_count_pages(const char *path, guint *n_pages, GError **error);

/* Decodes page `page`, from 0. JPEG-compressed ones are `lossy`. */
MsSamples *ms_tiff_decode(GBytes *bytes, guint page, const char *name, GCancellable *cancellable,
                          GError **error);

G_END_DECLS
