/* SPDX-License-Identifier: MIT
 *
 * The one EXIF field that matters here: how the picture has to be turned.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The orientation (1 to 8) in an EXIF block, which begins with its TIFF header; 1, as it is, when
 * the block says nothing or is broken. */
int ms_exif_orientation(const guint8 *tiff, gsize size);

G_END_DECLS
