/* SPDX-License-Identifier: MIT
 *
 * The whole image, small, with the errors in it and a frame around what the canvas shows; there
 * only while the canvas does not show all. A press or a drag moves the canvas there. Painted from
 * the small levels of the pyramids, so that it costs little and no wrong pixel vanishes.
 */
#pragma once

#include "app/canvas.h"

G_BEGIN_DECLS

#define MS_TYPE_MINIMAP (ms_minimap_get_type())
G_DECLARE_FINAL_TYPE(MsMinimap, ms_minimap, MS, MINIMAP, GtkWidget)

/* Once; held. */
void ms_minimap_set_canvas(MsMinimap *self, MsCanvas *canvas);
/* Whether it may be there at all. */
void ms_minimap_set_wanted(MsMinimap *self, gboolean wanted);

G_END_DECLS
