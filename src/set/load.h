/* SPDX-License-Identifier: MIT
 *
 * A mask's file as samples, whatever format it is in.
 */
#pragma once

#include <gio/gio.h>

#include "io/samples.h"

G_BEGIN_DECLS

/* PNG by its signature, everything else through gdk-pixbuf. Errors: MS_IO_ERROR, naming the file;
 * G_IO_ERROR_CANCELLED. */
MsSamples *ms_load_samples(const char *path, GCancellable *cancellable, GError **error);

G_END_DECLS
