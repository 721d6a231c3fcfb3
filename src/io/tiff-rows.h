/* SPDX-License-Identifier: MIT
 *
 * The pixels of a TIFF's page. Private to the files of the TIFF reader.
 */
#pragma once

#include "io/tiff-form.h"

G_BEGIN_DECLS

/* Where samples go: channel by channel, rows one behind the other, in this machine's byte order. */
typedef struct {
  guint8 *pixels;
  gsize sample_bytes;
  gsize pixel_bytes;
  gsize stride;
} MsTiffTarget;

gboolean ms_tiff_read_rows(MsTiffFile *file, const MsTiffForm *form, const MsTiffTarget *target,
                           GCancellable *cancellable, GError **error);

G_END_DECLS
