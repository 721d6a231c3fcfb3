/* SPDX-License-Identifier: MIT
 *
 * Pictures other than PNG, through gdk-pixbuf: size checked before decoding, files that break off
 * refused (gdk-pixbuf would fill the rest of a JPEG, BMP or PNM with something).
 */
#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gio/gio.h>

G_BEGIN_DECLS

/* Decodes the first frame, not turned. *format gets gdk-pixbuf's name of the format ("jpeg",
 * "tiff", ...), free with g_free(). */
GdkPixbuf *ms_pixbuf_decode(GBytes *bytes, const char *name, GCancellable *cancellable,
                            char **format, GError **error);

/* The EXIF orientation (1 to 8) that the file asked for. */
int ms_pixbuf_orientation(GdkPixbuf *pixbuf);

/* Whether the format that gdk-pixbuf named can change colours; a WebP's bytes are looked at. */
gboolean ms_pixbuf_format_is_lossy(const char *format, GBytes *bytes);

G_END_DECLS
