/* SPDX-License-Identifier: MIT
 *
 * Small pictures for the list, made off the main thread, one after another in the order in which
 * they are wanted. A wish replaces the one before it, as the list scrolls; nothing that is still
 * wanted is forgotten. Of pictures that are wanted no more the latest are kept.
 */
#pragma once

#include <gtk/gtk.h>

#include "render/compose.h"
#include "render/label-squares.h"
#include "set/evaluation.h"

G_BEGIN_DECLS

/* Logical size of a thumbnail. */
#define MS_THUMBNAIL_WIDTH  60
#define MS_THUMBNAIL_HEIGHT 45

#define MS_TYPE_THUMBNAILS (ms_thumbnails_get_type())
G_DECLARE_FINAL_TYPE(MsThumbnails, ms_thumbnails, MS, THUMBNAILS, GObject)

/* Signal "ready" (guint example): ms_thumbnails_get() now answers with a new picture. */
MsThumbnails *ms_thumbnails_new(MsEvaluation *evaluation, int device_scale);

/* Model and style of the pictures from now on; others are forgotten, and those that are wanted are
 * made anew. */
void ms_thumbnails_set_look(MsThumbnails *self, guint model, const MsOverlayStyle *style,
                            MsGround ground);

/* The examples whose pictures are wanted, the most urgent first: the first thousand are made and
 * kept. Copied. */
void ms_thumbnails_want(MsThumbnails *self, const guint *examples, guint n);

/* Lent; NULL: not made yet, or there is nothing to show. */
GdkTexture *ms_thumbnails_get(MsThumbnails *self, guint example);

G_END_DECLS
