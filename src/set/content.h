/* SPDX-License-Identifier: MIT
 *
 * One file's bytes, inflated where they were gzip, and what need be looked up in them only once
 * however many of its parts are read: where a TIFF's pages are, an archive's directory. Immutable,
 * for any thread.
 */
#pragma once

#include <gio/gio.h>

#include "io/npz.h"
#include "io/scratch.h"
#include "io/tiff.h"

G_BEGIN_DECLS

typedef struct {
  gatomicrefcount references;
  GBytes *bytes;
  char *name;            /* as messages call the file */
  MsTiffPages *pages;    /* of a TIFF; else NULL */
  MsNpzArchive *archive; /* of a .npz; NULL: it is none, or: */
  GError *broken;        /* why its directory cannot be read */
} MsContent;

/* Errors: those of ms_file_read() and ms_nifti_inflate(). */
MsContent *ms_content_read(const char *path, GCancellable *cancellable, GError **error);

/* The same with bytes that a worker's scratch lends until the next file is read into it: to be let
 * go before. scratch NULL: as above. */
MsContent *ms_content_read_using(const char *path, MsScratch *scratch, GCancellable *cancellable,
                                 GError **error);

MsContent *ms_content_ref(MsContent *content);
void ms_content_unref(MsContent *content);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsContent, ms_content_unref)

G_END_DECLS
