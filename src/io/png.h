/* SPDX-License-Identifier: MIT
 *
 * PNG: every colour type and bit depth, interlaced or not, as raw samples; and the writer. The
 * common masks take a fast way (io/png-fast.h), everything else libpng. Limits, checked before
 * memory is taken: sides up to MS_RASTER_MAX_SIDE, up to 2^31 bytes of decoded samples; a header
 * that promises far more than the file's bytes can hold is refused (deflate expands at most 1,032
 * times). A wrong CRC, a truncated stream and data after a bad zlib checksum are errors, never a
 * picture with holes. libpng's jumps do not leave png.c, png-write.c and
 * png-bands.c.
 */
#pragma once

#include <gio/gio.h>

#include "io/file-writer.h"
#include "io/samples.h"
#include "io/scratch.h"

G_BEGIN_DECLS

#define MS_PNG_MAX_DECODED_BYTES (G_GUINT64_CONSTANT(1) << 31)

/* Whether the bytes begin with the PNG signature. */
gboolean ms_png_sniff(GBytes *bytes);

/* Decodes. `name` is the file's name for messages. Cancellation is looked at between rows. */
MsSamples *ms_png_decode(GBytes *bytes, const char *name, GCancellable *cancellable,
                         GError **error);

/* The same with a worker's scratch (NULL: none). */
MsSamples *ms_png_decode_using(GBytes *bytes, const char *name, MsScratch *scratch,
                               GCancellable *cancellable, GError **error);

/* The same through libpng alone, for tests: what the fast reader is held to. */
MsSamples *ms_png_decode_reference(GBytes *bytes, const char *name, GCancellable *cancellable,
                                   GError **error);

/* Size, depth and colour from the header alone. */
gboolean ms_png_read_header(GBytes *bytes, const char *name, int *width, int *height, int *depth,
                            MsColorType *color, GError **error);

/* Encodes samples of any colour type and depth that MsSamples can hold. level: 0 to 9, or -1.
 * `text` holds key, value, key, value, ..., NULL (may be NULL). */
GBytes *ms_png_encode(const MsSamples *samples, int level, const char *const *text, GError **error);

/* Fills rows first_row <= y < first_row + n_rows with 32-bit pixels in Cairo's RGB24 layout
 * (native-endian 0xXXRRGGBB; stride in bytes). */
typedef gboolean (*MsPngBand)(gpointer user, int first_row, int n_rows, guint8 *pixels,
                              gsize stride, GError **error);

/* Writes an opaque 8-bit RGB PNG of any size that the format has, asking for its rows from top to
 * bottom, each once, a band at a time: no more than a band and, of pictures of some twenty
 * megapixels at most, the filtered samples are in memory. text: as above. The file is the caller's
 * to commit. */
gboolean ms_png_write_rgb24(MsFileWriter *file, int width, int height, const char *const *text,
                            MsPngBand fill, gpointer user, GError **error);

G_END_DECLS
