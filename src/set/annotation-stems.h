/* SPDX-License-Identifier: MIT
 *
 * What an image of annotations is called, by which it is paired with files and other annotations.
 */
#pragma once

#include "io/coco.h"
#include "set/roles.h"

G_BEGIN_DECLS

/* A file name, folders and all, without its ending. Caller frees. */
char *ms_annotation_stem_of(const char *file_name);

/* From the numbers that the stems of a role's files end in (gint64) to those stems, which stay the
 * role's; role NULL: none. */
GHashTable *ms_annotation_number_stems(const MsRole *role);

/* by_number: as above. Caller frees. */
char *ms_annotation_image_stem(const MsCocoImage *image, GHashTable *by_number);

G_END_DECLS
