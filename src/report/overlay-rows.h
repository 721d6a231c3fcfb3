/* SPDX-License-Identifier: MIT
 *
 * A frame's picture at 100 %, a band of rows at a time: its image under errors or classes, or the
 * image alone. Beside the frame nothing of the picture's size is kept, but for an image of another
 * size than its masks.
 */
#pragma once

#include "render/pixel-rows.h"
#include "report/export.h"

G_BEGIN_DECLS

typedef struct MsOverlayRows MsOverlayRows;

/* The frame, the rules and the options are lent. Masks: as ms_frame_get_size() large. NULL where
 * what is to be painted is not there, without memory, or where the control stopped it. */
MsOverlayRows *ms_overlay_rows_new(const MsFrame *frame, const MsRules *rules,
                                   const MsExportOptions *options, const MsControl *control);
/* The image alone; the frame must have one. */
MsOverlayRows *ms_overlay_rows_new_image(const MsFrame *frame, gboolean stretch);
void ms_overlay_rows_free(MsOverlayRows *overlay); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsOverlayRows, ms_overlay_rows_free)

/* Lent, and one thread's at a time. */
const MsPixelRows *ms_overlay_rows_get(MsOverlayRows *overlay);
/* The classes that are painted, MsPaintedClass; NULL: errors are. */
const GArray *ms_overlay_rows_classes(const MsOverlayRows *overlay);

G_END_DECLS
