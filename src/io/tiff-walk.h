/* SPDX-License-Identifier: MIT
 *
 * Where a TIFF's pages are: its chain of directories, walked once without libtiff, which would read
 * each of them whole. Of a directory only the tags are looked at that tell a page from a reduced
 * copy. Ends on any file: no directory is visited twice, and together they are no more bytes than
 * the file. Private to the files of the TIFF reader.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  GArray *offsets; /* guint64: of the pages' directories, as far as the chain goes */
  GError *broken;  /* why it goes no further; NULL: it is whole */
} MsTiffWalk;

/* Bytes or a descriptor of a regular file, whose signature has been looked at. */
void ms_tiff_walk_bytes(MsTiffWalk *walk, GBytes *bytes, const char *name);
void ms_tiff_walk_file(MsTiffWalk *walk, int fd, guint64 size, const char *name);

void ms_tiff_walk_clear(MsTiffWalk *walk);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MsTiffWalk, ms_tiff_walk_clear)

G_END_DECLS
