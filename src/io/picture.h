/* SPDX-License-Identifier: MIT
 *
 * The photograph under the masks: PNG, TIFF, or whatever gdk-pixbuf reads, turned as its EXIF
 * orientation says; or a slice or an array of numbers. Kept at 8 or 16 bits a sample, RGB or grey;
 * how it is shown (display range) never enters a score. Immutable. Alpha is laid over white.
 */
#pragma once

#include <gio/gio.h>

#include "io/samples.h"
#include "io/tiff.h"

G_BEGIN_DECLS

typedef struct {
  int width; /* after EXIF orientation */
  int height;
  int channels; /* 1 grey or 3 RGB */
  int bytes;    /* 1 or 2 bytes a sample */
  gsize stride; /* bytes a row */
  guint8 *pixels;
} MsPicture;

void ms_picture_free(MsPicture *picture);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsPicture, ms_picture_free)

/* PNG through libpng and the first page of a TIFF through libtiff (16 bits kept, numbers of wider
 * types as ms_picture_from_samples() shows them), everything else (TIFF in rarer colours too)
 * through gdk-pixbuf with its size checked before decoding: sides up to MS_RASTER_MAX_SIDE, up to
 * 2^31 bytes of pixels. */
MsPicture *ms_picture_decode(GBytes *bytes, const char *name, GCancellable *cancellable,
                             GError **error);

/* A page of a TIFF, treated as the first one is above. */
MsPicture *ms_picture_decode_page(const MsTiffPages *pages, guint page, const char *name,
                                  GCancellable *cancellable, GError **error);

/* The same without EXIF turning, as raw samples: for masks kept as JPEG and the like (WebP, BMP,
 * GIF, TGA); the first page of a TIFF as ms_tiff_decode() reads it. MS_IO_ERROR_UNSUPPORTED for
 * forms whose values would change. */
MsSamples *ms_picture_decode_samples(GBytes *bytes, const char *name, GCancellable *cancellable,
                                     GError **error);

/* Samples of any type as a picture, for slices and arrays: SCALED ones as they are (palette indices
 * as their colours, fewer bits than eight scaled up), others mapped from their smallest to their
 * largest value to 16 bits of grey; all alike are black. */
MsPicture *ms_picture_from_samples(const MsSamples *samples, const char *name, GError **error);

/* Samples from low to high are shown as black to white. */
typedef struct {
  guint low;
  guint high;
} MsDisplayRange;

/* The whole range of the sample type. */
MsDisplayRange ms_picture_full_range(const MsPicture *picture);

/* From the 0.5th to the 99.5th percentile of all channels together. */
MsDisplayRange ms_picture_auto_range(const MsPicture *picture);

/* Whether it should be shown with its automatic range unasked: 16-bit samples, or a picture so dark
 * that its 99.5th percentile lies below a quarter of full scale. */
gboolean ms_picture_wants_auto_range(const MsPicture *picture);

/* The automatic range where it is wanted, else the whole one; counts the samples once. */
MsDisplayRange ms_picture_wanted_range(const MsPicture *picture);

/* What each sample is shown as under a range, 0 to 255: as many bytes as the type has values.
 * Caller frees. */
guint8 *ms_picture_shades(const MsPicture *picture, MsDisplayRange range);

/* Fills width x height bytes of a picture with one channel; stride in bytes. */
void ms_picture_to_grey(const MsPicture *picture, const guint8 *shades, guint8 *pixels,
                        gsize stride);

/* Fills width x height pixels of Cairo's RGB24 layout (native-endian 0xffRRGGBB; stride in bytes).
 */
void ms_picture_to_rgb24(const MsPicture *picture, const guint8 *shades, guint8 *pixels,
                         gsize stride);

G_END_DECLS
