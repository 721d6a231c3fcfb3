/* SPDX-License-Identifier: MIT
 *
 * Options as the text of a .maskset file: what ms_maskset_load() reads, written so that loading the
 * file gives the same options again. Paths inside the file's folder or beside it are relative to
 * the file, so that the whole can be moved; all others are absolute.
 */
#pragma once

#include "set/options.h"

G_BEGIN_DECLS

/* `path` is where the file will lie. `title` may be NULL: the file's name. Models without a name
 * get the one they would be shown with. Caller frees. Errors: MS_IO_ERROR_WRITE where a key file
 * cannot say it: no actual or no predicted masks are named, options name a set as a whole, a name
 * that is no UTF-8, two models of one name. */
char *ms_maskset_text(const MsOptions *options, const char *title, const char *path,
                      GError **error);

/* A model may be called that in a .maskset file. */
gboolean ms_maskset_can_name(const char *name);

/* Of the same text only where images and masks are, for a file that says the rest already. `folder`
 * is where that lies; NULL: not known, then all paths are absolute. */
char *ms_maskset_places_text(const MsOptions *options, const char *folder, GError **error);

/* The same, into the file: the old one or the new one, never a mixture. */
gboolean ms_maskset_write(const MsOptions *options, const char *title, const char *path,
                          GError **error);

G_END_DECLS
