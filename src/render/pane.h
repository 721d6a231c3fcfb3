/* SPDX-License-Identifier: MIT
 *
 * The picture of a view that moves. A pan by whole device pixels (and no other is possible, see
 * ms_view_device_origin()) shifts what is there and paints only the strips that come into sight;
 * whatever else changes, all is painted. Two surfaces take turns, so that the last picture can
 * still be drawn from while the next one is made, and no frame takes fresh memory.
 */
#pragma once

#include "render/scene.h"

typedef struct MsPane MsPane;

MsPane *ms_pane_new(void);
void ms_pane_free(MsPane *pane); /* NULL is fine */

/* The pyramids of the last scene are gone, or are others at the same place. */
void ms_pane_forget(MsPane *pane);

/* The visible part of the scene: RGB24 with the fourth byte 255, of the size of `device`, where in
 * the view it belongs. Lent: it is painted over by the next call but one. NULL when nothing is
 * visible, or memory is short. */
cairo_surface_t *ms_pane_paint(MsPane *pane, const MsView *view, const MsScene *scene,
                               cairo_rectangle_int_t *device);
