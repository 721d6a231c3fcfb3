/* SPDX-License-Identifier: MIT
 *
 * Where the images are that annotations name.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The folder, the set's or one below it, in which an image of that name is; name NULL: none is
 * named, and the folder is one that is called as folders of images are. NULL: there is none. Caller
 * frees. */
char *ms_annotation_image_folder(const char *folder, const char *name);

G_END_DECLS
