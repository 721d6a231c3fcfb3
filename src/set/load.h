/* SPDX-License-Identifier: MIT
 *
 * A mask's or an image's file as samples, whatever format it is in, and the part of it that is
 * meant.
 */
#pragma once

#include <gio/gio.h>

#include "io/picture.h"
#include "io/samples.h"
#include "io/scratch.h"
#include "set/place.h"
#include "set/shared-files.h"

G_BEGIN_DECLS

/* What loading needs to know beside the place. */
typedef struct {
  MsSharedFiles *files; /* lent; NULL: nothing is kept between calls */
  guint slice_axis;     /* of volumes: 0, 1 or 2 */
  MsScratch *scratch;   /* lent, the calling thread's; NULL: none */
} MsLoader;

/* PNG, TIFF, .npy, .npz and NIfTI by their first bytes, everything else through gdk-pixbuf. A
 * united folder is the pixelwise maximum of the pictures directly in it, which must be of one size
 * and have one channel. A whole file that holds several masks is an error that says how many.
 * Errors: MS_IO_ERROR, naming the file; G_IO_ERROR_CANCELLED. */
MsSamples *ms_load_samples(const MsLoader *loader, MsPlace place, GCancellable *cancellable,
                           GError **error);

/* The same for an image to be shown. */
MsPicture *ms_load_picture(const MsLoader *loader, MsPlace place, GCancellable *cancellable,
                           GError **error);

G_END_DECLS
