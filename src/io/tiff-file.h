/* SPDX-License-Identifier: MIT
 *
 * An open TIFF: libtiff's handle, the bytes it reads, and the first thing it complained about.
 * Private to the files of the TIFF reader. libtiff's handlers are set for each handle, never for
 * the process, so any number of threads may read.
 */
#pragma once

#include <glib.h>
#include <tiffio.h>

#include "io/error.h"

G_BEGIN_DECLS

typedef struct {
  TIFF *tiff; /* NULL: not open */
  const char *name;
  const guint8 *data;
  gsize size;
  guint64 offset;
  guint page;    /* the one it stands on, for messages */
  char *message; /* libtiff's first that matters; NULL: none */
} MsTiffFile;

/* Opens and reads the first directory. The bytes must outlive the file. */
gboolean ms_tiff_file_open_bytes(MsTiffFile *file, GBytes *bytes, const char *name, GError **error);
void ms_tiff_file_clear(MsTiffFile *file);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MsTiffFile, ms_tiff_file_clear)

/* To the directory at an offset, which is that page's. */
gboolean ms_tiff_file_go_to_page(MsTiffFile *file, guint page, guint64 offset, GError **error);

/* Sets an error "NAME: CAUSE" (of a page behind the first: "NAME, page 3: CAUSE"); returns FALSE.
 */
gboolean ms_tiff_file_fail(const MsTiffFile *file, MsIoError code, GError **error,
                           const char *format, ...) G_GNUC_PRINTF(4, 5);

/* The same with libtiff's message, and at which row (-1: none). */
gboolean ms_tiff_file_fail_damaged(const MsTiffFile *file, int row, GError **error);

G_END_DECLS
