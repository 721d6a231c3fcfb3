/* SPDX-License-Identifier: MIT
 *
 * TIFF and BigTIFF through libtiff, as raw samples: 1, 2, 4, 8 and 16 bits unsigned (SCALED),
 * signed, 32-bit and 64-bit integers (NUMBERS), 16-, 32- and 64-bit floats; strips and tiles; grey
 * (WhiteIsZero keeps its raw samples, and a note says so), palette (indices), RGB with or without
 * alpha (8 and 16 bits); chunky and planar; not compressed, PackBits, LZW, deflate, Zstandard,
 * CCITT and JPEG. What else there is, is MS_IO_ERROR_UNSUPPORTED by its name. A page is an image of
 * full size: reduced copies and transparency masks are none. Limits, checked before memory is
 * taken: sides up to MS_RASTER_MAX_SIDE, up to 2^31 bytes of decoded samples, MS_TIFF_MAX_PAGES;
 * no more than the file's bytes can hold (each form of compression has its greatest ratio, of CCITT
 * a row takes a bit at least); strips that together are at most 16 times the file. Beside the
 * samples one strip or tile is held. libtiff's messages become errors that name the file; nothing
 * is printed.
 */
#pragma once

#include <gio/gio.h>

#include "io/npy.h"
#include "io/samples.h"

G_BEGIN_DECLS

#define MS_TIFF_MAX_PAGES 65535u

gboolean ms_tiff_sniff(GBytes *bytes);

/* Pages of a file, of which only the directories are read. */
gboolean ms_tiff_count_pages(const char *path, guint *n_pages, GError **error);

/* A file's bytes and where its pages are, for those who read many of them: each costs no more than
 * its own directory and pixels. Immutable, for any thread. */
typedef struct MsTiffPages MsTiffPages;

/* Fails for what is no TIFF; damage is told by the pages that it keeps from being found. */
MsTiffPages *ms_tiff_pages_new(GBytes *bytes, const char *name, GError **error);
void ms_tiff_pages_free(MsTiffPages *pages);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsTiffPages, ms_tiff_pages_free)

/* Decodes page `page`, from 0. JPEG-compressed ones are `lossy`. */
MsSamples *ms_tiff_pages_decode(const MsTiffPages *pages, guint page, const char *name,
                                GCancellable *cancellable, GError **error);

/* The same for one page alone. */
MsSamples *ms_tiff_decode(GBytes *bytes, guint page, const char *name, GCancellable *cancellable,
                          GError **error);

/* A page as it is, for those who look at it, with what its samples do not say. */
typedef struct {
  MsSamples *samples;     /* SCALED; NULL: */
  MsNpy *values;          /* rows and columns of a wider type, of which floats may be NaN */
  int orientation;        /* 1 to 8, as EXIF counts them */
  gboolean white_is_zero; /* grey that is shown inverted */
  gboolean premultiplied; /* the colours are already multiplied by alpha */
} MsTiffPage;

void ms_tiff_page_clear(MsTiffPage *page);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MsTiffPage, ms_tiff_page_clear)

/* On error `page` is zeroed. */
gboolean ms_tiff_pages_read(const MsTiffPages *pages, guint number, const char *name,
                            MsTiffPage *page, GCancellable *cancellable, GError **error);

G_END_DECLS
