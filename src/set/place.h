/* SPDX-License-Identifier: MIT
 *
 * Where a mask or an image is: a file, one of several things in a file, or a folder of files that
 * are one mask together.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Parts that are no index of a page, slice, array or record. */
#define MS_PART_WHOLE  (-1) /* the file is the mask */
#define MS_PART_UNITED (-2) /* the path is a folder; its files are united */

/* Borrows its path, which is in the file name encoding; NULL: there is nothing. */
typedef struct {
  const char *path;
  int part;
} MsPlace;

G_END_DECLS
