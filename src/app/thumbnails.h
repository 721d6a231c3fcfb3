/* SPDX-License-Identifier: MIT
 *
 * Small pictures for the list, made on demand off the main thread: the newest request first, since
 * it is what the user looks at. Old requests that scrolled away are forgotten, and so are old
 * pictures past a bound.
 */
#pragma once

#include <gtk/gtk.h>

#include "render/compose.h"
#include "set/evaluation.h"

G_BEGIN_DECLS

/* Logical size of a thumbnail. */
#define MS_THUMBNAIL_WIDTH  60
#define MS_THUMBNAIL_HEIGHT 45

#define MS_TYPE_THUMBNAILS (ms_thumbnails_get_type())
G_DECLARE_FINAL_TYPE(MsThumbnails, ms_thumbnails, MS, THUMBNAILS, GObject)

/* Signal "ready" (guint example): ms_thumbnails_get() now answers with a new picture. */
MsThumbnails *ms_thumbnails_new(MsEvaluation *evaluation, int device_scale);

/* Model and style of the pictures asked for from now on; others are forgotten. */
void ms_thumbnails_set_look(MsThumbnails *self, guint model, const MsOverlayStyle *style);

/* Lent; NULL: not made yet, and then it is requested. */
GdkTexture *ms_thumbnails_get(MsThumbnails *self, guint example);

G_END_DECLS
