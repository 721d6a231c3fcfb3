/* SPDX-License-Identifier: MIT
 *
 * A small picture of a frame with its overlay, or with its label set as squares, for lists.
 */
#pragma once

#include "render/compose.h"
#include "render/label-squares.h"
#include "set/pair.h"

G_BEGIN_DECLS

/* What a thumbnail looks like, beside what it shows. */
typedef struct {
  MsOverlayStyle style;
  MsGround ground; /* of label sets */
  int width;       /* device pixels */
  int height;
} MsThumbnailLook;

/* RGB24: the picture cropped to fill, errors kept visible. Label sets: a square for each label that
 * is right, missed or extra, in a strip under the image or, where there is none, on a tile of its
 * own. NULL when there is nothing to show. */
cairo_surface_t *ms_thumbnail_new(const MsFrame *frame, const MsRuleset *rules,
                                  const MsThumbnailLook *look);

/* The same of masks, from what was painted of the frame before: an image, and kinds under these
 * rules. Either may be NULL: there is none. */
cairo_surface_t *ms_thumbnail_new_painted(const MsPyramid *image, const MsPyramid *kinds,
                                          const MsThumbnailLook *look);

G_END_DECLS
