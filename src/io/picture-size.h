/* SPDX-License-Identifier: MIT
 *
 * How large a picture is, from its header: for those who need nothing of its pixels.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The sides of a PNG or a JPEG as ms_picture_decode() gives them, after EXIF orientation. FALSE: it
 * is in another form, or broken; only decoding tells. */
gboolean ms_picture_read_size(const char *path, int *width, int *height, GCancellable *cancellable);

/* The same, and the EXIF orientation, 1 to 8. */
gboolean ms_picture_read_turned_size(const char *path, int *width, int *height, int *orientation,
                                     GCancellable *cancellable);

G_END_DECLS
