/* SPDX-License-Identifier: MIT
 *
 * A display in words: what lies under the pointer, and what a screen reader says of the whole.
 */
#pragma once

#include "app/display.h"

G_BEGIN_DECLS

/* "x 310  y 88 · actual lesion · predicted background · p 0.43"; where a pixel may be of several
 * classes all of them, "predicted person 0.87, chair 0.61 (dog 0.31)", with those that the
 * threshold leaves out in brackets. Image coordinates, inside. Caller frees. */
char *ms_readout_at(MsDisplay *display, int image_x, int image_y);

/* "val/lesion_03: IoU 0.788, not exact: 112 of 1,024 pixels differ". Caller frees. */
char *ms_readout_describe(MsDisplay *display);

G_END_DECLS
