/* SPDX-License-Identifier: MIT
 *
 * Small pictures for the list, made off the main thread, several at once, in the order in which
 * they are wanted. A wish replaces the one before it, as the list scrolls: what is under way and
 * wanted no more is cancelled; nothing that is still wanted is forgotten. Of pictures that are
 * wanted no more the latest are kept, and in the user's cache folder many more, so that a list seen
 * before reads no mask again. Memory is bounded: large pictures are made one after another, and
 * those too large for that only once they are looked at, from what the canvas shows.
 */
#pragma once

#include <gtk/gtk.h>

#include "app/display-cache.h"
#include "render/compose.h"
#include "render/label-squares.h"

G_BEGIN_DECLS

/* Logical size of a thumbnail. */
#define MS_THUMBNAIL_WIDTH  60
#define MS_THUMBNAIL_HEIGHT 45

#define MS_TYPE_THUMBNAILS (ms_thumbnails_get_type())
G_DECLARE_FINAL_TYPE(MsThumbnails, ms_thumbnails, MS, THUMBNAILS, GObject)

/* Signal "ready" (guint example): ms_thumbnails_get() now answers with a new picture. */
MsThumbnails *ms_thumbnails_new(MsEvaluation *evaluation, int device_scale);

/* Where displays are that need not be read again; `stretched`: their images are shown as those of
 * thumbnails, dark ones brightened. */
void ms_thumbnails_set_displays(MsThumbnails *self, MsDisplayCache *displays, gboolean stretched);

/* Takes over what was made for a part of the same set, of files that have not changed since, where
 * it would be made alike. Gives this the other's look. */
void ms_thumbnails_adopt(MsThumbnails *self, MsThumbnails *part, guint model);

/* Model and style of the pictures from now on, under the rules in force; others are forgotten, and
 * those that are wanted are made anew. */
void ms_thumbnails_set_look(MsThumbnails *self, guint model, const MsOverlayStyle *style,
                            MsGround ground);

/* The files of an example (G_MAXUINT: perhaps of any) have changed: its picture is made anew, and
 * shown until then. */
void ms_thumbnails_outdate(MsThumbnails *self, guint example);

/* While something is awaited that matters more, no picture is begun. */
void ms_thumbnails_set_waiting(MsThumbnails *self, gboolean waiting);

/* The examples whose pictures are wanted, the most urgent first: the first thousand are made and
 * kept. Copied. */
void ms_thumbnails_want(MsThumbnails *self, const guint *examples, guint n);

/* Lent; NULL: not made yet, or there is nothing to show. After a change of rules or colours it is
 * the old one until the new one is made. */
GdkTexture *ms_thumbnails_get(MsThumbnails *self, guint example);

G_END_DECLS
