/* SPDX-License-Identifier: MIT
 *
 * The picture: a widget as large as its place in the window, never as the zoomed image. It draws
 * the visible part of a display, composed for the view as it stands; what the user does with
 * pointer and fingers is in canvas-input.c. Position and zoom stay when the display changes.
 */
#pragma once

#include <gtk/gtk.h>

#include "app/display.h"
#include "app/look.h"
#include "render/compose.h"
#include "report/analysis.h"

G_BEGIN_DECLS

#define MS_TYPE_CANVAS (ms_canvas_get_type())
G_DECLARE_FINAL_TYPE(MsCanvas, ms_canvas, MS, CANVAS, GtkWidget)

/* Signals:
 *   "view-changed": zoom or place changed
 *   "pointed" (gboolean inside, int image_x, int image_y): the pointer moved over the picture
 * (image pixels), or left it
 *   "swiped": the user has moved the handle of a swipe
 *   "clicked" (int image_x, int image_y): a plain click on a pixel, without a drag
 *   "marked": the marked rectangle is another, or gone
 *   "composed": what is drawn was made anew */

/* NULL shows nothing. */
void ms_canvas_set_display(MsCanvas *self, MsDisplay *display);

/* What is on the stage. The display should have its layers; what it has not is not painted. */
void ms_canvas_set_look(MsCanvas *self, const MsLook *look);
const MsLook *ms_canvas_get_look(MsCanvas *self);
/* Where a swipe is divided, 0 to 1 of the width. */
void ms_canvas_set_swipe(MsCanvas *self, double swipe);
double ms_canvas_get_swipe(MsCanvas *self);

void ms_canvas_set_style(MsCanvas *self, const MsOverlayStyle *style);
void ms_canvas_set_opacity(MsCanvas *self, double opacity);
/* TRUE: the overlay is lifted for as long. */
void ms_canvas_set_peek(MsCanvas *self, gboolean peek);

/* What a screen reader says the picture is. */
void ms_canvas_set_description(MsCanvas *self, const char *description);

/* One of the analysis's error regions, with a line around it; NULL: none. Another example has none
 * at first. */
void ms_canvas_show_region(MsCanvas *self, MsAnalysis *analysis, gsize region);

/* The marked rectangle, image pixels; NULL: none. It stays where it is on the next example of the
 * same size. */
const cairo_rectangle_int_t *ms_canvas_get_mark(MsCanvas *self);
void ms_canvas_set_mark(MsCanvas *self, const cairo_rectangle_int_t *mark);
/* Half of what is seen. */
void ms_canvas_mark_middle(MsCanvas *self);
/* By steps that can be seen. */
void ms_canvas_move_mark(MsCanvas *self, int dx, int dy);
/* Where it is drawn now, view pixels; FALSE: there is none. */
gboolean ms_canvas_find_mark(MsCanvas *self, graphene_rect_t *area);

/* Where it glides to, as soon as that is known. Zooming glides, unless the desktop wants no
 * animations. */
const MsView *ms_canvas_get_view(MsCanvas *self);
void ms_canvas_fit(MsCanvas *self);
/* Around the pointer where it is over the canvas (at_pointer), else around the region that is shown
 * where its middle can be seen, else around the middle. */
void ms_canvas_zoom_to(MsCanvas *self, double zoom, gboolean at_pointer);
void ms_canvas_zoom_step(MsCanvas *self, int direction, gboolean at_pointer);
/* View pixels. */
void ms_canvas_pan(MsCanvas *self, double dx, double dy);
/* The image point in the middle, as far as the image goes. */
void ms_canvas_centre_on(MsCanvas *self, double image_x, double image_y);
/* As ms_view_show_area() has it. */
void ms_canvas_go_to(MsCanvas *self, const cairo_rectangle_int_t *image_area);
/* At once to where the first ms_canvas_go_to() left from; nowhere if the user moved it since. */
void ms_canvas_go_home(MsCanvas *self);

G_END_DECLS
